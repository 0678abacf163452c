/* SPDX-License-Identifier: GPL-3.0-or-later
 * How a list stands in a pane: columns and their labels, the rows of one page, the filter.
 */
#include "ui/list.h"

#include "base/text.h"

enum { GAP = 1, MARKER = 2, LEFT_LEAST = 8, SQUEEZED = 4, LIST_STATE_WIDTH = 8 };

/* Columns before the first cell: '>', the mark, the sign. */
static unsigned front(const struct list *list)
{
	unsigned keys = list_sign_keys(list);

	return MARKER + (keys ? keys + GAP : 0);
}

/* Widths of the columns; the open ones share what is left. Returns how many fit. */
static unsigned column_widths(const struct list *list, unsigned columns, unsigned *widths)
{
	unsigned used = front(list), open = 0, fit = 0;

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

static void draw_cell(struct pane cell, bool right, enum look look, const char *text)
{
	if (right && text_columns(text) <= cell.columns)
		pane_right(cell, 0, look, text);
	else
		pane_text(cell, 0, 0, look, 0, text);
}

static void draw_head(
	const struct list *list, struct pane pane, const unsigned *widths, unsigned fit)
{
	unsigned left = front(list);

	for (unsigned n = 0; n < fit; n++) {
		const struct list_column *column = &list->columns[n];

		draw_cell(pane_part(pane, 0, left, 1, widths[n]), column->right, LOOK_PLAIN,
			column->label);
		size_t wide = text_columns(column->label);
		if (list->sort == (int)n && wide < widths[n] && !column->right)
			pane_text(pane, 0, left + (unsigned)wide, LOOK_PLAIN, 1,
				list->backwards ? "v" : "^");
		left += widths[n] + GAP;
	}
}

static void draw_row(const struct list *list, struct pane pane, unsigned row, unsigned at,
	const unsigned *widths, unsigned fit)
{
	const struct list_row *shown = &list->rows[list->order[at]];
	unsigned left = front(list);
	/* A colour is that of one cell; what is over is so as a whole. */
	enum look rest = shown->look == LOOK_OVER ? LOOK_OVER : LOOK_PLAIN;
	char sign[3];

	if (shown->heading) {
		pane_text(pane, row, 0, shown->look, 0, shown->cells[0] ? shown->cells[0] : "");
		return;
	}
	list_sign(list, at, sign);
	pane_text(pane, row, MARKER, LOOK_PLAIN, 2, sign);
	if (shown->marked)
		pane_text(pane, row, 1, LOOK_PLAIN, 1, "*");
	for (unsigned n = 0; n < fit; n++) {
		draw_cell(pane_part(pane, row, left, 1, widths[n]), list->columns[n].right,
			n == 0 ? shown->look : rest, shown->cells[n] ? shown->cells[n] : "");
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

void list_layout(struct list *list, struct pane room)
{
	struct pane body = body_pane(list, room);

	if (has_filter(list, room))
		edit_layout(&list->filter, filter_pane(room));
	list->page = body.rows ? body.rows : 1;
	list_settle(list);
	if (list->at < list->top)
		list->top = list->at;
	if (list->at >= list->top + list->page)
		list->top = list->at + 1 - list->page;
	/* What stands over the first row that is shown, when there is room for it. */
	while (list->top && list->rows[list->order[list->top - 1]].heading &&
		list->at + 1 < list->top + list->page)
		list->top--;
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
		draw_row(list, body, n, list->top + n, widths, fit);
	if (list->shown == 0) {
		bool filtered = list->filter.text.len > 0;

		pane_wrapped(body, 0, MARKER, LOOK_PLAIN, 0,
			filtered ? _("没有符合的，退格改字，^X 看全部") : list->empty);
		return;
	}
	if (!list->rows[list->order[list->at]].heading)
		pane_text(body, list->at - list->top, 0, LOOK_PLAIN, 1, ">");
	if (!list->typing)
		pane_cursor(body, list->at - list->top, 0);
}
