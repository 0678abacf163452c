/* SPDX-License-Identifier: GPL-3.0-or-later
 * What goes first and what a cut costs: a warning overtakes a running load at the next frame, no
 * lane starves, and a first load that is cut fifty times arrives whole, once.
 * Covers: C06 W15.2 W15.3 T12
 */
#include "world.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/swap.h"

#include <cjson/cJSON.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const uint64_t upper_area = 511722000000, lower_area = 511722123000;

enum { LOAD = 6300, CUTS = 50, SMALL = 1500 };

struct ends {
	struct store *county, *town;
	struct peer peer;
};

static int begin(void **state)
{
	struct ends *pair = calloc(1, sizeof *pair);
	struct fault fault;

	when_hold(1784000000);
	pair->county = world_station("county", upper_area);
	pair->town = world_station("town", lower_area);
	world_join(pair->town, pair->county, "town", lower_area);
	assert_int_equal(peer_load(pair->town, &pair->peer, &fault), RC_OK);
	*state = pair;
	return 0;
}

static int end(void **state)
{
	struct ends *pair = *state;

	world_end(pair->county);
	world_end(pair->town);
	free(pair);
	return 0;
}

static struct ref write_record(
	struct store *store, unsigned kind, uint64_t area, unsigned tag, const char *text)
{
	struct op op = {.kind = kind, .area = area};
	struct value value = value_text(text);
	struct buf body = {0};
	struct fault fault;

	put_field(&body, tag, &value);
	op.body = buf_bytes(&body);
	assert_int_equal(store_write(store, &op, &fault), RC_OK);
	buf_release(&body);
	return (struct ref){op.site, op.seq};
}

/* The registers of the measured first load, as bulk records of the township's area. */
static void load(struct store *store, size_t most)
{
	FILE *in = fopen("tests/data/wire/w4.ndjson", "rb");
	static char line[1 << 16];
	struct fault fault;
	size_t n = 0;

	assert_non_null(in);
	assert_int_equal(store_begin(store, &fault), RC_OK);
	while (n < most && fgets(line, sizeof line, in)) {
		cJSON *item = cJSON_Parse(line);
		const cJSON *name = cJSON_GetObjectItem(item, "name");
		write_record(store, KIND_shelter, lower_area, shelter_name,
			cJSON_IsString(name) ? name->valuestring : "登记");
		cJSON_Delete(item);
		n++;
	}
	assert_int_equal(store_commit(store, &fault), RC_OK);
	assert_int_equal(n, most);
	fclose(in);
}

static bool has(struct store *store, struct ref ref)
{
	struct arena arena = {0};
	struct fact fact;
	bool found = log_fact(store_log(store), ref.site, ref.seq, &arena, &fact);

	arena_release(&arena);
	return found;
}

/* One swap with frames of about BYTES; CUT: 1 loses the question, 2 the answer. */
static bool swap(struct ends *pair, uint32_t bytes, int cut, struct sync_result *result)
{
	struct asking asking;
	struct buf ask = {0}, answer = {0};
	struct fault fault;

	pair->peer.pace.frame = bytes;
	pair->peer.pace.rate = bytes;
	assert_int_equal(ask_make(pair->town, &pair->peer, 31, &asking, &ask, &fault), RC_OK);
	struct bytes asks[1] = {buf_bytes(&ask)};
	if (cut != 1)
		assert_int_equal(hub_answer(pair->county, asks, &answer, 1, &fault), RC_OK);
	if (cut)
		pair->peer.unsure = true;
	else
		assert_int_equal(answer_apply(pair->town, &pair->peer, &asking, buf_bytes(&answer),
					 result, &fault),
			RC_OK);
	buf_release(&ask);
	buf_release(&answer);
	return result->more;
}

static void a_warning_overtakes_upwards(void **state)
{
	struct ends *pair = *state;
	struct sync_result result = {0};

	load(pair->town, 1500);
	for (int i = 0; i < 3; i++)
		assert_true(swap(pair, 1024, 0, &result));
	struct ref alarm =
		write_record(pair->town, KIND_incident, lower_area, incident_text, "堤坝渗水");
	assert_true(world_count(pair->county, KIND_shelter) < 1500);
	swap(pair, 1024, 0, &result);
	assert_true(has(pair->county, alarm));
	assert_true(world_count(pair->county, KIND_shelter) < 1500);
}

static void a_warning_overtakes_downwards(void **state)
{
	struct ends *pair = *state;
	struct sync_result result = {0};

	load(pair->county, 1500);
	for (int i = 0; i < 3; i++)
		assert_true(swap(pair, 1024, 0, &result));
	struct ref alarm = write_record(
		pair->county, KIND_warning, lower_area, warning_headline, "暴雨红色预警");
	swap(pair, 1024, 0, &result);
	assert_true(has(pair->town, alarm));
	assert_true(world_count(pair->town, KIND_shelter) < 1500);
}

/* Every lane has more than the line carries: each goes on in every few frames. */
static void no_lane_starves(void **state)
{
	struct ends *pair = *state;
	struct sync_result result = {0};
	static const unsigned kinds_of[LANES] = {
		KIND_incident, KIND_report, KIND_hazard, KIND_drill, KIND_shelter};
	static const unsigned tags[LANES] = {
		incident_text, report_event, hazard_place, drill_title, shelter_name};
	uint32_t before[LANES] = {0};
	uint64_t own = store_station(pair->town)->site;
	struct fault fault;

	assert_int_equal(store_begin(pair->town, &fault), RC_OK);
	for (unsigned i = 0; i < 1000; i++)
		for (unsigned lane = 0; lane < LANES; lane++)
			write_record(pair->town, kinds_of[lane], lower_area, tags[lane],
				"一处积水，已派人");
	assert_int_equal(store_commit(pair->town, &fault), RC_OK);
	for (int round = 0; round < 4; round++) {
		for (int i = 0; i < 3; i++)
			swap(pair, 2048, 0, &result);
		for (unsigned lane = 0; lane < LANES; lane++) {
			uint32_t now = log_author(store_log(pair->county), own, lane);
			assert_true(now > before[lane] && now < 1000);
			before[lane] = now;
		}
		assert_true(before[LANE_ALARM] > before[LANE_BULK]);
	}
}

/* Cut fifty times, before or after the hub has heard; a cut costs at most the frame in flight. */
static void first_load(struct ends *pair, struct store *from, struct store *to)
{
	struct sync_result result = {0};
	unsigned cuts = 0, swaps = 0;
	bool more = true;

	load(from, LOAD);
	while (more) {
		unsigned had = world_count(to, KIND_shelter);
		int cut = cuts < CUTS && swaps % 2 ? (int)(1 + cuts % 2) : 0;
		more = swap(pair, SMALL, cut, &result);
		cuts += cut != 0;
		swaps++;
		assert_true(world_count(to, KIND_shelter) >= had);
		assert_true(swaps < 400);
	}
	assert_int_equal(cuts, CUTS);
	assert_int_equal(world_count(to, KIND_shelter), LOAD);
	assert_true(world_digest(to, lower_area) == world_digest(from, lower_area));
	/* No fact of an answered frame was ever asked for again. */
	assert_true(result.received_facts + result.sent_facts <= LOAD + 4);
}

static void a_first_load_is_cut_fifty_times(void **state)
{
	struct ends *pair = *state;

	first_load(pair, pair->county, pair->town);
}

static void a_load_upwards_is_cut_fifty_times(void **state)
{
	struct ends *pair = *state;

	first_load(pair, pair->town, pair->county);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_warning_overtakes_upwards, begin, end),
		cmocka_unit_test_setup_teardown(a_warning_overtakes_downwards, begin, end),
		cmocka_unit_test_setup_teardown(no_lane_starves, begin, end),
		cmocka_unit_test_setup_teardown(a_first_load_is_cut_fifty_times, begin, end),
		cmocka_unit_test_setup_teardown(a_load_upwards_is_cut_fifty_times, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
