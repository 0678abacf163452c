/* SPDX-License-Identifier: GPL-3.0-or-later
 * The promise of the whole house: the same facts in any order, any number of times, in batches or
 * one by one, and a rebuild, give the same rows. And: one warning is one row, whatever roads it
 * came by.
 */
#include "store_help.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/when.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/rows/internal.h"

enum { WRITERS = 3, ACTS = 120, ROUNDS = 6, MOST = 600 };

struct all {
	struct arena arena;
	struct fact facts[MOST];
	size_t count;
};

static bool keep(const struct fact *fact, void *to)
{
	struct all *all = to;
	assert_true(all->count < MOST);
	struct fact *own = &all->facts[all->count++];
	*own = *fact;
	own->raw = arena_bytes(&all->arena, fact->raw);
	own->sig = arena_bytes(&all->arena, fact->sig);
	return true;
}

/* One person does something at random. */
static void act(struct store *store, struct ref *refs, size_t *count, uint64_t *seed)
{
	static const char *const steps[] = {
		"assign", "accept", "rectify", "recheck", "close", "reopen", "urge"};
	static const char *const args[] = {"track=owner;owner=张三", "track=owner", "text=已清理",
		"result=passed", "text=销号", "text=复发", "text=请抓紧"};
	char text[100];
	uint32_t what = help_random(seed);
	snprintf(text, sizeof(text), "category=H0101;place=地%u;text=情况;grade=G", what % 9);
	if (*count == 0 || what % 5 == 0) {
		refs[(*count)++] = help_add_in(store, "hazard", VILLAGE, text);
	} else if (what % 5 == 1) {
		snprintf(text, sizeof(text), "name=泵%u;quantity=%u", what % 7, what % 50);
		help_add_in(store, "supply", VILLAGE, text);
	} else if (what % 5 == 2) {
		struct arena arena = {0};
		struct row row;
		struct ref ref = refs[what / 8 % *count];
		if (store_row(store, ref, &arena, &row, NULL) == RC_OK)
			help_edit(store, ref, text);
		arena_release(&arena);
	} else {
		struct arena arena = {0};
		struct row row;
		struct ref ref = refs[what / 8 % *count];
		unsigned step = what / 64 % countof(steps);
		if (store_row(store, ref, &arena, &row, NULL) == RC_OK)
			help_step(store, ref, steps[step], args[step]);
		arena_release(&arena);
	}
	if (what % 11 == 0)
		when_skip(what % 3 ? 40 : -70);
}

static void gather(struct all *all, struct store *store)
{
	struct fault fault;
	uint64_t seen;
	for (unsigned lane = 0; lane < LANES; lane++)
		assert_int_equal(log_up(store_log(store), &(struct facts_query){.lane = lane}, keep,
					 all, &seen, &fault),
			RC_OK);
}

static void take_shuffled(struct store *store, const struct all *all, uint64_t *seed)
{
	struct fault fault = {0};
	size_t order[MOST * 2], count = 0;
	bool fresh, batch = false;
	for (size_t i = 0; i < all->count; i++)
		for (unsigned times = 1 + help_random(seed) % 2; times; times--)
			order[count++] = i;
	for (size_t i = count; i > 1; i--) {
		size_t k = help_random(seed) % i, swap = order[i - 1];
		order[i - 1] = order[k];
		order[k] = swap;
	}
	for (size_t i = 0; i < count; i++) {
		const struct fact *fact = &all->facts[order[i]];
		if (!batch && help_random(seed) % 8 == 0) {
			assert_int_equal(store_begin(store, &fault), RC_OK);
			batch = true;
		}
		assert_int_equal(store_take(store, fact->raw, fact->sig, 1, &fresh, &fault), RC_OK);
		if (batch && help_random(seed) % 16 == 0) {
			assert_int_equal(store_commit(store, &fault), RC_OK);
			batch = false;
		}
	}
	if (batch)
		assert_int_equal(store_commit(store, &fault), RC_OK);
}

static void any_order_any_repeats_same_rows(void **state)
{
	static const char *const codes[WRITERS] = {"AA", "BB", "CC"};
	static const uint64_t areas[WRITERS] = {VILLAGE, TOWN, COUNTY};
	char homes[WRITERS][HELP_HOME];
	struct store *writers[WRITERS];
	struct ref refs[ACTS];
	struct all all = {0};
	struct buf want = {0}, got = {0};
	size_t count = 0;
	uint64_t seed = 20260714;
	(void)state;
	for (unsigned i = 0; i < WRITERS; i++) {
		help_home(homes[i]);
		writers[i] = help_station(homes[i], areas[i], codes[i]);
		for (unsigned k = 0; k < i; k++) {
			help_introduce(writers[i], writers[k]);
			help_introduce(writers[k], writers[i]);
		}
	}
	for (unsigned i = 0; i < ACTS; i++) {
		act(writers[help_random(&seed) % WRITERS], refs, &count, &seed);
		if (i % 7 == 0)
			help_carry(writers[help_random(&seed) % WRITERS],
				writers[help_random(&seed) % WRITERS]);
	}
	for (unsigned i = 0; i < WRITERS; i++)
		gather(&all, writers[i]);
	for (unsigned round = 0; round < ROUNDS; round++) {
		char home[HELP_HOME];
		struct check check;
		help_home(home);
		struct store *store = help_station(home, COUNTY, "XX");
		/* Grants may come before the facts, or after. */
		for (unsigned i = 0; i < WRITERS && round % 2; i++)
			help_introduce(store, writers[i]);
		take_shuffled(store, &all, &seed);
		for (unsigned i = 0; i < WRITERS && !(round % 2); i++)
			help_introduce(store, writers[i]);
		help_dump(store, round ? &got : &want);
		if (round)
			assert_string_equal((char *)got.at, (char *)want.at);
		assert_true(want.len > 1000);
		assert_int_equal(store_check(store, false, &check, NULL), RC_OK);
		assert_int_equal(check.wrong_rows, 0);
		assert_int_equal(check.waiting, 0);
		assert_int_equal(store_rebuild(store, NULL), RC_OK);
		help_dump(store, &got);
		assert_string_equal((char *)got.at, (char *)want.at);
		store_close(store);
		help_remove(home);
	}
	for (unsigned i = 0; i < WRITERS; i++) {
		store_close(writers[i]);
		help_remove(homes[i]);
	}
	arena_release(&all.arena);
	buf_release(&want);
	buf_release(&got);
}

static unsigned listed(struct store *store)
{
	unsigned count;
	struct query query = query_all(KIND_warning);
	assert_int_equal(store_count(store, &query, &count, NULL), RC_OK);
	return count;
}

static void one_warning_by_two_roads(void **state)
{
	char home[HELP_HOME], county_home[HELP_HOME];
	(void)state;
	help_home(home);
	help_home(county_home);
	struct store *village = help_station(home, VILLAGE, "WZ");
	struct store *county = help_station(county_home, COUNTY, "WX");
	struct ref hand = help_add(
		village, "warning", "event=11B03;severity=red;identifier=W-1;headline=手工录入");
	struct ref other = help_add(
		village, "warning", "event=11B03;severity=red;identifier=W-2;headline=另一条");
	struct ref proven = help_add(
		county, "warning", "event=11B03;severity=red;identifier=W-1;headline=正式");
	assert_int_equal(listed(village), 2);
	help_carry(village, county);
	help_introduce(village, county);
	assert_int_equal(listed(village), 2);
	assert_true(warning_shown(village, hand).site == proven.site);
	assert_true(warning_shown(village, proven).site == proven.site);
	assert_int_equal(warning_shown(village, other).seq, other.seq);
	assert_int_equal(store_rebuild(village, NULL), RC_OK);
	assert_int_equal(listed(village), 2);
	/* When the official one turns out to have another number, both are shown. */
	help_edit(county, proven, "identifier=W-3");
	help_carry(village, county);
	assert_int_equal(listed(village), 3);
	assert_int_equal(warning_shown(village, hand).seq, hand.seq);
	store_close(village);
	store_close(county);
	help_remove(home);
	help_remove(county_home);
}

static void forged_facts_make_no_row(void **state)
{
	char home[HELP_HOME], county_home[HELP_HOME];
	struct fault fault;
	struct all all = {0};
	struct arena arena = {0};
	struct fact fact;
	bool fresh;
	(void)state;
	help_home(home);
	help_home(county_home);
	struct store *village = help_station(home, VILLAGE, "WZ");
	struct store *county = help_station(county_home, COUNTY, "WX");
	struct ref ref =
		help_add(county, "warning", "event=11B03;severity=red;identifier=W-1;headline=真");
	gather(&all, county);
	help_introduce(village, county);
	uint8_t wrong[SIGN_SIZE];
	memcpy(wrong, all.facts[0].sig.at, SIGN_SIZE);
	wrong[5] ^= 1;
	assert_int_equal(store_take(village, all.facts[0].raw, bytes_of(wrong, SIGN_SIZE), 1,
				 &fresh, &fault),
		RC_OK);
	assert_true(log_fact(store_log(village), ref.site, ref.seq, &arena, &fact));
	assert_int_equal(fact.state, FACT_UNPROVEN);
	assert_int_equal(listed(village), 0);
	arena_release(&arena);
	arena_release(&all.arena);
	store_close(village);
	store_close(county);
	help_remove(home);
	help_remove(county_home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_order_any_repeats_same_rows),
		cmocka_unit_test(one_warning_by_two_roads),
		cmocka_unit_test(forged_facts_make_no_row),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
