/* SPDX-License-Identifier: GPL-3.0-or-later
 * Many questions at once: nobody waits for a lock on behalf of nonsense, and questions that lean on
 * each other are read one after the other.
 */
#include "world.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/db/db.h"
#include "store/db/library.h"
#include "store/identity.h"
#include "store/db.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/swap.h"
#include "sync/swap/internal.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static int begin(void **state)
{
	when_hold(1784000000);
	*state = world_pair();
	return 0;
}

static int end(void **state)
{
	world_pair_end(*state);
	return 0;
}

static void ask_of(struct store *lower, struct peer *peer, struct asking *asking, struct buf *frame)
{
	struct fault fault;

	assert_int_equal(peer_load(lower, peer, &fault), RC_OK);
	assert_int_equal(ask_make(lower, peer, EVERY_LANE, asking, frame, &fault), RC_OK);
}

/* Another program writes: whoever sends what cannot be opened gets nothing, at once. */
static void nonsense_needs_no_lock(void **state)
{
	struct pair *pair = *state;
	struct buf ask = {0}, answers[3] = {{0}};
	struct asking asking;
	struct peer peer;
	struct fault fault;
	struct store *other;

	ask_of(pair->village, &peer, &asking, &ask);
	ask.at[ask.len - 1] ^= 1; /* its seal is broken */
	struct bytes asks[3] = {bytes_text("hello"), buf_bytes(&ask), {ask.at, ask.len}};
	struct buf stranger = {0};
	buf_put(&stranger, ask.at, ask.len);
	stranger.at[3] ^= 1;
	asks[2] = buf_bytes(&stranger);
	assert_int_equal(store_open(&other, store_home(pair->town), 0, &fault), RC_OK);
	for (int revoked = 0; revoked < 2; revoked++) {
		assert_int_equal(store_begin(other, &fault), RC_OK);
		assert_int_equal(hub_answer(pair->town, asks, answers, 3, &fault), RC_OK);
		store_undo(other);
		for (int i = 0; i < 3; i++)
			assert_int_equal(answers[i].len, 0);
		assert_int_equal(enrol_revoke(pair->town, store_station(pair->village)->site,
					 "丢失", &fault),
			RC_OK);
	}
	store_close(other);
	buf_release(&ask);
	buf_release(&stranger);
}

/* Two questions of one station in one call: the second says only what moved since the first. It is
 * whole: a lean one opens behind the answer to the first alone. */
static void the_second_question_is_read_after_the_first(void **state)
{
	struct pair *pair = *state;
	struct sync_result result = {0};
	struct buf asks[2] = {{0}}, answers[2] = {{0}};
	struct asking asking[2];
	struct peer peer;
	struct fault fault;
	struct ref ref = world_hazard(pair->village, 0, "村东桥下");

	assert_true(world_sync(pair->village, &pair->road, 3, &result));
	world_step(pair->village, ref, hazard_do_assign, "一");
	ask_of(pair->village, &peer, &asking[0], &asks[0]);
	world_step(pair->village, ref, hazard_do_assign, "二");
	assert_int_equal(
		kv_num_set(pair->village, kv_of(KV_LEAN, peer.site.site), 0, &fault), RC_OK);
	ask_of(pair->village, &peer, &asking[1], &asks[1]);
	struct bytes both[2] = {buf_bytes(&asks[0]), buf_bytes(&asks[1])};
	assert_int_equal(hub_answer(pair->town, both, answers, 2, &fault), RC_OK);
	for (int i = 0; i < 2; i++) {
		assert_true(answers[i].len > 0);
		assert_int_equal(answer_apply(pair->village, &peer, &asking[i],
					 buf_bytes(&answers[i]), &result, &fault),
			RC_OK);
		buf_release(&asks[i]);
		buf_release(&answers[i]);
	}
	assert_true(world_digest(pair->town, village_area) ==
		    world_digest(pair->village, village_area));
}

/* ---- what a fact costs the hub */

enum { RECORDS = 200, STEPS = 2, MOST = 4 };

static struct {
	bool on;
	unsigned count;
} statements;

static int count_one(unsigned what, void *to, void *statement, void *text)
{
	(void)what;
	(void)to;
	(void)statement;
	(void)text;
	statements.count += statements.on;
	return 0;
}

static int count_all(sqlite3 *db, const char **why, const struct sqlite3_api_routines *api)
{
	(void)why;
	(void)api;
	return sqlite3_trace_v2(db, SQLITE_TRACE_STMT, count_one, NULL);
}

static void write_many(struct store *village)
{
	struct fault fault;
	char place[40];

	assert_int_equal(store_begin(village, &fault), RC_OK);
	for (unsigned i = 0; i < RECORDS; i++) {
		snprintf(place, sizeof place, "村东第%u座桥下", i);
		struct ref ref = world_hazard(village, 0, place);
		for (unsigned k = 0; k < STEPS; k++)
			world_step(village, ref, k ? 0 : hazard_do_assign, place);
	}
	assert_int_equal(store_commit(village, &fault), RC_OK);
}

/* From the question as it came to the answer as it goes, rows included. */
static unsigned ask_counted(struct pair *pair)
{
	struct buf ask = {0}, answers[1] = {{0}};
	struct sync_result result = {0};
	struct asking asking;
	struct peer peer;
	struct fault fault;
	uint64_t before = log_last(store_log(pair->town));

	ask_of(pair->village, &peer, &asking, &ask);
	struct bytes asks[1] = {buf_bytes(&ask)};
	statements.on = true;
	assert_int_equal(hub_answer(pair->town, asks, answers, 1, &fault), RC_OK);
	statements.on = false;
	assert_int_equal(answer_apply(pair->village, &peer, &asking, buf_bytes(&answers[0]),
				 &result, &fault),
		RC_OK);
	buf_release(&ask);
	buf_release(&answers[0]);
	return (unsigned)(log_last(store_log(pair->town)) - before);
}

static void a_fact_costs_few_statements(void **state)
{
	struct pair *pair = *state;
	struct sync_result result = {0};
	unsigned facts = 0, came;

	assert_true(world_sync(pair->village, &pair->road, 3, &result));
	write_many(pair->village);
	statements.count = 0;
	while ((came = ask_counted(pair)))
		facts += came;
	assert_true(facts >= RECORDS * (STEPS + 1));
	if (statements.count > facts * MOST)
		fail_msg("%u statements for %u facts: %u each at most", statements.count, facts,
			MOST);
	assert_true(world_digest(pair->town, village_area) ==
		    world_digest(pair->village, village_area));
}

/* ---- a write fails in the middle */

enum { FACTS = 40, FAILS_AT = 25, TWO = 2 };

static struct {
	unsigned until; /* facts that are still written */
	int error;
} disk;

static void look_at_disk(sqlite3_context *context, int count, sqlite3_value **values)
{
	(void)count;
	(void)values;
	if (disk.until && --disk.until)
		sqlite3_result_int(context, 1);
	else
		sqlite3_result_error_code(context, disk.error);
}

/* What STORE writes from here on is looked at. */
static void watch_disk(struct store *store)
{
	struct db *db = store->log.db;
	struct fault fault;

	assert_int_equal(sqlite3_create_function(db->at, "look_at_disk", 0,
				 SQLITE_UTF8 | SQLITE_INNOCUOUS, NULL, look_at_disk, NULL, NULL),
		SQLITE_OK);
	assert_int_equal(db_run(db,
				 "CREATE TEMP TRIGGER looked BEFORE INSERT ON main.fact BEGIN "
				 "SELECT look_at_disk(); END",
				 &fault),
		RC_OK);
}

/* Of two questions of one batch the disk refuses a fact of the FIRST or second, with ERROR. */
static void refuse(struct store *hub, struct store *lower[TWO], int error, unsigned at)
{
	struct buf asks[TWO] = {{0}}, answers[TWO] = {{0}};
	struct bytes both[TWO];
	struct asking asking[TWO];
	struct peer peers[TWO];
	struct sync_result result = {0};
	struct fault fault;
	unsigned before = world_count(hub, KIND_hazard);
	uint64_t last = log_last(store_log(hub));

	for (int i = 0; i < TWO; i++) {
		for (unsigned k = 0; k < FACTS / TWO; k++)
			world_hazard(lower[i], 0, "村东桥下");
		ask_of(lower[i], &peers[i], &asking[i], &asks[i]);
		both[i] = buf_bytes(&asks[i]);
	}
	disk.until = at;
	disk.error = error;
	assert_int_not_equal(hub_answer(hub, both, answers, TWO, &fault), RC_OK);
	assert_true(*fault.text);
	assert_int_equal(log_last(store_log(hub)), last);
	assert_int_equal(world_count(hub, KIND_hazard), before);
	/* The disk has room again: the same questions, which nobody has answered. */
	disk.until = UINT32_MAX;
	assert_int_equal(hub_answer(hub, both, answers, TWO, &fault), RC_OK);
	for (int i = 0; i < TWO; i++) {
		assert_int_equal(answer_apply(lower[i], &peers[i], &asking[i],
					 buf_bytes(&answers[i]), &result, &fault),
			RC_OK);
		buf_release(&asks[i]);
		buf_release(&answers[i]);
	}
	assert_int_equal(world_count(hub, KIND_hazard), before + FACTS);
}

static void a_batch_is_stored_whole_or_not_at_all(void **state)
{
	static const int errors[] = {SQLITE_FULL, SQLITE_IOERR, SQLITE_CORRUPT};
	struct pair *pair = *state;
	struct store *other = world_station("other", other_area);
	struct road road = {.hub = pair->town, .seed = 9};
	struct store *lower[TWO] = {pair->village, other};
	struct sync_result result = {0};

	world_join(other, pair->town, "other", other_area);
	assert_true(world_sync(pair->village, &pair->road, 3, &result));
	assert_true(world_sync(other, &road, 3, &result));
	watch_disk(pair->town);
	for (unsigned i = 0; i < countof(errors); i++)
		for (unsigned at = 1; at < FACTS; at += FAILS_AT - 1)
			refuse(pair->town, lower, errors[i], at);
	disk.until = UINT32_MAX;
	assert_true(world_sync(pair->village, &pair->road, 3, &result));
	assert_true(world_digest(pair->town, village_area) ==
		    world_digest(pair->village, village_area));
	world_end(other);
}

int main(void)
{
	sqlite3_auto_extension((void (*)(void))count_all);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_fact_costs_few_statements, begin, end),
		cmocka_unit_test_setup_teardown(nonsense_needs_no_lock, begin, end),
		cmocka_unit_test_setup_teardown(
			the_second_question_is_read_after_the_first, begin, end),
		cmocka_unit_test_setup_teardown(a_batch_is_stored_whole_or_not_at_all, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
