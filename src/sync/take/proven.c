/* SPDX-License-Identifier: GPL-3.0-or-later
 * Was this store put back to an earlier day, or does another one write under its keys? Others show
 * what this site has made and this store does not know. Words alone end nothing.
 */
#include "store/db.h"
#include "store/station.h"
#include "sync/take/internal.h"
#include "sync/trust/internal.h"
#include "sync/wire/internal.h"

#include <string.h>

enum { HOUR = 3600, ENDED_AT = 1, ENDED_NUMBERS };

void extra_add(struct message *message, unsigned tag, struct bytes bytes, struct arena *arena)
{
	struct value value = {WIRE_BYTES, 0, bytes};
	struct buf all = {0};

	buf_put(&all, message->extra.at, message->extra.len);
	put_field(&all, tag, &value);
	message->extra = arena_bytes(arena, buf_bytes(&all));
	buf_release(&all);
}

void evidence_show(const struct evidence kept[EVIDENCES], uint64_t known, struct message *message,
	struct arena *arena)
{
	struct buf one = {0};

	for (unsigned i = 0; i < EVIDENCES; i++) {
		if (kept[i].number <= known)
			continue;
		buf_clear(&one);
		put_varint(&one, kept[i].number);
		trace_put(&one, &kept[i].trace);
		extra_add(message, EXTRA_EVIDENCE, buf_bytes(&one), arena);
	}
	buf_release(&one);
}

uint64_t counted_as(const struct message *message)
{
	struct bytes in = message->extra;
	struct value value;
	uint64_t number;
	unsigned tag;

	while (in.len && take_field(&in, &tag, &value))
		if (tag == EXTRA_EVIDENCE && value.wire == WIRE_BYTES &&
			take_varint(&value.text, &number))
			return number;
	return 0;
}

/* For which site this one has made it: SITE, or one that SITE goes on for, as a frame for a site
 * that ended was made before SITE followed it. 0: it has not. */
static uint64_t made_for(
	struct store *store, uint64_t site, const struct assertion *said, const struct trace *trace)
{
	for (unsigned i = 0; site && i < SUCCESSORS_LOOKED; i++) {
		if (evidence_good(store, site, said, trace))
			return site;
		site = successor_before(store, site);
	}
	return 0;
}

/* An answer that was made for SITE, and is none that this store knows to have given it: a site that
 * goes on as another may have asked on under its old keys. */
static bool is_forgotten(struct store *store, uint64_t site, const struct message *ask)
{
	struct heard heard;
	struct fault fault;

	return site && (ask->store > log_number(store_log(store)) ||
			       (heard_get(store, site, &heard, &fault) == RC_OK &&
				       ask->heard > heard.number));
}

bool question_forgotten(struct store *store, const struct peer *peer, const struct message *answer)
{
	struct bytes in = answer->extra;
	struct assertion said = {.kind = EVIDENCE_QUESTION};
	struct value value;
	struct trace trace;
	unsigned tag;

	while (in.len && take_field(&in, &tag, &value))
		if (tag == EXTRA_EVIDENCE && value.wire == WIRE_BYTES &&
			take_varint(&value.text, &said.number) && trace_take(&value.text, &trace) &&
			asked_forgotten(store, said.number, trace.nonce) &&
			made_for(store, peer->site.site, &said, &trace))
			return true;
	return false;
}

static bool trace_shown(const struct message *ask, struct trace *trace)
{
	struct bytes in = ask->extra;
	struct value value;
	unsigned tag;

	while (in.len && take_field(&in, &tag, &value))
		if (tag == EXTRA_EVIDENCE && value.wire == WIRE_BYTES &&
			trace_take(&value.text, trace))
			return true;
	return false;
}

enum answer_claim answer_claimed(struct store *store, const struct site *asker,
	const struct message *ask, struct heard heard)
{
	uint64_t number = log_number(store_log(store));
	struct assertion answer = {EVIDENCE_ANSWER, ask->store, ask->heard},
			 carried = {EVIDENCE_CARRIED, ask->store, 0};
	struct trace trace;

	if (!ask->full || !ask->store || ask->store < number ||
		(ask->store == number && ask->heard <= heard.number))
		return ANSWER_KNOWN;
	if (trace_shown(ask, &trace) &&
		(is_forgotten(store, made_for(store, asker->site, &answer, &trace), ask) ||
			(ask->store > number && made_for(store, asker->site, &carried, &trace))))
		return ANSWER_FORGOTTEN;
	return ANSWER_UNKNOWN;
}

enum rc end_proven(struct store *store, uint64_t beyond, bool *early, struct fault *fault)
{
	int64_t numbers[ENDED_NUMBERS], now = store_now(store), since;
	enum rc rc;

	kv_list(store, kv_own(KV_ENDED), numbers, ENDED_NUMBERS);
	since = now - numbers[ENDED_AT];
	*early = numbers[ENDED_AT] && since >= 0 && since < HOUR;
	if (*early)
		return RC_OK;
	numbers[ENDED_AT] = now;
	rc = kv_list_set(store, kv_own(KV_ENDED), numbers, ENDED_NUMBERS, fault);
	if (!rc && beyond)
		rc = log_number_past(store_log(store), beyond, fault);
	return rc ? rc : log_site_ends(store_log(store), fault);
}
