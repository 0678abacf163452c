/* SPDX-License-Identifier: GPL-3.0-or-later
 * Memory that is there or ends the process, and arrays that grow.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/memory.h"

enum { MANY = 1000 };

static void test_grows(void **state)
{
	unsigned *numbers = NULL;
	size_t count = 0, room = 0, moves = 0;

	(void)state;
	for (unsigned n = 0; n < MANY; n++) {
		size_t before = room;
		numbers = array_more(numbers, count, &room, sizeof *numbers);
		assert_true(room > count);
		moves += room != before;
		numbers[count++] = n;
	}
	for (unsigned n = 0; n < MANY; n++)
		assert_int_equal(numbers[n], n);
	assert_true(moves < 10); /* it doubles */
	free(numbers);
}

static void test_grows_in_an_arena(void **state)
{
	struct arena arena = {0};
	unsigned *numbers = NULL, *first = NULL;
	size_t count = 0, room = 0;

	(void)state;
	for (unsigned n = 0; n < MANY; n++) {
		numbers = array_more_in(&arena, numbers, count, &room, sizeof *numbers);
		first = first ? first : numbers;
		numbers[count++] = n;
	}
	for (unsigned n = 0; n < MANY; n++)
		assert_int_equal(numbers[n], n);
	assert_int_equal(first[0], 0); /* what somebody still points to stays */
	arena_release(&arena);
}

static void test_copies(void **state)
{
	char text[] = "应急", *copy = memory_text(text);
	uint8_t *zeros = memory_get(3, 5);

	(void)state;
	text[0] = 'x';
	assert_string_equal(copy, "应急");
	for (unsigned n = 0; n < 15; n++)
		assert_int_equal(zeros[n], 0);
	zeros = memory_size(zeros, 0, 5); /* nothing is something, too */
	assert_non_null(zeros);
	free(zeros);
	free(copy);
}

/* SIZE bytes COUNT times: more than there can be. */
static void too_much(size_t count, size_t size)
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		close(2);
		memory_size(NULL, count, size);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
}

static void test_ends(void **state)
{
	(void)state;
	too_much(SIZE_MAX / 4 * 3, 1); /* a half of it there may be, with 32 bits */
	too_much(SIZE_MAX / 2, 4);     /* and does not come round to a little */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_grows),
		cmocka_unit_test(test_grows_in_an_arena),
		cmocka_unit_test(test_copies),
		cmocka_unit_test(test_ends),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
