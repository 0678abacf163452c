/* SPDX-License-Identifier: GPL-3.0-or-later
 * Memory that goes all at once: zeroed, aligned, never overlapping.
 */
#include "base/arena.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void pieces_are_zeroed_aligned_and_apart(void **state)
{
	(void)state;
	struct arena arena = {0};
	uint8_t *piece[200];
	for (size_t i = 0; i < countof(piece); i++) {
		size_t size = i * 7 % 400;
		piece[i] = arena_get(&arena, size);
		assert_int_equal((uintptr_t)piece[i] % _Alignof(max_align_t), 0);
		for (size_t k = 0; k < size; k++)
			assert_int_equal(piece[i][k], 0);
		memset(piece[i], (int)i, size);
	}
	for (size_t i = 0; i < countof(piece); i++)
		for (size_t k = 0; k < i * 7 % 400; k++)
			assert_int_equal(piece[i][k], (uint8_t)i);
	arena_release(&arena);
	assert_null(arena.last);
}

static void big_pieces_get_their_own_block(void **state)
{
	(void)state;
	struct arena arena = {0};
	char *small = arena_text(&arena, "王庄村");
	uint8_t *big = arena_get(&arena, 1 << 20);
	big[(1 << 20) - 1] = 1;
	assert_string_equal(small, "王庄村");
	arena_release(&arena);
	arena_release(&arena); /* twice is harmless */
}

static void copies_are_ended_by_nul(void **state)
{
	(void)state;
	struct arena arena = {0};
	char source[] = "柏香镇";
	struct bytes copy = arena_bytes(&arena, bytes_of(source, 6));
	source[0] = 'x';
	assert_string_equal((const char *)copy.at, "柏香");
	assert_int_equal(copy.len, 6);
	assert_int_equal(arena_bytes(&arena, bytes_of(NULL, 0)).len, 0);
	assert_string_equal(arena_fmt(&arena, "%s-%03d", "甲", 7), "甲-007");
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
		cmocka_unit_test(big_pieces_get_their_own_block),
		cmocka_unit_test(copies_are_ended_by_nul),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
