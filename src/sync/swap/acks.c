/* SPDX-License-Identifier: GPL-3.0-or-later
 * The ladder's news for a station below: how far the authors at or below it are held here, and they
 * and those above it at the levels above as these have told, with their proofs. Only what changed
 * since it was last told; what was told is remembered beside the peer.
 */
#include "store/station.h"
#include "sync/keys/internal.h"
#include "sync/swap/internal.h"

#include "base/memory.h"
#include "model/area.h"
#include "store/db.h"

#include <stdlib.h>
#include <string.h>

enum {
	NEWS_MOST = 400,    /* marks in one answer: the rest next time */
	TOLD_MOST = 100000, /* marks that are remembered as told: a city has 25,000 */
	TOLD_VERSION = 1,
};

struct telling {
	struct acks *acks;
	struct log *log;
	struct arena *arena;
	struct mark_maker maker;
	uint64_t asker, below, own;
	struct mark *told;
	size_t told_count;
};

/* ---- what was told, by holder, author and lane */

static int by_what(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;

	if (x->holder != y->holder)
		return x->holder < y->holder ? -1 : 1;
	if (x->site != y->site)
		return x->site < y->site ? -1 : 1;
	return (x->lane > y->lane) - (x->lane < y->lane);
}

static const struct mark *told_of(const struct telling *telling, const struct mark *mark)
{
	if (!telling->told_count)
		return NULL;
	return bsearch(mark, telling->told, telling->told_count, sizeof *mark, by_what);
}

static void told_put(struct buf *out, const struct mark *mark)
{
	put_varint(out, mark->holder);
	put_varint(out, mark->site);
	put_varint(out, mark->lane);
	put_varint(out, mark->store);
	put_varint(out, mark->upto);
	put_varint(out, mark->mac);
}

static bool told_take(struct bytes *in, struct mark *mark)
{
	uint64_t lane, upto;

	if (!take_varint(in, &mark->holder) || !take_varint(in, &mark->site) ||
		!take_varint(in, &lane) || lane >= LANES || !take_varint(in, &mark->store) ||
		!take_varint(in, &upto) || upto > UINT32_MAX || !take_varint(in, &mark->mac))
		return false;
	mark->lane = (unsigned)lane;
	mark->upto = (uint32_t)upto;
	return true;
}

/* What cannot be read was not told: then it is told once more. */
static void told_read(
	struct store *store, const struct site *site, struct arena *arena, struct telling *telling)
{
	struct buf kept = {0};
	struct bytes in;
	uint64_t version = 0, count = 0;
	size_t good = 0;

	kv_bytes(store, kv_of(KV_NEWS, site->site), &kept);
	in = buf_bytes(&kept);
	if (take_varint(&in, &version) && version == TOLD_VERSION && take_varint(&in, &count) &&
		count <= TOLD_MOST && count <= in.len) {
		telling->told = arena_get(arena, ((size_t)count + 1) * sizeof *telling->told);
		while (good < count && told_take(&in, &telling->told[good]) &&
			(!good || by_what(&telling->told[good - 1], &telling->told[good]) < 0))
			good++;
		telling->told_count = good == count && !in.len ? good : 0;
	}
	buf_release(&kept);
}

/* Also a proof that came later is news. MARK gets that of this station's own holding, which goes
 * with what an author further down is to hear. */
static bool was_told(struct telling *telling, struct mark *mark)
{
	const struct mark *told = told_of(telling, mark);
	bool ours = mark->holder == store_station(telling->maker.store)->site &&
		    mark->site != telling->asker,
	     same = told && told->store == mark->store && told->upto == mark->upto;

	if (same && told->mac && (ours || told->mac == mark->mac))
		return true;
	if (ours)
		mark->mac = mark_mac(&telling->maker, mark);
	return same && told->mac == mark->mac;
}

/* Below it, itself, or above it: what a hub above does to its records counts for the levels above
 * that hub. */
static bool on_its_way(const struct telling *telling, uint64_t area)
{
	return log_within(telling->log, area, telling->below) ||
	       log_within(telling->log, telling->below, area);
}

static bool tell(const struct mark *known, void *to)
{
	struct telling *telling = to;
	struct acks *acks = telling->acks;
	struct mark mark = *known;
	struct site author;

	if (mark.lane >= LANES || acks->count == NEWS_MOST)
		return acks->count < NEWS_MOST;
	/* A holder with a mark of itself has told a new number: what its old store held is to be
	 * forgotten below as well. */
	if (mark.site != mark.holder &&
		(!mark.upto || !log_site(telling->log, mark.site, &author) ||
			!on_its_way(telling, author.area)))
		return true;
	if (was_told(telling, &mark))
		return true;
	acks->marks = array_more_in(
		telling->arena, acks->marks, acks->count, &acks->room, sizeof *acks->marks);
	acks->marks[acks->count++] = mark;
	return true;
}

/* Marks of levels above this hub; those of the asker itself or of stations below say nothing
 * upwards. */
static bool tell_above(const struct mark *mark, void *to)
{
	struct telling *telling = to;
	struct site holder;

	if (!log_site(telling->log, mark->holder, &holder) ||
		!log_within(telling->log, telling->own, holder.area) || holder.area == telling->own)
		return true;
	return tell(mark, to);
}

enum rc acks_for(struct store *store, const struct site *site, bool all, struct arena *arena,
	struct acks *acks, struct fault *fault)
{
	struct log *log = store_log(store);
	struct telling telling = {.acks = acks,
		.log = log,
		.arena = arena,
		.maker = {.store = store},
		.asker = site->site,
		.below = site->area,
		.own = store_station(store)->area};
	enum rc rc;

	memset(acks, 0, sizeof *acks);
	if (!all)
		told_read(store, site, arena, &telling);
	rc = log_authors(log, site->area, tell, &telling, fault);
	if (!rc)
		rc = log_marks_said(log, tell_above, &telling, fault);
	explicit_bzero(&telling.maker, sizeof telling.maker);
	acks->all = all;
	return rc;
}

/* Both in order: of two for the same, the new one. More than so many are told again each time. */
static void told_merge(const struct telling *telling, const struct mark *acks, size_t count,
	struct buf *out, uint64_t *merged)
{
	size_t old = 0, now = 0;

	for (*merged = 0; *merged < TOLD_MOST; ++*merged) {
		bool has_old = old < telling->told_count, has_new = now < count;
		int order;
		if (!has_old && !has_new)
			break;
		order = !has_old ? 1 : !has_new ? -1 : by_what(&telling->told[old], &acks[now]);
		told_put(out, order < 0 ? &telling->told[old] : &acks[now]);
		old += order <= 0;
		now += order >= 0;
	}
}

enum rc acks_told(
	struct store *store, const struct site *site, const struct acks *acks, struct fault *fault)
{
	struct arena arena = {0};
	struct telling telling = {0};
	struct buf marks = {0}, out = {0};
	struct mark *sorted;
	uint64_t count;
	enum rc rc;

	if (!acks->count)
		return RC_OK;
	if (!acks->all)
		told_read(store, site, &arena, &telling);
	sorted = arena_get(&arena, acks->count * sizeof *sorted);
	memcpy(sorted, acks->marks, acks->count * sizeof *sorted);
	qsort(sorted, acks->count, sizeof *sorted, by_what);
	told_merge(&telling, sorted, acks->count, &marks, &count);
	put_varint(&out, TOLD_VERSION);
	put_varint(&out, count);
	buf_put(&out, marks.at, marks.len);
	rc = kv_bytes_set(store, kv_of(KV_NEWS, site->site), buf_bytes(&out), fault);
	buf_release(&marks);
	buf_release(&out);
	arena_release(&arena);
	return rc;
}
