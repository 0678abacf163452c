/* SPDX-License-Identifier: GPL-3.0-or-later
 * Nobody gives rights that it has not, and nobody gains time before it is revoked.
 */
#include "cases.h"

#include "base/when.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "store/rows/internal.h"
#include "store/station.h"
#include "sync/enrol.h"
#include "sync/wire.h"

/* Stamps follow others by up to a day: who is to be revoked pushes them, and has a day more. */
static void nobody_has_a_day_more_by_pushing_the_clock(void **state)
{
	struct scene *scene = *state;
	struct message question = liar_question(scene, TOWN_B);
	struct crafted crafted;
	struct fault fault;
	struct op op;

	craft_begin(&crafted, scene->at[TOWN_B]);
	op = craft_op(&crafted, KIND_hazard, hazard_place, "钟快");
	op.stamp = (uint64_t)(when_now() + 86000) << 16;
	craft_add(&crafted, &op, NULL);
	liar_facts(&question, &crafted);
	assert_int_equal(liar_asks(scene, TOWN_B, &question), ANSWER_DONE);
	craft_end(&crafted);
	assert_int_equal(
		enrol_revoke(scene->at[COUNTY], scene_site(scene, B1), "丢失", &fault), RC_OK);
	int64_t until = scene_known(scene, B1, COUNTY).until;
	assert_true(until <= when_now() + 60);
	good(scene, scene_sync(scene, TOWN_A));
	assert_true(scene_known(scene, B1, COUNTY).until <= when_now() + 60);
}

static bool is_good(struct store *store, const struct op *op)
{
	struct arena arena = {0};
	struct fact fact;
	bool is = log_fact(store_log(store), op->site, op->seq, &arena, &fact) &&
		  fact.state == FACT_GOOD;

	arena_release(&arena);
	return is;
}

/* The county lets its township invite and no more; it warns by itself, and by a station of its own
 * making to which it gives all rights. */
static void nobody_gives_rights_that_it_has_not(void **state)
{
	struct scene *scene = *state;
	struct site town = scene_known(scene, TOWN_A, COUNTY);
	struct store *made = world_station("made", places[TOWN_A].area + 299);
	struct site who = {.site = store_station(made)->site,
		.area = places[TOWN_A].area + 299,
		.level = LEVEL_VILLAGE};
	struct message question = liar_question(scene, TOWN_A);
	struct crafted crafted, other;
	struct op own, grant, others;
	struct fault fault;

	assert_true(rights_read("invite", &town.rights));
	assert_int_equal(log_site_set(store_log(scene->at[COUNTY]), &town, &fault), RC_OK);
	craft_begin(&crafted, scene->at[TOWN_A]);
	craft_begin(&other, made);
	own = craft_op(&crafted, KIND_warning, warning_headline, "假的");
	own.area = places[A1].area;
	craft_add(&crafted, &own, store_keys(scene->at[TOWN_A]));
	memcpy(who.sign_public, store_keys(made)->sign_public, SIGN_PUBLIC);
	memcpy(who.agree_public, store_keys(made)->agree_public, AGREE_PUBLIC);
	grant = craft_grant(&crafted, &who);
	craft_add(&crafted, &grant, store_keys(scene->at[TOWN_A]));
	others = craft_op(&other, KIND_warning, warning_headline, "假的");
	craft_add(&crafted, &others, store_keys(made));
	liar_facts(&question, &crafted);
	(void)!liar_asks(scene, TOWN_A, &question);
	craft_end(&crafted);
	craft_end(&other);
	world_end(made);
	assert_false(is_good(scene->at[COUNTY], &own));
	assert_false(is_good(scene->at[COUNTY], &others));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(nobody_has_a_day_more_by_pushing_the_clock),
		CASE(nobody_gives_rights_that_it_has_not),
	};
	return RUN(tests);
}
