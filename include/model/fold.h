/* SPDX-License-Identifier: GPL-3.0-or-later
 * A record from its facts. The same facts in any order, any number of times, give the same record:
 * fold_all sorts them by op_cmp and drops repeats.
 */
#ifndef MODEL_FOLD_H
#define MODEL_FOLD_H

#include "base/arena.h"
#include "model/op.h"

/* One field of a record: the newest value and who wrote it. */
struct cell {
	unsigned tag; /* 0 = empty */
	struct value value;
	uint64_t stamp, site;
	uint32_t seq; /* the fact that set it */
};

/* A value that was overwritten by somebody who had not seen it: shown beside the one that stands, until somebody who has
 * seen both writes the field again. */
struct lost {
	unsigned tag;
	struct value value;
	uint64_t stamp, site;
	uint32_t seq;
};

enum { LOST_MOST = 32 }; /* a record keeps the newest so many; its history has all */

/* Why a fact of the record had no or only half an effect. */
enum verdict {
	V_GOOD,
	V_STATE,  /* the step was not allowed in that state */
	V_PERSON, /* another person must do it */
	V_LEVEL,  /* stations of that level may not */
	V_ARGS,   /* an argument is missing */
	V_KIND,   /* step or kind unknown here: made by a newer program */
	V_VERDICTS
};
extern const char *const verdict_texts[V_VERDICTS]; /* N_() */

struct record {
	const struct kind *kind; /* NULL: unknown here */
	unsigned kind_id;
	uint64_t site;
	uint32_t seq;
	uint64_t area;
	int64_t at;       /* of the first fact */
	uint64_t stamp;   /* newest */
	uint64_t by_site; /* author of the first fact */
	uint32_t by_who;
	struct bytes by;  /* if the source gave a name */
	int state;        /* in kind->states; 0 when the kind has none */
	int64_t state_at; /* since when */
	unsigned facts, refused;
	unsigned conflicts;              /* fields in which values stand beside each other */
	struct cell cells[LIMIT_FIELDS]; /* by place in kind->fields */
	struct lost lost[LOST_MOST];     /* oldest first; read by record_lost */
	unsigned lost_count;
};

/* Who may: the fold must know the level of a site to judge BY_…; returns LEVEL_…, or -1 = not known (allowed). */
typedef int level_fn(void *to, uint64_t site);

struct fold_ways {
	level_fn *level;
	void *to;
};

/* OPS is sorted in place and repeats are dropped; verdicts (NULL, or N entries) are those of the sorted list.
 * Returns how many ops remain. The record borrows texts from the ops. */
size_t fold_all(struct record *record, struct op *ops, size_t n, enum verdict *verdicts, const struct fold_ways *ways);
/* What would OP do as the newest fact of the record whose facts are OPS? V_GOOD, or why not. OPS stay as they are. */
enum verdict fold_may(const struct op *ops, size_t n, const struct op *op, const struct fold_ways *ways);

/* The newest stamp of others that SITE had seen when it wrote its newest of OPS, which are sorted; 0 = none. */
uint64_t fold_seen(const struct op *ops, size_t n, uint64_t site);

/* The Nth value that stands beside the one of field TAG, the newest first; NULL when there are no more. */
const struct lost *record_lost(const struct record *record, unsigned tag, unsigned n);
const struct cell *record_cell(const struct record *record, unsigned tag);     /* NULL when empty or unknown */
struct bytes record_text(const struct record *record, unsigned tag);           /* empty when not there */
bool record_code(const struct record *record, unsigned tag, const char *code); /* is that code */

#endif
