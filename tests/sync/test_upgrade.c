/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stores of version 1 (tests/data/format-1, and those of release 0.1) opened by this program: what
 * they held and remembered is there, their tables are those of a station made today, they go on
 * syncing, and where nothing can be written they are read as they are.
 */
#include "unpacked.h"
#include "world.h"

#include "base/file.h"
#include "base/when.h"
#include "model/kinds.h"
#include "work/drafts.h"
#include "store/db.h"
#include "store/station.h"
#include "store/identity/internal.h"
#include "sync/swap.h"
#include "sync/take/internal.h"
#include "sync/trust/internal.h"
#include "store/db/schema.h"
#include "store/identity/upgrade.h"
#include "sync/enrol.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

enum { RECORDED = 1783989600 /* 2026-07-14 08:40 Beijing time */ };

#define TOWN UINT64_C(0x57859a17eceeb0)
#define VILLAGE UINT64_C(0x2791c423e8554e)
#define OTHER_BEFORE UINT64_C(0x8bb0d646f1e8cd)
#define OTHER UINT64_C(0xb26853f37d6e56)

static const char *const stores[] = {"town", "village", "other", "joiner"};

static char top[UNPACKED_PATH]; /* all of a case's folders */

static int begin(void **state)
{
	(void)state;
	when_hold(RECORDED);
	crypt_start();
	unpacked_begin(top, "tests/data/format-1/stores.tar.gz");
	return 0;
}

static int end(void **state)
{
	(void)state;
	unsetenv("OUTPOST_DIE");
	unpacked_end(top);
	return 0;
}

static void path_of(const char *name, const char *file, char path[200])
{
	snprintf(path, 200, "%s/%s%s", top, name, file);
}

static struct store *open_store(const char *name)
{
	char home[200];
	struct store *store = NULL;
	struct fault fault;

	path_of(name, "", home);
	if (store_open(&store, home, STORE_FAST, &fault) != RC_OK)
		fail_msg("%s: %s", name, fault.text);
	return store;
}

/* The file of a store that nobody has opened since. */
static struct db *open_file(const char *name, unsigned flags)
{
	char path[200];
	struct db *db = NULL;
	struct fault fault;

	path_of(name, "/station.db", path);
	if (db_open(&db, path, flags, NULL, &fault) != RC_OK)
		fail_msg("%s: %s", name, fault.text);
	return db;
}

/* ---- what is in it */

#define TABLES                                                                                     \
	"fact", "author", "mark", "mark_said", "site", "peer_lane", "pin", "pin_try", "ref",       \
		"awaits", "ahead", "dropped", "flood", "late", "trouble", "claim", "doubt",        \
		"stray", "anew", "returned"
static const char *const tables[] = {TABLES};
enum { TABLE_COUNT = sizeof tables / sizeof *tables };

/* Rows by table, -1 where there is none; FACTS: a hash of all their bytes in order. */
struct content {
	int64_t rows[TABLE_COUNT], remembered;
	uint8_t facts[HASH_SIZE];
};

static void content_read(struct db *db, struct content *content)
{
	struct buf all = {0};
	char text[80];

	for (unsigned i = 0; i < TABLE_COUNT; i++) {
		snprintf(text, sizeof text, "SELECT count(*) FROM \"%s\"", tables[i]);
		content->rows[i] = db_number(db, text, -1);
	}
	struct sql sql = sql_open(db, "SELECT body FROM fact ORDER BY arr");
	while (sql_row(&sql)) {
		struct bytes body = sql_get_bytes(&sql, 0);
		put_varint(&all, body.len);
		buf_put(&all, body.at, body.len);
	}
	assert_int_equal(sql_end(&sql, NULL), RC_OK);
	crypt_hash(buf_bytes(&all), content->facts);
	buf_release(&all);
}

/* Before: the parts of the clock are one list now, and 0 is not kept any more. */
static void content_before(const char *name, struct content *content)
{
	struct db *db = open_file(name, 0);

	content_read(db, content);
	content->remembered = db_number(db,
		"SELECT (SELECT count(*) FROM setting) + (SELECT count(*) FROM meta WHERE value<>0 "
		"AND name NOT LIKE 'clock.%') + (SELECT count(*)>0 FROM meta WHERE value<>0 AND "
		"name LIKE 'clock.%')",
		-1);
	assert_true(content->remembered > 0);
	db_close(db);
}

static void same_content(struct db *db, const struct content *before)
{
	struct content after;

	content_read(db, &after);
	for (unsigned i = 0; i < TABLE_COUNT; i++)
		if (after.rows[i] != (before->rows[i] < 0 ? 0 : before->rows[i]))
			fail_msg("%s: %lld rows, before %lld", tables[i], (long long)after.rows[i],
				(long long)before->rows[i]);
	assert_memory_equal(after.facts, before->facts, HASH_SIZE);
	/* A name that is not carried over is missed here. */
	assert_int_equal(db_number(db, "SELECT count(*) FROM kv WHERE name<>'rebuilt'", -1),
		before->remembered);
}

static void sound(struct store *store)
{
	struct check check;
	struct fault fault;

	assert_int_equal(store_check(store, false, &check, &fault), RC_OK);
	assert_true(check.sound);
	assert_int_equal(check.bad_facts, 0);
	assert_int_equal(check.wrong_rows, 0);
}

/* Tables, columns and indexes, but for those that an asker makes; without ones of rows. */
static void shape_of(struct db *db, struct buf *out)
{
	struct sql sql = sql_open(db,
		"SELECT m.type || ' ' || m.name || ' ' || m.tbl_name || ' ' || (SELECT "
		"group_concat(name || ' ' || type || ' ' || \"notnull\" || ' ' || pk) FROM "
		"pragma_table_info(m.name)) FROM sqlite_master m WHERE m.type='table' AND "
		"m.name NOT GLOB 'row_*' AND m.name NOT GLOB 'sqlite_*' UNION ALL SELECT 'index ' "
		"|| m.name || (SELECT group_concat(name) FROM pragma_index_info(m.name)) FROM "
		"sqlite_master m WHERE m.type='index' AND m.name NOT GLOB 'row_*' AND m.name NOT "
		"GLOB 'sqlite_*' AND m.name NOT IN ('fact_area', 'fact_town', 'fact_county', "
		"'fact_city') ORDER BY 1");
	char line[600];

	while (sql_row(&sql)) {
		sql_get_text(&sql, 0, line, sizeof line);
		buf_fmt(out, "%s\n", line);
	}
	assert_int_equal(sql_end(&sql, NULL), RC_OK);
}

static void same_shape_as_new(struct db *db)
{
	struct buf got = {0}, want = {0};
	struct store *fresh = world_station("新站", UINT64_C(410882103209));

	shape_of(db, &got);
	shape_of(fresh->db, &want);
	assert_string_equal(buf_cstr(&got), buf_cstr(&want));
	buf_release(&got);
	buf_release(&want);
	world_end(fresh);
}

/* ---- cases */

static void old_stores_are_upgraded(void **state)
{
	(void)state;
	for (unsigned i = 0; i < countof(stores); i++) {
		struct content before;
		content_before(stores[i], &before);
		struct store *store = open_store(stores[i]);
		same_content(store->db, &before);
		same_shape_as_new(store->db);
		assert_int_equal(schema_version(store->db), SCHEMA_VERSION);
		sound(store);
		store_close(store);
		store = open_store(stores[i]); /* and again */
		same_content(store->db, &before);
		store_close(store);
	}
}

/* Those of release 0.1 have fewer tables; their marks are no proof of who told them. */
static void stores_of_the_release_are_upgraded(void **state)
{
	static const char *const names[] = {"county", "township", "village", "other"};

	(void)state;
	unpacked_more(top, "tests/data/release-0.1/stores.tar.gz", NULL);
	for (unsigned i = 0; i < countof(names); i++) {
		struct content before, after;
		content_before(names[i], &before);
		struct store *store = open_store(names[i]);
		content_read(store->db, &after);
		assert_memory_equal(after.facts, before.facts, HASH_SIZE);
		same_shape_as_new(store->db);
		sound(store);
		store_close(store);
	}
}

static void expect_list(struct store *store, struct kv kv)
{
	int64_t numbers[4] = {0};

	assert_true(kv_list(store, kv, numbers, countof(numbers)));
	assert_int_equal(numbers[1], 7);
	assert_int_equal(numbers[2], -8);
	assert_int_equal(numbers[3], 0);
}

/* What was in the machine's byte order, as a flag, or under a name with a number in it. */
static void what_it_remembered_is_understood(void **state)
{
	static const enum kv_name of_village[] = {
		KV_INTROS, KV_REQUEUED, KV_RETURNED, KV_LEFT, KV_REVOKED};
	struct store *other = open_store("other"), *town = open_store("town");
	struct peer_keys peer_keys;
	struct site village;
	struct buf shown = {0};

	(void)state;
	assert_true(former_is(other, OTHER_BEFORE));
	assert_false(former_is(other, OTHER));
	assert_true(successor_before(town, OTHER) == OTHER_BEFORE);
	assert_true(statement_of(town, OTHER_BEFORE, &shown));
	assert_int_equal(shown.len, SUCCESSOR_SIZE);
	assert_true((uint64_t)kv_num(other, kv_own(KV_ABOVE_BEHIND), 0) == TOWN);
	assert_false(successors_due(other));
	assert_int_equal(kv_num(other, kv_part(KV_PACK, 0, "flood"), 0), 1);
	assert_int_equal(kv_num(other, kv_own(KV_EXPIRED), 0), 1783988888);
	assert_int_equal(kv_num(other, kv_part(KV_PROVEN, OTHER, "2"), 0), 1);
	expect_list(other, kv_own(KV_MISSED));
	expect_list(other, kv_own(KV_HUB_BEFORE));
	expect_list(other, kv_own(KV_PACKED));
	for (unsigned i = 0; i < countof(of_village); i++)
		expect_list(other, kv_of(of_village[i], VILLAGE));
	/* The village has changed its key once: its first and its second are known. */
	peer_keys_load(town, VILLAGE, &peer_keys);
	assert_true(log_site(store_log(town), VILLAGE, &village));
	assert_int_equal(village.agree_id, 1);
	assert_true(peer_keys.theirs[0].is && peer_keys.theirs[0].n == 0);
	assert_true(peer_keys.theirs[1].is && peer_keys.theirs[1].n == 1);
	assert_memory_equal(peer_keys.theirs[1].pub, village.agree_public, AGREE_PUBLIC);
	buf_release(&shown);
	store_close(other);
	store_close(town);
}

static bool count_guest(const uint8_t *key, void *to)
{
	(void)key;
	++*(unsigned *)to;
	return true;
}

static void people_find_what_was_theirs(void **state)
{
	struct draft drafts[DRAFTS_MOST];
	struct arena arena = {0};
	struct user user;
	struct fault fault = {0};
	unsigned guests = 0;
	struct store *other = open_store("other"), *town = open_store("town");

	(void)state;
	assert_true(store_user(other, "张三", &user));
	assert_int_equal(drafts_of(other, &user, &arena, drafts), 1);
	assert_string_equal(drafts[0].title, "没写完的地方");
	/* Two wrong ones were typed before the upgrade. */
	assert_int_equal(store_pin_try(other, user.who, "9999", &fault), RC_DENIED);
	char left[20];
	snprintf(left, sizeof left, " %d ", LIMIT_PIN_TRIES - 3);
	assert_non_null(strstr(fault.text, left));
	assert_int_equal(store_pin_try(other, user.who, "1357", &fault), RC_OK);
	enrol_invited(town, count_guest, &guests);
	assert_int_equal(guests, 1); /* the invitation that nobody has used */
	arena_release(&arena);
	store_close(other);
	store_close(town);
}

static void they_go_on_syncing(void **state)
{
	struct store *town = open_store("town"), *village = open_store("village"),
		     *other = open_store("other"), *joiner = open_store("joiner");
	struct road road = {.hub = town, .seed = 1};
	struct sync_result result;
	struct buf ask = {0}, answer = {0};
	struct fault fault;

	(void)state;
	assert_true(world_sync(village, &road, 6, &result));
	assert_true(world_digest(village, store_station(village)->area) ==
		    world_digest(town, store_station(village)->area));
	assert_true(world_sync(other, &road, 6, &result));
	/* The invitation was taken, and the question asked, before the upgrade. */
	assert_true(kv_bytes(joiner, kv_own(KV_JOIN), &ask));
	struct bytes asks[1] = {buf_bytes(&ask)};
	assert_int_equal(hub_answer(town, asks, &answer, 1, &fault), RC_OK);
	assert_int_equal(enrol_apply(joiner, buf_bytes(&answer), &fault), RC_OK);
	assert_true(world_sync(joiner, &road, 6, &result));
	sound(town);
	buf_release(&ask);
	buf_release(&answer);
	store_close(joiner);
	store_close(other);
	store_close(village);
	store_close(town);
}

/* Ended at every commit of the opening, before it and after it. */
static void a_killed_upgrade_is_done_again(void **state)
{
	struct content before;

	for (unsigned n = 1; n <= 6; n++) {
		char die[20];
		int status = -1;
		end(state);
		begin(state);
		content_before("other", &before);
		snprintf(die, sizeof die, "%u:%s", (n + 1) / 2, n % 2 ? "before" : "after");
		pid_t pid = fork();
		if (!pid) {
			struct store *store;
			char home[200];
			setenv("OUTPOST_DIE", die, 1);
			path_of("other", "", home);
			_exit(store_open(&store, home, 0, NULL) != RC_OK);
		}
		assert_int_equal(waitpid(pid, &status, 0), pid);
		if (n <= 2)
			assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
		struct db *db = open_file("other", 0);
		assert_int_equal(schema_version(db), n == 1 ? SCHEMA_OLDEST : SCHEMA_VERSION);
		db_close(db);
		struct store *store = open_store("other");
		same_content(store->db, &before);
		sound(store);
		store_close(store);
	}
}

/* Nothing is written, and everything is there. */
static void read_where_nothing_can_be_written(void **state)
{
	static const char *const all[] = {"town", "village", "other", "joiner", "county"};
	struct fault fault;

	(void)state;
	unpacked_more(top, "tests/data/release-0.1/stores.tar.gz", "./county");
	for (unsigned i = 0; i < countof(all); i++) {
		struct content before;
		struct stat was, is;
		char path[200];
		bool said = i < 4;
		path_of(all[i], "/station.db", path);
		content_before(all[i], &before);
		assert_int_equal(stat(path, &was), 0);
		struct db *db = open_file(all[i], DB_CRAMPED);
		assert_int_equal(upgrade_beside(db, &fault), RC_OK);
		if (said)
			same_content(db, &before);
		else /* what was told is told, not proven */
			assert_int_equal(db_number(db, "SELECT count(*) FROM mark_said", -1),
				before.rows[2]);
		assert_int_equal(schema_version(db), SCHEMA_OLDEST);
		assert_int_equal(db_run(db, "DELETE FROM kv", NULL), RC_IO);
		db_close(db);
		assert_int_equal(stat(path, &is), 0);
		assert_true(was.st_size == is.st_size && was.st_mtim.tv_sec == is.st_mtim.tv_sec &&
			    was.st_mtim.tv_nsec == is.st_mtim.tv_nsec);
	}
}

/* A reader upgrades it where that can be done, and reads. */
static void a_reader_upgrades_and_reads(void **state)
{
	struct content before;
	struct store *store;
	char home[200];
	struct fault fault;

	(void)state;
	path_of("other", "", home);
	content_before("other", &before);
	assert_int_equal(store_open(&store, home, STORE_READ, &fault), RC_OK);
	assert_true(store_readonly(store));
	same_content(store->db, &before);
	assert_int_equal(schema_version(store->db), SCHEMA_VERSION);
	store_close(store);
}

/* A newer program has other tables: it is looked at, and not written. */
static void a_newer_store_is_looked_at(void **state)
{
	struct store *store = open_store("village");
	char home[200];
	struct fault fault = {0};
	struct user user;

	(void)state;
	path_of("village", "", home);
	assert_int_equal(
		db_run(store->db, "DROP TABLE kv; DROP TABLE pin; PRAGMA user_version=99", &fault),
		RC_OK);
	/* Who has it open does not write into it any more either. */
	assert_int_equal(kv_num_set(store, kv_own(KV_EXPIRED), 1, &fault), RC_NEWER);
	store_close(store);
	assert_int_equal(store_open(&store, home, 0, &fault), RC_NEWER);
	assert_true(store_readonly(store));
	assert_string_equal(store_station(store)->name, "王庄村");
	assert_true(store_user(store, "张三", &user));
	assert_int_equal(kv_num_set(store, kv_own(KV_EXPIRED), 1, &fault), RC_IO);
	store_close(store);
}

/* A backup of before the upgrade is put back, over a store of after it. */
static void an_old_backup_is_put_back(void **state)
{
	char home[200], backup[200];
	struct content before;
	struct buf asked = {0}, again = {0};
	struct fault fault;

	(void)state;
	path_of("village", "", home);
	path_of("", "backup.db", backup);
	content_before("village", &before);
	struct db *db = open_file("village", DB_READ);
	assert_int_equal(db_copy(db, backup, &fault), RC_OK);
	db_close(db);
	struct store *store = open_store("village");
	assert_int_equal(
		kv_bytes_set(store, kv_own(KV_ASKED), bytes_text("0123456789abcdefghij"), &fault),
		RC_OK);
	kv_bytes(store, kv_own(KV_ASKED), &asked);
	store_close(store);
	if (store_restore(home, backup, &fault) != RC_OK)
		fail_msg("%s", fault.text);
	store = open_store("village");
	assert_true(store_station(store)->site == VILLAGE); /* it had written no more */
	assert_true(kv_bytes(store, kv_own(KV_ASKED), &again));
	assert_true(bytes_equal(buf_bytes(&asked), buf_bytes(&again)));
	same_content(store->db, &before);
	same_shape_as_new(store->db);
	sound(store);
	store_close(store);
	/* The next one has written since: its site ends, and is known to have been this one's. */
	path_of("other", "", home);
	unlink(backup);
	db = open_file("other", DB_READ);
	assert_int_equal(db_copy(db, backup, &fault), RC_OK);
	db_close(db);
	store = open_store("other");
	world_hazard(store, store_station(store)->area, "备份之后");
	store_close(store);
	if (store_restore(home, backup, &fault) != RC_OK)
		fail_msg("%s", fault.text);
	store = open_store("other");
	assert_true(former_is(store, OTHER) && former_is(store, OTHER_BEFORE));
	sound(store);
	store_close(store);
	buf_release(&asked);
	buf_release(&again);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		CASE(old_stores_are_upgraded),
		CASE(stores_of_the_release_are_upgraded),
		CASE(what_it_remembered_is_understood),
		CASE(people_find_what_was_theirs),
		CASE(they_go_on_syncing),
		CASE(a_killed_upgrade_is_done_again),
		CASE(read_where_nothing_can_be_written),
		CASE(a_reader_upgrades_and_reads),
		CASE(a_newer_store_is_looked_at),
		CASE(an_old_backup_is_put_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
