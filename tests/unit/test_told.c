/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which facts somebody was told: whatever the order in which they came, each once, and the same
 * from a file.
 */
#include "app/follow/told.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"

enum { NUMBERS = 4096, SITES = 3 };

static unsigned next(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + 1;
	return (unsigned)(*seed >> 40);
}

static void check(const struct told *told, bool was[SITES][NUMBERS])
{
	for (unsigned site = 0; site < SITES; site++)
		for (unsigned seq = 8; seq < NUMBERS; seq++)
			if (told_has(told, site + 1, seq) != was[site][seq])
				fail_msg("site %u, fact %u", site, seq);
	for (size_t n = 1; n < told->count; n++) {
		const struct told_range *a = &told->ranges[n - 1], *b = &told->ranges[n];

		assert_true(a->site < b->site || a->lane < b->lane || a->to + 1 < b->from);
	}
}

static void test_any_order(void **state)
{
	static bool was[SITES][NUMBERS];
	struct told told = {.cursor = 7}, back = {0};
	struct fault fault = {0};
	char path[] = "/tmp/outpost-told-XXXXXX";
	uint64_t seed = 3;

	(void)state;
	for (unsigned n = 0; n < 9000; n++) {
		unsigned site = next(&seed) % SITES, seq = 8 + next(&seed) % (NUMBERS - 8);

		told_add(&told, site + 1, seq);
		was[site][seq] = true;
		if (n % 1500 == 0)
			check(&told, was);
	}
	check(&told, was);
	close(mkstemp(path));
	assert_int_equal(told_write(&told, path, &fault), RC_OK);
	assert_int_equal(told_read(&back, path, "", &fault), RC_OK);
	assert_int_equal(back.cursor, 7);
	assert_int_equal(back.count, told.count);
	check(&back, was);
	unlink(path);
	/* All of a site's numbers are one range a lane. */
	for (unsigned seq = 8; seq < NUMBERS; seq++)
		for (unsigned site = 0; site < SITES; site++)
			told_add(&told, site + 1, seq);
	assert_int_equal(told.count, SITES * 8);
	told_release(&told);
	told_release(&back);
}

static void test_bad_files(void **state)
{
	static const char *const texts[] = {"x 1\n", "told 1 0 5\n", "told 1 9 1 2\n",
		"told 1 0 5 2\n", "told 1 0 1 4\ntold 1 0 3 9\n", "told zz 0 1 1\n", "arrived -1\n",
		"arrived 1 2\n"};
	char path[] = "/tmp/outpost-told-XXXXXX";
	struct fault fault = {0};

	(void)state;
	close(mkstemp(path));
	for (size_t n = 0; n < countof(texts); n++) {
		struct told told = {0};

		assert_int_equal(file_write(path, bytes_text(texts[n]), 0600, &fault), RC_OK);
		if (told_read(&told, path, "", &fault) != RC_BAD)
			fail_msg("%s", texts[n]);
		assert_non_null(strstr(fault.text, path));
		told_release(&told);
	}
	struct told told = {0};
	assert_int_equal(file_write(path, bytes_text("kind hazard\n"), 0600, &fault), RC_OK);
	assert_int_equal(told_read(&told, path, "warning", &fault), RC_BAD);
	unlink(path);
	struct told none = {0};
	assert_int_equal(told_read(&none, path, "warning", &fault), RC_OK);
	assert_string_equal(none.kind, "warning");
	told_release(&told);
	told_release(&none);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_any_order),
		cmocka_unit_test(test_bad_files),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
