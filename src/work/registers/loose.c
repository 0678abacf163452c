/* SPDX-License-Identifier: GPL-3.0-or-later
 * Warnings that could not be tied, and what each of them may be tied to.
 */
#include "work/loose.h"

#include <stdlib.h>
#include <string.h>

#include "model/kinds.h"
#include "store/station.h"
#include "work/change.h"

static struct bytes text_of(const struct row *row, unsigned tag)
{
	const struct value *value = row_value(row, tag);

	return value && value->wire == WIRE_TEXT ? value->text : bytes_text("");
}

static bool is_own(struct store *store, const struct row *row)
{
	return row->ref.site == store_station(store)->site;
}

bool loose_is(const struct row *row)
{
	return row->kind->id == KIND_warning && row->state == warning_is_active &&
	       text_of(row, warning_doubt).len > 0;
}

struct looking {
	struct store *store;
	struct loose *loose;
};

static bool see_loose(const struct row *row, void *to)
{
	struct looking *looking = to;

	if (loose_is(row) && is_own(looking->store, row))
		looking->loose->at[looking->loose->count++] = row->ref;
	return looking->loose->count < LOOSE_MOST;
}

enum rc loose_load(struct loose *loose, struct store *store, struct fault *fault)
{
	*loose = (struct loose){.count = 0};

	struct query query = query_all(KIND_warning);
	struct looking looking = {store, loose};

	query.state = warning_is_active;
	return store_each(store, &query, see_loose, &looking, fault);
}

/* ---- what one may be tied to */

struct candidate {
	struct ref ref;
	unsigned nearness; /* 2: it may be meant; 1: of the same event; 0 */
	int64_t at;
};

struct fitting {
	struct store *store;
	const struct row *one;
	struct ref meant;
	bool ended; /* what it may belong to is a later one that ends it, in whatever state */
	uint32_t states;
	struct candidate found[LOOSE_MOST];
	unsigned count;
};

static bool same(struct ref a, struct ref b)
{
	return a.site == b.site && a.seq == b.seq;
}

static bool see_candidate(const struct row *row, void *to)
{
	struct fitting *fitting = to;
	bool event = bytes_equal(text_of(row, warning_event), text_of(fitting->one, warning_event));

	if (fitting->ended && same(row->ref, fitting->meant)) {
		fitting->found[fitting->count++] = (struct candidate){row->ref, 2, row->at};
		return fitting->count < LOOSE_MOST;
	}
	if (!(fitting->states >> row->state & 1) || same(row->ref, fitting->one->ref) ||
		!is_own(fitting->store, row) ||
		!bytes_equal(text_of(row, warning_status), text_of(fitting->one, warning_status)) ||
		bytes_equal(text_of(row, warning_msgtype), bytes_text("cancel")))
		return true;
	fitting->found[fitting->count++] =
		(struct candidate){row->ref, same(row->ref, fitting->meant) ? 2 : event, row->at};
	return fitting->count < LOOSE_MOST;
}

static int by_nearness(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->nearness != y->nearness)
		return x->nearness > y->nearness ? -1 : 1;
	return (x->at < y->at) - (x->at > y->at);
}

enum rc loose_fits(
	struct store *store, const struct row *one, struct loose *fits, struct fault *fault)
{
	bool ends = bytes_equal(text_of(one, warning_msgtype), bytes_text("cancel"));
	struct fitting fitting = {.store = store,
		.one = one,
		.ended = bytes_equal(text_of(one, warning_doubt), bytes_text("named")),
		.states = step_of(one->kind, ends ? warning_do_cancel : warning_do_update)->from};
	const struct value *other = row_value(one, warning_other);
	struct query query = query_all(KIND_warning);

	if (other && other->wire == WIRE_BYTES)
		(void)ref_take(other->text, &fitting.meant);
	enum rc rc = store_each(store, &query, see_candidate, &fitting, fault);
	qsort(fitting.found, fitting.count, sizeof *fitting.found, by_nearness);
	for (fits->count = 0; fits->count < fitting.count; fits->count++)
		fits->at[fits->count] = fitting.found[fits->count].ref;
	return rc;
}

/* ---- a person's word */

/* How the step names it: as files do where that is one word, for later updates are followed by it.
 */
static enum rc name_of(struct store *store, struct ref ref, struct buf *name, struct fault *fault)
{
	struct arena arena = {0};
	struct row row;
	char number[32];
	enum rc rc = store_row(store, ref, &arena, &row, fault);
	struct bytes identifier = rc ? bytes_text("") : text_of(&row, warning_identifier);

	if (!rc && identifier.len && !memchr(identifier.at, ' ', identifier.len)) {
		buf_put(name, identifier.at, identifier.len);
	} else if (!rc) {
		store_number(store, ref, number);
		buf_text(name, number);
	}
	arena_release(&arena);
	return rc;
}

enum rc loose_settle(const struct actor *actor, struct ref one, struct ref to, struct fault *fault)
{
	struct arena arena = {0};
	struct record record;
	struct change change;
	struct buf name = {0};
	const char *why;
	struct ref same_one;
	enum rc rc = to.seq ? name_of(actor->store, to, &name, fault) : RC_OK;

	if (!rc)
		rc = store_record(actor->store, one, &arena, &record, NULL, fault);
	if (!rc) {
		change_step(&change, actor, &record,
			step_of(record.kind, to.seq ? warning_do_tie : warning_do_leave));
		if (to.seq && !change_set(&change, "refers", buf_cstr(&name), &why))
			rc = fault_set(fault, RC_BAD, "%s", why);
		if (!rc)
			rc = change_commit(&change, &same_one, fault);
		change_release(&change);
	}
	buf_release(&name);
	arena_release(&arena);
	return rc;
}
