/* SPDX-License-Identifier: GPL-3.0-or-later
 * A fact that its taker can keep but not pass on would shut the way for all that others wrote after
 * it: the township's reports would never be at the county again. And one with a stamp that nobody
 * can go beyond would end its record.
 */
#include "cases.h"

#include "base/when.h"
#include "model/kinds.h"
#include "sync/wire.h"

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

/* Signatures that are all the same pack well; beside what the township does not keep they do not
 * show, and alone in its next frame they are more than that can hold. */
static void false_signatures(void **state)
{
	static const uint8_t none[SIGN_SIZE] = {0};
	struct scene *scene = *state;
	struct crafted crafted;

	craft_begin(&crafted, scene->at[A1]);
	for (unsigned i = 0; i < 40; i++) {
		struct op op = craft_op(&crafted, KIND_hazard, hazard_place, "x");
		craft_add(&crafted, &op, NULL);
		crafted.facts[crafted.count - 1].sig = bytes_of(none, sizeof none);
	}
	for (uint32_t i = 0; i < 12; i++) {
		struct op op = craft_op(&crafted, KIND_hazard, hazard_place, "x");
		uint8_t noise[3000];
		struct value value = {.wire = WIRE_BYTES, .text = bytes_of(noise, sizeof noise)};
		struct buf body = {0};
		crypt_random(noise, sizeof noise);
		put_field(&body, 200, &value);
		op.site = op.rec_site = scene_site(scene, COUNTY);
		op.seq = op.rec_seq = (100 + i) * 8 + LANE_LOOP;
		op.area = places[COUNTY].area;
		op.body = buf_bytes(&body);
		craft_add(&crafted, &op, NULL);
		buf_release(&body);
	}
	bring(scene, &crafted);
	craft_end(&crafted);
	good(scene, scene_settles(scene, 1u << A1));
}

static void add_names(struct crafted *crafted, struct op *op, uint64_t *next)
{
	static const unsigned tags[] = {transfer_household, transfer_point, transfer_leader,
		transfer_shelter, transfer_warning};
	struct buf body = {0}, ref = {0};

	for (unsigned i = 0; i < countof(tags); i++) {
		struct value value = {.wire = WIRE_BYTES};
		buf_clear(&ref);
		ref_put(&ref, (struct ref){(*next)++, 12});
		value.text = buf_bytes(&ref);
		put_field(&body, tags[i], &value);
	}
	op->body = arena_bytes(&crafted->arena, buf_bytes(&body));
	buf_release(&body);
	buf_release(&ref);
}

/* More sites than a frame may name. */
static void names_of_nobody(void **state)
{
	enum { FRAMES = 14 };
	struct scene *scene = *state;
	struct crafted crafted;
	uint64_t next = UINT64_C(0x10000000000000);
	struct peer peer;
	struct fault fault;

	for (uint32_t frame = 0; frame < FRAMES; frame++) {
		craft_begin(&crafted, scene->at[A1]);
		for (uint32_t i = 0; i < CRAFTED_MOST; i++) {
			struct op op = craft_op(&crafted, KIND_transfer, transfer_text, "x");
			op.seq = op.rec_seq = (frame * CRAFTED_MOST + i + 100) * 8 + LANE_REPORT;
			add_names(&crafted, &op, &next);
			craft_add(&crafted, &op, NULL);
		}
		bring(scene, &crafted);
		craft_end(&crafted);
	}
	assert_int_equal(peer_load(scene->at[TOWN_A], &peer, &fault), RC_OK);
	peer.pace.frame = PACE_MOST;
	assert_int_equal(peer_save(scene->at[TOWN_A], &peer, &fault), RC_OK);
	good(scene, scene_settles(scene, 1u << A1));
}

/* With a field that this program does not know, so that it goes as it is. */
static void as_of_a_newer_program(struct crafted *crafted)
{
	struct fact *fact = &crafted->facts[crafted->count - 1];
	struct value value = value_num(1);
	struct buf raw = {0};

	buf_put(&raw, fact->raw.at, fact->raw.len);
	put_field(&raw, 14, &value);
	fact->raw = arena_bytes(&crafted->arena, buf_bytes(&raw));
	buf_release(&raw);
}

static void the_end_of_time(void **state)
{
	for (unsigned less = 0; less < 3; less++) {
		struct scene *scene = *state;
		struct crafted crafted;
		struct op op;
		craft_begin(&crafted, scene->at[A1]);
		op = craft_op(&crafted, KIND_hazard, hazard_place, "平常的");
		craft_add(&crafted, &op, NULL);
		op = craft_op(&crafted, KIND_hazard, hazard_place, "桥下");
		op.rec_seq = scene->hazard[A1].seq;
		op.area = 0;
		op.stamp = INT64_MAX - less;
		craft_add(&crafted, &op, NULL);
		as_of_a_newer_program(&crafted);
		bring(scene, &crafted);
		craft_end(&crafted);
		world_step(scene->at[TOWN_A], scene->hazard[A1], 0, "镇水利站");
		world_step(scene->at[TOWN_A], scene->hazard[A1], 0, "镇应急办");
		world_step(scene->at[TOWN_A], scene->hazard[A1], hazard_do_urge, "催");
		good(scene, scene_settles(scene, 1u << A1));
		assert_true(
			text_is(scene->at[TOWN_A], scene->hazard[A1], hazard_owner, "镇应急办"));
		assert_true(
			text_is(scene->at[COUNTY], scene->hazard[A1], hazard_owner, "镇应急办"));
		case_again(scene);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(times_of_another_age),
		CASE(stamps_beyond_the_wire),
		CASE(more_fields_than_a_reader_takes),
		CASE(many_frames_make_one),
		CASE(false_signatures),
		CASE(names_of_nobody),
		CASE(the_end_of_time),
	};
	return RUN(tests);
}
