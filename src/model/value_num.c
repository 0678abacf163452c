/* SPDX-License-Identifier: GPL-3.0-or-later
 * Numbers as values: whole ones, and decimals kept as thousandths.
 */
#include "model/value_inside.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

int value_digit(uint32_t cp)
{
	if (cp >= '0' && cp <= '9')
		return (int)(cp - '0');
	if (cp >= 0xFF10 && cp <= 0xFF19)
		return (int)(cp - 0xFF10);
	return -1;
}

/* A number while it is read: BEHIND digits stand behind the point. */
struct digits {
	int64_t n;
	unsigned places, behind;
	bool point, any;
};

static const int64_t number_most = INT64_C(9000000000000000);

static bool take_digit(struct digits *digits, uint32_t cp, const char **why)
{
	int digit = value_digit(cp);

	if (digits->places && !digits->point && (cp == '.' || cp == 0xFF0E)) {
		digits->point = true;
		return true;
	}
	if (digit < 0) {
		*why = digits->places ? _("只填数字，不带单位，例如 12.5")
				      : _("只填整数，不带单位");
	} else if (digits->point && digits->behind == digits->places) {
		*why = _("小数最多三位");
	} else if (digits->n > number_most / 10) {
		*why = _("数字太大");
	} else {
		digits->n = digits->n * 10 + digit;
		digits->behind += digits->point;
		digits->any = true;
		return true;
	}
	return false;
}

/* Digits with at most PLACES behind a point, as that many places. */
static bool take_number(const struct field *field, const char *typed, unsigned places,
	int64_t *number, const char **why)
{
	struct digits digits = {.places = places};
	bool minus = false;
	uint32_t cp;

	if (*typed == '-' || *typed == '+')
		minus = *typed++ == '-';
	for (size_t used; (used = text_next(typed, strlen(typed), &cp)); typed += used)
		if (!take_digit(&digits, cp, why))
			return false;
	for (; digits.behind < places && digits.n <= number_most; digits.behind++)
		digits.n *= 10; /* number_most leaves room for one more place */
	if (!digits.any || digits.n > number_most) {
		*why = digits.any ? _("数字太大") : _("只填整数，不带单位");
		return false;
	}
	if (minus && digits.n && !(field->flags & F_NEG)) {
		*why = _("不能是负数");
		return false;
	}
	*number = minus ? -digits.n : digits.n;
	return true;
}

bool parse_num(const struct field *field, const char *typed, const struct value_ways *ways,
	struct buf *keep, struct value *value, const char **why)
{
	(void)ways;
	(void)keep;
	*value = value_num(0);
	return take_number(field, typed, 0, &value->num, why);
}

bool parse_dec(const struct field *field, const char *typed, const struct value_ways *ways,
	struct buf *keep, struct value *value, const char **why)
{
	(void)ways;
	(void)keep;
	*value = value_num(0);
	return take_number(field, typed, 3, &value->num, why);
}

void value_show_parts(int64_t number, int64_t unit, int places, struct buf *out)
{
	char text[40];
	int64_t n = number < 0 ? -number : number;
	int len = snprintf(text, sizeof text, "%s%lld.%0*lld", number < 0 ? "-" : "",
		(long long)(n / unit), places, (long long)(n % unit));

	while (text[len - 1] == '0')
		len--;
	if (text[len - 1] == '.')
		len--;
	buf_put(out, text, (size_t)len);
}

void show_dec(const struct field *field, const struct value *value, const struct value_ways *ways,
	struct buf *out)
{
	(void)field;
	(void)ways;
	value_show_parts(value->num, 1000, 3, out);
}
