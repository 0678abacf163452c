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
static int again(struct village *village, const char *user, const char *login)
{
	app_close(&village->app);
	village->app.unclear = false;
	snprintf(village->app.user_name, sizeof village->app.user_name, "%s", user);
	snprintf(village->app.login, sizeof village->app.login, "%s", login);
	return app_store(&village->app, 0);
}

static void test_who_acts(void **state)
{
	struct village village;
	(void)state;
	village_open(&village);
	assert_int_equal(again(&village, "", "root"), 0);
	assert_int_equal(village.app.user.who, 0); /* nobody, not the only one */
	assert_true(village.app.unclear);
	village_add(&village, "person", "name=李四", "login=lisi", "role=R01", NULL);
	village_add(&village, "person", "name=王五", NULL); /* no login: no user */
	assert_int_equal(again(&village, "", "root"), 0);
	assert_true(village.app.unclear);
	assert_int_equal(village.app.user.who, 0);
	assert_int_equal(app_writer(&village.app), EXIT_REFUSED);
	assert_int_equal(again(&village, "", "lisi"), 0);
	assert_string_equal(village.app.user.name, "李四"); /* the account is his */
	assert_int_equal(app_writer(&village.app), 0);
	assert_int_equal(again(&village, "张三", "lisi"), 0);
	assert_string_equal(village.app.user.name, "张三");
	assert_int_equal(again(&village, "王五", "lisi"), EXIT_REFUSED);
	assert_null(village.app.store);
	village_close(&village);
}

static void test_may(void **state)
{
	struct village village;
	struct fault fault;
	const struct kind *kind = kind_of(KIND_person);
	(void)state;
	village_open(&village);
	assert_int_equal(app_may(&village.app, kind, 0, &fault),
		RC_OK); /* no role: every step of the level */
	snprintf(village.app.user.role, sizeof village.app.user.role, "R02");
	assert_int_equal(app_may(&village.app, kind, person_do_off, &fault), RC_DENIED);
	assert_non_null(strstr(fault.text, "R02"));
	village_close(&village);
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
