/* SPDX-License-Identifier: GPL-3.0-or-later
 * Numbers of the county's rules (rows `count` and `figure`): how many, of which records, and whether that meets the
 * target. Nothing is kept: each is counted anew from the records as they are.
 */
#ifndef WORK_FIGURES_H
#define WORK_FIGURES_H

#include "work/rules.h"

/* What a count is about. */
struct counting_of {
	uint64_t area;             /* that place and below; 0 = all that lies here */
	struct ref of;             /* counts per KIND: which record of it; seq 0 = the newest. Of households: a warning for whose
	                              places alone they are counted */
	int64_t at;                /* counts per day, month, year: in which one */
	bool alone;                /* only what lies in .area itself, and not below */
	const struct asked *asked; /* figures of an ask about .of that was loaded already; NULL: it is loaded */
	struct bytes areas;        /* of households: only in these places; count_load says those of the warning .of */
};
struct counted {
	int64_t number;      /* thousandths; with .below */
	int64_t below;       /* of these: what places below say to have, and has not come here (work/digest.h) */
	struct ref *records; /* behind it, in the arena */
	unsigned count;
	int64_t from, to; /* of the period; 0 = there is none */
	struct ref of;    /* as it was chosen; seq 0 = none */
	size_t room;
};
enum rc count_load(struct counted *counted, struct world *world, const struct rule *rule, const struct counting_of *of,
	struct arena *arena, struct fault *fault) MUST_CHECK;

/* One of those that a figure `each` asks about: a place, or what a field names. */
struct figured_part {
	const char *name; /* in the arena */
	uint64_t area;    /* of a place; 0 = it is none */
	int64_t number;   /* thousandths */
	bool met;
};
struct figured {
	struct counted top, bottom; /* of `each`: those who have reached the target, with all records counted; and all of them */
	struct figured_part *parts; /* of `each`: those who have not first */
	unsigned part_count;
	bool known;    /* false: nothing to divide by, or no two times */
	int64_t value; /* thousandths: a number, a share in hundred, minutes */
	bool met, red; /* red: missed, and its day has come */
};
/* Is it counted here at all: do the conditions of its row hold? */
bool figure_applies(struct world *world, const struct rule *rule);
enum rc figure_load(struct figured *figured, struct world *world, const struct rule *rule, const struct counting_of *of,
	struct arena *arena, struct fault *fault) MUST_CHECK;
/* The parts of a figure `each` whose count is in FIGURED->top; figure_load asks it. */
enum rc figure_parts(struct figured *figured, struct world *world, const struct rule *rule, const struct counting_of *of,
	struct arena *arena, struct fault *fault) MUST_CHECK;
/* What a figure of an ask is made of, about OF->of: set to the newest where none is given. */
enum rc figure_asked(struct asked *asked, struct world *world, const struct rule *rule, struct counting_of *of,
	struct arena *arena, struct fault *fault) MUST_CHECK;
/* What FIELD of a new record of KIND begins with in AREA, as a number is typed: what registers know of it by a row `fill`. False: no row says,
 * or it could not be counted. */
bool fill_number(struct store *store, const struct kind *kind, const struct field *field, uint64_t area, struct buf *out);
/* "87", "87.5": thousandths without zeros at the end. */
void figure_number(int64_t thousandths, struct buf *out);

#endif
