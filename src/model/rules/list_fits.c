/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a checklist is for: "point/river,pond@flood depot".
 */
#include <string.h>

#include "model/codes.h"
#include "model/kinds.h"
#include "model/packs.h"
#include "model/rules.h"

enum { NAME = 32, KIND_FITS = 1, SEASON_FITS = 2, TYPE_FITS = 4 };

/* One word of a text, cut into its parts; a part that is not there is empty. */
struct word {
	char kind[NAME], season[NAME];
	struct bytes types;
};

static bool next(const char **at, struct word *word)
{
	*at += strspn(*at, " ;");
	size_t len = strcspn(*at, " ;"), kind = strcspn(*at, "/@ ;"), end;
	const char *season = memchr(*at, '@', len);

	end = season ? (size_t)(season - *at) : len;
	*word = (struct word){.types = {0}};
	bytes_into(word->kind, NAME, bytes_of(*at, kind));
	if (kind < end)
		word->types = bytes_of(*at + kind + 1, end - kind - 1);
	if (season)
		bytes_into(word->season, NAME, bytes_of(season + 1, len - end - 1));
	*at += len;
	return len > 0;
}

/* The next code of several that ',' parts. */
static bool next_type(struct bytes *types, char type[NAME])
{
	const uint8_t *comma = types->len ? memchr(types->at, ',', types->len) : NULL;
	size_t len = comma ? (size_t)(comma - types->at) : types->len;
	bool more = types->len > 0;

	bytes_into(type, NAME, bytes_of(types->at, len));
	*types = bytes_of(types->at + len + (comma != NULL), types->len - len - (comma != NULL));
	return more;
}

static bool names(struct bytes types, struct bytes type)
{
	char name[NAME];

	while (next_type(&types, name))
		if (bytes_equal(type, bytes_text(name)))
			return true;
	return false;
}

unsigned list_fits(const char *fits, const struct kind *kind, struct bytes type, int64_t now)
{
	unsigned best = 0;
	struct word word;

	while (next(&fits, &word)) {
		unsigned fit = KIND_FITS + (word.types.len ? TYPE_FITS : 0) +
			       (*word.season ? SEASON_FITS : 0);

		if (!strcmp(word.kind, kind->name) &&
			(!word.types.len || names(word.types, type)) &&
			(!*word.season || rules_season(word.season, now)) && fit > best)
			best = fit;
	}
	return best;
}

static const char *type_wrong(const struct kind *kind, struct bytes types)
{
	const struct field *field = field_named(kind, "type");
	char name[NAME];

	if (types.len && (!field || !field->codes))
		return _("fits 里这个种类没有类型");
	while (next_type(&types, name))
		if (!code_find(field->codes, name))
			return _("fits 里没有这个类型");
	return NULL;
}

const char *list_fits_wrong(const char *fits)
{
	struct word word;
	const char *why = NULL;

	while (!why && next(&fits, &word)) {
		const struct kind *kind = kind_named(word.kind);

		why = kind ? type_wrong(kind, word.types)
			   : _("fits 要写成 种类/类型,类型@季节，没有这个种类");
	}
	return why;
}
