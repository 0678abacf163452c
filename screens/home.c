/* SPDX-License-Identifier: GPL-3.0-or-later
 * Home: what needs somebody now, drafts that wait, and the places one key away. Kept small: this is
 * the first thing that a slow line has to carry.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"

#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "work/actions.h"
#include "screens/boards.h"
#include "screens/loading.h"
#include "screens/fresh.h"
#include "screens/needs.h"
#include "screens/link_status.h"
#include "screens/situation.h"
#include "screens/urging.h"
#include "screens/zero.h"
#include "screens/display.h"
#include "screens/screens.h"

enum { WIDE = 60, GAP = 2 };

struct home {
	struct needs needs;
	struct list list;
	unsigned columns;   /* laid out for */
	int64_t now, visit; /* visit: when the next second visit to a household falls due */
	bool village;
	bool lean; /* what is to be done now alone, the rest on v */
	const char *situation, *watch, *draft, *link, *loading, *rules, *empty, *untold;
	const char *name; /* of the station */
	char mark[120];   /* that and the clock, where the alarm has the place of the title */
	const char *brief, *link_brief; /* the situation without the season, the link in short */
	struct boards_menu menu;
	unsigned unseen; /* bands, one bit each, whose heading is not on the page */
	bool started;
	bool all;    /* what is later and what others do, row by row */
	bool to_top; /* by h, after signing, and when something new burns: to the first row */
	bool urgent; /* '>' stood among what is to be done now: it does not follow what is done */
	struct fresh fresh;
};

static const struct need_item *current(struct home *home)
{
	const struct list_row *row = list_row(&home->list);

	/* Loaded again since its rows were laid out, it may have fewer. */
	return row && !row->heading && row->id < home->needs.count ? &home->needs.items[row->id]
								   : NULL;
}

static void lay(struct home *home, unsigned columns)
{
	struct list *list = &home->list;
	bool wide = columns >= WIDE;

	if (home->columns == columns)
		return;
	home->columns = columns;
	const struct needs_look look = {
		home->now, wide, true, home->all, home->lean, home->village, home->fresh.on};
	needs_list(&home->needs, list, &look);
	const struct need_item *at = current(home);
	if (home->to_top || (home->urgent && at && at->band != BAND_NOW))
		list->at = list->top = 0;
	home->to_top = home->urgent = false;
}

/* Keeps what OUT holds, and empties it. */
static const char *keep(struct view *view, struct buf *out)
{
	const char *kept = arena_text(&view->arena, buf_cstr(out));

	buf_clear(out);
	return kept;
}

/* The way up, and who below is not heard. */
static void load_link(struct view *view, struct home *home)
{
	struct buf text = {0}, below = {0};
	struct link_status link;
	struct world world;

	world_open(&world, view->store, &view->user, home->now);
	situation_below(&world, false, &below);
	link_status_load(&link, view->store);
	link_status_line(&link, home->now, &text);
	buf_fmt(&text, "%s%s", text.len && below.len ? "  " : "", buf_cstr(&below));
	home->link = keep(view, &text);
	buf_clear(&below);
	situation_below(&world, true, &below);
	link_status_brief(&link, home->now, &text);
	buf_fmt(&text, "%s%s", text.len && below.len ? " " : "", buf_cstr(&below));
	home->link_brief = keep(view, &text);
	buf_release(&below);
	if (home->needs.counting)
		buf_text(&text, _("还在数，下面的数和事还不全"));
	else if (loading_some(view->store, LOADING_ALL, &text))
		buf_text(&text, _("，下面的数和事还不全"));
	home->loading = arena_text(&view->arena, buf_cstr(&text));
	buf_release(&text);
}

static void load_situation(struct view *view, struct home *home)
{
	struct buf text = {0};
	struct world world;

	world_open(&world, view->store, &view->user, home->now);
	home->visit = 0;
	home->village = store_station(view->store)->level == LEVEL_VILLAGE;
	situation_line(&world, &text);
	home->situation = keep(view, &text);
	situation_response(&world, &text);
	home->brief = keep(view, &text);
	if (store_station(view->store)->level > LEVEL_VILLAGE)
		situation_watch(&world, &text);
	home->watch = keep(view, &text);
	if (home->village)
		home->visit = situation_untold(&world, &text);
	home->untold = keep(view, &text);
	buf_text(
		&text, *rules_folder_complaints() ? rules_folder_complaints() : rules_complaints());
	home->rules = keep(view, &text);
	if (home->needs.counting)
		buf_text(&text, _("还在数"));
	else
		needs_nothing(&home->needs, home->now, *home->untold != '\0', &text);
	home->empty = keep(view, &text);
	home->list.empty = home->empty;
	buf_release(&text);
}

/* When a row says something else: each minute while one runs out soon, else when the next limit
 * does. */
static int64_t next_tick(const struct home *home)
{
	enum { MINUTE = 60, SOON = 15 * MINUTE };
	int64_t next = home->needs.next, visit = home->visit, turns = home->needs.turns;

	if (next)
		next = next - home->now > SOON ? next - SOON
					       : home->now - home->now % MINUTE + MINUTE;
	if (turns > home->now && turns < INT64_MAX && (!next || turns < next))
		next = turns;
	return visit && (!next || visit < next) ? visit : next;
}

/* What stands on the page, once it was painted. */
static void note_page(struct view *view)
{
	struct home *home = view->state;
	struct list *list = &home->list;

	if (view->drawn)
		fresh_paged(&home->fresh, &home->needs, list, list->top, list->top + list->page);
}

static enum rc load(struct view *view, struct fault *fault)
{
	struct home *home = view->state;
	struct buf text = {0};

	if (!home->started) {
		list_start(&home->list, _("现在没有要办的事"));
		home->list.head = false;
		home->list.signs = SIGNS_NINE;
		home->list.plain = home->started = true;
	}
	home->now = store_now(view->store);
	home->columns = 0;
	home->to_top |= view->to_top;
	view->to_top = false;
	const struct actor actor = parts_actor(view);
	note_page(view);
	const struct need_item *at = current(home);
	home->urgent = at && at->band == BAND_NOW && !stack_asking(view);
	home->needs.slice = NEEDS_SLICE;
	enum rc rc = needs_load(&home->needs, &actor, fault);
	if (rc)
		return rc;
	view->counting = home->needs.counting;
	/* While a question is open '>' stays. */
	home->to_top |= fresh_now(&home->fresh, &home->needs) && !stack_asking(view);
	needs_group(&home->needs);
	fresh_load(&home->fresh, &actor, &home->needs);
	needs_titles(&home->needs, view->store, display_title, NEEDS_SHOWN, &view->arena);
	load_situation(view, home);
	display_text(store_station(view->store)->name, &text);
	home->name = arena_text(&view->arena, buf_cstr(&text));
	if (store_readonly(view->store))
		buf_text(&text, _("（只读）"));
	if (store_replaced(view->store))
		buf_text(&text, _("（备机已接替本站）"));
	if (!peer_joined(view->store))
		buf_text(&text, _(" 未接入上级"));
	snprintf(view->title, sizeof(view->title), "%s", buf_cstr(&text));
	buf_release(&text);
	home->draft = display_drafts(view->store, &view->user, &view->arena);
	load_link(view, home);
	boards_menu(&home->menu, home->now, home->village, &view->arena);
	home->lean = stack_is_lean(view);
	/* The stack counts by the system's clock. */
	view->due = next_tick(home) ? next_tick(home) - home->now + when_now() : 0;
	return RC_OK;
}

/* What is on and how the link is, on one line where both fit: each row costs a slow line. What does
 * not fit is said in short. Returns the rows. */
static unsigned draw_around(const struct home *home, struct pane pane, unsigned top)
{
	const char *on = home->situation, *link = home->link, *clock = home->mark;

	if (text_columns(clock) + text_columns(on) > pane.columns)
		on = home->brief;
	if (text_columns(clock) + text_columns(on) > pane.columns)
		clock += *clock ? strlen(home->name) + 1 : 0;
	size_t mark = text_columns(clock);
	size_t wide = mark + text_columns(on), beside = wide ? wide + GAP : 0;
	if (text_columns(link) > pane.columns ||
		(pane.columns < WIDE && beside + text_columns(link) > pane.columns))
		link = home->link_brief;
	bool one = wide && *link && beside + text_columns(link) <= pane.columns;
	if (mark)
		pane_text(pane, top, 0, LOOK_PLAIN, 0, clock);
	if (wide > mark)
		pane_text(pane, top, (unsigned)mark, LOOK_TITLE, 0, on);
	if (one)
		pane_text(pane, top, (unsigned)wide + GAP, LOOK_DIM, 0, link);
	top += wide > 0;
	if (*home->watch)
		pane_text(pane, top++, 0, LOOK_PLAIN, 0, home->watch);
	if (*link && !one)
		pane_text(pane, top++, 0, LOOK_DIM, 0, link);
	return top;
}

/* Lines that stand above the list. Returns how many. */
static unsigned draw_head(const struct home *home, struct pane pane)
{
	unsigned top = 0;

	if (*home->rules)
		pane_text(pane, top++, 0, LOOK_BAD, 0, home->rules);
	top = draw_around(home, pane, top);
	if (*home->draft)
		pane_text(pane, top++, 0, LOOK_MARK, 0, home->draft);
	if (*home->loading)
		pane_text(pane, top++, 0, LOOK_BAD, 0, home->loading);
	if (*home->untold)
		pane_text(pane, top++, 0, LOOK_BAD, 0, home->untold);
	return top;
}

/* "今天 5  以后 146  空格": bands whose heading is not on the page. */
static void draw_unseen(const struct home *home, struct pane pane)
{
	struct buf text = {0};

	for (unsigned band = 0; band < BANDS; band++)
		if (home->unseen >> band & 1)
			buf_fmt(&text, "%s %u  ", _(band_labels[band]), home->needs.bands[band]);
	buf_text(&text, _("空格看下页"));
	pane_text(pane, 0, 0, LOOK_DIM, 0, buf_cstr(&text));
	buf_release(&text);
}

/* The rows between the lines above and the places below. */
static struct pane list_pane(const struct home *home, struct pane pane)
{
	struct pane nothing = pane_measured(pane_part(pane, 0, 0, 0, pane.columns));
	unsigned top = draw_head(home, nothing);
	unsigned below = boards_menu_draw(&home->menu, nothing, pane.columns < WIDE);

	if (below + top + 2 > pane.rows)
		below = pane.rows > top + 2 ? pane.rows - top - 2 : 0;
	return pane_part(pane, top, 0, pane.rows - top - below, pane.columns);
}

/* Without the line for what is not on the page. */
static struct pane rows_pane(const struct home *home, struct pane list)
{
	return home->unseen ? pane_part(list, 0, 0, list.rows - 1, list.columns) : list;
}

/* The bands whose heading is not among the rows of LIST that are shown. */
static unsigned unseen(const struct home *home)
{
	const struct list *list = &home->list;
	unsigned bands = 0;

	for (unsigned n = 0; n < BANDS; n++)
		bands |= (home->needs.bands[n] > 0) << n;
	for (unsigned n = list->top; n < list->top + list->page && n < list->shown; n++)
		if (list->rows[list->order[n]].heading)
			bands &= ~(1u << list->rows[list->order[n]].id);
	return bands;
}

static void layout(struct view *view, struct pane room)
{
	enum { ROWS_LEAST = 3 };
	struct home *home = view->state;
	const char *clock = stack_hidden_clock(view);

	snprintf(home->mark, sizeof(home->mark), *clock ? "%s %s " : "", home->name, clock);
	struct pane list = list_pane(home, room);

	lay(home, room.columns);
	home->unseen = 0;
	list_layout(&home->list, list);
	if (list.rows < ROWS_LEAST || !(home->unseen = unseen(home)))
		return;
	list_layout(&home->list, rows_pane(home, list));
	home->unseen = unseen(home);
}

static void draw(const void *state, struct pane pane)
{
	const struct home *home = state;
	struct pane list = list_pane(home, pane), rows = rows_pane(home, list);

	draw_head(home, pane);
	list_draw(&home->list, rows);
	if (home->unseen)
		draw_unseen(home, pane_part(list, list.rows - 1, 0, 1, list.columns));
	boards_menu_draw(&home->menu, pane_below(pane, list.top - pane.top + list.rows),
		pane.columns < WIDE);
}

static enum act new_any(struct view *view)
{
	struct aim *aim = stack_open(view, "menu");

	snprintf(aim->text, sizeof(aim->text), "new");
	return ACT_OPEN;
}

/* What is later and what others do, or not. */
static enum act show_all(struct view *view)
{
	struct home *home = view->state;

	note_page(view);
	home->all = !home->all;
	home->columns = 0;
	return ACT_DRAW;
}

static enum act urge(struct view *view)
{
	return urging_ask(view, current(view->state));
}

static enum act drafts(struct view *view)
{
	stack_open(view, "unfinished");
	return ACT_OPEN;
}

static void left(struct view *view)
{
	struct home *home = view->state;

	note_page(view);
	fresh_left(&home->fresh, &home->needs);
}

static enum act leave_now(struct view *view)
{
	left(view);
	return ACT_QUIT;
}

static enum act leave(struct view *view)
{
	return stack_ask(view, leave_now, _("退出"), "%s", _("退出前哨"));
}

static struct ref row(const struct view *view)
{
	const struct need_item *item = current(view->state);

	return item ? item->ref : (struct ref){0, 0};
}

static enum act type(struct view *view, int key)
{
	struct home *home = view->state;
	bool chosen, more;

	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	note_page(view);
	enum act act = parts_list(view, &home->list, key, &chosen, &more);
	if (chosen && current(home))
		return needs_open(view, current(home));
	return act == ACT_UNKNOWN ? parts_unknown(view, key) : act;
}

static bool more(struct view *view)
{
	const struct actor actor = parts_actor(view);

	return needs_go_on(&((struct home *)view->state)->needs, &actor);
}

static void done(struct view *view)
{
	struct home *home = view->state;

	list_release(&home->list);
	needs_release(&home->needs);
}

static const struct key keys[] = {
	{'0', N_("平安"), zero_ask},
	{'n', N_("新登记"), new_any},
	{'v', N_("全部"), show_all},
	{'u', N_("撤"), urging_back},
	{K_ENTER, N_("打开"), NULL},
	{'/', N_("查找"), parts_find},
	{K_CTRL('R'), NULL, drafts},
	{'Q', N_("退出"), leave},
	/* What comes and goes stands last: what is before it need not be sent again. */
	{'r', N_("催"), urge},
	{'s', N_("签收"), NULL},
	{0, NULL, NULL},
};

/* Of all that stands here, whatever '>' is on: a bar that changes with each row costs a slow line.
 */
static bool any_item(const struct view *view, bool (*is)(const struct need_item *item))
{
	const struct needs *needs = &((const struct home *)view->state)->needs;
	bool any = false;

	for (unsigned n = 0; n < needs->count && !any; n++)
		any = is(&needs->items[n]);
	return any;
}

static bool is_signed(const struct need_item *item)
{
	return item->need == NEED_SIGN && item->mine;
}

static bool is_owed(const struct need_item *item)
{
	return item->owing && !item->event.seq;
}

static bool may_sign(const struct view *view)
{
	return any_item(view, is_signed);
}

static bool may_urge(const struct view *view)
{
	return any_item(view, is_owed);
}

static const struct key_when when[] = {
	{'s', 0, may_sign},
	{'0', KIND_report, NULL},
	{'r', KIND_order, may_urge},
	{0, 0, NULL},
};

const struct screen screen_home = {
	.name = "home",
	.title = N_("前哨"),
	.size = sizeof(struct home),
	.keys = keys,
	.when = when,
	.dense = true,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.row = row,
	.more = more,
	.left = left,
	.done = done,
	.help = N_(
		"上面是现在要办的事，最急的在最前：未签收的预警、超期、该报未报、快到期的物资和"
		"证件。"
		"* "
		"是您上次看过以后新来的。数字键打开那一行，大写字母进下面写着的地方，在哪里都行。\n"
		"签收预警：s，再按 y。没报的村、没答复的：> 移到那一行，r 催。刚才按错了：u 撤回。"
		"找人找物：/。草稿：^R。为什么在这里：w。"),
};
