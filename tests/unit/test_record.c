/* SPDX-License-Identifier: GPL-3.0-or-later
 * Records as JSON: codes and numbers, and how far a record has come.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/record.h"
#include "app_help.h"
#include "model/kinds.h"
#include "store/log.h"
#include "store/log/internal.h"
#include "store/peer.h"
#include "store/station.h"

static void fields_of(struct village *village, struct ref ref, struct buf *text)
{
	struct arena arena = {0};
	struct row row;
	struct fault fault;
	struct json_out out;
	assert_int_equal(store_row(village->app.store, ref, &arena, &row, &fault), RC_OK);
	json_begin(&out, text);
	json_open(&out, '{');
	record_fields(&out, village->app.store, &row);
	json_close(&out, '}');
	arena_release(&arena);
}

static void test_values(void **state)
{
	struct village village;
	struct buf text = {0};
	size_t at;
	const char *why;
	(void)state;
	village_open(&village);
	char number[32], keeper[48];
	store_number(village.app.store,
		(struct ref){store_station(village.app.store)->site, village.app.user.who}, number);
	snprintf(keeper, sizeof keeper, "keeper=%s", number);
	struct ref ref = village_add(&village, "supply", "name=水泵 \"大\"", "quantity=2.5",
		"unit=台", "expires=2027-08", keeper, NULL);
	fields_of(&village, ref, &text);
	assert_true(json_check(buf_bytes(&text), &at, &why));
	assert_non_null(strstr(buf_cstr(&text), "\"name\":\"水泵 \\\"大\\\"\""));
	assert_non_null(strstr(buf_cstr(&text), "\"quantity\":2.5"));
	assert_non_null(strstr(buf_cstr(&text), "\"expires\":\"2027-08\""));
	snprintf(keeper, sizeof keeper, "\"keeper\":\"%s\"", number); /* tied: its number */
	assert_non_null(strstr(buf_cstr(&text), keeper));
	buf_clear(&text);
	ref = village_add(
		&village, "house", "head=赵六", "damage=serious", "usable=0", "rooms=3", NULL);
	fields_of(&village, ref, &text);
	assert_non_null(strstr(buf_cstr(&text), "\"usable\":0"));
	assert_non_null(strstr(buf_cstr(&text), "\"rooms\":3"));
	buf_release(&text);
	village_close(&village);
}

static void reached(struct village *village, struct ref ref, const char *wanted)
{
	struct arena arena = {0};
	struct record record;
	struct history history;
	struct fault fault;
	struct json_out out;
	struct buf text = {0};
	assert_int_equal(
		store_record(village->app.store, ref, &arena, &record, &history, &fault), RC_OK);
	json_begin(&out, &text);
	json_open(&out, '{');
	record_reached(&out, village->app.store, ref, record.area);
	json_close(&out, '}');
	assert_string_equal(buf_cstr(&text), wanted);
	buf_release(&text);
	arena_release(&arena);
}

/* The township holds a record when its mark covers every fact of it, not before. */
static void test_reached(void **state)
{
	struct village village;
	struct fault fault;
	struct keys keys;
	(void)state;
	village_open(&village);
	struct log *log = store_log(village.app.store);
	struct ref ref = village_add(&village, "contact", "name=王五", NULL);
	reached(&village, ref, "{\"reached\":[\"station\"]}");
	keys_from_seed(&keys, "township");
	struct site site = {.site = site_of(keys.sign_public),
		.area = 410882103000,
		.level = LEVEL_TOWNSHIP,
		.name = "柏香镇",
		.code = "BX"};
	memcpy(site.sign_public, keys.sign_public, SIGN_PUBLIC);
	assert_int_equal(log_site_set(log, &site, &fault), RC_OK);
	reached(&village, ref, "{\"reached\":[\"station\"]}");
	struct mark mark = {.holder = site.site,
		.site = ref.site,
		.lane = ref.seq & 7,
		.store = 1,
		.upto = ref.seq >> 3};
	mark.upto--;
	assert_int_equal(log_mark(log, &mark, &fault), RC_OK);
	reached(&village, ref, "{\"reached\":[\"station\"]}");
	mark.upto++;
	assert_int_equal(log_mark(log, &mark, &fault), RC_OK);
	reached(&village, ref, "{\"reached\":[\"station\",\"township\"]}");
	village_close(&village);
}

static void test_states(void **state)
{
	(void)state;
	assert_string_equal(record_state(kind_of(KIND_hazard), hazard_is_closed), "closed");
	assert_string_equal(record_state(kind_of(KIND_contact), 0), "");
	assert_string_equal(record_state(kind_of(KIND_hazard), 99), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_reached),
		cmocka_unit_test(test_states),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
