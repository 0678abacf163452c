/* SPDX-License-Identifier: GPL-3.0-or-later
 * The option table: every default passes its own rule, and a bad line costs itself alone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/options.h"

static void test_table(void **state)
{
	const char *why = "";
	(void)state;
	for (unsigned i = 0; i < OPTIONS; i++) {
		assert_non_null(options[i].name);
		if (!option_set(options[i].name, options[i].init, &why))
			fail_msg("%s: %s", options[i].name, why);
		for (unsigned j = 0; j < i; j++)
			assert_string_not_equal(options[i].name, options[j].name);
	}
	options_reset();
}

static void test_rules(void **state)
{
	static const struct {
		const char *name, *value;
		bool good;
	} cases[] = {
		{"list_limit", "1", true},
		{"list_limit", "0", false},
		{"list_limit", "-5", false},
		{"list_limit", "12x", false},
		{"list_limit", "", false},
		{"list_limit", "99999999999999999999", false},
		{"mask", "off", true},
		{"mask", "no", false},
		{"language", "en", true},
		{"language", "fr", false},
		{"language", "0123456789012345678901234567890123456789", false},
		{"nosuch", "on", false},
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		const char *why = "";
		if (option_set(cases[i].name, cases[i].value, &why) != cases[i].good)
			fail_msg("%s %s", cases[i].name, cases[i].value);
		if (!cases[i].good)
			assert_true(*why);
	}
	assert_int_equal(option_number(OPTION_LIST_LIMIT), 1);
	assert_false(option_is(OPTION_MASK));
	options_reset();
	assert_true(option_is(OPTION_MASK));
}

static void write_file(const char *home, const char *text)
{
	char path[200];
	snprintf(path, sizeof path, "%s/outpost.conf", home);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void test_file(void **state)
{
	char home[] = "/tmp/outpost-options-XXXXXX", path[200];
	(void)state;
	assert_non_null(mkdtemp(home));
	options_load(home, true); /* no file is no fault */
	write_file(home, "# ours\nfind_limit 7\nmask maybe\nlanguage \"en\"\n");
	options_load(home, false);
	assert_int_equal(option_number(OPTION_FIND_LIMIT), 7);
	assert_true(option_is(OPTION_MASK));
	assert_string_equal(option_text(OPTION_LANGUAGE), "en");
	write_file(home, "");
	options_load(home, false); /* what is no longer there goes back to its default */
	assert_int_equal(option_number(OPTION_FIND_LIMIT), 100);
	snprintf(path, sizeof path, "%s/outpost.conf", home);
	unlink(path);
	rmdir(home);
}

static void test_print(void **state)
{
	struct buf text = {0};
	(void)state;
	options_print(&text);
	for (unsigned i = 0; i < OPTIONS; i++) {
		char line[80];
		snprintf(line, sizeof line, "\n#%s %s\n", options[i].name, options[i].init);
		if (!strstr(buf_cstr(&text), line))
			fail_msg("no %s", options[i].name);
	}
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_file),
		cmocka_unit_test(test_print),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
