/* SPDX-License-Identifier: GPL-3.0-or-later
 * Frames whose facts name each other in every way that costs the most: the work grows with their
 * number and not with its square, and what is beyond the caps of a frame is refused.
 */
#include "model/kinds.h"
#include "sync/wire.h"
#include "sync/wire/body_parts.h"

#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

enum { FEW = 1250, MANY = 20000, TRIES = 5 };

struct load {
	struct arena arena;
	struct fact *facts;
	size_t n;
};

static void add(struct load *load, const struct op *op)
{
	struct buf raw = {0};

	op_put(&raw, op);
	load->facts[load->n++].raw = arena_bytes(&load->arena, buf_bytes(&raw));
	buf_release(&raw);
}

static struct op first(size_t i)
{
	return (struct op){.site = 9,
		.seq = (uint32_t)(i + 1) * 8 + LANE_LOOP,
		.rec_site = 9,
		.rec_seq = (uint32_t)(i + 1) * 8 + LANE_LOOP,
		.stamp = (UINT64_C(1789000000) + i) << 16,
		.area = 410882103205,
		.kind = KIND_hazard};
}

/* Each on a record of its own that is not in the frame. */
static void steps_elsewhere(struct load *load, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct op op = first(i);
		op.area = 0;
		op.rec_site = 77;
		op.step = 1;
		op.by = bytes_text("410882103205-07");
		add(load, &op);
	}
}

/* Each by another author, in another place. */
static void strangers(struct load *load, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct op op = first(i);
		op.site = op.rec_site = 1000 + i;
		op.area = 410882100000 + i;
		add(load, &op);
	}
}

/* Each with fields that no other has. */
static void own_fields(struct load *load, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct op op = first(i);
		struct buf body = {0};
		for (unsigned k = 0; k < 4; k++)
			put_num(&body, 1000 + (unsigned)i * 4 + k, 1);
		op.body = buf_bytes(&body);
		add(load, &op);
		buf_release(&body);
	}
}

static void said_when(struct load *load, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct op op = first(i);
		op.at = i + 1 == n ? 1788990000 : 0;
		add(load, &op);
	}
}

static bool count(struct bytes raw, struct bytes sig, void *to)
{
	(void)raw, (void)sig;
	++*(size_t *)to;
	return true;
}

static uint64_t nothing_before(void *to, struct ref rec, uint64_t site, uint32_t seq)
{
	(void)to, (void)rec, (void)site, (void)seq;
	return 0;
}

static uint64_t nowhere(void *to, struct ref rec)
{
	(void)to, (void)rec;
	return 0;
}

static const struct body_ways ways = {
	.sender = 9, .sender_area = 410882103205, .before = nothing_before, .area = nowhere};

/* Milliseconds of this processor to write and read N facts, the best of a few tries. */
static double took(void (*make)(struct load *, size_t), size_t n, bool columns)
{
	struct load load = {0};
	double best = 1e9;

	load.facts = calloc(n, sizeof *load.facts);
	make(&load, n);
	for (int i = 0; i < TRIES; i++) {
		struct buf out = {0};
		struct fault fault;
		size_t seen = 0;
		clock_t from = clock();
		body_put(&out, load.facts, load.n, columns, &ways);
		assert_int_equal(body_take(buf_bytes(&out), &ways, count, &seen, &fault), RC_OK);
		double ms = (double)(clock() - from) * 1e3 / CLOCKS_PER_SEC;
		assert_int_equal(seen, n);
		best = ms < best ? ms : best;
		buf_release(&out);
	}
	arena_release(&load.arena);
	free(load.facts);
	return best;
}

/* Sixteen times as many facts: so many times the work, and what sorting and cold memory add; the
 * square would be 256. */
static void the_work_grows_with_the_facts(void **state)
{
	void (*const makes[])(struct load *, size_t) = {
		steps_elsewhere, strangers, own_fields, said_when};

	(void)state;
	for (size_t i = 0; i < countof(makes); i++)
		for (int columns = 0; columns < 2; columns++) {
			double few = took(makes[i], FEW, columns);
			double many = took(makes[i], MANY, columns);
			if (many > few * 64)
				print_error("load %zu, columns %d: %.2f and %.2f ms\n", i, columns,
					few, many);
			assert_true(many <= few * 64);
		}
}

static enum rc take_of(void (*make)(struct load *, size_t), size_t n)
{
	struct load load = {.facts = calloc(n, sizeof *load.facts)};
	struct buf out = {0};
	struct fault fault;
	size_t seen = 0;

	make(&load, n);
	body_put(&out, load.facts, load.n, true, &ways);
	enum rc rc = body_take(buf_bytes(&out), &ways, count, &seen, &fault);
	buf_release(&out);
	arena_release(&load.arena);
	free(load.facts);
	return rc;
}

static void many_fields(struct load *load, size_t n)
{
	struct buf body = {0};

	for (unsigned k = 0; k < 200; k++)
		put_num(&body, 1000 + k, 1);
	for (size_t i = 0; i < n; i++) {
		struct op op = first(i);
		op.body = buf_bytes(&body);
		add(load, &op);
	}
	buf_release(&body);
}

static void long_names(struct load *load, size_t n)
{
	char name[4001];
	struct buf body = {0};

	memset(name, 'a', 4000);
	name[4000] = 0;
	put_text(&body, 1, name);
	for (size_t i = 0; i < n; i++) {
		struct op op = first(i);
		op.by = bytes_text(name); /* said in a byte */
		op.body = buf_bytes(&body);
		add(load, &op);
	}
	buf_release(&body);
}

static void frames_have_caps(void **state)
{
	(void)state;
	assert_int_equal(take_of(said_when, LIMIT_FRAME_FACTS), RC_OK);
	assert_int_equal(take_of(said_when, LIMIT_FRAME_FACTS + 1), RC_BAD);
	assert_int_equal(take_of(many_fields, LIMIT_FRAME_ITEMS / 200), RC_OK);
	assert_int_equal(take_of(many_fields, LIMIT_FRAME_ITEMS / 200 + 1), RC_BAD);
	assert_int_equal(take_of(long_names, LIMIT_FRAME_CONTENT / 8100), RC_OK);
	assert_int_equal(take_of(long_names, LIMIT_FRAME_CONTENT / 8000), RC_BAD);
}

static void a_map_finds_what_was_put_last(void **state)
{
	struct body_map map = {0};
	struct arena arena = {0};
	size_t place;

	(void)state;
	assert_false(body_map_get(&map, 1, 1, &place));
	for (size_t i = 0; i < 1000; i++)
		body_map_put(&map, &arena, i % 500, i % 7, i);
	for (size_t i = 0; i < 1000; i++) {
		assert_true(body_map_get(&map, i % 500, i % 7, &place));
		assert_true(place % 500 == i % 500 && place % 7 == i % 7 && place >= i);
	}
	assert_false(body_map_get(&map, 500, 1, &place));
	body_map_clear(&map);
	assert_false(body_map_get(&map, 1, 1, &place));
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_map_finds_what_was_put_last),
		cmocka_unit_test(the_work_grows_with_the_facts),
		cmocka_unit_test(frames_have_caps),
	};

	/* Memory that was had once is kept: to get it from the system is no work of ours. */
	mallopt(M_MMAP_THRESHOLD, 1 << 30);
	mallopt(M_TRIM_THRESHOLD, 1 << 30);
	crypt_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
