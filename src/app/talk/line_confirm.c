/* SPDX-License-Identifier: GPL-3.0-or-later
 * Registers confirmed in line mode: one row a question.
 */
#include <string.h>

#include "app/talk.h"
#include "screens/confirm_page.h"

struct confirming {
	struct talk *talk;
	struct confirm_page page;
	struct arena arena;
	unsigned at; /* row that is asked about: those before it were passed over */
};

static bool load(struct confirming *at)
{
	const struct actor actor = talk_actor(at->talk);
	struct fault fault = {0};

	arena_release(&at->arena);
	return talk_good(
		at->talk, confirm_page_load(&at->page, &actor, &at->arena, &fault), &fault);
}

static void say(struct confirming *at, enum rc rc, const struct fault *fault)
{
	if (rc)
		line_bad(&at->talk->line, "%s", fault->text);
	else
		line_say(&at->talk->line, "%s", at->page.said);
}

static enum line_act pressed(
	struct confirming *at, const struct confirm_row *row, const char *typed)
{
	const struct actor actor = talk_actor(at->talk);
	struct draft draft = {.kind = row->kind, .ref = row->ref};
	struct fault fault = {0};

	if (!*typed)
		at->at++;
	else if (!strcmp(typed, "y"))
		say(at, confirm_page_right(&at->page, &actor, row, &fault), &fault);
	else if (!strcmp(typed, "u"))
		say(at, confirm_page_undo(&at->page, &actor, &fault), &fault);
	else if (!strcmp(typed, "e"))
		return talk_inner(talk_write(at->talk, &draft));
	else if (!strcmp(typed, "t"))
		return talk_inner(talk_record(at->talk, row->ref));
	else
		line_bad(&at->talk->line, _("没有 \"%s\"，打列出的号码或字母"), typed);
	return LINE_OK;
}

enum line_act talk_confirm(struct talk *talk)
{
	struct confirming at = {.talk = talk};
	struct buf text = {0}, typed = {0};
	enum line_act act = LINE_OK;

	while (act == LINE_OK && load(&at) && at.at < at.page.rows.count) {
		const struct confirm_row *row = &at.page.rows.rows[at.at];

		buf_clear(&text);
		buf_fmt(&text, "%u/%u ", at.at + 1, at.page.rows.count);
		confirm_page_line(&at.page, talk->store, row, &text);
		line_say(&talk->line, "%s", buf_cstr(&text));
		act = line_choose(
			&talk->line, _("y对 e改 t不在了 u撤 回车跳过"), NULL, NULL, &typed);
		if (act == LINE_OK)
			act = pressed(&at, row, buf_cstr(&typed));
	}
	if (act == LINE_OK)
		line_say(&talk->line, "%s", at.at ? _("后面没有了") : at.page.tally.list.empty);
	confirm_page_release(&at.page);
	arena_release(&at.arena);
	buf_release(&text);
	buf_release(&typed);
	return act == LINE_OK ? LINE_BACK : act;
}
