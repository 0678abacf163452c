/* SPDX-License-Identifier: GPL-3.0-or-later
 * Alerts into a station: one warning an identifier, chains in any order, and for which area they
 * are stored.
 */
#include "intake_help.h"

#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "model/kinds.h"
#include "store/rows.h"

#define TOWN 410882103000
#define VILLAGE 410882103205
#define FIRST "41088241600000_20260714063332"
#define UPDATE "41088241600000_20260714093000"
#define CANCEL "41088241600000_20260714150000"

static enum rc try(struct stand *s, const char *name, struct fault *fault)
{
	struct buf path = {0}, text = {0};
	enum rc rc;

	buf_fmt(&path, "tests/data/cap/%s", name);
	assert_int_equal(file_read(buf_cstr(&path), 1 << 20, &text, fault), RC_OK);
	rc = cap_import(&s->in, buf_bytes(&text), "zh", fault);
	buf_release(&path);
	buf_release(&text);
	return rc;
}

static void import(struct stand *s, const char *name)
{
	struct fault fault = {0};

	if (try(s, name, &fault) != RC_OK)
		fail_msg("%s: %s", name, fault.text);
	stand_again(s, "cap");
}

static void warning_is(struct stand *s, const char *identifier, const char *state)
{
	assert_string_equal(stand_state(s, KIND_warning, warning_identifier, identifier), state);
}

/* In each of the orders in which files may come, the chain ends the same. */
static void test_chain(void **state)
{
	static const char *const files[] = {"gb.xml", "gb_update.xml", "gb_cancel.xml"};
	static const int orders[][3] = {
		{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

	(void)state;
	for (size_t i = 0; i < countof(orders); i++) {
		struct stand s;

		stand_up(&s, TOWN, "cap");
		for (int n = 0; n < 3; n++)
			import(&s, files[orders[i][n]]);
		warning_is(&s, FIRST, "updated");
		warning_is(&s, UPDATE, "cancelled");
		warning_is(&s, CANCEL, "cancelled");
		for (int n = 0; n < 3; n++) /* and again changes nothing */
			import(&s, files[n]);
		assert_int_equal(stand_count(&s, KIND_warning), 3);
		warning_is(&s, FIRST, "updated");
		stand_down(&s);
	}
}

static void test_steps(void **state)
{
	struct stand s;

	(void)state;
	stand_up(&s, TOWN, "cap");
	import(&s, "gb.xml");
	warning_is(&s, FIRST, "active");
	import(&s, "gb_update.xml");
	warning_is(&s, FIRST, "updated");
	warning_is(&s, UPDATE, "active");
	import(&s, "gb_cancel.xml");
	warning_is(&s, UPDATE, "cancelled");
	stand_down(&s);
}

static void test_fields(void **state)
{
	static const struct {
		const char *file;
		unsigned tag;
		const char *text;
	} cases[] = {
		{"gb.xml", warning_event, "11B03"},
		{"gb.xml", warning_severity, "orange"},
		{"gb.xml", warning_sent, "2026-07-14T06:33:32+08:00"},
		{"gb.xml", warning_issuer, "沁阳市气象台"},
		{"gb.xml", warning_areas, "410882000000"},
		{"gb.xml", warning_proof, "file"},
		{"signed.xml", warning_proof, "signed"},
		{"gb_unknown.xml", warning_event, "11Z77"},
		{"gb_unknown.xml", warning_kind_name, "11Z77"},
		{"gb_update.xml", warning_refers, FIRST},
		{"v12.xml", warning_severity, "blue"},
		{"v12.xml", warning_areas, "SAME:019153?"},
		{"gb_names.xml", warning_areas, "410882,411502"},
	};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct stand s;

		stand_up(&s, TOWN, "cap");
		import(&s, cases[i].file);
		if (strcmp(stand_state(&s, KIND_warning, cases[i].tag, cases[i].text), "active") !=
			0)
			fail_msg("%s: no %s", cases[i].file, cases[i].text);
		stand_down(&s);
	}
}

static bool take_area(const struct row *row, void *to)
{
	*(uint64_t *)to = row->area;
	return true;
}

static void test_area(void **state)
{
	static const struct {
		uint64_t station;
		const char *file;
		uint64_t stored;
	} cases[] = {
		{TOWN, "gb.xml", TOWN},                                               /* above */
		{VILLAGE, "gb.xml", VILLAGE}, {TOWN, "gb_village.xml", VILLAGE},      /* below */
		{410882000000, "gb.xml", 410882000000}, {TOWN, "gb_names.xml", TOWN}, /* beside */
		{TOWN, "feed.xml", TOWN},                                             /* foreign */
	};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct stand s;
		struct query query = query_all(KIND_warning);
		struct fault fault;
		uint64_t area = 0;

		stand_up(&s, cases[i].station, "cap");
		import(&s, cases[i].file);
		assert_int_equal(store_each(s.store, &query, take_area, &area, &fault), RC_OK);
		assert_int_equal(area, cases[i].stored);
		stand_down(&s);
	}
}

static void test_feed(void **state)
{
	struct stand s;
	struct fault fault = {0};

	(void)state;
	stand_up(&s, TOWN, "cap");
	assert_int_equal(try(&s, "feed.xml", &fault), RC_OK);
	assert_int_equal(s.in.added, 4); /* one of them with a time that is none */
	assert_int_equal(s.in.bad, 1);
	assert_int_equal(s.in.good_files, 1);
	assert_int_equal(s.in.bad_files, 0);
	stand_again(&s, "cap");
	assert_non_null(strstr(buf_cstr(&s.said), "expires"));
	assert_non_null(strstr(buf_cstr(&s.said), "notice"));
	/* nothing of it could be read */
	assert_int_equal(try(&s, "bad_time.xml", &fault), RC_OK);
	assert_int_equal(s.in.bad_files, 1);
	assert_int_equal(s.in.added, 0);
	assert_int_equal(try(&s, "bad_dtd.xml", &fault), RC_BAD);
	stand_down(&s);
}

/* What a person has typed under the same identifier is the same warning. */
static void test_typed(void **state)
{
	struct stand s;
	struct fault fault = {0};

	(void)state;
	stand_up(&s, TOWN, "json");
	assert_int_equal(json_import(&s.in,
				 bytes_text("{\"kind\":\"warning\",\"fields\":{\"event\":\"11B03\","
					    "\"severity\":\"red\","
					    "\"status\":\"actual\",\"identifier\":\"" FIRST "\"}}"),
				 &fault),
		RC_OK);
	stand_again(&s, "cap");
	import(&s, "gb.xml");
	assert_int_equal(stand_count(&s, KIND_warning), 1);
	import(&s, "gb_update.xml");
	warning_is(&s, FIRST, "updated");
	stand_down(&s);
}

/* An exercise never closes a real warning. */
static void test_exercise(void **state)
{
	static const char text[] =
		"<alert><identifier>EX-1</identifier><sender>s</"
		"sender><sent>2026-07-14T10:00:00+08:00</sent>"
		"<status>Exercise</status><msgType>Cancel</msgType><references>s," FIRST
		",2026-07-14T06:33:32+08:00</references></alert>";
	struct stand s;
	struct fault fault = {0};

	(void)state;
	stand_up(&s, TOWN, "cap");
	import(&s, "gb.xml");
	assert_int_equal(cap_import(&s.in, bytes_text(text), "zh", &fault), RC_OK);
	stand_again(&s, "cap");
	warning_is(&s, FIRST, "active");
	/* a bare cancel borrows the event of what it cancels */
	assert_string_equal(stand_state(&s, KIND_warning, warning_event, "11B03"), "many");
	stand_down(&s);
}

/* A whole alert adds what the feed's entry left out, and is another version where its colour is
 * another one. */
static void test_complete(void **state)
{
	static const char head[] =
		"<alert><identifier>urn:oid:2.49.0.1.840.0.7001.001.1</identifier><sender>s</"
		"sender>"
		"<sent>2026-07-14T10:10:00Z</sent><status>Actual</status><msgType>Alert</msgType>"
		"<info><event>Flood Warning</event><severity>Minor</severity>";
	struct stand s;
	struct fault fault = {0};
	struct buf text = {0};

	(void)state;
	buf_fmt(&text, "%s<instruction>Move to higher ground.</instruction></info></alert>", head);
	stand_up(&s, TOWN, "cap");
	import(&s, "feed.xml");
	for (int i = 0; i < 2; i++) {
		assert_int_equal(cap_import(&s.in, buf_bytes(&text), "zh", &fault), RC_OK);
		assert_int_equal(s.in.known, 1);
		assert_int_equal(s.in.added, 0);
		stand_again(&s, "cap");
		assert_int_equal(
			s.said.len > 0, i == 0); /* the second time there is nothing to add */
	}
	assert_int_equal(stand_count(&s, KIND_warning), 4);
	assert_string_equal(
		stand_state(&s, KIND_warning, warning_action, "Move to higher ground."), "active");
	assert_string_equal(stand_state(&s, KIND_warning, warning_version, "2"), "active");
	buf_release(&text);
	stand_down(&s);
}

/* JSON lines name a warning by its identifier. */
static void test_receipt(void **state)
{
	struct stand s;
	struct fault fault = {0};
	struct ref warning;
	char number[32];

	(void)state;
	stand_up(&s, TOWN, "cap");
	import(&s, "gb.xml");
	assert_true(intake_known(&s.in, FIRST, &warning));
	stand_again(&s, "json");
	assert_int_equal(json_import(&s.in,
				 bytes_text("{\"kind\":\"receipt\",\"fields\":{\"warning\":\"" FIRST
					    "\",\"result\":\"signed\"}}\n"
					    "{\"step\":\"sign\",\"of\":\"" FIRST
					    "\",\"fields\":{\"method\":\"radio\"}}"),
				 &fault),
		RC_OK);
	assert_int_equal(s.in.bad, 0);
	stand_again(&s, "json");
	assert_int_equal(stand_count(&s, KIND_receipt), 2);
	store_number(s.store, warning, number);
	assert_string_equal(stand_state(&s, KIND_receipt, receipt_warning, number), "many");
	stand_down(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_chain),
		cmocka_unit_test(test_steps),
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_area),
		cmocka_unit_test(test_feed),
		cmocka_unit_test(test_typed),
		cmocka_unit_test(test_exercise),
		cmocka_unit_test(test_complete),
		cmocka_unit_test(test_receipt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
