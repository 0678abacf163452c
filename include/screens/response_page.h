/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board R: the response that is on, and its steps as ticks. For the screen and for line mode.
 */
#ifndef SCREENS_RESPONSE_PAGE_H
#define SCREENS_RESPONSE_PAGE_H

#include "screens/tally.h"
#include "work/response.h"

struct response_page {
	struct tally tally;
	struct responses responses; /* in the arena given at loading */
	struct ref card;            /* none is on: the card that fits now; seq 0 = none does */
	const char *card_title;
	int64_t now;
	unsigned columns;
	struct arena lines;
	struct ref done; /* the step that was ticked here last */
	char said[160];
};

enum rc response_page_load(
	struct response_page *page, const struct actor *actor, struct arena *arena, struct fault *fault) MUST_CHECK;
void response_page_lay(struct response_page *page, unsigned columns);
void response_page_release(struct response_page *page);
/* The response whose steps are shown; NULL: none is on. */
const struct response_on *response_page_on(const struct response_page *page);
/* The next one that is on is shown instead; false: there is no other. */
bool response_page_turn(struct response_page *page);
/* The step at '>'; NULL. And the N-th, from 1. */
const struct response_step *response_page_at(struct response_page *page);
const struct response_step *response_page_nth(const struct response_page *page, unsigned n);
void response_page_row(struct response_page *page, const struct response_step *step, struct buf *out);
/* Is it somebody else's to do, so that it is asked about? */
bool response_page_asks(const struct response_step *step);
enum rc response_page_tick(
	struct response_page *page, const struct actor *actor, const struct response_step *step, struct fault *fault) MUST_CHECK;

#endif
