/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where sheets go: the program that outpost.conf names, a file, a command; and who never gets a
 * shell.
 */
#include "app/paper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/options.h"
#include "app_help.h"
#include "base/file.h"

static struct village village;
static char path[200], got[200];

static void set(const char *name, const char *value)
{
	const char *why = "";
	if (!option_set(name, value, &why))
		fail_msg("%s: %s", name, why);
}

static int start(void **state)
{
	struct fault fault;
	struct buf text = {0};
	(void)state;
	unsetenv("SSH_CONNECTION"), unsetenv("SUDO_UID"), unsetenv("SSH_CLIENT"),
		unsetenv("SSH_TTY");
	village_open(&village);
	snprintf(path, sizeof path, "%s/printer", village.home);
	snprintf(got, sizeof got, "%s/got", village.home);
	buf_fmt(&text, "#!/bin/sh\ncat >'%s'\necho request id is 7\n", got);
	enum rc rc = file_write(path, buf_bytes(&text), 0700, &fault);
	buf_release(&text);
	paper_ready(&village.app);
	return rc;
}

static int stop(void **state)
{
	(void)state;
	printer_set(NULL);
	options_reset();
	village_close(&village);
	return 0;
}

static bool put(enum print_to where, const char *name, struct buf *said)
{
	buf_clear(said);
	return printer_put(where, name, bytes_text("灾情\f二\n"), said);
}

static void holds(const char *file, const char *bytes)
{
	struct buf text = {0};
	struct fault fault;
	assert_int_equal(file_read(file, 1000, &text, &fault), RC_OK);
	assert_string_equal(buf_cstr(&text), bytes);
	buf_release(&text);
}

static void on_paper(void **state)
{
	struct buf said = {0};
	(void)state;
	set("print", "none");
	assert_false(put(PRINT_PAPER, "WZ-1", &said));
	assert_non_null(strstr(buf_cstr(&said), "/usr/bin/lp"));
	set("print", path);
	assert_true(put(PRINT_PAPER, "WZ-1", &said));
	assert_non_null(strstr(buf_cstr(&said), "request id is 7"));
	holds(got, "灾情\f二\n");
	set("print_charset", "gb18030");
	assert_true(put(PRINT_PAPER, "WZ-1", &said));
	holds(got, "\xd4\xd6\xc7\xe9\f\xb6\xfe\n");
	set("print", "/nowhere/lp");
	assert_false(put(PRINT_PAPER, "WZ-1", &said));
	assert_non_null(strstr(buf_cstr(&said), "没有办成"));
	buf_release(&said);
}

static void in_a_file(void **state)
{
	struct buf said = {0};
	struct stat there;
	char file[300];
	(void)state;
	assert_true(put(PRINT_FILE, "WZ-1", &said));
	snprintf(file, sizeof file, "%s/prints/WZ-1-20260714-1800.txt", village.home);
	assert_non_null(strstr(buf_cstr(&said), file));
	holds(file, "灾情\f二\n");
	assert_int_equal(stat(file, &there), 0);
	assert_int_equal(there.st_mode & 0777, 0600);
	assert_true(put(PRINT_FILE, "WZ-1", &said));
	assert_non_null(strstr(buf_cstr(&said), "1800-2.txt"));
	buf_release(&said);
}

/* A command leaves what it got, if it ran. */
static bool shell_runs(void)
{
	char command[300];
	struct buf said = {0};
	unlink(got);
	snprintf(command, sizeof command, "cat >'%s'; echo ran", got);
	bool good = put(PRINT_PIPE, command, &said);
	buf_release(&said);
	assert_int_equal(good, access(got, F_OK) == 0);
	return good;
}

static void a_command(void **state)
{
	static const char *const signs[] = {
		"SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY", "SSH_ORIGINAL_COMMAND", "SUDO_UID"};
	(void)state;
	assert_false(shell_runs());
	set("pipe", "on");
	assert_true(shell_runs());
	holds(got, "灾情\f二\n");
	for (size_t n = 0; n < countof(signs); n++) {
		setenv(signs[n], "", 1);
		assert_false(shell_runs());
		unsetenv(signs[n]);
	}
	village.app.logs_in = true;
	assert_false(shell_runs());
	assert_non_null(printer_refuses(PRINT_FILE));
	village.app.logs_in = false;
	village.app.proven = true;
	assert_false(shell_runs());
	village.app.proven = false;
	assert_true(shell_runs());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(on_paper, start, stop),
		cmocka_unit_test_setup_teardown(in_a_file, start, stop),
		cmocka_unit_test_setup_teardown(a_command, start, stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
