/* SPDX-License-Identifier: GPL-3.0-or-later
 * Days that lie so many years or months from today, in words: 三年后, 半年内, 两个月前. Years and
 * months are of different lengths, so they are counted in the calendar.
 */
#include "base/when_parts.h"

#include <string.h>

#include "base/when.h"

enum { MONTHS = 12, HALF_MONTH = 15, WEEK = 7, COUNT_MOST = 999 };

/* What a span comes to: whole months, and days. */
struct span {
	int months, days;
};

static bool word(const char **s, const char *is)
{
	size_t len = strlen(is);

	if (strncmp(*s, is, len) != 0)
		return false;
	*s += len;
	return true;
}

/* zh: 一 to 九 by their place, 两 beside 二 */
static const char *const signs[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
/* zh: both of two, ten, half, and what stands between a number and its month */
static const char two[] = "两", ten[] = "十", half[] = "半", piece[] = "个";

/* 0: none of them. */
static int digit(const char **s)
{
	if (word(s, two))
		return 2;
	for (int n = 1; n < (int)countof(signs); n++)
		if (word(s, signs[n]))
			return n;
	return 0;
}

/* 3, 三, 十二, 二十; 0: no number. */
static int count_of(const char **s)
{
	int count = 0;

	if (**s >= '0' && **s <= '9') {
		for (; **s >= '0' && **s <= '9' && count <= COUNT_MOST; (*s)++)
			count = count * 10 + (**s - '0');
		return count <= COUNT_MOST ? count : 0;
	}
	count = digit(s);
	if (word(s, ten))
		count = (count ? count : 1) * 10 + digit(s);
	return count;
}

/* zh: what is counted; 三月 is March, 三个月 are three months */
static const struct unit {
	const char *word;
	int months, days, half_months, half_days; /* of one, and of half a one */
	enum { PIECES_NO, PIECES_MAY, PIECES_MUST } pieces;
} units[] = {
	{"年", MONTHS, 0, MONTHS / 2, 0, PIECES_NO},
	{"月", 1, 0, 0, HALF_MONTH, PIECES_MUST},
	{"周", 0, WEEK, 0, 0, PIECES_NO},
	{"星期", 0, WEEK, 0, 0, PIECES_MAY},
	{"礼拜", 0, WEEK, 0, 0, PIECES_MAY},
	{"天", 0, 1, 0, 0, PIECES_NO},
	{"日", 0, 1, 0, 0, PIECES_NO},
};

/* 三年, 一年半, 半年, 两个月, 半个月, 三周, 十天. */
static const struct unit *length(const char **s, struct span *span)
{
	bool part = word(s, half);
	int count = part ? 0 : count_of(s);
	bool pieces = word(s, piece);

	for (size_t i = 0; (part || count) && i < countof(units); i++) {
		const struct unit *unit = &units[i];
		bool whole = unit->half_months || unit->half_days;

		if ((part && !whole) || (pieces && unit->pieces == PIECES_NO) ||
			(!pieces && !part && unit->pieces == PIECES_MUST) || !word(s, unit->word))
			continue;
		part = part || (unit->half_months && word(s, half));
		span->months = count * unit->months + part * unit->half_months;
		span->days = count * unit->days + part * unit->half_days;
		return unit;
	}
	return NULL;
}

/* Which way; 0: nothing that says so. Until when something has to be done is its last day. */
static int way(const char **s, bool day)
{
	/* zh: what stands behind the span */
	static const char *const later[] = {"以后", "之后", "后", "以内", "之内", "内"},
				 *const ago[] = {"以前", "之前", "前"};

	for (size_t i = 0; i < countof(later); i++)
		if (word(s, later[i]))
			return 1;
	/* 三日前: before the third */
	for (size_t i = 0; i < countof(ago) && !day; i++)
		if (word(s, ago[i]))
			return -1;
	return 0;
}

static int64_t moved(int64_t today, struct span span)
{
	int64_t months = today / 10000 * MONTHS + today / 100 % 100 - 1 + span.months;
	int64_t first = months / MONTHS * 10000 + (months % MONTHS + 1) * 100, day = today % 100;

	while (day > 28 && !date_valid(first + day))
		day--;
	return date_valid(first + day) ? date_add(first + day, span.days) : 0;
}

bool date_later(const char *typed, int64_t today, int64_t *date)
{
	struct span span = {0, 0};
	char text[WHEN_TYPED];
	size_t len = 0;

	for (; *typed; typed++) {
		if (*typed == ' ')
			continue;
		if (len + 1 == sizeof text)
			return false;
		text[len++] = *typed;
	}
	text[len] = '\0';
	const char *s = text;
	const struct unit *unit = length(&s, &span);
	int turn = unit ? way(&s, unit == &units[countof(units) - 1]) : 0;
	if (!turn || *s)
		return false;
	*date = moved(today, (struct span){turn * span.months, turn * span.days});
	return true;
}
