/* SPDX-License-Identifier: GPL-3.0-or-later
 * The day's copy where facts come in without a command: at the terminal, by sync, at a hub.
 */
#ifndef APP_DAY_COPY_H
#define APP_DAY_COPY_H

#include "app/child.h"

struct day_copy {
	struct child child;
	int64_t again; /* it is not looked for before: seconds */
};

/* For who can wait: makes it when it is due. A failure is said, like that of app_wrote. */
void day_copy_here(struct app *app);
/* For who cannot, called now and then: `outpost backup --day` makes it when it is due. False: the
 * last one failed. */
bool day_copy_tend(struct day_copy *copy, const struct app *app);

#endif
