/* SPDX-License-Identifier: GPL-3.0-or-later
 * Questions and answers come out as they went in.
 */
#include "sync/message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const struct message_ways ways = {.sender = 0x11223344556677, .receiver = 0x22334455667788};

static void check(const struct message *in)
{
	struct buf out = {0};
	struct arena arena = {0};
	struct message got;
	struct fault fault;

	message_put(&out, in, false, &ways);
	assert_int_equal(message_take(buf_bytes(&out), &ways, &arena, &got, &fault), RC_OK);
	assert_true(got.type == in->type && got.number == in->number && got.full == in->full &&
		    got.store == in->store && got.memory == in->memory &&
		    got.got_mask == in->got_mask && got.sent_mask == in->sent_mask &&
		    got.more_mask == in->more_mask && got.time == in->time &&
		    got.room == in->room && got.status == in->status &&
		    bytes_equal(got.extra, in->extra));
	assert_memory_equal(got.got, in->got, sizeof got.got);
	assert_memory_equal(got.sent, in->sent, sizeof got.sent);
	assert_int_equal(got.mark_count, in->mark_count);
	for (size_t i = 0; i < in->mark_count; i++) {
		const struct mark *a = &in->marks[i], *b = &got.marks[i];
		assert_true(a->holder == b->holder && a->site == b->site && a->lane == b->lane &&
			    a->store == b->store && a->upto == b->upto);
	}
	for (size_t len = 0; len < out.len; len++)
		(void)!message_take(bytes_of(out.at, len), &ways, &arena, &got, &fault);
	arena_release(&arena);
	buf_release(&out);
}

static void questions(void **state)
{
	struct message ask = {.type = MESSAGE_ASK,
		.number = 4711,
		.memory = 0xdeadbeef,
		.got_mask = 5,
		.sent_mask = 16,
		.got = {7, 0, 1u << 30},
		.sent = {0, 0, 0, 0, 99},
		.room = 4096};

	(void)state;
	check(&ask);
	ask.full = true;
	ask.store = 1789000000;
	ask.extra = bytes_text("keys");
	check(&ask);
}

static void answers(void **state)
{
	struct mark marks[] = {{ways.sender, ways.receiver, 0, 1789000000, 17},
		{ways.sender, ways.receiver, 2, 1789000000, 400},
		{0x33, ways.receiver, 2, 1789000555, 12}, {0x33, 0x44, 4, 1789000555, 0}};
	struct message answer = {.type = MESSAGE_ANSWER,
		.number = 4711,
		.status = ANSWER_FULL,
		.got_mask = 31,
		.got = {1, 2, 3, 4, 5},
		.more_mask = 4,
		.time = INT64_C(1789000000123),
		.marks = marks,
		.mark_count = countof(marks)};

	(void)state;
	check(&answer);
	answer.status = ANSWER_REVOKED;
	answer.mark_count = 0;
	answer.got_mask = 0;
	memset(answer.got, 0, sizeof answer.got);
	check(&answer);
}

static void memory_changes_with_every_number(void **state)
{
	uint64_t got[LANES] = {0}, sent[LANES] = {0};
	uint32_t before = memory_of(5, 3, got, sent);

	(void)state;
	assert_true(memory_of(6, 3, got, sent) != before);
	assert_true(memory_of(5, 4, got, sent) != before);
	got[4] = 1;
	assert_true(memory_of(5, 3, got, sent) != before);
	got[4] = 0, sent[0] = 1;
	assert_true(memory_of(5, 3, got, sent) != before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(questions),
		cmocka_unit_test(answers),
		cmocka_unit_test(memory_changes_with_every_number),
	};

	crypt_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
