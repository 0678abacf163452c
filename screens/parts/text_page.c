/* SPDX-License-Identifier: GPL-3.0-or-later
 * The official texts of a record as pages.
 */
#include "screens/text_page.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "screens/display.h"
#include "work/text.h"
#include "work/why.h"

/* Line by line as the terminal can show it; columns stand two apart. */
static void add_lines(struct page *page, const struct buf *text)
{
	struct bytes left = buf_bytes(text);
	while (left.len) {
		const uint8_t *end = memchr(left.at, '\n', left.len);
		size_t len = end ? (size_t)(end - left.at) : left.len;
		struct buf line = {0}, shown = {0};
		for (size_t n = 0; n < len; n++)
			if (left.at[n] == '\t')
				buf_text(&line, "  ");
			else
				buf_byte(&line, (char)left.at[n]);
		display_text(buf_cstr(&line), &shown);
		page_add(page, LOOK_PLAIN, &shown);
		buf_release(&line);
		len += end != NULL;
		left = bytes_of(left.at + len, left.len - len);
	}
}

static enum rc load_row(struct text_page *shown, const struct actor *actor, const struct row *row,
	struct fault *fault)
{
	const char *names[TEXT_NAMES];
	struct world world;
	struct buf text = {0};
	char number[32];
	world_open(&world, actor->store, actor->user, store_now(actor->store));
	shown->count = text_names(row, names);
	shown->nth = shown->count ? shown->nth % shown->count : 0;
	const char *name = shown->count ? names[shown->nth] : "";
	enum rc rc = text_compose(&text, &world, row, name, fault);
	if (!rc) {
		page_clear(&shown->page);
		add_lines(&shown->page, &text);
		store_number(actor->store, row->ref, number);
		text_fit(shown->title, sizeof shown->title, number);
		if (shown->count > 1)
			snprintf(shown->title, sizeof shown->title, "%s (%u/%u)", number,
				shown->nth + 1, shown->count);
	}
	buf_release(&text);
	return rc;
}

static enum rc load_why(struct text_page *shown, const struct actor *actor, const struct row *row,
	struct fault *fault)
{
	struct world world;
	struct buf text = {0};
	(void)fault;
	world_open(&world, actor->store, actor->user, store_now(actor->store));
	why_tell(&world, row, &text);
	page_clear(&shown->page);
	add_lines(&shown->page, &text);
	store_number(actor->store, row->ref, shown->title);
	buf_release(&text);
	return RC_OK;
}

enum rc text_page_load(
	struct text_page *shown, const struct actor *actor, struct ref ref, struct fault *fault)
{
	struct arena arena = {0};
	struct row row;
	enum rc rc = store_row(actor->store, ref, &arena, &row, fault);
	if (!rc)
		rc = (shown->why ? load_why : load_row)(shown, actor, &row, fault);
	arena_release(&arena);
	return rc;
}

/* ---- on one line */

static const char *behind_line(const char *text)
{
	const char *end = strchr(text, '\n');

	return end && end[1] ? end + 1 : text;
}

void text_spoken(const struct actor *actor, const struct row *row, struct buf *out)
{
	const char *names[TEXT_NAMES];
	unsigned count = text_names(row, names);
	struct world world;
	struct buf text = {0};
	struct fault fault;

	world_open(&world, actor->store, actor->user, store_now(actor->store));
	for (unsigned n = 0; n < count; n++)
		if (!strncmp(names[n], "call.", 5) &&
			text_compose(&text, &world, row, names[n], &fault) == RC_OK)
			display_text(behind_line(buf_cstr(&text)), out);
	buf_release(&text);
}
