/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a table would do, on the page that all screens have: read page by page, then y or nothing.
 * On a terminal without a cursor the same lines, ten at a time.
 */
#include "app/import_say.h"

#include <stdio.h>
#include <string.h>

#include "ui/alone.h"
#include "ui/keys.h"
#include "ui/line.h"
#include "ui/page.h"

enum { INDENT = 4, TITLE = 240 };

/* ---- its lines */

static void counts(const struct intake *in, struct page *page)
{
	struct buf text = {0};

	buf_fmt(&text, _("新增 %u 条，改 %u 条，相同 %u 条"), in->added, in->changed, in->known);
	page_add(page, LOOK_MARK, &text);
	buf_fmt(&text, _("存疑 %u 条，未导入 %u 条，不是记录 %u 行，上次有这次没有 %u 条"),
		in->doubtful, in->bad, in->left_out, in->vanished);
	page_add(page, in->doubtful || in->bad ? LOOK_BAD : LOOK_PLAIN, &text);
}

struct part {
	struct page *page;
	enum intake_done done;
	bool columns; /* of whole columns, or of rows and cells */
};

static void add_note(void *to, const struct intake_note *note)
{
	const struct part *part = to;
	struct buf text = {0};

	bool column = note->done == DONE_LEFT_OUT && note->column;

	if (note->done != part->done || column != part->columns)
		return;
	if (note->line) {
		buf_fmt(&text, _("第 %u 行"), note->line);
		buf_byte(&text, ' ');
	}
	if (note->column)
		buf_fmt(&text, "%s ", note->column);
	buf_text(&text, note->text);
	page_add(part->page, LOOK_PLAIN, &text);
}

/* What is left out first: it is what somebody may miss. */
static void columns(const struct intake *in, struct page *page)
{
	unsigned head = page_section(page, _("表里的列 -> 字段"));
	struct buf text = {0};

	intake_each(in, add_note, &(struct part){page, DONE_LEFT_OUT, true});
	for (const struct intake_column *c = in->columns; c; c = c->next) {
		if (!c->name && !c->by)
			continue; /* nobody knows it: that was said */
		if (c->name)
			buf_fmt(&text, "%s -> %s", c->heading, _(c->label));
		else
			buf_fmt(&text, _("%s -> 不导入"), c->heading);
		page_add(page, LOOK_PLAIN, &text);
	}
	page_section_end(page, head);
}

static void fill(const struct intake *in, struct page *page)
{
	/* In the order in which somebody has to look at them. */
	static const struct {
		enum intake_done done;
		const char *title;
	} parts[] = {{DONE_REFUSED, N_("不能导入")}, {DONE_DOUBTFUL, N_("存疑，不导入")},
		{DONE_EMPTIED, N_("这一格留空，其余导入")}, {DONE_NOTED, N_("会改的、要看一眼的")},
		{DONE_VANISHED, N_("上次有、这次没有，不动")},
		{DONE_LEFT_OUT, N_("不是记录，不导入")}};

	page->text = true;
	page->indent = INDENT;
	counts(in, page);
	for (size_t i = 0; i < countof(parts); i++) {
		unsigned head = page_section(page, _(parts[i].title));

		intake_each(in, add_note, &(struct part){page, parts[i].done, false});
		page_section_end(page, head);
	}
	columns(in, page);
}

/* ---- on the screen */

static void draw(struct alone *alone, struct page *page, const char *file, const char *note)
{
	char title[TITLE];
	struct pane middle = alone_middle(alone);

	page_layout(page, pane_measured(middle));
	unsigned last = page->list.top + middle.rows;
	snprintf(title, sizeof(title), _("试看，还没有存 %u/%u行 %s"),
		last < page->list.count ? last : page->list.count, page->list.count, file);
	alone_frame(alone, title, note, _("空格 下页  - 上页  y 照此导入  q 不导入"));
	page_draw(page, middle);
}

/* What a key that is no movement answers; NOTE says why it did not count. */
static enum import_answer answer(struct alone *alone, int key, char note[TITLE])
{
	unsigned more = key == 'y' ? alone_hasty(alone) : 0;

	if (more)
		snprintf(note, TITLE, _("一下来了%u个键，没有办"), more + 1);
	else if (key == 'y' && !alone->seen)
		snprintf(note, TITLE, "%s", _("请再按 y 照此导入，q 不导入"));
	else if (key == 'y')
		return IMPORT_GOES_ON;
	else if (key == 'q' || key == K_CTRL('X') || key == K_ESC)
		return IMPORT_STOPS;
	else if (key == K_PASTE)
		snprintf(note, TITLE, "%s", _("粘贴的没有当按键"));
	return IMPORT_WAITS;
}

static enum import_answer read_alone(struct alone *alone, struct page *page, const char *file)
{
	enum import_answer said = IMPORT_WAITS;
	char note[TITLE] = "";
	int key;

	alone->asks = true;
	while (said == IMPORT_WAITS) {
		draw(alone, page, file, *note ? note : _("按 y 照此导入，q 什么也不做"));
		note[0] = '\0';
		if (!alone_key(alone, &key))
			return IMPORT_STOPS;
		if (key == 'y' || page_key(page, key) == LIST_NOT)
			said = answer(alone, key, note);
	}
	return said;
}

/* ---- line by line */

static enum import_answer read_lines(const struct page *page)
{
	struct line line;
	struct buf typed = {0};
	enum import_answer said = IMPORT_WAITS;

	line_start(&line, stdin, stdout);
	for (unsigned at = 0; said == IMPORT_WAITS;) {
		line_page(&line, page, at, at + LINE_PAGE);
		at = at + LINE_PAGE < page->count ? at + LINE_PAGE : page->count;
		buf_clear(&typed);
		if (line_ask(&line,
			    at < page->count ? _("回车 下页，y 照此导入，q 不导入")
					     : _("y 照此导入，q 不导入"),
			    NULL, _("y 以外的都不导入；回车看下页"), &typed) != LINE_OK)
			said = IMPORT_STOPS;
		else if (typed.len)
			said = strcmp(buf_cstr(&typed), "y") ? IMPORT_STOPS : IMPORT_GOES_ON;
	}
	buf_release(&typed);
	return said;
}

enum import_answer import_preview(const struct intake *in, const char *file, struct fault *fault)
{
	struct page page = {.count = 0};
	struct alone alone;
	enum import_answer said;

	fill(in, &page);
	enum rc rc = alone_open(&alone, fault);
	if (rc == RC_OK) {
		said = read_alone(&alone, &page, file);
		alone_close(&alone);
	} else {
		said = rc == RC_NONE ? read_lines(&page) : IMPORT_WAITS;
	}
	page_release(&page);
	return said;
}
