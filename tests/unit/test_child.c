/* SPDX-License-Identifier: GPL-3.0-or-later
 * The terminal's child: its lines are read without waiting, it ends with us, and nobody starts one
 * where there is nothing to sync with.
 */
#include "app/child.h"

#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "app/options.h"
#include "app_help.h"
#include "store/peer.h"
#include "store/station.h"

enum { PATIENCE_MS = 60000 };

static const struct app nobody = {.home = "/nowhere", .config = "/nowhere"};

static void run(struct child *child, const char *script)
{
	const char *const argv[] = {"sh", "-c", script, NULL};
	assert_true(child_start(child, &nobody, "/bin/sh", argv));
}

static bool wait_line(struct child *child)
{
	for (int n = 0; n < 20 && child->fd >= 0; n++) {
		struct pollfd poll_for = {.fd = child->fd, .events = POLLIN};
		if (child_line(child))
			return true;
		if (child->fd >= 0)
			poll(&poll_for, 1, PATIENCE_MS / 20);
	}
	return false;
}

static void lines(void **state)
{
	struct child child;
	(void)state;
	run(&child, "printf '一\\n二'; read x; printf '三\\n'; echo $OUTPOST_HOME; echo no >&2");
	assert_true(wait_line(&child));
	assert_string_equal(child.line, "一");
	assert_true(wait_line(&child)); /* it has no terminal to read from: its read ends at once */
	assert_string_equal(child.line, "二三");
	assert_true(wait_line(&child));
	assert_string_equal(child.line, "/nowhere");
	assert_false(wait_line(&child));
	assert_int_equal(child.fd, -1);
}

static void long_lines_are_cut(void **state)
{
	struct child child;
	(void)state;
	run(&child, "printf '%01000d\\nx\\n' 0");
	assert_true(wait_line(&child));
	assert_int_equal(strlen(child.line), CHILD_LINE - 1);
	assert_true(wait_line(&child));
	assert_string_equal(child.line, "x");
	child_end(&child);
}

static void ended_without_waiting(void **state)
{
	struct child child;
	int status;
	(void)state;
	run(&child, "echo up; exec sleep 100");
	assert_true(wait_line(&child));
	pid_t pid = child.pid;
	child_end(&child);
	assert_int_equal(child.pid, 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
}

/* Killed without warning, the terminal takes its child along. */
static void it_does_not_outlive_us(void **state)
{
	int ends[2];
	char byte;
	(void)state;
	assert_int_equal(pipe(ends), 0);
	pid_t terminal = fork();
	if (terminal == 0) {
		struct child child;
		char script[80];
		close(ends[0]);
		snprintf(script, sizeof script, "echo up; exec sleep 100");
		run(&child, script);
		wait_line(&child);
		raise(SIGKILL);
	}
	close(ends[1]); /* the sleeper holds the other copy as long as it lives */
	waitpid(terminal, NULL, 0);
	struct pollfd poll_for = {.fd = ends[0], .events = POLLIN};
	assert_int_equal(poll(&poll_for, 1, PATIENCE_MS), 1);
	assert_int_equal(read(ends[0], &byte, 1), 0);
	close(ends[0]);
}

static void only_where_there_is_something_to_sync_with(void **state)
{
	struct child child = {.fd = -1, .due = 1};
	struct village village;
	struct fault fault;
	const char *why;
	(void)state;
	village_open(&village);
	child_tend(&child, &village.app); /* not joined */
	assert_int_equal(child.pid, 0);
	struct station station = *store_station(village.app.store);
	station.joined = true;
	assert_int_equal(store_station_set(village.app.store, &station, &fault), RC_OK);
	child.due = 1;
	child_tend(&child, &village.app); /* no way */
	assert_int_equal(child.pid, 0);
	assert_int_equal(routes_set(village.app.store, "http://127.0.0.1:1", &fault), RC_OK);
	assert_true(option_set("sync_child", "off", &why));
	child.due = 1;
	child_tend(&child, &village.app);
	assert_int_equal(child.pid, 0);
	options_reset();
	village_close(&village);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines),
		cmocka_unit_test(long_lines_are_cut),
		cmocka_unit_test(ended_without_waiting),
		cmocka_unit_test(it_does_not_outlive_us),
		cmocka_unit_test(only_where_there_is_something_to_sync_with),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
