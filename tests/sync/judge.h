/* SPDX-License-Identifier: GPL-3.0-or-later
 * What must be true of a county's stores, simulated or real: no kept fact is lost, none comes
 * twice, none goes where it must not, each author's come without gaps, no claim runs ahead of what
 * its holder has, and once all is healed nothing waits and all agree.
 */
#ifndef SYNC_JUDGE_H
#define SYNC_JUDGE_H

#include "store/log.h"
#include "store/rows/internal.h"

enum { COUNTY_NODES = 12, COUNTY_SITES = 12 };

struct node {
	struct store *store;
	char home[96], name[16];
	int up; /* the node above; -1 */
	uint64_t area;
	uint64_t sites[COUNTY_SITES]; /* under which it wrote, the last is its own */
	unsigned site_count;
	int64_t wrong;    /* seconds that its clock is ahead */
	bool kept;        /* a copy of its database lies beside it */
	uint64_t unaware; /* put back unseen when its store had this number; 0 = it knows */
};

/* A fact that a station said it has kept. */
struct kept_fact {
	struct ref ref, rec;
	uint64_t author, reach, print;
	uint64_t what; /* kind, step, place, time and fields: what stays when it has to be written
			  anew */
	unsigned kind;
	bool gone; /* every copy that could come back was on a disk that was lost */
};

struct county {
	struct node nodes[COUNTY_NODES];
	int count;
	struct kept_fact *facts;
	size_t fact_count, fact_room;
};

/* A fact that NODE has written from here on counts. */
void county_note(struct county *county, const struct node *node, struct ref ref);
/* The node of a site; -1. */
int county_holder(const struct county *county, uint64_t site);
/* Must NODE hold the fact in the end? Nobody else may. */
bool node_concerns(const struct node *node, const struct kept_fact *fact);
bool node_has(const struct node *node, struct ref ref);
uint64_t fact_print(struct bytes raw);

/* What a node has, by kept_fact.what: a fact may stand under another number than it was written. */
struct contents {
	struct content {
		uint64_t what, reach, site, print;
		uint32_t seq;
	} * at;
	size_t count, room;
};
void contents_read(const struct node *node, struct contents *contents);
/* How many; *FIRST (may be NULL) is one of them. */
size_t contents_find(const struct contents *contents, uint64_t what, const struct content **first);
void contents_release(struct contents *contents);

struct judge {
	const struct county *county;
	bool healed;     /* nothing is on its way any more */
	char wrong[300]; /* the first thing that is not as it must be */
	const struct node *node;
	uint64_t heard; /* number of the store above, as the node knows it */
};

/* What a node says that others hold, against what they have at this moment. All that follow return
 * false and say in WRONG what is amiss. */
bool judge_claims(struct judge *judge, int node);
/* What a node says to have of each author without gaps is there, number by number. */
bool judge_numbers(struct judge *judge, int node);
/* The ladder as a person sees it: the levels that are named hold all that the node knows of each
 * record and that was written at or below them. */
bool judge_ladder(struct judge *judge, int node);
/* Every store has what concerns it, as it was written, and nothing else of what is known. */
bool judge_facts(struct judge *judge);
/* Numbers without gaps, proof known, nothing waiting, the same rows on both ends of each link. */
bool judge_rest(struct judge *judge);

#endif
