/* SPDX-License-Identifier: GPL-3.0-or-later
 * The question for a PIN: what it takes, what it says, and that nothing stays in memory.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "ui/guard.h"

static struct desk desk;

static enum guard_act type(struct guard *guard, const char *text)
{
	enum guard_act act = GUARD_WAITS;

	for (; *text && act == GUARD_WAITS; text++)
		act = guard_key(guard, desk.store, *text == '\n' ? K_ENTER : *text);
	return act;
}

static bool holds(const struct guard *guard, const char *text)
{
	return guard->pin.text.at &&
	       memmem(guard->pin.text.at, guard->pin.text.room, text, strlen(text)) != NULL;
}

static void test_takes_the_right_one(void **state)
{
	struct guard guard = {0};

	(void)state;
	guard_start(&guard, &desk.user, "签收", false);
	assert_int_equal(type(&guard, "\n"), GUARD_WAITS); /* nothing typed is no try */
	assert_string_equal(guard.note, "");
	assert_int_equal(type(&guard, "9753"), GUARD_WAITS);
	assert_true(holds(&guard, "9753"));
	assert_int_equal(type(&guard, "1\n"), GUARD_WAITS);
	assert_non_null(strstr(guard.note, "还可以试 4 次"));
	assert_false(holds(&guard, "9753"));
	assert_int_equal(type(&guard, "2468\n"), GUARD_SHOWN);
	assert_false(holds(&guard, "2468"));
	guard_release(&guard);
	assert_false(guard.on);
	guard_release(&guard);
}

static void test_is_left(void **state)
{
	struct guard guard = {0};

	(void)state;
	guard_start(&guard, &desk.user, "签收", false);
	assert_int_equal(guard_key(&guard, desk.store, K_ESC), GUARD_LEFT);
	guard_start(&guard, &desk.user, "", true);
	assert_int_equal(guard_key(&guard, desk.store, K_ESC), GUARD_WAITS);
	assert_int_equal(guard_key(&guard, desk.store, K_CTRL('X')), GUARD_LEFT);
	guard_release(&guard);
}

static void test_no_longer_than_a_pin(void **state)
{
	struct guard guard = {0};

	(void)state;
	guard_start(&guard, &desk.user, "签收", false);
	for (unsigned n = 0; n < 100; n++)
		assert_int_equal(guard_key(&guard, desk.store, '7'), GUARD_WAITS);
	assert_int_equal(guard.pin.text.len, LIMIT_PIN);
	guard_release(&guard);
}

static void test_is_drawn(void **state)
{
	struct guard guard = {0};
	struct buf text = {0};

	(void)state;
	guard_start(&guard, &desk.user, "复查", false);
	assert_int_equal(type(&guard, "9753"), GUARD_WAITS);
	guard_layout(&guard, pane_measured(grid_pane(&desk.grid)));
	guard_draw(&guard, grid_pane(&desk.grid));
	grid_show(&desk.grid, &text);
	assert_non_null(strstr(buf_cstr(&text), "复查：要 张三 的口令"));
	assert_non_null(strstr(buf_cstr(&text), "口令：****"));
	assert_null(strstr(buf_cstr(&text), "9753"));
	guard_release(&guard);
	buf_release(&text);
}

static int start(void **state)
{
	struct fault fault;

	(void)state;
	desk_open(&desk);
	return store_pin_set(desk.store, desk.user.who, "2468", &fault);
}

static int stop(void **state)
{
	(void)state;
	desk_close(&desk);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_takes_the_right_one),
		cmocka_unit_test(test_is_left),
		cmocka_unit_test(test_no_longer_than_a_pin),
		cmocka_unit_test(test_is_drawn),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
