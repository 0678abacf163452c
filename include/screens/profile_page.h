/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a place has to have and what of it there is, and the same of the places below. For the screen, line mode and the
 * command.
 */
#ifndef SCREENS_PROFILE_PAGE_H
#define SCREENS_PROFILE_PAGE_H

#include "screens/tally.h"
#include "work/haves.h"

struct profile_page {
	struct tally tally;
	uint64_t area;    /* 0 before the first load = the station's */
	struct haves own; /* in the arena given at loading */
	struct haves_below below;
	struct arena lines;
};

enum rc profile_page_load(
	struct profile_page *page, const struct actor *actor, struct arena *arena, struct fault *fault) MUST_CHECK;
void profile_page_lay(struct profile_page *page, unsigned columns);
void profile_page_release(struct profile_page *page);
/* What '>' stands on: what is asked for here, or a place below; the other one is NULL. */
void profile_page_at(struct profile_page *page, const struct have **have, const struct haves **place);
/* "应有9项 有7项 78%  风险色 橙O（风险点2）" */
void profile_sum(const struct haves *haves, struct buf *out);
/* "缺 网格员不少于1名  0/1" */
void profile_have(const struct have *have, struct buf *out);
/* "西彰村 7/9 橙O 缺：网格员、劝导站" */
void profile_place(const struct haves *haves, struct buf *out);

#endif
