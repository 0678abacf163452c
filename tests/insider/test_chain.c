/* SPDX-License-Identifier: GPL-3.0-or-later
 * Another station in the area of a hub stands above nobody, and nobody gets in by whom a thief
 * made.
 */
#include "cases.h"

#include "model/kinds.h"
#include "store/rows/internal.h"
#include "sync/swap.h"
#include "sync/swap/internal.h"
#include "sync/take/internal.h"
#include "sync/trust/internal.h"
#include "sync/enrol.h"

#include <stdio.h>
#include <time.h>

/* As many numbers as fit into one record. */
static struct op dropping(struct crafted *crafted, uint64_t of, const char *why)
{
	char number[20];
	struct value site, seq = value_num(8 + LANE_LOOP), reason = value_text(why), more;
	struct buf body = {0}, list = {0};
	struct op op;

	for (unsigned i = 0; i < 128; i++)
		buf_fmt(&list, "%s%u-%u", i ? "," : "", 1 + i, 19000 + i);
	site_hex(of, number);
	site = value_text(number);
	more = value_text(buf_cstr(&list));
	op = craft_op(crafted, KIND_refusal, refusal_site, number);
	put_field(&body, refusal_site, &site);
	put_field(&body, refusal_seq, &seq);
	put_field(&body, refusal_reason, &reason);
	put_field(&body, refusal_more, &more);
	op.body = arena_bytes(&crafted->arena, buf_bytes(&body));
	buf_release(&body);
	buf_release(&list);
	return op;
}

/* A stolen township makes a station of its own before it is revoked; that one asks the county. */
static void a_revoked_township_does_not_speak_through_a_station_it_made(void **state)
{
	struct scene *scene = *state;
	uint64_t area = places[TOWN_A].area + 299;
	struct store *made = world_station("made", area), *village = scene->at[TOWN_A];
	struct site county = scene_known(scene, COUNTY, TOWN_A);
	struct message question = {.type = MESSAGE_ASK, .full = true, .got_mask = EVERY_LANE};
	struct peer peer = {.pace.frame = 4096};
	struct crafted crafted;
	struct arena arena = {0};
	struct fault fault;
	struct fact fact;
	struct op op;

	world_join(made, village, "made", area);
	good(scene, scene_sync(scene, TOWN_A));
	assert_int_equal(
		enrol_revoke(scene->at[COUNTY], scene_site(scene, TOWN_A), "被盗", &fault), RC_OK);
	/* It never had to do with the county, and knows its keys from the township. */
	peer.site = county;
	assert_int_equal(log_site_set(store_log(made), &county, &fault), RC_OK);
	assert_int_equal(peer_save(made, &peer, &fault), RC_OK);
	craft_begin(&crafted, made);
	op = craft_op(&crafted, KIND_hazard, hazard_place, "注销之后写的");
	craft_add(&crafted, &op, NULL);
	question.number = 1;
	liar_facts(&question, &crafted);
	scene->at[TOWN_A] = made;
	int status = liar_asks(scene, TOWN_A, &question);
	scene->at[TOWN_A] = village;
	craft_end(&crafted);
	bool there = log_fact(store_log(scene->at[COUNTY]), op.site, op.seq, &arena, &fact);
	print_message(
		"status %d, fact there %d state %d\n", status, there, there ? (int)fact.state : -1);
	arena_release(&arena);
	world_end(made);
	assert_false(there && fact.state == FACT_GOOD);
}

/* A guest in the township's area is nobody's hub: what it says to have dropped, villages have not
 * sent to it. */
static void a_guest_does_not_say_what_was_dropped(void **state)
{
	struct scene *scene = *state;
	struct store *guest = world_station("guest", places[TOWN_A].area),
		     *town = scene->at[TOWN_A];
	struct message question;
	struct crafted crafted;
	int64_t begin;

	world_join(guest, scene->at[COUNTY], "guest", places[TOWN_A].area);
	scene->at[TOWN_A] = guest;
	craft_begin(&crafted, guest);
	question = liar_question(scene, TOWN_A);
	for (unsigned i = 0; i < 4; i++) {
		struct op op = dropping(&crafted, scene_site(scene, A1), i % 2 ? "area" : "lifted");
		craft_add(&crafted, &op, NULL);
	}
	liar_facts(&question, &crafted);
	assert_int_equal(liar_asks(scene, TOWN_A, &question), ANSWER_DONE);
	scene->at[TOWN_A] = town;
	craft_end(&crafted);
	world_end(guest);
	good(scene, scene_sync(scene, TOWN_A));
	begin = clock();
	good(scene, scene_sync(scene, A1));
	print_message(
		"%lld ms for four facts\n", (long long)((clock() - begin) * 1000 / CLOCKS_PER_SEC));
	assert_true((clock() - begin) < CLOCKS_PER_SEC);
	assert_false(
		dropped_has(store_log(scene->at[A1]), scene_site(scene, A1), 5 * 8 + LANE_LOOP));
}

static void a_hub_does_not_stop_its_village_by_lists(void **state)
{
	struct scene *scene = *state;
	struct crafted crafted;
	int64_t begin;

	craft_begin(&crafted, scene->at[TOWN_A]);
	for (unsigned i = 0; i < 8; i++) {
		struct op op = dropping(&crafted, scene_site(scene, A1), "lifted");
		op.area = places[A1].area;
		craft_add(&crafted, &op, NULL);
	}
	begin = clock();
	assert_int_equal(liar_answers(scene, A1, liar_put, &crafted), RC_OK);
	print_message("%lld ms for eight facts\n",
		(long long)((clock() - begin) * 1000 / CLOCKS_PER_SEC));
	assert_true((clock() - begin) < CLOCKS_PER_SEC);
	craft_end(&crafted);
}

/* The guest packs a stick for a village of the township: it is not above that one. */
static void a_guest_is_not_above_the_villages_of_its_place(void **state)
{
	struct scene *scene = *state;
	struct store *guest = world_station("guest", places[TOWN_A].area);
	struct carry_count count;
	struct buf file = {0};
	struct message message = {.type = MESSAGE_CARRY, .full = true, .heard = 1, .store = 5};
	struct crafted crafted;
	struct arena arena = {0};
	struct fault fault;
	struct fact fact;
	struct site village;
	struct op op;
	uint64_t from;
	uint8_t head[CARRY_HEAD] = "OPC1";

	world_join(guest, scene->at[COUNTY], "guest", places[TOWN_A].area);
	good(scene, scene_sync(scene, TOWN_A));
	good(scene, scene_sync(scene, A1));
	village = scene_known(scene, A1, TOWN_A);
	assert_int_equal(log_site_set(store_log(guest), &village, &fault), RC_OK);
	craft_begin(&crafted, guest);
	op = craft_op(&crafted, KIND_hazard, hazard_place, "县里没写过");
	op.site = op.rec_site = scene_site(scene, COUNTY);
	op.seq = op.rec_seq = 100 * 8 + LANE_LOOP;
	op.area = places[COUNTY].area;
	craft_add(&crafted, &op, NULL);
	liar_facts(&message, &crafted);
	for (unsigned b = 0; b < 7; b++)
		head[4 + b] = (uint8_t)(village.site >> (8 * b));
	struct buf frame = {0};
	assert_int_equal(
		frame_close(guest, &village, &message, CLOSE_PLAIN, &frame, &fault), RC_OK);
	buf_put(&file, head, sizeof head);
	for (unsigned b = 0; b < 4; b++)
		buf_byte(&file, (uint8_t)(frame.len >> (8 * b)));
	buf_put(&file, frame.at, frame.len);
	enum rc rc = carry_take(scene->at[A1], buf_bytes(&file), &from, &count, &fault);
	bool there = log_fact(store_log(scene->at[A1]), op.site, op.seq, &arena, &fact);
	print_message("rc %d, there %d state %d\n", rc, there, there ? (int)fact.state : -1);
	assert_false(there && fact.state == FACT_GOOD);
	arena_release(&arena);
	craft_end(&crafted);
	buf_release(&file);
	buf_release(&frame);
	world_end(guest);
}

/* Of a hub that goes on with its old keys the number that ended is revoked: its villages stay in.
 */
static void who_goes_on_keeps_its_villages(void **state)
{
	struct scene *scene = *state;
	struct site village = scene_known(scene, A1, COUNTY),
		    town = scene_known(scene, TOWN_A, COUNTY);

	assert_false(cut_off(scene->at[COUNTY], &village));
	town.revoked = true;
	good(scene, !log_site_set(store_log(scene->at[COUNTY]), &town, &(struct fault){0}));
	assert_true(cut_off(scene->at[COUNTY], &village));
	town.ended = true;
	good(scene, !log_site_set(store_log(scene->at[COUNTY]), &town, &(struct fault){0}));
	assert_false(cut_off(scene->at[COUNTY], &village));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_guest_does_not_say_what_was_dropped),
		CASE(a_hub_does_not_stop_its_village_by_lists),
		CASE(a_guest_is_not_above_the_villages_of_its_place),
		CASE(a_revoked_township_does_not_speak_through_a_station_it_made),
		CASE(who_goes_on_keeps_its_villages),
	};
	return RUN(tests);
}
