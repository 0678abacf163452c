/* SPDX-License-Identifier: GPL-3.0-or-later
 * Line mode from a file: questions, lists, menus, choices. What is said is compared whole; and
 * through readline on a pty it must come out the same.
 * Tests also: line_pick.c.
 */
#include "ui/line.h"

#include <locale.h>
#include <pty.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "sample.h"

struct talk {
	struct line line;
	char *said;
	size_t size;
};

static void start(struct talk *talk, const char *typed)
{
	*talk = (struct talk){0};
	line_start(&talk->line, fmemopen((void *)(uintptr_t)typed, strlen(typed), "r"),
		open_memstream(&talk->said, &talk->size));
}

static void finish(struct talk *talk, const char *expected)
{
	fclose(talk->line.in);
	fclose(talk->line.out);
	assert_string_equal(talk->said, expected);
	free(talk->said);
}

static void test_asks(void **state)
{
	struct talk talk;
	struct buf answer = {0};

	(void)state;
	start(&talk, "?\n 后山 \r\n<\n\xff\xfe\n\n");
	assert_int_equal(line_ask(&talk.line, "地点：", NULL, "写到组", &answer), LINE_OK);
	assert_string_equal(buf_cstr(&answer), "后山");
	assert_int_equal(line_ask(&talk.line, "数量：", "12", NULL, &answer), LINE_BACK);
	assert_int_equal(line_ask(&talk.line, "数量：", "12", NULL, &answer), LINE_OK);
	assert_int_equal(answer.len, 0);
	assert_int_equal(line_ask(&talk.line, "数量：", NULL, NULL, &answer), LINE_END);
	finish(&talk,
		"地点：\n> ?\n写到组\n地点：\n> 后山\n数量：（现在是 12，回车不变）\n> <\n"
		"数量：（现在是 12，回车不变）\n> \n错误：这一行不是文字，请重打\n> \n数量：\n");
	buf_release(&answer);
}

static void test_yes_and_no(void **state)
{
	struct talk talk;
	bool yes;

	(void)state;
	start(&talk, "\n否\nmaybe\nY\n");
	/* Enter alone writes nothing. */
	assert_int_equal(line_yes(&talk.line, "删吗？", &yes), LINE_OK);
	assert_false(yes);
	assert_int_equal(line_yes(&talk.line, "删吗？", &yes), LINE_OK);
	assert_false(yes);
	assert_int_equal(line_yes(&talk.line, "删吗？", &yes), LINE_OK);
	assert_true(yes);
	finish(&talk, "删吗？（现在是 否，回车不变）\n> \n删吗？（现在是 否，回车不变）\n> 否\n"
		      "删吗？（现在是 否，回车不变）\n> maybe\n错误：只能答 y（是）或 n（否）\n"
		      "删吗？（现在是 否，回车不变）\n> Y\n");
}

static void test_sure(void **state)
{
	struct talk talk;
	bool yes;

	(void)state;
	start(&talk, "\ny\n");
	assert_int_equal(line_sure(&talk.line, "保存吗？", &yes), LINE_OK);
	assert_true(yes);
	finish(&talk, "保存吗？\n> \n错误：只能答 y（是）或 n（否）\n保存吗？\n> y\n");
}

static void fill(struct list *list, unsigned count)
{
	static const char *const names[] = {"水泵", "发电机", "帐篷"};

	list_start(list, "还没有物资");
	list_column(list, "编号", 6, false);
	list_column(list, "名称", 0, false);
	for (unsigned n = 0; n < count; n++) {
		struct list_row *row = list_add(list, (struct ref){1, n + 1});

		list_cell(list, row, 0, n % 2 ? "W" : "");
		list_cell(list, row, 1, names[n % 3]);
	}
	list_done(list);
}

static void test_list(void **state)
{
	struct talk talk;
	struct list list;
	struct list_row *row = NULL;

	(void)state;
	fill(&list, 12);
	start(&talk, "\n\n99\nfdj\n2\n");
	assert_int_equal(line_list(&talk.line, "物资", &list, &row), LINE_OK);
	assert_int_equal(row->ref.seq, 5);
	finish(&talk, "物资，共 12 条\n1. 水泵\n2. W 发电机\n3. 帐篷\n4. W 水泵\n5. 发电机\n6. W "
		      "帐篷\n7. 水泵\n"
		      "8. W 发电机\n9. 帐篷\n10. W 水泵\n还有 2 条。更多？\n> \n11. 发电机\n12. W "
		      "帐篷\n> \n"
		      "到底了，打号码选一条，< 返回\n> 99\n错误：没有第 \"99\" 项\n> fdj\n"
		      "1. W 发电机\n2. 发电机\n3. W 发电机\n4. 发电机\n> 2\n");
	list_release(&list);
}

static void test_empty_list(void **state)
{
	struct talk talk;
	struct list list;
	struct list_row *row = NULL;

	(void)state;
	fill(&list, 0);
	start(&talk, "?\n<\n");
	assert_int_equal(line_list(&talk.line, "物资", &list, &row), LINE_BACK);
	finish(&talk, "物资，共 0 条\n还没有物资\n> "
		      "?\n打号码选一条，直接回车看下一页，打字查找（汉字、拼音或首字母），"
		      "/ 看全部，p 打印，< 返回\n> <\n");
	list_release(&list);
}

static void test_menu(void **state)
{
	static const char *const labels[] = {"隐患", "物资"};
	struct talk talk;
	unsigned chosen;

	(void)state;
	start(&talk, "3\n?\n\n02\n");
	assert_int_equal(line_menu(&talk.line, "做什么", labels, NULL, 2, &chosen), LINE_OK);
	assert_int_equal(chosen, 1);
	finish(&talk, "做什么\n1. 隐患\n2. 物资\n> 3\n错误：没有第 \"3\" 项\n> ?\n"
		      "打前面的号码、后面的字母，或名称里的几个字；回车再列一遍，< 返回，! 告急，| "
		      "打印\n> \n做什么\n1. 隐患\n2. 物资\n> 02\n");
}

static void test_menu_keys(void **state)
{
	static const char *const labels[] = {"念数字", "现在发"};
	struct talk talk;
	unsigned chosen;

	(void)state;
	start(&talk, "q\nr\n");
	assert_int_equal(line_menu(&talk.line, "做什么", labels, " r", 2, &chosen), LINE_OK);
	assert_int_equal(chosen, 1);
	finish(&talk, "做什么\n1. 念数字\n2. 现在发 r\n> q\n错误：没有第 \"q\" 项\n> r\n");
}

static enum line_act pick(const char *typed, bool several, char value[40])
{
	static char table[] = "sample";
	struct talk talk;
	struct pick pick;

	sample_codes();
	start(&talk, typed);
	pick_start(&pick, "类别", pick_codes, table, "", several);
	enum line_act act = line_pick(&talk.line, &pick);
	strcpy(value, pick_value(&pick));
	pick_release(&pick);
	fclose(talk.line.in);
	fclose(talk.line.out);
	free(talk.said);
	return act;
}

static void test_pick(void **state)
{
	char value[40];

	(void)state;
	assert_int_equal(pick("2\n", false, value), LINE_OK);
	assert_string_equal(value, "F");
	assert_int_equal(pick("1\n3\n", false, value), LINE_OK);
	assert_string_equal(value, "G2");
	assert_int_equal(pick("1\n<\n<\n", false, value), LINE_BACK);
	assert_int_equal(pick("zz\n9\nhx\n", false, value), LINE_OK);
	assert_string_equal(value, "F");
	assert_int_equal(pick("2 3\n", true, value), LINE_OK);
	assert_string_equal(value, "F,W");
	assert_int_equal(pick("2,9\n2\n", true, value), LINE_OK);
	assert_string_equal(value, "F");
	assert_int_equal(pick("", false, value), LINE_END);
}

static void child(void)
{
	struct line line;
	struct buf answer = {0};

	setlocale(LC_ALL, "C.UTF-8");
	line_start(&line, stdin, stdout);
	if (!line.keys || line_ask(&line, "地点：", NULL, NULL, &answer) != LINE_OK)
		_exit(1);
	_exit(strcmp(buf_cstr(&answer), "后边山a") == 0 ? 0 : 2);
}

/* Hanzi, left, insertion and backspace by readline on a terminal that can do nothing. */
static void test_readline(void **state)
{
	static const char typed[] = "后山xa\033[D\b\033[D边\r";
	int master, status = -1;
	char said[4096];

	(void)state;
	setenv("TERM", "dumb", 1);
	pid_t pid = forkpty(&master, NULL, NULL, NULL);
	assert_true(pid >= 0);
	if (pid == 0)
		child();
	size_t got = 0;
	while (got < sizeof(said) - 1 && !memchr(said, '>', got)) {
		ssize_t n = read(master, said + got, sizeof(said) - 1 - got);
		if (n <= 0)
			break;
		got += (size_t)n;
	}
	said[got] = '\0';
	assert_non_null(strstr(said, "地点："));
	assert_null(strchr(said, '\033'));
	assert_int_equal(write(master, typed, sizeof(typed) - 1), sizeof(typed) - 1);
	while (read(master, said, sizeof(said)) > 0)
		continue;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	close(master);
}

static void bare_child(void)
{
	struct line line;
	struct buf answer = {0};

	setlocale(LC_ALL, "C.UTF-8");
	line_start_bare(&line, stdin, stdout);
	if (line.keys || !line.bare || line_ask(&line, "地点：", NULL, NULL, &answer) != LINE_OK)
		_exit(1);
	line_say(&line, "记下 %s", buf_cstr(&answer));
	_exit(strcmp(buf_cstr(&answer), "后山") == 0 ? 0 : 2);
}

/* Where only text may be sent, nothing moves the cursor, whatever the terminal can do. */
static void test_bare(void **state)
{
	int master, status = -1;
	char said[4096];
	size_t got = 0;
	ssize_t n;

	(void)state;
	setenv("TERM", "xterm", 1);
	pid_t pid = forkpty(&master, NULL, NULL, NULL);
	assert_true(pid >= 0);
	if (pid == 0)
		bare_child();
	assert_int_equal(write(master, "后山\n", strlen("后山\n")), strlen("后山\n"));
	while (got < sizeof(said) - 1 && (n = read(master, said + got, sizeof(said) - 1 - got)) > 0)
		got += (size_t)n;
	said[got] = '\0';
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_non_null(strstr(said, "地点："));
	assert_non_null(strstr(said, "记下 后山"));
	for (size_t at = 0; at < got; at++)
		assert_true((unsigned char)said[at] >= ' ' || said[at] == '\n' ||
			    (said[at] == '\r' && said[at + 1] == '\n'));
	close(master);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bare),
		cmocka_unit_test(test_asks),
		cmocka_unit_test(test_yes_and_no),
		cmocka_unit_test(test_sure),
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_empty_list),
		cmocka_unit_test(test_menu),
		cmocka_unit_test(test_menu_keys),
		cmocka_unit_test(test_pick),
		cmocka_unit_test(test_readline),
	};

	return cmocka_run_group_tests_name("line", tests, NULL, NULL);
}
