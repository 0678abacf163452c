/* SPDX-License-Identifier: GPL-3.0-or-later
 * One warning by several roads: receipts given to any of its copies count for it at every station,
 * in whatever order copies and receipts arrive; whose receipt is this station's own; and who is not
 * asked to sign.
 * Tests also: meant.c
 */
#include "store_help.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/when.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/rows/internal.h"
#include "store/station.h"
#include "work/agenda.h"
#include "work/receipt.h"

#define WARNING "event=11B03;severity=red;identifier=W-1;headline=暴雨"

enum { PLACES = 3, FACTS = 4, ORDERS = 24 };

static char homes[PLACES][HELP_HOME];
static struct store *at[PLACES]; /* village, township, county */

static int start(void **state)
{
	static const uint64_t areas[PLACES] = {VILLAGE, TOWN, COUNTY};
	static const char *const codes[PLACES] = {"WZ", "ZZ", "WX"};
	(void)state;
	for (unsigned i = 0; i < PLACES; i++) {
		help_home(homes[i]);
		at[i] = help_station(homes[i], areas[i], codes[i]);
	}
	for (unsigned i = 0; i < PLACES; i++)
		for (unsigned k = 0; k < PLACES; k++)
			if (i != k)
				help_introduce(at[i], at[k]);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	for (unsigned i = 0; i < PLACES; i++) {
		store_close(at[i]);
		help_remove(homes[i]);
	}
	return 0;
}

static struct ref sign(struct store *store, struct ref warning)
{
	char fields[80], number[32];
	store_id(warning, number);
	snprintf(fields, sizeof(fields), "warning=%s;result=signed", number);
	return help_add(store, "receipt", fields);
}

static unsigned below(struct store *store, struct ref warning)
{
	struct query query = query_all(KIND_receipt);
	unsigned count, filtered;
	struct buf bytes = {0};
	query.parent = warning;
	assert_int_equal(store_count(store, &query, &count, NULL), RC_OK);
	query.parent = (struct ref){0, 0};
	ref_put(&bytes, warning);
	query.filters[0] =
		(struct filter){receipt_warning, '=', {WIRE_BYTES, 0, buf_bytes(&bytes)}};
	query.filter_count = 1;
	assert_int_equal(store_count(store, &query, &filtered, NULL), RC_OK);
	assert_int_equal(filtered, count);
	buf_release(&bytes);
	return count;
}

static void every_receipt_counts_for_every_copy(void **state)
{
	(void)state;
	struct ref hand = help_add(at[0], "warning", WARNING);
	struct ref other = help_add(at[0], "warning", "event=11B03;severity=red;identifier=W-2");
	sign(at[0], hand);
	struct ref official = help_add(at[2], "warning", WARNING);
	help_carry(at[1], at[2]);
	help_carry(at[0], at[2]);
	sign(at[1], official);
	help_carry(at[1], at[0]);
	help_carry(at[2], at[1]);
	for (unsigned i = 0; i < PLACES; i++) {
		assert_true(warning_shown(at[i], hand).site == official.site);
		assert_int_equal(below(at[i], hand), i ? 2 : 1);
		assert_int_equal(below(at[i], official), i ? 2 : 1);
		assert_int_equal(below(at[i], other), 0);
	}
	assert_true(warning_signed(at[0], official));
	assert_true(warning_signed(at[1], hand));
	/* What turns out to be another warning takes its receipts along. */
	help_edit(at[0], hand, "identifier=W-3");
	assert_int_equal(below(at[0], official), 0);
	assert_int_equal(below(at[0], hand), 1);
}

/* What stood for a warning before it was here: its identifier, or its number. */
static void a_text_is_tied_later(void **state)
{
	struct query query = query_all(KIND_receipt);
	unsigned count;
	(void)state;
	help_add(at[0], "receipt", "warning=W-1;result=signed");
	help_add(at[0], "receipt", "warning=WX-8;result=signed");
	struct ref official = help_add(at[2], "warning", WARNING);
	assert_int_equal(official.seq, 8);
	help_carry(at[0], at[2]);
	assert_int_equal(below(at[0], official), 2);
	assert_true(warning_signed(at[0], official));
	query.filters[0] = (struct filter){receipt_warning, '=', value_text("W-1")};
	query.filter_count = 1;
	assert_int_equal(store_count(at[0], &query, &count, NULL), RC_OK);
	assert_int_equal(count, 2);
}

struct taken {
	struct arena arena;
	struct fact facts[FACTS];
	unsigned count;
};

static bool take(const struct fact *fact, void *to)
{
	struct taken *taken = to;
	assert_true(taken->count < FACTS);
	struct fact *one = &taken->facts[taken->count++];
	*one = *fact;
	one->raw = arena_bytes(&taken->arena, fact->raw);
	one->sig = arena_bytes(&taken->arena, fact->sig);
	return true;
}

static void in_any_order_of_arrival(void **state)
{
	struct taken all = {0};
	uint64_t seen;
	(void)state;
	struct ref hand = help_add(at[0], "warning", WARNING);
	struct ref official = help_add(at[2], "warning", WARNING);
	sign(at[0], hand);
	sign(at[2], official);
	for (unsigned i = 0; i < PLACES; i += 2)
		assert_int_equal(log_up(store_log(at[i]), &(struct facts_query){.lane = LANE_ALARM},
					 take, &all, &seen, NULL),
			RC_OK);
	assert_int_equal(all.count, FACTS);
	for (unsigned order = 0; order < ORDERS; order++) {
		char home[HELP_HOME];
		unsigned left[FACTS] = {0, 1, 2, 3}, pick = order;
		help_home(home);
		struct store *store = help_station(home, TOWN, "ZY");
		help_introduce(store, at[0]);
		help_introduce(store, at[2]);
		for (unsigned n = FACTS; n > 0; pick /= n, n--) {
			const struct fact *fact = &all.facts[left[pick % n]];
			bool fresh;
			left[pick % n] = left[n - 1];
			assert_int_equal(
				store_take(store, fact->raw, fact->sig, 1, &fresh, NULL), RC_OK);
			assert_true(fresh);
		}
		assert_int_equal(below(store, official), 2);
		assert_int_equal(below(store, hand), 2);
		assert_true(warning_shown(store, hand).site == official.site);
		assert_false(warning_signed(store, official)); /* those are others' */
		store_close(store);
		help_remove(home);
	}
	arena_release(&all.arena);
}

/* A station that was put back from a backup has another number, and what it signed stays signed. */
static void signed_before_it_was_put_back(void **state)
{
	char copy[HELP_HOME + 16];
	struct fault fault;
	(void)state;
	struct ref warning = help_add(at[0], "warning", WARNING);
	sign(at[0], warning);
	uint64_t site = store_station(at[0])->site;
	snprintf(copy, sizeof(copy), "%s/copy.db", homes[0]);
	assert_int_equal(store_backup(at[0], copy, &fault), RC_OK);
	help_add(at[0], "supply", "name=后来的");
	store_close(at[0]);
	assert_int_equal(store_restore(homes[0], copy, &fault), RC_OK);
	at[0] = help_open(homes[0]);
	assert_true(store_station(at[0])->site != site);
	assert_true(warning_signed(at[0], warning));
}

static enum need need_at(struct store *store, struct ref ref)
{
	struct arena arena = {0};
	struct row row;
	int64_t until;
	const char *why;
	assert_int_equal(store_row(store, ref, &arena, &row, NULL), RC_OK);
	enum need need = need_of(store, &row, when_now(), &until, &why);
	arena_release(&arena);
	return need;
}

static void the_issuer_does_not_sign(void **state)
{
	struct fault fault;
	(void)state;
	struct ref own = help_add(at[2], "warning", WARNING);
	struct ref heard =
		help_add(at[2], "warning", "event=11B03;severity=red;identifier=X;proof=file");
	struct ref typed = help_add(at[0], "warning", "event=11B03;severity=red;identifier=Y");
	help_carry(at[0], at[2]);
	assert_int_equal(need_at(at[2], own), NEED_NONE);
	assert_int_equal(need_at(at[0], own), NEED_SIGN);
	assert_int_equal(need_at(at[2], heard), NEED_SIGN);
	assert_int_equal(need_at(at[0], typed), NEED_SIGN); /* villages issue none */
	/* A county may want it otherwise. */
	assert_int_equal(
		rules_load(rules_now(), "rules.conf",
			bytes_text("sign warning active at +15m \"也要签收\" \"sign\"\n"), &fault),
		RC_OK);
	assert_int_equal(need_at(at[2], own), NEED_SIGN);
	sign(at[2], own);
	assert_int_equal(need_at(at[2], own), NEED_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_receipt_counts_for_every_copy, start, stop),
		cmocka_unit_test_setup_teardown(a_text_is_tied_later, start, stop),
		cmocka_unit_test_setup_teardown(in_any_order_of_arrival, start, stop),
		cmocka_unit_test_setup_teardown(signed_before_it_was_put_back, start, stop),
		cmocka_unit_test_setup_teardown(the_issuer_does_not_sign, start, stop),
	};
	crypt_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
