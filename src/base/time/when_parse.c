/* SPDX-License-Identifier: GPL-3.0-or-later
 * Dates and times as people type them: when_marks has turned the words into marks, small readers
 * take the marks apart, and what is left over is a fault.
 */
#include "base/when.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/when_parts.h"

enum { DIGITS_MOST = 14 };

/* A part of the day: hours FROM to TO are moved on by ADD; other hours of it must be below or above
 * as written. */
struct daypart {
	char mark;
	int from, to, add;
};

static const struct daypart dayparts[] = {
	{'z', 0, 6, 0},
	{'z', 12, 12, -12},
	{'a', 0, 12, 0},
	{'n', 11, 12, 0},
	{'n', 1, 2, 12},
	{'p', 12, 18, 0},
	{'p', 1, 7, 12},
	{'e', 17, 24, 0},
	{'e', 5, 11, 12},
	{'e', 12, 12, 12},
};

static const char *bad_time(void)
{
	return _("看不懂这个时间，可以写 2026-07-14 06:33、06:33、昨天 22:10 或 -30m");
}

static const char *bad_date(void)
{
	return _("看不懂这个日期，可以写 2026-07-14、7-14、2027-08、明天 或 +15d");
}

static const char *no_year(void)
{
	static_assert(YEAR_FIRST == 1900 && YEAR_LAST == 2199, "as the text says");
	return _("年份要在 1900 到 2199 之间");
}

static const char *no_day(const struct when_parts *parts)
{
	if (parts->year < YEAR_FIRST || parts->year > YEAR_LAST)
		return no_year();
	return _("没有这一天，请看月份和日子");
}

static const char *no_moment(void)
{
	return _("没有这个时刻，小时是 0 到 24，分和秒是 0 到 59");
}

static void blanks(const char **s)
{
	*s += strspn(*s, " ");
}

static size_t digits(const char *s)
{
	return strspn(s, "0123456789");
}

/* A number of at least LEAST and at most MOST digits. */
static bool number(const char **s, size_t least, size_t most, int *out)
{
	size_t len = digits(*s);
	if (len < least || len > most || len > 9)
		return false;
	int sum = 0;
	for (size_t i = 0; i < len; i++)
		sum = sum * 10 + ((*s)[i] - '0');
	*s += len;
	*out = sum;
	return true;
}

/* Exactly LEN digits of a longer run. */
static int some_digits(const char **s, size_t len)
{
	int sum = 0;
	for (; len > 0; len--, (*s)++)
		sum = sum * 10 + (**s - '0');
	return sum;
}

static bool one_char(const char **s, char c)
{
	if (**s != c)
		return false;
	(*s)++;
	return true;
}

static bool separator(const char **s, char *which)
{
	if (!**s || !strchr("-/.", **s))
		return false;
	*which = *(*s)++;
	return true;
}

/* Up to three numbers with the same separator between; returns how many. A separator may end
 * year and month: 2027年8月. */
static size_t take_numbers(const char **s, int n[3], size_t most)
{
	char sep = 0, again = 0;
	size_t count = 0;
	while (count < 3 && number(s, 1, count ? 2 : most, &n[count])) {
		count++;
		const char *before = *s;
		if (count == 3 || !separator(s, &again))
			break;
		if ((sep && again != sep) || (digits(*s) == 0 && again != '-')) {
			*s = before;
			break;
		}
		sep = again;
	}
	return count;
}

/* A day of 0 means the whole month; one that was written so is no day. */
static int written_day(int day)
{
	return day ? day : -1;
}

/* 2026-7-14, 26-7-14, 7-14, 2026-8 (day 0), 14d. False when S holds no date; it stays where it
 * was then. */
static bool take_parts(const char **s, struct when_parts *parts)
{
	const char *at = *s;
	int n[3] = {0};
	size_t first = digits(at);
	size_t count = take_numbers(&at, n, 4);
	bool month_only = count == 2 && first == 4;
	if (count == 1 && first <= 2 && *at == 'd') {
		parts->day = written_day(n[0]);
	} else if (count == 3 && (first == 2 || first == 4)) {
		parts->year = first == 2 ? 2000 + n[0] : n[0];
		parts->month = n[1];
		parts->day = written_day(n[2]);
	} else if (month_only) {
		parts->year = n[0];
		parts->month = n[1];
		parts->day = 0;
	} else if (count == 2 && first <= 2 && at[-1] != '-') {
		parts->month = n[0];
		parts->day = written_day(n[1]);
	} else {
		return false;
	}
	if (!month_only)
		one_char(&at, 'd');
	*s = at;
	return true;
}

static bool good_date(const struct when_parts *p, bool month_only)
{
	if (p->day < 0 || (p->day == 0 && !month_only))
		return false;
	if (p->year < YEAR_FIRST || p->year > YEAR_LAST)
		return false;
	return date_valid((int64_t)p->year * 10000 + p->month * 100 + p->day);
}

static void set_date(struct when_parts *parts, int64_t date)
{
	parts->year = (int)(date / 10000);
	parts->month = (int)(date / 100 % 100);
	parts->day = (int)(date % 100);
}

/* A date at the head of S, if there is one: @N, 8 digits, or parts. */
static bool take_date(const char **s, struct when_parts *parts)
{
	if (**s == '@') {
		const char *at = *s + 1;
		int days = (at[1] - '0') * (at[0] == '-' ? -1 : 1);
		int64_t today = (int64_t)parts->year * 10000 + parts->month * 100 + parts->day;
		set_date(parts, date_add(today, days));
		*s = at + 2;
		return true;
	}
	size_t len = digits(*s);
	if (len == 8 || len == 12 || len == DIGITS_MOST) {
		parts->year = some_digits(s, 4);
		parts->month = some_digits(s, 2);
		parts->day = some_digits(s, 2);
		if (parts->day == 0)
			parts->day = -1;
		return true;
	}
	return take_parts(s, parts);
}

static bool move_hour(char part, int *hour)
{
	for (size_t i = 0; i < countof(dayparts); i++) {
		const struct daypart *row = &dayparts[i];
		if (row->mark == part && *hour >= row->from && *hour <= row->to) {
			*hour += row->add;
			return true;
		}
	}
	return part == 0;
}

/* 06:33, 6:33:32, 0633, 063332, 6h, 6h30, 6h30' */
static bool take_hours(const char **s, struct when_parts *parts)
{
	size_t len = digits(*s);
	parts->minute = parts->second = 0;
	if (len == 4 || len == 6) {
		parts->hour = some_digits(s, 2);
		parts->minute = some_digits(s, 2);
		parts->second = len == 6 ? some_digits(s, 2) : 0;
		return true;
	}
	if (!number(s, 1, 2, &parts->hour))
		return false;
	if (one_char(s, 'h')) {
		blanks(s);
		if (number(s, 1, 2, &parts->minute) && one_char(s, '\'') &&
			number(s, 1, 2, &parts->second))
			return one_char(s, '"');
		return true;
	}
	if (!one_char(s, ':') || !number(s, 2, 2, &parts->minute))
		return false;
	return !one_char(s, ':') || number(s, 2, 2, &parts->second);
}

static bool good_moment(const struct when_parts *p)
{
	if (p->hour == 24)
		return p->minute == 0 && p->second == 0;
	return p->hour < 24 && p->minute < 60 && p->second < 60;
}

/* z, +08:00, +0800, +08: how far the writer's clock is ahead of ours, in seconds. */
static bool take_zone(const char **s, int *ahead)
{
	*ahead = 0;
	if (one_char(s, 'z')) {
		*ahead = -WHEN_ZONE;
		return true;
	}
	if (**s != '+' && **s != '-')
		return true;
	int sign = *(*s)++ == '-' ? -1 : 1, hours, minutes = 0;
	if (digits(*s) != 2 && digits(*s) != 4)
		return false;
	hours = some_digits(s, 2);
	one_char(s, ':');
	if (digits(*s) == 2)
		minutes = some_digits(s, 2);
	*ahead = sign * (hours * 3600 + minutes * 60) - WHEN_ZONE;
	return hours <= 14 && minutes < 60;
}

struct unit {
	char mark;
	int seconds;
};

static const struct unit units[] = {
	{'s', 1}, {'m', 60}, {'h', 3600}, {'d', DAY_SECONDS}, {'w', 7 * DAY_SECONDS}};

/* -30m, +2h, 30m<, 3d>; SECONDS is signed. */
static bool take_span(const char *s, int64_t *seconds)
{
	int sign = *s == '-' ? -1 : *s == '+' ? 1 : 0;
	int count;
	if (sign)
		s++;
	blanks(&s);
	if (!number(&s, 1, 5, &count))
		return false;
	blanks(&s);
	for (size_t i = 0; i < countof(units); i++) {
		if (*s != units[i].mark)
			continue;
		s++;
		if (!sign)
			sign = *s == '<' ? -1 : *s == '>' ? 1 : 0, s += sign != 0;
		*seconds = (int64_t)sign * count * units[i].seconds;
		return sign && *s == 0;
	}
	return false;
}

/* The time of the day behind a date, with its part of the day and its zone. */
static bool take_clock(const char **s, struct when_parts *parts, int *ahead, const char **why)
{
	char part = 0;
	if (one_char(s, '|'))
		part = *(*s)++;
	blanks(s);
	*why = bad_time();
	if (!take_hours(s, parts))
		return false;
	if (**s == '.' && digits(*s + 1))
		*s += 1 + digits(*s + 1);
	blanks(s);
	if (part == 0 && !take_zone(s, ahead))
		return false;
	if (**s)
		return false;
	*why = no_moment();
	return move_hour(part, &parts->hour) && good_moment(parts);
}

bool when_parse(const char *typed, int64_t now, int64_t *at, const char **why)
{
	char text[WHEN_TYPED];
	int64_t seconds;
	*why = bad_time();
	if (!when_marks(typed, text))
		return false;
	if (strcmp(text, "now") == 0) {
		*at = now;
		return true;
	}
	if (take_span(text, &seconds)) {
		bool near = date_valid(date_of(now + seconds));
		if (near)
			*at = now + seconds;
		else
			*why = no_year();
		return near;
	}
	const char *s = text;
	struct when_parts parts;
	when_split(now, &parts);
	if (take_date(&s, &parts)) {
		if (!good_date(&parts, false)) {
			*why = parts.day == 0 ? _("时间要写到哪一天，例如 2026-07-14 06:33")
					      : no_day(&parts);
			return false;
		}
		if (*s == 't')
			s++;
		blanks(&s);
		if (*s == 0) {
			*why = _("还缺几点几分，例如 2026-07-14 06:33");
			return false;
		}
	}
	int ahead = 0;
	if (!take_clock(&s, &parts, &ahead, why))
		return false;
	*at = when_of(&parts) - ahead;
	return true;
}

bool when_take_rfc(const char *text, int64_t *at)
{
	static const char shape[] = "0000-00-00t00:00:00";
	char small[WHEN_TYPED];
	const char *why;
	if (!when_marks(text, small))
		return false;
	for (size_t i = 0; i < sizeof shape - 1; i++) {
		bool digit = small[i] >= '0' && small[i] <= '9';
		if (shape[i] == '0' ? !digit : shape[i] != small[i])
			return false;
	}
	return when_parse(text, 0, at, &why);
}

bool date_parse(const char *typed, int64_t now, int64_t *date, const char **why)
{
	char text[WHEN_TYPED];
	int64_t seconds;
	*why = bad_date();
	int64_t today = date_of(now);
	if (date_later(typed, today, date)) {
		*why = no_year();
		return *date != 0;
	}
	if (!when_marks(typed, text))
		return false;
	if (take_span(text, &seconds)) {
		if (seconds % DAY_SECONDS)
			return false;
		int64_t then = date_add(today, (int)(seconds / DAY_SECONDS));
		if (date_valid(then))
			*date = then;
		else
			*why = no_year();
		return date_valid(then);
	}
	const char *s = text;
	struct when_parts parts;
	when_split(now, &parts);
	if (!take_date(&s, &parts) || *s)
		return false;
	*why = no_day(&parts);
	if (!good_date(&parts, true))
		return false;
	*date = (int64_t)parts.year * 10000 + parts.month * 100 + parts.day;
	return true;
}
