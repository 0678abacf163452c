/* SPDX-License-Identifier: GPL-3.0-or-later
 * Typing in what somebody reads out: the next group alone is asked for, and a wrong one is named
 * before the other end has gone on.
 */
#include <string.h>

#include "screens/hearing.h"
#include "screens/screens.h"

enum { CELL = 10, HEAD = 3 };

struct hear {
	struct hearing hearing;
	struct edit edit;
	struct ref heard;           /* the record that came out of it; seq 0 = not yet */
	unsigned across, top, rows; /* laid out */
};

static enum rc load(struct view *view, struct fault *fault)
{
	struct hear *hear = view->state;

	(void)fault;
	if (!hear->edit.most)
		edit_start(&hear->edit, EDIT_LINE, 0, "");
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
	if (!good)
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
	return hear->hearing.whole ? take(view) : ACT_DRAW;
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

	if (key == K_HANGUP || key == K_RESIZE || key == K_CTRL('L') || key == K_ESC ||
		key == K_CTRL('X'))
		return ACT_UNKNOWN;
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
