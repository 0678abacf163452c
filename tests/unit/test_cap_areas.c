/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where an alert applies, as a station below, around or beside it sees it.
 */
#include "format/cap_areas.h"

#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "model/area.h"

static void areas_are(const char *area, uint64_t station, const char *list, uint64_t stored)
{
	struct buf text = {0}, out = {0};
	struct cap_file file;
	struct fault fault = {0};

	buf_fmt(&text, "<alert><info>%s</info></alert>", area);
	if (cap_read(buf_bytes(&text), &file, &fault) != RC_OK)
		fail_msg("%s", fault.text);
	assert_int_equal(cap_areas(file.alerts->infos, station, &out), stored);
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
	cap_areas(file.alerts->infos, TOWN, &out);
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
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
