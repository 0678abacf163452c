/* SPDX-License-Identifier: GPL-3.0-or-later
 * A check on the screen: one item at a time, a key each.
 */
#include <stdio.h>
#include <string.h>

#include "model/kinds.h"
#include "screens/check_page.h"
#include "screens/display.h"
#include "screens/screens.h"
#include "screens/tally.h"

struct checking_view {
	struct tally tally;
	struct checking checking;
	struct arena lines;
	bool started, stored, noting;
	char *extra; /* that is typed; NULL: an item's number or note */
};

/* ---- lines */

static const char *line(struct checking_view *state, struct buf *text)
{
	const char *kept = arena_text(&state->lines, buf_cstr(text));

	buf_clear(text);
	return kept;
}

static void lay_item(struct checking_view *state, int64_t now)
{
	struct buf text = {0};

	check_page_item(&state->checking, &text);
	tally_head(&state->tally, LOOK_TITLE, line(state, &text));
	check_page_before(&state->checking, now, &text);
	tally_head(&state->tally, LOOK_DIM, line(state, &text));
	check_page_progress(&state->checking, &text);
	tally_foot(&state->tally, LOOK_PLAIN, line(state, &text));
	buf_release(&text);
}

static void lay_told(struct checking_view *state, const struct actor *actor)
{
	struct buf told = {0}, text = {0};

	checking_told(&state->checking, actor, &told);
	for (const char *at = buf_cstr(&told); *at; at += strcspn(at, "\n"), at += *at == '\n') {
		buf_text(&text, "! ");
		buf_put(&text, at, strcspn(at, "\n"));
		tally_head(&state->tally, LOOK_BAD, line(state, &text));
	}
	buf_release(&told);
	buf_release(&text);
}

static void lay_extras(struct checking_view *state)
{
	struct buf text = {0};
	const char *label, *typed;

	for (unsigned n = 0; (typed = check_page_extra(&state->checking, n, &label)); n++) {
		buf_fmt(&text, "%u%s%s", n + 1, display_gap(), label);
		if (*typed)
			buf_fmt(&text, "%s%s", display_colon(), typed);
		tally_foot(&state->tally, LOOK_PLAIN, line(state, &text));
	}
	buf_release(&text);
}

/* All are answered: what is stored, and what it makes. */
static void lay_end(struct checking_view *state, const struct actor *actor, int64_t now)
{
	struct list *list = &state->tally.list;
	struct buf text = {0};

	check_page_sums(&state->checking, now, &text);
	tally_head(&state->tally, LOOK_TITLE, line(state, &text));
	for (unsigned n = 0; check_page_number(&state->checking, n, now, &text); n++)
		tally_head(&state->tally, LOOK_PLAIN, line(state, &text));
	lay_told(state, actor);
	check_page_makes(&state->checking, &text);
	tally_head(&state->tally, LOOK_MARK, line(state, &text));
	for (unsigned n = 0; check_page_no(&state->checking, n, &text); n++) {
		list_cell(list, list_add(list, (struct ref){1, n + 1}), 0, buf_cstr(&text));
		buf_clear(&text);
	}
	lay_extras(state);
	buf_release(&text);
}

static void set_title(struct view *view)
{
	const struct checking_view *state = view->state;
	struct buf title = {0};

	check_page_title(&state->checking, &title);
	snprintf(view->title, sizeof view->title, "%s", buf_cstr(&title));
	buf_release(&title);
}

static void lay(struct view *view)
{
	struct checking_view *state = view->state;
	const struct actor actor = parts_actor(view);
	int64_t now = store_now(view->store);

	state->tally.prompt = NULL; /* it lies in the lines */
	arena_release(&state->lines);
	tally_clear(&state->tally);
	list_clear(&state->tally.list);
	if (checking_item(&state->checking))
		lay_item(state, now);
	else
		lay_end(state, &actor, now);
	list_done(&state->tally.list);
	set_title(view);
}

/* ---- what is typed */

/* A number is asked for as soon as its item is. */
static void ask(struct view *view)
{
	struct checking_view *state = view->state;
	const struct list_item *item = checking_item(&state->checking);
	const struct field *field = item ? field_named(state->checking.kind, item->reading) : NULL;

	lay(view);
	view->typing = field != NULL;
	if (field)
		tally_ask(&state->tally,
			arena_fmt(&state->lines, "%s%s", _(field->label), display_colon()),
			EDIT_NUMBER, "");
}

static enum rc load(struct view *view, struct fault *fault)
{
	struct checking_view *state = view->state;
	const struct actor actor = parts_actor(view);
	unsigned kept;
	enum rc rc = RC_OK;

	if (state->started && state->checking.kind)
		set_title(view);
	if (!state->started) {
		tally_start(&state->tally, "");
		list_column(&state->tally.list, "", 0, false);
		state->tally.list.plain = state->started = true;
		rc = checking_start(
			&state->checking, &actor, view->aim.ref, view->aim.parent, fault);
		if (rc) {
			state->stored = true;
			return rc;
		}
		if (view->aim.draft_at && !checking_resume(&state->checking, &actor))
			stack_note(view, LOOK_PLAIN, "%s", _("没有留下没查完的"));
		ask(view);
		if (view->aim.draft_at)
			return RC_OK;
		if (checking_kept(&state->checking, &actor, &kept))
			stack_note(view, LOOK_MARK, _("上次答了%u项没有存  ^R 取回"), kept);
		else if (!state->checking.lists.at[state->checking.chosen].fit)
			stack_note(view, LOOK_MARK, "%s", _("没有专门的检查表，m 换一张"));
	}
	return rc;
}

static void layout(struct view *view, struct pane room)
{
	tally_layout(&((struct checking_view *)view->state)->tally, room);
}

static void draw(const void *state, struct pane pane)
{
	tally_draw(&((const struct checking_view *)state)->tally, pane);
}

/* Kept after each answer, as a form keeps its fields. */
static enum act moved(struct view *view)
{
	struct checking_view *state = view->state;
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};

	if (checking_keep(&state->checking, &actor, &fault))
		stack_note(view, LOOK_BAD, "%s", fault.text);
	ask(view);
	return ACT_DRAW;
}

static enum act answer(struct view *view, char letter)
{
	struct checking_view *state = view->state;

	if (checking_answer(&state->checking, letter))
		return moved(view);
	stack_note(view, LOOK_PLAIN, "%s",
		checking_item(&state->checking) ? _("这一项要打数字，回车；没有读数直接回车")
						: _("都答完了：^O 存，u 改上一项"));
	if (checking_item(&state->checking))
		ask(view);
	return ACT_DRAW;
}

static enum act yes(struct view *view)
{
	return answer(view, ANSWER_YES);
}

static enum act no(struct view *view)
{
	return answer(view, ANSWER_NO);
}

static enum act away(struct view *view)
{
	return answer(view, ANSWER_AWAY);
}

static enum act back(struct view *view)
{
	struct checking_view *state = view->state;

	if (checking_back(&state->checking)) {
		ask(view);
		return ACT_DRAW;
	}
	stack_note(view, LOOK_PLAIN, "%s", _("这是第一项"));
	return ACT_DRAW;
}

static enum act note(struct view *view)
{
	struct checking_view *state = view->state;
	unsigned n = state->checking.answers.count;

	if (!n) {
		stack_note(view, LOOK_PLAIN, "%s", _("先答一项，再按 d 给它补一句"));
		return ACT_DRAW;
	}
	tally_ask(&state->tally, arena_fmt(&state->lines, _("第%u项补一句："), n), EDIT_LINE,
		state->checking.note[n - 1]);
	view->typing = state->noting = true;
	return ACT_DRAW;
}

static enum act turn(struct view *view)
{
	struct checking_view *state = view->state;
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};

	if (checking_turn(&state->checking, &actor, &fault))
		return parts_fault(view, &fault);
	ask(view);
	stack_note(view, LOOK_MARK, "%s", state->checking.list.title);
	return ACT_DRAW;
}

static enum act fetch(struct view *view)
{
	struct checking_view *state = view->state;
	const struct actor actor = parts_actor(view);

	if (!checking_fetch(&state->checking, &actor))
		stack_note(view, LOOK_PLAIN, "%s", _("没有留下没查完的"));
	ask(view);
	return ACT_DRAW;
}

/* ---- storing */

static enum act store_now_it(struct view *view)
{
	struct checking_view *state = view->state;
	const struct actor actor = parts_actor(view);
	unsigned made = checking_hazards(&state->checking);
	struct fault fault = {0};
	struct ref ref;

	if (checking_commit(&state->checking, &actor, &ref, &fault))
		return parts_fault(view, &fault);
	state->stored = true;
	if (made)
		stack_note(view, LOOK_MARK, _("已存，立了%u条隐患"), made);
	else
		stack_note(view, LOOK_MARK, "%s", _("已存：无隐患"));
	return ACT_BACK;
}

static enum act save(struct view *view)
{
	struct checking_view *state = view->state;

	if (!checking_item(&state->checking))
		return parts_prove(view, state->checking.kind, 0, store_now_it);
	stack_note(view, LOOK_BAD, _("还有%u项没有答；^X 停在这里，答过的留着"),
		state->checking.list.items - state->checking.answers.count);
	return ACT_DRAW;
}

/* ---- keys */

static enum act take_number(struct view *view)
{
	struct checking_view *state = view->state;
	const struct actor actor = parts_actor(view);
	const char *why = "";

	if (checking_number(&state->checking, &actor, edit_text(&state->tally.edit), &why))
		return moved(view);
	stack_note(view, LOOK_BAD, "%s", why);
	ask(view);
	return ACT_DRAW;
}

/* What was typed is taken, and then it is as everywhere: all is stored, or it is said what is
 * missing. */
static enum act save_number(struct view *view)
{
	struct checking_view *state = view->state;
	unsigned before = state->checking.answers.count;

	if (!state->tally.edit.text.len)
		return save(view);
	view->typing = false;
	(void)take_number(view);
	return state->checking.answers.count > before ? save(view) : ACT_DRAW;
}

static enum act take_text(struct view *view)
{
	struct checking_view *state = view->state;
	const char *typed = edit_text(&state->tally.edit);

	if (state->extra == state->checking.rating)
		snprintf(state->extra, sizeof state->checking.rating, "%.1s", typed);
	else if (state->extra)
		snprintf(state->extra, CHECK_TEXT, "%s", typed);
	else
		(void)checking_note(&state->checking, typed);
	state->noting = false;
	state->extra = NULL;
	return moved(view);
}

static enum act take_typed(struct view *view, int key)
{
	struct checking_view *state = view->state;
	bool done, text = state->noting || state->extra;

	if (!text && key == K_CTRL('R'))
		return fetch(view);
	if (!text && key == 'u' && !state->tally.edit.text.len)
		return back(view);
	if (!text && key == K_CTRL('O'))
		return save_number(view);
	if (!tally_key(&state->tally, key, &done))
		return ACT_DRAW;
	view->typing = false;
	if (done)
		return text ? take_text(view) : take_number(view);
	state->noting = false;
	state->extra = NULL;
	if (text)
		ask(view);
	return text ? ACT_DRAW : ACT_BACK; /* nothing is typed: one step back is the board */
}

static enum act type(struct view *view, int key)
{
	struct checking_view *state = view->state;
	const char *label;
	bool chosen, more;

	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	if (state->tally.prompt)
		return take_typed(view, key);
	if (!checking_item(&state->checking) && key > '0' && key <= '9') {
		state->extra = check_page_extra(&state->checking, (unsigned)(key - '1'), &label);
		if (state->extra) {
			tally_ask(&state->tally,
				arena_fmt(&state->lines, "%s%s", label, display_colon()), EDIT_LINE,
				state->extra);
			view->typing = true;
			return ACT_DRAW;
		}
	}
	enum act act = parts_list(view, &state->tally.list, key, &chosen, &more);
	return act == ACT_UNKNOWN ? parts_unknown(view, key) : act;
}

static enum act paste(struct view *view, const char *typed)
{
	tally_paste(&((struct checking_view *)view->state)->tally, typed);
	return ACT_DRAW;
}

static struct ref row(const struct view *view)
{
	return ((const struct checking_view *)view->state)->checking.about;
}

static void done(struct view *view)
{
	struct checking_view *state = view->state;

	tally_release(&state->tally);
	checking_release(&state->checking);
	arena_release(&state->lines);
}

static const struct key keys[] = {
	{'y', N_("是"), yes},
	{'n', N_("否"), no},
	{'a', N_("不适用"), away},
	{'u', N_("上一项"), back},
	{'d', N_("补一句"), note},
	{K_CTRL('O'), N_("保存"), save},
	{'m', N_("换检查表"), turn},
	{K_CTRL('R'), NULL, fetch},
	{K_CTRL('X'), N_("停"), NULL},
	{0, NULL, NULL},
};

const struct screen screen_checking = {
	.name = "checking",
	.title = N_("查"),
	.size = sizeof(struct checking_view),
	.keys = keys,
	.dense = true,
	.acts = "yna",
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.paste = paste,
	.row = row,
	.done = done,
	.help = N_(
		"一屏一项：y 是，n 否，a 不适用，u 改上一项，d 给刚答的一项补一句。要读数的项打数字"
		"回车，没有读数直接回车。答完看一遍，^O 存：答否的各立一条隐患，补的话写在里面。"
		"^X 停在这里，答过的留着，下次打开按 ^R 取回。m 换一张检查表。"),
};
