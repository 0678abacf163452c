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
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"

static void lost_keys_end_the_site_when_told(void **state)
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
	assert_int_equal(store_pin_set(store, person.seq, "2468", &fault), RC_OK);
	struct ref ref = help_add(store, "supply", "name=水泵");
	store_close(store);
	snprintf(path, sizeof(path), "%s/keys", home);
	help_remove(path);
	/* Nobody becomes another station without being asked. */
	bool fine = true;
	assert_int_equal(store_open(&store, home, 0, &fault), RC_NEWER);
	assert_true(store_readonly(store));
	assert_true(store_station(store)->site == site);
	struct op op = {.kind = KIND_supply};
	assert_int_equal(store_write(store, &op, &fault), RC_IO);
	store_close(store);
	assert_int_equal(store_new_keys(&store, home, &fine, &fault), RC_OK);
	assert_false(fine);
	assert_int_not_equal(store_station(store)->site, site);
	assert_string_equal(store_station(store)->code, "WZ2");
	assert_true(log_site(store_log(store), site, &old));
	assert_true(old.ended);
	assert_string_equal(help_field(store, ref, "name"), "水泵");
	assert_true(store_user(store, "lisi", &user));
	assert_string_equal(user.role, "R02");
	assert_true(user.has_pin);
	assert_int_equal(store_pin_try(store, user.who, "2468", &fault), RC_OK);
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

static uint64_t site_in(const char *home)
{
	struct store *store = help_open(home);
	uint64_t site = store_station(store)->site;
	store_close(store);
	return site;
}

/* The keys are newer than the database: of the site that goes on for its own, or of one behind
 * that. What these have written is never written again. */
static void keys_of_a_later_day_vouch(void **state)
{
	char home[HELP_HOME], early[HELP_HOME + 32], base[HELP_HOME + 32];
	struct fault fault = {0};
	struct buf all = {0};
	uint64_t sites[4];
	(void)state;
	help_home(home);
	snprintf(early, sizeof(early), "%s/early.db", home);
	snprintf(base, sizeof(base), "%s/station.db", home);
	struct store *store = help_station(home, VILLAGE, "WZ");
	sites[0] = store_station(store)->site;
	assert_int_equal(store_backup(store, early, &fault), RC_OK);
	for (unsigned i = 1; i < 3; i++) {
		assert_int_equal(store_site_end(store, NULL, &fault), RC_OK);
		sites[i] = store_station(store)->site;
		help_add(store, "supply", "name=x");
	}
	store_close(store);
	assert_int_equal(rename(early, base), 0);
	store = help_open(home);
	sites[3] = store_station(store)->site;
	for (unsigned i = 0; i < 3; i++) {
		assert_true(sites[3] != sites[i]);
		assert_true(successors_have(store, sites[i]));
	}
	successors_get(store, &all);
	assert_int_equal(all.len, 3 * SUCCESSOR_SIZE);
	buf_release(&all);
	store_close(store);
	assert_true(site_in(home) == sites[3]);
	help_remove(home);
}

/* The commit decides which key is the station's: before it the old one, behind it the new one. */
static void a_crash_around_the_commit(void **state)
{
	char home[HELP_HOME], key[HELP_HOME + 32], kept[HELP_HOME + 32], next[HELP_HOME + 32];
	struct fault fault = {0};
	struct keys keys;
	(void)state;
	help_home(home);
	snprintf(key, sizeof(key), "%s/keys/sign.key", home);
	snprintf(next, sizeof(next), "%s/keys/sign.next", home);
	snprintf(kept, sizeof(kept), "%s/kept", home);
	struct store *store = help_station(home, VILLAGE, "WZ");
	uint64_t old = store_station(store)->site;
	store_close(store);
	/* A key that waits for a commit that never came. */
	keys_make(&keys);
	snprintf(kept, sizeof(kept), "%s/keys", home);
	assert_int_equal(keys_load(&keys, kept, &fault), RC_OK);
	struct keys other = keys;
	keys_make(&keys);
	memcpy(keys.agree_public, other.agree_public, AGREE_PUBLIC);
	memcpy(keys.agree_secret, other.agree_secret, AGREE_SECRET);
	assert_int_equal(keys_save_as(&keys, kept, "sign.next", &fault), RC_OK);
	assert_true(site_in(home) == old);
	/* The commit came, and the key did not take its place yet. */
	snprintf(kept, sizeof(kept), "%s/kept", home);
	assert_int_equal(link(key, kept), 0);
	store = help_open(home);
	assert_int_equal(store_site_end(store, NULL, &fault), RC_OK);
	uint64_t new = store_station(store)->site;
	store_close(store);
	assert_true(new != old &&access(next, F_OK) != 0);
	assert_int_equal(rename(key, next), 0);
	assert_int_equal(rename(kept, key), 0);
	assert_true(site_in(home) == new);
	assert_true(access(next, F_OK) != 0);
	assert_true(site_in(home) == new);
	help_remove(home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lost_keys_end_the_site_when_told),
		cmocka_unit_test(keys_of_a_later_day_vouch),
		cmocka_unit_test(a_crash_around_the_commit),
		cmocka_unit_test(own_facts_coming_back_end_the_site),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
