/* SPDX-License-Identifier: GPL-3.0-or-later
 * Finding by words: the index offers candidates in the order of showing, each is checked again
 * against its row, and when there is no index every row is looked at instead.
 */
#include "store/search.h"
#include "store/search/internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { WORDS = 16 };

struct search {
	struct store *store;
	struct buf normal;
	const char *words[WORDS];
	unsigned count, kind, limit, found;
	struct kept_list list;
	struct buf text;
};

/* Each of them as text_fold has it: a blank parts two words, and none is left inside. */
static void words_cut(struct search *s, const char *words)
{
	size_t left = strlen(words), len, step, at[WORDS];
	uint32_t cp;

	buf_clear(&s->normal);
	for (s->count = 0; left && s->count < WORDS; words += len, left -= len) {
		for (; (step = text_next(words, left, &cp)) != 0 && text_blank(cp); left -= step)
			words += step;
		for (len = 0; (step = text_next(words + len, left - len, &cp)) != 0;)
			if (text_blank(cp))
				break;
			else
				len += step;
		at[s->count] = s->normal.len;
		text_fold(words, len, &s->normal);
		s->count += s->normal.len > at[s->count];
		buf_byte(&s->normal, '\0');
	}
	for (unsigned i = 0; i < s->count; i++)
		s->words[i] = (const char *)s->normal.at + at[i];
}

static bool all_in(struct search *s, struct bytes lines)
{
	for (unsigned i = 0; i < s->count; i++)
		if (!grams_match(lines, s->words[i]))
			return false;
	return true;
}

/* In the own place first what is called so, then what speaks of it; then the same above and beside.
 * Of these first what is there, by the registers, and then what was said or asked for; the place
 * itself before those in it. The order inside stays as it is: newest first. At most MOST stay; 0 =
 * all. */
static void arrange(struct kept_list *list, unsigned most)
{
	struct kept *left = list->first, **last = &list->first;

	for (unsigned n = 0; left && (!most || n < most); n++) {
		struct kept **best = &left;
		for (struct kept **at = &left->next; *at; at = &(*at)->next)
			if ((*at)->order > (*best)->order)
				best = at;
		*last = *best;
		*best = (*best)->next;
		last = &(*last)->next;
	}
	*last = NULL;
	list->last = last;
}

/* Checks one candidate; keeps its row when every word is in it. */
static enum rc check(struct search *s, struct ref ref, unsigned kind_id, struct fault *fault)
{
	struct kept *kept = NULL;
	const struct kind *kind = kind_of(kind_id);
	if (!kind || (s->kind && s->kind != kind_id))
		return RC_OK;
	enum rc rc = kept_get(s->store, kind, ref, &s->list.arena, &kept, fault);
	bool other = kept && ((uint64_t)kept->numbers[ROW_SITE] != ref.site ||
				     (uint32_t)kept->numbers[ROW_SEQ] != ref.seq);
	if (rc || !kept || kept->numbers[ROW_HIDDEN] || other) /* another is shown instead */
		return rc;
	buf_clear(&s->text);
	doc_text(s->store, kept, &s->text);
	if (!all_in(s, buf_bytes(&s->text)))
		return RC_OK;
	buf_clear(&s->text);
	doc_title(s->store, kept, &s->text);
	uint64_t area = (uint64_t)kept->numbers[ROW_AREA];
	kept->order = doc_rank(s->store, area) * 8 + all_in(s, buf_bytes(&s->text)) * 4;
	kept->order += (kind->lane == LANE_BULK) * 2 + (area == store_area(s->store));
	*s->list.last = kept;
	s->list.last = &kept->next;
	s->found++;
	return RC_OK;
}

static bool enough(const struct search *s)
{
	enum { LEAST = 40 }; /* the first of the index are not those that come first */

	return s->limit && s->found >= s->limit && s->found >= LEAST;
}

/* False in *ASKED when no word gives a token. */
static enum rc by_index(struct search *s, bool *asked, struct fault *fault)
{
	struct buf question = {0};
	for (unsigned i = 0; i < s->count; i++) {
		size_t before = question.len;
		buf_text(&question, before ? " AND " : "");
		if (!grams_query(s->store->syllables, s->words[i], &question))
			question.len = before;
	}
	*asked = question.len > 0;
	enum rc rc = RC_OK;
	if (*asked) {
		struct sql sql = sql_open(s->store->index,
			"SELECT d.site, d.seq, d.kind FROM grams JOIN doc d ON d.id=grams.rowid"
			" WHERE grams MATCH ? ORDER BY grams.rowid DESC");
		sql_bytes(&sql, buf_bytes(&question), true);
		while (!rc && !enough(s) && sql_row(&sql))
			rc = check(s,
				(struct ref){
					(uint64_t)sql_get(&sql, 0), (uint32_t)sql_get(&sql, 1)},
				(unsigned)sql_get(&sql, 2), fault);
		enum rc end = sql_end(&sql, rc ? NULL : fault);
		rc = rc ? rc : end;
	}
	buf_release(&question);
	return rc;
}

static enum rc by_looking(struct search *s, struct fault *fault)
{
	struct docs docs = {0};
	enum rc rc = docs_all(s->store, &docs, fault);
	for (size_t i = docs.count; i-- > 0 && !rc && !enough(s);)
		rc = check(s, docs.at[i].ref, docs.at[i].kind, fault);
	docs_release(&docs);
	return rc;
}

static void forget(struct search *s)
{
	arena_release(&s->list.arena);
	s->list = (struct kept_list){0};
	s->list.last = &s->list.first;
	s->found = 0;
}

static enum rc look(struct search *s, const char *words, struct fault *fault)
{
	bool asked = false;
	enum rc rc;

	words_cut(s, words);
	forget(s);
	if (!s->count)
		return RC_OK;
	rc = index_ready(s->store, NULL);
	db_view(s->store->db);
	if (!rc)
		rc = by_index(s, &asked, NULL);
	/* A read-only folder, a full disk: slower, but found all the same. */
	if (rc || !asked) {
		forget(s);
		rc = by_looking(s, fault);
	}
	db_view_end(s->store->db);
	return rc;
}

enum rc store_find(struct store *store, const struct find_query *query, row_fn *fn, void *to,
	struct fault *fault)
{
	struct search s = {.store = store, .kind = query->kind, .limit = query->limit};
	char number[CALLER_DIGITS + 1];
	char labelled[32];
	bool good;
	enum rc rc = RC_OK;

	forget(&s);
	if (label_number(query->words, labelled, &good) && good)
		rc = look(&s, labelled, fault);
	if (caller_number(query->words, number))
		rc = look(&s, number, fault);
	if (!rc && !s.found)
		rc = look(&s, query->words, fault);
	arrange(&s.list, s.limit);
	if (!rc)
		kept_give(s.store, &s.list, fn, to);
	forget(&s);
	buf_release(&s.normal);
	buf_release(&s.text);
	return rc;
}
