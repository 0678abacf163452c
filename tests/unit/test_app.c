/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who acts, what they may, and which exit code a failure has.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app_help.h"
#include "model/kinds.h"

static void test_exit_codes(void **state)
{
	(void)state;
	assert_int_equal(exit_of(RC_OK), 0);
	assert_int_equal(exit_of(RC_IO), 1);
	assert_int_equal(exit_of(RC_BUSY), 1);
	assert_int_equal(exit_of(RC_FULL), 1);
	assert_int_equal(exit_of(RC_NEWER), 1);
	assert_int_equal(exit_of(RC_LINK), 3);
	assert_int_equal(exit_of(RC_DENIED), 4);
	assert_int_equal(exit_of(RC_BAD), 5);
	assert_int_equal(exit_of(RC_NONE), 6);
}

/* The store again, as another process would open it. */
static int again(struct desk *desk, const char *user, const char *login)
{
	app_close(&desk->app);
	desk->app.unclear = false;
	snprintf(desk->app.user_name, sizeof desk->app.user_name, "%s", user);
	snprintf(desk->app.login, sizeof desk->app.login, "%s", login);
	return app_store(&desk->app, 0);
}

static void test_who_acts(void **state)
{
	struct desk desk;
	(void)state;
	desk_open(&desk);
	assert_int_equal(again(&desk, "", "root"), 0);
	assert_string_equal(desk.app.user.name, "张三"); /* the only one */
	desk_add(&desk, "person", "name=李四", "login=lisi", "role=R01", NULL);
	desk_add(&desk, "person", "name=王五", NULL); /* no login: no user */
	assert_int_equal(again(&desk, "", "root"), 0);
	assert_true(desk.app.unclear);
	assert_int_equal(desk.app.user.who, 0);
	assert_int_equal(app_writer(&desk.app), EXIT_REFUSED);
	assert_int_equal(again(&desk, "", "lisi"), 0);
	assert_string_equal(desk.app.user.name, "李四"); /* the account is his */
	assert_int_equal(app_writer(&desk.app), 0);
	assert_int_equal(again(&desk, "张三", "lisi"), 0);
	assert_string_equal(desk.app.user.name, "张三");
	assert_int_equal(again(&desk, "王五", "lisi"), EXIT_REFUSED);
	assert_null(desk.app.store);
	desk_close(&desk);
}

static void test_may(void **state)
{
	struct desk desk;
	struct fault fault;
	const struct kind *kind = kind_of(KIND_person);
	(void)state;
	desk_open(&desk);
	assert_int_equal(
		app_may(&desk.app, kind, 0, &fault), RC_OK); /* no role: every step of the level */
	snprintf(desk.app.user.role, sizeof desk.app.user.role, "R02");
	assert_int_equal(app_may(&desk.app, kind, person_do_off, &fault), RC_DENIED);
	assert_non_null(strstr(fault.text, "R02"));
	desk_close(&desk);
}

static void test_names(void **state)
{
	const struct kind *kind = NULL;
	(void)state;
	assert_int_equal(app_kind("hazard", &kind), 0);
	assert_int_equal(kind->id, KIND_hazard);
	assert_int_equal(app_kind("隐患", &kind), 0);
	assert_int_equal(kind->id, KIND_hazard);
	assert_int_equal(app_kind("nosuch", &kind), EXIT_USAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_exit_codes),
		cmocka_unit_test(test_who_acts),
		cmocka_unit_test(test_may),
		cmocka_unit_test(test_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
