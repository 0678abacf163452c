/* SPDX-License-Identifier: GPL-3.0-or-later
 * Finding by words: the index offers candidates in the order of showing, each is checked again
 * against its row, and when there is no index every row is looked at instead.
 */
#include "store/search.h"
#include "store/search/internal.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS = 16 };

struct search {
	struct store *store;
	struct buf normal;
	const char *words[WORDS];
	unsigned count, kind, limit, found;
	struct kept_list list;
	struct buf text;
};

/* Words are separated by blanks, also by the wide one. */
static void words_cut(struct search *s, const char *words)
{
	static const char wide[] = "\xe3\x80\x80";
	grams_normal(words, strlen(words), &s->normal);
	buf_byte(&s->normal, '\0');
	for (char *at; (at = memmem(s->normal.at, s->normal.len, wide, 3));)
		memset(at, ' ', 3);
	for (char *at = (char *)s->normal.at; s->count < WORDS;) {
		at += strspn(at, " \t\n");
		if (!*at)
			break;
		s->words[s->count++] = at;
		at += strcspn(at, " \t\n");
		if (*at)
			*at++ = '\0';
	}
}

static bool all_in(struct search *s, struct bytes lines)
{
	for (unsigned i = 0; i < s->count; i++)
		if (!grams_match(lines, s->words[i]))
			return false;
	return true;
}

/* In the own place first what is called so, then what speaks of it; then the same above and beside.
 * The order inside stays as it is: newest first. */
static void arrange(struct kept_list *list)
{
	struct kept *left = list->first, **last = &list->first;

	while (left) {
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
	if (rc || !kept || kept->numbers[ROW_HIDDEN])
		return rc;
	buf_clear(&s->text);
	doc_text(s->store, kept, &s->text);
	if (!all_in(s, buf_bytes(&s->text)))
		return RC_OK;
	buf_clear(&s->text);
	doc_title(s->store, kept, &s->text);
	kept->order = doc_rank(s->store, (uint64_t)kept->numbers[ROW_AREA]) * 2;
	kept->order += all_in(s, buf_bytes(&s->text));
	*s->list.last = kept;
	s->list.last = &kept->next;
	s->found++;
	return RC_OK;
}

static bool enough(const struct search *s)
{
	return s->limit && s->found >= s->limit;
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

enum rc store_find(struct store *store, const struct find_query *query, row_fn *fn, void *to,
	struct fault *fault)
{
	struct search s = {.store = store, .kind = query->kind, .limit = query->limit};
	bool asked = false;
	words_cut(&s, query->words);
	forget(&s);
	enum rc rc = RC_OK;
	if (s.count) {
		rc = index_ready(store, NULL);
		db_view(store->db);
		if (!rc)
			rc = by_index(&s, &asked, NULL);
		/* A read-only folder, a full disk: slower, but found all the same. */
		if (rc || !asked) {
			forget(&s);
			rc = by_looking(&s, fault);
		}
		db_view_end(store->db);
	}
	arrange(&s.list);
	if (!rc)
		kept_give(&s.list, fn, to);
	forget(&s);
	buf_release(&s.normal);
	buf_release(&s.text);
	return rc;
}
