/* SPDX-License-Identifier: GPL-3.0-or-later
 * Carry files in any order, cut at every byte, changed at every byte, lost and repeated; beside a
 * live link; for whom they are not.
 * Tests also: frame_dump.c.
 * Covers: K06 M68 N13
 */
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/swap.h"
#include "sync/take/internal.h"
#include "world.h"

#include "base/when.h"
#include "model/kinds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

static int begin(void **state)
{
	*state = world_three(true);
	return 0;
}

static int end(void **state)
{
	world_three_end(*state);
	return 0;
}

/* As FROM knows TO. */
static struct site site_at(struct store *from, struct store *to)
{
	struct site site;

	assert_true(log_site(store_log(from), store_station(to)->site, &site));
	return site;
}

static struct buf pack(struct store *from, struct store *to, struct carry_count *count)
{
	struct site site = site_at(from, to);
	struct fault fault;
	struct buf file = {0};

	assert_int_equal(carry_pack(from, &site, &file, count, &fault), RC_OK);
	return file;
}

static enum rc take(struct store *at, const struct buf *file, struct carry_count *count)
{
	struct fault fault;
	uint64_t from;

	return carry_take(at, buf_bytes(file), &from, count, &fault);
}

static uint32_t held(struct store *at, struct store *holder, struct ref ref)
{
	return log_held(store_log(at), store_station(holder)->site, ref.site, ref.seq & 7);
}

static void in_any_order_and_any_number_of_times(void **state)
{
	enum { FILES = 4 };
	struct three *w = *state;
	struct buf files[FILES];
	struct carry_count count;
	struct ref last = {0};

	for (unsigned i = 0; i < FILES; i++) {
		last = world_hazard(w->village, 0, "桥下");
		world_step(w->village, last, hazard_do_rectify, "好了");
		files[i] = pack(w->village, w->town, &count);
		assert_int_equal(count.facts, 2 * (i + 1)); /* none is proven yet */
	}
	assert_int_equal(take(w->town, &files[2], &count), RC_OK);
	assert_int_equal(count.fresh, 6);
	for (unsigned round = 0; round < 2; round++)
		for (unsigned i = 0; i < FILES; i++)
			assert_int_equal(take(w->town, &files[i], &count), RC_OK);
	assert_int_equal(count.fresh, 0);
	assert_int_equal(world_count(w->town, KIND_hazard), FILES);
	struct buf back = pack(w->town, w->village, &count);
	assert_int_equal(take(w->village, &back, &count), RC_OK);
	assert_int_equal(held(w->village, w->town, last), (last.seq >> 3) + 1); /* and its step */
	struct buf empty = pack(w->village, w->town, &count);
	assert_int_equal(count.facts, 0);
	buf_release(&back);
	buf_release(&empty);
	for (unsigned i = 0; i < FILES; i++)
		buf_release(&files[i]);
}

/* A village that no network ever reached is not silent; an old file, brought again, says nothing of
 * it. */
static void who_brings_a_stick_was_heard(void **state)
{
	enum { HOUR = 3600 };
	struct three *w = *state;
	uint64_t village = store_station(w->village)->site;
	struct carry_count count;

	int64_t start = when_now();
	when_hold(start);
	world_hazard(w->village, 0, "桥下");
	struct buf file = pack(w->village, w->town, &count);
	when_skip(HOUR);
	assert_int_equal(take(w->town, &file, &count), RC_OK);
	assert_int_equal(below_heard(w->town, village), start + HOUR);
	when_skip(HOUR);
	assert_int_equal(take(w->town, &file, &count), RC_OK);
	assert_int_equal(below_heard(w->town, village), start + HOUR);
	struct buf back = pack(w->town, w->village, &count);
	assert_int_equal(take(w->village, &back, &count), RC_OK);
	assert_int_equal(below_heard(w->village, store_station(w->town)->site), 0);
	buf_release(&file);
	buf_release(&back);
}

static void cut_or_changed_it_changes_nothing(void **state)
{
	struct three *w = *state;
	struct carry_count count;

	world_hazard(w->village, 0, "桥下");
	struct buf file = pack(w->village, w->town, &count);
	for (size_t len = 0; len < file.len; len++) {
		struct buf cut = {.at = file.at, .len = len};
		bool whole_head = len == CARRY_HEAD; /* a file without frames is one */
		assert_int_equal(take(w->town, &cut, &count) == RC_OK, whole_head);
	}
	for (size_t at = 0; at < file.len; at++) {
		file.at[at] ^= 1;
		assert_int_not_equal(take(w->town, &file, &count), RC_OK);
		file.at[at] ^= 1;
	}
	assert_int_equal(world_count(w->town, KIND_hazard), 0);
	assert_int_equal(take(w->town, &file, &count), RC_OK);
	assert_int_equal(world_count(w->town, KIND_hazard), 1);
	buf_release(&file);
}

/* A file that got lost: what came after it is here, but the receipt says no more than is true. */
static void a_lost_file_leaves_a_gap_that_is_filled(void **state)
{
	struct three *w = *state;
	struct carry_count count;
	struct sync_result result;
	struct road road = {.hub = w->town, .seed = 1};

	assert_true(world_sync(w->village, &road, 3, &result));
	struct ref ref = world_hazard(w->village, 0, "桥下");
	assert_true(world_sync(w->village, &road, 3, &result));
	world_step(w->town, ref, 0, "镇水利站");
	struct buf first = pack(w->town, w->village, &count);
	assert_int_equal(count.facts, 1);
	world_step(w->town, ref, 0, "县水利局");
	struct buf second = pack(w->town, w->village, &count);
	assert_int_equal(count.facts, 2); /* no receipt: both again */
	assert_int_equal(take(w->village, &second, &count), RC_OK);
	struct buf receipt = pack(w->village, w->town, &count);
	assert_int_equal(take(w->town, &receipt, &count), RC_OK);
	assert_int_equal(take(w->village, &first, &count), RC_OK);
	struct buf third = pack(w->town, w->village, &count);
	assert_int_equal(count.facts, 0);
	assert_true(world_digest(w->village, village_area) == world_digest(w->town, village_area));
	buf_release(&first);
	buf_release(&second);
	buf_release(&third);
	buf_release(&receipt);
}

/* Carrying moves no cursor of the live link: what a stick brought is not believed to be there by
 * the link, and what the link brought is not sent by stick. */
static void beside_a_live_link(void **state)
{
	struct three *w = *state;
	struct road road = {.hub = w->town, .seed = 2};
	struct carry_count count;
	struct sync_result result;

	struct ref ref = world_hazard(w->village, 0, "桥下");
	struct buf file = pack(w->village, w->town, &count);
	assert_int_equal(take(w->town, &file, &count), RC_OK);
	assert_true(world_sync(w->village, &road, 3, &result));
	assert_int_equal(result.sent_facts, 1); /* it could not know */
	assert_int_equal(held(w->village, w->town, ref), ref.seq >> 3);
	buf_release(&file);
	file = pack(w->village, w->town, &count);
	assert_int_equal(count.facts, 0);
	assert_true(world_sync(w->village, &road, 3, &result));
	assert_int_equal(world_count(w->town, KIND_hazard), 1);
	buf_release(&file);
}

/* Over the township's head: the county knows the village by the grant that the township sent up. */
static void past_a_level_and_the_ladder_is_right(void **state)
{
	struct three *w = *state;
	struct road road = {.hub = w->county, .seed = 3};
	struct sync_result result;
	struct carry_count count;

	assert_true(world_sync(w->town, &road, 3, &result));
	struct ref ref = world_hazard(w->village, 0, "桥下");
	struct buf file = pack(w->village, w->county, &count);
	assert_int_equal(take(w->county, &file, &count), RC_OK);
	assert_int_equal(world_count(w->county, KIND_hazard), 1);
	assert_int_equal(held(w->village, w->county, ref), 0);
	struct buf back = pack(w->county, w->village, &count);
	assert_int_equal(take(w->village, &back, &count), RC_OK);
	assert_int_equal(held(w->village, w->county, ref), ref.seq >> 3);
	assert_int_equal(held(w->village, w->town, ref), 0); /* it has never seen it */
	buf_release(&file);
	buf_release(&back);
}

static void for_nobody_else(void **state)
{
	struct three *w = *state;
	struct store *other = world_station("other", other_area);
	struct carry_count count;
	struct fault fault;
	struct arena arena = {0};
	struct sight sight;
	struct bytes in, frame;
	uint64_t to;

	world_join(other, w->town, "other", other_area);
	world_hazard(w->village, 0, "桥下");
	struct buf file = pack(w->village, w->town, &count);
	assert_int_equal(take(other, &file, &count), RC_DENIED);
	assert_int_equal(take(w->county, &file, &count), RC_DENIED);
	in = buf_bytes(&file);
	assert_true(carry_head(&in, &to));
	assert_true(to == store_station(w->town)->site);
	assert_true(carry_next(&in, &frame));
	assert_int_equal(frame_dump(other, frame, to, &arena, &sight, &fault), RC_OK);
	assert_false(sight.opened);
	assert_true(sight.sender == store_station(w->village)->site);
	assert_int_equal(frame_dump(w->town, frame, to, &arena, &sight, &fault), RC_OK);
	assert_true(sight.decoded);
	assert_int_equal(sight.message.type, MESSAGE_CARRY);
	assert_int_equal(sight.message.fact_count, 1);
	/* As a question over a live link it gets nothing. */
	struct buf said = {0};
	assert_int_equal(hub_answer(w->town, &frame, &said, 1, &fault), RC_OK);
	assert_int_equal(said.len, 0);
	/* Neighbours have nothing for each other. */
	struct site site = site_at(w->town, other);
	buf_clear(&file);
	assert_int_equal(carry_pack(w->village, &site, &file, &count, &fault), RC_DENIED);
	arena_release(&arena);
	buf_release(&said);
	buf_release(&file);
	world_end(other);
}

static void only_plain_files_are_read(void **state)
{
	struct fault fault;
	struct buf file = {0};
	char folder[] = "/tmp/outpost-carry-XXXXXX", path[64];

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/link", folder);
	assert_int_equal(symlink("/etc/passwd", path), 0);
	assert_int_equal(carry_read(path, &file, &fault), RC_BAD);
	assert_int_equal(carry_read(folder, &file, &fault), RC_BAD);
	assert_int_equal(carry_read("/dev/null", &file, &fault), RC_BAD);
	assert_int_equal(carry_read("/tmp/outpost-there-is-no-such", &file, &fault), RC_NONE);
	assert_int_equal(file.len, 0);
	unlink(path);
	rmdir(folder);
}

/* What a village brings on foot counts like what it sends: what is too much stays in the file,
 * which goes on tomorrow. What a hub sends down on foot has no such limit. */
static void a_day_takes_so_much_of_it(void **state)
{
	enum { MANY = 4000, TODAY = 2500, DAY = 86400 };
	struct three *w = *state;
	struct site village = site_at(w->town, w->village);
	struct carry_count count, more;
	uint64_t number = 7;
	struct fault fault;
	char text[64];

	for (unsigned i = 0; i < MANY; i++) {
		number = number * UINT64_C(6364136223846793005) + 1442695;
		snprintf(text, sizeof text, "%016llx%016llx%016llx", (unsigned long long)number,
			(unsigned long long)(number * number), (unsigned long long)~number);
		world_hazard(w->village, 0, text);
	}
	struct buf file = pack(w->village, w->town, &count);
	assert_true(count.frames > 1);
	assert_int_equal(
		allowance_use(w->town, &village, LIMIT_DAY_FACTS - TODAY, 0, &fault), RC_OK);
	assert_int_equal(take(w->town, &file, &more), RC_BUSY);
	assert_in_range(more.fresh, 1, TODAY);
	assert_true(more.frames < count.frames);
	assert_int_equal(more.fresh + more.waits, count.facts);
	assert_int_equal(world_count(w->town, KIND_hazard), more.fresh);
	uint64_t waits = more.waits;
	assert_int_equal(take(w->town, &file, &more), RC_BUSY);
	assert_int_equal(more.fresh, 0);
	assert_int_equal(more.waits, waits);
	when_skip(DAY);
	assert_int_equal(take(w->town, &file, &more), RC_OK);
	assert_int_equal(more.fresh, waits);
	assert_int_equal(more.waits, 0);
	assert_int_equal(world_count(w->town, KIND_hazard), MANY);
	when_skip(-DAY);
	buf_release(&file);
	struct site town = site_at(w->village, w->town);
	assert_int_equal(
		allowance_use(w->village, &town, LIMIT_DAY_FACTS_MANY * 2ull, 0, &fault), RC_OK);
	world_hazard(w->town, village_area, "镇上写的");
	file = pack(w->town, w->village, &count);
	assert_int_equal(take(w->village, &file, &more), RC_OK);
	assert_true(more.fresh > 0);
	buf_release(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(in_any_order_and_any_number_of_times, begin, end),
		cmocka_unit_test_setup_teardown(cut_or_changed_it_changes_nothing, begin, end),
		cmocka_unit_test_setup_teardown(
			a_lost_file_leaves_a_gap_that_is_filled, begin, end),
		cmocka_unit_test_setup_teardown(beside_a_live_link, begin, end),
		cmocka_unit_test_setup_teardown(past_a_level_and_the_ladder_is_right, begin, end),
		cmocka_unit_test_setup_teardown(for_nobody_else, begin, end),
		cmocka_unit_test_setup_teardown(a_day_takes_so_much_of_it, begin, end),
		cmocka_unit_test(only_plain_files_are_read),
		cmocka_unit_test_setup_teardown(who_brings_a_stick_was_heard, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
