/* SPDX-License-Identifier: GPL-3.0-or-later
 * People who log in, who wrote what.
 */
#include "store_help.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/when.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/rows/internal.h"
#include "store/station.h"

static void users_are_found(void **state)
{
	char home[HELP_HOME];
	struct fault fault = {0};
	struct buf name = {0};
	struct user user;
	(void)state;
	help_home(home);
	struct store *store = help_station(home, VILLAGE, "WZ");
	struct ref ref = help_add(store, "person", "name=李四;login=lisi;post=网格员");
	assert_true(store_user(store, "李四", &user));
	assert_true(store_user(store, "lisi", &user));
	assert_int_equal(user.who, ref.seq);
	assert_false(user.has_pin);
	assert_false(user.off);
	assert_false(store_user(store, "王五", &user));
	assert_int_equal(store_pin_set(store, ref.seq, "2468", &fault), RC_OK);
	assert_true(store_user(store, "李四", &user));
	assert_true(user.has_pin);
	help_step(store, ref, "off", "");
	assert_true(store_user(store, "lisi", &user));
	assert_true(user.off);
	store_author_of(store, ref.site, ref.seq, (struct bytes){0, 0}, &name);
	assert_string_equal(buf_cstr(&name), "李四");
	buf_clear(&name);
	store_author_of(store, ref.site, 0, bytes_text("王主任"), &name);
	assert_string_equal(buf_cstr(&name), "王主任");
	buf_release(&name);
	store_close(store);
	help_remove(home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(users_are_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
