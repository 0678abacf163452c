/* SPDX-License-Identifier: GPL-3.0-or-later
 * The power goes at each commit of each hop, before it and after it, while a village writes and its
 * fact goes up to the county and the word of that comes back: what was acknowledged stays, nothing
 * comes twice, and at no moment does the ladder name a level that has not got it. What a commit
 * leaves on a disk when the plug is pulled in the middle of it: tests/crash/test_power.sh.
 * Covers: T3 N1
 */
#include "world.h"

#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

enum { HOPS = 3, VILLAGE_HOP = 0, MOST = 200 };

static char homes[HOPS][200];
static struct store *stores[HOPS]; /* village, town, county */
static struct ref written[MOST];
static unsigned count;

static void open_all(int hop, const char *die)
{
	for (int n = 0; n < HOPS; n++) {
		struct fault fault;

		if (n == hop)
			setenv("OUTPOST_DIE", die, 1);
		else
			unsetenv("OUTPOST_DIE");
		if (store_open(&stores[n], homes[n], STORE_FAST, &fault))
			fail_msg("%s: %s", homes[n], fault.text);
	}
	unsetenv("OUTPOST_DIE");
}

static void close_all(void)
{
	for (int n = 0; n < HOPS; n++)
		store_close(stores[n]);
}

/* Up to the county and the word of it back. */
static void goes_up(void)
{
	static const int asks[] = {0, 1, 0};
	struct sync_result result;

	for (size_t n = 0; n < countof(asks); n++) {
		struct road road = {.hub = stores[asks[n] + 1], .seed = 1};

		(void)!world_sync(stores[asks[n]], &road, 5, &result);
	}
}

/* In a process of its own; what it acknowledged comes through a pipe. False: it was killed. */
static bool lives(int hop, const char *die, struct ref *acked)
{
	int pipes[2], status = -1;

	*acked = (struct ref){0};
	assert_int_equal(pipe(pipes), 0);
	pid_t pid = fork();
	if (!pid) {
		open_all(hop, die);
		struct ref ref = world_hazard(stores[VILLAGE_HOP], 0, "北坡崖头");
		bool told = write(pipes[1], &ref, sizeof ref) == sizeof ref;
		goes_up();
		_exit(!told);
	}
	close(pipes[1]);
	if (read(pipes[0], acked, sizeof *acked) != sizeof *acked)
		*acked = (struct ref){0};
	close(pipes[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	return false;
}

static bool there_is(struct store *store, struct ref ref)
{
	struct arena arena = {0};
	struct row row;
	struct fault fault;
	enum rc rc = store_row(store, ref, &arena, &row, &fault);

	arena_release(&arena);
	return rc == RC_OK;
}

static bool says(int lower, int upper, struct ref ref)
{
	return log_held(store_log(stores[lower]), store_station(stores[upper])->site, ref.site,
		       ref.seq & 7) >= ref.seq >>
	       3;
}

/* Whoever says of a level above that it holds a record is right. */
static void no_ladder_lies(const char *when)
{
	for (int lower = 0; lower < HOPS; lower++)
		for (int upper = lower + 1; upper < HOPS; upper++)
			for (unsigned n = 0; n < count; n++)
				if (written[n].seq && says(lower, upper, written[n]) &&
					!there_is(stores[upper], written[n]))
					fail_msg("%s: station %d says that %d holds record %u",
						when, lower, upper, n);
}

/* The power is back: what was acknowledged is there, and arrives, once. */
static void recovers(struct ref acked, const char *when)
{
	unsigned before = count;

	open_all(-1, "");
	count = world_count(stores[VILLAGE_HOP], KIND_hazard);
	assert_true(count >= before && count <= before + 1 && count < MOST);
	if (acked.seq) {
		if (count != before + 1 || !there_is(stores[VILLAGE_HOP], acked))
			fail_msg("%s: what was acknowledged is gone", when);
		written[before] = acked;
	} else {
		count = before; /* it may be there, or not: nobody was told */
	}
	no_ladder_lies(when);
	goes_up();
	no_ladder_lies(when);
	unsigned all = world_count(stores[VILLAGE_HOP], KIND_hazard);
	for (int n = 0; n < HOPS; n++)
		if (world_count(stores[n], KIND_hazard) != all)
			fail_msg("%s: station %d has %u of %u", when, n,
				world_count(stores[n], KIND_hazard), all);
	if (acked.seq)
		assert_true(says(VILLAGE_HOP, 2, acked) && says(VILLAGE_HOP, 1, acked));
	assert_true(world_digest(stores[0], village_area) == world_digest(stores[2], village_area));
	count = all;
	close_all();
}

static void at_every_commit_of_every_hop(void **state)
{
	static const char *const names[HOPS] = {"village", "township", "county"};
	struct three *three = world_three(true);
	struct store *const begun[HOPS] = {three->village, three->town, three->county};
	unsigned kills = 0;

	(void)state;
	for (int n = 0; n < HOPS; n++) {
		stores[n] = begun[n];
		snprintf(homes[n], sizeof homes[n], "%s", store_home(begun[n]));
	}
	goes_up();
	close_all();
	for (int hop = 0; hop < HOPS; hop++) {
		bool alive = false;

		for (unsigned at = 2; !alive; at++) {
			char die[20], when[80];
			struct ref acked;

			snprintf(die, sizeof die, "%u:%s", at / 2, at % 2 ? "after" : "before");
			snprintf(when, sizeof when, "%s killed at commit %s", names[hop], die);
			alive = lives(hop, die, &acked);
			assert_true(!alive || acked.seq);
			recovers(acked, when);
			kills += !alive;
		}
	}
	print_message("%u kills, %u records\n", kills, count);
	assert_true(kills >= 2 * 2 * HOPS);
	for (int n = 0; n < HOPS; n++)
		world_drop(homes[n]);
	free(three);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(at_every_commit_of_every_hop)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
