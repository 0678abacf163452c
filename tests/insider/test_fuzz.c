/* SPDX-License-Identifier: GPL-3.0-or-later
 * Thousands of messages that are nearly right, from an enrolled village, township and county, to
 * the hub above and to the station below. After so many of them nobody is another than before,
 * nobody's records, keys, grants and cursors but the liar's have changed, and all others sync.
 *
 * A round is one county and one liar, all from one number. OUTPOST_FUZZ=N messages (5000; under
 * sanitizers 500), OUTPOST_FUZZ_ROUND=M of a round (50), OUTPOST_FUZZ_SEED=S the first round's
 * number; OUTPOST_FUZZ_EACH=1 judges after every message: so the one that does harm is found.
 */
#include "cases.h"
#include "mutate.h"

#include "base/when.h"
#include "model/area.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/swap.h"
#include "sync/swap/internal.h"
#include "sync/take/internal.h"

#include <stdio.h>

enum { TOLD_EVERY = 100 };
static unsigned round_messages = 50;

#ifdef __SANITIZE_ADDRESS__
enum { FUZZ_MESSAGES = 500 };
#else
enum { FUZZ_MESSAGES = 5000 };
#endif

/* ---- what the linker puts in the place of the program's own (tests/insider.mk) */

/* Chance that comes of a number, so that a round comes again. */
static struct dice chance;

void __wrap_crypt_random(void *at, size_t len);
void __wrap_crypt_random(void *at, size_t len)
{
	for (uint8_t *byte = at; len; len--)
		*byte++ = (uint8_t)dice_throw(&chance, 256);
}

/* Packing costs more than all the rest, and is another test's (fuzz_frame.c). Here it is where bits
 * of what will be sealed are turned. */
static struct dice *turns;

void __wrap_frame_pack(struct buf *out, struct bytes plain, struct bytes history);
void __wrap_frame_pack(struct buf *out, struct bytes plain, struct bytes history)
{
	struct buf turned = {0};

	(void)history;
	buf_put(&turned, plain.at, plain.len);
	if (turns && !dice_throw(turns, 8))
		mutate_bytes(turns, &turned);
	buf_byte(out, 1 << 4); /* the dictionary's number, not packed */
	buf_put(out, turned.at, turned.len);
	buf_release(&turned);
}

/* ---- one message */

struct round {
	struct scene *scene;
	struct dice dice;
	enum spot liar, other;
	uint64_t seed;
};

/* Sealed as it is, behind what MUTANT puts in front. False: it cannot be. */
static bool close_it(struct round *round, struct mutant *mutant, const struct site *to,
	const struct message *message, struct buf *out)
{
	struct fault fault;
	bool good;

	buf_put(out, mutant->front.at, mutant->front.len);
	turns = &round->dice;
	good = frame_close(round->scene->at[round->liar], to, message,
		       dice_throw(&round->dice, 2) ? CLOSE_PLAIN : 0, out, &fault) == RC_OK;
	turns = NULL;
	if (good && !dice_throw(&round->dice, 30))
		mutate_bytes(&round->dice, out);
	return good;
}

/* As a file that is carried. */
static enum rc by_stick(struct round *round, struct bytes frame, struct fault *fault)
{
	struct buf file = {0};
	struct carry_count count;
	uint64_t site = scene_site(round->scene, round->other);
	enum rc rc;

	buf_text(&file, "OPC1");
	for (unsigned b = 0; b < 7; b++)
		buf_byte(&file, (uint8_t)(site >> (8 * b)));
	for (unsigned b = 0; b < 4; b++)
		buf_byte(&file, (uint8_t)(frame.len >> (8 * b)));
	buf_put(&file, frame.at, frame.len);
	rc = carry_take(round->scene->at[round->other], buf_bytes(&file), &site, &count, fault);
	buf_release(&file);
	return rc;
}

static void must_not_break(const struct round *round, enum rc rc, const struct fault *fault)
{
	if (rc == RC_IO || rc == RC_FULL || rc == RC_BUSY)
		fail_msg("seed %llu: %s", (unsigned long long)round->seed, fault->text);
}

static void say_up(struct round *round)
{
	struct message question = liar_question(round->scene, round->liar);
	struct mutant mutant;
	struct buf frame = {0}, answer = {0};
	struct fault fault = {0};
	struct peer peer;
	bool stick = !dice_throw(&round->dice, 8);

	mutant_begin(&mutant, round->scene, round->liar, round->other, &round->dice);
	mutate(&mutant, &question);
	if (stick)
		question.type = MESSAGE_CARRY;
	assert_int_equal(peer_load(round->scene->at[round->liar], &peer, &fault), RC_OK);
	if (close_it(round, &mutant, &peer.site, &question, &frame)) {
		struct bytes ask = buf_bytes(&frame);
		must_not_break(round,
			stick ? by_stick(round, ask, &fault)
			      : hub_answer(
					round->scene->at[round->other], &ask, &answer, 1, &fault),
			&fault);
	}
	mutant_end(&mutant);
	buf_release(&frame);
	buf_release(&answer);
}

static void say_down(struct round *round)
{
	struct store *victim = round->scene->at[round->other];
	struct site asker = scene_known(round->scene, round->other, round->liar);
	struct message answer = {.type = MESSAGE_ANSWER,
		.time = when_now_ms(),
		.full = true,
		.store = log_number(store_log(round->scene->at[round->liar]))};
	struct sync_result result = {0};
	struct mutant mutant;
	struct buf ask = {0}, frame = {0};
	struct asking asking;
	struct peer peer;
	struct fault fault = {0};
	bool stick = !dice_throw(&round->dice, 8);

	assert_int_equal(peer_load(victim, &peer, &fault), RC_OK);
	must_not_break(round, ask_make(victim, &peer, EVERY_LANE, &asking, &ask, &fault), &fault);
	answer.number = stick ? log_number(store_log(victim)) : asking.number;
	answer.heard = asking.number;
	mutant_begin(&mutant, round->scene, round->liar, round->other, &round->dice);
	mutate(&mutant, &answer);
	if (stick)
		answer.type = MESSAGE_CARRY;
	if (close_it(round, &mutant, &asker, &answer, &frame))
		must_not_break(round,
			stick ? by_stick(round, buf_bytes(&frame), &fault)
			      : answer_apply(
					victim, &peer, &asking, buf_bytes(&frame), &result, &fault),
			&fault);
	mutant_end(&mutant);
	buf_release(&ask);
	buf_release(&frame);
}

/* ---- judged */

static bool may_revoke(enum spot hub, enum spot x)
{
	return x != hub && area_within(places[x].area, places[hub].area);
}

/* Everybody who has nothing to do with the liar writes, and hears that it is held. */
static void others_sync(const struct round *round)
{
	static const enum spot order[] = {A1, A2, B1, TOWN_A, TOWN_B};
	struct scene *scene = round->scene;

	for (unsigned i = 0; i < countof(order); i++) {
		enum spot x = order[i], up = (enum spot)places[x].up;
		uint64_t site = scene_site(scene, x);
		struct ref ref;
		if (x == round->liar || up == round->liar ||
			(scene_known(scene, x, up).revoked && may_revoke(round->liar, x)))
			continue;
		ref = world_hazard(scene->at[x], 0, "之后写的");
		if (!scene_sync(scene, x) ||
			log_held(store_log(scene->at[x]), scene_site(scene, up), site, LANE_LOOP) <
				ref.seq >> 3)
			fail_msg("seed %llu: %s is kept from syncing: %s",
				(unsigned long long)round->seed, places[x].name, scene->said);
	}
}

static void judge(const struct round *round, const struct before *before, unsigned sent)
{
	if (!liar_did_no_harm(round->scene, before, round->liar, NULL))
		fail_msg("%u messages by %s to %s (OUTPOST_FUZZ_SEED=%llu OUTPOST_FUZZ_ROUND=%u "
			 "OUTPOST_FUZZ=1 OUTPOST_FUZZ_EACH=1): %s",
			sent, places[round->liar].name, places[round->other].name,
			(unsigned long long)round->seed, round_messages, round->scene->said);
}

static void play(struct scene *scene, uint64_t seed, bool each)
{
	static const enum spot links[][2] = {
		{A1, TOWN_A}, {TOWN_A, A1}, {TOWN_A, COUNTY}, {COUNTY, TOWN_A}};
	const enum spot *link = links[seed % countof(links)];
	struct round round = {scene, {seed}, link[0], link[1], seed};
	struct before before;

	before_take(&before, scene);
	for (enum spot x = 0; each && x < PLACES; x++)
		fprintf(stderr, "# %s %014llx\n", places[x].name,
			(unsigned long long)scene_site(scene, x));
	for (unsigned i = 1; i <= round_messages; i++) {
		if (places[round.liar].up == (int)round.other)
			say_up(&round);
		else
			say_down(&round);
		when_skip((int64_t)dice_throw(&round.dice, 20) ? 60 : 86400);
		if (each)
			judge(&round, &before, i);
	}
	judge(&round, &before, round_messages);
	others_sync(&round);
	before_release(&before);
}

static uint64_t setting(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);

	return text ? strtoull(text, NULL, 10) : otherwise;
}

static void nothing_that_an_insider_says_does_harm(void **state)
{
	uint64_t messages = setting("OUTPOST_FUZZ", FUZZ_MESSAGES);
	uint64_t seed = setting("OUTPOST_FUZZ_SEED", 1);

	round_messages = (unsigned)setting("OUTPOST_FUZZ_ROUND", round_messages);

	for (uint64_t sent = 0; sent < messages; sent += round_messages, seed++) {
		if (messages > FUZZ_MESSAGES && sent / round_messages % TOLD_EVERY == 0)
			fprintf(stderr, "# seed %llu, %llu messages\n", (unsigned long long)seed,
				(unsigned long long)sent);
		chance = (struct dice){seed};
		play(*state, seed, setting("OUTPOST_FUZZ_EACH", 0) != 0);
		case_again(*state);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {CASE(nothing_that_an_insider_says_does_harm)};

	return RUN(tests);
}
