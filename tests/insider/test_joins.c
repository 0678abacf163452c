/* SPDX-License-Identifier: GPL-3.0-or-later
 * Joining proves that one has the signing key. What a duty officer would notice otherwise: a
 * village that synced yesterday is not known any more, and somebody else writes in its name.
 */
#include "cases.h"

#include "base/when.h"
#include "model/area.h"
#include "sync/ring.h"

#include <stdio.h>

/* The parts of a question to join (docs/WIRE.md, "Joining"). */
enum { VERSION = 2, BOUND = 1 + AGREE_PUBLIC + SIGN_PUBLIC, HEAD = BOUND + SEAL_RANDOM };
enum { F_SECRET = 1, F_NAME_OF, F_CODE, F_AGREE, F_NUMBER, F_HUB, F_SIGNED };

static void invite(struct store *hub, uint64_t area, struct token *token)
{
	char text[TOKEN_TEXT];
	struct fault fault;

	assert_int_equal(enrol_invite(hub, area, area_level(area), "新村", "http://127.0.0.1:1",
				 text, &fault),
		RC_OK);
	assert_int_equal(token_read(text, token, &fault), RC_OK);
}

static void question(struct store *joiner, const struct token *token, struct buf *frame)
{
	struct fault fault;

	assert_int_equal(enrol_ask(joiner, token, frame, &fault), RC_OK);
}

/* The fields of FRAME, a question to join HUB, as that one opens them. */
static void open_fields(struct store *hub, struct bytes frame, struct buf *fields)
{
	uint8_t nonce[NONCE_SIZE] = {0};
	struct seal_key key;
	struct agree own;
	struct fault fault;
	uint32_t n;

	memcpy(nonce, frame.at + BOUND, SEAL_RANDOM);
	assert_int_equal(ring_own(hub, &n, &own, &fault), RC_OK);
	assert_true(seal_key(&key, own.secret, own.pub, frame.at + 1, false, 0));
	assert_true(crypt_open(fields, key.key, nonce, bytes_of(frame.at, BOUND),
		bytes_of(frame.at + HEAD, frame.len - HEAD)));
}

/* FIELDS as a question to the hub of TOKEN in the name of whoever has SIGN, sealed with AGREE. */
static void seal_question(const struct token *token, const uint8_t sign[SIGN_PUBLIC],
	const struct keys *agree, struct bytes fields, struct buf *frame)
{
	uint8_t bound[BOUND] = {VERSION}, nonce[NONCE_SIZE] = {7};
	struct seal_key key;

	memcpy(bound + 1, agree->agree_public, AGREE_PUBLIC);
	memcpy(bound + 1 + AGREE_PUBLIC, sign, SIGN_PUBLIC);
	assert_true(seal_key(
		&key, agree->agree_secret, agree->agree_public, token->agree_public, true, 0));
	buf_clear(frame);
	buf_put(frame, bound, sizeof bound);
	buf_put(frame, nonce, SEAL_RANDOM);
	crypt_seal(frame, key.key, nonce, bytes_of(bound, sizeof bound), fields);
}

/* FIELDS with another secret, and with what SIGNER can sign, HOW: 0 nothing, 1 zeros, 2 its own
 * signature over all, 3 as it was. */
static void change_fields(struct bytes fields, const struct token *token, const struct keys *signer,
	unsigned how, struct buf *out)
{
	struct value value;
	unsigned tag;
	uint8_t sig[SIGN_SIZE] = {0};

	buf_clear(out);
	while (fields.len && take_field(&fields, &tag, &value)) {
		if (tag == F_SECRET)
			value.text = bytes_of(token->secret, SECRET_SIZE);
		if (tag == F_HUB)
			value.num = (int64_t)site_of(token->sign_public);
		if (tag == F_SIGNED && how == 2)
			crypt_sign(signer, buf_bytes(out), sig);
		if (tag == F_SIGNED && how != 3)
			value.text = bytes_of(sig, sizeof sig);
		if (tag != F_SIGNED || how)
			put_field(out, tag, &value);
	}
}

/* Who holds an unused invitation takes it in the name of a station that is there: the neighbour,
 * the hub itself, the county. */
static void nobody_joins_in_anothers_name(void **state)
{
	static const enum place victims[] = {A1, A2, TOWN_A, COUNTY, TOWN_B, B1};

	for (unsigned i = 0; i < countof(victims) * 4; i++) {
		struct scene *scene = *state;
		enum place victim = victims[i / 4];
		struct store *thief = world_station("thief", places[A1].area + 7);
		struct site known = scene_known(scene, victim, COUNTY);
		struct buf frame = {0}, fields = {0}, changed = {0}, answer = {0};
		struct before before;
		struct token token;
		invite(scene->at[TOWN_A], places[A1].area + 7, &token);
		question(thief, &token, &frame);
		open_fields(scene->at[TOWN_A], buf_bytes(&frame), &fields);
		change_fields(buf_bytes(&fields), &token, store_keys(thief), i % 4, &changed);
		before_take(&before, scene);
		seal_question(
			&token, known.sign_public, store_keys(thief), buf_bytes(&changed), &frame);
		liar_brings(scene, TOWN_A, buf_bytes(&frame), &answer);
		if (!liar_did_no_harm(scene, &before, B1, NULL))
			fail_msg("as %s, %u: %s", places[victim].name, i % 4, scene->said);
		before_release(&before);
		good(scene, scene_settles(scene, 0));
		/* The invitation is still good for whoever may use it. */
		buf_clear(&frame);
		question(thief, &token, &frame);
		buf_clear(&answer);
		liar_brings(scene, TOWN_A, buf_bytes(&frame), &answer);
		struct fault fault;
		assert_int_equal(enrol_apply(thief, buf_bytes(&answer), &fault), RC_OK);
		world_end(thief);
		buf_release(&frame);
		buf_release(&fields);
		buf_release(&changed);
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
	struct buf frame = {0}, fields = {0}, changed = {0};
	struct token asked, held;
	struct before before;

	invite(scene->at[TOWN_B], places[B1].area + 7, &asked);
	invite(scene->at[TOWN_A], places[A1].area + 7, &held);
	question(joiner, &asked, &frame);
	open_fields(scene->at[TOWN_B], buf_bytes(&frame), &fields);
	before_take(&before, scene);
	liar_brings(scene, TOWN_A, buf_bytes(&frame), NULL);
	liar_brings(scene, COUNTY, buf_bytes(&frame), NULL);
	for (unsigned how = 0; how < 4; how++) {
		change_fields(
			buf_bytes(&fields), &held, store_keys(scene->at[TOWN_B]), how, &changed);
		seal_question(&held, store_keys(joiner)->sign_public, store_keys(scene->at[TOWN_B]),
			buf_bytes(&changed), &frame);
		liar_brings(scene, TOWN_A, buf_bytes(&frame), NULL);
	}
	good(scene, liar_did_no_harm(scene, &before, TOWN_B, NULL));
	before_release(&before);
	buf_release(&frame);
	buf_release(&fields);
	buf_release(&changed);
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
	bool more;

	assert_int_equal(peer_load(lower, &peer, &fault), RC_OK);
	peer.unsure |= unsure;
	assert_int_equal(ask_make(lower, &peer, EVERY_LANE, &asking, &ask, &fault), RC_OK);
	record(recorder, buf_bytes(&ask));
	struct bytes asks[1] = {buf_bytes(&ask)};
	assert_int_equal(hub_answer(hub, asks, &answer, 1, &fault), RC_OK);
	assert_int_equal(
		answer_apply(lower, &peer, &asking, buf_bytes(&answer), &more, &result, &fault),
		RC_OK);
	buf_release(&ask);
	buf_release(&answer);
}

static void a_day_of(struct recorder *recorder, struct store *lower, struct store *hub)
{
	struct fault fault;

	for (unsigned turn = 0; turn < 3; turn++) {
		world_hazard(lower, 0, "路上");
		swap_recorded(recorder, lower, hub, turn == 1);
		assert_int_equal(ring_rotate(lower, &fault), RC_OK);
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

	invite(scene->at[TOWN_A], places[A1].area + 7, &token);
	question(joiner, &token, &frame);
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

	invite(scene->at[TOWN_A], places[A1].area + 7, &token);
	question(first, &token, &frame);
	liar_brings(scene, TOWN_A, buf_bytes(&frame), &answer);
	assert_int_equal(enrol_apply(first, buf_bytes(&answer), &fault), RC_OK);
	before_take(&before, scene);
	question(second, &token, &other);
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

	invite(scene->at[TOWN_B], places[B1].area + 7, &token);
	memset(token.secret, 5, sizeof token.secret); /* nobody made that one */
	before_take(&before, scene);
	question(scene->at[A1], &token, &frame);
	liar_brings(scene, TOWN_B, buf_bytes(&frame), &answer);
	assert_int_not_equal(enrol_apply(scene->at[A1], buf_bytes(&answer), &fault), RC_OK);
	good(scene, liar_did_no_harm(scene, &before, B1,
			    (const char *const[]){"setting::joining", "setting::secret", NULL}));
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
