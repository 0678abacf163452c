/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables in and out: what is written comes back, and formulas stay asleep.
 */
#include "format/csv.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static enum csv_read first(const char *text, struct csv *csv, struct csv_row *row, const char **why)
{
	csv_start(csv, bytes_text(text));
	return csv_next(csv, row, why);
}

static void test_rows(void **state)
{
	struct csv csv;
	struct csv_row row;
	const char *why;

	(void)state;
	assert_int_equal(
		first("a,b,\r\n\r\n  ,\n\"x,\"\"y\"\"\nz\",'=1,\n1,2", &csv, &row, &why), CSV_ROW);
	assert_int_equal(row.count, 3);
	assert_int_equal(row.line, 1);
	assert_string_equal(row.cell[1], "b");
	assert_string_equal(row.cell[2], "");
	assert_int_equal(csv_next(&csv, &row, &why), CSV_ROW);
	assert_int_equal(row.line, 4);
	assert_string_equal(row.cell[0], "x,\"y\"\nz");
	assert_string_equal(row.cell[1], "=1");
	assert_int_equal(csv_next(&csv, &row, &why), CSV_ROW);
	assert_int_equal(row.line, 6);
	assert_string_equal(row.cell[1], "2");
	assert_int_equal(csv_next(&csv, &row, &why), CSV_END);
	csv_release(&csv);
}

static void test_commas(void **state)
{
	static const char *const texts[] = {
		"名称,数量\n", "名称\t数量\n", "名称;数量\r\n", "名称;数量"};

	(void)state;
	for (size_t i = 0; i < countof(texts); i++) {
		struct csv csv;
		struct csv_row row;
		const char *why;

		assert_int_equal(first(texts[i], &csv, &row, &why), CSV_ROW);
		assert_int_equal(row.count, 2);
		assert_string_equal(row.cell[1], "数量");
		csv_release(&csv);
	}
}

static void test_bad(void **state)
{
	struct csv csv;
	struct csv_row row;
	const char *why = NULL;

	(void)state;
	assert_int_equal(first("\"a\"b,c\nd,e\n", &csv, &row, &why), CSV_BAD);
	assert_int_equal(row.line, 1);
	assert_non_null(why);
	assert_int_equal(csv_next(&csv, &row, &why), CSV_ROW); /* goes on behind it */
	assert_int_equal(row.line, 2);
	assert_string_equal(row.cell[0], "d");
	csv_release(&csv);
	assert_int_equal(first("\"a\nb\nc", &csv, &row, &why), CSV_BAD);
	assert_int_equal(csv_next(&csv, &row, &why), CSV_END);
	csv_release(&csv);
	csv_start(&csv, bytes_of("a\0b,c\n", 6));
	assert_int_equal(csv_next(&csv, &row, &why), CSV_BAD);
	csv_release(&csv);
	csv_start(&csv, bytes_of("\"a\0b\",c\n", 8));
	assert_int_equal(csv_next(&csv, &row, &why), CSV_BAD);
	csv_release(&csv);

	struct buf wide = {0};
	for (int i = 0; i < CSV_COLUMNS; i++)
		buf_byte(&wide, ',');
	assert_int_equal(first(buf_cstr(&wide), &csv, &row, &why), CSV_BAD);
	csv_release(&csv);
	buf_release(&wide);
}

static void written(const char *text, const char *cell)
{
	struct buf out = {0};

	csv_text(&out, text, true);
	assert_string_equal(buf_cstr(&out), cell);
	buf_release(&out);
}

static void test_guard(void **state)
{
	(void)state;
	written("抽水泵", "抽水泵");
	written("", "");
	written("a,b", "\"a,b\"");
	written("a\"b", "\"a\"\"b\"");
	written("=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\"");
	written("@SUM(1)", "\"'@SUM(1)\"");
	written("+1+cmd", "\"'+1+cmd\"");
	written("-x", "\"'-x\"");
	written("-5", "-5");
	written("+86-391-5661234", "+86-391-5661234");
	written("-0.005", "-0.005");
	written("＝1+1", "\"'＝1+1\"");
	written("＠x", "\"'＠x\"");
	/* Of another station's text nothing commands the reader's terminal or turns his lines. */
	written("\x1b[31m红\xC2\x9B"
		"2J\xE2\x80\xAE\xFF",
		"?[31m红?2J?");
}

/* Every text comes back as it was. */
static void test_round_trip(void **state)
{
	static const char *const texts[] = {"", "a", "'", "'=1", "'a", "=1", "''=1", "+86 139", "-",
		"a\"b", "\"", "\"\"", "a\r\nb", " a ", "a;b", "a\tb", "村,组", "\t1", "＋1",
		"'－2"};

	(void)state;
	for (size_t i = 0; i < countof(texts); i++) {
		struct buf out = {0};
		struct csv csv;
		struct csv_row row;
		const char *why;

		csv_text(&out, "x", true);
		csv_cell(&out, bytes_text(texts[i]), false);
		csv_text(&out, texts[i], false);
		csv_end(&out);
		csv_start(&csv, buf_bytes(&out));
		assert_int_equal(csv_next(&csv, &row, &why), CSV_ROW);
		assert_int_equal(row.count, 3);
		assert_string_equal(row.cell[1], texts[i]);
		assert_string_equal(row.cell[2], texts[i]);
		assert_int_equal(csv_next(&csv, &row, &why), CSV_END);
		csv_release(&csv);
		buf_release(&out);
	}
}

static void sheet(const char *text, const char *cell)
{
	struct buf out = {0};

	csv_sheet(&out, bytes_text(text), true);
	assert_string_equal(buf_cstr(&out), cell);
	buf_release(&out);
}

/* A spreadsheet makes numbers and days of much that is neither. */
static void test_sheet(void **state)
{
	static const char *const guarded[] = {"410882103205", "0391", "001", "3-2", "1/2",
		"2027-08", "8:30", "MAR-17", "17-Mar", "1E5", "1.5", "138000000001", "3 4"};
	static const char *const plain[] = {"抽水泵", "4", "15430002101", "H0107", "a1", "3组",
		"XZC-12", "0391-5630120转3", "", "March"};

	(void)state;
	for (size_t i = 0; i < countof(guarded); i++) {
		char wanted[80];

		snprintf(wanted, sizeof(wanted), "\"=\"\"%s\"\"\"", guarded[i]);
		sheet(guarded[i], wanted);
	}
	for (size_t i = 0; i < countof(plain); i++)
		sheet(plain[i], plain[i]);
	sheet("=1+1", "\"'=1+1\"");
	sheet("a,b", "\"a,b\"");
}

/* The sign that most lines have as often parts the cells, wherever the first line has what. */
static void test_guess(void **state)
{
	static const struct {
		const char *text;
		char comma;
	} cases[] = {
		{"花名册\n甲;1;2\n乙;3;4\n", ';'},
		{"甲\t一,二\n乙\t一,二,三\n", '\t'},
		{"单位,日期\n甲;1;2\n乙;1;3\n丙;4;5\n", ';'},
		{"\"a;b;c\",1\n\"d;e;f\",2\n", ','},
		{"sep=;\n甲,1\n", ';'},
	};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct csv csv;

		csv_start(&csv, bytes_text(cases[i].text));
		assert_int_equal(csv.comma, cases[i].comma);
		csv_release(&csv);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_commas),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_guard),
		cmocka_unit_test(test_sheet),
		cmocka_unit_test(test_guess),
		cmocka_unit_test(test_round_trip),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
