/* SPDX-License-Identifier: GPL-3.0-or-later
 * A fact says itself of which kind it is, and a change says itself what a record is about: neither
 * gets round a signature.
 */
#include "cases.h"

#include "model/kinds.h"
#include "store/station.h"
#include "sync/wire.h"

/* A fact in the name of AUTHOR on REC, of KIND and STEP, with one text; not signed. */
static void forge_on(struct crafted *crafted, uint64_t author, struct ref rec, unsigned kind,
	unsigned step, uint32_t n, unsigned tag, const char *text)
{
	struct op op = craft_op(crafted, kind, tag, text);

	op.site = author;
	op.seq = n * 8 + LANE_ALARM;
	op.rec_site = rec.site;
	op.rec_seq = rec.seq;
	op.area = 0;
	op.step = step;
	op.stamp += 1 << 20;
	craft_add(crafted, &op, NULL);
}

/* A township cancels the county's red warning at its village by a step that calls itself one of a
 * hazard: kinds that are signed are told by what the fact says. */
static void a_township_cannot_cancel_the_countys_warning(void **state)
{
	struct scene *scene = *state;
	struct crafted crafted;

	craft_begin(&crafted, scene->at[TOWN_A]);
	forge_on(&crafted, scene_site(scene, COUNTY), scene->warning, KIND_hazard,
		warning_do_cancel, 100, ARG_TEXT, "解除");
	assert_int_equal(liar_answers(scene, A1, liar_put, &crafted), RC_OK);
	craft_end(&crafted);
	assert_int_equal(state_of(scene->at[A1], scene->warning), warning_is_active);
}

static void a_township_cannot_edit_the_countys_warning(void **state)
{
	static const unsigned kinds_tried[] = {KIND_hazard, 60000, KIND_receipt};

	for (unsigned i = 0; i < countof(kinds_tried); i++) {
		struct scene *scene = *state;
		struct crafted crafted;
		craft_begin(&crafted, scene->at[TOWN_A]);
		forge_on(&crafted, scene_site(scene, COUNTY), scene->warning, KIND_hazard, 0, 100,
			warning_headline, "没有雨");
		struct op op;
		assert_true(op_take(crafted.facts[0].raw, &op));
		op.kind = kinds_tried[i];
		crafted.count = 0;
		craft_add(&crafted, &op, NULL);
		assert_int_equal(liar_answers(scene, A1, liar_put, &crafted), RC_OK);
		craft_end(&crafted);
		assert_true(
			text_is(scene->at[A1], scene->warning, warning_headline, "暴雨红色预警"));
		case_again(scene);
	}
}

/* The receipt of a village for the red warning, which it has signed. */
static struct ref receipt_of(struct scene *scene, enum spot x)
{
	return (struct ref){scene_site(scene, x), 1 * 8 + LANE_ALARM};
}

static void a_township_cannot_change_a_signed_receipt(void **state)
{
	struct scene *scene = *state;
	struct ref receipt = receipt_of(scene, A1);
	struct message question = liar_question(scene, TOWN_A);
	struct crafted crafted;

	assert_true(text_is(scene->at[COUNTY], receipt, receipt_result, "signed"));
	craft_begin(&crafted, scene->at[TOWN_A]);
	forge_on(&crafted, scene_site(scene, A1), receipt, KIND_hazard, 0, 100, receipt_result,
		"refused");
	liar_facts(&question, &crafted);
	(void)!liar_asks(scene, TOWN_A, &question);
	craft_end(&crafted);
	assert_true(text_is(scene->at[COUNTY], receipt, receipt_result, "signed"));
}

static void a_township_cannot_turn_a_signed_receipt(void **state)
{
	struct scene *scene = *state;
	struct ref receipt = receipt_of(scene, A1);
	struct message question = liar_question(scene, TOWN_A);
	struct value warning = value_text("X-1"), result = value_text("refused");
	struct buf body = {0};
	struct crafted crafted;
	struct op op;

	put_field(&body, receipt_warning, &warning);
	put_field(&body, receipt_result, &result);
	craft_begin(&crafted, scene->at[TOWN_A]);
	op = craft_op(&crafted, KIND_receipt, receipt_result, "refused");
	op.site = op.rec_site = receipt.site;
	op.rec_seq = receipt.seq;
	op.seq = 100 * 8 + LANE_ALARM;
	op.area = 0;
	op.stamp += 1 << 20;
	op.body = buf_bytes(&body);
	craft_add(&crafted, &op, NULL);
	liar_facts(&question, &crafted);
	(void)!liar_asks(scene, TOWN_A, &question);
	craft_end(&crafted);
	buf_release(&body);
	assert_true(text_is(scene->at[COUNTY], receipt, receipt_result, "signed"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_township_cannot_cancel_the_countys_warning),
		CASE(a_township_cannot_edit_the_countys_warning),
		CASE(a_township_cannot_change_a_signed_receipt),
		CASE(a_township_cannot_turn_a_signed_receipt),
	};
	return RUN(tests);
}
