/* SPDX-License-Identifier: GPL-3.0-or-later
 * After an incident was taken down: whom to call in order, what to read out, the card that fits, and how long there is.
 * For the screen and for line mode.
 */
#ifndef SCREENS_INCIDENT_PAGE_H
#define SCREENS_INCIDENT_PAGE_H

#include "screens/tally.h"
#include "work/incident.h"

enum { INCIDENT_RESULTS = 6 };

struct incident_page {
	struct tally tally;
	struct incident incident; /* in the arena given at loading */
	const char *spoken;       /* what is read out, in the arena */
	const char *under;        /* orders, tasks and reports of the event: how many, and not done; "" = none */
	int64_t now;
	struct arena lines; /* of the layout */
	char said[160];
};

/* What a report of the same event begins with, as a draft has it. */
enum rc incident_page_presets(struct incident_page *page, struct store *store, struct buf *out, struct fault *fault) MUST_CHECK;
enum rc incident_page_load(struct incident_page *page, const struct actor *actor, struct ref ref, struct arena *arena,
	struct fault *fault) MUST_CHECK;
void incident_page_lay(struct incident_page *page, unsigned columns);
void incident_page_release(struct incident_page *page);
/* The place of the callee at '>'; -1 = none. */
int incident_page_at(struct incident_page *page);
/* "1 闫占奎 15439184314 已接听": callee N, 0 first. */
void incident_page_callee(const struct incident_page *page, unsigned n, struct buf *out);
/* The Nth callee (0 first) was called, with result RESULT (1 first); says so in .said. */
enum rc incident_page_call(
	struct incident_page *page, const struct actor *actor, unsigned n, unsigned result, struct fault *fault) MUST_CHECK;
/* Can it be noted now that it was reported in writing? Else WHY not (may be NULL). */
bool incident_page_writes(struct incident_page *page, const struct actor *actor, struct buf *why);
/* It has been reported in writing. */
enum rc incident_page_written(struct incident_page *page, const struct actor *actor, struct fault *fault) MUST_CHECK;

#endif
