/* SPDX-License-Identifier: GPL-3.0-or-later
 * Marks, numbers of stores, cursors: the rules of the ladder.
 */
#include "store/identity.h"
#include "store/peer.h"
#include "store/rows/internal.h"
#include "store_help.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/when.h"

static struct store *store;

static int start(void **state)
{
	store = help_alone(TOWN, "BX");
	*state = store_log(store);
	return 0;
}

static void hear(struct log *log, uint64_t holder, uint64_t number, uint64_t site, unsigned lane,
	uint32_t upto)
{
	struct mark mark = {holder, site, lane, number, upto, 0};
	assert_int_equal(log_mark(log, &mark, NULL), RC_OK);
}

static bool print(const struct mark *mark, void *to)
{
	buf_fmt(to, "%u:%u.%u=%u@%u ", (unsigned)mark->holder, (unsigned)mark->site, mark->lane,
		mark->upto, (unsigned)mark->store);
	return true;
}

static const char *marks(struct log *log, uint64_t holder)
{
	static struct buf out;
	buf_clear(&out);
	assert_int_equal(log_marks(log, holder, print, &out, NULL), RC_OK);
	return buf_cstr(&out);
}

static void marks_follow_the_number_of_the_store(void **state)
{
	struct log *log = *state;
	hear(log, 5, 100, 9, 0, 3);
	hear(log, 5, 100, 9, 2, 7);
	hear(log, 6, 50, 9, 0, 1);
	assert_string_equal(marks(log, 5), "5:9.0=3@100 5:9.2=7@100 ");
	hear(log, 5, 100, 9, 0, 2); /* equal number: the higher stays */
	hear(log, 5, 99, 9, 0, 9);  /* an older store: not heard */
	assert_string_equal(marks(log, 5), "5:9.0=3@100 5:9.2=7@100 ");
	hear(log, 5, 101, 9, 0, 1); /* a new store: everything it had proven is gone */
	assert_string_equal(marks(log, 5), "5:9.0=1@101 ");
	assert_string_equal(marks(log, 0), "5:9.0=1@101 6:9.0=1@50 ");
}

static void authors_by_area(void **state)
{
	struct log *log = *state;
	struct buf out = {0};
	char want[200];
	help_add(store, "supply", "name=a");
	help_add(store, "supply", "name=b");
	assert_int_equal(log_authors(log, TOWN, print, &out, NULL), RC_OK);
	snprintf(want, sizeof(want), "%u:%u.%u=2@%u ", (unsigned)log->site, (unsigned)log->site,
		LANE_BULK, (unsigned)log_number(log));
	assert_string_equal(buf_cstr(&out), want);
	buf_clear(&out);
	assert_int_equal(log_authors(log, VILLAGE, print, &out, NULL), RC_OK);
	assert_int_equal(out.len, 0);
	assert_int_equal(log_authors(log, 0, print, &out, NULL), RC_OK);
	assert_string_equal(buf_cstr(&out), want);
	buf_release(&out);
}

static void numbers_only_rise(void **state)
{
	struct log *log = *state;
	uint64_t first = log_number(log);
	assert_true(first + 5 >= (uint64_t)when_now());
	for (unsigned i = 0; i < 3; i++) {
		assert_int_equal(log_number_new(log, NULL), RC_OK);
		assert_true(log_number(log) > first);
		first = log_number(log);
		when_skip(-1000); /* also when the clock goes back */
	}
	when_skip(3000);
}

static void cursors_are_kept(void **state)
{
	struct log *log = *state;
	struct peer_lane lane, set = {UINT32_MAX * 8ull, 2, 3};
	assert_int_equal(log_peer_lane(log, 77, 1, &lane, NULL), RC_OK);
	assert_int_equal(lane.sent + lane.got + lane.confirmed, 0);
	assert_int_equal(log_peer_lane_set(log, 77, 1, &set, NULL), RC_OK);
	assert_int_equal(log_peer_lane(log, 77, 1, &lane, NULL), RC_OK);
	assert_memory_equal(&lane, &set, sizeof(set));
	assert_int_equal(log_peer_lane(log, 77, 2, &lane, NULL), RC_OK);
	assert_int_equal(lane.sent, 0);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, start, help_alone_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(marks_follow_the_number_of_the_store),
		TEST(authors_by_area),
		TEST(numbers_only_rise),
		TEST(cursors_are_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
