/* SPDX-License-Identifier: GPL-3.0-or-later
 * The ladder by proof only: a township cannot make a village believe that the county has what it
 * never got. What the writer of a report would notice otherwise: it says 县, and nobody at the
 * county has heard of it.
 */
#include "cases.h"

#include "base/when.h"
#include "store/identity.h"
#include "store/station.h"
#include "sync/wire.h"

#include <stdio.h>

static bool reached(struct scene *scene, enum spot x, struct ref ref, enum level level)
{
	bool held[LEVELS];
	struct fault fault;

	assert_int_equal(store_reached(scene->at[x], ref, places[x].area, held, &fault), RC_OK);
	return held[level];
}

static enum level level_of(struct scene *scene, enum spot x)
{
	return store_station(scene->at[x])->level;
}

struct wrong_claim {
	struct scene *scene;
	struct mark marks[LANES];
	uint64_t holder, store, mac;
	enum spot victim;
};

static void all_is_held(struct message *answer, void *to)
{
	struct wrong_claim *claim = to;
	uint64_t own = scene_site(claim->scene, claim->victim);

	for (unsigned lane = 0; lane < LANES; lane++)
		claim->marks[lane] = (struct mark){.holder = claim->holder,
			.site = own,
			.lane = lane,
			.store = claim->store,
			.upto = log_author(store_log(claim->scene->at[claim->victim]), own, lane),
			.mac = claim->mac};
	answer->marks = claim->marks;
	answer->mark_count = LANES;
}

/* Of the county, of a city that nobody has, of the village itself, of a neighbour. */
static void a_township_cannot_speak_for_the_county(void **state)
{
	static const uint64_t macs[] = {0, 1, UINT64_C(0x123456789abcdef), UINT64_MAX};

	for (unsigned i = 0; i < 4 * countof(macs); i++) {
		struct scene *scene = *state;
		static const enum spot holders[] = {COUNTY, A1, A2, TOWN_B};
		struct wrong_claim claim = {.scene = scene,
			.victim = A1,
			.holder = scene_site(scene, holders[i % 4]),
			.store = log_number(store_log(scene->at[holders[i % 4]])),
			.mac = macs[i / 4]};
		struct ref ref = world_hazard(scene->at[A1], 0, "没人收到");
		struct before before;
		before_take(&before, scene);
		assert_int_equal(liar_answers(scene, A1, all_is_held, &claim), RC_OK);
		good(scene, liar_did_no_harm(scene, &before, TOWN_A, NULL));
		before_release(&before);
		assert_false(reached(scene, A1, ref, level_of(scene, COUNTY)));
		claim.store += 1000; /* of a newer store */
		(void)!liar_answers(scene, A1, all_is_held, &claim);
		assert_false(reached(scene, A1, ref, level_of(scene, COUNTY)));
		good(scene, scene_settles(scene, 0));
		assert_true(reached(scene, A1, ref, level_of(scene, COUNTY)));
		case_again(scene);
	}
}

/* The proofs that the county really made, for other numbers, for the neighbour, of another day. */
struct recorded {
	struct mark marks[64];
	size_t count;
};

static bool keep_mark(const struct mark *mark, void *to)
{
	struct recorded *recorded = to;

	if (mark->mac && recorded->count < countof(recorded->marks))
		recorded->marks[recorded->count++] = *mark;
	return true;
}

struct replay {
	const struct recorded *recorded;
	struct mark marks[64];
	uint64_t author;
	uint32_t more;
};

static void old_proofs(struct message *answer, void *to)
{
	struct replay *replay = to;

	memcpy(replay->marks, replay->recorded->marks, sizeof replay->marks);
	for (size_t i = 0; i < replay->recorded->count; i++) {
		replay->marks[i].site = replay->author;
		replay->marks[i].upto += replay->more;
	}
	answer->marks = replay->marks;
	answer->mark_count = replay->recorded->count;
}

static void nor_with_proofs_of_something_else(void **state)
{
	struct scene *scene = *state;
	struct recorded recorded = {.count = 0};
	struct fault fault;

	assert_int_equal(
		log_marks_said(store_log(scene->at[TOWN_A]), keep_mark, &recorded, &fault), RC_OK);
	assert_true(recorded.count > 0);
	struct ref ref = world_hazard(scene->at[A1], 0, "没人收到");
	for (uint32_t more = 0; more < 3; more++) {
		struct replay replay = {&recorded, {{0}}, scene_site(scene, A1), more};
		struct before before;
		before_take(&before, scene);
		(void)!liar_answers(scene, A1, old_proofs, &replay);
		/* A proof that is repeated as it was proves what it did: nothing new. */
		good(scene, liar_did_no_harm(scene, &before, TOWN_A, NULL));
		before_release(&before);
		assert_false(reached(scene, A1, ref, level_of(scene, COUNTY)));
	}
	good(scene, scene_settles(scene, 0));
}

/* A hub says of itself what it likes: the level that is its own, and no more than was written. */
static void a_hub_speaks_for_itself_alone(void **state)
{
	struct scene *scene = *state;
	struct wrong_claim claim = {.scene = scene,
		.victim = A1,
		.holder = scene_site(scene, TOWN_A),
		.store = log_number(store_log(scene->at[TOWN_A]))};
	struct ref ref = world_hazard(scene->at[A1], 0, "没人收到");

	assert_int_equal(liar_answers(scene, A1, all_is_held, &claim), RC_OK);
	assert_true(reached(scene, A1, ref, level_of(scene, TOWN_A)));
	assert_false(reached(scene, A1, ref, level_of(scene, COUNTY)));
}

/* What stands between says that the county has less than it has, or another store: at worst the
 * ladder shows less until it is told again. */
static void less_may_be_said_and_mends_itself(void **state)
{
	struct scene *scene = *state;
	struct wrong_claim claim = {.scene = scene,
		.victim = A1,
		.holder = scene_site(scene, COUNTY),
		.store = UINT64_MAX};
	struct ref ref = world_hazard(scene->at[A1], 0, "收到");

	good(scene, scene_settles(scene, 0));
	assert_true(reached(scene, A1, ref, level_of(scene, COUNTY)));
	(void)!liar_answers(scene, A1, all_is_held, &claim);
	good(scene, scene_settles(scene, 0));
	assert_true(reached(scene, A1, ref, level_of(scene, COUNTY)));
}

static void a_new_store(struct message *answer, void *to)
{
	struct wrong_claim *claim = to;

	claim->marks[0] = (struct mark){
		.holder = claim->holder, .site = claim->holder, .store = claim->store};
	answer->marks = claim->marks;
	answer->mark_count = 1;
}

/* The word that a store is new needs no proof. It must not shut out what the real one says for
 * good. */
static void a_store_of_the_far_future_shuts_nobody_out(void **state)
{
	static const uint64_t stores[] = {
		INT64_MAX, UINT64_MAX, UINT64_C(1) << 33, SCENE_NOW + 86400};

	for (unsigned i = 0; i < countof(stores); i++) {
		struct scene *scene = *state;
		struct wrong_claim claim = {.scene = scene,
			.victim = A1,
			.holder = scene_site(scene, COUNTY),
			.store = stores[i]};
		struct ref ref = world_hazard(scene->at[A1], 0, "收到");
		(void)!liar_answers(scene, A1, a_new_store, &claim);
		good(scene, scene_settles(scene, 0));
		assert_true(reached(scene, A1, ref, level_of(scene, COUNTY)));
		case_again(scene);
	}
}

/* What was proven before a station went on under another site stays proven. */
static void an_end_unsays_nothing(void **state)
{
	struct scene *scene = *state;
	struct ref ref = world_hazard(scene->at[A1], 0, "换站号前");
	struct fault fault;

	good(scene, scene_settles(scene, 0));
	assert_true(reached(scene, A1, ref, level_of(scene, COUNTY)));
	assert_int_equal(store_site_end(scene->at[A1], NULL, &fault), RC_OK);
	good(scene, scene_settles(scene, 0));
	assert_true(reached(scene, A1, ref, level_of(scene, COUNTY)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_township_cannot_speak_for_the_county),
		CASE(nor_with_proofs_of_something_else),
		CASE(a_hub_speaks_for_itself_alone),
		CASE(less_may_be_said_and_mends_itself),
		CASE(an_end_unsays_nothing),
		CASE(a_store_of_the_far_future_shuts_nobody_out),
	};
	return RUN(tests);
}
