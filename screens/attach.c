/* SPDX-License-Identifier: GPL-3.0-or-later
 * A file is attached to a record: its path is typed, for whoever sits at the station's own machine.
 */
#include <stdio.h>

#include "base/text.h"
#include "screens/screens.h"
#include "screens/tally.h"
#include "store/files.h"
#include "work/attach.h"

struct attach_view {
	struct tally tally;
	char about[160], limit[160], path[TALLY_TEXT + 1];
};

static void ask_path(struct view *view)
{
	struct attach_view *state = view->state;

	tally_ask(&state->tally, _("文件路径："), EDIT_LINE, state->path);
	view->typing = true;
}

static enum rc load(struct view *view, struct fault *fault)
{
	struct attach_view *state = view->state;
	struct buf title = {0};
	struct row row;
	enum rc rc = store_row(view->store, view->aim.ref, &view->arena, &row, fault);

	if (rc)
		return rc;
	row_title(view->store, &row, &title);
	text_fit(state->about, sizeof state->about, buf_cstr(&title));
	text_fit(view->title, sizeof view->title, buf_cstr(&title));
	buf_release(&title);
	snprintf(state->limit, sizeof state->limit,
		_("最大 %llu KiB。记录都送完以后自己往上传；慢线、花钱的线上要说发才传"),
		(unsigned long long)file_most() / 1024);
	if (!state->tally.started) {
		tally_start(&state->tally, "");
		ask_path(view);
	}
	tally_clear(&state->tally);
	tally_head(&state->tally, LOOK_TITLE, state->about);
	tally_head(&state->tally, LOOK_PLAIN, state->limit);
	return RC_OK;
}

static void layout(struct view *view, struct pane room)
{
	tally_layout(&((struct attach_view *)view->state)->tally, room);
}

static void draw(const void *state, struct pane pane)
{
	tally_draw(&((const struct attach_view *)state)->tally, pane);
}

static enum act attach(struct view *view)
{
	struct attach_view *state = view->state;
	const struct actor actor = parts_actor(view);
	const struct attaching attaching = {.about = view->aim.ref, .path = state->path};
	struct fault fault = {0};
	struct ref made;
	char number[32];

	if (attach_file(&actor, &attaching, &made, &fault)) {
		ask_path(view);
		return parts_fault(view, &fault);
	}
	store_number(view->store, made, number);
	stack_note(view, LOOK_PLAIN, _("已附 %s"), number);
	return ACT_BACK;
}

static enum act type(struct view *view, int key)
{
	struct attach_view *state = view->state;
	bool done;

	if (key == K_HANGUP || key == K_RESIZE || !state->tally.prompt)
		return ACT_UNKNOWN;
	if (!tally_key(&state->tally, key, &done))
		return ACT_DRAW;
	view->typing = false;
	snprintf(state->path, sizeof state->path, "%s", edit_text(&state->tally.edit));
	if (done && *state->path)
		return stack_ask(view, attach, _("附上"), "%s", state->path);
	if (!done)
		return ACT_BACK;
	ask_path(view);
	stack_note(view, LOOK_PLAIN, "%s",
		key == K_ENTER ? _("打文件在这台机器上的路径；^X 不附") : _("这里没有要保存的"));
	return ACT_DRAW;
}

static enum act paste(struct view *view, const char *text)
{
	tally_paste(&((struct attach_view *)view->state)->tally, text);
	return ACT_DRAW;
}

static struct ref row(const struct view *view)
{
	return view->aim.ref;
}

static void done(struct view *view)
{
	tally_release(&((struct attach_view *)view->state)->tally);
}

static const struct key keys[] = {
	{K_ENTER, N_("附上"), NULL},
	{K_CTRL('X'), N_("不附"), NULL},
	{0, NULL, NULL},
};

const struct screen screen_attach = {
	.name = "attach",
	.title = N_("附件"),
	.size = sizeof(struct attach_view),
	.keys = keys,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.paste = paste,
	.row = row,
	.done = done,
	.help = N_("打文件在这台机器上的路径，回车再按 y 就附到这条记录上；^X "
		   "不附。照片先压到限度以内。"),
};
