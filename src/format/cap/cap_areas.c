/* SPDX-License-Identifier: GPL-3.0-or-later
 * Areas of alerts. Foreign lists also use six digits, so a number is one of ours only when it
 * begins with a province of GB/T 2260.
 */
#include "format/cap_areas.h"

#include <string.h>

#include "base/limits.h"
#include "model/area.h"

enum { LIST = 21 }; /* room for the name of a list of codes */

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

static void code(struct found *found, const char *list, const char *word, size_t len)
{
	char digits[16];
	uint64_t area;
	const char *why;

	if (len < sizeof(digits) && strspn(word, "0123456789") >= len && len >= 2 &&
		is_province(word)) {
		memcpy(digits, word, len);
		digits[len] = '\0';
		if (area_parse(digits, &area, &why)) {
			put(found, "", word, len, "");
			hold(found, area);
			return;
		}
	}
	put(found, list, word, len, "?");
	found->elsewhere = true;
}

/* A list's name that can stand inside a list of codes. */
static const char *list_name(const char *name)
{
	return name[strcspn(name, ",;: \t\r\n")] || strlen(name) >= LIST ? "" : name;
}

/* One word; CAP 1.0 writes list and code in one, "fips6=006017". */
static void coded(struct found *found, const char *list, const char *word, size_t len)
{
	const char *equals = memchr(word, '=', len);
	char own[LIST];

	if (!equals || equals == word || equals - word >= LIST) {
		code(found, list, word, len);
		return;
	}
	memcpy(own, word, (size_t)(equals - word));
	own[equals - word] = '\0';
	code(found, own, equals + 1, len - (size_t)(equals + 1 - word));
}

static void codes(struct found *found, const struct cap_pair *pair)
{
	static const char parts[] = ",; \t\r\n";
	const char *at = pair->value;

	for (at += strspn(at, parts); *at; at += strspn(at, parts)) {
		size_t len = strcspn(at, parts);

		coded(found, list_name(pair->name), at, len);
		at += len;
	}
}

/* The station's own name, or that of a place directly below it. */
static bool named(const struct found *found, struct bytes name, uint64_t *area)
{
	struct bytes own;
	uint64_t after = 0;

	*area = found->station;
	if (area_name(found->station, &own) && bytes_equal(own, name))
		return true;
	while (area_each(found->station, &after, &own)) {
		*area = after;
		if (bytes_equal(own, name))
			return true;
	}
	return false;
}

/* Names separated by ; or 、 or commas; blanks inside one become '_', for the list is separated by
 * blanks too. */
static void names(struct found *found, const char *desc)
{
	static const char ideographic[] = "\xe3\x80\x81"; /* U+3001 */
	struct buf word = {0};

	for (;; desc++) {
		bool stop = !*desc || strchr(",;\n", *desc);
		bool wide = !stop && strncmp(desc, ideographic, strlen(ideographic)) == 0;

		if ((stop || wide) && word.len) {
			uint64_t area;

			if (named(found, buf_bytes(&word), &area)) {
				char text[16];

				area_show(area, text);
				put(found, "", text, strlen(text), "");
				hold(found, area);
			} else {
				put(found, "", buf_cstr(&word), word.len, "?");
				found->elsewhere = true;
			}
			buf_clear(&word);
		}
		if (!*desc)
			break;
		if (wide)
			desc += strlen(ideographic) - 1;
		else if (!stop && (word.len || !strchr(" \t\r", *desc)))
			buf_byte(&word, strchr(" \t\r", *desc) ? '_' : (uint8_t)*desc);
	}
	buf_release(&word);
}

uint64_t cap_areas(const struct cap_info *info, uint64_t station, struct buf *list)
{
	struct found found = {.station = station, .list = list};

	for (const struct cap_area *a = info ? info->areas : NULL; a; a = a->next) {
		for (const struct cap_pair *p = a->codes; p; p = p->next)
			codes(&found, p);
		if (!a->codes)
			names(&found, a->desc);
	}
	return found.common && !found.elsewhere ? found.common : station;
}
