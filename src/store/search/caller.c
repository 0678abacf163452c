/* SPDX-License-Identifier: GPL-3.0-or-later
 * A caller's number, typed as it stands on a display or in a message: with separators, with +86,
 * with an area code that the register may lack. It is looked for by the digits that all of them
 * share.
 */
#include "store/search/internal.h"

#include <string.h>

#include "base/text.h"

enum { SHORTEST = 7 }; /* digits that only a telephone number parts by separators */

/* 2026-07-14 is a day. */
static bool is_day(const char *typed)
{
	return strspn(typed, "0123456789") == 4 && typed[4] == '-' &&
	       strspn(typed + 5, "0123456789") <= 2;
}

/* What stands between digits, once text_fold has made the wide signs plain. */
static bool parts_number(uint32_t cp)
{
	return (cp && cp < 0x80 && strchr(" +-().", (char)cp)) || cp == 0xB7 || cp == 0x2212 ||
	       (cp >= 0x2010 && cp <= 0x2014);
}

/* Of a number with an area code the part that is dialled at home: 010 and 02x are followed by eight
 * digits, the others by seven or eight. */
static const char *at_home(const char *digits, size_t len)
{
	bool big = digits[1] == '1' || digits[1] == '2';

	if (digits[0] != '0' || len < 10 || len > 12)
		return digits;
	return digits + (big ? 3 : 4);
}

/* The digits of what was typed; false when it is no number. *PARTED: something stood between them.
 */
static bool digits_of(const struct buf *typed, char out[CALLER_DIGITS + 1], bool *parted)
{
	const char *at = (const char *)typed->at;
	size_t left = typed->len, len = 0, step;
	uint32_t cp;

	for (; (step = text_next(at, left, &cp)) != 0; at += step, left -= step) {
		bool digit = cp >= '0' && cp <= '9';

		if ((!digit && !parts_number(cp)) || len == CALLER_DIGITS)
			return false;
		*parted |= !digit;
		if (digit)
			out[len++] = (char)cp;
	}
	out[len] = '\0';
	return len >= SHORTEST;
}

bool caller_number(const char *typed, char out[CALLER_DIGITS + 1])
{
	struct buf plain = {0};
	const char *digits = out;
	bool parted = false, good;

	text_fold(typed, strlen(typed), &plain);
	good = !is_day(buf_cstr(&plain)) && digits_of(&plain, out, &parted);
	buf_release(&plain);
	if (!good)
		return false;
	if (!strncmp(digits, "0086", 4))
		digits += 4;
	else if (!strncmp(digits, "86", 2) && strlen(digits) >= SHORTEST + 4)
		digits += 2;
	digits = at_home(digits, strlen(digits));
	if (strlen(digits) < SHORTEST || (!parted && digits == out))
		return false; /* looked for as it stands */
	memmove(out, digits, strlen(digits) + 1);
	return true;
}
