/* SPDX-License-Identifier: GPL-3.0-or-later
 * A drill, or a place by itself, marked on the screen: one item at a time, a key each.
 */
#include <stdio.h>
#include <string.h>

#include "model/kinds.h"
#include "screens/judge_page.h"
#include "screens/screens.h"
#include "screens/tally.h"

struct judging_view {
	struct tally tally;
	struct judging judging;
	struct arena lines;
	bool started;
};

/* ---- lines */

static const char *line(struct judging_view *state, struct buf *text)
{
	const char *kept = arena_text(&state->lines, buf_cstr(text));

	buf_clear(text);
	return kept;
}

static void lay_item(struct judging_view *state)
{
	struct buf text = {0};

	judge_page_item(&state->judging, &text);
	tally_head(&state->tally, LOOK_TITLE, line(state, &text));
	judge_page_marks(&text);
	tally_head(&state->tally, LOOK_PLAIN, line(state, &text));
	judge_page_progress(&state->judging, &text);
	tally_foot(&state->tally, LOOK_PLAIN, line(state, &text));
	buf_release(&text);
}

static void lay_end(struct judging_view *state)
{
	struct list *list = &state->tally.list;
	struct buf text = {0}, problems = {0};

	judge_page_sum(&state->judging, &text);
	tally_head(&state->tally, LOOK_TITLE, line(state, &text));
	judge_page_makes(&state->judging, &text);
	tally_head(&state->tally, LOOK_MARK, line(state, &text));
	judging_problems(&state->judging, &problems);
	for (const char *at = buf_cstr(&problems); *at;) {
		size_t len = strcspn(at, "\n");

		buf_put(&text, at, len);
		list_cell(
			list, list_add(list, (struct ref){1, list->count + 1}), 0, buf_cstr(&text));
		buf_clear(&text);
		at += len + (at[len] != 0);
	}
	buf_release(&text);
	buf_release(&problems);
}

static void lay(struct view *view)
{
	struct judging_view *state = view->state;

	state->tally.prompt = NULL; /* it lies in the lines */
	arena_release(&state->lines);
	tally_clear(&state->tally);
	list_clear(&state->tally.list);
	if (judging_item(&state->judging))
		lay_item(state);
	else
		lay_end(state);
	list_done(&state->tally.list);
}

static void set_title(struct view *view)
{
	const struct judging_view *state = view->state;
	struct buf title = {0};

	judge_page_title(&state->judging, &title);
	snprintf(view->title, sizeof view->title, "%s", buf_cstr(&title));
	buf_release(&title);
}

static enum rc load(struct view *view, struct fault *fault)
{
	struct judging_view *state = view->state;
	const struct actor actor = parts_actor(view);
	enum rc rc = RC_OK;

	if (state->started && state->judging.list.title)
		set_title(view);
	if (state->started)
		return RC_OK;
	tally_start(&state->tally, "");
	list_column(&state->tally.list, "", 0, false);
	state->tally.list.plain = state->started = true;
	rc = view->aim.ref.seq ? judging_start(&state->judging, &actor, view->aim.ref, fault)
			       : judging_start_self(&state->judging, &actor, view->aim.text, fault);
	if (rc)
		return rc;
	lay(view);
	set_title(view);
	if (judging_kept(&state->judging, &actor))
		stack_note(view, LOOK_MARK, "%s", _("^R 取回上次没评完的"));
	return RC_OK;
}

static void layout(struct view *view, struct pane room)
{
	tally_layout(&((struct judging_view *)view->state)->tally, room);
}

static void draw(const void *state, struct pane pane)
{
	tally_draw(&((const struct judging_view *)state)->tally, pane);
}

/* ---- keys */

/* Kept after each mark, as a form keeps its fields. */
static enum act moved(struct view *view)
{
	struct judging_view *state = view->state;
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};

	if (judging_keep(&state->judging, &actor, &fault))
		stack_note(view, LOOK_BAD, "%s", fault.text);
	lay(view);
	return ACT_DRAW;
}

static enum act mark(struct view *view, char letter)
{
	struct judging_view *state = view->state;

	if (judging_mark(&state->judging, letter))
		return moved(view);
	stack_note(view, LOOK_PLAIN, "%s", _("都评完了：^O 存，u 改上一项"));
	return ACT_DRAW;
}

static enum act mark_a(struct view *view)
{
	return mark(view, 'A');
}

static enum act mark_b(struct view *view)
{
	return mark(view, 'B');
}

static enum act mark_c(struct view *view)
{
	return mark(view, 'C');
}

static enum act mark_d(struct view *view)
{
	return mark(view, 'D');
}

static enum act back(struct view *view)
{
	struct judging_view *state = view->state;

	if (judging_back(&state->judging))
		return moved(view);
	stack_note(view, LOOK_PLAIN, "%s", _("这是第一项"));
	return ACT_DRAW;
}

static enum act note(struct view *view)
{
	struct judging_view *state = view->state;
	unsigned n = state->judging.count;

	if (!n) {
		stack_note(view, LOOK_PLAIN, "%s", _("先评一项，再按 d 给它补一句"));
		return ACT_DRAW;
	}
	tally_ask(&state->tally, arena_fmt(&state->lines, _("第%u项补一句："), n), EDIT_LINE,
		state->judging.note[n - 1]);
	view->typing = true;
	return ACT_DRAW;
}

static enum act fetch(struct view *view)
{
	struct judging_view *state = view->state;
	const struct actor actor = parts_actor(view);

	if (!judging_fetch(&state->judging, &actor))
		stack_note(view, LOOK_PLAIN, "%s", _("没有留下没评完的"));
	lay(view);
	return ACT_DRAW;
}

static enum act store_now_it(struct view *view)
{
	struct judging_view *state = view->state;
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};

	if (judging_commit(&state->judging, &actor, &fault))
		return parts_fault(view, &fault);
	stack_note(view, LOOK_MARK, "%s", _("已存评估"));
	return ACT_BACK;
}

static enum act save(struct view *view)
{
	struct judging_view *state = view->state;
	const struct judging *judging = &state->judging;

	if (!judging_item(judging))
		return parts_prove(view, judging->kind, judging->about.seq ? drill_do_evaluate : 0,
			store_now_it);
	stack_note(view, LOOK_BAD, _("还有%u项没有评；^X 停在这里，评过的留着"),
		judging->list.items - judging->count);
	return ACT_DRAW;
}

static enum act take_note(struct view *view, int key)
{
	struct judging_view *state = view->state;
	bool done;

	if (!tally_key(&state->tally, key, &done))
		return ACT_DRAW;
	view->typing = false;
	if (!done)
		return ACT_DRAW;
	(void)judging_note(&state->judging, edit_text(&state->tally.edit));
	return moved(view);
}

static enum act type(struct view *view, int key)
{
	struct judging_view *state = view->state;
	bool chosen, more;

	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	if (state->tally.prompt)
		return take_note(view, key);
	if (key >= '1' && key <= '4')
		return mark(view, (char)('A' + key - '1'));
	enum act act = parts_list(view, &state->tally.list, key, &chosen, &more);
	return act == ACT_UNKNOWN ? parts_unknown(view, key) : act;
}

static enum act paste(struct view *view, const char *typed)
{
	tally_paste(&((struct judging_view *)view->state)->tally, typed);
	return ACT_DRAW;
}

static struct ref row(const struct view *view)
{
	return ((const struct judging_view *)view->state)->judging.about;
}

static void done(struct view *view)
{
	struct judging_view *state = view->state;

	tally_release(&state->tally);
	judging_release(&state->judging);
	arena_release(&state->lines);
}

static const struct key keys[] = {
	{'A', N_("优"), mark_a},
	{'B', N_("良"), mark_b},
	{'C', N_("中"), mark_c},
	{'D', N_("差"), mark_d},
	{'d', N_("补一句"), note},
	{'u', N_("上一项"), back},
	{K_CTRL('O'), N_("存"), save},
	{K_CTRL('R'), NULL, fetch},
	{K_CTRL('X'), N_("停"), NULL},
	{0, NULL, NULL},
};

const struct screen screen_judging = {
	.name = "judging",
	.title = N_("评估"),
	.size = sizeof(struct judging_view),
	.keys = keys,
	.dense = true,
	.acts = "ABCD1234",
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.paste = paste,
	.row = row,
	.done = done,
	.help = N_(
		"一屏一项：A 优 B 良 C 中 D 差，也可以按 1 到 4；d 给刚评的一项补一句，u 改上一项。"
		"评完看平均分和等次，^O 存：补了话的、评为中和差的各立一个问题。^X 停在这里，"
		"评过的留着，下次打开按 ^R 取回。"),
};
