/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which receipts are signed, and what becomes of one whose signature is missing: before and after
 * its warning is here. And where the county wants it, everything is signed.
 * Covers: M93
 * Tests also: validate.c
 */
#include "store_help.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "model/kinds.h"
#include "model/rules.h"
#include "store/identity.h"
#include "store/rows/internal.h"

static struct store *village, *town, *county;

static int start(void **state)
{
	(void)state;
	struct store *levels[HELP_LEVELS];
	help_levels(levels);
	village = levels[HELP_VILLAGE];
	town = levels[HELP_TOWN];
	county = levels[HELP_COUNTY];
	help_introduce(village, county);
	help_introduce(county, village);
	help_introduce(county, town);
	return 0;
}

static struct ref warn(struct store *store, const char *fields)
{
	char text[200];
	snprintf(text, sizeof(text), "event=11B03;identifier=W;headline=暴雨%s", fields);
	return help_add(store, "warning", text);
}

static struct ref sign(struct store *store, struct ref warning)
{
	char fields[80], number[32];
	store_id(warning, number);
	snprintf(fields, sizeof(fields), "warning=%s;result=signed", number);
	return help_add(store, "receipt", fields);
}

static struct fact fact_of(struct store *store, uint64_t site, uint32_t seq, struct arena *arena)
{
	struct fact fact;
	assert_true(log_fact(store_log(store), site, seq, arena, &fact));
	return fact;
}

static bool is_signed(struct store *store, struct ref ref)
{
	struct arena arena = {0};
	bool is = fact_of(store, ref.site, ref.seq, &arena).sig.len == SIGN_SIZE;
	arena_release(&arena);
	return is;
}

/* A line of the log needs no signature; one that is there is looked at. */
static void all_where_the_county_wants_it(void **state)
{
	struct arena arena = {0};
	struct fault fault;
	bool fresh;
	(void)state;
	struct ref before = help_add(village, "duty", "type=in;text=来电");
	assert_false(is_signed(village, before));
	assert_int_equal(
		rules_load(rules_now(), "county.conf", bytes_text("limit sign.all 1\n"), &fault),
		RC_OK);
	struct ref line = help_add(village, "duty", "type=in;text=来电二");
	assert_true(is_signed(village, line));
	struct fact fact = fact_of(village, line.site, line.seq, &arena);
	((uint8_t *)fact.raw.at)[fact.raw.len - 1] ^= 1; /* somebody in between */
	assert_int_equal(store_take(county, fact.raw, fact.sig, 7, &fresh, &fault), RC_OK);
	assert_int_equal(fact_of(county, line.site, line.seq, &arena).state, FACT_UNPROVEN);
	assert_int_equal(
		rules_load(rules_now(), "county.conf", bytes_text("limit sign.all 0\n"), &fault),
		RC_OK);
	arena_release(&arena);
}

static void by_the_colour_it_was_issued_with(void **state)
{
	static const struct {
		const char *fields;
		bool is;
	} cases[] = {{";severity=red", true}, {";severity=orange", true},
		{";severity=yellow", false}, {";severity=blue", false},
		{";severity=unknown", false}, {"", false}};
	(void)state;
	for (unsigned i = 0; i < countof(cases); i++) {
		struct ref warning = warn(county, cases[i].fields);
		help_carry(village, county);
		struct ref receipt = sign(village, warning);
		assert_int_equal(is_signed(village, receipt), cases[i].is);
		/* Its edits the same: the third fact of this lane here. */
		help_edit(village, receipt, "text=已入户");
		assert_int_equal(is_signed(village, (struct ref){receipt.site, receipt.seq + 8}),
			cases[i].is);
		help_edit(county, warning, cases[i].is ? "severity=blue" : "severity=red");
		help_carry(village, county);
		assert_int_equal(is_signed(village, sign(village, warning)), cases[i].is);
	}
	struct ref named = help_add(village, "receipt", "warning=电话里说的");
	char tie[60], number[32];
	assert_false(is_signed(village, named));
	store_id(warn(village, ";severity=red"), number);
	snprintf(tie, sizeof(tie), "warning=%s", number);
	help_edit(village, named, tie);
	assert_true(is_signed(village, (struct ref){named.site, named.seq + 16}));
	help_carry(county, village);
	struct query query = query_all(KIND_receipt);
	unsigned count;
	assert_int_equal(store_count(county, &query, &count, NULL), RC_OK);
	assert_int_equal(count, 2 * countof(cases) + 1);
}

/* FACT without its signature, as a relay would hand it on. */
static enum fact_state taken(struct store *to, const struct fact *fact)
{
	struct arena arena = {0};
	bool fresh;
	assert_int_equal(store_take(to, fact->raw, (struct bytes){0, 0}, 1, &fresh, NULL), RC_OK);
	assert_true(fresh);
	enum fact_state state = fact_of(to, fact->site, fact->seq, &arena).state;
	arena_release(&arena);
	return state;
}

static void without_its_signature(void **state)
{
	static const char *const colours[] = {";severity=red", ";severity=yellow"};
	static const enum fact_state ends[] = {FACT_UNPROVEN, FACT_GOOD};
	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		struct arena arena = {0};
		struct ref warning = warn(village, colours[i]);
		struct ref early = sign(village, warning), late = sign(village, warning);
		struct fact first = fact_of(village, warning.site, warning.seq, &arena);
		struct fact before = fact_of(village, early.site, early.seq, &arena);
		struct fact after = fact_of(village, late.site, late.seq, &arena);
		bool fresh;
		assert_int_equal(taken(county, &before), FACT_WAITS);
		assert_int_equal(store_take(county, first.raw, first.sig, 1, &fresh, NULL), RC_OK);
		assert_int_equal(fact_of(county, early.site, early.seq, &arena).state, ends[i]);
		assert_int_equal(taken(county, &after), ends[i]);
		struct query query = query_all(KIND_receipt);
		unsigned count;
		query.parent = warning;
		assert_int_equal(store_count(county, &query, &count, NULL), RC_OK);
		assert_int_equal(count, ends[i] == FACT_GOOD ? 2 : 0);
		arena_release(&arena);
	}
}

/* Somebody on the way changes who signed. */
static void with_a_wrong_signature(void **state)
{
	struct arena arena = {0};
	uint8_t wrong[SIGN_SIZE];
	bool fresh;
	(void)state;
	struct ref warning = warn(county, ";severity=yellow");
	help_carry(village, county);
	struct ref receipt = sign(village, warning);
	struct fact fact = fact_of(village, receipt.site, receipt.seq, &arena);
	memset(wrong, 7, sizeof(wrong));
	assert_int_equal(
		store_take(county, fact.raw, bytes_of(wrong, SIGN_SIZE), 1, &fresh, NULL), RC_OK);
	assert_int_equal(fact_of(county, receipt.site, receipt.seq, &arena).state, FACT_UNPROVEN);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			all_where_the_county_wants_it, start, help_levels_stop),
		cmocka_unit_test_setup_teardown(
			by_the_colour_it_was_issued_with, start, help_levels_stop),
		cmocka_unit_test_setup_teardown(without_its_signature, start, help_levels_stop),
		cmocka_unit_test_setup_teardown(with_a_wrong_signature, start, help_levels_stop),
	};
	crypt_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
