/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a table would do, read at a terminal before it is taken: in both codings, on a small screen,
 * on one without a cursor; what comes too fast takes nothing.
 * Tests also: alone.c
 */
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/base.h"
#include "eye.h"

enum { PATIENCE_MS = 60000, STEP_MS = 40, PATH = 200 };

struct seat {
	char home[64], table[PATH], program[PATH * 2];
	struct eye *eye;
	pid_t child;
	int line;
	struct buf shown;
};

/* Columns that nothing knows, a total, a number that is too short, more rows than a page. */
static void write_table(const struct seat *seat)
{
	FILE *file = fopen(seat->table, "w");

	assert_non_null(file);
	fprintf(file, "避难场所统计表\n名称,位置,容纳人数,电话,备用列,另一列\n");
	for (int i = 1; i <= 40; i++)
		fprintf(file, "%d号场所,%d组,%d,%s,x,y\n", i, i, i * 10,
			i % 2 ? "138" : "13800000001");
	fprintf(file, "合计,,8200,,,\n");
	fclose(file);
}

static int shell(const struct seat *seat, const char *words)
{
	char command[PATH * 4];

	snprintf(command, sizeof command, "OUTPOST_HOME=%s/s '%s' %s >%s/out 2>&1", seat->home,
		seat->program, words, seat->home);
	return system(command) >> 8;
}

static unsigned stored(const struct seat *seat)
{
	char command[PATH * 4];
	unsigned count = 0;

	snprintf(command, sizeof command,
		"OUTPOST_HOME=%s/s '%s' list shelter --limit 999 --json | grep -c number",
		seat->home, seat->program);
	FILE *pipe = popen(command, "r");
	assert_non_null(pipe);
	if (fscanf(pipe, "%u", &count) != 1)
		count = 0;
	pclose(pipe);
	return count;
}

static int start(void **state)
{
	static struct seat seat;
	const char *build = getenv("OUTPOST_BUILD");

	seat = (struct seat){.home = "/tmp/import-page-XXXXXX", .line = -1};
	assert_non_null(mkdtemp(seat.home));
	snprintf(seat.program, sizeof seat.program, "%s/outpost", build ? build : "build");
	snprintf(seat.table, sizeof seat.table, "%s/t.csv", seat.home);
	write_table(&seat);
	assert_int_equal(shell(&seat, "init --area 410882103205 --name 西彰村 --level village"), 0);
	*state = &seat;
	return 0;
}

static int stop(void **state)
{
	struct seat *seat = *state;
	char command[PATH];

	snprintf(command, sizeof command, "rm -rf '%s'", seat->home);
	buf_release(&seat->shown);
	return system(command);
}

struct place {
	const char *locale, *coding, *type;
	unsigned short rows, columns;
};

static void sit(struct seat *seat, const struct place *place)
{
	struct winsize size = {.ws_row = place->rows, .ws_col = place->columns};
	char home[PATH];

	seat->eye = eye_new(place->rows, place->columns, place->coding);
	seat->child = forkpty(&seat->line, NULL, NULL, &size);
	assert_true(seat->child >= 0);
	if (seat->child)
		return;
	snprintf(home, sizeof home, "%s/s", seat->home);
	setenv("OUTPOST_HOME", home, 1);
	setenv("OUTPOST_LANG", "zh", 1);
	setenv("TERM", place->type, 1);
	setenv("LC_ALL", place->locale, 1);
	unsetenv("LINES");
	unsetenv("COLUMNS");
	execl(seat->program, seat->program, "import", "csv", "--kind", "shelter", seat->table,
		(char *)NULL);
	_exit(127);
}

/* The exit code. */
static int rise(struct seat *seat)
{
	char bytes[4096];
	int status = -1;

	while (read(seat->line, bytes, sizeof bytes) > 0)
		;
	assert_int_equal(waitpid(seat->child, &status, 0), seat->child);
	close(seat->line);
	eye_free(seat->eye);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void look(struct seat *seat)
{
	struct pollfd wait = {.fd = seat->line, .events = POLLIN};
	char bytes[4096];
	struct buf answer = {0};
	ssize_t got = poll(&wait, 1, STEP_MS) > 0 ? read(seat->line, bytes, sizeof bytes) : 0;

	if (got > 0)
		eye_see(seat->eye, bytes, (size_t)got);
	eye_answers(seat->eye, &answer);
	if (answer.len)
		assert_int_equal(write(seat->line, answer.at, answer.len), (ssize_t)answer.len);
	buf_release(&answer);
}

static void comes(struct seat *seat, const char *text)
{
	for (int spent = 0; spent < PATIENCE_MS; spent += STEP_MS) {
		look(seat);
		buf_clear(&seat->shown);
		eye_show(seat->eye, &seat->shown);
		if (strstr(buf_cstr(&seat->shown), text)) {
			look(seat);
			return;
		}
	}
	fail_msg("does not come: %s\n%s", text, buf_cstr(&seat->shown));
}

static void press(struct seat *seat, const char *keys)
{
	assert_int_equal(write(seat->line, keys, strlen(keys)), (ssize_t)strlen(keys));
}

static const struct place utf8 = {"C.UTF-8", NULL, "vt100", 24, 80};

static void test_left(void **state)
{
	static const struct place places[] = {{"C.UTF-8", NULL, "vt100", 24, 80},
		{"C.UTF-8", NULL, "xterm", 12, 40}, {"zh_CN.GB18030", "GB18030", "vt100", 24, 80}};
	struct seat *seat = *state;

	for (size_t i = 0; i < countof(places); i++) {
		if (places[i].coding && !getenv("LOCPATH"))
			continue;
		sit(seat, &places[i]);
		comes(seat, "按 y 照此导入");
		comes(seat, "新增 40 条，改 0 条");
		press(seat, "y\x1b[200~y\x1b[201~");
		comes(seat, "没有办");
		press(seat, "G");
		press(seat, "  ");
		comes(seat, "按 y 照此导入");
		for (int page = 0; page < 20; page++) {
			press(seat, " ");
			look(seat);
		}
		comes(seat, "容纳人数 -> ");
		press(seat, "q");
		assert_int_equal(rise(seat), 0);
		assert_int_equal(stored(seat), 0);
	}
}

static void test_too_fast(void **state)
{
	struct seat *seat = *state;

	sit(seat, &utf8);
	comes(seat, "按 y 照此导入");
	press(seat, "yyyy");
	comes(seat, "一下来了4个键，没有办");
	press(seat, "\x1b[200~y\x1b[201~");
	comes(seat, "粘贴的没有当按键");
	press(seat, "x");
	comes(seat, "按 y 照此导入");
	press(seat, "\x18");
	assert_int_equal(rise(seat), 0);
	assert_int_equal(stored(seat), 0);
}

static void test_lines(void **state)
{
	static const struct place dumb = {"C.UTF-8", NULL, "dumb", 24, 80};
	struct seat *seat = *state;

	sit(seat, &dumb);
	comes(seat, "回车 下页，y 照此导入，q 不导入");
	press(seat, "\n");
	comes(seat, "-> 地点");
	press(seat, "q\n");
	assert_int_equal(rise(seat), 0);
	assert_int_equal(stored(seat), 0);
}

static void test_taken(void **state)
{
	struct seat *seat = *state;

	sit(seat, &utf8);
	comes(seat, "按 y 照此导入");
	press(seat, "y");
	assert_int_equal(rise(seat), 0);
	assert_int_equal(stored(seat), 40);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_left, start, stop),
		cmocka_unit_test_setup_teardown(test_too_fast, start, stop),
		cmocka_unit_test_setup_teardown(test_lines, start, stop),
		cmocka_unit_test_setup_teardown(test_taken, start, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
