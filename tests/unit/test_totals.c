/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sums by area against plain adding, and what is open.
 */
#include "store_help.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "model/area.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/rows/internal.h"

static char home[HELP_HOME];
static struct store *store;

static int start(void **state)
{
	(void)state;
	help_home(home);
	store = help_station(home, COUNTY, "WX");
	return 0;
}

static int stop(void **state)
{
	(void)state;
	store_close(store);
	help_remove(home);
	return 0;
}

static bool print(const struct total *total, void *to)
{
	const struct kind *kind = kind_of(KIND_supply);
	buf_fmt(to, "%llu %u %lld|", (unsigned long long)total->area, total->records,
		(long long)total->sums[field_place(kind, supply_quantity)]);
	return true;
}

static const char *totals(uint64_t above)
{
	static struct buf out;
	buf_clear(&out);
	assert_int_equal(store_totals(store, KIND_supply, above, print, &out, NULL), RC_OK);
	return buf_cstr(&out);
}

static void sums_by_place(void **state)
{
	(void)state;
	assert_string_equal(totals(COUNTY), "");
	help_add_in(store, "supply", VILLAGE, "name=a;quantity=2");
	help_add_in(store, "supply", VILLAGE, "name=b;quantity=3.5");
	help_add_in(store, "supply", VILLAGE_2, "name=c");
	help_add_in(store, "supply", TOWN, "name=d;quantity=10");
	help_add_in(store, "supply", TOWN_2, "name=e;quantity=1");
	help_add_in(store, "supply", COUNTY, "name=f;quantity=100");
	assert_string_equal(
		totals(COUNTY), "410882000000 1 100000|410882103000 4 15500|410882104000 1 1000|");
	assert_string_equal(
		totals(TOWN), "410882103000 1 10000|410882103205 2 5500|410882103206 1 0|");
	assert_string_equal(totals(VILLAGE), "410882103205 2 5500|");
	assert_string_equal(totals(CITY), "410882000000 6 116500|");
	assert_string_equal(totals(0), "410000000000 6 116500|");
	assert_string_equal(totals(420000000000), "");
}

static bool open_state(const struct total *total, void *to)
{
	buf_fmt(to, "%u of %u", total->open, total->records);
	return true;
}

static bool count_row(const struct row *row, void *to)
{
	((unsigned *)to)[row->kind->id == KIND_hazard ? 0 : row->kind->id == KIND_supply ? 1 : 2]++;
	return true;
}

static void open_ones(void **state)
{
	struct buf out = {0};
	unsigned counts[3] = {0};
	(void)state;
	struct ref a =
		help_add_in(store, "hazard", VILLAGE, "category=H0101;place=a;text=b;grade=G");
	help_add_in(store, "hazard", VILLAGE, "category=H0101;place=a;text=b;grade=G");
	assert_int_equal(store_each_open(store, count_row, counts, NULL), RC_OK);
	assert_int_equal(counts[0], 2);
	help_step(store, a, "withdraw", "text=误报");
	assert_int_equal(store_totals(store, KIND_hazard, VILLAGE, open_state, &out, NULL), RC_OK);
	assert_string_equal(buf_cstr(&out), "1 of 1");
	memset(counts, 0, sizeof(counts));
	help_add_in(store, "supply", VILLAGE, "name=药;expires=2026-12-01");
	assert_int_equal(store_each_open(store, count_row, counts, NULL), RC_OK);
	assert_int_equal(counts[0], 1);
	assert_int_equal(counts[1], 7); /* a register: all are to be counted again some day */
	unsigned before = counts[2];
	memset(counts, 0, sizeof(counts));
	help_add_in(store, "duty", VILLAGE, "type=note;text=a");
	help_add_in(store, "contact", VILLAGE, "name=b");
	assert_int_equal(store_each_open(store, count_row, counts, NULL), RC_OK);
	assert_int_equal(counts[2], before + 1);
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_by_place),
		cmocka_unit_test(open_ones),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
