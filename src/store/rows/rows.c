/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows: what the fold of a record's facts gives, one row a record. Records that changed are folded
 * again before anybody looks, at the latest before the commit.
 */
#include "store/rows/internal.h"

#include "model/rules.h"

#include "base/memory.h"
#include "model/kinds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SETTLED = 64 }; /* records at a time */

void facts_clear(struct facts *facts)
{
	buf_clear(&facts->bytes);
	facts->count = 0;
}

void facts_add(struct facts *facts, struct bytes raw, struct bytes sig)
{
	if (facts->count == facts->room) {
		facts->ops =
			array_more(facts->ops, facts->count, &facts->room, sizeof(*facts->ops));
		facts->ends = memory_size(facts->ends, facts->room, 2 * sizeof(*facts->ends));
	}
	buf_put(&facts->bytes, raw.at, raw.len);
	facts->ends[facts->count * 2] = facts->bytes.len;
	buf_put(&facts->bytes, sig.at, sig.len);
	facts->ends[facts->count * 2 + 1] = facts->bytes.len;
	facts->count++;
}

void facts_parse(struct facts *facts)
{
	size_t good = 0, from = 0;
	for (size_t i = 0; i < facts->count; i++) {
		size_t end = facts->ends[i * 2], sig_end = facts->ends[i * 2 + 1];
		struct op *op = &facts->ops[good];
		if (op_take(bytes_of(facts->bytes.at + from, end - from), op)) {
			op->sig = bytes_of(facts->bytes.at + end, sig_end - end);
			good++;
		}
		from = sig_end;
	}
	facts->count = good;
}

void facts_release(struct facts *facts)
{
	buf_release(&facts->bytes);
	free(facts->ops);
	free(facts->ends);
	*facts = (struct facts){0};
}

/* Behind those that are there, not parsed yet. */
static enum rc facts_more(
	struct store *store, struct ref ref, struct facts *facts, struct fault *fault)
{
	struct sql sql = sql_open(store->db,
		"SELECT body, sig FROM fact WHERE site=?1 AND seq=?2 AND state=0 UNION ALL "
		"SELECT body, sig FROM fact WHERE rec_site=?1 AND rec_seq=?2"
		" AND (rec_site<>site OR rec_seq<>seq) AND state=0 UNION ALL "
		"SELECT body, NULL FROM " VOICE_OF_REC);
	sql_num(&sql, (int64_t)ref.site);
	sql_num(&sql, ref.seq);
	while (sql_row(&sql))
		facts_add(facts, sql_get_bytes(&sql, 0), sql_get_bytes(&sql, 1));
	return sql_end(&sql, fault);
}

enum rc facts_read(struct store *store, struct ref ref, struct facts *facts, struct fault *fault)
{
	facts_clear(facts);
	enum rc rc = facts_more(store, ref, facts, fault);
	facts_parse(facts);
	return rc;
}

enum rc voice_add(struct store *store, struct ref ref, struct facts *facts, struct fault *fault)
{
	struct sql sql = sql_open(store->db, "SELECT body FROM " VOICE_OF_REC);
	sql_num(&sql, (int64_t)ref.site);
	sql_num(&sql, ref.seq);
	while (sql_row(&sql))
		facts_add(facts, sql_get_bytes(&sql, 0), (struct bytes){0, 0});
	return sql_end(&sql, fault);
}

static int site_level(void *to, uint64_t site)
{
	const struct known_site *known = log_brief(to, site);

	return known->site.area ? (int)known->site.level : -1;
}

struct fold_ways rows_ways(struct store *store)
{
	return (struct fold_ways){site_level, &store->log};
}

static void row_statement(const struct kind *kind, char text[512])
{
	int at = snprintf(text, 512, "INSERT OR REPLACE INTO row_%s VALUES(?", kind->name);
	unsigned columns = ROW_FIELDS;
	for (const struct field *field = kind->fields; field->tag; field++)
		columns += field_stored(field);
	for (unsigned i = 1; i < columns; i++)
		at += snprintf(text + at, 512 - (size_t)at, ",?");
	snprintf(text + at, 512 - (size_t)at, ")");
}

struct sql row_open(struct store *store, const struct kind *kind)
{
	char text[512];
	if (!store->puts)
		store->puts = memory_get(kinds_count, sizeof(*store->puts));
	char **put = &store->puts[kind - kinds];
	if (!*put) {
		row_statement(kind, text);
		*put = memory_text(text);
	}
	return sql_open(store->db, *put);
}

static void bind_cell(struct sql *sql, const struct cell *cell)
{
	if (!cell->tag || (cell->value.wire != WIRE_NUM && !cell->value.text.len))
		sql_null(sql);
	else if (cell->value.wire == WIRE_NUM)
		sql_num(sql, cell->value.num);
	else
		sql_bytes(sql, cell->value.text, cell->value.wire == WIRE_TEXT);
}

void row_bind(struct sql *sql, const struct record *record)
{
	const int64_t numbers[] = {
		[ROW_SITE] = (int64_t)record->site,
		[ROW_SEQ] = record->seq,
		[ROW_AREA] = (int64_t)record->area,
		[ROW_AT] = record->at,
		[ROW_STAMP] = (int64_t)record->stamp,
		[ROW_STATE] = record->state,
		[ROW_STATE_AT] = record->state_at,
		[ROW_FACTS] = record->facts,
		[ROW_REFUSED] = record->refused,
		[ROW_CONFLICTS] = record->conflicts,
		[ROW_WHO] = record->by_who,
		[ROW_HIDDEN] = 0,
	};
	for (size_t i = 0; i < countof(numbers); i++)
		sql_num(sql, numbers[i]);
	if (record->by.len)
		sql_bytes(sql, record->by, true);
	else
		sql_null(sql);
	for (unsigned i = 0; record->kind->fields[i].tag; i++)
		if (field_stored(&record->kind->fields[i]))
			bind_cell(sql, &record->cells[i]);
}

static enum rc row_delete(struct store *store, struct ref ref, struct fault *fault)
{
	struct sql sql = sql_open(store->db, FACT_OR_VOICE("kind"));
	sql_num(&sql, (int64_t)ref.site);
	sql_num(&sql, ref.seq);
	const struct kind *kind = sql_row(&sql) ? kind_of((unsigned)sql_get(&sql, 0)) : NULL;
	enum rc rc = sql_end(&sql, fault);
	if (rc || !kind)
		return rc;
	char text[128];
	snprintf(text, sizeof(text), "DELETE FROM row_%s WHERE site=? AND seq=?", kind->name);
	sql = sql_open(store->db, text);
	sql_num(&sql, (int64_t)ref.site);
	sql_num(&sql, ref.seq);
	return sql_run(&sql, fault);
}

static enum rc put_row(struct store *store, struct record *record, struct fault *fault)
{
	struct arena arena = {0};
	recoded_apply(store, record, &arena);
	struct sql sql = row_open(store, record->kind);
	row_bind(&sql, record);
	called_note(store, record);
	enum rc rc = has_copies(record->kind) ? warning_put(store, &sql, record, fault)
					      : sql_run(&sql, fault);
	arena_release(&arena);
	return rc;
}

/* ---- twins: one row for what was made of one cause */

enum rc twins_read(struct store *store, const struct kind *kind, struct ref ref,
	struct facts *facts, struct twins *twins, struct fault *fault)
{
	enum rc rc = twins_find(store, kind, ref, twins, fault);

	if (rc || twins->count < 2)
		return rc;
	facts_clear(facts);
	for (unsigned n = 0; n < twins->count && !rc; n++)
		rc = facts_more(store, twins->at[n], facts, fault);
	facts_parse(facts);
	return rc;
}

size_t twins_join(const struct twins *twins, struct op *ops, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count && twins->count > 1; i++) {
		struct op *op = &ops[i];
		bool later = op_first(op) &&
			     (op->site != twins->at[0].site || op->seq != twins->at[0].seq);

		if (later)
			continue;
		ops[kept] = *op;
		ops[kept].rec_site = twins->at[0].site;
		ops[kept++].rec_seq = twins->at[0].seq;
	}
	return twins->count > 1 ? kept : count;
}

static enum rc twins_hide(struct store *store, const struct kind *kind, const struct twins *twins,
	struct fault *fault)
{
	enum rc rc = RC_OK;

	for (unsigned n = 1; n < twins->count && !rc; n++) {
		struct sql sql =
			twins_open(store, kind, "UPDATE @ SET hidden=1 WHERE site=? AND seq=?");
		sql_num(&sql, (int64_t)twins->at[n].site);
		sql_num(&sql, twins->at[n].seq);
		rc = sql_run(&sql, fault);
	}
	return rc;
}

static enum rc twins_put(struct store *store, const struct kind *kind, struct ref ref,
	struct facts *facts, struct fault *fault)
{
	struct fold_ways ways = rows_ways(store);
	struct arena arena = {0};
	struct record record;
	struct twins twins;
	enum rc rc = twins_read(store, kind, ref, facts, &twins, fault);

	if (rc || twins.count < 2)
		return rc;
	facts->count = twins_join(&twins, facts->ops, facts->count);
	if (fold_all(&record, facts->ops, facts->count, NULL, &ways)) {
		recoded_apply(store, &record, &arena);
		struct sql sql = row_open(store, kind);
		row_bind(&sql, &record);
		rc = sql_run(&sql, fault);
	}
	arena_release(&arena);
	return rc ? rc : twins_hide(store, kind, &twins, fault);
}

/* Nothing else can be a twin, or have been one of those that are. */
static bool made_of_a_cause(const struct record *record)
{
	const struct field *made = field_flagged(record->kind, F_MADE);

	return record->cells[field_place(record->kind, made->tag)].tag != 0;
}

/* REF by its FACTS. */
static enum rc settle_one(struct store *store, struct ref ref, struct facts *facts,
	struct record *record, struct fault *fault)
{
	struct fold_ways ways = rows_ways(store);
	enum rc rc;
	if (!fold_all(record, facts->ops, facts->count, NULL, &ways)) {
		store->recoded |= facts->count && is_recoding(facts->ops[0].kind);
		return row_delete(store, ref, fault);
	}
	if (!record->kind)
		return RC_OK; /* a newer program's kind: kept and passed on, not shown */
	store->recoded |= is_recoding(record->kind_id);
	rc = put_row(store, record, fault);
	if (!rc && has_twins(record->kind) && made_of_a_cause(record))
		rc = twins_put(store, record->kind, ref, facts, fault);
	return rc;
}

/* Facts of several records, of each in the order in which they came. */
struct several {
	struct arena arena;
	struct one_of {
		struct one_of *next;
		struct bytes raw, sig;
	} * first[SETTLED], **last[SETTLED];
};

static void several_add(void *to, size_t place, struct bytes raw, struct bytes sig)
{
	struct several *several = to;
	struct one_of *one = arena_get(&several->arena, sizeof *one);

	*one = (struct one_of){
		NULL, arena_bytes(&several->arena, raw), arena_bytes(&several->arena, sig)};
	*several->last[place] = one;
	several->last[place] = &one->next;
}

static enum rc settle_some(struct store *store, const struct ref refs[], size_t count,
	struct facts *facts, struct fault *fault)
{
	struct several several = {.arena = {0}};
	struct record record;
	enum rc rc;

	for (size_t i = 0; i < count; i++)
		several.last[i] = &several.first[i];
	rc = engine_records(store->db, refs, count, several_add, &several, fault);
	for (size_t i = 0; i < count && !rc; i++) {
		facts_clear(facts);
		for (struct one_of *one = several.first[i]; one; one = one->next)
			facts_add(facts, one->raw, one->sig);
		facts_parse(facts);
		rc = settle_one(store, refs[i], facts, &record, fault);
	}
	arena_release(&several.arena);
	return rc;
}

/* Folding changes no fact; records that others were changed by are added behind. */
static enum rc settle_all(struct store *store, struct fault *fault)
{
	struct changed *changed = &store->changed;
	struct ref refs[SETTLED];
	struct facts facts = {0};
	enum rc rc = RC_OK;

	for (size_t done = 0, some; done < changed->count && !rc; done += some) {
		some = changed->count - done < SETTLED ? changed->count - done : SETTLED;
		memcpy(refs, changed->at + done, some * sizeof *refs);
		rc = settle_some(store, refs, some, &facts, fault);
	}
	facts_release(&facts);
	changed_clear(changed);
	return rc;
}

enum rc rows_settle(struct store *store, struct fault *fault)
{
	struct fault own;
	if (!fault)
		fault = &own;
	if (store->unsettled.rc) {
		*fault = store->unsettled;
		return fault->rc;
	}
	if (!store->changed.count)
		return RC_OK;
	enum rc rc = codes_read(store, fault);
	store->recoded = false;
	if (!rc)
		rc = settle_all(store, fault);
	/* What a change of codes touches is folded once more; it may lie before or behind. */
	if (!rc && store->recoded)
		rc = recoded_follow(store, fault);
	if (!rc)
		rc = settle_all(store, fault);
	changed_clear(&store->changed);
	if (rc)
		store->unsettled = *fault;
	return rc;
}

/* Rows that were made each from its own facts. */
static enum rc twins_settle(struct store *store, const struct kind *kind, struct fault *fault)
{
	struct changed refs = {0};
	struct facts facts = {0};
	struct sql sql = twins_open(store, kind,
		"SELECT site, seq FROM @ WHERE # IS NOT NULL GROUP BY #, area HAVING count(*)>1");
	while (sql_row(&sql))
		changed_add(&refs,
			(struct ref){(uint64_t)sql_get(&sql, 0), (uint32_t)sql_get(&sql, 1)});
	enum rc rc = sql_end(&sql, fault);
	for (size_t i = 0; i < refs.count && !rc; i++)
		rc = twins_put(store, kind, refs.at[i], &facts, fault);
	facts_release(&facts);
	changed_release(&refs);
	return rc;
}

enum rc copies_settle_all(struct store *store, struct fault *fault)
{
	enum rc rc = warnings_settle(store, fault);

	for (unsigned i = 0; i < kinds_count && !rc; i++)
		if (has_twins(&kinds[i]))
			rc = twins_settle(store, &kinds[i], fault);
	return rc;
}

/* ---- what is kept from who reads */

/* Whoever may take a step of it handles it. */
static bool handles(const struct store *store, const struct kind *kind)
{
	for (const struct step *step = kind->steps; step->tag && store->reader.who; step++)
		if (rules_may(store->reader.role, store->station.level, kind, step->tag))
			return true;
	return false;
}

bool veiled(const struct store *store, const struct kind *kind, const struct kept *kept)
{
	const struct field *mode = field_flagged(kind, F_SECRET);

	if (!mode || !store || !store->reader.known || handles(store, kind))
		return false;
	if (!kept)
		return true;
	if ((uint64_t)kept->numbers[ROW_SITE] == store->station.site &&
		(uint32_t)kept->numbers[ROW_WHO] == store->reader.who)
		return false;
	for (unsigned i = 0; i < kept->count; i++)
		if (&kind->fields[kept->slots[i].place] == mode)
			return !bytes_equal(kept->slots[i].value.text, bytes_text(GIVEN_OPENLY));
	return true;
}
