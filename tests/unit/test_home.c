/* SPDX-License-Identifier: GPL-3.0-or-later
 * Home: what burns stands first, a warning is signed in two keys, places are one key away.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "desk.h"
#include "work/agenda.h"
#include "work/receipt.h"
#include "work/rules.h"

static const char *const red[] = {"event=11B01", "severity=red", "headline=暴雨红色预警",
	"sent=2026-07-14 06:30", "expires=2026-07-14 12:30", NULL};
static const char *const blue[] = {"event=11B01", "severity=blue", "headline=大风蓝色预警",
	"sent=2026-07-14 06:31", "expires=2026-07-14 12:30", NULL};

static int start(void **state)
{
	static struct desk desk;

	desk_open(&desk);
	*state = &desk;
	return 0;
}

static int stop(void **state)
{
	desk_close(*state);
	return 0;
}

static void test_empty(void **state)
{
	struct desk *desk = *state;

	desk_login(desk, 24, 80);
	assert_true(desk_sees(desk, "前哨 王庄村"));
	assert_true(desk_sees(desk, "现在没有要办的事"));
	assert_true(desk_sees(desk, "N接报 B灾情"));
	assert_true(desk_keys(desk, "s"));
	assert_true(desk_sees(desk, "现在没有要签收的"));
}

static void test_worst_first(void **state)
{
	struct desk *desk = *state;

	desk_add(desk, "warning", blue);
	desk_add(desk, "warning", red);
	desk_login(desk, 12, 40);
	const char *screen = desk_screen(desk);
	assert_non_null(strstr(screen, "红R"));
	assert_true(strstr(screen, "红R") < strstr(screen, "蓝B"));
}

static void test_sign_in_two_keys(void **state)
{
	struct desk *desk = *state;
	struct ref warning = desk_add(desk, "warning", red);

	desk_login(desk, 24, 80);
	assert_false(warning_signed(desk->store, warning));
	assert_true(desk_keys(desk, "s"));
	assert_true(desk_sees(desk, "按 y 签收"));
	assert_true(desk_keys(desk, "n"));
	assert_true(desk_sees(desk, "没有办"));
	assert_false(warning_signed(desk->store, warning));
	assert_true(desk_keys(desk, "s y"));
	assert_true(desk_sees(desk, "已签收"));
	assert_true(warning_signed(desk->store, warning));
	assert_true(desk_sees(desk, "生效 "));
}

static void test_wrong_key_says_what_works(void **state)
{
	struct desk *desk = *state;

	desk_login(desk, 24, 80);
	assert_true(desk_keys(desk, "z"));
	assert_true(desk_sees(desk, "此处无 z 键，? 查看可用键"));
	assert_true(desk_keys(desk, "U"));
	assert_true(desk_sees(desk, "此处无 U 键"));
	assert_true(desk_keys(desk, "y"));
	assert_true(desk_sees(desk, "现在没有要确认的事"));
}

static void test_leaving(void **state)
{
	struct desk *desk = *state;

	desk_login(desk, 24, 80);
	assert_true(desk_keys(desk, "q"));
	assert_true(desk_sees(desk, "退出按 Q"));
	assert_true(desk_keys(desk, "Q q"));
	assert_true(desk_sees(desk, "没有办"));
	assert_false(desk_keys(desk, "Q y"));
}

/* What is wrong with the county's rules stands where somebody looks. */
static void test_wrong_rules_are_said(void **state)
{
	struct desk *desk = *state;

	rules_folder_complain("rules.conf:1: due hazard newx: 没有状态；用上一次好的\n");
	desk_login(desk, 24, 80);
	assert_true(desk_sees(desk, "rules.conf:1: due hazard newx: 没有状态；用上一次好的"));
	rules_folder_complain("");
	desk_login(desk, 24, 80);
	assert_null(strstr(desk_screen(desk), "rules.conf:1"));
}

static void test_help_is_of_the_screen(void **state)
{
	struct desk *desk = *state;

	desk_login(desk, 24, 80);
	assert_true(desk_keys(desk, "?"));
	assert_true(desk_sees(desk, "签收预警"));
	assert_true(desk_keys(desk, "q =hazard ?"));
	assert_true(desk_sees(desk, "列表随打随筛"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_empty, start, stop),
		cmocka_unit_test_setup_teardown(test_worst_first, start, stop),
		cmocka_unit_test_setup_teardown(test_sign_in_two_keys, start, stop),
		cmocka_unit_test_setup_teardown(test_wrong_key_says_what_works, start, stop),
		cmocka_unit_test_setup_teardown(test_leaving, start, stop),
		cmocka_unit_test_setup_teardown(test_wrong_rules_are_said, start, stop),
		cmocka_unit_test_setup_teardown(test_help_is_of_the_screen, start, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
