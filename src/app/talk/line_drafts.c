/* SPDX-License-Identifier: GPL-3.0-or-later
 * Drafts in line mode: one is gone on with where it was begun, a form or a check.
 */
#include "app/talk.h"
#include "base/when.h"
#include "screens/display.h"
#include "work/checking.h"
#include "work/drafts.h"

enum line_act talk_drafts(struct talk *talk)
{
	struct draft drafts[DRAFTS_MOST];
	const char *labels[DRAFTS_MOST];
	struct arena arena = {0};
	unsigned chosen, count = drafts_of(talk->store, &talk->user, &arena, drafts);
	enum line_act act = LINE_OK;

	if (count == 0) {
		line_say(&talk->line, "%s", _("没有草稿"));
		return LINE_OK;
	}
	for (unsigned n = 0; n < count; n++) {
		struct buf words = {0};
		char time[WHEN_TEXT];

		display_time(drafts[n].at, store_now(talk->store), time);
		display_draft(talk->store, &drafts[n], &words);
		labels[n] = arena_fmt(&arena, "%s %s", time, buf_cstr(&words));
		buf_release(&words);
	}
	act = line_menu(&talk->line, _("草稿，选一份接着写"), labels, NULL, count, &chosen);
	if (act == LINE_OK)
		act = checking_is_draft(talk->store, &talk->user, &drafts[chosen])
			      ? talk_check(talk, &drafts[chosen])
			      : talk_write(talk, &drafts[chosen]);
	arena_release(&arena);
	return act;
}
