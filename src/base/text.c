/* SPDX-License-Identifier: GPL-3.0-or-later
 * UTF-8 by our own decoder: next and last character, columns, cutting and wrapping by columns,
 * and the order in which people expect names with numbers in them.
 */
#include "base/text.h"

#include <string.h>

enum { REPLACEMENT = 0xFFFD };

/* zh: marks, not words. What may not begin a line, and what may not end one. */
static const char closing[] = "，。、；：？！）》」』】〕〉〗’”…—％℃·,.;:?!)]}%>'\"";
static const char opening[] = "（《「『【〔〈〖‘“([{<￥$";

struct form {
	uint8_t mask, lead;
	uint32_t least;
};

/* By length: bits that mark the lead byte, and the least code point that needs this length. */
static const struct form forms[] = {
	{0, 0, 0}, {0x80, 0x00, 0}, {0xE0, 0xC0, 0x80}, {0xF0, 0xE0, 0x800}, {0xF8, 0xF0, 0x10000}};

/* Bytes of the well-formed character at S; 0 when it is not one. */
static size_t decode(const uint8_t *s, size_t len, uint32_t *cp)
{
	size_t size = 1;
	while (size < countof(forms) && (s[0] & forms[size].mask) != forms[size].lead)
		size++;
	if (size == countof(forms) || size > len)
		return 0;
	uint32_t sum = s[0] & (uint8_t)~forms[size].mask;
	for (size_t i = 1; i < size; i++) {
		if ((s[i] & 0xC0) != 0x80)
			return 0;
		sum = sum << 6 | (s[i] & 0x3F);
	}
	if (sum < forms[size].least || sum > 0x10FFFF || (sum >= 0xD800 && sum <= 0xDFFF))
		return 0;
	*cp = sum;
	return size;
}

size_t text_next(const char *s, size_t len, uint32_t *cp)
{
	*cp = 0;
	if (len == 0)
		return 0;
	size_t size = decode((const uint8_t *)s, len, cp);
	if (size)
		return size;
	*cp = REPLACEMENT;
	return 1;
}

size_t text_back(const char *s, size_t at)
{
	uint32_t cp;
	for (size_t size = 2; size <= 4 && size <= at; size++)
		if (decode((const uint8_t *)s + at - size, size, &cp) == size)
			return size;
	return at ? 1 : 0;
}

size_t text_whole(const char *s, size_t len)
{
	size_t lead = len;
	uint32_t cp;
	while (lead > 0 && len - lead < 3 && ((uint8_t)s[lead - 1] & 0xC0) == 0x80)
		lead--;
	if (lead == 0 || (uint8_t)s[lead - 1] < 0xC0)
		return len;
	lead--;
	return decode((const uint8_t *)s + lead, len - lead, &cp) ? len : lead;
}

size_t text_put(uint32_t cp, char out[4])
{
	if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
		cp = REPLACEMENT;
	size_t size = 1;
	while (size < 4 && cp >= forms[size + 1].least)
		size++;
	for (size_t i = size; i-- > 1; cp >>= 6)
		out[i] = (char)(0x80 | (cp & 0x3F));
	out[0] = (char)(forms[size].lead | cp);
	return size;
}

bool text_valid(const char *s, size_t len)
{
	for (size_t at = 0, step; at < len; at += step) {
		uint32_t cp;
		step = decode((const uint8_t *)s + at, len - at, &cp);
		if (step == 0 || cp == 0)
			return false;
	}
	return true;
}

size_t text_columns_n(const char *s, size_t len)
{
	size_t columns = 0, step;
	uint32_t cp;
	for (; (step = text_next(s, len, &cp)) != 0; s += step, len -= step)
		columns += text_width(cp);
	return columns;
}

size_t text_columns(const char *s)
{
	return text_columns_n(s, strlen(s));
}

size_t text_cut(const char *s, size_t columns, size_t *used)
{
	size_t len = strlen(s), at = 0, filled = 0, step;
	uint32_t cp;
	while ((step = text_next(s + at, len - at, &cp)) != 0) {
		unsigned width = text_width(cp);
		if (filled + width > columns)
			break;
		filled += width;
		at += step;
	}
	if (used)
		*used = filled;
	return at;
}

static bool one_of(uint32_t cp, const char *set)
{
	char text[5] = {0};
	text_put(cp, text);
	return cp != 0 && strstr(set, text) != NULL;
}

/* May a line end between BEFORE and CP? */
static bool may_break(uint32_t before, uint32_t cp)
{
	if (cp == ' ' || text_width(cp) == 0 || one_of(cp, closing))
		return false;
	if (before == ' ')
		return true;
	return (text_width(before) == 2 || text_width(cp) == 2) && !one_of(before, opening);
}

size_t text_wrap(const char *s, size_t columns)
{
	size_t len = strlen(s), at = 0, filled = 0, best = 0, step;
	uint32_t cp, before = 0;
	while ((step = text_next(s + at, len - at, &cp)) != 0) {
		if (cp == '\n')
			return at + 1;
		if (at && may_break(before, cp))
			best = at;
		filled += text_width(cp);
		/* Blanks at the end of a line may hang over: nobody sees them. */
		if (filled > columns && cp != ' ' && at > 0)
			return best ? best : at;
		before = cp;
		at += step;
	}
	return at;
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Compares the numbers at *A and *B by value and moves behind both. */
static int number_order(const char **a, const char **b)
{
	while (**a == '0')
		(*a)++;
	while (**b == '0')
		(*b)++;
	size_t a_len = 0, b_len = 0;
	while (digit((*a)[a_len]))
		a_len++;
	while (digit((*b)[b_len]))
		b_len++;
	int order = a_len != b_len ? (a_len < b_len ? -1 : 1) : memcmp(*a, *b, a_len);
	*a += a_len;
	*b += b_len;
	return order;
}

int text_order(const char *a, const char *b)
{
	const char *x = a, *y = b;
	while (*x && *y) {
		if (digit(*x) && digit(*y)) {
			int order = number_order(&x, &y);
			if (order)
				return order;
		} else if (*x != *y) {
			break;
		} else {
			x++;
			y++;
		}
	}
	if (*x != *y)
		return (unsigned char)*x < (unsigned char)*y ? -1 : 1;
	return strcmp(a, b); /* 3 and 03 differ after all */
}
