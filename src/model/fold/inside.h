/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the fold and its sides share.
 */
#ifndef MODEL_FOLD_INSIDE_H
#define MODEL_FOLD_INSIDE_H

#include "model/fold.h"

enum { STEP_TAGS = 64, READERS = 32, SIDES = 4 };

/* A site that wrote on the record: its newest stamp there, and the newest of others that it had
 * seen. Its own earlier facts it always has. */
struct reader {
	uint64_t site, last, seen;
};

/* What judging a fact needs beside the record: the last good fact of each step, and who signed for
 * each side and said that it has finished. */
struct fold {
	struct record *record;
	const struct fold_ways *ways;
	const struct op *first, *last[STEP_TAGS], *accepted[SIDES], *finished[SIDES];
	struct reader readers[READERS];
	unsigned reader_count;
	uint64_t seen; /* by the author of the fact in hand */
};

/* The place of field TAG; NULL: the kind has none. */
struct cell *cell_of(struct record *record, unsigned tag);
bool cell_empty(const struct cell *cell);
/* The newest value wins. If its author had not seen the one it replaces, that one is kept beside it
 * until somebody who has seen both writes the field again. */
void cell_set(struct fold *fold, struct cell *cell, unsigned tag, const struct value *value,
	const struct op *op);
/* What stands there changes by THOUSANDTHS, also where the author had not seen it: what two add
 * apart adds up. False: there is no number that could change. */
bool cell_add(
	struct cell *cell, const struct field *field, int64_t thousandths, const struct op *op);
bool body_find(struct bytes body, unsigned want, struct value *out);
bool value_is(const struct value *value, const char *text);
bool same_person(const struct op *a, const struct op *b);
void set_state(struct record *record, int state, const struct op *op);

/* The side that OP is about, the kind's first when it names none; NULL where the kind has none. */
const struct track *track_of(const struct record *record, const struct op *op);
/* Is there one, and does OP name it? */
bool track_named(const struct record *record, const struct op *op);
/* Every side that was assigned has signed for it. */
bool tracks_accepted(struct record *record);
enum verdict track_judge(struct fold *fold, const struct step *step, const struct op *op);
/* Did the author of OP say that a side has finished? */
bool track_finisher(const struct fold *fold, const struct op *op);
void track_apply(struct fold *fold, const struct step *step, const struct op *op);
/* What was finished was not good enough. */
void tracks_again(struct fold *fold, const struct op *op);

#endif
