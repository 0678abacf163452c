/* SPDX-License-Identifier: GPL-3.0-or-later
 * Facts on the wire come out byte for byte as they went in, as rows and as columns, whatever they
 * hold.
 * Tests also: body_by.c body_head.c body_items.c body_place.c
 */
#include "base/when.h"
#include "model/kinds.h"
#include "sync/wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { MOST = 400 };

struct load {
	struct fact facts[MOST];
	struct buf raw[MOST];
	uint8_t sig[SIGN_SIZE];
	size_t n, seen;
};

static const uint64_t sites[] = {0x11223344556677, 0x21223344556677, 0x00000000000009};

static void add(struct load *load, const struct op *op, bool sign)
{
	struct buf *raw = &load->raw[load->n];
	op_put(raw, op);
	load->facts[load->n].raw = buf_bytes(raw);
	if (sign)
		load->facts[load->n].sig = bytes_of(load->sig, SIGN_SIZE);
	load->n++;
}

static void forget(struct load *load)
{
	for (size_t i = 0; i < load->n; i++)
		buf_release(&load->raw[i]);
}

static void text(struct buf *body, unsigned tag, const char *what)
{
	struct value value = value_text(what);
	put_field(body, tag, &value);
}

static void number(struct buf *body, unsigned tag, int64_t n)
{
	struct value value = value_num(n);
	put_field(body, tag, &value);
}

/* What people write, and what nobody should. */
static const char *const texts[] = {"后山边坡裂缝", "H0101", "𠮷野家旁", "莫𡐓村委会",
	"\xee\x80\x80私", "㐂", "a", "电话 13800000000", "鿃龴", "🌊",
	"村东桥下游护岸冲空约20米，已拉警戒"};

static const char *const authors[] = {"王桂英", "莫𡐓村委会", "410882103205-07", "410882103206-99",
	"000000000000-01", "410882103205-7", "a", "\x02", "\xee\x80\x80私"};

static void random_load(struct load *load, unsigned n)
{
	memset(load, 0, sizeof *load);
	for (unsigned i = 0; i < n; i++) {
		struct buf body = {0}, ref = {0};
		struct op op = {.site = sites[random() % 3],
			.seq = (uint32_t)(random() % 5000 + 1) * 8 + (uint32_t)random() % 5,
			.stamp = (UINT64_C(1789000000) + (uint64_t)random() % 100000) << 16 |
				 (random() % 3 ? 0 : random() % 500),
			.kind = (unsigned)(random() % 4 ? random() % 5 + 1 : random() % 100 + 1),
			.who = (uint32_t)random() % 50};
		op.rec_site = op.site, op.rec_seq = op.seq,
		op.area = 410882103205 + (uint64_t)random() % 3;
		if (random() % 2) {
			op.rec_site = sites[random() % 3];
			op.rec_seq = (uint32_t)(random() % 100 + 1) * 8 + 2;
			op.area = 0;
			op.step = (unsigned)random() % 40;
			op.seen = op.stamp - (uint64_t)random() % 70000000;
			if (op.rec_site == op.site && op.rec_seq == op.seq)
				op.rec_seq += 8;
		}
		if (random() % 4 == 0)
			op.at = 1788990000 + random() % 100000,
			op.by = bytes_text(authors[random() % countof(authors)]);
		text(&body, 1, texts[random() % countof(texts)]);
		text(&body, 4, texts[random() % countof(texts)]);
		number(&body, 6, op_at(&op) - 60 * (random() % 3000) + random() % 2);
		number(&body, 9,
			date_add(20260714, (int)(random() % 60)) / (random() % 3 ? 1 : 100) * 1);
		number(&body, 12, random() % 2 ? 20270800 : -5000);
		ref_put(&ref, (struct ref){sites[random() % 3], (uint32_t)random() % 900 + 1});
		struct value value = {WIRE_BYTES, 0, buf_bytes(&ref)};
		put_field(&body, 19, &value);
		number(&body, 22, INT64_MIN + random() % 3);
		number(&body, 23, INT64_MAX - random() % 3);
		number(&body, 250, random() % 9 * 1000);
		op.body = buf_bytes(&body);
		add(load, &op, random() % 5 == 0);
		buf_release(&ref);
		buf_release(&body);
	}
}

static bool same_again(struct bytes raw, struct bytes sig, void *to)
{
	struct load *load = to;
	const struct fact *fact = &load->facts[load->seen++];
	return bytes_equal(fact->raw, raw) && bytes_equal(fact->sig, sig);
}

static uint64_t some_stamp(void *to, struct ref rec, uint64_t site, uint32_t seq)
{
	(void)to;
	return (rec.seq + site + seq) % 3 ? UINT64_C(1789000001) << 16 : 0;
}

static uint64_t some_area(void *to, struct ref rec)
{
	(void)to;
	return rec.seq % 3 ? UINT64_C(410882103205) + rec.site % 2 : 0;
}

static void there_and_back(void **state)
{
	struct body_ways ways = {.sender = sites[0], .sender_area = 410882103205};
	struct fault fault;

	(void)state;
	srandom(11);
	for (int round = 0; round < 120; round++) {
		struct load load;
		struct buf out = {0};
		random_load(&load, (unsigned)random() % 40);
		ways.utf8 = round % 7 == 0;
		ways.before = round % 2 ? some_stamp : NULL;
		ways.area = round % 3 ? some_area : NULL;
		ways.chain[0] = round % 4 ? sites[2] : 0;
		ways.chain[2] = round % 5 ? sites[1] : sites[0];
		for (int columns = 0; columns < 2; columns++) {
			buf_clear(&out);
			load.seen = 0;
			body_put(&out, load.facts, load.n, columns, &ways);
			assert_int_equal(
				body_take(buf_bytes(&out), &ways, same_again, &load, &fault),
				RC_OK);
			assert_int_equal(load.seen, load.n);
		}
		buf_release(&out);
		forget(&load);
	}
}

/* A station that says it happened in the year 50,000 keeps nobody from reading what others wrote.
 */
static void times_beyond_all_ends(void **state)
{
	static const int64_t at[] = {INT64_MAX, INT64_MIN, 1, INT64_MAX - 59, INT64_C(1) << 46,
		-(INT64_C(1) << 46), INT64_C(1500000000000), -INT64_C(1500000000000),
		INT64_MIN + 1};
	const struct body_ways ways = {.sender = sites[0], .sender_area = 410882103205};
	struct load load = {.n = 0};
	struct fault fault;

	(void)state;
	for (unsigned i = 0; i < countof(at); i++) {
		struct buf body = {0};
		struct op op = {.site = sites[0],
			.seq = (i + 1) * 8,
			.rec_site = sites[0],
			.rec_seq = (i + 1) * 8,
			.stamp = UINT64_C(1789000000) << 16,
			.area = 410882103205,
			.kind = KIND_hazard,
			.at = at[i]};
		number(&body, hazard_found_at, at[countof(at) - 1 - i]);
		number(&body, hazard_owner_due, i % 2 ? 20260700 : 20260714);
		op.body = buf_bytes(&body);
		add(&load, &op, false);
		buf_release(&body);
	}
	for (int columns = 0; columns < 2; columns++) {
		struct buf out = {0};
		load.seen = 0;
		body_put(&out, load.facts, load.n, columns, &ways);
		assert_int_equal(
			body_take(buf_bytes(&out), &ways, same_again, &load, &fault), RC_OK);
		assert_int_equal(load.seen, load.n);
		buf_release(&out);
	}
	forget(&load);
}

static uint64_t any_number(void)
{
	static const uint64_t edges[] = {0, 1, 7, 8, 255, 65536, INT32_MAX, UINT32_MAX,
		UINT64_C(1) << 33, UINT64_C(1) << 46, UINT64_C(1) << 56, INT64_MAX,
		UINT64_C(1) << 63, UINT64_MAX};
	uint64_t near = (uint64_t)random() % 17 - 8;

	return random() % 4 ? edges[(size_t)random() % countof(edges)] + near
			    : (uint64_t)random() << 33 ^ (uint64_t)random();
}

static void any_body(struct buf *body)
{
	unsigned tag = 0;

	for (long n = random() % 50 ? random() % 6 : random() % 300; n; n--) {
		char bytes[12];
		size_t len = (size_t)random() % sizeof bytes;
		for (size_t i = 0; i < len; i++)
			bytes[i] = (char)random();
		struct value value = {
			(enum wire)(random() % 3), (int64_t)any_number(), bytes_of(bytes, len)};
		tag += 1 + (unsigned)(random() % 50 ? random() % 4 : random() % 300000);
		put_field(body, tag, &value);
	}
}

/* A fact that its taker cannot pass on would shut the way for all that others wrote. */
static void whatever_is_a_fact_travels(void **state)
{
	const struct body_ways ways = {.sender = sites[0], .sender_area = 410882103205};
	unsigned travelled = 0;

	(void)state;
	srandom(12);
	for (int round = 0; round < 3000; round++) {
		struct load load = {.n = 0};
		struct buf out = {0};
		struct fault fault;
		for (long n = random() % 8; n; n--) {
			struct buf body = {0}, raw = {0};
			struct op again;
			struct op op = {random() % 2 ? sites[random() % 3] : any_number(),
				(uint32_t)any_number(), any_number(), any_number(),
				(uint32_t)any_number(), any_number(), any_number(),
				(unsigned)random() % 70, (unsigned)random() % 40,
				(uint32_t)any_number(), (int64_t)any_number(), {0, 0}, {0, 0},
				{0, 0}};
			if (random() % 2) {
				op.rec_site = op.site;
				op.rec_seq = op.seq;
				op.seen = op.step = 0;
			} else {
				op.area = 0;
				op.rec_site &= UINT64_MAX >> 8;
			}
			if (random() % 2)
				op.stamp = UINT64_C(1789000000) << 16 | (uint64_t)random() % 9;
			any_body(&body);
			op.body = buf_bytes(&body);
			op_put(&raw, &op);
			/* What log_append takes. */
			if (op.seq >= 8 && op_take(buf_bytes(&raw), &again))
				add(&load, &op, random() % 4 == 0);
			buf_release(&raw);
			buf_release(&body);
		}
		load.seen = 0;
		body_put(&out, load.facts, load.n, random() % 2, &ways);
		assert_int_equal(
			body_take(buf_bytes(&out), &ways, same_again, &load, &fault), RC_OK);
		assert_int_equal(load.seen, load.n);
		travelled += (unsigned)load.n;
		buf_release(&out);
		forget(&load);
	}
	assert_true(travelled > 2000);
}

static bool anything(struct bytes raw, struct bytes sig, void *to)
{
	struct op op;
	(void)to;
	assert_true(op_take(raw, &op));
	assert_true(!sig.len || sig.len == SIGN_SIZE);
	return true;
}

/* A cut or a flipped bit inside the seal cannot happen; a hostile station can still send what it
 * likes. */
static void nonsense_is_refused(void **state)
{
	struct body_ways ways = {.sender = sites[0], .sender_area = 410882103205};
	struct load load;
	struct buf out = {0};
	struct fault fault;
	size_t flips = 0;

	(void)state;
	srandom(3);
	random_load(&load, 9);
	for (int columns = 0; columns < 2; columns++) {
		buf_clear(&out);
		body_put(&out, load.facts, load.n, columns, &ways);
		for (size_t len = 0; len < out.len; len++)
			assert_int_equal(
				body_take(bytes_of(out.at, len), &ways, anything, NULL, &fault),
				RC_BAD);
		for (size_t bit = 0; bit < out.len * 8; bit++) {
			out.at[bit / 8] ^= (uint8_t)(1u << (bit % 8));
			flips += body_take(buf_bytes(&out), &ways, anything, NULL, &fault) == RC_OK;
			out.at[bit / 8] ^= (uint8_t)(1u << (bit % 8));
		}
	}
	/* Only a signature (checked elsewhere) can change unnoticed. */
	assert_true(flips <= 2 * 9 * SIGN_SIZE * 8);
	buf_release(&out);
	forget(&load);
}

/* What OP becomes with PUT comes back with PUT, and with TAKE nothing does. */
static void agree_or_notice(
	const struct op *op, const struct body_ways *put, const struct body_ways *take)
{
	struct load load = {0};
	struct buf out = {0};
	struct fault fault;

	add(&load, op, false);
	body_put(&out, load.facts, 1, false, put);
	assert_int_equal(body_take(buf_bytes(&out), put, same_again, &load, &fault), RC_OK);
	load.seen = 0;
	assert_int_equal(body_take(buf_bytes(&out), take, same_again, &load, &fault), RC_BAD);
	buf_release(&out);
	forget(&load);
}

/* The prediction of what a fact had seen differs at the two ends: noticed, never a wrong fact. */
static void ends_that_disagree_notice(void **state)
{
	struct body_ways put = {.sender = sites[0], .before = some_stamp},
			 take = {.sender = sites[0]};
	struct op op = {.site = sites[0],
		.seq = 90,
		.rec_site = sites[0],
		.rec_seq = 18,
		.kind = 1,
		.step = 2,
		.stamp = UINT64_C(1789000100) << 16,
		.seen = UINT64_C(1789000001) << 16};

	(void)state;
	agree_or_notice(&op, &put, &take);
}

static uint64_t one_area(void *to, struct ref rec)
{
	(void)rec;
	return *(uint64_t *)to;
}

/* Bytes that the author's name costs on a step of an old record with the text "村委会". */
static size_t price_of(const char *by, const struct body_ways *ways)
{
	struct op op = {.site = sites[0],
		.seq = 90,
		.rec_site = sites[0],
		.rec_seq = 18,
		.kind = 1,
		.step = 2,
		.stamp = UINT64_C(1789000100) << 16};
	struct load load = {0};
	struct buf fields = {0}, out = {0};
	struct fault fault;
	size_t without;

	text(&fields, 4, "村委会");
	op.body = buf_bytes(&fields);
	add(&load, &op, false);
	body_put(&out, load.facts, 1, false, ways);
	without = out.len;
	buf_clear(&out);
	forget(&load);
	memset(&load, 0, sizeof load);
	op.by = bytes_text(by);
	add(&load, &op, false);
	body_put(&out, load.facts, 1, false, ways);
	assert_int_equal(body_take(buf_bytes(&out), ways, same_again, &load, &fault), RC_OK);
	without = out.len - without;
	buf_release(&out);
	buf_release(&fields);
	forget(&load);
	return without;
}

/* The flag that there is one costs a byte too. */
static void authors_that_can_be_told_cost_a_byte(void **state)
{
	uint64_t area = 410882103205;
	struct body_ways ways = {.sender = sites[0], .area = one_area, .to = &area};

	(void)state;
	assert_int_equal(price_of("410882103205-07", &ways), 2);
	assert_int_equal(price_of("410882103205-41", &ways), 2);
	assert_int_equal(price_of("410882103205-99", &ways), 3);
	assert_int_equal(price_of("村委会", &ways), 2);
	ways.sender_area = 410882103201;
	assert_int_equal(price_of("410882103206-07", &ways), 4);
	assert_int_equal(price_of("41088210320x-07", &ways), 18);
	assert_int_equal(price_of("410882103206_07", &ways), 18);
	assert_int_equal(price_of("王桂英", &ways), 9);
	ways.utf8 = true;
	assert_int_equal(price_of("王桂英", &ways), 12);
	assert_int_equal(price_of("村委会", &ways), 2);
}

/* Another area of the record at the other end gives another author: noticed. */
static void areas_that_disagree_notice(void **state)
{
	uint64_t here = 410882103205, there = 410882103206;
	struct body_ways put = {.sender = sites[0], .area = one_area, .to = &here},
			 take = {.sender = sites[0], .area = one_area, .to = &there};
	struct op op = {.site = sites[0],
		.seq = 90,
		.rec_site = sites[0],
		.rec_seq = 18,
		.kind = 1,
		.step = 2,
		.by = bytes_text("410882103205-07"),
		.stamp = UINT64_C(1789000100) << 16};

	(void)state;
	agree_or_notice(&op, &put, &take);
}

static size_t size_of(const struct fact *fact, const struct body_ways *ways)
{
	struct buf out = {0};
	size_t len;

	body_put(&out, fact, 1, false, ways);
	len = out.len;
	buf_release(&out);
	return len;
}

/* A hub above that both know is a bit; one that the other end does not know is noticed. */
static void hubs_above_cost_no_number(void **state)
{
	struct body_ways plain = {.sender = sites[0]},
			 known = {.sender = sites[0], .chain = {5, sites[1]}},
			 other = {.sender = sites[0], .chain = {5, sites[2]}},
			 less = {.sender = sites[0], .chain = {5}};
	struct op op = {.site = sites[1],
		.seq = 90,
		.rec_site = sites[1],
		.rec_seq = 90,
		.kind = 1,
		.area = 410882103205,
		.stamp = UINT64_C(1789000100) << 16};
	struct load load = {0};
	struct buf out = {0};
	struct fault fault;

	(void)state;
	add(&load, &op, false);
	assert_int_equal(size_of(load.facts, &plain), size_of(load.facts, &known) + 7);
	body_put(&out, load.facts, 1, false, &known);
	assert_int_equal(body_take(buf_bytes(&out), &known, same_again, &load, &fault), RC_OK);
	load.seen = 0;
	assert_int_equal(body_take(buf_bytes(&out), &other, same_again, &load, &fault), RC_BAD);
	assert_int_equal(body_take(buf_bytes(&out), &less, same_again, &load, &fault), RC_BAD);
	buf_release(&out);
	forget(&load);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(times_beyond_all_ends),
		cmocka_unit_test(whatever_is_a_fact_travels),
		cmocka_unit_test(nonsense_is_refused),
		cmocka_unit_test(ends_that_disagree_notice),
		cmocka_unit_test(authors_that_can_be_told_cost_a_byte),
		cmocka_unit_test(areas_that_disagree_notice),
		cmocka_unit_test(hubs_above_cost_no_number),
	};

	crypt_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
