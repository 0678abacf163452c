/* SPDX-License-Identifier: GPL-3.0-or-later
 * A county's stations in one process, moved by a seed: what they write, how they talk, what befalls
 * them. test_world.c judges what becomes of it.
 */
#ifndef SYNC_SIM_H
#define SYNC_SIM_H

#include "world.h"

enum { SIM_NODES = 12, SIM_SITES = 12, SIM_LETTERS = 12, SIM_SHAPES = 4 };

struct sim_node {
	struct store *store;
	char home[96], name[16];
	int up; /* the node above; -1 */
	uint64_t area;
	uint64_t sites[SIM_SITES]; /* under which it wrote, the last is its own */
	unsigned site_count;
	int64_t wrong;      /* seconds that its clock is ahead */
	bool kept;          /* a copy of its database lies beside it */
	uint64_t kept_last; /* facts it had written itself when that was made */
	uint64_t unaware;   /* put back unseen when its store had this number; 0 = it knows */
};

/* A fact that a station said it has kept. */
struct sim_fact {
	struct ref ref, rec;
	uint64_t author, reach, print;
	bool gone; /* every copy that could come back was on a disk that was lost */
};

/* A question on a stick, and later its answer. */
struct sim_letter {
	struct buf bytes;
	struct asking asking;
	int from, to; /* to: of a carry file, the node it is for */
	uint64_t site;
	bool file, answered, late; /* late: from the network, nobody waits for its answer */
};

struct sim {
	struct sim_node nodes[SIM_NODES];
	int count;
	struct sim_fact *facts;
	size_t fact_count, fact_room;
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
/* A fact that NODE has written from here on counts. */
void sim_note(struct sim *sim, const struct sim_node *node, const struct op *op);
/* A copy of node X's database is made, or put back. */
void sim_disk(struct sim *sim, int x);
void sim_copy(const char *from, const char *to);
void sim_reopen(struct sim_node *node);
uint64_t sim_print(struct bytes raw);
/* Must X hold the fact in the end? Nobody else may. */
bool sim_concerns(const struct sim_node *node, const struct sim_fact *fact);
bool sim_has(const struct sim_node *node, const struct sim_fact *fact);
int sim_holder(const struct sim *sim, uint64_t site); /* the node of a site; -1 */

#endif
