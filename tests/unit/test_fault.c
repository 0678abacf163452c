/* SPDX-License-Identifier: GPL-3.0-or-later
 * Faults: the code comes back, the text fits and is never cut within a hanzi.
 */
#include "base/base.h"

#include <errno.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/text.h"

static void code_and_text_are_kept(void **state)
{
	(void)state;
	struct fault fault = {.rc = RC_OK};
	assert_int_equal(fault_set(&fault, RC_BUSY, "忙 \"%s\"", "甲"), RC_BUSY);
	assert_int_equal(fault.rc, RC_BUSY);
	assert_string_equal(fault.text, "忙 \"甲\"");
	assert_int_equal(fault_set(&fault, RC_BAD, "%s：再说", fault.text), RC_BAD);
	assert_string_equal(fault.text, "忙 \"甲\"：再说");
	assert_int_equal(fault_set(NULL, RC_LINK, "x"), RC_LINK);
}

static void long_texts_end_with_a_whole_hanzi(void **state)
{
	(void)state;
	char text[FAULT_TEXT * 2] = "";
	for (size_t lead = 0; lead < 4; lead++) {
		memset(text, 'a', lead);
		size_t at = lead;
		while (at + 3 < sizeof text) {
			memcpy(text + at, "隐", 3);
			at += 3;
		}
		text[at] = 0;
		struct fault fault;
		assert_int_equal(fault_set(&fault, RC_IO, "%s", text), RC_IO);
		assert_true(strlen(fault.text) > FAULT_TEXT - 8);
		assert_true(text_valid(fault.text, strlen(fault.text)));
		assert_string_equal(fault.text + strlen(fault.text) - 3, "...");
	}
}

/* What a fault quotes comes from files, people and other stations. */
static void a_fault_is_one_line_that_commands_nothing(void **state)
{
	(void)state;
	struct fault fault;
	fault_set(&fault, RC_BAD, "读不懂 \"%s\"：第 %d 行", "\x1b]0;题\x07一\n二\xFF", 3);
	assert_string_equal(fault.text, "读不懂 \"?]0;题?一 二?\"：第 3 行");
	fault_errno(&fault, ENOENT, "打不开", "\xE2\x80\xAE甲");
	assert_string_equal(fault.text, "打不开 \"甲\"：没有这个文件或文件夹");
}

static void errno_says_what_to_do(void **state)
{
	(void)state;
	struct fault fault;
	assert_int_equal(fault_errno(&fault, ENOSPC, "写不了", "a.db"), RC_FULL);
	assert_string_equal(fault.text, "写不了 \"a.db\"：磁盘已满，请清理后再试");
	assert_int_equal(fault_errno(&fault, ENOENT, "打不开", "x"), RC_NONE);
	assert_int_equal(fault_errno(&fault, EIO, "读不了", "x"), RC_IO);
	assert_true(strlen(fault_why(ESTALE)) > 0);
	assert_true(strlen(fault_why(123456)) > 0);
}

static void dying_says_why_and_gives_1(void **state)
{
	(void)state;
	int ends[2], status;
	char said[200] = "";
	assert_int_equal(pipe(ends), 0);
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		dup2(ends[1], STDERR_FILENO);
		die("没有%s", "内存");
	}
	close(ends[1]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(read(ends[0], said, sizeof said - 1) > 0);
	close(ends[0]);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 1);
	assert_non_null(strstr(said, "没有内存"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(code_and_text_are_kept),
		cmocka_unit_test(long_texts_end_with_a_whole_hanzi),
		cmocka_unit_test(a_fault_is_one_line_that_commands_nothing),
		cmocka_unit_test(errno_says_what_to_do),
		cmocka_unit_test(dying_says_why_and_gives_1),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
