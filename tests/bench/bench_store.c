/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the store costs: saves, writing, taking, rebuilding, the first page, answers by area, disk.
 * BENCH_RECORDS: records of the station (100,000, four facts each); BENCH_TAKE: facts of the hub
 * (200,000; 2,000,000 with BENCH_FULL=1).
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/when.h"
#include "gauge.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/identity/internal.h"

enum { SAVES = 100, PAGE = 40, TIMES = 20, BATCH = 2000, SITES = 2000, VISIT = 20, ANSWER = 250 };

/* What one synced write of a page costs on this disk, without any database. */
static double bare_sync(const char *home)
{
	char path[100], page[4096] = {0};

	snprintf(path, sizeof path, "%s/page", home);
	int fd = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
	struct gauge start = gauge_start();
	for (int i = 0; i < SAVES; i++)
		if (pwrite(fd, page, sizeof page, (off_t)i * 4096) < 0 || fdatasync(fd))
			die("pwrite");
	close(fd);
	unlink(path);
	return gauge_since(start).wall_ms / SAVES;
}

static void bench_write(struct store *store, unsigned records)
{
	struct gauge start = gauge_start();
	for (unsigned i = 0; i < SAVES; i++)
		gauge_fill(store, i, i + 1, false);
	struct gauge took = gauge_since(start);
	gauge_line("save one record, synced", took.wall_ms / SAVES, "ms",
		"processor %.3f ms; a bare synced page here %.3f ms", took.cpu_ms / SAVES,
		bare_sync(store_home(store)));
	start = gauge_start();
	gauge_fill(store, SAVES, records, true);
	gauge_rate("write in batches of 2,000", (double)(records - SAVES) * GAUGE_STEPS,
		gauge_since(start), "facts/s", "a record and three steps");
}

static void bench_rebuild(struct store *store, unsigned records)
{
	struct fault fault;
	struct gauge start = gauge_start();
	char name[60];

	gauge_good(rows_rebuild(store, &fault), &fault);
	snprintf(name, sizeof name, "rebuild of rows, %u facts", records * GAUGE_STEPS);
	gauge_rate(name, (double)records * GAUGE_STEPS, gauge_since(start), "facts/s",
		"every row folded again");
}

static bool count_row(const struct row *row, void *to)
{
	(void)row;
	++*(unsigned *)to;
	return true;
}

static void page(struct store *store, const char *name, const struct query *query)
{
	struct fault fault;
	unsigned rows = 0;
	struct gauge start = gauge_start();

	for (unsigned i = 0; i < TIMES; i++)
		gauge_good(store_each(store, query, count_row, &rows, &fault), &fault);
	gauge_line(name, gauge_since(start).wall_ms / TIMES, "ms", "%u rows", rows / TIMES);
}

static void bench_pages(struct store *store, unsigned records)
{
	struct query query = query_all(KIND_hazard);

	query.limit = PAGE;
	page(store, "first page of all records", &query);
	query.skip = records / 2;
	page(store, "page in the middle", &query);
	query.skip = 0;
	query.state_flags = STATE_OPEN;
	page(store, "first page of open records", &query);
	query = query_all(KIND_hazard);
	query.limit = PAGE;
	query.area = GAUGE_TOWN + 207;
	page(store, "first page of a village", &query);
	query.order = hazard_place;
	page(store, "same, sorted by place", &query);
}

/* Facts of many villages, a few at a time of each, as a county takes them. */
static void take_many(struct store *store, unsigned facts, unsigned *fresh_count)
{
	struct fault fault;
	struct buf body = {0}, raw = {0};
	bool fresh;

	for (unsigned i = 0; i < facts; i++) {
		unsigned village = i / VISIT % SITES;
		uint32_t seq = (i / (VISIT * SITES) * VISIT + i % VISIT + 1) << 3 | LANE_LOOP;
		if (i % BATCH == 0)
			gauge_good(store_begin(store, &fault), &fault);
		gauge_hazard(i, &body);
		struct op op = {.site = 1000000 + village,
			.seq = seq,
			.rec_site = 1000000 + village,
			.rec_seq = seq,
			.stamp = (uint64_t)(when_now() - 1000) * STAMP_TICK,
			.area = GAUGE_TOWN / 1000000 * 1000000 + village / 20 * 1000 + 201 +
				village % 20,
			.kind = KIND_hazard,
			.body = buf_bytes(&body)};
		buf_clear(&raw);
		op_put(&raw, &op);
		gauge_good(store_take(store, buf_bytes(&raw), bytes_of(NULL, 0), 1, &fresh, &fault),
			&fault);
		*fresh_count += fresh;
		if (i % BATCH == BATCH - 1 || i == facts - 1)
			gauge_good(store_commit(store, &fault), &fault);
	}
	buf_release(&body);
	buf_release(&raw);
}

static bool take_fact(const struct fact *fact, void *to)
{
	(void)fact;
	++*(unsigned *)to;
	return true;
}

static void bench_ask(struct store *store, unsigned facts)
{
	static const struct {
		uint64_t below;
		const char *name;
	} levels[] = {{1, "village"}, {1000, "township"}, {1000000, "county"}};
	struct fault fault;
	uint64_t seen;
	char name[80];

	for (size_t i = 0; i < countof(levels); i++) {
		uint64_t area =
			(GAUGE_TOWN / 1000000 * 1000000 + 7203) / levels[i].below * levels[i].below;
		unsigned count = 0;
		/* The first asker of a level makes its index. */
		struct facts_query query = {.lane = LANE_LOOP, .area = area, .limit = 1};
		gauge_good(log_down(store_log(store), &query, take_fact, &count, &seen, &fault),
			&fault);
		count = 0;
		query.limit = ANSWER;
		struct gauge start = gauge_start();
		for (unsigned k = 0; k < TIMES; k++) {
			query.cursor = facts / 2 + k * 100;
			gauge_good(log_down(store_log(store), &query, take_fact, &count, &seen,
					   &fault),
				&fault);
		}
		snprintf(name, sizeof name, "area query of a %s, %u facts", levels[i].name, facts);
		gauge_line(name, gauge_since(start).wall_ms / TIMES, "ms",
			"%u facts an answer; to be under 5 ms", count / TIMES);
	}
}

static void bench_hub(unsigned facts)
{
	char home[GAUGE_HOME];
	unsigned fresh = 0;
	struct store *store = gauge_station(home, "XX", GAUGE_TOWN / 1000000 * 1000000);
	struct gauge start = gauge_start();

	take_many(store, facts, &fresh);
	gauge_rate("take in batches of 2,000", facts, gauge_since(start), "facts/s",
		"of 2,000 villages");
	if (fresh != facts)
		die("%u of %u facts were taken", fresh, facts);
	start = gauge_start();
	take_many(store, facts < 50000 ? facts : 50000, &fresh);
	gauge_rate("take again what is there", facts < 50000 ? facts : 50000, gauge_since(start),
		"facts/s", "dropped by (site, seq)");
	bench_ask(store, facts);
	store_close(store);
	gauge_line("station.db, every fact a record",
		(double)gauge_disk(home, "station.db") / facts, "kB/1,000",
		"with the indexes of a hub");
	gauge_remove(home);
}

int main(void)
{
	unsigned records = gauge_size("BENCH_RECORDS", 100000);
	unsigned facts = gauge_size("BENCH_TAKE", gauge_size("BENCH_FULL", 0) ? 2000000 : 200000);
	char home[GAUGE_HOME];

	crypt_start();
	struct store *store = gauge_station(home, "BX", GAUGE_TOWN);
	bench_write(store, records);
	bench_rebuild(store, records);
	bench_pages(store, records);
	store_close(store);
	gauge_line("station.db, a record and three steps",
		(double)gauge_disk(home, "station.db") / records / GAUGE_STEPS, "kB/1,000",
		"with its rows and indexes");
	gauge_remove(home);
	bench_hub(facts);
	return 0;
}
