/* SPDX-License-Identifier: GPL-3.0-or-later
 * Records as GeoJSON: the right way round, and none without a place.
 * Covers: I03
 */
#include "app/import.h"
#include "intake_help.h"

#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

#include "model/kinds.h"

struct seen {
	struct stand *stand;
	struct buf text;
	struct json_out out;
	unsigned left_out;
};

static bool see(const struct row *row, void *to)
{
	struct seen *seen = to;

	seen->left_out += !geojson_row(&seen->out, seen->stand->store, row);
	return true;
}

static void test_features(void **state)
{
	struct stand s;
	struct seen seen = {.stand = &s};
	struct query query = query_all(KIND_shelter);
	struct fault fault = {0};
	struct json *root;

	(void)state;
	stand_up(&s, 410882103000, "x");
	assert_int_equal(json_import(&s.in,
				 bytes_text("{\"kind\":\"shelter\",\"fields\":{\"name\":\"小学\","
					    "\"lon\":112.93456789,\"lat\":-35.1}}\n"
					    "{\"kind\":\"shelter\",\"fields\":{\"name\":\"半\","
					    "\"lon\":112.934}}\n"
					    "{\"kind\":\"shelter\",\"fields\":{\"name\":\"天外\","
					    "\"lon\":181,\"lat\":35}}\n"),
				 &fault),
		RC_OK);
	assert_int_equal(s.in.bad, 1); /* what lies beyond the earth */
	stand_again(&s, "x");
	json_begin(&seen.out, &seen.text);
	json_open(&seen.out, '[');
	assert_int_equal(store_each(s.store, &query, see, &seen, &fault), RC_OK);
	json_close(&seen.out, ']');
	assert_int_equal(seen.left_out, 1);
	assert_int_equal(json_parse(buf_bytes(&seen.text), &root, &fault), RC_OK);
	const struct json *one = json_first(root);
	assert_null(json_next(one));
	assert_string_equal(json_string(json_get(one, "type")), "Feature");
	const struct json *geometry = json_get(one, "geometry");
	assert_string_equal(json_string(json_get(geometry, "type")), "Point");
	const struct json *lon = json_first(json_get(geometry, "coordinates"));
	assert_float_equal(json_double(lon), 112.934567, 1e-9);
	assert_float_equal(json_double(json_next(lon)), -35.1, 1e-9);
	const struct json *fields = json_get(json_get(one, "properties"), "fields");
	assert_string_equal(json_string(json_get(fields, "name")), "小学");
	json_free(root);
	buf_release(&seen.text);
	stand_down(&s);
}

static void test_kinds(void **state)
{
	(void)state;
	assert_true(geojson_kind(kind_of(KIND_hazard)));
	assert_true(geojson_kind(kind_of(KIND_point)));
	assert_false(geojson_kind(kind_of(KIND_supply)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_features),
		cmocka_unit_test(test_kinds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
