/* SPDX-License-Identifier: GPL-3.0-or-later
 * What stations below give back: only for a site that has ended, and only what they can have had.
 * The duty officer would otherwise find, among what waits for a decision, what nobody ever wrote,
 * and the county what a village made up for it. Tests also: sync_returned.c
 */
#include "cases.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/wire.h"
#include "sync/wire/internal.h"

#include <stdio.h>

struct gift {
	struct crafted crafted;
	struct buf all;
};

static void gift_begin(struct gift *gift, struct store *as)
{
	*gift = (struct gift){0};
	craft_begin(&gift->crafted, as);
}

/* A record of KIND by SITE under the number N, of AREA. */
static void gift_add(
	struct gift *gift, uint64_t site, unsigned kind, uint32_t n, uint64_t area, int64_t at)
{
	struct op op = craft_op(
		&gift->crafted, kind, kind == KIND_tip ? tip_subject : hazard_place, "退回的");
	struct buf raw = {0};

	op.site = op.rec_site = site;
	op.seq = op.rec_seq = n * 8 + op_lane(&op);
	op.area = area;
	op.stamp = (uint64_t)at << 16;
	op_put(&raw, &op);
	put_varint(&gift->all, raw.len);
	buf_put(&gift->all, raw.at, raw.len);
	put_varint(&gift->all, 0);
	buf_release(&raw);
}

/* X gives it to the one above. */
static void gift_give(struct gift *gift, struct scene *scene, enum spot x)
{
	struct message question = liar_question(scene, x);

	craft_extra(&gift->crafted, &question, EXTRA_ORPHANS, buf_bytes(&gift->all));
	assert_int_equal(liar_asks(scene, x, &question), ANSWER_DONE);
	craft_end(&gift->crafted);
	buf_release(&gift->all);
}

static void ends(struct scene *scene, enum spot x)
{
	struct fault fault;

	assert_int_equal(store_site_end(scene->at[x], NULL, &fault), RC_OK);
	when_skip(7200);
	for (unsigned i = 0; i < 2; i++) {
		good(scene, scene_sync(scene, TOWN_A));
		good(scene, scene_sync(scene, A1));
		good(scene, scene_sync(scene, A2));
	}
}

static void nothing_comes_back_for_who_is_there(void **state)
{
	struct scene *scene = *state;
	struct before before;
	struct gift gift;

	gift_begin(&gift, scene->at[A1]);
	for (enum spot x = 0; x < PLACES; x++)
		gift_add(&gift, scene_site(scene, x), KIND_hazard, 500, places[A1].area, SCENE_NOW);
	gift_add(&gift, 12345, KIND_hazard, 500, places[A1].area, SCENE_NOW);
	before_take(&before, scene);
	gift_give(&gift, scene, A1);
	good(scene, liar_did_no_harm(scene, &before, A1, NULL));
	before_release(&before);
	assert_int_equal(returned_count(scene->at[TOWN_A]), 0);
	assert_false(log_orphans_left(store_log(scene->at[TOWN_A])));
	good(scene, scene_settles(scene, 1u << A1));
}

static void nothing_comes_back_that_was_never_there(void **state)
{
	struct scene *scene = *state;
	uint64_t old = scene_site(scene, TOWN_A);
	struct gift gift;

	ends(scene, TOWN_A);
	gift_begin(&gift, scene->at[A1]);
	gift_add(&gift, old, KIND_hazard, 500, places[A2].area, SCENE_NOW); /* A2's to read */
	gift_add(&gift, old, KIND_hazard, 501, places[TOWN_B].area, SCENE_NOW);
	gift_add(&gift, old, KIND_tip, 502, places[TOWN_A].area, SCENE_NOW); /* never goes down */
	gift_give(&gift, scene, A1);
	assert_int_equal(returned_count(scene->at[TOWN_A]), 0);
	gift_begin(&gift, scene->at[A1]);
	gift_add(&gift, old, KIND_hazard, 503, places[A1].area, SCENE_NOW);
	/* Its clock was wrong, perhaps: a person decides. */
	gift_add(&gift, old, KIND_hazard, 504, places[A1].area, when_now() + 3 * 86400);
	gift_give(&gift, scene, A1);
	assert_int_equal(returned_count(scene->at[TOWN_A]), 2);
}

static bool add_up(const struct claim *claim, void *to)
{
	*(uint64_t *)to += claim->what == CLAIM_RETURNED ? claim->count : 0;
	return true;
}

static uint64_t too_many(struct scene *scene)
{
	struct fault fault;
	uint64_t count = 0;

	assert_int_equal(claims_each(scene->at[TOWN_A], 0, add_up, &count, &fault), RC_OK);
	return count;
}

/* Of the county's site that has ended: passed on, so much of one sender a day. */
static void nobody_fills_the_way_up(void **state)
{
	enum { BATCH = 250, BATCHES = 5 };
	struct scene *scene = *state;
	uint64_t old = scene_site(scene, COUNTY);
	struct gift gift;

	ends(scene, COUNTY);
	gift_begin(&gift, scene->at[A1]);
	gift_add(&gift, old, KIND_hazard, 400, places[A2].area, SCENE_NOW);
	gift_add(&gift, old, KIND_tip, 401, places[COUNTY].area, SCENE_NOW);
	gift_give(&gift, scene, A1);
	assert_false(log_orphans_left(store_log(scene->at[TOWN_A])));
	for (uint32_t i = 0; i < BATCHES; i++) {
		gift_begin(&gift, scene->at[A1]);
		for (uint32_t n = 0; n < BATCH; n++)
			gift_add(&gift, old, KIND_hazard, 500 + i * BATCH + n, places[A1].area,
				SCENE_NOW);
		gift_give(&gift, scene, A1);
	}
	assert_int_equal(too_many(scene), 2 + BATCH * BATCHES - 1000);
	gift_begin(&gift, scene->at[A2]);
	gift_add(&gift, old, KIND_hazard, 400, places[A2].area, SCENE_NOW);
	gift_give(&gift, scene, A2);
	assert_int_equal(too_many(scene), 2 + BATCH * BATCHES - 1000);
	/* All of it goes up, and waits there for a person. */
	for (unsigned i = 0; i < 12; i++)
		good(scene, scene_sync(scene, TOWN_A));
	assert_int_equal(returned_count(scene->at[COUNTY]), 1001);
	good(scene, scene_settles(scene, 1u << A1 | 1u << A2));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(nothing_comes_back_for_who_is_there),
		CASE(nothing_comes_back_that_was_never_there),
		CASE(nobody_fills_the_way_up),
	};
	return RUN(tests);
}
