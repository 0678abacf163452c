/* SPDX-License-Identifier: GPL-3.0-or-later
 * The words of alerts as codes of the contract.
 */
#ifndef APP_CAP_WORDS_H
#define APP_CAP_WORDS_H

#include "format/cap.h"

/* A word of a file: its code, NULL when such messages are not for people (Draft, Ack …), "" when it is not known. */
const char *cap_status(const char *text);
const char *cap_kind(const char *text);
/* "red" … by the block's severity, else a parameter that names a colour, else its headline; else "unknown". A headline
 * that issues a more severe colour, and names no other, stands before them. */
const char *cap_colour(const struct cap_info *info);
/* Does the block's severity say another colour than the one that its headline issues? */
bool cap_colours_differ(const struct cap_info *info);
/* The colour that a headline names last, because "from yellow to orange" ends with what is now; "unknown". */
const char *cap_headline_colour(const char *headline);
/* 0 red … 3 blue, 4 unknown. */
unsigned cap_rank(const char *severity);

#endif
