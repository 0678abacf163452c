/* SPDX-License-Identifier: GPL-3.0-or-later
 * A station's store: opening, writing, taking, numbers, what happens when it is damaged or its keys
 * are gone.
 */
#include "store_help.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/when.h"
#include "model/kinds.h"

static void a_hazard_lives(void **state)
{
	char home[HELP_HOME], number[32];
	(void)state;
	help_home(home);
	struct store *store = help_station(home, VILLAGE, "WZ");
	struct ref ref = help_add(store, "hazard", "category=H0101;place=后山;text=落石;grade=M");
	store_number(store, ref, number);
	assert_string_equal(number, "WZ-10");
	assert_string_equal(help_field(store, ref, "place"), "后山");
	help_edit(store, ref, "place=后山坡");
	help_step(store, ref, "assign", "track=owner;owner=张三;owner_due=2026-12-01");
	store_close(store);
	store = help_open(home);
	assert_string_equal(help_field(store, ref, "place"), "后山坡");
	assert_string_equal(help_field(store, ref, "owner"), "张三");
	assert_string_equal(help_state(store, ref), "assigned");
	store_close(store);
	help_remove(home);
}

static void numbers_resolve(void **state)
{
	char home[HELP_HOME], id[32];
	struct fault fault;
	struct ref got;
	(void)state;
	help_home(home);
	struct store *store = help_station(home, VILLAGE, "WZ");
	struct ref ref = help_add(store, "supply", "name=水泵");
	store_id(ref, id);
	const char *names[] = {"WZ-12", "wz-12", "12", id};
	for (size_t i = 0; i < countof(names); i++) {
		assert_int_equal(store_resolve(store, names[i], &got, &fault), RC_OK);
		assert_int_equal(got.site, ref.site);
		assert_int_equal(got.seq, ref.seq);
	}
	const char *strangers[] = {
		"", "-", "WZ-", "WZ-13", "XX-12", "12x", "WZ-12-", "99999999999999999999"};
	for (size_t i = 0; i < countof(strangers); i++)
		assert_int_equal(store_resolve(store, strangers[i], &got, &fault), RC_NONE);
	assert_false(store_ref(store, "csv", "A1", &got));
	assert_int_equal(store_ref_set(store, "csv", "A1", ref, &fault), RC_OK);
	assert_true(store_ref(store, "csv", "A1", &got));
	assert_int_equal(got.seq, ref.seq);
	store_close(store);
	help_remove(home);
}

static void outside_is_refused(void **state)
{
	char home[HELP_HOME];
	struct fault fault;
	(void)state;
	help_home(home);
	struct store *store = help_station(home, VILLAGE, "WZ");
	uint64_t last = log_last(store_log(store));
	const uint64_t areas[] = {VILLAGE_2, TOWN, COUNTY};
	for (size_t i = 0; i < countof(areas); i++) {
		struct op op = {.kind = KIND_hazard, .area = areas[i]};
		assert_int_equal(store_write(store, &op, &fault), RC_DENIED);
		assert_true(fault.text[0]);
	}
	struct op op = {.kind = 9999};
	assert_int_equal(store_write(store, &op, &fault), RC_BAD);
	op = (struct op){.kind = KIND_hazard, .rec_site = 5, .rec_seq = 18, .step = 1};
	assert_int_equal(store_write(store, &op, &fault), RC_NONE);
	uint8_t broken[] = {0xff, 0xff};
	op = (struct op){.kind = KIND_hazard, .body = bytes_of(broken, 2)};
	assert_int_equal(store_write(store, &op, &fault), RC_BAD);
	assert_int_equal(log_last(store_log(store)), last);
	/* A refusal inside a batch leaves the rest of the batch alone. */
	assert_int_equal(store_begin(store, &fault), RC_OK);
	struct ref ref = help_add(store, "hazard", "category=H0101;place=a;text=b;grade=G");
	op = (struct op){.kind = KIND_hazard, .area = TOWN};
	assert_int_equal(store_write(store, &op, &fault), RC_DENIED);
	assert_int_equal(store_commit(store, &fault), RC_OK);
	assert_string_equal(help_field(store, ref, "place"), "a");
	store_close(store);
	help_remove(home);
}

static void undo_leaves_nothing(void **state)
{
	char home[HELP_HOME];
	struct fault fault;
	unsigned count;
	struct query query = query_all(KIND_supply);
	(void)state;
	help_home(home);
	struct store *store = help_station(home, VILLAGE, "WZ");
	assert_int_equal(store_begin(store, &fault), RC_OK);
	help_add(store, "supply", "name=水泵");
	/* Rows show what the batch wrote before it is committed. */
	assert_int_equal(store_count(store, &query, &count, &fault), RC_OK);
	assert_int_equal(count, 1);
	store_undo(store);
	assert_int_equal(store_count(store, &query, &count, &fault), RC_OK);
	assert_int_equal(count, 0);
	assert_int_not_equal(store_commit(store, &fault), RC_OK);
	/* The number is used again: nobody has seen it. */
	assert_int_equal(help_add(store, "supply", "name=水泵").seq, 12);
	store_close(store);
	help_remove(home);
}

static void clocks_are_bounded(void **state)
{
	char home[HELP_HOME], other_home[HELP_HOME];
	struct arena arena = {0};
	struct record record;
	struct history history;
	struct fault fault;
	(void)state;
	help_home(home);
	help_home(other_home);
	struct store *store = help_station(home, VILLAGE, "WZ");
	struct store *other = help_station(other_home, TOWN, "BX");
	help_introduce(store, other);
	when_skip(10 * 86400);
	struct ref ahead =
		help_add_in(other, "hazard", VILLAGE, "category=H0101;place=a;text=b;grade=G");
	when_skip(-10 * 86400);
	help_carry(store, other);
	int64_t now = when_now();
	struct ref own = help_add(store, "supply", "name=x");
	assert_int_equal(store_record(store, own, &arena, &record, &history, &fault), RC_OK);
	assert_in_range(stamp_seconds(record.stamp), (uint64_t)now, (uint64_t)now + 5);
	/* But who edits that record has seen it, and wins. */
	help_edit(store, ahead, "place=c");
	assert_string_equal(help_field(store, ahead, "place"), "c");
	assert_int_equal(store_record(store, ahead, &arena, &record, &history, &fault), RC_OK);
	assert_int_equal(history.count, 2);
	assert_true(history.ops[1].seen == history.ops[0].stamp);
	assert_true(record.conflicts == 0);
	arena_release(&arena);
	store_close(store);
	store_close(other);
	help_remove(home);
	help_remove(other_home);
}

static void spoil(const char *home, long at, size_t len)
{
	char path[HELP_HOME + 32];
	uint8_t junk[8192];
	memset(junk, 0x5a, sizeof(junk));
	snprintf(path, sizeof(path), "%s/station.db", home);
	int fd = open(path, O_WRONLY);
	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, junk, len, at), (ssize_t)len);
	close(fd);
}

static void damage_is_refused(void **state)
{
	(void)state;
	for (unsigned how = 0; how < 3; how++) {
		char home[HELP_HOME], path[HELP_HOME + 32];
		struct fault fault = {0};
		struct store *store;
		help_home(home);
		store = help_station(home, VILLAGE, "WZ");
		help_add(store, "supply", "name=水泵");
		assert_int_equal(store_daily(store, &fault), RC_OK);
		store_close(store);
		snprintf(path, sizeof(path), "%s/station.db", home);
		if (how == 0)
			spoil(home, 0, 100);
		else if (how == 1)
			spoil(home, 4096, 8192);
		else
			assert_int_equal(truncate(path, 6000), 0);
		assert_int_equal(store_open(&store, home, 0, &fault), RC_BAD);
		assert_non_null(strstr(fault.text, "backup/station-"));
		help_remove(home);
	}
}

static void newer_is_read_only(void **state)
{
	char home[HELP_HOME], command[256];
	struct fault fault = {0};
	(void)state;
	help_home(home);
	struct store *store = help_station(home, VILLAGE, "WZ");
	struct ref ref = help_add(store, "supply", "name=水泵");
	store_close(store);
	snprintf(command, sizeof(command), "%s/station.db", home);
	/* user_version lies at byte 60 of the header, big end first. */
	int fd = open(command, O_WRONLY);
	assert_int_equal(pwrite(fd, "\0\0\0\x09", 4, 60), 4);
	close(fd);
	assert_int_equal(store_open(&store, home, 0, &fault), RC_NEWER);
	assert_true(store_readonly(store));
	assert_string_equal(help_field(store, ref, "name"), "水泵");
	struct op op = {.kind = KIND_supply};
	assert_int_equal(store_write(store, &op, &fault), RC_IO);
	store_close(store);
	help_remove(home);
}

static void lost_keys_end_the_site(void **state)
{
	char home[HELP_HOME], path[HELP_HOME + 32];
	struct fault fault = {0};
	struct user user;
	struct site old;
	(void)state;
	help_home(home);
	struct store *store = help_station(home, VILLAGE, "WZ");
	uint64_t site = store_station(store)->site;
	struct ref person =
		help_add(store, "person", "name=李四;login=lisi;role=R02;phone=13800138000");
	assert_int_equal(store_pin_set(store, person.seq, "1234", &fault), RC_OK);
	struct ref ref = help_add(store, "supply", "name=水泵");
	store_close(store);
	snprintf(path, sizeof(path), "%s/keys", home);
	help_remove(path);
	store = help_open(home);
	assert_int_not_equal(store_station(store)->site, site);
	assert_string_equal(store_station(store)->code, "WZ2");
	assert_true(log_site(store_log(store), site, &old));
	assert_true(old.ended);
	assert_string_equal(help_field(store, ref, "name"), "水泵");
	assert_true(store_user(store, "lisi", &user));
	assert_string_equal(user.role, "R02");
	assert_true(user.has_pin);
	assert_true(store_pin_check(store, user.who, "1234"));
	uint64_t next = store_station(store)->site;
	help_edit(store, ref, "name=潜水泵");
	store_close(store);
	store = help_open(home);
	assert_true(store_station(store)->site == next);
	assert_string_equal(help_field(store, ref, "name"), "潜水泵");
	store_close(store);
	help_remove(home);
}

static void own_facts_coming_back_end_the_site(void **state)
{
	char home[HELP_HOME], copy_home[HELP_HOME];
	struct fault fault = {0};
	(void)state;
	help_home(home);
	help_home(copy_home);
	/* The same keys twice: one is an old copy of the other. */
	struct store *store = help_station(home, VILLAGE, "WZ");
	struct store *copy = help_station(copy_home, VILLAGE, "WZ");
	uint64_t site = store_station(store)->site;
	assert_true(store_station(copy)->site == site);
	help_add(store, "supply", "name=a");
	help_carry(copy, store);
	struct ref ref = help_add(copy, "supply", "name=b");
	assert_true(ref.site != site);
	assert_int_equal(log_author(store_log(copy), site, LANE_BULK), 1);
	(void)fault;
	store_close(store);
	store_close(copy);
	help_remove(home);
	help_remove(copy_home);
}

static void init_does_not_overwrite(void **state)
{
	char home[HELP_HOME];
	struct fault fault = {0};
	struct station station = {.area = VILLAGE, .code = "WZ", .name = "王庄"};
	struct store *store, *again;
	(void)state;
	help_home(home);
	assert_int_equal(store_open(&store, home, 0, &fault), RC_NONE);
	store = help_station(home, VILLAGE, "WZ");
	assert_int_equal(store_init(&again, home, &station, NULL, 0, &fault), RC_BAD);
	struct ref ref = help_add(store, "supply", "name=x");
	assert_false(store_moved(store));
	again = help_open(home);
	help_edit(again, ref, "name=y");
	assert_true(store_moved(store));
	assert_false(store_moved(store));
	assert_string_equal(help_field(store, ref, "name"), "y");
	store_close(again);
	store_close(store);
	help_remove(home);
}

static void settings_and_users(void **state)
{
	char home[HELP_HOME];
	struct fault fault = {0};
	struct buf value = {0}, name = {0};
	struct user user;
	(void)state;
	help_home(home);
	struct store *store = help_station(home, VILLAGE, "WZ");
	assert_false(store_get(store, "", "draft", &value));
	assert_int_equal(store_set(store, "李四", "draft", bytes_text("a\nb"), &fault), RC_OK);
	assert_true(store_get(store, "李四", "draft", &value));
	assert_string_equal(buf_cstr(&value), "a\nb");
	assert_false(store_get(store, "", "draft", &value));
	assert_int_equal(store_set(store, "李四", "draft", (struct bytes){0, 0}, &fault), RC_OK);
	assert_false(store_get(store, "李四", "draft", &value));

	struct ref ref = help_add(store, "person", "name=李四;login=lisi;post=网格员");
	assert_true(store_user(store, "李四", &user));
	assert_true(store_user(store, "lisi", &user));
	assert_int_equal(user.who, ref.seq);
	assert_false(user.has_pin);
	assert_false(user.off);
	assert_false(store_user(store, "王五", &user));
	assert_int_equal(store_pin_set(store, user.who, "2468", &fault), RC_OK);
	assert_true(store_pin_check(store, user.who, "2468"));
	assert_false(store_pin_check(store, user.who, "2469"));
	help_step(store, ref, "off", "");
	assert_true(store_user(store, "lisi", &user));
	assert_true(user.off);
	store_author_of(store, ref.site, ref.seq, (struct bytes){0, 0}, &name);
	assert_string_equal(buf_cstr(&name), "李四");
	buf_clear(&name);
	store_author_of(store, ref.site, 0, bytes_text("王主任"), &name);
	assert_string_equal(buf_cstr(&name), "王主任");
	buf_release(&name);
	buf_release(&value);
	store_close(store);
	help_remove(home);
}

static void signed_kinds_are_signed(void **state)
{
	char home[HELP_HOME];
	struct arena arena = {0};
	struct fact fact;
	(void)state;
	help_home(home);
	struct store *store = help_station(home, TOWN, "BX");
	struct ref warning = help_add(store, "warning", "event=11B03;severity=red;headline=暴雨");
	struct ref supply = help_add(store, "supply", "name=x");
	assert_true(log_fact(store_log(store), warning.site, warning.seq, &arena, &fact));
	assert_int_equal(fact.sig.len, SIGN_SIZE);
	assert_true(crypt_signed(store_keys(store)->sign_public, fact.raw, fact.sig.at));
	assert_int_equal(fact.seq & 7, LANE_ALARM);
	assert_true(log_fact(store_log(store), supply.site, supply.seq, &arena, &fact));
	assert_int_equal(fact.sig.len, 0);
	arena_release(&arena);
	store_close(store);
	help_remove(home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_hazard_lives),
		cmocka_unit_test(numbers_resolve),
		cmocka_unit_test(outside_is_refused),
		cmocka_unit_test(undo_leaves_nothing),
		cmocka_unit_test(clocks_are_bounded),
		cmocka_unit_test(damage_is_refused),
		cmocka_unit_test(newer_is_read_only),
		cmocka_unit_test(lost_keys_end_the_site),
		cmocka_unit_test(own_facts_coming_back_end_the_site),
		cmocka_unit_test(init_does_not_overwrite),
		cmocka_unit_test(settings_and_users),
		cmocka_unit_test(signed_kinds_are_signed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
