/* SPDX-License-Identifier: GPL-3.0-or-later
 * The training text of the model: each fact of TRAIN.ndjson once, in messages as stations send
 * them: small ones first, a township's columns and a day's behind them. Before them stand sentences
 * of what this project ships in Chinese, so that it knows the words. training TEXTS.ndjson
 * TRAIN.ndjson OUT
 */
#include "../bench/loads.h"
#include "base/endian.h"
#include "base/file.h"
#include "sync/wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_FROM = 24, LENGTH = 4, TEXTS_EACH = 12 };

/* So many messages of so many facts. */
static const struct {
	size_t facts, messages;
} cuts[] = {{8, 40}, {2, 50}, {300, 10}, {39, 1000}};

static uint32_t state = 1;

static uint32_t some(uint32_t below)
{
	state = state * 1664525 + 1013904223;
	return (state >> 8) % below;
}

static void put(struct buf *all, const struct message *message, bool columns,
	const struct message_ways *ways)
{
	struct buf plain = {0};

	message_put(&plain, message, columns, ways);
	buf_low(all, plain.len, LENGTH);
	buf_put(all, plain.at, plain.len);
	buf_release(&plain);
}

/* What the hub says to it when nothing is new for the asker: how far all is held. */
static void answer(struct buf *all, const struct message *ask, const struct message_ways *asked)
{
	struct message_ways ways = {.sender = asked->receiver, .receiver = asked->sender};
	struct mark marks[LANES];
	struct message message = {.type = MESSAGE_ANSWER,
		.number = ask->number,
		.time = (int64_t)(UINT64_C(1784000000000) + (uint64_t)some(1 << 24) * 1000 +
				  some(1000)),
		.got_mask = some(3) ? 0 : 1u << some(LANES),
		.marks = marks};

	memcpy(message.got, ask->sent, sizeof message.got);
	for (unsigned lane = 0; lane < LANES; lane++)
		if (ask->sent_mask >> lane & 1)
			marks[message.mark_count++] = (struct mark){ways.sender, ways.receiver,
				lane, 1780000000, 1 + some(3000),
				some(3) ? 0 : (uint64_t)some(1 << 24) << 32 | some(1 << 24)};
	put(all, &message, false, &ways);
}

static void message(struct buf *all, const struct load *load, size_t from, size_t count)
{
	const struct load part = {.facts = load->facts + from, .count = count};
	struct message_ways ways = {.body = load_ways(&part)};

	ways.sender = ways.body.sender;
	ways.receiver = ways.body.chain[0];
	struct message ask = {.type = MESSAGE_ASK,
		.number = 17 + some(some(2) ? 5000 : 200),
		.sent_mask = some(2) ? 4 : (some(2) ? 5 : 12),
		.facts = part.facts,
		.fact_count = count,
		.memory = some(1 << 24)};
	for (unsigned lane = 0; lane < LANES; lane++)
		ask.sent[lane] = 1 + some(some(2) ? 30000 : 2000);
	put(all, &ask, count >= COLUMNS_FROM, &ways);
	if (count < COLUMNS_FROM)
		answer(all, &ask, &ways);
}

static bool texts(struct buf *all, const char *file)
{
	struct load load;

	if (!load_read(&load, file, 0, 0, false))
		return false;
	for (size_t at = 0; at < load.count; at += TEXTS_EACH)
		message(all, &load, at,
			load.count - at < TEXTS_EACH ? load.count - at : TEXTS_EACH);
	load_release(&load);
	return true;
}

int main(int argc, char **argv)
{
	struct load load;
	struct buf all = {0}, out = {0};
	struct fault fault;
	size_t at = 0;

	crypt_start();
	if (argc != 4 || !texts(&all, argv[1]) || !load_read(&load, argv[2], 0, 0, false))
		return 2;
	for (size_t c = 0; c < countof(cuts); c++)
		for (size_t n = 0; n < cuts[c].messages && at < load.count; n++) {
			size_t count =
				cuts[c].facts < load.count - at ? cuts[c].facts : load.count - at;
			message(&all, &load, at, count);
			at += count;
		}
	model_train(&out, buf_bytes(&all));
	printf("training text of %zu bytes in %zu\n", all.len, out.len);
	if (file_write(argv[3], buf_bytes(&out), 0644, &fault) != RC_OK) {
		fprintf(stderr, "training: %s\n", fault.text);
		return 1;
	}
	buf_release(&all);
	buf_release(&out);
	load_release(&load);
	return 0;
}
