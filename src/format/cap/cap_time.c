/* SPDX-License-Identifier: GPL-3.0-or-later
 * The times of alerts. A wrong hour in a warning is worse than a refused file, so nothing is
 * guessed: the day and the hour must exist, and what stands behind them must be a zone. What is
 * written as people write it is taken where it means one moment, whenever it is read.
 */
#include "format/cap.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/when.h"

struct parts {
	int year, month, day, hour, minute, second, zone; /* zone: seconds east */
};

static bool number(const char **at, unsigned digits, int *out)
{
	*out = 0;
	for (unsigned i = 0; i < digits; i++, ++*at) {
		if (**at < '0' || **at > '9')
			return false;
		*out = *out * 10 + (**at - '0');
	}
	return true;
}

static bool one_of(const char **at, const char *set)
{
	if (!**at || !strchr(set, **at))
		return false;
	++*at;
	return true;
}

/* Z, +08:00, +0800, GMT, or nothing: Beijing. */
static bool zone(const char **at, struct parts *t)
{
	int sign, hours, minutes;

	*at += strspn(*at, " ");
	t->zone = WHEN_ZONE;
	if (!**at)
		return true;
	t->zone = 0;
	if (one_of(at, "Zz"))
		return true;
	if (strcasecmp(*at, "GMT") == 0 || strcasecmp(*at, "UTC") == 0 ||
		strcasecmp(*at, "UT") == 0) {
		*at += strlen(*at);
		return true;
	}
	sign = **at == '-' ? -1 : 1;
	if (!one_of(at, "+-") || !number(at, 2, &hours))
		return false;
	one_of(at, ":");
	if (!number(at, 2, &minutes) || hours > 14 || minutes > 59)
		return false;
	t->zone = sign * (hours * 3600 + minutes * 60);
	return true;
}

static bool clock_time(const char **at, struct parts *t)
{
	if (!number(at, 2, &t->hour) || !one_of(at, ":") || !number(at, 2, &t->minute))
		return false;
	if (one_of(at, ":")) {
		if (!number(at, 2, &t->second))
			return false;
		if (one_of(at, ".") && !strspn(*at, "0123456789"))
			return false;
		*at += strspn(*at, "0123456789");
	}
	return zone(at, t);
}

static bool extended(const char *at, struct parts *t, const char **end)
{
	bool good = number(&at, 4, &t->year) && one_of(&at, "-/") && number(&at, 2, &t->month) &&
		    one_of(&at, "-/") && number(&at, 2, &t->day) && one_of(&at, "Tt ");

	if (!good)
		return false;
	at += strspn(at, " ");
	good = clock_time(&at, t);
	*end = at;
	return good;
}

static bool basic(const char *at, struct parts *t, const char **end)
{
	bool good = number(&at, 4, &t->year) && number(&at, 2, &t->month) &&
		    number(&at, 2, &t->day) && number(&at, 2, &t->hour) &&
		    number(&at, 2, &t->minute) && number(&at, 2, &t->second) && zone(&at, t);

	*end = at;
	return good;
}

/* Tue, 14 Jul 2026 06:33:32 +0800 */
static bool rfc822(const char *at, struct parts *t, const char **end)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	const char *comma = strchr(at, ',');
	char name[4] = "";
	const char *found;

	if (comma)
		at = comma + 1;
	at += strspn(at, " ");
	if (!number(&at, at[0] && at[1] == ' ' ? 1 : 2, &t->day) || !one_of(&at, " ") ||
		strlen(at) < 4)
		return false;
	memcpy(name, at, 3);
	found = strstr(months, name);
	if (!found || (found - months) % 3)
		return false;
	t->month = (int)(found - months) / 3 + 1;
	at += 3;
	if (!one_of(&at, " ") || !number(&at, 4, &t->year) || !one_of(&at, " "))
		return false;
	if (!clock_time(&at, t))
		return false;
	*end = at;
	return true;
}

static bool exists(const struct parts *t)
{
	return t->day && date_valid(t->year * 10000LL + t->month * 100 + t->day) && t->hour <= 24 &&
	       t->minute <= 59 && t->second <= 60 && (t->hour < 24 || !(t->minute || t->second));
}

/* zh: said of the zone that all of China has; how years of this century begin in full width */
static const char beijing[] = "北京时间", wide_year[] = "２０";

/* With a year of four digits, and the same moment whether it is read now or years from now. */
static bool as_typed(const char *text, int64_t *at)
{
	enum { ONE_DAY = 1000000000, ANOTHER = 2100123456 };
	const char *why;
	int64_t other;

	text += strspn(text, " ");
	if (strncmp(text, beijing, strlen(beijing)) == 0)
		text += strlen(beijing);
	text += strspn(text, " ");
	bool year =
		strspn(text, "0123456789") >= 4 || strncmp(text, wide_year, strlen(wide_year)) == 0;
	return year && when_parse(text, ONE_DAY, at, &why) &&
	       when_parse(text, ANOTHER, &other, &why) && *at == other;
}

/* Seconds or milliseconds since 1970. Those of 2001 to 2033 begin with 1; what begins with 2 may be
 * a year. */
static bool counted(const char *text, int64_t *at)
{
	enum { SECONDS = 10, MILLISECONDS = 13 };
	size_t len = strspn(text, "0123456789");

	if (*text != '1' || text[len] || (len != SECONDS && len != MILLISECONDS))
		return false;
	*at = strtoll(text, NULL, 10) / (len == SECONDS ? 1 : 1000);
	return true;
}

enum cap_time_is cap_time(const char *text, int64_t *at)
{
	static bool (*const forms[])(const char *, struct parts *, const char **) = {
		extended, basic, rfc822};

	for (size_t i = 0; i < countof(forms); i++) {
		struct parts t = {0};
		const char *end = text;
		struct tm tm;

		if (!forms[i](text, &t, &end) || *end)
			continue;
		if (!exists(&t))
			return CAP_TIME_NONE;
		tm = (struct tm){.tm_year = t.year - 1900,
			.tm_mon = t.month - 1,
			.tm_mday = t.day,
			.tm_hour = t.hour,
			.tm_min = t.minute,
			.tm_sec = t.second > 59 ? 59 : t.second};
		*at = (int64_t)timegm(&tm) - t.zone;
		return CAP_TIME_GOOD;
	}
	return as_typed(text, at) || counted(text, at) ? CAP_TIME_TYPED : CAP_TIME_NONE;
}
