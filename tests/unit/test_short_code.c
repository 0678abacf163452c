/* SPDX-License-Identifier: GPL-3.0-or-later
 * The code that a new station's records are called by until a hub grants one: short, in capitals,
 * and there for any name.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/short_code.h"

static void any_name_has_a_code(void **state)
{
	static const struct {
		const char *name, *code;
	} names[] = {
		{"西彰村", "XZC"},
		{"柏香镇应急管理办公室", "BXZY"},
		{"Duty 2 room", "DUTY"},
		{"st. 4", "ST"},
		{"123", "Z"},
		{"", "Z"},
	};
	char code[12];

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		short_code(names[i].name, code);
		assert_string_equal(code, names[i].code);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_name_has_a_code),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
