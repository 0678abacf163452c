/* SPDX-License-Identifier: GPL-3.0-or-later
 * Days and times of tables: as people type them, with slashes, weekdays and "until" around, and as
 * the day numbers that spreadsheets keep.
 */
#include "format/office/inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"

/* Days since 30 December 1899: 1954 to 2119. Days below are numbers of other things. */
enum { SERIAL_ZERO = 18991230, SERIAL_FIRST = 20000, SERIAL_LAST = 80000 };
enum { DAY_ROOM = 80 };

/* zh: what stands around a day and says nothing of it */
static const char *const before[] = {
	"截至", "截止", "到期", "至", "到", "限期", "限于", "限", "最迟", "不迟于"};
static const char *const behind[] = {"以前", "之前", "到期", "前", "止", "起"};

/* 45519 or 45519.6 as a day and seconds of it. */
static bool serial(const char *text, int64_t *date, int64_t *seconds)
{
	char *end;
	size_t digits = strspn(text, "0123456789");
	double number = strtod(text, &end);

	if (digits != 5 || *end || text[digits + strspn(text + digits, ".0123456789")] ||
		number < SERIAL_FIRST || number > SERIAL_LAST)
		return false;
	*date = date_add(SERIAL_ZERO, (int)number);
	*seconds = (int64_t)((number - (int)number) * DAY_SECONDS + 0.5);
	return true;
}

static void around(char *text, size_t len)
{
	for (size_t i = 0; i < countof(before); i++) {
		size_t size = strlen(before[i]);

		if (len > size && !memcmp(text, before[i], size)) {
			len -= size;
			memmove(text, text + size, len + 1);
			break;
		}
	}
	for (size_t i = 0; i < countof(behind); i++) {
		size_t size = strlen(behind[i]);

		if (len > size && !memcmp(text + len - size, behind[i], size)) {
			text[len - size] = 0;
			break;
		}
	}
}

/* 7/14/2026, as spreadsheets in English write it; where it may be either, it stays as it is. */
static void american(char text[DAY_ROOM])
{
	char *end;
	long first = strtol(text, &end, 10), second, year;

	if (end == text || *end != '-')
		return;
	second = strtol(end + 1, &end, 10);
	if (*end != '-' || strspn(end + 1, "0123456789") != 4)
		return;
	year = strtol(end + 1, &end, 10);
	char rest[DAY_ROOM];
	snprintf(rest, sizeof(rest), "%s", end);
	if (first <= 12 && (second > 12 || second == first))
		snprintf(text, DAY_ROOM, "%ld-%ld-%ld%.40s", year, first, second, rest);
	else if (second <= 12 && first > 12 && first <= 31)
		snprintf(text, DAY_ROOM, "%ld-%ld-%ld%.40s", year, second, first, rest);
}

/* zh: 一 to 六, 日, 天, 末; three weeks from now are no weekday */
static bool is_day(uint32_t cp)
{
	static const uint32_t days[] = {
		0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x65E5, 0x5929, 0x672B};

	for (size_t i = 0; i < countof(days); i++)
		if (days[i] == cp)
			return true;
	return cp >= '1' && cp <= '7';
}

/* zh: bytes of a weekday at S, with what says which it is */
static size_t weekday(const char *s, size_t len)
{
	static const char *const words[] = {"星期", "周", "礼拜"};
	uint32_t cp;

	for (size_t i = 0; i < countof(words); i++) {
		size_t size = strlen(words[i]);

		if (len <= size || memcmp(s, words[i], size) != 0)
			continue;
		size_t day = text_next(s + size, len - size, &cp);
		if (is_day(cp))
			return size + day;
	}
	return 0;
}

/* Blanks of one sort, no brackets and what is in them, no weekday, dashes for slashes. */
static void simplify(const char *raw, struct buf *text)
{
	size_t len = strlen(raw), step;
	bool inside = false;
	uint32_t cp;

	for (; (step = text_next(raw, len, &cp)) != 0; raw += step, len -= step) {
		char byte[4];
		size_t skip = weekday(raw, len);

		cp = blank_cp(cp) ? ' ' : plain_cp(cp);
		if (cp == '(' || cp == ')')
			inside = cp == '(';
		else if (skip)
			step = skip;
		else if (!inside)
			buf_put(text, byte, text_put(cp == '/' || cp == '\\' ? '-' : cp, byte));
	}
}

/* As it is to be parsed; false when it is longer than any day. */
static bool tidy(const char *raw, char out[DAY_ROOM])
{
	struct buf text = {0};

	simplify(raw, &text);
	bool good = text.len && text.len < DAY_ROOM;
	snprintf(out, DAY_ROOM, "%s", good ? buf_cstr(&text) : "");
	buf_release(&text);
	for (size_t end = strlen(out); end && out[end - 1] == ' '; end--)
		out[end - 1] = 0;
	around(out, strlen(out));
	american(out);
	return good && *out;
}

/* A day with a time behind it: 2026-7-14 0:00, 2026-07-14t00:00. */
static bool cut_clock(char *text)
{
	char *at = strchr(text, ':');

	if (!at)
		return false;
	while (at > text && at[-1] >= '0' && at[-1] <= '9')
		at--;
	if (at <= text + 3 || (at[-1] != ' ' && at[-1] != 't'))
		return false;
	at[-1] = 0;
	return true;
}

/* Aug-27, 15-Aug, 15-Aug-26: as spreadsheets write what they took for a day. A number alone behind
 * the month is its year. */
static bool english(const char *text, int64_t now, int64_t *date)
{
	static const char months[] = "jan feb mar apr may jun jul aug sep oct nov dec ";
	char word[] = "    ", *end;
	long day = strtol(text, &end, 10), year = (long)(date_of(now) / 10000);
	bool led = end != text;
	const char *at = led ? end + (*end == '-' || *end == ' ') : text;

	memcpy(word, at, strnlen(at, 3));
	const char *found = strstr(months, word);
	if (word[2] == ' ' || !found || (at[3] && at[3] != '-' && at[3] != ' '))
		return false;
	if (at[3]) {
		year = strtol(at + 4, &end, 10);
		if (end == at + 4 || *end)
			return false;
		year += year < 100 ? 2000 : 0;
	} else if (!led) {
		return false;
	}
	*date = (year * 100 + (found - months) / 4 + 1) * 100 + (led ? day : 0);
	return date_valid(*date) && (!led || day > 0);
}

static bool six_digits(const char *text, int64_t *date)
{
	if (strlen(text) != 6 || text[strspn(text, "0123456789")])
		return false;
	*date = strtoll(text, NULL, 10) * 100;
	return date_valid(*date);
}

/* False: WHY is the rule. */
static bool day_of(const char *raw, int64_t now, int64_t *date, const char **why)
{
	char text[DAY_ROOM];
	int64_t seconds;

	*why = _("看不懂这个日期");
	if (!tidy(raw, text))
		return false;
	day_words(text, sizeof(text), now);
	if (serial(text, date, &seconds) || six_digits(text, date) || english(text, now, date))
		return true;
	if (date_parse(text, now, date, why))
		return true;
	return cut_clock(text) && date_parse(text, now, date, why);
}

/* zh: 2024年1月—2026年12月: from one day to another, which counts. */
static bool is_span(const char *text, int64_t now, int64_t *date)
{
	/* zh: what stands between */
	static const char *const between[] = {"——", "—", "－", "–", "~", "～", "至", "到"};
	const char *why;

	for (size_t i = 0; i < countof(between); i++) {
		const char *at = strstr(text, between[i]);
		char first[DAY_ROOM];
		int64_t from;

		if (!at || (size_t)(at - text) >= sizeof(first))
			continue;
		snprintf(first, sizeof(first), "%.*s", (int)(at - text), text);
		if (day_of(first, now, &from, &why) &&
			day_of(at + strlen(between[i]), now, date, &why) && *date > from)
			return true;
	}
	return false;
}

/* zh: what never ends has no last day */
static bool is_endless(const char *text)
{
	static const char *const words[] = {
		"长期", "长期有效", "永久", "永久有效", "不限", "无期限", "无限期"};

	for (size_t i = 0; i < countof(words); i++)
		if (!strcmp(text, words[i]))
			return true;
	return false;
}

void cell_day(const struct field *field, const struct office_about *about, const char *text,
	struct office_cell *out)
{
	char shown[WHEN_TEXT];
	const char *why;
	int64_t date;

	(void)field;
	if (is_endless(text)) {
		out->is = CELL_EMPTY;
		return;
	}
	if (is_span(text, about->now, &date)) {
		out->why = _("是一段时间，按最后一天记");
	} else if (!day_of(text, about->now, &date, &why)) {
		cell_bad(out, why);
		return;
	}
	date_show(date, shown);
	buf_text(&out->text, shown);
}

void cell_moment(const struct field *field, const struct office_about *about, const char *text,
	struct office_cell *out)
{
	char tidied[DAY_ROOM], shown[WHEN_TEXT];
	const char *why = _("看不懂这个时间"), *no_day;
	int64_t date, seconds = 0, at;

	(void)field;
	if (tidy(text, tidied) && !serial(tidied, &date, &seconds) &&
		when_parse(tidied, about->now, &at, &why)) {
		when_rfc(at, shown);
		buf_text(&out->text, shown);
		return;
	}
	if (!day_of(text, about->now, &date, &no_day) || date % 100 == 0) {
		cell_bad(out, why);
		return;
	}
	if (!seconds)
		out->why = _("只写到日，按当日 0 时记");
	date_show(date, shown);
	seconds += 30;
	buf_fmt(&out->text, "%s %02d:%02d", shown, (int)(seconds / 3600), (int)(seconds / 60 % 60));
}
