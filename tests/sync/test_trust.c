/* SPDX-License-Identifier: GPL-3.0-or-later
 * A county, two townships and their villages, one of which lies: what it grants, revokes and says
 * of others changes nothing anywhere; what the right station says, and the site's own word, does.
 * Tests also: say.c trust.c authority.c successor.c joined.c join.c
 * Covers: N29
 */
#include "world.h"

#include "base/when.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/enrol.h"
#include "sync/swap.h"
#include "sync/take/internal.h"
#include "sync/trust/internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { DAY = 86400 };

static const uint64_t far_area = 410882104000, far_village_area = 410882104201;

struct five {
	struct store *county, *town, *village, *far, *far_village;
	struct road to_county, to_town, to_far;
};

static int begin(void **state)
{
	struct five *w = calloc(1, sizeof *w);

	when_hold(1784000000);
	w->county = world_station("county", county_area);
	w->town = world_station("town", town_area);
	w->village = world_station("village", village_area);
	w->far = world_station("far", far_area);
	w->far_village = world_station("hamlet", far_village_area);
	world_join(w->town, w->county, "town", town_area);
	world_join(w->far, w->county, "far", far_area);
	world_join(w->village, w->town, "village", village_area);
	w->to_county = (struct road){.hub = w->county, .seed = 1};
	w->to_town = (struct road){.hub = w->town, .seed = 2};
	w->to_far = (struct road){.hub = w->far, .seed = 3};
	*state = w;
	return 0;
}

static int end(void **state)
{
	struct five *w = *state;

	world_end(w->county);
	world_end(w->town);
	world_end(w->village);
	world_end(w->far);
	world_end(w->far_village);
	free(w);
	return 0;
}

static void sync_one(struct store *lower, struct road *road)
{
	struct sync_result result;

	when_skip(60);
	assert_true(world_sync(lower, road, 4, &result));
}

static void all_sync(struct five *w)
{
	for (int i = 0; i < 2; i++) {
		sync_one(w->town, &w->to_county);
		sync_one(w->far, &w->to_county);
		sync_one(w->village, &w->to_town);
	}
}

static uint64_t number_of(struct store *store)
{
	return store_station(store)->site;
}

static struct site row(struct store *store, struct store *of)
{
	struct site site;

	assert_true(log_site(store_log(store), number_of(of), &site));
	return site;
}

/* All that STORE knows of OF, but the order in which it came to know it. */
static void same(struct store *store, struct store *of, const struct site *was)
{
	struct site now = row(store, of);

	assert_memory_equal(now.sign_public, was->sign_public, SIGN_PUBLIC);
	assert_memory_equal(now.agree_public, was->agree_public, AGREE_PUBLIC);
	assert_int_equal(now.area, was->area);
	assert_int_equal(now.level, was->level);
	assert_int_equal(now.above, was->above);
	assert_int_equal(now.rights, was->rights);
	assert_int_equal(now.until, was->until);
	assert_int_equal(now.agree_id, was->agree_id);
	assert_int_equal(now.revoked, was->revoked);
	assert_int_equal(now.ended, was->ended);
	assert_string_equal(now.name, was->name);
	assert_string_equal(now.code, was->code);
}

/* Who LIAR says that SITE is, as a fact that LIAR may write; a minute later. */
static void claim(struct store *liar, const struct site *site)
{
	when_skip(60);
	world_claims(liar, site, 0);
}

static void revoke(struct store *liar, struct store *of)
{
	struct site known = row(liar, of);
	char number[16];
	struct buf body = {0};
	struct op op = {.kind = KIND_revocation};
	struct fault fault;

	when_skip(60);
	site_hex(known.site, number);
	put_text_if(&body, revocation_site, number);
	op.body = buf_bytes(&body);
	assert_int_equal(store_write(liar, &op, &fault), RC_OK);
	buf_release(&body);
}

/* A site of a stranger that LIAR has read about. */
static struct site as_known(struct store *of, uint64_t area, enum level level)
{
	struct site site = {.site = number_of(of), .area = area, .level = level};

	memcpy(site.sign_public, store_keys(of)->sign_public, SIGN_PUBLIC);
	memcpy(site.agree_public, store_keys(of)->agree_public, AGREE_PUBLIC);
	snprintf(site.name, sizeof site.name, "%s", store_station(of)->name);
	snprintf(site.code, sizeof site.code, "%s", store_station(of)->code);
	return site;
}

/* ---- grants */

static void a_township_makes_its_county_a_village(void **state)
{
	struct five *w = *state;
	struct site at_county, at_town, at_village, lie;

	all_sync(w);
	at_county = row(w->county, w->county);
	at_town = row(w->town, w->county);
	at_village = row(w->village, w->county);
	for (int i = 0; i < 3; i++) {
		lie = at_town;
		lie.area = i ? village_area : town_area;
		lie.level = i ? LEVEL_VILLAGE : LEVEL_TOWNSHIP;
		if (i == 2)
			memset(lie.agree_public, 7, AGREE_PUBLIC);
		snprintf(lie.name, sizeof lie.name, "nobody");
		claim(w->town, &lie);
	}
	all_sync(w);
	same(w->county, w->county, &at_county);
	same(w->town, w->county, &at_town);
	same(w->village, w->county, &at_village);
	assert_int_equal(store_station(w->county)->area, county_area);
	/* And the county still can speak to all of them. */
	world_hazard(w->county, county_area, "水库");
	all_sync(w);
	assert_int_equal(world_count(w->village, KIND_hazard), 1);
}

static void nobody_grants_itself(void **state)
{
	struct five *w = *state;
	struct site was[3], lie = row(w->town, w->town);

	all_sync(w);
	was[0] = row(w->county, w->town);
	was[1] = row(w->town, w->town);
	was[2] = row(w->village, w->town);
	lie.until = 0;
	lie.rights = RIGHTS_ALL;
	lie.area = county_area;
	lie.level = LEVEL_COUNTY;
	claim(w->town, &lie);
	lie.area = village_area;
	lie.level = LEVEL_VILLAGE;
	claim(w->town, &lie);
	all_sync(w);
	same(w->county, w->town, &was[0]);
	same(w->town, w->town, &was[1]);
	same(w->village, w->town, &was[2]);
}

static void nobody_grants_beside_itself(void **state)
{
	struct five *w = *state;
	struct joined word;
	struct fault fault;
	struct site was, lie;

	world_join(w->far_village, w->far, "hamlet", far_village_area);
	all_sync(w);
	was = row(w->county, w->far_village);
	assert_int_equal(was.above, number_of(w->far));
	/* Also with the word that the village has given to its own township. */
	for (int i = 0; i < 2; i++) {
		joined_get(w->far, number_of(w->far_village), &word);
		assert_true(word.number > 0);
		lie = as_known(w->far_village, i ? far_village_area : other_area, LEVEL_VILLAGE);
		if (i)
			assert_int_equal(joined_set(w->town, lie.site, &word, &fault), RC_OK);
		claim(w->town, &lie);
	}
	all_sync(w);
	same(w->county, w->far_village, &was);
	/* A neighbour township, too. */
	was = row(w->county, w->far);
	lie = as_known(w->far, other_area, LEVEL_VILLAGE);
	claim(w->town, &lie);
	all_sync(w);
	same(w->county, w->far, &was);
}

/* A grant says the key of its day; the key of today is the station's to say. */
static void a_grant_replaces_no_key(void **state)
{
	struct five *w = *state;
	struct site was, lie;

	all_sync(w);
	was = row(w->county, w->village);
	lie = row(w->town, w->village);
	memset(lie.agree_public, 7, AGREE_PUBLIC);
	lie.agree_id = 9;
	claim(w->town, &lie);
	all_sync(w);
	same(w->county, w->village, &was);
	assert_memory_equal(row(w->village, w->village).agree_public,
		store_keys(w->village)->agree_public, AGREE_PUBLIC);
}

/* A site's number is half a hash of its key: another key with that number is somebody else's. */
static void another_key_under_a_known_number(void **state)
{
	struct five *w = *state;
	struct site was;
	struct fault fault;

	all_sync(w);
	was = row(w->county, w->village);
	was.sign_public[0] ^= 1;
	assert_int_equal(log_site_set(store_log(w->county), &was, &fault), RC_OK);
	struct site again = row(w->town, w->village);
	again.until = when_now() + 500 * DAY;
	claim(w->town, &again);
	sync_one(w->town, &w->to_county);
	same(w->county, w->village, &was);
}

static void who_granted_it_and_who_stands_above_may_change_it(void **state)
{
	struct five *w = *state;
	int64_t until = when_now() + 100 * DAY;
	struct site site;

	all_sync(w);
	site = row(w->town, w->village);
	site.until = until;
	claim(w->town, &site);
	all_sync(w);
	assert_int_equal(row(w->county, w->village).until, until);
	assert_int_equal(row(w->village, w->village).until, until);
	site.until = until + DAY;
	claim(w->county, &site);
	all_sync(w);
	assert_int_equal(row(w->county, w->county).until, 0);
	assert_int_equal(row(w->town, w->village).until, until + DAY);
	/* Its own grant a station hears from the one above it. */
	assert_int_equal(row(w->village, w->village).until, until);
	assert_int_equal(row(w->town, w->village).above, number_of(w->town));
	/* Neither of them moves it: that takes its own word. */
	for (int i = 0; i < 2; i++) {
		site = row(w->town, w->village);
		site.area = i ? UINT64_C(410882103207) : other_area;
		claim(i ? w->county : w->town, &site);
	}
	site = row(w->town, w->town);
	site.area = UINT64_C(410882105000);
	claim(w->county, &site);
	all_sync(w);
	assert_int_equal(row(w->county, w->village).area, village_area);
	assert_int_equal(row(w->town, w->village).area, village_area);
	assert_int_equal(row(w->village, w->village).area, village_area);
	assert_int_equal(row(w->village, w->town).area, town_area);
	assert_int_equal(store_station(w->village)->area, village_area);
}

static void a_village_that_joins_elsewhere_moves_by_its_own_word(void **state)
{
	struct five *w = *state;
	struct road up = {.hub = w->far, .seed = 9};
	struct site lie, was;

	all_sync(w);
	world_join(w->village, w->far, "village", far_village_area);
	sync_one(w->village, &up);
	sync_one(w->far, &w->to_county);
	was = row(w->county, w->village);
	assert_int_equal(was.area, far_village_area);
	assert_int_equal(was.above, number_of(w->far));
	assert_int_equal(row(w->village, w->village).above, number_of(w->far));
	/* The township that it left holds on to it, with the word that it once gave. */
	lie = row(w->town, w->village);
	assert_int_equal(lie.area, village_area);
	claim(w->town, &lie);
	sync_one(w->town, &w->to_county);
	sync_one(w->far, &w->to_county);
	sync_one(w->village, &up);
	same(w->county, w->village, &was);
	assert_int_equal(store_station(w->village)->area, far_village_area);
	/* It revokes it as well. */
	revoke(w->town, w->village);
	sync_one(w->town, &w->to_county);
	same(w->county, w->village, &was);
	/* And it comes back when it wants to. */
	world_join(w->village, w->town, "village", village_area);
	sync_one(w->village, &w->to_town);
	sync_one(w->town, &w->to_county);
	assert_int_equal(row(w->county, w->village).area, village_area);
	assert_int_equal(row(w->county, w->village).above, number_of(w->town));
}

/* Before the county has heard of the far village, somebody else grants and revokes it. */
static void a_site_is_not_taken_before_its_own_hub_is_heard(void **state)
{
	struct five *w = *state;
	struct site lie;

	world_join(w->far_village, w->far, "hamlet", far_village_area);
	lie = as_known(w->far_village, other_area, LEVEL_VILLAGE);
	claim(w->town, &lie);
	sync_one(w->town, &w->to_county);
	assert_int_equal(row(w->county, w->far_village).area, other_area);
	assert_int_equal(log_site_set(store_log(w->town), &lie, &(struct fault){.rc = 0}), RC_OK);
	revoke(w->town, w->far_village);
	sync_one(w->town, &w->to_county);
	assert_true(row(w->county, w->far_village).revoked);
	sync_one(w->far, &w->to_county);
	assert_int_equal(row(w->county, w->far_village).area, far_village_area);
	assert_int_equal(row(w->county, w->far_village).above, number_of(w->far));
	assert_false(row(w->county, w->far_village).revoked);
	assert_int_equal(row(w->county, w->far_village).until, 0);
}

static void nobody_takes_the_code_of_its_hub(void **state)
{
	struct five *w = *state;
	struct store *guest = world_station("guest", other_area);
	struct site found;

	all_sync(w);
	for (int i = 0; i < 2; i++) {
		struct store *hub = i ? w->town : w->county;
		struct site lie = as_known(guest, other_area, LEVEL_VILLAGE);
		memcpy(lie.code, row(hub, hub).code, sizeof lie.code);
		claim(w->town, &lie);
		all_sync(w);
		assert_true(log_site_code(store_log(w->county), lie.code, &found));
		assert_int_equal(found.site, number_of(hub));
		assert_true(log_site_code(store_log(w->village), lie.code, &found));
		assert_int_equal(found.site, number_of(hub));
		assert_string_equal(row(w->county, guest).code, "");
	}
	world_end(guest);
}

/* ---- revocations */

static void revocations_by_the_same_rule(void **state)
{
	struct five *w = *state;
	struct site was[4];

	world_join(w->far_village, w->far, "hamlet", far_village_area);
	all_sync(w);
	was[0] = row(w->county, w->far_village);
	was[1] = row(w->county, w->far);
	was[2] = row(w->county, w->county);
	was[3] = row(w->village, w->county);
	assert_int_equal(
		log_site_set(store_log(w->town), &was[0], &(struct fault){.rc = 0}), RC_OK);
	revoke(w->town, w->far_village);
	assert_int_equal(
		log_site_set(store_log(w->town), &was[1], &(struct fault){.rc = 0}), RC_OK);
	revoke(w->town, w->far);
	revoke(w->town, w->county);
	revoke(w->town, w->town);
	all_sync(w);
	same(w->county, w->far_village, &was[0]);
	same(w->county, w->far, &was[1]);
	same(w->county, w->county, &was[2]);
	same(w->village, w->county, &was[3]);
	assert_false(row(w->county, w->town).revoked);
	/* The right ones. */
	revoke(w->town, w->village);
	sync_one(w->town, &w->to_county);
	assert_true(row(w->county, w->village).revoked);
	revoke(w->county, w->far_village);
	sync_one(w->far, &w->to_county);
	assert_true(row(w->far, w->far_village).revoked);
}

/* What the command does, at a second station of the same place, which is nobody's hub. */
static void nobody_cuts_off_whom_it_did_not_let_in(void **state)
{
	struct five *w = *state;
	struct store *guest = world_station("guest", town_area);
	struct site village, town;
	struct fault fault;

	world_join(guest, w->county, "guest", town_area);
	all_sync(w);
	village = row(w->town, w->village);
	town = row(w->county, w->town);
	assert_int_equal(log_site_set(store_log(guest), &village, &fault), RC_OK);
	assert_int_equal(log_site_set(store_log(guest), &town, &fault), RC_OK);
	uint64_t last = log_last(store_log(guest));
	assert_int_equal(enrol_revoke(guest, village.site, "假", &fault), RC_DENIED);
	assert_int_equal(enrol_revoke(guest, town.site, "假", &fault), RC_DENIED);
	assert_int_equal(enrol_revoke(guest, number_of(w->county), "假", &fault), RC_DENIED);
	assert_int_equal(enrol_revoke(guest, number_of(guest), "假", &fault), RC_DENIED);
	assert_int_equal(log_last(store_log(guest)), last);
	assert_false(row(guest, w->village).revoked || row(guest, w->town).revoked);
	assert_int_equal(enrol_revoke(w->county, village.site, "真", &fault), RC_OK);
	sync_one(w->town, &w->to_county);
	assert_true(row(w->town, w->village).revoked);
	world_end(guest);
}

/* Asked of the station itself, before anything is written: the same whatever calls. */
static void a_station_says_of_others_what_is_its_to_say(void **state)
{
	struct five *w = *state;
	struct site village, far, self, county;
	struct fault fault;

	all_sync(w);
	village = row(w->town, w->village);
	self = row(w->town, w->town);
	county = row(w->town, w->county);
	far = as_known(w->far_village, far_village_area, LEVEL_VILLAGE);
	uint64_t last = log_last(store_log(w->town));
	assert_int_equal(grant_write_at(w->town, &far, town_area, NULL, &fault), RC_DENIED);
	assert_int_equal(grant_write_at(w->town, &self, town_area, NULL, &fault), RC_DENIED);
	assert_int_equal(revocation_write(w->town, &far, &far, "", &fault), RC_DENIED);
	assert_int_equal(revocation_write(w->town, &county, &county, "", &fault), RC_DENIED);
	assert_int_equal(log_last(store_log(w->town)), last);
	assert_false(row(w->town, w->county).revoked);
	/* Who stands above is named for those below. */
	assert_int_equal(grant_write_at(w->town, &county, town_area, NULL, &fault), RC_OK);
	assert_int_equal(grant_write(w->town, &village, &fault), RC_OK);
	assert_int_equal(revocation_write(w->town, &village, &village, "", &fault), RC_OK);
	assert_true(row(w->town, w->village).revoked);
}

/* ---- successors */

/* SITE's self-grant that says it follows OLD; KEYS sign that, or NULL. */
static void says_it_follows(struct store *store, struct store *old, const struct keys *keys)
{
	struct station was = *store_station(old);
	struct fault fault;

	was.joined = false;
	when_skip(60);
	assert_int_equal(successor_write(store, &was, keys, &fault), RC_OK);
}

static void nobody_follows_without_the_signature_of_the_old_one(void **state)
{
	struct five *w = *state;
	struct store *guest = world_station("guest", town_area);
	struct road up = {.hub = w->county, .seed = 9};
	struct site was[2];

	world_join(guest, w->county, "guest", town_area); /* a rescue team of the same place */
	sync_one(guest, &up);
	all_sync(w);
	was[0] = row(w->county, w->town);
	was[1] = row(w->village, w->town);
	/* In its store somebody stands below the township, or nothing would be written. */
	struct site below = as_known(w->village, village_area, LEVEL_VILLAGE);
	below.above = number_of(w->town);
	struct fault fault;
	assert_int_equal(log_site_set(store_log(guest), &was[0], &fault), RC_OK);
	assert_int_equal(log_site_set(store_log(guest), &below, &fault), RC_OK);
	says_it_follows(guest, w->town, store_keys(guest));
	says_it_follows(guest, w->town, store_keys(w->far));
	sync_one(guest, &up);
	all_sync(w);
	same(w->county, w->town, &was[0]);
	same(w->village, w->town, &was[1]);
	/* So it has no say over the villages of the township. */
	struct site lie = row(w->county, w->village), village = lie;
	lie.until = when_now() - 10 * DAY;
	claim(guest, &lie);
	revoke(guest, w->village);
	sync_one(guest, &up);
	all_sync(w);
	same(w->county, w->village, &village);
	world_end(guest);
}

/* A township's site ends and goes on as another: what that grants counts two levels up as well. */
static void a_successor_has_the_say_of_the_old_one(void **state)
{
	struct five *w = *state;
	struct store *city = world_station("city", UINT64_C(410800000000));
	struct road up = {.hub = city, .seed = 9};
	struct fault fault;
	uint64_t old = number_of(w->town);
	struct site site;

	world_join(w->county, city, "county", county_area);
	all_sync(w);
	sync_one(w->county, &up);
	assert_int_equal(row(city, w->village).above, old);
	assert_int_equal(log_site_ends(store_log(w->town), &fault), RC_OK);
	world_hazard(w->town, town_area, "沟口");
	assert_true(number_of(w->town) != old);
	all_sync(w);
	sync_one(w->county, &up);
	site = row(w->town, w->village);
	site.until = when_now() + 300 * DAY;
	claim(w->town, &site);
	all_sync(w);
	sync_one(w->county, &up);
	assert_int_equal(row(w->county, w->village).until, site.until);
	assert_int_equal(row(city, w->village).until, site.until);
	assert_int_equal(row(w->village, w->village).until, site.until);
	assert_int_equal(row(city, w->village).above, number_of(w->town));
	world_end(city);
}

/* A grant with a term, by a hub whose site has ended since. */
static void a_successor_renews_what_the_old_one_granted(void **state)
{
	struct five *w = *state;
	struct fault fault;
	int64_t first;

	assert_int_equal(term_set(w->town, number_of(w->village), 100, &fault), RC_OK);
	sync_one(w->village, &w->to_town);
	sync_one(w->village, &w->to_town);
	first = row(w->village, w->village).until;
	assert_true(first > 0);
	assert_int_equal(log_site_ends(store_log(w->town), &fault), RC_OK);
	world_hazard(w->town, town_area, "沟口");
	all_sync(w);
	when_skip(60 * DAY);
	all_sync(w);
	assert_true(row(w->village, w->village).until > first);
	assert_int_equal(row(w->county, w->village).until, row(w->village, w->village).until);
}

/* A village whose site ended keeps the term of its grant. */
static void the_next_site_of_a_village_keeps_its_term(void **state)
{
	struct five *w = *state;
	struct fault fault;
	int64_t first;

	assert_int_equal(term_set(w->town, number_of(w->village), 100, &fault), RC_OK);
	sync_one(w->village, &w->to_town);
	sync_one(w->village, &w->to_town);
	first = row(w->town, w->village).until;
	assert_int_equal(log_site_ends(store_log(w->village), &fault), RC_OK);
	world_hazard(w->village, 0, "沟口");
	sync_one(w->village, &w->to_town);
	when_skip(60 * DAY);
	sync_one(w->village, &w->to_town);
	assert_true(row(w->town, w->village).until > first);
}

/* The township says that its county goes on for it. */
static void nobody_makes_its_hub_its_successor(void **state)
{
	struct five *w = *state;
	struct site was = row(w->village, w->county), hub = row(w->village, w->town);
	uint8_t statement[SUCCESSOR_SIZE];
	struct peer peer;
	struct fault fault;

	successor_make(store_keys(w->town), store_keys(w->county), "COU", statement);
	struct bytes frame = bytes_of(statement, sizeof statement);
	assert_int_equal(peer_load(w->village, &peer, &fault), RC_OK);
	assert_int_equal(successors_from_above(w->village, &peer, &frame, &fault), RC_OK);
	assert_int_equal(peer.site.site, number_of(w->town));
	same(w->village, w->county, &was);
	same(w->village, w->town, &hub);
	/* Nor does a hub follow a station that another one let in. */
	struct site village = row(w->town, w->village);
	all_sync(w);
	struct keys next;
	keys_from_seed(&next, "next");
	successor_make(store_keys(w->village), &next, "VIL", statement);
	frame = bytes_of(statement, sizeof statement);
	assert_int_equal(store_begin(w->county, &fault), RC_OK);
	assert_int_equal(successors_from_below(w->county, &frame, &fault), RC_OK);
	assert_int_equal(store_commit(w->county, &fault), RC_OK);
	same(w->county, w->village, &village);
	assert_false(log_site(store_log(w->county), site_of(next.sign_public), &village));
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		CASE(a_township_makes_its_county_a_village),
		CASE(nobody_grants_itself),
		CASE(nobody_grants_beside_itself),
		CASE(a_grant_replaces_no_key),
		CASE(another_key_under_a_known_number),
		CASE(who_granted_it_and_who_stands_above_may_change_it),
		CASE(a_village_that_joins_elsewhere_moves_by_its_own_word),
		CASE(a_site_is_not_taken_before_its_own_hub_is_heard),
		CASE(nobody_takes_the_code_of_its_hub),
		CASE(revocations_by_the_same_rule),
		CASE(nobody_cuts_off_whom_it_did_not_let_in),
		CASE(a_station_says_of_others_what_is_its_to_say),
		CASE(nobody_follows_without_the_signature_of_the_old_one),
		CASE(a_successor_has_the_say_of_the_old_one),
		CASE(a_successor_renews_what_the_old_one_granted),
		CASE(the_next_site_of_a_village_keeps_its_term),
		CASE(nobody_makes_its_hub_its_successor),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
