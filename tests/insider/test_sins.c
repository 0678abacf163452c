/* SPDX-License-Identifier: GPL-3.0-or-later
 * A judge who never finds anything proves nothing: each thing that keeps a liar from doing harm is
 * taken away once, and the judge has to see what comes of it. The linker puts the functions below
 * in the place of the program's own (tests/insider.mk).
 */
#include "cases.h"
#include "joiner.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/rows/internal.h"
#include "store/station.h"
#include "sync/keys.h"
#include "sync/take/internal.h"
#include "sync/trust/internal.h"
#include "sync/wire/internal.h"

static enum sin {
	SIN_NONE,
	SIN_SIGNATURE, /* every signature is good */
	SIN_AUTHORITY, /* whoever stands above an area may change every grant there */
	SIN_JOIN,      /* whoever asks to join is who it says */
	SIN_MARK,      /* whatever is said of others is proven */
	SIN_NEWER,     /* every question is newer than the last */
	SIN_EVIDENCE,  /* whatever is shown is one's own frame */
	SIN_DROP,      /* all that is refused is kept */
	SIN_SIDE,      /* from above comes what it likes */
	SIN_CHANGE,    /* and takes the place of what is held */
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

WRAPPED(bool, evidence_good,
	(struct store * store, uint64_t peer, const struct assertion *said,
		const struct trace *trace),
	(store, peer, said, trace), planted == SIN_EVIDENCE)
WRAPPED(bool, side_above, (struct store * store, const struct op *op, struct bytes raw),
	(store, op, raw), planted == SIN_SIDE)
WRAPPED(bool, side_changes,
	(struct store * store, const struct site *from, const struct op *op, struct bytes raw),
	(store, from, op, raw), planted == SIN_CHANGE)

enum rc __real_dropped_weigh(struct log *log, const struct op *op, unsigned via,
	struct fact_taken *taken, struct fault *fault);
enum rc __wrap_dropped_weigh(struct log *log, const struct op *op, unsigned via,
	struct fact_taken *taken, struct fault *fault);
enum rc __wrap_dropped_weigh(struct log *log, const struct op *op, unsigned via,
	struct fact_taken *taken, struct fault *fault)
{
	return planted == SIN_DROP ? RC_OK : __real_dropped_weigh(log, op, via, taken, fault);
}

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
	struct scene *scene, enum sin with, enum spot liar, void (*deed)(struct scene *scene))
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
	(void)!liar_answers(scene, A1, liar_put, &crafted);
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
		static const char *const invited[] = {"kv:guests:", "kv:invite:", NULL};
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

/* A village says to have had an answer that its hub has never given, and shows anything. */
static void claims_an_answer(struct scene *scene)
{
	static const uint8_t anything[EVIDENCE_TRACE] = {1, 2, 3};
	struct message question = liar_question(scene, A1);
	struct crafted crafted;

	craft_begin(&crafted, scene->at[A1]);
	question.store = log_number(store_log(scene->at[TOWN_A]));
	question.heard = question.number + 1000;
	craft_extra(&crafted, &question, EXTRA_EVIDENCE, bytes_of(anything, sizeof anything));
	(void)!liar_asks(scene, A1, &question);
	craft_end(&crafted);
}

static void an_end_without_evidence_is_found(void **state)
{
	bites(*state, SIN_EVIDENCE, A1, claims_an_answer);
}

/* The county takes a village's next number. */
static void says_it_for_a1(struct scene *scene)
{
	struct crafted crafted;
	struct op op;

	craft_begin(&crafted, scene->at[A1]);
	op = craft_op(&crafted, KIND_hazard, hazard_place, "替村里写的");
	craft_add(&crafted, &op, NULL);
	(void)!liar_answers(scene, TOWN_A, liar_put, &crafted);
	craft_end(&crafted);
}

static void a_word_from_the_wrong_side_is_found(void **state)
{
	bites(*state, SIN_SIDE, COUNTY, says_it_for_a1);
}

/* The township changes what the county said to a village. */
static void changes_the_countys(struct scene *scene)
{
	struct crafted crafted;
	struct op op;
	struct arena arena = {0};
	struct fact fact;

	craft_begin(&crafted, scene->at[COUNTY]);
	assert_true(log_fact(store_log(scene->at[A1]), scene->hazard[COUNTY].site,
		scene->hazard[COUNTY].seq, &arena, &fact));
	assert_true(op_take(fact.raw, &op));
	op.stamp++;
	craft_add(&crafted, &op, NULL);
	(void)!liar_answers(scene, A1, liar_put, &crafted);
	craft_end(&crafted);
	arena_release(&arena);
}

static void a_changed_word_is_found(void **state)
{
	bites(*state, SIN_CHANGE, TOWN_A, changes_the_countys);
}

/* ---- bounds: what the judge of single changes does not see */

enum { FLOOD = 250 };

/* Facts of a place that is not its own. Returns how many bytes they are. */
static size_t floods(struct scene *scene)
{
	struct message question = liar_question(scene, A1);
	struct crafted crafted;
	size_t bytes = 0;

	craft_begin(&crafted, scene->at[A1]);
	for (unsigned i = 0; i < FLOOD; i++) {
		struct op op = craft_op(&crafted, KIND_hazard, hazard_place, "别村");
		op.area = places[B1].area;
		bytes += craft_add(&crafted, &op, NULL).len;
	}
	liar_facts(&question, &crafted);
	assert_int_equal(liar_asks(scene, A1, &question), ANSWER_DONE);
	craft_end(&crafted);
	return bytes;
}

/* What there is at the township, in bytes of rows. */
static size_t weight(struct scene *scene)
{
	struct snapshot now;
	size_t bytes = 0;

	snapshot_take(&now, scene->home[TOWN_A]);
	for (size_t i = 0; i < now.count; i++)
		bytes += strlen(now.lines[i].key) / 2 + strlen(now.lines[i].value) / 2;
	snapshot_release(&now);
	return bytes;
}

static void a_flood_that_stays_is_found(void **state)
{
	for (unsigned sinful = 0; sinful < 2; sinful++) {
		struct scene *scene = *state;
		size_t before = weight(scene), sent;
		planted = sinful ? SIN_DROP : SIN_NONE;
		sent = floods(scene);
		planted = SIN_NONE;
		assert_int_equal(weight(scene) - before > sent, sinful);
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
		CASE(an_end_without_evidence_is_found),
		CASE(a_word_from_the_wrong_side_is_found),
		CASE(a_changed_word_is_found),
		CASE(a_flood_that_stays_is_found),
	};
	return RUN(tests);
}
