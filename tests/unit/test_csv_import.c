/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables into a station: headings by name, label and map, bad rows with their line, twice is once.
 */
#include "intake_help.h"

#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

#include "model/kinds.h"

#define TOWN 410882103000

static void import(struct stand *s, const struct csv_map *map, const char *text)
{
	struct fault fault = {0};

	if (csv_import(&s->in, kind_of(KIND_supply), map, bytes_text(text), &fault) != RC_OK)
		fail_msg("%s", fault.text);
}

static bool has(struct stand *s, unsigned tag, const char *text)
{
	return strcmp(stand_state(s, KIND_supply, tag, text), "") == 0;
}

static void test_headings(void **state)
{
	static const char *const texts[] = {
		"name,quantity,unit,expires,area\r\n抽水泵,3,台,2027-08,410882103205\r\n",
		"\xef\xbb\xbf名称\t数量\t单位\t有效期\t区划代码\n抽水泵\t3\t台\t2027/"
		"8\t410882103205\n",
	};

	(void)state;
	for (size_t i = 0; i < countof(texts); i++) {
		struct stand s;
		struct buf text = {0};

		stand_up(&s, TOWN, "csv");
		buf_text(&text, texts[i]);
		import(&s, NULL, buf_cstr(&text));
		assert_int_equal(s.in.added, 1);
		stand_again(&s, "csv");
		if (s.said.len)
			fail_msg("%s", buf_cstr(&s.said));
		assert_true(has(&s, supply_name, "抽水泵"));
		assert_true(has(&s, supply_quantity, "3"));
		assert_true(has(&s, supply_expires, "2027-08"));
		buf_release(&text);
		stand_down(&s);
	}
}

static void test_map(void **state)
{
	struct stand s;
	struct csv_map *map;
	struct fault fault = {0};

	(void)state;
	stand_up(&s, TOWN, "csv");
	assert_int_equal(csv_map_read(&map, "m.tsv",
				 bytes_text("品名\tname\n库存\tquantity\n序号\t-\n"), &fault),
		RC_OK);
	import(&s, map, "序号,品名,库存,颜色\n1,铁锹,20,红\n");
	assert_int_equal(s.in.added, 1);
	stand_again(&s, "csv");
	assert_true(has(&s, supply_quantity, "20"));
	assert_non_null(strstr(buf_cstr(&s.said), "颜色"));
	assert_null(strstr(buf_cstr(&s.said), "序号"));
	csv_map_free(map);
	/* a map that points nowhere, and one that is none */
	assert_int_equal(csv_map_read(&map, "m.tsv", bytes_text("品名\tnome\n"), &fault), RC_OK);
	assert_int_equal(
		csv_import(&s.in, kind_of(KIND_supply), map, bytes_text("品名\nx\n"), &fault),
		RC_BAD);
	assert_non_null(strstr(fault.text, "nome"));
	csv_map_free(map);
	assert_int_equal(
		csv_map_read(&map, "m.tsv", bytes_text("品名\tname\tx\n"), &fault), RC_BAD);
	assert_null(map);
	stand_down(&s);
}

static void test_bad_rows(void **state)
{
	struct stand s;

	(void)state;
	stand_up(&s, TOWN, "csv");
	import(&s, NULL,
		"name,quantity,checked\n铁锹,二十,\n,5,\n绳,1,2026-02-31\n灯,1,,9\n\"泵\"x,1\n被,7,"
		"2026-07-01\n");
	/* A cell that cannot be used costs its cell; only what must be there costs the row. */
	assert_int_equal(s.in.added, 3);
	assert_int_equal(s.in.bad, 3);
	stand_again(&s, "csv");
	for (int line = 3; line <= 6; line++) {
		char begin[16] = "f:0: ";

		begin[2] = (char)('0' + line);
		assert_non_null(strstr(buf_cstr(&s.said), begin));
	}
	assert_null(strstr(buf_cstr(&s.said), "f:2: "));
	assert_true(has(&s, supply_quantity, "20"));
	assert_int_equal(stand_count(&s, KIND_supply), 3);
	stand_down(&s);
}

static void test_twice(void **state)
{
	static const char with_ref[] = "ref,name\n1,铁锹\n2,铁锹\n", without[] = "name\n绳\n绳\n";
	struct stand s;

	(void)state;
	stand_up(&s, TOWN, "csv");
	for (int i = 0; i < 2; i++) {
		import(&s, NULL, with_ref);
		assert_int_equal(i ? s.in.known : s.in.added, 2);
		stand_again(&s, "csv");
		import(&s, NULL, without); /* two equal rows are two ropes, on any day */
		assert_int_equal(i ? s.in.known : s.in.added, 2);
		stand_again(&s, "csv");
	}
	assert_int_equal(stand_count(&s, KIND_supply), 4);
	stand_down(&s);
}

static void test_refused(void **state)
{
	static const char *const texts[] = {
		"", "\n", "一,二\n1,2\n", "name,name\na,b\n", "name,\"q\nx", "name\xff\xff\n"};

	(void)state;
	for (size_t i = 0; i < countof(texts); i++) {
		struct stand s;
		struct fault fault = {0};

		stand_up(&s, TOWN, "csv");
		assert_int_equal(
			csv_import(&s.in, kind_of(KIND_supply), NULL, bytes_text(texts[i]), &fault),
			RC_BAD);
		assert_true(fault.text[0]);
		stand_down(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_headings),
		cmocka_unit_test(test_map),
		cmocka_unit_test(test_bad_rows),
		cmocka_unit_test(test_twice),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
