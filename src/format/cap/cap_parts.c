/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which blocks of an alert are warnings of their own. A block may be a translation of another, or
 * another part of the county with another colour; whichever it is, its place in the file means
 * nothing.
 */
#include "format/cap.h"

#include <string.h>
#include <strings.h>

#include "format/cap_words.h"

enum { RANKS = 4 };

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

/* Chinese first, then the user's language, then the others. */
static int rank_of(const struct cap_info *info, const char *language)
{
	const char *l = or_empty(info->text[CAP_LANGUAGE]);

	if (strcasecmp(l, "zh-CN") == 0)
		return RANKS;
	if (strncasecmp(l, "zh", 2) == 0)
		return 3;
	return strncasecmp(l, language, strlen(language)) == 0 ? 2 : 1;
}

static bool has_code(const struct cap_info *info, const char *code)
{
	for (const struct cap_area *a = info->areas; a; a = a->next)
		for (const struct cap_pair *p = a->codes; p; p = p->next)
			if (strcmp(p->value, code) == 0)
				return true;
	return false;
}

/* Are all codes of A among those of B? *ANY: there are some. */
static bool codes_within(const struct cap_info *a, const struct cap_info *b, bool *any)
{
	*any = false;
	for (const struct cap_area *area = a->areas; area; area = area->next)
		for (const struct cap_pair *p = area->codes; p; p = p->next) {
			*any = true;
			if (!has_code(b, p->value))
				return false;
		}
	return true;
}

/* In two languages names of places differ, colours and codes do not. */
static bool translates(const struct cap_info *a, const struct cap_info *b)
{
	bool in_a, in_b;

	if (strcasecmp(or_empty(a->text[CAP_LANGUAGE]), or_empty(b->text[CAP_LANGUAGE])) == 0 ||
		strcmp(cap_colour(a), cap_colour(b)) != 0)
		return false;
	bool same = codes_within(a, b, &in_a) && codes_within(b, a, &in_b);

	codes_within(b, a, &in_b);
	return same || !in_a || !in_b;
}

static void insert(const struct cap_info *parts[CAP_INFOS], unsigned count, unsigned at,
	const struct cap_info *info)
{
	memmove(&parts[at + 1], &parts[at], (count - at) * sizeof(*parts));
	parts[at] = info;
}

unsigned cap_parts(const struct cap_alert *alert, const char *language,
	const struct cap_info *parts[CAP_INFOS])
{
	unsigned count = 0;

	for (int rank = RANKS; rank > 0; rank--)
		for (const struct cap_info *i = alert->infos; i && count < CAP_INFOS; i = i->next) {
			bool told = rank_of(i, language) != rank;
			unsigned at = 0;

			for (unsigned n = 0; n < count && !told; n++)
				told = translates(i, parts[n]);
			if (told)
				continue;
			while (at < count &&
				cap_rank(cap_colour(parts[at])) <= cap_rank(cap_colour(i)))
				at++;
			insert(parts, count++, at, i);
		}
	return count;
}
