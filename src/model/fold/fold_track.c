/* SPDX-License-Identifier: GPL-3.0-or-later
 * The sides that answer for a record beside each other: each is assigned, signs, works and finishes
 * by itself, and nobody acts for two.
 */
#include "model/fold/inside.h"

const struct track *track_of(const struct record *record, const struct op *op)
{
	const struct track *track = record->kind->tracks;
	struct value value;

	if (!track->code)
		return NULL;
	if (body_find(op->body, ARG_TRACK, &value))
		for (const struct track *at = track; at->code; at++)
			if (value_is(&value, at->code))
				return at;
	return track;
}

bool track_named(const struct record *record, const struct op *op)
{
	struct value value;

	return record->kind->tracks->code && body_find(op->body, ARG_TRACK, &value);
}

static bool every(struct record *record, const char *const *states)
{
	for (const struct track *track = record->kind->tracks; track->code; track++) {
		struct cell *cell = cell_of(record, track->state);
		bool is = cell_empty(cell);

		for (unsigned n = 0; states[n] && !is; n++)
			is = value_is(&cell->value, states[n]);
		if (!is)
			return false;
	}
	return true;
}

bool tracks_accepted(struct record *record)
{
	return every(record, (const char *const[]){"accepted", "working", "done", NULL});
}

/* Has who wrote OP signed for another side than TRACK? */
static bool is_the_others(const struct fold *fold, const struct track *track, const struct op *op)
{
	const struct track *tracks = fold->record->kind->tracks;

	for (unsigned n = 0; n < SIDES && tracks[n].code; n++)
		if (&tracks[n] != track && fold->accepted[n] && same_person(fold->accepted[n], op))
			return true;
	return false;
}

enum verdict track_judge(struct fold *fold, const struct step *step, const struct op *op)
{
	const struct track *track = track_of(fold->record, op);
	const struct cell *cell = cell_of(fold->record, track->state);
	bool accepts = step->flags & STEP_TRACK && step->flags & STEP_ALL_TRACKS;
	bool works = step->flags & STEP_SIDE && track_named(fold->record, op);

	if (accepts && !value_is(&cell->value, "assigned"))
		return V_STATE; /* nothing to accept, or accepted already */
	if (works && cell_empty(cell))
		return V_STATE;
	return (accepts || works) && is_the_others(fold, track, op) ? V_PERSON : V_GOOD;
}

bool track_finisher(const struct fold *fold, const struct op *op)
{
	for (unsigned n = 0; n < SIDES; n++)
		if (fold->finished[n] && same_person(fold->finished[n], op))
			return true;
	return false;
}

/* Whoever names no side speaks for all of it, as it was before sides had their own progress. */
static void work(struct fold *fold, const struct step *step, const struct op *op)
{
	struct record *record = fold->record;
	const struct track *track = track_of(record, op);
	bool finishes = step->flags & STEP_ALL_TRACKS, all = true;

	if (track_named(record, op)) {
		struct value value = value_text(finishes ? "done" : "working");

		cell_set(fold, cell_of(record, track->state), track->state, &value, op);
		if (finishes)
			fold->finished[track - record->kind->tracks] = op;
		all = !finishes || every(record, (const char *const[]){"done", NULL});
	}
	if (all)
		set_state(record, step->to, op);
}

void track_apply(struct fold *fold, const struct step *step, const struct op *op)
{
	struct record *record = fold->record;
	const struct track *track = track_of(record, op);
	bool accepting = step->flags & STEP_ALL_TRACKS;
	struct value value = value_text(accepting ? "accepted" : "assigned");

	if (step->flags & STEP_SIDE) {
		work(fold, step, op);
		return;
	}
	cell_set(fold, cell_of(record, track->state), track->state, &value, op);
	fold->accepted[track - record->kind->tracks] = accepting ? op : NULL;
	/* Accepting moves a record forward only, and not before the last track has accepted. */
	if (!accepting || (tracks_accepted(record) && record->state < step->to))
		set_state(record, step->to, op);
}

void tracks_again(struct fold *fold, const struct op *op)
{
	struct value value = value_text("working");

	for (const struct track *track = fold->record->kind->tracks; track->code; track++) {
		struct cell *cell = cell_of(fold->record, track->state);

		if (value_is(&cell->value, "done"))
			cell_set(fold, cell, track->state, &value, op);
	}
}
