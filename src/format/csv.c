/* SPDX-License-Identifier: GPL-3.0-or-later
 * CSV in and out. A cell's text is copied without its quotes; places are kept as offsets until the
 * row is whole, because the buffer may move.
 */
#include "format/csv.h"

#include <string.h>

#include "base/limits.h"
#include "base/text.h"

/* OWASP, "CSV Injection": spreadsheets of East Asia take the full-width signs, too. */
static bool full_width_sign(const char *text)
{
	static const char *const signs[] = {"＝", "＋", "－", "＠"}; /* zh: signs, not words */

	for (size_t i = 0; i < countof(signs); i++)
		if (!strncmp(text, signs[i], strlen(signs[i])))
			return true;
	return false;
}

/* Behind any apostrophes: a text that begins with an apostrophe gets one more, which csv_next takes
 * off. */
static bool runs_as_formula(const char *text)
{
	text += strspn(text, "'");
	if (full_width_sign(text))
		return true;
	if (*text == '=' || *text == '@' || *text == '\t' || *text == '\r')
		return true;
	if (*text != '+' && *text != '-')
		return false;
	text++;
	return !(*text >= '0' && *text <= '9') || text[strspn(text, "0123456789.- ")] != '\0';
}

static void put_cell(struct buf *out, const char *text, bool first)
{
	bool guard = runs_as_formula(text);
	bool quotes = guard || strpbrk(text, ",\"\r\n;\t") || *text == ' ' ||
		      (*text && text[strlen(text) - 1] == ' ');

	if (!first)
		buf_byte(out, ',');
	if (quotes)
		buf_byte(out, '"');
	if (guard)
		buf_byte(out, '\'');
	for (; *text; text++) {
		if (*text == '"')
			buf_byte(out, '"');
		buf_byte(out, (uint8_t)*text);
	}
	if (quotes)
		buf_byte(out, '"');
}

static char comma_of(struct bytes in)
{
	const uint8_t *end = in.len ? memchr(in.at, '\n', in.len) : NULL;
	size_t len = end ? (size_t)(end - in.at) : in.len;
	static const char commas[] = ",\t;";

	for (const char *c = commas; *c; c++)
		if (len && memchr(in.at, *c, len))
			return *c;
	return ',';
}

void csv_start(struct csv *csv, struct bytes in)
{
	*csv = (struct csv){.in = in, .line = 1, .comma = comma_of(in)};
}

static bool at_end(const struct csv *csv)
{
	return csv->at >= csv->in.len;
}

static bool at_line_end(const struct csv *csv)
{
	return at_end(csv) || csv->in.at[csv->at] == '\n' || csv->in.at[csv->at] == '\r';
}

static void line_end(struct csv *csv)
{
	if (!at_end(csv) && csv->in.at[csv->at] == '\r')
		csv->at++;
	if (!at_end(csv) && csv->in.at[csv->at] == '\n')
		csv->at++;
	csv->line++;
}

static void skip_line(struct csv *csv)
{
	while (!at_line_end(csv))
		csv->at++;
	line_end(csv);
}

static bool quoted(struct csv *csv, const char **why)
{
	for (csv->at++; !at_end(csv); csv->at++) {
		uint8_t c = csv->in.at[csv->at];

		if (c == '"') {
			csv->at++;
			if (at_end(csv) || csv->in.at[csv->at] != '"') {
				if (at_line_end(csv) || csv->in.at[csv->at] == (uint8_t)csv->comma)
					return true;
				*why = _("引号后面应是分隔符；单元格里的引号要写两遍");
				return false;
			}
		}
		csv->line += c == '\n';
		buf_byte(&csv->cells, c);
	}
	*why = _("引号没有结束");
	return false;
}

static bool plain(struct csv *csv, const char **why)
{
	while (!at_line_end(csv) && csv->in.at[csv->at] != (uint8_t)csv->comma) {
		uint8_t c = csv->in.at[csv->at++];

		if (c == '\0') {
			*why = _("含有 NUL 字节");
			return false;
		}
		buf_byte(&csv->cells, c);
	}
	return true;
}

/* One cell into the buffer; *from is where it begins there. */
static bool cell(struct csv *csv, size_t *from, const char **why)
{
	size_t start = csv->cells.len;
	bool good;

	if (!at_end(csv) && csv->in.at[csv->at] == '"')
		good = quoted(csv, why);
	else
		good = plain(csv, why);
	buf_byte(&csv->cells, '\0');
	*from = start;
	if (good && csv->cells.at[start] == '\'' &&
		runs_as_formula((const char *)csv->cells.at + start))
		*from += 1;
	if (good && memchr(csv->cells.at + start, '\0', csv->cells.len - start - 1)) {
		*why = _("含有 NUL 字节");
		return false;
	}
	return good;
}

/* The cells of one line; false with WHY. */
static bool cells(struct csv *csv, size_t from[CSV_COLUMNS], unsigned *count, const char **why)
{
	for (*count = 0;;) {
		if (*count == CSV_COLUMNS) {
			*why = _("列太多");
			return false;
		}
		if (!cell(csv, &from[(*count)++], why))
			return false;
		if (csv->cells.len > LIMIT_ROW) {
			*why = _("一行太长");
			return false;
		}
		if (at_line_end(csv))
			return true;
		csv->at++; /* the comma */
	}
}

static bool blank(const struct csv_row *row)
{
	for (unsigned i = 0; i < row->count; i++)
		if (row->cell[i][strspn(row->cell[i], " \t")] != '\0')
			return false;
	return true;
}

enum csv_read csv_next(struct csv *csv, struct csv_row *row, const char **why)
{
	size_t from[CSV_COLUMNS];

	while (!at_end(csv)) {
		buf_clear(&csv->cells);
		row->line = csv->line;
		if (!cells(csv, from, &row->count, why)) {
			skip_line(csv);
			return CSV_BAD;
		}
		line_end(csv);
		for (unsigned i = 0; i < row->count; i++)
			row->cell[i] = (const char *)csv->cells.at + from[i];
		if (!blank(row))
			return CSV_ROW;
	}
	return CSV_END;
}

void csv_release(struct csv *csv)
{
	buf_release(&csv->cells);
}

void csv_text(struct buf *out, const char *text, bool first)
{
	csv_cell(out, bytes_text(text), first);
}

void csv_cell(struct buf *out, struct bytes text, bool first)
{
	struct buf shown = {0};

	text_show((const char *)text.at, text.len, true, &shown);
	put_cell(out, buf_cstr(&shown), first);
	buf_release(&shown);
}

void csv_end(struct buf *out)
{
	buf_text(out, "\r\n");
}
