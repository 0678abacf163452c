/* SPDX-License-Identifier: GPL-3.0-or-later
 * Counties from seeds: whatever the roads, sticks, disks and clocks do, no kept fact is lost, none
 * comes twice, none goes where it must not, no claim runs ahead of proof, and in the end all agree.
 * OUTPOST_SEEDS: how many (1000); OUTPOST_SEED: this one alone.
 */
#include "sim.h"
#include "sync/frame.h"

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
	uint64_t name = sim_print(history);

	buf_byte(out, history.len ? NAMED : 0);
	if (history.len)
		buf_put(out, &name, NAME);
	buf_put(out, plain.at, plain.len);
}

enum rc frame_unpack(
	struct buf *out, struct bytes packed, struct bytes history, struct fault *fault)
{
	uint64_t name = sim_print(history);
	size_t head = packed.at[0] & NAMED ? 1 + NAME : 1;

	if (packed.len < head)
		return fault_set(fault, RC_BAD, "short");
	if (head > 1 && (!history.len || memcmp(packed.at + 1, &name, NAME)))
		return fault_set(fault, RC_NONE, "another history");
	buf_put(out, packed.at + head, packed.len - head);
	return RC_OK;
}

enum { STEPS = 70, HEALING = 8 };

struct judge {
	struct sim *sim;
	const struct sim_node *node;
	uint64_t heard; /* number of the store above, as the node knows it */
	bool healed;
	char wrong[300];
};

static bool is_wrong(struct judge *judge, const char *text, ...)
	__attribute__((format(printf, 2, 3)));
static bool is_wrong(struct judge *judge, const char *text, ...)
{
	va_list args;

	va_start(args, text);
	if (!judge->wrong[0])
		vsnprintf(judge->wrong, sizeof judge->wrong, text, args);
	va_end(args);
	return false;
}

/* What a node says that another holds, against what that one has. */
static bool claim_true(const struct mark *mark, void *to)
{
	struct judge *judge = to;
	int x = sim_holder(judge->sim, mark->holder);
	const struct sim_node *holder = x < 0 ? NULL : &judge->sim->nodes[x];
	uint64_t number;

	if (!holder)
		return is_wrong(judge, "%s knows a holder that nobody is", judge->node->name);
	number = log_number(store_log(holder->store));
	if (mark->upto <= log_author(store_log(holder->store), mark->site, mark->lane))
		return true;
	if (!judge->healed && holder->unaware && number == mark->store)
		return true; /* nobody can know yet */
	if (!judge->healed && mark->store < number &&
		(x != judge->node->up || judge->heard < number))
		return true; /* the word of its new number is still on the way */
	return is_wrong(judge,
		"%s says that %s holds %u of %llx in lane %u, it has %u (store %llu, %llu)",
		judge->node->name, holder->name, mark->upto, (unsigned long long)mark->site,
		mark->lane, log_author(store_log(holder->store), mark->site, mark->lane),
		(unsigned long long)mark->store, (unsigned long long)number);
}

static bool claims_true(struct sim *sim, bool healed, char wrong[300])
{
	struct judge judge = {.sim = sim, .healed = healed};
	struct peer peer;
	struct fault fault;

	for (int i = 0; i < sim->count && !judge.wrong[0]; i++) {
		if (!healed && sim->heard != i && sim->heard != sim->count)
			continue;
		judge.node = &sim->nodes[i];
		judge.heard = peer_load(judge.node->store, &peer, &fault) ? 0 : peer.store;
		if (log_marks(store_log(judge.node->store), 0, claim_true, &judge, &fault) != RC_OK)
			die("%s", fault.text);
	}
	snprintf(wrong, 300, "%s", judge.wrong);
	return !judge.wrong[0];
}

/* A store that was put back unseen knows it when its number moved. */
static void notice(struct sim *sim)
{
	for (int i = 0; i < sim->count; i++) {
		struct sim_node *node = &sim->nodes[i];
		if (node->unaware && log_number(store_log(node->store)) > node->unaware)
			node->unaware = 0;
	}
}

static bool facts_right(struct sim *sim, struct judge *judge)
{
	for (int i = 0; i < sim->count; i++)
		for (size_t k = 0; k < sim->fact_count; k++) {
			const struct sim_fact *fact = &sim->facts[k];
			const struct sim_node *node = &sim->nodes[i];
			struct arena arena = {0};
			struct fact found;
			bool has = log_fact(store_log(node->store), fact->ref.site, fact->ref.seq,
				&arena, &found);
			bool same = has && sim_print(found.raw) == fact->print;
			arena_release(&arena);
			if (has && !same)
				return is_wrong(judge, "%s has another fact %llx-%u", node->name,
					(unsigned long long)fact->ref.site, fact->ref.seq);
			if (has != sim_concerns(node, fact) && !(fact->gone && !has))
				return is_wrong(judge,
					"%s %s %llx-%u (by %llu, reach %llu, gone %d)", node->name,
					has ? "must not have" : "lacks",
					(unsigned long long)fact->ref.site, fact->ref.seq,
					(unsigned long long)fact->author,
					(unsigned long long)fact->reach, fact->gone);
		}
	return true;
}

/* A gapless prefix: what the store says of an author is there, number by number. */
static bool prefix_there(const struct mark *mark, void *to)
{
	struct judge *judge = to;

	for (uint32_t n = 1; n <= mark->upto; n++) {
		struct sim_fact fact = {.ref = {mark->site, n * 8 + mark->lane}};
		if (!sim_has(judge->node, &fact))
			return is_wrong(judge,
				"%s says it has %u of %llx in lane %u, and %u is not there",
				judge->node->name, mark->upto, (unsigned long long)mark->site,
				mark->lane, n);
	}
	return true;
}

/* What the one above holds of a node's own facts, the node knows. */
static bool proof_known(
	const struct sim_node *node, const struct sim_node *above, struct judge *judge)
{
	uint64_t own = store_station(node->store)->site, hub = store_station(above->store)->site;

	for (unsigned lane = 0; lane < LANES; lane++) {
		uint32_t says = log_held(store_log(node->store), hub, own, lane),
			 holds = log_author(store_log(above->store), own, lane);
		if (says != holds)
			return is_wrong(judge, "%s says %u where %s holds %u in lane %u",
				node->name, says, above->name, holds, lane);
	}
	return true;
}

static bool gone_in(const struct sim *sim, const struct sim_node *a, const struct sim_node *b)
{
	for (size_t i = 0; i < sim->fact_count; i++)
		if (sim->facts[i].gone &&
			(sim_has(a, &sim->facts[i]) != sim_has(b, &sim->facts[i])))
			return true;
	return false;
}

static bool all_agree(struct sim *sim, struct judge *judge)
{
	for (int i = 0; i < sim->count; i++) {
		const struct sim_node *node = &sim->nodes[i], *above;
		struct fault fault;
		judge->node = node;
		if (log_authors(store_log(node->store), 0, prefix_there, judge, &fault) != RC_OK)
			die("%s", fault.text);
		if (judge->wrong[0] || node->up < 0)
			continue;
		above = &sim->nodes[node->up];
		if (!proof_known(node, above, judge))
			return false;
		if (!gone_in(sim, node, above) && world_digest(node->store, node->area) !=
							  world_digest(above->store, node->area))
			return is_wrong(judge, "%s and %s differ in the area of the lower",
				node->name, above->name);
	}
	return !judge->wrong[0];
}

static bool heal(struct sim *sim, struct judge *judge)
{
	struct sync_result result;
	bool quiet = false;
	int left = -1;

	sim->hurt = 0;
	for (int i = 0; i < sim->count; i++)
		sim->nodes[i].wrong = 0;
	for (unsigned round = 0; round < HEALING && !quiet; round++) {
		quiet = true;
		for (int i = sim->count - 1; i >= 0; i--) {
			if (sim->nodes[i].up < 0)
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
		for (int i = 0; i < sim->count; i++)
			if (sim->nodes[i].up >= 0)
				sim_ask(sim, i, 40, &result);
	return quiet || is_wrong(judge, "%s still has something to say after %d rounds",
				sim->nodes[left].name, HEALING);
}

static bool one(uint64_t seed)
{
	struct sim sim;
	struct judge judge = {.sim = &sim};
	int step = 0;
	bool good = true;

	when_hold(1784000000);
	sim_begin(&sim, seed);
	for (; step < STEPS && good; step++) {
		sim_step(&sim);
		notice(&sim);
		good = claims_true(&sim, false, judge.wrong);
	}
	sim.doing = "heals";
	good = good && heal(&sim, &judge) && facts_right(&sim, &judge) && all_agree(&sim, &judge) &&
	       claims_true(&sim, true, judge.wrong);
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
