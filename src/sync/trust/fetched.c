/* SPDX-License-Identifier: GPL-3.0-or-later
 * Records that a station above asked for by their numbers (kind fetch): their facts go with the
 * questions of every station on the way that has them, whatever lanes its way is for. Who stands
 * right below the one that asked says, signed, that they were given.
 */
#include "store/station.h"
#include "sync/trust.h"
#include "sync/trust/internal.h"

#include "model/kinds.h"
#include "store/db.h"

#include <string.h>

/* Kept beside each: up to which arrival its record's facts have gone up, and may have, with which
 * question; and that all have. */
enum { GONE = 1, CARRIED, QUESTION, ALL, GIVEN_NUMBERS };
enum { GIVE_MOST = 32 * 1024 }; /* bytes of one record in one question */

struct giving {
	struct store *store;
	const struct peer *peer;
	uint64_t heard, number; /* the last question that was answered, and this one */
	fact_fn *keep;          /* into the question; NULL: only what has gone is looked at */
	void *to;
	struct ref
		said[64]; /* those whose record has gone whole, and who asked stands right above */
	unsigned saids;
	struct fault *fault;
	enum rc rc;
	int64_t numbers[GIVEN_NUMBERS]; /* of the one that is looked at */
	size_t bytes;
	bool more;
};

static struct kv kept_of(const struct row *row, char id[32])
{
	store_id(row->ref, id);
	return kv_part(KV_GIVEN, 0, id);
}

/* Who above asked it, or beside whom above; 0: nobody there, or it is not asked any more. */
static uint64_t asker_of(struct store *store, const struct row *row)
{
	struct site author;

	if (row->state == fetch_is_withdrawn || row->ref.site == store_station(store)->site ||
		!log_site(store_log(store), row->ref.site, &author) || author.revoked)
		return 0;
	uint64_t asker = twin_is(store, &author) ? author.above : author.site;
	return stands_above(store, asker) ? asker : 0;
}

static bool record_of(struct store *store, const struct row *row, struct ref *rec)
{
	const struct value *value = row_value(row, fetch_record);
	char typed[40];

	if (!value || value->text.len >= sizeof typed)
		return false;
	bytes_into(typed, sizeof typed, value->text);
	return store_number_read(store, typed, rec);
}

static bool give_one(const struct fact *fact, void *to)
{
	struct giving *giving = to;
	size_t size = fact->raw.len + fact->sig.len;

	giving->more = giving->bytes && giving->bytes + size > GIVE_MOST;
	if (giving->more)
		return false;
	if (fact->state != FACT_GONE && fact->state != FACT_REFUSED &&
		fact->via != via_of(giving->peer->site.site)) {
		if (!giving->keep(fact, giving->to)) {
			giving->more = true;
			return false;
		}
		giving->bytes += size;
	}
	giving->numbers[CARRIED] = (int64_t)fact->arr;
	return true;
}

/* The next part of the record, into this question. */
static void give(struct giving *giving, const struct row *row)
{
	struct log *log = store_log(giving->store);
	struct arena arena = {0};
	struct fact first;
	struct ref rec;

	if (!record_of(giving->store, row, &rec) ||
		!log_fact(log, rec.site, rec.seq, &arena, &first) || first.state == FACT_GONE) {
		arena_release(&arena);
		return; /* it lies further down, or nowhere: what comes later is looked at then */
	}
	arena_release(&arena);
	giving->bytes = 0;
	giving->more = false;
	giving->rc = log_of_record(
		log, rec, (uint64_t)giving->numbers[GONE], give_one, giving, giving->fault);
	giving->numbers[QUESTION] = (int64_t)giving->number;
	giving->numbers[ALL] = !giving->more;
}

static bool look(const struct row *row, void *to)
{
	struct giving *giving = to;
	int64_t *numbers = giving->numbers;
	char id[32];
	struct kv kept = kept_of(row, id);
	uint64_t asker = asker_of(giving->store, row);
	bool gone;

	if (!asker)
		return true;
	kv_list(giving->store, kept, numbers, GIVEN_NUMBERS);
	gone = numbers[QUESTION] && (uint64_t)numbers[QUESTION] <= giving->heard;
	if (!giving->keep) {
		if (gone && numbers[ALL] && row->state == fetch_is_asked &&
			successor_of(giving->store, giving->peer->site.site, asker) &&
			giving->saids < countof(giving->said))
			giving->said[giving->saids++] = row->ref;
		return true;
	}
	if (gone && numbers[ALL])
		return true;
	if (gone)
		numbers[GONE] = numbers[CARRIED];
	numbers[CARRIED] = numbers[GONE];
	give(giving, row);
	if (!giving->rc && numbers[QUESTION])
		giving->rc =
			kv_list_set(giving->store, kept, numbers, GIVEN_NUMBERS, giving->fault);
	return !giving->rc;
}

static enum rc each(struct giving *giving, struct fault *fault)
{
	struct query query = query_all(KIND_fetch);
	enum rc rc = store_each(giving->store, &query, look, giving, fault);

	return rc ? rc : giving->rc;
}

enum rc fetched_say(
	struct store *store, const struct peer *peer, uint64_t heard, struct fault *fault)
{
	struct giving giving = {.store = store, .peer = peer, .heard = heard, .fault = fault};
	enum rc rc = each(&giving, fault);

	for (unsigned i = 0; i < giving.saids && !rc; i++)
		rc = trust_given(store, giving.said[i], fault);
	return rc;
}

enum rc fetched_fill(struct store *store, const struct peer *peer, const struct fetching *question,
	struct fault *fault)
{
	struct giving giving = {.store = store,
		.peer = peer,
		.heard = question->heard,
		.number = question->number,
		.keep = question->keep,
		.to = question->to,
		.fault = fault};

	return each(&giving, fault);
}
