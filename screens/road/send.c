/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board S: does anything get through, what waits, what is late, and what to do when nothing
 * gets through. Its counts open their part of the outbox.
 */
#include <stdio.h>
#include <string.h>

#include "base/when.h"
#include "screens/beside.h"
#include "screens/display.h"
#include "screens/outbox_page.h"
#include "screens/screens.h"

enum { INDENT = 4, LOOK_AGAIN = 60 };

struct send {
	struct outbox_page shown;
	struct edit path;       /* of a file on a stick, while it is typed */
	char file[BESIDE_PATH]; /* that was typed, and is asked about */
	bool typing;            /* laid out */
};

static enum rc load(struct view *view, struct fault *fault)
{
	struct send *send = view->state;
	int64_t now = store_now(view->store);
	struct buf title = {0};

	send->shown.page.indent = INDENT;
	enum rc rc = outbox_now_load(&send->shown, view->store, now, &view->arena, fault);
	display_text(store_station(view->store)->name, &title);
	if (send->shown.link.joined) {
		buf_text(&title, " -> ");
		display_text(send->shown.link.peer.site.name, &title);
	}
	snprintf(view->title, sizeof(view->title), "%s", buf_cstr(&title));
	buf_release(&title);
	view->due = when_now() + LOOK_AGAIN;
	return rc;
}

static struct pane path_pane(struct pane pane)
{
	struct pane row = pane_part(pane, pane.rows - 1, 0, 1, pane.columns);

	return pane_behind(row, 0, pane_text(row, 0, 0, LOOK_TITLE, 0, _("存到文件：")));
}

static void layout(struct view *view, struct pane room)
{
	struct send *send = view->state;

	send->typing = view->typing;
	if (send->typing)
		edit_layout(&send->path, path_pane(room));
	view->more = page_layout(
		&send->shown.page, pane_part(room, 0, 0, room.rows - send->typing, room.columns));
}

static void draw(const void *state, struct pane pane)
{
	const struct send *send = state;

	page_draw(&send->shown.page, pane_part(pane, 0, 0, pane.rows - send->typing, pane.columns));
	if (send->typing)
		edit_draw(&send->path, path_pane(pane), true);
}

static enum act open_part(struct view *view, enum outbox_part part)
{
	stack_open(view, "outbox_part")->step = part;
	return ACT_OPEN;
}

static enum act all(struct view *view)
{
	return open_part(view, OUTBOX_ALL);
}

static enum act hurry(struct view *view)
{
	struct fault fault = {0};

	if (!beside_hurry(view->store, &fault))
		return parts_fault(view, &fault);
	stack_note(view, LOOK_MARK, _("马上发，发完这里会变"));
	return ACT_DRAW;
}

/* ---- by voice */

/* The record at '>', else the first that waits in the most urgent lane. */
static struct ref to_read(const struct send *send)
{
	const struct page_line *line = page_line(&send->shown.page);

	if (line && line->ref.seq)
		return line->ref;
	for (unsigned n = 0; n < send->shown.page.count; n++)
		if (send->shown.page.lines[n].ref.seq)
			return send->shown.page.lines[n].ref;
	return (struct ref){0, 0};
}

static enum act say(struct view *view, const char *screen)
{
	struct ref ref = to_read(view->state);

	if (!ref.seq) {
		stack_note(view, LOOK_PLAIN, _("没有等送的，没有要念的"));
		return ACT_DRAW;
	}
	stack_open(view, screen)->ref = ref;
	return ACT_OPEN;
}

static enum act read_out(struct view *view)
{
	return say(view, "spoken");
}

static enum act telegraph(struct view *view)
{
	return say(view, "telegram");
}

static enum act hear(struct view *view)
{
	stack_open(view, "hear");
	return ACT_OPEN;
}

/* ---- on a stick */

static enum act stick(struct view *view)
{
	struct send *send = view->state;
	char path[BESIDE_PATH];

	beside_stick(view->store, path);
	edit_start(&send->path, EDIT_LINE, BESIDE_PATH - 1, path);
	view->typing = true;
	if (!*path)
		stack_note(view, LOOK_PLAIN, _("没看到 U 盘：插上，或写出文件夹和文件名"));
	return ACT_DRAW;
}

static enum act pack(struct view *view)
{
	struct send *send = view->state;
	const char *const argv[] = {"pack", send->file, NULL};
	struct buf said = {0}, told = {0};

	if (beside_run(&view->user, argv, &said, &told)) {
		stack_note(view, LOOK_MARK, _("存好了，带到上级；回执带回来才算送到。%s"),
			buf_cstr(&said));
	} else {
		stack_note(view, LOOK_BAD, _("没有存：%s。换U盘或文件名再按2"),
			buf_cstr(told.len ? &told : &said));
	}
	buf_release(&said);
	buf_release(&told);
	return ACT_DRAW;
}

static enum act typed(struct view *view, int key)
{
	struct send *send = view->state;

	if (key == K_HANGUP || key == K_RESIZE || key == K_CTRL('L'))
		return ACT_UNKNOWN;
	bool done = key == K_ENTER || key == K_CTRL('O');

	if (!done && key != K_ESC && key != K_CTRL('X')) {
		(void)edit_key(&send->path, key);
		return ACT_DRAW;
	}
	snprintf(send->file, sizeof(send->file), "%s", done ? edit_text(&send->path) : "");
	if (done && !*send->file)
		stack_note(view, LOOK_BAD, _("没有存：没写文件名。插上U盘再按2，或写出文件名"));
	edit_release(&send->path);
	view->typing = false;
	return *send->file ? stack_ask(view, pack, _("写盘"), _("存到 %s"), send->file) : ACT_DRAW;
}

/* ---- another way first */

static enum act turned(struct view *view)
{
	struct fault fault = {0};
	enum rc rc = outbox_turn_ways(view->store, &fault);

	if (rc || (rc = stack_load(view->stack, &fault)))
		return parts_fault(view, &fault);
	(void)beside_hurry(view->store, &fault);
	stack_note(view, LOOK_MARK, _("换好了，从下一次起先走这一条"));
	return ACT_DRAW;
}

static enum act turn(struct view *view)
{
	char url[ROUTE_URL];

	if (route_at(view->store, 1, url))
		return stack_ask(view, turned, _("换"), _("先走线路2 %s"), url);
	stack_note(view, LOOK_PLAIN, _("只有一条线路，没有可换的：用 outpost up URL… 设置"));
	return ACT_DRAW;
}

/* ---- what was late, and why */

static enum act statement(struct view *view)
{
	stack_open(view, "statement");
	return ACT_OPEN;
}

/* ---- what is offered */

static const struct outbox_page *shown_of(const struct view *view)
{
	return &((const struct send *)view->state)->shown;
}

static bool waits(const struct view *view)
{
	return outbox_waits(shown_of(view));
}

static bool is_late(const struct view *view)
{
	return outbox_is_late(shown_of(view));
}

static bool has_ways(const struct view *view)
{
	return outbox_has_ways(shown_of(view));
}

static bool is_joined(const struct view *view)
{
	return outbox_is_joined(shown_of(view));
}

static enum act type(struct view *view, int key)
{
	struct send *send = view->state;
	const struct page_line *line = page_line(&send->shown.page);

	if (view->typing)
		return typed(view, key);
	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	if (key == K_ENTER && line && line->tag && !line->ref.seq)
		return open_part(view, (enum outbox_part)line->tag);
	return parts_page(
		view, &send->shown.page, key, _("这一行打不开；移到有记录或有数的行上再按回车"));
}

static enum act paste(struct view *view, const char *text)
{
	(void)edit_paste(&((struct send *)view->state)->path, text);
	return ACT_DRAW;
}

static struct ref row(const struct view *view)
{
	const struct page_line *line = page_line(&((struct send *)view->state)->shown.page);

	return line ? line->ref : (struct ref){0, 0};
}

static void done(struct view *view)
{
	struct send *send = view->state;

	if (view->typing)
		edit_release(&send->path);
	outbox_page_release(&send->shown);
}

static const struct key keys[] = {
	{'r', N_("发"), hurry},
	{'1', N_("念"), read_out},
	{'2', N_("U盘"), stick},
	{'3', N_("短报"), telegraph},
	{'4', N_("听录"), hear},
	{'m', N_("换路"), turn},
	{'p', N_("迟报说明"), statement},
	{'v', N_("全部"), all},
	{K_ENTER, N_("打开"), NULL},
	{'/', N_("查找"), parts_find},
	{0, NULL, NULL},
};

static const struct key_when when[] = {
	{'r', 0, is_joined},
	{'1', 0, waits},
	{'3', 0, waits},
	{'m', 0, has_ways},
	{'p', 0, is_late},
	{0, 0, NULL},
};

const struct screen screen_outbox = {
	.name = "outbox",
	.title = N_("报送"),
	.size = sizeof(struct send),
	.dense = true,
	.keys = keys,
	.when = when,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.paste = paste,
	.row = row,
	.done = done,
	.help = N_(
		"第一行只有一句：通、半通(什么还能送)或不通，从几时起，为什么。下面是线路、等送的("
		"按量"
		"过的速度要多久、最久的是哪时写的)"
		"，和迟的、两站填得不同的、被退回的各几条，回车打开。\n"
		"\"等送\"是上级还没有证实收到。r 现在发；1 把 > 处的记录念给对方；2 存 U 盘带去；3 "
		"卫星短报文，每条70字节；4 把对方念的数字、发来的短报文录进来；m 换一条线路先走；p "
		"迟报说明；v 全部细节。"),
};
