/* SPDX-License-Identifier: GPL-3.0-or-later
 * What becomes of facts that come from elsewhere: refused ones, ones with a wrong clock, values
 * that crossed and the decision about them, one warning by two roads.
 * Tests also: decide.c.
 */
#include "world.h"

#include "base/when.h"

#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/take/internal.h"
#include "work/change.h"
#include "work/agenda.h"
#include "work/receipt.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static int begin(void **state)
{
	*state = world_three(false);
	return 0;
}

static int end(void **state)
{
	world_three_end(*state);
	return 0;
}

static void village_syncs(struct three *w)
{
	assert_true(world_sync(w->village, &w->to_town, 4, &w->result));
}

static void all_sync(struct three *w)
{
	village_syncs(w);
	assert_true(world_sync(w->town, &w->to_county, 4, &w->result));
	village_syncs(w);
}

struct reason {
	char text[40];
	unsigned count;
};

static bool read_reason(const struct row *row, void *to)
{
	struct reason *reason = to;
	const struct value *value = row_value(row, refusal_reason);

	assert_non_null(value);
	snprintf(reason->text, sizeof reason->text, "%.*s", (int)value->text.len,
		(const char *)value->text.at);
	reason->count++;
	return true;
}

static struct reason reasons(struct store *store)
{
	struct query query = query_all(KIND_refusal);
	struct reason reason = {0};
	struct fault fault;

	assert_int_equal(store_each(store, &query, read_reason, &reason, &fault), RC_OK);
	return reason;
}

static bool reached(struct store *store, struct ref ref, uint64_t area, enum level level)
{
	struct holders holders;
	bool held[LEVELS] = {false};
	struct fault fault;

	assert_int_equal(holders_load(store, &holders, &fault), RC_OK);
	assert_int_equal(holders_reached(store, &holders, ref, area, held, &fault), RC_OK);
	return held[level];
}

/* Written under the provisional area, which the grant then did not give. */
static void what_is_refused_is_kept_and_told(void **state)
{
	struct three *w = *state;
	struct ref ref = world_hazard(w->village, village_area, "桥下");
	struct arena arena = {0};
	struct fact fact;

	world_join(w->village, w->town, "village", other_area);
	village_syncs(w);
	village_syncs(w);
	assert_int_equal(world_count(w->town, KIND_hazard), 0);
	assert_true(log_fact(store_log(w->town), ref.site, ref.seq, &arena, &fact));
	assert_int_equal(fact.state, FACT_REFUSED);
	struct reason told = reasons(w->village);
	assert_int_equal(told.count, 1);
	assert_string_equal(told.text, "area");
	assert_false(reached(w->village, ref, village_area, LEVEL_TOWNSHIP));
	/* Passed on all the same, so that the numbers have no hole; the county judges for itself.
	 */
	assert_true(world_sync(w->town, &w->to_county, 4, &w->result));
	assert_true(log_fact(store_log(w->county), ref.site, ref.seq, &arena, &fact));
	assert_int_equal(fact.state, FACT_REFUSED);
	arena_release(&arena);
}

static void put_step(struct store *store, struct ref of, struct buf *raw, struct op *op)
{
	struct value value = value_text("假");
	struct buf body = {0};

	*op = (struct op){.site = store_station(store)->site,
		.kind = KIND_hazard,
		.step = hazard_do_untrue,
		.rec_site = of.site,
		.rec_seq = of.seq,
		.stamp = (uint64_t)when_now() * STAMP_TICK};
	op->seq = (log_author(store_log(store), op->site, LANE_LOOP) + 1) * 8 + LANE_LOOP;
	op->seen = op->stamp - 1;
	put_field(&body, ARG_TEXT, &value);
	op->body = buf_bytes(&body);
	op_put(raw, op);
	buf_release(&body);
}

/* A step on the neighbour's record, which is not here yet: what becomes of it shows when that
 * comes. */
static void what_waited_and_is_refused_is_told(void **state)
{
	struct three *w = *state;
	struct store *next = world_station("next", other_area);
	struct road road = {.hub = w->town, .seed = 3};
	struct buf raw = {0};
	struct arena arena = {0};
	struct fact fact;
	struct fault fault;
	struct op op;
	bool fresh;

	world_join(w->village, w->town, "village", village_area);
	world_join(next, w->town, "next", other_area);
	struct ref theirs = world_hazard(next, 0, "邻村");
	put_step(w->village, theirs, &raw, &op);
	assert_int_equal(log_append(store_log(w->village), buf_bytes(&raw), bytes_text(""), 0,
				 &fresh, &fault),
		RC_OK);
	village_syncs(w);
	assert_true(log_fact(store_log(w->town), op.site, op.seq, &arena, &fact));
	assert_int_equal(fact.state, FACT_WAITS);
	assert_int_equal(reasons(w->village).count, 0);
	assert_true(world_sync(next, &road, 4, &w->result));
	assert_true(log_fact(store_log(w->town), op.site, op.seq, &arena, &fact));
	assert_int_equal(fact.state, FACT_REFUSED);
	village_syncs(w);
	struct reason told = reasons(w->village);
	assert_int_equal(told.count, 1);
	assert_string_equal(told.text, "area");
	assert_int_equal(store_refused(w->village), 1);
	assert_int_equal(reasons(next).count, 0);
	buf_release(&raw);
	arena_release(&arena);
	world_end(next);
}

/* The neighbour's facts by the wrong hand: not taken, counted, and said once a day. */
static void what_is_not_its_to_carry_is_said(void **state)
{
	struct three *w = *state;
	struct store *next = world_station("next", other_area);
	struct arena arena = {0};
	struct fact facts[2];
	struct op ops[2];
	struct site village;
	struct taken taken;
	struct fault fault;

	world_join(w->village, w->town, "village", village_area);
	world_join(next, w->town, "next", other_area);
	for (int i = 0; i < 2; i++) {
		struct ref ref = world_hazard(next, 0, "邻村");
		assert_true(log_fact(store_log(next), ref.site, ref.seq, &arena, &facts[i]));
		assert_true(op_take(facts[i].raw, &ops[i]));
	}
	struct message message = {.facts = facts, .ops = ops, .fact_count = 2};
	assert_true(log_site(store_log(w->town), store_station(w->village)->site, &village));
	for (int i = 0; i < 2; i++) {
		assert_int_equal(store_begin(w->town, &fault), RC_OK);
		assert_int_equal(
			facts_take(w->town, &village, &message, true, &taken, &fault), RC_OK);
		assert_int_equal(store_commit(w->town, &fault), RC_OK);
		assert_int_equal(taken.left, 2);
		assert_int_equal(taken.fresh, 0);
	}
	assert_int_equal(world_count(w->town, KIND_hazard), 0);
	assert_int_equal(hub_left(w->town, village.site), 4);
	village_syncs(w);
	struct reason told = reasons(w->village);
	assert_int_equal(told.count, 1);
	assert_string_equal(told.text, "carrier");
	assert_int_equal(store_refused(w->village), 0); /* nothing of its own */
	arena_release(&arena);
	world_end(next);
}

static void a_clock_that_runs_ahead_is_marked_and_held(void **state)
{
	struct three *w = *state;
	struct fault fault;

	world_join(w->village, w->town, "village", village_area);
	assert_int_equal(store_offset_set(w->village, 3 * 86400, &fault), RC_OK);
	struct ref ref = world_hazard(w->village, 0, "桥下");
	village_syncs(w);
	assert_int_equal(world_count(w->town, KIND_hazard), 1);
	village_syncs(w);
	struct reason told = reasons(w->village);
	assert_int_equal(told.count, 1);
	assert_string_equal(told.text, "clock");
	assert_true(reached(w->village, ref, village_area, LEVEL_TOWNSHIP));
	/* The township's own clock is not dragged along. */
	struct ref own = world_hazard(w->town, 0, "沟口");
	struct arena arena = {0};
	struct record record;
	struct history history;
	assert_int_equal(store_record(w->town, own, &arena, &record, &history, &fault), RC_OK);
	assert_true(stamp_seconds(record.stamp) < when_now() + 86400);
	arena_release(&arena);
}

static unsigned conflicts(struct store *store, struct ref ref, unsigned tag, const char *value)
{
	struct arena arena = {0};
	struct record record;
	struct history history;
	struct fault fault;

	assert_int_equal(store_record(store, ref, &arena, &record, &history, &fault), RC_OK);
	unsigned count = record.conflicts;
	if (value)
		assert_true(bytes_equal(record_text(&record, tag), bytes_text(value)));
	arena_release(&arena);
	return count;
}

static enum rc decide(struct store *store, struct ref ref, const char *field, const char *kept)
{
	struct actor actor = {.store = store};
	struct change change;
	struct ref made;
	struct fault fault;
	const char *why;

	change_new(&change, &actor, kind_of(KIND_decision), ref);
	assert_true(change_set(&change, "field", field, &why));
	assert_true(change_set(&change, "kept", kept, &why));
	enum rc rc = change_commit(&change, &made, &fault);
	change_release(&change);
	return rc;
}

static void a_decision_ends_a_conflict_everywhere(void **state)
{
	struct three *w = *state;

	world_join(w->village, w->town, "village", village_area);
	struct ref ref = world_hazard(w->village, 0, "桥下");
	all_sync(w);
	world_step(w->village, ref, 0, "村委会"); /* the owner, offline at both */
	when_skip(60);
	world_step(w->town, ref, 0, "镇水利站");
	all_sync(w);
	assert_int_equal(conflicts(w->village, ref, hazard_owner, "镇水利站"), 1);
	assert_int_equal(conflicts(w->county, ref, hazard_owner, "镇水利站"), 1);
	assert_int_equal(decide(w->town, ref, "nothing", "x"), RC_BAD);
	assert_int_equal(decide(w->town, ref, "state", "closed"), RC_BAD);
	assert_int_equal(decide(w->town, (struct ref){1, 9}, "owner", "x"), RC_NONE);
	assert_int_equal(world_count(w->town, KIND_decision), 0); /* nor half of it */
	assert_int_equal(decide(w->town, ref, "owner", "村委会"), RC_OK);
	all_sync(w);
	assert_int_equal(conflicts(w->village, ref, hazard_owner, "村委会"), 0);
	assert_int_equal(conflicts(w->town, ref, hazard_owner, "村委会"), 0);
	assert_int_equal(conflicts(w->county, ref, hazard_owner, "村委会"), 0);
	assert_int_equal(world_count(w->village, KIND_decision), 1);
	assert_true(world_digest(w->village, village_area) == world_digest(w->town, village_area));
}

static struct ref warn(struct store *store, const char *identifier, const char *proof)
{
	struct op op = {.kind = KIND_warning};
	struct buf body = {0};
	struct value id = value_text(identifier), how = value_text(proof),
		     line = value_text("暴雨橙色");
	struct fault fault;

	put_field(&body, warning_identifier, &id);
	put_field(&body, warning_headline, &line);
	if (*proof)
		put_field(&body, warning_proof, &how);
	op.body = buf_bytes(&body);
	if (store_write(store, &op, &fault))
		fail_msg("%s", fault.text);
	buf_release(&body);
	return (struct ref){op.rec_site, op.rec_seq};
}

static void one_warning_by_two_roads(void **state)
{
	struct three *w = *state;
	struct ref typed, signed_one, shown;

	world_join(w->village, w->town, "village", village_area);
	typed = warn(w->village, "41088241600000_20260714", "hand");
	signed_one = warn(w->county, "41088241600000_20260714", "");
	all_sync(w);
	all_sync(w);
	shown = warning_shown(w->village, typed);
	assert_true(shown.site == signed_one.site && shown.seq == signed_one.seq);
	shown = warning_shown(w->county, typed);
	assert_true(shown.site == signed_one.site && shown.seq == signed_one.seq);
	shown = warning_shown(w->town, signed_one);
	assert_true(shown.site == signed_one.site && shown.seq == signed_one.seq);
	/* A receipt for the typed copy counts for the proven one. */
	struct op op = {.kind = KIND_receipt};
	struct buf body = {0}, bytes = {0};
	struct value value = {WIRE_BYTES, 0, {0, 0}};
	struct fault fault;
	ref_put(&bytes, typed);
	value.text = buf_bytes(&bytes);
	put_field(&body, receipt_warning, &value);
	op.body = buf_bytes(&body);
	assert_int_equal(store_write(w->village, &op, &fault), RC_OK);
	assert_true(warning_signed(w->village, signed_one));
	buf_release(&body);
	buf_release(&bytes);
}

/* The township knows its village (a folder that was brought), the county does not yet: what it
 * wrote waits there, nobody refuses it, and once the grant has come the county holds it like the
 * rest. */
static void what_came_before_its_grant_waits_for_it(void **state)
{
	struct three *w = *state;
	const struct station *own = store_station(w->village);
	struct site village = {.site = own->site, .area = village_area, .level = LEVEL_VILLAGE};
	struct ref one = world_hazard(w->village, 0, "入网之前"), two;
	struct arena arena = {0};
	struct fact fact;
	struct fault fault = {0};
	bool fresh;

	memcpy(village.sign_public, store_keys(w->village)->sign_public, SIGN_PUBLIC);
	snprintf(village.name, sizeof village.name, "%s", own->name);
	assert_int_equal(log_site_set(store_log(w->town), &village, &fault), RC_OK);
	assert_true(log_fact(store_log(w->village), one.site, one.seq, &arena, &fact));
	assert_int_equal(store_take(w->town, fact.raw, fact.sig, 0, &fresh, &fault), RC_OK);
	assert_true(world_sync(w->town, &w->to_county, 4, &w->result));
	assert_int_equal(reasons(w->county).count, 0);
	world_join(w->village, w->town, "village", village_area);
	two = world_hazard(w->village, 0, "入网之后");
	all_sync(w);
	all_sync(w);
	assert_int_equal(reasons(w->county).count, 0);
	assert_int_equal(reasons(w->town).count, 0);
	assert_int_equal(reasons(w->village).count, 0);
	assert_int_equal(world_count(w->county, KIND_hazard), 2);
	assert_true(
		world_digest(w->county, village_area) == world_digest(w->village, village_area));
	assert_true(reached(w->village, one, village_area, LEVEL_COUNTY));
	assert_true(reached(w->village, two, village_area, LEVEL_COUNTY));
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_refused_is_kept_and_told, begin, end),
		cmocka_unit_test_setup_teardown(what_waited_and_is_refused_is_told, begin, end),
		cmocka_unit_test_setup_teardown(what_is_not_its_to_carry_is_said, begin, end),
		cmocka_unit_test_setup_teardown(
			a_clock_that_runs_ahead_is_marked_and_held, begin, end),
		cmocka_unit_test_setup_teardown(a_decision_ends_a_conflict_everywhere, begin, end),
		cmocka_unit_test_setup_teardown(one_warning_by_two_roads, begin, end),
		cmocka_unit_test_setup_teardown(
			what_came_before_its_grant_waits_for_it, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
