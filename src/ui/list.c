/* SPDX-License-Identifier: GPL-3.0-or-later
 * The list widget. Rows are kept in the order they came; `order` says which are shown and where, so
 * that sorting and filtering move numbers, not rows.
 */
#include "ui/list.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/pinyin.h"

enum {
	GAP = 1,
	MARKER = 2,
	LEFT_LEAST = 8,
	SQUEEZED = 4,
	FILTER_BYTES = 120,
	LIST_STATE_WIDTH = 8
};

#define NOTHING (~0u)

static void *grown(void *at, size_t size)
{
	at = realloc(at, size);
	if (!at)
		die("%s", _("内存不够"));
	return at;
}

static const char *text_of(const struct list_row *row, unsigned column)
{
	return row->cells[column] ? row->cells[column] : "";
}

/* Rows are compared by number: rows and order move when the list grows, so they are looked up in
 * LIST. */
static int row_order(const struct list *list, unsigned a, unsigned b)
{
	int by = list->sort < 0 ? 0
				: text_order(text_of(&list->rows[a], (unsigned)list->sort),
					  text_of(&list->rows[b], (unsigned)list->sort));

	if (list->backwards)
		by = -by;
	if (by)
		return by;
	return list->sort < 0 && list->backwards ? (a < b) - (a > b) : (a > b) - (a < b);
}

/* Merge sort: stable, and it takes the list along where qsort could not. */
static void sort_order(const struct list *list, unsigned *order, unsigned *room, unsigned count)
{
	unsigned half = count / 2, left = 0, right = half;

	if (count < 2)
		return;
	sort_order(list, order, room, half);
	sort_order(list, order + half, room, count - half);
	for (unsigned n = 0; n < count; n++) {
		bool first = right >= count ||
			     (left < half && row_order(list, order[left], order[right]) <= 0);
		room[n] = order[first ? left++ : right++];
	}
	memcpy(order, room, count * sizeof(*order));
}

static bool row_fits(const struct list *list, const struct list_row *row, const char *words)
{
	struct buf all = {0};

	for (unsigned n = 0; n < list->column_count; n++) {
		buf_text(&all, text_of(row, n));
		buf_byte(&all, ' ');
	}
	bool fits = list_match(buf_cstr(&all), words);
	buf_release(&all);
	return fits;
}

/* The number of the current row, or NOTHING. */
static unsigned current(const struct list *list)
{
	return list->at < list->shown ? list->order[list->at] : NOTHING;
}

/* Work out anew what is shown; the marker stays on row KEEP where it can. */
static void arrange(struct list *list, unsigned keep)
{
	unsigned *room = grown(NULL, (list->count + 1) * sizeof(*room));
	const char *words = edit_text(&list->filter);

	list->order = grown(list->order, (list->count + 1) * sizeof(*list->order));
	list->shown = 0;
	for (unsigned n = 0; n < list->count; n++) {
		if (!*words || row_fits(list, &list->rows[n], words))
			list->order[list->shown++] = n;
	}
	sort_order(list, list->order, room, list->shown);
	free(room);
	list->at = 0;
	for (unsigned n = 0; keep != NOTHING && n < list->shown; n++) {
		if (list->order[n] == keep)
			list->at = n;
	}
}

static void move_to(struct list *list, long at)
{
	if (list->shown == 0)
		at = 0;
	else if (at >= (long)list->shown)
		at = (long)list->shown - 1;
	list->at = at < 0 ? 0 : (unsigned)at;
}

static enum list_act move_on(struct list *list, long step)
{
	bool end = list->at + 1 >= list->shown;

	if (step > 0 && end && list->total > list->count)
		return LIST_MORE;
	move_to(list, (long)list->at + step);
	return LIST_MOVED;
}

static void drop_filter(struct list *list)
{
	edit_set(&list->filter, "");
	list->typing = false;
	arrange(list, current(list));
}

static enum list_act filter_key(struct list *list, int key)
{
	switch (key) {
	case K_ENTER:
		list->typing = false;
		return LIST_MOVED;
	case K_ESC:
	case K_CTRL('U'):
		drop_filter(list);
		return LIST_MOVED;
	case K_UP:
	case K_DOWN:
		list->typing = false;
		return move_on(list, key == K_UP ? -1 : 1);
	case K_BACKSPACE:
		if (list->filter.text.len == 0)
			list->typing = false;
		break;
	default:
		break;
	}
	if (edit_key(&list->filter, key) == EDIT_NOT)
		return LIST_NOT;
	arrange(list, current(list));
	list->at = list->top = 0;
	return LIST_MOVED;
}

static void sort_next(struct list *list)
{
	list->sort++;
	if (list->sort >= (int)list->column_count)
		list->sort = -1;
	arrange(list, current(list));
}

static enum list_act change_key(struct list *list, int key)
{
	switch (list->plain ? 0 : key) {
	case '/':
		list->typing = true;
		return LIST_MOVED;
	case 's':
		sort_next(list);
		return LIST_MOVED;
	case 'S':
		list->backwards = !list->backwards;
		arrange(list, current(list));
		return LIST_MOVED;
	default:
		break;
	}
	if (key == K_ESC && list->filter.text.len > 0) {
		drop_filter(list);
		return LIST_MOVED;
	}
	if (key == 'x' && list->marks && list_row(list)) {
		list_row(list)->marked = !list_row(list)->marked;
		return move_on(list, 1) == LIST_MORE ? LIST_MORE : LIST_MOVED;
	}
	return LIST_NOT;
}

/* Widths of the columns; the open ones share what is left. Returns how many fit. */
static unsigned column_widths(const struct list *list, unsigned columns, unsigned *widths)
{
	unsigned used = MARKER, open = 0, fit = 0;

	for (unsigned n = 0; n < list->column_count; n++) {
		unsigned width = list->columns[n].width, room = columns - used;

		if (used > columns)
			break;
		if (!width)
			width = room >= LEFT_LEAST || room < SQUEEZED ? LEFT_LEAST : room;
		if (width > room && fit > 0)
			break;
		used += width + GAP;
		widths[n] = width;
		open += list->columns[n].width == 0;
		fit++;
	}
	unsigned left = columns + GAP > used ? columns + GAP - used : 0;
	for (unsigned n = 0; n < fit; n++) {
		if (list->columns[n].width == 0) {
			unsigned share = left / open;

			widths[n] += share;
			left -= share;
			open--;
		}
	}
	return fit;
}

static void draw_cell(struct pane pane, unsigned row, unsigned left, unsigned width, bool right,
	enum look look, const char *text)
{
	struct pane cell = pane_part(pane, row, left, 1, width);

	if (right)
		pane_right(cell, 0, look, text);
	else
		pane_text(cell, 0, 0, look, 0, text);
}

static void draw_head(
	const struct list *list, struct pane pane, const unsigned *widths, unsigned fit)
{
	unsigned left = MARKER;

	for (unsigned n = 0; n < fit; n++) {
		const struct list_column *column = &list->columns[n];

		draw_cell(pane, 0, left, widths[n], column->right, LOOK_PLAIN, column->label);
		size_t wide = text_columns(column->label);
		if (list->sort == (int)n && wide < widths[n] && !column->right)
			pane_text(pane, 0, left + (unsigned)wide, LOOK_PLAIN, 1,
				list->backwards ? "v" : "^");
		left += widths[n] + GAP;
	}
}

static void draw_row(const struct list *list, struct pane pane, unsigned row,
	const struct list_row *shown, const unsigned *widths, unsigned fit)
{
	unsigned left = MARKER;

	if (shown->marked)
		pane_text(pane, row, 1, LOOK_PLAIN, 1, "*");
	for (unsigned n = 0; n < fit; n++) {
		draw_cell(pane, row, left, widths[n], list->columns[n].right,
			n == 0 ? shown->look : LOOK_PLAIN, text_of(shown, n));
		left += widths[n] + GAP;
	}
}

/* The filter line stands at the foot and only while there is a filter. */
static bool has_filter(const struct list *list, struct pane pane)
{
	return (list->typing || list->filter.text.len > 0) && pane.rows >= 3;
}

static struct pane filter_pane(struct pane pane)
{
	unsigned row = pane.rows - 1;

	return pane_behind(pane, row, pane_text(pane, row, 0, LOOK_PLAIN, 0, _("找：")));
}

/* Where the rows stand: above the filter, below the labels of the columns. */
static struct pane body_pane(const struct list *list, struct pane pane)
{
	if (has_filter(list, pane))
		pane = pane_part(pane, 0, 0, pane.rows - 1, pane.columns);
	return list->head && pane.rows > 1 && list->shown > 0 ? pane_below(pane, 1) : pane;
}

void list_start(struct list *list, const char *empty)
{
	*list = (struct list){.sort = -1, .head = true, .empty = empty, .page = 10};
	edit_start(&list->filter, EDIT_LINE, FILTER_BYTES, "");
}

void list_release(struct list *list)
{
	free(list->rows);
	free(list->order);
	edit_release(&list->filter);
	arena_release(&list->arena);
	*list = (struct list){0};
}

void list_column(struct list *list, const char *label, unsigned width, bool right)
{
	assert(list->column_count < LIST_COLUMNS);
	list->columns[list->column_count++] =
		(struct list_column){.label = label, .width = width, .right = right};
}

void list_columns_of(struct list *list, const struct kind *kind, unsigned columns)
{
	unsigned used = MARKER;

	list->column_count = 0;
	list_column(list, _("编号"), 8, false);
	used += 8 + GAP;
	for (const struct field *field = kind->fields; field->tag; field++) {
		unsigned wide = field_columns(field), width = wide ? wide : LEFT_LEAST;

		if (!(field->flags & F_LIST) || list->column_count + 1 >= LIST_COLUMNS)
			continue;
		if (columns && used + width > columns)
			continue;
		used += width + GAP;
		list_column(
			list, _(field->label), wide, field->type == T_NUM || field->type == T_DEC);
		list->columns[list->column_count - 1].tag = field->tag;
	}
	if (kind->states && kind->states[0].code &&
		(!columns || used + LIST_STATE_WIDTH <= columns)) {
		list_column(list, _("状态"), LIST_STATE_WIDTH, false);
		list->columns[list->column_count - 1].tag = ~0u;
	}
}

void list_clear(struct list *list)
{
	const struct list_row *row = list_row(list);

	list->kept = row ? row->ref : (struct ref){0, 0};
	list->kept_at = list->at;
	list->count = list->shown = list->total = 0;
	arena_release(&list->arena);
}

struct list_row *list_add(struct list *list, struct ref ref)
{
	if (list->count == list->room) {
		list->room = list->room ? list->room * 2 : 64;
		list->rows = grown(list->rows, list->room * sizeof(*list->rows));
	}
	struct list_row *row = &list->rows[list->count++];
	*row = (struct list_row){.ref = ref};
	return row;
}

void list_cell(struct list *list, struct list_row *row, unsigned column, const char *text)
{
	if (column < LIST_COLUMNS)
		row->cells[column] = arena_text(&list->arena, text);
}

void list_done(struct list *list)
{
	arrange(list, NOTHING);
	if (!list->kept.seq || !list_find(list, list->kept))
		move_to(list, (long)list->kept_at);
	list->kept = (struct ref){0, 0};
	list->kept_at = 0;
}

void list_on(struct list *list)
{
	arrange(list, current(list));
	move_to(list, (long)list->at + 1);
}

enum list_act list_key(struct list *list, int key)
{
	if (list->typing)
		return filter_key(list, key);
	switch (key) {
	case 'k':
	case K_UP:
		return move_on(list, -1);
	case 'j':
	case K_DOWN:
		return move_on(list, 1);
	case ' ':
	case K_PAGE_DOWN:
		return move_on(list, (long)list->page);
	case '-':
	case K_PAGE_UP:
		return move_on(list, -(long)list->page);
	case 'g':
	case K_HOME:
		move_to(list, 0);
		return LIST_MOVED;
	case 'G':
	case K_END:
		move_to(list, (long)list->shown - 1);
		return LIST_MOVED;
	case K_ENTER:
		return list_row(list) ? LIST_CHOSEN : LIST_MOVED;
	default:
		return change_key(list, key);
	}
}

void list_layout(struct list *list, struct pane room)
{
	struct pane body = body_pane(list, room);

	if (has_filter(list, room))
		edit_layout(&list->filter, filter_pane(room));
	list->page = body.rows ? body.rows : 1;
	if (list->at < list->top)
		list->top = list->at;
	if (list->at >= list->top + list->page)
		list->top = list->at + 1 - list->page;
	if (list->top + list->page > list->shown)
		list->top = list->shown > list->page ? list->shown - list->page : 0;
}

void list_draw(const struct list *list, struct pane pane)
{
	struct pane body = body_pane(list, pane);
	unsigned widths[LIST_COLUMNS];
	unsigned fit = column_widths(list, pane.columns, widths);

	if (has_filter(list, pane))
		edit_draw(&list->filter, filter_pane(pane), list->typing);
	if (body.top > pane.top)
		draw_head(list, pane, widths, fit);
	for (unsigned n = 0; n < body.rows && list->top + n < list->shown; n++)
		draw_row(list, body, n, &list->rows[list->order[list->top + n]], widths, fit);
	if (list->shown == 0) {
		bool filtered = list->filter.text.len > 0;

		pane_wrapped(body, 0, MARKER, LOOK_PLAIN, 0,
			filtered ? _("没有符合的，退格改字，Esc 看全部") : list->empty);
		return;
	}
	pane_text(body, list->at - list->top, 0, LOOK_PLAIN, 1, ">");
	if (!list->typing)
		pane_cursor(body, list->at - list->top, 0);
}

struct list_row *list_row(struct list *list)
{
	return list_shown(list, list->at);
}

struct list_row *list_shown(struct list *list, unsigned n)
{
	return n < list->shown ? &list->rows[list->order[n]] : NULL;
}

bool list_find(struct list *list, struct ref ref)
{
	for (unsigned n = 0; n < list->shown; n++) {
		const struct list_row *row = &list->rows[list->order[n]];

		if (row->ref.site == ref.site && row->ref.seq == ref.seq) {
			list->at = n;
			return true;
		}
	}
	return false;
}

void list_filter(struct list *list, const char *words)
{
	edit_set(&list->filter, words);
	arrange(list, current(list));
}

bool list_match(const char *text, const char *words)
{
	char word[FILTER_BYTES + 1];

	for (const char *at = words; *at;) {
		size_t len = strcspn(at, " "), put = 0;
		bool letters = true;

		for (size_t n = 0; n < len && put < FILTER_BYTES; n++) {
			char c = at[n];

			if (c >= 'A' && c <= 'Z')
				c = (char)(c - 'A' + 'a');
			letters = letters && c >= 'a' && c <= 'z';
			word[put++] = c;
		}
		word[put] = '\0';
		if (put > 0 && !strcasestr(text, word) && !(letters && pinyin_match(text, word)))
			return false;
		at += len + strspn(at + len, " ");
	}
	return true;
}
