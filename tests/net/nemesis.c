/* SPDX-License-Identifier: GPL-3.0-or-later
 * The nemesis: a table of misfortunes with their odds.
 */
#include "team.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { HUBS = 3, STOP_MS = 250, CUT_MOST = 2500, DAY = 86400, YEAR = 365 * DAY };

/* One that still runs; NULL. */
static struct job *some_job(struct team *team)
{
	unsigned from = (unsigned)team_dice(team, TEAM_JOBS);

	for (unsigned i = 0; i < team->job_count; i++) {
		struct job *job = &team->jobs[(from + i) % team->job_count];
		if (!proc_over(&job->proc))
			return job;
	}
	return NULL;
}

static bool kill_job(struct team *team)
{
	struct job *job = some_job(team);

	if (!job)
		return false;
	ground_say(team->ground, "  kill the job at %s", team->ground->county.nodes[job->x].name);
	proc_kill(&job->proc);
	return true;
}

static bool kill_hub(struct team *team)
{
	int x = (int)team_dice(team, HUBS);

	if (proc_over(&team->ground->places[x].hub))
		return false;
	ground_say(team->ground, "  kill the hub of %s", team->ground->county.nodes[x].name);
	ground_hub_kill(team->ground, x);
	return true;
}

static bool kill_login(struct team *team)
{
	pid_t pid = proc_below(team->ground->sshd.pid, team_dice(team, 1000));

	if (!pid)
		return false;
	ground_say(team->ground, "  kill %ld below sshd", (long)pid);
	return kill(pid, SIGKILL) == 0;
}

static bool stop_some(struct team *team, pid_t pid, const char *what)
{
	unsigned ms = 20 + (unsigned)team_dice(team, STOP_MS);

	if (kill(pid, SIGSTOP))
		return false;
	ground_say(team->ground, "  stop %s for %u ms", what, ms);
	usleep(ms * 1000);
	kill(pid, SIGCONT);
	return true;
}

static bool stop_hub(struct team *team)
{
	struct proc *hub = &team->ground->places[team_dice(team, HUBS)].hub;

	return !proc_over(hub) && stop_some(team, hub->pid, "a hub");
}

static bool stop_login(struct team *team)
{
	pid_t pid = proc_below(team->ground->sshd.pid, team_dice(team, 1000));

	return pid && stop_some(team, pid, "a login");
}

static bool stop_job(struct team *team)
{
	struct job *job = some_job(team);

	return job && stop_some(team, job->proc.pid, "a job");
}

/* Towards the hub, back from it, or both; now and then nobody is told. */
static bool shut(struct team *team, bool in, bool out)
{
	static const enum proxy_harm harms[] = {PROXY_CLOSE, PROXY_RESET, PROXY_CLOSE, PROXY_RESET,
		PROXY_HALF, PROXY_CORRUPT, PROXY_STALL};
	enum gate_name gate = (enum gate_name)team_dice(team, GATES);
	struct proxy_ways ways = {.harm = harms[team_dice(team, countof(harms))],
		.connections = (unsigned)team_dice(team, 3)};
	bool at_once = team_dice(team, 2);

	if (in)
		ways.up = at_once ? 1 : 1 + (long)team_dice(team, CUT_MOST);
	if (out)
		ways.down = at_once ? 1 : 1 + (long)team_dice(team, CUT_MOST);
	ground_say(team->ground, "  gate %d: harm %d, up %ld, down %ld, %u connections", gate,
		ways.harm, ways.up, ways.down, ways.connections);
	ground_gate(team->ground, gate, &ways);
	return true;
}

static bool shut_in(struct team *team)
{
	return shut(team, true, false);
}

static bool shut_out(struct team *team)
{
	return shut(team, false, true);
}

static bool shut_both(struct team *team)
{
	enum gate_name gate = (enum gate_name)team_dice(team, GATES);

	if (team_dice(team, 2))
		return shut(team, true, true);
	ground_say(team->ground, "  nobody behind gate %d", gate);
	ground_gate(team->ground, gate, NULL);
	return true;
}

static bool set_clock(struct team *team)
{
	static const int64_t wrong[] = {
		0, 0, 3 * DAY, -40000, 400, -56 * (int64_t)YEAR, 12 * (int64_t)YEAR};
	struct ground *ground = team->ground;
	int x = (int)team_dice(team, (uint64_t)ground->county.count);

	ground_clock(ground, x, wrong[team_dice(team, countof(wrong))]);
	ground_say(ground, "  the clock of %s is %lld ahead", ground->county.nodes[x].name,
		(long long)ground->county.nodes[x].wrong);
	if (x < HUBS)
		ground_hub_kill(ground, x);
	return true;
}

static const struct act {
	const char *name;
	unsigned weight;
	bool (*run)(struct team *team); /* did it hit? */
} acts[] = {
	{"killed writers and syncers", 6, kill_job},
	{"killed hubs", 3, kill_hub},
	{"killed logins", 4, kill_login},
	{"stopped hubs", 2, stop_hub},
	{"stopped logins", 1, stop_login},
	{"stopped stations", 1, stop_job},
	{"ways shut in", 2, shut_in},
	{"ways shut out", 3, shut_out},
	{"ways shut both", 2, shut_both},
	{"clocks set", 2, set_clock},
};

void nemesis_act(struct team *team)
{
	unsigned all = 0, dice, i = 0;

	_Static_assert(countof(acts) <= countof(team->hits), "one place each");
	for (unsigned k = 0; k < countof(acts); k++)
		all += acts[k].weight;
	for (dice = (unsigned)team_dice(team, all); dice >= acts[i].weight; i++)
		dice -= acts[i].weight;
	team->hits[i] += acts[i].run(team);
}

void nemesis_rest(struct team *team)
{
	for (int x = 0; x < HUBS; x++)
		if (team_dice(team, 2))
			ground_hub_start(team->ground, x);
	for (int gate = 0; gate < GATES; gate++)
		if (team_dice(team, 3) == 0)
			ground_gate(team->ground, (enum gate_name)gate, &(struct proxy_ways){0});
}

void nemesis_end(struct team *team)
{
	struct ground *ground = team->ground;

	for (int x = 0; x < ground->county.count; x++)
		ground_clock(ground, x, 0);
	for (int x = 0; x < HUBS; x++) {
		ground_hub_kill(ground, x);
		ground_hub_start(ground, x);
	}
	for (int gate = 0; gate < GATES; gate++)
		ground_gate(ground, (enum gate_name)gate, &(struct proxy_ways){0});
}

unsigned nemesis_hits(const struct team *team)
{
	unsigned hits = 0;

	for (unsigned i = 0; i < countof(acts); i++)
		hits += team->hits[i];
	return hits;
}

void nemesis_tell(const struct team *team)
{
	for (unsigned i = 0; i < countof(acts); i++)
		printf("%s%s %u", i ? ", " : "  ", acts[i].name, team->hits[i]);
	printf("\n");
}
