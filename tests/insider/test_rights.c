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
#include "sync/trust/internal.h"
#include "sync/wire.h"

#include <stdio.h>

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

/* As the site of FROM knows it, in a grant that it puts into its own log: stamped so much ahead. */
static void grant_again(struct scene *scene, enum spot from, const struct site *who, int64_t ahead)
{
	struct store *store = scene->at[from];
	struct crafted crafted;
	struct fault fault;
	bool fresh;

	craft_begin(&crafted, store);
	struct op op = craft_grant(&crafted, who);
	op.stamp += (uint64_t)ahead << 16;
	struct bytes raw = craft_add(&crafted, &op, store_keys(store));
	assert_int_equal(
		log_append(store_log(store), raw, crafted.facts[0].sig, 0, &fresh, &fault), RC_OK);
	assert_true(fresh);
	assert_int_equal(log_site_set(store_log(store), who, &fault), RC_OK);
	craft_end(&crafted);
}

enum { DAY = 86400 };

static void give_town_days(struct scene *scene, int64_t days)
{
	struct site town = scene_known(scene, TOWN_A, COUNTY);

	town.until = when_now() + days * DAY;
	grant_again(scene, COUNTY, &town, 0);
}

/* As it is renewed when it is heard, so that it then has so many days. */
static void renew_town(struct scene *scene, int64_t days)
{
	struct site town = scene_known(scene, TOWN_A, COUNTY);
	struct fault fault;

	assert_int_equal(term_set(scene->at[COUNTY], town.site, days, &fault), RC_OK);
	assert_int_equal(grant_renew(scene->at[COUNTY], &town, &fault), RC_OK);
	assert_true(town.until == when_now() + days * DAY);
}

/* The township's own grant ends in 30 days: what it grants ends then too, whatever it says, until
 * it has more time itself. */
static void nobody_gives_time_that_it_has_not(void **state)
{
	static const int64_t tried[] = {0, 400 * DAY, 20 * DAY};

	for (unsigned i = 0; i < countof(tried); i++) {
		struct scene *scene = *state;
		int64_t now = when_now(), said = tried[i] ? now + tried[i] : 0;
		struct site village = scene_known(scene, A1, TOWN_A);
		give_town_days(scene, 30);
		good(scene, scene_settles(scene, 0));
		village.until = said;
		grant_again(scene, TOWN_A, &village, 0);
		good(scene, scene_settles(scene, 0));
		int64_t most = now + 30 * DAY, ends = said && said < most ? said : most;
		assert_true(scene_known(scene, A1, COUNTY).until == ends);
		assert_true(scene_known(scene, A1, A1).until == ends);
		renew_town(scene, 60);
		good(scene, scene_settles(scene, 0));
		most = now + 60 * DAY, ends = said && said < most ? said : most;
		assert_true(scene_known(scene, A1, COUNTY).until == ends);
		assert_true(scene_known(scene, A1, A1).until == ends);
		case_again(scene);
	}
}

/* A grant that is stamped far ahead changes nobody who is known, and does not make what comes later
 * look older: neither where it goes up, nor where it comes down. */
static void nobody_wins_for_ever_by_a_stamp_ahead(void **state)
{
	struct scene *scene = *state;
	struct site village = scene_known(scene, A1, TOWN_A), before = village;

	snprintf(village.name, sizeof village.name, "抢先的");
	grant_again(scene, TOWN_A, &village, 400 * DAY);
	good(scene, scene_settles(scene, 0));
	assert_string_equal(scene_known(scene, A1, COUNTY).name, before.name);
	assert_string_equal(scene_known(scene, A1, A1).name, before.name);
	when_skip(3600);
	snprintf(village.name, sizeof village.name, "新名村");
	grant_again(scene, TOWN_A, &village, 0);
	good(scene, scene_settles(scene, 0));
	assert_string_equal(scene_known(scene, A1, COUNTY).name, "新名村");
	assert_string_equal(scene_known(scene, A1, A1).name, "新名村");
}

/* Such a grant of a new site counts, as there is no other: the first with a right stamp does then.
 */
static void what_a_wrong_clock_let_in_is_in(void **state)
{
	struct scene *scene = *state;
	struct store *made = world_station("made", places[TOWN_A].area + 299);
	struct site who = {.site = store_station(made)->site,
		.area = places[TOWN_A].area + 299,
		.level = LEVEL_VILLAGE};
	struct site known;

	memcpy(who.sign_public, store_keys(made)->sign_public, SIGN_PUBLIC);
	memcpy(who.agree_public, store_keys(made)->agree_public, AGREE_PUBLIC);
	world_end(made);
	who.above = scene_site(scene, TOWN_A);
	snprintf(who.name, sizeof who.name, "先");
	grant_again(scene, TOWN_A, &who, 400 * DAY);
	good(scene, scene_settles(scene, 0));
	assert_true(log_site(store_log(scene->at[COUNTY]), who.site, &known));
	assert_string_equal(known.name, "先");
	snprintf(who.name, sizeof who.name, "后");
	grant_again(scene, TOWN_A, &who, 0);
	good(scene, scene_settles(scene, 0));
	assert_true(log_site(store_log(scene->at[COUNTY]), who.site, &known));
	assert_string_equal(known.name, "后");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(nobody_has_a_day_more_by_pushing_the_clock),
		CASE(nobody_gives_rights_that_it_has_not),
		CASE(nobody_gives_time_that_it_has_not),
		CASE(nobody_wins_for_ever_by_a_stamp_ahead),
		CASE(what_a_wrong_clock_let_in_is_in),
	};
	return RUN(tests);
}
