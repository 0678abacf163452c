/* SPDX-License-Identifier: GPL-3.0-or-later
 * Widths: known characters, the C library's opinion in C.UTF-8, and order within the tables.
 */
#include "base/text.h"

#include <locale.h>
#include <setjmp.h>
#include <stdio.h>
#include <wchar.h>

#include <cmocka.h>

static void known_characters(void **state)
{
	(void)state;
	static const struct {
		uint32_t cp;
		unsigned width;
		bool ambiguous, format;
	} cases[] = {
		{'a', 1, false, false},
		{0x4E00, 2, false, false},
		{0x9FFF, 2, false, false},
		{0x3000, 2, false, false},
		{0xFF0C, 2, false, false},
		{0xFF71, 1, false, false},
		{0x301, 0, true, false},
		{0x200B, 0, false, true},
		{0x202E, 0, false, true},
		{0xFEFF, 0, false, true},
		{0xFE0F, 0, true, true},
		{0x201C, 1, true, false},
		{0x2026, 1, true, false},
		{0x2103, 1, true, false},
		{0x2192, 1, true, false},
		{0xB7, 1, true, false},
		{0x20BB7, 2, false, false},
		{0x1F600, 2, false, false},
		{0xAC00, 2, false, false},
		{0x1160, 0, false, false},
		{0xE000, 1, true, false},
		{0x10FFFF, 1, false, false},
		{0x2028, 1, false, true},
	};
	for (size_t i = 0; i < countof(cases); i++) {
		assert_int_equal(text_width(cases[i].cp), cases[i].width);
		if (cases[i].width)
			assert_int_equal(text_ambiguous(cases[i].cp), cases[i].ambiguous);
		assert_int_equal(text_format(cases[i].cp), cases[i].format);
	}
}

/* The library follows the same standard, in one of its years (that of 2024 made some 150 signs of
 * old Chinese books wide); what differs is few, and none of it is hanzi. */
static void the_library_agrees_nearly(void **state)
{
	(void)state;
	unsigned differ = 0;
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		skip();
	for (uint32_t cp = 0x20; cp <= 0x2FFFF; cp++) {
		int theirs = wcwidth((wchar_t)cp);
		if (theirs < 0 || (unsigned)theirs == text_width(cp))
			continue;
		assert_false(cp >= 0x3400 && cp <= 0x9FFF && (cp < 0x4DC0 || cp > 0x4DFF));
		differ++;
	}
	assert_in_range(differ, 0, 400);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_characters),
		cmocka_unit_test(the_library_agrees_nearly),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
