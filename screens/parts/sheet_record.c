/* SPDX-License-Identifier: GPL-3.0-or-later
 * A record as a form.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "screens/display.h"
#include "screens/record_page.h"
#include "screens/sheet.h"

/* zh: a bar parts cells; in a cell it becomes a wide one. */
static const char wide_bar[] = "｜";

static void put_cell(const char *text, struct buf *out)
{
	for (; *text; text++)
		if (*text == '|')
			buf_text(out, wide_bar);
		else
			buf_byte(out, (uint8_t)*text);
}

static void put_row(const char *label, const char *text, struct buf *out)
{
	if (!*text)
		return;
	buf_byte(out, '|');
	put_cell(label, out);
	buf_byte(out, '|');
	put_cell(text, out);
	buf_byte(out, '\n');
}

static void put_head(struct store *store, const struct row *row, struct buf *out)
{
	struct buf author = {0};
	char number[32], time[WHEN_TEXT];
	store_number(store, row->ref, number);
	when_show(row->at, time);
	store_author_of(store, row->by_site, row->by_who, row->by, &author);
	buf_fmt(out, _("%s登记表\n"), _(row->kind->label));
	buf_fmt(out, _("编号：%s　登记：%s　%s　"), number, buf_cstr(&author), time);
	display_area(row->area, out);
	buf_byte(out, '\n');
	buf_release(&author);
}

static void put_fields(struct store *store, const struct row *row, struct buf *out)
{
	struct buf text = {0};
	for (const struct field *field = row->kind->fields; field->tag; field++) {
		buf_clear(&text);
		if (!(field->flags & F_MADE))
			display_field(store, row, field, false, &text);
		put_row(_(field->label), buf_cstr(&text), out);
	}
	if (state_count(row->kind))
		put_row(_("状态"), display_state(row), out);
	buf_release(&text);
}

/* As its page tells it; the first line says how many there are. */
static void put_history(const struct record_page *page, struct buf *out)
{
	for (unsigned n = page->history; n < page->page.count; n++) {
		buf_text(out, page->page.lines[n].text);
		buf_byte(out, '\n');
	}
}

enum rc sheet_record(
	const struct actor *actor, struct ref ref, struct buf *out, struct fault *fault)
{
	static const struct user nobody;
	const struct user *user = actor->user ? actor->user : &nobody;
	struct record_page page = {0};
	struct arena arena = {0};
	struct row row;
	enum rc rc = store_row(actor->store, ref, &arena, &row, fault);
	if (!rc)
		rc = record_page_load(&page, actor->store, user, ref, &arena, fault);
	if (!rc) {
		put_head(actor->store, &row, out);
		put_fields(actor->store, &row, out);
		put_history(&page, out);
		buf_text(out, _("\n登记人：__________　审核人：__________　负责人：__________"));
		buf_text(out, _("\n　年　　月　　日\n"));
	}
	record_page_release(&page);
	arena_release(&arena);
	return rc;
}
