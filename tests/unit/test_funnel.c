/* SPDX-License-Identifier: GPL-3.0-or-later
 * The funnel: one write a frame, bytes counted, and when it asks for an answer.
 */
#include "ui/term/funnel.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

static unsigned frame(struct funnel *funnel, int out, size_t size, char *bytes)
{
	char text[1024];

	memset(text, 'a', sizeof(text));
	assert_int_equal(fwrite(text, 1, size, funnel->file), size);
	fflush(funnel->file);
	funnel_send(funnel);
	ssize_t got = read(out, bytes, 2048);
	return got < 0 ? 0 : (unsigned)got;
}

static void test_asks_when_behind(void **state)
{
	struct funnel funnel;
	char bytes[2048];
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_true(funnel_open(&funnel, ends[1]));
	assert_int_equal(frame(&funnel, ends[0], 1, bytes), 1);
	assert_int_equal(frame(&funnel, ends[0], 100, bytes), 100);
	assert_int_equal(funnel.until_ms, 0);
	assert_int_equal(frame(&funnel, ends[0], 100, bytes), 104);
	assert_memory_equal(bytes + 100, "\033[5n", 4);
	assert_true(funnel.until_ms > funnel_now());
	assert_int_equal(frame(&funnel, ends[0], 500, bytes), 500);
	funnel_answered(&funnel);
	assert_int_equal(funnel.until_ms, 0);
	assert_int_equal(funnel.bytes, 1 + 100 + 104 + 500);
	assert_int_equal(frame(&funnel, ends[0], 500, bytes), 504);
	funnel.until_ms = funnel_now() - 1;
	assert_true(funnel_late(&funnel));
	assert_false(funnel_late(&funnel));
	assert_int_equal(frame(&funnel, ends[0], 500, bytes), 500);
	assert_int_equal(funnel.frame_bytes, 0); /* nothing large was answered yet */
	funnel_answered(&funnel);
	assert_int_equal(funnel.frame_bytes, 504);
	assert_int_equal(frame(&funnel, ends[0], 500, bytes), 504);
	funnel_close(&funnel);
	close(ends[0]);
	close(ends[1]);
}

static void test_closed_line(void **state)
{
	struct funnel funnel;
	int ends[2];

	(void)state;
	signal(SIGPIPE, SIG_IGN);
	assert_int_equal(pipe(ends), 0);
	assert_true(funnel_open(&funnel, ends[1]));
	close(ends[0]);
	funnel_write(&funnel, "a", 1);
	assert_true(funnel.gone);
	funnel_close(&funnel);
	close(ends[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_asks_when_behind),
		cmocka_unit_test(test_closed_line),
	};

	return cmocka_run_group_tests_name("funnel", tests, NULL, NULL);
}
