/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is known of a batch stays what a new look at the table says, whatever is written meanwhile.
 * Tests also: sqlite.c sqlite_facts.c sqlite_authors.c authors.c sqlite_sites.c sites.c
 * Tests also: pending.c
 */
#include "store_help.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/kinds.h"
#include "model/rules.h"
#include "store/identity.h"
#include "store/rows/internal.h"

enum { SITES = 5, NUMBERS = 40, WRITES = 400, ROUNDS = 6 };

static const uint64_t area = 511722000000;
static char home[HELP_HOME];
static struct store *store;
static uint64_t seed;

static unsigned dice(unsigned sides)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (unsigned)(seed >> 33) % sides;
}

static struct ref number(void)
{
	return (struct ref){1000 + dice(SITES), (1 + dice(NUMBERS)) * 8 + LANE_LOOP};
}

/* A record, or a step of one that may not be here, or of a step; under one number there may be
 * several. */
static void make(struct op *op, struct buf *raw)
{
	struct ref own = number(), rec = dice(3) ? number() : own;
	bool first = own.site == rec.site && own.seq == rec.seq;

	*op = (struct op){.site = own.site,
		.seq = own.seq,
		.rec_site = rec.site,
		.rec_seq = rec.seq,
		.stamp = (1000 + dice(50)) * UINT64_C(65536),
		.area = first ? area + 100201 + dice(3) : 0,
		.kind = dice(8) ? KIND_hazard : KIND_task};
	buf_clear(raw);
	op_put(raw, op);
}

static void know(uint64_t site)
{
	struct site grant = {.site = site,
		.area = area + 100201 + dice(3),
		.level = LEVEL_VILLAGE,
		.rights = dice(2) ? RIGHTS_ALL : RIGHTS_NAMED};
	struct fault fault;

	assert_int_equal(log_site_set(store_log(store), &grant, &fault), RC_OK);
}

static void write_one(const struct op *op, struct bytes raw)
{
	struct log *log = store_log(store);
	struct fault fault;
	bool fresh;

	switch (dice(30)) {
	case 0:
		know(op->site);
		break;
	case 1:
		if (log_compare(log, op, raw) == HELD_OTHER)
			assert_int_equal(log_replace(log, op, raw, 1, &fault), RC_OK);
		break;
	case 2:
		assert_int_equal(log_requeue(log, (struct ref){op->site, op->seq}, &fault), RC_OK);
		break;
	default:
		assert_int_equal(log_put(log, op, raw, 1, &fresh, &fault), RC_OK);
	}
}

/* Every number that was loaded. Returns how many facts are among them. */
static unsigned same_as_a_new_look(void)
{
	struct batch *batch = &store_log(store)->batch;
	struct arena arena = {0};
	struct fault fault;
	unsigned here = 0;

	for (size_t i = 0; i < batch->refs.count; i++) {
		struct known_fact fresh, *known = batch_find(batch, batch->refs.at[i]);
		assert_int_equal(
			engine_load(store->db, &batch->refs.at[i], 1, &fresh, &arena, &fault),
			RC_OK);
		if (!known)
			continue;
		assert_true(known->here == fresh.here && known->voice == fresh.voice);
		assert_true(known->awaited || !fresh.awaited);
		here += fresh.here;
		if (!fresh.here)
			continue;
		assert_true(known->step == fresh.step && known->kind == fresh.kind);
		assert_true(known->state == fresh.state && known->reach == fresh.reach);
		assert_true(bytes_equal(known->raw, fresh.raw));
	}
	arena_release(&arena);
	return here;
}

/* A grant that has just been written counts for the next fact. */
static void sites_are_as_written(void)
{
	for (uint64_t number = 1000; number < 1000 + SITES; number++) {
		const struct ref ref = {number, 0};
		const struct known_site *known = log_brief(store_log(store), number);
		struct known_site fresh;
		struct fault fault;
		assert_int_equal(
			engine_sites(store->db, &ref, 1, store->log.site, &fresh, &fault), RC_OK);
		assert_int_equal(known->here, fresh.here);
		assert_true(known->site.area == fresh.site.area &&
			    known->site.rights == fresh.site.rights);
	}
}

/* As far as the facts of an author are here without a gap. */
static void marks_are_true(void)
{
	struct arena arena = {0};

	for (uint64_t site = 1000; site < 1000 + SITES; site++) {
		uint32_t upto = log_author(store_log(store), site, LANE_LOOP);
		struct fact fact;
		for (uint32_t n = 1; n <= upto + 1; n++)
			assert_true((n <= upto) == log_fact(store_log(store), site,
							   n * 8 + LANE_LOOP, &arena, &fact));
	}
	arena_release(&arena);
}

static void what_is_known_stays_true(void **state)
{
	static struct op ops[WRITES];
	static struct buf raws[WRITES];
	struct fault fault;
	unsigned here = 0;

	(void)state;
	for (seed = 1; seed <= ROUNDS; seed++) {
		uint64_t round = seed;
		for (unsigned i = 0; i < WRITES; i++)
			make(&ops[i], &raws[i]);
		assert_int_equal(store_begin(store, &fault), RC_OK);
		assert_int_equal(log_load(store_log(store), ops, WRITES, &fault), RC_OK);
		for (unsigned i = 0; i < WRITES; i++) {
			write_one(&ops[i], buf_bytes(&raws[i]));
			if (i % 50 == 0)
				here += same_as_a_new_look();
			sites_are_as_written();
		}
		here += same_as_a_new_look();
		if (round % 3)
			assert_int_equal(store_commit(store, &fault), RC_OK);
		else
			store_undo(store);
		assert_null(batch_find(
			&store_log(store)->batch, (struct ref){ops[0].site, ops[0].seq}));
		marks_are_true();
		seed = round;
	}
	assert_true(here > WRITES);
	for (unsigned i = 0; i < WRITES; i++)
		buf_release(&raws[i]);
}

/* What many are asked for at once is what each is asked for alone. */
static void many_at_once_is_one_by_one(void **state)
{
	struct ref refs[SITES * 30];
	unsigned all[countof(refs)], one;
	struct fault fault;

	(void)state;
	for (size_t n = 0; n <= countof(refs); n += 13) {
		for (size_t i = 0; i < n; i++)
			refs[i] = number();
		assert_int_equal(engine_following(store->db, refs, n, 7, all, &fault), RC_OK);
		for (size_t i = 0; i < n; i++) {
			assert_int_equal(
				engine_following(store->db, &refs[i], 1, 7, &one, &fault), RC_OK);
			assert_int_equal(all[i], one);
		}
	}
}

enum { LOADED = 3 * PENDING };

/* The Nth record of somebody. */
static void record(uint32_t n, struct op *op, struct buf *raw)
{
	make(op, raw);
	op->site = op->rec_site = 7000;
	op->seq = op->rec_seq = n * 8 + LANE_LOOP;
	op->area = area;
	buf_clear(raw);
	op_put(raw, op);
}

static void load(unsigned count)
{
	static struct op ops[LOADED];
	struct buf raw = {0};
	struct fault fault;

	for (unsigned n = 0; n < count; n++)
		record(n + 1, &ops[n], &raw);
	assert_int_equal(log_load(store_log(store), ops, count, &fault), RC_OK);
	buf_release(&raw);
}

static enum rc put_known(uint32_t n)
{
	struct buf raw = {0};
	struct fault fault;
	struct op op;
	bool fresh;

	record(n, &op, &raw);
	enum rc rc = log_put(store_log(store), &op, buf_bytes(&raw), 1, &fresh, &fault);
	assert_true(rc || fresh);
	buf_release(&raw);
	return rc;
}

/* Nobody sees the database without the facts that wait to be written together. */
static void whoever_looks_sees_what_was_put(void **state)
{
	struct fault fault;

	(void)state;
	assert_int_equal(store_begin(store, &fault), RC_OK);
	uint64_t last = log_last(store_log(store));
	load(LOADED);
	for (uint32_t n = 1; n <= LOADED; n++) {
		assert_int_equal(put_known(n), RC_OK);
		if (n % 7 == 0)
			assert_int_equal(log_last(store_log(store)), last + n);
	}
	store_undo(store);
	assert_int_equal(log_last(store_log(store)), last);
}

/* One of them cannot be written: then nothing of the transaction is saved, whenever that shows. */
static void what_cannot_be_written_undoes_all(void **state)
{
	struct fault fault;

	(void)state;
	assert_int_equal(db_run(store->db,
				 "CREATE TEMP TRIGGER no BEFORE INSERT ON fact WHEN NEW.seq>>3=5"
				 " BEGIN SELECT RAISE(FAIL, 'no'); END",
				 &fault),
		RC_OK);
	for (unsigned looks = 0; looks < 2; looks++) {
		uint64_t last = log_last(store_log(store));
		assert_int_equal(store_begin(store, &fault), RC_OK);
		load(10);
		for (uint32_t n = 1; n < 10; n++)
			assert_int_equal(put_known(n), RC_OK);
		if (looks) {
			assert_int_not_equal(db_run(store->db, "SELECT 1", &fault), RC_OK);
			assert_int_not_equal(put_known(10), RC_OK);
		}
		assert_int_not_equal(store_commit(store, &fault), RC_OK);
		assert_int_equal(log_last(store_log(store)), last);
		assert_int_equal(store_log(store)->depth, 0);
	}
	assert_int_equal(db_run(store->db, "DROP TRIGGER no", &fault), RC_OK);
	assert_int_equal(store_begin(store, &fault), RC_OK);
	assert_int_equal(put_known(5), RC_OK);
	assert_int_equal(store_commit(store, &fault), RC_OK);
}

static int begin(void **state)
{
	(void)state;
	help_home(home);
	store = help_station(home, area, "HU");
	return 0;
}

static int end(void **state)
{
	(void)state;
	store_close(store);
	help_remove(home);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_known_stays_true),
		cmocka_unit_test(many_at_once_is_one_by_one),
		cmocka_unit_test(whoever_looks_sees_what_was_put),
		cmocka_unit_test(what_cannot_be_written_undoes_all),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
