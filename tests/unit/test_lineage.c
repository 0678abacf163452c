/* SPDX-License-Identifier: GPL-3.0-or-later
 * Updates and cancels that are typed close what they refer to, and nothing else.
 * Covers: C01 T11
 */
#include "store_help.h"

#include <setjmp.h>
#include <stdlib.h>

#include <cmocka.h>

#include "model/kinds.h"
#include "store/identity.h"
#include "store/rows/internal.h"
#include "work/change.h"

static struct ref type(struct store *store, const char *msgtype, const char *status,
	const char *identifier, const char *refers)
{
	const unsigned tags[] = {warning_event, warning_severity, warning_status, warning_msgtype,
		warning_identifier, warning_refers, warning_headline};
	const char *const fields[] = {"11B03", "red", status, msgtype, identifier, refers, "暴雨"};
	const struct kind *kind = kind_of(KIND_warning);
	struct actor actor = {.store = store};
	struct ref ref = {0, 0};
	struct change change;
	struct fault fault;
	const char *why;

	change_new(&change, &actor, kind, ref);
	for (size_t i = 0; i < countof(tags); i++)
		if (*fields[i])
			assert_true(change_put(
				&change, field_of(kind, tags[i]), value_text(fields[i]), &why));
	assert_int_equal(change_commit(&change, &ref, &fault), RC_OK);
	change_release(&change);
	return ref;
}

static void typed_ones_close(void **state)
{
	char home[HELP_HOME];

	(void)state;
	help_home(home);
	struct store *store = help_station(home, VILLAGE, "WZ");
	struct ref a = type(store, "alert", "actual", "A", "");
	struct ref b = type(store, "alert", "actual", "B", "");
	struct ref c = type(store, "alert", "actual", "C", "");
	struct ref drill = type(store, "cancel", "exercise", "D", "A");

	assert_string_equal(help_state(store, a), "active"); /* a drill ends no real one */
	assert_string_equal(help_state(store, drill), "cancelled");
	struct ref update = type(store, "update", "actual", "E", "A B");
	assert_string_equal(help_state(store, a), "updated");
	assert_string_equal(help_state(store, b), "updated");
	assert_string_equal(help_state(store, c), "active");
	assert_string_equal(help_state(store, update), "active");
	struct ref cancel = type(store, "cancel", "actual", "F", "E none");
	assert_string_equal(help_state(store, update), "cancelled");
	assert_string_equal(help_state(store, cancel), "cancelled");
	assert_string_equal(help_state(store, c), "active");
	store_close(store);
	help_remove(home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(typed_ones_close)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
