/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where an alert applies, as a station below, around or beside it sees it.
 */
#include "format/cap_areas.h"

#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "model/area.h"

static unsigned unmatched;

static void areas_are(const char *area, uint64_t station, const char *list, uint64_t stored)
{
	struct buf text = {0}, out = {0};
	struct cap_file file;
	struct fault fault = {0};

	buf_fmt(&text, "<alert><info>%s</info></alert>", area);
	if (cap_read(buf_bytes(&text), &file, &fault) != RC_OK)
		fail_msg("%s", fault.text);
	assert_int_equal(cap_areas(file.alerts->infos, station, NULL, &out, &unmatched), stored);
	assert_string_equal(buf_cstr(&out), list);
	cap_release(&file);
	buf_release(&text);
	buf_release(&out);
}

#define CODE(c) "<area><geocode>" c "</geocode></area>"
#define TOWN 410882103000
#define VILLAGE 410882103205

static void test_rule(void **state)
{
	(void)state;
	areas_are(CODE("410882103205"), TOWN, "410882103205", VILLAGE);
	areas_are(CODE("410882103"), TOWN, "410882103", TOWN);
	areas_are(
		CODE("410882103205") CODE("410882103206"), TOWN, "410882103205,410882103206", TOWN);
	areas_are(CODE("410882103205,410882103205"), TOWN, "410882103205,410882103205", VILLAGE);
	/* above, beside, and one in and one out: the station's own */
	areas_are(CODE("410882"), VILLAGE, "410882", VILLAGE);
	areas_are(CODE("410882000000"), TOWN, "410882000000", TOWN);
	areas_are(CODE("411502"), TOWN, "411502", TOWN);
	areas_are(CODE("410882103205 410882104201"), TOWN, "410882103205,410882104201", TOWN);
	areas_are("", TOWN, "", TOWN);
}

static void test_foreign(void **state)
{
	(void)state;
	areas_are(
		"<area><geocode><valueName>SAME</valueName><value>019153</value></geocode></area>",
		TOWN, "SAME:019153?", TOWN);
	areas_are("<area><geocode><valueName>UGC</valueName><value>IAC153 "
		  "IAC049</value></geocode></area>",
		TOWN, "UGC:IAC153?,UGC:IAC049?", TOWN);
	areas_are(CODE("fips6=006017 gb=410882103205"), TOWN, "fips6:006017?,410882103205", TOWN);
	areas_are(CODE("=x a="), TOWN, "=x?,a:?", TOWN);
	/* An unknown one beside our own: not only here. */
	areas_are(CODE("410882103205 X1"), TOWN, "410882103205,X1?", TOWN);
	areas_are("<area><areaDesc>Plain County; Riverside</areaDesc></area>", TOWN,
		"Plain_County?,Riverside?", TOWN);
}

static void test_names(void **state)
{
	static const char tsv[] =
		"410882103000\t柏香镇\n410882103205\t王庄村\n410882103206\t李庄村\n";

	(void)state;
	area_lists_clear();
	area_list_add(bytes_text(tsv));
	areas_are("<area><areaDesc>王庄村、李庄村</areaDesc></area>", TOWN,
		"410882103205,410882103206", TOWN);
	areas_are("<area><areaDesc>王庄村</areaDesc></area>", TOWN, "410882103205", VILLAGE);
	areas_are("<area><areaDesc>柏香镇</areaDesc></area>", TOWN, "410882103000", TOWN);
	areas_are("<area><areaDesc>张庄村</areaDesc></area>", TOWN, "张庄村?", TOWN);
	area_lists_clear();
}

#define SHAPE                                                                                      \
	"<area><areaDesc>河滩</areaDesc><polygon>35.0,112.0 35.0,113.0 36.0,113.0 36.0,112.0 "   \
	"35.0,112.0</polygon></area>"

/* A shape means the villages in it, and where not all villages are known also its name. */
static void test_shapes(void **state)
{
	static const struct village at[] = {{410882103205, 35500000, 112500000},
		{410882103205, 35600000, 112500000}, {410882103206, 34500000, 112500000}};
	static const struct {
		size_t count;
		bool complete;
		const char *list;
		unsigned unmatched;
	} cases[] = {{3, true, "410882103205000", 0}, {3, false, "410882103205,河滩?", 0},
		{0, true, "河滩?", 1}};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct cap_villages villages = {at, cases[i].count, cases[i].complete};
		struct buf out = {0};
		struct cap_file file;
		struct fault fault;

		assert_int_equal(cap_read(bytes_text("<alert><info>" SHAPE "</info></alert>"),
					 &file, &fault),
			RC_OK);
		uint64_t stored = cap_areas(file.alerts->infos, TOWN, &villages, &out, &unmatched);
		assert_int_equal(strncmp(buf_cstr(&out), cases[i].list, 9), 0);
		assert_int_equal(strstr(buf_cstr(&out), "河滩?") != NULL,
			strstr(cases[i].list, "河滩?") != NULL);
		assert_int_equal(unmatched, cases[i].unmatched);
		assert_int_equal(stored, i ? TOWN : VILLAGE);
		assert_null(strstr(buf_cstr(&out), "410882103206"));
		cap_release(&file);
		buf_release(&out);
	}
	areas_are(SHAPE, TOWN, "河滩?", TOWN);
	assert_int_equal(unmatched, 1);
	areas_are("<area><polygon>35,112 35,113 "
		  "36,113</polygon><geocode>410882103205</geocode></area>",
		TOWN, "410882103205", VILLAGE);
	assert_int_equal(unmatched, 0);
}

static void test_many(void **state)
{
	struct buf text = {0}, out = {0};
	struct cap_file file;
	struct fault fault;

	(void)state;
	buf_text(&text, "<alert><info>");
	for (int i = 0; i < 3000; i++)
		buf_fmt(&text, "<area><geocode>4108821%05d</geocode></area>", 3000 + i);
	buf_text(&text, "</info></alert>");
	assert_int_equal(cap_read(buf_bytes(&text), &file, &fault), RC_OK);
	cap_areas(file.alerts->infos, TOWN, NULL, &out, &unmatched);
	assert_true(out.len <= LIMIT_TEXT);
	assert_string_equal(buf_cstr(&out) + out.len - strlen("…?"), "…?");
	cap_release(&file);
	buf_release(&text);
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rule),
		cmocka_unit_test(test_foreign),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_shapes),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
