/* SPDX-License-Identifier: GPL-3.0-or-later
 * When a site has to end: keys are lost, or facts of ours come back that we did not have.
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

static void lost_keys_end_the_site(void **state)
{
	char home[HELP_HOME], path[HELP_HOME + 32];
	struct fault fault = {0};
	struct user user;
	struct site old;
	(void)state;
	help_home(home);
	struct store *store = help_station(home, VILLAGE, "WZ");
	uint64_t site = store_station(store)->site;
	struct ref person =
		help_add(store, "person", "name=李四;login=lisi;role=R02;phone=13800138000");
	assert_int_equal(store_pin_set(store, person.seq, "1234", &fault), RC_OK);
	struct ref ref = help_add(store, "supply", "name=水泵");
	store_close(store);
	snprintf(path, sizeof(path), "%s/keys", home);
	help_remove(path);
	store = help_open(home);
	assert_int_not_equal(store_station(store)->site, site);
	assert_string_equal(store_station(store)->code, "WZ2");
	assert_true(log_site(store_log(store), site, &old));
	assert_true(old.ended);
	assert_string_equal(help_field(store, ref, "name"), "水泵");
	assert_true(store_user(store, "lisi", &user));
	assert_string_equal(user.role, "R02");
	assert_true(user.has_pin);
	assert_true(store_pin_check(store, user.who, "1234"));
	uint64_t next = store_station(store)->site;
	help_edit(store, ref, "name=潜水泵");
	store_close(store);
	store = help_open(home);
	assert_true(store_station(store)->site == next);
	assert_string_equal(help_field(store, ref, "name"), "潜水泵");
	store_close(store);
	help_remove(home);
}

static void own_facts_coming_back_end_the_site(void **state)
{
	char home[HELP_HOME], copy_home[HELP_HOME];
	struct fault fault = {0};
	(void)state;
	help_home(home);
	help_home(copy_home);
	/* The same keys twice: one is an old copy of the other. */
	struct store *store = help_station(home, VILLAGE, "WZ");
	struct store *copy = help_station(copy_home, VILLAGE, "WZ");
	uint64_t site = store_station(store)->site;
	assert_true(store_station(copy)->site == site);
	help_add(store, "supply", "name=a");
	help_carry(copy, store);
	struct ref ref = help_add(copy, "supply", "name=b");
	assert_true(ref.site != site);
	assert_int_equal(log_author(store_log(copy), site, LANE_BULK), 1);
	(void)fault;
	store_close(store);
	store_close(copy);
	help_remove(home);
	help_remove(copy_home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lost_keys_end_the_site),
		cmocka_unit_test(own_facts_coming_back_end_the_site),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
