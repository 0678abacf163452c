/* SPDX-License-Identifier: GPL-3.0-or-later
 * At no free byte the terminal opens, and drafts are kept: each one that was said to be kept is
 * read after a new start. Tests also: reserve.c cramped.c
 * Covers: K11
 */
#include <fcntl.h>
#include <pty.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "model/kinds.h"
#include "work/drafts.h"
#include "store/db.h"
#include "store/identity.h"
#include "store/log.h"
#include "store/rows/internal.h"
#include "store/station.h"

enum { KEEPS = 300, DRAFTS = 3 };

static char home[64];
static bool mounted;

static void shell(const char *fmt, const char *path)
{
	char command[300];
	snprintf(command, sizeof command, fmt, path);
	assert_int_equal(system(command), 0);
}

static struct store *station(void)
{
	struct station own = {
		.area = 410882103205, .level = LEVEL_VILLAGE, .name = "王庄村", .code = "WZC"};
	struct fault fault;
	struct store *store;
	if (store_init(&store, home, &own, NULL, 0, &fault) != RC_OK)
		fail_msg("%s", fault.text);
	return store;
}

static void fill(void)
{
	static char block[4096];
	char path[100];
	memset(block, 'x', sizeof block);
	snprintf(path, sizeof path, "%s/fill", home);
	int fd = open(path, O_WRONLY | O_CREAT, 0600);
	assert_true(fd >= 0);
	while (write(fd, block, sizeof block) > 0)
		continue;
	close(fd);
}

static bool there(const char *name)
{
	char path[100];
	snprintf(path, sizeof path, "%s/%s", home, name);
	return access(path, F_OK) == 0;
}

static int start(void **state)
{
	char command[200];
	(void)state;
	crypt_start();
	snprintf(home, sizeof home, "/tmp/outpost-draft-XXXXXX");
	assert_non_null(mkdtemp(home));
	snprintf(command, sizeof command,
		"mount -t tmpfs -o size=6m,mode=0700 outpost-test %s 2>/dev/null", home);
	mounted = system(command) == 0;
	return 0;
}

static int stop(void **state)
{
	(void)state;
	if (mounted)
		shell("umount %s", home);
	shell("rm -rf %s", home);
	return 0;
}

static void body_of(unsigned n, struct buf *body)
{
	struct buf text = {0};
	for (unsigned i = 0; i <= n % 20; i++)
		buf_fmt(&text, "第%u次，堤坝外侧渗水，先用沙袋围。", n);
	struct value value = value_text(buf_cstr(&text));
	put_field(body, hazard_text, &value);
	buf_release(&text);
}

static void keep(struct store *store, unsigned n, struct draft *draft)
{
	static const unsigned forms[DRAFTS] = {KIND_hazard, KIND_report, KIND_duty};
	struct user user = {.who = 10};
	struct buf body = {0};
	struct fault fault = {0};
	*draft = (struct draft){.kind = kind_of(forms[n % DRAFTS]), .area = 410882103205};
	body_of(n, &body);
	if (draft_keep(store, &user, draft, buf_bytes(&body), &fault) != RC_OK)
		fail_msg("draft %u: %s", n, fault.text);
	buf_release(&body);
}

/* A field after the other, as a person types on a disk that is full. */
static void drafts_are_kept_to_the_last_byte(void **state)
{
	struct store *store;
	struct draft draft;
	struct user user = {.who = 10};
	struct fault fault;
	struct buf body = {0}, wanted = {0};
	(void)state;
	if (!mounted)
		skip();
	store_close(station());
	assert_true(there("reserve"));
	fill();
	assert_int_equal(store_open(&store, home, STORE_RESERVE, &fault), RC_OK);
	assert_false(store_readonly(store));
	for (unsigned n = 0; n < KEEPS; n++)
		keep(store, n, &draft);
	store_close(store);
	assert_false(there("reserve"));
	assert_int_equal(store_open(&store, home, STORE_RESERVE, &fault), RC_OK);
	assert_true(draft_get(store, &user, &draft, &body));
	body_of(KEEPS - 1, &wanted);
	assert_true(bytes_equal(buf_bytes(&body), buf_bytes(&wanted)));
	store_close(store);
	buf_release(&body);
	buf_release(&wanted);
}

/* Opened when even the reserve was gone: as soon as there is room it writes again by itself. */
static void room_is_noticed(void **state)
{
	struct store *store;
	struct draft draft;
	struct fault fault;
	char path[100];
	(void)state;
	if (!mounted)
		skip();
	snprintf(path, sizeof path, "%s/reserve", home);
	store_close(station());
	unlink(path);
	fill();
	assert_int_equal(store_open(&store, home, STORE_RESERVE, &fault), RC_OK);
	assert_true(store_cramped(store) && store_readonly(store));
	assert_int_equal(kv_num_set(store, kv_own(KV_EXPIRED), 1, &fault), RC_FULL);
	assert_false(store_moved(store));
	shell("rm %s/fill", home);
	assert_true(store_moved(store));
	assert_false(store_cramped(store) || store_readonly(store));
	keep(store, 1, &draft);
	store_close(store);
	assert_int_equal(store_open(&store, home, 0, &fault), RC_OK);
	store_close(store);
	assert_true(there("reserve"));
}

/* As a terminal does; SHOWN is looked through once. */
static void answer(int master, char *shown, char **asked)
{
	for (char *at = *asked ? *asked : shown; (at = strstr(at, "\033[5n")); *asked = at)
		assert_int_equal(write(master, "\033[0n", 4), 4), at += 4;
}

/* What the program shows on a terminal until it is left with q; its exit code. */
static int terminal(char *shown, size_t room)
{
	const char *build = getenv("OUTPOST_BUILD");
	char program[400];
	int master, status;
	size_t len = 0;
	snprintf(program, sizeof program, "%s/outpost", build ? build : "build");
	pid_t child = forkpty(&master, NULL, NULL, &(struct winsize){24, 80, 0, 0});
	assert_true(child >= 0);
	if (child == 0) {
		setenv("OUTPOST_HOME", home, 1);
		setenv("OUTPOST_LANG", "zh", 1);
		setenv("LC_ALL", "C.UTF-8", 1);
		setenv("TERM", "vt100", 1);
		alarm(30);
		execl(program, program, (char *)NULL);
		_exit(127);
	}
	bool left = false;
	char *asked = NULL;
	for (ssize_t n; len < room - 1 && (n = read(master, shown + len, room - 1 - len)) > 0;) {
		len += (size_t)n;
		shown[len] = 0;
		if (!left && strstr(shown, "退出")) {
			left = true;
			assert_int_equal(write(master, "Q", 1), 1);
		}
		answer(master, shown, &asked);
		if (strstr(shown, "按 y"))
			assert_int_equal(write(master, "y", 1), 1);
	}
	shown[len] = 0;
	close(master);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void the_terminal_opens(void **state)
{
	static char shown[60000];
	char path[100];
	(void)state;
	if (!mounted)
		skip();
	snprintf(path, sizeof path, "%s/reserve", home);
	store_close(station());
	fill();
	assert_int_equal(terminal(shown, sizeof shown), 0);
	assert_non_null(strstr(shown, "王庄村"));
	assert_null(strstr(shown, "只读"));
	unlink(path);
	fill();
	assert_int_equal(terminal(shown, sizeof shown), 0);
	assert_non_null(strstr(shown, "只读"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(drafts_are_kept_to_the_last_byte, start, stop),
		cmocka_unit_test_setup_teardown(room_is_noticed, start, stop),
		cmocka_unit_test_setup_teardown(the_terminal_opens, start, stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
