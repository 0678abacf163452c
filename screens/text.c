/* SPDX-License-Identifier: GPL-3.0-or-later
 * What goes on paper, to be read before it does: official texts of a record, its form, and what the
 * screen below shows; and which rules a record is under.
 */
#include <stdio.h>
#include <string.h>

#include "screens/printer.h"
#include "screens/screens.h"
#include "screens/text_page.h"

struct texts {
	struct text_page shown; /* first, so that both screens find it */
	struct buf picture;     /* what the screen below showed when p was pressed */
	const char *below;      /* its name; NULL: there is no picture */
	bool looked, listed;    /* listed: it is a register, whose head stands on every page */
	unsigned nth;
	struct edit command;
	bool asking;
};

/* ---- what is shown */

static void look_below(struct view *view, struct texts *texts)
{
	const struct screen *below = stack_below(view);

	texts->looked = true;
	if (!below || strcmp(below->name, screen_record.name) == 0 ||
		!stack_picture(view->stack, true, printer_size().columns, &texts->picture))
		return;
	texts->below = below->name;
	texts->listed = strcmp(below->name, screen_records.name) == 0;
}

static void show_picture(struct texts *texts)
{
	struct text_page *shown = &texts->shown;

	buf_clear(&shown->body);
	buf_put(&shown->body, texts->picture.at, texts->picture.len);
	shown->form = SHEET_AS_IS;
	shown->number[0] = '\0';
	text_page_fill(shown);
}

static enum rc load(struct view *view, struct fault *fault)
{
	struct texts *texts = view->state;
	struct text_page *shown = &texts->shown;
	const struct actor actor = parts_actor(view);
	bool record = view->aim.ref.seq;
	enum rc rc = RC_OK;

	shown->page.text = true;
	if (!texts->looked)
		look_below(view, texts);
	shown->nth = 0;
	if (record)
		rc = text_page_load(shown, &actor, view->aim.ref, fault);
	if (rc)
		return rc;
	unsigned count = (record ? shown->count : 0) + (texts->below != NULL);
	/* A register comes first; a board behind what is read out or written about its row. */
	unsigned picture = !record || texts->listed || view->aim.other ? 0 : shown->texts;
	if (!count)
		return fault_set(fault, RC_NONE, "%s", _("这里没有可成文的"));
	texts->nth %= count;
	if (texts->below && texts->nth == picture) {
		show_picture(texts);
	} else {
		shown->nth = texts->nth - (texts->below && texts->nth > picture);
		rc = text_page_load(shown, &actor, view->aim.ref, fault);
	}
	snprintf(view->title, sizeof view->title, "%s%s(%u/%u)", shown->number,
		*shown->number ? " " : "", texts->nth + 1, count);
	return rc;
}

static void layout(struct view *view, struct pane room)
{
	struct texts *texts = view->state;

	if (texts->asking && room.rows > 1)
		room.rows--;
	view->more = page_layout(&texts->shown.page, room);
}

static void draw(const void *state, struct pane pane)
{
	const struct texts *texts = state;
	struct pane page = pane;

	if (texts->asking && pane.rows > 1) {
		unsigned row = --page.rows;
		unsigned used = pane_text(pane, row, 0, LOOK_MARK, 0, _("交给命令："));

		edit_draw(&texts->command, pane_behind(pane, row, used), true);
	}
	page_draw(&texts->shown.page, page);
}

static enum act turn(struct view *view)
{
	struct fault fault = {0};

	((struct texts *)view->state)->nth++;
	return stack_load(view->stack, &fault) ? parts_fault(view, &fault) : ACT_DRAW;
}

/* ---- on paper */

static unsigned make_sheet(const struct view *view, struct buf *sheet)
{
	enum { TITLE = 2, HEADS };
	const struct texts *texts = view->state;
	const struct actor actor = parts_actor(view);
	unsigned heads = texts->shown.form != SHEET_AS_IS ? 0 : texts->listed ? HEADS : TITLE;

	return text_page_sheet(&texts->shown, &actor, heads, sheet);
}

static enum act put(struct view *view, enum print_to where, const char *name)
{
	struct buf sheet = {0}, said = {0};

	(void)make_sheet(view, &sheet);
	bool good = printer_put(where, name, buf_bytes(&sheet), &said);
	stack_note(view, good ? LOOK_PLAIN : LOOK_BAD, "%s", buf_cstr(&said));
	buf_release(&sheet);
	buf_release(&said);
	return ACT_DRAW;
}

static const char *sheet_name(const struct view *view)
{
	const struct texts *texts = view->state;

	return *texts->shown.number ? texts->shown.number : texts->below;
}

static enum act refused(struct view *view, enum print_to where)
{
	const char *why = printer_refuses(where);

	if (!why)
		return ACT_UNKNOWN;
	stack_note(view, LOOK_BAD, "%s", why);
	return ACT_DRAW;
}

static enum act to_paper(struct view *view)
{
	return put(view, PRINT_PAPER, sheet_name(view));
}

static enum act ask_paper(struct view *view)
{
	struct buf sheet = {0};
	enum act act = refused(view, PRINT_PAPER);

	if (act != ACT_UNKNOWN)
		return act;
	unsigned pages = make_sheet(view, &sheet);
	buf_release(&sheet);
	return stack_ask(view, to_paper, _("打印"), _("打印这一篇，%u页"), pages);
}

static enum act to_file(struct view *view)
{
	enum act act = refused(view, PRINT_FILE);

	return act != ACT_UNKNOWN ? act : put(view, PRINT_FILE, sheet_name(view));
}

static enum act ask_command(struct view *view)
{
	struct texts *texts = view->state;
	enum act act = refused(view, PRINT_PIPE);

	if (act != ACT_UNKNOWN)
		return act;
	edit_start(&texts->command, EDIT_LINE, 0, "");
	texts->asking = view->typing = true;
	return ACT_DRAW;
}

static enum act type_command(struct view *view, int key)
{
	struct texts *texts = view->state;
	struct buf command = {0};
	enum act act = ACT_DRAW;

	if (key != K_ENTER && key != K_ESC && key != K_CTRL('X')) {
		(void)edit_key(&texts->command, key);
		return ACT_DRAW;
	}
	buf_text(&command, edit_text(&texts->command));
	edit_release(&texts->command);
	texts->asking = view->typing = false;
	if (key == K_ENTER && command.len)
		act = put(view, PRINT_PIPE, buf_cstr(&command));
	buf_release(&command);
	return act;
}

/* ---- as a QR code */

static enum act codes(struct view *view)
{
	if (!view->aim.ref.seq) {
		stack_note(view, LOOK_PLAIN, "%s", _("先打开一条记录，再按 m 看它的二维码"));
		return ACT_DRAW;
	}
	stack_open(view, "qr")->ref = view->aim.ref;
	return ACT_OPEN;
}

/* ---- keys */

static struct ref row(const struct view *view)
{
	return view->aim.ref;
}

static enum act type(struct view *view, int key)
{
	struct texts *texts = view->state;

	if (texts->asking && key != K_HANGUP && key != K_RESIZE)
		return type_command(view, key);
	return parts_page(view, &texts->shown.page, key, "");
}

static enum act paste(struct view *view, const char *text)
{
	(void)edit_paste(&((struct texts *)view->state)->command, text);
	return ACT_DRAW;
}

static void done(struct view *view)
{
	struct texts *texts = view->state;

	edit_release(&texts->command);
	buf_release(&texts->picture);
	text_page_release(&texts->shown);
}

static const struct key keys[] = {
	{' ', N_("下页"), NULL},
	{'-', NULL, NULL},
	{'f', N_("下一篇"), turn},
	{'p', N_("打印"), ask_paper},
	{K_CTRL('O'), N_("存文件"), to_file},
	{'|', N_("交给命令"), ask_command},
	{'m', N_("二维码"), codes},
	{0, NULL, NULL},
};

static bool several(const struct view *view)
{
	return ((const struct texts *)view->state)->shown.texts > 1;
}

static bool is_record(const struct view *view)
{
	return view->aim.ref.seq;
}

static const struct key_when when[] = {
	{'f', 0, several},
	{'m', 0, is_record},
	{0, 0, NULL},
};

const struct screen screen_text = {
	.name = "text",
	.title = N_("成文"),
	.size = sizeof(struct texts),
	.keys = keys,
	.when = when,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.paste = paste,
	.row = row,
	.done = done,
	.help = N_("要上纸的：这条记录按公文写好的样子、打电话时念的稿、登记表，和刚才那一屏；f "
		   "下一篇。公文的话和次序是规则里的 text 行；不知道的不写。再按 p 打印，^O "
		   "存成文件，| 交给一条命令（在自己的电脑上，outpost.conf 里写了 pipe "
		   "on）。在别的画面上按 | 就从那一屏开始；m 是这条记录的二维码。outpost print "
		   "印同一份。"),
};

/* ---- why */

static enum rc load_why(struct view *view, struct fault *fault)
{
	struct text_page *text = view->state;
	const struct actor actor = parts_actor(view);

	text->page.text = text->why = true;
	enum rc rc = text_page_load(text, &actor, view->aim.ref, fault);
	snprintf(view->title, sizeof view->title, "%s", text->title);
	return rc;
}

static void layout_why(struct view *view, struct pane room)
{
	view->more = page_layout(&((struct text_page *)view->state)->page, room);
}

static void draw_why(const void *state, struct pane pane)
{
	page_draw(&((const struct text_page *)state)->page, pane);
}

static enum act type_why(struct view *view, int key)
{
	return parts_page(view, &((struct text_page *)view->state)->page, key, "");
}

static void done_why(struct view *view)
{
	text_page_release(view->state);
}

static const struct key why_keys[] = {
	{' ', N_("下页"), NULL},
	{'-', N_("上页"), NULL},
	{0, NULL, NULL},
};

const struct screen screen_why = {
	.name = "why",
	.title = N_("为什么"),
	.size = sizeof(struct text_page),
	.keys = why_keys,
	.load = load_why,
	.layout = layout_why,
	.draw = draw_why,
	.type = type_why,
	.row = row,
	.done = done_why,
	.help = N_("这一行为什么在这里：要办什么、到几点、归谁、首页排在哪、没人答复时打给谁，"
		   "各由规则文件的哪一行定的。outpost rules why 编号 打印同一篇。"),
};
