/* SPDX-License-Identifier: GPL-3.0-or-later
 * Facts from another site into the log. From below comes only what sites at or below the sender
 * wrote: nobody carries a neighbour's facts upwards, so nobody can make them up.
 */
#include "store/db.h"
#include "store/station.h"
#include "sync/swap/internal.h"
#include "sync/take/internal.h"
#include "sync/trust/internal.h"

#include "base/when.h"
#include "model/area.h"

#include <stdio.h>
#include <string.h>

/* ---- what a sender must not carry */

enum { LEFT_COUNT = 1, LEFT_TOLD, LEFT_NUMBERS };

uint64_t hub_left(struct store *store, uint64_t site)
{
	int64_t numbers[LEFT_NUMBERS];

	kv_list(store, kv_of(KV_LEFT, site), numbers, LEFT_NUMBERS);
	return (uint64_t)numbers[LEFT_COUNT];
}

/* They are not kept, so that nobody fills this store with what others are to have said. The sender
 * hears of one a day: it may send them as often as it likes. */
static enum rc left_note(struct store *store, const struct site *sender, const struct op *one,
	uint64_t more, struct fault *fault)
{
	int64_t numbers[LEFT_NUMBERS], now = store_now(store), *told = &numbers[LEFT_TOLD];
	enum rc rc = RC_OK;

	kv_list(store, kv_of(KV_LEFT, sender->site), numbers, LEFT_NUMBERS);
	if (!*told || now - *told >= DAY_SECONDS || now < *told) {
		rc = refusal_write(store, sender->area, one, "carrier", fault);
		*told = now;
	}
	numbers[LEFT_COUNT] += (int64_t)more;
	return rc ? rc
		  : kv_list_set(store, kv_of(KV_LEFT, sender->site), numbers, LEFT_NUMBERS, fault);
}

/* What became of a frame's facts. */
struct counts {
	uint64_t fresh, bytes, left, made_up, below;
	struct op first_left;
};

/* A message, and who brings it. */
struct taking {
	struct store *store;
	const struct site *site;
	const struct message *message;
	bool from_below;
	struct counts counts;
	struct fault *fault;
};

static enum rc take_instead(
	const struct taking *taking, const struct op *op, const struct fact *fact)
{
	struct fault *fault = taking->fault;
	enum rc rc = log_replace(
		store_log(taking->store), op, fact->raw, via_of(taking->site->site), fault);

	return rc ? rc : trust_take(taking->store, op, fault);
}

/* Another fact stands above under the number of one that is here: it stands here as well from now
 * on. Ours is written anew; that of a site above goes back there; that of a site below is with its
 * author, who will hear of it. */
static enum rc give_way(const struct taking *taking, const struct op *op, const struct fact *fact)
{
	struct store *store = taking->store;
	const struct site *from = taking->site;
	struct fault *fault = taking->fault;
	struct log *log = store_log(store);
	struct ref ref = {op->site, op->seq};
	uint64_t own = store_station(store)->area;
	struct arena arena = {0};
	struct fact old;
	struct site author;
	enum rc rc = RC_OK;

	if (!log_may_stand(log, op, fact->raw) || !side_changes(store, from, op, fact->raw))
		return claim_note(store, from->site, CLAIM_CHANGED, 1, fault);
	if (successors_have(store, op->site))
		rc = store_reissue(store, ref, fault);
	else if (log_site(log, op->site, &author) && author.area && author.area != own &&
		 log_within(log, own, author.area) &&
		 log_fact(log, ref.site, ref.seq, &arena, &old))
		rc = log_orphan(log, old.raw, old.sig, fault);
	if (!rc)
		rc = take_instead(taking, op, fact);
	arena_release(&arena);
	return rc;
}

/* Something stands under its number already. */
static enum rc take_held(
	const struct taking *taking, const struct op *op, const struct fact *fact, enum held held)
{
	struct store *store = taking->store;
	struct log *log = store_log(store);
	struct ref ref = {op->site, op->seq};

	if (held == HELD_OTHER && taking->from_below)
		return side_gives_way(store, op) && log_may_stand(log, op, fact->raw)
			       ? take_instead(taking, op, fact)
			       : side_requeue(store, taking->site, op, taking->fault);
	if (held == HELD_OTHER)
		return give_way(taking, op, fact);
	return !taking->from_below && log_doubts(log) ? log_undoubt(log, ref, taking->fault)
						      : RC_OK;
}

static enum rc take_one(
	const struct taking *taking, const struct op *op, const struct fact *fact, bool *is_new)
{
	struct store *store = taking->store;
	struct fault *fault = taking->fault;
	struct log *log = store_log(store);
	enum held held = log_compare(log, op, fact->raw);
	enum rc rc;

	if (held != HELD_NOT)
		return take_held(taking, op, fact, held);
	rc = log_put(log, op, fact->raw, via_of(taking->site->site), is_new, fault);

	if (rc || !*is_new)
		return rc;
	rc = trust_take(store, op, fault);
	if (!rc && taking->from_below)
		rc = refusal_object(store, taking->site, op, fault);
	return rc ? rc : refusal_take(store, op, taking->from_below, fault);
}

bool facts_equivocate(struct store *store, const struct site *site, const struct message *message)
{
	for (size_t i = 0; i < message->fact_count; i++) {
		const struct op *op = &message->ops[i];
		if (op->site == site->site &&
			log_compare(store_log(store), op, message->facts[i].raw) == HELD_OTHER &&
			!side_gives_way(store, op))
			return true;
	}
	return false;
}

uint64_t facts_fresh(struct store *store, const struct message *message)
{
	uint64_t count = 0;

	for (size_t i = 0; i < message->fact_count; i++)
		count += log_compare(store_log(store), &message->ops[i], message->facts[i].raw) ==
			 HELD_NOT;
	return count;
}

/* Nobody but this station itself writes in its name. */
static bool is_made_up(struct store *store, const struct fact *fact, const struct op *op)
{
	return op->site == store_station(store)->site &&
	       log_compare(store_log(store), op, fact->raw) != HELD_SAME;
}

/* Its record has as many facts as one may have. */
static bool is_beyond(struct store *store, const struct message *message, const struct fact *fact,
	const struct op *op)
{
	return burden_crowded(message, op) &&
	       log_compare(store_log(store), op, fact->raw) == HELD_NOT;
}

/* A store that was put back gets from above all that it has lost, what stations below wrote among
 * it: that comes from those as well, and nobody has claimed anything. */
static bool is_loading(struct store *store)
{
	struct peer peer;
	struct fault none;

	return peer_load(store, &peer, &none) == RC_OK && peer.load.loaded != EVERY_LANE;
}

static enum rc counts_note(struct store *store, const struct site *site,
	const struct counts *counts, struct fault *fault)
{
	enum rc rc = RC_OK;

	if (counts->made_up)
		rc = claim_note(store, site->site, CLAIM_FACTS, counts->made_up, fault);
	if (!rc && counts->below)
		rc = is_loading(store)
			     ? side_missed(store, counts->below, fault)
			     : claim_note(store, site->site, CLAIM_BELOW, counts->below, fault);
	return rc;
}

/* Does the fact come from a side from which its author's facts do not come? Counts. */
static bool is_aside(struct taking *taking, const struct op *op, const struct fact *fact)
{
	struct store *store = taking->store;
	const struct site *site = taking->site;
	struct counts *counts = &taking->counts;
	bool from_below = taking->from_below;

	if (from_below ? side_below(store, site, op)
		       : op->site == site->site || side_above(store, op, fact->raw))
		return false;
	if (log_compare(store_log(store), op, fact->raw) == HELD_SAME)
		return false; /* it says nothing new */
	counts->below += !from_below;
	counts->left += from_below;
	if (from_below && !counts->first_left.site)
		counts->first_left = *op;
	return true;
}

static enum rc take_any(struct taking *taking, const struct fact *fact, const struct op *op)
{
	struct store *store = taking->store;
	struct counts *counts = &taking->counts;
	bool is_new = false;

	if (is_aside(taking, op, fact))
		return RC_OK;
	if (is_made_up(store, fact, op)) {
		counts->made_up++;
		return RC_OK;
	}
	if (is_beyond(store, taking->message, fact, op))
		return dropped_put(
			store_log(store), op, via_of(taking->site->site), "limit", taking->fault);
	enum rc rc = take_one(taking, op, fact, &is_new);
	counts->fresh += is_new;
	counts->bytes += is_new ? fact->raw.len + fact->sig.len : 0;
	return rc;
}

/* Those that say who is who, or all others. */
static enum rc take_some(struct taking *taking, bool trust)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < taking->message->fact_count && !rc; i++) {
		const struct op *op = &taking->message->ops[i];
		if (!op_may_be_kept(op))
			taking->counts.left += trust;
		else if (trust_is(op) == trust)
			rc = take_any(taking, &taking->message->facts[i], op);
	}
	return rc;
}

/* Grants come first, and what they mean is judged once, when all are read: else each of hundreds
 * would judge all that its site has written. */
static enum rc take_all(struct taking *taking)
{
	struct log *log = store_log(taking->store);
	enum rc rc = log_validate_clock(log, taking->fault);

	if (!rc)
		rc = log_load(
			log, taking->message->ops, taking->message->fact_count, taking->fault);
	if (rc)
		return rc;
	log_hold(log);
	rc = take_some(taking, true);
	if (!rc)
		rc = trust_held(taking->store, taking->fault);
	return rc ? rc : take_some(taking, false);
}

enum rc facts_take(struct store *store, const struct site *site, const struct message *message,
	bool from_below, struct taken *taken, struct fault *fault)
{
	struct taking taking = {store, site, message, from_below, {0}, fault};
	const struct counts *counts = &taking.counts;
	enum rc rc = take_all(&taking);

	*taken = (struct taken){counts->fresh, counts->left};
	if (!rc)
		rc = facts_settle(store, fault);
	if (!rc)
		rc = counts_note(store, site, counts, fault);
	if (!rc && from_below)
		rc = allowance_use(store, site, counts->fresh, counts->bytes, fault);
	if (!rc && from_below)
		rc = refusals_tell(store, site, fault);
	if (!rc && from_below && counts->first_left.site)
		rc = left_note(store, site, &counts->first_left, counts->left, fault);
	return rc;
}

/* Beside the lanes' cursors, as if it were one more lane. */
enum rc heard_get(struct store *store, uint64_t peer, struct heard *heard, struct fault *fault)
{
	struct peer_lane beside;
	enum rc rc = log_peer_lane(store_log(store), peer, LANES, &beside, fault);

	*heard = (struct heard){beside.sent, (uint32_t)beside.got};
	return rc;
}

enum rc heard_set(struct store *store, uint64_t peer, struct heard heard, struct fault *fault)
{
	const struct peer_lane beside = {.sent = heard.number, .got = heard.memory};

	return log_peer_lane_set(store_log(store), peer, LANES, &beside, fault);
}

/* Marks of one message while they are taken. */
struct marking {
	struct store *store;
	uint64_t teller;
	uint64_t beyond; /* marks of more than was written */
	unsigned proofs; /* that were checked */
	struct fault *fault;
};

/* A proof costs a key agreement: what is known already needs none, and what is more than a message
 * of an honest station holds comes again when everything is told. */
static bool is_proven(struct marking *marking, const struct mark *mark)
{
	struct log *log = store_log(marking->store);
	bool known = log_mark_store(log, mark->holder) == mark->store &&
		     log_held(log, mark->holder, mark->site, mark->lane) >= mark->upto;

	return mark->mac && !known && marking->proofs++ < LIMIT_FRAME_PROOFS &&
	       mark_proven(marking->store, mark);
}

/* A seal proves what its sender holds; what that one tells of others is theirs by proof alone. */
static enum rc mark_take(struct marking *marking, const struct mark *mark)
{
	struct store *store = marking->store;
	struct log *log = store_log(store);
	struct mark sure = *mark;
	uint64_t own = store_station(store)->site;
	bool more = mark->site == own && mark->upto > log_author(log, own, mark->lane);
	enum rc rc;

	marking->beyond += more;
	if (log_doubts(log) && successors_have(store, mark->site))
		sure.upto = log_sure(log, mark->site, mark->lane, mark->upto);
	if (mark->holder == marking->teller)
		return more ? RC_OK : log_mark(log, &sure, marking->fault);
	rc = log_mark_said(log, mark, marking->teller, marking->fault);
	return rc || more || !is_proven(marking, mark) ? rc : log_mark(log, &sure, marking->fault);
}

enum rc marks_take(
	struct store *store, uint64_t teller, const struct message *message, struct fault *fault)
{
	struct marking marking = {.store = store, .teller = teller, .fault = fault};
	enum rc rc = RC_OK;

	for (size_t i = 0; i < message->mark_count && !rc; i++)
		if (message->marks[i].holder != store_station(store)->site)
			rc = mark_take(&marking, &message->marks[i]);
	return rc || !marking.beyond
		       ? rc
		       : claim_note(store, teller, CLAIM_MARKS, marking.beyond, fault);
}
