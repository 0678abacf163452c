/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every screen there is: a paste writes nothing and opens nothing, and says so or lies in a field;
 * keys that come faster than a person types confirm nothing.
 */
#include "every_screen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static const char pasted[] = "sysyY1671qtyu\nsy\n6\ny";

/* As the loop takes keys that lie there at once. */
static void press_at_once(struct stack *stack, const char *letters)
{
	int keys[32];
	unsigned count = (unsigned)strlen(letters);

	for (unsigned n = 0; n < count; n++)
		keys[n] = letters[n];
	if (stack_acts(stack, keys[0]) && stack_many(stack, keys, count)) {
		stack_refuse(stack, count);
		return;
	}
	for (unsigned n = 0; n < count; n++)
		(void)stack_key(stack, keys[n]);
}

static void a_paste_is_no_key(void **state)
{
	struct desk desk;
	unsigned count = 0;

	(void)state;
	every_furnish(&desk);
	for (size_t n = 0; screens[n]; n++) {
		const char *name = screens[n]->name;

		if (!every_opened(&desk, name))
			fail_msg("%s does not open", name);
		uint64_t before = log_last(store_log(desk.store));
		assert_true(stack_paste(desk.stack, pasted));
		const char *screen = every_seen(&desk);
		if (log_last(store_log(desk.store)) != before)
			fail_msg("%s: a paste wrote", name);
		if (strcmp(every_shown, name) != 0)
			fail_msg("%s: a paste opened %s", name, every_shown);
		if (!strstr(screen, "没有当按键") && !strstr(screen, "sysyY") &&
			!strstr(screen, "没有能粘贴") && !strstr(screen, "不是数字"))
			fail_msg("%s: a paste goes nowhere\n%s", name, screen);
		count++;
	}
	assert_true(count > 20);
	desk_close(&desk);
}

static void a_burst_confirms_nothing(void **state)
{
	static const char *const bursts[] = {
		"sysysysy", "7y7y7y7y", "1y1y1y1y", "tyuysyry", "sy", "6y6y6y"};
	struct desk desk;

	(void)state;
	every_furnish(&desk);
	for (size_t n = 0; screens[n]; n++)
		for (size_t b = 0; b < countof(bursts); b++) {
			const char *name = screens[n]->name;

			assert_true(every_opened(&desk, name));
			uint64_t before = log_last(store_log(desk.store));
			press_at_once(desk.stack, bursts[b]);
			if (log_last(store_log(desk.store)) != before)
				fail_msg("%s: %s wrote", name, bursts[b]);
		}
	desk_close(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_paste_is_no_key),
		cmocka_unit_test(a_burst_confirms_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
