/* SPDX-License-Identifier: GPL-3.0-or-later
 * A time taken apart in China Standard Time: shared by the clock and the reader of times.
 */
#ifndef BASE_WHEN_PARTS_H
#define BASE_WHEN_PARTS_H

#include "base/base.h"

enum { WHEN_TYPED = 80 };
enum { YEAR_FIRST = 1900, YEAR_LAST = 2199 }; /* outside of it somebody mistyped */

struct when_parts {
	int year, month, day, hour, minute, second;
};

/* Seconds since 1970 (UTC). The parts must be a valid date; hours, minutes and seconds may run over. */
int64_t when_of(const struct when_parts *parts);
void when_split(int64_t at, struct when_parts *parts);
/* TYPED as ASCII marks, without blanks at the ends; false when it is empty or too long to be a time.
 *   - date   : time   d day   h hour   ' minute   " second   @+N a day N days from today
 *   |a |p and so on a part of the day   < before now   > after now */
bool when_marks(const char *typed, char out[WHEN_TYPED]);
/* RFC 3339 and nothing else: 2026-07-14T06:33:32+08:00, fractions and Z allowed. */
bool when_take_rfc(const char *text, int64_t *at);

/* 三年后, 半年内, 两个月前 from TODAY on; false when TYPED is nothing of this sort. *DATE 0: it lies beyond all years. */
bool date_later(const char *typed, int64_t today, int64_t *date);

#endif
