/* SPDX-License-Identifier: GPL-3.0-or-later
 * The log, over its narrow interface alone: one list of cases for every database that stands behind
 * it.
 * Tests also: log.c sqlite_ask.c sqlite_again.c sqlite_past.c
 */
#include "store_help.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/area.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/rows/internal.h"

/* How a kind of log is made and done away with. */
struct maker {
	const char *name;
	struct log *(*make)(uint64_t area);
	void (*done)(void);
};

static char home[HELP_HOME];
static struct store *made;

static struct log *sqlite_make(uint64_t area)
{
	help_home(home);
	made = help_station(home, area, "HU");
	return store_log(made);
}

static void sqlite_done(void)
{
	store_close(made);
	help_remove(home);
}

static const struct maker makers[] = {{"sqlite", sqlite_make, sqlite_done}};
static const struct maker *maker;

/* A fact by hand. N counts in the lane; REC 0 = begins a record. */
struct made_fact {
	uint64_t site;
	uint32_t n, lane;
	uint64_t rec_site;
	uint32_t rec_seq;
	uint64_t area;
	unsigned kind, step;
};

static bool append_via(struct log *log, const struct made_fact *f, unsigned via)
{
	struct buf raw = {0};
	struct fault fault = {0};
	bool fresh;
	struct op op = {.site = f->site,
		.seq = f->n * 8 + f->lane,
		.stamp = (1000 + f->n) * 65536ull,
		.rec_site = f->rec_seq ? f->rec_site : f->site,
		.rec_seq = f->rec_seq ? f->rec_seq : f->n * 8 + f->lane,
		.area = f->rec_seq ? 0 : f->area,
		.kind = f->kind ? f->kind : KIND_hazard,
		.step = f->step};
	op_put(&raw, &op);
	assert_int_equal(
		log_append(log, buf_bytes(&raw), (struct bytes){0, 0}, via, &fresh, &fault), RC_OK);
	buf_release(&raw);
	return fresh;
}

static bool append(struct log *log, const struct made_fact *f)
{
	return append_via(log, f, 1);
}

static void known(struct log *log, uint64_t number, uint64_t area)
{
	struct fault fault;
	struct site site = {.site = number, .area = area, .level = area_level(area)};
	snprintf(site.code, sizeof(site.code), "S%llu", (unsigned long long)number);
	assert_int_equal(log_site_set(log, &site, &fault), RC_OK);
}

struct got {
	struct fact facts[600];
	size_t count, most;
};

static bool take(const struct fact *fact, void *to)
{
	struct got *got = to;
	if (got->most && got->count == got->most)
		return false;
	got->facts[got->count++] = *fact;
	return true;
}

static void down(struct log *log, unsigned lane, uint64_t area, uint64_t cursor, struct got *got,
	uint64_t *seen)
{
	struct fault fault;
	got->count = 0;
	assert_int_equal(
		log_down(log, &(struct facts_query){.lane = lane, .area = area, .cursor = cursor},
			take, got, seen, &fault),
		RC_OK);
}

static enum fact_state state_of(struct log *log, uint64_t site, uint32_t seq, uint64_t *arr)
{
	struct arena arena = {0};
	struct fact fact;
	assert_true(log_fact(log, site, seq, &arena, &fact));
	arena_release(&arena);
	if (arr)
		*arr = fact.arr;
	return fact.state;
}

static void repeats_have_no_effect(void **state)
{
	struct log *log = *state;
	struct made_fact f = {.site = 9, .n = 1, .lane = 2, .area = VILLAGE};
	assert_true(append(log, &f));
	uint64_t last = log_last(log);
	assert_false(append(log, &f));
	assert_int_equal(log_last(log), last);
}

static void marks_count_without_gaps(void **state)
{
	struct log *log = *state;
	const uint32_t order[] = {3, 1, 5, 2, 4, 7};
	const uint32_t upto[] = {0, 1, 1, 3, 5, 5};
	for (size_t i = 0; i < countof(order); i++) {
		struct made_fact f = {.site = 9, .n = order[i], .lane = 2, .area = VILLAGE};
		append(log, &f);
		assert_int_equal(log_author(log, 9, 2), upto[i]);
	}
	assert_int_equal(log_author(log, 9, 3), 0);
	/* The same in one batch. */
	struct fault fault;
	assert_int_equal(log_begin(log, &fault), RC_OK);
	for (size_t i = 0; i < countof(order); i++) {
		struct made_fact f = {.site = 9, .n = order[i], .lane = 3, .area = VILLAGE};
		append(log, &f);
		assert_int_equal(log_author(log, 9, 3), upto[i]);
	}
	assert_int_equal(log_commit(log, &fault), RC_OK);
	assert_int_equal(log_author(log, 9, 3), 5);
}

static void bad_bytes_are_refused(void **state)
{
	struct log *log = *state;
	struct fault fault;
	bool fresh;
	uint64_t last = log_last(log);
	assert_int_equal(
		log_append(log, bytes_text("nonsense"), (struct bytes){0, 0}, 1, &fresh, &fault),
		RC_BAD);
	assert_int_equal(
		log_append(log, (struct bytes){0, 0}, (struct bytes){0, 0}, 1, &fresh, &fault),
		RC_BAD);
	assert_int_equal(log_last(log), last);
}

/* What the writer has found of its own fact is not asked again, and excuses no other. */
static void what_this_call_made_is_judged_by_what_it_found(void **state)
{
	static const uint8_t torn[] = {0xff, 0xff};
	struct log *log = *state;
	struct buf raw = {0};
	struct fault fault;
	bool fresh;
	struct op op = {.site = log->site,
		.seq = 8 + LANE_REPORT,
		.stamp = 1000 * 65536ull,
		.rec_site = log->site,
		.rec_seq = 8 + LANE_REPORT,
		.area = TOWN,
		.kind = KIND_hazard,
		.body = bytes_of(torn, sizeof torn)};
	const struct composed composed = {&op, PROOF_NONE};
	op_put(&raw, &op);
	assert_int_equal(log_put_composed(log, &composed, buf_bytes(&raw), &fresh, &fault), RC_OK);
	assert_true(fresh);
	assert_int_equal(log_taken(log)->state, FACT_GOOD);
	struct op other = op;
	other.seq = other.rec_seq = 16 + LANE_REPORT;
	buf_clear(&raw);
	op_put(&raw, &other);
	assert_int_equal(log_put(log, &other, buf_bytes(&raw), 0, &fresh, &fault), RC_OK);
	assert_int_equal(log_taken(log)->state, FACT_REFUSED);
	assert_string_equal(log_taken(log)->why, "form");
	buf_release(&raw);
}

static void steps_wait_for_their_record(void **state)
{
	struct log *log = *state;
	uint64_t before, after, seen;
	struct got got = {0};
	struct made_fact step = {9, 2, 2, 9, 10, 0, 0, 1};
	struct made_fact first = {.site = 9, .n = 1, .lane = 2, .area = VILLAGE};
	append(log, &step);
	assert_int_equal(state_of(log, 9, 18, &before), FACT_WAITS);
	down(log, 2, VILLAGE, 0, &got, &seen);
	assert_int_equal(got.count, 0);
	assert_int_equal(seen, before);
	append(log, &first);
	assert_int_equal(state_of(log, 9, 18, &after), FACT_GOOD);
	/* Behind every cursor that has passed it. */
	assert_true(after > before);
	down(log, 2, VILLAGE, seen, &got, &seen);
	assert_int_equal(got.count, 2);
	assert_int_equal(got.facts[1].arr, after);
	assert_int_equal(got.facts[1].reach, VILLAGE * 2);
	assert_int_equal(log_author(log, 9, 2), 2);
}

static void places_are_never_used_twice(void **state)
{
	struct log *log = *state;
	uint64_t seen;
	struct got got = {0};
	/* The last fact waits, is moved, and another comes: each place is new. */
	struct made_fact step = {9, 2, 2, 9, 10, 0, 0, 1};
	append(log, &step);
	uint64_t last = log_last(log);
	struct made_fact first = {.site = 9, .n = 1, .lane = 2, .area = VILLAGE};
	append(log, &first);
	struct made_fact next = {.site = 9, .n = 3, .lane = 2, .area = VILLAGE};
	append(log, &next);
	down(log, 2, VILLAGE, last, &got, &seen);
	assert_int_equal(got.count, 3);
	for (size_t i = 1; i < got.count; i++)
		assert_true(got.facts[i].arr > got.facts[i - 1].arr);
	assert_true(got.facts[0].arr > last);
}

static void areas_judge(void **state)
{
	struct log *log = *state;
	known(log, 9, VILLAGE);
	known(log, 8, TOWN);
	struct made_fact in = {.site = 9, .n = 1, .lane = 2, .area = VILLAGE};
	struct made_fact out = {.site = 9, .n = 2, .lane = 2, .area = VILLAGE_2};
	struct made_fact above = {.site = 9, .n = 3, .lane = 2, .area = TOWN};
	struct made_fact town_step = {8, 1, 2, 9, 10, 0, 0, 1};
	struct made_fact refused_step = {9, 4, 2, 9, 18, 0, 0, 1};
	struct made_fact foreign_step = {9, 5, 2, 8, 18, 0, 0, 1};
	struct made_fact town = {.site = 8, .n = 2, .lane = 2, .area = TOWN};
	append(log, &foreign_step);
	append(log, &in);
	append(log, &out);
	append(log, &above);
	append(log, &town_step);
	append(log, &refused_step);
	append(log, &town);
	assert_int_equal(state_of(log, 9, 10, NULL), FACT_GOOD);
	assert_int_equal(state_of(log, 9, 18, NULL), FACT_REFUSED);
	assert_int_equal(state_of(log, 9, 26, NULL), FACT_REFUSED);
	assert_int_equal(state_of(log, 8, 10, NULL), FACT_GOOD);
	assert_int_equal(state_of(log, 9, 34, NULL), FACT_REFUSED);
	/* A village's step on a record of its township. */
	assert_int_equal(state_of(log, 9, 42, NULL), FACT_REFUSED);
	/* Refused facts leave no hole. */
	assert_int_equal(log_author(log, 9, 2), 5);
}

static void grants_judge_what_was_trusted(void **state)
{
	struct log *log = *state;
	uint64_t before, after;
	struct made_fact out = {.site = 9, .n = 1, .lane = 2, .area = VILLAGE_2};
	struct made_fact in = {.site = 9, .n = 2, .lane = 2, .area = VILLAGE};
	struct made_fact step = {7, 1, 2, 9, 10, 0, 0, 1};
	append(log, &out);
	append(log, &in);
	append(log, &step);
	assert_int_equal(state_of(log, 9, 10, NULL), FACT_GOOD);
	assert_int_equal(state_of(log, 9, 18, &before), FACT_GOOD);
	known(log, 9, VILLAGE);
	assert_int_equal(state_of(log, 9, 10, NULL), FACT_REFUSED);
	assert_int_equal(state_of(log, 7, 10, NULL), FACT_REFUSED);
	assert_int_equal(state_of(log, 9, 18, &after), FACT_GOOD);
	assert_true(after > before);
	/* A station that moves keeps what it wrote. */
	known(log, 9, VILLAGE_2);
	assert_int_equal(state_of(log, 9, 18, NULL), FACT_GOOD);
}

static void up_only_goes_up(void **state)
{
	struct log *log = *state;
	struct got got = {0};
	uint64_t seen;
	struct made_fact tip = {.site = 9, .n = 1, .lane = 2, .area = TOWN, .kind = KIND_tip};
	struct made_fact open = {.site = 9, .n = 2, .lane = 2, .area = TOWN};
	append(log, &tip);
	append(log, &open);
	down(log, 2, VILLAGE, 0, &got, &seen);
	assert_int_equal(got.count, 1);
	assert_int_equal(got.facts[0].seq, 18);
	down(log, 2, TOWN, 0, &got, &seen);
	assert_int_equal(got.count, 2);
	down(log, 2, COUNTY, 0, &got, &seen);
	assert_int_equal(got.count, 2);
	down(log, 2, TOWN_2, 0, &got, &seen);
	assert_int_equal(got.count, 0);
}

static void cursors_and_roads(void **state)
{
	struct log *log = *state;
	struct fault fault;
	uint64_t seen;
	for (uint32_t n = 1; n <= 10; n++) {
		struct made_fact f = {.site = 9, .n = n, .lane = 2, .area = VILLAGE};
		append_via(log, &f, n % 2 ? 5 : 6);
	}
	struct facts_query query = {.lane = 2, .area = VILLAGE};
	struct got got = {.most = 3};
	assert_int_equal(log_down(log, &query, take, &got, &seen, &fault), RC_OK);
	assert_int_equal(got.count, 3);
	assert_int_equal(seen, got.facts[2].arr);
	/* What came from the asker is passed over, and so is its place. */
	got = (struct got){0};
	query.via = 6;
	assert_int_equal(log_down(log, &query, take, &got, &seen, &fault), RC_OK);
	assert_int_equal(got.count, 5);
	assert_int_equal(seen, log_last(log));
	got = (struct got){0};
	query.limit = 2;
	assert_int_equal(log_down(log, &query, take, &got, &seen, &fault), RC_OK);
	assert_int_equal(got.count, 2);
	assert_int_equal(got.facts[1].seq, 3 * 8 + 2);
	assert_true(seen >= got.facts[1].arr && seen < log_last(log));
	got = (struct got){0};
	query.limit = 0;
	query.cursor = seen;
	assert_int_equal(log_down(log, &query, take, &got, &seen, &fault), RC_OK);
	assert_int_equal(got.count, 3);
}

static void up_takes_what_is_below(void **state)
{
	struct log *log = *state;
	struct fault fault;
	uint64_t seen;
	struct got got = {0};
	known(log, 9, VILLAGE);
	known(log, 8, CITY);
	struct made_fact below = {.site = 9, .n = 1, .lane = 2, .area = VILLAGE};
	struct made_fact refused = {.site = 9, .n = 2, .lane = 2, .area = CITY};
	struct made_fact above = {.site = 8, .n = 1, .lane = 2, .area = CITY};
	struct made_fact unknown = {.site = 7, .n = 1, .lane = 2, .area = VILLAGE};
	append(log, &below);
	append(log, &refused);
	append(log, &above);
	append(log, &unknown);
	assert_int_equal(
		log_up(log, &(struct facts_query){.lane = 2}, take, &got, &seen, &fault), RC_OK);
	/* The refused one goes too: each level refuses for itself, and no number is missing. */
	assert_int_equal(got.count, 2);
	assert_int_equal(seen, log_last(log));
	/* Once its author is known, the other comes behind the cursor. */
	known(log, 7, VILLAGE);
	got.count = 0;
	assert_int_equal(log_up(log, &(struct facts_query){.lane = 2, .cursor = seen}, take, &got,
				 &seen, &fault),
		RC_OK);
	assert_int_equal(got.count, 1);
}

/* The rule in its own words. */
static bool concerns(uint64_t area, bool up_only, uint64_t asker)
{
	if (area_within(area, asker))
		return true;
	return !up_only && area_within(asker, area);
}

static void areas_as_defined(void **state)
{
	struct log *log = *state;
	struct fault fault;
	static const uint64_t places[] = {VILLAGE, VILLAGE_2, TOWN, TOWN_2, COUNTY, CITY,
		410000000000, 410882104201, 410883000000, 410883001000, 420000000000, 410900000000};
	enum { FACTS = 500 };
	struct {
		uint64_t area;
		bool up_only;
	} plain[FACTS + 1];
	uint64_t seed = 3;
	assert_int_equal(log_begin(log, &fault), RC_OK);
	for (uint32_t n = 1; n <= FACTS; n++) {
		plain[n].area = places[help_random(&seed) % countof(places)];
		plain[n].up_only = help_random(&seed) % 4 == 0;
		struct made_fact f = {.site = 9,
			.n = n,
			.lane = 2,
			.area = plain[n].area,
			.kind = plain[n].up_only ? KIND_tip : KIND_hazard};
		append(log, &f);
	}
	assert_int_equal(log_commit(log, &fault), RC_OK);
	for (size_t p = 0; p < countof(places); p++) {
		uint64_t cursor = help_random(&seed) % FACTS, seen;
		struct got got = {0};
		size_t at = 0;
		down(log, 2, places[p], cursor, &got, &seen);
		for (uint32_t n = (uint32_t)cursor + 1; n <= FACTS; n++)
			if (concerns(plain[n].area, plain[n].up_only, places[p])) {
				assert_true(at < got.count);
				assert_int_equal(got.facts[at++].seq, n * 8 + 2);
			}
		assert_int_equal(at, got.count);
		assert_int_equal(seen, FACTS);
	}
}

#define CASE(fn)                                                                                   \
	{                                                                                          \
#fn, fn                                                                            \
	}
static const struct {
	const char *name;
	void (*run)(void **state);
} cases[] = {
	CASE(repeats_have_no_effect),
	CASE(marks_count_without_gaps),
	CASE(bad_bytes_are_refused),
	CASE(what_this_call_made_is_judged_by_what_it_found),
	CASE(steps_wait_for_their_record),
	CASE(places_are_never_used_twice),
	CASE(areas_judge),
	CASE(grants_judge_what_was_trusted),
	CASE(up_only_goes_up),
	CASE(cursors_and_roads),
	CASE(up_takes_what_is_below),
	CASE(areas_as_defined),
};

static int start(void **state)
{
	*state = maker->make(TOWN);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	maker->done();
	return 0;
}

int main(void)
{
	struct CMUnitTest tests[countof(cases)];
	int failed = 0;
	for (size_t m = 0; m < countof(makers); m++) {
		maker = &makers[m];
		for (size_t i = 0; i < countof(cases); i++)
			tests[i] =
				(struct CMUnitTest){cases[i].name, cases[i].run, start, stop, NULL};
		failed += _cmocka_run_group_tests(maker->name, tests, countof(tests), NULL, NULL);
	}
	return failed;
}
