/* SPDX-License-Identifier: GPL-3.0-or-later
 * Longitudes and latitudes: decimal, or in degrees, minutes and seconds, with the sides of the
 * world before or behind, as maps, receivers and registers write them.
 */
#include "model/value_inside.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum { PARTS = 3, SIXTIETH = 60 };

/* What is written, as a short line of ASCII: d, m and s end degrees, minutes and seconds. */
enum { MARKS = 48 };

struct mark {
	const char *word;
	char mark;
};

/* zh: longer words before those they begin with. */
static const struct mark marks[] = {{"东经", 'E'}, {"西经", 'W'}, {"北纬", 'N'}, {"南纬", 'S'},
	{"经度", ' '}, {"纬度", ' '}, {"°", 'd'}, {"º", 'd'}, {"˚", 'd'}, {"度", 'd'}, {"′", 'm'},
	{"’", 'm'}, {"‘", 'm'}, {"分", 'm'}, {"''", 's'}, {"′′", 's'}, {"″", 's'}, {"”", 's'},
	{"“", 's'}, {"秒", 's'}, {"\"", 's'}, {"'", 'm'}, {"东", 'E'}, {"西", 'W'}, {"北", 'N'},
	{"南", 'S'}};

static size_t mark_of(const char *typed, char *mark)
{
	for (size_t i = 0; i < countof(marks); i++) {
		size_t len = strlen(marks[i].word);

		if (strncmp(typed, marks[i].word, len) == 0) {
			*mark = marks[i].mark;
			return len;
		}
	}
	return 0;
}

static char plain(uint32_t cp)
{
	if (cp >= 0xFF01 && cp <= 0xFF5E)
		cp -= 0xFF01 - 0x21;
	if (cp == 0x3000 || cp == 0xA0 || cp == '\t')
		return ' ';
	if (cp < 0x80 && strchr("eEwWnNsS", (int)cp))
		return (char)(cp & ~0x20u);
	return cp == ':' ? ' ' : cp >= ' ' && cp < 0x7F ? (char)cp : '?';
}

/* False: longer than any place is written. */
static bool to_marks(const char *typed, char out[MARKS])
{
	size_t len = 0;

	while (*typed && len + 1 < MARKS) {
		uint32_t cp;
		char mark = 0;
		size_t used = mark_of(typed, &mark);

		if (!used) {
			used = text_next(typed, strlen(typed), &cp);
			mark = plain(cp);
		}
		out[len++] = mark;
		typed += used;
	}
	out[len] = 0;
	return !*typed;
}

/* ---- the marks */

/* One of the sides of the world; 0. */
static char side(const char **at)
{
	*at += strspn(*at, " ");
	char is = **at && strchr("EWNS", **at) ? *(*at)++ : 0;
	*at += strspn(*at, " ");
	return is;
}

/* Digits and a point, as millionths; false: none there, or too many. */
static bool millionths(const char **at, int64_t *out, bool *point)
{
	size_t whole = strspn(*at, "0123456789");

	*out = 0;
	if (!whole || whole > 4)
		return false;
	for (; whole; whole--)
		*out = *out * 10 + (*(*at)++ - '0');
	*point = **at == '.';
	*at += *point;
	for (int place = 0; place < 6 || (**at >= '0' && **at <= '9'); place++) {
		bool digit = *point && **at >= '0' && **at <= '9';

		if (place < 6)
			*out = *out * 10 + (digit ? **at - '0' : 0);
		*at += digit;
	}
	return true;
}

/* Degrees, and minutes and seconds of them; each but the last is whole, and the next is below 60.
 */
static bool take_parts(const char **at, int64_t *out)
{
	static const char ends[] = "dms";
	int64_t part, unit = SIXTIETH * SIXTIETH, sum = 0;
	bool point = false;

	for (unsigned n = 0; n < PARTS && **at >= '0' && **at <= '9'; n++, unit /= SIXTIETH) {
		if (point || !millionths(at, &part, &point) || (n && part >= SIXTIETH * DEGREE))
			return false;
		sum += part * unit;
		*at += strspn(*at, " ");
		if (**at && strchr(ends, **at) && *(*at)++ != ends[n])
			return false;
		*at += strspn(*at, " ");
	}
	*out = (sum + SIXTIETH * SIXTIETH / 2) / (SIXTIETH * SIXTIETH);
	return true;
}

/* The side that is written before or behind; false: both are, or one beside a sign. */
static bool one_side(char before, char behind, bool *minus, char *is)
{
	*is = before ? before : behind;
	if ((before && behind) || (*minus && *is))
		return false;
	*minus |= *is == 'W' || *is == 'S';
	return true;
}

static bool read_degree(
	const char *typed, int64_t most, bool *minus, int64_t *number, const char **why)
{
	char text[MARKS], before, is;
	const char *at = text;

	*why = _("看不懂这个坐标：写 112.93，或 112°56′12″");
	if (!to_marks(typed, text))
		return false;
	before = side(&at);
	*minus = *at == '-';
	at += *at == '-' || *at == '+';
	if (!strspn(at, "0123456789") || !take_parts(&at, number) ||
		!one_side(before, side(&at), minus, &is) || *at)
		return false;
	if (!is || strchr(most == 90 ? "NS" : "EW", is))
		return true;
	*why = most == 90 ? _("这是经度，这一格要填纬度") : _("这是纬度，这一格要填经度");
	return false;
}

static bool take_degree(const struct field *field, const char *typed, int64_t most,
	struct value *value, const char **why)
{
	bool minus;

	*value = value_num(0);
	if (!read_degree(typed, most, &minus, &value->num, why))
		return false;
	if (minus)
		value->num = -value->num;
	if (value->num < 0 && !(field->flags & F_NEG))
		*why = _("不能是负数");
	else if (value->num >= -most * DEGREE && value->num <= most * DEGREE)
		return true;
	else
		*why = most == 90 ? _("纬度在 -90 到 90 之间") : _("经度在 -180 到 180 之间");
	return false;
}

bool parse_lon(const struct field *field, const char *typed, const struct value_ways *ways,
	struct buf *keep, struct value *value, const char **why)
{
	(void)ways;
	(void)keep;
	return take_degree(field, typed, 180, value, why);
}

bool parse_lat(const struct field *field, const char *typed, const struct value_ways *ways,
	struct buf *keep, struct value *value, const char **why)
{
	(void)ways;
	(void)keep;
	return take_degree(field, typed, 90, value, why);
}

void show_degree(const struct field *field, const struct value *value,
	const struct value_ways *ways, struct buf *out)
{
	(void)field;
	(void)ways;
	value_show_parts(value->num, DEGREE, 6, out);
}
