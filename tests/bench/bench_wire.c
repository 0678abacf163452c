/* SPDX-License-Identifier: GPL-3.0-or-later
 * Bytes of sealed frames for the measured loads, beside their budgets. bench_wire [FOLDER]
 */
#include "loads.h"
#include "sync/frame.h"
#include "sync/message.h"
#include "sync/seal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t sealed(const struct load *load)
{
	struct message_ways ways = {.body = load_ways(load)};
	size_t best = SIZE_MAX;

	ways.sender = ways.body.sender;
	ways.receiver = ways.body.chain[0];
	struct message message = {.type = MESSAGE_ASK,
		.number = 4711,
		.sent_mask = 4,
		.sent = {0, 0, 18000},
		.facts = load->facts,
		.fact_count = load->count,
		.memory = (uint32_t)random()};
	for (int columns = 0; columns < 2; columns++) {
		struct buf plain = {0}, packed = {0}, back = {0};
		struct arena arena = {0};
		struct message again;
		struct fault fault;
		message_put(&plain, &message, columns, &ways);
		frame_pack(&packed, buf_bytes(&plain), (struct bytes){0, 0});
		if (frame_unpack(&back, buf_bytes(&packed), (struct bytes){0, 0}, &fault) !=
				RC_OK ||
			message_take(buf_bytes(&back), &ways, &arena, &again, &fault) != RC_OK ||
			again.fact_count != load->count)
			die("%s", fault.text);
		for (size_t i = 0; i < load->count; i++)
			if (!bytes_equal(again.facts[i].raw, load->facts[i].raw))
				die("fact %zu did not come back as it went", i);
		if (packed.len + SEAL_HEAD + SEAL_TAG < best)
			best = packed.len + SEAL_HEAD + SEAL_TAG;
		buf_release(&plain);
		buf_release(&packed);
		buf_release(&back);
		arena_release(&arena);
	}
	return best;
}

static void measure(
	const char *folder, const char *name, size_t each, size_t must, size_t aim, bool one_site)
{
	char file[500];
	struct load load;
	size_t sum = 0, n = 0, most = 0;

	snprintf(file, sizeof file, "%s/%s.ndjson", folder, name);
	for (size_t from = 0;; from += each) {
		if (!load_read(&load, file, from, each, one_site))
			exit(1);
		if (load.count) {
			size_t size = sealed(&load);
			sum += size;
			most = size > most ? size : most;
			n++;
		}
		size_t got = load.count;
		load_release(&load);
		if (!each || got < each)
			break;
	}
	printf("%-3s frames %3zu  mean %7zu  max %7zu  must %7zu  aim %7zu  %s\n", name, n, sum / n,
		most, must, aim, sum / n <= must ? "within" : "OVER");
}

int main(int argc, char **argv)
{
	const char *folder = argc > 1 ? argv[1] : "tests/data/wire";

	crypt_start();
	srandom(1);
	measure(folder, "w1", 2, 165, 125, false);
	measure(folder, "w2", 0, 1500, 1000, false);
	measure(folder, "w3", 0, 39000, 37000, true);
	measure(folder, "w4", 0, 150000, 145000, true);
	return 0;
}
