/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which packing a frame goes in: the model's costs some milliseconds a kilobyte at both ends, so it
 * pays on slow links; and only to who has said to read it.
 */
#include "store/db.h"
#include "store/station.h"
#include "sync/take.h"
#include "sync/take/internal.h"
#include "sync/wire/internal.h"

#include <string.h>

/* 30 kbit/s. And what it saves, about 150 bytes of 1,000, is to be on the line for longer than both
 * ends reckon: so many microseconds for 1,000 bytes, times bytes a second. */
enum { RATE_MOST = 3750, RATE_CRAWLS = 1200, SAY_EVERY = 16, COST_MOST = 75000 * 1000 };

static enum { AUTO, ZSTD, MODEL } chosen;

void packing_choose(const char *choice)
{
	chosen = !strcmp(choice, "zstd") ? ZSTD : (!strcmp(choice, "model") ? MODEL : AUTO);
}

unsigned packing_pays(uint32_t rate)
{
	if (rate > RATE_MOST || (uint64_t)rate * model_cost() > COST_MOST)
		return 0;
	return rate <= RATE_CRAWLS ? CLOSE_SLOW | CLOSE_CRAWLS : CLOSE_SLOW;
}

static int64_t known(struct store *store, uint64_t site)
{
	return kv_num(store, kv_of(KV_PACKINGS, site), 0);
}

bool packing_model(struct store *store, uint64_t site, unsigned how)
{
	if (chosen == ZSTD || how & CLOSE_PLAIN || (chosen == AUTO && !(how & CLOSE_SLOW)) ||
		!(known(store, site) >> MODEL_NUMBER & 1))
		return false;
	model_home(store_home(store));
	return true;
}

struct anybody {
	struct store *store;
	bool reads;
};

static bool reads_it(const struct site *site, void *to)
{
	struct anybody *anybody = to;

	anybody->reads = known(anybody->store, site->site) >> MODEL_NUMBER & 1;
	return !anybody->reads;
}

void packing_prepare(struct store *store)
{
	struct anybody anybody = {.store = store};
	struct fault fault;

	if (chosen == ZSTD || log_sites(store_log(store), reads_it, &anybody, &fault) ||
		!anybody.reads)
		return;
	model_home(store_home(store));
	model_prepare();
}

/* ---- a hub that many ask: what its model has to read for a question is to be little */

/* SPARED: so little that a report costs it no more than by zstd. What it has said counts for half
 * an hour: then many may have gone home. */
enum { SPARED = 256, SPARE_SECONDS = 1800 };
enum { SPARE_MOST = 1, SPARE_UNTIL, SPARE_NUMBERS };

size_t packing_most(struct store *store, uint64_t site)
{
	int64_t numbers[SPARE_NUMBERS], now = store_now(store);

	if (!kv_list(store, kv_of(KV_SPARE, site), numbers, SPARE_NUMBERS) ||
		now >= numbers[SPARE_UNTIL] || now < numbers[SPARE_UNTIL] - SPARE_SECONDS)
		return SIZE_MAX;
	return (size_t)numbers[SPARE_MOST];
}

void packing_spare(struct message *answer, struct arena *arena)
{
	const struct value value = value_num(SPARED);
	struct buf extra = {0};

	buf_put(&extra, answer->extra.at, answer->extra.len);
	put_field(&extra, EXTRA_SPARE, &value);
	answer->extra = arena_bytes(arena, buf_bytes(&extra));
	buf_release(&extra);
}

/* ---- and nobody below makes it read for long: 46 bytes may be packed from 64 KiB */

/* By minute; a full line of 30 kbit/s brings less. Stations that share a place share that, so
 * nobody gains by being several. */
enum { SPENT_PLACES = 1024, SPENT_MOST = 4 << 20, SPENT_SECONDS = 60 };

static struct {
	int64_t minute;
	uint64_t bytes;
} spent[SPENT_PLACES];

bool packing_affords(struct store *store, uint64_t site)
{
	return spent[site % SPENT_PLACES].minute != store_now(store) / SPENT_SECONDS ||
	       spent[site % SPENT_PLACES].bytes < SPENT_MOST;
}

void packing_spend(struct store *store, uint64_t site, size_t bytes)
{
	int64_t minute = store_now(store) / SPENT_SECONDS;
	unsigned place = site % SPENT_PLACES;

	if (spent[place].minute != minute)
		spent[place].bytes = 0;
	spent[place].minute = minute;
	spent[place].bytes += bytes;
}

bool packing_much(struct store *store, uint64_t site, size_t modelled, bool crowded)
{
	return (crowded && modelled > SPARED) || !packing_affords(store, site);
}

static enum rc spare_heard(struct store *store, uint64_t site, int64_t most, struct fault *fault)
{
	const int64_t numbers[SPARE_NUMBERS] = {
		[SPARE_MOST] = most, [SPARE_UNTIL] = store_now(store) + SPARE_SECONDS};

	return kv_list_set(store, kv_of(KV_SPARE, site), numbers, SPARE_NUMBERS, fault);
}

/* In messages that say everything, and for stations that have both been renewed since, in some
 * others until it is known to have been heard. */
void packing_say(
	struct store *store, uint64_t site, const struct message *message, struct buf *extra)
{
	const struct value value = value_num(1 << MODEL_NUMBER);
	bool knows = known(store, site) != 0, ask = message->type == MESSAGE_ASK;

	if (chosen == ZSTD || (!ask && message->type != MESSAGE_ANSWER))
		return;
	if (message->full || (message->number % SAY_EVERY == 0 && knows != ask))
		put_field(extra, EXTRA_PACKINGS, &value);
}

enum rc packing_heard(
	struct store *store, uint64_t site, const struct message *message, struct fault *fault)
{
	struct bytes in = message->extra;
	struct value value;
	bool said = message->full;
	int64_t packings = 0;
	enum rc rc = RC_OK;
	unsigned tag;

	if (message->type != MESSAGE_ASK && message->type != MESSAGE_ANSWER)
		return RC_OK;
	while (in.len && !rc && take_field(&in, &tag, &value))
		if (tag == EXTRA_PACKINGS && value.wire == WIRE_NUM) {
			packings = value.num;
			said = true;
		} else if (tag == EXTRA_SPARE && value.wire == WIRE_NUM && value.num >= 0 &&
			   message->type == MESSAGE_ANSWER) {
			rc = spare_heard(store, site, value.num, fault);
		}
	if (rc)
		return rc;
	if (!said || packings == known(store, site))
		return RC_OK;
	return kv_num_set(store, kv_of(KV_PACKINGS, site), packings, fault);
}

/* ---- frames that leave out what both ends know: who reads them */

enum { READS_LEAN = 1 };

bool lean_reads(struct store *store, uint64_t site)
{
	return kv_num(store, kv_of(KV_LEAN, site), 0) & READS_LEAN;
}

/* A hub says it in answers that say everything, and in some of the others to who does not know it:
 * programs are renewed one by one. */
void lean_say(const struct message *message, struct buf *extra)
{
	const struct value value = value_num(READS_LEAN);

	if (message->type == MESSAGE_ANSWER && message->number &&
		(message->full || message->number % SAY_EVERY == 0))
		put_field(extra, EXTRA_LEAN, &value);
}

enum rc lean_heard(
	struct store *store, uint64_t site, const struct message *message, struct fault *fault)
{
	struct bytes in = message->extra;
	struct value value;
	bool said = message->full;
	int64_t reads = 0;
	unsigned tag;

	if (message->type != MESSAGE_ANSWER)
		return RC_OK;
	while (in.len && take_field(&in, &tag, &value))
		if (tag == EXTRA_LEAN && value.wire == WIRE_NUM) {
			reads = value.num;
			said = true;
		}
	if (!said || reads == kv_num(store, kv_of(KV_LEAN, site), 0))
		return RC_OK;
	return kv_num_set(store, kv_of(KV_LEAN, site), reads, fault);
}
