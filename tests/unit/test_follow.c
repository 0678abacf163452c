/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two programs at one station: when one of them ends its site, the other writes on as the next one.
 */
#include "store_help.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"

static char home[HELP_HOME];
static struct store *one, *two;

static int start(void **state)
{
	struct fault fault;
	(void)state;
	help_home(home);
	one = help_station(home, VILLAGE, "WZ");
	return store_open(&two, home, 0, &fault);
}

static int stop(void **state)
{
	(void)state;
	store_close(one);
	store_close(two);
	help_remove(home);
	return 0;
}

static enum rc add(struct store *store, struct fault *fault)
{
	struct buf body = {0};
	struct value name = value_text("水泵");
	struct op op = {.kind = KIND_supply};

	put_field(&body, supply_name, &name);
	op.body = buf_bytes(&body);
	enum rc rc = store_write(store, &op, fault);
	buf_release(&body);
	return rc ? rc : op.site == store_station(store)->site ? RC_OK : RC_BAD;
}

static void the_other_writes_on_as_the_next_site(void **state)
{
	struct fault fault = {0};
	uint64_t before = store_station(two)->site;
	(void)state;

	assert_int_equal(add(two, &fault), RC_OK);
	assert_int_equal(store_site_end(one, NULL, &fault), RC_OK);
	uint64_t next = store_station(one)->site;
	assert_true(next != before);
	assert_true(store_station(two)->site == before); /* it was not asked yet */
	assert_int_equal(add(two, &fault), RC_OK);
	assert_true(store_station(two)->site == next);
	assert_memory_equal(two->keys.sign_public, one->keys.sign_public, SIGN_PUBLIC);
	assert_string_equal(store_station(two)->code, store_station(one)->code);
}

/* Keys of a site that the database no longer knows sign nothing. */
static void without_the_next_keys_nothing_is_written(void **state)
{
	char kept[HELP_HOME + 32], path[HELP_HOME + 32];
	struct fault fault = {0};
	(void)state;

	snprintf(path, sizeof(path), "%s/keys/sign.key", home);
	snprintf(kept, sizeof(kept), "%s/keys/kept", home);
	assert_int_equal(store_site_end(one, NULL, &fault), RC_OK);
	assert_int_equal(rename(path, kept), 0);
	uint64_t last = log_last(&two->log);
	assert_int_equal(add(two, &fault), RC_IO);
	assert_non_null(strstr(fault.text, "--new-keys"));
	assert_int_equal(add(two, &fault), RC_IO);
	assert_true(log_last(&two->log) == last);
	assert_int_equal(rename(kept, path), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_other_writes_on_as_the_next_site, start, stop),
		cmocka_unit_test_setup_teardown(
			without_the_next_keys_nothing_is_written, start, stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
