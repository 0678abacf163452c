/* SPDX-License-Identifier: GPL-3.0-or-later
 * One station does not become a hundred: what it may say of its own end is bounded, and what it
 * disagrees about makes its hub say nothing again and again. The county's list of stations would
 * otherwise fill with names that nobody has ever met. Nor does it fill its hub with steps in the
 * names of such.
 */
#include "cases.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "sync/wire.h"

#include <stdio.h>

static bool count_one(const struct site *site, void *to)
{
	(void)site;
	++*(unsigned *)to;
	return true;
}

static unsigned sites(struct scene *scene, enum spot x)
{
	struct fault fault;
	unsigned count = 0;

	assert_int_equal(log_sites(store_log(scene->at[x]), count_one, &count, &fault), RC_OK);
	return count;
}

/* A1 says that it ends, COUNT times: each site by the one before (CHAIN), or all by itself. */
static void says_to_end(struct scene *scene, unsigned count, unsigned from, bool chain)
{
	struct keys old = *store_keys(scene->at[A1]), next;

	for (unsigned done = 0; done < count; done += SUCCESSORS_MOST) {
		struct message question = liar_question(scene, A1);
		struct buf frame = {0};
		for (unsigned i = done; i < count && i < done + SUCCESSORS_MOST; i++) {
			char seed[24];
			uint8_t statement[SUCCESSOR_SIZE];
			snprintf(seed, sizeof seed, "many %u", from + i);
			keys_from_seed(&next, seed);
			successor_make(&old, &next, "M", statement);
			buf_put(&frame, statement, sizeof statement);
			if (chain)
				old = next;
		}
		liar_seal(scene, A1, &question, &frame);
		liar_brings(scene, TOWN_A, buf_bytes(&frame), NULL);
		buf_release(&frame);
	}
}

static void nobody_becomes_a_hundred(void **state)
{
	enum { MANY = 100, DAILY = 48 };

	for (unsigned chain = 0; chain < 2; chain++) {
		struct scene *scene = *state;
		unsigned before = sites(scene, TOWN_A);
		says_to_end(scene, MANY, 0, chain);
		assert_int_equal(sites(scene, TOWN_A), before + DAILY);
		/* Whoever really ended so often is followed further on the next day. */
		when_skip(86400);
		says_to_end(scene, MANY, chain ? 0 : MANY, chain);
		assert_int_equal(sites(scene, TOWN_A), before + 2 * DAILY);
		good(scene, scene_settles(scene, 1u << A1));
		case_again(scene);
	}
}

/* The township says otherwise of what the county holds of A1. */
static void nothing_is_said_again_for_a_contradiction(void **state)
{
	struct scene *scene = *state;
	struct message question = liar_question(scene, TOWN_A);
	struct crafted crafted;
	struct op op;
	struct arena arena = {0};
	struct fact fact;
	uint64_t last = log_last(store_log(scene->at[COUNTY]));

	craft_begin(&crafted, scene->at[TOWN_A]);
	assert_true(log_fact(store_log(scene->at[COUNTY]), scene->hazard[A1].site,
		scene->hazard[A1].seq, &arena, &fact));
	assert_true(op_take(fact.raw, &op));
	for (unsigned i = 0; i < 50; i++) {
		op.stamp++;
		craft_add(&crafted, &op, NULL);
	}
	liar_facts(&question, &crafted);
	assert_int_equal(liar_asks(scene, TOWN_A, &question), ANSWER_DONE);
	assert_true(log_last(store_log(scene->at[COUNTY])) == last);
	craft_end(&crafted);
	arena_release(&arena);
	good(scene, scene_settles(scene, 1u << TOWN_A));
}

/* Steps wait for their records: those of authors whom nobody knows are kept as few a day as all
 * that theirs is. */
static void steps_of_nobody_are_bounded(void **state)
{
	struct scene *scene = *state;
	uint64_t before = log_last(store_log(scene->at[TOWN_A])), after;

	for (unsigned round = 0; round < 10; round++) {
		struct message question = liar_question(scene, A1);
		struct crafted crafted;
		craft_begin(&crafted, scene->at[A1]);
		for (unsigned i = 0; i < CRAFTED_MOST; i++) {
			struct op op = craft_op(&crafted, KIND_hazard, ARG_TEXT, "x");
			op.site = UINT64_C(0x10000000000000) + round * 1000 + i;
			op.seq = 8 + LANE_LOOP;
			op.rec_site = UINT64_C(0x20000000000000) + i;
			op.rec_seq = 8 + LANE_LOOP;
			op.area = 0;
			op.step = hazard_do_urge;
			craft_add(&crafted, &op, NULL);
		}
		liar_facts(&question, &crafted);
		(void)!liar_asks(scene, A1, &question);
		craft_end(&crafted);
	}
	after = log_last(store_log(scene->at[TOWN_A]));
	assert_true(after - before <= 2000 + 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(nobody_becomes_a_hundred),
		CASE(nothing_is_said_again_for_a_contradiction),
		CASE(steps_of_nobody_are_bounded),
	};
	return RUN(tests);
}
