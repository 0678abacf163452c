/* SPDX-License-Identifier: GPL-3.0-or-later
 * What of a record goes on paper, as pages to be read and as sheets.
 */
#include "screens/text_page.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "model/kinds.h"
#include "screens/display.h"
#include "screens/printer.h"
#include "work/text.h"
#include "work/why.h"

enum { TEXTS_MOST = 2 * TEXT_NAMES };

/* Columns stand two apart; of a row of a table every second cell is what the one before it names.
 */
static void put_line(struct bytes text, struct buf *line)
{
	bool row = text.len && *text.at == '|', named = false;
	for (size_t n = row; n < text.len; n++) {
		if (text.at[n] == '\t' || (row && text.at[n] == '|' && named))
			buf_text(line, "  ");
		else if (row && text.at[n] == '|')
			buf_text(line, display_colon());
		else
			buf_byte(line, (char)text.at[n]);
		named ^= row && text.at[n] == '|';
	}
}

/* Line by line as the terminal can show it. */
static void add_lines(struct page *page, const struct buf *text)
{
	struct bytes left = buf_bytes(text);
	while (left.len) {
		const uint8_t *end = memchr(left.at, '\n', left.len);
		size_t len = end ? (size_t)(end - left.at) : left.len;
		struct buf line = {0}, shown = {0};
		put_line(bytes_of(left.at, len), &line);
		display_text(buf_cstr(&line), &shown);
		page_add(page, LOOK_PLAIN, &shown);
		buf_release(&line);
		len += end != NULL;
		left = bytes_of(left.at + len, left.len - len);
	}
}

void text_page_fill(struct text_page *shown)
{
	page_clear(&shown->page);
	add_lines(&shown->page, &shown->body);
}

/* Of a roster also those of its day, which are about no record. */
static unsigned names_of(const struct row *row, const char *names[TEXTS_MOST])
{
	unsigned count = text_names(row, names);
	if (row->kind->id == KIND_roster)
		count += text_names(NULL, names + count);
	return count;
}

static enum rc put_body(struct text_page *shown, const struct actor *actor, const struct row *row,
	struct fault *fault)
{
	const char *names[TEXTS_MOST];
	struct world world;
	shown->texts = names_of(row, names);
	shown->count = shown->texts + 1;
	shown->nth %= shown->count;
	shown->form = SHEET_TEXT;
	if (shown->nth == shown->texts)
		return sheet_record(actor, row->ref, &shown->body, fault);
	if (!strncmp(names[shown->nth], "call.", 5))
		shown->form = SHEET_SPOKEN;
	world_open(&world, actor->store, actor->user, store_now(actor->store));
	bool day = !strncmp(names[shown->nth], "day.", strlen("day."));
	return text_compose(&shown->body, &world, day ? NULL : row, names[shown->nth], fault);
}

static enum rc load_row(struct text_page *shown, const struct actor *actor, const struct row *row,
	struct fault *fault)
{
	enum rc rc = put_body(shown, actor, row, fault);
	if (!rc)
		snprintf(shown->title, sizeof shown->title, "%s (%u/%u)", shown->number,
			shown->nth + 1, shown->count);
	return rc;
}

static enum rc load_why(struct text_page *shown, const struct actor *actor, const struct row *row,
	struct fault *fault)
{
	struct world world;
	(void)fault;
	world_open(&world, actor->store, actor->user, store_now(actor->store));
	why_tell(&world, row, &shown->body);
	text_fit(shown->title, sizeof shown->title, shown->number);
	return RC_OK;
}

enum rc text_page_load(
	struct text_page *shown, const struct actor *actor, struct ref ref, struct fault *fault)
{
	struct arena arena = {0};
	struct row row;
	buf_clear(&shown->body);
	enum rc rc = store_row(actor->store, ref, &arena, &row, fault);
	if (!rc) {
		store_number(actor->store, ref, shown->number);
		rc = (shown->why ? load_why : load_row)(shown, actor, &row, fault);
	}
	if (!rc)
		text_page_fill(shown);
	arena_release(&arena);
	return rc;
}

void text_page_release(struct text_page *shown)
{
	buf_release(&shown->body);
	page_release(&shown->page);
}

unsigned text_page_sheet(
	const struct text_page *shown, const struct actor *actor, unsigned heads, struct buf *out)
{
	const struct sheet_size size = printer_size();
	struct buf laid = {0}, foot = {0};
	char time[WHEN_TEXT];
	when_show(store_now(actor->store), time);
	buf_fmt(&foot, _("%s%s%s %s打印 %s"), store_station(actor->store)->name,
		*shown->number ? "  " : "", shown->number, time,
		actor->user ? actor->user->name : "");
	sheet_lay(buf_bytes(&shown->body), shown->form, size.columns, &laid);
	unsigned pages = sheet_pages(buf_bytes(&laid), heads, buf_cstr(&foot), &size, out);
	buf_release(&laid);
	buf_release(&foot);
	return pages;
}

/* ---- on one line */

static const char *behind_line(const char *text)
{
	const char *end = strchr(text, '\n');

	return end && end[1] ? end + 1 : text;
}

void text_spoken(const struct actor *actor, const struct row *row, bool brief, struct buf *out)
{
	const char *names[TEXT_NAMES];
	unsigned count = text_names(row, names);
	struct world world;
	struct buf text = {0};
	struct fault fault;

	world_open(&world, actor->store, actor->user, store_now(actor->store));
	for (unsigned n = 0; n < count; n++)
		if (!strncmp(names[n], "call.", 5) &&
			text_compose(&text, &world, row, names[n], &fault) == RC_OK) {
			const char *spoken = behind_line(buf_cstr(&text));

			display_text(brief ? behind_line(spoken) : spoken, out);
		}
	buf_release(&text);
}
