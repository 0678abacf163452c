/* SPDX-License-Identifier: GPL-3.0-or-later
 * Working days: the week without its end, and what the rows holiday and workday say over it.
 */
#include "model/rules/internal.h"

#include <stdlib.h>

#include "base/when.h"

/* Days that are looked at for one term: a county that works on no day at all has a wrong file. */
enum { LOOKED_MOST = 3 * 366 };

const struct rule *rules_day(int64_t date)
{
	unsigned count;
	const struct rule *day = rules_rows(RULE_DAY, &count), *found = NULL;
	for (unsigned n = 0; n < count; n++) {
		bool upper = !found || (day[n].layer == found->layer && day[n].works);
		if (upper && date >= day[n].first && date <= day[n].last)
			found = &day[n];
	}
	return found;
}

bool rules_workday(int64_t date)
{
	enum { SUNDAY = 0, SATURDAY = 6 };
	const struct rule *day = rules_day(date);
	unsigned weekday = date_weekday(date);
	return day ? day->works : weekday != SUNDAY && weekday != SATURDAY;
}

int64_t rules_workdays(int64_t from, int days)
{
	int64_t date = date_of(from), hour = from - (date_end(date) - DAY_SECONDS);
	int left = abs(days);
	for (unsigned looked = 0; left && looked < LOOKED_MOST; looked++) {
		date = date_add(date, days < 0 ? -1 : 1);
		left -= rules_workday(date);
	}
	return date_end(date) - DAY_SECONDS + hour;
}
