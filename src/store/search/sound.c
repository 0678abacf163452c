/* SPDX-License-Identifier: GPL-3.0-or-later
 * How letters may be read as hanzi: fdj, fadianji and fadj are all 发电机. Every way to cut them
 * into syllables, initials and a last syllable not typed to its end becomes tokens of the index;
 * what the index then offers is checked again by pinyin_match.
 */
#include "store/search/internal.h"

#include "model/pinyin.h"

#include <string.h>

enum { UNITS = 32, WAYS = 48, SYLLABLE = 6, HANZI_FIRST = 0x4E00, HANZI_LAST = 0x9FFF };

struct unit {
	const char *at;
	size_t len;
	bool whole;   /* a full syllable */
	bool prefix;  /* the head of one: the last unit only */
	bool initial; /* may also be the initial alone */
};

struct cutting {
	const struct syllables *syllables;
	struct unit units[UNITS];
	unsigned ways;
	struct buf *out;
};

/* The first place whose syllable is not before TEXT in its first LEN letters. */
static unsigned place_of(const struct syllables *s, const char *text, size_t len)
{
	unsigned low = 0, high = s->count;
	while (low < high) {
		unsigned middle = (low + high) / 2;
		if (strncmp(s->at[middle], text, len) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Adds what is not in the sorted list yet. */
static void add(struct syllables *s, const char *readings)
{
	while (*readings) {
		char one[8] = "";
		size_t len = strcspn(readings, " ");
		for (size_t i = 0; i < len && i < sizeof(one) - 1; i++)
			one[i] = readings[i] == 'v' ? 'u' : readings[i];
		unsigned at = place_of(s, one, sizeof(one));
		if (s->count < countof(s->at) && (at == s->count || strcmp(s->at[at], one) != 0)) {
			memmove(&s->at[at + 1], &s->at[at], (s->count - at) * sizeof(s->at[0]));
			memcpy(s->at[at], one, sizeof(one));
			s->count++;
		}
		readings += len + (readings[len] == ' ');
	}
}

void syllables_start(struct syllables *syllables)
{
	const char *before = NULL;
	syllables->count = 0;
	for (uint32_t cp = HANZI_FIRST; cp <= HANZI_LAST; cp++) {
		const char *readings = pinyin_of(cp);
		if (readings && readings != before)
			add(syllables, readings);
		before = readings;
	}
}

/* Is there a syllable that begins with these letters; is it one? */
static void look(const struct syllables *s, const char *text, size_t len, bool *whole, bool *head)
{
	unsigned low = place_of(s, text, len);
	*head = low < s->count && strncmp(s->at[low], text, len) == 0;
	*whole = *head && s->at[low][len] == '\0';
}

static void put_way(struct cutting *c, unsigned count)
{
	const struct unit *u = c->units;
	buf_text(c->out, " OR (");
	for (unsigned i = 0; i + 1 < count || i == 0; i++) {
		const struct unit *a = &u[i], *b = count > 1 ? &u[i + 1] : NULL;
		buf_text(c->out, i ? " AND " : "");
		if (!b && (a->whole || a->prefix))
			buf_fmt(c->out, "\"1%.*s%s\"*", (int)a->len, a->at, a->prefix ? "" : "0");
		else if (!b)
			buf_fmt(c->out, "\"0%c\"*", *a->at);
		else if (a->whole && b->prefix)
			buf_fmt(c->out, "\"1%.*s0%.*s\"*", (int)a->len, a->at, (int)b->len, b->at);
		else if (a->whole && b->whole)
			buf_fmt(c->out, "\"1%.*s0%.*s0\"", (int)a->len, a->at, (int)b->len, b->at);
		else
			buf_fmt(c->out, "\"0%c%c\"", *a->at, *b->at);
	}
	buf_byte(c->out, ')');
	c->ways++;
}

/* The first LEN letters of REST as the next hanzi; false when they are none. */
static bool unit_of(
	const struct cutting *c, const char *rest, size_t len, bool last, struct unit *unit)
{
	bool whole, head;
	look(c->syllables, rest, len, &whole, &head);
	bool initial = head && (len == 1 || (len == 2 && rest[1] == 'h'));
	/* The end may be half a syllable even where it is a whole one: fa in fang. */
	bool prefix = head && last;
	*unit = (struct unit){rest, len, whole && !prefix, prefix, initial};
	return prefix || whole || initial;
}

/* Longest syllables first: when there are too many ways, those that people mean have been tried. */
static void cut(struct cutting *c, const char *rest, unsigned count)
{
	size_t left = strlen(rest);
	if (!left && count)
		put_way(c, count);
	if (!left || count == UNITS || c->ways >= WAYS)
		return;
	for (size_t len = left < SYLLABLE ? left : SYLLABLE; len; len--) {
		struct unit *unit = &c->units[count];
		if (!unit_of(c, rest, len, len == left, unit))
			continue;
		cut(c, rest + len, count + 1);
		if (unit->initial && unit->whole) {
			unit->whole = false;
			cut(c, rest + len, count + 1);
		}
	}
}

void sound_query(const struct syllables *syllables, const char *letters, struct buf *out)
{
	struct cutting c = {.syllables = syllables, .out = out};
	char text[64] = "";
	size_t len = strlen(letters);
	if (!len || len > UNITS)
		return;
	bool initials = true;
	for (size_t i = 0; i < len; i++) {
		text[i] = letters[i] == 'v' ? 'u' : letters[i];
		bool whole, head;
		look(syllables, text + i, 1, &whole, &head);
		initials = initials && head;
		c.units[i] = (struct unit){.at = text + i, .len = 1};
	}
	/* All initials is what most people type: it must not fall to the limit. */
	if (initials && len > 1)
		put_way(&c, (unsigned)len);
	cut(&c, text, 0);
}
