/* SPDX-License-Identifier: GPL-3.0-or-later
 * JSON lines into a station: what is stored, what is refused with its line, and that twice is once.
 */
#include "intake_help.h"

#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

#include "model/kinds.h"
#include "store/rows.h"

#define TOWN 410882103000
#define HAZARD(ref, more)                                                                            \
	"{\"kind\":\"hazard\",\"ref\":\"" ref "\",\"area\":\"410882103205\","                        \
	"\"at\":\"2026-07-14T06:33:32+08:00\",\"by\":\"张三\",\"fields\":{\"category\":\"H0101\"," \
	"\"grade\":\"G\",\"place\":\"" ref "\",\"text\":\"渗水\"" more "}}\n"

static void import(struct stand *s, const char *text)
{
	struct fault fault = {0};

	if (json_import(&s->in, bytes_text(text), &fault) != RC_OK)
		fail_msg("%s", fault.text);
}

static void test_records_and_steps(void **state)
{
	static const char text[] = "{\"step\":\"assign\",\"of\":\"H1\",\"fields\":{\"track\":"
				   "\"owner\",\"owner\":\"村委会\","
				   "\"owner_due\":\"2026-07-29\"}}\n" HAZARD("H1", "")
					   HAZARD("H2", ",\"found_at\":null");
	struct stand s;

	(void)state;
	stand_up(&s, TOWN, "json");
	import(&s, text);
	assert_int_equal(s.in.added, 2);
	assert_int_equal(s.in.steps, 1);
	assert_int_equal(s.in.bad, 0);
	stand_again(&s, "json");
	assert_string_equal(stand_state(&s, KIND_hazard, hazard_place, "H1"), "assigned");
	/* twice changes nothing, not even a step */
	import(&s, text);
	assert_int_equal(s.in.added + s.in.steps + s.in.bad, 0);
	assert_int_equal(s.in.known, 3);
	stand_again(&s, "other");
	assert_int_equal(stand_count(&s, KIND_hazard), 2);
	/* another source's H2 is another record */
	import(&s, HAZARD("H2", ""));
	assert_int_equal(s.in.added, 1);
	stand_again(&s, "json");
	assert_string_equal(stand_state(&s, KIND_hazard, hazard_place, "H2"), "many");
	stand_down(&s);
}

/* A line may name what comes later in the file. */
static void test_refs(void **state)
{
	struct stand s;

	(void)state;
	stand_up(&s, TOWN, "json");
	import(&s, "{\"kind\":\"supply\",\"ref\":\"S\",\"fields\":{\"name\":\"水泵\",\"quantity\":"
		   "3,\"store\":\"D\"}}\n"
		   "{\"kind\":\"supply\",\"ref\":\"T\",\"fields\":{\"name\":\"绳\",\"store\":"
		   "\"别处\"}}\n"
		   "{\"kind\":\"depot\",\"ref\":\"D\",\"fields\":{\"name\":\"储备点\"}}\n");
	assert_int_equal(s.in.added, 3);
	struct ref depot;
	char number[32];
	assert_true(intake_known(&s.in, "D", &depot));
	store_number(s.store, depot, number);
	stand_again(&s, "json");
	assert_string_equal(stand_state(&s, KIND_supply, supply_store, number), "");
	assert_string_equal(stand_state(&s, KIND_supply, supply_store, "别处"), "");
	/* two that name each other are stored all the same */
	import(&s,
		"{\"kind\":\"supply\",\"ref\":\"A\",\"fields\":{\"name\":\"a\",\"store\":\"B\"}}\n"
		"{\"kind\":\"supply\",\"ref\":\"B\",\"fields\":{\"name\":\"b\",\"store\":\"A\"}}"
		"\n");
	assert_int_equal(s.in.added, 2);
	stand_down(&s);
}

static void test_bad_lines(void **state)
{
	static const struct {
		const char *line, *says;
	} cases[] = {
		{"{\"kind\":\"hazard\"", "f:2: "},
		{"[1]", "f:2: "},
		{"{\"ref\":\"x\"}", "kind"},
		{"{\"kind\":\"nothing\"}", "nothing"},
		{"{\"kind\":\"grant\",\"fields\":{\"site\":\"x\"}}", "grant"},
		{"{\"kind\":\"hazard\",\"fields\":{\"category\":\"H0101\"}}", "grade"},
		{HAZARD("X", ",\"wrong\":1"), "wrong"},
		{HAZARD("X", ",\"risk\":\"9\""), "risk"},
		{HAZARD("X", ",\"owner_due\":\"2026-02-31\""), "owner_due"},
		{HAZARD("X", ",\"text\":\"b\""), "同一个键"},
		{HAZARD("X", ",\"owner\":{}"), "owner"},
		{"{\"kind\":\"hazard\",\"feilds\":{}}", "feilds"},
		{"{\"kind\":\"hazard\",\"area\":\"411502\",\"fields\":{\"category\":\"H0101\","
		 "\"grade\":\"G\","
		 "\"place\":\"p\",\"text\":\"t\"}}",
			"411502"},
		{"{\"kind\":\"hazard\",\"area\":\"4108821\",\"fields\":{}}", "area"},
		{"{\"step\":\"assign\",\"of\":\"none\"}", "none"},
		{"{\"step\":\"assign\"}", "of"},
		{"{\"step\":\"fly\",\"of\":\"G\"}", "fly"},
	};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct stand s;
		struct buf text = {0};

		stand_up(&s, TOWN, "json");
		buf_text(&text, HAZARD("G", ""));
		buf_fmt(&text, "%s", cases[i].line);
		import(&s, buf_cstr(&text));
		assert_int_equal(s.in.added, 1);
		assert_int_equal(s.in.bad, 1);
		stand_again(&s, "json");
		assert_memory_equal(buf_cstr(&s.said), "f:2: ", 5);
		if (!strstr(buf_cstr(&s.said), cases[i].says))
			fail_msg("%s: %s", cases[i].line, buf_cstr(&s.said));
		assert_int_equal(stand_count(&s, KIND_hazard), 1);
		buf_release(&text);
		stand_down(&s);
	}
}

static void test_all_or_none(void **state)
{
	struct stand s;

	(void)state;
	stand_up(&s, TOWN, "json");
	s.in.all_or_none = true;
	import(&s, HAZARD("A", "") "{}\n" HAZARD("B", ""));
	stand_again(&s, "json");
	assert_int_equal(stand_count(&s, KIND_hazard), 0);
	/* nothing is remembered of it either */
	s.in.all_or_none = true;
	import(&s, HAZARD("A", "") HAZARD("B", ""));
	assert_int_equal(s.in.added, 2);
	stand_again(&s, "json");
	assert_int_equal(stand_count(&s, KIND_hazard), 2);
	stand_down(&s);
}

/* Steps that come too early are stored; the record shows them as refused. */
static void test_out_of_order(void **state)
{
	struct stand s;
	struct arena arena = {0};
	struct record record;
	struct fault fault;
	struct ref ref;

	(void)state;
	stand_up(&s, TOWN, "json");
	import(&s, HAZARD("A", "") "{\"step\":\"close\",\"of\":\"A\"}\n");
	assert_int_equal(s.in.steps, 1);
	assert_int_equal(s.in.bad, 0);
	assert_true(intake_known(&s.in, "A", &ref));
	stand_again(&s, "json");
	assert_int_equal(store_record(s.store, ref, &arena, &record, NULL, &fault), RC_OK);
	assert_int_equal(record.facts, 2);
	assert_int_equal(record.refused, 1);
	arena_release(&arena);
	stand_down(&s);
}

static void test_many(void **state)
{
	struct stand s;
	struct buf text = {0};

	(void)state;
	stand_up(&s, TOWN, "json");
	for (int i = 0; i < 450; i++) /* more than one transaction */
		buf_fmt(&text,
			"{\"kind\":\"depot\",\"ref\":\"%d\",\"fields\":{\"name\":\"d%d\"}}\n", i,
			i);
	import(&s, buf_cstr(&text));
	assert_int_equal(s.in.added, 450);
	stand_again(&s, "json");
	assert_int_equal(stand_count(&s, KIND_depot), 450);
	buf_release(&text);
	stand_down(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_records_and_steps),
		cmocka_unit_test(test_refs),
		cmocka_unit_test(test_bad_lines),
		cmocka_unit_test(test_all_or_none),
		cmocka_unit_test(test_out_of_order),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
