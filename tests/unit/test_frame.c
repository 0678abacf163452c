/* SPDX-License-Identifier: GPL-3.0-or-later
 * Packed frames come back, with and without history; bombs, cuts and flips are refused.
 */
#include "base/limits.h"
#include "sync/wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/crypt.h"

static struct bytes none;

static void there_and_back(void **state)
{
	struct fault fault;

	(void)state;
	srandom(5);
	for (int round = 0; round < 60; round++) {
		struct buf plain = {0}, packed = {0}, back = {0};
		size_t len = (size_t)random() % 5000;
		for (size_t i = 0; i < len; i++)
			buf_byte(&plain, (uint8_t)(random() % (round % 2 ? 4 : 256)));
		struct bytes history = round % 3 ? none : buf_bytes(&plain);
		frame_pack(&packed, buf_bytes(&plain), history);
		assert_true(packed.len <= plain.len + 1);
		assert_int_equal(frame_unpack(&back, buf_bytes(&packed), history, &fault), RC_OK);
		assert_true(bytes_equal(buf_bytes(&plain), buf_bytes(&back)));
		buf_release(&plain);
		buf_release(&packed);
		buf_release(&back);
	}
}

static void history_helps_and_is_named(void **state)
{
	struct buf plain = {0}, packed = {0}, alone = {0}, back = {0};
	struct fault fault;

	(void)state;
	for (int i = 0; i < 300; i++)
		buf_byte(&plain, (uint8_t)random());
	frame_pack(&alone, buf_bytes(&plain), none);
	frame_pack(&packed, buf_bytes(&plain), buf_bytes(&plain));
	assert_true(packed.len < alone.len / 4);
	assert_int_equal(frame_unpack(&back, buf_bytes(&packed), none, &fault), RC_NONE);
	assert_int_equal(
		frame_unpack(&back, buf_bytes(&packed), bytes_text("another"), &fault), RC_NONE);
	assert_int_equal(frame_unpack(&back, buf_bytes(&packed), buf_bytes(&plain), &fault), RC_OK);
	buf_release(&plain);
	buf_release(&packed);
	buf_release(&alone);
	buf_release(&back);
}

static void hostile_bytes_stay_small(void **state)
{
	struct buf plain = {0}, packed = {0}, back = {0};
	struct fault fault;

	(void)state;
	memset(buf_grow(&plain, 64 << 20), 0, 64 << 20);
	frame_pack(&packed, buf_bytes(&plain), none);
	assert_true(packed.len < 16384);
	assert_int_equal(frame_unpack(&back, buf_bytes(&packed), none, &fault), RC_BAD);
	assert_int_equal(back.len, 0);
	assert_true(back.room <= 8u << 20);
	buf_release(&plain);
	buf_clear(&packed);
	for (int i = 0; i < 400; i++)
		buf_text(&plain, "村东桥下");
	frame_pack(&packed, buf_bytes(&plain), none);
	/* A short frame has no length of its own: a cut is noticed here or gives other bytes, and
	 * the seal notices every one. */
	for (size_t len = 0; len < packed.len; len++) {
		buf_clear(&back);
		assert_true(frame_unpack(&back, bytes_of(packed.at, len), none, &fault) != RC_OK ||
			    !bytes_equal(buf_bytes(&back), buf_bytes(&plain)));
	}
	for (size_t bit = 0; bit < packed.len * 8; bit++) {
		packed.at[bit / 8] ^= (uint8_t)(1u << (bit % 8));
		buf_clear(&back);
		(void)!frame_unpack(&back, buf_bytes(&packed), none,
			&fault); /* the seal notices; here it must not break */
		packed.at[bit / 8] ^= (uint8_t)(1u << (bit % 8));
	}
	buf_release(&plain);
	buf_release(&packed);
	buf_release(&back);
}

/* What is the same in every small frame is not sent: of a text that the dictionary knows little is
 * left. */
static void a_small_frame_has_no_heads(void **state)
{
	struct bytes known = bytes_of(frame_dictionary().at + 40000, 300);
	struct buf packed = {0}, back = {0};
	struct fault fault;

	(void)state;
	frame_pack(&packed, known, none);
	assert_in_range(packed.len, 2, 11);
	assert_int_equal(packed.at[0], DICTIONARY_NUMBER << 4 | 1 | 4);
	assert_int_equal(frame_unpack(&back, buf_bytes(&packed), none, &fault), RC_OK);
	assert_true(bytes_equal(buf_bytes(&back), known));
	buf_release(&packed);
	buf_release(&back);
}

/* A village that writes the same line ten thousand times must not keep its township from being read
 * above: what is written is within what is read. */
static void what_is_said_again_and_again_can_be_read(void **state)
{
	static const size_t lengths[] = {
		1, 1023, 1024, 1025, 64 << 10, 65 << 10, 100000, 300000, 1 << 20, (2 << 20) - 1};

	(void)state;
	for (unsigned i = 0; i < countof(lengths) * 2; i++) {
		struct buf plain = {0}, packed = {0}, back = {0};
		struct fault fault;
		while (plain.len < lengths[i / 2])
			buf_text(&plain, i % 2 ? "村东桥下护岸冲空" : "x");
		plain.len = lengths[i / 2];
		frame_pack(&packed, buf_bytes(&plain), (struct bytes){0, 0});
		assert_int_equal(
			frame_unpack(&back, buf_bytes(&packed), (struct bytes){0, 0}, &fault),
			RC_OK);
		assert_true(bytes_equal(buf_bytes(&plain), buf_bytes(&back)));
		assert_true(packed.len <
			    100 + plain.len / 45); /* zstd 1.4 takes a fiftieth and a little */
		buf_release(&plain);
		buf_release(&packed);
		buf_release(&back);
	}
}

static void the_dictionary_is_there(void **state)
{
	(void)state;
	assert_int_equal(frame_dictionary().len, 65536);
	assert_memory_equal(frame_dictionary().at, "\x37\xa4\x30\xec", 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(history_helps_and_is_named),
		cmocka_unit_test(hostile_bytes_stay_small),
		cmocka_unit_test(a_small_frame_has_no_heads),
		cmocka_unit_test(what_is_said_again_and_again_can_be_read),
		cmocka_unit_test(the_dictionary_is_there),
	};

	crypt_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
