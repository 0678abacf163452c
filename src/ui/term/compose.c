/* SPDX-License-Identifier: GPL-3.0-or-later
 * Hanzi from pinyin. What letters may mean is looked for anew at each of them: nothing is kept but
 * how often the shipped texts have each hanzi.
 */
#include "ui/compose.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "model/pinyin.h"
#include "model/pinyin_table.h"
#include "model/shipped.h"
#include "store/rows.h"
#include "store/search.h"
#include "store/station.h"
#include "ui/keys.h"

enum {
	MOST = 90,
	BEGUN_MOST = 4,
	WORD = 64,
	NEAR = PINYIN_NEAR_LAST - PINYIN_NEAR + 1,
	RECORDS = 30
};

/* How well a word fits: what was typed is all of it, or its beginning. */
enum fit { FIT_NOT, FIT_BEGINS, FIT_WHOLE };

struct candidate {
	char text[WORD];
	size_t took; /* letters that it stands for */
};

struct finding {
	struct candidate list[MOST];
	unsigned count, most;
	const char *typed;
	enum fit wanted;
};

/* ---- words */

static enum fit better(enum fit a, enum fit b)
{
	return a > b ? a : b;
}

/* WORD from its first hanzi on: each by all letters of a reading, by its first one or two (zh), the
 * last by as many as there are. */
static enum fit fit_of(const char *word, size_t len, const char *typed)
{
	enum fit best = FIT_NOT;
	uint32_t cp;

	if (!*typed)
		return len ? FIT_BEGINS : FIT_WHOLE;
	size_t took = text_next(word, len, &cp);
	const char *reading = took ? pinyin_of(cp) : NULL;

	while (reading && *reading && best < FIT_WHOLE) {
		size_t all = strcspn(reading, " "), same = 0;
		const char *rest = word + took;

		while (same < all && typed[same] == reading[same])
			same++;
		if (same == all)
			best = better(best, fit_of(rest, len - took, typed + all));
		if (same && !typed[same])
			best = better(best, len > took ? FIT_BEGINS : FIT_WHOLE);
		if (same > 1 && reading[1] == 'h')
			best = better(best, fit_of(rest, len - took, typed + 2));
		if (same)
			best = better(best, fit_of(rest, len - took, typed + 1));
		reading += all + (reading[all] == ' ');
	}
	return best;
}

static bool there_already(const struct finding *finding, const char *text, size_t len)
{
	for (unsigned n = 0; n < finding->count; n++)
		if (strlen(finding->list[n].text) == len &&
			!memcmp(finding->list[n].text, text, len))
			return true;
	return false;
}

static void add(struct finding *finding, const char *text, size_t len, size_t took)
{
	if (finding->count >= finding->most || len >= WORD || there_already(finding, text, len))
		return;
	struct candidate *one = &finding->list[finding->count++];
	memcpy(one->text, text, len);
	one->text[len] = '\0';
	one->took = took;
}

static void offer(struct finding *finding, const char *text, size_t len)
{
	enum { HANZI = 3 };

	if (len > HANZI && len < WORD && fit_of(text, len, finding->typed) == finding->wanted)
		add(finding, text, len, strlen(finding->typed));
}

static void offer_codes(struct finding *finding, const char *table)
{
	for (const struct code *code = NULL; (code = code_each(table, NULL, code));)
		offer(finding, code->zh, strlen(code->zh));
}

static void offer_labels(struct finding *finding)
{
	for (unsigned k = 0; k < kinds_count; k++) {
		const struct kind *kind = &kinds[k];

		offer(finding, kind->label, strlen(kind->label));
		for (const struct field *field = kind->fields; field->tag; field++) {
			offer(finding, field->label, strlen(field->label));
			if (field->codes)
				offer_codes(finding, field->codes);
		}
		for (const struct step *step = kind->steps; step && step->tag; step++)
			offer(finding, step->label, strlen(step->label));
		for (const struct state *state = kind->states; state && state->code; state++)
			offer(finding, state->label, strlen(state->label));
	}
}

static void offer_places(struct finding *finding, uint64_t above)
{
	uint64_t after = 0;
	struct bytes name;

	while (area_each(above, &after, &name))
		offer(finding, (const char *)name.at, name.len);
}

static bool offer_record(const struct row *row, void *to)
{
	const struct field *title = field_flagged(row->kind, F_TITLE);
	const struct value *value = title ? row_value(row, title->tag) : NULL;

	if (value && value->wire == WIRE_TEXT)
		offer(to, (const char *)value->text.at, value->text.len);
	return true;
}

static void offer_words(struct finding *finding, struct store *store, enum fit wanted)
{
	const struct find_query query = {.words = finding->typed, .limit = RECORDS};
	struct fault fault;

	finding->wanted = wanted;
	finding->most = wanted == FIT_WHOLE ? MOST : BEGUN_MOST;
	offer_labels(finding);
	offer_places(finding, store_area(store));
	offer_places(finding, area_above(store_area(store)));
	/* Without the index there are the other words. */
	(void)!store_find(store, &query, offer_record, finding, &fault);
}

/* ---- single hanzi */

static const uint16_t *uses(void)
{
	static uint16_t counts[NEAR];
	static bool counted;
	const char *name;

	for (unsigned n = 0; !counted && (name = shipped_name("", n)); n++) {
		struct bytes file = shipped_file(name);
		uint32_t cp;

		for (size_t took; (took = text_next((const char *)file.at, file.len, &cp));
			file.at += took, file.len -= took)
			if (cp >= PINYIN_NEAR && cp <= PINYIN_NEAR_LAST &&
				counts[cp - PINYIN_NEAR] < UINT16_MAX)
				counts[cp - PINYIN_NEAR]++;
	}
	counted = true;
	return counts;
}

static bool is_read(uint32_t cp, const char *syllable, size_t len)
{
	const char *reading = pinyin_of(cp);

	while (reading && *reading) {
		size_t all = strcspn(reading, " ");

		if (all == len && !memcmp(reading, syllable, len))
			return true;
		reading += all + (reading[all] == ' ');
	}
	return false;
}

/* Those most used first, COUNT of them at most. */
static unsigned hanzi_of(const char *syllable, size_t len, uint32_t *found, unsigned most)
{
	const uint16_t *counts = uses();
	unsigned count = 0;

	for (uint32_t cp = PINYIN_NEAR; cp <= PINYIN_NEAR_LAST; cp++) {
		if (!is_read(cp, syllable, len))
			continue;
		unsigned at = count < most ? count++ : most;

		for (; at && counts[found[at - 1] - PINYIN_NEAR] < counts[cp - PINYIN_NEAR]; at--)
			if (at < most)
				found[at] = found[at - 1];
		if (at < most)
			found[at] = cp;
	}
	return count;
}

/* The longest beginning of what was typed that some hanzi is read as. */
static void offer_hanzi(struct finding *finding)
{
	enum { SYLLABLE = 6, HANZI_MOST = 60 };
	uint32_t found[HANZI_MOST];
	unsigned count = 0;
	size_t len = strlen(finding->typed) < SYLLABLE ? strlen(finding->typed) : SYLLABLE;

	while (len && !(count = hanzi_of(finding->typed, len, found, HANZI_MOST)))
		len--;
	for (unsigned n = 0; n < count; n++) {
		char one[4];

		add(finding, one, text_put(found[n], one), len);
	}
}

static void find(struct finding *finding, const struct compose *compose, struct store *store)
{
	*finding = (struct finding){.typed = compose->typed};
	if (!*compose->typed)
		return;
	offer_words(finding, store, FIT_WHOLE);
	offer_words(finding, store, FIT_BEGINS);
	finding->most = MOST;
	offer_hanzi(finding);
}

/* ---- keys */

static enum compose_act take(
	struct compose *compose, const struct finding *finding, unsigned nth, struct buf *text)
{
	if (nth >= finding->count)
		return COMPOSE_SHOW;
	const struct candidate *one = &finding->list[nth];
	buf_text(text, one->text);
	memmove(compose->typed, compose->typed + one->took, strlen(compose->typed + one->took) + 1);
	compose->page = 0;
	return COMPOSE_TEXT;
}

static enum compose_act choose(
	struct compose *compose, struct store *store, int key, struct buf *text)
{
	static struct finding finding;
	unsigned first = compose->page * COMPOSE_PAGE;

	find(&finding, compose, store);
	if (key == ' ')
		return take(compose, &finding, first, text);
	if (key >= '1' && key <= '9')
		return take(compose, &finding, first + (unsigned)(key - '1'), text);
	if (key == '-' && compose->page)
		compose->page--;
	if (key == '=' && first + COMPOSE_PAGE < finding.count)
		compose->page++;
	return COMPOSE_SHOW;
}

static bool is_letter(int key)
{
	return key >= 'a' && key <= 'z';
}

enum compose_act compose_key(
	struct compose *compose, struct store *store, int key, struct buf *text)
{
	size_t len = strlen(compose->typed);

	buf_clear(text);
	if (!compose->on || (!len && !is_letter(key)))
		return COMPOSE_NOT;
	if (is_letter(key) && len + 1 < COMPOSE_TYPED) {
		compose->typed[len] = (char)key;
		compose->typed[len + 1] = '\0';
		compose->page = 0;
	} else if (key == K_BACKSPACE) {
		compose->typed[len - 1] = '\0';
		compose->page = 0;
	} else if (key == K_ESC || key == K_CTRL('X')) {
		*compose->typed = '\0';
	} else if (key == K_ENTER) { /* they are meant as they are */
		buf_text(text, compose->typed);
		*compose->typed = '\0';
		return COMPOSE_TEXT;
	} else {
		return choose(compose, store, key, text);
	}
	return COMPOSE_SHOW;
}

void compose_show(const struct compose *compose, struct store *store, struct buf *out)
{
	static struct finding finding;
	unsigned first = compose->page * COMPOSE_PAGE;

	if (!compose->on)
		return;
	if (!*compose->typed) {
		buf_text(out, _("拼音输入开着，^F 关"));
		return;
	}
	find(&finding, compose, store);
	buf_fmt(out, "%s:", compose->typed);
	for (unsigned n = first; n < finding.count && n < first + COMPOSE_PAGE; n++)
		buf_fmt(out, " %u%s", n - first + 1, finding.list[n].text);
	if (!finding.count)
		buf_text(out, _(" 没有这样的字：退格改，回车就用字母"));
	else if (first + COMPOSE_PAGE < finding.count)
		buf_text(out, _(" =下页"));
}
