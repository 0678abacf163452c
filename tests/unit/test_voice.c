/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was read out over the radio is one record with what comes by the network, goes nowhere, and
 * gives way to its author's own fact.
 */
#include "store_help.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "model/kinds.h"
#include "store/identity.h"
#include "store/peer.h"
#include "store/station.h"

static struct store *village, *town, *county;
static struct arena arena;

static int start(void **state)
{
	(void)state;
	struct store *levels[HELP_LEVELS];
	help_levels(levels);
	village = levels[HELP_VILLAGE];
	town = levels[HELP_TOWN];
	county = levels[HELP_COUNTY];
	help_introduce(village, county);
	help_introduce(village, town);
	help_introduce(town, village);
	help_introduce(town, county);
	help_introduce(county, town);
	return 0;
}

static int stop(void **state)
{
	arena_release(&arena);
	return help_levels_stop(state);
}

static struct fact fact_of(struct store *store, struct ref ref)
{
	struct fact fact;
	assert_true(log_fact(store_log(store), ref.site, ref.seq, &arena, &fact));
	return fact;
}

static enum rc hear(struct store *store, struct bytes raw, bool *fresh)
{
	struct fault fault = {0};
	struct op op;
	assert_true(op_take(raw, &op));
	assert_int_equal(store_begin(store, &fault), RC_OK);
	enum rc rc = voice_put(store_log(store), &op, raw, 0, fresh, &fault);
	if (rc)
		store_undo(store);
	else
		assert_int_equal(store_commit(store, &fault), RC_OK);
	return rc;
}

static void heard(struct store *store, struct bytes raw)
{
	bool fresh;
	assert_int_equal(hear(store, raw, &fresh), RC_OK);
	assert_true(fresh);
}

/* The same but for its text: what nobody of that station ever wrote. */
static struct bytes forged(struct bytes raw, const struct field *field, const char *text)
{
	struct op op;
	struct buf body = {0}, out = {0};
	struct value value;
	unsigned tag;
	assert_true(op_take(raw, &op));
	for (struct bytes in = op.body; in.len && take_field(&in, &tag, &value);) {
		if (tag == field->tag)
			value = value_text(text);
		put_field(&body, tag, &value);
	}
	op.body = buf_bytes(&body);
	op_put(&out, &op);
	struct bytes made = arena_bytes(&arena, buf_bytes(&out));
	buf_release(&body);
	buf_release(&out);
	return made;
}

static enum voice_state state_seen;
static bool see(const struct voice *voice, void *to)
{
	(void)to;
	state_seen = voice->state;
	return true;
}

static enum voice_state newest(struct store *store)
{
	struct fault fault;
	assert_int_equal(voice_each(store_log(store), see, NULL, &fault), RC_OK);
	return state_seen;
}

static bool count(const struct fact *fact, void *to)
{
	*(unsigned *)to += fact->site == store_station(village)->site;
	return true;
}

/* Of what the village wrote: how much the town would send up, and says to hold. */
static unsigned goes_on(void)
{
	struct fault fault;
	unsigned n = 0;
	uint64_t seen;
	for (unsigned lane = 0; lane < LANES; lane++) {
		const struct facts_query down = {.lane = lane, .area = VILLAGE},
					 up = {.lane = lane};
		assert_int_equal(log_up(store_log(town), &up, count, &n, &seen, &fault), RC_OK);
		assert_int_equal(log_down(store_log(town), &down, count, &n, &seen, &fault), RC_OK);
		n += log_author(store_log(town), store_station(village)->site, lane);
	}
	return n;
}

static void sound(struct store *store)
{
	struct fault fault;
	struct check check;
	struct buf before = {0}, after = {0};
	help_dump(store, &before);
	assert_int_equal(store_check(store, false, &check, &fault), RC_OK);
	assert_int_equal(check.wrong_rows, 0);
	assert_int_equal(check.bad_facts, 0);
	assert_int_equal(store_rebuild(store, &fault), RC_OK);
	help_dump(store, &after);
	assert_true(bytes_equal(buf_bytes(&before), buf_bytes(&after)));
	buf_release(&before);
	buf_release(&after);
}

static void three_roads_make_one_record(void **state)
{
	struct ref ref = help_add(village, "hazard", "category=H0101;place=桥下;text=护岸冲空");
	struct bytes raw = fact_of(village, ref).raw;
	struct voice voice;
	struct buf once = {0}, twice = {0};
	bool fresh;
	(void)state;
	heard(town, raw);
	assert_string_equal(help_field(town, ref, "text"), "护岸冲空");
	assert_true(voice_of(store_log(town), ref, &voice));
	assert_int_equal(newest(town), VOICE_WAITS);
	assert_int_equal(goes_on(), 0);
	sound(town);
	help_dump(town, &once);
	assert_int_equal(hear(town, raw, &fresh), RC_OK);
	assert_false(fresh);
	help_carry(town, village);
	assert_false(voice_of(store_log(town), ref, &voice));
	assert_int_equal(newest(town), VOICE_PROVEN);
	help_dump(town, &twice);
	assert_true(bytes_equal(buf_bytes(&once), buf_bytes(&twice)));
	assert_true(goes_on() > 0);
	assert_int_equal(hear(town, raw, &fresh), RC_OK);
	assert_false(fresh);
	sound(town);
	buf_release(&once);
	buf_release(&twice);
}

static struct ref warn(void)
{
	return help_add(county, "warning", "event=11B03;severity=red;identifier=W;headline=暴雨");
}

static void take(struct store *store, const struct fact *fact, struct bytes sig)
{
	struct fault fault;
	bool fresh;
	assert_int_equal(store_take(store, fact->raw, sig, 1, &fresh, &fault), RC_OK);
	assert_true(fresh);
}

static void the_signed_warning_takes_its_place(void **state)
{
	struct ref ref = warn();
	struct fact fact = fact_of(county, ref);
	struct voice voice;
	char fields[80], number[32];
	(void)state;
	heard(village, fact.raw);
	assert_string_equal(help_state(village, ref), "active");
	store_id(ref, number);
	snprintf(fields, sizeof fields, "warning=%s;result=signed", number);
	struct ref receipt = help_add(village, "receipt", fields);
	assert_int_equal(fact_of(village, receipt).sig.len, SIGN_SIZE);
	assert_int_equal(fact_of(village, receipt).state, FACT_GOOD);
	take(village, &fact, fact.sig);
	assert_int_equal(fact_of(village, ref).state, FACT_GOOD);
	assert_false(voice_of(store_log(village), ref, &voice));
	assert_int_equal(newest(village), VOICE_PROVEN);
	sound(village);
}

/* Somebody with a radio was first: the county's own word is what stands, wherever it comes from. */
static void a_false_voice_keeps_nothing_out(void **state)
{
	struct ref ref = warn();
	struct fact fact = fact_of(county, ref);
	const struct field *headline = field_named(kind_of(KIND_warning), "headline");
	bool fresh;
	(void)state;
	heard(village, forged(fact.raw, headline, "假的"));
	assert_string_equal(help_field(village, ref, "headline"), "假的");
	assert_int_equal(hear(village, fact.raw, &fresh), RC_DENIED);
	struct op op;
	assert_true(op_take(fact.raw, &op));
	assert_int_equal(log_compare(store_log(village), &op, fact.raw), HELD_NOT);
	take(village, &fact, fact.sig);
	assert_string_equal(help_field(village, ref, "headline"), "暴雨");
	assert_int_equal(newest(village), VOICE_OTHER);
	assert_int_equal(hear(village, forged(fact.raw, headline, "假的"), &fresh), RC_DENIED);
	sound(village);
}

/* What carries no signature, where one is due, does not hide what was heard. */
static void an_unproven_copy_does_not_count(void **state)
{
	struct ref ref = warn();
	struct fact fact = fact_of(county, ref);
	struct voice voice;
	(void)state;
	heard(village, fact.raw);
	take(village, &fact, (struct bytes){0, 0});
	assert_int_equal(fact_of(village, ref).state, FACT_UNPROVEN);
	assert_string_equal(help_field(village, ref, "headline"), "暴雨");
	assert_true(voice_of(store_log(village), ref, &voice));
	assert_int_equal(newest(village), VOICE_WAITS);
	sound(village);
}

static void a_step_on_what_was_heard_counts(void **state)
{
	struct ref ref = help_add(village, "hazard", "category=H0101;place=桥下;text=护岸冲空");
	(void)state;
	heard(town, fact_of(village, ref).raw);
	help_edit(town, ref, "place=桥上");
	assert_string_equal(help_field(town, ref, "place"), "桥上");
	sound(town);
	help_carry(town, village);
	assert_string_equal(help_field(town, ref, "place"), "桥上");
	assert_string_equal(help_field(town, ref, "text"), "护岸冲空");
	sound(town);
}

static void a_step_that_was_heard_needs_its_record(void **state)
{
	struct ref ref = help_add(village, "hazard", "category=H0101;place=桥下;text=护岸冲空");
	struct bytes first = fact_of(village, ref).raw;
	bool fresh;
	(void)state;
	help_edit(village, ref, "place=桥上");
	struct bytes edit = fact_of(village, (struct ref){ref.site, ref.seq + 8}).raw;
	assert_int_equal(hear(town, edit, &fresh), RC_NONE);
	heard(town, first);
	heard(town, edit);
	assert_string_equal(help_field(town, ref, "place"), "桥上");
	sound(town);
	help_carry(town, village);
	assert_string_equal(help_field(town, ref, "place"), "桥上");
	sound(town);
}

/* Somebody said another place: what the county did on the record follows it to the true one. */
static void what_followed_goes_where_the_record_is(void **state)
{
	struct ref ref = help_add_in(town, "hazard", VILLAGE, "category=H0101;text=甲");
	struct fact fact = fact_of(town, ref);
	struct buf raw = {0};
	struct op op;
	(void)state;
	assert_true(op_take(fact.raw, &op));
	op.area = VILLAGE_2;
	op_put(&raw, &op);
	heard(county, buf_bytes(&raw));
	help_edit(county, ref, "place=桥上");
	struct ref edit = {store_station(county)->site, 8 + op_lane(&op)};
	assert_true(fact_of(county, edit).reach == 2 * VILLAGE_2);
	take(county, &fact, fact.sig);
	assert_true(fact_of(county, edit).reach == 2 * VILLAGE);
	assert_int_equal(fact_of(county, edit).state, FACT_GOOD);
	sound(county);
	buf_release(&raw);
}

/* Its colour is not known from what was said: the receipt is signed whatever was. */
static void yellow_that_was_said_for_red(void **state)
{
	struct ref ref = warn();
	struct fact fact = fact_of(county, ref);
	char fields[80], number[32];
	(void)state;
	heard(village, forged(fact.raw, field_named(kind_of(KIND_warning), "severity"), "yellow"));
	store_id(ref, number);
	snprintf(fields, sizeof fields, "warning=%s;result=signed", number);
	struct ref receipt = help_add(village, "receipt", fields);
	assert_int_equal(fact_of(village, receipt).sig.len, SIGN_SIZE);
	take(village, &fact, fact.sig);
	assert_int_equal(fact_of(village, receipt).state, FACT_GOOD);
	assert_string_equal(help_field(village, ref, "severity"), "red");
}

static void nobody_is_heard_for_another(void **state)
{
	struct ref ref = help_add(village, "hazard", "category=H0101;text=甲");
	struct ref person = help_add(village, "person", "name=王桂英");
	struct ref other = help_add(county, "hazard", "category=H0101;text=乙");
	struct bytes raw = fact_of(village, ref).raw;
	struct op op;
	struct buf away = {0}, dump = {0}, after = {0};
	bool fresh;
	(void)state;
	help_dump(town, &dump);
	/* By whom the county was never told of; outside of the author's area; of a station itself.
	 */
	assert_int_equal(hear(county, raw, &fresh), RC_DENIED);
	assert_true(op_take(raw, &op));
	op.area = VILLAGE_2;
	op_put(&away, &op);
	assert_int_equal(hear(town, buf_bytes(&away), &fresh), RC_DENIED);
	buf_clear(&away);
	op.area = VILLAGE;
	op.stamp += (uint64_t)3 * 86400 << 16; /* days ahead */
	op_put(&away, &op);
	assert_int_equal(hear(town, buf_bytes(&away), &fresh), RC_DENIED);
	assert_int_equal(hear(town, fact_of(village, person).raw, &fresh),
		kind_of(KIND_person)->flags & K_HIDDEN ? RC_DENIED : RC_OK);
	/* Its own number, which it never wrote. */
	buf_clear(&away);
	assert_true(op_take(fact_of(county, other).raw, &op));
	op.site = op.rec_site = store_station(county)->site;
	op.seq = op.rec_seq = op.seq + 800;
	op_put(&away, &op);
	assert_int_equal(hear(county, buf_bytes(&away), &fresh), RC_DENIED);
	help_dump(town, &after);
	if (kind_of(KIND_person)->flags & K_HIDDEN)
		assert_true(bytes_equal(buf_bytes(&dump), buf_bytes(&after)));
	buf_release(&away);
	buf_release(&dump);
	buf_release(&after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(three_roads_make_one_record, start, stop),
		cmocka_unit_test_setup_teardown(the_signed_warning_takes_its_place, start, stop),
		cmocka_unit_test_setup_teardown(a_false_voice_keeps_nothing_out, start, stop),
		cmocka_unit_test_setup_teardown(an_unproven_copy_does_not_count, start, stop),
		cmocka_unit_test_setup_teardown(a_step_on_what_was_heard_counts, start, stop),
		cmocka_unit_test_setup_teardown(
			a_step_that_was_heard_needs_its_record, start, stop),
		cmocka_unit_test_setup_teardown(
			what_followed_goes_where_the_record_is, start, stop),
		cmocka_unit_test_setup_teardown(yellow_that_was_said_for_red, start, stop),
		cmocka_unit_test_setup_teardown(nobody_is_heard_for_another, start, stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
