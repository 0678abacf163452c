/* SPDX-License-Identifier: GPL-3.0-or-later
 * Numbers of tables: with separators, a unit behind, 万 and 亿, in hanzi, as 1.2E+05.
 */
#include "format/office/inside.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { NUMBER_ROOM = 64, UNIT_ROOM = 24, DECIMALS = 3 };

/* A cell while it is read. */
struct number {
	char digits[NUMBER_ROOM]; /* sign, digits, a point */
	double times;
	char unit[UNIT_ROOM]; /* of things that are counted, where the cell itself says it */
	bool about;
};

/* zh: what is written before a number that is not exact, and powers of ten behind one */
static const char *const nearly[] = {"约", "近", "大约", "共"};
/* zh: what stands behind one that is not */
static const char *const about_it[] = {"余", "多", "来", "左右", "上下", "以上"};
static const struct {
	const char *word;
	double times;
} powers[] = {{"万", 1e4}, {"亿", 1e8}, {"千", 1e3}, {"百", 1e2}};

static const char *past(const char *text, const char *word)
{
	size_t len = strlen(word);

	return strncmp(text, word, len) ? NULL : text + len;
}

/* 1,234 and 12,345,678: three digits between; also with a blank or an apostrophe. Bytes taken. */
static size_t take_grouped(const char *text, char out[NUMBER_ROOM])
{
	size_t at = strspn(text, "0123456789"), len = at;

	if (!at || at >= NUMBER_ROOM / 2)
		return 0;
	memcpy(out, text, at);
	while (len <= NUMBER_ROOM / 2 && text[at] && strchr(",' ", text[at]) &&
		strspn(text + at + 1, "0123456789") == 3) {
		memcpy(out + len, text + at + 1, 3);
		len += 3;
		at += 4;
	}
	out[len] = 0;
	return at;
}

static const char *take_digits(const char *text, struct number *number)
{
	size_t len = 0, tail;

	if (*text == '-' || *text == '+')
		number->digits[len++] = *text++;
	size_t used = take_grouped(text, number->digits + len);
	if (!used)
		return NULL;
	text += used;
	len = strlen(number->digits);
	tail = *text == '.' ? strspn(text + 1, "0123456789") : 0;
	if (tail && len + tail + 2 < NUMBER_ROOM) {
		memcpy(number->digits + len, text, tail + 1);
		number->digits[len + tail + 1] = 0;
		text += tail + 1;
	}
	if (*text == 'e' && (text[1] == '+' || text[1] == '-')) {
		char *end;
		long power = strtol(text + 1, &end, 10);

		number->times = pow(10, (double)(power > 15 ? 15 : power < -15 ? -15 : power));
		text = end;
	}
	return text;
}

static int hanzi_digit(uint32_t cp)
{
	/* zh: 零一二三四五六七八九 */
	static const uint32_t signs[] = {
		0x96F6, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D};

	if (cp == 0x4E24) /* zh: 两 */
		return 2;
	if (cp == 0x3007) /* zh: 〇 */
		return 0;
	/* zh: 零壹贰叁肆伍陆柒捌玖, as sums of money are written */
	static const uint32_t formal[] = {
		0x96F6, 0x58F9, 0x8D30, 0x53C1, 0x8086, 0x4F0D, 0x9646, 0x67D2, 0x634C, 0x7396};

	for (int i = 0; i < (int)countof(signs); i++)
		if (signs[i] == cp || formal[i] == cp)
			return i;
	return -1;
}

static int hanzi_power(uint32_t cp)
{
	/* zh: 十百千 and 拾佰仟 */
	return cp == 0x5341 || cp == 0x62FE   ? 10
	       : cp == 0x767E || cp == 0x4F70 ? 100
	       : cp == 0x5343 || cp == 0x4EDF ? 1000
					      : 0;
}

/* 三, 十二, 一百零五: below ten thousand. */
static const char *take_hanzi(const char *text, struct number *number)
{
	size_t len = strlen(text), step;
	long sum = 0, digit = -1;
	bool any = false;
	uint32_t cp;

	for (; (step = text_next(text, len, &cp)) != 0; text += step, len -= step) {
		int power = hanzi_power(cp), next = hanzi_digit(cp);

		if (power) {
			sum += (digit < 0 ? 1 : digit) * power;
			digit = -1;
		} else if (next >= 0 && digit <= 0) {
			digit = next;
		} else {
			break;
		}
		any = true;
	}
	if (!any)
		return NULL;
	snprintf(number->digits, sizeof(number->digits), "%ld", sum + (digit > 0 ? digit : 0));
	return text;
}

/* A power of ten before a unit or before nothing: 万, 万人. */
static const char *take_power(const char *base, const char *text, struct number *number)
{
	double factor;

	for (size_t i = 0; i < countof(powers); i++) {
		const char *rest = past(text, powers[i].word);

		if (rest && (!*rest || office_factor(base, rest, &factor) ||
				    office_factor("", rest, &factor))) {
			number->times *= powers[i].times;
			return rest;
		}
	}
	return text;
}

/* What stands behind the digits, or else in the heading: a power of ten, a unit. */
static bool take_unit(const char *base, const char *unit, const char *text, struct number *number)
{
	const char *word = *text ? text : unit;
	double factor = 1;

	if (!office_factor(base, word, &factor))
		word = take_power(base, word, number);
	if (!*word)
		return true;
	/* Behind a heading stands much that is no unit. */
	bool counts = !*base || !office_factor(base, word, &factor);
	if (counts && !office_factor("", word, &factor))
		return !*text;
	if (counts && *text)
		bytes_into(number->unit, sizeof(number->unit), bytes_text(word));
	number->times *= factor;
	return true;
}

/* 15.1999999999999992895 is what an old workbook keeps of 15.2. More decimals than are kept are
 * rounded, and that is said; of things that are counted there are whole ones. */
static bool rounded(
	const struct field *field, const struct number *number, struct office_cell *out, char *text)
{
	const char *point = strchr(number->digits, '.');
	double value = strtod(number->digits, NULL), noise = 1e-9;

	if (!point || strlen(point) <= DECIMALS + 1)
		return false;
	snprintf(text, NUMBER_ROOM, "%.*f", field->type == T_NUM ? 0 : DECIMALS, value);
	double off = value - strtod(text, NULL);
	bool same = off < noise && off > -noise;
	if (!same && field->type != T_NUM)
		out->why = _("只记三位小数");
	return same || field->type != T_NUM;
}

static void put_number(
	const struct field *field, const struct number *number, struct office_cell *out)
{
	char text[NUMBER_ROOM];
	size_t len;

	if (number->times == 1 && !rounded(field, number, out, text)) {
		snprintf(text, sizeof(text), "%s", number->digits);
	} else if (number->times != 1) {
		double value = strtod(number->digits, NULL) * number->times;

		snprintf(text, sizeof(text), "%.*f", field->type == T_NUM ? 0 : DECIMALS, value);
	}
	len = strlen(text);
	if (strchr(text, '.'))
		while (len && (text[len - 1] == '0' || text[len - 1] == '.'))
			if (text[--len] == '.')
				break;
	buf_put(&out->text, text, len);
}

/* 3台(1台坏): what stands in brackets behind a number says something of it, if it is no unit. */
static void take_remark(struct buf *plain, struct office_cell *out)
{
	const char *text = buf_cstr(plain), *from = strchr(text, '('), *end = strrchr(text, ')');

	if (!from || from == text || !end || end[1] || end < from)
		return;
	struct buf inside = {0};
	double factor;
	size_t number = (size_t)(from - text);

	buf_put(&inside, from + 1, (size_t)(end - from) - 1);
	bool unit = office_factor("", buf_cstr(&inside), &factor);
	plain->len = number;
	buf_put(unit ? plain : &out->remark, inside.at, inside.len);
	buf_release(&inside);
	while (plain->len && plain->at[plain->len - 1] == ' ')
		plain->len--;
}

/* 30余人: what says that it is about that many is taken away. */
static void take_about(struct buf *small, struct number *number)
{
	const char *text = buf_cstr(small);

	for (size_t i = 0; i < countof(about_it); i++) {
		size_t len = strlen(about_it[i]);
		const char *at = strstr(text, about_it[i]);

		if (!at || (at != text && at[len]))
			continue;
		size_t place = (size_t)(at - text);

		memmove(small->at + place, small->at + place + len, small->len - place - len);
		small->len -= len;
		number->about = true;
		return;
	}
}

void cell_number(const struct field *field, const struct office_about *about, const char *text,
	struct office_cell *out)
{
	struct number number = {.times = 1};
	struct buf plain = {0}, small = {0}, base = {0};
	const char *at, *behind;

	/* Blanks between digits are separators: they stay until the digits are read. */
	for (size_t len = strlen(text), step; len; text += step, len -= step) {
		uint32_t cp;
		char byte[4];

		step = text_next(text, len, &cp);
		cp = blank_cp(cp) ? ' ' : plain_cp(cp);
		buf_put(&plain, byte, text_put(cp, byte));
	}
	take_remark(&plain, out);
	at = buf_cstr(&plain);
	for (size_t i = 0; i < countof(nearly) && !number.about; i++)
		if ((behind = past(at, nearly[i]))) {
			number.about = true;
			at = behind;
		}
	at += strspn(at, " ");
	behind = take_digits(at, &number);
	if (!behind)
		behind = take_hanzi(at, &number);
	office_unit(field, &base);
	if (behind)
		office_plain(behind, &small);
	take_about(&small, &number);
	if (!behind || !take_unit(buf_cstr(&base), about->unit, buf_cstr(&small), &number))
		cell_bad(out, _("不是数，或单位不认识"));
	else
		put_number(field, &number, out);
	if (out->is == CELL_GOOD && field->type == T_DEC)
		buf_text(&out->second, number.unit);
	if (out->is == CELL_GOOD && number.about)
		out->why = _("是约数，按这个数记");
	buf_release(&plain);
	buf_release(&small);
	buf_release(&base);
}
