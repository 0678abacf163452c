/* SPDX-License-Identifier: GPL-3.0-or-later
 * Dates and times as people write them, a clock that tests can set, and the hybrid clock.
 *
 * A time is seconds since 1970 (UTC). A date is the number yyyymmdd; 0 as the day means
 * "some day in that month" (2027-08). People read and write China Standard Time, +08:00.
 */
#ifndef BASE_WHEN_H
#define BASE_WHEN_H

#include "base/base.h"

enum { DAY_SECONDS = 86400, WHEN_ZONE = 8 * 3600, WHEN_TEXT = 40 };

/* The clock starts at RFC 3339 text START (OUTPOST_NOW) and runs; NULL = the system's. */
bool when_start(const char *start);
int64_t when_now(void);          /* seconds */
int64_t when_now_ms(void);       /* milliseconds */
void when_skip(int64_t seconds); /* tests: jump, either way */
void when_hold(int64_t at);      /* tests: from AT on (seconds), it moves by when_skip alone */
bool when_is_set(void);          /* by one of the three above: how it moves says nothing about the system's */
/* Seconds that the machine is UP, asleep or not, whoever sets its clock; returns a number of this
 * boot, 0 = not known. */
uint64_t when_boot(int64_t *up);
void when_hold_boot(uint64_t boot, int64_t up); /* tests: such a boot, and a clock that counts as the system's; 0 = no more */

/* "2026-07-14T06:33:32+08:00", "2026-07-14 06:33", "07-14 06:33", "06:33", "6:33", "昨天 22:10",
 * "-30m", "now" ... ; what is left out comes from NOW. WHY says what is wrong (translated). */
bool when_parse(const char *typed, int64_t now, int64_t *at, const char **why);
void when_show(int64_t at, char out[WHEN_TEXT]);               /* 2026-07-14 06:33 */
void when_short(int64_t at, int64_t now, char out[WHEN_TEXT]); /* 06:33 today, 07-14 06:33 this year, 2025-07-14 */
void when_span(int64_t seconds, char out[WHEN_TEXT]); /* its two greatest units: 3天4小时, 2小时10分, 45分, 20秒 */
void when_rfc(int64_t at, char out[WHEN_TEXT]);       /* 2026-07-14T06:33:32+08:00 */

/* "2026-07-14", "20260714", "7-14", "2027-08", "+15d", "今天", "明天" ... */
bool date_parse(const char *typed, int64_t now, int64_t *date, const char **why);
void date_show(int64_t date, char out[WHEN_TEXT]);
int64_t date_of(int64_t at);    /* the date in China of that time */
int64_t date_end(int64_t date); /* the second in which that day, or month, is over: 00:00:00 of the
				   next day */
bool date_valid(int64_t date);
int64_t date_add(int64_t date, int days); /* a month counts from its first day */
unsigned date_weekday(int64_t date);      /* 0 = Sunday, 6 = Saturday */

/* Hybrid clock: a stamp is seconds * 65536 + tick. It never goes back in one station, follows
 * the wall when that is ahead, and moves past every stamp it has seen. */
enum { STAMP_TICK = 65536 };
/* No clock shows the year 36812: what is beyond is made to leave no room for whoever writes next.
 */
static const uint64_t STAMP_MOST = (UINT64_C(1) << 56) - 1;
static inline int64_t stamp_seconds(uint64_t stamp)
{
	return (int64_t)(stamp / STAMP_TICK);
}
uint64_t stamp_next(uint64_t last, int64_t now); /* the next stamp of a writer whose last one was LAST */

#endif
