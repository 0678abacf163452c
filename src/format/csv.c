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

enum { LINES_LOOKED_AT = 64, COUNTS = 96 };

/* How many of the first lines have the same number of SIGN outside quotes: a table has the same in
 * most of them, and signs inside texts come as they come. */
static unsigned lines_alike(struct bytes in, uint8_t sign)
{
	unsigned lines[COUNTS] = {0}, count = 0, seen = 0, best = 0;
	bool inside = false;

	for (size_t i = 0; i <= in.len && seen < LINES_LOOKED_AT; i++) {
		if (i < in.len && in.at[i] == '"')
			inside = !inside;
		if (i < in.len && (inside || in.at[i] != '\n')) {
			count += !inside && in.at[i] == sign;
			continue;
		}
		seen++;
		if (count)
			lines[count < COUNTS ? count : COUNTS - 1]++;
		count = 0;
	}
	for (unsigned i = 1; i < COUNTS; i++)
		best = lines[i] > best ? lines[i] : best;
	return best;
}

static char comma_of(struct bytes in)
{
	static const char commas[] = ",\t;|";
	unsigned most = 0;
	char comma = ',';

	for (const char *c = commas; *c; c++) {
		unsigned alike = lines_alike(in, (uint8_t)*c);

		if (alike > most) {
			most = alike;
			comma = *c;
		}
	}
	return comma;
}

/* "sep=;" in the first line is for spreadsheets. */
static bool told(struct csv *csv)
{
	const uint8_t *at = csv->in.at;

	if (csv->in.len < 6 || memcmp(at, "sep=", 4) != 0 || (at[5] != '\r' && at[5] != '\n'))
		return false;
	csv->comma = (char)at[4];
	return true;
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

void csv_start(struct csv *csv, struct bytes in)
{
	*csv = (struct csv){.in = in, .line = 1};
	if (told(csv))
		skip_line(csv);
	else
		csv->comma = comma_of(in);
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

static bool month_name(const char *text)
{
	static const char names[] = "jan feb mar apr may jun jul aug sep oct nov dec ";
	char small[] = "   ";

	for (int i = 0; i < 3 && text[i]; i++)
		small[i] = (char)(text[i] | 0x20);
	return small[2] != ' ' && strstr(names, small) && small[0] != ' ' && small[1] != ' ';
}

/* Long numbers, zeros in front, and what may be a day, a time or a power of ten: 410882103205,
 * 0391, 3-2, 1/2, MAR-17, 1E5. */
static bool taken_for_other(const char *text)
{
	size_t digits = strspn(text, "0123456789");
	const char *behind = text + digits;

	if (!digits)
		return month_name(text) && strpbrk(text, "0123456789");
	if (!*behind)
		return digits > 11 || (*text == '0' && digits > 1);
	if (strchr("-/ ", *behind) && month_name(behind + 1))
		return true;
	return !behind[strspn(behind, "0123456789-/:.eE+ ")];
}

void csv_sheet(struct buf *out, struct bytes text, bool first)
{
	struct buf cell = {0};

	buf_put(&cell, text.at, text.len);
	if (!taken_for_other(buf_cstr(&cell))) {
		csv_cell(out, text, first);
	} else {
		if (!first)
			buf_byte(out, ',');
		buf_fmt(out, "\"=\"\"%s\"\"\"", buf_cstr(&cell));
	}
	buf_release(&cell);
}

void csv_end(struct buf *out)
{
	buf_text(out, "\r\n");
}
