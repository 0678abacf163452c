/* SPDX-License-Identifier: GPL-3.0-or-later
 * Nobody grants itself, its hub, or anybody above or beside its own subtree; who a station is
 * changes by its own joining, or by its hub and never to another place. What a duty officer would
 * notice otherwise: the county's screen says it is a village, a neighbour's code is gone, a station
 * that is paid for is revoked.
 */
#include "cases.h"

#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/rows/internal.h"
#include "store/station.h"
#include "sync/enrol.h"
#include "sync/swap.h"
#include "sync/trust/internal.h"

#include <stdio.h>

/* Forged by LIAR: one or several facts. */
struct forging {
	struct scene *scene;
	struct crafted *crafted;
	enum spot liar;
};

static const struct keys *keys_of(const struct forging *forging)
{
	return store_keys(forging->scene->at[forging->liar]);
}

/* VICTIM at PLACE, as a fact of AREA (0: of the place). */
static void grant_to(const struct forging *forging, enum spot victim, uint64_t place, uint64_t area)
{
	struct site who =
		scene_known(forging->scene, victim, victim == forging->liar ? COUNTY : victim);
	struct op op;

	who.area = place;
	who.level = LEVEL_VILLAGE;
	snprintf(who.name, sizeof who.name, "改了的");
	snprintf(who.code, sizeof who.code, "GG");
	op = craft_grant(forging->crafted, &who);
	if (area)
		op.area = area;
	craft_add(forging->crafted, &op, keys_of(forging));
}

static uint64_t area_of(const struct forging *forging)
{
	return places[forging->liar].area;
}

static void itself_as_the_county(const struct forging *forging)
{
	grant_to(forging, forging->liar, places[COUNTY].area, 0);
	grant_to(forging, forging->liar, places[COUNTY].area, area_of(forging));
}

/* A key of its own, which says that it has joined beside the liar, or beside its hub. */
static void a_twin(const struct forging *forging, enum spot of)
{
	struct site who = scene_known(forging->scene, of, of);
	struct joined word = {.number = 9, .hub = who.site};
	struct store *store = forging->scene->at[forging->liar];
	struct buf body = {0};
	struct keys keys;
	struct fault fault;
	struct op op;

	keys_from_seed(&keys, "a twin");
	memcpy(who.sign_public, keys.sign_public, SIGN_PUBLIC);
	who.site = site_of(keys.sign_public);
	joined_sign(&word, &keys, &who);
	op = craft_grant(forging->crafted, &who);
	assert_int_equal(joined_set(store, who.site, &word, &fault), RC_OK);
	grant_body(store, &who, NULL, &body);
	op.body = buf_bytes(&body);
	craft_add(forging->crafted, &op, keys_of(forging));
	buf_release(&body);
}

static void a_twin_of_its_hub(const struct forging *forging)
{
	if (places[forging->liar].up >= 0)
		a_twin(forging, (enum spot)places[forging->liar].up);
}

/* That is the county's own to let in. */
static void a_twin_of_the_county(const struct forging *forging)
{
	if (forging->liar != COUNTY)
		a_twin(forging, COUNTY);
}

/* A township may have one; a village may not. */
static void a_twin_of_a_village(const struct forging *forging)
{
	if (forging->liar == A1)
		a_twin(forging, A1);
}

static void itself_with_other_words(const struct forging *forging)
{
	grant_to(forging, forging->liar, area_of(forging), 0);
}

static void the_county_as_a_village(const struct forging *forging)
{
	grant_to(forging, COUNTY, area_of(forging) + 207, 0);
	grant_to(forging, COUNTY, area_of(forging), 0);
	grant_to(forging, COUNTY, area_of(forging) + 207, area_of(forging));
}

static void its_hub_as_a_village(const struct forging *forging)
{
	enum spot hub = (enum spot)places[forging->liar].up;

	grant_to(forging, hub, area_of(forging), 0);
	grant_to(forging, hub, places[hub].area + 207, area_of(forging));
}

static void a_neighbour_in_its_own_area(const struct forging *forging)
{
	static const enum spot all[] = {TOWN_A, A2, TOWN_B, B1};

	for (unsigned i = 0; i < countof(all); i++)
		if (all[i] != forging->liar && places[all[i]].up != (int)forging->liar) {
			grant_to(forging, all[i], area_of(forging) + 207, 0);
			grant_to(forging, all[i], area_of(forging), 0);
		}
}

static void a_neighbour_where_it_is(const struct forging *forging)
{
	static const enum spot all[] = {TOWN_A, A2, TOWN_B, B1};

	for (unsigned i = 0; i < countof(all); i++)
		if (all[i] != forging->liar && places[all[i]].up != (int)forging->liar) {
			grant_to(forging, all[i], places[all[i]].area, 0);
			grant_to(forging, all[i], places[all[i]].area, area_of(forging));
		}
}

static void its_own_station_at_another_place(const struct forging *forging)
{
	for (enum spot x = 0; x < PLACES; x++)
		if (places[x].up == (int)forging->liar) {
			grant_to(forging, x, places[x].area + 3, 0);
			grant_to(forging, x, places[x].area + 3, places[x].area);
		}
}

static void revoke(const struct forging *forging, enum spot victim, uint64_t area)
{
	struct op op = craft_revocation(forging->crafted, scene_site(forging->scene, victim), area);

	craft_add(forging->crafted, &op, keys_of(forging));
}

/* Who stands below it, it may revoke. */
static void everybody_else_revoked(const struct forging *forging)
{
	for (enum spot x = 0; x < PLACES; x++)
		if (!area_within(places[x].area, area_of(forging))) {
			revoke(forging, x, area_of(forging));
			revoke(forging, x, places[x].area);
		}
}

/* The same words as a good grant, but nobody of right has signed them. */
static void grants_that_nobody_signed(const struct forging *forging)
{
	static const enum spot authors[] = {COUNTY, TOWN_A, TOWN_B};
	struct keys other;

	keys_from_seed(&other, "nobody");
	for (unsigned i = 0; i < countof(authors) * PLACES; i++) {
		enum spot author = authors[i / PLACES], victim = i % PLACES;
		struct site who = scene_known(forging->scene, victim, victim);
		struct op op;
		if (author == forging->liar)
			continue;
		who.area = places[A1].area + 7;
		op = craft_grant(forging->crafted, &who);
		op.site = op.rec_site = scene_site(forging->scene, author);
		op.seq = op.rec_seq = (50 + i) * 8 + LANE_ALARM;
		craft_add(forging->crafted, &op,
			i % 3 == 0   ? NULL
			: i % 3 == 1 ? &other
				     : keys_of(forging));
	}
}

static void put_hex_field(struct buf *body, unsigned tag, const uint8_t *at, size_t len)
{
	struct buf hex = {0};

	for (size_t i = 0; i < len; i++)
		buf_fmt(&hex, "%02x", at[i]);
	put_text_if(body, tag, buf_cstr(&hex));
	buf_release(&hex);
}

/* It says that it goes on for VICTIM: without that one's word, with a word of nothing, with its own
 * word. */
static void follow(const struct forging *forging, enum spot victim, uint64_t place)
{
	struct site own = scene_known(forging->scene, forging->liar, COUNTY);
	struct site old = scene_known(forging->scene, victim, COUNTY);
	uint8_t sig[SIGN_SIZE] = {1, 2, 3};

	own.area = place;
	for (unsigned how = 0; how < 3; how++) {
		struct op op = craft_grant(forging->crafted, &own);
		struct buf body = {0}, said = {0};
		buf_put(&body, op.body.at, op.body.len);
		put_hex_field(&body, grant_old, old.sign_public, SIGN_PUBLIC);
		successor_say(old.sign_public, own.sign_public, place, &said);
		if (how == 2)
			crypt_sign(keys_of(forging), buf_bytes(&said), sig);
		if (how)
			put_hex_field(&body, grant_vouch, sig, sizeof sig);
		op.body = arena_bytes(&forging->crafted->arena, buf_bytes(&body));
		op.area = place;
		craft_add(forging->crafted, &op, keys_of(forging));
		buf_release(&body);
		buf_release(&said);
	}
}

static void follows_everybody(const struct forging *forging)
{
	for (enum spot x = 0; x < PLACES; x++)
		if (x != forging->liar) {
			follow(forging, x, places[x].area);
			follow(forging, x, area_of(forging));
		}
}

static void (*const forgeries[])(const struct forging *forging) = {itself_as_the_county,
	itself_with_other_words, the_county_as_a_village, its_hub_as_a_village,
	a_neighbour_in_its_own_area, a_neighbour_where_it_is, its_own_station_at_another_place,
	everybody_else_revoked, grants_that_nobody_signed, follows_everybody, a_twin_of_its_hub,
	a_twin_of_the_county, a_twin_of_a_village};
static const char *const forgery_names[] = {"itself as the county", "itself with other words",
	"the county as a village", "its hub as a village", "a neighbour in its own area",
	"a neighbour where it is", "its own station at another place", "everybody else revoked",
	"grants that nobody signed", "follows everybody", "a twin of its hub",
	"a twin of the county", "a twin of a village"};

/* Upwards by its question; then everybody syncs. */
static void forged_upwards(void **state)
{
	static const enum spot liars[] = {A1, TOWN_A};

	for (unsigned i = 0; i < countof(liars) * countof(forgeries); i++) {
		struct scene *scene = *state;
		enum spot liar = liars[i / countof(forgeries)];
		struct crafted crafted;
		const struct forging forging = {scene, &crafted, liar};
		struct message question = liar_question(scene, liar);
		struct before before;
		craft_begin(&crafted, scene->at[liar]);
		before_take(&before, scene);
		forgeries[i % countof(forgeries)](&forging);
		liar_facts(&question, &crafted);
		(void)!liar_asks(scene, liar, &question);
		if (!liar_did_no_harm(scene, &before, liar, NULL))
			fail_msg("%s by %s: %s", forgery_names[i % countof(forgeries)],
				places[liar].name, scene->said);
		if (!scene_settles(scene, 1u << liar) ||
			!liar_did_no_harm(scene, &before, liar, liar_synced))
			fail_msg("%s by %s, and all sync: %s",
				forgery_names[i % countof(forgeries)], places[liar].name,
				scene->said);
		before_release(&before);
		craft_end(&crafted);
		case_again(scene);
	}
}

/* Downwards by its answers. */
static void forged_downwards(void **state)
{
	static const struct {
		enum spot liar, victim;
	} pairs[] = {{TOWN_A, A1}, {COUNTY, TOWN_A}};

	for (unsigned i = 0; i < countof(pairs) * countof(forgeries); i++) {
		struct scene *scene = *state;
		enum spot liar = pairs[i / countof(forgeries)].liar;
		struct crafted crafted;
		const struct forging forging = {scene, &crafted, liar};
		struct before before;
		if (liar == COUNTY && forgeries[i % countof(forgeries)] == its_hub_as_a_village)
			continue; /* it has none */
		craft_begin(&crafted, scene->at[liar]);
		before_take(&before, scene);
		forgeries[i % countof(forgeries)](&forging);
		(void)!liar_answers(
			scene, pairs[i / countof(forgeries)].victim, liar_put, &crafted);
		if (!liar_did_no_harm(scene, &before, liar, NULL) ||
			!scene_settles(scene, 1u << liar) ||
			!liar_did_no_harm(scene, &before, liar, liar_synced))
			fail_msg("%s by %s: %s", forgery_names[i % countof(forgeries)],
				places[liar].name, scene->said);
		before_release(&before);
		craft_end(&crafted);
		case_again(scene);
	}
}

/* A second station of the same village says that it goes on for the first, which is there and well.
 */
static void a_twin_does_not_end_its_neighbour(void **state)
{
	struct scene *scene = *state;
	struct store *twin = world_station("twin", places[A1].area);
	struct crafted crafted;
	struct before before;

	world_join(twin, scene->at[TOWN_A], "twin", places[A1].area);
	craft_begin(&crafted, twin);
	before_take(&before, scene);
	struct road road = {.hub = scene->at[TOWN_A], .seed = 1};
	struct sync_result result;
	struct site own, victim = scene_known(scene, A1, TOWN_A);
	assert_true(log_site(store_log(twin), store_station(twin)->site, &own));
	struct op op = craft_grant(&crafted, &own);
	struct buf body = {0};
	buf_put(&body, op.body.at, op.body.len);
	put_hex_field(&body, grant_old, victim.sign_public, SIGN_PUBLIC);
	op.body = buf_bytes(&body);
	struct bytes raw = craft_add(&crafted, &op, store_keys(twin));
	struct fault fault;
	bool fresh;
	/* It lies in its own log, and goes up with what is honest. */
	assert_int_equal(
		log_append(store_log(twin), raw, crafted.facts[0].sig, 0, &fresh, &fault), RC_OK);
	assert_true(world_sync(twin, &road, 4, &result));
	assert_true(log_site(store_log(scene->at[TOWN_A]), victim.site, &victim));
	assert_false(victim.ended);
	good(scene, scene_settles(scene, 0));
	for (enum spot x = 0; x < PLACES; x++)
		if (log_site(store_log(scene->at[x]), victim.site, &victim))
			assert_false(victim.ended);
	before_release(&before);
	buf_release(&body);
	craft_end(&crafted);
	world_end(twin);
}

/* A village of the township's area that has joined the county by itself: the township is not its
 * hub, and neither grants nor revokes it. */
static void a_township_is_not_everybodys_hub(void **state)
{
	struct scene *scene = *state;
	struct store *direct = world_station("direct", places[A1].area + 7);
	struct message question = liar_question(scene, TOWN_A);
	struct crafted crafted;
	const struct forging forging = {scene, &crafted, TOWN_A};
	struct before before;
	struct site site;

	world_join(direct, scene->at[COUNTY], "direct", places[A1].area + 7);
	assert_true(log_site(store_log(scene->at[COUNTY]), store_station(direct)->site, &site));
	craft_begin(&crafted, scene->at[TOWN_A]);
	snprintf(site.name, sizeof site.name, "改了的");
	struct op op = craft_grant(&crafted, &site);
	craft_add(&crafted, &op, keys_of(&forging));
	op = craft_revocation(&crafted, site.site, site.area);
	craft_add(&crafted, &op, keys_of(&forging));
	liar_facts(&question, &crafted);
	before_take(&before, scene);
	(void)!liar_asks(scene, TOWN_A, &question);
	good(scene, liar_did_no_harm(scene, &before, TOWN_A, NULL));
	before_release(&before);
	craft_end(&crafted);
	world_end(direct);
}

/* What was refused does not stand in the way of what is good and older. */
static void a_refused_grant_blocks_no_good_one(void **state)
{
	struct scene *scene = *state;
	struct message question = liar_question(scene, TOWN_A);
	struct crafted crafted;
	const struct forging forging = {scene, &crafted, TOWN_A};
	struct site other;
	struct fault fault;

	craft_begin(&crafted, scene->at[TOWN_A]);
	when_skip(20 * 3600);
	a_neighbour_where_it_is(&forging);
	when_skip(-20 * 3600);
	liar_facts(&question, &crafted);
	(void)!liar_asks(scene, TOWN_A, &question);
	craft_end(&crafted);
	other = scene_known(scene, B1, TOWN_B);
	other.until = when_now() + 400 * 86400;
	assert_int_equal(grant_write(scene->at[TOWN_B], &other, &fault), RC_OK);
	assert_int_equal(log_site_set(store_log(scene->at[TOWN_B]), &other, &fault), RC_OK);
	good(scene, scene_settles(scene, 1u << TOWN_A));
	other = scene_known(scene, B1, COUNTY);
	assert_true(other.until == when_now() + 400 * 86400);
}

/* A hub may name its station anew, and end its grant: that is its right, and stays possible. */
static void a_hub_renames_and_revokes_its_own(void **state)
{
	struct scene *scene = *state;
	struct site village = scene_known(scene, A1, TOWN_A);
	struct fault fault;

	snprintf(village.name, sizeof village.name, "新名村");
	assert_int_equal(grant_write(scene->at[TOWN_A], &village, &fault), RC_OK);
	assert_int_equal(log_site_set(store_log(scene->at[TOWN_A]), &village, &fault), RC_OK);
	good(scene, scene_settles(scene, 0));
	assert_string_equal(scene_known(scene, A1, COUNTY).name, "新名村");
	assert_int_equal(enrol_revoke(scene->at[TOWN_A], village.site, "丢失", &fault), RC_OK);
	assert_false(scene_sync(scene, A1));
	good(scene, scene_settles(scene, 1u << A1));
	assert_true(scene_known(scene, A1, COUNTY).revoked);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(forged_upwards),
		CASE(forged_downwards),
		CASE(a_twin_does_not_end_its_neighbour),
		CASE(a_township_is_not_everybodys_hub),
		CASE(a_refused_grant_blocks_no_good_one),
		CASE(a_hub_renames_and_revokes_its_own),
	};
	return RUN(tests);
}
