/* SPDX-License-Identifier: GPL-3.0-or-later
 * Help, printed from the tables: what the screen below is for, its keys, the keys of lists and
 * forms, and all the places there are.
 */
#include <stdio.h>
#include <string.h>

#include "screens/boards.h"
#include "screens/screens.h"

struct help {
	struct page page;
};

static const char everywhere[] = N_(
	"小写办事，大写去处，数字选行，^键处处一样。\n"
	"处处可用：^X（或 Esc、q）退一步，h 首页，^G 看最急的、再按回来，s 签收，? 帮助，^L "
	"重画。\n"
	"列表：j k 或上下键移动，空格下页，- 上页，g 头，G 尾，回车打开，/ 筛选。\n"
	"表格：回车或 Tab 下一项，上下键移动，选择项按空格，^O 保存，^X 离开，^R 取回草稿。\n"
	"打不出汉字：正在填时按 ^F，打拼音或首字母，数字选字，空格取第一个，= 下页；再按 ^F 关。\n"
	"提问的行只认 y，其他键都不办；粘贴的字只进正在填的项。");

static const struct screen *screen_of(const struct view *view)
{
	for (const struct screen *const *at = stack_screens(view); *at; at++) {
		if (strcmp((*at)->name, view->aim.text) == 0)
			return *at;
	}
	return NULL;
}

static void print_screen(const struct screen *screen, struct buf *text)
{
	char name[16];

	if (screen->help)
		buf_fmt(text, "%s\n", _(screen->help));
	for (const struct key *key = screen->keys; key && key->key; key++) {
		if (key->label)
			buf_fmt(text, "%s %s  ", key_show(key->key, name), _(key->label));
	}
	buf_text(text, "\n");
}

static void print_places(struct buf *text)
{
	buf_text(text, _("去处："));
	for (const struct board *board = boards; board->key; board++)
		buf_fmt(text, " %c %s ", board->key, _(board->name));
}

static enum rc load(struct view *view, struct fault *fault)
{
	struct help *help = view->state;
	const struct screen *screen = screen_of(view);
	struct buf text = {0};

	(void)fault;
	if (screen) {
		print_screen(screen, &text);
		snprintf(view->title, sizeof(view->title), "%s",
			*screen->title ? _(screen->title) : "");
	}
	buf_fmt(&text, "%s\n", _(everywhere));
	print_places(&text);
	help->page.text = true;
	page_clear(&help->page);
	page_add(&help->page, LOOK_PLAIN, &text);
	return RC_OK;
}

static void layout(struct view *view, struct pane room)
{
	view->more = page_layout(&((struct help *)view->state)->page, room);
}

static void draw(const void *state, struct pane pane)
{
	page_draw(&((const struct help *)state)->page, pane);
}

static enum act type(struct view *view, int key)
{
	return key == '?' ? ACT_NONE
			  : parts_page(view, &((struct help *)view->state)->page, key, "");
}

static void done(struct view *view)
{
	page_release(&((struct help *)view->state)->page);
}

static const struct key keys[] = {
	{' ', N_("下页"), NULL},
	{'-', N_("上页"), NULL},
	{0, NULL, NULL},
};

const struct screen screen_help = {
	.name = "help",
	.title = N_("帮助"),
	.size = sizeof(struct help),
	.keys = keys,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.done = done,
};
