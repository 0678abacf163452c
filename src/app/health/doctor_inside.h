/* SPDX-License-Identifier: GPL-3.0-or-later
 * Looking a station over: one check, one finding, and the command that mends it.
 */
#ifndef APP_HEALTH_DOCTOR_INSIDE_H
#define APP_HEALTH_DOCTOR_INSIDE_H

#include "app/command.h"

enum health { HEALTH_GOOD, HEALTH_LOOK, HEALTH_BAD, HEALTHS };

/* What a check found; texts are translated. MEND "" when nothing is to be done. */
struct finding {
	enum health health;
	struct buf text, mend; /* owned */
};

/* FINDING is HEALTH now; the caller says the text, and how it is mended. */
static inline struct buf *found(struct finding *finding, enum health health)
{
	finding->health = health;
	return &finding->text;
}

/* Of a folder, whether or not a station opens there. */
void doctor_folder(struct app *app, struct finding *finding);
void doctor_owner(struct app *app, struct finding *finding);
void doctor_disk(struct app *app, struct finding *finding);
void doctor_sealed(struct app *app, struct finding *finding);
void doctor_backup(struct app *app, struct finding *finding);
void doctor_config(struct app *app, struct finding *finding);
void doctor_store(struct app *app, struct finding *finding); /* opens it for those below */

/* Of an open station. */
void doctor_keys(struct app *app, struct finding *finding);
void doctor_rules(struct app *app, struct finding *finding);
void doctor_people(struct app *app, struct finding *finding);
void doctor_clock(struct app *app, struct finding *finding);
void doctor_grant(struct app *app, struct finding *finding);
void doctor_ways(struct app *app, struct finding *finding);
void doctor_waiting(struct app *app, struct finding *finding);
void doctor_refused(struct app *app, struct finding *finding);

#endif
