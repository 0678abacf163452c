/* SPDX-License-Identifier: GPL-3.0-or-later
 * Long work tells how far it has come, and whoever stops it finds everything as it was; on a
 * terminal a line says it. Tests also: progress_show.c rebuild.c check.c index.c db.c carry.c
 */
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/progress_show.h"
#include "base/progress.h"
#include "store/identity.h"
#include "store/search.h"
#include "intake_help.h"
#include "model/kinds.h"
#include "store_help.h"

enum { RECORDS = 40 };

/* ---- work that is stopped */

static struct {
	unsigned calls, stop_at; /* stop_at: from this call on; 0 = never */
	uint64_t last, whole;
	unsigned ends;
} heard;

static bool hear(const char *what, uint64_t done, uint64_t whole)
{
	assert_true(*what != '\0');
	heard.calls++;
	heard.last = done;
	heard.whole = whole;
	heard.ends += done == whole;
	return !heard.stop_at || heard.calls < heard.stop_at;
}

static void hear_again(unsigned stop_at)
{
	memset(&heard, 0, sizeof heard);
	heard.stop_at = stop_at;
	progress_watch(hear);
}

static int deaf(void **state)
{
	progress_watch(NULL);
	return help_alone_stop(state);
}

static struct store *full(void)
{
	struct store *store = help_alone(VILLAGE, "WZ");

	for (unsigned n = 0; n < RECORDS; n++)
		(void)help_add(store, "hazard", "category=H0101 grade=G place=桥 text=堵");
	return store;
}

static enum rc check(struct store *store, struct fault *fault)
{
	struct check found;

	return store_check(store, false, &found, fault);
}

static enum rc copy(struct store *store, struct fault *fault)
{
	char path[600];

	snprintf(path, sizeof path, "%s/copy.db", store_home(store));
	enum rc rc = store_backup(store, path, fault);
	if (rc)
		assert_int_not_equal(access(path, F_OK), 0);
	(void)remove(path);
	return rc;
}

/* Stopped at its first step, in the middle, and never. */
static void stops_whole(enum rc (*work)(struct store *store, struct fault *fault))
{
	struct store *store = full();
	struct buf before = {0}, after = {0};
	struct fault fault = {0};
	unsigned calls;

	help_dump(store, &before);
	hear_again(0);
	assert_int_equal(work(store, &fault), RC_OK);
	assert_true(heard.ends > 0 && heard.last == heard.whole);
	calls = heard.calls;
	for (unsigned at = 1; at <= calls; at += (calls + 2) / 3) {
		hear_again(at);
		fault.text[0] = '\0';
		assert_int_equal(work(store, &fault), RC_IO);
		assert_non_null(strstr(fault.text, "已停下"));
		assert_int_equal(heard.calls, at);
	}
	hear_again(0);
	buf_clear(&after);
	help_dump(store, &after);
	assert_string_equal(buf_cstr(&before), buf_cstr(&after));
	assert_int_equal(check(store, &fault), RC_OK);
	buf_release(&before);
	buf_release(&after);
}

static void rebuild_stops(void **state)
{
	(void)state;
	stops_whole(store_rebuild);
}

static void check_stops(void **state)
{
	(void)state;
	stops_whole(check);
}

static void index_stops(void **state)
{
	(void)state;
	stops_whole(index_rebuild);
}

static void backup_stops(void **state)
{
	(void)state;
	stops_whole(copy);
}

/* What an import had committed before stays, the rest is not there: rows of a batch come together.
 */
static void import_stops(void **state)
{
	struct buf table = {0};
	struct stand stand;
	struct fault fault = {0};

	(void)state;
	stand_up(&stand, VILLAGE, "office");
	buf_text(&table, "姓名,电话\n");
	for (unsigned n = 0; n < RECORDS; n++)
		buf_fmt(&table, "户主%u,1380000%04u\n", n, n);
	hear_again(RECORDS / 2);
	assert_int_equal(
		csv_import(&stand.in, kind_named("contact"), NULL, buf_bytes(&table), &fault),
		RC_IO);
	intake_undo(&stand.in);
	assert_int_equal(stand_count(&stand, KIND_contact), 0);
	hear_again(0);
	stand_again(&stand, "office");
	assert_int_equal(
		csv_import(&stand.in, kind_named("contact"), NULL, buf_bytes(&table), &fault),
		RC_OK);
	assert_int_equal(intake_end(&stand.in, &fault), RC_OK);
	assert_int_equal(stand_count(&stand, KIND_contact), RECORDS);
	progress_watch(NULL);
	buf_release(&table);
	stand_down(&stand);
}

/* ---- on a terminal */

static void pause_ms(long ms)
{
	nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

/* Work of STEPS steps of 100 ms; the exit code says how it went. */
static void work_there(unsigned steps)
{
	struct fault fault;

	progress_show();
	for (unsigned n = 0; n < steps; n++, pause_ms(100))
		if (progress("核对", n, steps, &fault))
			exit(3);
	exit(progress("核对", steps, steps, &fault) ? 4 : 0);
}

static int play(unsigned steps, const char *typed, char *said, size_t room)
{
	size_t len = 0;
	ssize_t got;
	int line, status;
	pid_t child = forkpty(&line, NULL, NULL, NULL);

	assert_true(child >= 0);
	if (child == 0)
		work_there(steps);
	while (len + 1 < room && (got = read(line, said + len, room - 1 - len)) > 0) {
		len += (size_t)got;
		if (*typed && write(line, typed, strlen(typed)) > 0)
			typed = "";
	}
	said[len] = '\0';
	close(line);
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void a_line_says_it(void **state)
{
	char said[4096];

	(void)state;
	assert_int_equal(play(18, "", said, sizeof said), 0);
	assert_non_null(strstr(said, "核对 1"));
	assert_non_null(strstr(said, "/18"));
	assert_non_null(strstr(said, "每秒"));
	assert_non_null(strstr(said, "还要1秒"));
	assert_true(strlen(said) > 2 && said[strlen(said) - 1] == '\r'); /* it is gone at the end */
	assert_null(strchr(said, '\n'));
	assert_null(strchr(said, '\033')); /* also a terminal that knows no commands */
}

static void short_work_says_nothing(void **state)
{
	char said[4096];

	(void)state;
	assert_int_equal(play(5, "", said, sizeof said), 0);
	assert_string_equal(said, "");
}

/* The first line that is shown is answered by ^C. */
static void control_c_stops_it(void **state)
{
	char said[4096];

	(void)state;
	assert_int_equal(play(200, "\003", said, sizeof said), 3);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(rebuild_stops, deaf),
		cmocka_unit_test_teardown(check_stops, deaf),
		cmocka_unit_test_teardown(index_stops, deaf),
		cmocka_unit_test_teardown(backup_stops, deaf),
		cmocka_unit_test(import_stops),
		cmocka_unit_test(a_line_says_it),
		cmocka_unit_test(short_work_says_nothing),
		cmocka_unit_test(control_c_stops_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
