/* SPDX-License-Identifier: GPL-3.0-or-later
 * The ways of writing a name that are one name, and what GBK kept in the private-use area.
 */
#include "base/text.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void folds_to(const char *text, const char *to)
{
	struct buf out = {0};

	text_fold(text, strlen(text), &out);
	assert_string_equal(buf_cstr(&out), to);
	buf_release(&out);
}

static void names_are_one_name(void **state)
{
	(void)state;
	static const char *const yili[] = {"艾力·买买提", "艾力・买买提", "艾力.买买提",
		"艾力．买买提", "艾力•买买提", "艾力 · 买买提", "艾力‧买买提", "艾力･买买提",
		"艾力　买买提", "艾力\xE2\x80\x8B·买买提", "艾力买买提"};
	for (size_t i = 0; i < countof(yili); i++)
		folds_to(yili[i], "艾力买买提");
	folds_to("桑\xC2\xA0田", "桑田");
	folds_to("邬\n山", "邬山");
	folds_to("乐\xE2\x80\x8B平", "乐平");
}

static void other_marks_stay(void **state)
{
	(void)state;
	folds_to("Wei  Bo", "wei bo");
	folds_to("Ｗｅｉ・Ｂｏ", "wei·bo");
	folds_to("3.5 米", "3.5 米");
	folds_to("３．５", "3.5");
	folds_to("王庄-东", "王庄-东");
	folds_to("50kW 泵", "50kw 泵");
	folds_to("ＡB１ 中\xff", "ab1 中\xef\xbf\xbd");
	folds_to(" 甲 ", " 甲 ");
	folds_to("", "");
}

/* What the standards gave a code point is what the C library reads at GBK's bytes. */
static void private_characters_are_the_standards(void **state)
{
	(void)state;
	unsigned count = 0;
	for (uint32_t cp = 0xE815; cp <= 0xE864; cp++) {
		uint32_t second = 0x50 + (cp - 0xE815), want = 0;
		struct buf read = {0};
		char gb[2] = {(char)0xFE, (char)(second >= 0x7F ? second + 1 : second)};
		if (text_from("GB18030", gb, 2, &read))
			text_next((const char *)read.at, read.len, &want);
		buf_release(&read);
		if (!want || (want >= 0xE000 && want <= 0xF8FF))
			continue; /* an older table of the C library */
		assert_int_equal(text_standard(cp), want);
		count++;
	}
	assert_true(count > 60);
}

static void others_are_themselves(void **state)
{
	(void)state;
	assert_int_equal(text_standard(0xE863), 0x4DAE);
	assert_int_equal(text_standard(0xE816), 0x20087);
	assert_int_equal(text_standard(0xE78D), 0xFE10);
	assert_int_equal(text_standard(0xE796), 0xFE19);
	assert_int_equal(text_standard(0xE7C8), 0x01F9);
	assert_int_equal(text_standard(0xE7F3), 0x2FFB);
	static const uint32_t same[] = {
		'a', 0x4E2D, 0xE000, 0xE78C, 0xE797, 0xE814, 0xE865, 0xF8FF};
	for (size_t i = 0; i < countof(same); i++)
		assert_int_equal(text_standard(same[i]), same[i]);
	folds_to("钟\xEE\xA1\xA3", "钟䶮");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_one_name),
		cmocka_unit_test(other_marks_stay),
		cmocka_unit_test(private_characters_are_the_standards),
		cmocka_unit_test(others_are_themselves),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
