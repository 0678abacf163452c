/* SPDX-License-Identifier: GPL-3.0-or-later
 * What of home is new to a person: what came since he looked, until he looks; his own is not; each
 * has his own; it outlives the program, and a broken or foreign file marks nothing.
 */
#include "work/seen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/file.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store_help.h"

static struct store *store;
static const struct user zhang = {.who = 7, .name = "张三"}, li = {.who = 8, .name = "李四"};

static int start(void **state)
{
	(void)state;
	store = help_alone(VILLAGE, "XZ");
	return 0;
}

static struct ref add(const char *text)
{
	char fields[80];

	snprintf(fields, sizeof fields, "text=%s;due=+1h", text);
	return help_add(store, "task", fields);
}

/* As a program that starts sees it. */
static bool is_new(const struct user *user, struct ref ref)
{
	const struct actor actor = {store, user, NULL};
	struct seen seen;

	seen_load(&seen, &actor);
	return seen_new(&seen, ref) != 0;
}

static void look_at_all(const struct user *user)
{
	const struct actor actor = {store, user, NULL};
	struct seen seen;

	seen_load(&seen, &actor);
	seen_all(&seen);
	seen_keep(&seen);
}

static void what_came_since(void **state)
{
	(void)state;
	struct ref first = add("一");

	assert_false(is_new(&zhang, first)); /* the first look */
	struct ref second = add("二");
	assert_true(is_new(&zhang, second));
	assert_false(is_new(&zhang, first));
	assert_false(is_new(&li, second)); /* his first */
	assert_false(is_new(NULL, second));
	help_step(store, first, "accept", "");
	assert_true(is_new(&zhang, first));
	assert_true(is_new(&li, first));
	look_at_all(&zhang);
	assert_false(is_new(&zhang, first));
	assert_false(is_new(&zhang, second));
	assert_true(is_new(&li, first));
}

static void one_that_was_opened(void **state)
{
	const struct actor actor = {store, &zhang, NULL};

	(void)state;
	look_at_all(&zhang);
	struct ref first = add("一"), second = add("二");
	seen_record(&actor, first);
	assert_false(is_new(&zhang, first));
	assert_true(is_new(&zhang, second));
	help_step(store, first, "accept", "");
	assert_true(is_new(&zhang, first));
}

/* Somebody takes a step of it. */
static void step_by(const struct user *user, struct ref ref, unsigned step)
{
	struct op op = {.kind = KIND_task,
		.step = step,
		.who = user->who,
		.rec_site = ref.site,
		.rec_seq = ref.seq};
	struct fault fault;

	assert_int_equal(store_write(store, &op, &fault), RC_OK);
}

static void his_own_is_not(void **state)
{
	(void)state;
	struct ref ref = add("一");
	look_at_all(&zhang);
	look_at_all(&li);
	step_by(&zhang, ref, task_do_accept);
	assert_false(is_new(&zhang, ref));
	assert_true(is_new(&li, ref));
	step_by(&li, ref, task_do_urge);
	assert_true(is_new(&zhang, ref));
	assert_false(is_new(&li, ref));
}

/* The oldest of too many count as looked at; none that came last is lost. */
static void more_than_are_kept(void **state)
{
	const struct actor actor = {store, &zhang, NULL};
	struct ref unseen = {0, 0}, last = {0, 0};

	(void)state;
	look_at_all(&zhang);
	for (unsigned n = 0; n < SEEN_MOST + 20; n++) {
		last = add("多");
		seen_record(&actor, last);
		assert_false(is_new(&zhang, last));
		if (n == SEEN_MOST)
			unseen = add("没看");
	}
	assert_true(is_new(&zhang, unseen));
	assert_false(is_new(&zhang, last));
}

static void nothing_of_another_file(void **state)
{
	struct buf file = {0};
	struct fault fault;
	char path[HELP_HOME + 40];

	(void)state;
	look_at_all(&zhang);
	struct ref ref = add("一");
	assert_true(is_new(&zhang, ref));
	snprintf(path, sizeof path, "%s/recall/seen-7", store_home(store));
	assert_int_equal(file_read(path, 1 << 20, &file, &fault), RC_OK);
	file.at[20] ^= 1;
	assert_int_equal(file_write(path, buf_bytes(&file), 0600, &fault), RC_OK);
	assert_false(is_new(&zhang, ref));
	struct ref next = add("二"); /* from there on it counts again */
	assert_true(is_new(&zhang, next));
	buf_release(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_came_since, start, help_alone_stop),
		cmocka_unit_test_setup_teardown(one_that_was_opened, start, help_alone_stop),
		cmocka_unit_test_setup_teardown(his_own_is_not, start, help_alone_stop),
		cmocka_unit_test_setup_teardown(more_than_are_kept, start, help_alone_stop),
		cmocka_unit_test_setup_teardown(nothing_of_another_file, start, help_alone_stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
