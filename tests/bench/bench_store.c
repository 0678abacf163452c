/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the store costs: saves, taking, rebuilding, the first page, finding, answers by area. One
 * line each; BENCH_RECORDS sets how many records (100,000).
 */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "model/area.h"
#include "model/kinds.h"
#include "store/find.h"
#include "store/inside.h"
#include "store/log.h"

enum { SAVES = 200, BATCH = 2000, PAGE = 40, VILLAGES = 60, TIMES = 10 };
#define TOWN 410882103000u

static double now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void good(enum rc rc, const struct fault *fault)
{
	if (rc)
		die("%s", fault->text);
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st, (void)flag, (void)ftw;
	return remove(path);
}

static struct store *station(char home[64], const char *code, uint64_t area)
{
	struct fault fault;
	struct store *store;
	struct station station = {.area = area, .level = area_level(area)};
	snprintf(home, 64, "/tmp/outpost-bench-XXXXXX");
	if (!mkdtemp(home))
		die("mkdtemp");
	snprintf(station.code, sizeof(station.code), "%s", code);
	snprintf(station.name, sizeof(station.name), "%s", code);
	good(store_init(&store, home, &station, NULL, 0, &fault), &fault);
	return store;
}

/* zh: bench data */
static const char *const places[] = {
	"后山坡", "王庄水库", "东沟村口", "铁厂尾矿", "小学北墙", "三组河滩"};
static const char *const texts[] = {"边坡有落石，坡脚开裂", "堤坝渗水，已围挡",
	"电线老化，临近柴草", "围墙倾斜，学生经过", "崩塌迹象，需要监测"};

static void put_text(struct buf *body, unsigned tag, const char *text)
{
	struct value value = value_text(text);
	put_field(body, tag, &value);
}

static void write_one(struct store *store, unsigned i)
{
	struct fault fault;
	struct buf body = {0};
	char text[100];
	put_text(&body, hazard_category, "H0101");
	put_text(&body, hazard_grade, "G");
	snprintf(text, sizeof(text), "%s%u", places[i % countof(places)], i);
	put_text(&body, hazard_place, text);
	snprintf(text, sizeof(text), "%s%u", texts[i % countof(texts)], i * 7);
	put_text(&body, hazard_text, text);
	struct op op = {
		.kind = KIND_hazard, .area = TOWN + 201 + i % VILLAGES, .body = buf_bytes(&body)};
	good(store_write(store, &op, &fault), &fault);
	buf_release(&body);
}

static void bench_write(struct store *store, unsigned records)
{
	struct fault fault;
	double from = now_ms();
	for (unsigned i = 0; i < SAVES; i++)
		write_one(store, i);
	printf("save one, synced            %8.2f ms\n", (now_ms() - from) / SAVES);
	from = now_ms();
	for (unsigned i = 0; i < records;) {
		good(store_begin(store, &fault), &fault);
		for (unsigned k = 0; k < BATCH && i < records; k++, i++)
			write_one(store, i);
		good(store_commit(store, &fault), &fault);
	}
	printf("write in batches            %8.0f facts/s\n", records / (now_ms() - from) * 1e3);
}

struct carry {
	struct store *to;
	unsigned count;
};

static bool carry_one(const struct fact *fact, void *to)
{
	struct carry *carry = to;
	struct fault fault;
	bool fresh;
	if (carry->count++ % BATCH == 0) {
		if (carry->count > 1)
			good(store_commit(carry->to, &fault), &fault);
		good(store_begin(carry->to, &fault), &fault);
	}
	good(store_take(carry->to, fact->raw, fact->sig, 1, &fresh, &fault), &fault);
	return true;
}

static void carry_all(struct store *to, struct store *from, const char *what)
{
	struct carry carry = {to, 0};
	struct fault fault;
	uint64_t seen;
	double start = now_ms();
	good(log_up(store_log(from), LANE_LOOP, 0, 0, 0, carry_one, &carry, &seen, &fault), &fault);
	good(store_commit(to, &fault), &fault);
	printf("%-28s%8.0f facts/s\n", what, carry.count / (now_ms() - start) * 1e3);
}

static bool count_row(const struct row *row, void *to)
{
	(void)row;
	++*(unsigned *)to;
	return true;
}

static void bench_read(struct store *store)
{
	static const char *const words[] = {
		"崩塌", "坝", "落石 水库", "dgck", "donggoucunkou", "99994"};
	struct fault fault;
	unsigned rows = 0;
	struct query query = query_all(KIND_hazard);
	query.limit = PAGE;
	double from = now_ms();
	for (unsigned i = 0; i < TIMES; i++)
		good(store_each(store, &query, count_row, &rows, &fault), &fault);
	printf("first page                  %8.3f ms\n", (now_ms() - from) / TIMES);
	query.state = hazard_is_new;
	from = now_ms();
	for (unsigned i = 0; i < TIMES; i++)
		good(store_each(store, &query, count_row, &rows, &fault), &fault);
	printf("first page of a state       %8.3f ms\n", (now_ms() - from) / TIMES);
	for (size_t i = 0; i < countof(words); i++) {
		rows = 0;
		from = now_ms();
		good(store_find(store, words[i], 0, 20, count_row, &rows, &fault), &fault);
		printf("find %-23s%8.3f ms (%u)\n", words[i], now_ms() - from, rows);
	}
}

static bool take_fact(const struct fact *fact, void *to)
{
	(void)fact;
	++*(unsigned *)to;
	return true;
}

static void bench_ask(struct store *store, unsigned records)
{
	const uint64_t areas[] = {TOWN + 207, TOWN, TOWN / 1000000 * 1000000};
	struct fault fault;
	unsigned count = 0;
	uint64_t seen;
	for (size_t i = 0; i < countof(areas); i++) {
		/* The first asker of a level makes its index. */
		good(log_down(store_log(store), LANE_LOOP, areas[i], 0, 0, 1, take_fact, &count,
			     &seen, &fault),
			&fault);
		count = 0;
		double from = now_ms();
		good(log_down(store_log(store), LANE_LOOP, areas[i], records / 2, 0, 250, take_fact,
			     &count, &seen, &fault),
			&fault);
		printf("answer for %-2u digits        %8.3f ms (%u facts)\n", area_digits(areas[i]),
			now_ms() - from, count);
	}
}

int main(void)
{
	const char *given = getenv("BENCH_RECORDS");
	unsigned records = given ? (unsigned)strtoul(given, NULL, 10) : 100000;
	char home[64], other_home[64];
	struct fault fault;
	struct site site;
	crypt_start();
	struct store *store = station(home, "BX", TOWN),
		     *other = station(other_home, "WX", TOWN / 1000000 * 1000000);
	bench_write(store, records);
	if (log_site(store_log(store), store_station(store)->site, &site))
		good(log_site_set(store_log(other), &site, &fault), &fault);
	carry_all(other, store, "take in batches");
	carry_all(other, store, "take again");
	bench_ask(other, records);
	double from = now_ms();
	good(index_rebuild(store, &fault), &fault);
	printf("search index anew           %8.0f ms\n", now_ms() - from);
	bench_read(store);
	from = now_ms();
	good(rows_rebuild(store, &fault), &fault);
	printf("rows anew                   %8.0f facts/s\n",
		(records + SAVES) / (now_ms() - from) * 1e3);
	store_close(store);
	store_close(other);
	nftw(home, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	nftw(other_home, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	return 0;
}
