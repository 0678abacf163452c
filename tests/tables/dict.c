/* SPDX-License-Identifier: GPL-3.0-or-later
 * Trains the dictionary that every frame is packed with: bodies of 8 facts in rows and of 39 in
 * columns, of texts that are not among those measured. dict TRAIN.ndjson OUT
 */
#define ZDICT_STATIC_LINKING_ONLY
#include "base/file.h"
#include "../bench/loads.h"
#include "sync/wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <zdict.h>

enum { SIZE = 64 * 1024, SAMPLES = 20000, COLUMNS_FROM = 24 };

static void sample(struct buf *all, size_t *sizes, unsigned *n, const struct load *load,
	size_t from, size_t count)
{
	const struct load part = {.facts = load->facts + from, .count = count};
	struct message_ways ways = {.body = load_ways(&part)};
	size_t start = all->len;

	ways.sender = ways.body.sender;
	ways.receiver = ways.body.chain[0];
	struct message message = {.type = MESSAGE_ASK,
		.number = from + 17,
		.sent_mask = 5,
		.sent = {from, 0, from + 90},
		.facts = load->facts + from,
		.fact_count = count,
		.memory = (uint32_t)from * 2654435761u};
	message_put(all, &message, count >= COLUMNS_FROM, &ways);
	sizes[(*n)++] = all->len - start;
}

int main(int argc, char **argv)
{
	static const size_t cuts[] = {8, 39};
	static size_t sizes[SAMPLES];
	struct load load;
	struct buf all = {0}, out = {0};
	unsigned n = 0;
	ZDICT_cover_params_t params = {.k = 100, .d = 6, .zParams.compressionLevel = 19};
	struct fault fault;

	crypt_start();
	if (argc != 3 || !load_read(&load, argv[1], 0, 0, false))
		return 2;
	for (size_t c = 0; c < countof(cuts); c++)
		for (size_t i = 0; i + cuts[c] <= load.count; i += cuts[c])
			sample(&all, sizes, &n, &load, i, cuts[c]);
	size_t size =
		ZDICT_trainFromBuffer_cover(buf_grow(&out, SIZE), SIZE, all.at, sizes, n, params);
	if (ZDICT_isError(size)) {
		fprintf(stderr, "dict: %s\n", ZDICT_getErrorName(size));
		return 1;
	}
	out.len = size;
	printf("dictionary of %zu bytes from %u samples of %zu bytes\n", size, n, all.len);
	if (file_write(argv[2], buf_bytes(&out), 0644, &fault) != RC_OK) {
		fprintf(stderr, "dict: %s\n", fault.text);
		return 1;
	}
	buf_release(&all);
	buf_release(&out);
	load_release(&load);
	return 0;
}
