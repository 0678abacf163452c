/* SPDX-License-Identifier: GPL-3.0-or-later
 * A listener who records all that passes between a village, its township and its county for months:
 * questions, answers, joins, introductions, statements, sticks, with keys changed in between. What
 * he gives back, to anybody, in any order, at once or in 90 days, changes nothing.
 */
#include "cases.h"

#include "base/when.h"
#include "model/area.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/enrol.h"
#include "sync/swap.h"
#include "sync/swap/internal.h"

#include <stdio.h>

enum { DAY = 86400, TAPE_MOST = 400 };

struct tape {
	struct link_count count;
	struct store *hub; /* the line that is listened to now */
	struct buf asks[TAPE_MOST], answers[TAPE_MOST], files[16];
	size_t n, file_count;
};

static enum rc tape_swap(
	struct link *link, struct bytes ask, struct buf *answer, int wait_ms, struct fault *fault)
{
	struct tape *tape = (struct tape *)link;
	struct bytes asks[1] = {ask};

	(void)wait_ms;
	assert_true(tape->n < TAPE_MOST);
	buf_put(&tape->asks[tape->n], ask.at, ask.len);
	enum rc rc = hub_answer(tape->hub, asks, answer, 1, fault);
	buf_put(&tape->answers[tape->n++], answer->at, answer->len);
	return rc;
}

static void tape_count(const struct link *link, struct link_count *out)
{
	*out = ((const struct tape *)link)->count;
}

static void tape_close(struct link *link)
{
	(void)link;
}

static const struct link_ops tape_ops = {"tape", NULL, tape_swap, tape_count, tape_close};

static void sync_on(struct tape *tape, struct scene *scene, enum spot x)
{
	struct sync_result result = {0};
	struct peer peer;
	struct fault fault = {0};

	when_skip(60);
	tape->hub = scene->at[places[x].up];
	for (int i = 0; i < 4 && !result.complete; i++) {
		assert_int_equal(peer_load(scene->at[x], &peer, &fault), RC_OK);
		enum rc rc = sync_round(scene->at[x], &peer,
			&(struct sync_line){&tape_ops, (struct link *)tape, EVERY_LANE, 30,
				LINE_NO_FILES, false},
			&result, &fault);
		assert_true(rc == RC_OK || rc == RC_DENIED);
	}
	assert_true(result.complete);
}

static void day_on(struct tape *tape, struct scene *scene)
{
	world_hazard(scene->at[A1], 0, "桥下");
	world_hazard(scene->at[TOWN_A], 0, "沟口");
	world_hazard(scene->at[COUNTY], 0, "水库");
	for (int i = 0; i < 2; i++) {
		sync_on(tape, scene, TOWN_A);
		sync_on(tape, scene, A1);
	}
}

static void join_on(struct tape *tape, struct scene *scene, enum spot x)
{
	struct store *hub = scene->at[places[x].up];
	struct buf ask = {0};
	char text[TOKEN_TEXT];
	struct token token;
	struct fault fault;

	assert_int_equal(enrol_invite(hub,
				 &(struct guest){.area = places[x].area,
					 .level = area_level(places[x].area),
					 .name = places[x].name,
					 .ways = ""},
				 text, &fault),
		RC_OK);
	assert_int_equal(token_read(text, &token, &fault), RC_OK);
	assert_int_equal(enrol_ask(scene->at[x], &token, &ask, &fault), RC_OK);
	struct bytes asks[1] = {buf_bytes(&ask)};
	buf_put(&tape->asks[tape->n], ask.at, ask.len);
	assert_int_equal(hub_answer(hub, asks, &tape->answers[tape->n], 1, &fault), RC_OK);
	assert_int_equal(
		enrol_apply(scene->at[x], buf_bytes(&tape->answers[tape->n]), &fault), RC_OK);
	tape->n++;
	buf_release(&ask);
}

static void carry_on(struct tape *tape, struct scene *scene, enum spot from, enum spot to)
{
	struct site site = scene_known(scene, to, from);
	struct carry_count count;
	struct fault fault;
	uint64_t sender;

	assert_int_equal(
		carry_pack(scene->at[from], &site, &tape->files[tape->file_count], &count, &fault),
		RC_OK);
	assert_int_equal(carry_take(scene->at[to], buf_bytes(&tape->files[tape->file_count++]),
				 &sender, &count, &fault),
		RC_OK);
}

static void rotate(struct scene *scene, enum spot x)
{
	struct fault fault;

	assert_int_equal(keyring_rotate(scene->at[x], &fault), RC_OK);
}

/* Weeks that have everything in them. */
static void live(struct tape *tape, struct scene *scene)
{
	struct fault fault;

	day_on(tape, scene);
	join_on(tape, scene, A1);
	day_on(tape, scene);
	for (int i = 0; i < 3; i++) {
		when_skip(10 * DAY);
		rotate(scene, A1);
		day_on(tape, scene);
		rotate(scene, TOWN_A);
		day_on(tape, scene);
		rotate(scene, COUNTY);
		day_on(tape, scene);
	}
	carry_on(tape, scene, A1, TOWN_A);
	carry_on(tape, scene, TOWN_A, A1);
	join_on(tape, scene, TOWN_A);
	join_on(tape, scene, A1);
	day_on(tape, scene);
	/* Both slept so long that neither knows the other's keys: they introduce themselves. */
	when_skip(20 * DAY);
	rotate(scene, A1);
	rotate(scene, TOWN_A);
	when_skip(91 * DAY);
	assert_int_equal(keyring_tend(scene->at[A1], 0, &fault), RC_OK);
	assert_int_equal(keyring_tend(scene->at[TOWN_A], 0, &fault), RC_OK);
	day_on(tape, scene);
	/* A village and a township whose sites end. */
	assert_int_equal(log_site_ends(store_log(scene->at[A1]), &fault), RC_OK);
	day_on(tape, scene);
	assert_int_equal(log_site_ends(store_log(scene->at[TOWN_A]), &fault), RC_OK);
	for (int i = 0; i < 3; i++)
		day_on(tape, scene);
	rotate(scene, A1);
	rotate(scene, TOWN_A);
	for (int i = 0; i < 3; i++)
		day_on(tape, scene);
}

struct differences {
	unsigned count;
	char said[600];
};

static void note_change(const struct change *change, void *to)
{
	struct differences *differences = to;

	if (!differences->count++)
		snprintf(differences->said, sizeof differences->said, "%s: %.200s -> %.200s",
			change->key, change->before ? change->before : "nothing",
			change->after ? change->after : "nothing");
}

static void nothing_changed(struct scene *scene, const struct before *before, const char *what)
{
	for (enum spot x = 0; x < PLACES; x++) {
		struct snapshot now = {0};
		struct differences differences = {0};
		snapshot_take(&now, scene->home[x]);
		snapshot_compare(&before->at[x], &now, note_change, &differences);
		snapshot_release(&now);
		if (differences.count)
			fail_msg("%s changed %u at %s: %s", what, differences.count, places[x].name,
				differences.said);
	}
}

static void play_questions(struct tape *tape, struct scene *scene)
{
	static const enum spot hubs[] = {COUNTY, TOWN_A, TOWN_B};
	struct before before = {0};
	struct fault fault;

	before_take(&before, scene);
	for (size_t i = 0; i < 2 * tape->n; i++) {
		size_t at = i < tape->n ? i : 2 * tape->n - 1 - i;
		for (size_t hub = 0; hub < countof(hubs); hub++) {
			struct bytes asks[1] = {buf_bytes(&tape->asks[at])};
			struct buf answer = {0};
			assert_int_equal(
				hub_answer(scene->at[hubs[hub]], asks, &answer, 1, &fault), RC_OK);
			buf_release(&answer);
		}
	}
	nothing_changed(scene, &before, "questions");
	before_release(&before);
}

static void play_files(struct tape *tape, struct scene *scene)
{
	struct before before = {0};
	struct carry_count count;
	struct fault fault;
	uint64_t sender;

	before_take(&before, scene);
	for (size_t i = 0; i < tape->file_count; i++)
		for (enum spot x = 0; x < PLACES; x++)
			(void)!carry_take(
				scene->at[x], buf_bytes(&tape->files[i]), &sender, &count, &fault);
	nothing_changed(scene, &before, "sticks");
	before_release(&before);
}

/* Each as the answer to a question of today. What a station remembers of the line is its own: that
 * no answer came. */
static void play_answers(struct tape *tape, struct scene *scene, enum spot x)
{
	struct before before = {0};
	struct buf ask = {0};
	struct asking asking;
	struct peer peer, used;
	struct sync_result result = {0};
	struct fault fault;

	assert_int_equal(peer_load(scene->at[x], &peer, &fault), RC_OK);
	assert_int_equal(ask_make(scene->at[x], &peer, EVERY_LANE, &asking, &ask, &fault), RC_OK);
	before_take(&before, scene);
	for (size_t i = 0; i < tape->n; i++) {
		struct bytes answer = buf_bytes(&tape->answers[i]);
		if (!answer.len)
			continue;
		used = peer;
		(void)!answer_apply(scene->at[x], &used, &asking, answer, &result, &fault);
		(void)!enrol_apply(scene->at[x], answer, &fault);
	}
	nothing_changed(scene, &before, "answers");
	before_release(&before);
	buf_release(&ask);
}

static void play_all(struct tape *tape, struct scene *scene)
{
	play_questions(tape, scene);
	play_answers(tape, scene, A1);
	play_answers(tape, scene, TOWN_A);
	play_files(tape, scene);
}

/* What was recorded begins with each of these at least once. */
static void has_all(const struct buf frames[], size_t n, const char *firsts)
{
	for (; *firsts; firsts++) {
		size_t at = 0;
		while (at < n && !(frames[at].len && frames[at].at[0] == *firsts))
			at++;
		if (at == n)
			fail_msg("no frame begins with %d", *firsts);
	}
}

static void what_was_recorded_changes_nothing(void **state)
{
	struct scene *scene = *state;
	struct tape *tape = calloc(1, sizeof *tape);
	struct fault fault;

	live(tape, scene);
	assert_true(tape->n > 60 && tape->file_count == 2);
	has_all(tape->asks, tape->n, "\1\2\3\4");
	has_all(tape->answers, tape->n, "\1\3\4");
	play_all(tape, scene);
	day_on(tape, scene);
	play_all(tape, scene);
	when_skip(91 * DAY);
	for (enum spot x = 0; x < PLACES; x++)
		assert_int_equal(keyring_tend(scene->at[x], 0, &fault), RC_OK);
	play_all(tape, scene);
	/* And everybody works. */
	day_on(tape, scene);
	day_on(tape, scene);
	good(scene, scene_settles(scene, 0));
	for (size_t i = 0; i < tape->n; i++) {
		buf_release(&tape->asks[i]);
		buf_release(&tape->answers[i]);
	}
	for (size_t i = 0; i < tape->file_count; i++)
		buf_release(&tape->files[i]);
	free(tape);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(what_was_recorded_changes_nothing),
	};
	return RUN(tests);
}
