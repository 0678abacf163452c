/* SPDX-License-Identifier: GPL-3.0-or-later
 * The county's data files: words, quotes, columns, and complaints that name the line.
 */
#include "base/conf.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

static bool collect(const struct conf_line *line, void *to, const char **why)
{
	if (strcmp(line->word[0], "refuse") == 0) {
		*why = "不要这一行";
		return false;
	}
	buf_fmt(to, "%u", line->number);
	for (unsigned i = 0; i < line->count; i++)
		buf_fmt(to, "|%s", line->word[i]);
	buf_byte(to, ';');
	return true;
}

static void check(bool tsv, struct bytes text, enum rc rc, const char *want)
{
	struct buf got = {0};
	struct fault fault = {.rc = RC_OK};
	assert_int_equal((tsv ? tsv_each : conf_each)("x.conf", text, collect, &got, &fault), rc);
	assert_string_equal(rc == RC_OK ? buf_cstr(&got) : fault.text, want);
	buf_release(&got);
}

static void settings_are_words(void **state)
{
	(void)state;
	check(false, bytes_text(""), RC_OK, "");
	check(false, bytes_text("a 1"), RC_OK, "1|a|1;");
	check(false, bytes_text("# 说明\n\n  name   值 # 注\r\n\tb\t\"x y\" \"\"\n"), RC_OK,
		"3|name|值;4|b|x y|;");
	check(false, bytes_text("a \"q\\\"\\\\\\n\""), RC_OK, "1|a|q\"\\\\n;");
	check(false,
		bytes_text("\xEF\xBB\xBF"
			   "a b"),
		RC_OK, "1|a|b;");
	check(false, bytes_text("a b#c"), RC_OK, "1|a|b#c;");
}

static void tables_are_columns(void **state)
{
	(void)state;
	check(true, bytes_text("#: a b\n1\t甲 乙\t\n2\n\t3\n"), RC_OK, "2|1|甲 乙|;3|2;4||3;");
}

static void complaints_name_file_and_line(void **state)
{
	char many[2 * CONF_COLUMNS + 3], tabs[2 * CONF_COLUMNS + 3];
	for (unsigned n = 0; n < sizeof many - 1; n++) {
		many[n] = n % 2 ? ' ' : '1';
		tabs[n] = n % 2 ? '\t' : '1';
	}
	many[sizeof many - 1] = tabs[sizeof tabs - 1] = 0;
	(void)state;
	check(false, bytes_text("a 1\n\nrefuse 2\nb 3\n"), RC_BAD, "x.conf:3: 不要这一行");
	check(false, bytes_text("a \"open\n"), RC_BAD, "x.conf:1: 引号没有配对");
	check(false, bytes_text("a \"x\"y\n"), RC_BAD, "x.conf:1: 引号后面要有空格");
	check(false, bytes_text("a\nb \xC4\xE3\n"), RC_BAD,
		"x.conf:2: 不是 UTF-8 文字，请另存为 UTF-8");
	check(false, bytes_of("a\0b", 3), RC_BAD, "x.conf:1: 不是 UTF-8 文字，请另存为 UTF-8");
	check(false, bytes_text(many), RC_BAD, "x.conf:1: 一行里的项太多");
	check(true, bytes_text(tabs), RC_BAD, "x.conf:1: 一行里的项太多");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(settings_are_words),
		cmocka_unit_test(tables_are_columns),
		cmocka_unit_test(complaints_name_file_and_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
