/* SPDX-License-Identifier: GPL-3.0-or-later
 * Both ends of a road: a station and the hub above it, already joined, whose stores are open here
 * beside the real programs. Facts are written at both, `outpost-sync` is run, and what must be true
 * of the two stores is checked.
 */
#ifndef TESTS_ENDS_H
#define TESTS_ENDS_H

#include <sys/types.h>

#include "store/rows/internal.h"

/* A fact that one of the ends has kept: from then on it must come to the other, as it is, once. */
struct kept_one {
	uint64_t site, print;
	uint32_t seq;
	struct ref rec;
	uint64_t area;
};

struct ends {
	struct store *low, *high;
	const char *url; /* of the way that is tried */
	uint64_t seed;
	struct kept_one *kept;
	size_t count, room;
	size_t checked;      /* the first so many were at both ends when they last agreed */
	unsigned hazards;    /* records that there must be, of the lower end's area */
	uint64_t numbers[2]; /* of the stores: nobody may make them believe they were put back */
	struct ref last[2];  /* the newest record of each end */
	char wrong[400];     /* what was found first; "" = all is right */
};

/* Ends the test when one cannot be opened. */
void ends_open(struct ends *ends, const char *low, const char *high, const char *url);
void ends_close(struct ends *ends);
/* So many new records and one change of an old one at each end, of random words. */
void ends_write(struct ends *ends, unsigned low, unsigned high);
/* The way is remembered as one that carries little at once: a sync is several questions. */
void ends_slow(struct ends *ends);
/* Runs `outpost-sync sync --json`; its exit code, 200 + signal when it died. SAID gets all that it
 * wrote, *complete what it says of that. */
int ends_sync(struct ends *ends, struct buf *said, bool *complete);
/* The same in the background, for who wants to kill it. */
pid_t ends_start(struct ends *ends);

/* After any run, good or bad: no end says that the other holds what it does not, no ladder stands
 * too high. */
bool ends_honest(struct ends *ends);
/* After a run that said "all": every fact is at both ends as it was written, nothing else is,
 * nothing waits, and it is known. */
bool ends_agree(struct ends *ends);
/* The same over everything since ends_open, and what the stores show is equal. */
bool ends_equal(struct ends *ends);

#endif
