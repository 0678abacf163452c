/* SPDX-License-Identifier: GPL-3.0-or-later
 * Joining proves that one has the signing key. What a duty officer would notice otherwise: a
 * village that synced yesterday is not known any more, and somebody else writes in its name.
 */
#include "cases.h"
#include "joiner.h"

#include "base/when.h"
#include "model/area.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/enrol.h"
#include "sync/swap.h"
#include "sync/swap/internal.h"

/* Who holds an unused invitation takes it in the name of a station that is there: the neighbour,
 * the hub itself, the county. */
static void nobody_joins_in_anothers_name(void **state)
{
	static const enum spot victims[] = {A1, A2, TOWN_A, COUNTY, TOWN_B, B1};

	for (unsigned i = 0; i < countof(victims) * FORGED; i++) {
		struct scene *scene = *state;
		enum spot victim = victims[i / FORGED];
		struct store *thief = world_station("thief", places[A1].area + 7);
		struct site known = scene_known(scene, victim, COUNTY);
		struct buf frame = {0}, fields = {0}, answer = {0};
		struct before before;
		struct token token;
		joiner_invite(scene->at[TOWN_A], places[A1].area + 7, &token);
		joiner_asks(thief, &token, &frame);
		joiner_fields(scene->at[TOWN_A], buf_bytes(&frame), &fields);
		before_take(&before, scene);
		joiner_forge(&token, known.sign_public, store_keys(thief), buf_bytes(&fields),
			i % FORGED, &frame);
		liar_brings(scene, TOWN_A, buf_bytes(&frame), &answer);
		if (!liar_did_no_harm(scene, &before, B1, NULL))
			fail_msg("as %s, %u: %s", places[victim].name, i % FORGED, scene->said);
		before_release(&before);
		good(scene, scene_settles(scene, 0));
		/* The invitation is still good for whoever may use it. */
		buf_clear(&frame);
		joiner_asks(thief, &token, &frame);
		buf_clear(&answer);
		liar_brings(scene, TOWN_A, buf_bytes(&frame), &answer);
		struct fault fault;
		assert_int_equal(enrol_apply(thief, buf_bytes(&answer), &fault), RC_OK);
		world_end(thief);
		buf_release(&frame);
		buf_release(&fields);
		buf_release(&answer);
		case_again(scene);
	}
}

/* A hub gets the question of a station that joins it, and brings it to another hub, for which it
 * holds an invitation: word for word, and under that one's secret. */
static void a_question_is_for_one_hub(void **state)
{
	struct scene *scene = *state;
	struct store *joiner = world_station("joiner", places[B1].area + 7);
	struct buf frame = {0}, fields = {0};
	struct token asked, held;
	struct before before;

	joiner_invite(scene->at[TOWN_B], places[B1].area + 7, &asked);
	joiner_invite(scene->at[TOWN_A], places[A1].area + 7, &held);
	joiner_asks(joiner, &asked, &frame);
	joiner_fields(scene->at[TOWN_B], buf_bytes(&frame), &fields);
	before_take(&before, scene);
	liar_brings(scene, TOWN_A, buf_bytes(&frame), NULL);
	liar_brings(scene, COUNTY, buf_bytes(&frame), NULL);
	for (enum forged how = 0; how < FORGED; how++) {
		joiner_forge(&held, store_keys(joiner)->sign_public, store_keys(scene->at[TOWN_B]),
			buf_bytes(&fields), how, &frame);
		liar_brings(scene, TOWN_A, buf_bytes(&frame), NULL);
	}
	good(scene, liar_did_no_harm(scene, &before, TOWN_B, NULL));
	before_release(&before);
	buf_release(&frame);
	buf_release(&fields);
	world_end(joiner);
}

/* Everything that somebody between could record of a station: its question to join, what it said
 * before and after it changed its key. */
struct recorder {
	struct buf frames[24];
	unsigned count;
};

static void record(struct recorder *recorder, struct bytes frame)
{
	assert_true(recorder->count < countof(recorder->frames));
	buf_put(&recorder->frames[recorder->count++], frame.at, frame.len);
}

static void swap_recorded(
	struct recorder *recorder, struct store *lower, struct store *hub, bool unsure)
{
	struct sync_result result = {0};
	struct buf ask = {0}, answer = {0};
	struct asking asking;
	struct peer peer;
	struct fault fault;

	assert_int_equal(peer_load(lower, &peer, &fault), RC_OK);
	peer.unsure |= unsure;
	assert_int_equal(ask_make(lower, &peer, EVERY_LANE, &asking, &ask, &fault), RC_OK);
	record(recorder, buf_bytes(&ask));
	struct bytes asks[1] = {buf_bytes(&ask)};
	assert_int_equal(hub_answer(hub, asks, &answer, 1, &fault), RC_OK);
	assert_int_equal(
		answer_apply(lower, &peer, &asking, buf_bytes(&answer), &result, &fault), RC_OK);
	buf_release(&ask);
	buf_release(&answer);
}

static void a_day_of(struct recorder *recorder, struct store *lower, struct store *hub)
{
	struct fault fault;

	for (unsigned turn = 0; turn < 3; turn++) {
		world_hazard(lower, 0, "路上");
		swap_recorded(recorder, lower, hub, turn == 1);
		assert_int_equal(keyring_rotate(lower, &fault), RC_OK);
		swap_recorded(recorder, lower, hub, false);
		when_skip(3600);
		swap_recorded(recorder, lower, hub, false);
	}
}

/* A listener brings all that he recorded once more, in the same order and in another, now and
 * later: nothing moves, and the next question is understood. */
static void what_was_recorded_is_nothing_new(void **state)
{
	static const int64_t later[] = {0, 3600, 30 * 86400, 89 * 86400, 91 * 86400};
	struct scene *scene = *state;
	struct store *joiner = world_station("joiner", places[A1].area + 7);
	struct recorder recorder = {.count = 0};
	struct buf frame = {0}, answer = {0};
	struct token token;
	struct fault fault;

	joiner_invite(scene->at[TOWN_A], places[A1].area + 7, &token);
	joiner_asks(joiner, &token, &frame);
	record(&recorder, buf_bytes(&frame));
	liar_brings(scene, TOWN_A, buf_bytes(&frame), &answer);
	assert_int_equal(enrol_apply(joiner, buf_bytes(&answer), &fault), RC_OK);
	a_day_of(&recorder, joiner, scene->at[TOWN_A]);
	for (unsigned i = 0; i < countof(later); i++) {
		struct before before;
		when_skip(later[i] - (i ? later[i - 1] : 0));
		before_take(&before, scene);
		for (unsigned k = 0; k < recorder.count * 2; k++)
			liar_brings(scene, TOWN_A,
				buf_bytes(&recorder.frames[k * (k < recorder.count ? 1 : 7) %
							   recorder.count]),
				NULL);
		/* Nobody of the county has done anything: nothing is anybody's to move. */
		good(scene, liar_did_no_harm(scene, &before, B1, NULL));
		before_release(&before);
	}
	swap_recorded(&recorder, joiner, scene->at[TOWN_A], false);
	world_end(joiner);
	buf_release(&frame);
	buf_release(&answer);
	for (unsigned i = 0; i < recorder.count; i++)
		buf_release(&recorder.frames[i]);
}

/* A used invitation is for the one who used it, and changes nothing for that one. */
static void a_used_invitation_is_used(void **state)
{
	struct scene *scene = *state;
	struct store *first = world_station("first", places[A1].area + 7);
	struct store *second = world_station("second", places[A1].area + 7);
	struct buf frame = {0}, other = {0}, answer = {0};
	struct before before;
	struct token token;
	struct fault fault;

	joiner_invite(scene->at[TOWN_A], places[A1].area + 7, &token);
	joiner_asks(first, &token, &frame);
	liar_brings(scene, TOWN_A, buf_bytes(&frame), &answer);
	assert_int_equal(enrol_apply(first, buf_bytes(&answer), &fault), RC_OK);
	before_take(&before, scene);
	joiner_asks(second, &token, &other);
	buf_clear(&answer);
	liar_brings(scene, TOWN_A, buf_bytes(&other), &answer);
	assert_int_not_equal(enrol_apply(second, buf_bytes(&answer), &fault), RC_OK);
	assert_false(store_station(second)->joined);
	buf_clear(&answer);
	liar_brings(scene, TOWN_A, buf_bytes(&frame), &answer);
	assert_true(answer.len > 0); /* its answer may have been lost */
	good(scene, liar_did_no_harm(scene, &before, B1, NULL));
	before_release(&before);
	world_end(first);
	world_end(second);
	buf_release(&frame);
	buf_release(&other);
	buf_release(&answer);
}

/* Who is told to join another hub by its people keeps what it is until that one has answered. */
static void a_refused_join_changes_nothing_at_the_station(void **state)
{
	struct scene *scene = *state;
	struct buf frame = {0}, answer = {0};
	struct token token;
	struct fault fault;
	struct before before;

	joiner_invite(scene->at[TOWN_B], places[B1].area + 7, &token);
	memset(token.secret, 5, sizeof token.secret); /* nobody made that one */
	before_take(&before, scene);
	joiner_asks(scene->at[A1], &token, &frame);
	liar_brings(scene, TOWN_B, buf_bytes(&frame), &answer);
	assert_int_not_equal(enrol_apply(scene->at[A1], buf_bytes(&answer), &fault), RC_OK);
	good(scene, liar_did_no_harm(scene, &before, B1,
			    (const char *const[]){"kv:joining:", "kv:secret:", NULL}));
	before_release(&before);
	good(scene, scene_settles(scene, 0));
	buf_release(&frame);
	buf_release(&answer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(nobody_joins_in_anothers_name),
		CASE(a_question_is_for_one_hub),
		CASE(what_was_recorded_is_nothing_new),
		CASE(a_used_invitation_is_used),
		CASE(a_refused_join_changes_nothing_at_the_station),
	};
	return RUN(tests);
}
