/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is open, of kinds with and without states.
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

static struct store *store;

static int start(void **state)
{
	(void)state;
	store = help_alone(COUNTY, "WX");
	return 0;
}

static bool count_row(const struct row *row, void *to)
{
	((unsigned *)to)[row->kind->id == KIND_hazard ? 0 : row->kind->id == KIND_supply ? 1 : 2]++;
	return true;
}

static void count_open(unsigned counts[3])
{
	for (unsigned k = 0; k < kinds_count; k++)
		assert_int_equal(
			store_each_open(store, &kinds[k], UINT32_MAX, count_row, counts, NULL),
			RC_OK);
}

static void open_ones(void **state)
{
	unsigned counts[3] = {0};
	(void)state;
	struct ref a =
		help_add_in(store, "hazard", VILLAGE, "category=H0101;place=a;text=b;grade=G");
	help_add_in(store, "hazard", VILLAGE, "category=H0101;place=a;text=b;grade=G");
	count_open(counts);
	assert_int_equal(counts[0], 2);
	help_step(store, a, "withdraw", "text=误报");
	memset(counts, 0, sizeof(counts));
	count_open(counts);
	assert_int_equal(counts[0], 1);
	memset(counts, 0, sizeof(counts));
	help_add_in(store, "supply", VILLAGE, "name=药;expires=2026-12-01");
	count_open(counts);
	assert_int_equal(counts[0], 1);
	assert_int_equal(counts[1], 1); /* a register: all are to be counted again some day */
	unsigned before = counts[2];
	memset(counts, 0, sizeof(counts));
	help_add_in(store, "duty", VILLAGE, "type=note;text=a");
	help_add_in(store, "contact", VILLAGE, "name=b");
	count_open(counts);
	assert_int_equal(counts[2], before + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(open_ones),
	};
	return cmocka_run_group_tests(tests, start, help_alone_stop);
}
