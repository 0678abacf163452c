/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is new for a station: facts after a cursor by lane and area, and single facts. The first
 * station of a level that asks makes the index of that level.
 */
#include "store/log/internal.h"

#include "model/area.h"

#include <string.h>

enum { CHUNK = 256 };

/* Facts of LOG that QUERY asks for, downwards or upwards, CHUNK at a time. */
struct asking {
	struct log *log;
	const struct facts_query *query;
	bool up;
};

static enum rc chunk_read(const struct asking *asking, uint64_t cursor, struct arena *arena,
	struct fact_list *list, struct fault *fault)
{
	struct log *log = asking->log;
	struct facts_query query = *asking->query;
	struct area_span spans[2];

	query.cursor = cursor;
	query.limit = CHUNK;
	if (!asking->up) {
		query.area = area_now(log_areas(log), query.area);
		return engine_down(log->db, &query, arena, list, fault);
	}
	log_spans(log, spans);
	return engine_up(log->db, &query, spans, arena, list, fault);
}

/* Hands facts over until FN has enough; no statement is open meanwhile. */
static enum rc each_fact(
	const struct asking *asking, fact_fn *fn, void *to, uint64_t *seen, struct fault *fault)
{
	const struct facts_query *query = asking->query;
	/* Before the reading: what comes during it has a higher place, and the cursor must not pass
	 * that. */
	uint64_t last = log_last(asking->log);
	unsigned given = 0;
	for (*seen = query->cursor;;) {
		struct arena arena = {0};
		struct fact_list chunk;
		enum rc rc = chunk_read(asking, *seen, &arena, &chunk, fault);
		bool enough = false;
		for (unsigned i = 0; i < chunk.count && !rc && !enough; i++) {
			const struct fact *fact = &chunk.facts[i];
			bool skip =
				fact->state == FACT_GONE || (query->via && fact->via == query->via);
			enough =
				!skip && ((query->limit && given == query->limit) || !fn(fact, to));
			if (enough)
				break;
			given += !skip;
			*seen = fact->arr;
		}
		arena_release(&arena);
		if (rc || enough)
			return rc;
		if (chunk.count < CHUNK)
			break;
	}
	if (last > *seen)
		*seen = last;
	return RC_OK;
}

static enum rc index_for(struct log *log, uint64_t area, struct fault *fault)
{
	unsigned digits = area_digits(area);
	if (log->indexed & 1u << digits || log->readonly)
		return RC_OK;
	enum rc rc = log_begin(log, fault);
	if (rc)
		return rc;
	if ((rc = engine_index(log->db, area, fault))) {
		log_undo(log);
		return rc;
	}
	rc = log_commit(log, fault);
	if (!rc)
		log->indexed |= 1u << digits;
	return rc;
}

enum rc log_down(struct log *log, const struct facts_query *query, fact_fn *fn, void *to,
	uint64_t *seen, struct fault *fault)
{
	const struct asking asking = {log, query, false};
	*seen = query->cursor;
	enum rc rc = index_for(log, area_now(log_areas(log), query->area), fault);
	return rc ? rc : each_fact(&asking, fn, to, seen, fault);
}

enum rc log_up(struct log *log, const struct facts_query *query, fact_fn *fn, void *to,
	uint64_t *seen, struct fault *fault)
{
	const struct asking asking = {log, query, true};
	return each_fact(&asking, fn, to, seen, fault);
}

enum rc log_arrivals(struct log *log, uint64_t cursor, unsigned most, struct arena *arena,
	struct arrivals *out, struct fault *fault)
{
	struct fact_list list;
	uint64_t last = log_last(log);
	enum rc rc = engine_arrivals(log->db, cursor, most, arena, &list, fault);

	*out = (struct arrivals){.facts = list.facts, .count = list.count, .seen = last};
	if (out->count && (out->count == most || out->facts[out->count - 1].arr > out->seen))
		out->seen = out->facts[out->count - 1].arr;
	return rc;
}

bool log_fact(struct log *log, uint64_t site, uint32_t seq, struct arena *arena, struct fact *fact)
{
	bool found;

	return engine_fact(log->db, (struct ref){site, seq}, arena, fact, &found, NULL) == RC_OK &&
	       found;
}

bool log_gone(struct log *log, struct ref rec)
{
	struct arena arena = {0};
	struct fact fact;
	bool gone = log_fact(log, rec.site, rec.seq, &arena, &fact) && fact.state == FACT_GONE;

	arena_release(&arena);
	return gone;
}

void log_following(
	struct log *log, const struct ref recs[], size_t count, unsigned most, unsigned following[])
{
	memset(following, 0, count * sizeof *following);
	if (engine_following(log->db, recs, count, most, following, NULL))
		memset(following, 0, count * sizeof *following);
}

bool log_latest(struct log *log, struct ref rec, struct log_latest *newest)
{
	bool found;

	return engine_latest(log->db, rec, newest, &found, NULL) == RC_OK && found;
}

uint64_t log_arrived(struct log *log, struct ref rec)
{
	struct log_latest newest;

	return log_latest(log, rec, &newest) ? newest.arr : 0;
}

uint64_t log_print(struct log *log, uint64_t arr)
{
	return engine_print(log->db, arr);
}

uint64_t log_last(struct log *log)
{
	return engine_last(log->db);
}
