/* SPDX-License-Identifier: GPL-3.0-or-later
 * A PIN typed on a terminal is not shown, and the terminal shows again what is typed after it.
 */
#include <pty.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/prove.h"

/* Until echo is off: what is typed before is thrown away by the flush. */
static void await_hidden(int master)
{
	struct termios now;
	for (int n = 0; n < 5000 && tcgetattr(master, &now) == 0 && now.c_lflag & ECHO; n++)
		usleep(1000);
}

/* What the child's terminal showed, and whether it took TYPED. */
static bool asked(const char *typed, char *shown, size_t room)
{
	int master, status;
	pid_t child = forkpty(&master, NULL, NULL, NULL);
	assert_true(child >= 0);
	if (child == 0) {
		char pin[LIMIT_PIN + 1];
		struct termios after;
		bool good = secret_ask("PIN:", pin);
		tcgetattr(STDIN_FILENO, &after);
		_exit(!(after.c_lflag & ECHO) ? 9 : !good ? 1 : strcmp(pin, "2468") ? 2 : 0);
	}
	size_t len = 0;
	ssize_t n;
	/* The question stands there before the answer is typed. */
	while (len < room - 1 && (n = read(master, shown + len, room - 1 - len)) > 0) {
		len += (size_t)n;
		shown[len] = 0;
		if (typed && strstr(shown, "PIN:") && strchr(shown, '\n')) {
			await_hidden(master);
			assert_int_equal(write(master, typed, strlen(typed)), strlen(typed));
			typed = NULL;
		}
	}
	shown[len] = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	close(master);
	assert_int_not_equal(WEXITSTATUS(status), 9);
	return WEXITSTATUS(status) == 0;
}

static void test_hidden(void **state)
{
	char shown[200];
	(void)state;
	assert_true(asked("2468\n", shown, sizeof shown));
	assert_null(strstr(shown, "2468"));
}

static void test_refused(void **state)
{
	char shown[200];
	(void)state;
	assert_false(asked("\n", shown, sizeof shown));
	assert_false(asked(
		"\003\n", shown, sizeof shown)); /* Ctrl-C, and the terminal is not left mute */
	assert_false(asked("1234567890123456789012345678901234567890\n", shown, sizeof shown));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hidden),
		cmocka_unit_test(test_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
