/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board H as lines and rows, and what its keys write.
 */
#include "screens/confirm_page.h"

#include <stdio.h>

#include "base/when.h"
#include "model/kinds.h"
#include "screens/display.h"
#include "work/writing.h"

enum {
	KIND_WIDE = 6,
	NAME = 14,
	NAME_NARROW = 12,
	PHONE = 12,
	LAST = 12,
	SIGN = 4,
	SECOND_MS = 1000
};

/* ---- lines */

static void put_last(int64_t last, int64_t now, struct buf *out)
{
	char date[WHEN_TEXT];

	if (!last) {
		buf_text(out, _("没核对过"));
		return;
	}
	date_show(last, date);
	buf_fmt(out, _("%s核"), last / 10000 == date_of(now) / 10000 ? date + 5 : date);
}

/* What lists show of it, but its name, its telephone and the date. */
static void put_rest(struct store *store, const struct row *row, unsigned tag, struct buf *out)
{
	for (const struct field *field = row->kind->fields; field->tag; field++) {
		bool shown = field->flags & F_LIST && !(field->flags & F_TITLE) &&
			     field->type != T_PHONE && field->tag != tag;

		if (!shown || !row_value(row, field->tag))
			continue;
		if (out->len)
			buf_byte(out, ' ');
		display_field(store, row, field, false, out);
	}
}

static void put_phone(struct store *store, const struct row *row, struct buf *out)
{
	const struct field *phone = field_named(row->kind, "phone");

	if (phone && row_value(row, phone->tag))
		display_field(store, row, phone, false, out);
}

static void put_row(struct confirm_page *page, struct store *store, const struct confirm_row *at,
	unsigned columns, struct buf *out)
{
	bool wide = columns >= TALLY_NARROW;
	unsigned name = wide ? NAME : NAME_NARROW;
	struct arena arena = {0};
	struct buf text = {0};
	struct fault fault;
	struct row row;

	if (!store_row(store, at->ref, &arena, &row, &fault)) {
		buf_text(&text, _(row.kind->label));
		display_cell(&text, wide ? KIND_WIDE : 4, out);
		display_title(store, &row, &text);
		display_cell(&text, name, out);
		put_phone(store, &row, &text);
		display_cell(&text, PHONE, out);
		if (wide) {
			put_rest(store, &row, at->tag, &text);
			display_cell(
				&text, columns - KIND_WIDE - name - PHONE - LAST - SIGN - 4, out);
		}
		put_last(at->last, page->now, out);
	}
	buf_release(&text);
	arena_release(&arena);
}

void confirm_page_line(struct confirm_page *page, struct store *store, const struct confirm_row *at,
	struct buf *out)
{
	struct arena arena = {0};
	struct buf rest = {0};
	struct fault fault;
	struct row row;

	if (!store_row(store, at->ref, &arena, &row, &fault)) {
		buf_fmt(out, "%s ", _(row.kind->label));
		display_title(store, &row, out);
		buf_byte(out, ' ');
		put_phone(store, &row, out);
		put_rest(store, &row, at->tag, &rest);
		buf_fmt(out, " %s ", buf_cstr(&rest));
		put_last(at->last, page->now, out);
	}
	buf_release(&rest);
	arena_release(&arena);
}

static void add_lines(struct confirm_page *page)
{
	bool may = false;

	for (unsigned n = 0; n < page->rows.count && !may; n++)
		may = page->rows.rows[n].may;
	tally_clear(&page->tally);
	if (page->rows.count || page->done)
		tally_head(&page->tally, LOOK_TITLE,
			arena_fmt(&page->lines, _("没核对%u 这次核对了%u"), page->rows.count,
				page->done));
	if (may)
		tally_foot(&page->tally, LOOK_PLAIN, _("打电话或问一声：对按 y 记下，不对按 e 改"));
	tally_foot(&page->tally, LOOK_MARK, page->said);
}

void confirm_page_lay(struct confirm_page *page, struct store *store, unsigned columns)
{
	struct list *list = &page->tally.list;
	struct buf text = {0};

	if (page->tally.columns == columns)
		return;
	arena_release(&page->lines);
	list->column_count = 0;
	list_column(list, "", 0, false);
	list_clear(list);
	for (unsigned n = 0; n < page->rows.count; n++) {
		struct list_row *row = list_add(list, page->rows.rows[n].ref);

		row->id = n;
		put_row(page, store, &page->rows.rows[n], columns, &text);
		list_cell(list, row, 0, buf_cstr(&text));
		buf_clear(&text);
	}
	list_done(list);
	buf_release(&text);
	add_lines(page);
	page->tally.columns = columns;
}

/* ---- loading */

enum rc confirm_page_load(struct confirm_page *page, const struct actor *actor, struct arena *arena,
	struct fault *fault)
{
	if (!page->tally.started) {
		tally_start(&page->tally, _("没有要核对的：都在时限内核对过"));
		page->tally.list.marks = true;
	}
	page->now = store_now(actor->store);
	page->tally.columns = 0;
	return confirm_load(&page->rows, actor, arena, fault);
}

void confirm_page_release(struct confirm_page *page)
{
	tally_release(&page->tally);
	arena_release(&page->lines);
}

const struct confirm_row *confirm_page_at(struct confirm_page *page)
{
	const struct list_row *row = list_row(&page->tally.list);

	return row ? &page->rows.rows[row->id] : NULL;
}

unsigned confirm_page_marked(const struct confirm_page *page)
{
	const struct list *list = &page->tally.list;
	unsigned count = 0;

	for (unsigned n = 0; n < list->count; n++)
		count += list->rows[n].marked;
	return count;
}

/* ---- keys that write */

static void name_of(struct store *store, struct ref ref, struct buf *out)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;

	if (!store_row(store, ref, &arena, &row, &fault))
		display_title(store, &row, out);
	arena_release(&arena);
}

enum rc confirm_page_right(struct confirm_page *page, const struct actor *actor,
	const struct confirm_row *row, struct fault *fault)
{
	struct buf name = {0};
	int64_t now = when_now_ms();

	if (page->done_ms && now >= page->done_ms && now - page->done_ms < SECOND_MS)
		return fault_set(fault, RC_BAD, "%s", _("太快了，没有记：看清一行再按一次"));
	enum rc rc = confirm_write(actor, row, date_of(store_now(actor->store)), fault);
	if (rc)
		return rc;
	page->done++;
	page->done_ms = now;
	page->last = *row;
	page->back = true;
	name_of(actor->store, row->ref, &name);
	snprintf(page->said, sizeof(page->said), _("%s 核对无误  u撤"), buf_cstr(&name));
	buf_release(&name);
	return RC_OK;
}

enum rc confirm_page_right_marked(
	struct confirm_page *page, const struct actor *actor, struct fault *fault)
{
	const struct list *list = &page->tally.list;
	int64_t today = date_of(store_now(actor->store));
	unsigned count = 0;
	enum rc rc = store_begin(actor->store, fault);

	if (rc)
		return rc;
	for (unsigned n = 0; n < list->count && !rc; n++) {
		if (!list->rows[n].marked)
			continue;
		rc = confirm_write(actor, &page->rows.rows[list->rows[n].id], today, fault);
		count++;
	}
	rc = writing_all(actor->store, rc, fault);
	if (rc)
		return rc;
	page->done += count;
	page->back = false;
	snprintf(page->said, sizeof(page->said), _("%u条核对无误"), count);
	return RC_OK;
}

enum rc confirm_page_undo(struct confirm_page *page, const struct actor *actor, struct fault *fault)
{
	if (!page->back || when_now_ms() / 1000 - page->done_ms / 1000 > CONFIRM_UNDO_SECONDS)
		return fault_set(
			fault, RC_BAD, "%s", _("没有可撤的：只能撤这里刚核对的一条，一小时内"));
	enum rc rc = confirm_write(actor, &page->last, page->last.last, fault);
	if (rc)
		return rc;
	page->back = false;
	page->done--;
	snprintf(page->said, sizeof(page->said), "%s", _("已撤回：还是没核对"));
	return RC_OK;
}
