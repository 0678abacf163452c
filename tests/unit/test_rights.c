/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rights by name: read, shown, and what they allow; rows of roles.conf that are no rights.
 */
#include "model/kinds.h"
#include "model/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

static void names_become_bits_and_names_again(void **state)
{
	static const char *const good[] = {
		"all", "none", "warn", "order", "warn,order", "warn,order,invite"};
	static const char *const bad[] = {
		"", "fly", "warn,", "warn,fly", "all,warn", "warn order", ","};
	struct buf shown = {0};
	unsigned rights;

	(void)state;
	for (size_t i = 0; i < countof(good); i++) {
		assert_true(rights_read(good[i], &rights));
		buf_clear(&shown);
		rights_show(rights, &shown);
		assert_string_equal(buf_cstr(&shown), good[i]);
	}
	for (size_t i = 0; i < countof(bad); i++)
		assert_false(rights_read(bad[i], &rights));
	assert_true(rights_read("order,warn,order", &rights));
	buf_clear(&shown);
	rights_show(rights, &shown);
	assert_string_equal(buf_cstr(&shown), "warn,order");
	buf_release(&shown);
}

static void what_they_allow(void **state)
{
	unsigned none, warn;

	(void)state;
	assert_true(rights_read("none", &none) && rights_read("warn", &warn));
	for (unsigned i = 0; i < kinds_count; i++)
		assert_true(rights_allow(RIGHTS_ALL, kinds[i].id));
	assert_true(rights_allow(warn, KIND_warning));
	assert_false(rights_allow(warn, KIND_order));
	assert_false(rights_allow(warn, KIND_grant));
	assert_false(rights_allow(none, KIND_warning));
	assert_false(rights_allow(none, KIND_revocation));
	assert_true(rights_allow(none, KIND_hazard));
	assert_true(rights_allow(none, KIND_receipt));
	assert_true(rights_allow(none, KIND_refusal));
	assert_true(rights_allow(none, 9999)); /* a kind of tomorrow */
}

static void the_county_names_its_own(void **state)
{
	static const char *const bad[] = {"right warn\n", "right warn 0 warning\n",
		"right warn 31 warning\n", "right warn x warning\n", "right warn 1 nothing\n",
		"right warn 1 warning order\n"};
	struct rules *rules = rules_now();
	struct fault fault;
	unsigned rights;

	(void)state;
	for (size_t i = 0; i < countof(bad); i++) {
		assert_int_equal(
			roles_load(rules, "roles.conf", bytes_text(bad[i]), &fault), RC_BAD);
		assert_true(rights_read("invite", &rights));
	}
	/* A file from before there were rights keeps those that are shipped. */
	assert_int_equal(
		roles_load(rules, "roles.conf", bytes_text("may R05 * add *\n"), &fault), RC_OK);
	assert_true(rights_read("invite", &rights));
	assert_int_equal(
		roles_load(rules, "roles.conf",
			bytes_text("right stock 7 supply,move\nright warn 1 warning\n"), &fault),
		RC_OK);
	assert_false(rights_read("invite", &rights));
	assert_true(rights_read("stock", &rights));
	assert_true(rights_allow(rights, KIND_supply));
	assert_true(rights_allow(rights, KIND_order));
	assert_false(rights_allow(rights, KIND_warning));
	assert_true(rights_read("warn", &rights));
	assert_false(rights_allow(rights, KIND_move));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_become_bits_and_names_again),
		cmocka_unit_test(what_they_allow),
		cmocka_unit_test(the_county_names_its_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
