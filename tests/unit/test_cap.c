/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading CAP files and feeds: forms, codings, and what is refused.
 * Tests also: cap_mend.c
 */
#include "format/cap.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/limits.h"

static enum rc read_file(const char *name, struct cap_file *file, struct fault *fault)
{
	struct buf path = {0}, text = {0};
	enum rc rc;

	buf_fmt(&path, "tests/data/cap/%s", name);
	assert_int_equal(file_read(buf_cstr(&path), LIMIT_CAP, &text, fault), RC_OK);
	rc = cap_read(buf_bytes(&text), file, fault);
	buf_release(&text);
	buf_release(&path);
	return rc;
}

static void reads(const char *name, unsigned count, struct cap_file *file)
{
	struct fault fault = {0};

	if (read_file(name, file, &fault) != RC_OK)
		fail_msg("%s: %s", name, fault.text);
	assert_int_equal(file->count, count);
}

static void test_versions(void **state)
{
	static const struct {
		const char *file, *identifier, *sent, *severity;
	} cases[] = {
		{"v10.xml", "PLAIN-10", "2026-07-14T06:33:32+08:00", "Severe"},
		{"v11.xml", "PLAIN-11", "2026-07-14T06:33:32-05:00", "Extreme"},
		{"v12.xml", "PLAIN-12", "2026-07-14T06:33:32+08:00", "Minor"},
	};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct cap_file file;

		reads(cases[i].file, 1, &file);
		const struct cap_alert *a = file.alerts;
		assert_string_equal(a->text[CAP_IDENTIFIER], cases[i].identifier);
		assert_string_equal(a->text[CAP_SENT], cases[i].sent);
		assert_string_equal(a->text[CAP_SENDER], "weather@example.org");
		assert_non_null(a->infos);
		assert_string_equal(a->infos->text[CAP_SEVERITY], cases[i].severity);
		assert_string_equal(a->infos->text[CAP_DESCRIPTION],
			"Over 100 mm in three hours.\nStreams rise fast.");
		assert_string_equal(
			a->infos->text[CAP_INSTRUCTION], "Leave valley floors & underpasses.");
		assert_string_equal(a->infos->areas->desc, "Plain County");
		assert_string_equal(a->infos->areas->codes->name, "SAME");
		assert_string_equal(a->infos->areas->codes->value, "019153");
		assert_null(a->infos->areas->codes->next);
		assert_false(a->is_signed);
		assert_false(file.feed);
		assert_int_equal(a->line, 2);
		cap_release(&file);
	}
}

static void test_codings(void **state)
{
	struct cap_file file;

	(void)state;
	reads("latin1.xml", 1, &file);
	assert_string_equal(file.alerts->infos->text[CAP_SENDER_NAME], "Météo de la plaine");
	cap_release(&file);
	reads("utf16.xml", 1, &file);
	assert_string_equal(file.alerts->infos->text[CAP_EVENT], "暴雨");
	cap_release(&file);
	reads("gb18030.xml", 1, &file);
	assert_string_equal(file.alerts->infos->text[CAP_DESCRIPTION],
		"㐂村一带积水。过去两小时降雨量已达四十五毫米。");
	cap_release(&file);
	reads("gb2312.xml", 1, &file);
	assert_string_equal(file.alerts->infos->text[CAP_SENDER_NAME], "沁阳市气象台");
	cap_release(&file);
}

static void test_chinese(void **state)
{
	struct cap_file file;

	(void)state;
	reads("gb.xml", 1, &file);
	const struct cap_alert *a = file.alerts;
	assert_string_equal(a->text[CAP_IDENTIFIER], "41088241600000_20260714063332");
	assert_string_equal(a->text[CAP_SENT], "20260714063332");
	assert_string_equal(a->infos->text[CAP_EVENT], "11B03");
	assert_string_equal(a->infos->areas->codes->value, "410882000000");
	assert_string_equal(a->infos->areas->codes->name, "");
	assert_string_equal(a->infos->areas->desc, "沁阳市");
	cap_release(&file);
	reads("gb_names.xml", 1, &file);
	assert_string_equal(file.alerts->infos->areas->codes->value, "410882");
	assert_string_equal(file.alerts->infos->areas->codes->next->value, "411502");
	cap_release(&file);
}

static void test_feeds(void **state)
{
	struct cap_file file;
	const struct cap_alert *a;

	(void)state;
	reads("feed.xml", 5, &file);
	assert_true(file.feed);
	a = file.alerts;
	assert_true(a->from_feed && a->cap_seen);
	assert_string_equal(a->infos->text[CAP_EVENT], "Flood Warning");
	assert_string_equal(a->infos->text[CAP_SENDER_NAME], "River Office of Plain County");
	assert_string_equal(a->infos->areas->desc, "Plain; Riverside");
	assert_string_equal(a->infos->areas->codes->name, "FIPS6");
	assert_string_equal(a->infos->areas->codes->next->value, "IAC153 IAC049");
	assert_false(a->next->next->cap_seen);
	cap_release(&file);

	/* Another vocabulary's severity is not CAP's. */
	reads("feed_rss.xml", 1, &file);
	assert_string_equal(file.alerts->infos->text[CAP_SEVERITY], "Severe");
	assert_string_equal(file.alerts->text[CAP_IDENTIFIER], "RSS-2026-0714-01");
	cap_release(&file);
	reads("feed_empty.xml", 0, &file);
	cap_release(&file);
	reads("unbound.xml", 1, &file);
	assert_string_equal(file.alerts->infos->text[CAP_EVENT], "Gale");
	cap_release(&file);
	reads("embedded.xml", 1, &file);
	assert_string_equal(file.alerts->text[CAP_IDENTIFIER], "PLAIN-E1");
	assert_false(file.alerts->from_feed);
	cap_release(&file);
}

static void test_several(void **state)
{
	static const char *const names[] = {"several.xml", "joined.xml"};

	(void)state;
	for (size_t i = 0; i < countof(names); i++) {
		struct cap_file file;
		unsigned line = 0;

		reads(names[i], 3, &file);
		for (const struct cap_alert *a = file.alerts; a; a = a->next) {
			assert_true(a->line > line);
			line = a->line;
		}
		cap_release(&file);
	}
}

/* Nothing inside the signature is taken for the alert's own. */
static void test_signed(void **state)
{
	struct cap_file file;

	(void)state;
	reads("signed.xml", 1, &file);
	assert_true(file.alerts->is_signed);
	assert_string_equal(file.alerts->text[CAP_IDENTIFIER], "PLAIN-SIGNED");
	cap_release(&file);
}

static void test_refused(void **state)
{
	static const struct {
		const char *file, *says;
	} cases[] = {
		{"bad_laughs.xml", "第 2 行：文件带有 DTD"},
		{"bad_external.xml", "第 2 行：文件带有 DTD"},
		{"bad_dtd.xml", "DTD"},
		{"bad_entity.xml", "实体"},
		{"bad_cut.xml", "不完整"},
		{"bad_deep.xml", "套得太深"},
		{"bad_gb.xml", "XML"},
		{"bad_html.xml", "没有 alert"},
		{"bad_empty.xml", "空"},
	};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct cap_file file;
		struct fault fault = {0};

		if (read_file(cases[i].file, &file, &fault) != RC_BAD ||
			!strstr(fault.text, cases[i].says))
			fail_msg("%s: %s", cases[i].file, fault.text);
		cap_release(&file);
	}
}

/* What a file says of its coding, and one byte that is none, cost no warning. */
static void test_coding(void **state)
{
	struct cap_file file;

	(void)state;
	reads("bad_utf8.xml", 1, &file);
	assert_int_equal(file.lost.count, 1);
	assert_int_equal(file.lost.line, 19);
	assert_string_equal(file.alerts->text[CAP_IDENTIFIER], "U");
	cap_release(&file);
	reads("bad_coding.xml", 1, &file);
	assert_int_equal(file.lost.count, 0);
	cap_release(&file);
}

/* A file that stops anywhere is refused, or was whole. */
static void test_every_cut(void **state)
{
	struct buf text = {0};
	struct fault fault;
	size_t whole;

	(void)state;
	assert_int_equal(file_read("tests/data/cap/gb.xml", LIMIT_CAP, &text, &fault), RC_OK);
	whole = text.len - strlen("\n");
	for (size_t n = 0; n < text.len; n++) {
		struct cap_file file;
		enum rc rc = cap_read(bytes_of(text.at, n), &file, &fault);

		assert_int_equal(rc, n < whole ? RC_BAD : RC_OK);
		cap_release(&file);
	}
	buf_release(&text);
}

static void put_big(struct buf *text, size_t alerts, size_t words)
{
	buf_text(text, "<alerts>");
	for (size_t i = 0; i < alerts; i++) {
		buf_fmt(text, "<alert><identifier>N-%zu</identifier><info><description>", i);
		for (size_t w = 0; w < words; w++)
			buf_text(text, "rain ");
		buf_text(text, "</description></info></alert>");
	}
	buf_text(text, "</alerts>");
}

static void test_sizes(void **state)
{
	struct buf text = {0};
	struct cap_file file;
	struct fault fault;

	(void)state;
	put_big(&text, 500, 1600); /* 4 MB */
	assert_true(text.len >= 4000000 && text.len < LIMIT_CAP);
	assert_int_equal(cap_read(buf_bytes(&text), &file, &fault), RC_OK);
	assert_int_equal(file.count, 500);
	cap_release(&file);
	buf_clear(&text);
	put_big(&text, 600, 3200);
	assert_true(text.len > LIMIT_CAP);
	assert_int_equal(cap_read(buf_bytes(&text), &file, &fault), RC_BAD);
	cap_release(&file);
	buf_clear(&text);
	put_big(&text, CAP_PARTS / 2 + 1, 0); /* small, but too many parts */
	assert_true(text.len < LIMIT_CAP);
	assert_int_equal(cap_read(buf_bytes(&text), &file, &fault), RC_BAD);
	cap_release(&file);
	buf_release(&text);
}

/* As a bureau's folder poured into one file; how many there may be is said, not "not XML". */
static void test_many_joined(void **state)
{
	enum { MANY = 5000 };
	struct buf text = {0};
	struct cap_file file;
	struct fault fault;

	(void)state;
	for (unsigned i = 0; i < MANY; i++)
		buf_fmt(&text,
			"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<alert><identifier>J-%u"
			"</identifier><info><event>x</event></info></alert>\n",
			i);
	assert_int_equal(cap_read(buf_bytes(&text), &file, &fault), RC_OK);
	assert_int_equal(file.count, MANY);
	const struct cap_alert *last = file.alerts;
	while (last->next)
		last = last->next;
	assert_string_equal(last->text[CAP_IDENTIFIER], "J-4999");
	assert_int_equal(last->line, 2 * MANY);
	cap_release(&file);
	buf_clear(&text);
	for (unsigned i = 0; i <= CAP_PARTS; i++)
		buf_text(&text, "<alert/>");
	assert_int_equal(cap_read(buf_bytes(&text), &file, &fault), RC_BAD);
	assert_non_null(strstr(fault.text, "请拆成几个文件"));
	cap_release(&file);
	buf_release(&text);
}

/* An "&" that begins nothing costs no warning, and one between marks stays; half an alert is said
 * to be half. */
static void test_mended(void **state)
{
	struct cap_file file;
	struct fault fault;

	(void)state;
	assert_int_equal(cap_read(bytes_text("<alert><identifier>A&B &amp; &#65;</identifier><info>"
					     "<description><![CDATA[x & y]]></description>"
					     "<headline>R&D&</headline></info></alert>"),
				 &file, &fault),
		RC_OK);
	assert_int_equal(file.mended, 3);
	assert_string_equal(file.alerts->text[CAP_IDENTIFIER], "A&B & A");
	assert_string_equal(file.alerts->infos->text[CAP_DESCRIPTION], "x & y");
	assert_string_equal(file.alerts->infos->text[CAP_HEADLINE], "R&D&");
	cap_release(&file);
	assert_int_equal(cap_read(bytes_text("<alert>&nbsp;</alert>"), &file, &fault), RC_BAD);
	cap_release(&file);
	assert_int_equal(
		cap_read(bytes_text("<alert><identifier>A</identifier><info>"), &file, &fault),
		RC_BAD);
	assert_non_null(strstr(fault.text, "不完整"));
	cap_release(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mended),
		cmocka_unit_test(test_many_joined),
		cmocka_unit_test(test_versions),
		cmocka_unit_test(test_codings),
		cmocka_unit_test(test_chinese),
		cmocka_unit_test(test_feeds),
		cmocka_unit_test(test_several),
		cmocka_unit_test(test_signed),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_coding),
		cmocka_unit_test(test_every_cut),
		cmocka_unit_test(test_sizes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
