/* SPDX-License-Identifier: GPL-3.0-or-later
 * A site ends only on proof that it itself made. What an enrolled station says of another's past,
 * without proof, ends nothing and renumbers nothing: the duty officer sees the same station code
 * the next morning, every record under its number, and who claimed it.
 */
#include "cases.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/swap/internal.h"
#include "sync/take/internal.h"

#include <stdio.h>

/* ---- from below */

static void heard_too_much(struct message *message, uint64_t number)
{
	message->store = number;
	message->heard = message->number + 1000;
}

static void store_of_tomorrow(struct message *message, uint64_t number)
{
	message->store = number + 1;
}

static void store_without_end(struct message *message, uint64_t number)
{
	(void)number;
	message->store = UINT64_MAX;
	message->heard = UINT64_MAX;
}

static void got_too_much(struct message *message, uint64_t number)
{
	message->store = number;
	for (unsigned lane = 0; lane < LANES; lane++)
		message->got[lane] = UINT64_C(1) << 40;
}

static void sent_too_much(struct message *message, uint64_t number)
{
	message->store = number;
	message->sent_mask = EVERY_LANE;
	for (unsigned lane = 0; lane < LANES; lane++)
		message->before[lane] = message->sent[lane] = UINT64_MAX;
}

static void store_of_yesterday(struct message *message, uint64_t number)
{
	message->store = number - 1;
	message->heard = UINT64_MAX;
}

static void (*const claims[])(struct message *message, uint64_t number) = {heard_too_much,
	store_of_tomorrow, store_without_end, got_too_much, sent_too_much, store_of_yesterday};

static void nobody_below_ends_a_hub(void **state)
{
	static const enum spot liars[] = {A1, TOWN_A};

	for (unsigned i = 0; i < countof(liars) * countof(claims); i++) {
		struct scene *scene = *state;
		enum spot liar = liars[i / countof(claims)], hub = (enum spot)places[liar].up;
		struct message question = liar_question(scene, liar);
		struct before before;
		before_take(&before, scene);
		claims[i % countof(claims)](&question, log_number(store_log(scene->at[hub])));
		assert_int_equal(liar_asks(scene, liar, &question), ANSWER_DONE);
		/* The site would end with the hub's next fact. */
		world_hazard(scene->at[hub], 0, "之后");
		if (!liar_did_no_harm(scene, &before, liar,
			    (const char *const[]){
				    "fact:", "author:", "row_hazard", "file:written", NULL}))
			fail_msg("claim %u by %s: %s", (unsigned)(i % countof(claims)),
				places[liar].name, scene->said);
		/* A site that has to end does so with the next fact. */
		world_hazard(scene->at[hub], 0, "之后");
		good(scene, liar_did_no_harm(scene, &before, liar, liar_synced));
		before_release(&before);
		case_again(scene);
	}
}

/* Whoever claims it is told everything anew: so a station that was put back itself goes on. */
static void who_claims_is_told_everything(void **state)
{
	struct scene *scene = *state;
	struct message question = liar_question(scene, A1), said;
	struct buf frame = {0}, answer = {0};
	struct arena arena = {0};
	struct peer peer;
	struct fault fault;

	heard_too_much(&question, log_number(store_log(scene->at[TOWN_A])));
	liar_seal(scene, A1, &question, &frame);
	liar_brings(scene, TOWN_A, buf_bytes(&frame), &answer);
	assert_int_equal(peer_load(scene->at[A1], &peer, &fault), RC_OK);
	assert_int_equal(
		frame_open(scene->at[A1], &peer.site, buf_bytes(&answer), &arena, &said, &fault),
		RC_OK);
	assert_true(said.full);
	assert_true(!said.store || said.store == log_number(store_log(scene->at[TOWN_A])));
	assert_true(said.fact_count > 0);
	arena_release(&arena);
	buf_release(&frame);
	buf_release(&answer);
	good(scene, scene_settles(scene, 1u << A1));
}

static void a_thousand_claims_end_nothing(void **state)
{
	struct scene *scene = *state;
	uint64_t site = scene_site(scene, TOWN_A);

	for (unsigned i = 0; i < 200; i++) {
		struct message question = liar_question(scene, A1);
		claims[i % countof(claims)](&question, log_number(store_log(scene->at[TOWN_A])));
		(void)!liar_asks(scene, A1, &question);
		when_skip(60);
	}
	world_hazard(scene->at[TOWN_A], 0, "之后");
	assert_true(scene_site(scene, TOWN_A) == site);
	good(scene, scene_settles(scene, 1u << A1));
}

/* ---- from above */

struct lie {
	struct scene *scene;
	struct crafted crafted;
	struct mark marks[LANES];
	enum spot victim;
};

static void other_facts(struct message *answer, void *to)
{
	(void)to;
	answer->status = ANSWER_OTHER;
}

static void more_than_it_wrote(struct message *answer, void *to)
{
	struct lie *lie = to;
	uint64_t own = scene_site(lie->scene, lie->victim);
	struct store *hub = lie->scene->at[places[lie->victim].up];

	for (unsigned lane = 0; lane < LANES; lane++)
		lie->marks[lane] = (struct mark){.holder = store_station(hub)->site,
			.site = own,
			.lane = lane,
			.store = log_number(store_log(hub)),
			.upto = log_author(store_log(lie->scene->at[lie->victim]), own, lane) +
				1000};
	answer->marks = lie->marks;
	answer->mark_count = LANES;
}

static void as_much_with_another_check(struct message *answer, void *to)
{
	struct lie *lie = to;

	more_than_it_wrote(answer, to);
	for (unsigned lane = 0; lane < LANES; lane++)
		lie->marks[lane].upto -= 1000;
	craft_extra(&lie->crafted, answer, 3, bytes_of("none", 4));
}

static void more_when_it_asks_for_all(struct message *answer, void *to)
{
	more_than_it_wrote(answer, to);
	answer->status = ANSWER_FULL;
}

/* A fact of the victim's own, under the number BEYOND its newest; -1: under its newest. */
static void own_fact(struct message *answer, struct lie *lie, int beyond, bool sign)
{
	struct store *victim = lie->scene->at[lie->victim];
	const struct store *hub = lie->scene->at[places[lie->victim].up];
	uint64_t own = store_station(victim)->site;
	struct op op;

	craft_begin(&lie->crafted, victim);
	op = craft_op(&lie->crafted, KIND_hazard, hazard_place, "你写过的");
	op.seq = op.rec_seq =
		(log_author(store_log(victim), own, LANE_LOOP) + (uint32_t)beyond) * 8 + LANE_LOOP;
	if (!op.seq || beyond < 0)
		op.seq = op.rec_seq = log_author(store_log(victim), own, LANE_LOOP) * 8 + LANE_LOOP;
	craft_add(&lie->crafted, &op, sign ? store_keys(hub) : NULL);
	liar_facts(answer, &lie->crafted);
}

static void a_fact_that_it_never_wrote(struct message *answer, void *to)
{
	own_fact(answer, to, 1, false);
}

static void the_same_with_the_hubs_signature(struct message *answer, void *to)
{
	own_fact(answer, to, 1, true);
}

static void another_fact_under_its_number(struct message *answer, void *to)
{
	own_fact(answer, to, -1, false);
}

static void a_fact_far_ahead(struct message *answer, void *to)
{
	own_fact(answer, to, 100000, false);
}

static void marks_without_end(struct message *answer, void *to)
{
	struct lie *lie = to;

	more_than_it_wrote(answer, to);
	for (unsigned lane = 0; lane < LANES; lane++) {
		lie->marks[lane].upto = UINT32_MAX;
		lie->marks[lane].store = UINT64_MAX;
	}
}

static void another_store_that_heard_more(struct message *answer, void *to)
{
	(void)to;
	answer->full = true;
	answer->store = UINT64_C(1) << 40;
	answer->heard = answer->number + 100000;
}

static answer_fn *const lies[] = {other_facts, more_than_it_wrote, as_much_with_another_check,
	more_when_it_asks_for_all, a_fact_that_it_never_wrote, the_same_with_the_hubs_signature,
	another_fact_under_its_number, a_fact_far_ahead, marks_without_end,
	another_store_that_heard_more};

static void nobody_above_ends_a_station(void **state)
{
	static const enum spot victims[] = {A1, TOWN_A};

	for (unsigned i = 0; i < countof(victims) * countof(lies); i++) {
		struct scene *scene = *state;
		struct lie lie = {.scene = scene, .victim = victims[i / countof(lies)]};
		enum spot liar = (enum spot)places[lie.victim].up;
		struct before before;
		before_take(&before, scene);
		(void)!liar_answers(scene, lie.victim, lies[i % countof(lies)], &lie);
		world_hazard(scene->at[lie.victim], 0, "之后");
		if (!liar_did_no_harm(scene, &before, liar,
			    (const char *const[]){
				    "fact:", "author:", "row_hazard", "file:written", NULL}))
			fail_msg("lie %u to %s: %s", (unsigned)(i % countof(lies)),
				places[lie.victim].name, scene->said);
		world_hazard(scene->at[lie.victim], 0, "之后");
		good(scene, liar_did_no_harm(scene, &before, liar, liar_synced));
		before_release(&before);
		craft_end(&lie.crafted);
		good(scene, scene_settles(scene, 0));
		case_again(scene);
	}
}

/* ---- real ones */

struct kept_one {
	char path[120];
};

/* The folder of X as it is now, and back. */
static void keep(struct scene *scene, enum spot x, struct kept_one *kept)
{
	struct fault fault;

	snprintf(kept->path, sizeof kept->path, "%s/kept.db", scene->home[x]);
	remove(kept->path);
	assert_int_equal(store_backup(scene->at[x], kept->path, &fault), RC_OK);
}

static void put_back(struct scene *scene, enum spot x, const struct kept_one *kept)
{
	static const char *const files[] = {
		"station.db", "station.db-wal", "station.db-shm", "keys/written"};
	char path[200];
	struct fault fault;

	store_close(scene->at[x]);
	for (unsigned i = 0; i < countof(files); i++) {
		snprintf(path, sizeof path, "%s/%s", scene->home[x], files[i]);
		remove(path);
	}
	snprintf(path, sizeof path, "%s/station.db", scene->home[x]);
	assert_int_equal(rename(kept->path, path), 0);
	assert_int_equal(store_open(&scene->at[x], scene->home[x], STORE_FAST, &fault), RC_OK);
}

/* A village's folder is put back unseen, and it writes on: the others show it, and it goes on under
 * another site, with everything. */
static void a_real_one_ends_and_nothing_is_lost(void **state)
{
	struct scene *scene = *state;
	uint64_t site = scene_site(scene, A1);
	unsigned before = world_count(scene->at[A1], KIND_hazard);
	struct kept_one kept;

	keep(scene, A1, &kept);
	world_hazard(scene->at[A1], 0, "丢失的");
	good(scene, scene_sync(scene, A1));
	put_back(scene, A1, &kept);
	world_hazard(scene->at[A1], 0, "换回后");
	for (unsigned i = 0; i < 3; i++)
		good(scene, scene_sync(scene, A1));
	good(scene, scene_settles(scene, 0));
	assert_true(scene_site(scene, A1) != site);
	/* The two here, and what A1, its township and the county wrote when all settled. */
	assert_int_equal(world_count(scene->at[A1], KIND_hazard), before + 2 + 3);
	assert_true(world_digest(scene->at[A1], places[A1].area) ==
		    world_digest(scene->at[TOWN_A], places[A1].area));
}

/* Twice within the hour: the second waits until it is over. */
static void it_ends_at_most_once_an_hour(void **state)
{
	struct scene *scene = *state;
	uint64_t sites[3];
	struct kept_one kept;

	for (unsigned i = 0; i < 2; i++) {
		keep(scene, A1, &kept);
		world_hazard(scene->at[A1], 0, "丢失的");
		good(scene, scene_sync(scene, A1));
		put_back(scene, A1, &kept);
		world_hazard(scene->at[A1], 0, "换回后");
		for (unsigned k = 0; k < 3; k++)
			(void)!scene_sync(scene, A1);
		world_hazard(scene->at[A1], 0, "再写");
		sites[i] = scene_site(scene, A1);
		when_skip(600);
	}
	assert_true(sites[0] == sites[1]);
	when_skip(3600);
	for (unsigned k = 0; k < 3; k++)
		good(scene, scene_sync(scene, A1));
	good(scene, scene_settles(scene, 0));
}

/* A hub that ended more often than statements go with an answer: a station that slept meanwhile
 * follows, or is told to join again. */
static void many_ends_keep_nobody_out(void **state)
{
	struct scene *scene = *state;
	struct fault fault;

	for (unsigned i = 0; i < 40; i++) {
		assert_int_equal(store_site_end(scene->at[TOWN_A], NULL, &fault), RC_OK);
		when_skip(7200);
	}
	good(scene, scene_sync(scene, TOWN_A));
	if (!scene_sync(scene, A1))
		assert_non_null(strstr(scene->said, "join"));
	else
		good(scene, scene_settles(scene, 0));
}

/* Statements that a lying hub or village puts in front: by keys of its own for sites that are not
 * its own. */
static void statements_for_others_are_nothing(void **state)
{
	struct scene *scene = *state;
	static const enum spot victims[] = {COUNTY, TOWN_A, A2, TOWN_B, B1};

	for (unsigned i = 0; i < countof(victims); i++) {
		struct message question = liar_question(scene, A1);
		struct buf frame = {0};
		struct keys next;
		struct before before;
		uint8_t statement[SUCCESSOR_SIZE];
		uint64_t victim = scene_site(scene, victims[i]);
		before_take(&before, scene);
		keys_from_seed(&next, "successor");
		successor_make(store_keys(scene->at[A1]), &next, "X", statement);
		for (unsigned b = 0; b < 7; b++)
			statement[1 + b] = (uint8_t)(victim >> (8 * b));
		buf_put(&frame, statement, sizeof statement);
		liar_seal(scene, A1, &question, &frame);
		liar_brings(scene, TOWN_A, buf_bytes(&frame), NULL);
		good(scene, liar_did_no_harm(scene, &before, A1, NULL));
		before_release(&before);
		buf_release(&frame);
	}
	good(scene, scene_settles(scene, 1u << A1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(nobody_below_ends_a_hub),
		CASE(who_claims_is_told_everything),
		CASE(a_thousand_claims_end_nothing),
		CASE(nobody_above_ends_a_station),
		CASE(a_real_one_ends_and_nothing_is_lost),
		CASE(it_ends_at_most_once_an_hour),
		CASE(many_ends_keep_nobody_out),
		CASE(statements_for_others_are_nothing),
	};
	return RUN(tests);
}
