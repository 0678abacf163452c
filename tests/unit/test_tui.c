/* SPDX-License-Identifier: GPL-3.0-or-later
 * The loop on a real terminal line: paint, keys, what another process commits, hang-up, dumb
 * terminals.
 * Covers: T9
 */
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "app/tui.h"
#include "base/when.h"
#include "desk.h"
#include "eye.h"
#include "model/rules.h"
#include "store/station.h"

/* make cover counts what ran here as well, which _exit would forget. */
extern void __gcov_dump(void) __attribute__((weak));

enum { ROWS = 24, COLUMNS = 80, PATIENCE_MS = 60000, QUIET_MS = 600, STEP_MS = 50 };

struct seat {
	struct desk desk;
	struct eye *eye;
	const char *login; /* who sits there */
	pid_t child;
	int line;
	unsigned bells;
	struct buf shown;
};

static int start(void **state)
{
	static struct seat seat;

	seat = (struct seat){.line = -1, .login = "张三"};
	desk_open(&seat.desk);
	*state = &seat;
	return 0;
}

static int stop(void **state)
{
	struct seat *seat = *state;

	if (seat->eye)
		eye_free(seat->eye);
	buf_release(&seat->shown);
	desk_close(&seat->desk);
	return 0;
}

/* Ten minutes go by. */
static void pass_time(int number)
{
	(void)number;
	when_skip(600);
}

static void sit(struct seat *seat, const char *home, const char *type)
{
	struct winsize size = {.ws_row = ROWS, .ws_col = COLUMNS};

	seat->eye = eye_new(ROWS, COLUMNS, NULL);
	seat->child = forkpty(&seat->line, NULL, NULL, &size);
	assert_true(seat->child >= 0);
	if (seat->child == 0) {
		struct app app = {0};

		snprintf(app.login, sizeof(app.login), "%s", seat->login);
		setenv("TERM", type, 1);
		unsetenv("LINES");
		unsetenv("COLUMNS");
		snprintf(app.home, sizeof(app.home), "%s", home);
		words_start("zh", NULL, true);
		signal(SIGUSR1, pass_time);
		int code = tui_run(&app);
		app_close(&app);
		if (__gcov_dump)
			__gcov_dump();
		_exit(code);
	}
}

/* What the terminal shows and answers, for STEP_MS. */
static void look(struct seat *seat)
{
	struct pollfd wait = {.fd = seat->line, .events = POLLIN};
	char bytes[4096];
	struct buf answer = {0};

	if (poll(&wait, 1, STEP_MS) > 0) {
		ssize_t got = read(seat->line, bytes, sizeof(bytes));

		for (ssize_t at = 0; at < got; at++)
			seat->bells += bytes[at] == '\a';
		if (got > 0)
			eye_see(seat->eye, bytes, (size_t)got);
		else
			usleep(STEP_MS * 1000); /* the other end is closed: it will end */
	}
	eye_answers(seat->eye, &answer);
	if (answer.len)
		assert_int_equal(write(seat->line, answer.at, answer.len), (ssize_t)answer.len);
	buf_release(&answer);
}

static bool comes(struct seat *seat, const char *text)
{
	for (int spent = 0; spent < PATIENCE_MS; spent += STEP_MS) {
		look(seat);
		buf_clear(&seat->shown);
		eye_show(seat->eye, &seat->shown);
		if (strstr(buf_cstr(&seat->shown), text))
			return true;
	}
	print_message("does not come: %s\n%s\n", text, buf_cstr(&seat->shown));
	return false;
}

static bool goes(struct seat *seat, const char *text)
{
	for (int spent = 0; spent < PATIENCE_MS; spent += STEP_MS) {
		look(seat);
		buf_clear(&seat->shown);
		eye_show(seat->eye, &seat->shown);
		if (!strstr(buf_cstr(&seat->shown), text))
			return true;
	}
	print_message("stays: %s\n%s\n", text, buf_cstr(&seat->shown));
	return false;
}

static void keys(struct seat *seat, const char *bytes)
{
	assert_int_equal(write(seat->line, bytes, strlen(bytes)), (ssize_t)strlen(bytes));
}

/* Waits for the end; the exit code. */
static int end(struct seat *seat)
{
	int status = -1;

	for (int spent = 0; spent < PATIENCE_MS; spent += STEP_MS) {
		look(seat);
		if (waitpid(seat->child, &status, WNOHANG) == seat->child) {
			close(seat->line);
			return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
		}
	}
	kill(seat->child, SIGKILL);
	waitpid(seat->child, &status, 0);
	close(seat->line);
	return -1;
}

static void leave(struct seat *seat)
{
	keys(seat, "Q");
	assert_true(comes(seat, "按 y 退出"));
	keys(seat, "y");
}

static void test_home_and_out(void **state)
{
	struct seat *seat = *state;

	sit(seat, seat->desk.home, "vt100");
	assert_true(comes(seat, "前哨 王庄村"));
	keys(seat, "A应急物资\r");
	assert_true(comes(seat, "还没有物资"));
	keys(seat, "h");
	assert_true(comes(seat, "N接报"));
	leave(seat);
	assert_int_equal(end(seat), EXIT_DONE);
}

static void test_what_others_commit_is_seen(void **state)
{
	struct seat *seat = *state;

	sit(seat, seat->desk.home, "xterm");
	assert_true(comes(seat, "现在没有要办的事"));
	desk_add(&seat->desk, "warning",
		(const char *const[]){"event=11B01", "severity=red", "headline=暴雨红色预警",
			"expires=2026-07-14 12:30", NULL});
	assert_true(comes(seat, "!!红R 暴雨"));
	assert_true(comes(seat, "现在 1"));
	/* The line stays when keys come and notes go. */
	keys(seat, "A应急物资\rh");
	assert_true(comes(seat, "!!红R 暴雨"));
	keys(seat, "s");
	assert_true(comes(seat, "按 y 签收，其他键不办"));
	keys(seat, "y");
	assert_true(comes(seat, "已签收"));
	keys(seat, "j");
	assert_true(goes(seat, "!!红R"));
	leave(seat);
	assert_int_equal(end(seat), EXIT_DONE);
}

/* The bell is heard BELLS times by now, and no more often while nothing happens. */
static bool rang(struct seat *seat, unsigned bells)
{
	for (int spent = 0; spent < PATIENCE_MS && seat->bells < bells; spent += STEP_MS)
		look(seat);
	for (int spent = 0; spent < QUIET_MS; spent += STEP_MS)
		look(seat);
	return seat->bells == bells;
}

/* When it comes, and again as often as its row says, until it is signed. */
static void test_the_bell(void **state)
{
	struct seat *seat = *state;

	sit(seat, seat->desk.home, "vt100");
	assert_true(comes(seat, "现在没有要办的事"));
	assert_true(rang(seat, 0));
	desk_add(&seat->desk, "warning",
		(const char *const[]){"event=11B01", "severity=red", "headline=暴雨红色预警",
			"expires=2026-07-14 12:30", NULL});
	assert_true(comes(seat, "!!红R 暴雨"));
	assert_true(rang(seat, 1));
	kill(seat->child, SIGUSR1);
	assert_true(rang(seat, 2));
	keys(seat, "s");
	assert_true(comes(seat, "按 y 签收，其他键不办"));
	keys(seat, "y");
	assert_true(goes(seat, "!!红R"));
	kill(seat->child, SIGUSR1);
	assert_true(rang(seat, 2));
	leave(seat);
	assert_int_equal(end(seat), EXIT_DONE);
}

static void test_hang_up_keeps_the_draft(void **state)
{
	struct seat *seat = *state;

	sit(seat, seat->desk.home, "vt100");
	assert_true(comes(seat, "前哨"));
	keys(seat, "A应急物资\rn");
	assert_true(comes(seat, "登记物资"));
	keys(seat, "发电机");
	assert_true(comes(seat, "发电机"));
	kill(seat->child, SIGHUP);
	assert_int_equal(end(seat), EXIT_DONE);
	desk_login(&seat->desk, ROWS, COLUMNS);
	assert_true(desk_sees(&seat->desk, "草稿1份"));
	assert_true(desk_sees(&seat->desk, "发电机"));
}

static void test_first_run(void **state)
{
	struct seat *seat = *state;
	char home[160];

	snprintf(home, sizeof(home), "%s/new", seat->desk.home);
	sit(seat, home, "vt100");
	assert_true(comes(seat, "建立本站"));
	keys(seat, " 410882103205\r");
	keys(seat, "西村\r李四\r\r\r\r");
	assert_true(comes(seat, "1/6 三条规则"));
	keys(seat, "\x18"); /* ends the tour, which lies over the board of this station */
	assert_true(comes(seat, "本机"));
	keys(seat, "h");
	assert_true(comes(seat, "前哨 西村"));
	assert_true(comes(seat, "李四"));
	leave(seat);
	assert_int_equal(end(seat), EXIT_DONE);
}

static void test_who_is_it(void **state)
{
	struct seat *seat = *state;
	struct user other = desk_person(&seat->desk, "李四");
	struct fault fault;

	assert_int_equal(store_pin_set(seat->desk.store, other.who, "2468", &fault), RC_OK);
	seat->login = "nobody";
	sit(seat, seat->desk.home, "vt100");
	assert_true(comes(seat, "您是哪一位"));
	keys(seat, "ls\r");
	assert_true(comes(seat, "口令"));
	keys(seat, "1111\r");
	assert_true(comes(seat, "口令不对"));
	keys(seat, "2468\r");
	assert_true(comes(seat, "前哨 王庄村"));
	assert_true(comes(seat, "李四"));
	leave(seat);
	assert_int_equal(end(seat), EXIT_DONE);
}

/* Left alone, the terminal shows nothing more, and asks; what was being typed comes back. */
static void test_left_alone(void **state)
{
	struct seat *seat = *state;
	struct fault fault;

	assert_int_equal(
		store_pin_set(seat->desk.store, seat->desk.user.who, "2468", &fault), RC_OK);
	assert_int_equal(
		rules_load(rules_now(), "x", bytes_text("limit policy.pin.minutes 10\n"), &fault),
		RC_OK);
	sit(seat, seat->desk.home, "vt100");
	assert_true(comes(seat, "前哨 王庄村"));
	keys(seat, "A应急物资\rn");
	assert_true(comes(seat, "登记物资"));
	keys(seat, "发电机");
	assert_true(comes(seat, "发电机"));
	kill(seat->child, SIGUSR1);
	assert_true(comes(seat, "张三 在吗？请输口令"));
	assert_true(goes(seat, "发电机"));
	keys(seat, "1111\r");
	assert_true(comes(seat, "口令不对"));
	keys(seat, "2468\r");
	assert_true(comes(seat, "发电机"));
	/* And who goes there leaves a draft. */
	kill(seat->child, SIGUSR1);
	assert_true(comes(seat, "张三 在吗？请输口令"));
	keys(seat, "\x18");
	assert_int_equal(end(seat), EXIT_DONE);
	desk_login(&seat->desk, ROWS, COLUMNS);
	assert_true(desk_sees(&seat->desk, "草稿1份"));
	assert_int_equal(
		rules_load(rules_now(), "x", bytes_text("limit policy.pin.minutes 0\n"), &fault),
		RC_OK);
}

static void test_dumb_gets_lines(void **state)
{
	struct seat *seat = *state;

	sit(seat, seat->desk.home, "dumb");
	assert_true(comes(seat, "打号码，s签收"));
	keys(seat, "<\r");
	assert_int_equal(end(seat), EXIT_DONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_home_and_out, start, stop),
		cmocka_unit_test_setup_teardown(test_what_others_commit_is_seen, start, stop),
		cmocka_unit_test_setup_teardown(test_the_bell, start, stop),
		cmocka_unit_test_setup_teardown(test_hang_up_keeps_the_draft, start, stop),
		cmocka_unit_test_setup_teardown(test_first_run, start, stop),
		cmocka_unit_test_setup_teardown(test_who_is_it, start, stop),
		cmocka_unit_test_setup_teardown(test_left_alone, start, stop),
		cmocka_unit_test_setup_teardown(test_dumb_gets_lines, start, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
