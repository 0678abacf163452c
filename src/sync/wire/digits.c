/* SPDX-License-Identifier: GPL-3.0-or-later
 * Bytes as groups of digits that a person says and another types. The check digit of a group is
 * Damm's (https://en.wikipedia.org/wiki/Damm_algorithm): it catches every single wrong digit and
 * every swap of neighbours. It begins with the group's place, so a group that is left out, said
 * twice or swapped does not check where it stands, and with whether more come.
 */
#include "sync/wire.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { DATA = SPOKEN_GROUP - 1, UNIT = 10000, PLACES = 5, NAMED = 6 };

static const uint8_t damm[10][10] = {
	{0, 3, 1, 7, 5, 9, 8, 6, 4, 2},
	{7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
	{4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
	{1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
	{6, 1, 2, 3, 0, 4, 5, 9, 7, 8},
	{3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
	{5, 8, 6, 9, 7, 2, 0, 1, 3, 4},
	{8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
	{9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
	{2, 5, 8, 1, 4, 3, 6, 7, 9, 0},
};

/* 0 when the check digit at the end of DIGITS fits; without one: what it has to be. */
static uint8_t check(const uint8_t *digits, size_t count, size_t at, bool last)
{
	uint8_t state = (uint8_t)(at % PLACES + (last ? PLACES : 0));

	for (size_t i = 0; i < count; i++)
		state = damm[state][digits[i]];
	return state;
}

static void put_group(struct buf *out, unsigned value, size_t at, bool last)
{
	uint8_t digits[SPOKEN_GROUP];

	for (unsigned i = DATA; i--; value /= 10)
		digits[i] = (uint8_t)(value % 10);
	digits[DATA] = check(digits, DATA, at, last);
	if (at)
		buf_byte(out, ' ');
	for (unsigned i = 0; i < SPOKEN_GROUP; i++)
		buf_byte(out, (uint8_t)('0' + digits[i]));
}

unsigned digits_put(struct buf *out, struct bytes bytes)
{
	uint16_t *units = memory_get(bytes.len + 1, sizeof *units); /* the lowest first */
	size_t count = 0;

	for (size_t i = 0; i < bytes.len; i++) {
		unsigned carry = bytes.at[i];
		for (size_t k = 0; k < count; k++) {
			carry += units[k] * 256u;
			units[k] = (uint16_t)(carry % UNIT);
			carry /= UNIT;
		}
		for (; carry; carry /= UNIT)
			units[count++] = (uint16_t)(carry % UNIT);
	}
	for (size_t i = 0; i < count; i++)
		put_group(out, units[count - 1 - i], i, i + 1 == count);
	free(units);
	return (unsigned)count;
}

/* ---- what was typed */

/* zh: as they are said over the radio, and as they are written; by digit */
static const char *const said[10] = {"０零〇洞○", "１一幺么壹", "２二两贰", "３三叁", "４四肆",
	"５五伍", "６六陆", "７七拐柒", "８八捌", "９九勾玖"};
/* zh: what stands between groups */
static const char between[] = " \t\r\n　-－—–_,，、.。．;；/／|";

static bool holds(const char *list, uint32_t wanted)
{
	uint32_t cp = 0;

	for (size_t at = 0, len = strlen(list); at < len;) {
		at += text_next(list + at, len - at, &cp);
		if (cp == wanted)
			return true;
	}
	return false;
}

static int digit_of(uint32_t cp)
{
	if (cp >= '0' && cp <= '9')
		return (int)cp - '0';
	for (int i = 0; i < 10; i++)
		if (holds(said[i], cp))
			return i;
	return -1;
}

struct typed {
	struct buf digits;
	unsigned words, single; /* runs of digits; those of one digit */
	unsigned odd_at; /* group at which the first run begins that is no whole groups; 0 = none */
	size_t odd;      /* how long it is */
};

static void run_ends(struct typed *typed, size_t begin)
{
	size_t len = typed->digits.len - begin;

	if (!len)
		return;
	typed->words++;
	typed->single += len == 1;
	if (len % SPOKEN_GROUP && !typed->odd_at) {
		typed->odd_at = (unsigned)(begin / SPOKEN_GROUP + len / SPOKEN_GROUP + 1);
		typed->odd = len;
	}
}

static enum rc read_typed(const char *text, struct typed *typed, struct fault *fault)
{
	size_t begin = 0;
	uint32_t cp;

	for (size_t at = 0, len = strlen(text), used; at < len; at += used) {
		used = text_next(text + at, len - at, &cp);
		int digit = digit_of(cp);
		if (digit >= 0) {
			buf_byte(&typed->digits, (uint8_t)digit);
		} else if (holds(between, cp)) {
			run_ends(typed, begin);
			begin = typed->digits.len;
		} else {
			return fault_set(fault, RC_BAD, _("第 %zu 组里的 \"%s\" 不是数字"),
				typed->digits.len / SPOKEN_GROUP + 1,
				text_brief(&(struct brief){""}, text + at));
		}
		if (typed->digits.len > LIMIT_SPOKEN * SPOKEN_GROUP)
			return fault_set(fault, RC_BAD, _("第 %d 组以后太多：一条最多 %d 组"),
				LIMIT_SPOKEN, LIMIT_SPOKEN);
	}
	run_ends(typed, begin);
	return RC_OK;
}

/* Groups typed as groups are told by their blanks; digits typed one by one, or all in one, by their
 * number. */
static enum rc whole_groups(const struct typed *typed, struct fault *fault)
{
	bool one_by_one = typed->words == typed->single;

	if (!typed->digits.len)
		return fault_set(fault, RC_BAD, "%s", _("第 1 组没有：一个数字也没有"));
	if (!typed->odd_at || (one_by_one && typed->digits.len % SPOKEN_GROUP == 0))
		return RC_OK;
	if (one_by_one)
		return fault_set(fault, RC_BAD, _("第 %zu 组只有 %zu 位，应是 %d 位"),
			typed->digits.len / SPOKEN_GROUP + 1, typed->digits.len % SPOKEN_GROUP,
			SPOKEN_GROUP);
	return fault_set(fault, RC_BAD, _("第 %u 组有 %zu 位，应是 %d 位"), typed->odd_at,
		typed->odd % SPOKEN_GROUP, SPOKEN_GROUP);
}

/* ---- checked */

static enum rc say_wrong(
	const struct buf *wrong, unsigned count, unsigned first, bool missing, struct fault *fault)
{
	const char *names = (const char *)wrong->at;

	if (missing)
		return fault_set(fault, RC_BAD,
			_("第 %u 组对不上，像是下一组：漏念或念颠倒了，请对方从第 %u 组重念"),
			first, first);
	if (count > NAMED)
		return fault_set(fault, RC_BAD, _("第 %.*s 组等 %u 组对不上：请对方从第 %u 组重念"),
			(int)wrong->len, names, count, first);
	return fault_set(fault, RC_BAD, _("第 %.*s 组对不上：请对方重念"), (int)wrong->len, names);
}

static enum rc groups_check(const uint8_t *digits, size_t groups, struct fault *fault)
{
	struct buf wrong = {0};
	unsigned count = 0, first = 0;
	bool missing = false;

	for (size_t i = 0; i < groups; i++) {
		const uint8_t *group = digits + i * SPOKEN_GROUP;
		bool last = i + 1 == groups;
		if (!check(group, SPOKEN_GROUP, i, last))
			continue;
		if (last && !count && !check(group, SPOKEN_GROUP, i, false)) {
			buf_release(&wrong);
			return fault_set(fault, RC_BAD,
				_("第 %zu 组不像最后一组：后面的没有念，或这一组念错了"), groups);
		}
		if (!count) {
			first = (unsigned)i + 1;
			missing = !check(group, SPOKEN_GROUP, i + 1, false);
		}
		if (count++ < NAMED)
			buf_fmt(&wrong, "%s%zu", count > 1 ? ", " : "", i + 1);
	}
	missing = missing && count > 1;
	enum rc rc = count ? say_wrong(&wrong, count, first, missing, fault) : RC_OK;
	buf_release(&wrong);
	return rc;
}

enum digits_fit digits_group(const char *group, size_t at)
{
	uint8_t digits[SPOKEN_GROUP];

	for (size_t i = 0; i < SPOKEN_GROUP; i++)
		digits[i] = (uint8_t)(group[i] - '0');
	return !check(digits, SPOKEN_GROUP, at, false)       ? DIGITS_GOOD
	       : !check(digits, SPOKEN_GROUP, at, true)      ? DIGITS_LAST
	       : !check(digits, SPOKEN_GROUP, at + 1, false) ? DIGITS_NEXT
							     : DIGITS_WRONG;
}

bool digits_typed(const char *typed, char *out, size_t room, size_t *count)
{
	uint32_t cp;

	*count = 0;
	for (size_t at = 0, len = strlen(typed); at < len;) {
		at += text_next(typed + at, len - at, &cp);
		int digit = digit_of(cp);
		if (digit < 0 && holds(between, cp))
			continue;
		if (digit < 0 || *count + 1 >= room)
			return false;
		out[(*count)++] = (char)('0' + digit);
	}
	out[*count] = '\0';
	return true;
}

static void unpack(const uint8_t *digits, size_t groups, struct buf *out)
{
	uint8_t *bytes = memory_get(groups * 2 + 1, 1); /* the lowest first */
	size_t len = 0;

	for (size_t i = 0; i < groups; i++) {
		const uint8_t *d = digits + i * SPOKEN_GROUP;
		unsigned carry = d[0] * 1000u + d[1] * 100u + d[2] * 10u + d[3];
		for (size_t k = 0; k < len; k++) {
			carry += bytes[k] * (unsigned)UNIT;
			bytes[k] = (uint8_t)carry;
			carry >>= 8;
		}
		for (; carry; carry >>= 8)
			bytes[len++] = (uint8_t)carry;
	}
	while (len--)
		buf_byte(out, bytes[len]);
	free(bytes);
}

enum rc digits_take(const char *text, struct buf *out, struct fault *fault)
{
	struct typed typed = {0};
	enum rc rc = read_typed(text, &typed, fault);

	if (!rc)
		rc = whole_groups(&typed, fault);
	size_t groups = typed.digits.len / SPOKEN_GROUP;
	if (!rc)
		rc = groups_check(typed.digits.at, groups, fault);
	if (!rc)
		unpack(typed.digits.at, groups, out);
	buf_release(&typed.digits);
	return rc;
}
