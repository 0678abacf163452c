/* SPDX-License-Identifier: GPL-3.0-or-later
 * Printing: UTF-8 into files whatever the locale, GB bytes on a terminal that speaks GB.
 */
#include <fcntl.h>
#include <pty.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/out.h"

/* A child prints TEXT on stdout; *len bytes of what came out lie in GOT. */
static void printed(bool terminal, const char *locale, const char *text, char *got, size_t room)
{
	int fds[2], status;
	pid_t child;
	if (terminal) {
		child = forkpty(&fds[0], NULL, NULL, NULL);
	} else {
		assert_int_equal(pipe(fds), 0);
		child = fork();
	}
	assert_true(child >= 0);
	if (child == 0) {
		if (!terminal)
			dup2(fds[1], STDOUT_FILENO);
		setenv("LC_ALL", locale, 1);
		words_start(NULL, "", isatty(STDOUT_FILENO));
		out_fmt("%s", text);
		_exit(out_done() ? 0 : 1);
	}
	if (!terminal)
		close(fds[1]);
	size_t len = 0;
	ssize_t n;
	while (len < room - 1 && (n = read(fds[0], got + len, room - 1 - len)) > 0)
		len += (size_t)n;
	got[len] = 0;
	close(fds[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void test_files_are_utf8(void **state)
{
	char got[64];
	(void)state;
	printed(false, "zh_CN.GB18030", "隐患", got, sizeof got);
	assert_string_equal(got, "隐患");
	printed(false, "C", "隐患", got, sizeof got);
	assert_string_equal(got, "隐患");
}

static void test_terminal_speaks_gb(void **state)
{
	char got[64];
	(void)state;
	printed(true, "zh_CN.GB18030", "隐患", got, sizeof got);
	if (!getenv("LOCPATH"))
		skip(); /* without the locale there is no such terminal */
	assert_string_equal(got, "\xd2\xfe\xbb\xbc");
	printed(true, "zh_CN.UTF-8", "隐患", got, sizeof got);
	assert_string_equal(got, "隐患");
}

static void test_terminal_without_hanzi(void **state)
{
	char got[64];
	(void)state;
	printed(true, "C", "王庄 A-1", got, sizeof got);
	assert_string_equal(got, "Wang Zhuang A-1");
}

/* Nothing that is printed commands a terminal, whatever it quotes; out_fmt is one line. */
static void test_hostile_text(void **state)
{
	static const char hostile[] = "甲\x1b]0;x\x07\xC2\x9B"
				      "2J\xE2\x80\xAE\n乙\x7F\xFF";
	char got[100];
	(void)state;
	printed(false, "zh_CN.UTF-8", hostile, got, sizeof got);
	assert_string_equal(got, "甲?]0;x??2J 乙??");
	printed(true, "zh_CN.UTF-8", hostile, got, sizeof got);
	assert_string_equal(got, "甲?]0;x??2J 乙??");
	/* Û is C3 9B: to a terminal that is not UTF-8 the second byte is CSI. */
	printed(true, "C", "Û31m\xE2\x80\xAE甲\x1b[2J", got, sizeof got);
	assert_string_equal(got, "?31m Jia?[2J");
	if (!getenv("LOCPATH"))
		skip();
	printed(true, "zh_CN.GB18030", hostile, got, sizeof got);
	assert_string_equal(got, "\xBC\xD7?]0;x??2J \xD2\xD2??");
}

static void test_full_disk(void **state)
{
	int status;
	(void)state;
	pid_t child = fork();
	if (child == 0) {
		int full = open("/dev/full", O_WRONLY), none = open("/dev/null", O_WRONLY);
		dup2(full, STDOUT_FILENO);
		dup2(none, STDERR_FILENO);
		out_fmt("x");
		_exit(out_done() ? 0 : 7);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(WEXITSTATUS(status), 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files_are_utf8),
		cmocka_unit_test(test_terminal_speaks_gb),
		cmocka_unit_test(test_terminal_without_hanzi),
		cmocka_unit_test(test_hostile_text),
		cmocka_unit_test(test_full_disk),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
