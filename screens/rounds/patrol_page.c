/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board X as lines and rows.
 */
#include "screens/patrol_page.h"

#include "model/kinds.h"
#include "screens/display.h"
#include "store/station.h"
#include "work/actions.h"

enum { ROWS = 12 };

/* ---- lines above */

static void add_numbers(struct patrol_page *page, struct arena *arena)
{
	const struct round *round = &page->round;
	struct buf wide = {0}, narrow = {0};
	unsigned left = round->count - round->done;

	buf_fmt(&narrow,
		round->which == ROUND_TODAY ? _("今天%u处 查了%u 没查%u 过期%u")
					    : _("共%u处 查了%u 没查%u 过期%u"),
		round->count, round->done, left, round->late);
	buf_fmt(&wide, _("%s   本月查%u次 %u次有隐患"), buf_cstr(&narrow), round->month,
		round->month_found);
	page->brief = arena_text(arena, buf_cstr(&narrow));
	page->line = arena_text(arena, buf_cstr(&wide));
	buf_release(&narrow);
	buf_release(&wide);
}

static void add_campaigns(struct patrol_page *page, struct arena *arena)
{
	const struct round *round = &page->round;
	struct buf text = {0};

	if (round->which == ROUND_CAMPAIGN) {
		buf_text(&text, _("专项："));
		display_text(round->campaign_title[page->turn - 2], &text);
		buf_fmt(&text, _("，查了%u处，%u处有情况"), round->done, round->found);
	}
	for (unsigned n = 0; n < round->campaign_count && round->which != ROUND_CAMPAIGN; n++) {
		buf_text(&text, n ? "  " : _("f 专项："));
		display_text(round->campaign_title[n], &text);
	}
	page->campaign = arena_text(arena, buf_cstr(&text));
	buf_release(&text);
}

static void add_lines(struct patrol_page *page, bool wide)
{
	tally_clear(&page->tally);
	tally_head(&page->tally, LOOK_PLAIN, wide ? page->line : page->brief);
	tally_head(&page->tally, LOOK_MARK, page->campaign);
	if (wide && *page->round.spans)
		tally_head(&page->tally, LOOK_MARK, page->round.spans);
}

/* ---- rows */

static void put_last(const struct patrol_page *page, const struct round_row *row, struct buf *out)
{
	char time[WHEN_TEXT];

	if (!row->last_at) {
		buf_text(out, _("没查过"));
		return;
	}
	display_clock(row->last_at, page->now, time);
	buf_fmt(out, row->done ? _("查完%s %s") : _("上次%s %s"), time, row->result);
}

static void put_due(const struct patrol_page *page, const struct round_row *row, struct buf *out)
{
	char time[WHEN_TEXT];

	if (row->done || !row->until)
		return;
	if (row->late)
		display_left(row->until, page->now, out);
	else if (row->until <= date_end(date_of(page->now)))
		buf_text(out, _("今天"));
	else {
		display_clock(row->until, page->now, time);
		buf_text(out, time);
	}
}

static void put_more(const struct round_row *row, struct buf *out)
{
	if (*row->people)
		buf_fmt(out, _("%s人 "), row->people);
	display_text(row->place, out);
}

static void set_columns(struct list *list, bool wide, bool above)
{
	list->column_count = 0;
	list_column(list, "", 4, false);
	if (above)
		list_column(list, "", 8, false);
	list_column(list, "", wide ? 18 : 0, false);
	if (wide)
		list_column(list, "", 18, false);
	list_column(list, "", wide ? 9 : 8, false);
	if (wide)
		list_column(list, "", 0, false);
}

static void cell(struct list *list, struct list_row *row, unsigned *column, struct buf *text)
{
	list_cell(list, row, (*column)++, buf_cstr(text));
	buf_clear(text);
}

static void add_row(struct patrol_page *page, unsigned n, bool wide, bool above)
{
	const struct round_row *row = &page->round.rows[n];
	struct list *list = &page->tally.list;
	struct list_row *to = list_add(list, row->ref);
	struct buf text = {0};
	enum look look;
	unsigned column = 0;
	const char *colour = display_colour(row->colour, &look);

	to->id = n;
	to->look = row->done ? LOOK_DIM : look;
	buf_text(&text, colour);
	cell(list, to, &column, &text);
	if (above) {
		display_place(row->area, &text);
		cell(list, to, &column, &text);
	}
	display_text(row->title, &text);
	cell(list, to, &column, &text);
	if (wide) {
		put_last(page, row, &text);
		cell(list, to, &column, &text);
	}
	if (!wide && row->done)
		buf_text(&text, _("查完"));
	put_due(page, row, &text);
	cell(list, to, &column, &text);
	if (wide) {
		put_more(row, &text);
		cell(list, to, &column, &text);
	}
	buf_release(&text);
}

void patrol_page_lay(struct patrol_page *page, unsigned columns)
{
	bool wide = columns >= TALLY_NARROW, above = false;

	if (page->tally.columns == columns) {
		add_lines(page, wide);
		page->tally.columns = columns;
		return;
	}
	for (unsigned n = 0; n < page->round.count; n++)
		above |= page->round.rows[n].area != page->round.area;
	set_columns(&page->tally.list, wide, above);
	list_clear(&page->tally.list);
	for (unsigned n = 0; n < page->round.count; n++)
		add_row(page, n, wide, above);
	list_done(&page->tally.list);
	add_lines(page, wide);
	page->tally.columns = columns;
}

void patrol_page_put(const struct patrol_page *page, const struct round_row *row, struct buf *out)
{
	enum look look;
	const char *colour = display_colour(row->colour, &look);

	buf_text(out, colour);
	buf_text(out, *colour ? " " : "");
	if (row->area != page->round.area) {
		display_place(row->area, out);
		buf_byte(out, ' ');
	}
	display_text(row->title, out);
	buf_byte(out, ' ');
	put_last(page, row, out);
	buf_byte(out, ' ');
	put_due(page, row, out);
}

void patrol_page_doubt(struct store *store, const struct round_row *row, struct buf *out)
{
	struct arena arena = {0};
	const char *worst;
	unsigned count = round_hazards(store, row->ref, &arena, &worst);

	if (count) {
		display_text(row->title, out);
		buf_fmt(out, _("还有%u条隐患没销号："), count);
		display_text(worst, out);
	}
	arena_release(&arena);
}

/* ---- loading */

static void choose(struct patrol_page *page)
{
	struct round *round = &page->round;

	round->which = page->turn == 0 ? ROUND_TODAY : page->turn == 1 ? ROUND_ALL : ROUND_CAMPAIGN;
	if (round->which == ROUND_CAMPAIGN)
		round->campaign = round->campaigns[page->turn - 2];
}

enum rc patrol_page_load(struct patrol_page *page, const struct actor *actor, struct arena *arena,
	struct fault *fault)
{
	struct world world;
	struct buf title = {0};

	if (!page->tally.started) {
		tally_start(&page->tally, "");
		page->tally.list.signs = SIGNS_NINE;
		page->tally.list.plain = true;
	}
	page->tally.most = ROWS;
	page->now = store_now(actor->store);
	page->may_patrol = action_may_add(actor, kind_of(KIND_patrol));
	page->may_inspect = action_may_add(actor, kind_of(KIND_inspect));
	choose(page);
	world_open(&world, actor->store, actor->user, page->now);
	enum rc rc = round_load(&page->round, &world, arena, fault);
	if (!rc && page->turn > 1 && page->turn - 2 >= page->round.campaign_count) {
		page->turn = 0; /* it is over */
		choose(page);
		rc = round_load(&page->round, &world, arena, fault);
	}
	display_place(page->round.area, &title);
	page->title = arena_text(arena, buf_cstr(&title));
	buf_release(&title);
	page->tally.list.empty =
		page->turn ? _("没有登记要查的点和场所") : _("今天没有要查的；v 看全部");
	page->tally.columns = 0;
	add_numbers(page, arena);
	add_campaigns(page, arena);
	if (*page->round.spans)
		page->round.spans = arena_fmt(arena, _("现在巡查间隔：%s"), page->round.spans);
	return rc;
}

void patrol_page_release(struct patrol_page *page)
{
	tally_release(&page->tally);
}

const struct round_row *patrol_page_row(struct patrol_page *page)
{
	const struct list_row *row = page->tally.started ? list_row(&page->tally.list) : NULL;

	return row ? &page->round.rows[row->id] : NULL;
}
