/* SPDX-License-Identifier: GPL-3.0-or-later
 * The search index: a file of its own that can be thrown away. It is caught up from the facts by
 * their order of arrival. FTS5 keeps no text (contentless, detail=none): a changed record gets a
 * new entry, the old one stays without its doc row and is skipped; when there are too many of
 * these, the whole index is made again.
 *
 * An entry's id is rank * 2^40 + a counter, so that going through ids backwards is the order in
 * which finds are shown, and the first twenty of ten thousand cost twenty.
 */
#include "store/db/internal.h"
#include "store/db.h"
#include "store/peer.h"
#include "store/search.h"
#include "store/search/internal.h"
#include "store/station/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/progress.h"
#include "model/schema.h"

enum {
	STALE_MOST = 5000,
	RANK_SHIFT = 40,
	PEOPLE_ASKED = 20 /* changed people of whom each is asked what they keep; of more, all
			     things are read */
};

/* Tags of the list KV_SEARCH. */
enum {
	SEARCH_NUMBER = 1, /* the store, the site and the place that it was made for, */
	SEARCH_SITE,
	SEARCH_AREA,
	SEARCH_ROWS,  /* and the table of kinds */
	SEARCH_ARR,   /* place of the newest fact that was read */
	SEARCH_NEXT,  /* the next entry's counter */
	SEARCH_STALE, /* entries of old texts */
	SEARCH_VOICE, /* facts that were read out and wait: they have no place */
	SEARCH_NUMBERS
};

/* All 0 when there is none. */
static void state_read(struct store *store, int64_t state[SEARCH_NUMBERS])
{
	kv_list_in(store->index, kv_own(KV_SEARCH), state, SEARCH_NUMBERS);
}

/* Made for this store, this place and these tables? */
static bool fits(struct store *store, const int64_t state[SEARCH_NUMBERS])
{
	return state[SEARCH_NEXT] > 0 && schema_version(store->index) == SEARCH_VERSION &&
	       state[SEARCH_NUMBER] == (int64_t)log_number(&store->log) &&
	       state[SEARCH_SITE] == (int64_t)store->station.site &&
	       state[SEARCH_AREA] == (int64_t)store_area(store) &&
	       state[SEARCH_ROWS] == store->print &&
	       state[SEARCH_ARR] <= (int64_t)log_last(&store->log) &&
	       state[SEARCH_STALE] < STALE_MOST + state[SEARCH_NEXT] / 2;
}

static int64_t text_hash(const struct buf *text)
{
	uint64_t hash = 14695981039346656037u;
	for (size_t i = 0; i < text->len; i++)
		hash = (hash ^ text->at[i]) * 1099511628211u;
	return (int64_t)hash;
}

/* Buffers that are used for one record after the other. */
struct work {
	struct store *store;
	struct buf text, tokens;
	int64_t next, stale;
};

static void tokens_of(struct work *work)
{
	struct bytes rest = buf_bytes(&work->text);
	buf_clear(&work->tokens);
	while (rest.len) {
		const uint8_t *end = memchr(rest.at, '\n', rest.len);
		size_t len = end ? (size_t)(end - rest.at) : rest.len;
		grams_put(bytes_of(rest.at, len), true, &work->tokens);
		len += end != NULL;
		rest = bytes_of(rest.at + len, rest.len - len);
	}
}

/* Forgets the entry of a record unless its text is still HASH; *same says so. */
static enum rc doc_drop(
	struct work *work, struct ref ref, int64_t hash, bool *same, struct fault *fault)
{
	int64_t id = -1;
	struct sql sql =
		sql_open(work->store->index, "SELECT id, hash FROM doc WHERE site=? AND seq=?");
	sql_num(&sql, (int64_t)ref.site);
	sql_num(&sql, ref.seq);
	if (sql_row(&sql)) {
		id = sql_get(&sql, 0);
		*same = sql_get(&sql, 1) == hash;
	}
	enum rc rc = sql_end(&sql, fault);
	if (rc || id < 0 || *same)
		return rc;
	work->stale++;
	sql = sql_open(work->store->index, "DELETE FROM doc WHERE id=?");
	sql_num(&sql, id);
	return sql_run(&sql, fault);
}

static enum rc doc_insert(
	struct work *work, const struct doc *doc, int64_t hash, struct fault *fault)
{
	int64_t id = ((int64_t)doc->rank << RANK_SHIFT) + work->next++;
	struct sql sql = sql_open(
		work->store->index, "INSERT INTO doc(id, site, seq, kind, hash) VALUES(?,?,?,?,?)");
	sql_num(&sql, id);
	sql_num(&sql, (int64_t)doc->ref.site);
	sql_num(&sql, doc->ref.seq);
	sql_num(&sql, doc->kind);
	sql_num(&sql, hash);
	enum rc rc = sql_run(&sql, fault);
	if (rc)
		return rc;
	tokens_of(work);
	sql = sql_open(work->store->index, "INSERT INTO grams(rowid, t) VALUES(?,?)");
	sql_num(&sql, id);
	sql_bytes(&sql, buf_bytes(&work->tokens), true);
	return sql_run(&sql, fault);
}

static enum rc doc_put(struct work *work, const struct doc *doc, bool fresh, struct fault *fault)
{
	struct arena arena = {0};
	struct kept *kept = NULL;
	int64_t hash = 0;
	bool same = false;
	enum rc rc = kept_get(work->store, kind_of(doc->kind), doc->ref, &arena, &kept, fault);
	if (!rc && kept) {
		buf_clear(&work->text);
		doc_text(work->store, kept, &work->text);
		hash = text_hash(&work->text);
	}
	arena_release(&arena);
	if (!rc && !fresh)
		rc = doc_drop(work, doc->ref, hash, &same, fault);
	if (!rc && kept && !same)
		rc = doc_insert(work, doc, hash, fault);
	return rc;
}

/* Records with facts that came after ARR. */
static enum rc docs_since(struct store *store, int64_t arr, struct docs *docs, struct fault *fault)
{
	struct sql sql = sql_open(store->db,
		"SELECT DISTINCT a.rec_site, a.rec_seq, f.kind, f.reach/2, f.stamp FROM fact a"
		" JOIN fact f ON f.site=a.rec_site AND f.seq=a.rec_seq WHERE a.arr>? UNION "
		"SELECT site, seq, kind, reach/2, stamp FROM voice v WHERE site=rec_site AND "
		"seq=rec_seq AND NOT EXISTS (SELECT 1 FROM fact f WHERE f.site=v.site AND "
		"f.seq=v.seq)");
	sql_num(&sql, arr);
	while (sql_row(&sql)) {
		const struct kind *kind = kind_of((unsigned)sql_get(&sql, 2));
		struct doc doc = {
			.ref = {(uint64_t)sql_get(&sql, 0), (uint32_t)sql_get(&sql, 1)},
			.kind = (unsigned)sql_get(&sql, 2),
			.rank = doc_rank(store, (uint64_t)sql_get(&sql, 3)),
			.stamp = (uint64_t)sql_get(&sql, 4),
		};
		if (kind && kind_found(kind))
			docs_add(docs, &doc);
	}
	enum rc rc = sql_end(&sql, fault);
	docs_sort(docs);
	return rc;
}

/* Things of KIND that name WHO, or by NULL all that name somebody, by their keeper's field. */
static enum rc kept_by(struct store *store, const struct kind *kind, const struct doc *who,
	struct docs *docs, struct fault *fault)
{
	const struct field *keeper = field_flagged(kind, F_REACHED);
	struct arena arena = {0};
	struct buf bytes = {0};
	struct row person = {.kind = NULL};
	char text[200];

	if (who && store_row(store, who->ref, &arena, &person, NULL) != RC_OK)
		person.kind = NULL;
	const struct field *called = person.kind ? called_field(person.kind) : NULL;
	const struct value *name = called ? row_value(&person, called->tag) : NULL;
	snprintf(text, sizeof text, "SELECT site, seq, area, stamp FROM row_%s WHERE f_%s %s",
		kind->name, keeper->name, who ? "IN (?,?)" : "IS NOT NULL");
	struct sql sql = sql_open(store->db, text);
	if (who) {
		ref_put(&bytes, who->ref);
		sql_bytes(&sql, buf_bytes(&bytes), false);
		sql_bytes(&sql, name ? name->text : bytes_of("", 0), true);
	}
	while (sql_row(&sql)) {
		struct doc doc = {
			.ref = {(uint64_t)sql_get(&sql, 0), (uint32_t)sql_get(&sql, 1)},
			.kind = kind->id,
			.rank = doc_rank(store, (uint64_t)sql_get(&sql, 2)),
			.stamp = (uint64_t)sql_get(&sql, 3),
		};
		docs_add(docs, &doc);
	}
	buf_release(&bytes);
	arena_release(&arena);
	return sql_end(&sql, fault);
}

/* Things of KIND whose keeper is among the first COUNT of DOCS. */
static enum rc docs_kept(struct store *store, const struct kind *kind, size_t count,
	struct docs *docs, struct fault *fault)
{
	unsigned keeps = field_target(field_flagged(kind, F_REACHED)), people = 0;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < count; i++)
		people += docs->at[i].kind == keeps;
	if (people > PEOPLE_ASKED)
		return kept_by(store, kind, NULL, docs, fault);
	for (size_t i = 0; i < count && !rc; i++)
		if (docs->at[i].kind == keeps) {
			struct doc who = docs->at[i];
			rc = kept_by(store, kind, &who, docs, fault);
		}
	return rc;
}

/* A person's number is also that of the things this person keeps. */
static enum rc docs_of_people(struct store *store, struct docs *docs, struct fault *fault)
{
	size_t count = docs->count;
	enum rc rc = RC_OK;

	for (unsigned k = 0; k < kinds_count && !rc; k++)
		if (field_flagged(&kinds[k], F_REACHED))
			rc = docs_kept(store, &kinds[k], count, docs, fault);
	return rc;
}

static enum rc state_write(struct work *work, int64_t arr, struct fault *fault)
{
	struct store *store = work->store;
	const int64_t state[SEARCH_NUMBERS] = {[SEARCH_NUMBER] = (int64_t)log_number(&store->log),
		[SEARCH_SITE] = (int64_t)store->station.site,
		[SEARCH_AREA] = (int64_t)store_area(store),
		[SEARCH_ROWS] = store->print,
		[SEARCH_ARR] = arr,
		[SEARCH_VOICE] = voice_waits(&store->log),
		[SEARCH_NEXT] = work->next,
		[SEARCH_STALE] = work->stale};
	return kv_list_put(store->index, kv_own(KV_SEARCH), state, SEARCH_NUMBERS, fault);
}

/* In a transaction of the index. ANEW throws away what is there. */
static const char indexing[] = N_("重做查找用的索引");

static enum rc fill(struct store *store, bool anew, struct fault *fault)
{
	struct work work = {.store = store};
	struct docs docs = {0};
	int64_t state[SEARCH_NUMBERS];
	/* Before the reading: facts that come during it are read again next time, which does no
	 * harm. */
	int64_t last = (int64_t)log_last(&store->log);
	enum rc rc = anew ? search_make(store->index, fault) : RC_OK;
	if (!rc) {
		state_read(store, state);
		work.next = anew ? 1 : state[SEARCH_NEXT];
		work.stale = anew ? 0 : state[SEARCH_STALE];
		rc = anew ? docs_all(store, &docs, fault)
			  : docs_since(store, state[SEARCH_ARR], &docs, fault);
		if (!rc && !anew)
			rc = docs_of_people(store, &docs, fault);
	}
	for (size_t i = 0; i < docs.count && !rc; i++)
		if (!(rc = progress(indexing, i, docs.count, fault)))
			rc = doc_put(&work, &docs.at[i], anew, fault);
	if (!rc)
		rc = progress(indexing, docs.count, docs.count, fault);
	if (!rc)
		rc = state_write(&work, last, fault);
	docs_release(&docs);
	buf_release(&work.text);
	buf_release(&work.tokens);
	return rc;
}

static enum rc catch_up(struct store *store, bool anew, struct fault *fault)
{
	int64_t state[SEARCH_NUMBERS];
	state_read(store, state);
	if (!anew && fits(store, state) && state[SEARCH_ARR] == (int64_t)log_last(&store->log) &&
		state[SEARCH_VOICE] == voice_waits(&store->log))
		return RC_OK;
	enum rc rc = db_begin(store->index, fault);
	if (rc)
		return rc;
	/* Another process may have done it while we waited. */
	db_view(store->db);
	state_read(store, state);
	rc = fill(store, anew || !fits(store, state), fault);
	db_view_end(store->db);
	if (rc) {
		db_undo(store->index);
		return rc;
	}
	return db_commit(store->index, fault);
}

static enum rc file_open(struct store *store, bool again, struct fault *fault)
{
	static const char *const parts[] = {"", "-wal", "-shm"};
	char path[512], part[520];
	enum rc rc = store_file(store->home, "index.db", path, fault);
	if (rc)
		return rc;
	db_close(store->index);
	store->index = NULL;
	for (size_t i = 0; again && i < countof(parts); i++) {
		snprintf(part, sizeof(part), "%s%s", path, parts[i]);
		unlink(part);
	}
	return db_open(&store->index, path, DB_MAKE | DB_CACHE, &store->steps, fault);
}

/* No room for the file: what is looked for is found all the same, it only takes longer. */
static enum rc in_memory(struct store *store, struct fault *fault)
{
	db_close(store->index);
	store->index = NULL;
	enum rc rc = db_open(&store->index, ":memory:", 0, NULL, fault);
	return rc ? rc : catch_up(store, true, fault);
}

static enum rc ready(struct store *store, bool anew, struct fault *fault)
{
	enum rc rc = store_look(store, fault);
	if (!rc && !store->index)
		rc = file_open(store, false, fault);
	if (!rc)
		rc = catch_up(store, anew, fault);
	if (rc == RC_FULL)
		return in_memory(store, fault);
	if (rc != RC_BAD)
		return rc;
	/* Damaged: another process may have made it anew already, so look once more before throwing
	 * it away. */
	char note[200];
	if ((rc = file_open(store, false, fault)) == RC_OK && !db_sound(store->index, true, note))
		rc = RC_BAD;
	if (rc == RC_BAD)
		rc = file_open(store, true, fault);
	return rc ? rc : catch_up(store, anew, fault);
}

enum rc index_ready(struct store *store, struct fault *fault)
{
	if (!store->syllables) {
		store->syllables = memory_size(NULL, 1, sizeof(*store->syllables));
		syllables_start(store->syllables);
	}
	return ready(store, false, fault);
}

enum rc index_rebuild(struct store *store, struct fault *fault)
{
	return ready(store, true, fault);
}
