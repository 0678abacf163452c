/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was dropped, as ranges of numbers. Few stores ever drop anything: whether this one did is
 * asked once in a transaction.
 */
#include "store/rows/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/when.h"

bool dropped_there(struct log *log)
{
	if (log->drops == DROPS_UNKNOWN || !log->depth)
		log->drops = engine_dropped_any(log->db) ? DROPS_THERE : DROPS_NONE;
	return log->drops == DROPS_THERE;
}

/* ---- ranges */

enum rc dropped_each(
	struct log *log, enum dropped_state state, dropped_fn *fn, void *to, struct fault *fault)
{
	struct arena arena = {0};
	struct dropped *all;
	size_t count;

	if (!dropped_there(log))
		return RC_OK;
	enum rc rc = engine_dropped(log->db, state, &arena, &all, &count, fault);
	for (size_t i = 0; i < count && !rc; i++)
		if (!fn(&all[i], to))
			break;
	arena_release(&arena);
	return rc;
}

enum rc dropped_set(struct log *log, const struct dropped *dropped, enum dropped_state state,
	struct fault *fault)
{
	log->drops = DROPS_THERE;
	return engine_dropped_set(log->db, dropped, state, fault);
}

bool dropped_has(struct log *log, uint64_t site, uint32_t seq)
{
	uint32_t upto;
	int state;

	return dropped_there(log) &&
	       engine_dropped_at(log->db, site, seq & 7, seq >> 3, &upto, &state) &&
	       state != DROPPED_AGAIN;
}

bool dropped_again(struct log *log, uint64_t site, uint32_t seq)
{
	uint32_t upto;
	int state;

	return dropped_there(log) &&
	       engine_dropped_at(log->db, site, seq & 7, seq >> 3, &upto, &state) &&
	       state == DROPPED_AGAIN;
}

uint32_t dropped_past(struct log *log, uint64_t site, unsigned lane, uint32_t n)
{
	uint32_t upto;
	int state;

	if (!dropped_there(log) || !engine_dropped_at(log->db, site, lane, n, &upto, &state) ||
		state != DROPPED_TOLD)
		return 0;
	return upto;
}

uint64_t dropped_count(struct log *log, uint64_t site)
{
	if (!dropped_there(log))
		return 0;
	return engine_dropped_count(log->db, site);
}

/* How many ranges SITE has, reckoned on in a transaction. */
static bool has_many_ranges(struct log *log, uint64_t site)
{
	if (!log->depth || log->ranges_of != site) {
		log->ranges = engine_dropped_ranges(log->db, site);
		log->ranges_of = site;
	}
	return log->ranges >= LIMIT_RANGES;
}

/* One more number: the range that ends before it grows, as long as nobody was told of that. Where
 * an author has very many, the gap between counts as dropped as well. */
static enum rc range_add(struct log *log, const struct op *op, const char *why, struct fault *fault)
{
	struct dropped one = {.site = op->site, .lane = op_lane(op), .n = op->seq >> 3};

	one.upto = one.n;
	snprintf(one.why, sizeof one.why, "%s", why);
	bool grown;
	enum rc rc =
		engine_dropped_grow(log->db, &one, has_many_ranges(log, one.site), &grown, fault);
	if (rc || grown)
		return rc;
	log->ranges++;
	return dropped_set(log, &one, DROPPED_NEW, fault);
}

/* ---- whose are kept */

static int64_t today(struct log *log)
{
	return log_now(log) / DAY_SECONDS;
}

/* How many of KEY there were today, and one more. */
static enum rc count_one(
	struct log *log, int64_t key, enum flood_what what, int64_t *before, struct fault *fault)
{
	return engine_flood_count(log->db, key, what, today(log), before, fault);
}

enum rc dropped_tell(struct log *log, uint64_t site, bool *may, struct fault *fault)
{
	int64_t told = 0;
	enum rc rc = count_one(log, (int64_t)site, FLOOD_TOLD, &told, fault);

	*may = !rc && told < LIMIT_DAY_TELLS;
	return rc;
}

/* A sender's count lies beside those of authors, under a number that no author has. */
static int64_t sender_key(unsigned via)
{
	return -(int64_t)via;
}

/* Kept as far as both its author and who brings it have room today. Whoever is not known here may
 * be made up, so there only the one who brings it counts. */
static enum rc keep_one(struct log *log, const struct op *op, unsigned via, bool known, bool *keep,
	struct fault *fault)
{
	int64_t most = known ? LIMIT_DAY_SENDER : LIMIT_DAY_UNKNOWN, kept = 0;
	enum rc rc = RC_OK;

	if (known)
		rc = count_one(log, (int64_t)op->site, FLOOD_KEPT, &kept, fault);
	*keep = kept < LIMIT_DAY_REFUSED;
	if (!rc && *keep) {
		rc = count_one(log, sender_key(via), FLOOD_KEPT, &kept, fault);
		*keep = kept < most;
	}
	return rc;
}

static bool strangers_fit(struct log *log, unsigned via)
{
	return engine_flood_within(log->db, sender_key(via), LIMIT_STRANGERS);
}

enum rc dropped_put(
	struct log *log, const struct op *op, unsigned via, const char *why, struct fault *fault)
{
	bool known = log_brief(log, op->site)->site.area != 0;
	int64_t before;

	if (dropped_has(log, op->site, op->seq)) /* it comes again, and nothing has changed */
		return RC_OK;
	enum rc rc = count_one(
		log, known ? (int64_t)op->site : sender_key(via), FLOOD_DROPPED, &before, fault);
	/* Anybody can make up names: so many, and then they are counted alone. */
	if (rc || (!known && !strangers_fit(log, via)))
		return rc;
	return range_add(log, op, known ? why : "unknown", fault);
}

enum rc dropped_weigh(struct log *log, const struct op *op, unsigned via, struct fact_taken *taken,
	struct fault *fault)
{
	bool known = log_brief(log, op->site)->site.area != 0, keep = true;
	enum rc rc;

	if (!log_from_below(log, via))
		return RC_OK;
	if (!dropped_has(log, op->site, op->seq) &&
		((rc = keep_one(log, op, via, known, &keep, fault)) || keep))
		return rc;
	taken->dropped = true;
	return dropped_put(
		log, op, via, taken->state == FACT_UNPROVEN ? "signature" : taken->why, fault);
}

enum rc dropped_want(struct log *log, uint64_t site, const char *why, struct fault *fault)
{
	if (!dropped_there(log))
		return RC_OK;
	return engine_dropped_want(log->db, site, why, fault);
}

/* ---- as a text */

void dropped_list_put(
	const struct dropped dropped[], size_t count, size_t most, struct buf *out, size_t *used)
{
	size_t start = out->len;

	for (*used = 0; *used < count; ++*used) {
		size_t before = out->len;
		buf_fmt(out, "%s%u", before > start ? "," : "", dropped[*used].n);
		if (dropped[*used].upto > dropped[*used].n)
			buf_fmt(out, "-%u", dropped[*used].upto);
		if (out->len - start > most) {
			out->len = before;
			return;
		}
	}
}

static bool take_number(struct bytes *text, uint32_t *n)
{
	uint64_t number = 0;
	size_t len = 0;

	while (len < text->len && text->at[len] >= '0' && text->at[len] <= '9' && len < 10)
		number = number * 10 + (text->at[len++] - (uint64_t)'0');
	*n = (uint32_t)number;
	*text = bytes_of(text->at + len, text->len - len);
	return len && number && number <= UINT32_MAX >> 3;
}

bool dropped_list_take(struct bytes *text, uint32_t *n, uint32_t *upto)
{
	if (!take_number(text, n))
		return false;
	*upto = *n;
	if (text->len && *text->at == '-') {
		*text = bytes_of(text->at + 1, text->len - 1);
		if (!take_number(text, upto) || *upto < *n)
			return false;
	}
	if (text->len && *text->at == ',')
		*text = bytes_of(text->at + 1, text->len - 1);
	return true;
}

/* ---- who floods */

enum rc flood_each(struct store *store, flood_fn *fn, void *to, struct fault *fault)
{
	struct flood floods[FLOODS_MOST];
	unsigned count = 0;

	enum rc rc = engine_floods(store->db, floods, &count, fault);
	for (unsigned i = 0; i < count && !rc; i++)
		if (!fn(&floods[i], to))
			break;
	return rc;
}

uint64_t flood_total(struct store *store)
{
	return engine_flood_total(store->db);
}

enum rc refusals_each(struct store *store, refusals_fn *fn, void *to, struct fault *fault)
{
	struct refusals all[FLOODS_MOST];
	unsigned count = 0;

	enum rc rc = engine_refusals(store->db, all, &count, fault);
	for (unsigned i = 0; i < count && !rc; i++)
		if (!fn(&all[i], to))
			break;
	return rc;
}

uint64_t refusals_total(struct store *store)
{
	return engine_refusal_count(store->db);
}
