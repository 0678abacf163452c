/* SPDX-License-Identifier: GPL-3.0-or-later
 * A page of lines, on top of a list with a row for each row that the folded lines take.
 */
#include "ui/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/pinyin.h"

enum { MARKER = 2 };

static bool same(struct ref a, struct ref b)
{
	return a.site == b.site && a.seq == b.seq;
}

/* ---- filling */

/* Lines before END that are about the same record. */
static unsigned same_before(const struct page *page, unsigned end, struct ref ref)
{
	unsigned count = 0;

	for (unsigned n = 0; n < end; n++)
		count += same(page->lines[n].ref, ref);
	return count;
}

static unsigned first_row(const struct page *page, unsigned line)
{
	unsigned row = 0;

	while (row < page->list.count && page->list.rows[row].id < (int64_t)line)
		row++;
	return row;
}

static void keep_place(struct page *page)
{
	const struct page_line *line = page_line(page);
	unsigned n = line ? (unsigned)(line - page->lines) : 0;

	memset(&page->kept, 0, sizeof(page->kept));
	if (!line)
		return;
	page->kept.ref = line->ref;
	page->kept.nth = same_before(page, n, line->ref);
	page->kept.line = n;
	page->kept.row = page->list.at - first_row(page, n);
}

void page_release(struct page *page)
{
	free(page->lines);
	arena_release(&page->arena);
	if (page->list.empty)
		list_release(&page->list);
	*page = (struct page){0};
}

void page_clear(struct page *page)
{
	if (page->columns)
		keep_place(page);
	page->count = page->columns = 0;
	arena_release(&page->arena);
}

struct page_line *page_add(struct page *page, enum look look, struct buf *text)
{
	page->lines = array_more(page->lines, page->count, &page->room, sizeof *page->lines);
	struct page_line *line = &page->lines[page->count++];
	*line = (struct page_line){.look = look, .text = arena_text(&page->arena, buf_cstr(text))};
	buf_release(text);
	page->columns = 0;
	return line;
}

struct page_line *page_text(struct page *page, enum look look, const char *text)
{
	struct buf line = {0};

	buf_text(&line, text);
	return page_add(page, look, &line);
}

unsigned page_section(struct page *page, const char *title)
{
	page_text(page, LOOK_TITLE, title);
	return page->count - 1;
}

void page_section_end(struct page *page, unsigned head)
{
	if (page->count == head + 1)
		page->count = head;
}

/* ---- layout */

/* Bytes for one row. */
static size_t row_of(const struct page_line *line, const char *rest, unsigned wide)
{
	size_t len = text_wrap(rest, wide), at = len;

	if (line->look != LOOK_KEY || !rest[len])
		return len;
	while (at > 0 && rest[at - 1] != ' ')
		at--;
	return at > 0 ? at : len;
}

static void fold(struct page *page, unsigned n, struct pane room)
{
	const struct page_line *line = &page->lines[n];
	unsigned wide = page->columns - (page->text ? 0 : MARKER), indent = 0;
	struct buf latin = {0};

	if (room.latin)
		pinyin_show(line->text, &latin);
	const char *rest = room.latin ? buf_cstr(&latin) : line->text;
	do {
		struct list_row *row = list_add(&page->list, (struct ref){0, 0});
		size_t len = row_of(line, rest, wide > indent ? wide - indent : 1);
		struct buf text = {0};

		buf_fmt(&text, "%*s%.*s", (int)indent, "", (int)len, rest);
		while (text.len > 0 && strchr("\n ", text.at[text.len - 1]))
			text.len--;
		row->id = n;
		row->look = line->look;
		list_cell(&page->list, row, 0, buf_cstr(&text));
		buf_release(&text);
		rest += len;
		indent = page->indent;
	} while (*rest);
	buf_release(&latin);
}

/* The line where '>' was, in the lines that are there now. */
static unsigned kept_line(const struct page *page)
{
	unsigned nth = 0;

	for (unsigned n = 0; page->kept.ref.seq && n < page->count; n++)
		if (same(page->lines[n].ref, page->kept.ref) && nth++ == page->kept.nth)
			return n;
	return page->kept.line;
}

static void find_place(struct page *page)
{
	struct list *list = &page->list;
	unsigned line = kept_line(page), row = first_row(page, line), most = row + page->kept.row;

	while (row < most && row + 1 < list->count && list->rows[row + 1].id == (int64_t)line)
		row++;
	if (row >= list->count)
		row = list->count ? list->count - 1 : 0;
	list->at = row;
}

static void start_list(struct page *page)
{
	list_start(&page->list, "");
	list_column(&page->list, "", 0, false);
	page->list.head = false;
	page->list.plain = true;
}

static void fold_all(struct page *page, struct pane room)
{
	if (!page->list.empty)
		start_list(page);
	else if (page->columns)
		keep_place(page);
	page->columns = room.columns;
	page->list.empty = page->empty ? page->empty : "";
	list_clear(&page->list);
	for (unsigned n = 0; n < page->count; n++)
		fold(page, n, room);
	list_done(&page->list);
	find_place(page);
}

bool page_layout(struct page *page, struct pane room)
{
	if (page->columns != room.columns)
		fold_all(page, room);
	if (page->text)
		page->list.page = room.rows ? room.rows : 1;
	else
		list_layout(&page->list, room);
	return page->list.top + page->list.page < page->list.shown;
}

/* ---- keys */

/* Rows that a key scrolls by; 0 = none. */
static long rows_of(const struct list *list, int key)
{
	const long all = (long)list->shown, page = (long)list->page;
	const struct {
		int keys[2];
		long rows;
	} moves[] = {
		{{'j', K_DOWN}, 1},
		{{'k', K_UP}, -1},
		{{' ', K_PAGE_DOWN}, page},
		{{'-', K_PAGE_UP}, -page},
		{{'g', K_HOME}, -all - 1},
		{{'G', K_END}, all + 1},
	};

	for (size_t n = 0; n < countof(moves); n++)
		if (key == moves[n].keys[0] || key == moves[n].keys[1])
			return moves[n].rows;
	return 0;
}

/* Without a '>' the page scrolls, down as long as there is more below. */
static enum list_act scroll_key(struct list *list, int key)
{
	long rows = rows_of(list, key), last = (long)list->shown - (long)list->page;
	long top = (long)list->top + rows;

	if (rows == 0)
		return LIST_NOT;
	if (rows < 0 || (long)list->top < last)
		list->top = top < 0 ? 0 : (unsigned)top;
	if (rows > (long)list->shown)
		list->top = last < 0 ? 0 : (unsigned)last;
	return LIST_MOVED;
}

enum list_act page_key(struct page *page, int key)
{
	for (unsigned n = 0; n < page->count; n++) {
		if (page->lines[n].key == key && key) {
			page->list.at = first_row(page, n);
			return LIST_CHOSEN;
		}
	}
	return page->text ? scroll_key(&page->list, key) : list_key(&page->list, key);
}

void page_jump(struct page *page, unsigned line)
{
	unsigned row = first_row(page, line);

	if (row < page->list.count)
		page->list.at = page->list.top = row;
}

const struct page_line *page_line(const struct page *page)
{
	const struct list *list = &page->list;

	return page->columns && list->at < list->count ? &page->lines[list->rows[list->at].id]
						       : NULL;
}

/* ---- drawing */

void page_draw(const struct page *page, struct pane pane)
{
	const struct list *list = &page->list;

	if (!page->text) {
		list_draw(list, pane);
		return;
	}
	for (unsigned n = 0; n < pane.rows && list->top + n < list->count; n++)
		pane_text(pane, n, 0, list->rows[list->top + n].look, 0,
			list->rows[list->top + n].cells[0]);
}
