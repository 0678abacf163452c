/* SPDX-License-Identifier: GPL-3.0-or-later
 * How things are put: limits, times, hidden numbers, colours by letter; the letters of a station.
 * Covers: C01
 */
#include "screens/display.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "model/kinds.h"
#include "screens/setup.h"
#include "work/agenda.h"

enum { HOUR = 3600, DAY = 24 * HOUR, FULL = 1000020 /* a minute that begins */ };

static const char *left(int64_t seconds, struct buf *out)
{
	buf_clear(out);
	display_left(FULL + seconds, FULL, out);
	return buf_cstr(out);
}

static void test_left(void **state)
{
	static const struct {
		int64_t seconds;
		const char *text;
	} cases[] = {
		{0, "剩0分"},
		{59 * 60 + 59, "剩59分"},
		{HOUR, "剩1小时"},
		{47 * HOUR, "剩47小时"},
		{2 * DAY, "剩2天"},
		{-1, "超1分"},
		{-61, "超2分"},
		{-HOUR, "超1小时"},
		{-3 * DAY, "超3天"},
	};
	struct buf out = {0};

	(void)state;
	for (size_t n = 0; n < countof(cases); n++)
		assert_string_equal(left(cases[n].seconds, &out), cases[n].text);
	/* As the clock says it: the same in all of a minute. */
	for (int64_t now = FULL; now < FULL + 60; now++) {
		buf_clear(&out);
		display_left(FULL + 5 * 60 + 40, now, &out);
		assert_string_equal(buf_cstr(&out), "剩5分");
	}
	buf_clear(&out);
	display_left(FULL + 10, FULL + 20, &out);
	assert_string_equal(buf_cstr(&out), "超0分");
	buf_release(&out);
}

static void test_time_is_eleven_columns(void **state)
{
	char out[WHEN_TEXT];
	const char *why;
	int64_t now, then;

	(void)state;
	assert_true(when_parse("2026-07-14 06:33", 0, &now, &why));
	assert_true(when_parse("2026-01-02 23:59", 0, &then, &why));
	display_time(then, now, out);
	assert_string_equal(out, "01-02 23:59");
	assert_true(when_parse("2025-12-31 23:59", 0, &then, &why));
	display_time(then, now, out);
	assert_string_equal(out, "2025-12-31");
}

static void test_masked(void **state)
{
	static const struct {
		enum ftype type;
		const char *text, *shown;
	} cases[] = {
		{T_PHONE, "13800001234", "138****1234"},
		{T_PHONE, "12345", "**"},
		{T_TEXT, "张三丰", "张**"},
		{T_TEXT, "", ""},
		{T_PHONE, "", ""},
	};

	(void)state;
	for (size_t n = 0; n < countof(cases); n++) {
		struct buf out = {0};

		display_masked(cases[n].type, cases[n].text, &out);
		assert_string_equal(buf_cstr(&out), cases[n].shown);
		buf_release(&out);
	}
}

static void test_colours_have_letters(void **state)
{
	enum look look;

	(void)state;
	assert_string_equal(display_colour(0, &look), "红R");
	assert_int_equal(look, LOOK_RED);
	assert_string_equal(display_colour(3, &look), "蓝B");
	assert_int_equal(look, LOOK_BLUE);
	assert_string_equal(display_colour(COLOURS, &look), "");
	assert_int_equal(look, LOOK_PLAIN);
}

/* A red warning that was lifted, or replaced, is no red row any more. */
static void test_what_is_over_looks_so(void **state)
{
	struct row row = {.kind = kind_of(KIND_warning)};
	unsigned place = (unsigned)field_place(row.kind, warning_severity);
	enum look look;

	(void)state;
	row.values[place] = value_text("red");
	row.has[place] = true;
	row.state = warning_is_active;
	assert_string_equal(display_row_colour(&row, &look), "红R");
	assert_int_equal(look, LOOK_RED);
	row.state = warning_is_updated;
	assert_string_equal(display_row_colour(&row, &look), "红R");
	assert_int_equal(look, LOOK_OVER);
	row.state = warning_is_cancelled;
	(void)display_row_colour(&row, &look);
	assert_int_equal(look, LOOK_OVER);
}

static void test_text_is_one_line(void **state)
{
	struct buf out = {0};

	(void)state;
	display_text("一\n二", &out);
	assert_null(strchr(buf_cstr(&out), '\n'));
	buf_release(&out);
}

static void test_station_letters(void **state)
{
	char code[12];

	(void)state;
	setup_code("王庄村", code);
	assert_string_equal(code, "WZC");
	setup_code("12", code);
	assert_string_equal(code, "Z");
	setup_code("东方红第一生产队", code);
	assert_int_equal(strlen(code), 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_left),
		cmocka_unit_test(test_time_is_eleven_columns),
		cmocka_unit_test(test_masked),
		cmocka_unit_test(test_colours_have_letters),
		cmocka_unit_test(test_what_is_over_looks_so),
		cmocka_unit_test(test_text_is_one_line),
		cmocka_unit_test(test_station_letters),
	};

	words_start("zh", NULL, false);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
