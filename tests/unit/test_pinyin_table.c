/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table: every set is letters and single blanks, every common hanzi has one, rows ascend.
 */
#include "model/pinyin_table.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "model/pinyin.h"

static void check_set(const char *set)
{
	assert_true(*set >= 'a' && *set <= 'z');
	for (const char *at = set; *at; at++) {
		if (*at == ' ')
			assert_true(at[1] >= 'a' && at[1] <= 'z');
		else
			assert_true(*at >= 'a' && *at <= 'z');
	}
}

static void sets_are_readings(void **state)
{
	(void)state;
	unsigned known = 0;
	for (uint32_t cp = 0; cp < 0x30000; cp++) {
		const char *set = pinyin_of(cp);
		if (!set)
			continue;
		check_set(set);
		known++;
	}
	assert_in_range(known, 26000, 29000);
}

static void gb2312_is_complete(void **state)
{
	(void)state;
	unsigned count = 0;
	for (unsigned row = 0xB0; row <= 0xF7; row++)
		for (unsigned cell = 0xA1; cell <= 0xFE; cell++) {
			struct buf text = {0};
			char gb[2] = {(char)row, (char)cell};
			uint32_t cp;
			if (row == 0xD7 && cell > 0xF9)
				continue; /* five cells without a hanzi */
			assert_true(text_from("GB18030", gb, 2, &text));
			text_next((const char *)text.at, text.len, &cp);
			assert_non_null(pinyin_of(cp));
			count++;
			buf_release(&text);
		}
	assert_int_equal(count, 6763);
}

static void far_rows_ascend(void **state)
{
	(void)state;
	for (unsigned i = 1; i < pinyin_far_count; i++)
		assert_true(pinyin_far[i - 1].cp < pinyin_far[i].cp);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sets_are_readings),
		cmocka_unit_test(gb2312_is_complete),
		cmocka_unit_test(far_rows_ascend),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
