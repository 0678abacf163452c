/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows of rules.conf one by one: what is read, what is refused and in which words, which layer
 * counts, and whether conditions hold.
 *
 * Tests also: row_read.c cond_read.c cond_value.c cond.c need_read.c need.c
 *
 * Tests also: home_read.c step_read.c rows.c rules_load.c rules_whole.c roles_read.c
 * Covers: G01 G03
 */
#include "model/rules.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/when.h"
#include "model/kinds.h"

static const int64_t start = 1784000000; /* a day in July 2026 */

enum { MINUTE = 60, HOUR = 3600, DAY = 86400, MILLI = 1000 };

static void load(const char *file, const char *text)
{
	struct fault fault = {.text = ""};
	if (rules_load(rules_now(), file, bytes_text(text), &fault))
		fail_msg("%s", fault.text);
}

/* What rules_check says of TEXT. Borrowed until the next call. */
static const char *said(const char *text, unsigned wrong)
{
	static struct buf out;
	buf_clear(&out);
	assert_int_equal(rules_check(rules_now(), "qy.conf", bytes_text(text), &out), wrong);
	return buf_cstr(&out);
}

static int forget(void **state)
{
	(void)state;
	rules_base(false);
	return 0;
}

static const struct rule *last_of(enum rule_word word)
{
	unsigned count;
	const struct rule *rows = rules_rows(word, &count);
	assert_true(count > 0);
	return rows;
}

/* ---- what is wrong is said with line, row and rule */

static void wrong_rows(void **state)
{
	static const struct {
		const char *row, *says;
	} bad[] = {
		{"ask roll rollcall open", "qy.conf:1: ask roll rollcall open: 要写成 ask 名称"},
		{"who x head/pigeon", "没有方式 \"pigeon\""},
		{"who x mayor/radio", "没有岗位 \"mayor\""},
		{"escalate orders +15m callees", "没有叫 \"orders\" 的"},
		{"rank now sign warning activ",
			"warning 没有状态 \"activ\"（有 active updated cancelled）"},
		{"check report refuse \"甲\" \"A\" deads>0", "report 没有字段 \"deads\""},
		{"check report refuse \"甲\" \"A\" stage=frist",
			"字段 \"stage\" 没有代码 \"frist\""},
		{"check report scream \"甲\" \"A\" dead>0", "要写 refuse reason retype tell"},
		{"due hazard new at +1d \"甲\" \"A\" by nobody", "没有叫 \"nobody\" 的"},
		{"due hazard new last:nothing +1d \"甲\" \"A\"", "没有种类 \"nothing\""},
		{"due hazard new at limit +1d \"甲\" \"A\"", "时长要写成"},
		{"ask zero every week of villages answer report within 07:00",
			"没有种类 \"every\""},
		{"who x mayor", "没有岗位 \"mayor\"（有 head"},
		{"pick hazard.text person", "没有可选记录的字段 \"text\""},
		{"pick hazard.owner persons", "没有种类 \"persons\""},
		{"change patrol.1.days percent 0 season=flood", "1 到 1000"},
		{"change no.such.days percent 50 season=flood", "没有叫 \"no.such.days\" 的"},
		{"season wet 6-1 09-30 \"甲\" \"A\"", "日子要写成 06-01"},
		{"then hazard.close make tasks text=x", "没有种类 \"tasks\""},
		{"then hazard.close make task each place.line text=x", "的一个长文字段，或指向"},
		{"then hazard.shut make task text=x", "hazard 没有步骤 \"shut\""},
		{"then stay.add step transfer people={people}", "step 后面要写 种类.步骤"},
		{"rank now due * * text=?", "不能写字段 \"text\""},
		{"rank soon due * *", "段落要写 now"},
		{"rank now due * * left>", "时长要写成"},
		{"rank now due * * count(stay", "括号没有配对"},
		{"rank now due * * late=1", "不能这样比"},
		{"limit my.own.days 3", "没有哪里用这个时限"},
		{"pin warning.fly", "warning 没有步骤 \"fly\""},
		{"off due hazard new at grade=G", "没有这一行可以去掉"},
		{"off who", "off 后面要写那一行的开头"},
		{"holiday 10-01 2026-10-07 \"甲\" \"A\"", "日期要写成 2026-10-01"},
		{"holiday 2026-10-07 2026-10-01 \"甲\" \"A\"", "结束的日期在开始之前"},
		{"workday 2026-02-30 2026-03-01 \"甲\" \"A\"", "日期要写成"},
		{"due hazard new at +0wd \"甲\" \"A\"", "工作日要写成 +2wd"},
		{"escalate orders +1wd callees", "时长要写成"},
		{"sing warning active at +1m", "没有这种行"},
	};
	(void)state;
	for (size_t n = 0; n < countof(bad); n++) {
		const char *words_said = said(bad[n].row, 1);
		if (!strstr(words_said, bad[n].says) || strncmp(words_said, "qy.conf:", 8) != 0)
			fail_msg("%s: %s", bad[n].row, words_said);
	}
	/* All of a file, each with its line. */
	const char *all = said("\n# a remark\nwho x mayor\nlimit a\nrank now due * *\n", 2);
	assert_non_null(strstr(all, "qy.conf:3: who x mayor"));
	assert_non_null(strstr(all, "qy.conf:4: limit a"));
}

static void a_row_that_never_counts(void **state)
{
	(void)state;
	const char *words_said =
		said("rank today due task *\nrank now due task * left<1h late\n", 1);
	assert_non_null(strstr(words_said,
		"qy.conf:2: rank now due task * left<1h late: 这一行不起作用：qy.conf 第1行先合"));
	assert_string_equal(
		said("rank today due task * late\nrank now due task * left<1h\n", 0), "");
}

static void shipped_rows_are_right(void **state)
{
	(void)state;
	assert_string_equal(said("", 0), "");
	assert_int_equal(last_of(RULE_NEED)->layer, 0);
}

/* ---- layers */

static void a_layer_replaces_row_by_row(void **state)
{
	(void)state;
	load("county.conf", "who callees head up\n"
			    "ask order order issued of to answer answer within +40m\n");
	const struct rule *who = rules_named(RULE_WHO, "callees");
	assert_int_equal(who->posts, 2);
	assert_string_equal(who->file, "county.conf");
	assert_int_equal(who->line, 1);
	assert_int_equal(rules_named(RULE_ASK, "order")->within.seconds, 40 * MINUTE);
	assert_string_equal(rules_named(RULE_ASK, "sign")->file, "rules.conf");
	assert_string_equal(who->way[0], "phone");
	load("ways.conf", "who callees head head/radio up\n");
	who = rules_named(RULE_WHO, "callees");
	assert_int_equal(who->posts, 3);
	assert_string_equal(who->post[1], "head");
	assert_string_equal(who->way[1], "radio");
	load("town.conf", "who callees up\n");
	assert_int_equal(rules_named(RULE_WHO, "callees")->posts, 1);
	load("more.conf", "off rank now due task * late mine\n");
}

static void a_bad_layer_changes_nothing(void **state)
{
	struct fault fault;
	(void)state;
	assert_int_equal(
		rules_load(rules_now(), "x.conf",
			bytes_text("who callees up\nlimit lift.minutes 5\nwho x mayor\n"), &fault),
		RC_BAD);
	assert_non_null(strstr(fault.text, "x.conf:3: "));
	assert_int_equal(rules_named(RULE_WHO, "callees")->posts, 9);
	assert_int_equal(rules_limit("lift.minutes", 0), 30);
}

static void newer_rank_rows_come_first(void **state)
{
	unsigned count;
	(void)state;
	load("county.conf", "rank today sign warning active severity=blue\n");
	const struct rule *rows = rules_rows(RULE_RANK, &count);
	assert_string_equal(rows[0].file, "county.conf");
	assert_int_equal(rows[0].band, BAND_TODAY);
	assert_string_equal(rows[1].file, "rules.conf");
	assert_int_equal(rows[1].ring, MINUTE);
	assert_true(rows[0].order < rows[1].order);
}

/* ---- conditions */

static struct record report;

static void set(unsigned tag, struct value value)
{
	struct cell *cell = &report.cells[field_place(report.kind, tag)];
	cell->tag = value.wire == WIRE_TEXT && !value.text.len ? 0 : tag;
	cell->value = value;
}

static int64_t count_three(void *to, const struct record *record, const struct counting_for *what)
{
	(void)to;
	(void)record;
	assert_int_equal(what->kind, KIND_casualty);
	assert_int_equal(what->tag, 0);
	return what->value.len ? 1 * MILLI : 3 * MILLI;
}

/* Do CONDITIONS hold of the report, asked in a check row of their own? */
static bool holds(const char *conditions, struct matter *matter)
{
	char text[200];
	unsigned count;
	snprintf(text, sizeof text, "check report tell \"甲\" \"A\" %s\n", conditions);
	load("c.conf", text);
	matter->record = &report;
	return rule_holds(rules_rows(RULE_CHECK, &count), matter);
}

static void numbers_and_codes(void **state)
{
	struct surroundings around = {.now = start + HOUR, .count = count_three};
	struct matter matter = {.around = &around, .until = start + 90 * MINUTE};
	struct record before = {.kind = kind_of(KIND_report), .kind_id = KIND_report};
	(void)state;
	report = (struct record){.kind = kind_of(KIND_report), .kind_id = KIND_report, .at = start};
	before.cells[field_place(before.kind, report_dead)] =
		(struct cell){.tag = report_dead, .value = value_num(2)};
	set(report_stage, value_text("follow"));
	set(report_dead, value_num(3));
	set(report_crop_ha, value_num(1500)); /* 1.5 */
	assert_true(holds("stage=first,follow", &matter));
	assert_false(holds("stage!=first,follow", &matter));
	assert_true(holds("dead>2", &matter));
	assert_true(holds("dead>=3", &matter));
	assert_false(holds("dead<3", &matter));
	assert_true(holds("dead<=limit:lift.minutes", &matter));
	assert_true(holds("crop_ha<1.6", &matter));
	assert_false(holds("crop_ha<1.4", &matter));
	assert_true(holds("missing=?", &matter));
	assert_false(holds("dead=?", &matter));
	assert_true(holds("dead>crop_ha", &matter));
	assert_false(holds("dead>missing", &matter)); /* a blank compares with nothing */
	assert_true(holds("dead!=count(casualty)", &matter) == false);
	assert_true(holds("count(casualty)>2", &matter));
	assert_false(holds("count(casualty fate=dead)>2", &matter));
	assert_false(holds("dead>prev.dead", &matter)); /* there is none before it */
	matter.before = &before;
	assert_true(holds("dead>prev.dead", &matter));
	assert_false(holds("any<prev.any", &matter));
	set(report_dead, value_num(1));
	assert_true(holds("any<prev.any", &matter));
	assert_true(holds("any>0", &matter));
	assert_true(holds("left<31m", &matter));
	assert_false(holds("left<29m", &matter));
	assert_true(holds("age>59m", &matter));
}

static void what_is_around(void **state)
{
	struct surroundings around = {.now = start, .response = 0};
	struct matter matter = {.around = &around};
	(void)state;
	report = (struct record){.kind = kind_of(KIND_report), .kind_id = KIND_report, .at = start};
	assert_true(holds("season=flood", &matter)); /* July */
	assert_false(holds("season=fire", &matter));
	around.now = start + 180 * DAY; /* over the turn of the year */
	assert_true(holds("season=fire", &matter));
	assert_false(holds("response<=3", &matter));
	around.response = 2;
	assert_true(holds("response<=3", &matter));
	assert_false(holds("late", &matter));
	assert_true(holds("!late", &matter));
	matter.late = matter.mine = matter.answered = true;
	assert_true(holds("late mine answered", &matter));
	assert_false(holds("late !mine", &matter));
}

/* ---- spans */

static void limits_by_field_and_change(void **state)
{
	struct surroundings around = {.now = start + 200 * DAY}; /* January: no flood season */
	struct record point = {.kind = kind_of(KIND_point), .kind_id = KIND_point, .at = start};
	struct rule_span span = {.limit = "patrol.{risk}.days"};
	(void)state;
	point.cells[field_place(point.kind, point_risk)] =
		(struct cell){.tag = point_risk, .value = value_text("2")};
	assert_int_equal(rule_until(0, &span, &point, &around), 3 * DAY);
	around.response = 3;
	assert_int_equal(rule_until(0, &span, &point, &around), 3 * DAY / 2);
	around.response = 4;
	assert_int_equal(rule_until(0, &span, &point, &around), 3 * DAY);
}

static bool last_patrol(void *to, const struct record *record, unsigned kind, int64_t *at)
{
	(void)record;
	assert_int_equal(kind, KIND_patrol);
	*at = *(int64_t *)to;
	return *at != 0;
}

static void counted_from_another_record(void **state)
{
	int64_t last = 0;
	struct surroundings around = {.now = start + DAY, .newest = last_patrol, .to = &last};
	struct record point = {.kind = kind_of(KIND_point), .kind_id = KIND_point, .at = start};
	(void)state;
	point.cells[field_place(point.kind, point_risk)] =
		(struct cell){.tag = point_risk, .value = value_text("3")};
	struct needed needed = rules_need(&point, &around);
	assert_int_equal(needed.need, NEED_DUE);
	assert_int_equal(needed.until, start + 7 * DAY);
	last = start + DAY;
	assert_int_equal(rules_need(&point, &around).until, start + 8 * DAY);
}

/* ---- the rest of the words */

static void rows_have_their_parts(void **state)
{
	(void)state;
	load("c.conf",
		"then hazard.close make task text=回头看：{place} due={today}+30d about={record}\n"
		"then stay.add step transfer.arrive household={household} people={people}\n"
		"then device.test set device condition=ok tested={today} result=passed\n"
		"escalate due.incident +20m leaders again +5m\n"
		"pin order.add,revoke\n");
	const struct rule *row = last_of(RULE_THEN);
	assert_int_equal(row->then, THEN_MAKE);
	assert_int_equal(row->made, KIND_task);
	assert_int_equal(row->sets, 3);
	assert_string_equal(row->set[0].field, "text");
	assert_string_equal(row->set[1].text, "{today}+30d");
	assert_int_equal(row[1].taken, transfer_do_arrive);
	assert_int_equal(row[1].sets, 2);
	assert_int_equal(row[2].sets, 2);
	assert_int_equal(row[2].conditions, 1);
	row = last_of(RULE_ESCALATE);
	assert_int_equal(row->of_need, NEED_DUE);
	assert_int_equal(row->again.seconds, 5 * MINUTE);
	assert_true(rules_pin(kind_of(KIND_order), 0));
	row = last_of(RULE_PICK);
	assert_int_equal(row->kind, KIND_hazard);
	assert_int_equal(row->tag[0], hazard_owner);
	assert_string_equal(post_named("grid_b")->code, "R02");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(wrong_rows, forget),
		cmocka_unit_test_teardown(a_row_that_never_counts, forget),
		cmocka_unit_test_teardown(shipped_rows_are_right, forget),
		cmocka_unit_test_teardown(a_layer_replaces_row_by_row, forget),
		cmocka_unit_test_teardown(a_bad_layer_changes_nothing, forget),
		cmocka_unit_test_teardown(newer_rank_rows_come_first, forget),
		cmocka_unit_test_teardown(numbers_and_codes, forget),
		cmocka_unit_test_teardown(what_is_around, forget),
		cmocka_unit_test_teardown(limits_by_field_and_change, forget),
		cmocka_unit_test_teardown(counted_from_another_record, forget),
		cmocka_unit_test_teardown(rows_have_their_parts, forget),
	};
	rules_base(true);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
