/* SPDX-License-Identifier: GPL-3.0-or-later
 * Facts from another site into the log. From below comes only what sites at or below the sender
 * wrote: nobody carries a neighbour's facts upwards, so nobody can make them up.
 */
#include "sync/inside.h"

#include "model/area.h"

static bool may_carry(struct log *log, const struct site *sender, const struct op *op)
{
	struct site author;
	struct fact record;
	struct arena arena = {0};
	bool known;

	if (op->site == sender->site)
		return true;
	if (log_site(log, op->site, &author) && author.area)
		return area_within(author.area, sender->area);
	/* Its grant is not here: then the place must be the sender's to write in. */
	if (op_first(op))
		return area_within(op->area, sender->area);
	known = log_fact(log, op->rec_site, op->rec_seq, &arena, &record);
	arena_release(&arena);
	/* A record that is not here yet may be the sender's; until the author's grant is here the
	 * step has no effect. */
	return !known || (record.reach && area_within(record.reach / 2, sender->area));
}

enum rc facts_take(struct store *store, const struct site *site, const struct message *message,
	bool from_below, uint64_t *fresh, uint64_t *left, struct fault *fault)
{
	struct log *log = store_log(store);
	enum rc rc = RC_OK;

	*fresh = *left = 0;
	for (size_t i = 0; i < message->fact_count && !rc; i++) {
		const struct fact *fact = &message->facts[i];
		struct op op;
		bool is_new;
		if (!op_take(fact->raw, &op) || (from_below && !may_carry(log, site, &op))) {
			++*left;
			continue;
		}
		op.sig = fact->sig;
		rc = log_append(log, fact->raw, fact->sig, via_of(site->site), &is_new, fault);
		*fresh += is_new;
		if (!rc && is_new)
			rc = trust_take(log, &op, fault);
		if (!rc && is_new && op.site == store_station(store)->site)
			rc = log_site_ends(
				log, fault); /* ours, and it was not here: put back unseen */
	}
	return rc;
}

/* Beside the lanes' cursors, as if it were one more lane. */
enum rc heard_get(struct store *store, uint64_t peer, uint64_t *number, struct fault *fault)
{
	struct peer_lane beside;
	enum rc rc = log_peer_lane(store_log(store), peer, LANES, &beside, fault);

	*number = beside.sent;
	return rc;
}

enum rc heard_set(struct store *store, uint64_t peer, uint64_t number, struct fault *fault)
{
	const struct peer_lane beside = {.sent = number};

	return log_peer_lane_set(store_log(store), peer, LANES, &beside, fault);
}
