/* SPDX-License-Identifier: GPL-3.0-or-later
 * The files in the program are those in config/, all of them.
 */
#include "model/shipped.h"

#include <setjmp.h>
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"

static void every_file_of_a_folder(const char *folder, const char *ending)
{
	char path[600];
	struct dirent *entry;
	unsigned seen = 0;
	snprintf(path, sizeof path, "config/%s", folder);
	DIR *dir = opendir(path);
	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		char name[300];
		struct buf buf = {0};
		size_t len = strlen(entry->d_name), end = strlen(ending);
		if (len < end || strcmp(entry->d_name + len - end, ending) != 0)
			continue;
		snprintf(name, sizeof name, "%s%s", folder, entry->d_name);
		snprintf(path, sizeof path, "config/%s", name);
		assert_int_equal(file_read(path, 1 << 20, &buf, NULL), RC_OK);
		if (!bytes_equal(shipped_file(name), buf_bytes(&buf)))
			fail_msg("\"%s\" is not what was shipped", name);
		buf_release(&buf);
		seen++;
	}
	closedir(dir);
	assert_true(seen > 0);
	for (unsigned n = 0; shipped_name(folder, n); n++)
		if (*folder)
			assert_true(n < seen);
}

static void all_are_there(void **state)
{
	(void)state;
	every_file_of_a_folder("", ".tsv");
	every_file_of_a_folder("packs/", ".conf");
	every_file_of_a_folder("checklists/", ".tsv");
	every_file_of_a_folder("cards/", ".txt");
	assert_true(shipped_file("rules.conf").len > 0);
	assert_true(shipped_file("roles.conf").len > 0);
	assert_int_equal(shipped_file("no.conf").len, 0);
}

static void names_are_in_order(void **state)
{
	const char *last = "", *name;
	(void)state;
	for (unsigned n = 0; (name = shipped_name("", n)); n++) {
		assert_true(strcmp(last, name) < 0);
		last = name;
	}
	assert_true(*last);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_are_there),
		cmocka_unit_test(names_are_in_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
