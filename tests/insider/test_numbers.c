/* SPDX-License-Identifier: GPL-3.0-or-later
 * Numbers that a village makes up disturb nobody who counts.
 */
#include "cases.h"

#include "model/kinds.h"
#include "store/rows.h"
#include "sync/wire.h"

#include <stdio.h>

/* A village says of itself that it refused what its hub wrote: that is nobody's business. */
static void a_villages_refusals_are_not_the_hubs(void **state)
{
	struct scene *scene = *state;
	struct message question = liar_question(scene, A1);
	unsigned before = store_refused(scene->at[TOWN_A]);
	struct crafted crafted;
	char number[20];

	site_hex(scene_site(scene, TOWN_A), number);
	craft_begin(&crafted, scene->at[A1]);
	for (uint32_t i = 1; i < 4; i++) {
		struct value site = value_text(number), seq = value_num(i * 8 + LANE_LOOP),
			     why = value_text("area");
		struct buf body = {0};
		struct op op = craft_op(&crafted, KIND_refusal, refusal_site, number);
		put_field(&body, refusal_site, &site);
		put_field(&body, refusal_seq, &seq);
		put_field(&body, refusal_reason, &why);
		op.body = arena_bytes(&crafted.arena, buf_bytes(&body));
		craft_add(&crafted, &op, NULL);
		buf_release(&body);
	}
	liar_facts(&question, &crafted);
	assert_int_equal(liar_asks(scene, A1, &question), ANSWER_DONE);
	craft_end(&crafted);
	assert_int_equal(store_refused(scene->at[TOWN_A]), before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_villages_refusals_are_not_the_hubs),
	};
	return RUN(tests);
}
