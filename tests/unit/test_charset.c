/* SPDX-License-Identifier: GPL-3.0-or-later
 * Codings of files from outside, told and untold.
 */
#include "format/charset.h"

#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

static void xml_is(struct bytes in, const char *coding, const char *out)
{
	struct buf room = {0};
	struct bytes got;
	const char *told;
	struct fault fault = {0};

	if (charset_xml(in, &room, &got, &told, &fault) != RC_OK)
		fail_msg("%s", fault.text);
	assert_string_equal(told ? told : "", coding);
	if (out)
		assert_true(bytes_equal(got, bytes_text(out)));
	buf_release(&room);
}

static void test_xml(void **state)
{
	(void)state;
	xml_is(bytes_text("<a>村</a>"), "UTF-8", "<a>村</a>");
	xml_is(bytes_text("\xef\xbb\xbf<a/>"), "UTF-8", "<a/>");
	xml_is(bytes_text("\r\n <?xml version='1.0' encoding='utf-8'?><a/>"), "UTF-8",
		"<?xml version='1.0' encoding='utf-8'?><a/>");
	xml_is(bytes_text("<?xml version='1.0' encoding='GBK'?><a>\xb4\xe5</a>"), "UTF-8",
		"<?xml version='1.0' encoding='GBK'?><a>村</a>");
	xml_is(bytes_text("<?xml version=\"1.0\" encoding = \"gb2312\" ?><a>\xb4\xe5</a>"), "UTF-8",
		NULL);
	xml_is(bytes_text("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>"), "ISO-8859-1",
		NULL);
	xml_is(bytes_of("<\0a\0/\0>\0", 8), "", NULL);
	xml_is(bytes_of("\xfe\xff\0<\0a\0/\0>", 10), "", NULL);
}

static void xml_bad(const char *in)
{
	struct buf room = {0};
	struct bytes got;
	const char *told;
	struct fault fault = {0};

	assert_int_equal(charset_xml(bytes_text(in), &room, &got, &told, &fault), RC_BAD);
	assert_true(fault.text[0]);
	buf_release(&room);
}

static void test_xml_bad(void **state)
{
	(void)state;
	xml_bad("<a>\xb4\xe5</a>");
	xml_bad("<?xml version='1.0' encoding='UTF-8'?><a>\xff</a>");
	xml_bad("<?xml version='1.0' encoding='GB18030'?><a>\xff\xff</a>");
	xml_bad("<?xml version='1.0' encoding='../../etc'?><a/>");
}

static struct charset_lost lost;

static enum rc table(struct bytes in, const char *out, struct fault *fault)
{
	struct buf room = {0};
	struct bytes got;
	enum rc rc = charset_table(in, &room, &got, &lost, fault);

	if (rc == RC_OK)
		assert_true(bytes_equal(got, bytes_text(out)));
	buf_release(&room);
	return rc;
}

static void test_table(void **state)
{
	struct fault fault = {0};

	(void)state;
	assert_int_equal(table(bytes_text(""), "", &fault), RC_OK);
	assert_int_equal(table(bytes_text("\xef\xbb\xbfname\n"), "name\n", &fault), RC_OK);
	assert_int_equal(table(bytes_text("村,组\n"), "村,组\n", &fault), RC_OK);
	assert_int_equal(table(bytes_text("\xb4\xe5,\xd7\xe9\n"), "村,组\n", &fault), RC_OK);
	assert_int_equal(table(bytes_of("\xff\xfe\x51\x67\n\0", 6), "村\n", &fault), RC_OK);
	assert_int_equal(table(bytes_of("\xfe\xff\x67\x51\0\n", 6), "村\n", &fault), RC_OK);
	assert_int_equal(lost.count, 0);
	/* One broken byte in a UTF-8 file does not make it a GB file, and costs one character. */
	assert_int_equal(
		table(bytes_text("村名\n王庄村\n李\xe5庄村\n"), "村名\n王庄村\n李�庄村\n", &fault),
		RC_OK);
	assert_int_equal(lost.count, 1);
	assert_int_equal(lost.line, 3);
	assert_int_equal(table(bytes_text("\xef\xbb\xbf王庄村\xff\n"), "王庄村�\n", &fault), RC_OK);
	assert_int_equal(lost.line, 1);
	/* 請注意 in Big5, which GB18030 reads as hanzi that nobody uses. */
	assert_int_equal(table(bytes_text("text\n\xbd\xd0\xaa\x60\xb7\x4e\n"), "", &fault), RC_BAD);
	assert_non_null(strstr(fault.text, "2"));
	assert_non_null(strstr(fault.text, "Big5"));
	assert_int_equal(table(bytes_of("a\0,\0b\0\n\0", 8), "a,b\n", &fault), RC_OK);
	assert_int_equal(table(bytes_text("name\ncaf\xe9\n"), "", &fault), RC_BAD);
	assert_non_null(strstr(fault.text, "Latin-1"));
	assert_int_equal(table(bytes_text("\xb4\xe5\n\xd7\xe9\n\xb4\xe5\xd7\xe9\xff\n"),
				 "村\n组\n村组�\n", &fault),
		RC_OK);
	assert_int_equal(lost.count, 1);
	assert_int_equal(lost.line, 3);
	assert_int_equal(table(bytes_text("\xd0\xa1\xd6\xae\n"), "", &fault), RC_BAD);
	assert_non_null(strstr(fault.text, "BOM"));
	assert_int_equal(
		table(bytes_text("\xef\xbb\xbf\xd0\xa1\xd6\xae\n"), "\xd0\xa1\xd6\xae\n", &fault),
		RC_OK);
	assert_int_equal(lost.count, 0);
	assert_int_equal(table(bytes_text("a\n\xff\xff\n"), "", &fault), RC_BAD);
	assert_non_null(strstr(fault.text, "2"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_xml),
		cmocka_unit_test(test_xml_bad),
		cmocka_unit_test(test_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
