/* SPDX-License-Identifier: GPL-3.0-or-later
 * What this station refuses goes back to its author as facts of ours, a few a day. What was
 * dropped is named by its numbers, and asked for again when a new grant makes it good. Also what
 * other stations say they have dropped.
 */
#include "store/identity.h"
#include "store/station.h"
#include "sync/trust/internal.h"

#include "model/area.h"
#include "model/kinds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What this station thinks of a fact that was judged again; NULL = nothing is wrong with it. One
 * that waits for its author's grant waits. */
static const char *objection(struct store *store, const struct op *op, const struct site *author)
{
	struct log *log = store_log(store);
	struct arena arena = {0};
	struct fact fact;
	enum fact_state state =
		log_fact(log, op->site, op->seq, &arena, &fact) ? fact.state : FACT_GOOD;
	const char *why = state == FACT_REFUSED ? log_objection(log, op) : NULL;

	arena_release(&arena);
	if (state == FACT_REFUSED)
		return why ? why : "area";
	if (state == FACT_UNPROVEN)
		return author->area ? "signature" : NULL;
	return store_ahead(store, op->site, op->seq) ? "clock" : NULL;
}

/* Of FACT. MORE: the numbers of several, as dropped_list_put writes them; empty: it is the only
 * one. */
static enum rc write_range(struct store *store, uint64_t area, struct ref fact, const char *reason,
	struct bytes more, struct fault *fault)
{
	struct op refusal = {.kind = KIND_refusal, .area = area};
	const struct site author = {.site = fact.site};
	struct value number = value_num(fact.seq);
	struct buf body = {0};
	char name[16];
	enum rc rc;

	site_hex(fact.site, name);
	put_text(&body, refusal_site, name);
	put_field(&body, refusal_seq, &number);
	put_text(&body, refusal_reason, reason);
	put_bytes_if(&body, refusal_more, WIRE_TEXT, more);
	refusal.body = buf_bytes(&body);
	rc = trust_say(store, &author, &refusal, fault);
	buf_release(&body);
	return rc;
}

enum rc refusal_write(struct store *store, uint64_t area, const struct op *op, const char *reason,
	struct fault *fault)
{
	return write_range(
		store, area, (struct ref){op->site, op->seq}, reason, (struct bytes){0, 0}, fault);
}

/* The author of OP when it stands below this station. */
static bool author_below(struct store *store, uint64_t site, struct site *author)
{
	const struct station *own = store_station(store);

	memset(author, 0, sizeof *author);
	return log_site(store_log(store), site, author) && author->area && site != own->site &&
	       log_within(store_log(store), author->area, own->area);
}

enum rc refusal_object(
	struct store *store, const struct site *sender, const struct op *op, struct fault *fault)
{
	const struct fact_taken *taken = log_taken(store_log(store));
	const char *reason = taken->state == FACT_REFUSED ? taken->why : NULL;
	struct site author;
	bool may, below;
	enum rc rc;

	if (op->kind == KIND_refusal || (!reason && taken->state != FACT_UNPROVEN && !taken->ahead))
		return RC_OK;
	below = author_below(store, op->site, &author);
	if (!reason && taken->state == FACT_UNPROVEN && author.area)
		reason = "signature";
	else if (!reason && taken->ahead && taken->state != FACT_UNPROVEN)
		reason = "clock";
	if (!reason)
		return RC_OK;
	rc = dropped_tell(store_log(store), op->site, &may, fault);
	return rc || !may ? rc
			  : refusal_write(
				    store, below ? author.area : sender->area, op, reason, fault);
}

static bool ours(const struct row *row, void *to)
{
	uint64_t *own = to;

	if (row->ref.site == *own)
		*own = 0;
	return *own != 0;
}

/* Did we object to OP? */
static bool told(struct store *store, const struct op *op)
{
	struct query query = query_all(KIND_refusal);
	uint64_t own = store_station(store)->site;
	struct fault fault;
	char number[16];

	site_hex(op->site, number);
	query.filters[0] =
		(struct filter){.tag = refusal_site, .how = '=', .value = value_text(number)};
	query.filters[1] =
		(struct filter){.tag = refusal_seq, .how = '=', .value = value_num(op->seq)};
	query.filter_count = 2;
	return store_each(store, &query, ours, &own, &fault) == RC_OK && !own;
}

/* OP was judged again: its step waited for the record, or its author has another grant. */
static enum rc settle(struct store *store, const struct op *op, struct fault *fault)
{
	struct site author;
	bool below = author_below(store, op->site, &author), may;
	const char *why = objection(store, op, &author);
	enum rc rc = why ? RC_OK : trust_take(store, op, fault);

	if (rc || !below || op->kind == KIND_refusal)
		return rc;
	if (!why)
		return told(store, op) ? refusal_write(store, author.area, op, "lifted", fault)
				       : RC_OK;
	rc = dropped_tell(store_log(store), op->site, &may, fault);
	return rc || !may ? rc : refusal_write(store, author.area, op, why, fault);
}

/* ---- what was dropped */

enum { RANGES = 128, LIST_MOST = 1000 };

/* Ranges of one author in one lane, dropped for one reason, go into one record. */
struct naming {
	struct store *store;
	const struct site *sender; /* hears of authors that nobody knows; NULL: they are not told */
	bool lift;
	struct dropped at[RANGES];
	size_t count;
	struct fault *fault;
	enum rc rc;
};

/* Where it is to be heard, and whose telling it is. */
static bool heard_where(struct naming *naming, uint64_t *area, uint64_t *whose)
{
	struct site author;

	*whose = naming->at[0].site;
	if (author_below(naming->store, *whose, &author)) {
		*area = author.area;
		return true;
	}
	if (!naming->sender)
		return false;
	*whose = naming->sender->site;
	*area = naming->sender->area;
	return true;
}

static enum rc name_some(struct naming *naming, size_t *used)
{
	struct log *log = store_log(naming->store);
	const struct dropped *first = naming->at;
	struct buf list = {0};
	uint64_t area, whose;
	bool may = true;
	enum rc rc = RC_OK;

	*used = 0;
	if (!heard_where(naming, &area, &whose))
		return RC_OK;
	if (!naming->lift)
		rc = dropped_tell(log, whose, &may, naming->fault);
	if (rc || !may)
		return rc;
	dropped_list_put(naming->at, naming->count, LIST_MOST, &list, used);
	rc = write_range(naming->store, area,
		(struct ref){first->site, first->n << 3 | first->lane},
		naming->lift ? "lifted" : first->why, buf_bytes(&list), naming->fault);
	for (size_t i = 0; i < *used && !rc; i++)
		rc = dropped_set(log, &naming->at[i], naming->lift ? DROPPED_AGAIN : DROPPED_TOLD,
			naming->fault);
	/* Marks pass over what its author has been told of, and not before. */
	if (!rc && !naming->lift)
		rc = log_author_past(log, first->site, first->lane, naming->fault);
	buf_release(&list);
	return rc;
}

static void name_all(struct naming *naming)
{
	size_t used = 1;

	while (naming->count && used && !naming->rc) {
		naming->rc = name_some(naming, &used);
		naming->count -= used;
		memmove(naming->at, naming->at + used, naming->count * sizeof *naming->at);
	}
	naming->count = 0;
}

static bool name_one(const struct dropped *dropped, void *to)
{
	struct naming *naming = to;
	const struct dropped *first = naming->at;

	if (naming->count &&
		(naming->count == RANGES || first->site != dropped->site ||
			first->lane != dropped->lane || strcmp(first->why, dropped->why) != 0))
		name_all(naming);
	naming->at[naming->count++] = *dropped;
	return !naming->rc;
}

static enum rc name_each(
	struct store *store, const struct site *sender, bool lift, struct fault *fault)
{
	struct naming naming = {.store = store, .sender = sender, .lift = lift, .fault = fault};
	enum rc rc = dropped_each(
		store_log(store), lift ? DROPPED_WANTED : DROPPED_NEW, name_one, &naming, fault);

	if (!rc && !naming.rc)
		name_all(&naming);
	return rc ? rc : naming.rc;
}

enum rc refusals_tell(struct store *store, const struct site *sender, struct fault *fault)
{
	return name_each(store, sender, false, fault);
}

enum rc facts_settle(struct store *store, struct fault *fault)
{
	struct arena arena = {0};
	struct ref *refs;
	size_t count = 1;
	enum rc rc = RC_OK;

	while (!rc && count) { /* a grant among them may turn others */
		log_turned(store_log(store), &arena, &refs, &count);
		for (size_t i = 0; i < count && !rc; i++) {
			struct fact fact;
			struct op op;
			if (!log_fact(store_log(store), refs[i].site, refs[i].seq, &arena, &fact) ||
				!op_take(fact.raw, &op))
				continue;
			op.sig = fact.sig;
			rc = settle(store, &op, fault);
		}
	}
	arena_release(&arena);
	return rc ? rc : name_each(store, NULL, true, fault);
}

/* ---- what others say */

/* A refusal that names many. */
static bool read_range(
	const struct op *op, uint64_t *site, unsigned *lane, struct bytes *more, char why[12])
{
	struct bytes body = op->body;
	struct value value;
	unsigned tag;
	char text[16] = "", *end;

	*more = (struct bytes){0, 0};
	*why = 0;
	*lane = LANES;
	while (body.len && take_field(&body, &tag, &value)) {
		if (tag == refusal_site)
			bytes_into(text, sizeof text, value.text);
		else if (tag == refusal_seq)
			*lane = (unsigned)(value.num & 7);
		else if (tag == refusal_reason)
			bytes_into(why, 12, value.text);
		else if (tag == refusal_more && value.wire == WIRE_TEXT)
			*more = value.text;
	}
	*site = strtoull(text, &end, 16);
	return more->len && *lane < LANES && *site && !(*site >> 56) && !*end && strlen(text) == 14;
}

/* What we hold of it goes up again; what is on its way need not. */
static enum rc give_again(struct store *store, const struct dropped *range, struct fault *fault)
{
	struct log *log = store_log(store);
	struct peer_lane lane;
	struct peer peer;
	struct fault none;
	enum rc rc;

	if (peer_load(store, &peer, &none))
		return RC_OK;
	rc = log_peer_lane(log, peer.site.site, range->lane, &lane, fault);
	return rc ? rc : log_requeue_range(log, range, lane.sent, fault);
}

/* Is it said by a station above, of one at or below this one, or of one that is not known here?
 * From below nobody is believed: a mark would pass over what may be good. */
static bool may_say(struct store *store, uint64_t by, uint64_t of)
{
	const struct station *own = store_station(store);
	struct site author, teller;

	if (!log_site(store_log(store), by, &teller) || !teller.area || teller.revoked ||
		!stands_above(store, by))
		return false;
	return !log_site(store_log(store), of, &author) || !author.area ||
	       log_within(store_log(store), author.area, own->area);
}

enum rc refusal_take(struct store *store, const struct op *op, bool from_below, struct fault *fault)
{
	struct log *log = store_log(store);
	struct dropped range = {0};
	struct bytes more;
	enum rc rc = RC_OK;

	if (from_below || op->kind != KIND_refusal || !op_first(op) ||
		!read_range(op, &range.site, &range.lane, &more, range.why) ||
		!may_say(store, op->site, range.site))
		return RC_OK;
	bool again = !strcmp(range.why, "lifted");
	uint32_t before = 0; /* one after the other, as they are written */
	for (unsigned i = 0; i < RANGES && !rc && dropped_list_take(&more, &range.n, &range.upto) &&
			     range.n > before;
		i++) {
		before = range.upto;
		rc = dropped_set(log, &range, again ? DROPPED_AGAIN : DROPPED_NAMED, fault);
		if (!rc && again && range.upto - range.n < LIMIT_FRAME_FACTS)
			rc = give_again(store, &range, fault);
	}
	return rc;
}
