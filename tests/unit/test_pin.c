/* SPDX-License-Identifier: GPL-3.0-or-later
 * PINs: every try is counted before it is looked at, five wrong ones lock, the lock doubles.
 * Covers: K09
 */
#include "store_help.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/when.h"
#include "store/identity.h"
#include "store/rows/internal.h"
#include "store/station.h"

#define SOME_DAY 1784023200 /* 2026-07-14 18:00 */

struct room {
	char home[HELP_HOME];
	struct store *store;
	uint32_t who;
};

static int start(void **state)
{
	static struct room room;
	struct fault fault;

	help_home(room.home);
	when_hold(SOME_DAY);
	room.store = help_station(room.home, VILLAGE, "WZ");
	room.who = help_add(room.store, "person", "name=李四;login=lisi").seq;
	assert_int_equal(store_pin_set(room.store, room.who, "2468", &fault), RC_OK);
	*state = &room;
	return 0;
}

static int stop(void **state)
{
	struct room *room = *state;

	store_close(room->store);
	help_remove(room->home);
	when_start(NULL);
	return 0;
}

static enum rc try(struct room *room, const char *pin, struct fault *fault)
{
	*fault = (struct fault){0};
	return store_pin_try(room->store, room->who, pin, fault);
}

static void wrong(struct room *room, unsigned times)
{
	struct fault fault;

	while (times--)
		assert_int_equal(try(room, "1111", &fault), RC_DENIED);
}

static void test_right_and_wrong(void **state)
{
	struct room *room = *state;
	struct fault fault;

	assert_int_equal(try(room, "2468", &fault), RC_OK);
	assert_int_equal(try(room, "2469", &fault), RC_DENIED);
	assert_non_null(strstr(fault.text, "李四"));
	assert_non_null(strstr(fault.text, "4")); /* more that may be made */
	assert_int_equal(try(room, "", &fault), RC_DENIED);
	assert_int_equal(try(room, "2468", &fault), RC_OK);
	/* A right one forgives the wrong ones before it. */
	wrong(room, 4);
	assert_int_equal(try(room, "2468", &fault), RC_OK);
	wrong(room, 4);
	assert_int_equal(try(room, "2468", &fault), RC_OK);
}

static void test_what_anybody_guesses_is_none(void **state)
{
	static const char *const easy[] = {
		"1111", "1212", "4321", "123456", "abcd", "8000", "80002731"};
	struct room *room = *state;
	struct fault fault;
	struct ref ref = {store_station(room->store)->site, room->who};

	help_edit(room->store, ref, "phone=13780002731");
	for (size_t n = 0; n < countof(easy); n++) {
		assert_int_equal(store_pin_set(room->store, room->who, easy[n], &fault), RC_BAD);
		assert_int_equal(try(room, "2468", &fault), RC_OK);
	}
	assert_int_equal(store_pin_set(room->store, room->who, "8003", &fault), RC_OK);
}

static void test_who_has_none_has_no_right_one(void **state)
{
	struct room *room = *state;
	struct fault fault;

	room->who = help_add(room->store, "person", "name=王五;login=wangwu").seq;
	assert_int_equal(try(room, "", &fault), RC_DENIED);
	assert_int_equal(try(room, "2468", &fault), RC_DENIED);
	room->who = 0;
	assert_int_equal(try(room, "", &fault), RC_DENIED);
}

static void test_the_lock_doubles(void **state)
{
	static const unsigned minutes[] = {1, 2, 4, 8, 16, 32, 64, 64, 64};
	struct room *room = *state;
	struct fault fault;

	for (size_t i = 0; i < countof(minutes); i++) {
		wrong(room, 5);
		assert_int_equal(try(room, "2468", &fault), RC_DENIED);
		when_skip(minutes[i] * 60 - 1);
		assert_int_equal(try(room, "2468", &fault), RC_DENIED);
		assert_non_null(strstr(fault.text, "锁"));
		when_skip(1);
	}
	assert_int_equal(try(room, "2468", &fault), RC_OK);
	/* and then it begins anew */
	wrong(room, 5);
	when_skip(60);
	assert_int_equal(try(room, "2468", &fault), RC_OK);
}

static void test_tries_while_it_is_locked_do_not_make_it_longer(void **state)
{
	struct room *room = *state;
	struct fault fault;

	wrong(room, 5);
	wrong(room, 20);
	when_skip(60);
	assert_int_equal(try(room, "2468", &fault), RC_OK);
}

/* A clock that stood in the future when it was locked must not lock for years. */
static void test_a_clock_that_goes_back(void **state)
{
	struct room *room = *state;
	struct fault fault;

	when_skip(12 * 365 * 86400);
	wrong(room, 5);
	when_hold(SOME_DAY);
	assert_int_equal(try(room, "2468", &fault), RC_DENIED);
	when_skip(60);
	assert_int_equal(try(room, "2468", &fault), RC_OK);
}

static void test_a_new_pin_opens_the_lock(void **state)
{
	struct room *room = *state;
	struct fault fault;

	wrong(room, 5);
	assert_int_equal(store_pin_set(room->store, room->who, "1357", &fault), RC_OK);
	assert_int_equal(try(room, "1357", &fault), RC_OK);
}

/* Whoever kills the program before it has compared has made his try all the same: the first thing
 * that reaches the disk is the count. */
static void test_killed_tries_count(void **state)
{
	struct room *room = *state;
	struct fault fault;

	for (unsigned i = 0; i < 5; i++) {
		int status;
		pid_t child = fork();
		assert_true(child >= 0);
		if (child == 0) {
			struct store *store;
			setenv("OUTPOST_DIE", "1:after", 1);
			if (store_open(&store, room->home, 0, &fault))
				_exit(1);
			(void)!store_pin_try(store, room->who, "2468", &fault);
			_exit(0);
		}
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFSIGNALED(status));
	}
	assert_int_equal(try(room, "2468", &fault), RC_DENIED);
	assert_non_null(strstr(fault.text, "锁"));
}

static void test_many_at_once_have_five(void **state)
{
	struct room *room = *state;
	struct fault fault;
	int looked = 0;
	enum { MANY = 8 };

	for (unsigned i = 0; i < MANY; i++)
		if (fork() == 0) {
			struct store *store;
			if (store_open(&store, room->home, 0, &fault))
				_exit(100);
			int mine = 0;
			for (unsigned k = 0; k < 3; k++) {
				(void)!store_pin_try(store, room->who, "1111", &fault);
				mine += strstr(fault.text, "不对") != NULL;
			}
			_exit(mine);
		}
	for (unsigned i = 0; i < MANY; i++) {
		int status;
		assert_true(wait(&status) > 0);
		looked += WEXITSTATUS(status);
	}
	assert_int_equal(looked, 5);
}

/* A try that cannot be counted is none. */
static void test_where_nothing_can_be_written(void **state)
{
	struct room *room = *state;
	struct store *store;
	struct fault fault = {0};

	assert_int_equal(store_open(&store, room->home, STORE_READ, &fault), RC_OK);
	for (unsigned i = 0; i < 10; i++) {
		assert_int_equal(store_pin_try(store, room->who, "2468", &fault), RC_IO);
		assert_non_null(strstr(fault.text, "口令"));
	}
	store_close(store);
	/* Nor one that is part of something that may be taken back. */
	assert_int_equal(store_begin(room->store, &fault), RC_OK);
	assert_int_equal(try(room, "2468", &fault), RC_BUSY);
	store_undo(room->store);
	assert_int_equal(try(room, "2468", &fault), RC_OK);
}

static void test_tries_are_logged(void **state)
{
	struct room *room = *state;
	struct buf log = {0};
	struct fault fault;
	char path[HELP_HOME + 16];

	wrong(room, 5);
	assert_int_equal(try(room, "2468", &fault), RC_DENIED);
	when_skip(60);
	assert_int_equal(try(room, "2468", &fault), RC_OK);
	snprintf(path, sizeof path, "%s/pin.log", room->home);
	assert_int_equal(file_read(path, 1 << 20, &log, &fault), RC_OK);
	const char *text = buf_cstr(&log);
	unsigned lines = 0;
	for (const char *at = text; (at = strchr(at, '\n')); at++)
		lines++;
	assert_int_equal(lines, 8); /* set, five wrong ones, one at the lock, the right one */
	assert_non_null(strstr(text, "李四"));
	assert_non_null(strstr(text, "2026-07-14T18:00:00+08:00"));
	assert_null(strstr(text, "1111"));
	assert_null(strstr(text, "2468"));
	buf_release(&log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_right_and_wrong, start, stop),
		cmocka_unit_test_setup_teardown(test_what_anybody_guesses_is_none, start, stop),
		cmocka_unit_test_setup_teardown(test_who_has_none_has_no_right_one, start, stop),
		cmocka_unit_test_setup_teardown(test_the_lock_doubles, start, stop),
		cmocka_unit_test_setup_teardown(
			test_tries_while_it_is_locked_do_not_make_it_longer, start, stop),
		cmocka_unit_test_setup_teardown(test_a_clock_that_goes_back, start, stop),
		cmocka_unit_test_setup_teardown(test_a_new_pin_opens_the_lock, start, stop),
		cmocka_unit_test_setup_teardown(test_killed_tries_count, start, stop),
		cmocka_unit_test_setup_teardown(test_many_at_once_have_five, start, stop),
		cmocka_unit_test_setup_teardown(test_where_nothing_can_be_written, start, stop),
		cmocka_unit_test_setup_teardown(test_tries_are_logged, start, stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
