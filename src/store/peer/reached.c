/* SPDX-License-Identifier: GPL-3.0-or-later
 * The ladder of one record. Marks count gapless prefixes of (author, lane), so the newest number of
 * each author in each lane is all that has to be covered.
 */
#include "store/peer.h"
#include "store/rows/internal.h"

#include "model/area.h"
#include "model/kinds.h"

#include <stdlib.h>
#include <string.h>

/* Those that count: the facts that the record is folded from. */
#define FACTS_OF_REC                                                                               \
	"SELECT site, seq, arr FROM fact WHERE site=?1 AND seq=?2 AND state=0 UNION ALL"           \
	" SELECT site, seq, arr FROM fact WHERE rec_site=?1 AND rec_seq=?2 AND " IS_STEP           \
	" AND state=0"

/* The newest number of one author in one lane of a record. */
struct need_held {
	uint64_t site, area; /* area 0: an author unknown here */
	unsigned lane;
	uint32_t upto;
};

enum { NEEDS_HELD = 64 };

struct needs_held {
	struct need_held at[NEEDS_HELD];
	unsigned count;
	bool word; /* that of the station above counts as well */
};

static uint64_t above_of(struct store *store)
{
	struct peer peer;
	struct fault none;

	return peer_load(store, &peer, &none) == RC_OK ? peer.site.site : 0;
}

enum rc holders_load(struct store *store, struct holders *holders, struct fault *fault)
{
	struct sql sql = sql_open(store->db,
		"WITH RECURSIVE way(site) AS (SELECT above FROM site WHERE site=?1 UNION"
		" SELECT s.above FROM site s JOIN way USING(site))"
		"SELECT site, area, level, site NOT IN way AND"
		" area IN (SELECT area FROM site WHERE site IN way) FROM site"
		" WHERE level>?2 AND area>0 AND revoked=0 AND ended=0 AND site<>?1"
		" ORDER BY level LIMIT ?3");

	*holders = (struct holders){.above = above_of(store)};
	sql_num(&sql, (int64_t)store->station.site);
	sql_num(&sql, store->station.level);
	sql_num(&sql, HOLDERS_MOST);
	while (sql_row(&sql)) {
		struct holder *holder = &holders->at[holders->count];
		int64_t level = sql_get(&sql, 2);

		holder->site = (uint64_t)sql_get(&sql, 0);
		holder->area = (uint64_t)sql_get(&sql, 1);
		holder->level = (enum level)level;
		holder->followed = sql_get(&sql, 3) != 0;
		holders->count += level < LEVELS;
	}
	return sql_end(&sql, fault);
}

/* NEEDS_HELD + 1 when there are more authors than that, or something was only read out: then
 * nothing is claimed. */
static enum rc needs_read(
	struct store *store, struct ref rec, struct needs_held *needs, struct fault *fault)
{
	struct voice voice;
	struct sql sql = sql_open(store->db,
		"SELECT f.site, f.seq&7, max(f.seq/8), (SELECT area FROM site s WHERE "
		"s.site=f.site) FROM (" FACTS_OF_REC ") f"
		" GROUP BY 1, 2");

	needs->count = 0;
	sql_num(&sql, (int64_t)rec.site);
	sql_num(&sql, rec.seq);
	while (sql_row(&sql)) {
		if (needs->count < NEEDS_HELD)
			needs->at[needs->count] = (struct need_held){
				.site = (uint64_t)sql_get(&sql, 0),
				.lane = (unsigned)sql_get(&sql, 1),
				.upto = (uint32_t)sql_get(&sql, 2),
				.area = (uint64_t)sql_get(&sql, 3),
			};
		needs->count++;
	}
	/* Where what was only read out came from, who holds it is not known. */
	if (voice_of(&store->log, rec, &voice))
		needs->count = NEEDS_HELD + 1;
	return sql_end(&sql, fault);
}

/* Written above the holder: numbers of such authors prove nothing there and are not asked for. */
static bool written_above(const struct need_held *need, const struct holder *holder)
{
	return need->area && need->area != holder->area && area_within(holder->area, need->area);
}

/* Up to which number HOLDER has it: as proven to this station, or by the WORD of the one above. */
static uint32_t known(struct log *log, const struct holders *holders, const struct holder *holder,
	const struct need_held *need, bool word)
{
	uint32_t proven = log_held(log, holder->site, need->site, need->lane),
		 said = word ? log_said(log, holders->above, holder->site, need->site, need->lane)
			     : 0;

	return said > proven ? said : proven;
}

static bool holds(struct log *log, const struct holders *holders, const struct holder *holder,
	const struct needs_held *needs)
{
	unsigned counted = 0;

	for (unsigned n = 0; n < needs->count; n++) {
		const struct need_held *need = &needs->at[n];
		if (written_above(need, holder))
			continue;
		/* What it wrote itself it holds, as long as it is the same site, and nobody has
		 * come after it. */
		if ((need->site != holder->site || holder->followed) &&
			known(log, holders, holder, need, needs->word) < need->upto)
			return false;
		counted++;
	}
	return counted > 0;
}

/* Refusals that stand: a clock that runs ahead is objected to as well, but what it wrote is held;
 * what one station must not carry comes by another; and what was refused may have been taken later.
 */
#define LIFTED                                                                                     \
	" EXISTS (SELECT 1 FROM row_refusal l WHERE l.site=r.site AND l.f_seq=r.f_seq AND "        \
	"l.f_site=r.f_site AND l.f_reason='lifted' AND l.stamp>=r.stamp)"
#define STANDS                                                                                     \
	" r.f_more IS NULL AND coalesce(r.f_reason,'') NOT IN ('clock','carrier') AND NOT" LIFTED

/* What a hub dropped is with nobody above it either; what it asked for again is on its way until
 * the station ABOVE has confirmed it. */
static bool is_dropped(struct store *store, uint64_t above, struct ref rec)
{
	if (!dropped_there(&store->log))
		return false;
	struct sql sql = sql_open(store->db,
		"SELECT 1 FROM dropped d, (" FACTS_OF_REC ") f WHERE d.site=f.site AND "
		"d.lane=f.seq&7 AND f.seq>>3 BETWEEN d.n AND d.upto AND (d.state<>4 OR f.arr>"
		"ifnull((SELECT sent FROM peer_lane WHERE peer=?3 AND lane=f.seq&7), 0)) LIMIT 1");

	sql_num(&sql, (int64_t)rec.site);
	sql_num(&sql, rec.seq);
	sql_num(&sql, (int64_t)above);
	bool is = sql_row(&sql);
	return sql_end(&sql, NULL) != RC_OK || is;
}

/* A hub keeps what it refused apart, and its mark covers it all the same: so it is looked for. */
static bool refused(struct store *store, const struct holder *holder, struct ref rec)
{
	struct sql sql = sql_open(store->db,
		"SELECT 1 FROM row_refusal r, (" FACTS_OF_REC ") f WHERE r.site=?3"
		" AND r.f_seq=f.seq AND r.f_site=printf('%014x', f.site)"
		" AND" STANDS " LIMIT 1");

	sql_num(&sql, (int64_t)rec.site);
	sql_num(&sql, rec.seq);
	sql_num(&sql, (int64_t)holder->site);
	bool is = sql_row(&sql);
	return sql_end(&sql, NULL) != RC_OK || is;
}

/* ---- what was refused, and what a person has made of it */

static bool see_instead(const struct row *row, void *to)
{
	const struct value *instead = row_value(row, decision_instead);

	if (instead && instead->wire == WIRE_BYTES && !row_void(row))
		ref_take(instead->text, to);
	return !((struct ref *)to)->seq;
}

/* The record that was written anew in the place of REC (a decision says so); seq 0 = none. */
static struct ref instead_of(struct store *store, struct ref rec)
{
	struct query query = query_all(KIND_decision);
	struct ref instead = {0, 0};
	struct fault ignored;

	query.parent = rec;
	(void)!store_each(store, &query, see_instead, &instead, &ignored);
	return instead;
}

bool store_refusal_row(struct store *store, const struct row *refusal, struct arena *arena,
	struct refused *refused)
{
	const struct value *site = row_value(refusal, refusal_site);
	const struct value *seq = row_value(refusal, refusal_seq);
	struct buf hex = {0};
	struct fact fact;
	struct fault fault;
	struct op op;

	if (!site || !seq)
		return false;
	buf_put(&hex, site->text.at, site->text.len);
	uint64_t number = strtoull(buf_cstr(&hex), NULL, 16);
	buf_release(&hex);
	if (!log_fact(store_log(store), number, (uint32_t)seq->num, arena, &fact) ||
		!op_take(fact.raw, &op) ||
		store_row(
			store, (struct ref){op.rec_site, op.rec_seq}, arena, &refused->row, &fault))
		return false;
	refused->anew =
		number == store->station.site && fact.site == op.rec_site && fact.seq == op.rec_seq;
	refused->answered = row_void(&refused->row) || instead_of(store, refused->row.ref).seq;
	return true;
}

bool store_refusal_over(struct store *store, struct ref refusal)
{
	struct sql sql = sql_open(
		store->db, "SELECT 1 FROM row_refusal r WHERE r.site=? AND r.seq=? AND" LIFTED);

	sql_num(&sql, (int64_t)refusal.site);
	sql_num(&sql, refusal.seq);
	bool over = sql_row(&sql);
	return sql_end(&sql, NULL) == RC_OK && over;
}

/* Has somebody withdrawn what the fact SEQ of this station says, or written it anew? */
static bool answered(struct store *store, uint32_t seq)
{
	struct arena arena = {0};
	struct fact fact;
	struct fault ignored;
	struct op op;
	struct row row;
	bool is = log_fact(&store->log, store->station.site, seq, &arena, &fact) &&
		  op_take(fact.raw, &op) &&
		  store_row(store, (struct ref){op.rec_site, op.rec_seq}, &arena, &row, &ignored) ==
			  RC_OK &&
		  (row_void(&row) || instead_of(store, row.ref).seq);

	arena_release(&arena);
	return is;
}

unsigned store_refused(struct store *store)
{
	struct sql sql = sql_open(store->db,
		"SELECT DISTINCT r.f_seq FROM row_refusal r JOIN site s ON s.site=r.site"
		" WHERE r.site<>?1 AND s.level>?2 AND r.f_site=printf('%014x', ?1) AND" STANDS);
	struct buf seqs = {0};
	unsigned count = 0;

	sql_num(&sql, (int64_t)store->station.site);
	sql_num(&sql, store->station.level);
	while (sql_row(&sql)) {
		uint32_t seq = (uint32_t)sql_get(&sql, 0);

		buf_put(&seqs, &seq, sizeof seq);
	}
	if (sql_end(&sql, NULL))
		buf_clear(&seqs);
	for (size_t at = 0; at < seqs.len; at += sizeof(uint32_t)) {
		uint32_t seq;

		memcpy(&seq, seqs.at + at, sizeof seq);
		count += !answered(store, seq);
	}
	buf_release(&seqs);
	return count + (unsigned)dropped_count(&store->log, store->station.site);
}

static void levels_of(struct store *store, const struct holders *holders, struct ref rec,
	uint64_t area, struct needs_held *needs, bool levels[LEVELS])
{
	bool dropped = is_dropped(store, holders->above, rec);

	for (unsigned n = 0; n < holders->count && !dropped; n++) {
		const struct holder *holder = &holders->at[n];

		if (!levels[holder->level] && log_within(&store->log, area, holder->area) &&
			holds(&store->log, holders, holder, needs))
			levels[holder->level] = !refused(store, holder, rec);
	}
}

enum rc holders_reached(struct store *store, const struct holders *holders, struct ref rec,
	uint64_t area, bool levels_held[LEVELS], struct fault *fault)
{
	struct needs_held needs = {.word = false};
	enum rc rc = RC_OK;

	memset(levels_held, 0, LEVELS * sizeof *levels_held);
	if (holders->count)
		rc = needs_read(store, rec, &needs, fault);
	if (!rc && needs.count <= NEEDS_HELD)
		levels_of(store, holders, rec, area, &needs, levels_held);
	return rc;
}

enum rc holders_said(struct store *store, const struct holders *holders, struct ref rec,
	uint64_t area, bool levels_said[LEVELS], struct fault *fault)
{
	struct needs_held needs = {.word = true};
	bool held[LEVELS];
	enum rc rc = holders_reached(store, holders, rec, area, held, fault);

	memset(levels_said, 0, LEVELS * sizeof *levels_said);
	if (!rc && holders->count)
		rc = needs_read(store, rec, &needs, fault);
	if (!rc && needs.count <= NEEDS_HELD)
		levels_of(store, holders, rec, area, &needs, levels_said);
	for (unsigned level = 0; level < LEVELS; level++)
		levels_said[level] &= !held[level];
	return rc;
}

enum rc store_reached(struct store *store, struct ref rec, uint64_t area, bool levels_held[LEVELS],
	struct fault *fault)
{
	struct holders holders;
	enum rc rc = holders_load(store, &holders, fault);

	memset(levels_held, 0, LEVELS * sizeof *levels_held);
	return rc ? rc : holders_reached(store, &holders, rec, area, levels_held, fault);
}

int reached_top(const bool levels_held[LEVELS])
{
	int top = -1;

	for (int level = 0; level < LEVELS; level++)
		if (levels_held[level])
			top = level;
	return top;
}
