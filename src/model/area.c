/* SPDX-License-Identifier: GPL-3.0-or-later
 * Area codes and their names. A list is searched where it lies, line by line in halves, so it
 * costs neither time at start nor memory.
 */
#include "model/area.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/digest.h"

enum { LISTS = 8, CODE = 12 };

struct place {
	uint64_t area;
	struct bytes name;
};

/* What a trailing group of zeros leaves: digits and the number of 12 digit codes in such an area.
 */
struct rung {
	unsigned digits;
	enum level level;
	uint64_t size;
};

static const struct rung rungs[] = {
	{12, LEVEL_VILLAGE, UINT64_C(1)},
	{9, LEVEL_TOWNSHIP, UINT64_C(1000)},
	{6, LEVEL_COUNTY, UINT64_C(1000000)},
	{4, LEVEL_CITY, UINT64_C(100000000)},
	{2, LEVEL_PROVINCE, UINT64_C(10000000000)},
};

/* The lists in use; the process has one set of them, loaded at start. */
static struct bytes lists[LISTS];
static size_t lists_count;

static size_t rung_of(uint64_t area)
{
	size_t i = 0;
	while (i + 1 < countof(rungs) && area % rungs[i + 1].size == 0)
		i++;
	return i;
}

unsigned area_digits(uint64_t area)
{
	return rungs[rung_of(area)].digits;
}

enum level area_level(uint64_t area)
{
	return rungs[rung_of(area)].level;
}

bool area_within(uint64_t area, uint64_t above)
{
	if (above == 0)
		return true;
	return area - area % rungs[rung_of(above)].size == above;
}

uint64_t area_above(uint64_t area)
{
	size_t rung = rung_of(area);
	if (rung + 1 == countof(rungs))
		return 0;
	return area - area % rungs[rung + 1].size;
}

uint64_t area_last(uint64_t area)
{
	return area + rungs[rung_of(area)].size - 1;
}

void area_show(uint64_t area, char out[16])
{
	snprintf(out, 16, "%012" PRIu64, area % UINT64_C(1000000000000));
}

void area_short(uint64_t area, char out[16])
{
	area_show(area, out);
	out[area_digits(area)] = 0;
}

/* The digit at *S, full-width ones too; -1 when it is not one. Moves on. */
static int take_digit(const char **s)
{
	const uint8_t *at = (const uint8_t *)*s;
	if (at[0] >= '0' && at[0] <= '9') {
		(*s)++;
		return at[0] - '0';
	}
	if (at[0] == 0xEF && at[1] == 0xBC && at[2] >= 0x90 && at[2] <= 0x99) {
		*s += 3;
		return at[2] - 0x90;
	}
	return -1;
}

static bool good_length(unsigned digits)
{
	for (size_t i = 0; i < countof(rungs); i++)
		if (rungs[i].digits == digits)
			return true;
	return false;
}

bool area_parse(const char *typed, uint64_t *area, const char **why)
{
	uint64_t code = 0;
	unsigned count = 0;
	int digit;
	typed += strspn(typed, " ");
	while (count <= CODE && (digit = take_digit(&typed)) >= 0) {
		code = code * 10 + (unsigned)digit;
		count++;
	}
	typed += strspn(typed, " ");
	if (*typed || !good_length(count)) {
		*why = _("区划代码是 2、4、6、9 或 12 位数字，例如 410882103");
		return false;
	}
	for (; count < CODE; count++)
		code *= 10;
	uint64_t province = code / rungs[countof(rungs) - 1].size;
	if (province < 11 || province > 82) {
		*why = _("没有这个省份，区划代码以 11 到 82 开头");
		return false;
	}
	*area = code;
	return true;
}

/* A name, in whatever script it is written but that of codes. */
static bool is_name(struct bytes word)
{
	for (size_t i = 0; i < word.len; i++)
		if (word.at[i] & 0x80)
			return true;
	return false;
}

enum area_reach area_reach(struct bytes list, uint64_t station)
{
	bool known = false, names = false;

	while (list.len) {
		const uint8_t *comma = memchr(list.at, ',', list.len);
		size_t len = comma ? (size_t)(comma - list.at) : list.len;
		char word[CODE + 1] = "";
		uint64_t area;
		const char *why;

		if (len <= CODE)
			memcpy(word, list.at, len);
		if (!area_parse(word, &area, &why))
			names |= is_name(bytes_of(list.at, len));
		else if (area_within(area, station) || area_within(station, area))
			return AREA_HERE;
		else
			known = true;
		len += comma != NULL;
		list = bytes_of(list.at + len, list.len - len);
	}
	return known && !names ? AREA_ELSEWHERE : AREA_UNSURE;
}

/* A line's code with zeros behind; lines that are none count as 0. */
static struct place read_line(struct bytes line)
{
	struct place place = {0};
	size_t at = 0;
	while (at < line.len && at < CODE && line.at[at] >= '0' && line.at[at] <= '9')
		place.area = place.area * 10 + (uint64_t)(line.at[at++] - '0');
	for (size_t i = at; i < CODE; i++)
		place.area *= 10;
	if (at == line.len || line.at[at] != '\t')
		return (struct place){0};
	const uint8_t *name = line.at + at + 1;
	size_t len = line.len - at - 1;
	const uint8_t *end = len ? memchr(name, '\t', len) : NULL;
	if (end)
		len = (size_t)(end - name);
	if (len && name[len - 1] == '\r')
		len--;
	place.name = bytes_of(name, len);
	return place;
}

static struct bytes line_at(struct bytes list, size_t at)
{
	const uint8_t *end = memchr(list.at + at, '\n', list.len - at);
	return bytes_of(list.at + at, end ? (size_t)(end - list.at) - at : list.len - at);
}

/* Where the line begins that AT lies in. */
static size_t line_start(struct bytes list, size_t at)
{
	while (at > 0 && list.at[at - 1] != '\n')
		at--;
	return at;
}

/* The first place of LIST whose code is at least LEAST; area 0 when there is none. */
static struct place first_from(struct bytes list, uint64_t least)
{
	struct place found = {0};
	size_t low = 0, high = list.len;
	while (low < high) {
		size_t start = line_start(list, low + (high - low) / 2);
		struct bytes line = line_at(list, start);
		struct place place = read_line(line);
		if (place.area >= least) {
			found = place;
			high = start;
		} else {
			low = start + line.len + 1;
		}
	}
	return found;
}

void area_list_add(struct bytes tsv)
{
	while (tsv.len &&
		(tsv.at[0] == '#' || tsv.at[0] == 0xEF)) { /* comments and a byte order mark */
		size_t skip = tsv.at[0] == '#' ? line_at(tsv, 0).len + 1 : 3;
		if (skip > tsv.len)
			skip = tsv.len;
		tsv = bytes_of(tsv.at + skip, tsv.len - skip);
	}
	assert(lists_count < LISTS);
	lists[lists_count++] = tsv;
}

void area_lists_clear(void)
{
	lists_count = 0;
}

uint64_t area_lists_print(void)
{
	uint64_t print = 0;
	for (size_t i = 0; i < lists_count; i++)
		print = digest(print, lists[i]);
	return print;
}

/* Of all lists; among equals the later list's. */
static struct place first_of_all(uint64_t least)
{
	struct place best = {0};
	for (size_t i = 0; i < lists_count; i++) {
		struct place place = first_from(lists[i], least);
		if (place.area && (best.area == 0 || place.area <= best.area))
			best = place;
	}
	return best;
}

bool area_name(uint64_t area, struct bytes *name)
{
	struct place place = area ? first_of_all(area) : (struct place){0};
	if (place.area != area || area == 0)
		return false;
	*name = place.name;
	return true;
}

static unsigned occurs(struct bytes text, struct bytes word)
{
	unsigned count = 0;
	const uint8_t *at;
	while (word.len && (at = memmem(text.at, text.len, word.at, word.len))) {
		size_t past = (size_t)(at - text.at) + word.len;
		text = (struct bytes){text.at + past, text.len - past};
		count++;
	}
	return count;
}

bool area_in_text(uint64_t area, struct bytes text)
{
	struct bytes name = {0}, other;
	char code[16];
	uint64_t beside = 0;
	unsigned count;
	area_show(area, code);
	if (occurs(text, bytes_text(code)))
		return true;
	count = area_name(area, &name) ? occurs(text, name) : 0;
	while (count && area_each(area_above(area), &beside, &other))
		if (other.len > name.len && occurs(other, name))
			count -= occurs(text, other);
	return count > 0;
}

void area_title(uint64_t area, struct buf *out)
{
	struct bytes name, town;
	if (!area_name(area, &name)) {
		char code[16];
		area_short(area, code);
		buf_text(out, code);
		return;
	}
	/* 王庄 occurs seven times in one city: a village without its township says little. */
	if (area_level(area) == LEVEL_VILLAGE && area_name(area_above(area), &town)) {
		buf_put(out, town.at, town.len);
		buf_byte(out, ' ');
	}
	buf_put(out, name.at, name.len);
}

bool area_each(uint64_t above, uint64_t *after, struct bytes *name)
{
	uint64_t least = *after ? area_last(*after) + 1 : above + 1;
	for (;;) {
		struct place place = first_of_all(least);
		if (place.area == 0 || !area_within(place.area, above))
			return false;
		if (area_above(place.area) == above) {
			*after = place.area;
			*name = place.name;
			return true;
		}
		least = area_last(place.area) + 1; /* its township is missing in the list */
	}
}
