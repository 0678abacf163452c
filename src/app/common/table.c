/* SPDX-License-Identifier: GPL-3.0-or-later
 * Plain tables: every column as wide as its widest cell; on a terminal the widest ones give way
 * until a row fits.
 */
#include "app/out.h"

#include <string.h>

#include "base/text.h"
#include "model/pinyin.h"

enum { GAP = 2, NARROWEST = 4 };

struct table_row {
	struct table_row *next;
	const char *cells[TABLE_COLUMNS];
};

static void widths_of(const struct table *table, unsigned widths[TABLE_COLUMNS])
{
	memset(widths, 0, TABLE_COLUMNS * sizeof *widths);
	for (const struct table_row *row = table->first; row; row = row->next)
		for (unsigned i = 0; i < table->columns; i++) {
			size_t wide = row->cells[i] ? text_columns(row->cells[i]) : 0;
			if (wide > widths[i])
				widths[i] = (unsigned)wide;
		}
	/* Only a column that says something has a head. */
	for (unsigned i = 0; i < table->columns; i++)
		if (widths[i] && text_columns(table->heads[i]) > widths[i])
			widths[i] = (unsigned)text_columns(table->heads[i]);
}

static void widths_fit(unsigned widths[TABLE_COLUMNS], unsigned count, unsigned columns)
{
	for (;;) {
		unsigned total = 0, widest = 0;
		for (unsigned i = 0; i < count; i++) {
			if (widths[i])
				total += widths[i] + (total ? GAP : 0);
			if (widths[i] >= widths[widest])
				widest = i;
		}
		if (total <= columns || widths[widest] <= NARROWEST)
			return;
		widths[widest]--;
	}
}

static void blanks(struct buf *out, size_t n)
{
	while (n--)
		buf_byte(out, ' ');
}

static void put_cell(struct buf *out, const char *text, unsigned width, bool right)
{
	size_t used, len = text_cut(text, width, &used);
	if (right)
		blanks(out, width - used);
	buf_put(out, text, len);
	if (!right)
		blanks(out, width - used);
}

static void put_row(const struct table *table, const char *const *cells,
	const unsigned widths[TABLE_COLUMNS], struct buf *out)
{
	bool later = false;
	for (unsigned i = 0; i < table->columns; i++) {
		if (!widths[i])
			continue;
		if (later)
			blanks(out, GAP);
		later = true;
		put_cell(out, cells[i] ? cells[i] : "", widths[i], table->right[i]);
	}
	while (out->len && out->at[out->len - 1] == ' ')
		out->len--;
	buf_byte(out, '\n');
}

/* As it will be printed: a terminal without hanzi gets pinyin, which is wider. */
static const char *kept(struct table *table, const char *text)
{
	struct buf plain = {0}, latin = {0};
	text_plain(text, &plain);
	if (out_columns() && !words_hanzi())
		pinyin_show(buf_cstr(&plain), &latin);
	const char *copy = arena_text(&table->arena, buf_cstr(latin.len ? &latin : &plain));
	buf_release(&plain);
	buf_release(&latin);
	return copy;
}

void table_head(struct table *table, const char *label, bool right)
{
	assert(table->columns < TABLE_COLUMNS);
	table->heads[table->columns] = kept(table, label);
	table->right[table->columns++] = right;
}

void table_cell(struct table *table, const char *text)
{
	if (!table->last || table->at == table->columns) {
		struct table_row *row = arena_get(&table->arena, sizeof *row);
		if (table->last)
			table->last->next = row;
		else
			table->first = row;
		table->last = row;
		table->at = 0;
	}
	table->last->cells[table->at++] = kept(table, text);
}

void table_print(struct table *table, struct buf *out, unsigned columns)
{
	unsigned widths[TABLE_COLUMNS];
	if (!table->first)
		return;
	widths_of(table, widths);
	if (columns)
		widths_fit(widths, table->columns, columns);
	put_row(table, table->heads, widths, out);
	for (const struct table_row *row = table->first; row; row = row->next)
		put_row(table, row->cells, widths, out);
}

void table_release(struct table *table)
{
	arena_release(&table->arena);
	*table = (struct table){0};
}

void out_list_begin(struct out_list *list, bool as_json, const char *const heads[], size_t count)
{
	*list = (struct out_list){.as_json = as_json};
	json_begin(&list->json, &list->text);
	if (as_json)
		json_open(&list->json, '[');
	for (size_t i = 0; !as_json && i < count; i++)
		table_head(&list->table, _(heads[i]), false);
}

void out_list_end(struct out_list *list, bool print)
{
	if (list->as_json) {
		json_close(&list->json, ']');
		buf_byte(&list->text, '\n');
	} else {
		table_print(&list->table, &list->text, out_columns());
	}
	if (print)
		out_buf(&list->text);
	if (print && !list->as_json && !list->table.first)
		out_error("%s", _("一条也没有"));
	table_release(&list->table);
	buf_release(&list->text);
}
