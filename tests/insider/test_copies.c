/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copies of a warning under its name: whoever makes many does not hide the one that was proven.
 */
#include "cases.h"

#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/wire.h"

#include <stdio.h>

#define NAME "41088241600000_20260714"

/* A record of NAME: SEVERITY, and MSGTYPE (may be NULL). */
static void body_put_named(struct buf *body, const char *severity, const char *msgtype)
{
	struct value colour = value_text(severity), name = value_text(NAME);

	put_field(body, warning_severity, &colour);
	if (msgtype) {
		struct value value = value_text(msgtype);
		put_field(body, warning_msgtype, &value);
	}
	put_field(body, warning_identifier, &name);
}

static struct ref named_warning(struct store *store)
{
	struct op op = {.kind = KIND_warning};
	struct buf body = {0};
	struct fault fault;

	body_put_named(&body, "red", NULL);
	op.body = buf_bytes(&body);
	assert_int_equal(store_write(store, &op, &fault), RC_OK);
	buf_release(&body);
	return (struct ref){op.site, op.seq};
}

/* A station may choose its number: one in front of FIRST. */
static struct store *copier(uint64_t first)
{
	char name[20];

	for (unsigned i = 0;; i++) {
		struct store *store;
		snprintf(name, sizeof name, "copier%u", i);
		store = world_station(name, places[A1].area + 1);
		if (store_station(store)->site < first)
			return store;
		world_end(store);
	}
}

/* More than are looked at, from a village: its township still has to sign the county's. */
static void copies_do_not_hide_a_warning(void **state)
{
	enum { MANY = 70 };
	struct scene *scene = *state;
	struct ref real = named_warning(scene->at[COUNTY]), shown;
	struct store *liar = copier(real.site), *village = scene->at[A1];
	struct message question;
	struct crafted crafted;

	world_join(liar, scene->at[TOWN_A], "copier", places[A1].area + 1);
	good(scene, scene_sync(scene, TOWN_A));
	scene->at[A1] = liar;
	craft_begin(&crafted, liar);
	question = liar_question(scene, A1);
	for (unsigned i = 0; i < MANY; i++) {
		struct buf body = {0};
		struct op op = craft_op(&crafted, KIND_warning, warning_headline, "x");
		body_put_named(&body, "blue", "cancel");
		op.body = arena_bytes(&crafted.arena, buf_bytes(&body));
		craft_add(&crafted, &op, store_keys(liar));
		buf_release(&body);
	}
	liar_facts(&question, &crafted);
	assert_int_equal(liar_asks(scene, A1, &question), ANSWER_DONE);
	scene->at[A1] = village;
	craft_end(&crafted);
	world_end(liar);
	shown = warning_shown(scene->at[TOWN_A], real);
	assert_true(shown.site == real.site && shown.seq == real.seq);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(copies_do_not_hide_a_warning),
	};
	return RUN(tests);
}
