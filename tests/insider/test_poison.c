/* SPDX-License-Identifier: GPL-3.0-or-later
 * A fact that its taker can keep but not pass on would shut the way for all that others wrote after
 * it: the township's reports would never be at the county again.
 */
#include "cases.h"

#include "base/when.h"
#include "model/kinds.h"

/* Every one of them at A1's own expense, in frames that a hub takes. */
static void bring(struct scene *scene, struct crafted *crafted)
{
	struct message question = liar_question(scene, A1);

	liar_facts(&question, crafted);
	assert_int_equal(liar_asks(scene, A1, &question), ANSWER_DONE);
}

static void add_number(struct op *op, struct crafted *crafted, unsigned tag, int64_t n)
{
	struct value value = value_num(n);
	struct buf body = {0};

	buf_put(&body, op->body.at, op->body.len);
	put_field(&body, tag, &value);
	op->body = arena_bytes(&crafted->arena, buf_bytes(&body));
	buf_release(&body);
}

static void times_of_another_age(void **state)
{
	static const int64_t at[] = {INT64_MAX, INT64_MIN, INT64_C(1) << 46, INT64_C(1500000000000),
		-(INT64_C(1) << 45)};
	struct scene *scene = *state;
	struct crafted crafted;

	craft_begin(&crafted, scene->at[A1]);
	for (unsigned i = 0; i < countof(at); i++) {
		struct op op = craft_op(&crafted, KIND_hazard, hazard_place, "何时");
		op.at = at[i];
		add_number(&op, &crafted, hazard_owner_due, 20260714);
		craft_add(&crafted, &op, NULL);
	}
	bring(scene, &crafted);
	craft_end(&crafted);
	good(scene, scene_settles(scene, 1u << A1));
}

static void stamps_beyond_the_wire(void **state)
{
	static const uint64_t stamps[] = {
		INT64_MAX, (UINT64_C(1) << 62) + 70000, UINT64_C(1) << 60, 1, UINT64_C(1) << 62};
	struct scene *scene = *state;
	struct crafted crafted;

	craft_begin(&crafted, scene->at[A1]);
	for (unsigned i = 0; i < countof(stamps); i++) {
		struct op op = craft_op(&crafted, KIND_hazard, hazard_place, "何时");
		op.stamp = stamps[i];
		craft_add(&crafted, &op, NULL);
		op = craft_op(&crafted, KIND_hazard, hazard_place, "其后");
		craft_add(&crafted, &op, NULL);
	}
	bring(scene, &crafted);
	craft_end(&crafted);
	good(scene, scene_settles(scene, 1u << A1));
}

static void more_fields_than_a_reader_takes(void **state)
{
	struct scene *scene = *state;
	struct crafted crafted;
	struct op op;

	craft_begin(&crafted, scene->at[A1]);
	op = craft_op(&crafted, KIND_hazard, hazard_place, "多");
	for (unsigned tag = 100; tag < 500; tag++)
		add_number(&op, &crafted, tag, 1);
	craft_add(&crafted, &op, NULL);
	op = craft_op(&crafted, KIND_hazard, hazard_place, "远");
	add_number(&op, &crafted, 1000000, 1);
	craft_add(&crafted, &op, NULL);
	bring(scene, &crafted);
	craft_end(&crafted);
	good(scene, scene_settles(scene, 1u << A1));
}

/* Each frame is good, and all of them in one are more than a reader takes. */
static void many_frames_make_one(void **state)
{
	enum { FRAMES = 16, FIELDS = 60 };
	struct scene *scene = *state;
	struct crafted crafted;
	struct value value = value_num(1);
	struct buf body = {0};
	uint32_t next = 0;
	struct peer peer;
	struct fault fault;

	put_field(&body, hazard_place, &(struct value){.wire = WIRE_TEXT, .text = bytes_text("a")});
	for (unsigned tag = 100; tag < 100 + FIELDS; tag++)
		put_field(&body, tag, &value);
	for (unsigned frame = 0; frame < FRAMES; frame++) {
		craft_begin(&crafted, scene->at[A1]);
		crafted.next[LANE_LOOP] = next ? next : crafted.next[LANE_LOOP];
		for (unsigned i = 0; i < CRAFTED_MOST; i++) {
			struct op op = craft_op(&crafted, KIND_hazard, hazard_place, "a");
			op.body = buf_bytes(&body);
			craft_add(&crafted, &op, NULL);
		}
		next = crafted.next[LANE_LOOP];
		bring(scene, &crafted);
		craft_end(&crafted);
	}
	buf_release(&body);
	assert_int_equal(peer_load(scene->at[TOWN_A], &peer, &fault), RC_OK);
	peer.pace.frame = PACE_MOST; /* on a good line */
	assert_int_equal(peer_save(scene->at[TOWN_A], &peer, &fault), RC_OK);
	good(scene, scene_settles(scene, 1u << A1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(times_of_another_age),
		CASE(stamps_beyond_the_wire),
		CASE(more_fields_than_a_reader_takes),
		CASE(many_frames_make_one),
	};
	return RUN(tests);
}
