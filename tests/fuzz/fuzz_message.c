/* SPDX-License-Identifier: GPL-3.0-or-later
 * Questions and answers from anywhere: refused, or they come out of message_put and back the same.
 * needs: src/sync/wire/message.c src/sync/wire/body.c
 */
#include "base/when.h"
#include "sync/wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint64_t before(void *to, struct ref rec, uint64_t site, uint32_t seq)
{
	(void)to;
	return (rec.site + rec.seq + site + seq) % 3 ? UINT64_C(1784000000) * 65536 : 0;
}

static void check_again(
	const struct message *message, const struct message_ways *ways, bool columns)
{
	struct arena arena = {0};
	struct buf out = {0};
	struct message again;
	struct fault fault;

	message_put(&out, message, columns, ways);
	assert(message_take(buf_bytes(&out), ways, &arena, &again, &fault) == RC_OK);
	assert(again.number == message->number && again.full == message->full);
	assert(again.mark_count == message->mark_count && again.fact_count == message->fact_count);
	for (size_t i = 0; i < again.fact_count; i++)
		assert(bytes_equal(again.facts[i].raw, message->facts[i].raw) &&
			bytes_equal(again.facts[i].sig, message->facts[i].sig));
	for (size_t i = 0; i < again.mark_count; i++)
		assert(again.marks[i].holder == message->marks[i].holder &&
			again.marks[i].upto == message->marks[i].upto);
	buf_release(&out);
	arena_release(&arena);
}

/* The same without what both ends know; whole ones may say what these cannot. */
static void lean_ones(struct bytes in, struct message_ways *ways)
{
	static const struct lean lean = {
		.number = 300, .memory = 77, .got = {5, 6}, .sent = {0, 1000}, .time = 1 << 30};
	struct arena arena = {0};
	struct message message;
	struct fault fault;

	ways->lean = &lean;
	if (message_take(in, ways, &arena, &message, &fault) == RC_OK) {
		assert(message.number == lean.number && !message.full);
		assert(message.type == MESSAGE_ASK || message.type == MESSAGE_ANSWER);
		check_again(&message, ways, false);
	}
	arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct message_ways ways = {.sender = 11,
		.receiver = 12,
		.body = {.sender_area = 410882103205, .before = before}};
	struct arena arena = {0};
	struct message message;
	struct fault fault;

	if (message_take(bytes_of(data, size), &ways, &arena, &message, &fault) == RC_OK) {
		check_again(&message, &ways, false);
		check_again(&message, &ways, true);
	}
	lean_ones(bytes_of(data, size), &ways);
	arena_release(&arena);
	return 0;
}
