/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a hub takes: facts of 2,000 villages as a county brings them to its city, one by one and by
 * the batch, with the rows that people look at and without. Both ways in turns in one run, so that
 * other work on the machine meets both. BENCH_TAKE: facts of each way (100,000).
 */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "base/when.h"
#include "gauge.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "store/identity.h"
#include "store/station.h"
#include "sync/take/internal.h"

/* ONE_BY_ONE: what judging asks is asked for each fact, as for what comes alone. */
enum way { ONE_BY_ONE, WITH_ROWS, LOG_ONLY, WAYS };
enum { BATCH = 1000, SITES = 2000, VISIT = 20, SLICE = 10 * BATCH };

#define CITY (GAUGE_TOWN / 100000000 * 100000000)
#define COUNTY (GAUGE_TOWN / 1000000 * 1000000)

static uint64_t statements;

static int count_one(unsigned what, void *to, void *statement, void *text)
{
	(void)what, (void)to, (void)statement, (void)text;
	statements++;
	return 0;
}

static int count_all(sqlite3 *db, const char **why, const struct sqlite3_api_routines *api)
{
	(void)why, (void)api;
	return sqlite3_trace_v2(db, SQLITE_TRACE_STMT, count_one, NULL);
}

struct hub {
	char home[GAUGE_HOME];
	struct store *store;
	struct site county;
	unsigned taken;
	struct gauge took;
	uint64_t statements;
};

static void no_row(void *to, struct ref rec)
{
	(void)to, (void)rec;
}

static void know(struct store *store, const struct site *site)
{
	struct fault fault;

	gauge_good(log_site_set(store_log(store), site, &fault), &fault);
}

static void begin(struct hub *hub, enum way way)
{
	struct site village = {.level = LEVEL_VILLAGE, .rights = RIGHTS_ALL};
	struct fault fault;

	hub->store = gauge_station(hub->home, "CITY", CITY);
	hub->county = (struct site){.site = 999999,
		.area = COUNTY,
		.level = LEVEL_COUNTY,
		.above = store_station(hub->store)->site,
		.rights = RIGHTS_ALL};
	snprintf(hub->county.code, sizeof hub->county.code, "XX");
	gauge_good(store_begin(hub->store, &fault), &fault);
	know(hub->store, &hub->county);
	village.above = hub->county.site;
	for (unsigned i = 0; i < SITES; i++) {
		village.site = 1000000 + i;
		village.area = COUNTY + i / 20 * 1000 + 201 + i % 20;
		snprintf(village.code, sizeof village.code, "V%u", i);
		know(hub->store, &village);
	}
	gauge_good(store_commit(hub->store, &fault), &fault);
	if (way == LOG_ONLY)
		hub->store->log.hooks.changed = no_row;
}

/* The facts FROM to FROM + BATCH, each a record, as a question brings them. */
static void fill(struct message *message, struct arena *arena, unsigned from)
{
	struct buf body = {0}, raw = {0};

	*message = (struct message){.fact_count = BATCH,
		.facts = arena_get(arena, BATCH * sizeof *message->facts),
		.ops = arena_get(arena, BATCH * sizeof *message->ops)};
	for (unsigned n = 0; n < BATCH; n++) {
		unsigned i = from + n, village = i / VISIT % SITES;
		uint32_t seq = (i / (VISIT * SITES) * VISIT + i % VISIT + 1) << 3 | LANE_LOOP;
		gauge_hazard(i, &body);
		struct op op = {.site = 1000000 + village,
			.seq = seq,
			.rec_site = 1000000 + village,
			.rec_seq = seq,
			.stamp = (uint64_t)(when_now() - 1000) * STAMP_TICK,
			.area = COUNTY + village / 20 * 1000 + 201 + village % 20,
			.kind = KIND_hazard,
			.body = buf_bytes(&body)};
		buf_clear(&raw);
		op_put(&raw, &op);
		message->facts[n].raw = arena_bytes(arena, buf_bytes(&raw));
		if (!op_take(message->facts[n].raw, &message->ops[n]))
			die("op_take");
	}
	buf_release(&body);
	buf_release(&raw);
}

static void take_one_by_one(struct hub *hub, const struct message *message)
{
	struct fault fault;
	bool fresh;

	for (unsigned n = 0; n < BATCH; n++) {
		gauge_good(log_put(store_log(hub->store), &message->ops[n], message->facts[n].raw,
				   1, &fresh, &fault),
			&fault);
		hub->taken += fresh;
	}
}

static void take(struct hub *hub, enum way way, unsigned from)
{
	struct arena arena = {0};
	struct message message;
	struct taken taken = {0};
	struct fault fault;

	fill(&message, &arena, from);
	uint64_t before = statements;
	struct gauge start = gauge_start();
	gauge_good(store_begin(hub->store, &fault), &fault);
	if (way == ONE_BY_ONE)
		take_one_by_one(hub, &message);
	else
		gauge_good(facts_take(hub->store, &hub->county, &message, true, &taken, &fault),
			&fault);
	gauge_good(store_commit(hub->store, &fault), &fault);
	struct gauge took = gauge_since(start);
	hub->took.wall_ms += took.wall_ms;
	hub->took.cpu_ms += took.cpu_ms;
	hub->statements += statements - before;
	hub->taken += (unsigned)taken.fresh;
	arena_release(&arena);
}

int main(void)
{
	static const char *const names[WAYS] = {"one by one, with rows",
		"batches of 1,000, with rows", "batches of 1,000, log only"};
	static struct hub hubs[WAYS];
	unsigned facts = gauge_size("BENCH_TAKE", 100000) / SLICE * SLICE;

	crypt_start();
	sqlite3_auto_extension((void (*)(void))count_all);
	for (int way = 0; way < WAYS; way++)
		begin(&hubs[way], (enum way)way);
	for (unsigned from = 0; from < facts; from += SLICE)
		for (int way = 0; way < WAYS; way++)
			for (unsigned i = 0; i < SLICE; i += BATCH)
				take(&hubs[way], (enum way)way, from + i);
	for (int way = 0; way < WAYS; way++) {
		char beside[100];
		if (hubs[way].taken != facts)
			die("%u of %u facts were taken", hubs[way].taken, facts);
		snprintf(beside, sizeof beside, "%.1f statements a fact; %.1f times one by one",
			(double)hubs[way].statements / facts,
			hubs[ONE_BY_ONE].took.cpu_ms / hubs[way].took.cpu_ms);
		gauge_rate(names[way], facts, hubs[way].took, "facts/s", beside);
		store_close(hubs[way].store);
		gauge_remove(hubs[way].home);
	}
	return 0;
}
