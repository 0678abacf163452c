/* SPDX-License-Identifier: GPL-3.0-or-later
 * Any kind as a list: filtered as one types, by state, by place, sorted by any column; also the
 * children of one record.
 */
#include <stdio.h>
#include <string.h>

#include "model/area.h"
#include "store/station.h"
#include "work/actions.h"
#include "screens/loading.h"
#include "screens/rows.h"
#include "screens/display.h"
#include "screens/screens.h"
#include "ui/pick.h"
#include "work/totals.h"

enum { CHOICE_ALL, CHOICE_OPEN, CHOICE_DONE, CHOICE_LATE, STATE_CHOICES, FILTER_MOST = 2000 };

/* What o goes through. */
static const struct {
	unsigned flags;
	const char *label;
} choices[STATE_CHOICES] = {
	{0, N_("全部")},
	{STATE_OPEN, N_("未办结(v全部)")},
	{STATE_DONE, N_("已办结")},
	{STATE_OPEN, N_("逾期")},
};

struct records {
	struct rows rows;
	struct query query;
	unsigned choice;
	struct pick pick;
	uint64_t area; /* where the picker begins */
	char empty[200];
	bool started, picking;
	bool peeking; /* the person wants to see what is here, whole or not */
	struct load_status
		load_status; /* closed: the register is not all here yet and nothing is shown */
};

static bool closed(const struct records *records)
{
	return records->load_status.closed && !records->peeking;
}

/* What of a register like this is done, and what was opened again, wherever one looks. */
static void put_counts(struct view *view, const struct records *records, struct buf *out)
{
	const struct field *again = field_named(view->aim.kind, "reopened_times");
	struct query query = {
		.kind = records->query.kind, .area = records->query.area, .state = -1};
	struct fault fault;
	unsigned done, opened = 0;

	query.state_flags = STATE_DONE;
	if (!again || store_count(view->store, &query, &done, &fault))
		return;
	if (done)
		buf_fmt(out, _(" 已办结%u"), done);
	query.state_flags = 0;
	query.filters[0] = (struct filter){.tag = again->tag, .how = '>', .value = value_num(0)};
	query.filter_count = 1;
	if (store_count(view->store, &query, &opened, &fault) == RC_OK && opened)
		buf_fmt(out, _(" 复发%u"), opened);
}

static void make_title(struct view *view, struct records *records)
{
	struct buf title = {0};

	buf_text(&title, _(view->aim.kind->plural));
	if (!closed(records))
		buf_fmt(&title, " %u", records->rows.list.total);
	if (records->load_status.closed) {
		buf_text(&title, _("（不全，"));
		loading_some(view->store, 1u << view->aim.kind->lane, &title);
		buf_text(&title, _("）"));
	}
	if (*view->aim.figure)
		buf_fmt(&title, " %s", view->aim.text);
	if (records->choice)
		buf_fmt(&title, " %s", _(choices[records->choice].label));
	if (!closed(records) && !records->query.parent.seq && !*view->aim.figure)
		put_counts(view, records, &title);
	if (records->query.area) {
		buf_byte(&title, ' ');
		display_area(records->query.area, &title);
	}
	snprintf(view->title, sizeof(view->title), "%s", buf_cstr(&title));
	buf_release(&title);
}

/* Children of one record are shown as they come, with a word on the title; whole registers would be
 * believed to be whole. */
static enum rc look(struct view *view, struct records *records, struct fault *fault)
{
	records->peeking |= view->aim.query.parent.seq != 0;
	return load_status_look(view->store, view->aim.kind, &records->load_status, fault);
}

/* A register of what is done and left behind shows what is not done first. Records of one parent
 * are few, and belong together. */
static bool begins_open(const struct records *records)
{
	unsigned flags = 0;

	for (const struct state *state = records->rows.kind->states; state->code; state++)
		flags |= state->flags;
	return records->query.orders[0] && !records->query.parent.seq && flags & STATE_OPEN &&
	       flags & STATE_DONE;
}

/* What is behind a number of the rules is few, and shown as it was counted. */
static enum rc narrow(struct view *view, struct records *records, struct fault *fault)
{
	const struct aim *aim = &view->aim;
	const struct counting_of of = {.area = aim->query.area,
		.of = aim->parent,
		.at = aim->at ? aim->at : store_now(view->store),
		.alone = aim->alone};
	struct counted counted = {.count = 0};
	struct world world;

	if (!*aim->figure)
		return RC_OK;
	world_open(&world, view->store, &view->user, store_now(view->store));
	enum rc rc = total_behind(&counted, &world, aim->figure, &of, &view->arena, fault);
	rows_only(&records->rows, counted.records, counted.count);
	records->peeking = true;
	return rc;
}

static enum rc load(struct view *view, struct fault *fault)
{
	struct records *records = view->state;
	const struct kind *kind = view->aim.kind;

	if (!records->started) {
		records->query = view->aim.query;
		const struct actor actor = parts_actor(view);
		snprintf(records->empty, sizeof(records->empty),
			action_may_add(&actor, kind) ? _("还没有%s。按 n 登记第一条，q 返回")
						     : _("还没有%s，q 返回"),
			_(kind->label));
		rows_start(&records->rows, kind, records->empty);
		if (!records->query.order)
			rows_order(&records->query);
		rows_look(&records->rows, &actor);
		records->choice =
			!*view->aim.figure && begins_open(records) ? CHOICE_OPEN : CHOICE_ALL;
		records->started = true;
	}
	rows_clear(&records->rows);
	records->query.state_flags = choices[records->choice].flags;
	records->rows.late = records->choice == CHOICE_LATE;
	enum rc rc = look(view, records, fault);
	if (!rc)
		rc = narrow(view, records, fault);
	if (!rc && !closed(records))
		rc = rows_load(&records->rows, view->store, &records->query, &view->arena, fault);
	make_title(view, records);
	return rc;
}

static void layout(struct view *view, struct pane room)
{
	struct records *records = view->state;

	if (records->picking)
		pick_layout(&records->pick, room);
	rows_lay(&records->rows, room.columns);
	list_layout(&records->rows.list, room);
}

static void draw_load_status(
	const struct kind *kind, const struct load_status *load_status, struct pane pane)
{
	struct buf text = {0};

	loading_lines(kind, load_status, &text);
	pane_wrapped(pane, 1, 0, LOOK_PLAIN, 0, buf_cstr(&text));
	buf_release(&text);
}

static void draw(const void *state, struct pane pane)
{
	const struct records *records = state;

	if (records->picking)
		pick_draw(&records->pick, pane);
	else if (closed(records))
		draw_load_status(records->rows.kind, &records->load_status, pane);
	else
		list_draw(&records->rows.list, pane);
}

static enum act reload(struct view *view)
{
	struct fault fault = {0};

	return load(view, &fault) ? parts_fault(view, &fault) : ACT_DRAW;
}

/* All of it, up to what a person would look through. */
static enum rc whole(struct view *view, struct fault *fault)
{
	struct records *records = view->state;
	enum rc rc = RC_OK;

	while (!rc && !closed(records) && records->rows.count < records->rows.list.total &&
		records->rows.count < FILTER_MOST) {
		unsigned before = records->rows.count;

		rc = rows_load(&records->rows, view->store, &records->query, &view->arena, fault);
		if (records->rows.count == before)
			break;
	}
	return rc;
}

/* What is not all is said. */
static enum rc whole_on_paper(struct view *view, struct fault *fault)
{
	struct records *records = view->state;
	enum rc rc = whole(view, fault);
	size_t len = strlen(view->title);

	if (!closed(records) && records->rows.count < records->rows.list.total)
		snprintf(view->title + len, sizeof(view->title) - len, _("（只列前%u条）"),
			records->rows.count);
	return rc;
}

static enum act filter(struct view *view)
{
	struct records *records = view->state;
	struct fault fault = {0};

	if (closed(records))
		return parts_unknown(view, '/');
	/* Words narrow what is loaded. */
	if (whole(view, &fault))
		return parts_fault(view, &fault);
	rows_lay(&records->rows, view->columns);
	records->rows.list.typing = view->typing = true;
	if (records->rows.count < records->rows.list.total)
		stack_note(view, LOOK_PLAIN, _("只在前%u条里筛，没有的按回车到处找"),
			records->rows.count);
	return ACT_DRAW;
}

static enum act next_state(struct view *view)
{
	struct records *records = view->state;

	if (closed(records))
		return parts_unknown(view, 'f');
	if (state_count(view->aim.kind) == 0) {
		stack_note(view, LOOK_PLAIN, _("这类登记没有办理状态"));
		return ACT_DRAW;
	}
	records->choice = (records->choice + 1) % STATE_CHOICES;
	stack_note(view, LOOK_PLAIN, _("现在列出：%s"), _(choices[records->choice].label));
	return reload(view);
}

/* What is not done, or all; of a register that is not whole yet, what is here. */
static enum act toggle(struct view *view)
{
	struct records *records = view->state;

	if (closed(records)) {
		records->peeking = true;
		return reload(view);
	}
	if (state_count(view->aim.kind) == 0)
		return next_state(view);
	records->choice = records->choice == CHOICE_OPEN ? CHOICE_ALL : CHOICE_OPEN;
	stack_note(view, LOOK_PLAIN, _("现在列出：%s"), _(choices[records->choice].label));
	return reload(view);
}

static enum act choose_area(struct view *view)
{
	struct records *records = view->state;

	if (closed(records))
		return parts_unknown(view, 'a');
	records->area = store_area(view->store);
	pick_start(&records->pick, _("看哪里的（^X 返回）"), pick_areas, &records->area, "", false);
	records->picking = view->typing = true;
	return ACT_DRAW;
}

static enum act picked(struct view *view, int key)
{
	struct records *records = view->state;
	enum pick_act act = pick_key(&records->pick, key);
	const char *why;

	if (act == PICK_NOT)
		return parts_unpicked(view, key);
	if (act != PICK_TAKEN && act != PICK_LEFT)
		return ACT_DRAW;
	if (act == PICK_TAKEN)
		(void)area_parse(pick_value(&records->pick), &records->query.area, &why);
	else
		records->query.area = view->aim.query.area;
	records->picking = view->typing = false;
	pick_release(&records->pick);
	return reload(view);
}

static enum act new_one(struct view *view)
{
	return parts_new(view, view->aim.kind, view->aim.query.parent);
}

static enum act load_more(struct view *view)
{
	struct records *records = view->state;
	struct fault fault = {0};
	unsigned at = records->rows.list.at, before = records->rows.count;

	if (rows_load(&records->rows, view->store, &records->query, &view->arena, &fault))
		return parts_fault(view, &fault);
	rows_lay(&records->rows, view->columns);
	records->rows.list.at = at;
	if (records->rows.count > before && at + 1 < records->rows.list.shown)
		records->rows.list.at++;
	return ACT_DRAW;
}

static enum act paste(struct view *view, const char *text)
{
	struct records *records = view->state;

	if (records->picking)
		pick_paste(&records->pick, text);
	else
		list_paste(&records->rows.list, text);
	return ACT_DRAW;
}

static struct ref row(const struct view *view)
{
	struct records *records = view->state;
	const struct list_row *at = list_row(&records->rows.list);

	return at ? at->ref : (struct ref){0, 0};
}

static enum act type(struct view *view, int key)
{
	struct records *records = view->state;
	struct list *list = &records->rows.list;
	bool chosen, more;

	if (key == K_HANGUP)
		return ACT_NONE;
	if (records->picking)
		return picked(view, key);
	enum act act = parts_list(view, list, key, &chosen, &more);
	if (chosen)
		return parts_record(view, list_row(list)->ref);
	if (more)
		return load_more(view);
	return act == ACT_UNKNOWN ? parts_unknown(view, key) : act;
}

static void done(struct view *view)
{
	struct records *records = view->state;

	if (records->picking)
		pick_release(&records->pick);
	rows_release(&records->rows);
}

static const struct pick *pick_of(const struct view *view)
{
	const struct records *records = view->state;

	return records->picking ? &records->pick : NULL;
}

static const struct key keys[] = {
	{K_ENTER, N_("打开"), NULL},
	{'n', N_("新建"), new_one},
	{'/', N_("筛选"), filter},
	{'f', N_("状态"), next_state},
	{'a', N_("区域"), choose_area},
	{'o', N_("排序"), NULL},
	{'v', NULL, toggle},
	{0, NULL, NULL},
};

static const struct key_when when[] = {
	{'n', WHEN_AIM, NULL},
	{0, 0, NULL},
};

const struct screen screen_records = {
	.name = "records",
	.title = "",
	.size = sizeof(struct records),
	.keys = keys,
	.pick = pick_of,
	.when = when,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.paste = paste,
	.row = row,
	.done = done,
	.whole = whole_on_paper,
	.help = N_("/ 后打汉字、拼音或首字母，列表随打随筛，回车停住，^X 看全部；一条都不剩时回车到"
		   "处找。"
		   "v 未办的、全部，f 轮换全部、未办结、已办结、逾期；a 只看一个地方；o "
		   "换排序的列，再按倒序；空格翻页，g "
		   "到头，G 到尾。"),
};
