/* SPDX-License-Identifier: GPL-3.0-or-later
 * Years and months of tables that are told from today, and their ends: 去年8月, 下月, 12月底, 年底.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "format/office/inside.h"

enum { MONTHS = 12, LAST_DAY = 31, ROOM = 80 };

/* Takes WORD from the front of *TEXT. */
static bool begins(const char **text, const char *word)
{
	size_t len = strlen(word);

	if (strncmp(*text, word, len) != 0)
		return false;
	*text += len;
	return true;
}

/* zh: years and months told from today, and the ends of those that are running */
static const struct near {
	const char *word;
	int years, months;
	bool year; /* its month is still to come */
	bool end;
} near[] = {{"前年", -2, 0, true, false}, {"去年", -1, 0, true, false},
	{"上年", -1, 0, true, false}, {"今年", 0, 0, true, false}, {"本年", 0, 0, true, false},
	{"明年", 1, 0, true, false}, {"后年", 2, 0, true, false}, {"上月", 0, -1, false, false},
	{"上个月", 0, -1, false, false}, {"本月", 0, 0, false, false},
	{"这个月", 0, 0, false, false}, {"下月", 0, 1, false, false},
	{"下个月", 0, 1, false, false}, {"年底", 0, 0, true, true}, {"年末", 0, 0, true, true},
	{"月底", 0, 0, false, true}, {"月末", 0, 0, false, true}};
/* zh: what stands behind a year and a month, and for the end of either */
static const char year_sign[] = "年", month_sign[] = "月", end_sign[] = "底", other_end[] = "末";

/* 去年8月 as 2025年8月, 下月 as 2026年12月. */
static void from_today(char *text, size_t room, int64_t now)
{
	int64_t today = date_of(now);
	char rest[ROOM];

	for (size_t i = 0; i < countof(near); i++) {
		const char *at = text;

		if (!begins(&at, near[i].word))
			continue;
		/* 年底 stays the end of what it is told of. */
		snprintf(rest, sizeof(rest), "%s%s", near[i].end ? end_sign : "", at);
		int64_t months = today / 10000 * MONTHS + today / 100 % 100 - 1 +
				 near[i].years * MONTHS + near[i].months;
		int year = (int)(months / MONTHS), month = (int)(months % MONTHS + 1);
		if (near[i].year)
			snprintf(text, room, "%d%s%.40s", year, year_sign, rest);
		else
			snprintf(text, room, "%d%s%d%s%.40s", year, year_sign, month, month_sign,
				rest);
		return;
	}
}

/* A number before SIGN; *TEXT moves behind both. */
static bool part(const char **text, const char *sign, int *number)
{
	char *end;
	long value = strtol(*text, &end, 10);
	const char *at = end;

	if (end == *text || value < 0 || value > 9999 || !begins(&at, sign))
		return false;
	*number = (int)value;
	*text = at;
	return true;
}

/* 2026年底, 2026年12月底, 12月底: the last day of it. */
static void last_day(char *text, size_t room, int64_t now)
{
	const char *at = text;
	int year = (int)(date_of(now) / 10000), month = MONTHS, day = LAST_DAY;
	bool any = part(&at, year_sign, &year);

	any |= part(&at, month_sign, &month);
	if (!any || (!begins(&at, end_sign) && !begins(&at, other_end)) || *at)
		return;
	while (day > LAST_DAY - 4 && !date_valid((year * 100LL + month) * 100 + day))
		day--;
	snprintf(text, room, "%d-%d-%d", year, month, day);
}

void day_words(char *text, size_t room, int64_t now)
{
	char typed[ROOM];
	size_t len = 0;

	for (const char *at = text; *at && len + 1 < sizeof(typed); at++)
		if (*at != ' ')
			typed[len++] = *at;
	typed[len] = '\0';
	from_today(typed, sizeof(typed), now);
	last_day(typed, sizeof(typed), now);
	/* Blanks part a day from its time: without a word of these nothing has changed. */
	for (const char *at = text, *is = typed; *at || *is; at++) {
		if (*at == ' ')
			continue;
		if (*at != *is) {
			snprintf(text, room, "%s", typed);
			return;
		}
		is++;
	}
}
