/* SPDX-License-Identifier: GPL-3.0-or-later
 * Counties from seeds: whatever the roads, sticks, disks and clocks do, no kept fact is lost, none
 * comes twice, none goes where it must not, no claim runs ahead of proof, and in the end all agree.
 * OUTPOST_SEEDS: how many (1000); OUTPOST_SEED: this one alone.
 * Covers: K01 K06 N20
 */
#include "sim.h"
#include "store/rows.h"
#include "sync/swap.h"

#include "base/when.h"
#include "model/area.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

/* Frames are not packed here: that is tested elsewhere and would take nine tenths of the time. The
 * history that both ends must remember alike is still named. */
enum { NAMED = FRAME_WITH_HISTORY, NAME = 4 };

void frame_pack(struct buf *out, struct bytes plain, struct bytes history)
{
	uint64_t name = fact_print(history);

	buf_byte(out, history.len ? NAMED : 0);
	if (history.len)
		buf_put(out, &name, NAME);
	buf_put(out, plain.at, plain.len);
}

void frame_pack_again(struct buf *frame, struct bytes plain, const struct model_way *way)
{
	(void)frame, (void)plain, (void)way;
}

bool frame_by_model(struct bytes packed)
{
	(void)packed;
	return false;
}

size_t frame_history(struct bytes packed)
{
	(void)packed;
	return HISTORY_MOST;
}

enum rc frame_unpack_way(
	struct buf *out, struct bytes packed, const struct model_way *way, struct fault *fault)
{
	struct bytes history = way->history;
	uint64_t name = fact_print(history);
	size_t head = packed.at[0] & NAMED ? 1 + NAME : 1;

	if (packed.len < head)
		return fault_set(fault, RC_BAD, "short");
	if (head > 1 && (!history.len || memcmp(packed.at + 1, &name, NAME)))
		return fault_set(fault, RC_NONE, "another history");
	buf_put(out, packed.at + head, packed.len - head);
	return RC_OK;
}

enum rc frame_unpack(
	struct buf *out, struct bytes packed, struct bytes history, struct fault *fault)
{
	return frame_unpack_way(out, packed, &(struct model_way){.history = history}, fault);
}

enum { STEPS = 70, HEALING = 8 };

static bool claims_true(struct sim *sim, struct judge *judge)
{
	for (int i = 0; i < sim->county.count; i++)
		if ((judge->healed || sim->heard == i || sim->heard == sim->county.count) &&
			!judge_claims(judge, i))
			return false;
	return true;
}

/* A store that was put back unseen knows it when its number moved. */
static void notice(struct sim *sim)
{
	sim_sites(sim);
	for (int i = 0; i < sim->county.count; i++) {
		struct node *node = &sim->county.nodes[i];
		if (node->unaware && log_number(store_log(node->store)) > node->unaware)
			node->unaware = 0;
	}
}

static bool heal(struct sim *sim, struct judge *judge)
{
	struct sync_result result;
	bool quiet = false;
	int left = -1;

	sim->hurt = 0;
	for (int i = 0; i < sim->county.count; i++)
		sim->county.nodes[i].wrong = 0;
	for (unsigned round = 0; round < HEALING && !quiet; round++) {
		quiet = true;
		for (int i = sim->county.count - 1; i >= 0; i--) {
			if (sim->county.nodes[i].up < 0)
				continue;
			when_skip(60);
			sim_ask(sim, i, 40, &result);
			if (!result.complete || result.sent_facts || result.received_facts)
				quiet = false, left = i;
		}
		notice(sim);
	}
	/* The last word of each mark needs one more question a level. */
	for (unsigned round = 0; round < 2; round++)
		for (int i = 0; i < sim->county.count; i++)
			if (sim->county.nodes[i].up >= 0)
				sim_ask(sim, i, 40, &result);
	if (!quiet)
		snprintf(judge->wrong, sizeof judge->wrong,
			"%s still has something to say after %d rounds",
			sim->county.nodes[left].name, HEALING);
	return quiet;
}

static bool one(uint64_t seed)
{
	struct sim sim;
	struct judge judge = {.county = &sim.county};
	int step = 0;
	bool good = true;

	when_hold(1784000000);
	sim_begin(&sim, seed);
	for (; step < STEPS && good; step++) {
		sim_step(&sim);
		notice(&sim);
		good = claims_true(&sim, &judge);
	}
	sim.doing = "heals";
	good = good && heal(&sim, &judge);
	judge.healed = true;
	good = good && judge_facts(&judge) && judge_rest(&judge) && claims_true(&sim, &judge);
	for (int i = 0; i < sim.county.count; i++)
		good = good && judge_ladder(&judge, i);
	if (!good)
		fprintf(stderr, "seed %llu, step %d (%s): %s\n", (unsigned long long)seed, step,
			sim.doing, judge.wrong);
	sim_end(&sim);
	return good;
}

static unsigned number_from(const char *name, unsigned otherwise)
{
	const char *text = getenv(name);
	return text && *text ? (unsigned)strtoul(text, NULL, 10) : otherwise;
}

/* Every PARTS-th seed. How many failed. */
static unsigned some(unsigned from, unsigned most, unsigned parts)
{
	unsigned bad = 0;

	for (unsigned seed = from; seed < most && bad < 10; seed += parts)
		bad += !one(seed);
	return bad;
}

static void all_seeds_end_well(void **state)
{
	unsigned seeds = number_from("OUTPOST_SEEDS", 1000), alone = number_from("OUTPOST_SEED", 0);
	int status = 0;
	unsigned bad;

	(void)state;
	sim_shapes_make();
	if (alone) {
		bad = some(alone, alone + 1, 1);
	} else {
		pid_t other = fork();
		if (other == 0)
			_exit(some(2, seeds + 1, 2) ? 1 : 0);
		bad = some(1, seeds + 1, 2);
		assert_int_equal(waitpid(other, &status, 0), other);
	}
	sim_shapes_drop();
	assert_int_equal(status, 0);
	assert_int_equal(bad, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_seeds_end_well),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
