/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a station keeps of an alert, and which alerts it cannot use.
 * Tests also: cap_refers.c, cap_words.c.
 */
#include "format/cap.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/limits.h"

struct world {
	struct cap_file file;
	struct arena arena;
	struct cap_warning w;
	struct cap_note bad;
	unsigned parts;
};

static const struct cap_alert *open_file(struct world *world, const char *name)
{
	struct buf path = {0}, text = {0};
	struct fault fault = {0};

	*world = (struct world){0};
	buf_fmt(&path, "tests/data/cap/%s", name);
	assert_int_equal(file_read(buf_cstr(&path), LIMIT_CAP, &text, &fault), RC_OK);
	if (cap_read(buf_bytes(&text), &world->file, &fault) != RC_OK)
		fail_msg("%s", fault.text);
	buf_release(&text);
	buf_release(&path);
	return world->file.alerts;
}

static const struct cap_alert *open_text(struct world *world, const char *text)
{
	struct fault fault = {0};

	*world = (struct world){0};
	if (cap_read(bytes_text(text), &world->file, &fault) != RC_OK)
		fail_msg("%s", fault.text);
	return world->file.alerts;
}

static bool take(struct world *world, const struct cap_alert *alert, const char *language)
{
	const struct cap_info *parts[CAP_INFOS] = {NULL};

	world->bad = (struct cap_note){.field = NULL};
	world->parts = cap_parts(alert, language, parts);
	return cap_warning(alert, parts[0], 0, &world->arena, &world->w, &world->bad);
}

static void done(struct world *world)
{
	arena_release(&world->arena);
	cap_release(&world->file);
}

static void test_chinese(void **state)
{
	struct world w;

	(void)state;
	assert_true(take(&w, open_file(&w, "gb.xml"), "zh"));
	assert_string_equal(w.w.identifier, "41088241600000_20260714063332");
	assert_string_equal(w.w.event, "11B03");
	assert_string_equal(w.w.severity, "orange");
	assert_string_equal(w.w.status, "actual");
	assert_string_equal(w.w.msgtype, "alert");
	assert_string_equal(w.w.issuer, "沁阳市气象台");
	assert_int_equal(w.w.sent, 1783982012);
	assert_int_equal(w.w.onset, 1783982012);
	assert_int_equal(w.w.expires, 1783982012 + 6 * 3600);
	assert_int_equal(w.w.refers_count, 0);
	assert_null(w.w.notes);
	done(&w);
	assert_true(take(&w, open_file(&w, "gb2312.xml"), "zh"));
	assert_string_equal(w.w.severity, "red");
	done(&w);
}

/* A Chinese time has a blank inside; what it refers to is found all the same. */
static void test_lineage(void **state)
{
	struct world w;

	(void)state;
	assert_true(take(&w, open_file(&w, "gb_update.xml"), "zh"));
	assert_string_equal(w.w.msgtype, "update");
	assert_int_equal(w.w.refers_count, 1);
	assert_string_equal(w.w.refers[0], "41088241600000_20260714063332");
	done(&w);
	assert_true(take(&w, open_file(&w, "gb_cancel.xml"), "zh"));
	assert_string_equal(w.w.msgtype, "cancel");
	assert_string_equal(w.w.refers[0], "41088241600000_20260714093000");
	assert_int_equal(w.w.expires, 0);
	done(&w);
}

#define ALERT(references, more)                                                                    \
	"<alert><identifier>I</identifier><sender>S</sender><sent>2026-07-14T06:33:32Z</sent>"     \
	"<status>Actual</status><msgType>Update</msgType><references>" references                  \
	"</references>" more "</alert>"
#define INFO "<info><event>Flood</event></info>"

static void test_references(void **state)
{
	static const struct {
		const char *text;
		unsigned count;
		const char *first, *last;
	} cases[] = {
		{ALERT("a@b,ID-1,2026-07-14T06:33:32+08:00 a@b,ID-2,2026-07-14T07:33:32+08:00",
			 INFO),
			2, "ID-1", "ID-2"},
		{ALERT("局,ID-1,2026-07-14 06:33:32+08:00 局,ID-2,2026-07-14 07:33:32+08:00", INFO),
			2, "ID-1", "ID-2"},
		{ALERT("\"a b\",ID-1,2026-07-14T06:33:32Z", INFO), 1, "ID-1", "ID-1"},
		{ALERT("a,ID-1,20260714063332 b,ID-2,20260714063332", INFO), 2, "ID-1", "ID-2"},
		{ALERT("ID-1\n ID-2", INFO), 2, "ID-1", "ID-2"},
		{ALERT("S,ID-1", INFO), 1, "ID-1", "ID-1"},
		{ALERT("x,I,2026-07-14T06:33:32Z x,ID-1,2026-07-14T06:33:32Z", INFO), 1, "ID-1",
			"ID-1"},
	};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct world w;

		assert_true(take(&w, open_text(&w, cases[i].text), "zh"));
		assert_int_equal(w.w.refers_count, cases[i].count);
		assert_string_equal(w.w.refers[0], cases[i].first);
		assert_string_equal(w.w.refers[cases[i].count - 1], cases[i].last);
		done(&w);
	}
}

static void test_languages(void **state)
{
	struct world w;
	const struct cap_alert *a = open_file(&w, "languages.xml");

	(void)state;
	assert_true(take(&w, a, "en"));
	assert_string_equal(w.w.headline, "英文在前的预警");
	done(&w);
	a = open_text(
		&w, ALERT("x", "<info><language>fr</language><event>Crue</event></info>"
			       "<info><language>en-GB</language><event>Flood</event></info>"));
	assert_true(take(&w, a, "en"));
	assert_string_equal(w.w.event, "Flood");
	assert_true(take(&w, a, "zh"));
	assert_string_equal(w.w.event, "Crue");
	done(&w);
}

static void test_feed(void **state)
{
	struct world w;
	const struct cap_alert *a = open_file(&w, "feed.xml");

	(void)state;
	assert_true(take(&w, a, "zh"));
	assert_string_equal(w.w.identifier, "urn:oid:2.49.0.1.840.0.7001.001.1");
	assert_string_equal(w.w.severity, "orange");
	assert_string_equal(w.w.event, "Flood Warning");
	assert_string_equal(w.w.issuer, "River Office of Plain County");
	assert_int_equal(w.w.sent, 1784023800); /* 10:10 UTC */
	a = a->next;
	assert_true(take(&w, a, "zh"));
	assert_string_equal(w.w.severity, "blue");
	a = a->next;
	assert_false(take(&w, a, "zh"));
	assert_string_equal(w.bad.field, "entry");
	a = a->next;
	assert_true(take(&w, a, "zh"));
	assert_string_equal(w.w.severity, "red");
	a = a->next;
	assert_true(take(&w, a, "zh"));
	assert_string_equal(w.w.notes->field, "expires");
	assert_int_equal(w.w.expires, 0);
	done(&w);
}

static void test_event_code(void **state)
{
	struct world w;

	(void)state;
	assert_true(take(&w,
		open_text(&w,
			ALERT("x", "<info><event>暴雨</event><eventCode><valueName>CN</valueName>"
				   "<value>11B03</value></eventCode></info>")),
		"zh"));
	assert_string_equal(w.w.event, "11B03");
	done(&w);
	assert_true(take(&w, open_file(&w, "gb_unknown.xml"), "zh"));
	assert_string_equal(w.w.event, "11Z77");
	assert_string_equal(
		w.w.severity, "yellow"); /* the headline's, since the file says Unknown */
	done(&w);
}

/* A warning without its own time is as old as what it says is in force. */
static void test_sent(void **state)
{
	static const char *const sent[] = {"", "2026-02-31T06:33:32Z", "soon"};
	char text[600];

	(void)state;
	for (size_t i = 0; i < countof(sent); i++) {
		struct world w;

		snprintf(text, sizeof text,
			"<alert><identifier>I</identifier><sent>%s</sent><status>Actual</status>"
			"<msgType>Alert</msgType><info><event>Flood</event><effective>"
			"2026-07-14T06:33:32Z</effective></info></alert>",
			sent[i]);
		assert_true(take(&w, open_text(&w, text), "zh"));
		assert_int_equal(w.w.sent, 1784010812);
		assert_string_equal(w.w.notes->field, "sent");
		done(&w);
	}
}

static void test_unusable(void **state)
{
#define HEAD(id, sent, status, type)                                                               \
	"<alert><identifier>" id "</identifier><sent>" sent "</sent><status>" status               \
	"</status><msgType>" type "</msgType>" INFO "</alert>"
#define GOOD "2026-07-14T06:33:32Z"
	static const struct {
		const char *text, *field;
	} cases[] = {
		{HEAD("", GOOD, "Actual", "Alert"), "identifier"},
		{HEAD("I", "", "Actual", "Alert"), "sent"},
		{HEAD("I", "2026-02-31T06:33:32Z", "Actual", "Alert"), "sent"},
		{HEAD("I", GOOD, "", "Alert"), "status"},
		{HEAD("I", GOOD, "Actually", "Alert"), "status"},
		{HEAD("I", GOOD, "Draft", "Alert"), "status"},
		{HEAD("I", GOOD, "Actual", ""), "msgType"},
		{HEAD("I", GOOD, "Actual", "Ack"), "msgType"},
		{"<alert><identifier>I</identifier><sent>" GOOD "</sent><status>Actual</status>"
		 "<msgType>Cancel</msgType></alert>",
			"references"},
		{ALERT("x", ""), "info"},
	};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct world w;

		assert_false(take(&w, open_text(&w, cases[i].text), "zh"));
		assert_string_equal(w.bad.field, cases[i].field);
		assert_non_null(w.bad.why);
		done(&w);
	}
}

/* A headline that issues a more severe colour stands before the severity, and that is said. */
static void test_colours(void **state)
{
#define COLOUR(severity, headline)                                                                 \
	ALERT("x", "<info><event>大雾</event><severity>" severity "</severity><headline>" headline \
		   "</headline></info>")
	static const struct {
		const char *text, *severity;
		bool said;
	} cases[] = {
		{COLOUR("Minor", "发布大雾橙色预警信号"), "orange", true},
		{COLOUR("严重", "大雾红色预警信号"), "red", true},
		{COLOUR("Extreme", "发布大雾黄色预警信号"), "red", true},
		{COLOUR("Severe", "发布大雾橙色预警信号"), "orange", false},
		{COLOUR("Moderate", "将大雾红色预警信号降级为黄色"), "yellow", false},
		{COLOUR("Minor", "解除大雾红色预警信号"), "blue", false},
		{COLOUR("Minor", "发布大雾预警信号"), "blue", false},
	};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct world w;

		assert_true(take(&w, open_text(&w, cases[i].text), "zh"));
		assert_string_equal(w.w.severity, cases[i].severity);
		bool said = false;
		for (const struct cap_note *n = w.w.notes; n; n = n->next)
			said |= strcmp(n->field, "severity") == 0;
		assert_int_equal(said, cases[i].said);
		done(&w);
	}
}

/* What is bad and not needed costs itself, and is said. */
static void test_notes(void **state)
{
#define INFO_OF(more) ALERT("x", "<info><event>暴雨</event>" more "</info>")
	static const struct {
		const char *text, *field;
		int64_t onset, expires;
	} cases[] = {
		{ALERT("x", "<info><headline>h</headline></info>"), "event", 0, 0},
		{INFO_OF("<onset>soon</onset>"), "onset", 0, 0},
		{INFO_OF("<effective>soon</effective>"), "effective", 0, 0},
		{INFO_OF("<expires>until further notice</expires>"), "expires", 0, 0},
		{INFO_OF("<severity>Terrible</severity>"), "severity", 0, 0},
		{INFO_OF("<headline>a</headline><headline>b</headline>"), "headline", 0, 0},
		/* over before it was sent; over before it begins: it counts, from now on */
		{INFO_OF("<expires>2026-07-14T06:00:00Z</expires>"), "expires", 0, 0},
		{INFO_OF("<onset>2026-07-15T06:00:00Z</onset><expires>2026-07-14T12:00:00Z</"
			 "expires>"),
			"expires", 1784010812, 0},
		{INFO_OF("<certainty>?</certainty><expires>2026-07-14T24:00:00Z</expires>"), NULL,
			0, 1784073600},
	};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct world w;

		assert_true(take(&w, open_text(&w, cases[i].text), "zh"));
		if (cases[i].field)
			assert_string_equal(w.w.notes->field, cases[i].field);
		else
			assert_null(w.w.notes);
		assert_int_equal(w.w.onset, cases[i].onset);
		assert_int_equal(w.w.expires, cases[i].expires);
		done(&w);
	}
}

/* Several instructions and descriptions are one text, in their order. */
static void test_several_texts(void **state)
{
	struct world w;

	(void)state;
	assert_true(take(&w,
		open_text(&w, INFO_OF("<instruction>a</instruction><description>c</description>"
				      "<instruction>b</instruction><description>d</description>")),
		"zh"));
	assert_string_equal(w.w.action, "a\nb");
	assert_string_equal(w.w.text, "c\nd");
	assert_null(w.w.notes);
	done(&w);
}

static void test_long_and_dirty(void **state)
{
	struct world w;
	struct buf text = {0};

	(void)state;
	buf_text(&text,
		"<alert><identifier>I</identifier><sent>" GOOD "</sent><status>Exercise</status>"
		"<msgType>Alert</msgType><info><event>e</event><headline> "
		"a&#9;b\xe2\x80\xae\xc2\x85 c </headline>"
		"<description>");
	for (int i = 0; i < 22000; i++)
		buf_text(&text, "雨");
	buf_text(&text, "</description></info></alert>");
	assert_true(take(&w, open_text(&w, buf_cstr(&text)), "zh"));
	assert_string_equal(w.w.status, "exercise");
	assert_string_equal(w.w.notes->field, "description");
	assert_true(strlen(w.w.text) <= LIMIT_LONG);
	assert_string_equal(w.w.text + strlen(w.w.text) - 6, "雨…");
	assert_string_equal(w.w.headline, "a b c");
	done(&w);
	buf_release(&text);
}

static void test_severity(void **state)
{
	(void)state;
	assert_string_equal(cap_severity("Extreme"), "red");
	assert_string_equal(cap_severity("severe"), "orange");
	assert_string_equal(cap_severity("Moderate"), "yellow");
	assert_string_equal(cap_severity("Minor"), "blue");
	assert_string_equal(cap_severity("RED"), "red");
	assert_string_equal(cap_severity("蓝色"), "blue");
	assert_string_equal(cap_severity("Ⅲ级"), "yellow");
	assert_string_equal(cap_severity("Unknown"), "unknown");
	assert_string_equal(cap_severity(""), "unknown");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_chinese),
		cmocka_unit_test(test_lineage),
		cmocka_unit_test(test_references),
		cmocka_unit_test(test_languages),
		cmocka_unit_test(test_feed),
		cmocka_unit_test(test_event_code),
		cmocka_unit_test(test_sent),
		cmocka_unit_test(test_unusable),
		cmocka_unit_test(test_colours),
		cmocka_unit_test(test_notes),
		cmocka_unit_test(test_several_texts),
		cmocka_unit_test(test_long_and_dirty),
		cmocka_unit_test(test_severity),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
