/* SPDX-License-Identifier: GPL-3.0-or-later
 * A quiz on the screen: one question at a time, a key an answer.
 */
#include <stdio.h>
#include <string.h>

#include "model/kinds.h"
#include "screens/judge_page.h"
#include "screens/screens.h"
#include "screens/tally.h"

struct quiz_view {
	struct tally tally;
	struct quiz quiz;
	struct arena lines;
	bool started;
};

static const char *line(struct quiz_view *state, struct buf *text)
{
	const char *kept = arena_text(&state->lines, buf_cstr(text));

	buf_clear(text);
	return kept;
}

static void lay(struct view *view)
{
	struct quiz_view *state = view->state;
	struct buf text = {0};

	arena_release(&state->lines);
	tally_clear(&state->tally);
	if (quiz_asks(&state->quiz)) {
		quiz_page_question(&state->quiz, &text);
		tally_head(&state->tally, LOOK_TITLE, line(state, &text));
		for (unsigned n = 0; quiz_page_option(&state->quiz, n, &text); n++)
			tally_head(&state->tally, LOOK_PLAIN, line(state, &text));
	} else {
		quiz_page_sum(&state->quiz, store_now(view->store), &text);
		tally_head(&state->tally, LOOK_TITLE, line(state, &text));
		tally_head(&state->tally, LOOK_MARK, _("^O 存成培训记录"));
	}
	quiz_page_last(&state->quiz, &text);
	tally_foot(
		&state->tally, state->quiz.last_right ? LOOK_PLAIN : LOOK_BAD, line(state, &text));
	snprintf(view->title, sizeof view->title, "%s", state->quiz.list.title);
	buf_release(&text);
}

static enum rc load(struct view *view, struct fault *fault)
{
	struct quiz_view *state = view->state;
	const struct actor actor = parts_actor(view);

	if (state->started && state->quiz.list.title)
		snprintf(view->title, sizeof view->title, "%s", state->quiz.list.title);
	if (state->started)
		return RC_OK;
	tally_start(&state->tally, "");
	list_column(&state->tally.list, "", 0, false);
	state->tally.list.plain = state->started = true;
	enum rc rc = quiz_start(&state->quiz, &actor, "grid", fault);
	if (!rc)
		lay(view);
	return rc;
}

static void layout(struct view *view, struct pane room)
{
	tally_layout(&((struct quiz_view *)view->state)->tally, room);
}

static void draw(const void *state, struct pane pane)
{
	tally_draw(&((const struct quiz_view *)state)->tally, pane);
}

static enum act store_now_it(struct view *view)
{
	struct quiz_view *state = view->state;
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};
	struct ref made;

	if (quiz_commit(&state->quiz, &actor, &made, &fault))
		return parts_fault(view, &fault);
	stack_note(view, LOOK_MARK, _("已存成绩%u分"), quiz_score(&state->quiz));
	return ACT_BACK;
}

static enum act save(struct view *view)
{
	struct quiz_view *state = view->state;

	if (!quiz_asks(&state->quiz))
		return parts_prove(view, kind_of(KIND_training), 0, store_now_it);
	stack_note(view, LOOK_PLAIN, _("还有%u题没有答对"), state->quiz.waiting);
	return ACT_DRAW;
}

static enum act type(struct view *view, int key)
{
	struct quiz_view *state = view->state;
	bool chosen, more;

	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	if (key <= '0' || key > '9') {
		enum act act = parts_list(view, &state->tally.list, key, &chosen, &more);

		return act == ACT_UNKNOWN ? parts_unknown(view, key) : act;
	}
	if (quiz_answer(&state->quiz, (unsigned)(key - '0')))
		lay(view);
	else
		stack_note(view, LOOK_PLAIN, "%s", _("打答案前面的数字"));
	return ACT_DRAW;
}

static void done(struct view *view)
{
	struct quiz_view *state = view->state;

	tally_release(&state->tally);
	quiz_release(&state->quiz);
	arena_release(&state->lines);
}

static const struct key keys[] = {
	{'1', N_("到6答"), NULL},
	{K_CTRL('O'), N_("存"), save},
	{K_CTRL('X'), N_("停"), NULL},
	{0, NULL, NULL},
};

const struct screen screen_quiz = {
	.name = "quiz",
	.title = N_("测验"),
	.size = sizeof(struct quiz_view),
	.keys = keys,
	.dense = true,
	.acts = "123456",
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.done = done,
	.help = N_("一屏一题，打答案前面的数字。答错的说出对的，过后再问，直到答对。成绩是第一次就"
		   "答对的比例；^O 存成自己的培训记录，带学时。"),
};
