/* SPDX-License-Identifier: GPL-3.0-or-later
 * In what coding a file from outside is written, and its bytes in one that the readers know.
 */
#ifndef APP_CHARSET_H
#define APP_CHARSET_H

#include "base/buf.h"

/* Bytes that were no characters: U+FFFD stands for each. */
struct charset_lost {
	unsigned count, line; /* line: of the first */
};

/* XML says itself what it is, but not always truly: a byte order mark or zeros, else UTF-8 if it holds, else GB18030 if
 * that holds and is text that people write, whatever the first line says; what it says counts only where the bytes leave
 * it open (Big5, Latin-1). *out is UTF-8, in ROOM when it had to be made so. Each byte that is no character, or one that
 * XML forbids, is U+FFFD. RC_BAD: it is in none of these. */
enum rc charset_xml(
	struct bytes in, struct buf *room, struct bytes *out, struct charset_lost *lost, struct fault *fault) MUST_CHECK;

/* For what must be UTF-8: RC_BAD names another coding that IN seems to be in, and its first line that is not UTF-8. RC_OK
 * also for UTF-8 that is damaged here and there. */
enum rc charset_utf8(struct bytes in, struct fault *fault) MUST_CHECK;

/* Tables say nothing: a byte order mark, else UTF-8 if it holds, else GB18030 if that holds and is text that people
 * write, else UTF-16 by its zeros. One bad byte costs one character, as LOST tells. RC_BAD names the first line that fits
 * neither, and the coding that it seems to be in; a file that is nearly all UTF-8 is judged as UTF-8, and one that may be
 * either is refused. */
enum rc charset_table(
	struct bytes in, struct buf *room, struct bytes *out, struct charset_lost *lost, struct fault *fault) MUST_CHECK;

#endif
