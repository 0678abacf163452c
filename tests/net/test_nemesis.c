/* SPDX-License-Identifier: GPL-3.0-or-later
 * A county of real processes over HTTP, OpenSSH and sticks, while a nemesis kills, stops and shuts:
 * after each round no ladder claims what its holder has not; after healing, in so many rounds,
 * nothing acknowledged is lost, nothing is there twice, nothing waits and all agree. Then stores
 * are falsified, and the judge must find each lie.
 * OUTPOST_SEED: this one alone; OUTPOST_SEEDS: how many; OUTPOST_TALK: what happens, OUTPOST_KEEP:
 * the folder stays.
 */
#include "team.h"
#include "lies.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

enum { ROUNDS = 20, ROUNDS_LONG = 250, HEALING = 8, HEAL_MS = 60000, SHORT_S = 15 };

static bool judged(struct team *team, bool healed)
{
	struct ground *ground = team->ground;
	struct judge judge = {.county = &ground->county, .healed = healed};
	bool good = ground_open(ground);

	snprintf(team->wrong, sizeof team->wrong, "%s", ground->wrong);
	for (unsigned tag = 1; tag < ground->tag_count; tag++)
		if (ground->tags[tag].facts > 1 ||
			(ground->tags[tag].acknowledged && !ground->tags[tag].facts)) {
			snprintf(team->wrong, sizeof team->wrong, "writing %u is there %u times",
				tag, ground->tags[tag].facts);
			good = false;
		}
	for (int i = 0; i < ground->county.count && good; i++)
		good = judge_claims(&judge, i) && judge_ladder(&judge, i) &&
		       judge_numbers(&judge, i);
	if (healed)
		good = good && judge_facts(&judge) && judge_rest(&judge);
	if (good && healed)
		good = lies_found(ground, judge.wrong);
	ground_close(ground);
	if (judge.wrong[0])
		snprintf(team->wrong, sizeof team->wrong, "%s", judge.wrong);
	return good;
}

static bool one_round(struct team *team)
{
	unsigned begin = 3 + (unsigned)team_dice(team, 4);

	nemesis_rest(team);
	while (begin--) {
		team_start(team);
		usleep((useconds_t)team_dice(team, 25) * 1000);
		if (team_dice(team, 5) < 2)
			nemesis_act(team);
	}
	return team_wait(team) && judged(team, false);
}

/* ---- healing */

static long number_in(const char *said, const char *key)
{
	const char *at = strstr(said, key);

	return at ? strtol(at + strlen(key), NULL, 10) : -1;
}

/* There and back on a stick; did nothing move? */
static bool walk(struct ground *ground, int from, int to)
{
	char path[GROUND_TOP + 16], site[16];
	long facts, fresh;

	snprintf(path, sizeof path, "%s/walk", ground->top);
	site_hex(ground->county.nodes[to].sites[0], site);
	(void)!unlink(path); /* a file for another station is never written over */
	facts = number_in(ground_must(ground, from, 0, "pack", "--json", path, "--to", site, NULL),
		"\"facts\":");
	fresh = number_in(ground_must(ground, to, 0, "unpack", "--json", path, NULL), "\"fresh\":");
	return facts == 0 && fresh == 0;
}

static bool at_rest(const char *said)
{
	return strstr(said, "\"complete\":true") && strstr(said, "\"sent\":{\"facts\":0,") &&
	       strstr(said, "\"received\":{\"facts\":0,");
}

/* All stations below hubs of a level at once. Did nothing move? */
static bool asked_below(struct team *team, bool county)
{
	struct ground *ground = team->ground;
	static struct proc procs[COUNTY_NODES];
	bool quiet = true;

	for (int i = 1; i < ground->county.count; i++)
		if ((ground->county.nodes[i].up == 0) == county &&
			ground->places[i].roads != ON_FOOT)
			ground_start(ground, &procs[i], i, HEAL_MS, "sync", "--json", NULL);
	for (int i = 1; i < ground->county.count; i++) {
		int up = ground->county.nodes[i].up;
		if ((up == 0) != county)
			continue;
		if (ground->places[i].roads == ON_FOOT) {
			quiet = walk(ground, i, up) && quiet;
			quiet = walk(ground, up, i) && quiet;
			continue;
		}
		if (proc_wait(&procs[i]))
			snprintf(team->wrong, sizeof team->wrong, "%s syncs with %d: %.200s",
				ground->county.nodes[i].name, procs[i].code, procs[i].said);
		quiet &= at_rest(procs[i].said);
	}
	return quiet;
}

static bool heal(struct team *team)
{
	unsigned round = 0;
	bool quiet = false;

	nemesis_end(team);
	for (; round < HEALING && !quiet && !team->wrong[0]; round++) {
		quiet = asked_below(team, false);
		quiet = asked_below(team, true) && quiet;
	}
	ground_say(team->ground, "quiet after %u rounds", round);
	if (!quiet && !team->wrong[0])
		snprintf(team->wrong, sizeof team->wrong,
			"there is still something to say after %d rounds", HEALING);
	/* The last word of each mark comes down from level to level. */
	asked_below(team, true);
	asked_below(team, false);
	return !team->wrong[0];
}

/* ---- seeds */

static bool one(uint64_t seed)
{
	struct ground *ground = calloc(1, sizeof *ground);
	struct team team = {.ground = ground, .seed = seed * UINT64_C(0x9e3779b97f4a7c15)};
	bool longer = getenv("OUTPOST_LONG") != NULL;
	unsigned rounds = longer ? ROUNDS_LONG : ROUNDS, round = 0;
	time_t begin = time(NULL);
	bool good = true;

	if (!ground_begin(ground)) {
		printf("skip nemesis: openssh-server is not installed\n");
		free(ground);
		return true;
	}
	printf("seed %llu\n", (unsigned long long)seed);
	fflush(stdout);
	for (int i = 0; i < ground->county.count; i++)
		team_add(&team, i);
	team_wait(&team);
	for (; round < rounds && good && (longer || time(NULL) - begin < SHORT_S); round++) {
		ground_say(ground, "round %u", round);
		good = one_round(&team);
	}
	good = good && heal(&team) && judged(&team, true);
	if (good && nemesis_hits(&team) < round / 3) {
		good = false;
		snprintf(team.wrong, sizeof team.wrong, "the nemesis hardly ever hit");
	}
	printf("seed %llu: %u rounds, %zu facts, %u acknowledged, %u killed, %u syncs, %ld s\n",
		(unsigned long long)seed, round, ground->county.fact_count, team.acknowledged,
		team.killed, team.done[JOB_SYNC], (long)(time(NULL) - begin));
	nemesis_tell(&team);
	if (!good)
		fprintf(stderr, "%sseed %llu, round %u: %s\n", buf_cstr(&ground->story),
			(unsigned long long)seed, round, team.wrong);
	ground_end(ground);
	free(ground);
	return good;
}

static uint64_t number_from(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);
	return text && *text ? strtoull(text, NULL, 10) : otherwise;
}

static void all_seeds_end_well(void **state)
{
	bool longer = getenv("OUTPOST_LONG") != NULL;
	uint64_t alone = number_from("OUTPOST_SEED", 0),
		 seeds = number_from("OUTPOST_SEEDS", longer ? 10 : 1);

	(void)state;
	if (alone)
		assert_true(one(alone));
	for (uint64_t seed = 1; !alone && seed <= seeds; seed++)
		assert_true(one(seed));
}

int main(void)
{
	static const char *const others[] = {"OUTPOST_HOME", "OUTPOST_CONFIG", "OUTPOST_NOW",
		"OUTPOST_USER", "SSH_CONNECTION", "SSH_ORIGINAL_COMMAND"};
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_seeds_end_well),
	};

	for (size_t i = 0; i < countof(others); i++)
		unsetenv(others[i]);
	setenv("OUTPOST_LANG", "zh", 1);
	crypt_start();
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
