/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables of figures in line mode: a line a place; a number of a line opens the records.
 */
#include <string.h>

#include "app/talk.h"
#include "screens/display.h"
#include "screens/totals_page.h"

struct totalling {
	struct talk *talk;
	struct totals_page page;
	struct arena arena;
};

static bool load(struct totalling *at)
{
	const struct actor actor = talk_actor(at->talk);
	struct fault fault = {0};

	arena_release(&at->arena);
	return talk_good(at->talk, totals_page_load(&at->page, &actor, &at->arena, &fault), &fault);
}

static void say(struct totalling *at)
{
	struct line *line = &at->talk->line;
	const struct totals_row *row;
	struct buf text = {0};

	totals_page_title(&at->page, &text);
	line_say(line, "%s", buf_cstr(&text));
	for (unsigned n = 0; (row = totals_page_shown(&at->page, n)); n++) {
		buf_clear(&text);
		totals_page_line(&at->page, row, &text);
		line_say(line, "%u. %s", n + 1, buf_cstr(&text));
	}
	buf_clear(&text);
	totals_page_others(&at->page, &text);
	if (text.len)
		line_say(line, "%s", buf_cstr(&text));
	buf_clear(&text);
	totals_page_targets(&at->page, &text);
	if (text.len)
		line_say(line, "%s", buf_cstr(&text));
	if (*at->page.below)
		line_say(line, "%s", at->page.below);
	buf_release(&text);
}

/* Which number of that line? */
static enum line_act one_row(struct totalling *at, const struct totals_row *row)
{
	const struct rule *table = at->page.totals.table;
	const char *labels[TOTALS_CELLS];
	struct arena arena = {0};
	struct buf text = {0};
	unsigned chosen;

	for (unsigned n = 0; n < table->cells; n++) {
		buf_clear(&text);
		totals_page_cell(&at->page, row, n, &text);
		labels[n] =
			arena_fmt(&arena, "%s %s", totals_page_head(&at->page, n), buf_cstr(&text));
	}
	buf_clear(&text);
	totals_page_place(row, &text);
	enum line_act act =
		line_menu(&at->talk->line, buf_cstr(&text), labels, NULL, table->cells, &chosen);
	if (act == LINE_OK && row->cell[chosen].how == TOTAL_UNKNOWN)
		line_say(&at->talk->line, "%s", _("只知道现在的，过去的没有记"));
	else if (act == LINE_OK)
		act = talk_behind(at->talk, table->cell[chosen].name,
			totals_page_head(&at->page, chosen), totals_of(&at->page.totals, row));
	buf_release(&text);
	arena_release(&arena);
	return talk_inner(act);
}

static enum line_act choose(struct totalling *at, const char *typed)
{
	unsigned n = line_number(typed);
	const struct totals_row *row = n ? totals_page_shown(&at->page, n - 1) : NULL;
	struct line *line = &at->talk->line;

	if (row)
		return one_row(at, row);
	if (!strcmp(typed, "f"))
		totals_page_turn(&at->page);
	else if (!strcmp(typed, "v"))
		at->page.all = !at->page.all;
	else if (strcmp(typed, ",") != 0 && strcmp(typed, ".") != 0)
		line_bad(line, _("没有 \"%s\"，打列出的号码或字母"), typed);
	else if (!totals_page_period(&at->page, *typed == ',' ? 1 : -1))
		line_say(line, "%s",
			at->page.totals.per == PER_ALL ? _("这张表是现在的数，不分月份")
						       : _("已经是现在这一期"));
	return LINE_OK;
}

enum line_act talk_totals(struct talk *talk)
{
	struct totalling at = {.talk = talk};
	struct buf typed = {0};
	enum line_act act = LINE_OK;

	while (act == LINE_OK && load(&at)) {
		if (!at.page.totals.table) {
			line_say(&talk->line, "%s", at.page.tally.list.empty);
			break;
		}
		say(&at);
		act = line_choose(&talk->line,
			_("打行号看记录，v 全列，f 换表，, 前一期，. 后一期，回车返回"), NULL, NULL,
			&typed);
		if (act == LINE_OK && !typed.len)
			act = LINE_BACK;
		else if (act == LINE_OK)
			act = choose(&at, buf_cstr(&typed));
	}
	totals_page_release(&at.page);
	arena_release(&at.arena);
	buf_release(&typed);
	return act == LINE_OK ? LINE_BACK : act;
}
