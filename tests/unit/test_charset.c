/* SPDX-License-Identifier: GPL-3.0-or-later
 * Codings of files from outside, told and untold.
 */
#include "format/charset.h"
#include "base/text.h"

#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

static struct charset_lost lost;

static void xml_is(struct bytes in, const char *out, unsigned bad)
{
	struct buf room = {0};
	struct bytes got;
	struct fault fault = {0};

	if (charset_xml(in, &room, &got, &lost, &fault) != RC_OK)
		fail_msg("%s", fault.text);
	if (!bytes_equal(got, bytes_text(out)))
		fail_msg("%s: %.*s", out, (int)got.len, (const char *)got.at);
	assert_int_equal(lost.count, bad);
	buf_release(&room);
}

#define HEAD(coding) "<?xml version='1.0' encoding='" coding "'?>"

static void test_xml(void **state)
{
	static const char *const codings[] = {"UTF-8", "GB2312", "utf-16", "ISO-8859-1", "KLINGON"};
	struct buf text = {0}, gb = {0};

	(void)state;
	xml_is(bytes_text("<a>村</a>"), "<a>村</a>", 0);
	xml_is(bytes_text("\xef\xbb\xbf<a/>"), "<a/>", 0);
	xml_is(bytes_text("\r\n " HEAD("utf-8") "<a/>"), HEAD("utf-8") "<a/>", 0);
	xml_is(bytes_text("<a>\xb4\xe5</a>"), "<a>村</a>", 0);
	xml_is(bytes_of("<\0a\0/\0>\0", 8), "<a/>", 0);
	xml_is(bytes_of("\xfe\xff\0<\0a\0/\0>", 10), "<a/>", 0);
	xml_is(bytes_of("\xff\xfe<\0\x51\x67>\0", 8), "<村>", 0);
	/* whatever the first line says */
	for (size_t i = 0; i < countof(codings); i++) {
		buf_clear(&text);
		buf_clear(&gb);
		buf_fmt(&text,
			"<?xml version='1.0' "
			"encoding='%s'?><a>沁阳市气象台发布大雾黄色预警信号</a>",
			codings[i]);
		xml_is(buf_bytes(&text), buf_cstr(&text), 0);
		assert_true(text_to("GB18030", (const char *)text.at, text.len, &gb));
		xml_is(buf_bytes(&gb), buf_cstr(&text), 0);
	}
	xml_is(bytes_text(HEAD("ISO-8859-1") "<a>caf\xe9</a>"), HEAD("ISO-8859-1") "<a>café</a>",
		0);
	buf_release(&text);
	buf_release(&gb);
}

/* A bad byte costs one character. */
static void test_xml_damaged(void **state)
{
	(void)state;
	xml_is(bytes_text("<a>王庄村\xe5村</a>"), "<a>王庄村�村</a>", 1);
	xml_is(bytes_text("<a>\nx\xff</a>"), "<a>\nx�</a>", 1);
	assert_int_equal(lost.line, 2);
	xml_is(bytes_text("<a>王庄\x0b村</a>"), "<a>王庄�村</a>", 1);
	xml_is(bytes_of("<a>\0</a>", 8), "<a>�</a>", 1);
	xml_is(bytes_text("<a>\xb4\xe5\xd7\xe9\xb4\xe5\xd7\xe9\xff</a>"), "<a>村组村组�</a>", 1);
}

static void test_xml_bad(void **state)
{
	struct buf room = {0};
	struct bytes got;
	struct fault fault = {0};

	(void)state;
	assert_int_equal(charset_xml(bytes_text("<a>\xbd\xd0\xaa\x60\xb7\x4e</a>"), &room, &got,
				 &lost, &fault),
		RC_BAD);
	assert_non_null(strstr(fault.text, "Big5"));
	buf_release(&room);
}

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
		cmocka_unit_test(test_xml_damaged),
		cmocka_unit_test(test_xml_bad),
		cmocka_unit_test(test_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
