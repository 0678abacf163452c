/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writing and taking facts: what is filled in, what is refused, what a batch shows, clocks,
 * signatures.
 */
#include "store_help.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/when.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/rows/internal.h"
#include "store/station.h"

static void a_hazard_lives(void **state)
{
	char home[HELP_HOME], number[32];
	(void)state;
	help_home(home);
	struct store *store = help_station(home, VILLAGE, "WZ");
	struct ref ref = help_add(store, "hazard", "category=H0101;place=后山;text=落石;grade=M");
	store_number(store, ref, number);
	assert_string_equal(number, "WZ-8");
	assert_string_equal(help_field(store, ref, "place"), "后山");
	help_edit(store, ref, "place=后山坡");
	help_step(store, ref, "assign", "track=owner;owner=张三;owner_due=2026-12-01");
	store_close(store);
	store = help_open(home);
	assert_string_equal(help_field(store, ref, "place"), "后山坡");
	assert_string_equal(help_field(store, ref, "owner"), "张三");
	assert_string_equal(help_state(store, ref), "assigned");
	store_close(store);
	help_remove(home);
}

static void outside_is_refused(void **state)
{
	char home[HELP_HOME];
	struct fault fault;
	(void)state;
	help_home(home);
	struct store *store = help_station(home, VILLAGE, "WZ");
	uint64_t last = log_last(store_log(store));
	const uint64_t areas[] = {VILLAGE_2, TOWN, COUNTY};
	for (size_t i = 0; i < countof(areas); i++) {
		struct op op = {.kind = KIND_hazard, .area = areas[i]};
		assert_int_equal(store_write(store, &op, &fault), RC_DENIED);
		assert_true(fault.text[0]);
	}
	struct op op = {.kind = 9999};
	assert_int_equal(store_write(store, &op, &fault), RC_BAD);
	op = (struct op){.kind = KIND_hazard, .rec_site = 5, .rec_seq = 18, .step = 1};
	assert_int_equal(store_write(store, &op, &fault), RC_NONE);
	uint8_t broken[] = {0xff, 0xff};
	op = (struct op){.kind = KIND_hazard, .body = bytes_of(broken, 2)};
	assert_int_equal(store_write(store, &op, &fault), RC_BAD);
	assert_int_equal(log_last(store_log(store)), last);
	/* A refusal inside a batch leaves the rest of the batch alone. */
	assert_int_equal(store_begin(store, &fault), RC_OK);
	struct ref ref = help_add(store, "hazard", "category=H0101;place=a;text=b;grade=G");
	op = (struct op){.kind = KIND_hazard, .area = TOWN};
	assert_int_equal(store_write(store, &op, &fault), RC_DENIED);
	assert_int_equal(store_commit(store, &fault), RC_OK);
	assert_string_equal(help_field(store, ref, "place"), "a");
	store_close(store);
	help_remove(home);
}

static void undo_leaves_nothing(void **state)
{
	char home[HELP_HOME];
	struct fault fault;
	unsigned count;
	struct query query = query_all(KIND_supply);
	(void)state;
	help_home(home);
	struct store *store = help_station(home, VILLAGE, "WZ");
	assert_int_equal(store_begin(store, &fault), RC_OK);
	help_add(store, "supply", "name=水泵");
	/* Rows show what the batch wrote before it is committed. */
	assert_int_equal(store_count(store, &query, &count, &fault), RC_OK);
	assert_int_equal(count, 1);
	store_undo(store);
	assert_int_equal(store_count(store, &query, &count, &fault), RC_OK);
	assert_int_equal(count, 0);
	assert_int_not_equal(store_commit(store, &fault), RC_OK);
	/* The number is used again: nobody has seen it. */
	assert_int_equal(help_add(store, "supply", "name=水泵").seq, 12);
	store_close(store);
	help_remove(home);
}

static void clocks_are_bounded(void **state)
{
	char home[HELP_HOME], other_home[HELP_HOME];
	struct arena arena = {0};
	struct record record;
	struct history history;
	struct fault fault;
	(void)state;
	help_home(home);
	help_home(other_home);
	struct store *store = help_station(home, VILLAGE, "WZ");
	struct store *other = help_station(other_home, TOWN, "BX");
	help_introduce(store, other);
	when_skip(10 * 86400);
	struct ref ahead =
		help_add_in(other, "hazard", VILLAGE, "category=H0101;place=a;text=b;grade=G");
	when_skip(-10 * 86400);
	help_carry(store, other);
	int64_t now = when_now();
	struct ref own = help_add(store, "supply", "name=x");
	assert_int_equal(store_record(store, own, &arena, &record, &history, &fault), RC_OK);
	assert_in_range(stamp_seconds(record.stamp), (uint64_t)now, (uint64_t)now + 5);
	/* But who edits that record has seen it, and wins. */
	help_edit(store, ahead, "place=c");
	assert_string_equal(help_field(store, ahead, "place"), "c");
	assert_int_equal(store_record(store, ahead, &arena, &record, &history, &fault), RC_OK);
	assert_int_equal(history.count, 2);
	assert_true(history.ops[1].seen == history.ops[0].stamp);
	assert_true(record.conflicts == 0);
	arena_release(&arena);
	store_close(store);
	store_close(other);
	help_remove(home);
	help_remove(other_home);
}

static void signed_kinds_are_signed(void **state)
{
	char home[HELP_HOME];
	struct arena arena = {0};
	struct fact fact;
	(void)state;
	help_home(home);
	struct store *store = help_station(home, TOWN, "BX");
	struct ref warning = help_add(store, "warning", "event=11B03;severity=red;headline=暴雨");
	struct ref supply = help_add(store, "supply", "name=x");
	assert_true(log_fact(store_log(store), warning.site, warning.seq, &arena, &fact));
	assert_int_equal(fact.sig.len, SIGN_SIZE);
	assert_true(crypt_signed(store_keys(store)->sign_public, fact.raw, fact.sig.at));
	assert_int_equal(fact.seq & 7, LANE_ALARM);
	assert_true(log_fact(store_log(store), supply.site, supply.seq, &arena, &fact));
	assert_int_equal(fact.sig.len, 0);
	arena_release(&arena);
	store_close(store);
	help_remove(home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_hazard_lives),
		cmocka_unit_test(outside_is_refused),
		cmocka_unit_test(undo_leaves_nothing),
		cmocka_unit_test(clocks_are_bounded),
		cmocka_unit_test(signed_kinds_are_signed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
