/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a person should look at is found, and only that.
 */
#include "store/identity.h"
#include "store/rows/internal.h"
#include "store_help.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/when.h"

static char home[HELP_HOME], home_2[HELP_HOME];
static struct store *town, *village;

static int start(void **state)
{
	(void)state;
	help_home(home);
	help_home(home_2);
	town = help_station(home, TOWN, "BX");
	village = help_station(home_2, VILLAGE, "WZ");
	help_introduce(town, village);
	help_introduce(village, town);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	store_close(town);
	store_close(village);
	help_remove(home);
	help_remove(home_2);
	return 0;
}

static bool print_row(const struct row *row, void *to)
{
	buf_fmt(to, "%s %u/%u ", row->kind->name, row->conflicts, row->refused);
	return true;
}

static const char *odd(unsigned limit)
{
	static struct buf out;
	struct fault fault;
	buf_clear(&out);
	assert_int_equal(store_each_attention(town, limit, print_row, &out, &fault), RC_OK);
	return buf_cstr(&out);
}

static void disagreement_and_steps(void **state)
{
	struct ref ref, other;
	(void)state;
	help_add(village, "supply", "name=泵");
	ref = help_add(village, "hazard", "category=H0101;place=后山;text=裂缝;grade=G");
	other = help_add(village, "hazard", "category=H0101;place=桥;text=沉降;grade=G");
	help_carry(town, village);
	assert_string_equal(odd(9), "");
	help_edit(village, ref, "place=后山东");
	when_skip(5);
	help_edit(town, ref, "place=后山西");
	help_step(village, other, "close", "text=销号"); /* nobody has rectified it */
	help_carry(town, village);
	assert_string_equal(odd(9), "hazard 0/1 hazard 1/0 ");
	assert_int_equal(strlen(odd(1)), strlen("hazard 0/1 "));
	help_edit(town, ref, "place=后山西"); /* by somebody who has seen both */
	assert_string_equal(odd(9), "hazard 0/1 ");
}

static bool print_fact(const struct fact *fact, void *to)
{
	buf_fmt(to, "%u:%u ", fact->state, fact->seq);
	return true;
}

/* The town knows the village's station by another area than the one it writes in. */
static void facts_that_are_apart(void **state)
{
	struct buf out = {0};
	struct fault fault;
	struct site site;
	struct ref ref = help_add(village, "contact", "name=王五");
	char want[40];
	(void)state;
	assert_int_equal(log_each_apart(store_log(town), 9, print_fact, &out, &fault), RC_OK);
	assert_string_equal(buf_cstr(&out), "");
	assert_true(log_site(store_log(town), ref.site, &site));
	site.area = VILLAGE_2;
	assert_int_equal(log_site_set(store_log(town), &site, &fault), RC_OK);
	help_carry(town, village);
	assert_int_equal(log_each_apart(store_log(town), 9, print_fact, &out, &fault), RC_OK);
	snprintf(want, sizeof(want), "%u:%u ", FACT_REFUSED, ref.seq);
	assert_string_equal(buf_cstr(&out), want);
	buf_release(&out);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(disagreement_and_steps),
		TEST(facts_that_are_apart),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
