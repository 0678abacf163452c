/* SPDX-License-Identifier: GPL-3.0-or-later
 * Signals as flags and a readable pipe.
 */
#include "ui/term/signals.h"

#include <poll.h>
#include <signal.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

static bool said(void)
{
	struct pollfd ready = {.fd = signals_fd(), .events = POLLIN};

	return poll(&ready, 1, 0) == 1;
}

static void test_flags(void **state)
{
	(void)state;
	signals_catch();
	assert_false(signals_hung_up() || signals_resized() || said());
	raise(SIGWINCH);
	assert_true(said());
	signals_quiet();
	assert_false(said());
	assert_true(signals_resized());
	assert_false(signals_resized());
	raise(SIGTERM);
	assert_true(said());
	assert_true(signals_hung_up() && signals_hung_up());
	signals_catch();
	assert_false(signals_hung_up());
	raise(SIGHUP);
	assert_true(signals_hung_up());
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_flags)};

	return cmocka_run_group_tests_name("signals", tests, NULL, NULL);
}
