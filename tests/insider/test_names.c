/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a village said, nobody else says: neither the county at the township, nor a neighbour at the
 * county. What the village would notice otherwise: its own report is refused, because somebody else
 * has taken its number. Tests also: side.c
 */
#include "cases.h"

#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/enrol.h"
#include "sync/swap.h"
#include "sync/take/internal.h"

#include <stdio.h>

struct words {
	struct crafted crafted;
	struct scene *scene;
};

static void put_facts(struct message *answer, void *to)
{
	struct words *words = to;

	liar_facts(answer, &words->crafted);
}

/* A fact as A1 would write it under the number BEYOND its newest. */
static struct op as_a1(struct words *words, unsigned kind, unsigned tag, int beyond)
{
	struct store *victim = words->scene->at[A1];
	struct op op = craft_op(&words->crafted, kind, tag, "替村里写的");
	unsigned lane = op_lane(&op);
	int64_t n = (int64_t)log_author(store_log(victim), op.site, lane) + beyond;

	op.seq = op.rec_seq = (uint32_t)(n < 1 ? 1 : n) * 8 + lane;
	return op;
}

static void take_next(struct words *words)
{
	static const struct {
		unsigned kind, tag;
	} spoken[] = {{KIND_hazard, hazard_place}, {KIND_tip, tip_subject},
		{KIND_supply, supply_name}, {KIND_person, person_name}};

	for (unsigned i = 0; i < countof(spoken); i++)
		for (int beyond = 1; beyond < 4; beyond++) {
			struct op op = as_a1(words, spoken[i].kind, spoken[i].tag, beyond);
			craft_add(&words->crafted, &op, NULL);
		}
}

static void take_one_far_ahead(struct words *words)
{
	struct op op = as_a1(words, KIND_hazard, hazard_place, 5000);

	craft_add(&words->crafted, &op, NULL);
}

static void replace_what_is_held(struct words *words)
{
	struct op op = as_a1(words, KIND_hazard, hazard_place, -100);

	op.seq = op.rec_seq = words->scene->hazard[A1].seq;
	craft_add(&words->crafted, &op, NULL);
}

static void go_on_with_its_record(struct words *words)
{
	struct op op = as_a1(words, KIND_hazard, hazard_place, 1);

	op.rec_seq = words->scene->hazard[A1].seq;
	op.area = 0;
	op.step = hazard_do_urge;
	craft_add(&words->crafted, &op, NULL);
}

/* The liar's own signature is not the village's. */
static void sign_it(struct words *words)
{
	struct op op = as_a1(words, KIND_hazard, hazard_place, 1);

	craft_add(&words->crafted, &op, store_keys(words->scene->at[COUNTY]));
}

static void (*const deeds[])(struct words *words) = {
	take_next, take_one_far_ahead, replace_what_is_held, go_on_with_its_record, sign_it};

static void the_county_says_nothing_for_a_village(void **state)
{
	for (unsigned i = 0; i < countof(deeds); i++) {
		struct scene *scene = *state;
		struct words words = {.scene = scene};
		struct before before;
		craft_begin(&words.crafted, scene->at[A1]);
		deeds[i](&words);
		before_take(&before, scene);
		assert_int_equal(liar_answers(scene, TOWN_A, put_facts, &words), RC_OK);
		if (!liar_did_no_harm(scene, &before, COUNTY, NULL))
			fail_msg("deed %u: %s", i, scene->said);
		before_release(&before);
		craft_end(&words.crafted);
		good(scene, scene_settles(scene, 0));
		case_again(scene);
	}
}

static bool is_of_facts(const struct claim *claim, void *to)
{
	*(bool *)to |= claim->what == CLAIM_BELOW;
	return true;
}

/* What is in the county's own store it gives to its stations by itself, by line and by stick. */
static void fill_the_county(struct scene *scene)
{
	struct words words = {.scene = scene};
	struct fault fault;
	bool fresh;

	craft_begin(&words.crafted, scene->at[A1]);
	take_next(&words);
	for (size_t i = 0; i < words.crafted.count; i++)
		assert_int_equal(
			log_append(store_log(scene->at[COUNTY]), words.crafted.facts[i].raw,
				(struct bytes){0, 0}, 0, &fresh, &fault),
			RC_OK);
	craft_end(&words.crafted);
}

static void nor_by_stick_nor_unseen(void **state)
{
	struct scene *scene = *state;

	for (unsigned stick = 0; stick < 2; stick++) {
		struct site town = scene_known(scene, TOWN_A, COUNTY);
		struct buf file = {0};
		struct carry_count count;
		struct before before;
		struct fault fault;
		bool noted = false;
		uint64_t from;
		fill_the_county(scene);
		before_take(&before, scene);
		if (stick) {
			assert_int_equal(
				carry_pack(scene->at[COUNTY], &town, &file, &count, &fault), RC_OK);
			assert_int_equal(carry_take(scene->at[TOWN_A], buf_bytes(&file), &from,
						 &count, &fault),
				RC_OK);
		} else {
			good(scene, scene_sync(scene, TOWN_A));
		}
		good(scene, liar_did_no_harm(scene, &before, COUNTY, NULL));
		assert_int_equal(
			claims_each(scene->at[TOWN_A], 0, is_of_facts, &noted, &fault), RC_OK);
		assert_true(noted);
		before_release(&before);
		buf_release(&file);
		/* The county has only itself to blame for what it does not hear any more. */
		good(scene, scene_settles(scene, 1u << COUNTY));
		case_again(scene);
	}
}

/* The fact SEQ of A1 at X and Y. */
static bool is_same(struct scene *scene, enum spot x, enum spot y, uint32_t seq)
{
	uint64_t site = scene_site(scene, A1);
	struct arena arena = {0};
	struct fact at_x, at_y;
	bool is = log_fact(store_log(scene->at[x]), site, seq, &arena, &at_x) &&
		  log_fact(store_log(scene->at[y]), site, seq, &arena, &at_y) &&
		  bytes_equal(at_x.raw, at_y.raw);

	arena_release(&arena);
	return is;
}

static bool is_forged(const struct fact *fact, void *to)
{
	struct op op;
	struct value value;
	unsigned tag;

	if (op_take(fact->raw, &op))
		for (struct bytes in = op.body; in.len && take_field(&in, &tag, &value);)
			*(bool *)to |= bytes_equal(value.text, bytes_text("从未写过"));
	return true;
}

/* Under a number of A1's OLD site. */
static void say_of_old(struct scene *scene, uint64_t old, const char *what)
{
	struct words words = {.scene = scene};
	struct op op;

	craft_begin(&words.crafted, scene->at[TOWN_A]);
	op = craft_op(&words.crafted, KIND_hazard, hazard_place, what);
	op.site = op.rec_site = old;
	op.seq = op.rec_seq = 900 * 8 + LANE_LOOP;
	op.area = places[A1].area;
	craft_add(&words.crafted, &op, NULL);
	(void)!liar_answers(scene, A1, put_facts, &words);
	craft_end(&words.crafted);
}

static bool writes_it(struct scene *scene)
{
	const struct author_held all = {
		scene_site(scene, A1), {UINT32_MAX >> 3, UINT32_MAX >> 3, UINT32_MAX >> 3,
					       UINT32_MAX >> 3, UINT32_MAX >> 3}};
	struct fault fault;
	bool forged = false;

	assert_int_equal(
		log_recent(store_log(scene->at[A1]), &all, SIZE_MAX, is_forged, &forged, &fault),
		RC_OK);
	return forged;
}

/* A station that was put back once goes on under another site. Its hub says two different things
 * under a number of the old one: neither becomes what the new one says, by its own hand. Nor when
 * the hub ends in between, so that what it said is in doubt. */
static void nobody_makes_a_station_write(void **state)
{
	for (unsigned ends = 0; ends < 2; ends++) {
		struct scene *scene = *state;
		uint64_t old = scene_site(scene, A1);
		struct fault fault;
		assert_int_equal(store_site_end(scene->at[A1], NULL, &fault), RC_OK);
		for (unsigned i = 0; i < 2; i++)
			good(scene, scene_sync(scene, A1));
		say_of_old(scene, old, "从未写过");
		if (ends) {
			assert_int_equal(store_site_end(scene->at[TOWN_A], NULL, &fault), RC_OK);
			good(scene, scene_sync(scene, TOWN_A));
			for (unsigned i = 0; i < 3; i++)
				good(scene, scene_sync(scene, A1));
		}
		say_of_old(scene, old, "另一条");
		assert_false(writes_it(scene));
		say_of_old(scene, old, "再一条");
		assert_false(writes_it(scene));
		case_again(scene);
	}
}

/* A store of before: what came from above in the village's name gives way to the village. */
static void what_was_taken_before_gives_way(void **state)
{
	struct scene *scene = *state;
	struct words words = {.scene = scene};
	struct fault fault;
	bool fresh;

	craft_begin(&words.crafted, scene->at[A1]);
	take_next(&words);
	for (size_t i = 0; i < words.crafted.count; i++)
		assert_int_equal(log_append(store_log(scene->at[TOWN_A]),
					 words.crafted.facts[i].raw, (struct bytes){0, 0},
					 via_of(scene_site(scene, COUNTY)), &fresh, &fault),
			RC_OK);
	craft_end(&words.crafted);
	for (unsigned i = 0; i < 3; i++) /* so many numbers were taken */
		world_hazard(scene->at[A1], 0, "村里写的");
	good(scene, scene_settles(scene, 0));
	for (uint32_t n = log_author(store_log(scene->at[A1]), scene_site(scene, A1), LANE_LOOP); n;
		n--)
		assert_true(is_same(scene, A1, TOWN_A, n * 8 + LANE_LOOP));
}

/* A second station of the same village, and one of the same area that joined the county itself. */
static void nobody_beside_says_it_either(void **state)
{
	static const enum spot hubs[] = {TOWN_A, COUNTY};

	for (unsigned i = 0; i < 2; i++) {
		struct scene *scene = *state;
		struct store *twin = world_station("twin", places[A1].area);
		struct words words = {.scene = scene};
		struct store *hub = scene->at[hubs[i]];
		struct message question = {.type = MESSAGE_ASK, .full = true, .number = 100};
		struct buf frame = {0};
		struct peer peer;
		struct fault fault;
		uint32_t before[LANES];
		world_join(twin, hub, "twin", places[A1].area);
		for (unsigned lane = 0; lane < LANES; lane++)
			before[lane] = log_author(store_log(hub), scene_site(scene, A1), lane);
		craft_begin(&words.crafted, scene->at[A1]);
		take_next(&words);
		liar_facts(&question, &words.crafted);
		assert_int_equal(peer_load(twin, &peer, &fault), RC_OK);
		assert_int_equal(
			frame_close(twin, &peer.site, &question, CLOSE_PLAIN, &frame, &fault),
			RC_OK);
		liar_brings(scene, hubs[i], buf_bytes(&frame), NULL);
		for (unsigned lane = 0; lane < LANES; lane++)
			assert_int_equal(log_author(store_log(hub), scene_site(scene, A1), lane),
				before[lane]);
		good(scene, scene_settles(scene, 0));
		buf_release(&frame);
		craft_end(&words.crafted);
		world_end(twin);
		case_again(scene);
	}
}

/* A township at the county, for a village of its area that is not below it. */
static void a_township_says_nothing_for_whom_it_did_not_let_in(void **state)
{
	struct scene *scene = *state;
	struct store *direct = world_station("direct", places[A1].area + 7);
	struct message question = liar_question(scene, TOWN_A);
	struct crafted crafted;
	struct before before;
	struct op op;

	world_join(direct, scene->at[COUNTY], "direct", places[A1].area + 7);
	craft_begin(&crafted, direct);
	op = craft_op(&crafted, KIND_hazard, hazard_place, "替它写的");
	craft_add(&crafted, &op, NULL);
	before_take(&before, scene);
	liar_facts(&question, &crafted);
	assert_int_equal(liar_asks(scene, TOWN_A, &question), ANSWER_DONE);
	good(scene, liar_did_no_harm(scene, &before, TOWN_A, NULL));
	assert_int_equal(log_author(store_log(scene->at[COUNTY]), op.site, op_lane(&op)), 0);
	before_release(&before);
	craft_end(&crafted);
	world_end(direct);
}

/* A village that is gone cannot say it any more: then the county may, to a township that lost it.
 */
static void who_is_gone_is_told_from_above(void **state)
{
	struct scene *scene = *state;
	struct store *town = scene->at[TOWN_A];
	uint64_t gone = scene_site(scene, A1);
	uint32_t before = log_author(store_log(town), gone, LANE_LOOP);
	struct peer peer;
	struct fault fault;
	bool noted = false;

	fill_the_county(scene);
	assert_int_equal(peer_load(town, &peer, &fault), RC_OK);
	peer.load.loaded = 0; /* as after it was put back */
	assert_int_equal(peer_save(town, &peer, &fault), RC_OK);
	good(scene, scene_sync(scene, TOWN_A));
	assert_int_equal(log_author(store_log(town), gone, LANE_LOOP), before);
	assert_int_equal(claims_each(town, 0, is_of_facts, &noted, &fault), RC_OK);
	assert_false(noted);
	assert_int_equal(enrol_revoke(town, gone, "烧毁", &fault), RC_OK);
	good(scene, scene_sync(scene, TOWN_A));
	assert_int_equal(log_author(store_log(town), gone, LANE_LOOP), before + 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(the_county_says_nothing_for_a_village),
		CASE(nor_by_stick_nor_unseen),
		CASE(nobody_makes_a_station_write),
		CASE(what_was_taken_before_gives_way),
		CASE(nobody_beside_says_it_either),
		CASE(a_township_says_nothing_for_whom_it_did_not_let_in),
		CASE(who_is_gone_is_told_from_above),
	};
	return RUN(tests);
}
