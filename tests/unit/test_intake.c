/* SPDX-License-Identifier: GPL-3.0-or-later
 * What all imports share: facts from texts, names of lines, complaints in order, transactions.
 */
#include "intake_help.h"

#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

#include "model/kinds.h"
#include "store/rows.h"

#define TOWN 410882103000

static bool set(struct change *change, const char *name, const char *text)
{
	const char *why;

	return change_set(change, name, text, &why);
}

static void test_fact(void **state)
{
	struct stand s;
	struct change change;
	struct fault fault = {0};
	struct ref ref = {0, 0};

	(void)state;
	stand_up(&s, TOWN, "x");
	change_new(&change, &s.in.actor, kind_of(KIND_supply), ref);
	assert_string_equal(change_missing(&change)->name, "name");
	/* in any order; empty ones are left out */
	assert_true(set(&change, "phone", "139 1234 5678"));
	assert_true(set(&change, "quantity", "2.5"));
	assert_true(set(&change, "unit", "  "));
	assert_true(set(&change, "name", "水泵"));
	assert_true(set(&change, "area", "410882103205"));
	assert_true(set(&change, "at", "2026-07-14T06:33:32+08:00"));
	assert_true(set(&change, "by", "张三"));
	assert_null(change_missing(&change));
	assert_false(set(&change, "name", "again"));
	assert_false(set(&change, "nothing", "x"));
	assert_false(set(&change, "checked", "2026-02-31"));
	assert_false(set(&change, "area", "1"));
	assert_false(set(&change, "by", "\xff"));
	assert_int_equal(intake_write(&s.in, &change, "N", &ref, &fault), RC_OK);
	assert_int_equal(change.op.area, 410882103205);
	assert_int_equal(change.op.at, 1783982012);
	change_release(&change);
	stand_again(&s, "x");
	struct ref again;
	assert_true(intake_known(&s.in, "N", &again));
	assert_int_equal(again.seq, ref.seq);
	assert_false(intake_known(&s.in, "n", &again));
	char id[32];
	store_id(ref, id);
	assert_true(intake_known(&s.in, id, &again)); /* what an export says */
	assert_string_equal(stand_state(&s, KIND_supply, supply_quantity, "2.5"), "");
	assert_string_equal(stand_state(&s, KIND_supply, supply_phone, "13912345678"), "");
	stand_down(&s);
}

/* Who logs in and what steps have made of a record are not to be brought along. */
static void test_not_to_be_set(void **state)
{
	const struct ref alone = {0, 0};
	struct stand s;
	struct change change;

	(void)state;
	stand_up(&s, TOWN, "x");
	change_new(&change, &s.in.actor, kind_of(KIND_person), alone);
	assert_false(set(&change, "login", "root"));
	change_release(&change);
	change_new(&change, &s.in.actor, kind_of(KIND_hazard), alone);
	assert_false(set(&change, "owner_state", "accepted"));
	change_release(&change);
	stand_down(&s);
}

static void test_names(void **state)
{
	struct intake in;
	char a[40], b[40], c[40];

	(void)state;
	crypt_start();
	intake_start(&in, &(struct actor){.source = "x"});
	intake_file(&in, "f");
	intake_name(&in, bytes_text("row"), a);
	intake_name(&in, bytes_text("row"), b);
	intake_name(&in, bytes_text("other"), c);
	assert_string_not_equal(a, b);
	assert_string_not_equal(a, c);
	intake_file(&in, "f");
	intake_name(&in, bytes_text("row"), b);
	assert_string_equal(a, b);
	intake_release(&in);
}

static void test_said(void **state)
{
	struct intake in;
	struct buf said = {0};

	(void)state;
	intake_start(&in, &(struct actor){.source = "x"});
	intake_file(&in, "a");
	intake_bad(&in, 12, "%s", "twelve");
	intake_note(&in, 3, "%s", "three");
	in.good_files++;
	intake_file(&in, "b");
	intake_bad(&in, 0, "%s", "all");
	intake_said(&in, &said);
	assert_string_equal(buf_cstr(&said), "a:3: three\na:12: twelve\nb: all\n");
	assert_int_equal(in.bad, 2);
	intake_release(&in);
	buf_release(&said);
}

static enum rc nobody(void *to, const struct kind *kind, unsigned step, struct fault *fault)
{
	(void)to;
	(void)kind;
	(void)step;
	return fault_set(fault, RC_DENIED, "no");
}

static void test_prove(void **state)
{
	struct stand s;
	struct fault fault = {0};

	(void)state;
	stand_up(&s, TOWN, "x");
	s.in.prove = nobody;
	assert_int_equal(
		json_import(&s.in, bytes_text("{\"kind\":\"depot\",\"fields\":{\"name\":\"d\"}}"),
			&fault),
		RC_OK);
	assert_int_equal(s.in.added, 0);
	assert_int_equal(s.in.bad, 1);
	stand_again(&s, "x");
	assert_int_equal(stand_count(&s, KIND_depot), 0);
	stand_down(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fact),
		cmocka_unit_test(test_not_to_be_set),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_said),
		cmocka_unit_test(test_prove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
