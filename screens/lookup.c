/* SPDX-License-Identifier: GPL-3.0-or-later
 * One box over everything: hanzi, pinyin or initials; own village first. A row says what somebody
 * who calls wants to know: how many, who keeps it, the telephone, the place.
 */
#include <stdio.h>
#include <string.h>

#include "base/when.h"
#include "store/search.h"
#include "screens/loading.h"
#include "screens/display.h"
#include "screens/screens.h"
#include "work/reach.h"

enum {
	FOUND_MOST = 100,
	FIRST_FEW =
		5, /* shown while somebody types: they cost little, and mostly it is among them */
	PAUSE = 1, /* seconds without a key */
	WIDE = 60,
	KIND_WIDTH = 8,
	KIND_ENGLISH = 10,
	COUNT_WIDTH = 8,
	WHO_WIDTH = 8,
	PHONE_WIDTH = 12,
	PLACE_WIDTH = 14
};

struct found {
	struct ref ref;
	const char *kind, *title, *count, *who, *phone, *place;
};

struct lookup {
	struct list list;
	struct edit box;
	struct found *found; /* in the arena */
	unsigned count, most, columns;
	bool started, asked;
	bool typing;         /* laid out: the cursor is in the box */
	const char *loading; /* in the arena; "" when everything is here */
};

struct finding {
	struct view *view;
	struct lookup *lookup;
};

/* The first of these fields that the row has, as text. */
static const char *one_of(struct finding *at, const struct row *row, const char *const *names)
{
	struct buf text = {0};

	for (; *names && text.len == 0; names++) {
		const struct field *field = field_named(row->kind, *names);

		if (field)
			display_field(at->view->store, row, field, true, &text);
	}
	const char *kept = arena_text(&at->view->arena, buf_cstr(&text));
	buf_release(&text);
	return kept;
}

static const char *count_of(struct finding *at, const struct row *row)
{
	static const char *const numbers[] = {"quantity", "members", "capacity", "people", NULL};
	static const char *const units[] = {"unit", NULL};
	const char *number = one_of(at, row, numbers);

	const char *unit = *number ? one_of(at, row, units) : "";

	return arena_fmt(&at->view->arena, "%s%s%s", number, *unit ? display_gap() : "", unit);
}

static bool add_found(const struct row *row, void *to)
{
	static const char *const people[] = {
		"keeper", "leader", "head", "helper", "org", "post", NULL};
	static const char *const phones[] = {"phone", "phone2", NULL};
	static const char *const places[] = {"store", "place", "base", NULL};
	struct finding *at = to;
	struct found *found = &at->lookup->found[at->lookup->count++];
	struct buf text = {0};

	found->ref = row->ref;
	found->kind = _(row->kind->label);
	display_title(at->view->store, row, &text);
	found->title = arena_text(&at->view->arena, buf_cstr(&text));
	found->count = count_of(at, row);
	found->who = one_of(at, row, people);
	found->phone = one_of(at, row, phones);
	buf_clear(&text);
	reach_put(at->view->store, row, &text);
	if (text.len)
		buf_byte(&text, ' ');
	buf_text(&text, one_of(at, row, places));
	if (!*one_of(at, row, places))
		display_area(row->area, &text);
	found->place = arena_text(&at->view->arena, buf_cstr(&text));
	buf_release(&text);
	return at->lookup->count < at->lookup->most;
}

static void add_columns(struct list *list, bool wide)
{
	list->column_count = 0;
	if (wide)
		list_column(list, _("类别"), words_english() ? KIND_ENGLISH : KIND_WIDTH, false);
	list_column(list, _("名称"), 0, false);
	list_column(list, _("数量"), COUNT_WIDTH, true);
	if (wide)
		list_column(list, _("联系人"), WHO_WIDTH, false);
	list_column(list, _("电话"), PHONE_WIDTH, false);
	if (wide)
		list_column(list, _("在哪里"), PLACE_WIDTH, false);
}

static void lay(struct lookup *lookup, unsigned columns)
{
	bool wide = columns >= WIDE;

	if (lookup->columns == columns)
		return;
	lookup->columns = columns;
	add_columns(&lookup->list, wide);
	list_clear(&lookup->list);
	for (unsigned n = 0; n < lookup->count; n++) {
		const struct found *found = &lookup->found[n];
		const char *all[] = {found->kind, found->title, found->count, found->who,
			found->phone, found->place};
		const char *few[] = {found->title, found->count, found->phone};
		struct list_row *row = list_add(&lookup->list, found->ref);

		for (unsigned c = 0; c < lookup->list.column_count; c++)
			list_cell(&lookup->list, row, c, wide ? all[c] : few[c]);
	}
	list_done(&lookup->list);
}

/* Who does not find a thing must know when it may not have come yet. */
static const char *loading_line(struct view *view)
{
	struct buf text = {0};

	if (loading_some(view->store, LOADING_ALL, &text))
		buf_text(&text, _("，没找到的可能还没到"));
	const char *kept = arena_text(&view->arena, buf_cstr(&text));
	buf_release(&text);
	return kept;
}

static enum rc find(struct view *view, struct fault *fault)
{
	struct lookup *lookup = view->state;
	struct finding at = {view, lookup};

	lookup->count = lookup->columns = 0;
	lookup->most = view->typing ? FIRST_FEW : FOUND_MOST;
	lookup->asked = lookup->box.text.len > 0;
	lookup->loading = loading_line(view);
	lookup->found = arena_get(&view->arena, FOUND_MOST * sizeof(*lookup->found));
	if (!lookup->asked)
		return RC_OK;
	snprintf(view->title, sizeof(view->title), "%s", edit_text(&lookup->box));
	const struct find_query query = {edit_text(&lookup->box), 0, lookup->most};
	return store_find(view->store, &query, add_found, &at, fault);
}

static enum rc load(struct view *view, struct fault *fault)
{
	struct lookup *lookup = view->state;

	if (!lookup->started) {
		list_start(&lookup->list,
			_("没有找到。换个词：汉字、拼音、首字母都行，如 fdj、发电机；/ 重找"));
		lookup->list.plain = true;
		lookup->list.signs = SIGNS_ALL;
		edit_start(&lookup->box, EDIT_LINE, sizeof(view->aim.text) - 1, view->aim.text);
		lookup->started = true;
		view->typing = lookup->box.text.len == 0;
	}
	view->due = 0;
	return find(view, fault);
}

static struct pane list_pane(const struct lookup *lookup, struct pane pane)
{
	return pane_below(pane, 1 + (*lookup->loading != 0));
}

static struct pane box_pane(struct pane pane)
{
	return pane_behind(pane, 0, pane_text(pane, 0, 0, LOOK_TITLE, 0, _("找：")));
}

static void layout(struct view *view, struct pane room)
{
	struct lookup *lookup = view->state;

	lookup->typing = view->typing;
	if (lookup->asked) {
		lay(lookup, room.columns);
		list_layout(&lookup->list, list_pane(lookup, room));
	}
	edit_layout(&lookup->box, box_pane(room));
}

static void draw(const void *state, struct pane pane)
{
	const struct lookup *lookup = state;
	struct pane rest = list_pane(lookup, pane);

	if (lookup->asked) {
		list_draw(&lookup->list, rest);
	} else {
		pane_wrapped(rest, 0, 0, LOOK_PLAIN, 0,
			_("人、物资、队伍、场所、预案都在这里找，打汉字、拼音或首字母，停一秒先看五"
			  "条，回车都看。"));
	}
	if (*lookup->loading)
		pane_text(pane, 1, 0, LOOK_BAD, 0, lookup->loading);
	edit_draw(&lookup->box, box_pane(pane), lookup->typing);
}

static enum act ask(struct view *view)
{
	struct lookup *lookup = view->state;
	struct fault fault = {0};

	if (lookup->box.text.len == 0) {
		stack_note(view, LOOK_PLAIN, _("先打要找的词，再回车；^X 返回"));
		return ACT_DRAW;
	}
	view->typing = false;
	arena_release(&view->arena);
	if (find(view, &fault))
		return parts_fault(view, &fault);
	view->typing = lookup->count == 0;
	return ACT_DRAW;
}

static enum act typed(struct view *view, int key)
{
	struct lookup *lookup = view->state;

	if (key == K_ENTER)
		return ask(view);
	if (key == K_ESC || key == K_CTRL('X'))
		return ACT_BACK;
	if (key == K_DOWN && lookup->count > 0) {
		view->typing = false;
		return ACT_DRAW;
	}
	if (key == K_HANGUP || key == K_RESIZE || key == K_CTRL('L'))
		return ACT_UNKNOWN;
	(void)edit_key(&lookup->box, key);
	view->due = when_now() + PAUSE;
	return ACT_DRAW;
}

static enum act find_again(struct view *view)
{
	struct lookup *lookup = view->state;

	edit_set(&lookup->box, "");
	view->typing = true;
	return ACT_DRAW;
}

static enum act type(struct view *view, int key)
{
	struct lookup *lookup = view->state;
	bool chosen, more;

	if (view->typing)
		return typed(view, key);
	enum act act = parts_list(view, &lookup->list, key, &chosen, &more);
	if (chosen)
		return parts_record(view, list_row(&lookup->list)->ref);
	return act == ACT_UNKNOWN ? parts_unknown(view, key) : act;
}

static enum act paste(struct view *view, const char *text)
{
	(void)edit_paste(&((struct lookup *)view->state)->box, text);
	return ACT_DRAW;
}

static struct ref row(const struct view *view)
{
	const struct list_row *at = list_row(&((struct lookup *)view->state)->list);

	return at ? at->ref : (struct ref){0, 0};
}

static void done(struct view *view)
{
	struct lookup *lookup = view->state;

	list_release(&lookup->list);
	edit_release(&lookup->box);
}

static const struct key keys[] = {
	{K_ENTER, N_("查/打开"), NULL},
	{'/', N_("重找"), find_again},
	{K_CTRL('X'), N_("返回"), NULL},
	{0, NULL, NULL},
};

const struct screen screen_lookup = {
	.name = "lookup",
	.title = N_("查找"),
	.size = sizeof(struct lookup),
	.keys = keys,
	.enter = N_("查找"),
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.paste = paste,
	.row = row,
	.done = done,
	.help = N_("几个词用空格隔开，每个都要符合。本村的排在前面，然后是本乡镇、邻近地方。"
		   "发电机可打：发电机、fadianji、fdj。"),
};
