/* SPDX-License-Identifier: GPL-3.0-or-later
 * Values: parse(show(x)) = x for every type; what breaks a rule is refused with that rule.
 * Tests also: value_num.c, value_degree.c
 */
#include "base/when.h"
#include "model/kinds.h"
#include "model/value.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const int64_t now = 1783980000; /* 2026-07-14 06:00 in China */

static bool find_record(void *to, unsigned kind, const char *typed, struct ref *ref)
{
	unsigned seq;
	(void)to, (void)kind;
	if (sscanf(typed, "ZZ-%u", &seq) != 1)
		return false;
	*ref = (struct ref){0x11223344556677, seq};
	return true;
}

static bool name_record(void *to, struct ref ref, bool title, struct buf *out)
{
	(void)to, (void)title;
	buf_fmt(out, "ZZ-%u", ref.seq);
	return true;
}

static const struct value_ways ways = {
	.now = 1783980000, .strict = true, .find = find_record, .name = name_record};

static bool again(
	const struct field *field, const char *typed, const struct value_ways *how, bool expected)
{
	struct buf keep = {0}, keep2 = {0}, text = {0};
	struct value value, value2;
	const char *why = NULL;
	bool good = value_parse(field, typed, how, &keep, &value, &why);

	if (good) {
		value_show(field, &value, how, &text);
		if (!value_parse(field, buf_cstr(&text), how, &keep2, &value2, &why) ||
			!value_equal(&value, &value2))
			fail_msg("%s: \"%s\" became \"%s\"", field->name, typed, buf_cstr(&text));
	} else if (!why) {
		fail_msg("%s: \"%s\" refused without a rule", field->name, typed);
	}
	if (good != expected)
		fail_msg("%s: \"%s\" was %s", field->name, typed, good ? "taken" : why);
	buf_release(&keep);
	buf_release(&keep2);
	buf_release(&text);
	return good;
}

static const struct field *field(const char *kind, const char *name)
{
	return field_named(kind_named(kind), name);
}

static void every_type_there_and_back(void **state)
{
	static const char *const good[][3] = {{"hazard", "place", "村东桥下 10 组"},
		{"hazard", "text", "第一行\n第二行"}, {"hazard", "category", "H0101"},
		{"hazard", "grade", "M"}, {"hazard", "found_at", "2026-07-14T05:33:11+08:00"},
		{"hazard", "owner_due", "2026-08-01"}, {"supply", "expires", "2027-08"},
		{"supply", "quantity", "12.5"}, {"supply", "quantity", "0"},
		{"report", "dead", "0"}, {"report", "affected", "120000"},
		{"point", "lon", "-113.245618"}, {"point", "lat", "90"},
		{"contact", "phone", "0391-1234567"},
		{"contact", "phone", "１３８００００１２３４"}, {"hazard", "owner", "水利站"},
		{"hazard", "owner", "ZZ-18"}, {"enterprise", "alarm", "是"},
		{"shelter", "facilities", "供水,发电机 广播"}, {"grant", "place", "410882103205"},
		{"warning", "areas", "410882，410883、006109"}, {"supply", "unit", "卷"},
		{"supply", "condition", "有点旧"}};

	(void)state;
	for (size_t i = 0; i < countof(good); i++)
		again(field(good[i][0], good[i][1]), good[i][2], &ways, true);
}

static void rules_are_kept(void **state)
{
	static const char *const bad[][3] = {{"report", "dead", "3人"}, {"report", "dead", "-1"},
		{"report", "dead", "1.5"}, {"report", "dead", "99999999999999999999"},
		{"report", "crop_ha", "1.2345"}, {"report", "crop_ha", "1.2.3"},
		{"report", "crop_ha", "约5"}, {"point", "lat", "90.000001"},
		{"point", "lat", "-91"}, {"point", "lon", "180.5"}, {"point", "lon", "113°60′"},
		{"hazard", "owner_due", "2026-02-31"}, {"hazard", "owner_due", "2026-13-01"},
		{"hazard", "found_at", "25:00"}, {"hazard", "category", "没有这类"},
		{"hazard", "grade", "X"}, {"contact", "phone", "12"},
		{"contact", "phone", "打不通"}, {"enterprise", "alarm", "也许"},
		{"grant", "place", "41088210"}, {"hazard", "place", "  "},
		{"hazard", "place", "\x1b[31m"}, {"hazard", "place", "\xff\xfe"}};
	static char many[LIMIT_LONG + 2];

	(void)state;
	for (size_t i = 0; i < countof(bad); i++)
		if (strcmp(bad[i][2], "\x1b[31m"))
			again(field(bad[i][0], bad[i][1]), bad[i][2], &ways, false);
	memset(many, 'a', sizeof many);
	many[LIMIT_LINE + 1] = 0;
	again(field("hazard", "place"), many, &ways, false);
	many[LIMIT_LINE + 1] = 'a';
	many[LIMIT_LONG + 1] = 0;
	again(field("hazard", "text"), many, &ways, false);
}

/* What a file brings may have codes that this county does not know; those that the program reckons
 * with it may not. */
static void files_keep_codes_that_people_may_not_type(void **state)
{
	struct value_ways lax = ways;

	(void)state;
	lax.strict = false;
	again(field("hazard", "category"), "XB06", &lax, true);
	again(field("hazard", "category"), "XB06", &ways, false);
	again(field("hazard", "grade"), "XB06", &lax, false);
	again(field("warning", "event"), "地外来客", &ways, true);
}

/* Degrees as maps, receivers and registers write them. */
static void degrees_in_all_shapes(void **state)
{
	static const struct {
		const char *field, *typed;
		int64_t millionths; /* 0: refused */
	} cases[] = {{"lat", "34°56′12″N", 34936667}, {"lon", "112°56.2'E", 112936667},
		{"lon", "112度56分", 112933333}, {"lon", "东经112度56分12秒", 112936667},
		{"lat", "北纬34.93667°", 34936670}, {"lon", "E112°56′12.5″", 112936806},
		{"lon", "112 56 12", 112936667}, {"lat", "34:56:12 N", 34936667},
		{"lat", "３４°５６′１２″", 34936667}, {"lon", "112。93", 0},
		{"lon", "112.9366671234", 112936667}, {"lon", "W112.5", -112500000},
		{"lat", "34°56'12''", 34936667}, {"lat", "34°56'12\" N", 34936667},
		{"lat", "112°56′12″E", 0}, {"lon", "34°56′N", 0}, {"lon", "112°60′", 0},
		{"lon", "112.5°30′", 0}, {"lon", "112°56′61″", 0}, {"lon", "-112°E", 0},
		{"lon", "东经112E", 0}, {"lon", "112′56", 0}, {"lon", "大桥东", 0},
		{"lon", "112°56′12″34", 0}, {"lon", "1129366.7", 0}, {"lon", "181°", 0}};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		const struct field *at = field("point", cases[i].field);
		struct buf keep = {0};
		struct value value = {0};
		const char *why;
		bool good = value_parse(at, cases[i].typed, &ways, &keep, &value, &why);

		if (good != (cases[i].millionths != 0) ||
			(good && value.num != cases[i].millionths))
			fail_msg("%s: %s: %lld", cases[i].field, cases[i].typed,
				(long long)value.num);
		buf_release(&keep);
	}
}

static void control_and_bidi_marks_go(void **state)
{
	struct value_ways lax = ways;
	struct buf keep = {0};
	struct value value;
	const char *why = NULL;

	(void)state;
	lax.strict = false;
	assert_false(value_parse(field("hazard", "place"), "桥\x07", &ways, &keep, &value, &why));
	assert_non_null(why);
	assert_true(value_parse(
		field("hazard", "place"), " 桥\xe2\x80\xae下\x07\tA ", &lax, &keep, &value, &why));
	assert_true(bytes_equal(value.text, bytes_text("桥下 A")));
	buf_release(&keep);
}

static void random_numbers_and_days(void **state)
{
	char typed[40];

	(void)state;
	srandom(9);
	for (int i = 0; i < 3000; i++) {
		snprintf(typed, sizeof typed, "%ld.%03ld", random() % 1000000, random() % 1000);
		again(field("report", "loss_wan"), typed, &ways, true);
		snprintf(typed, sizeof typed, "%ld-%02ld-%02ld", 1990 + random() % 80,
			1 + random() % 12, 1 + random() % 28);
		again(field("hazard", "owner_due"), typed, &ways, true);
		when_rfc(now + random() % 100000000, typed);
		again(field("hazard", "found_at"), typed, &ways, true);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_type_there_and_back),
		cmocka_unit_test(rules_are_kept),
		cmocka_unit_test(files_keep_codes_that_people_may_not_type),
		cmocka_unit_test(degrees_in_all_shapes),
		cmocka_unit_test(control_and_bidi_marks_go),
		cmocka_unit_test(random_numbers_and_days),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
