/* SPDX-License-Identifier: GPL-3.0-or-later
 * Edits of the same record by stations that did not see each other: in whatever order they meet,
 * all show the same, both values are kept, and a decision by somebody who has seen both ends it.
 * Covers: W15.6 T5 N15
 */
#include "world.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/rows/internal.h"
#include "sync/swap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { THREE = 3 };

/* A chain: [0] village, [1] township, [2] county; each asks the next. */
struct chain {
	struct store *at[THREE];
	struct road up[THREE];
};

static void chain_begin(struct chain *chain)
{
	const uint64_t areas[THREE] = {village_area, town_area, county_area};
	static const char *const names[THREE] = {"village", "town", "county"};

	memset(chain, 0, sizeof *chain);
	for (int i = THREE - 1; i >= 0; i--) {
		chain->at[i] = world_station(names[i], areas[i]);
		if (i < THREE - 1) {
			world_join(chain->at[i], chain->at[i + 1], names[i], areas[i]);
			chain->up[i] =
				(struct road){.hub = chain->at[i + 1], .seed = (uint64_t)i + 1};
		}
	}
}

static void chain_end(struct chain *chain)
{
	for (int i = 0; i < THREE; i++)
		world_end(chain->at[i]);
}

static void swap(struct chain *chain, int lower)
{
	struct sync_result result;

	assert_true(world_sync(chain->at[lower], &chain->up[lower], 5, &result));
}

static void edit(struct store *store, struct ref ref, unsigned tag, const char *text)
{
	struct op op = {.kind = KIND_hazard, .rec_site = ref.site, .rec_seq = ref.seq};
	struct buf body = {0};
	struct value value = value_text(text);
	struct fault fault;

	put_field(&body, tag, &value);
	op.body = buf_bytes(&body);
	when_skip(60);
	assert_int_equal(store_write(store, &op, &fault), RC_OK);
	buf_release(&body);
}

static const struct cell *cell_at(const struct record *record, unsigned tag)
{
	return &record->cells[field_place(record->kind, tag)];
}

static void read_at(struct store *store, struct ref ref, struct arena *arena, struct record *record)
{
	struct history history;
	struct fault fault;

	assert_int_equal(store_record(store, ref, arena, record, &history, &fault), RC_OK);
}

/* LOST: what stands beside it, the newest first, parted by blanks; NULL = nothing. */
static void all_show(
	struct chain *chain, struct ref ref, unsigned tag, const char *text, const char *lost)
{
	for (int i = 0; i < THREE; i++) {
		struct arena arena = {0};
		struct record record;
		read_at(chain->at[i], ref, &arena, &record);
		const struct cell *cell = cell_at(&record, tag);
		assert_true(bytes_equal(cell->value.text, bytes_text(text)));
		struct buf others = {0};
		const struct lost *one;
		for (unsigned n = 0; (one = record_lost(&record, tag, n)); n++)
			buf_fmt(&others, "%s%.*s", n ? " " : "", (int)one->value.text.len,
				(const char *)one->value.text.at);
		assert_string_equal(buf_cstr(&others), lost ? lost : "");
		buf_release(&others);
		arena_release(&arena);
	}
	assert_true(world_digest(chain->at[0], village_area) ==
		    world_digest(chain->at[1], village_area));
	assert_true(world_digest(chain->at[1], village_area) ==
		    world_digest(chain->at[2], village_area));
}

/* Three edits each, offline, on the same record: three of its fields, one of them the same for all.
 */
static void edit_offline(struct chain *chain, struct ref ref)
{
	static const unsigned own[THREE] = {hazard_measures, hazard_photos, hazard_plate};
	static const char *const owners[THREE] = {"村委会", "镇水利站", "县水利局"};

	for (int i = 0; i < THREE; i++) {
		edit(chain->at[i], ref, hazard_owner, owners[i]);
		edit(chain->at[i], ref, own[i], "一");
		edit(chain->at[i], ref, own[i], "二");
	}
}

/* Every order in which the two roads can be used twice and once more: what was written offline
 * meets in each. */
static void every_order_ends_the_same(void **state)
{
	uint64_t first_digest = 0;

	(void)state;
	for (unsigned order = 0; order < 16; order++) {
		struct chain chain;
		when_hold(1784000000);
		chain_begin(&chain);
		struct ref ref = world_hazard(chain.at[0], 0, "村东桥下");
		swap(&chain, 0), swap(&chain, 1);
		edit_offline(&chain, ref);
		for (unsigned k = 0; k < 4; k++)
			swap(&chain, (int)(order >> k & 1));
		for (unsigned k = 0; k < 2; k++)
			swap(&chain, 0), swap(&chain, 1);
		swap(&chain, 0);
		all_show(&chain, ref, hazard_owner, "县水利局", "镇水利站 村委会");
		all_show(&chain, ref, hazard_measures, "二", NULL);
		all_show(&chain, ref, hazard_photos, "二", NULL);
		all_show(&chain, ref, hazard_plate, "二", NULL);
		if (!order)
			first_digest = world_digest(chain.at[0], village_area);
		assert_true(world_digest(chain.at[2], village_area) == first_digest);
		chain_end(&chain);
	}
}

/* Three times each, by turns, with nobody seeing anybody: the last word of each of them stands.
 * Then somebody decides, who has seen all of them: whoever that is, also the one whose own word is
 * the newest. */
static void three_times_each(void **state)
{
	static const char *const words[THREE][THREE] = {
		{"村1", "村2", "村3"}, {"镇1", "镇2", "镇3"}, {"县1", "县2", "县3"}};

	(void)state;
	for (unsigned shape = 0; shape < 6; shape++) {
		struct chain chain;
		unsigned by_turns = shape / THREE, who = shape % THREE;
		when_hold(1784000000);
		chain_begin(&chain);
		struct ref ref = world_hazard(chain.at[0], 0, "桥下");
		swap(&chain, 0), swap(&chain, 1);
		for (unsigned k = 0; k < THREE * THREE; k++) {
			unsigned i = by_turns ? k % THREE : k / THREE;
			unsigned word = by_turns ? k / THREE : k % THREE;
			edit(chain.at[THREE - 1 - i], ref, hazard_text, words[THREE - 1 - i][word]);
		}
		for (unsigned k = 0; k < 4; k++)
			swap(&chain, (int)(shape >> k & 1));
		for (unsigned k = 0; k < 2; k++)
			swap(&chain, 0), swap(&chain, 1), swap(&chain, 0);
		all_show(&chain, ref, hazard_text, "村3", "镇3 县3");
		edit(chain.at[who], ref, hazard_text, "实情");
		for (unsigned k = 0; k < 2; k++)
			swap(&chain, 0), swap(&chain, 1), swap(&chain, 0);
		all_show(&chain, ref, hazard_text, "实情", NULL);
		chain_end(&chain);
	}
}

static void a_decision_ends_it_everywhere(void **state)
{
	struct chain chain;

	(void)state;
	when_hold(1784000000);
	chain_begin(&chain);
	struct ref ref = world_hazard(chain.at[0], 0, "沟口");
	swap(&chain, 0), swap(&chain, 1);
	edit(chain.at[0], ref, hazard_owner, "甲");
	edit(chain.at[1], ref, hazard_owner, "乙");
	for (int k = 0; k < 2; k++)
		swap(&chain, 0), swap(&chain, 1);
	all_show(&chain, ref, hazard_owner, "乙", "甲");
	edit(chain.at[0], ref, hazard_owner, "甲"); /* has seen both */
	swap(&chain, 0), swap(&chain, 1);
	all_show(&chain, ref, hazard_owner, "甲", NULL);
	chain_end(&chain);
}

/* A clock three days ahead does not win for ever: after the first word from above it stamps right.
 */
static void a_wrong_clock_wins_once_at_most(void **state)
{
	static const int64_t wrong[] = {3 * 86400, -56 * 365 * 86400LL, 12 * 365 * 86400LL};

	(void)state;
	for (unsigned i = 0; i < countof(wrong); i++) {
		struct chain chain;
		when_hold(1784000000);
		chain_begin(&chain);
		struct ref ref = world_hazard(chain.at[0], 0, "桥下");
		swap(&chain, 0);
		when_skip(wrong[i]);
		struct sync_result result;
		struct peer peer;
		struct fault fault;
		struct asking asking;
		/* Of another day: what both leave out is not understood, and once more it is said.
		 */
		do {
			struct buf ask = {0}, answer = {0};
			assert_int_equal(peer_load(chain.at[0], &peer, &fault), RC_OK);
			assert_int_equal(
				ask_make(chain.at[0], &peer, 31, &asking, &ask, &fault), RC_OK);
			when_skip(-wrong[i]);
			struct bytes asks[1] = {buf_bytes(&ask)};
			assert_int_equal(hub_answer(chain.at[1], asks, &answer, 1, &fault), RC_OK);
			when_skip(wrong[i]);
			memset(&result, 0, sizeof result);
			assert_int_equal(answer_apply(chain.at[0], &peer, &asking,
						 buf_bytes(&answer), &result, &fault),
				RC_OK);
			buf_release(&ask);
			buf_release(&answer);
		} while (result.more);
		assert_int_equal(result.clock_offset_ms, -wrong[i] * 1000);
		edit(chain.at[0], ref, hazard_owner, "村");
		when_skip(-wrong[i]);
		struct arena arena = {0};
		struct record record;
		read_at(chain.at[0], ref, &arena, &record);
		int64_t at = stamp_seconds(cell_at(&record, hazard_owner)->stamp) - when_now();
		assert_in_range(at + 10, 0, 20);
		arena_release(&arena);
		swap(&chain, 0), swap(&chain, 1);
		edit(chain.at[1], ref, hazard_owner, "镇");
		swap(&chain, 0), swap(&chain, 1);
		all_show(&chain, ref, hazard_owner, "镇", NULL);
		chain_end(&chain);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_order_ends_the_same),
		cmocka_unit_test(three_times_each),
		cmocka_unit_test(a_decision_ends_it_everywhere),
		cmocka_unit_test(a_wrong_clock_wins_once_at_most),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
