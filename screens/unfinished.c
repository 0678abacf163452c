/* SPDX-License-Identifier: GPL-3.0-or-later
 * Drafts that wait: go on writing one, or throw it away.
 */
#include <stdio.h>

#include "store/station.h"
#include "work/checking.h"
#include "work/drafts.h"
#include "screens/display.h"
#include "screens/screens.h"

struct unfinished {
	struct list list;
	struct draft drafts[DRAFTS_MOST];
	unsigned count;
	bool started;
};

static void add(struct view *view, struct unfinished *state, unsigned n)
{
	const struct draft *draft = &state->drafts[n];
	struct list_row *row = list_add(&state->list, (struct ref){1, n + 1});
	struct buf text = {0};
	char time[WHEN_TEXT];

	row->id = n;
	display_time(draft->at, store_now(view->store), time);
	list_cell(&state->list, row, 0, time);
	display_draft(view->store, draft, &text);
	list_cell(&state->list, row, 1, buf_cstr(&text));
	buf_release(&text);
}

static enum rc load(struct view *view, struct fault *fault)
{
	struct unfinished *state = view->state;

	(void)fault;
	if (!state->started) {
		list_start(&state->list, _("没有草稿。写到一半离开或断线时，这里会留着"));
		list_column(&state->list, _("时间"), 11, false);
		list_column(&state->list, _("内容"), 0, false);
		state->list.signs = SIGNS_ALL;
		state->list.plain = state->started = true;
	}
	state->count = drafts_of(view->store, &view->user, &view->arena, state->drafts);
	list_clear(&state->list);
	for (unsigned n = state->count; n > 0; n--)
		add(view, state, n - 1);
	list_done(&state->list);
	return RC_OK;
}

static void layout(struct view *view, struct pane room)
{
	list_layout(&((struct unfinished *)view->state)->list, room);
}

static void draw(const void *state, struct pane pane)
{
	list_draw(&((const struct unfinished *)state)->list, pane);
}

static const struct draft *current(struct unfinished *state)
{
	const struct list_row *row = list_row(&state->list);

	return row ? &state->drafts[row->id] : NULL;
}

static enum act go_on(struct view *view, const struct draft *draft)
{
	bool check = checking_is_draft(view->store, &view->user, draft);
	struct aim *aim = stack_open(view, check ? "checking" : "write");

	aim->kind = draft->kind;
	aim->ref = draft->ref;
	aim->step = draft->step;
	aim->parent = draft->parent;
	aim->draft_at = draft->at;
	aim->slot = draft->slot;
	if (check) { /* which is about what a form would put it into */
		aim->ref = draft->parent;
		aim->parent = (struct ref){0, 0};
	}
	return ACT_OPEN;
}

static enum act drop_now(struct view *view)
{
	struct unfinished *state = view->state;
	struct fault fault = {0};

	if (!current(state))
		return ACT_DRAW;
	if (draft_drop(view->store, &view->user, current(state), &fault))
		return parts_fault(view, &fault);
	return stack_load(view->stack, &fault) ? parts_fault(view, &fault) : ACT_DRAW;
}

static enum act drop(struct view *view)
{
	struct unfinished *state = view->state;
	const struct list_row *row = list_row(&state->list);

	if (row)
		return stack_ask(view, drop_now, _("丢掉"), _("草稿 %s"), row->cells[1]);
	stack_note(view, LOOK_PLAIN, _("没有草稿可丢，q 返回"));
	return ACT_DRAW;
}

static enum act type(struct view *view, int key)
{
	struct unfinished *state = view->state;
	bool chosen, more;

	enum act act = parts_list(view, &state->list, key, &chosen, &more);
	if (chosen)
		return go_on(view, current(state));
	return act == ACT_UNKNOWN ? parts_unknown(view, key) : act;
}

static void done(struct view *view)
{
	list_release(&((struct unfinished *)view->state)->list);
}

static const struct key keys[] = {
	{K_ENTER, N_("接着写"), NULL},
	{'x', N_("丢掉"), drop},
	{0, NULL, NULL},
};

static bool any(const struct view *view)
{
	return ((const struct unfinished *)view->state)->count > 0;
}

static const struct key_when when[] = {
	{K_ENTER, 0, any},
	{'x', 0, any},
	{0, 0, NULL},
};

const struct screen screen_unfinished = {
	.name = "unfinished",
	.title = N_("草稿"),
	.size = sizeof(struct unfinished),
	.keys = keys,
	.when = when,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.done = done,
	.help = N_("草稿只在本站、只给本人看，保存以后就没有了。"),
};
