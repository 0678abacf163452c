/* SPDX-License-Identifier: GPL-3.0-or-later
 * Keys that are not the screen's own: they mean the same everywhere, or get one line.
 */
#include "screens/boards.h"
#include "model/kinds.h"
#include "screens/screens.h"
#include "screens/signing.h"

/* ACT_UNKNOWN: KEY opens none. */
static enum act open_board(struct view *view, int key)
{
	for (const struct board *board = boards; board->key; board++) {
		if (board->key != key)
			continue;
		if (!board->screen)
			return parts_begin(view, kind_of(board->kind), board->presets);
		stack_open(view, board->screen);
		return ACT_BOARD;
	}
	return ACT_UNKNOWN;
}

/* Keys that the stack answers on every screen. */
static bool is_common(int key)
{
	return key == '?' || key == 'h' || key == 'q' || key == K_ESC || key == K_CTRL('X') ||
	       key == K_CTRL('L') || key == K_RESIZE || key == K_HANGUP;
}

enum act parts_unknown(struct view *view, int key)
{
	char name[16];

	if (is_common(key))
		return ACT_UNKNOWN;
	if (key == 's')
		return signing_ask(view);
	if (key == 'p')
		return parts_text(view);
	if (key == '|')
		return parts_picture(view);
	if (key == 'w')
		return parts_why(view);
	if (key == '/')
		return parts_find(view);
	if (key == 'y' || key == K_CTRL('O')) {
		stack_note(view, LOOK_PLAIN, "%s",
			key == 'y' ? _("现在没有要确认的事") : _("这里没有要保存的"));
		return ACT_DRAW;
	}
	enum act act = open_board(view, key);
	if (act != ACT_UNKNOWN)
		return act;
	stack_note(view, LOOK_BAD, _("此处无 %s 键，? 查看可用键"), key_show(key, name));
	return ACT_DRAW;
}

enum act parts_unpicked(struct view *view, int key)
{
	if (key == '?' || key == K_CTRL('L') || key == K_RESIZE || key == K_HANGUP)
		return ACT_UNKNOWN;
	stack_note(view, LOOK_BAD, _("打号码、汉字、拼音或首字母；^X 返回"));
	return ACT_DRAW;
}

enum act parts_page(struct view *view, struct page *page, int key, const char *closed)
{
	enum list_act act = page_key(page, key);
	const struct page_line *line = page_line(page);

	if (act == LIST_NOT)
		return parts_unknown(view, key);
	if (act != LIST_CHOSEN || !line)
		return ACT_DRAW;
	if (line->ref.seq)
		return parts_record(view, line->ref);
	if (line->kind)
		return parts_children(view, line->kind, view->aim.ref);
	stack_note(view, LOOK_PLAIN, "%s", closed);
	return ACT_DRAW;
}
