/* SPDX-License-Identifier: GPL-3.0-or-later
 * What both ends of a link are known to hold: the recent facts of a site, what a fact had most
 * likely seen, and how much still waits to go up.
 */
#include "store/log/internal.h"

#include "base/memory.h"

#include "model/area.h"

uint64_t log_before(struct log *log, struct ref rec, uint64_t site, uint32_t seq)
{
	return engine_before(log->db, rec, site, seq);
}

struct recent {
	struct log *log;
	uint64_t site;
	bool drops;
	struct arena *arena;
	struct recent_fact {
		struct recent_fact *newer;
		struct fact fact;
	} * oldest;
};

/* What was dropped above is here and not there, and history is what both hold. */
static bool keep_one(const struct fact *fact, void *to)
{
	struct recent *kept = to;

	if (kept->drops && dropped_has(kept->log, kept->site, fact->seq))
		return false;
	struct recent_fact *one = arena_get(kept->arena, sizeof *one);
	*one = (struct recent_fact){kept->oldest, *fact};
	one->fact.raw = arena_bytes(kept->arena, fact->raw);
	one->fact.sig = arena_bytes(kept->arena, fact->sig);
	kept->oldest = one;
	return true;
}

/* Newest first from the table, oldest first to FN. */
enum rc log_recent(struct log *log, const struct author_held *held, size_t most, fact_fn *fn,
	void *to, struct fault *fault)
{
	struct arena arena = {0};
	struct recent kept = {
		.log = log, .site = held->site, .drops = dropped_there(log), .arena = &arena};
	enum rc rc = engine_recent(log->db, held, most, keep_one, &kept, fault);
	for (struct recent_fact *one = kept.oldest; one && !rc; one = one->newer)
		if (!fn(&one->fact, to))
			break;
	arena_release(&arena);
	return rc;
}

uint32_t log_held(struct log *log, uint64_t holder, uint64_t site, unsigned lane)
{
	return engine_held(log->db, holder, site, lane);
}

enum rc log_weigh(struct log *log, const struct facts_query *query, uint64_t holder,
	unsigned *count, uint64_t *bytes, struct fault *fault)
{
	struct area_span spans[2];
	struct weighed weighed;

	log_spans(log, spans);
	enum rc rc = engine_weigh(log->db, query, spans, holder, &weighed, fault);
	*count = weighed.count;
	*bytes = weighed.bytes;
	return rc;
}

/* ---- the facts of one record, as they came */

enum rc log_of_record(struct log *log, struct ref rec, uint64_t cursor, fact_fn *fn, void *to,
	struct fault *fault)
{
	struct changed facts = {0};
	enum rc rc = engine_of_record(log->db, rec, cursor, &facts, fault);
	bool more = true;

	for (size_t n = 0; n < facts.count && more && !rc; n++) {
		struct arena arena = {0};
		struct fact fact;

		if (log_fact(log, facts.at[n].site, facts.at[n].seq, &arena, &fact))
			more = fn(&fact, to);
		arena_release(&arena);
	}
	changed_release(&facts);
	return rc;
}
