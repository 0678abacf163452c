/* SPDX-License-Identifier: GPL-3.0-or-later
 * How a picker stands in a pane, and what the key bar says of it.
 */
#include "ui/pick.h"

#include "base/text.h"

/* While letters narrow, so many rows are shown: what is wanted is mostly among them, and each
 * letter would repaint the others. A strip: so many items at most, in so many rows. */
enum { FEW = 5, FEW_LEAN = 3, STRIP = 9, STRIP_ROWS = 4 };

static unsigned taken_count(const struct pick *pick)
{
	unsigned count = pick->taken.len > 0;

	for (size_t n = 0; n < pick->taken.len; n++)
		count += pick->taken.at[n] == ',';
	return count;
}

/* The title and what may be typed; behind it stands what was. What is marked may stand in rows that
 * are not shown, so it is counted. */
static struct pane typed_pane(const struct pick *pick, struct pane pane)
{
	unsigned left = pane_text(pane, 0, 0, LOOK_TITLE, pane.columns / 2, pick->title) + 1;

	unsigned taken = pick->several ? taken_count(pick) : 0;

	if (taken)
		left += pane_fmt(pane, 0, left, LOOK_MARK, _("已选%u 回车选定："), taken);
	else if (pick->several || !pick->lean) /* the numbers that stand there say enough */
		left += pane_text(pane, 0, left, LOOK_PLAIN, 0,
			pick->several ? _("空格勾选：") : _("号码或拼音："));
	return pane_behind(pane, 0, left);
}

static bool narrows(const struct pick *pick)
{
	return pick->typed.text.len > 0;
}

/* The title, the rows, and how many more there are; what is below stays as it is. */
static struct pane own_pane(const struct pick *pick, struct pane pane)
{
	unsigned few = pick->lean ? FEW_LEAN : FEW;

	return narrows(pick) ? pane_part(pane, 0, 0, 1 + few + 1, pane.columns) : pane;
}

/* While letters narrow, those of the page, and how many more there are; else all. */
static unsigned strip_end(const struct pick *pick)
{
	const struct list *list = &pick->list;
	unsigned end = narrows(pick) ? list->top + FEW_LEAN : list->shown;

	return end < list->shown ? end : list->shown;
}

/* One item behind the other, each behind its sign. Returns the rows they take. */
static unsigned draw_strip(const struct pick *pick, struct pane pane)
{
	const struct list *list = &pick->list;
	unsigned row = 0, left = 0, end = strip_end(pick);
	unsigned first = narrows(pick) ? list->top : 0;
	char sign[3];

	for (unsigned n = first; n < end; n++) {
		const char *label = list->rows[list->order[n]].cells[PICK_LABEL];

		list_sign(list, n, sign);
		unsigned wide = (unsigned)(text_columns(sign) + text_columns(label)) + 2;
		if (left && left + wide > pane.columns) {
			row++;
			left = 0;
		}
		pane_fmt(pane, row, left, LOOK_PLAIN, "%s%s%s", n == list->at ? ">" : " ", sign,
			label);
		if (n == list->at)
			pane_cursor(pane, row, left);
		left += wide;
	}
	if (first || end < list->shown)
		pane_fmt(pane, row, left, LOOK_DIM, " +%u", list->shown - (end - first));
	return row + 1;
}

/* Does something stand behind a name, by which it is told from others? */
static bool any_note(const struct pick *pick)
{
	const struct list *list = &pick->list;

	for (unsigned n = list->top; n < strip_end(pick); n++)
		if (*list->rows[list->order[n]].cells[PICK_HINT])
			return true;
	return false;
}

static bool is_strip(const struct pick *pick, struct pane pane)
{
	return pick->lean && pick->list.shown &&
	       (narrows(pick) ? !any_note(pick) : pick->list.shown <= STRIP) && !pick->several &&
	       !pane.latin && draw_strip(pick, pane_measured(pane)) <= STRIP_ROWS;
}

static struct pane list_pane(const struct pick *pick, struct pane pane)
{
	pane = pane_below(pane, 1);
	return narrows(pick) && pane.rows > 1 ? pane_part(pane, 0, 0, pane.rows - 1, pane.columns)
					      : pane;
}

void pick_layout(struct pick *pick, struct pane room)
{
	room = own_pane(pick, room);
	if (room.rows < 2)
		return;
	edit_layout(&pick->typed, typed_pane(pick, room));
	list_layout(&pick->list, list_pane(pick, room));
}

void pick_draw(const struct pick *pick, struct pane pane)
{
	pane = own_pane(pick, pane);
	pane_clear(pane);
	if (pane.rows < 2)
		return;
	struct pane typed = typed_pane(pick, pane);
	struct pane list = list_pane(pick, pane);
	if (is_strip(pick, list))
		draw_strip(pick, list);
	else
		list_draw(&pick->list, list);
	if (narrows(pick) && pick->list.shown > list.rows && !is_strip(pick, list))
		pane_fmt(pane, pane.rows - 1, 2, LOOK_DIM, _("其余%u，空格翻页"),
			pick->list.shown - list.rows);
	edit_draw(&pick->typed, typed, true);
	if (pick->list.first)
		pane_fmt(typed, 0, 0, LOOK_MARK, _("%c_ 再按一位"), pick->list.first);
}

void pick_keys(const struct pick *pick, struct key keys[PICK_KEYS])
{
	bool words = pick->free && pick->typed.text.len, marked = pick->several && pick->taken.len;
	unsigned n = 0;

	if (pick->list.shown)
		keys[n++] = (struct key){
			K_ENTER, pick->several && !marked ? N_("勾选") : N_("选定"), NULL};
	if (words || marked)
		keys[n++] = (struct key){K_CTRL('O'), marked ? N_("选定") : N_("按文字记"), NULL};
	if (pick->depth)
		keys[n++] = (struct key){K_BACKSPACE, N_("退一层"), NULL};
	keys[n++] = (struct key){K_CTRL('X'), N_("不选"), NULL};
	keys[n] = (struct key){0, NULL, NULL};
}
