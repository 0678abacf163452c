/* SPDX-License-Identifier: GPL-3.0-or-later
 * What leaves a village's disk: nothing before its township and its county have both proven that
 * they hold it, whatever anybody says; and what has left is neither asked for nor taken again.
 * Covers: N20
 */
#include "store/identity.h"
#include "store/peer.h"
#include "store/search.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "store/db/internal.h"
#include "base/when.h"
#include "model/kinds.h"
#include "store_help.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

enum { ENOUGH = 300, TEXT = 500, LATER = 4 * 365 };

static struct store *village, *town, *county;

static int start(void **state)
{
	(void)state;
	struct store *levels[HELP_LEVELS];
	help_levels(levels);
	village = levels[HELP_VILLAGE];
	town = levels[HELP_TOWN];
	county = levels[HELP_COUNTY];
	help_introduce(village, town);
	help_introduce(village, county);
	return 0;
}

static struct ref log_line(const char *text)
{
	char fields[TEXT + 100];
	snprintf(fields, sizeof fields, "type=in;text=%s", text);
	return help_add(village, "duty", fields);
}

/* So much that the first are not among the newest, which always stay. */
static void write_on(void)
{
	char text[TEXT];
	struct fault fault;
	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	assert_int_equal(store_begin(village, &fault), RC_OK);
	for (int n = 0; n < ENOUGH; n++)
		(void)log_line(text);
	assert_int_equal(store_commit(village, &fault), RC_OK);
}

static void hear(struct store *holder, uint32_t upto, uint64_t number)
{
	struct mark mark = {store_station(holder)->site, store_station(village)->site, LANE_BOOK,
		number, upto, 0};
	struct fault fault;
	assert_int_equal(log_mark(store_log(village), &mark, &fault), RC_OK);
}

static struct pruned prune_at(bool act, int days)
{
	const struct prune what = {
		KIND_duty, UINT32_MAX, when_now() + (int64_t)days * DAY_SECONDS, act};
	struct pruned pruned;
	struct fault fault;
	assert_int_equal(store_prune(village, &what, &pruned, &fault), RC_OK);
	return pruned;
}

static bool here(struct ref ref)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	bool is = store_row(village, ref, &arena, &row, &fault) == RC_OK;
	arena_release(&arena);
	return is;
}

static void sound(uint64_t gone)
{
	struct check check;
	struct fault fault;
	assert_int_equal(store_check(village, false, &check, &fault), RC_OK);
	assert_true(check.sound);
	assert_int_equal(check.bad_facts + check.wrong_rows, 0);
	assert_int_equal(check.gone, gone);
}

static void two_levels_must_have_proven_it(void **state)
{
	struct ref first = log_line("柴油机漏油");
	(void)state;
	write_on();
	assert_int_equal(prune_at(true, LATER).held, 0);
	hear(town, 1, 5);
	assert_int_equal(prune_at(true, LATER).held, 0);
	assert_true(here(first));
	hear(county, 1, 5);
	assert_int_equal(prune_at(false, LATER).held, 1); /* only said */
	assert_true(here(first));
	assert_int_equal(schema_version(village->db), SCHEMA_VERSION);
	assert_int_equal(prune_at(true, LATER).held, 1);
	/* A program that does not know of facts without their bytes only reads this file. */
	assert_int_equal(schema_version(village->db), SCHEMA_PRUNED);
	assert_false(here(first));
	assert_true(log_gone(store_log(village), first));
	sound(1);
	assert_int_equal(prune_at(true, LATER).held, 0);
}

static void what_is_not_old_stays(void **state)
{
	struct ref first = log_line("柴油机漏油");
	(void)state;
	write_on();
	hear(town, 1, 5);
	hear(county, 1, 5);
	assert_int_equal(prune_at(true, -1).held, 0);
	assert_true(here(first));
}

/* The township says that the county has it. Only the county's own mark counts. */
static void the_word_of_another_proves_nothing(void **state)
{
	struct ref first = log_line("柴油机漏油");
	struct mark said = {
		store_station(county)->site, store_station(village)->site, LANE_BOOK, 5, 9, 0};
	struct fault fault;
	(void)state;
	write_on();
	hear(town, 1, 5);
	assert_int_equal(
		log_mark_said(store_log(village), &said, store_station(town)->site, &fault), RC_OK);
	assert_int_equal(prune_at(true, LATER).held, 0);
	assert_true(here(first));
}

/* The county's disk was put back from an older copy: what it had proven it may not have any more.
 */
static void who_was_put_back_has_to_prove_it_again(void **state)
{
	struct ref first = log_line("柴油机漏油");
	(void)state;
	write_on();
	hear(town, 1, 5);
	hear(county, 1, 5);
	hear(county, 0, 6);
	assert_int_equal(prune_at(true, LATER).held, 0);
	assert_true(here(first));
}

static void each_fact_of_it_must_be_held(void **state)
{
	struct ref first = log_line("柴油机漏油");
	(void)state;
	help_step(village, first, "void", "text=写错了");
	write_on();
	hear(town, 2, 5);
	hear(county, 1, 5);
	assert_int_equal(prune_at(true, LATER).held, 0);
	hear(county, 2, 5);
	assert_int_equal(prune_at(true, LATER).held, 1);
	sound(2);
}

static void the_newest_always_stay(void **state)
{
	struct ref first = log_line("柴油机漏油");
	(void)state;
	hear(town, 1, 5);
	hear(county, 1, 5);
	assert_int_equal(prune_at(true, LATER).held, 0);
	assert_true(here(first));
}

static bool count_row(const struct row *row, void *to)
{
	(void)row;
	++*(unsigned *)to;
	return true;
}

static unsigned found(const char *words)
{
	const struct find_query query = {.words = words};
	unsigned count = 0;
	struct fault fault;
	assert_int_equal(store_find(village, &query, count_row, &count, &fault), RC_OK);
	return count;
}

/* The station above gives all of it back, as it does when it has lost its place; another fact under
 * the number is still another. */
static void what_has_left_is_known(void **state)
{
	struct ref first = log_line("柴油机漏油");
	struct arena arena = {0};
	struct fact fact;
	struct fault fault;
	struct op op;
	bool fresh;
	uint32_t next;
	(void)state;
	assert_true(log_fact(store_log(village), first.site, first.seq, &arena, &fact));
	assert_true(op_take(fact.raw, &op));
	write_on();
	assert_int_equal(found("柴油机"), 1);
	hear(town, 1, 5);
	hear(county, 1, 5);
	next = log_author(store_log(village), first.site, LANE_BOOK);
	assert_int_equal(prune_at(true, LATER).held, 1);
	assert_int_equal(found("柴油机"), 0);
	assert_int_equal(log_compare(store_log(village), &op, fact.raw), HELD_SAME);
	assert_int_equal(store_take(village, fact.raw, fact.sig, 7, &fresh, &fault), RC_OK);
	assert_false(fresh);
	assert_false(here(first));
	((uint8_t *)fact.raw.at)[fact.raw.len - 1] ^= 1;
	assert_int_equal(log_compare(store_log(village), &op, fact.raw), HELD_OTHER);
	assert_int_equal(log_author(store_log(village), first.site, LANE_BOOK), next);
	assert_int_equal(store_rebuild(village, &fault), RC_OK);
	assert_false(here(first));
	sound(1);
	arena_release(&arena);
}

static bool count_up(const struct fact *fact, void *to)
{
	struct op op;
	assert_true(op_take(fact->raw, &op));
	++*(unsigned *)to;
	return true;
}

static void it_is_not_sent_any_more(void **state)
{
	struct facts_query query = {.lane = LANE_BOOK, .area = VILLAGE};
	unsigned up = 0, after = 0;
	uint64_t seen;
	struct fault fault;
	(void)state;
	(void)log_line("柴油机漏油");
	write_on();
	hear(town, 1, 5);
	hear(county, 1, 5);
	assert_int_equal(log_up(store_log(village), &query, count_up, &up, &seen, &fault), RC_OK);
	assert_int_equal(prune_at(true, LATER).held, 1);
	assert_int_equal(
		log_up(store_log(village), &query, count_up, &after, &seen, &fault), RC_OK);
	assert_int_equal(after, up - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			two_levels_must_have_proven_it, start, help_levels_stop),
		cmocka_unit_test_setup_teardown(what_is_not_old_stays, start, help_levels_stop),
		cmocka_unit_test_setup_teardown(
			the_word_of_another_proves_nothing, start, help_levels_stop),
		cmocka_unit_test_setup_teardown(
			who_was_put_back_has_to_prove_it_again, start, help_levels_stop),
		cmocka_unit_test_setup_teardown(
			each_fact_of_it_must_be_held, start, help_levels_stop),
		cmocka_unit_test_setup_teardown(the_newest_always_stay, start, help_levels_stop),
		cmocka_unit_test_setup_teardown(what_has_left_is_known, start, help_levels_stop),
		cmocka_unit_test_setup_teardown(it_is_not_sent_any_more, start, help_levels_stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
