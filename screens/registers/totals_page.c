/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board T as lines: numbers as they are read, sorted, and laid out for the width there is.
 */
#include "screens/totals_page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "screens/display.h"
#include "screens/situation.h"

enum {
	MILLI = 1000,
	NAME = 12,
	NAME_NARROW = 10,
	BAR = 10,
	BARRED = 15,
	NARROW_CELL = 6,
	MARKER = 2
};

/* ---- words */

void totals_page_place(const struct totals_row *row, struct buf *out)
{
	if (row->at == TOTAL_PLACE)
		display_place(row->area, out);
	else
		buf_text(out, row->at == TOTAL_OWN ? _("本级") : _("合计"));
}

const char *totals_page_head(const struct totals_page *page, unsigned column)
{
	const struct table_column *cell = &page->totals.table->cell[column];

	return words_english() ? cell->english : cell->head;
}

static const struct rule *number_of(const struct totals_page *page, unsigned column)
{
	return total_rule(page->totals.table->cell[column].name);
}

void totals_page_cell(const struct totals_page *page, const struct totals_row *row, unsigned column,
	struct buf *out)
{
	const struct total *cell = &row->cell[column];
	const struct rule *number = number_of(page, column);
	bool whole = number && number->word == RULE_FIGURE;

	if (cell->how != TOTAL_KNOWN || !number) {
		buf_byte(out, cell->how == TOTAL_NOTHING ? '-' : '.');
		return;
	}
	if (whole)
		buf_fmt(out, "%lld", (long long)(cell->value / MILLI));
	else
		figure_number(cell->value, out);
	if (total_is_share(number))
		buf_byte(out, '%');
	else if (whole && number->median)
		buf_text(out, _("分"));
}

void totals_page_title(const struct totals_page *page, struct buf *out)
{
	char date[WHEN_TEXT];

	if (!page->totals.table)
		return;
	date_show(date_of(page->totals.at), date);
	if (page->totals.per != PER_ALL)
		buf_fmt(out, "%.*s ", page->totals.per == PER_YEAR ? 4 : 7, date);
	buf_text(out, rule_text(page->totals.table));
}

void totals_page_line(const struct totals_page *page, const struct totals_row *row, struct buf *out)
{
	totals_page_place(row, out);
	buf_byte(out, ':');
	for (unsigned n = 0; n < page->totals.table->cells; n++) {
		buf_fmt(out, " %s%s", totals_page_head(page, n), display_gap());
		totals_page_cell(page, row, n, out);
	}
}

void totals_page_targets(const struct totals_page *page, struct buf *out)
{
	for (unsigned n = 0; n < page->totals.table->cells; n++) {
		const struct rule *number = number_of(page, n);

		if (!number || number->word != RULE_FIGURE)
			continue;
		buf_fmt(out, "%s %s%s%lld", out->len ? "" : _("目标"), totals_page_head(page, n),
			display_gap(), (long long)number->target);
		buf_text(out, total_is_share(number) ? "%" : number->median ? _("分") : "");
	}
}

/* ---- order */

struct sorting {
	const struct totals_row *row;
	unsigned place, column;
	enum totals_order order;
};

static int64_t weight(const struct sorting *at)
{
	const struct total *cell = &at->row->cell[at->column];

	if (at->order == TOTALS_BUSY)
		return at->row->any;
	return cell->how == TOTAL_KNOWN ? cell->value : -1;
}

/* The whole stays last; of the same number, as the codes go. What is not known stands behind. */
static int by_order(const void *a, const void *b)
{
	const struct sorting *x = a, *y = b;
	int64_t left = weight(x), right = weight(y);
	bool all = x->row->at == TOTAL_ALL;

	if (all != (y->row->at == TOTAL_ALL))
		return all ? 1 : -1;
	if (left != right && left >= 0 && right >= 0 && x->order == TOTALS_LEAST)
		return left < right ? -1 : 1;
	if (left != right)
		return left > right ? -1 : 1;
	return (x->place > y->place) - (x->place < y->place);
}

static void sort_rows(struct totals_page *page, struct arena *arena)
{
	unsigned count = page->totals.count, shown = 0;
	struct sorting *all = arena_get(arena, count * sizeof *all);

	page->rows = arena_get(arena, count * sizeof *page->rows);
	for (unsigned n = 0; n < count; n++)
		all[n] = (struct sorting){&page->totals.rows[n], n, page->column, page->order};
	qsort(all, count, sizeof *all, by_order);
	for (unsigned n = 0; n < count; n++)
		if (page->all || all[n].row->any || all[n].row->at == TOTAL_ALL)
			page->rows[shown++] = all[n].place;
	page->shown = shown;
}

/* ---- loading */

enum rc totals_page_load(struct totals_page *page, const struct actor *actor, struct arena *arena,
	struct fault *fault)
{
	unsigned count;
	const struct rule *tables = rules_rows(RULE_TABLE, &count);
	struct world world;
	struct buf below = {0};

	if (!page->tally.started) {
		tally_start(&page->tally, _("规则里没有 table 行，没有表可看"));
		page->tally.list.plain = page->tally.list.head = true;
	}
	page->tally.columns = 0;
	page->totals = (struct totals){.table = NULL};
	if (!count)
		return RC_OK;
	world_open(&world, actor->store, actor->user, store_now(actor->store));
	page->table %= count;
	page->column %= tables[page->table].cells;
	enum rc rc = totals_load(&page->totals, &world, &tables[page->table],
		totals_at(&tables[page->table], world.around.now, page->before), arena, fault);
	if (!rc)
		sort_rows(page, arena);
	situation_below(&world, false, &below);
	text_fit(page->below, sizeof page->below, buf_cstr(&below));
	buf_release(&below);
	return rc;
}

void totals_page_release(struct totals_page *page)
{
	tally_release(&page->tally);
	arena_release(&page->lines);
}

const struct totals_row *totals_page_shown(const struct totals_page *page, unsigned n)
{
	return page->totals.table && n < page->shown ? &page->totals.rows[page->rows[n]] : NULL;
}

const struct totals_row *totals_page_at(struct totals_page *page)
{
	const struct list_row *row = list_row(&page->tally.list);

	return row ? totals_page_shown(page, (unsigned)row->id) : NULL;
}

/* ---- layout */

static unsigned width_of(const struct totals_page *page, unsigned column, bool wide)
{
	unsigned head = (unsigned)text_columns(totals_page_head(page, column)) + 1;
	unsigned width = page->totals.table->cell[column].width;

	if (!wide && width > NARROW_CELL)
		width = NARROW_CELL;
	return width > head ? width : head;
}

/* The first column to be shown: as far left as lets the chosen one be seen. */
static unsigned first_column(const struct totals_page *page, unsigned room, bool wide)
{
	unsigned first = page->column, used = width_of(page, first, wide) + 1;

	while (first && used + width_of(page, first - 1, wide) + 1 <= room)
		used += width_of(page, --first, wide) + 1;
	return first;
}

static void put_bar(const struct total *cell, struct buf *out)
{
	int64_t full = cell->how == TOTAL_KNOWN ? cell->value * BAR / (100 * MILLI) : 0;

	buf_byte(out, '[');
	for (int64_t n = 0; n < BAR; n++)
		buf_byte(out, n < full ? '#' : '.');
	buf_byte(out, ']');
}

static void put_cell(
	struct totals_page *page, const struct totals_row *row, unsigned column, struct buf *out)
{
	const struct rule *number = number_of(page, column);
	bool bar = number && total_is_share(number) && page->columns >= TALLY_NARROW &&
		   page->totals.table->cell[column].width >= BARRED &&
		   row->cell[column].how == TOTAL_KNOWN;

	if (bar)
		put_bar(&row->cell[column], out);
	totals_page_cell(page, row, column, out);
}

/* The head of the chosen column begins with '>'. */
static unsigned add_columns(struct totals_page *page, unsigned first, unsigned room, bool wide)
{
	struct list *list = &page->tally.list;
	unsigned end = first;

	list->column_count = 0;
	list_column(list, _("地方"), wide ? NAME : NAME_NARROW, false);
	for (; end < page->totals.table->cells && end - first + 1 < LIST_COLUMNS; end++) {
		unsigned width = width_of(page, end, wide);

		if (width + 1 > room)
			break;
		room -= width + 1;
		list_column(list,
			arena_fmt(&page->lines, "%s%s", end == page->column ? ">" : "",
				totals_page_head(page, end)),
			width, true);
	}
	return end;
}

static void add_row(struct totals_page *page, unsigned n, unsigned first, unsigned end)
{
	struct list *list = &page->tally.list;
	const struct totals_row *shown = totals_page_shown(page, n);
	/* No record: what keeps '>' on its place. */
	struct list_row *row = list_add(list, (struct ref){shown->area, shown->at + 1});
	struct buf text = {0};

	row->id = n;
	totals_page_place(shown, &text);
	list_cell(list, row, 0, buf_cstr(&text));
	for (unsigned column = first; column < end; column++) {
		buf_clear(&text);
		put_cell(page, shown, column, &text);
		list_cell(list, row, column - first + 1, buf_cstr(&text));
	}
	buf_release(&text);
}

void totals_page_others(const struct totals_page *page, struct buf *out)
{
	unsigned left = page->totals.table ? page->totals.count - page->shown : 0;

	if (left)
		buf_fmt(out, _("其余%u个地方都是0或没有"), left);
}

/* "西彰村 销号率 50%": the cell that Enter opens, in words; it goes with '>'. */
static void add_feet(struct totals_page *page)
{
	const struct totals_row *row = totals_page_at(page);
	struct buf text = {0};

	page->tally.feet = 0;
	if (row) {
		totals_page_place(row, &text);
		buf_fmt(&text, " %s ", totals_page_head(page, page->column));
		totals_page_cell(page, row, page->column, &text);
		if (row->cell[page->column].how == TOTAL_UNKNOWN)
			buf_fmt(&text, " %s", _("只知道现在的，过去的没有记"));
	}
	text_fit(page->said, sizeof page->said, buf_cstr(&text));
	buf_release(&text);
	tally_foot(&page->tally, LOOK_PLAIN, page->others);
	tally_foot(&page->tally, LOOK_TITLE, page->said);
	tally_foot(&page->tally, LOOK_PLAIN, page->targets);
	tally_foot(&page->tally, LOOK_PLAIN, page->below);
}

void totals_page_lay(struct totals_page *page, unsigned columns)
{
	struct list *list = &page->tally.list;
	bool wide = columns >= TALLY_NARROW;
	unsigned room = columns - (wide ? NAME : NAME_NARROW) - MARKER - 1;
	struct buf text = {0}, others = {0};

	if (page->tally.columns != columns) {
		arena_release(&page->lines);
		page->columns = columns;
		list_clear(list);
		if (page->totals.table) {
			unsigned first = first_column(page, room, wide);
			unsigned end = add_columns(page, first, room, wide);

			for (unsigned n = 0; n < page->shown; n++)
				add_row(page, n, first, end);
			totals_page_targets(page, &text);
		}
		totals_page_others(page, &others);
		list_done(list);
		text_fit(page->targets, sizeof page->targets, buf_cstr(&text));
		text_fit(page->others, sizeof page->others, buf_cstr(&others));
		buf_release(&text);
		buf_release(&others);
	}
	add_feet(page);
}

/* ---- keys */

void totals_page_turn(struct totals_page *page)
{
	page->table++;
	page->column = page->before = 0;
	page->order = TOTALS_BUSY;
}

bool totals_page_period(struct totals_page *page, int step)
{
	if (page->totals.per == PER_ALL || (step < 0 && !page->before))
		return false;
	page->before += (unsigned)step;
	return true;
}

void totals_page_move(struct totals_page *page, int step)
{
	unsigned cells = page->totals.table ? page->totals.table->cells : 1;

	page->column = (page->column + cells + (unsigned)step) % cells;
	page->tally.columns = 0;
}
