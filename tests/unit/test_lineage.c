/* SPDX-License-Identifier: GPL-3.0-or-later
 * Updates and cancels that are typed close what they refer to, and nothing else.
 */
#include "store_help.h"

#include <setjmp.h>
#include <stdlib.h>

#include <cmocka.h>

#include "model/kinds.h"

static struct ref type(struct store *store, const char *msgtype, const char *status,
	const char *identifier, const char *refers)
{
	const unsigned tags[] = {warning_event, warning_severity, warning_status, warning_msgtype,
		warning_identifier, warning_refers, warning_headline};
	const char *const fields[] = {"11B03", "red", status, msgtype, identifier, refers, "暴雨"};
	struct op op = {.kind = KIND_warning};
	struct buf body = {0};
	struct fault fault;

	for (size_t i = 0; i < countof(tags); i++) {
		struct value value = value_text(fields[i]);
		if (*fields[i])
			put_field(&body, tags[i], &value);
	}
	op.body = buf_bytes(&body);
	assert_int_equal(store_write_tied(store, &op, &fault), RC_OK);
	buf_release(&body);
	return (struct ref){op.rec_site, op.rec_seq};
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
