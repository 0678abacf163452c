/* SPDX-License-Identifier: GPL-3.0-or-later
 * A judge who never finds anything proves nothing: each thing that keeps a liar from doing harm is
 * taken away once, and the judge has to see what comes of it. The linker puts the functions below
 * in the place of the program's own (tests/insider.mk).
 */
#include "cases.h"
#include "joiner.h"

#include "base/when.h"
#include "model/kinds.h"

static enum sin {
	SIN_NONE,
	SIN_SIGNATURE, /* every signature is good */
	SIN_AUTHORITY, /* whoever stands above an area may change every grant there */
	SIN_JOIN,      /* whoever asks to join is who it says */
	SIN_MARK,      /* whatever is said of others is proven */
	SIN_NEWER,     /* every question is newer than the last */
} planted;

#define WRAPPED(type, name, args, call, always)                                                    \
	type __real_##name args;                                                                   \
	type __wrap_##name args;                                                                   \
	type __wrap_##name args                                                                    \
	{                                                                                          \
		return (always) ? true : __real_##name call;                                       \
	}

WRAPPED(bool, crypt_signed,
	(const uint8_t sign_public[SIGN_PUBLIC], struct bytes in, const uint8_t sig[SIGN_SIZE]),
	(sign_public, in, sig), planted == SIN_SIGNATURE)
WRAPPED(bool, may_change, (struct store * store, uint64_t author, const struct site *known),
	(store, author, known), planted == SIN_AUTHORITY)
WRAPPED(bool, joined_good, (const struct joined *joined, const struct site *site), (joined, site),
	planted == SIN_JOIN)
WRAPPED(bool, mark_proven, (struct store * store, const struct mark *mark), (store, mark),
	planted == SIN_MARK)

enum rc __real_heard_get(
	struct store *store, uint64_t peer, struct heard *heard, struct fault *fault);
enum rc __wrap_heard_get(
	struct store *store, uint64_t peer, struct heard *heard, struct fault *fault);
enum rc __wrap_heard_get(
	struct store *store, uint64_t peer, struct heard *heard, struct fault *fault)
{
	enum rc rc = __real_heard_get(store, peer, heard, fault);

	if (planted == SIN_NEWER)
		*heard = (struct heard){0};
	return rc;
}

/* What LIAR does is harmless, and with SIN it is found. */
static void bites(
	struct scene *scene, enum sin with, enum place liar, void (*deed)(struct scene *scene))
{
	for (unsigned sinful = 0; sinful < 2; sinful++) {
		struct before before;
		bool harmless;
		before_take(&before, scene);
		planted = sinful ? with : SIN_NONE;
		deed(scene);
		planted = SIN_NONE;
		harmless = liar_did_no_harm(scene, &before, liar, NULL);
		if (!sinful)
			good(scene, harmless);
		else
			assert_false(harmless);
		before_release(&before);
		case_again(scene);
	}
}

/* ---- deeds */

static void put_facts(struct message *answer, void *to)
{
	liar_facts(answer, to);
}

static void warns_in_the_countys_name(struct scene *scene)
{
	static const uint8_t nonsense[SIGN_SIZE] = {1};
	struct crafted crafted;
	struct op op;

	craft_begin(&crafted, scene->at[TOWN_A]);
	op = craft_op(&crafted, KIND_warning, warning_headline, "假的");
	op.site = op.rec_site = scene_site(scene, COUNTY);
	op.seq = op.rec_seq = 100 * 8 + LANE_ALARM;
	craft_add(&crafted, &op, NULL);
	crafted.facts[0].sig = bytes_of(nonsense, sizeof nonsense);
	(void)!liar_answers(scene, A1, put_facts, &crafted);
	craft_end(&crafted);
}

static void a_false_signature_is_found(void **state)
{
	bites(*state, SIN_SIGNATURE, TOWN_A, warns_in_the_countys_name);
}

/* A township revokes a village of its area that joined the county by itself. */
static void revokes_a_stranger(struct scene *scene)
{
	struct message question = liar_question(scene, TOWN_A);
	struct crafted crafted;
	struct op op;
	struct site site;

	assert_true(log_site_code(store_log(scene->at[COUNTY]), "DIR", &site));
	craft_begin(&crafted, scene->at[TOWN_A]);
	op = craft_revocation(&crafted, site.site, site.area);
	craft_add(&crafted, &op, store_keys(scene->at[TOWN_A]));
	liar_facts(&question, &crafted);
	(void)!liar_asks(scene, TOWN_A, &question);
	craft_end(&crafted);
}

static void a_wrong_revocation_is_found(void **state)
{
	for (unsigned sinful = 0; sinful < 2; sinful++) {
		struct scene *scene = *state;
		struct store *direct = world_station("direct", places[A1].area + 7);
		struct before before;
		world_join(direct, scene->at[COUNTY], "direct", places[A1].area + 7);
		before_take(&before, scene);
		planted = sinful ? SIN_AUTHORITY : SIN_NONE;
		revokes_a_stranger(scene);
		planted = SIN_NONE;
		assert_int_equal(liar_did_no_harm(scene, &before, TOWN_A, NULL), !sinful);
		before_release(&before);
		world_end(direct);
		case_again(scene);
	}
}

static void joins_as_the_neighbour(struct scene *scene)
{
	struct store *thief = world_station("thief", places[A1].area + 7);
	struct site victim = scene_known(scene, A2, TOWN_A);
	struct buf frame = {0}, fields = {0};
	struct token token;

	joiner_invite(scene->at[TOWN_A], places[A1].area + 7, &token);
	joiner_asks(thief, &token, &frame);
	joiner_fields(scene->at[TOWN_A], buf_bytes(&frame), &fields);
	joiner_forge(&token, victim.sign_public, store_keys(thief), buf_bytes(&fields), FORGED_OWN,
		&frame);
	liar_brings(scene, TOWN_A, buf_bytes(&frame), NULL);
	world_end(thief);
	buf_release(&frame);
	buf_release(&fields);
}

static void a_stolen_name_is_found(void **state)
{
	for (unsigned sinful = 0; sinful < 2; sinful++) {
		struct scene *scene = *state;
		struct before before;
		static const char *const invited[] = {"setting::guests", "setting::invite.", NULL};
		before_take(&before, scene);
		planted = sinful ? SIN_JOIN : SIN_NONE;
		joins_as_the_neighbour(scene);
		planted = SIN_NONE;
		assert_int_equal(liar_did_no_harm(scene, &before, B1, invited), !sinful);
		before_release(&before);
		case_again(scene);
	}
}

static void the_county_has_it(struct message *answer, void *to)
{
	static struct mark mark;
	struct scene *scene = to;

	mark = (struct mark){.holder = scene_site(scene, COUNTY),
		.site = scene_site(scene, A1),
		.lane = LANE_LOOP,
		.store = log_number(store_log(scene->at[COUNTY])),
		.upto = log_author(store_log(scene->at[A1]), scene_site(scene, A1), LANE_LOOP),
		.mac = 7};
	answer->marks = &mark;
	answer->mark_count = 1;
}

static void a_false_mark_is_found(void **state)
{
	for (unsigned sinful = 0; sinful < 2; sinful++) {
		struct scene *scene = *state;
		struct before before;
		world_hazard(scene->at[A1], 0, "没人收到");
		before_take(&before, scene);
		planted = sinful ? SIN_MARK : SIN_NONE;
		(void)!liar_answers(scene, A1, the_county_has_it, scene);
		planted = SIN_NONE;
		assert_int_equal(liar_did_no_harm(scene, &before, TOWN_A, NULL), !sinful);
		before_release(&before);
		case_again(scene);
	}
}

/* A question of A1 that somebody recorded, brought again a day later. */
static void an_old_question_that_counts_is_found(void **state)
{
	for (unsigned sinful = 0; sinful < 2; sinful++) {
		struct scene *scene = *state;
		struct message question = liar_question(scene, A1);
		struct buf frame = {0};
		struct before before;
		liar_seal(scene, A1, &question, &frame);
		liar_brings(scene, TOWN_A, buf_bytes(&frame), NULL);
		when_skip(86400);
		before_take(&before, scene);
		planted = sinful ? SIN_NEWER : SIN_NONE;
		liar_brings(scene, TOWN_A, buf_bytes(&frame), NULL);
		planted = SIN_NONE;
		assert_int_equal(liar_did_no_harm(scene, &before, B1, NULL), !sinful);
		before_release(&before);
		buf_release(&frame);
		case_again(scene);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_false_signature_is_found),
		CASE(a_wrong_revocation_is_found),
		CASE(a_stolen_name_is_found),
		CASE(a_false_mark_is_found),
		CASE(an_old_question_that_counts_is_found),
	};
	return RUN(tests);
}
