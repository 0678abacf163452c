/* SPDX-License-Identifier: GPL-3.0-or-later
 * The database file: statements, errors that stick, transactions, and the steps at which a crash
 * may come.
 * Tests also: statement.c
 */
#include "store/db/db.h"
#include "store/db/library.h"
#include "store_help.h"

#include <setjmp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char home[HELP_HOME], path[HELP_HOME + 16];

static int start(void **state)
{
	(void)state;
	help_home(home);
	snprintf(path, sizeof(path), "%s/x.db", home);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	help_remove(home);
	return 0;
}

static struct db *made(void)
{
	struct fault fault;
	struct db *db;
	assert_int_equal(db_open(&db, path, DB_MAKE, NULL, &fault), RC_OK);
	assert_int_equal(db_run(db, "CREATE TABLE t(a INTEGER, b)", &fault), RC_OK);
	return db;
}

static void values_come_back(void **state)
{
	struct db *db = made();
	(void)state;
	struct sql sql = sql_open(db, "INSERT INTO t VALUES(?,?)");
	sql_num(&sql, INT64_MIN);
	sql_bytes(&sql, bytes_of("\0\xff", 2), false);
	assert_int_equal(sql_run(&sql, NULL), RC_OK);
	sql = sql_open(db, "INSERT INTO t VALUES(?,?)");
	sql_null(&sql);
	sql_bytes(&sql, (struct bytes){0, 0}, true);
	assert_int_equal(sql_run(&sql, NULL), RC_OK);
	sql = sql_open(db, "SELECT a, b FROM t ORDER BY rowid");
	assert_true(sql_row(&sql));
	assert_true(sql_get(&sql, 0) == INT64_MIN);
	assert_int_equal(sql_get_type(&sql, 1), SQL_BYTES);
	assert_true(bytes_equal(sql_get_bytes(&sql, 1), bytes_of("\0\xff", 2)));
	assert_true(sql_row(&sql));
	assert_int_equal(sql_get_type(&sql, 0), SQL_NULL);
	/* Empty is not missing. */
	assert_int_equal(sql_get_type(&sql, 1), SQL_TEXT);
	assert_false(sql_row(&sql));
	assert_int_equal(sql_end(&sql, NULL), RC_OK);
	db_close(db);
}

static void the_same_text_may_be_open_twice(void **state)
{
	struct db *db = made();
	(void)state;
	assert_int_equal(db_run(db, "INSERT INTO t VALUES(1,1),(2,2)", NULL), RC_OK);
	struct sql a = sql_open(db, "SELECT a FROM t ORDER BY a");
	assert_true(sql_row(&a));
	struct sql b = sql_open(db, "SELECT a FROM t ORDER BY a");
	assert_true(sql_row(&b));
	assert_true(sql_row(&b));
	assert_int_equal(sql_get(&b, 0), 2);
	assert_int_equal(sql_get(&a, 0), 1);
	assert_int_equal(sql_end(&b, NULL), RC_OK);
	assert_int_equal(sql_end(&a, NULL), RC_OK);
	/* More texts than the cache holds. */
	for (unsigned i = 0; i < 1000; i++) {
		char text[64];
		snprintf(text, sizeof(text), "SELECT %u", i);
		assert_int_equal(db_number(db, text, -1), i);
	}
	db_close(db);
}

static void errors_stick_and_are_told(void **state)
{
	struct fault fault = {0};
	struct db *db = made();
	(void)state;
	struct sql sql = sql_open(db, "SELECT x FROM nowhere");
	sql_num(&sql, 1);
	assert_false(sql_row(&sql));
	assert_int_equal(sql_end(&sql, &fault), RC_IO);
	assert_non_null(strstr(fault.text, "nowhere"));
	sql = sql_open(db, "SELECT a FROM t");
	sql_num(&sql, 1); /* no such parameter */
	assert_int_equal(sql_run(&sql, &fault), RC_IO);
	assert_int_equal(db_number(db, "SELECT a FROM t", 7), 7);
	db_close(db);
	assert_int_equal(db_open(&db, "/nowhere/x.db", 0, NULL, &fault), RC_NONE);
}

static void a_failed_batch_is_undone(void **state)
{
	struct fault fault = {0};
	struct db *db = made();
	(void)state;
	assert_int_equal(db_begin(db, &fault), RC_OK);
	assert_int_equal(db_run(db, "INSERT INTO t VALUES(1,1)", &fault), RC_OK);
	db_undo(db);
	assert_int_equal(db_number(db, "SELECT count(*) FROM t", -1), 0);
	assert_int_equal(db_commit(db, &fault), RC_IO);
	int64_t before = db_version(db);
	assert_int_equal(db_begin(db, &fault), RC_OK);
	assert_int_equal(db_run(db, "INSERT INTO t VALUES(1,1)", &fault), RC_OK);
	assert_int_equal(db_commit(db, &fault), RC_OK);
	assert_int_equal(db_version(db), before); /* an own commit does not count */
	db_close(db);
}

static void unread(sqlite3_context *context, int count, sqlite3_value **values)
{
	(void)count;
	sqlite3_result_error_code(context, sqlite3_value_int(values[0]));
}

/* A yes or no that could not be read looks like a no: what was written after it is not saved. */
static void what_could_not_be_read_saves_nothing(void **state)
{
	static const struct {
		const char *text;
		enum rc rc;
	} reads[] = {{"SELECT unread(10)", RC_IO}, {"SELECT unread(11)", RC_BAD},
		{"SELECT unread(13)", RC_FULL}, {"SELECT unread(20)", RC_OK}};
	struct fault fault = {0};
	struct db *db = made();
	(void)state;
	assert_int_equal(
		sqlite3_create_function(db->at, "unread", 1, SQLITE_UTF8, NULL, unread, NULL, NULL),
		SQLITE_OK);
	for (unsigned i = 0; i < countof(reads); i++) {
		assert_int_equal(db_begin(db, &fault), RC_OK);
		assert_int_equal(db_number(db, reads[i].text, 0), -1);
		/* Of what is damaged SQLite itself writes no more. */
		(void)!db_run(db, "INSERT INTO t VALUES(1,1)", &fault);
		assert_int_equal(db_commit(db, &fault), reads[i].rc);
		assert_int_equal(db_number(db, "SELECT count(*) FROM t", -1), reads[i].rc == RC_OK);
	}
	/* The next one begins anew. */
	assert_int_equal(db_begin(db, &fault), RC_OK);
	assert_int_equal(db_commit(db, &fault), RC_OK);
	db_close(db);
}

static void strangers_and_damage_are_told(void **state)
{
	struct fault fault;
	struct db *db;
	char note[200];
	(void)state;
	FILE *file = fopen(path, "w");
	for (unsigned i = 0; i < 5000; i++)
		fputs("no database ", file);
	fclose(file);
	assert_int_equal(db_open(&db, path, 0, NULL, &fault), RC_BAD);
	unlink(path);
	db = made();
	assert_true(db_sound(db, false, note));
	db_close(db);
}

static void copies_are_whole(void **state)
{
	struct fault fault = {0};
	struct db *db = made(), *copy;
	char other[HELP_HOME + 16];
	(void)state;
	snprintf(other, sizeof(other), "%s/y.db", home);
	assert_int_equal(db_run(db, "INSERT INTO t VALUES(5,1)", NULL), RC_OK);
	assert_int_equal(db_copy(db, other, &fault), RC_OK);
	assert_int_equal(db_open(&copy, other, DB_READ, NULL, &fault), RC_OK);
	assert_int_equal(db_number(copy, "SELECT a FROM t", -1), 5);
	assert_int_equal(db_run(copy, "DELETE FROM t", &fault), RC_IO);
	db_close(copy);
	db_close(db);
}

/* A child that commits three times and dies at step N. */
static int rows_after(const char *die)
{
	struct step_count steps = step_count_from(die);
	pid_t child = fork();
	if (child == 0) {
		struct db *db;
		if (db_open(&db, path, 0, &steps, NULL))
			_exit(2);
		for (unsigned i = 0; i < 3; i++)
			if (db_begin(db, NULL) || db_run(db, "INSERT INTO t VALUES(1,1)", NULL) ||
				db_commit(db, NULL))
				_exit(2);
		db_close(db);
		_exit(0);
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(die ? WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL
			: WIFEXITED(status) && WEXITSTATUS(status) == 0);
	struct db *db;
	assert_int_equal(db_open(&db, path, 0, NULL, NULL), RC_OK);
	int rows = (int)db_number(db, "SELECT count(*) FROM t", -1);
	assert_int_equal(db_run(db, "DELETE FROM t", NULL), RC_OK);
	db_close(db);
	return rows;
}

static void steps_end_the_process(void **state)
{
	(void)state;
	db_close(made());
	assert_int_equal(rows_after(NULL), 3);
	assert_int_equal(rows_after("1:before"), 0);
	assert_int_equal(rows_after("1:after"), 1);
	assert_int_equal(rows_after("2:before"), 1);
	assert_int_equal(rows_after("3:after"), 3);
	const char *nonsense[] = {"", "x", "0:after", "-1:after", "1", "1:", "1:never"};
	for (size_t i = 0; i < countof(nonsense); i++)
		assert_int_equal(step_count_from(nonsense[i]).at, 0);
}

/* A yes or no made of it would be wrong, and nobody would hear of it. */
static void what_the_library_does_not_know_ends_the_process(void **state)
{
	const char *texts[] = {"SELECT not_yet_there(1)", "SELECT 1 NOT YET THERE"};
	(void)state;
	db_close(made());
	for (size_t i = 0; i < countof(texts); i++) {
		int status;
		pid_t child = fork();
		if (child == 0) {
			struct db *db;
			if (!freopen("/dev/null", "w", stderr) || db_open(&db, path, 0, NULL, NULL))
				_exit(2);
			(void)sql_open(db, texts[i]);
			_exit(0);
		}
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
	}
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(values_come_back),
		TEST(the_same_text_may_be_open_twice),
		TEST(errors_stick_and_are_told),
		TEST(a_failed_batch_is_undone),
		TEST(what_could_not_be_read_saves_nothing),
		TEST(strangers_and_damage_are_told),
		TEST(copies_are_whole),
		TEST(steps_end_the_process),
		TEST(what_the_library_does_not_know_ends_the_process),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
