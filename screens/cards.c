/* SPDX-License-Identifier: GPL-3.0-or-later
 * The plate of disposal cards: F and the card's own sign open it, whichever page is shown.
 */
#include <stdio.h>

#include "screens/plate.h"
#include "model/kinds.h"
#include "screens/screens.h"

enum { WIDE = 60, SIGN_WIDTH = 4, NOW_AT = 21, PLATE_MOST = 1000, TAB = 8, SIGN_AT = 2 };

struct cards {
	struct plate plate; /* in the view's arena */
	unsigned at, top;
	unsigned rows, across; /* laid out: cards on a page are rows * across */
	unsigned head;         /* rows above them */
	bool more;             /* not all are on one page */
};

static enum rc load(struct view *view, struct fault *fault)
{
	struct cards *cards = view->state;
	enum rc rc = plate_load(&cards->plate, view->store, &view->arena, fault);

	if (cards->at >= cards->plate.count)
		cards->at = 0;
	return rc;
}

static void layout(struct view *view, struct pane room)
{
	struct cards *cards = view->state;
	unsigned count = cards->plate.count;

	cards->head = cards->plate.shipped && room.rows > 1 ? 1 : 0;
	room.rows -= cards->head;
	cards->across = room.columns < WIDE ? 1 : 2;
	cards->rows = (count + cards->across - 1) / cards->across;
	cards->more = cards->rows > room.rows;
	if (cards->more)
		cards->rows = room.rows > 1 ? room.rows - 1 : 1;
	unsigned page = cards->rows * cards->across;
	cards->top = page ? cards->at / page * page : 0;
}

static void draw_card(const struct plate_card *card, struct pane cell, bool here)
{
	unsigned left = SIGN_WIDTH;

	if (here)
		pane_text(cell, 0, 0, LOOK_MARK, 0, ">");
	if (card->sign)
		pane_fmt(cell, 0, SIGN_AT, LOOK_KEY, "%c", card->sign);
	left += pane_text(cell, 0, left, LOOK_PLAIN, 0, card->title) + 1;
	if (*card->now)
		pane_text(cell, 0, left < NOW_AT ? NOW_AT : left, LOOK_MARK, 0, card->now);
}

static void draw(const void *state, struct pane pane)
{
	const struct cards *cards = state;
	/* A sign that stands at a stop of the tabulator costs fewer bytes to reach. */
	unsigned wide = cards->across > 1 ? pane.columns / 2 / TAB * TAB - SIGN_AT : pane.columns;
	unsigned page = cards->rows * cards->across;

	if (cards->head)
		pane_text(pane, 0, 0, LOOK_MARK, 0, plate_shipped_only());
	pane = pane_part(pane, cards->head, 0, pane.rows - cards->head, pane.columns);
	for (unsigned n = 0; n < page && cards->top + n < cards->plate.count; n++)
		draw_card(&cards->plate.cards[cards->top + n],
			pane_part(pane, n % cards->rows, n / cards->rows * wide, 1, wide - 1),
			cards->top + n == cards->at);
	if (cards->more)
		pane_fmt(pane, cards->rows, 0, LOOK_DIM,
			_("第%u页，共%u页，空格翻页；没显示的键也能按"), cards->top / page + 1,
			(cards->plate.count + page - 1) / page);
}

static enum act open_card(struct view *view, const struct plate_card *card)
{
	const struct cards *cards = view->state;

	((struct cards *)view->state)->at = (unsigned)(card - cards->plate.cards);
	if (card->ref.seq)
		return parts_record(view, card->ref);
	struct aim *aim = stack_open(view, "card");
	snprintf(aim->text, sizeof aim->text, "%c", card->sign);
	return ACT_OPEN;
}

static enum act begin(struct view *view)
{
	const struct cards *cards = view->state;

	if (cards->plate.shipped) {
		stack_note(view, LOOK_BAD, "%s", plate_shipped_only());
		return ACT_DRAW;
	}
	return cards->plate.count
		       ? plate_start(view, cards->plate.cards[cards->at].ref, (struct ref){0, 0})
		       : ACT_NONE;
}

/* Moves '>' by STEPS, as far as it goes. */
static enum act move(struct cards *cards, int64_t steps)
{
	int64_t at = cards->at + steps, last = (int64_t)cards->plate.count - 1;

	cards->at = (unsigned)(at < 0 || last < 0 ? 0 : at > last ? last : at);
	return ACT_DRAW;
}

static const struct {
	int key;
	int cards, columns, pages;
} moves[] = {
	{'j', 1, 0, 0}, {K_DOWN, 1, 0, 0}, {'k', -1, 0, 0}, {K_UP, -1, 0, 0}, {K_RIGHT, 0, 1, 0},
	{K_LEFT, 0, -1, 0}, {' ', 0, 0, 1}, {K_PAGE_DOWN, 0, 0, 1}, {'-', 0, 0, -1},
	{K_PAGE_UP, 0, 0, -1}, {K_HOME, -PLATE_MOST, 0, 0}, {'G', PLATE_MOST, 0, 0},
	{K_END, PLATE_MOST, 0, 0}, {'g', -PLATE_MOST, 0, 0}, /* unless it is a sign */
};

static enum act type(struct view *view, int key)
{
	struct cards *cards = view->state;
	int rows = (int)cards->rows, page = rows * (int)cards->across;
	const struct plate_card *card = plate_find(&cards->plate, key);

	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	if (key == K_ENTER && cards->plate.count)
		card = &cards->plate.cards[cards->at];
	if (card)
		return open_card(view, card);
	for (size_t n = 0; n < countof(moves); n++)
		if (moves[n].key == key)
			return move(cards,
				moves[n].cards + moves[n].columns * rows + moves[n].pages * page);
	return parts_unknown(view, key);
}

static struct ref row(const struct view *view)
{
	const struct cards *cards = view->state;

	return cards->plate.count ? cards->plate.cards[cards->at].ref : (struct ref){0, 0};
}

static const struct key keys[] = {
	{K_ENTER, N_("打开"), NULL},
	{'t', N_("启动"), begin},
	{'/', N_("查找"), parts_find},
	{0, NULL, NULL},
};

static bool any(const struct view *view)
{
	return ((const struct cards *)view->state)->plate.count > 0;
}

static const struct key_when when[] = {
	{K_ENTER, 0, any},
	{'t', KIND_response, any},
	{0, 0, NULL},
};

const struct screen screen_cards = {
	.name = "cards",
	.title = N_("处置卡 按前面的字就打开"),
	.size = sizeof(struct cards),
	.dense = true,
	.keys = keys,
	.when = when,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.row = row,
	.help = N_(
		"F 再按卡前面的一个字，就是那张现场处置卡，和墙上纸卡的字一样；翻到别的页也能按。t "
		"启动 > 处的卡：填响应级别，存了以后卡上每一步是一项任务，在 L 里办。\n"
		"正是：现在生效的预警、没办完的突发事件、启动的响应或季节，正用得上这一张。"),
};

/* ---- a card that is no record: what the program brings with it */

static enum rc card_load(struct view *view, struct fault *fault)
{
	struct page *page = view->state;
	struct plate plate = {0};
	enum rc rc = plate_load(&plate, view->store, &view->arena, fault);
	const struct plate_card *card = rc ? NULL : plate_find(&plate, *view->aim.text);

	page->text = true;
	page_clear(page);
	if (!card)
		return rc;
	snprintf(view->title, sizeof view->title, "%s", card->title);
	if (card->text) {
		page_text(page, LOOK_MARK, plate_shipped_only());
		page_text(page, LOOK_PLAIN, card->text);
	}
	return RC_OK;
}

static void card_layout(struct view *view, struct pane room)
{
	view->more = page_layout(view->state, room);
}

static void card_draw(const void *state, struct pane pane)
{
	page_draw(state, pane);
}

static enum act card_type(struct view *view, int key)
{
	return parts_page(view, view->state, key, "");
}

static void card_done(struct view *view)
{
	page_release(view->state);
}

static const struct key card_page_keys[] = {
	{' ', N_("下页"), NULL},
	{'-', N_("上页"), NULL},
	{'p', N_("打印"), parts_picture},
	{0, NULL, NULL},
};

const struct screen screen_card = {
	.name = "card",
	.title = N_("处置卡"),
	.size = sizeof(struct page),
	.keys = card_page_keys,
	.load = card_load,
	.layout = card_layout,
	.draw = card_draw,
	.type = card_type,
	.done = card_done,
	.help = N_("随程序来的处置卡，只能看。装入以后（outpost packs）卡是记录，按 t 就能启动。"),
};
