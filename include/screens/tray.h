/* SPDX-License-Identifier: GPL-3.0-or-later
 * The outbox as lines of text: the station above, the ways to it, what waits, what is late and why,
 * what two stations disagree about, what was refused. The screen shows them, the tests read them.
 */
#ifndef SCREENS_TRAY_H
#define SCREENS_TRAY_H

#include "screens/road.h"
#include "ui/grid.h"

enum { TRAY_EACH = 20 }; /* most of late, odd and apart each: more is for lists and the file */

struct tray_line {
	const char *text;
	enum look look;
	struct ref ref;   /* the record that enter opens; seq 0 = none */
	unsigned tag;     /* field in which two values stand; 0 = no conflict */
	struct ref value; /* the fact that wrote the one on this line; seq 0 = on none */
};

struct tray {
	struct tray_line *lines; /* owned; texts lie in the arena */
	unsigned count, room;
	struct road road;
	unsigned late, came_late, conflicts, refused, claims;
};

/* All lines of the outbox as of NOW; texts in ARENA. Released by tray_release. */
enum rc tray_load(struct tray *tray, struct store *store, int64_t now, struct arena *arena,
	struct fault *fault) MUST_CHECK;
void tray_release(struct tray *tray);

/* What the writers of lines share. */
struct tray_pen {
	struct tray *tray;
	struct store *store;
	struct arena *arena;
	int64_t now;
	unsigned lane;
	struct ref last; /* late: the record told last */
	unsigned looked; /* late: facts of the lane looked at */
};
/* Takes TEXT over. The line is good until the next one. */
struct tray_line *tray_add(struct tray_pen *at, enum look look, struct buf *text);
struct tray_line *tray_text(struct tray_pen *at, enum look look, const char *text);
/* What waits too long, and what came too late, with the reasons (tray_late.c). */
enum rc tray_late(struct tray_pen *at, struct fault *fault) MUST_CHECK;
/* The part that people have to settle (tray_odd.c). */
enum rc tray_odd(struct tray_pen *at, struct fault *fault) MUST_CHECK;
/* What other stations refused of what is written here (tray_refused.c). */
enum rc tray_refused(struct tray_pen *at, struct fault *fault) MUST_CHECK;
/* What others say of this station without evidence (tray_claims.c). */
enum rc tray_claims(struct tray_pen *at, struct fault *fault) MUST_CHECK;
/* What to do about a refusal for REASON, a code of the table "refusal"; for any reason something.
 */
const char *refusal_advice(struct bytes reason);

#endif
