/* SPDX-License-Identifier: GPL-3.0-or-later
 * How a picker stands in a pane.
 */
#include "ui/pick.h"

/* While letters narrow, so many rows are shown: what is wanted is mostly among them, and each
 * letter would repaint the others. */
enum { FEW = 5 };

/* The title and what may be typed; behind it stands what was. */
static struct pane typed_pane(const struct pick *pick, struct pane pane)
{
	unsigned left = pane_text(pane, 0, 0, LOOK_TITLE, pane.columns / 2, pick->title) + 1;

	left += pane_text(
		pane, 0, left, LOOK_PLAIN, 0, pick->several ? _("空格勾选：") : _("号码或拼音："));
	return pane_behind(pane, 0, left);
}

static bool narrows(const struct pick *pick)
{
	return pick->typed.text.len > 0;
}

/* The title, the rows, and how many more there are; what is below stays as it is. */
static struct pane own_pane(const struct pick *pick, struct pane pane)
{
	return narrows(pick) ? pane_part(pane, 0, 0, 1 + FEW + 1, pane.columns) : pane;
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
	list_draw(&pick->list, list);
	if (narrows(pick) && pick->list.shown > list.rows)
		pane_fmt(pane, pane.rows - 1, 2, LOOK_DIM, _("其余%u，空格翻页"),
			pick->list.shown - list.rows);
	edit_draw(&pick->typed, typed, true);
	if (pick->list.first)
		pane_fmt(typed, 0, 0, LOOK_MARK, _("%c_ 再按一位"), pick->list.first);
}
