/* SPDX-License-Identifier: GPL-3.0-or-later
 * A database of an earlier day meets the keys of today, or the other way round, at a village and at
 * its township, after any number of changes of keys: they find each other again by themselves.
 * Tests also: keyring.c
 */
#include "world.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/enrol.h"
#include "sync/swap.h"
#include "sync/keys/keyring.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

enum { DAY = 86400, ROUNDS = 12 };

enum keys_of {
	KEYS_TODAY,
	KEYS_THEN,
	KEYS_NEWEST_GONE,
	KEYS_NUMBERED_GONE,
	KEYS_SIGN_ALONE,
	KEYS_WAYS
};
static const char *const keys_words[KEYS_WAYS] = {
	"keys of today", "keys of then", "the newest key gone", "one agree.key", "sign.key alone"};

enum put { PUT_LAID, PUT_RESTORED, PUT_NOT, PUTS };
static const char *const put_words[PUTS] = {"laid over", "restored", "not put back"};

struct play {
	struct pair *pair;
	bool hub; /* the township is put back, and not the village */
	struct store **at;
	char home[200], kept[240];
};

static void shell(const char *command)
{
	pid_t child = fork();
	int status = 0;

	if (child == 0) {
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void begin(struct play *play, bool hub)
{
	struct fault fault;
	char command[900];

	when_hold(1784000000);
	play->pair = world_pair();
	play->hub = hub;
	play->at = hub ? &play->pair->town : &play->pair->village;
	snprintf(play->home, sizeof play->home, "%s", store_home(*play->at));
	snprintf(play->kept, sizeof play->kept, "%s/../kept", play->home);
	assert_int_equal(mkdir(play->kept, 0700), 0);
	world_hazard(play->pair->village, 0, "早先");
	snprintf(command, sizeof command, "%s/kept.db", play->kept);
	assert_int_equal(store_backup(*play->at, command, &fault), RC_OK);
	snprintf(command, sizeof command, "cp -a '%s/keys' '%s/keys'", play->home, play->kept);
	shell(command);
}

static bool sync_all(struct pair *pair)
{
	struct sync_result result;

	return world_sync(pair->village, &pair->road, ROUNDS, &result);
}

/* As their programs do at each start: keys are tended. */
static void tend(struct pair *pair)
{
	struct fault fault;

	assert_int_equal(keyring_tend(pair->village, 0, &fault), RC_OK);
	assert_int_equal(keyring_tend(pair->town, 0, &fault), RC_OK);
}

static bool change_keys(struct play *play, unsigned here, unsigned there)
{
	bool good = true;
	struct store *other = play->hub ? play->pair->village : play->pair->town;
	struct fault fault;

	for (unsigned i = 0; i < here || i < there; i++) {
		when_skip(30 * DAY);
		tend(play->pair);
		if (i < here)
			assert_int_equal(keyring_rotate(*play->at, &fault), RC_OK);
		if (i < there)
			assert_int_equal(keyring_rotate(other, &fault), RC_OK);
		good &= sync_all(play->pair);
	}
	return good;
}

static void put_keys(struct play *play, enum keys_of keys)
{
	static const char *const ways[KEYS_WAYS] = {
		[KEYS_TODAY] = ":",
		[KEYS_THEN] = "rm -rf \"$H/keys\" && cp -a \"$K/keys\" \"$H/keys\"",
		[KEYS_NEWEST_GONE] =
			"cd \"$H/keys\" && rm -f \"$(ls -v | grep agree- | tail -n 1)\"",
		[KEYS_NUMBERED_GONE] = "rm -f \"$H\"/keys/agree-*.key",
		[KEYS_SIGN_ALONE] = "rm -f \"$H\"/keys/agree*.key",
	};

	setenv("H", play->home, 1);
	setenv("K", play->kept, 1);
	shell(ways[keys]);
}

static void put_back(struct play *play, enum put put, enum keys_of keys)
{
	struct fault fault = {0};
	char file[300];

	store_close(*play->at);
	put_keys(play, keys);
	if (put == PUT_LAID) {
		shell("rm -f \"$H\"/station.db-* && cp \"$K/kept.db\" \"$H/station.db\"");
	} else if (put == PUT_RESTORED) {
		snprintf(file, sizeof file, "%s/kept.db", play->kept);
		if (store_restore(play->home, file, &fault))
			print_error("%s\n", fault.text);
		assert_int_equal(fault.rc, RC_OK);
	}
	if (store_open(play->at, play->home, STORE_FAST, &fault))
		print_error("%s\n", fault.text);
	assert_int_equal(fault.rc, RC_OK);
	play->pair->road.hub = play->pair->town;
}

static bool same(struct pair *pair)
{
	return world_count(pair->town, KIND_hazard) == world_count(pair->village, KIND_hazard) &&
	       world_digest(pair->town, village_area) == world_digest(pair->village, village_area);
}

/* HERE, THERE: how often the one that is put back and the other changed their keys since. */
static bool one(bool hub, enum put put, enum keys_of keys, unsigned here, unsigned there)
{
	struct play play;
	bool good;

	begin(&play, hub);
	assert_true(change_keys(&play, here, there));
	world_hazard(play.pair->village, 0, "后来");
	assert_true(sync_all(play.pair));
	put_back(&play, put, keys);
	tend(play.pair);
	good = sync_all(play.pair);
	world_hazard(play.pair->village, 0, "以后");
	good &= sync_all(play.pair) && sync_all(play.pair) && same(play.pair) &&
		world_count(play.pair->town, KIND_hazard) == 3;
	/* And keys go on changing. */
	good &= change_keys(&play, 2, 2);
	if (!good)
		print_error("%s %s, %s, %u changes here and %u there: %u and %u hazards\n",
			hub ? "hub" : "village", put_words[put], keys_words[keys], here, there,
			world_count(play.pair->town, KIND_hazard),
			world_count(play.pair->village, KIND_hazard));
	world_pair_end(play.pair);
	return good;
}

/* Sixteen changes and more give the same four bits again. */
static void each(bool hub)
{
	unsigned bad = 0;

	for (enum keys_of keys = 0; keys < KEYS_WAYS; keys++) {
		bad += !one(hub, PUT_LAID, keys, 1, 0);
		bad += !one(hub, PUT_LAID, keys, 20, 0);
		bad += !one(hub, PUT_RESTORED, keys, 3, 3);
		bad += !one(hub, PUT_NOT, keys, 3, 0);
	}
	assert_int_equal(bad, 0);
}

static void a_village_of_another_day(void **state)
{
	(void)state;
	each(false);
}

static void a_township_of_another_day(void **state)
{
	(void)state;
	each(true);
}

/* Whoever is revoked is told so at once, and does not ask on. */
static void a_revoked_one_asks_once(void **state)
{
	struct sync_result result;
	struct fault fault;
	struct play play;
	(void)state;

	begin(&play, false);
	assert_int_equal(
		enrol_revoke(play.pair->town, store_station(play.pair->village)->site, "", &fault),
		RC_OK);
	assert_false(world_sync(play.pair->village, &play.pair->road, 1, &result));
	assert_int_equal(result.rounds, 1);
	world_pair_end(play.pair);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_revoked_one_asks_once),
		cmocka_unit_test(a_village_of_another_day),
		cmocka_unit_test(a_township_of_another_day),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
