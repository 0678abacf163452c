/* SPDX-License-Identifier: GPL-3.0-or-later
 * Areas of alerts. Foreign lists also use six, nine and twelve digits, so a number is one of ours
 * only when the list that it stands under is, or when it is a place that is known here.
 */
#include "format/cap_areas.h"

#include <string.h>
#include <strings.h>

#include "base/limits.h"
#include "format/cap_shape.h"
#include "model/area.h"

enum { LIST = 21, DIGITS = 12, TOWNSHIP = 9 }; /* LIST: room for the name of a list of codes */

struct found {
	uint64_t station, common; /* common: lowest area that holds all so far; 0 = none yet */
	bool elsewhere;           /* some lie above or outside the station, or are not known */
	struct buf *list;
	bool full;
};

static bool is_province(const char *code)
{
	static const char all[] =
		"11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 "
		"61 62 63 64 65 71 81 82";

	for (const char *p = all; *p; p += p[2] ? 3 : 2)
		if (p[0] == code[0] && p[1] == code[1])
			return true;
	return false;
}

static void put(
	struct found *found, const char *list, const char *word, size_t len, const char *mark)
{
	static const char more[] = "…?";
	size_t size = strlen(list) + len + 3;

	if (found->full)
		return;
	if (found->list->len)
		buf_byte(found->list, ',');
	if (found->list->len + size + sizeof(more) > LIMIT_TEXT) {
		buf_text(found->list, more);
		found->full = true;
		return;
	}
	if (*list)
		buf_fmt(found->list, "%s:", list);
	buf_put(found->list, word, len);
	buf_text(found->list, mark);
}

static void hold(struct found *found, uint64_t area)
{
	if (!area_within(area, found->station)) {
		found->elsewhere = true;
		return;
	}
	if (!found->common)
		found->common = area;
	while (!area_within(area, found->common))
		found->common = area_above(found->common);
}

/* A place that is known here: by name, or as one that holds the station or stands in its county. */
static bool is_known(const struct found *found, uint64_t area)
{
	struct bytes name;
	uint64_t county = found->station;

	while (area_level(county) < LEVEL_COUNTY)
		county = area_above(county);
	return area_name(area, &name) || area_within(area, county) ||
	       area_within(found->station, area);
}

/* Is a code that stands under the name LIST one of China's? */
static bool is_ours(const struct found *found, const char *list, const char *digits, uint64_t area)
{
	/* zh: what lists of China's codes are called */
	static const char *const lists[] = {
		"2260", "10114", "CPEAS", "adcode", "areacode", "行政区", "区划", "国标"};
	size_t len = strlen(digits);

	if (is_known(found, area))
		return true;
	for (size_t i = 0; i < countof(lists); i++)
		if (strcasestr(list, lists[i]))
			return true;
	/* A number under no name: no township has "000" behind its county. */
	return !*list && !(len == TOWNSHIP && strcmp(digits + len - 3, "000") == 0);
}

/* LIST may name its list by more than can be kept; SHOWN is what is kept of it. */
static void code(struct found *found, const char *list, const char *shown, struct bytes word)
{
	char digits[DIGITS + 4] = "";
	uint64_t area;
	const char *why, *text = (const char *)word.at;

	if (word.len < sizeof(digits) && word.len >= 2 && is_province(text))
		memcpy(digits, text, word.len);
	if (digits[strspn(digits, "0123456789")] == '\0' && area_parse(digits, &area, &why) &&
		is_ours(found, list, digits, area)) {
		put(found, "", text, word.len, "");
		hold(found, area);
		return;
	}
	put(found, shown, text, word.len, "?");
	found->elsewhere = true;
}

/* A list's name that can stand inside a list of codes. */
static const char *list_name(const char *name)
{
	return name[strcspn(name, ",;: \t\r\n")] || strlen(name) >= LIST ? "" : name;
}

/* One word; CAP 1.0 writes list and code in one, "fips6=006017". */
static void coded(struct found *found, const char *list, struct bytes word)
{
	const uint8_t *equals = memchr(word.at, '=', word.len);
	char own[LIST];
	size_t len = equals ? (size_t)(equals - word.at) : 0;

	if (!len || len >= LIST) {
		code(found, list, list_name(list), word);
		return;
	}
	memcpy(own, word.at, len);
	own[len] = '\0';
	code(found, own, own, bytes_of(equals + 1, word.len - len - 1));
}

/* Corners of a shape, "35.22,112.81 35.23,112.82 …", stand where codes belong. */
static bool is_shape(const char *value)
{
	const char *dot = strchr(value, '.');

	return dot && strchr(value, ',') && dot > value && dot[1] >= '0' && dot[1] <= '9' &&
	       !value[strspn(value, "0123456789.,-+ \t\r\n")];
}

static void codes(struct found *found, const struct cap_pair *pair)
{
	static const char parts[] = ",; \t\r\n";
	const char *at = pair->value;

	if (is_shape(at))
		return;
	for (at += strspn(at, parts); *at; at += strspn(at, parts)) {
		size_t len = strcspn(at, parts);

		coded(found, pair->name, bytes_of(at, len));
		at += len;
	}
}

/* Does WORD name AREA: by its own name, alone or behind names of places that it lies in
 * ("沁阳市柏香镇西彰村")? */
static bool names_it(struct bytes word, uint64_t area)
{
	struct bytes name;

	if (!area_name(area, &name) || !name.len || word.len < name.len ||
		memcmp(word.at + word.len - name.len, name.at, name.len) != 0)
		return false;
	word.len -= name.len;
	for (uint64_t above = area_above(area); above && word.len; above = area_above(above))
		if (area_name(above, &name) && word.len >= name.len &&
			memcmp(word.at + word.len - name.len, name.at, name.len) == 0)
			word.len -= name.len;
	return !word.len;
}

/* The station's own name, or that of a place directly below it. */
static bool named(const struct found *found, struct bytes name, uint64_t *area)
{
	struct bytes own;
	uint64_t after = 0;

	*area = found->station;
	if (names_it(name, found->station))
		return true;
	while (area_each(found->station, &after, &own)) {
		*area = after;
		if (names_it(name, after))
			return true;
	}
	return false;
}

static void name(struct found *found, struct buf *word)
{
	uint64_t area;
	char text[16];

	if (word->len && named(found, buf_bytes(word), &area)) {
		area_show(area, text);
		put(found, "", text, strlen(text), "");
		hold(found, area);
	} else if (word->len) {
		put(found, "", buf_cstr(word), word->len, "?");
		found->elsewhere = true;
	}
	buf_clear(word);
}

/* Names separated by ; or 、 or commas; blanks inside one become '_', for the list is separated by
 * blanks too. */
static void names(struct found *found, const char *desc)
{
	/* zh: what stands between names */
	static const char *const wide[] = {"、", "，", "；"};
	struct buf word = {0};

	for (; *desc; desc++) {
		size_t stop = strchr(",;\n", *desc) ? 1 : 0;

		for (size_t i = 0; i < countof(wide) && !stop; i++)
			if (strncmp(desc, wide[i], strlen(wide[i])) == 0)
				stop = strlen(wide[i]);
		if (stop) {
			name(found, &word);
			desc += stop - 1;
		} else if (word.len || !strchr(" \t\r", *desc)) {
			buf_byte(&word, strchr(" \t\r", *desc) ? '_' : (uint8_t)*desc);
		}
	}
	name(found, &word);
	buf_release(&word);
}

static bool in_shapes(const struct cap_area *area, const struct village *village)
{
	bool good;

	for (const struct cap_pair *p = area->shapes; p; p = p->next)
		if (cap_shape_holds(p, village->lat, village->lon, &good))
			return true;
	return false;
}

/* The villages that lie in the shapes of AREA; false: none is known to. */
static bool shapes(
	struct found *found, const struct cap_area *area, const struct cap_villages *villages)
{
	uint64_t last = 0;

	for (size_t i = 0; villages && i < villages->count; i++) {
		const struct village *village = &villages->at[i];
		char text[16];

		if (village->area == last || !in_shapes(area, village))
			continue;
		last = village->area;
		area_show(last, text);
		put(found, "", text, strlen(text), "");
		hold(found, last);
	}
	return last;
}

uint64_t cap_areas(const struct cap_info *info, uint64_t station,
	const struct cap_villages *villages, struct buf *list, unsigned *unmatched)
{
	struct found found = {.station = station, .list = list};

	*unmatched = 0;
	for (const struct cap_area *a = info ? info->areas : NULL; a; a = a->next) {
		size_t before = list->len;
		bool known = false;

		for (const struct cap_pair *p = a->codes; p; p = p->next)
			codes(&found, p);
		if (list->len == before && a->shapes) {
			known = shapes(&found, a, villages);
			*unmatched += !known;
			found.elsewhere |= !known || !villages->complete;
		}
		if (list->len == before || (known && !villages->complete))
			names(&found, a->desc);
	}
	return found.common && !found.elsewhere ? found.common : station;
}

void cap_place(const struct cap_info *info, struct buf *out)
{
	static const char between[] = "\xe3\x80\x81"; /* U+3001 */

	for (const struct cap_area *a = info ? info->areas : NULL; a; a = a->next)
		if (*a->desc && out->len + strlen(a->desc) + 4 < LIMIT_LINE)
			buf_fmt(out, "%s%s", out->len ? between : "", a->desc);
}
