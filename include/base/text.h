/* SPDX-License-Identifier: GPL-3.0-or-later
 * UTF-8 by our own decoder (mbstowcs depends on the locale), and columns.
 * A column is half a hanzi wide. All lengths are bytes unless they say columns.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/base.h"
#include "base/buf.h"

/* The code point at S (LEN bytes left) and how many bytes it takes; 0 at the end.
 * A byte that is not UTF-8 counts as one and gives U+FFFD. */
size_t text_next(const char *s, size_t len, uint32_t *cp);
size_t text_back(const char *s, size_t at);   /* bytes of the character that ends at AT */
size_t text_whole(const char *s, size_t len); /* LEN without the half character that a cut has left at the end */
size_t text_put(uint32_t cp, char out[4]);
bool text_valid(const char *s, size_t len); /* well-formed UTF-8, no surrogates, no NUL */

/* Columns: 0 for combining marks, 2 for wide and full-width, else 1 (Unicode East Asian Width;
 * ambiguous counts as 1: text_plain turns those into plain ones before they are drawn). */
unsigned text_width(uint32_t cp);
bool text_ambiguous(uint32_t cp); /* one column or two: terminals disagree */
bool text_format(uint32_t cp);    /* unseen: bidirectional marks, joiners, U+FEFF, U+2028/9, variation
				  selectors, tags */
size_t text_columns(const char *s);
size_t text_columns_n(const char *s, size_t len);

/* Bytes of S that fit in COLUMNS; *used says how many columns they fill. Never half a hanzi. */
size_t text_cut(const char *s, size_t columns, size_t *used);

/* Bytes of the first line when S is wrapped at COLUMNS: hanzi break anywhere (but not before a
 * closing mark), ASCII words between blanks; stops behind '\n'. At least one character. */
size_t text_wrap(const char *s, size_t columns);

/* What a person typed or a file brought, made fit to keep: C0, C1, ESC sequences and what
 * text_format names go; with LINES false '\n', '\r' and '\t' become blanks, with LINES true '\n'
 * stays, CR goes and '\t' becomes a blank; blanks at both ends go; text_standard. Appends to OUT. False (and OUT
 * as before) when it is not UTF-8 or has a NUL. */
bool text_clean(const char *s, size_t len, bool lines, struct buf *out);

/* What may be drawn on one line: as text_clean (what is not UTF-8 becomes '?'), and characters whose
 * width terminals disagree about (curly quotes, ellipsis, dashes, arrows, circled numbers ...) are
 * replaced by plain ones. */
void text_plain(const char *s, struct buf *out);

/* As text_next, of what may be printed, said or logged on one line: line ends and tabs are blanks,
 * other control characters and bytes that are not UTF-8 are '?', and *cp is 0 for what text_format
 * names. */
size_t text_next_shown(const char *s, size_t len, uint32_t *cp);
/* The same of S into ROOM bytes at OUT. What does not fit is cut between characters and ends in
 * "...". */
void text_fit(char *out, size_t room, const char *s);
/* The same of what somebody typed, for a message that goes on behind it: text_brief(&(struct
 * brief){""}, s). */
struct brief {
	char text[64];
};
const char *text_brief(struct brief *brief, const char *s);
/* As text_fit, formatted; the arguments may lie in OUT. */
void text_fit_args(char *out, size_t room, const char *fmt, va_list args) __attribute__((format(printf, 3, 0)));
/* The same of LEN bytes at S behind OUT; with LINES '\n', "\r\n" and '\t' stay as they are. */
void text_show(const char *s, size_t len, bool lines, struct buf *out);
/* As buf_fmt, one such line: only line ends at the beginning and the end of FMT are kept. */
void text_fmt(struct buf *out, const char *fmt, ...) PRINTF(2, 3);
void text_fmt_args(struct buf *out, const char *fmt, va_list args) __attribute__((format(printf, 2, 0)));

/* Byte order of UTF-8 is code point order; numbers inside texts count as numbers (3组 before 12组).
 */
int text_order(const char *a, const char *b);

/* What coding a text seems to be in, by which characters are common: "UTF-8", "GB18030", "Big5",
 * "EUC-KR", "EUC-JP", "Shift_JIS", "Latin-1", "Windows-1251", "UTF-16LE", "UTF-16BE"; NULL when
 * nothing fits. */
const char *text_likely(const char *s, size_t len);
/* Of the characters beside ASCII (*ALL) how many in a hundred are, read in CODING ("GB18030",
 * "EUC-KR", "EUC-JP"), among those that its language uses most: 60 and more where it is written so,
 * 30 and less where it is not. */
unsigned text_common(const char *coding, const char *text, size_t len, size_t *all);
bool text_is_gb(const char *s, size_t len); /* read as GB18030 it is hanzi that people use */
/* It can be read as UTF-8, but only as letters of other scripts, and as GB18030 it is common hanzi:
 * nobody can tell. */
bool text_doubtful(const char *s, size_t len);
/* Where CODING is spoken, this is UTF-8 all the same: read in CODING it would be hanzi that nobody
 * uses. */
bool text_mistaken(const char *coding, const char *s, size_t len);
/* Why S is not UTF-8, for a message (translated). */
const char *text_not_utf8(const char *s, size_t len);

/* The character that the standards have given to what GBK kept in the private-use area (U+E863 is U+4DAE), by GB 18030-2005
 * and -2022. Any other code point is itself. */
uint32_t text_standard(uint32_t cp);
bool text_blank(uint32_t cp); /* a blank of any width, a tab, a line end */
/* S as whoever compares or looks for it needs it, behind OUT: small letters, full-width signs as plain ones, characters of
 * text_standard, all blanks alike, nothing unseen; between two hanzi blanks and dots go (one name is typed with and
 * without them). */
void text_fold(const char *s, size_t len, struct buf *out);

/* From and to another coding ("GB18030", "GBK"): false when it cannot be done without loss.
 * CODING NULL or "UTF-8" copies. */
bool text_from(const char *coding, const char *s, size_t len, struct buf *out);
bool text_to(const char *coding, const char *s, size_t len, struct buf *out);

#endif
