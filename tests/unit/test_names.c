/* SPDX-License-Identifier: GPL-3.0-or-later
 * What records are called: short numbers, full ids, names of sources.
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
#include "store/identity.h"
#include "store/rows/internal.h"

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

static void a_code_used_twice_names_one(void **state)
{
	char home[HELP_HOME], number[32], id[32];
	struct fault fault;
	struct ref got, other = {0x1234, 18};
	(void)state;
	help_home(home);
	struct store *store = help_station(home, TOWN, "BX");
	struct site site = {.site = 0x1234, .area = VILLAGE, .code = "BX", .name = "另一站"};
	struct ref own = help_add(store, "supply", "name=水泵");
	assert_int_equal(log_site_set(store_log(store), &site, &fault), RC_OK);
	store_number(store, own, number);
	assert_string_equal(number, "BX-12");
	/* The other one is shown in full, so that nobody takes it for ours. */
	store_number(store, other, number);
	store_id(other, id);
	assert_string_equal(number, id);
	assert_string_equal(id, "00000000001234-18");
	assert_int_equal(store_resolve(store, "BX-12", &got, &fault), RC_OK);
	assert_true(got.site == own.site);
	assert_int_equal(store_resolve(store, id, &got, &fault), RC_NONE);
	memcpy(site.code, "WZ", 3);
	assert_int_equal(log_site_set(store_log(store), &site, &fault), RC_OK);
	store_number(store, other, number);
	assert_string_equal(number, "WZ-18");
	store_close(store);
	help_remove(home);
}

static void values_name_records(void **state)
{
	char home[HELP_HOME], number[32], text[64];
	struct ref got;
	struct buf out = {0};
	(void)state;
	help_home(home);
	struct store *store = help_station(home, TOWN, "BX");
	struct ref person = help_add(store, "person", "name=李四");
	struct value_ways ways = store_ways(store, true);
	store_number(store, person, number);
	assert_true(ways.find(ways.to, KIND_person, number, &got));
	assert_int_equal(got.seq, person.seq);
	assert_false(ways.find(ways.to, KIND_depot, number, &got));
	assert_true(ways.find(ways.to, 0, number, &got));
	/* A bare number may be a quantity or a house. */
	snprintf(text, sizeof(text), "%u", person.seq);
	assert_false(ways.find(ways.to, 0, text, &got));
	assert_true(ways.name(ways.to, person, true, &out));
	assert_string_equal(buf_cstr(&out), "李四");
	buf_clear(&out);
	assert_true(ways.name(ways.to, person, false, &out));
	assert_string_equal(buf_cstr(&out), number);
	buf_release(&out);
	store_close(store);
	help_remove(home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_resolve),
		cmocka_unit_test(a_code_used_twice_names_one),
		cmocka_unit_test(values_name_records),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
