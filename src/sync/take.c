/* SPDX-License-Identifier: GPL-3.0-or-later
 * Facts from another site into the log. From below comes only what sites at or below the sender
 * wrote: nobody carries a neighbour's facts upwards, so nobody can make them up.
 */
#include "sync/inside.h"

#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"

#include <stdio.h>

enum { DAY = 86400 };

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

static void put_text(struct buf *body, unsigned tag, const char *text)
{
	struct value value = value_text(text);

	put_field(body, tag, &value);
}

/* What this station thinks of a fact that it has just taken; NULL = nothing is wrong with it. */
static const char *objection(struct log *log, const struct op *op)
{
	struct arena arena = {0};
	struct fact fact;
	enum fact_state state =
		log_fact(log, op->site, op->seq, &arena, &fact) ? fact.state : FACT_GOOD;

	arena_release(&arena);
	if (state == FACT_REFUSED)
		return "area";
	if (state == FACT_UNPROVEN)
		return "signature";
	return stamp_seconds(op->stamp) > when_now() + DAY ? "clock" : NULL;
}

/* A fact that is refused, or whose clock cannot be right, is kept and passed on; that it is so
 * goes back to who wrote it as a fact of ours. */
static enum rc object_to(
	struct store *store, const struct site *sender, const struct op *op, struct fault *fault)
{
	struct log *log = store_log(store);
	const char *reason = op->kind == KIND_refusal ? NULL : objection(log, op);
	struct op refusal = {.kind = KIND_refusal, .area = sender->area};
	struct site author;
	struct buf body = {0};
	char number[16];
	enum rc rc;

	if (!reason)
		return RC_OK;
	if (log_site(log, op->site, &author) && author.area &&
		area_within(author.area, store_station(store)->area))
		refusal.area = author.area;
	struct value seq = value_num(op->seq);
	snprintf(number, sizeof number, "%014llx", (unsigned long long)op->site);
	put_text(&body, refusal_site, number);
	put_field(&body, refusal_seq, &seq);
	put_text(&body, refusal_reason, reason);
	refusal.body = buf_bytes(&body);
	rc = store_write(store, &refusal, fault);
	buf_release(&body);
	return rc;
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
		if (!rc && is_new && from_below)
			rc = object_to(store, site, &op, fault);
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

enum rc marks_take(struct store *store, const struct message *message, struct fault *fault)
{
	struct log *log = store_log(store);
	uint64_t own = store_station(store)->site;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < message->mark_count && !rc; i++) {
		const struct mark *mark = &message->marks[i];
		if (mark->holder == own)
			continue;
		if (mark->site == own && mark->upto > log_author(log, own, mark->lane))
			rc = log_site_ends(log, fault); /* we wrote it, and it is gone here */
		else
			rc = log_mark(log, mark, fault);
	}
	return rc;
}
