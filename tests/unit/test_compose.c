/* SPDX-License-Identifier: GPL-3.0-or-later
 * Official texts say what is known in the words of the rules, and nothing else.
 * Tests also: text_read.c
 * Covers: B03 W9.7
 */
#include "store/identity.h"
#include "store/rows/internal.h"
#include "store_help.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/when.h"
#include "model/area.h"
#include "model/shipped.h"
#include "work/text.h"

#define NOON 1784001600 /* 2026-07-14 12:00 */

static struct store *store;

static int start(void **state)
{
	(void)state;
	when_hold(NOON);
	area_list_add(shipped_file("areas.tsv"));
	store = help_alone(TOWN, "BX");
	return 0;
}

static struct buf said;

/* The text NAME (NULL: the usual one) of REF. */
static const char *text_of(struct ref ref, const char *name)
{
	const char *names[TEXT_NAMES];
	struct arena arena = {0};
	struct world world;
	struct fault fault;
	struct row row;
	buf_clear(&said);
	world_open(&world, store, NULL, store_now(store));
	assert_int_equal(store_row(store, ref, &arena, &row, &fault), RC_OK);
	unsigned count = text_names(&row, names);
	if (!name)
		name = count ? names[0] : "";
	if (text_compose(&said, &world, &row, name, &fault))
		buf_text(&said, fault.text);
	arena_release(&arena);
	return buf_cstr(&said);
}

static void says(struct ref ref, const char *name, const char *want)
{
	const char *text = text_of(ref, name);
	if (!strstr(text, want))
		fail_msg("no \"%s\" in:\n%s", want, text);
}

static void is_silent(struct ref ref, const char *name, const char *unwanted)
{
	const char *text = text_of(ref, name);
	if (strstr(text, unwanted))
		fail_msg("\"%s\" in:\n%s", unwanted, text);
}

static void what_is_known_is_said(void **state)
{
	(void)state;
	struct ref ref = help_add_in(store, "report", VILLAGE,
		"event=洪涝;stage=first;time=2026-07-14 "
		"05:40;place=东岸;affected=37;dead=0;moved=12;out=路,电;needs=编织袋;"
		"text=漫堤进水。");
	says(ref, NULL, "灾情的报告（初报）\n");
	says(ref, NULL, "7月14日5时40分，");
	says(ref, NULL, "东岸发生洪涝灾害。漫堤进水。\n");
	says(ref, NULL, "截至7月14日12时，受灾37人，因灾死亡0人，紧急避险转移12人，后续");
	says(ref, NULL, "急需：编织袋。");
	is_silent(ref, NULL, "失踪");
	is_silent(ref, NULL, "正在核实");
}

/* Nobody counted the dead: that is not "none". */
static void a_blank_is_no_zero(void **state)
{
	(void)state;
	struct ref ref = help_add(store, "report", "event=洪涝;stage=first;affected=37");
	is_silent(ref, NULL, "死亡");
	says(ref, NULL, "人员伤亡情况正在核实");
	is_silent(ref, NULL, "急需");
	is_silent(ref, NULL, "\n\n");
}

static void each_stage_has_its_own(void **state)
{
	(void)state;
	struct ref first =
		help_add(store, "report", "event=洪涝;stage=first;time=2026-07-14 05:40");
	char number[32], fields[120];
	store_number(store, first, number);
	strcpy(fields, "event=洪涝;stage=follow;serial=2;affected=50;first=");
	strcat(fields, number);
	struct ref follow = help_add(store, "report", fields);
	says(follow, NULL, "（续报2）");
	says(follow, NULL, "接7月14日5时40分灾情初报");
	says(follow, "report.first", "没有成文 \"report.first\"（有 report.follow）");
	says(help_add(store, "report", "event=洪涝;stage=zero"), NULL,
		"没有新的灾情、险情和人员伤亡");
	says(help_add(store, "task", "text=x"), NULL, "没有成文");
}

static void a_warning_is_read_out_and_closed(void **state)
{
	(void)state;
	struct ref ref = help_add(store, "warning",
		"event=暴雨;severity=red;headline=暴雨红色预警;issuer=气象台;sent=2026-07-14 "
		"12:00;action=马上撤。;"
		"areas=410882103205,410882103206");
	char number[32], fields[120];
	store_number(store, ref, number);
	says(ref, NULL, "气象台于7月14日12时发布预警：暴雨红色预警");
	says(ref, NULL, "要做的事：马上撤。\n");
	is_silent(ref, NULL, "。。");
	says(ref, "warning.closing", "应签收2个村，已签收0个，占0%。");
	says(ref, "warning.closing", "还有2个村没有签收：");
	is_silent(ref, "warning.closing", "半数");
	when_skip(360);
	strcpy(fields, "warning=");
	strcat(fields, number);
	help_add_in(store, "receipt", VILLAGE, fields);
	says(ref, "warning.closing", "已签收1个，占50%。半数签收用时6分钟。还有1个村");
	is_silent(ref, "warning.closing", "九成");
	is_silent(ref, "warning.closing", "应传达");
	char home[32];
	store_number(store, help_add_in(store, "household", VILLAGE, "head=甲;people=4"), home);
	help_add_in(store, "household", VILLAGE, "head=乙;people=6");
	snprintf(fields, sizeof fields, "people=4;result=told;warning=%s;household=%s", number,
		home);
	help_add_in(store, "relay", VILLAGE, fields);
	says(ref, "warning.closing", "应传达2户10人，已传达1户4人，占50%。");
}

static void a_county_writes_its_own(void **state)
{
	struct fault fault;
	(void)state;
	struct ref ref = help_add(store, "report", "event=洪涝;stage=first;dead=3");
	assert_int_equal(
		rules_load(rules_now(), "x",
			bytes_text("text report.first \"{dead?死{dead}{missing?，失踪{missing}}}"
				   "{!missing?，失踪待核}\"\n"),
			&fault),
		RC_OK);
	assert_string_equal(text_of(ref, NULL), "死3，失踪待核\n");
}

static void wrong(const char *row, const char *why)
{
	struct buf out = {0};
	assert_int_equal(rules_check(rules_now(), "x", bytes_text(row), &out), 1);
	if (!strstr(buf_cstr(&out), why))
		fail_msg("no \"%s\" in %s", why, buf_cstr(&out));
	buf_release(&out);
}

static void slips_are_told(void **state)
{
	(void)state;
	wrong("text report.first \"{deads}\"\n", "report 没有字段 \"deads\"");
	wrong("text report.first \"{dead?x\"\n", "没有配对");
	wrong("text report.first \"x}\"\n", "没有配对");
	wrong("text report \"x\"\n", "种类.名称");
	wrong("text reports.first \"x\"\n", "没有种类 \"reports\"");
	wrong("text report.first \"{ask.nix.count}\"\n", "没有叫 \"nix\"");
	wrong("text day.summary \"{by}\"\n", "day 没有字段 \"by\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_known_is_said, start, help_alone_stop),
		cmocka_unit_test_setup_teardown(a_blank_is_no_zero, start, help_alone_stop),
		cmocka_unit_test_setup_teardown(each_stage_has_its_own, start, help_alone_stop),
		cmocka_unit_test_setup_teardown(
			a_warning_is_read_out_and_closed, start, help_alone_stop),
		cmocka_unit_test(slips_are_told),
		cmocka_unit_test_setup_teardown(a_county_writes_its_own, start, help_alone_stop),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	buf_release(&said);
	return failed;
}
