/* SPDX-License-Identifier: GPL-3.0-or-later
 * Records as the imports take them back: the same fields in another station.
 * Covers: L08
 */
#include "app/csv_columns.h"
#include "app/import.h"
#include "intake_help.h"

#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

#include "model/kinds.h"
#include "store/station.h"

struct copy {
	struct stand *stand;
	struct buf json, csv;
	struct json_out out;
	struct csv_columns columns;
};

static bool both(const struct row *row, void *to)
{
	struct copy *copy = to;

	json_line(&copy->out);
	export_row_json(&copy->out, copy->stand->store, row);
	csv_columns_row(&copy->columns, copy->stand->store, row, &copy->csv);
	return true;
}

static const char rows[] = "{\"kind\":\"depot\",\"ref\":\"D\",\"fields\":{\"name\":\"储备点\"}}\n"
			   "{\"kind\":\"supply\",\"at\":\"2026-07-14T06:33:32+08:00\",\"by\":"
			   "\"张三\",\"area\":\"410882103205\","
			   "\"fields\":{\"name\":\"=a,\\\"b\\\"\",\"quantity\":2.5,\"unit\":\"台\","
			   "\"store\":\"D\",\"phone\":\"+86-391-5\","
			   "\"checked\":\"2026-07-01\",\"expires\":\"2027-08\"}}\n";

static void export_all(struct stand *s, struct copy *copy)
{
	static const unsigned kinds_wanted[] = {KIND_depot, KIND_supply};
	static const enum csv_own own[] = {
		OWN_REF, OWN_NUMBER, OWN_AREA, OWN_AT, OWN_BY, OWN_STATE};
	struct fault fault = {0};

	memset(copy, 0, sizeof(*copy));
	copy->stand = s;
	json_begin(&copy->out, &copy->json);
	json_open(&copy->out, '[');
	for (size_t i = 0; i < countof(kinds_wanted); i++) {
		struct query query = query_all(kinds_wanted[i]);

		buf_clear(&copy->csv);
		copy->columns.count = 0;
		csv_columns_all(&copy->columns, kind_of(kinds_wanted[i]), own, countof(own));
		csv_columns_head(&copy->columns, &copy->csv);
		assert_int_equal(store_each(s->store, &query, both, copy, &fault), RC_OK);
	}
	json_close(&copy->out, ']');
}

static bool same(const struct row *row, void *to)
{
	struct stand *s = to;
	struct buf by = {0};

	assert_int_equal(row->area, 410882103205);
	assert_int_equal(row->at, 1783982012);
	store_author_of(s->store, row->by_site, row->by_who, row->by, &by);
	assert_string_equal(buf_cstr(&by), "张三");
	buf_release(&by);
	return true;
}

static void arrived(struct stand *s)
{
	struct query query = query_all(KIND_supply);
	struct fault fault = {0};

	assert_int_equal(stand_count(s, KIND_supply), 1);
	assert_int_equal(store_each(s->store, &query, same, s, &fault), RC_OK);
	assert_string_equal(stand_state(s, KIND_supply, supply_name, "=a,\"b\""), "");
	assert_string_equal(stand_state(s, KIND_supply, supply_quantity, "2.5"), "");
	assert_string_equal(stand_state(s, KIND_supply, supply_phone, "+86-391-5"), "");
	assert_string_equal(stand_state(s, KIND_supply, supply_checked, "2026-07-01"), "");
	assert_string_equal(stand_state(s, KIND_supply, supply_expires, "2027-08"), "");
}

static void test_there_and_back(void **state)
{
	struct stand from, to;
	struct copy copy;
	struct fault fault = {0};
	struct ref depot;
	char number[32];

	(void)state;
	stand_up(&from, 410882103000, "x");
	assert_int_equal(json_import(&from.in, bytes_text(rows), &fault), RC_OK);
	stand_again(&from, "x");
	export_all(&from, &copy);
	assert_true(intake_known(&from.in, "D", &depot));
	stand_down(&from);

	stand_up(&to, 410882103000, "json");
	assert_int_equal(json_import(&to.in, buf_bytes(&copy.json), &fault), RC_OK);
	assert_int_equal(to.in.added, 2);
	store_id(depot, number);
	assert_true(intake_known(&to.in, number, &depot));
	stand_again(&to, "json");
	arrived(&to);
	store_number(to.store, depot, number); /* tied to the depot of this station */
	assert_string_equal(stand_state(&to, KIND_supply, supply_store, number), "");
	stand_down(&to);

	stand_up(&to, 410882103000, "csv");
	assert_int_equal(
		csv_import(&to.in, kind_of(KIND_supply), NULL, buf_bytes(&copy.csv), &fault),
		RC_OK);
	stand_again(&to, "csv");
	if (to.said.len)
		fail_msg("%s", buf_cstr(&to.said));
	arrived(&to);
	stand_down(&to);
	buf_release(&copy.json);
	buf_release(&copy.csv);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_there_and_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
