/* SPDX-License-Identifier: GPL-3.0-or-later
 * Questions and answers come out as they went in.
 */
#include "sync/wire.h"

#include "base/file.h"
#include "base/when.h"
#include "model/kinds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
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
	size_t macs = 0; /* what their proofs add to the extra */

	for (size_t i = 0; i < in->mark_count; i++)
		macs += in->marks[i].mac ? sizeof in->marks[i].mac : 0;
	macs += macs ? 2 + (in->mark_count + 7) / 8 : 0;
	message_put(&out, in, false, &ways);
	assert_int_equal(message_take(buf_bytes(&out), &ways, &arena, &got, &fault), RC_OK);
	assert_true(got.type == in->type && got.number == in->number && got.full == in->full &&
		    got.store == in->store && got.memory == in->memory &&
		    got.got_mask == in->got_mask && got.sent_mask == in->sent_mask &&
		    got.more_mask == in->more_mask && got.time == in->time &&
		    got.room == in->room && got.status == in->status &&
		    bytes_equal(bytes_of(got.extra.at, got.extra.len - macs), in->extra));
	assert_memory_equal(got.got, in->got, sizeof got.got);
	assert_memory_equal(got.sent, in->sent, sizeof got.sent);
	assert_int_equal(got.mark_count, in->mark_count);
	for (size_t i = 0; i < in->mark_count; i++) {
		const struct mark *a = &in->marks[i], *b = &got.marks[i];
		assert_true(a->holder == b->holder && a->site == b->site && a->lane == b->lane &&
			    a->store == b->store && a->upto == b->upto && a->mac == b->mac);
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
	struct mark marks[] = {{ways.sender, ways.receiver, 0, 1789000000, 17, 0},
		{ways.sender, ways.receiver, 2, 1789000000, 400, 0},
		{0x33, ways.receiver, 2, 1789000555, 12, 0}, {0x33, 0x44, 4, 1789000555, 0, 0}};
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
	marks[2].mac = UINT64_C(0x8877665544332211);
	check(&answer);
	marks[0].mac = 1;
	answer.extra = bytes_of("\x0e\x01x", 3); /* tag 3, which comes before */
	check(&answer);
	answer.extra = (struct bytes){0, 0};
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

static void text(struct buf *body, unsigned tag, const char *what)
{
	struct value value = value_text(what);
	put_field(body, tag, &value);
}

static struct bytes worked_fact(struct arena *arena, struct op *op, const struct buf *body)
{
	struct buf raw = {0};
	struct bytes kept;

	op->site = op->rec_site = ways.sender;
	op->rec_seq = op->seq;
	op->area = 410882103205;
	op->who = 12;
	op->body = buf_bytes(body);
	op_put(&raw, op);
	kept = arena_bytes(arena, buf_bytes(&raw));
	buf_release(&raw);
	return kept;
}

/* The two facts of the worked question of docs/WIRE.md. */
static void worked_facts(struct arena *arena, struct fact facts[2])
{
	const uint64_t hour = UINT64_C(495550) * 3600;
	struct buf receipt = {0}, hazard = {0}, ref = {0};
	struct op op = {.seq = 5 << 3, .stamp = (hour + 2419) << 16, .kind = KIND_receipt};

	ref_put(&ref, (struct ref){ways.receiver, 40});
	struct value value = {WIRE_BYTES, 0, buf_bytes(&ref)};
	put_field(&receipt, receipt_warning, &value);
	text(&receipt, receipt_method, "phone");
	text(&receipt, receipt_result, "signed");
	facts[0] = (struct fact){.raw = worked_fact(arena, &op, &receipt)};
	op = (struct op){.seq = 17 << 3 | LANE_LOOP,
		.stamp = (hour + 2419 - 407) << 16,
		.kind = KIND_hazard};
	text(&hazard, hazard_category, "H0101");
	text(&hazard, hazard_grade, "M");
	text(&hazard, hazard_place, "村东桥下");
	text(&hazard, hazard_text, "护岸冲空");
	value = value_num(op_at(&op) - 25 * 60);
	put_field(&hazard, hazard_found_at, &value);
	value = value_num(date_add(date_of(op_at(&op)), 14));
	put_field(&hazard, hazard_owner_due, &value);
	facts[1] = (struct fact){.raw = worked_fact(arena, &op, &hazard)};
	buf_release(&ref);
	buf_release(&receipt);
	buf_release(&hazard);
}

/* The hex bytes that the lines of the worked question begin with. */
static void worked_bytes(struct buf *out, char sizes[200])
{
	struct buf page = {0};
	struct fault fault;
	char *rest, *line;

	assert_int_equal(file_read("docs/WIRE.md", 1 << 20, &page, &fault), RC_OK);
	rest = strstr(buf_cstr(&page), "## A worked question");
	assert_non_null(rest);
	while ((line = strsep(&rest, "\n")) != NULL && strncmp(line, "```", 3) != 0)
		if (strstr(line, "canonical facts"))
			snprintf(sizes, 200, "%s", line);
	while ((line = strsep(&rest, "\n")) != NULL && strncmp(line, "```", 3) != 0)
		for (unsigned byte; line[0] && line[1] && strchr("0123456789abcdef", line[0]) &&
				    strchr("0123456789abcdef", line[1]) &&
				    sscanf(line, "%2x", &byte) == 1;) {
			buf_byte(out, (uint8_t)byte);
			line += 2;
			line += strspn(line, " ") < 3 ? strspn(line, " ") : 0;
		}
	buf_release(&page);
}

static void the_worked_question_is_true(void **state)
{
	struct message_ways village = ways;
	struct arena arena = {0};
	struct fact facts[2];
	struct buf plain = {0}, packed = {0}, told = {0};
	char sizes[200] = "", want[200];

	(void)state;
	village.body = (struct body_ways){.sender_area = 410882103205, .chain = {ways.receiver}};
	worked_facts(&arena, facts);
	const struct message ask = {.type = MESSAGE_ASK,
		.number = 31,
		.memory = 0x0badcafe,
		.sent_mask = 5,
		.sent = {58, 0, 57},
		.facts = facts,
		.fact_count = 2};
	message_put(&plain, &ask, false, &village);
	frame_pack(&packed, buf_bytes(&plain), (struct bytes){0, 0});
	worked_bytes(&told, sizes);
	snprintf(want, sizeof want,
		"A village reports a hazard and signs a warning: %zu bytes of canonical facts, %zu "
		"plain, %zu packed, %zu sealed.",
		facts[0].raw.len + facts[1].raw.len, plain.len, packed.len,
		packed.len + SEAL_HEAD + SEAL_TAG);
	assert_string_equal(sizes, want);
	assert_int_equal(told.len, plain.len);
	assert_memory_equal(told.at, plain.at, plain.len);
	buf_release(&plain);
	buf_release(&packed);
	buf_release(&told);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(questions),
		cmocka_unit_test(answers),
		cmocka_unit_test(memory_changes_with_every_number),
		cmocka_unit_test(the_worked_question_is_true),
	};

	crypt_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
