/* SPDX-License-Identifier: GPL-3.0-or-later
 * A model that goes on from what was said before: the same bytes whether the state is still there
 * or is made again, and no other state opens them.
 */
#include "sync/wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const struct model_way alone;

/* A lean answer of one mark or so: what it says is of no matter here. */
static void message(unsigned n, size_t len, struct buf *out)
{
	buf_clear(out);
	for (size_t i = 0; i < len; i++)
		buf_byte(out, (uint8_t)(i % 7 ? i + n / 3 : n));
}

static void pack(const struct so_far *so_far, const struct buf *plain, struct buf *out)
{
	const struct model_way way = {.lean = true, .so_far = so_far};

	buf_clear(out);
	assert_true(model_pack(out, buf_bytes(plain), &way, SIZE_MAX));
}

static void the_state_is_the_same_made_again(void **state)
{
	struct so_far *so_far = so_far_new();
	struct buf plain = {0}, on = {0}, again = {0}, other = {0}, back = {0};
	struct fault fault;
	size_t alone_len = 0;

	(void)state;
	for (unsigned n = 0; n < 12; n++) {
		const struct model_way way = {
			.lean = true, .so_far = so_far_count(so_far) ? so_far : NULL};
		message(n, 90, &plain);
		pack(way.so_far, &plain, &on);
		/* Something else was packed meanwhile. */
		buf_clear(&other);
		assert_true(model_pack(&other, bytes_text("村东桥下"), &alone, SIZE_MAX));
		pack(way.so_far, &plain, &again);
		assert_true(bytes_equal(buf_bytes(&on), buf_bytes(&again)));
		buf_clear(&back);
		assert_int_equal(model_unpack(&back, buf_bytes(&on), &way, &fault), RC_OK);
		assert_true(bytes_equal(buf_bytes(&back), buf_bytes(&plain)));
		so_far_add(so_far, SO_FAR_LEAN, buf_bytes(&plain));
		/* And at once from where it was read. */
		buf_clear(&other);
		alone_len = on.len;
	}
	pack(NULL, &plain, &other);
	assert_true(alone_len < other.len);
	so_far_free(so_far);
	buf_release(&plain);
	buf_release(&on);
	buf_release(&again);
	buf_release(&other);
	buf_release(&back);
}

static void rows_and_messages_are_other_states(void **state)
{
	struct so_far *rows = so_far_new(), *said = so_far_new(), *two = so_far_new();

	(void)state;
	so_far_add(rows, SO_FAR_ROWS, bytes_text("ab"));
	so_far_add(said, SO_FAR_LEAN, bytes_text("ab"));
	so_far_add(two, SO_FAR_LEAN, bytes_text("a"));
	so_far_add(two, SO_FAR_LEAN, bytes_text("b"));
	assert_memory_not_equal(so_far_name(rows), so_far_name(said), HASH_SIZE);
	assert_memory_not_equal(so_far_name(two), so_far_name(said), HASH_SIZE);
	so_far_free(rows);
	so_far_free(said);
	so_far_free(two);
}

static void back_to_where_it_was(void **state)
{
	struct so_far *so_far = so_far_new();
	uint8_t names[5][HASH_SIZE];

	(void)state;
	for (unsigned n = 0; n < 5; n++) {
		so_far_add(so_far, SO_FAR_LEAN, bytes_of(&n, sizeof n));
		memcpy(names[n], so_far_name(so_far), HASH_SIZE);
	}
	assert_true(so_far_back(so_far, names[4]));
	assert_int_equal(so_far_count(so_far), 5);
	assert_true(so_far_back(so_far, names[1]));
	assert_int_equal(so_far_count(so_far), 2);
	assert_memory_equal(so_far_name(so_far), names[1], HASH_SIZE);
	assert_false(so_far_back(so_far, names[4]));
	assert_int_equal(so_far_count(so_far), 2);
	so_far_cut(so_far, 0);
	assert_false(so_far_back(so_far, names[0]));
	so_far_free(so_far);
}

/* Both ends forget the same. */
static void the_oldest_go(void **state)
{
	struct so_far *so_far = so_far_new(), *fresh = so_far_new();
	struct buf plain = {0};

	(void)state;
	for (unsigned n = 0; n < 33; n++) {
		message(n, 1000, &plain);
		so_far_add(so_far, SO_FAR_LEAN, buf_bytes(&plain));
	}
	assert_int_equal(so_far_count(so_far), SO_FAR_KEPT / 1000);
	for (unsigned n = 33 - SO_FAR_KEPT / 1000; n < 33; n++) {
		message(n, 1000, &plain);
		so_far_add(fresh, SO_FAR_LEAN, buf_bytes(&plain));
	}
	assert_memory_equal(so_far_name(so_far), so_far_name(fresh), HASH_SIZE);
	message(0, SO_FAR_MOST + 1, &plain);
	so_far_add(so_far, SO_FAR_LEAN, buf_bytes(&plain));
	assert_int_equal(so_far_count(so_far), 0);
	so_far_free(so_far);
	so_far_free(fresh);
	buf_release(&plain);
}

static void no_other_state_opens_it(void **state)
{
	struct so_far *so_far = so_far_new(), *other = so_far_new();
	const struct model_way on = {.lean = true, .so_far = so_far},
			       wrong = {.lean = true, .so_far = other},
			       answer = {.lean = true, .so_far = so_far, .unnamed = true},
			       begins = {.lean = true}, whole = {.so_far = so_far};
	struct buf plain = {0}, frame = {0}, back = {0};
	struct fault fault;

	(void)state;
	so_far_add(so_far, SO_FAR_LEAN, bytes_text("one"));
	so_far_add(other, SO_FAR_LEAN, bytes_text("two"));
	message(3, 300, &plain);
	frame_pack(&frame, buf_bytes(&plain), (struct bytes){0, 0});
	so_far_add(so_far, SO_FAR_LEAN, buf_bytes(&plain));
	frame_pack_again(&frame, buf_bytes(&plain), &on);
	assert_int_equal(frame.at[0], MODEL_NUMBER << 4 | FRAME_GOES_ON);
	assert_memory_equal(frame.at + 1, so_far_name(so_far), SO_FAR_NAME);
	assert_int_equal(frame_unpack_way(&back, buf_bytes(&frame), &on, &fault), RC_OK);
	assert_true(bytes_equal(buf_bytes(&back), buf_bytes(&plain)));
	buf_clear(&back);
	assert_int_equal(frame_unpack_way(&back, buf_bytes(&frame), &wrong, &fault), RC_NONE);
	assert_int_equal(frame_unpack_way(&back, buf_bytes(&frame), &begins, &fault), RC_NONE);
	assert_int_equal(frame_unpack_way(&back, buf_bytes(&frame), &whole, &fault), RC_BAD);
	for (size_t len = 0; len < 4; len++)
		assert_int_not_equal(
			frame_unpack_way(&back, bytes_of(frame.at, len), &on, &fault), RC_OK);
	assert_int_equal(back.len, 0);
	/* An answer goes on from its question, and does not say from where. */
	buf_clear(&frame);
	frame_pack(&frame, buf_bytes(&plain), (struct bytes){0, 0});
	frame_pack_again(&frame, buf_bytes(&plain), &answer);
	assert_int_equal(frame_unpack_way(&back, buf_bytes(&frame), &answer, &fault), RC_OK);
	assert_true(bytes_equal(buf_bytes(&back), buf_bytes(&plain)));
	so_far_free(so_far);
	so_far_free(other);
	buf_release(&plain);
	buf_release(&frame);
	buf_release(&back);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_state_is_the_same_made_again),
		cmocka_unit_test(rows_and_messages_are_other_states),
		cmocka_unit_test(back_to_where_it_was),
		cmocka_unit_test(the_oldest_go),
		cmocka_unit_test(no_other_state_opens_it),
	};

	crypt_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
