/* SPDX-License-Identifier: GPL-3.0-or-later
 * Questions by area over more facts than one reading takes, and that they go along the indexes.
 */
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "store_help.h"

#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "model/kinds.h"

enum { FACTS = 700 };

static char home[HELP_HOME];
static struct store *store;

static int start(void **state)
{
	(void)state;
	help_home(home);
	store = help_station(home, COUNTY, "WX");
	assert_int_equal(store_begin(store, NULL), RC_OK);
	for (unsigned i = 0; i < FACTS; i++)
		help_add_in(store, "duty",
			i % 3 == 0   ? VILLAGE
			: i % 3 == 1 ? TOWN
				     : TOWN_2,
			"type=note;text=a");
	assert_int_equal(store_commit(store, NULL), RC_OK);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	store_close(store);
	help_remove(home);
	return 0;
}

struct got {
	uint64_t last;
	unsigned count, most;
};

static bool next(const struct fact *fact, void *to)
{
	struct got *got = to;
	assert_true(fact->arr > got->last);
	if (got->most && got->count == got->most)
		return false;
	got->last = fact->arr;
	got->count++;
	return true;
}

static void long_answers_go_on_in_order(void **state)
{
	struct log *log = store_log(store);
	struct got got = {0};
	uint64_t seen = 0;
	(void)state;
	assert_int_equal(log_down(log, &(struct facts_query){.lane = LANE_BOOK, .area = COUNTY},
				 next, &got, &seen, NULL),
		RC_OK);
	assert_int_equal(got.count, FACTS);
	assert_int_equal(seen, FACTS);
	/* In pieces, by limit and by a full frame in turn. */
	unsigned total = 0;
	for (seen = 0; seen < FACTS;) {
		got = (struct got){.last = seen, .most = total % 2 ? 97 : 0};
		unsigned limit = got.most ? 0 : 131;
		const struct facts_query query = {
			.lane = LANE_BOOK, .area = TOWN, .cursor = seen, .limit = limit};
		assert_int_equal(log_down(log, &query, next, &got, &seen, NULL), RC_OK);
		total += got.count;
	}
	assert_int_equal(total, (FACTS + 2) / 3 + (FACTS + 1) / 3);
	got = (struct got){0};
	assert_int_equal(log_up(log, &(struct facts_query){.lane = LANE_BOOK, .limit = 300}, next,
				 &got, &seen, NULL),
		RC_OK);
	assert_int_equal(got.count, 300);
	assert_int_equal(seen, 300);
	got = (struct got){0};
	assert_int_equal(
		log_up(log, &(struct facts_query){.lane = LANE_ALARM}, next, &got, &seen, NULL),
		RC_OK);
	assert_int_equal(got.count, 0);
	assert_int_equal(seen, FACTS);
}

static unsigned indexes(const char *name)
{
	struct sql sql = sql_open(store->db, "SELECT count(*) FROM sqlite_master WHERE name=?");
	sql_text(&sql, name);
	unsigned count = sql_row(&sql) ? (unsigned)sql_get(&sql, 0) : 0;
	assert_int_equal(sql_end(&sql, NULL), RC_OK);
	return count;
}

static void indexes_come_with_the_first_asker(void **state)
{
	struct got got = {0};
	uint64_t seen;
	(void)state;
	assert_int_equal(indexes("fact_town"), 1); /* asked for in the case before */
	assert_int_equal(indexes("fact_city"), 0);
	assert_int_equal(log_down(store_log(store), &(struct facts_query){.lane = 3, .area = CITY},
				 next, &got, &seen, NULL),
		RC_OK);
	assert_int_equal(got.count, FACTS);
	assert_int_equal(indexes("fact_city"), 1);
}

static void single_facts(void **state)
{
	struct arena arena = {0};
	struct fact fact;
	struct op op;
	(void)state;
	uint64_t site = store_station(store)->site;
	assert_true(log_fact(store_log(store), site, 8 + LANE_BOOK, &arena, &fact));
	assert_int_equal(fact.arr, 1);
	assert_int_equal(fact.kind, KIND_duty);
	assert_int_equal(fact.via, 0);
	assert_true(op_take(fact.raw, &op));
	assert_int_equal(op.seq, fact.seq);
	assert_false(log_fact(store_log(store), site, 9, &arena, &fact));
	assert_int_equal(log_last(store_log(store)), FACTS);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(long_answers_go_on_in_order),
		cmocka_unit_test(indexes_come_with_the_first_asker),
		cmocka_unit_test(single_facts),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
