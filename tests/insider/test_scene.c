/* SPDX-License-Identifier: GPL-3.0-or-later
 * The ground the other tests here stand on: honest stations do no harm by the same judge, and all
 * of them sync; a judge that never finds anything would prove nothing, so every sort of harm is
 * done by hand and found.
 */
#include "cases.h"

#include "model/kinds.h"
#include "store/station.h"
#include "sync/wire.h"
#include "blame.h"

#include <sqlite3.h>
#include <stdio.h>

static void all_sync_and_see_it(void **state)
{
	good(*state, scene_settles(*state, 0));
}

/* What honest stations bring about is allowed to liars. */
static void honest_stations_do_no_harm(void **state)
{
	static const enum spot honest[] = {A1, TOWN_A, B1, TOWN_B};
	struct scene *scene = *state;

	for (unsigned i = 0; i < countof(honest); i++) {
		struct before before;
		world_hazard(scene->at[honest[i]], 0, "新的");
		before_take(&before, scene);
		good(scene, scene_sync(scene, honest[i]));
		good(scene, liar_did_no_harm(scene, &before, honest[i], NULL));
		before_release(&before);
	}
}

/* A hub that has something new is asked. */
static void honest_hubs_do_no_harm(void **state)
{
	struct scene *scene = *state;
	struct before before;

	world_hazard(scene->at[TOWN_A], places[A2].area, "镇上新见");
	world_step(scene->at[TOWN_A], scene->hazard[A2], 0, "镇水利站");
	before_take(&before, scene);
	good(scene, scene_sync(scene, A2));
	/* A2 asked: so it is A2 that counts for what is now at the hub. */
	for (enum spot x = 0; x < PLACES; x++) {
		struct blame blame = {.side = x == A2 ? SIDE_BELOW : SIDE_HUB,
			.liar = scene_site(scene, x == A2 ? TOWN_A : A2),
			.liar_area = places[x == A2 ? TOWN_A : A2].area,
			.own = scene_site(scene, x)};
		struct snapshot after;
		snapshot_take(&after, scene->home[x]);
		blame_find(&blame, &before.at[x], &after);
		snapshot_release(&after);
		if (blame.wrong)
			fail_msg("%s", blame.said);
	}
	before_release(&before);
}

static void a_crafted_question_is_as_good_as_any(void **state)
{
	struct scene *scene = *state;
	struct crafted crafted;
	struct message question;
	struct before before;

	craft_begin(&crafted, scene->at[A1]);
	question = liar_question(scene, A1);
	struct op op = craft_op(&crafted, KIND_hazard, hazard_place, "手写的");
	craft_add(&crafted, &op, NULL);
	liar_facts(&question, &crafted);
	before_take(&before, scene);
	assert_int_equal(liar_asks(scene, A1, &question), ANSWER_DONE);
	good(scene, liar_did_no_harm(scene, &before, A1, NULL));
	assert_int_equal(
		log_author(store_log(scene->at[TOWN_A]), op.site, op_lane(&op)), op.seq >> 3);
	before_release(&before);
	craft_end(&crafted);
	good(scene, scene_settles(scene, 1u << A1));
}

static void nothing_new(struct message *answer, void *to)
{
	(void)answer, (void)to;
}

static void a_crafted_answer_is_as_good_as_any(void **state)
{
	struct scene *scene = *state;
	struct before before;

	before_take(&before, scene);
	assert_int_equal(liar_answers(scene, A1, nothing_new, NULL), RC_OK);
	good(scene, liar_did_no_harm(scene, &before, TOWN_A, NULL));
	before_release(&before);
	good(scene, scene_settles(scene, 0));
}

/* Harm by hand to the township's store, as if A1 had done it. */
static const char *const harms[] = {
	"UPDATE site SET area=410882000000 WHERE area=410882103205",
	"UPDATE site SET level=level+1 WHERE area=410882103205",
	"UPDATE site SET sign_public=randomblob(32) WHERE area=410882103205",
	"UPDATE site SET name='x' WHERE area=410882103206",
	"UPDATE site SET revoked=1 WHERE area=410882103206",
	"UPDATE site SET agree_public=randomblob(32) WHERE area=410882103206",
	"UPDATE site SET ended=1 WHERE area=410882103000",
	"INSERT INTO site(site, code, name, area, level, above, agree_id, rights, until, revoked, "
	"ended)"
	" VALUES(5, 'X', 'x', 410882103207, 4, 0, 0, 0, 0, 0, 0)",
	"DELETE FROM site WHERE area=410882103206",
	"UPDATE store SET site=site+1",
	"UPDATE store SET number=number+1",
	"UPDATE kv SET value=value+1 WHERE name='rows'",
	"INSERT INTO kv(name, id, part, value) VALUES('ending', 0, '', 1)",
	"UPDATE fact SET body=randomblob(20) WHERE arr=(SELECT min(arr) FROM fact)",
	"UPDATE fact SET state=1 WHERE arr=(SELECT min(arr) FROM fact)",
	"DELETE FROM fact WHERE arr=(SELECT max(arr) FROM fact)",
	"UPDATE author SET upto=upto+1",
	"UPDATE mark SET upto=upto+1",
	"DELETE FROM mark",
	"UPDATE peer_lane SET got=got+1",
	"UPDATE peer_lane SET confirmed=0",
	"UPDATE kv SET value=randomblob(9) WHERE name='keys'",
	"UPDATE kv SET value=randomblob(9) WHERE name='peer'",
	"UPDATE kv SET value=randomblob(9) WHERE name='invite'",
	"INSERT OR REPLACE INTO kv(name, id, part, value) VALUES('ways', 0, '', 'x')",
	"INSERT INTO kv(name, id, part, value) VALUES('heir', 1, '', 2)",
	"INSERT INTO pin(who, hash) VALUES(8, 'x')",
	"UPDATE row_hazard SET f_place='x' WHERE area=410882103206",
	"UPDATE row_grant SET f_name='x'",
	"INSERT INTO stray VALUES(1, 'x', '')",
};

static void hurt(const char *home, const char *harm)
{
	char path[160], *why = NULL;
	sqlite3 *db;

	snprintf(path, sizeof path, "%s/station.db", home);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, harm, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", harm, why);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void every_harm_is_found(void **state)
{
	for (unsigned i = 0; i < countof(harms); i++) {
		struct scene *scene = *state;
		struct before before;
		before_take(&before, scene);
		hurt(scene->home[TOWN_A], harms[i]);
		if (liar_did_no_harm(scene, &before, A1, NULL))
			fail_msg("nobody found: %s", harms[i]);
		before_release(&before);
		case_again(scene);
	}
}

static void harm_to_files_is_found(void **state)
{
	static const char *const files[] = {"sign.key", "agree.key", "agree-1.key", "heir"};

	for (unsigned i = 0; i < countof(files); i++) {
		struct scene *scene = *state;
		struct before before;
		char path[200];
		before_take(&before, scene);
		snprintf(path, sizeof path, "%s/keys/%s", scene->home[COUNTY], files[i]);
		FILE *file = fopen(path, "w");
		assert_non_null(file);
		fclose(file);
		assert_false(liar_did_no_harm(scene, &before, A1, NULL));
		before_release(&before);
		case_again(scene);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(all_sync_and_see_it),
		CASE(honest_stations_do_no_harm),
		CASE(honest_hubs_do_no_harm),
		CASE(a_crafted_question_is_as_good_as_any),
		CASE(a_crafted_answer_is_as_good_as_any),
		CASE(every_harm_is_found),
		CASE(harm_to_files_is_found),
	};
	return RUN(tests);
}
