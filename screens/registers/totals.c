/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board T: tables that nobody adds up by hand; each number opens its records.
 */
#include <stdio.h>

#include "base/text.h"
#include "screens/display.h"
#include "screens/screens.h"
#include "screens/totals_page.h"

static enum rc load(struct view *view, struct fault *fault)
{
	struct totals_page *page = view->state;
	const struct actor actor = parts_actor(view);
	struct buf title = {0};
	enum rc rc = totals_page_load(page, &actor, &view->arena, fault);

	display_text(store_station(view->store)->name, &title);
	buf_byte(&title, ' ');
	if (!rc)
		totals_page_title(page, &title);
	text_fit(view->title, sizeof view->title, buf_cstr(&title));
	buf_release(&title);
	return rc;
}

static void layout(struct view *view, struct pane room)
{
	struct totals_page *page = view->state;

	totals_page_lay(page, room.columns);
	tally_layout(&page->tally, room);
}

static void draw(const void *state, struct pane pane)
{
	tally_draw(&((const struct totals_page *)state)->tally, pane);
}

static enum act nothing(struct view *view)
{
	stack_note(view, LOOK_PLAIN, "%s", _("规则里没有 table 行，没有表可看"));
	return ACT_DRAW;
}

/* The cell at '>', on SCREEN. */
static enum act open_cell(struct view *view, const char *screen)
{
	struct totals_page *page = view->state;
	const struct totals_row *row = totals_page_at(page);

	if (!row)
		return nothing(view);
	const char *name = page->totals.table->cell[page->column].name;
	const struct rule *number = total_rule(name);
	if (!number || row->cell[page->column].how == TOTAL_UNKNOWN) {
		stack_note(view, LOOK_PLAIN, "%s", _("只知道现在的，过去的没有记"));
		return ACT_DRAW;
	}
	const struct counting_of of = totals_of(&page->totals, row);
	struct aim *aim = stack_open(view, screen);
	aim->kind = total_kind(number);
	aim->query = query_all(aim->kind->id);
	aim->query.area = of.area;
	aim->alone = of.alone;
	aim->at = of.at;
	snprintf(aim->figure, sizeof aim->figure, "%s", name);
	snprintf(aim->text, sizeof aim->text, "%s", totals_page_head(page, page->column));
	return ACT_OPEN;
}

static enum act why(struct view *view)
{
	return open_cell(view, "figure");
}

static enum act turn(struct view *view)
{
	totals_page_turn(view->state);
	return parts_reload(view);
}

static enum act period(struct view *view, int step)
{
	struct totals_page *page = view->state;

	if (!page->totals.table)
		return nothing(view);
	if (totals_page_period(page, step))
		return parts_reload(view);
	stack_note(view, LOOK_PLAIN, "%s",
		page->totals.per == PER_ALL ? _("这张表是现在的数，不分月份")
					    : _("已经是现在这一期"));
	return ACT_DRAW;
}

static enum act back(struct view *view)
{
	return period(view, 1);
}

static enum act forth(struct view *view)
{
	return period(view, -1);
}

/* By the chosen column, the most first, then the least, then as it was. */
static enum act sort(struct view *view)
{
	struct totals_page *page = view->state;

	if (!page->totals.table)
		return nothing(view);
	page->order = (page->order + 1) % TOTALS_ORDERS;
	if (page->order == TOTALS_BUSY)
		stack_note(view, LOOK_PLAIN, "%s", _("按原来的次序"));
	else
		stack_note(view, LOOK_PLAIN,
			page->order == TOTALS_MOST ? _("按%s从多到少") : _("按%s从少到多"),
			totals_page_head(page, page->column));
	return parts_reload(view);
}

static enum act toggle(struct view *view)
{
	struct totals_page *page = view->state;

	page->all = !page->all;
	return parts_reload(view);
}

/* Among all places. */
static enum act narrow(struct view *view)
{
	struct totals_page *page = view->state;

	page->tally.list.typing = view->typing = page->all = true;
	return parts_reload(view);
}

static enum act move(struct view *view, int step)
{
	struct totals_page *page = view->state;

	totals_page_move(page, step);
	if (page->order != TOTALS_BUSY)
		return parts_reload(view);
	return ACT_DRAW;
}

static enum act type(struct view *view, int key)
{
	struct totals_page *page = view->state;
	bool chosen, more;

	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	if (!page->tally.list.typing && (key == K_LEFT || key == K_RIGHT || key == K_TAB))
		return move(view, key == K_LEFT ? -1 : 1);
	enum act act = parts_list(view, &page->tally.list, key, &chosen, &more);
	if (chosen)
		return open_cell(view, "records");
	return act == ACT_UNKNOWN ? parts_unknown(view, key) : act;
}

static enum act paste(struct view *view, const char *typed)
{
	tally_paste(&((struct totals_page *)view->state)->tally, typed);
	return ACT_DRAW;
}

static void done(struct view *view)
{
	totals_page_release(view->state);
}

static const struct key keys[] = {
	{K_ENTER, N_("打开"), NULL},
	{K_TAB, N_("换列"), NULL},
	{'f', N_("换表"), turn},
	{',', N_("前一期"), back},
	{'.', N_("后一期"), forth},
	{'o', N_("排序"), sort},
	{'v', N_("全列"), toggle},
	{'w', N_("由来"), why},
	{'p', NULL, parts_picture},
	{'/', NULL, narrow},
	{0, NULL, NULL},
};

const struct screen screen_totals = {
	.name = "totals",
	.title = N_("统计"),
	.size = sizeof(struct totals_page),
	.dense = true,
	.keys = keys,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.paste = paste,
	.done = done,
	.help = N_("一行一个下级地方，末行是合计；表和列是规则里的 table 行。左右键或 Tab "
		   "换列，回车打开 > 那一格背后的记录（百分数打开分母的），w "
		   "看它怎么算的。f 换表，, 和 . 前后一期，o 按这一列排序，v 连全是0的也列，/ "
		   "筛地方，p 成文。- "
		   "是下面没有可算的，. 是不知道：没有月份的数只知道现在的。"),
};
