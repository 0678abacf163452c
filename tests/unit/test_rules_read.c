/* SPDX-License-Identifier: GPL-3.0-or-later
 * rules.conf and roles.conf: bad lines name file, line and rule and change nothing.
 */
#include "model/rules.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "model/kinds.h"

static void bad_rules(void **state)
{
	static const char *const bad[] = {
		"whenever hazard new at +1d \"甲\" \"A\"\n",
		"due hazards new at +1d \"甲\" \"A\"\n",
		"due hazard newest at +1d \"甲\" \"A\"\n",
		"due hazard new place +1d \"甲\" \"A\"\n",
		"due hazard new at 1\n",
		"due hazard new at +1y \"甲\" \"A\"\n",
		"due hazard new at +1 \"甲\" \"A\"\n",
		"due hazard new at +1d \"甲\" \"A\" place=x\n",
		"due hazard new at +1d \"甲\" \"A\" grade\n",
		"limit a.b\n",
		"limit a.b ten\n",
		"overdue hazard new at +1d \"甲\" \"A\"\n",
	};
	struct rules *rules = rules_now();
	struct fault fault;

	(void)state;
	for (unsigned i = 0; i < countof(bad); i++) {
		if (rules_load(rules, "my.conf", bytes_text(bad[i]), &fault) != RC_BAD)
			fail_msg("taken: %s", bad[i]);
		if (!strstr(fault.text, "my.conf:1: "))
			fail_msg("\"%s\" names no line", fault.text);
	}
}

static void bad_roles(void **state)
{
	static const char *const bad[] = {
		"may R02 hazard\n",
		"may R02 hazards add\n",
		"may R02 hazard fly\n",
		"may R02 hazard,warning recheck\n",
		"may R02 * assign\n",
		"can R02 hazard add\n",
		"pin hazard\n",
		"pin hazards add\n",
		"pin hazard fly\n",
		"may R0000002 hazard add\n",
	};
	struct fault fault;

	(void)state;
	for (unsigned i = 0; i < countof(bad); i++) {
		assert_int_equal(
			roles_load(rules_now(), "roles.conf", bytes_text(bad[i]), &fault), RC_BAD);
		assert_non_null(strstr(fault.text, "roles.conf:1: "));
	}
	assert_true(rules_may("R02", LEVEL_VILLAGE, kind_of(KIND_hazard), 0));
}

/* What asks for a PIN is the county's; a file of before there was such a thing changes nothing. */
static void rows_of_pins(void **state)
{
	const struct kind *hazard = kind_of(KIND_hazard), *tip = kind_of(KIND_tip);
	struct fault fault;

	(void)state;
	assert_true(rules_pin(hazard, hazard_do_recheck));
	assert_false(rules_pin(hazard, hazard_do_assign));
	assert_false(rules_pin(hazard, 0));
	assert_true(rules_pin(kind_of(KIND_receipt), 0));
	assert_int_equal(
		roles_load(rules_now(), "x", bytes_text("may R02 hazard add\n"), &fault), RC_OK);
	assert_true(rules_pin(hazard, hazard_do_recheck));
	assert_int_equal(
		roles_load(rules_now(), "x", bytes_text("pin tip,hazard add\npin\n"), &fault),
		RC_BAD);
	assert_false(rules_pin(hazard, 0));
	assert_int_equal(
		roles_load(rules_now(), "x", bytes_text("pin tip,hazard add\n"), &fault), RC_OK);
	assert_true(rules_pin(hazard, 0));
	assert_true(rules_pin(tip, 0));
	assert_false(rules_pin(hazard, hazard_do_recheck));
}

static void a_bad_file_leaves_limits(void **state)
{
	struct fault fault;

	(void)state;
	int64_t days = rules_limit("expiring.days", 0);
	assert_true(days > 0);
	assert_int_equal(
		rules_load(rules_now(), "x",
			bytes_text("limit expiring.days 5\nlimit new.one 1\nbad\n"), &fault),
		RC_BAD);
	assert_int_equal(rules_limit("expiring.days", 0), days);
	assert_int_equal(rules_limit("new.one", -1), -1);
	assert_int_equal(
		rules_load(rules_now(), "x", bytes_text("limit expiring.days 5\n"), &fault), RC_OK);
	assert_int_equal(rules_limit("expiring.days", 0), 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_rules),
		cmocka_unit_test(bad_roles),
		cmocka_unit_test(a_bad_file_leaves_limits),
		cmocka_unit_test(rows_of_pins),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
