/* SPDX-License-Identifier: GPL-3.0-or-later
 * Bytes of sealed frames for the measured loads, and for loads told anew, beside their budgets;
 * exit 1 when one is over. bench_wire FOLDER [UNSEEN...]
 */
#include "loads.h"
#include "sync/wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Nothing is read before. */
static const struct model_way alone;

/* One row: what all its loads weighed. */
struct weighed {
	size_t sum, n, most;
};

/* The model's way is lean: who reads the one reads the other. */
typedef void pack_fn(struct buf *out, struct bytes plain, struct bytes history);
static void pack_small(struct buf *out, struct bytes plain, struct bytes history);
static void pack_on(struct buf *out, struct bytes plain, struct bytes history);

static bool is_lean(pack_fn *pack)
{
	return pack == pack_small || pack == pack_on;
}

/* What the model reads before: the last 16 KiB of these facts; none where there is no history. */
static struct buf model_history;

static struct bytes read_before(struct bytes history)
{
	return history.len ? buf_bytes(&model_history) : history;
}

/* What was said in this session: each frame goes on from the ones before. */
static struct so_far *so_far;

static void pack_on(struct buf *out, struct bytes plain, struct bytes history)
{
	const struct model_way way = {.lean = true, .so_far = so_far_count(so_far) ? so_far : NULL};

	frame_pack(out, plain, history);
	frame_pack_again(out, plain, &way);
}

static void pack_small(struct buf *out, struct bytes plain, struct bytes history)
{
	const struct model_way way = {.history = read_before(history), .lean = true};

	frame_pack(out, plain, history);
	frame_pack_again(out, plain, &way);
}

static size_t sealed(const struct load *load, pack_fn *pack, struct bytes history)
{
	struct message_ways ways = {.body = load_ways(load)};
	size_t best = SIZE_MAX;

	const struct lean lean = {.number = 4711, .sent = {0, 0, 18000 - load->count}};
	size_t around = is_lean(pack) ? LEAN_ASK_HEAD : SEAL_HEAD + SEAL_TAG;

	ways.sender = ways.body.sender;
	ways.receiver = ways.body.chain[0];
	ways.lean = is_lean(pack) ? &lean : NULL;
	struct message message = {.type = MESSAGE_ASK,
		.number = 4711,
		.sent_mask = 4,
		.sent = {0, 0, 18000},
		.facts = load->facts,
		.fact_count = load->count,
		.memory = (uint32_t)random()};
	struct buf said = {0};
	int last = 0;

	for (int columns = 0; columns < 2; columns++) {
		struct buf plain = {0}, packed = {0}, back = {0};
		struct arena arena = {0};
		struct message again;
		struct fault fault;
		message_put(&plain, &message, columns, &ways);
		pack(&packed, buf_bytes(&plain), history);
		struct bytes before = frame_history(buf_bytes(&packed)) == MODEL_HISTORY
					      ? read_before(history)
					      : history;
		struct model_way way = {.history = before,
			.lean = is_lean(pack),
			.so_far = pack == pack_on && so_far_count(so_far) ? so_far : NULL};
		if (frame_unpack_way(&back, buf_bytes(&packed), &way, &fault) != RC_OK ||
			message_take(buf_bytes(&back), &ways, &arena, &again, &fault) != RC_OK ||
			again.fact_count != load->count)
			die("%s", fault.text);
		for (size_t i = 0; i < load->count; i++)
			if (!bytes_equal(again.facts[i].raw, load->facts[i].raw))
				die("fact %zu did not come back as it went", i);
		if (packed.len + around < best)
			best = packed.len + around, last = columns;
		buf_release(&plain);
		buf_release(&packed);
		buf_release(&back);
		arena_release(&arena);
	}
	if (pack == pack_on) {
		message_put(&said, &message, last, &ways);
		so_far_add(so_far, SO_FAR_LEAN, buf_bytes(&said));
	}
	buf_release(&said);
	return best;
}

/* A load, EACH lines at a time; 0 = all at once. */
struct loaded {
	const char *file, *name;
	size_t each, must, aim, must_with_history, zstd_must, must_on;
	bool one_site, once; /* once: not told anew */
};

static void weigh(struct weighed *row, const char *folder, const struct loaded *loaded,
	pack_fn *pack, struct bytes history)
{
	char file[500];
	struct load load;
	size_t from = 0, got;

	snprintf(file, sizeof file, "%s/%s.ndjson", folder, loaded->file);
	do {
		if (!load_read(&load, file, from, loaded->each, loaded->one_site))
			exit(1);
		if (load.count) {
			size_t size = sealed(&load, pack, history);
			row->sum += size;
			row->most = size > row->most ? size : row->most;
			row->n++;
		}
		got = load.count;
		load_release(&load);
		from += loaded->each;
	} while (got && got == loaded->each);
}

/* MUST, AIM: 0 = none. */
static bool tell(const char *name, const struct weighed *row, size_t must, size_t aim)
{
	size_t mean = row->sum / row->n;

	printf("%-46s %4zu frames, mean %6zu, largest %6zu", name, row->n, mean, row->most);
	if (must)
		printf("; must %6zu %s", must, mean <= must ? "holds" : "FAILS");
	if (aim)
		printf("; aim %6zu %s", aim, mean <= aim ? "reached" : "missed");
	puts("");
	return !must || mean <= must;
}

/* The last rows of what a township wrote in three days, as if the village had written them. */
static void history_from(const char *folder, struct buf *out)
{
	char file[500];
	struct load load;
	struct buf rows = {0};

	snprintf(file, sizeof file, "%s/w3.ndjson", folder);
	if (!load_read(&load, file, 0, 0, true))
		exit(1);
	struct body_ways ways = {.sender = load_site(511722000000), .sender_area = 511722000000};
	body_put(&rows, load.facts, load.count, false, &ways);
	size_t from = load.count, canonical = 0;
	while (from && canonical + load.facts[from - 1].raw.len <= MODEL_HISTORY)
		canonical += load.facts[--from].raw.len;
	body_put(&model_history, load.facts + from, load.count - from, false, &ways);
	size_t skip = rows.len > HISTORY_MOST ? rows.len - HISTORY_MOST : 0;
	buf_put(out, rows.at + skip, rows.len - skip);
	buf_release(&rows);
	load_release(&load);
}

static const struct loaded loads[] = {
	{"w1", "W1 report and receipt", 2, 100, 90, 90, 165, 0, false, false},
	{"w2", "W2 a village's day", 0, 960, 930, 850, 1500, 0, false, false},
	{"w3", "W3 three days of a township", 0, 24000, 23000, 0, 39000, 0, true, false},
	{"w4", "W4 first load", 0, 101000, 96000, 0, 150000, 0, true, false},
	{"w5", "W5 plans and hazards told as people do", 0, 1700, 0, 0, 0, 0, true, true},
	{"w3", "W3 in frames of 25 facts, each", 25, 560, 0, 0, 0, 29000 / 65, true, false},
};

/* zstd beside the model, in the same run: the loads, the same told anew, and behind other days as
 * history. */
static bool bench(const struct loaded *load, struct bytes history, int argc, char **argv)
{
	const struct bytes none = {0, 0};
	struct weighed zstd = {0, 0, 0}, model = zstd, unseen = zstd, unseen_zstd = zstd,
		       with = zstd, with_zstd = zstd, on = zstd;
	char name[80];
	bool good;

	weigh(&zstd, argv[1], load, frame_pack, none);
	weigh(&model, argv[1], load, pack_small, none);
	good = tell(load->name, &model, load->must, load->aim);
	good &= tell("   by zstd", &zstd, load->zstd_must, 0);
	if (load->must_on) {
		so_far = so_far_new();
		weigh(&on, argv[1], load, pack_on, none);
		so_far_free(so_far);
		good &= tell("   one model carried on", &on, load->must_on, 0);
	}
	for (int k = 2; k < argc && !load->once; k++) {
		weigh(&unseen, argv[k], load, pack_small, none);
		weigh(&unseen_zstd, argv[k], load, frame_pack, none);
	}
	if (unseen.n) {
		snprintf(name, sizeof name, "   unseen, %d tellings", argc - 2);
		good &= tell(name, &unseen, load->must * 105 / 100, 0);
		tell("   unseen by zstd", &unseen_zstd, 0, 0);
	}
	if (!load->must_with_history)
		return good;
	weigh(&with, argv[1], load, pack_small, history);
	weigh(&with_zstd, argv[1], load, frame_pack, history);
	good &= tell("   with other days as history", &with, load->must_with_history, 0);
	tell("   the same by zstd", &with_zstd, 0, 0);
	return good;
}

/* How much longer the model may take than zstd at level 19, each way: a ratio says the same on
 * every machine. */
enum { COST_TIMES = 12, COST_ROUNDS = 3 };

/* Of several rounds the fastest: other work on the machine only makes it slower. */
static double faster(double best, clock_t from, clock_t to)
{
	double took = (double)(to - from) * 1000 / CLOCKS_PER_SEC;

	return best > 0 && best < took ? best : took;
}

/* Milliseconds of the processor for 1,000 plain bytes, packing and unpacking, of a township's three
 * days. */
static bool tell_cost(const char *folder)
{
	char file[500];
	struct load load;
	struct buf plain = {0};
	const struct bytes none = {0, 0};
	struct fault fault;
	double best[3] = {0};

	snprintf(file, sizeof file, "%s/w3.ndjson", folder);
	if (!load_read(&load, file, 0, 0, true))
		exit(1);
	struct message_ways ways = {.body = load_ways(&load)};
	struct message message = {
		.type = MESSAGE_ASK, .facts = load.facts, .fact_count = load.count};
	ways.sender = ways.body.sender;
	message_put(&plain, &message, true, &ways);
	for (unsigned round = 0; round < COST_ROUNDS; round++) {
		struct buf packed = {0}, again = {0}, back = {0};
		clock_t at[4];
		at[0] = clock();
		frame_pack(&packed, buf_bytes(&plain), none);
		at[1] = clock();
		buf_put(&again, packed.at, packed.len);
		frame_pack_again(&again, buf_bytes(&plain), &alone);
		at[2] = clock();
		if (frame_unpack(&back, buf_bytes(&again), none, &fault) != RC_OK)
			exit(1);
		at[3] = clock();
		for (int i = 0; i < 3; i++)
			best[i] = faster(best[i], at[i], at[i + 1]);
		buf_release(&packed);
		buf_release(&again);
		buf_release(&back);
	}
	bool good = best[1] <= COST_TIMES * best[0] && best[2] <= COST_TIMES * best[0];
	double kilobytes = (double)plain.len / 1000;
	printf("ms of the processor for 1,000 bytes of W3: packed by zstd %.2f, by the model %.2f, "
	       "unpacked %.2f; %.1f and %.1f times zstd, must %d %s\n",
		best[0] / kilobytes, best[1] / kilobytes, best[2] / kilobytes, best[1] / best[0],
		best[2] / best[0], COST_TIMES, good ? "holds" : "FAILS");
	buf_release(&plain);
	load_release(&load);
	return good;
}

int main(int argc, char **argv)
{
	struct buf history = {0};
	bool good = true;

	if (argc < 2)
		return 2;
	crypt_start();
	srandom(1);
	history_from(argv[1], &history);
	puts("sealed frames, bytes");
	for (size_t i = 0; i < countof(loads); i++)
		good &= bench(&loads[i], buf_bytes(&history), argc, argv);
	good &= tell_cost(argv[1]);
	buf_release(&history);
	buf_release(&model_history);
	return good ? 0 : 1;
}
