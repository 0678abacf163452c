/* SPDX-License-Identifier: GPL-3.0-or-later
 * What people and timers do in the county of real processes, several at once: write, sync, carry
 * sticks; and the nemesis that kills, stops, shuts, and sets clocks while they do.
 */
#ifndef TESTS_TEAM_H
#define TESTS_TEAM_H

#include "ground.h"

enum { TEAM_JOBS = 8, TEAM_STICKS = 10 };
enum job_type { JOB_ADD, JOB_STEP, JOB_EDIT, JOB_SYNC, JOB_PACK, JOB_UNPACK, JOB_TYPES };

struct job {
	struct proc proc;
	enum job_type type;
	int x;
	unsigned tag; /* of a writing */
	int stick;    /* that is packed or read */
};

struct stick {
	bool lies; /* it is there and whole */
	int from, to;
};

struct team {
	struct ground *ground;
	uint64_t seed;
	struct job jobs[TEAM_JOBS];
	unsigned job_count;
	struct stick sticks[TEAM_STICKS];
	unsigned done[JOB_TYPES], killed, acknowledged;
	unsigned hits[16]; /* of the nemesis, by the places of its table */
	char wrong[300];
};

uint64_t team_dice(struct team *team, uint64_t sides);
/* Something begins somewhere. */
void team_start(struct team *team);
/* A hazard is written at X. */
void team_add(struct team *team, int x);
/* All that was begun ends; false when one ended as it must not. */
bool team_wait(struct team *team);
/* Misfortune, while what was begun runs. */
void nemesis_act(struct team *team);
/* What it left lying about may be put right, or not yet. */
void nemesis_rest(struct team *team);
/* All gates open, all clocks right, all hubs fresh. */
void nemesis_end(struct team *team);
unsigned nemesis_hits(const struct team *team);
/* Every kind of misfortune, and how often it hit. */
void nemesis_tell(const struct team *team);

#endif
