/* SPDX-License-Identifier: GPL-3.0-or-later
 * Periods of the calendar: quarters begin in January, half years in July, and so on.
 */
#include <string.h>

#include "base/when.h"
#include "model/rules.h"

enum { YEAR = 12, WEEK = 7, MONTH_PLACE = 100, YEAR_PLACE = 10000, LONGEST = 31 };

/* 0: a period of days. */
static unsigned months_of(const char *period)
{
	static const struct {
		const char *period;
		unsigned months;
	} spans[] = {{"month", 1}, {"quarter", 3}, {"half", 6}, {"year", YEAR}, {"three", 36}};

	for (size_t n = 0; n < countof(spans); n++)
		if (!strcmp(spans[n].period, period))
			return spans[n].months;
	return strcmp(period, "day") && strcmp(period, "week") ? YEAR : 0;
}

/* The last day before month MONTHS, counted from the year 0. */
static int64_t day_before(int64_t months)
{
	return date_add(((months / YEAR) * MONTH_PLACE + months % YEAR + 1) * MONTH_PLACE + 1, -1);
}

static int64_t month_of(int64_t date)
{
	return date / YEAR_PLACE * YEAR + date / MONTH_PLACE % MONTH_PLACE - 1;
}

int64_t rules_period_end(const char *period, int64_t date)
{
	unsigned months = months_of(period);

	if (!months)
		return strcmp(period, "week")
			       ? date
			       : date_add(date, (int)(WEEK - date_weekday(date)) % WEEK);
	return day_before((month_of(date) / months + 1) * months);
}

int64_t rules_period_before(const char *period, int64_t date)
{
	unsigned months = months_of(period);

	if (!months)
		return date_add(
			rules_period_end(period, date), strcmp(period, "week") ? -1 : -WEEK);
	return day_before(month_of(date) / months * months);
}

int64_t rules_period_add(const char *period, int64_t date)
{
	unsigned months = months_of(period);
	int64_t month = month_of(date) + months, last = day_before(month + 1);
	bool end = date_add(date, 1) % MONTH_PLACE == 1;

	if (!months)
		return date_add(date, strcmp(period, "week") ? 1 : WEEK);
	int64_t same = last / MONTH_PLACE * MONTH_PLACE + date % MONTH_PLACE;
	return end || same > last ? last : same;
}
