/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a station makes out of going on under another site of its own.
 */
#include "cases.h"

#include "store/identity.h"
#include "store/rows/internal.h"
#include "sync/take/internal.h"
#include "sync/wire/internal.h"

#include <stdio.h>

static void copy_home(const char *from, char *to, size_t room)
{
	char line[300];

	world_folder(to, room);
	snprintf(line, sizeof line, "cp -a %s/. %s/", from, to);
	assert_int_equal(system(line), 0);
}

/* QUESTION of A1 goes to its hub; with what the answer can be shown. */
static struct trace answered(struct scene *scene, const struct message *question)
{
	struct buf frame = {0}, answer = {0};
	struct arena arena = {0};
	struct trace trace = {0};
	struct message said;
	struct peer peer;
	struct fault fault;

	liar_seal(scene, A1, question, &frame);
	liar_brings(scene, TOWN_A, buf_bytes(&frame), &answer);
	assert_int_equal(peer_load(scene->at[A1], &peer, &fault), RC_OK);
	if (!frame_open(scene->at[A1], &peer.site, successor_skip(buf_bytes(&answer)), &arena,
		    &said, &fault))
		trace = said.trace;
	arena_release(&arena);
	buf_release(&frame);
	buf_release(&answer);
	return trace;
}

/* A1 has heard answer NUMBER of its hub, it says, and shows TRACE. */
static void shows(struct scene *scene, uint64_t number, const struct trace *trace)
{
	struct message question = liar_question(scene, A1);
	struct buf shown = {0};
	struct crafted crafted;

	question.store = log_number(store_log(scene->at[TOWN_A]));
	question.heard = number;
	trace_put(&shown, trace);
	craft_begin(&crafted, scene->at[A1]);
	craft_extra(&crafted, &question, EXTRA_EVIDENCE, buf_bytes(&shown));
	(void)!liar_asks(scene, A1, &question);
	craft_end(&crafted);
	buf_release(&shown);
}

/* A village goes on under another site of its own, is answered under the old one once more, and
 * shows that answer as the new one: the hub has given it, and says to have forgotten it. */
static void a_village_cannot_end_its_hub_by_going_on(void **state)
{
	struct scene *scene = *state;
	struct store *old = scene->at[A1], *next;
	uint64_t hub = scene_site(scene, TOWN_A);
	struct message question;
	char home[96];
	struct trace trace;
	struct fault fault;

	store_close(old);
	copy_home(scene->home[A1], home, sizeof home);
	assert_int_equal(store_open(&old, scene->home[A1], STORE_FAST, &fault), RC_OK);
	assert_int_equal(store_open(&next, home, STORE_FAST, &fault), RC_OK);
	assert_int_equal(store_site_end(next, NULL, &fault), RC_OK);
	scene->at[A1] = next;
	good(scene, scene_sync(scene, A1)); /* the hub follows */
	scene->at[A1] = old;
	question = liar_question(scene, A1);
	question.number += 1000; /* far ahead */
	trace = answered(scene, &question);
	scene->at[A1] = next;
	shows(scene, question.number, &trace);
	world_hazard(scene->at[TOWN_A], 0, "之后");
	scene->at[A1] = old;
	world_end(next);
	assert_true(scene_site(scene, TOWN_A) == hub);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_village_cannot_end_its_hub_by_going_on),
	};
	return RUN(tests);
}
