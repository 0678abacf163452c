/* SPDX-License-Identifier: GPL-3.0-or-later
 * From which side of this station a site's facts may come. What nobody has signed is as good as
 * the station that brings it: so it comes from its author, or by the stations between the author
 * and here.
 */
#include "base/when.h"
#include "model/area.h"
#include "store/db.h"
#include "store/station.h"
#include "sync/trust.h"
#include "sync/trust/internal.h"

enum { PATH_MOST = 8 };

/* Can the author say it himself? Of who is revoked or has ended, others have the rest. */
static bool is_there(const struct site *author)
{
	return author->area && !author->revoked && !author->ended;
}

/* Does SENDER lie between AUTHOR and here? Where it is not known how the author is reached, the
 * areas decide. */
static bool on_its_way(struct store *store, const struct site *sender, const struct site *author)
{
	uint64_t own = store_station(store)->site;
	struct site at = *author;

	for (unsigned i = 0; i < PATH_MOST && at.above; i++) {
		if (successor_of(store, sender->site, at.above))
			return true;
		if (at.above == own || successors_have(store, at.above))
			return false;
		if (!log_site(store_log(store), at.above, &at))
			break;
	}
	return true;
}

static bool in_its_area(struct log *log, const struct site *sender, const struct op *op)
{
	struct fact record;
	struct arena arena = {0};
	bool known;

	/* Its grant is not here: then the place must be the sender's to write in. */
	if (op_first(op))
		return log_within(log, op->area, sender->area);
	known = log_fact(log, op->rec_site, op->rec_seq, &arena, &record);
	arena_release(&arena);
	/* A record that is not here yet may be the sender's; until the author's grant is here the
	 * step has no effect. */
	return !known || (record.reach && log_within(log, record.reach / 2, sender->area));
}

bool side_below(struct store *store, const struct site *sender, const struct op *op)
{
	struct site author;

	if (op->site == sender->site)
		return true;
	if (!log_site(store_log(store), op->site, &author) || !author.area)
		return in_its_area(store_log(store), sender, op);
	return log_within(store_log(store), author.area, sender->area) &&
	       (!is_there(&author) || on_its_way(store, sender, &author));
}

bool side_above(struct store *store, const struct op *op, struct bytes raw)
{
	const struct station *own = store_station(store);
	struct site author;

	return !log_site(store_log(store), op->site, &author) || !author.area || author.revoked ||
	       !log_within(store_log(store), author.area, own->area) || op->site == own->site ||
	       successors_have(store, op->site) || !stands_over(store, own->site, author.above) ||
	       log_signed(store_log(store), op, raw);
}

bool side_changes(
	struct store *store, const struct site *from, const struct op *op, struct bytes raw)
{
	struct site author;

	return successor_of(store, from->site, op->site) || successors_have(store, op->site) ||
	       !log_site(store_log(store), op->site, &author) || !author.area || author.ended ||
	       log_signed(store_log(store), op, raw);
}

bool side_gives_way(struct store *store, const struct op *op)
{
	struct log *log = store_log(store);
	struct arena arena = {0};
	struct fact held;
	struct site author;
	struct op other;
	bool gives = log_site(log, op->site, &author) && is_there(&author) &&
		     log_fact(log, op->site, op->seq, &arena, &held) && held.via &&
		     !log_from_below(log, held.via) && op_take(held.raw, &other);

	if (gives) {
		other.sig = held.sig;
		gives = !log_signed(log, &other, held.raw);
	}
	arena_release(&arena);
	return gives;
}

enum { REQUEUED_DAY = 1, REQUEUED_COUNT, REQUEUED_NUMBERS };

enum rc side_requeue(
	struct store *store, const struct site *from, const struct op *op, struct fault *fault)
{
	int64_t numbers[REQUEUED_NUMBERS], today = store_now(store) / DAY_SECONDS;
	struct site author;
	enum rc rc;

	if (log_site(store_log(store), op->site, &author) && is_there(&author))
		return RC_OK;
	kv_list(store, kv_of(KV_REQUEUED, from->site), numbers, REQUEUED_NUMBERS);
	if (numbers[REQUEUED_DAY] != today)
		numbers[REQUEUED_COUNT] = 0;
	if (numbers[REQUEUED_COUNT] >= LIMIT_DAY_REQUEUED)
		return claim_note(store, from->site, CLAIM_CHANGED, 1, fault);
	numbers[REQUEUED_DAY] = today;
	numbers[REQUEUED_COUNT]++;
	rc = kv_list_set(store, kv_of(KV_REQUEUED, from->site), numbers, REQUEUED_NUMBERS, fault);
	return rc ? rc : log_requeue(store_log(store), (struct ref){op->site, op->seq}, fault);
}

/* ---- what a store that was put back did not take from above */

enum { MISSED = 1, MISSED_NUMBERS };

enum rc side_missed(struct store *store, uint64_t count, struct fault *fault)
{
	int64_t numbers[MISSED_NUMBERS];

	kv_list(store, kv_own(KV_MISSED), numbers, MISSED_NUMBERS);
	numbers[MISSED] += (int64_t)count;
	return kv_list_set(store, kv_own(KV_MISSED), numbers, MISSED_NUMBERS, fault);
}

static enum rc ask_again(struct store *store, uint64_t above, struct fault *fault)
{
	const int64_t numbers[MISSED_NUMBERS] = {0};
	enum rc rc = kv_list_set(store, kv_own(KV_MISSED), numbers, MISSED_NUMBERS, fault);

	return rc ? rc : moved_here(store, above, fault);
}

enum rc side_ask_again(struct store *store, struct fault *fault)
{
	int64_t numbers[MISSED_NUMBERS];
	struct peer peer;
	struct fault none;
	enum rc rc;

	kv_list(store, kv_own(KV_MISSED), numbers, MISSED_NUMBERS);
	if (!numbers[MISSED] || peer_load(store, &peer, &none))
		return RC_OK;
	rc = store_begin(store, fault);
	if (rc)
		return rc;
	rc = ask_again(store, peer.site.site, fault);
	if (!rc)
		return store_commit(store, fault);
	store_undo(store);
	return rc;
}
