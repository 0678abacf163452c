/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lines and pages of paper.
 */
#include "screens/sheet.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum { CELLS = 8, ROWS = 64, LEAST = 6, EDGES = 3, LINE_ROOM = 256 };

/* zh: how official texts end a sentence, and set apart who signs. */
static const char stop[] = "。", wide_blank[] = "　";

struct table {
	unsigned columns, cells, rows;
	unsigned wide[CELLS];
	unsigned above, above_wide[CELLS]; /* cells of the table that ends where this begins; 0:
					      none does */
	struct bytes cell[ROWS][CELLS];
};

static bool ends_in(struct bytes text, const char *end)
{
	size_t len = strlen(end);
	return text.len >= len && !memcmp(text.at + text.len - len, end, len);
}

static bool holds(struct bytes text, const char *word)
{
	return memmem(text.at, text.len, word, strlen(word));
}

static unsigned columns_of(struct bytes text)
{
	return (unsigned)text_columns_n((const char *)text.at, text.len);
}

/* The next line at *LEFT, without its end. False: there is none. */
static bool next_line(struct bytes *left, struct bytes *line)
{
	if (!left->len)
		return false;
	const uint8_t *end = memchr(left->at, '\n', left->len);
	size_t len = end ? (size_t)(end - left->at) : left->len;
	*line = bytes_of(left->at, len);
	len += end != NULL;
	*left = bytes_of(left->at + len, left->len - len);
	return true;
}

/* The next piece at *LEFT that fits in COLUMNS. */
static struct bytes next_piece(struct bytes *left, unsigned columns)
{
	struct buf whole = {0};
	buf_put(&whole, left->at, left->len);
	size_t len = text_wrap(buf_cstr(&whole), columns);
	buf_release(&whole);
	struct bytes piece = bytes_of(left->at, len);
	*left = bytes_of(left->at + len, left->len - len);
	while (piece.len && (piece.at[piece.len - 1] == ' ' || piece.at[piece.len - 1] == '\n'))
		piece.len--;
	return piece;
}

static void put_blanks(unsigned count, struct buf *out)
{
	while (count--)
		buf_byte(out, ' ');
}

static void put_piece(unsigned indent, struct bytes piece, struct buf *out)
{
	put_blanks(piece.len ? indent : 0, out);
	buf_put(out, piece.at, piece.len);
	buf_byte(out, '\n');
}

/* ---- lines of text */

static void put_title(struct bytes line, unsigned columns, struct buf *out)
{
	do {
		struct bytes piece = next_piece(&line, columns);
		put_piece((columns - columns_of(piece)) / 2, piece, out);
	} while (line.len);
	buf_byte(out, '\n');
}

static void put_wrapped(
	struct bytes line, unsigned indent, unsigned next, unsigned columns, struct buf *out)
{
	do {
		put_piece(indent, next_piece(&line, columns - indent), out);
		indent = next;
	} while (line.len);
}

static void put_line(struct bytes line, bool last, unsigned columns, struct buf *out)
{
	enum { PARAGRAPH = 4, GOES_ON = 2 };
	unsigned wide = columns_of(line);
	if (ends_in(line, stop))
		put_wrapped(line, PARAGRAPH, 0, columns, out);
	else if (wide > columns)
		put_wrapped(line, 0, GOES_ON, columns, out);
	else if (last && holds(line, wide_blank))
		put_piece(columns - wide, line, out);
	else
		put_piece(0, line, out);
}

/* ---- tables */

static unsigned cells_of(struct bytes line, struct bytes cell[CELLS])
{
	unsigned count = 0;
	if (!line.len || *line.at != '|')
		return 0;
	line = bytes_of(line.at + 1, line.len - 1);
	while (line.len && count < CELLS) {
		const uint8_t *end =
			count + 1 < CELLS ? memchr(line.at, '|', line.len) : line.at + line.len;
		size_t len = end ? (size_t)(end - line.at) : line.len;
		cell[count++] = bytes_of(line.at, len);
		len += len < line.len;
		line = bytes_of(line.at + len, line.len - len);
	}
	return count;
}

static unsigned sum_of(const struct table *table)
{
	unsigned sum = 1;
	for (unsigned n = 0; n < table->cells; n++)
		sum += table->wide[n] + EDGES;
	return sum;
}

/* Every second cell is a value, and gets what is left; where there is too little the widest gives.
 */
static void fit_table(struct table *table)
{
	memset(table->wide, 0, sizeof table->wide);
	for (unsigned r = 0; r < table->rows; r++)
		for (unsigned n = 0; n < table->cells; n++) {
			unsigned wide = columns_of(table->cell[r][n]);
			if (wide > table->wide[n])
				table->wide[n] = wide;
		}
	while (sum_of(table) > table->columns) {
		unsigned most = 0;
		for (unsigned n = 1; n < table->cells; n++)
			if (table->wide[n] > table->wide[most])
				most = n;
		if (table->wide[most] <= LEAST)
			break;
		table->wide[most]--;
	}
	for (unsigned n = table->cells > 1; sum_of(table) < table->columns;) {
		table->wide[n]++;
		n = n + 2 < table->cells ? n + 2 : table->cells > 1;
	}
}

static void mark_edges(unsigned cells, const unsigned wide[CELLS], char line[LINE_ROOM])
{
	unsigned at = 0;
	for (unsigned n = 0; cells && n <= cells; n++) {
		if (at < LINE_ROOM)
			line[at] = '+';
		at += n < cells ? wide[n] + EDGES : 0;
	}
}

/* One rule between two tables has the edges of both. */
static void put_rule(struct table *table, struct buf *out)
{
	unsigned wide = sum_of(table) < LINE_ROOM ? sum_of(table) : LINE_ROOM - 1;
	char line[LINE_ROOM];
	memset(line, '-', sizeof line);
	mark_edges(table->above, table->above_wide, line);
	mark_edges(table->cells, table->wide, line);
	buf_put(out, line, wide);
	buf_byte(out, '\n');
	table->above = 0;
}

static void put_row(struct table *table, struct bytes cell[CELLS], struct buf *out)
{
	bool more = true;
	while (more) {
		more = false;
		for (unsigned n = 0; n < table->cells; n++) {
			struct bytes piece = {0};
			if (cell[n].len)
				piece = next_piece(&cell[n], table->wide[n]);
			unsigned used = columns_of(piece);
			buf_text(out, "| ");
			buf_put(out, piece.at, piece.len);
			put_blanks(used < table->wide[n] ? table->wide[n] - used + 1 : 1, out);
			more |= cell[n].len > 0;
		}
		buf_text(out, "|\n");
	}
}

/* MORE: another one begins right below. */
static void put_table(struct table *table, bool more, struct buf *out)
{
	if (!table->rows)
		return;
	fit_table(table);
	for (unsigned r = 0; r < table->rows; r++) {
		put_rule(table, out);
		put_row(table, table->cell[r], out);
	}
	if (more) {
		table->above = table->cells;
		memcpy(table->above_wide, table->wide, sizeof table->wide);
	} else {
		put_rule(table, out);
	}
	table->rows = 0;
}

/* False: LINE is no row of a table. */
static bool take_row(struct table *table, struct bytes line, struct buf *out)
{
	struct bytes cell[CELLS];
	unsigned cells = cells_of(line, cell);
	if (!cells)
		return false;
	if (table->rows == ROWS || cells != table->cells)
		put_table(table, true, out);
	table->cells = cells;
	memcpy(table->cell[table->rows++], cell, sizeof cell);
	return true;
}

/* ---- the whole */

/* As it may be printed, line by line: no control character of a text reaches a printer. */
static void make_plain(struct bytes text, struct buf *out)
{
	struct bytes line;
	while (next_line(&text, &line)) {
		struct buf one = {0};
		text_show((const char *)line.at, line.len, false, &one);
		text_plain(buf_cstr(&one), out);
		buf_byte(out, '\n');
		buf_release(&one);
	}
}

void sheet_lay(struct bytes text, enum sheet_form form, unsigned columns, struct buf *out)
{
	struct table table = {.columns = columns};
	struct buf plain = {0};
	struct bytes line, left;
	if (form != SHEET_AS_IS)
		make_plain(text, &plain);
	left = form == SHEET_AS_IS ? text : buf_bytes(&plain);
	if (form != SHEET_SPOKEN && next_line(&left, &line))
		put_title(line, columns, out);
	while (next_line(&left, &line)) {
		if (form == SHEET_AS_IS) {
			put_piece(0, line, out);
		} else if (!take_row(&table, line, out)) {
			put_table(&table, false, out);
			put_line(line, !left.len, columns, out);
		}
	}
	put_table(&table, false, out);
	buf_release(&plain);
}

/* ---- pages */

static unsigned lines_of(struct bytes laid)
{
	unsigned count = 0;
	struct bytes line;
	while (next_line(&laid, &line))
		count++;
	return count;
}

static void put_foot(
	const char *foot, unsigned page, unsigned pages, unsigned columns, struct buf *out)
{
	char number[40], left[200];
	snprintf(number, sizeof number, _("第%u页 共%u页"), page, pages);
	unsigned wide = (unsigned)text_columns(number);
	size_t used;
	size_t len = text_cut(foot, columns > wide + 1 ? columns - wide - 1 : 0, &used);
	snprintf(left, sizeof left, "%.*s", (int)len, foot);
	buf_fmt(out, "\n%s", left);
	put_blanks(columns - wide - (unsigned)used, out);
	buf_fmt(out, "%s\n", number);
}

unsigned sheet_pages(struct bytes laid, unsigned heads, const char *foot,
	const struct sheet_size *size, struct buf *out)
{
	struct bytes head[8], line;
	unsigned room = size->lines - SHEET_FOOT, count = lines_of(laid);
	heads = heads < countof(head) ? heads : 0;
	heads = count > heads ? heads : 0;
	for (unsigned n = 0; n < heads; n++)
		(void)next_line(&laid, &head[n]);
	unsigned body = room - heads, pages = (count - heads + body - 1) / body;
	pages = pages ? pages : 1;
	for (unsigned page = 1; page <= pages; page++) {
		unsigned used = heads;
		if (page > 1)
			buf_byte(out, '\f');
		for (unsigned n = 0; n < heads; n++)
			put_piece(0, head[n], out);
		for (; used < room && next_line(&laid, &line); used++)
			put_piece(0, line, out);
		for (; pages > 1 && used < room; used++)
			buf_byte(out, '\n');
		put_foot(foot, page, pages, size->columns, out);
	}
	return pages;
}
