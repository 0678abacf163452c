/* SPDX-License-Identifier: GPL-3.0-or-later
 * Many questions at once: nobody waits for a lock on behalf of nonsense, and questions that lean on
 * each other are read one after the other.
 */
#include "world.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/db/db.h"
#include "store/identity.h"
#include "store/db.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/swap.h"
#include "sync/swap/internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static int begin(void **state)
{
	when_hold(1784000000);
	*state = world_pair();
	return 0;
}

static int end(void **state)
{
	world_pair_end(*state);
	return 0;
}

static void ask_of(struct store *lower, struct peer *peer, struct asking *asking, struct buf *frame)
{
	struct fault fault;

	assert_int_equal(peer_load(lower, peer, &fault), RC_OK);
	assert_int_equal(ask_make(lower, peer, EVERY_LANE, asking, frame, &fault), RC_OK);
}

/* Another program writes: whoever sends what cannot be opened gets nothing, at once. */
static void nonsense_needs_no_lock(void **state)
{
	struct pair *pair = *state;
	struct buf ask = {0}, answers[3] = {{0}};
	struct asking asking;
	struct peer peer;
	struct fault fault;
	struct store *other;

	ask_of(pair->village, &peer, &asking, &ask);
	ask.at[ask.len - 1] ^= 1; /* its seal is broken */
	struct bytes asks[3] = {bytes_text("hello"), buf_bytes(&ask), {ask.at, ask.len}};
	struct buf stranger = {0};
	buf_put(&stranger, ask.at, ask.len);
	stranger.at[3] ^= 1;
	asks[2] = buf_bytes(&stranger);
	assert_int_equal(store_open(&other, store_home(pair->town), 0, &fault), RC_OK);
	assert_int_equal(store_begin(other, &fault), RC_OK);
	assert_int_equal(hub_answer(pair->town, asks, answers, 3, &fault), RC_OK);
	store_undo(other);
	store_close(other);
	for (int i = 0; i < 3; i++)
		assert_int_equal(answers[i].len, 0);
	buf_release(&ask);
	buf_release(&stranger);
}

/* Two questions of one station in one call: the second says only what moved since the first. It is
 * whole: a lean one opens behind the answer to the first alone. */
static void the_second_question_is_read_after_the_first(void **state)
{
	struct pair *pair = *state;
	struct sync_result result = {0};
	struct buf asks[2] = {{0}}, answers[2] = {{0}};
	struct asking asking[2];
	struct peer peer;
	struct fault fault;
	struct ref ref = world_hazard(pair->village, 0, "村东桥下");

	assert_true(world_sync(pair->village, &pair->road, 3, &result));
	world_step(pair->village, ref, hazard_do_assign, "一");
	ask_of(pair->village, &peer, &asking[0], &asks[0]);
	world_step(pair->village, ref, hazard_do_assign, "二");
	assert_int_equal(
		kv_num_set(pair->village, kv_of(KV_LEAN, peer.site.site), 0, &fault), RC_OK);
	ask_of(pair->village, &peer, &asking[1], &asks[1]);
	struct bytes both[2] = {buf_bytes(&asks[0]), buf_bytes(&asks[1])};
	assert_int_equal(hub_answer(pair->town, both, answers, 2, &fault), RC_OK);
	for (int i = 0; i < 2; i++) {
		assert_true(answers[i].len > 0);
		assert_int_equal(answer_apply(pair->village, &peer, &asking[i],
					 buf_bytes(&answers[i]), &result, &fault),
			RC_OK);
		buf_release(&asks[i]);
		buf_release(&answers[i]);
	}
	assert_true(world_digest(pair->town, village_area) ==
		    world_digest(pair->village, village_area));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nonsense_needs_no_lock, begin, end),
		cmocka_unit_test_setup_teardown(
			the_second_question_is_read_after_the_first, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
