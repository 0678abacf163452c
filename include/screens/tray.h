/* SPDX-License-Identifier: GPL-3.0-or-later
 * The outbox as a page: the station above, the ways to it, what waits, what is late and why, what
 * two stations disagree about, what was refused. A line's ref is the record that enter opens; its
 * tag the field in which two values stand, and its fact the one that wrote the value on that line.
 */
#ifndef SCREENS_TRAY_H
#define SCREENS_TRAY_H

#include "screens/road.h"
#include "ui/page.h"

enum { TRAY_EACH = 20 }; /* most of late, odd and apart each: more is for lists and the file */

struct tray {
	struct page page;
	struct road road;
	unsigned late, came_late, conflicts, refused, claims;
};

/* All lines of the outbox as of NOW; ARENA for what is read on the way. */
enum rc tray_load(struct tray *tray, struct store *store, int64_t now, struct arena *arena,
	struct fault *fault) MUST_CHECK;
void tray_release(struct tray *tray);

/* What the writers of lines share. */
struct tray_pen {
	struct tray *tray;
	struct page *page;
	struct store *store;
	struct arena *arena;
	int64_t now;
	unsigned lane;
	struct ref last; /* late: the record told last */
	unsigned looked; /* late: facts of the lane looked at */
};
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
