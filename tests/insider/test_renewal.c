/* SPDX-License-Identifier: GPL-3.0-or-later
 * Only what is new counts as being heard. What a duty officer would notice otherwise: a station
 * that was stolen months ago still has a grant, because somebody plays what it once said.
 */
#include "cases.h"

#include "base/when.h"
#include "model/area.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/enrol.h"
#include "sync/swap.h"
#include "sync/swap/internal.h"

static struct store *station_of_ten_days(struct scene *scene)
{
	const struct terms terms = {.days = 10};
	struct store *guest = world_station("guest", places[A1].area + 7);
	char text[TOKEN_TEXT];
	struct token token;
	struct buf frame = {0}, answer = {0};
	struct fault fault;

	assert_int_equal(enrol_invite(scene->at[TOWN_A],
				 &(struct guest){.area = places[A1].area + 7,
					 .level = area_level(places[A1].area),
					 .name = "客村",
					 .ways = "http://127.0.0.1:1",
					 .terms = terms},
				 text, &fault),
		RC_OK);
	assert_int_equal(token_read(text, &token, &fault), RC_OK);
	assert_int_equal(enrol_ask(guest, &token, &frame, &fault), RC_OK);
	liar_brings(scene, TOWN_A, buf_bytes(&frame), &answer);
	assert_int_equal(enrol_apply(guest, buf_bytes(&answer), &fault), RC_OK);
	buf_release(&frame);
	buf_release(&answer);
	return guest;
}

static int64_t until_of(struct scene *scene, const struct store *guest)
{
	struct site site;

	assert_true(log_site(store_log(scene->at[TOWN_A]), store_station(guest)->site, &site));
	return site.until;
}

/* A question that somebody recorded, and a stick that is read again, do not prolong a grant whose
 * station is gone. */
static void old_questions_and_sticks_renew_nothing(void **state)
{
	struct scene *scene = *state;
	struct store *guest = station_of_ten_days(scene);
	struct buf ask = {0}, answer = {0}, stick = {0};
	struct sync_result result = {0};
	struct carry_count count;
	struct asking asking;
	struct peer peer;
	struct fault fault;
	struct before before;
	uint64_t from;
	int64_t until;

	world_hazard(guest, 0, "在路上");
	assert_int_equal(peer_load(guest, &peer, &fault), RC_OK);
	assert_int_equal(carry_pack(guest, &peer.site, &stick, &count, &fault), RC_OK);
	assert_int_equal(
		carry_take(scene->at[TOWN_A], buf_bytes(&stick), &from, &count, &fault), RC_OK);
	assert_int_equal(ask_make(guest, &peer, EVERY_LANE, &asking, &ask, &fault), RC_OK);
	liar_brings(scene, TOWN_A, buf_bytes(&ask), &answer);
	assert_int_equal(
		answer_apply(guest, &peer, &asking, buf_bytes(&answer), &result, &fault), RC_OK);
	until = until_of(scene, guest);
	assert_true(until > 0);
	when_skip(6 * 86400);
	before_take(&before, scene);
	liar_brings(scene, TOWN_A, buf_bytes(&ask), NULL);
	assert_true(until_of(scene, guest) == until);
	assert_int_equal(
		carry_take(scene->at[TOWN_A], buf_bytes(&stick), &from, &count, &fault), RC_OK);
	assert_true(until_of(scene, guest) == until);
	good(scene, liar_did_no_harm(scene, &before, B1, NULL)); /* nothing moved at all */
	before_release(&before);
	/* And a new question does. */
	struct road road = {.hub = scene->at[TOWN_A], .seed = 1};
	assert_true(world_sync(guest, &road, 3, &result));
	assert_true(until_of(scene, guest) > until);
	buf_release(&ask);
	buf_release(&answer);
	buf_release(&stick);
	world_end(guest);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(old_questions_and_sticks_renew_nothing),
	};
	return RUN(tests);
}
