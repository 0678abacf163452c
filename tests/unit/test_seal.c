/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sealed frames: the other station opens them, nobody else does, and no bit can be changed on the
 * way.
 */
#include "sync/wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static struct keys village, township, stranger;

static struct seal_key key_of(const struct keys *own, const struct keys *other, bool sending)
{
	struct seal_key key;
	assert_true(seal_key(
		&key, own->agree_secret, own->agree_public, other->agree_public, sending, 7));
	return key;
}

static void the_other_opens_it(void **state)
{
	struct seal_key put = key_of(&village, &township, true),
			take = key_of(&township, &village, false);
	struct seal_key back = key_of(&township, &village, true),
			wrong = key_of(&stranger, &village, false);
	struct buf frame = {0}, plain = {0};
	uint64_t sender;
	uint8_t id;

	(void)state;
	seal_put(&frame, &put, 0x11223344556677, bytes_text("村东桥下游护岸冲空"));
	assert_int_equal(frame.len, SEAL_HEAD + strlen("村东桥下游护岸冲空") + SEAL_TAG);
	assert_true(seal_head(buf_bytes(&frame), &sender, &id));
	assert_true(sender == 0x11223344556677 && id == 7);
	assert_true(seal_take(&plain, &take, buf_bytes(&frame)));
	assert_true(bytes_equal(buf_bytes(&plain), bytes_text("村东桥下游护岸冲空")));
	assert_memory_not_equal(put.key, back.key, 32);
	buf_clear(&plain);
	assert_false(seal_take(&plain, &wrong, buf_bytes(&frame)));
	assert_false(seal_take(&plain, &back, buf_bytes(&frame)));
	assert_int_equal(plain.len, 0);
	buf_release(&frame);
	buf_release(&plain);
}

static void every_bit_counts(void **state)
{
	struct seal_key put = key_of(&village, &township, true),
			take = key_of(&township, &village, false);
	struct buf frame = {0}, plain = {0};

	(void)state;
	seal_put(&frame, &put, 5, bytes_text("x"));
	for (size_t bit = 0; bit < frame.len * 8; bit++) {
		frame.at[bit / 8] ^= (uint8_t)(1u << (bit % 8));
		assert_false(seal_take(&plain, &take, buf_bytes(&frame)));
		frame.at[bit / 8] ^= (uint8_t)(1u << (bit % 8));
	}
	for (size_t len = 0; len < frame.len; len++)
		assert_false(seal_take(&plain, &take, bytes_of(frame.at, len)));
	assert_true(seal_take(&plain, &take, buf_bytes(&frame)));
	buf_release(&frame);
	buf_release(&plain);
}

static void a_key_of_zeros_is_none(void **state)
{
	uint8_t zero[AGREE_PUBLIC] = {0};
	struct seal_key key;

	(void)state;
	assert_false(seal_key(&key, village.agree_secret, village.agree_public, zero, true, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_other_opens_it),
		cmocka_unit_test(every_bit_counts),
		cmocka_unit_test(a_key_of_zeros_is_none),
	};

	crypt_start();
	keys_from_seed(&village, "village");
	keys_from_seed(&township, "township");
	keys_from_seed(&stranger, "stranger");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
