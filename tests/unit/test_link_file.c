/* SPDX-License-Identifier: GPL-3.0-or-later
 * A question laid into a folder, and the answer that comes while one waits, or when the stick comes
 * back.
 */
#include "sync/link.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/crypt.h"
#include "hub_child.h"

static char folder[] = "/tmp/outpost-link-file-XXXXXX", url[100];

static int make(void **state)
{
	(void)state;
	crypt_start();
	if (!mkdtemp(folder))
		return -1;
	snprintf(url, sizeof url, "file:%s", folder);
	return 0;
}

static int clear(void **state)
{
	(void)state;
	return rmdir(folder); /* nothing is left there */
}

static void the_stick_goes_and_comes_back(void **state)
{
	(void)state;
	struct link *link = NULL;
	struct fault fault = {0};
	struct buf answer = {0};
	struct link_count count;
	unsigned answered;
	struct link_ways ways = {.wait_ms = 100};
	assert_int_equal(link_file.open(&link, url, &ways, &fault), RC_OK);
	for (int i = 0; i < 3; i++)
		assert_int_equal(
			link_file.swap(link, bytes_text("q"), &answer, 0, &fault), RC_LINK);
	link_file.count(link, &count);
	assert_int_equal(count.sent, FOLDER_HEAD + 1); /* laid there once */
	assert_int_equal(folder_serve(folder, hub_child_echo, NULL, &answered, &fault), RC_OK);
	assert_int_equal(answered, 1);
	assert_int_equal(link_file.swap(link, bytes_text("q"), &answer, 0, &fault), RC_OK);
	assert_int_equal(answer.len, 4);
	assert_memory_equal(answer.at, "re:q", 4);
	link_file.count(link, &count);
	assert_int_equal(count.received, FOLDER_HEAD + 4);
	link_file.close(link);
	buf_release(&answer);
}

static void a_shared_disk_answers_while_one_waits(void **state)
{
	(void)state;
	struct link *link = NULL;
	struct fault fault = {0};
	struct buf answer = {0};
	struct link_ways ways = {.wait_ms = 100};
	assert_int_equal(link_file.open(&link, url, &ways, &fault), RC_OK);
	pid_t pid = fork();
	if (pid == 0) {
		unsigned answered = 0;
		for (int i = 0; i < 400 && !answered; i++) {
			usleep(50 * 1000);
			if (folder_serve(folder, hub_child_echo, NULL, &answered, &fault) != RC_OK)
				_exit(1);
		}
		_exit(answered == 1 ? 0 : 2);
	}
	int64_t from = socket_now();
	assert_int_equal(link_file.swap(link, bytes_text("shared"), &answer, 20000, &fault), RC_OK);
	assert_in_range(socket_now() - from, 0, 19000);
	int status;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	link_file.close(link);
	buf_release(&answer);
}

static void answers_to_others_are_not_ours(void **state)
{
	(void)state;
	struct link *link = NULL;
	struct fault fault = {0};
	struct buf answer = {0};
	uint8_t other[FOLDER_ID], own[FOLDER_ID];
	struct link_ways ways = {.wait_ms = 100};
	folder_id(bytes_text("other"), other);
	folder_id(bytes_text("own"), own);
	assert_int_equal(
		folder_put(folder, FOLDER_ANSWER, other, bytes_text("secret"), &fault), RC_OK);
	assert_int_equal(link_file.open(&link, url, &ways, &fault), RC_OK);
	assert_int_equal(link_file.swap(link, bytes_text("own"), &answer, 0, &fault), RC_LINK);
	assert_int_equal(answer.len, 0);
	folder_remove(folder, other);
	folder_remove(folder, own);
	link_file.close(link);
	buf_release(&answer);
}

static void no_folder_no_link(void **state)
{
	(void)state;
	struct link *link = NULL;
	struct fault fault = {0};
	struct link_ways ways = {.wait_ms = 100};
	assert_int_equal(link_file.open(&link, "file:/nowhere/at/all", &ways, &fault), RC_LINK);
	assert_int_equal(link_file.open(&link, "file:/etc/passwd", &ways, &fault), RC_LINK);
	assert_int_equal(link_file.open(&link, "file:relative", &ways, &fault), RC_BAD);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_stick_goes_and_comes_back),
		cmocka_unit_test(a_shared_disk_answers_while_one_waits),
		cmocka_unit_test(answers_to_others_are_not_ours),
		cmocka_unit_test(no_folder_no_link),
	};
	return cmocka_run_group_tests(tests, make, clear);
}
