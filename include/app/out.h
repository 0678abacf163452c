/* SPDX-License-Identifier: GPL-3.0-or-later
 * What commands print: UTF-8 into files and pipes, the terminal's own coding on a terminal; never anything that commands
 * a terminal (base/text.h, text_show). What is several lines is built of lines that nothing from outside can break
 * (text_fmt, text_plain, a table).
 */
#ifndef APP_OUT_H
#define APP_OUT_H

#include "base/arena.h"
#include "base/buf.h"
#include "format/json.h"

void out_fmt(const char *fmt, ...) PRINTF(1, 2);   /* one line; its end stands at the end of FMT */
void out_buf(struct buf *buf);                     /* and empties it */
void out_error(const char *fmt, ...) PRINTF(1, 2); /* one line on stderr */
/* What one should know though it went on: as out_error, in the journal as a warning. */
void out_notice(const char *fmt, ...) PRINTF(1, 2);
/* A line on stderr that the next such line, or an error, writes over; "" takes it away. For terminals. */
void out_passing(const char *text);
void out_errors(struct buf *lines); /* several lines on stderr; and empties it */
unsigned out_columns(void);         /* of the terminal; 0 = none */
/* False when something that was printed could not be written; said on stderr. */
bool out_done(void);

/* A plain table: columns separated by two blanks, cut to the terminal, never cut elsewhere; empty
 * columns are left out. */
enum { TABLE_COLUMNS = 44 };

struct table {
	struct arena arena;
	const char *heads[TABLE_COLUMNS];
	bool right[TABLE_COLUMNS];
	struct table_row *first, *last;
	unsigned columns, at; /* at: cells of the last row */
};

void table_head(struct table *table, const char *label, bool right); /* zeroed = empty and valid */
void table_cell(struct table *table, const char *text);              /* row by row */
void table_print(struct table *table, struct buf *out, unsigned columns);
void table_release(struct table *table);

/* A list, with --json an array of objects (each behind json_line), else a table. */
struct out_list {
	bool as_json;
	struct json_out json;
	struct table table;
	struct buf text;
};

/* HEADS: labels of the table's columns, as N_() marks them. */
void out_list_begin(struct out_list *list, bool as_json, const char *const heads[], size_t count);
/* Prints it, or drops it: what failed is not half a list. A table without rows says so on stderr.
 * Releases. */
void out_list_end(struct out_list *list, bool print);

#endif
