/* SPDX-License-Identifier: GPL-3.0-or-later
 * Workbooks: converted by what is installed, else a clear word; nothing of them stays behind.
 */
#include "format/workbook.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"

static char folder[] = "/tmp/outpost-books-XXXXXX";

static void put(const char *name, const char *script)
{
	char path[200];
	struct fault fault;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	assert_int_equal(file_write(path, bytes_text(script), 0755, &fault), RC_OK);
}

static void gone(const char *name)
{
	char path[200];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	unlink(path);
}

static const struct bytes new_form = {(const uint8_t *)"PK\3\4book", 8};
static const struct bytes old_form = {(const uint8_t *)"\xD0\xCF\x11\xE0pages", 9};

static void test_told(void **state)
{
	(void)state;
	assert_true(is_workbook(new_form));
	assert_true(is_workbook(old_form));
	assert_true(is_workbook(bytes_text("\xEF\xBB\xBF <HTML><body><table><tr>")));
	assert_true(
		is_workbook(bytes_text("<?xml version=\"1.0\"?><Workbook "
				       "xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">")));
	assert_false(is_workbook(bytes_text("PK,name\n")));
	assert_false(is_workbook(bytes_text("<name>,x\n")));
	assert_false(is_workbook(bytes_text("")));
}

static void test_none(void **state)
{
	struct buf out = {0};
	struct fault fault = {0};
	const char *with = NULL;

	(void)state;
	assert_int_equal(workbook_csv(new_form, &out, &with, &fault), RC_BAD);
	assert_non_null(strstr(fault.text, "xlsx2csv"));
	assert_int_equal(workbook_csv(old_form, &out, &with, &fault), RC_BAD);
	assert_non_null(strstr(fault.text, "xls2csv"));
	buf_release(&out);
}

static void test_converted(void **state)
{
	struct buf out = {0};
	struct fault fault = {0};
	const char *with = NULL;

	(void)state;
	put("xlsx2csv", "#!/bin/sh\necho name,$(/bin/wc -c <\"$1\")\n");
	put("soffice", "#!/bin/sh\necho office >\"$6/table.csv\"\n");
	assert_int_equal(workbook_csv(new_form, &out, &with, &fault), RC_OK);
	assert_string_equal(with, "xlsx2csv");
	assert_string_equal(buf_cstr(&out), "name,8\n");
	buf_clear(&out);
	/* The other form needs another one. */
	assert_int_equal(workbook_csv(old_form, &out, &with, &fault), RC_OK);
	assert_string_equal(with, "soffice");
	assert_string_equal(buf_cstr(&out), "office\n");
	put("xlsx2csv", "#!/bin/sh\nexit 3\n");
	assert_int_equal(workbook_csv(new_form, &out, &with, &fault), RC_BAD);
	assert_non_null(strstr(fault.text, "xlsx2csv"));
	buf_release(&out);
}

static int begin(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	setenv("PATH", folder, 1);
	setenv("TMPDIR", folder, 1);
	return 0;
}

/* No copy of a workbook is left: the folder is empty but for the scripts. */
static int end(void **state)
{
	(void)state;
	gone("xlsx2csv");
	gone("soffice");
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_told),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_converted),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
