/* SPDX-License-Identifier: GPL-3.0-or-later
 * What people type, as marks.
 */
#include "base/when_parts.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void words_become_marks(void **state)
{
	(void)state;
	static const struct {
		const char *typed, *marks;
	} cases[] = {
		{" 2026-07-14T06:33Z ", "2026-07-14t06:33z"},
		{"２０２６／７／１４　６：３３", "2026/7/14 6:33"},
		{"2026 年 7 月 14 日 8 时 5 分", "2026-7-14d 8h 5'"},
		{"昨天下午3点半", "@-1 |p3h30"},
		{"大后天", "@+3"},
		{"30分钟前", "30m<"},
		{"2个小时后", "2h>"},
		{"甲", "?"},
		{"@+1 <|", "?+1 ??"},
		{"\xFF", "?"},
	};
	for (size_t i = 0; i < countof(cases); i++) {
		char got[WHEN_TYPED];
		assert_true(when_marks(cases[i].typed, got));
		assert_string_equal(got, cases[i].marks);
	}
}

static void nothing_and_too_much_are_refused(void **state)
{
	(void)state;
	char got[WHEN_TYPED], many[WHEN_TYPED + 1];
	memset(many, '1', WHEN_TYPED);
	many[WHEN_TYPED] = 0;
	assert_false(when_marks("", got));
	assert_false(when_marks(" 　 ", got));
	assert_false(when_marks(many, got));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_become_marks),
		cmocka_unit_test(nothing_and_too_much_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
