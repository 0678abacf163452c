/* SPDX-License-Identifier: GPL-3.0-or-later
 * Facts: there is one way to write each, and bytes that are anything else are refused.
 */
#include "model/op.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const uint64_t here = 0x11223344556677, there = 0x22334455667788;

static struct op a_step(void)
{
	return (struct op){.site = here,
		.seq = 42,
		.stamp = UINT64_C(1789000000) * 65536 + 3,
		.rec_site = there,
		.rec_seq = 18,
		.seen = UINT64_C(1788999000) * 65536,
		.kind = 1,
		.step = 3,
		.who = 12,
		.at = -5,
		.by = bytes_text("王桂英"),
		.body = bytes_of("\x05\x02hi", 4)};
}

static bool same(const struct op *a, const struct op *b)
{
	return a->site == b->site && a->seq == b->seq && a->stamp == b->stamp &&
	       a->rec_site == b->rec_site && a->rec_seq == b->rec_seq && a->area == b->area &&
	       a->seen == b->seen && a->kind == b->kind && a->step == b->step && a->who == b->who &&
	       a->at == b->at && bytes_equal(a->by, b->by) && bytes_equal(a->body, b->body);
}

static void there_and_back(void **state)
{
	struct op step = a_step(), got;
	struct op first = {.site = here,
		.seq = 10,
		.stamp = 65536,
		.rec_site = here,
		.rec_seq = 10,
		.area = 410882103205,
		.kind = 1};
	struct buf buf = {0};

	(void)state;
	op_put(&buf, &step);
	assert_true(op_take(buf_bytes(&buf), &got));
	assert_true(same(&step, &got));
	assert_false(op_first(&got));
	assert_int_equal(op_lane(&got), 2);
	assert_int_equal(op_at(&got), -5);
	buf_clear(&buf);
	op_put(&buf, &first);
	assert_true(op_take(buf_bytes(&buf), &got));
	assert_true(same(&first, &got) && op_first(&got));
	assert_int_equal(op_at(&got), 1);
	buf_release(&buf);
}

static void any_cut_or_flip_is_noticed_or_canonical(void **state)
{
	struct op step = a_step(), got;
	struct buf buf = {0}, again = {0};

	(void)state;
	op_put(&buf, &step);
	for (size_t len = 0; len < buf.len; len++)
		if (op_take(bytes_of(buf.at, len),
			    &got)) { /* cut where the last fields are optional */
			buf_clear(&again);
			op_put(&again, &got);
			assert_int_equal(again.len, len);
		}
	for (size_t bit = 0; bit < buf.len * 8; bit++) {
		buf.at[bit / 8] ^= (uint8_t)(1u << (bit % 8));
		if (op_take(buf_bytes(&buf), &got)) {
			buf_clear(&again);
			op_put(&again, &got);
			/* What is taken is what would be written; an unknown head tag may be lost
			 * on the way. */
			assert_true(again.len <= buf.len);
		}
		buf.at[bit / 8] ^= (uint8_t)(1u << (bit % 8));
	}
	buf_release(&again);
	buf_release(&buf);
}

static void newer_head_tags_are_borne(void **state)
{
	struct op step = a_step(), got;
	struct buf buf = {0};
	struct value extra = value_num(7);

	(void)state;
	op_put(&buf, &step);
	put_field(&buf, 90, &extra);
	assert_true(op_take(buf_bytes(&buf), &got));
	assert_true(same(&step, &got));
	buf_release(&buf);
}

static bool taken(struct op op)
{
	struct buf buf = {0};
	struct op got;
	bool good;

	op_put(&buf, &op);
	good = op_take(buf_bytes(&buf), &got);
	buf_release(&buf);
	return good;
}

static void nonsense_is_refused(void **state)
{
	struct op op = a_step();

	(void)state;
	assert_true(taken(op));
	op.site = 0;
	assert_false(taken(op));
	op = a_step(), op.site = UINT64_C(1) << 56;
	assert_false(taken(op));
	op = a_step(), op.stamp = 0;
	assert_false(taken(op));
	op = a_step(), op.kind = 0;
	assert_false(taken(op));
	op = a_step(), op.area = 410882103205; /* only the first fact of a record has an area */
	assert_false(taken(op));
	op = (struct op){
		.site = here, .seq = 10, .stamp = 1, .rec_site = here, .rec_seq = 10, .kind = 1};
	assert_false(taken(op)); /* and that one must */
}

static void order_is_total(void **state)
{
	struct op a = a_step(), b = a_step();

	(void)state;
	assert_int_equal(op_cmp(&a, &b), 0);
	b.seq++;
	assert_true(op_cmp(&a, &b) < 0 && op_cmp(&b, &a) > 0);
	b.site = here - 1;
	assert_true(op_cmp(&a, &b) > 0);
	b.stamp++;
	assert_true(op_cmp(&a, &b) < 0);
}

static void references(void **state)
{
	struct ref ref = {here, 1234567}, got;
	struct buf buf = {0};

	(void)state;
	ref_put(&buf, ref);
	assert_true(ref_take(buf_bytes(&buf), &got));
	assert_true(got.site == ref.site && got.seq == ref.seq);
	for (size_t len = 0; len < buf.len; len++)
		assert_false(ref_take(bytes_of(buf.at, len), &got));
	buf_byte(&buf, 0);
	assert_false(ref_take(buf_bytes(&buf), &got));
	buf_release(&buf);
}

static void bodies_have_limits(void **state)
{
	struct buf buf = {0};
	char text[LIMIT_TEXT + 2];
	const char *why = NULL;
	struct value value;

	(void)state;
	memset(text, 'a', sizeof text);
	text[LIMIT_TEXT] = 0;
	value = value_text(text);
	put_field(&buf, 3, &value);
	assert_true(op_body_check(buf_bytes(&buf), &why));
	put_field(&buf, 3, &value);
	assert_false(op_body_check(buf_bytes(&buf), &why));
	buf_clear(&buf);
	text[LIMIT_TEXT] = 'a';
	text[LIMIT_TEXT + 1] = 0;
	value = value_text(text);
	put_field(&buf, 3, &value);
	assert_false(op_body_check(buf_bytes(&buf), &why));
	assert_non_null(why);
	buf_release(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(any_cut_or_flip_is_noticed_or_canonical),
		cmocka_unit_test(newer_head_tags_are_borne),
		cmocka_unit_test(nonsense_is_refused),
		cmocka_unit_test(order_is_total),
		cmocka_unit_test(references),
		cmocka_unit_test(bodies_have_limits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
