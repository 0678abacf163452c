/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who is called for a village, in which order, and who is next after a call that came to nothing.
 * Covers: C04 L05 W9.3
 */
#include "work/callees.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "model/shipped.h"
#include "store/identity.h"
#include "store_help.h"

enum { MINUTE = 60 };

static const int64_t now = 1784000000;
static char home[HELP_HOME];
static struct store *town;
static struct world world;
static struct arena arena;

static int start(void **state)
{
	char fields[120], number[32];
	(void)state;
	when_hold(now);
	area_list_add(shipped_file("areas.tsv"));
	help_home(home);
	town = help_station(home, TOWN, "BX");
	help_add_in(town, "person", VILLAGE,
		"name=王俊杰;role=R05;post=村党支部书记;phone=15439142161");
	struct ref deputy =
		help_add_in(town, "person", VILLAGE, "name=靳玉梅;role=R03;phone=15439109264");
	store_number(town, deputy, number);
	snprintf(fields, sizeof fields, "name=潘鹏飞;role=R02;phone=15439106045;deputy=%s", number);
	help_add_in(town, "person", VILLAGE, fields);
	help_add(town, "person", "name=董小红;role=R12;post=包片干部;phone=15439111111");
	world_open(&world, town, NULL, store_now(town));
	return 0;
}

static int stop(void **state)
{
	(void)state;
	arena_release(&arena);
	store_close(town);
	help_remove(home);
	area_lists_clear();
	return 0;
}

static struct callees called(const char *who, const struct row *row)
{
	struct callees callees = {.arena = &arena};
	assert_int_equal(
		callees_of(&callees, &world, rules_named(RULE_WHO, who), VILLAGE, row, NULL),
		RC_OK);
	return callees;
}

static void posts_in_their_order(void **state)
{
	static const char *const names[] = {
		"王俊杰", "潘鹏飞", "靳玉梅", "王俊杰", "董小红", "上级值班室"};
	(void)state;
	struct callees callees = called("callees", NULL);
	assert_int_equal(callees.count, countof(names));
	for (unsigned n = 0; n < callees.count; n++)
		assert_string_equal(callees.list[n].name, names[n]);
	assert_string_equal(callees.list[0].phone, "15439142161");
	assert_string_equal(callees.list[0].title, "村党支部书记");
	assert_int_equal(callees.list[5].person.seq, 0);
	assert_int_equal(callees.list[5].area, COUNTY);
	assert_string_equal(callees.list[0].way, "phone");
	assert_string_equal(callees.list[3].way, "speaker"); /* the same one, over the village */
}

static void who_is_on_watch(void **state)
{
	char fields[80];
	(void)state;
	snprintf(fields, sizeof fields, "date=%lld;officer=崔丽娟;leader=闫占奎",
		(long long)watch_day(now));
	help_add(town, "roster", fields);
	struct callees callees = called("leaders", NULL);
	assert_int_equal(callees.count, 2);
	assert_string_equal(callees.list[0].name, "闫占奎");
}

static void a_keeper_by_the_record(void **state)
{
	struct row row;
	(void)state;
	struct ref ref = help_add_in(town, "shelter", VILLAGE, "name=村部;keeper=吕丽娟");
	assert_int_equal(store_row(town, ref, &arena, &row, NULL), RC_OK);
	struct callees callees = called("keepers", &row);
	assert_string_equal(callees.list[0].name, "吕丽娟");
	assert_string_equal(callees.list[1].name, "王俊杰");
}

static struct next_call next_after(const struct rule *rule, const struct callees *callees,
	struct call_made *made, unsigned count)
{
	const struct calls calls = {&arena, made, count};
	return call_next(rule, callees, &calls, now);
}

static void the_next_one(void **state)
{
	(void)state;
	struct callees callees = called("callees", NULL);
	const struct rule *rule = escalate_of(rules_named(RULE_ASK, "sign"));
	struct ref head = callees.list[0].person, grid = callees.list[1].person;
	struct call_made made[] = {{head, "none", now + 6 * MINUTE, 0},
		{head, "busy", now + 12 * MINUTE, 0}, {grid, "off", now + 13 * MINUTE, 0},
		{callees.list[2].person, "told", now + 14 * MINUTE, 0},
		{callees.list[2].person, "answered", now + 24 * MINUTE, 0}};
	struct next_call next = next_after(rule, &callees, made, 0);
	assert_int_equal(next.who, 0);
	assert_int_equal(next.due, now + 5 * MINUTE);
	next = next_after(rule, &callees, made, 1);
	assert_int_equal(next.who, 0);
	assert_int_equal(next.attempt, 2);
	assert_int_equal(next.due, now + 11 * MINUTE);
	next = next_after(rule, &callees, made, 2); /* twice in vain: the next one, now */
	assert_int_equal(next.who, 1);
	assert_int_equal(next.attempt, 1);
	assert_true(next.due <= now + 12 * MINUTE);
	next = next_after(rule, &callees, made, 3);
	assert_int_equal(next.who, 2);
	next = next_after(rule, &callees, made, 4); /* told to a child: asked again */
	assert_int_equal(next.who, 2);
	assert_int_equal(next.due, now + 24 * MINUTE);
	assert_false(next.answered);
	assert_true(next_after(rule, &callees, made, 5).answered);
	struct calls logged = {.arena = &arena};
	struct row row;
	char fields[80], number[32];
	struct ref warning = help_add(town, "warning", "event=11B03;severity=red");
	store_number(town, warning, number);
	snprintf(fields, sizeof fields, "warning=%s;callee=王俊杰;result=busy", number);
	help_add_in(town, "call", VILLAGE, fields);
	help_add(town, "call", fields); /* for another place */
	assert_int_equal(store_row(town, warning, &arena, &row, NULL), RC_OK);
	assert_int_equal(calls_made(&logged, town, &row, VILLAGE, NULL), RC_OK);
	assert_int_equal(logged.count, 1);
	assert_string_equal(logged.made[0].result, "busy");
	for (unsigned n = 0; n < countof(made); n++)
		made[n].result = "off";
	struct call_made all[6];
	assert_int_equal(callees.count, countof(all));
	for (unsigned n = 0; n < countof(all); n++)
		all[n] = (struct call_made){callees.list[n].person, "wrong", now, 0};
	assert_int_equal(next_after(rule, &callees, all, countof(all)).who, callees.count);
}

/* The next village goes over, the station above helps: neither has the village's own word. */
static void who_only_passes_it_on(void **state)
{
	struct ref beside = help_add_in(
		town, "person", VILLAGE - 1, "name=原二锁;role=R05;post=书记;phone=15439117745");

	(void)state;
	struct callees callees = called("callees", NULL);
	const struct rule *rule = escalate_of(rules_named(RULE_ASK, "sign"));
	struct call_made made[8];
	unsigned count = 0, n = 0;

	while (n < callees.count && callees.list[n].person.seq != beside.seq)
		made[count++] = (struct call_made){callees.list[n++].person, "off", now, count};
	assert_true(n < callees.count);
	assert_false(callee_answers(&callees.list[n]));
	made[count++] = (struct call_made){beside, "answered", now + MINUTE, count};
	struct next_call next = next_after(rule, &callees, made, count);
	assert_false(next.answered);
	assert_int_equal(next.who, n);
	assert_int_equal(next.due, now + 11 * MINUTE);
	for (n++; n < callees.count; n++)
		made[count++] = (struct call_made){
			callees.list[n - 1].person, "off", now + 12 * MINUTE, count};
	made[count++] = (struct call_made){{0, 0}, "answered", now + 13 * MINUTE, count};
	next = next_after(rule, &callees, made, count);
	assert_false(next.answered);
	assert_true(next.above);
	assert_int_equal(next.who, callees.count);
}

/* The station above by the roster that it sent down, as the board of warnings has it; else by a
 * contact. */
static void the_watch_above(void **state)
{
	static const struct rule up = {.posts = 1, .post = {"up"}, .way = {"phone"}};
	struct callees callees = {.arena = &arena};
	char fields[120];

	(void)state;
	help_add(town, "contact", "name=总机;org=柏香镇人民政府;group=镇值班;phone=03915551300");
	snprintf(fields, sizeof fields, "date=%lld;desk=E;officer=张秀兰;phone=03915550001",
		(long long)watch_day(now - DAY_SECONDS));
	help_add(town, "roster", fields); /* of yesterday */
	/* Seen from the village below. */
	((struct station *)store_station(town))->area = VILLAGE;
	assert_int_equal(callees_of(&callees, &world, &up, VILLAGE, NULL, NULL), RC_OK);
	assert_string_equal(callees.list[0].phone, "03915551300");
	((struct station *)store_station(town))->area = TOWN;
	snprintf(fields, sizeof fields, "date=%lld;desk=E;officer=张秀兰;phone=03915550001",
		(long long)watch_day(now));
	help_add(town, "roster", fields);
	((struct station *)store_station(town))->area = VILLAGE;
	callees = (struct callees){.arena = &arena};
	assert_int_equal(callees_of(&callees, &world, &up, VILLAGE, NULL, NULL), RC_OK);
	assert_int_equal(callees.count, 1);
	assert_string_equal(callees.list[0].name, "上级值班室");
	assert_string_equal(callees.list[0].title, "张秀兰");
	assert_string_equal(callees.list[0].phone, "03915550001");
}

/* Calls about orders and roll-calls used to name them in the field for warnings. */
static void about_a_roll_call(void **state)
{
	(void)state;
	struct calls logged = {.arena = &arena};
	struct ref roll = help_add(town, "rollcall", "text=汛期早点名;due=+15m");
	const struct field *field[] = {field_of(kind_of(KIND_call), call_warning),
		field_parent(kind_of(KIND_call), KIND_rollcall)};
	struct buf bytes = {0};
	struct row row;
	ref_put(&bytes, roll);
	assert_int_equal(field[1]->tag, call_about);
	for (size_t n = 0; n < countof(field); n++) {
		struct buf body = {0};
		const struct value about = {WIRE_BYTES, 0, buf_bytes(&bytes)},
				   callee = value_text("王俊杰");
		if (n == 0)
			put_field(&body, field[n]->tag, &about);
		put_field(&body, call_callee, &callee);
		if (n == 1)
			put_field(&body, field[n]->tag, &about);
		struct op op = {.kind = KIND_call, .area = VILLAGE, .body = buf_bytes(&body)};
		assert_int_equal(store_write(town, &op, NULL), RC_OK);
		buf_release(&body);
	}
	assert_int_equal(store_row(town, roll, &arena, &row, NULL), RC_OK);
	assert_int_equal(calls_made(&logged, town, &row, VILLAGE, NULL), RC_OK);
	assert_int_equal(logged.count, countof(field));
	buf_release(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(posts_in_their_order, start, stop),
		cmocka_unit_test_setup_teardown(who_is_on_watch, start, stop),
		cmocka_unit_test_setup_teardown(a_keeper_by_the_record, start, stop),
		cmocka_unit_test_setup_teardown(the_next_one, start, stop),
		cmocka_unit_test_setup_teardown(who_only_passes_it_on, start, stop),
		cmocka_unit_test_setup_teardown(the_watch_above, start, stop),
		cmocka_unit_test_setup_teardown(about_a_roll_call, start, stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
