/* SPDX-License-Identifier: GPL-3.0-or-later
 * The text in which numbers reach a monitoring system: hostile labels, and times by their bounds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "format/metrics.h"

static void a_label_stays_in_its_line(void **state)
{
	struct buf out = {0};

	(void)state;
	metric_sample(&out, "x",
		(const char *const[]){"name", "a\"} 1\noutpost_y 2\\", "kind", "", NULL}, -7);
	assert_string_equal(
		buf_cstr(&out), "outpost_x{name=\"a\\\"} 1\\noutpost_y 2\\\\\",kind=\"\"} -7\n");
	buf_clear(&out);
	metric_one(&out, "y_total", METRIC_COUNTER, "Ys.", 3);
	assert_string_equal(buf_cstr(&out), "# HELP outpost_y_total Ys.\n"
					    "# TYPE outpost_y_total counter\noutpost_y_total 3\n");
	buf_release(&out);
}

/* Bounds are inclusive, buckets add up, the sum is exact; a clock that went back counts as nothing.
 */
static void times_by_their_bounds(void **state)
{
	static const int64_t times[] = {-4, 5, 6, 10000, 10001};
	struct histogram histogram = {.sum = 0};
	struct buf out = {0};

	(void)state;
	for (size_t n = 0; n < countof(times); n++)
		histogram_add(&histogram, times[n]);
	metric_histogram(&out, "z_seconds", "Zs.", &histogram);
	const char *said = buf_cstr(&out);
	assert_non_null(strstr(said, "outpost_z_seconds_bucket{le=\"0.005\"} 2\n"));
	assert_non_null(strstr(said, "outpost_z_seconds_bucket{le=\"0.01\"} 3\n"));
	assert_non_null(strstr(said, "outpost_z_seconds_bucket{le=\"2.5\"} 3\n"));
	assert_non_null(strstr(said, "outpost_z_seconds_bucket{le=\"10\"} 4\n"));
	assert_non_null(strstr(said, "outpost_z_seconds_bucket{le=\"+Inf\"} 5\n"));
	assert_non_null(strstr(said, "outpost_z_seconds_sum 20.012\noutpost_z_seconds_count 5\n"));
	buf_release(&out);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_label_stays_in_its_line),
		cmocka_unit_test(times_by_their_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
