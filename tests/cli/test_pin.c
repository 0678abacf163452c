/* SPDX-License-Identifier: GPL-3.0-or-later
 * At a terminal, acting as somebody who has a PIN needs that PIN, and so does signing.
 */
#include <pty.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

static char home[64], program[400];

static int shell(const char *words_given)
{
	char command[800];
	snprintf(command, sizeof command, "OUTPOST_HOME=%s '%s' %s >/dev/null 2>&1", home, program,
		words_given);
	return system(command) >> 8;
}

/* How it is started; in $C stands what runs it, and stays meanwhile. */
enum way { BY_SHELL, BY_SSHD, BY_DASH, BY_SCRIPT };
static const struct {
	bool sshd;
	const char *command;
} ways[] = {
	[BY_SHELL] = {false, "eval \"$C\"; exit $?"},
	[BY_SSHD] = {true, "eval \"$C\"; exit $?"},
	[BY_DASH] = {true, "sh -c \"$C\"; exit $?"},    /* an account's shell that stays */
	[BY_SCRIPT] = {true, "sh \"$0.own\"; exit $?"}, /* somebody's own commands */
};

/* Until echo is off: what is typed before is thrown away by the flush. */
static void await_hidden(int master)
{
	struct termios now;
	for (int n = 0; n < 5000 && tcgetattr(master, &now) == 0 && now.c_lflag & ECHO; n++)
		usleep(1000);
}

/* outpost WORDS as NAME on a terminal; PIN is typed when it is asked for. NAME "": whose the
 * account is. The exit code. */
static int act(
	enum way way, const char *name, const char *words_given, const char *pin, bool *was_asked)
{
	char shown[4000], command[900], shell_path[100];
	int master, status;
	pid_t child = forkpty(&master, NULL, NULL, NULL);
	assert_true(child >= 0);
	if (child == 0) {
		setenv("OUTPOST_HOME", home, 1);
		setenv("OUTPOST_LANG", "zh", 1);
		snprintf(command, sizeof command, "'%s' %s; exit $?", program, words_given);
		setenv("C", command, 1);
		snprintf(shell_path, sizeof shell_path, ways[way].sshd ? "%s/sshd" : "/bin/sh",
			home);
		if (*name)
			setenv("OUTPOST_USER", name, 1);
		execl(shell_path, shell_path, "-c", ways[way].command, (char *)NULL);
		_exit(127);
	}
	size_t len = 0;
	ssize_t n;
	*was_asked = false;
	while (len < sizeof shown - 1 &&
		(n = read(master, shown + len, sizeof shown - 1 - len)) > 0) {
		len += (size_t)n;
		shown[len] = 0;
		if (!*was_asked && strstr(shown, "口令：")) {
			*was_asked = true;
			await_hidden(master);
			assert_int_equal(write(master, pin, strlen(pin)), strlen(pin));
		}
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	close(master);
	assert_true(!*pin || !strstr(shown, "2468"));
	return WEXITSTATUS(status);
}

static int whoami(enum way way, const char *name, const char *pin, bool *was_asked)
{
	return act(way, name, "whoami", pin, was_asked);
}

static void test_pin(void **state)
{
	static const char watch[] = "add handover from=张三 to=李四";
	bool was_asked;
	char command[100];
	const char *build = getenv("OUTPOST_BUILD");
	(void)state;
	snprintf(program, sizeof program, "%s/outpost", build ? build : "build");
	snprintf(home, sizeof home, "/tmp/outpost-pin-XXXXXX");
	assert_non_null(mkdtemp(home));
	assert_int_equal(shell("init --area 410882103205 --name 王庄村 --user 张三"), 0);
	assert_int_equal(shell("user add 李四"), 0);
	assert_int_equal(whoami(BY_SHELL, "李四", "", &was_asked), 0);
	assert_false(was_asked);
	snprintf(command, sizeof command, "user pin 李四 <%s/pin", home);
	char file[100];
	snprintf(file, sizeof file, "%s/pin", home);
	FILE *pin = fopen(file, "w");
	assert_non_null(pin);
	fputs("2468\n", pin);
	fclose(pin);
	assert_int_equal(shell(command), 0);
	assert_int_equal(whoami(BY_SHELL, "李四", "2468\n", &was_asked), 0);
	assert_true(was_asked);
	assert_int_equal(whoami(BY_SHELL, "李四", "2469\n", &was_asked), 4);
	assert_true(was_asked);
	assert_int_equal(whoami(BY_SHELL, "张三", "", &was_asked), 0); /* the account is his */
	assert_false(was_asked);
	/* A shell by the name of sshd: a key has proven who comes in by a forced command. */
	snprintf(command, sizeof command, "cp /bin/sh '%s/sshd'", home);
	assert_int_equal(system(command), 0);
	assert_int_equal(whoami(BY_SSHD, "李四", "", &was_asked), 0);
	assert_false(was_asked);
	assert_int_equal(whoami(BY_DASH, "李四", "", &was_asked), 0);
	assert_false(was_asked);
	/* Behind a script somebody may have set what he likes. */
	snprintf(command, sizeof command, "echo 'eval \"$C\"' >'%s/sshd.own'", home);
	assert_int_equal(system(command), 0);
	assert_int_equal(whoami(BY_SCRIPT, "李四", "2469\n", &was_asked), 4);
	assert_true(was_asked);
	/* But a signature is the person's, not the key's. */
	assert_int_equal(act(BY_SSHD, "李四", watch, "2469\n", &was_asked), 4);
	assert_true(was_asked);
	assert_int_equal(act(BY_SSHD, "李四", watch, "2468\n", &was_asked), 0);
	assert_true(was_asked);
	/* Acting under another name and signing is asked once. */
	assert_int_equal(act(BY_SHELL, "李四", watch, "2468\n", &was_asked), 0);
	assert_int_equal(act(BY_SHELL, "", watch, "", &was_asked), 0);
	assert_false(was_asked);
	snprintf(command, sizeof command, "user pin 张三 <%s/pin", home);
	assert_int_equal(shell(command), 0);
	assert_int_equal(act(BY_SHELL, "", watch, "2469\n", &was_asked), 4);
	assert_int_equal(act(BY_SHELL, "", watch, "2468\n", &was_asked), 0);
	assert_true(was_asked);
	assert_int_equal(act(BY_SHELL, "", "list handover", "", &was_asked), 0);
	assert_false(was_asked);
	snprintf(command, sizeof command, "rm -rf '%s'", home);
	assert_int_equal(system(command), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pin),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
