/* SPDX-License-Identifier: GPL-3.0-or-later
 * How the screens and the line mode put things: names, times, what is left of a limit, colours as
 * letters. Texts of records may stand in a terminal that knows no hanzi: then pinyin is shown.
 */
#ifndef SCREENS_DISPLAY_H
#define SCREENS_DISPLAY_H

#include "base/when.h"
#include "store/rows.h"
#include "ui/grid.h"
#include "work/drafts.h"

/* A text of a record as this terminal can show it: in pinyin where there is no hanzi, whatever the
 * language. Line breaks become blanks. */
void display_text(const char *text, struct buf *out);
/* 06-14 08:05, or 2025-06-14 in another year: eleven columns that sort. */
void display_time(int64_t at, int64_t now, char out[WHEN_TEXT]);
/* 05:40 of today, else 11-28: what a narrow column holds. */
void display_clock(int64_t at, int64_t now, char out[WHEN_TEXT]);
/* Minutes until then as the clock shows both: the same on all that is painted within a minute. < 0: it is past. */
int64_t display_minutes(int64_t until, int64_t now);
/* What is left until then by these, or how long ago it was: 剩2天, 超3小时. */
void display_left(int64_t until, int64_t now, struct buf *out);
/* What a record of KIND in STATE waits for by its limit: what it is called, but a household on the list of transfers is to be
 * told, to be visited again, or to be gone. */
const char *display_waits(const struct kind *kind, int state);
/* A sum over COUNT of something that each has: "." where it is 0 because nobody told any. */
enum { DISPLAY_SUM = 24 };
const char *display_sum(int64_t sum, unsigned count, char text[DISPLAY_SUM]);
/* A cell of a row that is one text: TEXT cut or filled up to COLUMNS and a blank; TEXT is emptied. */
void display_cell(struct buf *text, unsigned columns, struct buf *out);
/* "1已接听 2无人接 …": the first MOST rows of a code table behind the digits that choose them. */
void display_codes(const char *table, unsigned most, struct buf *out);
/* A private value as lists show it: 138****1234, 张**. */
void display_masked(enum ftype type, const char *text, struct buf *out);
/* 红R 橙O 黄Y 蓝B of a colour (row_colour), and its look; "" for none. */
const char *display_colour(unsigned colour, enum look *look);
/* One field of a row; MASK: on a list, where private fields are hidden. */
void display_field(struct store *store, const struct row *row, const struct field *field, bool mask, struct buf *out);
void display_title(struct store *store, const struct row *row, struct buf *out);
/* What a draft is: what it begins, or which step or change of which record, and what was typed. */
void display_draft(struct store *store, const struct draft *draft, struct buf *out);
/* How many USER has, and the newest: "" = none. In ARENA. */
const char *display_drafts(struct store *store, const struct user *user, struct arena *arena);
void display_area(uint64_t area, struct buf *out);
void display_place(uint64_t area, struct buf *out); /* without the township before a village */
/* English parts words by blanks where Chinese writes on: between a key and what it does, and behind
 * a label. */
const char *display_gap(void);
const char *display_colon(void);
/* "" for kinds without states. */
const char *display_state(const struct row *row);
/* Is that state of a kind that ends a done one: a warning that was replaced or lifted? */
bool display_over(const struct kind *kind, int state);
/* The colour of a row where it has one: a warning's, or a risk's. What was replaced or lifted looks over, not red. */
const char *display_row_colour(const struct row *row, enum look *look);
/* A record's number, in the arena. */
const char *display_number(struct store *store, struct ref ref, struct arena *arena);

#endif
