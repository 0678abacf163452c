/* SPDX-License-Identifier: GPL-3.0-or-later
 * The search index: caught up from the facts, made again when it is missing, damaged or not this
 * store's.
 */
#include "store_help.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "model/kinds.h"
#include "store/identity.h"
#include "store/rows/internal.h"
#include "store/search.h"

static char home[HELP_HOME];
static struct store *store;

static int start(void **state)
{
	(void)state;
	help_home(home);
	store = help_station(home, VILLAGE, "WZ");
	return 0;
}

static int stop(void **state)
{
	(void)state;
	store_close(store);
	help_remove(home);
	return 0;
}

static bool count_row(const struct row *row, void *to)
{
	(void)row;
	++*(unsigned *)to;
	return true;
}

static unsigned found(const char *words)
{
	unsigned count = 0;
	struct fault fault = {0};
	enum rc rc =
		store_find(store, &(struct find_query){words, 0, 0}, count_row, &count, &fault);
	if (rc)
		fail_msg("%s", fault.text);
	return count;
}

static void follows_the_facts(void **state)
{
	(void)state;
	assert_int_equal(found("水泵"), 0);
	struct ref ref = help_add(store, "supply", "name=水泵");
	assert_int_equal(found("水泵"), 1);
	help_add(store, "supply", "name=小水泵");
	assert_int_equal(found("水泵"), 2);
	help_edit(store, ref, "name=编织袋");
	assert_int_equal(found("水泵"), 1);
	assert_int_equal(found("编织袋"), 1);
	/* A step that changes no word, and the same once more. */
	struct ref hazard =
		help_add(store, "hazard", "category=H0101;place=后山;text=落石;grade=G");
	assert_int_equal(found("落石"), 1);
	help_step(store, hazard, "assign", "track=owner;owner=张三");
	assert_int_equal(found("落石"), 1);
	/* What another process wrote. */
	struct store *other = help_open(home);
	help_add(other, "supply", "name=水泵车");
	store_close(other);
	assert_int_equal(found("水泵"), 2);
}

static void index_file(char path[HELP_HOME + 32], const char *name)
{
	snprintf(path, HELP_HOME + 32, "%s/%s", home, name);
}

static void made_again_when_gone_or_damaged(void **state)
{
	char path[HELP_HOME + 32];
	(void)state;
	help_add(store, "supply", "name=水泵");
	assert_int_equal(found("水泵"), 1);
	for (unsigned how = 0; how < 3; how++) {
		store_close(store);
		index_file(path, "index.db");
		if (how == 0) {
			assert_int_equal(unlink(path), 0);
		} else {
			char junk[6000];
			memset(junk, 'x', sizeof(junk));
			int fd = open(path, O_WRONLY | (how == 2 ? O_TRUNC : 0));
			assert_int_equal(pwrite(fd, junk, sizeof(junk), how == 1 ? 4096 : 0),
				(ssize_t)sizeof(junk));
			close(fd);
		}
		store = help_open(home);
		assert_int_equal(found("水泵"), 1);
	}
}

static void found_without_an_index(void **state)
{
	char path[HELP_HOME + 32];
	(void)state;
	help_add(store, "supply", "name=水泵");
	/* A folder where the file should be: it can be neither opened nor thrown away. */
	index_file(path, "index.db");
	assert_int_equal(mkdir(path, 0700), 0);
	assert_int_equal(found("水泵"), 1);
	assert_int_equal(found("sb"), 1);
	assert_int_equal(found("没有"), 0);
	assert_int_equal(rmdir(path), 0);
}

static void undone_writes_are_not_found(void **state)
{
	struct fault fault;
	(void)state;
	help_add(store, "supply", "name=水泵");
	assert_int_equal(found("水泵"), 1);
	assert_int_equal(store_begin(store, &fault), RC_OK);
	help_add(store, "supply", "name=水泵乙");
	assert_int_equal(found("水泵"), 2);
	store_undo(store);
	assert_int_equal(found("水泵"), 1);
	/* The same place in the order of arrival now holds something else. */
	help_add(store, "supply", "name=水泵丙");
	assert_int_equal(found("水泵"), 2);
	assert_int_equal(found("丙"), 1);
}

static void many_changes_do_not_pile_up(void **state)
{
	struct fault fault;
	(void)state;
	struct ref ref = help_add(store, "supply", "name=水泵");
	assert_int_equal(found("水泵"), 1);
	for (unsigned i = 0; i < 30; i++) {
		char text[40];
		snprintf(text, sizeof(text), "name=水泵%u号", i);
		help_edit(store, ref, text);
		assert_int_equal(found("水泵"), 1);
	}
	assert_int_equal(found("29号"), 1);
	assert_int_equal(found("水泵3号"), 0);
	assert_int_equal(index_rebuild(store, &fault), RC_OK);
	assert_int_equal(found("29号"), 1);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(follows_the_facts),
		TEST(made_again_when_gone_or_damaged),
		TEST(found_without_an_index),
		TEST(undone_writes_are_not_found),
		TEST(many_changes_do_not_pile_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
