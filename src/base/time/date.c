/* SPDX-License-Identifier: GPL-3.0-or-later
 * The calendar. All of China keeps one time, +08:00, without summer time, so there is no need
 * to ask the system's time zone, which is often set wrong.
 */
#include "base/when.h"

#include <stdio.h>

#include "base/when_parts.h"

enum { ERA = 146097 /* days of 400 years */ };

/* Days since 1 March of the year 0, in which leap days come last and months need no table. */
static int64_t march_days(int64_t year, int month, int day)
{
	int64_t y = month > 2 ? year : year - 1;
	int m = month > 2 ? month - 3 : month + 9;
	return y * 365 + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1;
}

static const int64_t epoch = 719468; /* march_days(1970, 1, 1) */

int64_t when_of(const struct when_parts *parts)
{
	int64_t days = march_days(parts->year, parts->month, parts->day) - epoch;
	return days * DAY_SECONDS + parts->hour * 3600 + parts->minute * 60 + parts->second -
	       WHEN_ZONE;
}

/* Seconds of two million years: nobody means more, and a year is an int. */
static const int64_t FAR = INT64_C(1) << 46;

void when_split(int64_t at, struct when_parts *parts)
{
	int64_t local = (at > FAR ? FAR : at < -FAR ? -FAR : at) + WHEN_ZONE;
	int64_t days = local / DAY_SECONDS - (local % DAY_SECONDS < 0);
	int in_day = (int)(local - days * DAY_SECONDS);
	days += epoch;
	int64_t era = days / ERA - (days % ERA < 0);
	int64_t in_era = days - era * ERA;
	int64_t y = (in_era - in_era / 1460 + in_era / 36524 - in_era / (ERA - 1)) / 365;
	int64_t in_year = in_era - (365 * y + y / 4 - y / 100);
	int m = (int)((5 * in_year + 2) / 153);
	parts->day = (int)(in_year - (153 * m + 2) / 5 + 1);
	parts->month = m < 10 ? m + 3 : m - 9;
	parts->year = (int)(y + era * 400) + (parts->month <= 2);
	parts->hour = in_day / 3600;
	parts->minute = in_day / 60 % 60;
	parts->second = in_day % 60;
}

static bool leap(int64_t year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int64_t year, int month)
{
	static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	return days[month - 1] + (month == 2 && leap(year));
}

bool date_valid(int64_t date)
{
	int64_t year = date / 10000;
	int month = (int)(date / 100 % 100), day = (int)(date % 100);
	return date > 0 && year >= YEAR_FIRST && year <= YEAR_LAST && month >= 1 && month <= 12 &&
	       day <= month_days(year, month);
}

static struct when_parts parts_of(int64_t date)
{
	return (struct when_parts){
		(int)(date / 10000), (int)(date / 100 % 100), (int)(date % 100), 0, 0, 0};
}

int64_t date_of(int64_t at)
{
	struct when_parts parts;
	when_split(at, &parts);
	return (int64_t)parts.year * 10000 + parts.month * 100 + parts.day;
}

int64_t date_end(int64_t date)
{
	struct when_parts parts = parts_of(date);
	if (parts.day == 0)
		parts.day = month_days(parts.year, parts.month);
	return when_of(&parts) + DAY_SECONDS;
}

int64_t date_add(int64_t date, int days)
{
	struct when_parts parts = parts_of(date);
	if (parts.day == 0)
		parts.day = 1;
	return date_of(when_of(&parts) + (int64_t)days * DAY_SECONDS);
}

unsigned date_weekday(int64_t date)
{
	enum { WEEK = 7, THURSDAY = 4 }; /* that was 1970-01-01 */
	struct when_parts parts = parts_of(date);
	return (unsigned)((march_days(parts.year, parts.month, parts.day) - epoch + THURSDAY) %
			  WEEK);
}

void date_show(int64_t date, char out[WHEN_TEXT])
{
	int year = (int)(date / 10000), month = (int)(date / 100 % 100), day = (int)(date % 100);
	if (day)
		snprintf(out, WHEN_TEXT, "%04d-%02d-%02d", year, month, day);
	else
		snprintf(out, WHEN_TEXT, "%04d-%02d", year, month);
}
