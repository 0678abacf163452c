/* SPDX-License-Identifier: GPL-3.0-or-later
 * A county's stations in one process, moved by a seed: what they write, how they talk, what befalls
 * them. test_world.c judges what becomes of it.
 */
#ifndef SYNC_SIM_H
#define SYNC_SIM_H

#include "sync/swap.h"
#include "judge.h"
#include "world.h"

enum { SIM_LETTERS = 12, SIM_SHAPES = 4 };

/* A question on a stick, and later its answer. */
struct sim_letter {
	struct buf bytes;
	struct asking asking;
	int from, to; /* to: of a carry file, the node it is for */
	uint64_t site;
	bool file, answered, late; /* late: from the network, nobody waits for its answer */
};

struct sim {
	struct county county;
	struct sim_letter letters[SIM_LETTERS];
	struct buf old_answer; /* some earlier answer, to be given again */
	uint64_t seed;
	unsigned hurt; /* of the network, in thousandths of each misfortune */
	bool silent;   /* stores may also be put back unseen */
	int asker;     /* who is on the line */
	const char *doing;
	int heard; /* whose word of others may have changed by the last step: a node, -1 nobody's,
		      count all */
	uint64_t swaps;
};

/* Folders of every shape are made once and copied for each seed. */
void sim_shapes_make(void);
void sim_shapes_drop(void);
void sim_begin(struct sim *sim, uint64_t seed);
void sim_end(struct sim *sim);
uint64_t sim_dice(struct sim *sim, uint64_t sides);

/* One thing happens. */
void sim_step(struct sim *sim);
/* Node X asks the one above until nothing is left or MOST swaps; false when it failed. */
bool sim_ask(struct sim *sim, int x, unsigned most, struct sync_result *result);
/* A copy of node X's database is made, or put back. */
void sim_disk(struct sim *sim, int x);
/* Sites that have begun since. */
void sim_sites(struct sim *sim);
void sim_copy(const char *from, const char *to);
void sim_reopen(struct node *node);

#endif
