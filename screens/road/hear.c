/* SPDX-License-Identifier: GPL-3.0-or-later
 * Typing in what somebody reads out: the next group alone is asked for, and a wrong one is named
 * before the other end has gone on.
 */
#include <stdio.h>
#include <string.h>

#include "screens/hearing.h"
#include "screens/screens.h"

enum { CELL = 10, HEAD = 3 };

struct hear {
	struct hearing hearing;
	struct edit edit;
	struct ref heard;           /* the record that came out of it; seq 0 = not yet */
	struct hearing_draft draft; /* that waits to be fetched; .at 0: none does */
	char waiting[80];           /* what is said of it */
	unsigned slot;              /* where what is typed now is kept */
	unsigned across, top, rows; /* laid out */
};

static void find_draft(struct view *view, struct hear *hear)
{
	struct buf text = {0};

	if (hearing_waiting(view->store, &view->user, &hear->draft)) {
		hearing_say(&hear->draft, store_now(view->store), &text);
		snprintf(hear->waiting, sizeof hear->waiting, "%s", buf_cstr(&text));
	}
	hear->slot = hearing_room(view->store, &view->user);
	buf_release(&text);
}

/* Nothing of it is lost, whatever happens to the line or the machine. */
static bool keep(struct view *view)
{
	struct hear *hear = view->state;
	struct fault fault;
	bool good =
		hear->heard.seq || hearing_keep(&hear->hearing, edit_text(&hear->edit), view->store,
					   &view->user, hear->slot, &fault) == RC_OK;

	if (!good)
		stack_note(view, LOOK_BAD, _("草稿没能留下：%s"), fault.text);
	return good;
}

/* It is a record now. */
static void forget(struct view *view)
{
	const struct hearing nothing = {.count = 0};
	struct fault fault;

	(void)!hearing_keep(
		&nothing, "", view->store, &view->user, ((struct hear *)view->state)->slot, &fault);
}

static enum rc load(struct view *view, struct fault *fault)
{
	struct hear *hear = view->state;

	(void)fault;
	if (!hear->edit.most) {
		edit_start(&hear->edit, EDIT_LINE, 0, "");
		find_draft(view, hear);
	}
	view->typing = !hear->heard.seq;
	return RC_OK;
}

static struct pane edit_pane(struct pane pane, const struct hear *hear)
{
	return pane_behind(pane, 0,
		pane_fmt(pane, 0, 0, LOOK_TITLE, _("第 %u 组："), hear->hearing.count + 1));
}

static void layout(struct view *view, struct pane room)
{
	struct hear *hear = view->state;

	hear->across = room.columns > CELL ? room.columns / CELL : 1;
	hear->rows = room.rows > HEAD ? room.rows - HEAD : 1;
	unsigned filled = (hear->hearing.count + hear->across - 1) / hear->across;
	hear->top = filled > hear->rows ? (filled - hear->rows) * hear->across : 0;
	edit_layout(&hear->edit, edit_pane(room, hear));
}

static void draw(const void *state, struct pane pane)
{
	const struct hear *hear = state;

	edit_draw(&hear->edit, edit_pane(pane, hear), true);
	pane_text(pane, 1, 0, LOOK_DIM, 0,
		_("五位一组，打满一组就查；退格改上一组；幺两拐勾洞也行。D开头的是短报文，一条一回"
		  "车"));
	if (hear->draft.at)
		pane_fmt(pane, HEAD - 1, 0, LOOK_MARK, "%s  %s", hear->waiting, _("^R 取回"));
	for (unsigned n = hear->top; n < hear->hearing.count; n++) {
		unsigned at = n - hear->top;

		pane_fmt(pane, HEAD + at / hear->across, at % hear->across * CELL, LOOK_PLAIN,
			"%3u %s", n + 1, hear->hearing.groups[n]);
	}
}

/* The last group was said: all of it is taken, or nothing. */
static enum act take(struct view *view)
{
	struct hear *hear = view->state;
	struct buf told = {0};
	bool good = hearing_take(&hear->hearing, view->store, &view->user, &hear->heard, &told);

	view->typing = !good;
	if (good)
		forget(view);
	else
		hear->hearing.whole = false;
	stack_note(view, good ? LOOK_MARK : LOOK_BAD, "%s", buf_cstr(&told));
	buf_release(&told);
	return good ? parts_record(view, hear->heard) : ACT_DRAW;
}

static enum act look(struct view *view)
{
	struct hear *hear = view->state;
	struct buf why = {0};
	enum heard heard = hearing_type(&hear->hearing, edit_text(&hear->edit), &why);

	if (heard != HEARD_MORE)
		edit_set(&hear->edit, "");
	if (heard != HEARD_MORE && why.len)
		stack_note(view, heard == HEARD_WRONG ? LOOK_BAD : LOOK_MARK, "%s", buf_cstr(&why));
	buf_release(&why);
	if (heard == HEARD_GOOD)
		(void)keep(view);
	return hear->hearing.whole ? take(view) : ACT_DRAW;
}

/* ^R: the draft comes; what was typed instead of it becomes one. */
static enum act fetch(struct view *view)
{
	struct hear *hear = view->state;
	struct buf typed = {0};

	if (!hear->draft.at) {
		stack_note(view, LOOK_PLAIN, _("没有草稿"));
		return ACT_DRAW;
	}
	if (keep(view) &&
		hearing_fetch(&hear->hearing, view->store, &view->user, hear->draft.slot, &typed)) {
		hear->slot = hear->draft.slot;
		hear->draft.at = 0;
		edit_set(&hear->edit, buf_cstr(&typed));
		stack_note(view, LOOK_MARK, _("草稿取回了，接着录"));
	}
	buf_release(&typed);
	return hear->hearing.whole ? take(view) : ACT_DRAW;
}

/* Out of here, by ^X or by a cut line. */
static enum act leave(struct view *view)
{
	struct hear *hear = view->state;
	bool some = hear->hearing.count || *edit_text(&hear->edit);

	for (unsigned n = 0; n < TELEGRAMS; n++)
		some |= *hear->hearing.telegrams[n] != '\0';
	if (keep(view) && some && !hear->heard.seq)
		stack_note(view, LOOK_MARK, _("没有录完，草稿留着；再录时按 ^R 取回"));
	return ACT_UNKNOWN;
}

/* The group before comes back to be typed again. */
static enum act step_back(struct hear *hear)
{
	if (hear->hearing.count)
		hear->hearing.count--;
	hear->hearing.whole = false;
	return ACT_DRAW;
}

static enum act type(struct view *view, int key)
{
	struct hear *hear = view->state;

	if (key == K_HANGUP || key == K_ESC || key == K_CTRL('X'))
		return leave(view);
	if (key == K_RESIZE || key == K_CTRL('L'))
		return ACT_UNKNOWN;
	if (key == K_CTRL('R') && view->typing)
		return fetch(view);
	if (!view->typing)
		return key == K_ENTER ? parts_record(view, hear->heard) : parts_unknown(view, key);
	if (key == K_BACKSPACE && !hear->edit.text.len)
		return step_back(hear);
	/* A short message ends here; groups of digits end by themselves. */
	(void)edit_key(&hear->edit, key == K_ENTER ? ' ' : key);
	return look(view);
}

static enum act paste(struct view *view, const char *text)
{
	(void)edit_paste(&((struct hear *)view->state)->edit, text);
	return look(view);
}

static void done(struct view *view)
{
	edit_release(&((struct hear *)view->state)->edit);
}

static const struct key keys[] = {
	{K_BACKSPACE, N_("改上一组"), NULL},
	{K_CTRL('R'), N_("取回草稿"), NULL},
	{K_CTRL('X'), N_("返回"), NULL},
	{0, NULL, NULL},
};

const struct screen screen_hear = {
	.name = "hear",
	.title = N_("录入对方念的数字"),
	.size = sizeof(struct hear),
	.keys = keys,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.paste = paste,
	.done = done,
	.help = N_("对方一组一组念，这里一组一组打。哪一组对不上，当时就说是第几组，请对方重念。最"
		   "后一组打完，"
		   "就是那条记录，编号一样；它没有签名，未经证实，对方的数据到了以后以它为准。"),
};
