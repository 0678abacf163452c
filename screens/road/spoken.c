/* SPDX-License-Identifier: GPL-3.0-or-later
 * A record as digits to be read out: large, with the number of each group, page by page.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "screens/display.h"
#include "screens/hearing.h"
#include "screens/screens.h"

enum { CELL = 19, HEAD = 3, DIGITS_A_SECOND = 2, PAGES_MOST = 1000 };

struct spoken {
	struct hearing said;    /* what is to be said */
	const char *what, *how; /* in the view's arena: the record, and how long it takes */
	unsigned page, pages, across, down; /* laid out */
	bool asked, good;
	struct buf told; /* of the program that made the digits */
};

static void put_what(struct view *view, struct spoken *spoken)
{
	struct arena arena = {0};
	struct buf text = {0};
	struct fault fault;
	struct row row;

	if (store_row(view->store, view->aim.ref, &arena, &row, &fault) == RC_OK) {
		buf_fmt(&text, "%s %s ", _(row.kind->label),
			display_number(view->store, row.ref, &view->arena));
		display_title(view->store, &row, &text);
	}
	spoken->what = arena_text(&view->arena, buf_cstr(&text));
	buf_release(&text);
	arena_release(&arena);
}

static enum rc load(struct view *view, struct fault *fault)
{
	struct spoken *spoken = view->state;

	(void)fault;
	put_what(view, spoken);
	if (!spoken->asked)
		spoken->good = hearing_spoken(
			&spoken->said, view->store, &view->user, view->aim.ref, &spoken->told);
	spoken->asked = true;
	spoken->how = !spoken->good
			      ? buf_cstr(&spoken->told)
			      : arena_fmt(&view->arena, _("共%u组 约%u秒  1幺 2两 7拐 9勾 0洞"),
					spoken->said.count,
					spoken->said.count * SPOKEN_GROUP / DIGITS_A_SECOND);
	return RC_OK;
}

static void layout(struct view *view, struct pane room)
{
	struct spoken *spoken = view->state;
	unsigned rows = room.rows > HEAD + 1 ? room.rows - HEAD - 1 : 1;

	spoken->across = room.columns > CELL ? room.columns / CELL : 1;
	spoken->down = (rows + 1) / 2;
	unsigned page = spoken->across * spoken->down;
	spoken->pages = (spoken->said.count + page - 1) / page;
	if (spoken->page >= spoken->pages)
		spoken->page = spoken->pages ? spoken->pages - 1 : 0;
}

static void draw_group(struct pane cell, unsigned number, const char *group)
{
	unsigned left = pane_fmt(cell, 0, 0, LOOK_DIM, "%3u ", number);

	for (unsigned n = 0; group[n]; n++)
		pane_fmt(cell, 0, left + 2 * n + 1, LOOK_TITLE, "%c", group[n]);
}

static void draw(const void *state, struct pane pane)
{
	const struct spoken *spoken = state;
	unsigned page = spoken->across * spoken->down, first = spoken->page * page;

	pane_text(pane, 0, 0, LOOK_PLAIN, 0, spoken->what);
	pane_wrapped(pane_part(pane, 1, 0, HEAD - 1, pane.columns), 0, 0,
		spoken->good ? LOOK_DIM : LOOK_BAD, 0, spoken->how);
	for (unsigned n = 0; n < page && first + n < spoken->said.count; n++)
		draw_group(pane_part(pane, HEAD + n / spoken->across * 2, n % spoken->across * CELL,
				   1, CELL),
			first + n + 1, spoken->said.groups[first + n]);
	if (spoken->pages > 1)
		pane_fmt(pane, pane.rows - 1, 0, LOOK_MARK,
			_("第%u页，共%u页  空格 下一页  - 上一页"), spoken->page + 1,
			spoken->pages);
}

static enum act turn(struct view *view, int by)
{
	struct spoken *spoken = view->state;
	int page = (int)spoken->page + by, last = (int)spoken->pages - 1;

	page = page > last ? last : page;
	spoken->page = page < 0 ? 0 : (unsigned)page;
	return ACT_DRAW;
}

static enum act type(struct view *view, int key)
{
	if (key == ' ' || key == K_PAGE_DOWN || key == 'j' || key == K_DOWN)
		return turn(view, 1);
	if (key == '-' || key == K_PAGE_UP || key == 'k' || key == K_UP)
		return turn(view, -1);
	if (key == 'g' || key == K_HOME)
		return turn(view, -(int)PAGES_MOST);
	if (key == 'G' || key == K_END)
		return turn(view, PAGES_MOST);
	return parts_unknown(view, key);
}

static void done(struct view *view)
{
	buf_release(&((struct spoken *)view->state)->told);
}

static const struct key keys[] = {
	{' ', N_("下一页"), NULL},
	{'-', N_("上一页"), NULL},
	{0, NULL, NULL},
};

const struct screen screen_spoken = {
	.name = "spoken",
	.title = N_("念数字"),
	.size = sizeof(struct spoken),
	.keys = keys,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.done = done,
	.help = N_("对着电话或电台一组一组念，每念一行停一停，等对方说收到。对方说第几组不对，就重"
		   "念那一"
		   "组。对方在 S 里按 4 录入。"),
};
