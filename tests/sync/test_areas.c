/* SPDX-License-Identifier: GPL-3.0-or-later
 * The two rules of area as a matrix of levels, places and kinds: who may write, who gets to read,
 * and what hubs do with facts that a station below must not have sent.
 * Tests also: areas.c
 */
#include "world.h"

#include "base/when.h"

#include "model/area.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/enrol.h"
#include "sync/swap.h"
#include "sync/take/internal.h"
#include "sync/trust/internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { COUNTY, TOWN, NEXT_TOWN, VILLAGE, NEXT_VILLAGE, FAR_VILLAGE, PLACES, FACTS = 4000 };

static const struct {
	const char *name;
	uint64_t area;
	int up;
} places[PLACES] = {
	{"county", 410882000000, -1},
	{"town", 410882103000, COUNTY},
	{"nexttown", 410882104000, COUNTY},
	{"village", 410882103205, TOWN},
	{"nextvillage", 410882103206, TOWN},
	{"farvillage", 410882104201, NEXT_TOWN},
};

struct county {
	struct store *at[PLACES];
	struct road up[PLACES];
};

static int begin(void **state)
{
	struct county *county = calloc(1, sizeof *county);

	for (int i = 0; i < PLACES; i++) {
		county->at[i] = world_station(places[i].name, places[i].area);
		if (places[i].up < 0)
			continue;
		world_join(county->at[i], county->at[places[i].up], places[i].name, places[i].area);
		county->up[i] = (struct road){.hub = county->at[places[i].up], .seed = 1};
	}
	*state = county;
	return 0;
}

static int end(void **state)
{
	struct county *county = *state;

	for (int i = 0; i < PLACES; i++)
		world_end(county->at[i]);
	free(county);
	return 0;
}

static void all_swap(struct county *county)
{
	struct sync_result result;

	for (int round = 0; round < 3; round++)
		for (int i = PLACES - 1; i > 0; i--)
			assert_true(world_sync(county->at[i], &county->up[i], 3, &result));
}

static bool has(struct store *store, struct ref ref, enum fact_state *state)
{
	struct arena arena = {0};
	struct fact fact = {0};
	bool found = log_fact(store_log(store), ref.site, ref.seq, &arena, &fact);

	if (state)
		*state = fact.state;
	arena_release(&arena);
	return found;
}

static bool write_at(struct store *store, unsigned kind, uint64_t area, struct ref *ref)
{
	const struct field *field = kind_of(kind)->fields;
	struct op op = {.kind = kind, .area = area};
	struct value value = value_text("一");
	struct buf body = {0};
	struct fault fault;
	enum rc rc;

	while (field->tag && field->type != T_TEXT && field->type != T_LONG)
		field++;
	if (!field->tag)
		field = kind_of(kind)->fields;
	put_field(&body, field->tag, &value);
	op.body = buf_bytes(&body);
	rc = store_write(store, &op, &fault);
	buf_release(&body);
	*ref = (struct ref){op.site, op.seq};
	assert_true(rc == RC_OK || rc == RC_DENIED);
	return rc == RC_OK;
}

static void every_level_place_and_kind(void **state)
{
	struct county *county = *state;
	static struct {
		struct ref ref;
		unsigned kind;
		int by, where;
	} wrote[FACTS];
	size_t count = 0;

	for (unsigned k = 0; k < kinds_count; k++)
		for (int by = 0; by < PLACES; by++)
			for (int where = 0; where < PLACES; where++) {
				struct ref ref;
				bool may = area_within(places[where].area, places[by].area);
				/* Trust has rules of its own. */
				if (kinds[k].id == KIND_grant || kinds[k].id == KIND_revocation)
					continue;
				assert_int_equal(write_at(county->at[by], kinds[k].id,
							 places[where].area, &ref),
					may);
				if (!may)
					continue;
				assert_true(count < FACTS);
				wrote[count].ref = ref;
				wrote[count].kind = kinds[k].id;
				wrote[count].by = by;
				wrote[count++].where = where;
			}
	all_swap(county);
	for (size_t i = 0; i < count; i++)
		for (int reader = 0; reader < PLACES; reader++) {
			uint64_t own = places[reader].area, area = places[wrote[i].where].area;
			bool up_only = kind_of(wrote[i].kind)->flags & K_UP_ONLY;
			bool may = area_within(area, own) ||
				   area_within(places[wrote[i].by].area, own) ||
				   (area_within(own, area) && !up_only);
			if (has(county->at[reader], wrote[i].ref, NULL) != may)
				fail_msg("%s %s a %s that %s wrote for %s", places[reader].name,
					may ? "lacks" : "has", kind_of(wrote[i].kind)->name,
					places[wrote[i].by].name, places[wrote[i].where].name);
		}
	assert_true(count > 500);
}

/* ---- what a village must not send */

static struct buf raw;

static struct fact forge(
	uint64_t site, uint32_t seq, struct ref rec, uint64_t area, unsigned kind, unsigned step)
{
	struct op op = {.site = site,
		.seq = seq,
		.rec_site = rec.site,
		.rec_seq = rec.seq,
		.area = area,
		.kind = kind,
		.step = step,
		.stamp = UINT64_C(1784000000) * STAMP_TICK + seq};
	struct value value = value_text("假");
	struct buf body = {0};

	if (!rec.site) {
		op.rec_site = site;
		op.rec_seq = seq;
	} else {
		op.seen = op.stamp - 1;
	}
	put_field(&body,
		step                  ? (unsigned)ARG_TEXT
		: kind == KIND_hazard ? (unsigned)hazard_place
				      : 3u,
		&value);
	op.body = buf_bytes(&body);
	buf_clear(&raw);
	op_put(&raw, &op);
	buf_release(&body);
	return (struct fact){.site = site, .seq = seq, .raw = buf_bytes(&raw)};
}

/* The village's own keys say it: sealed well, the content is what it likes. */
static void send(struct county *county, struct fact *fact)
{
	struct store *village = county->at[VILLAGE];
	struct message ask = {.type = MESSAGE_ASK, .full = true, .facts = fact, .fact_count = 1};
	struct buf frame = {0}, answer = {0};
	struct peer peer;
	struct fault fault;

	assert_int_equal(peer_load(village, &peer, &fault), RC_OK);
	ask.number = peer.question += 1;
	assert_int_equal(peer_save(village, &peer, &fault), RC_OK);
	assert_int_equal(
		frame_close(village, &peer.site, &ask, CLOSE_PLAIN, &frame, &fault), RC_OK);
	struct bytes asks[1] = {buf_bytes(&frame)};
	assert_int_equal(hub_answer(county->at[TOWN], asks, &answer, 1, &fault), RC_OK);
	assert_true(answer.len > 0);
	buf_release(&frame);
	buf_release(&answer);
}

static uint64_t site_at(struct county *county, int place)
{
	return store_station(county->at[place])->site;
}

static void nobody_writes_as_another(void **state)
{
	struct county *county = *state;
	static const int others[] = {NEXT_VILLAGE, TOWN, COUNTY};
	struct ref none = {0, 0};

	for (unsigned i = 0; i < countof(others); i++) {
		uint64_t site = site_at(county, others[i]);
		struct fact fact =
			forge(site, 80 * 8 + LANE_LOOP, none, places[VILLAGE].area, KIND_hazard, 0);
		send(county, &fact);
		assert_false(has(county->at[TOWN], (struct ref){fact.site, fact.seq}, NULL));
	}
	assert_int_equal(world_count(county->at[TOWN], KIND_hazard), 0);
}

static void what_lies_outside_is_refused_kept_and_passed_on(void **state)
{
	struct county *county = *state;
	uint64_t own = site_at(county, VILLAGE);
	struct ref none = {0, 0}, ref;
	enum fact_state at;

	for (int where = 0; where < PLACES; where++) {
		uint32_t seq = (uint32_t)(1 + where) * 8 + LANE_LOOP;
		struct fact fact = forge(own, seq, none, places[where].area, KIND_hazard, 0);
		ref = (struct ref){own, seq};
		send(county, &fact);
		assert_true(has(county->at[TOWN], ref, &at));
		assert_int_equal(at, where == VILLAGE ? FACT_GOOD : FACT_REFUSED);
	}
	assert_int_equal(world_count(county->at[TOWN], KIND_hazard), 1);
	/* No hole in the numbers: all of it goes up, and is refused there again. */
	struct sync_result result;
	assert_true(world_sync(county->at[TOWN], &county->up[TOWN], 3, &result));
	for (int where = 0; where < PLACES; where++) {
		ref.seq = (uint32_t)(1 + where) * 8 + LANE_LOOP;
		assert_true(has(county->at[COUNTY], ref, &at));
		assert_int_equal(at, where == VILLAGE ? FACT_GOOD : FACT_REFUSED);
	}
	assert_int_equal(log_author(store_log(county->at[COUNTY]), own, LANE_LOOP), PLACES);
	assert_int_equal(world_count(county->at[COUNTY], KIND_hazard), 1);
	assert_true(world_sync(county->at[NEXT_VILLAGE], &county->up[NEXT_VILLAGE], 3, &result));
	assert_true(world_sync(county->at[NEXT_TOWN], &county->up[NEXT_TOWN], 3, &result));
	for (ref.seq = 8 + LANE_LOOP; ref.seq < PLACES * 8; ref.seq += 8) {
		assert_false(has(county->at[NEXT_VILLAGE], ref, NULL));
		assert_false(has(county->at[NEXT_TOWN], ref, NULL));
	}
}

static void steps_on_records_of_others_have_no_effect(void **state)
{
	struct county *county = *state;
	struct sync_result result;
	struct ref theirs = world_hazard(county->at[NEXT_VILLAGE], 0, "邻村"),
		   upper = world_hazard(county->at[TOWN], 0, "镇上"), later;
	uint64_t own = site_at(county, VILLAGE);
	uint64_t digest;

	assert_true(world_sync(county->at[NEXT_VILLAGE], &county->up[NEXT_VILLAGE], 3, &result));
	digest = world_digest(county->at[TOWN], places[TOWN].area);
	struct fact fact = forge(own, 8 + LANE_LOOP, theirs, 0, KIND_hazard, hazard_do_untrue);
	send(county, &fact);
	fact = forge(own, 16 + LANE_LOOP, upper, 0, KIND_hazard, hazard_do_untrue);
	send(county, &fact);
	/* By a site that nobody knows, on a record that is here. */
	fact = forge(0x1234567, 8 + LANE_LOOP, theirs, 0, KIND_hazard, hazard_do_untrue);
	send(county, &fact);
	assert_false(has(county->at[TOWN], (struct ref){0x1234567, 8 + LANE_LOOP}, NULL));
	assert_true(world_digest(county->at[TOWN], places[TOWN].area) == digest);
	/* And on one that comes later. */
	later = world_hazard(county->at[NEXT_VILLAGE], 0, "后来");
	fact = forge(0x7654321, 8 + LANE_LOOP, later, 0, KIND_hazard, hazard_do_untrue);
	send(county, &fact);
	assert_true(world_sync(county->at[NEXT_VILLAGE], &county->up[NEXT_VILLAGE], 3, &result));
	assert_true(world_digest(county->at[TOWN], places[NEXT_VILLAGE].area) ==
		    world_digest(county->at[NEXT_VILLAGE], places[NEXT_VILLAGE].area));
}

static void unknown_sites_have_no_effect_until_granted(void **state)
{
	struct county *county = *state;
	struct ref none = {0, 0}, ref = {0x1111111, 8 + LANE_LOOP};
	enum fact_state at;

	struct fact fact =
		forge(ref.site, ref.seq, none, places[NEXT_VILLAGE].area, KIND_hazard, 0);
	send(county, &fact);
	assert_false(has(county->at[TOWN], ref, NULL));
	fact = forge(ref.site, ref.seq, none, places[VILLAGE].area, KIND_hazard, 0);
	send(county, &fact);
	assert_true(has(county->at[TOWN], ref, &at));
	assert_int_equal(at, FACT_UNPROVEN);
	assert_int_equal(world_count(county->at[TOWN], KIND_hazard), 0);
}

static void unsigned_warnings_alarm_nobody(void **state)
{
	struct county *county = *state;
	uint64_t own = site_at(county, VILLAGE);
	struct ref none = {0, 0};
	enum fact_state at;

	struct fact fact = forge(own, 88 + LANE_ALARM, none, places[VILLAGE].area, KIND_warning, 0);
	send(county, &fact);
	assert_true(has(county->at[TOWN], (struct ref){own, 88 + LANE_ALARM}, &at));
	assert_int_equal(at, FACT_UNPROVEN);
	uint8_t sig[SIGN_SIZE] = {1};
	fact = forge(own, 96 + LANE_ALARM, none, places[VILLAGE].area, KIND_warning, 0);
	fact.sig = bytes_of(sig, sizeof sig);
	send(county, &fact);
	assert_true(has(county->at[TOWN], (struct ref){own, 96 + LANE_ALARM}, &at));
	assert_int_equal(at, FACT_UNPROVEN);
	assert_int_equal(world_count(county->at[TOWN], KIND_warning), 0);
}

static void nobody_makes_itself_more(void **state)
{
	struct county *county = *state;
	struct site self, after;
	struct fault fault;

	assert_true(log_site(store_log(county->at[VILLAGE]), site_at(county, VILLAGE), &self));
	self.area = places[TOWN].area;
	self.level = LEVEL_TOWNSHIP;
	/* Its own store lets it write neither beyond its area... */
	assert_int_equal(grant_write(county->at[VILLAGE], &self, &fault), RC_DENIED);
	/* ...nor for its own area; and a program that writes that all the same stays where it is.
	 */
	self.area = places[VILLAGE].area;
	snprintf(self.name, sizeof self.name, "冒名");
	assert_int_equal(grant_write(county->at[VILLAGE], &self, &fault), RC_DENIED);
	world_claims(county->at[VILLAGE], &self, self.area);
	struct sync_result result;
	assert_true(world_sync(county->at[VILLAGE], &county->up[VILLAGE], 3, &result));
	assert_true(log_site(store_log(county->at[TOWN]), self.site, &after));
	assert_true(after.area == places[VILLAGE].area);
	assert_string_equal(after.name, "village");
	/* Nor does it revoke its neighbour. */
	assert_int_equal(
		enrol_revoke(county->at[VILLAGE], site_at(county, NEXT_VILLAGE), "假", &fault),
		RC_NONE);
	assert_true(log_site(store_log(county->at[TOWN]), site_at(county, NEXT_VILLAGE), &after));
	assert_false(after.revoked);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_level_place_and_kind, begin, end),
		cmocka_unit_test_setup_teardown(nobody_writes_as_another, begin, end),
		cmocka_unit_test_setup_teardown(
			what_lies_outside_is_refused_kept_and_passed_on, begin, end),
		cmocka_unit_test_setup_teardown(
			steps_on_records_of_others_have_no_effect, begin, end),
		cmocka_unit_test_setup_teardown(
			unknown_sites_have_no_effect_until_granted, begin, end),
		cmocka_unit_test_setup_teardown(unsigned_warnings_alarm_nobody, begin, end),
		cmocka_unit_test_setup_teardown(nobody_makes_itself_more, begin, end),
	};
	int bad = cmocka_run_group_tests(tests, NULL, NULL);

	buf_release(&raw);
	return bad;
}
