/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which warnings boards are about.
 */
#include "work/in_force.h"

#include <stdlib.h>

#include "base/memory.h"
#include "model/area.h"
#include "model/kinds.h"
#include "work/agenda.h"

struct found {
	struct ref ref;
	bool real;
	unsigned colour;
	int64_t at;
};

struct looking {
	struct world *world;
	struct arena arena;
	struct found *found;
	unsigned count;
	size_t room;
};

static bool is_real(const struct row *row)
{
	const struct value *status = row_value(row, warning_status);

	return !status || bytes_equal(status->text, bytes_text("actual"));
}

static bool concerns(const struct looking *looking, const struct row *row)
{
	uint64_t own = store_area(looking->world->store);
	struct ref shown = warning_shown(looking->world->store, row->ref);

	return warning_in_force(looking->world, row) && shown.site == row->ref.site &&
	       shown.seq == row->ref.seq &&
	       (row_value(row, warning_areas) || area_within(own, row->area) ||
		       area_within(row->area, own));
}

static bool see(const struct row *row, void *to)
{
	struct looking *looking = to;

	if (!concerns(looking, row))
		return true;
	looking->found = array_more_in(&looking->arena, looking->found, looking->count,
		&looking->room, sizeof *looking->found);
	looking->found[looking->count++] =
		(struct found){row->ref, is_real(row), row_colour(row), row->at};
	return true;
}

static int by_gravity(const void *a, const void *b)
{
	const struct found *x = a, *y = b;

	if (x->real != y->real)
		return x->real ? -1 : 1;
	if (x->colour != y->colour)
		return x->colour < y->colour ? -1 : 1;
	return (x->at < y->at) - (x->at > y->at);
}

enum rc in_force_load(struct in_force *in_force, struct world *world, struct fault *fault)
{
	struct looking looking = {.world = world};
	struct query query = query_all(KIND_warning);

	*in_force = (struct in_force){0};
	query.state = warning_is_active;
	enum rc rc = store_each(world->store, &query, see, &looking, fault);
	if (!rc && looking.count)
		qsort(looking.found, looking.count, sizeof *looking.found, by_gravity);
	for (unsigned n = 0; n < looking.count && n < IN_FORCE_MOST; n++)
		in_force->at[in_force->count++] = looking.found[n].ref;
	arena_release(&looking.arena);
	return rc;
}

bool warning_reaches(const struct row *warning, uint64_t area)
{
	const struct value *areas = row_value(warning, warning_areas);

	return !areas || area_reach(areas->text, area) != AREA_ELSEWHERE;
}

void in_force_keep(struct in_force *in_force, struct store *store, uint64_t area)
{
	unsigned kept = 0;

	for (unsigned n = 0; n < in_force->count; n++) {
		struct arena arena = {0};
		struct fault fault;
		struct row row;

		if (store_row(store, in_force->at[n], &arena, &row, &fault) == RC_OK &&
			warning_reaches(&row, area))
			in_force->at[kept++] = in_force->at[n];
		arena_release(&arena);
	}
	in_force->count = kept;
}

/* ---- lifted */

bool warning_lifts(const struct row *row)
{
	const struct value *type = row_value(row, warning_msgtype);

	return row->kind->id == KIND_warning && type &&
	       bytes_equal(type->text, bytes_text("cancel"));
}

int64_t warning_lifted(const struct row *row)
{
	bool is = row->kind->id == KIND_warning && row->state == warning_is_cancelled &&
		  !warning_lifts(row);

	return is ? row->state_at : 0;
}

struct repeating {
	struct bytes text;
	unsigned tag;
	bool found;
};

static bool see_lifted(const struct row *row, void *to)
{
	struct repeating *repeating = to;
	const struct value *value = row_value(row, repeating->tag);

	repeating->found = value && bytes_equal(value->text, repeating->text);
	return !repeating->found;
}

/* Warnings that REF has closed, and that are in STATE. */
static enum rc closed_by(
	struct store *store, struct ref ref, int state, row_fn *fn, void *to, struct fault *fault)
{
	struct query query = query_all(KIND_warning);
	struct buf name = {0};

	ref_put(&name, ref);
	query.filters[0] = (struct filter){
		warning_other, '=', (struct value){WIRE_BYTES, 0, buf_bytes(&name)}};
	query.filter_count = 1;
	query.state = state;
	enum rc rc = store_each(store, &query, fn, to, fault);
	buf_release(&name);
	return rc;
}

bool warning_repeats(struct store *store, const struct row *row, unsigned tag)
{
	const struct value *value = row_value(row, tag);
	struct repeating repeating = {value ? value->text : bytes_text(""), tag, false};
	struct fault fault;

	return value && warning_lifts(row) &&
	       !closed_by(store, row->ref, warning_is_cancelled, see_lifted, &repeating, &fault) &&
	       repeating.found;
}

static void word_of_step(struct store *store, const struct row *row, struct buf *out)
{
	struct arena arena = {0};
	struct record record;
	struct history history;
	struct fault fault;
	bool alone = warning_lifted(row) && !row_value(row, warning_other) &&
		     store_record(store, row->ref, &arena, &record, &history, &fault) == RC_OK;
	struct bytes said = {0};

	for (size_t n = 0; alone && n < history.count; n++) {
		struct bytes body = history.ops[n].body;
		struct value value;
		unsigned tag;

		while (history.ops[n].step == warning_do_cancel && history.verdicts[n] == V_GOOD &&
			take_field(&body, &tag, &value))
			if (tag == ARG_TEXT)
				said = value.text;
	}
	buf_put(out, said.at, said.len);
	arena_release(&arena);
}

void warning_lift_word(struct store *store, const struct row *row, struct buf *out)
{
	const struct value *text = row_value(row, warning_text);

	if (!warning_lifts(row))
		word_of_step(store, row, out);
	else if (text && !warning_repeats(store, row, warning_text))
		row_field(store, row, warning_text, true, out);
}

/* ---- beside one */

static bool same(struct ref a, struct ref b)
{
	return a.site == b.site && a.seq == b.seq;
}

static void add_warned(struct warned *warned, struct ref ref, unsigned colour)
{
	for (unsigned n = 0; n < warned->count; n++)
		if (same(warned->at[n], ref))
			return;
	if (warned->count == WARNED_MOST)
		return;
	warned->at[warned->count] = ref;
	warned->colours[warned->count++] = colour;
}

static bool see_replaced(const struct row *row, void *to)
{
	add_warned(to, row->ref, row_colour(row));
	return true;
}

/* What the Nth has taken the place of stands behind it, and then in its turn what that had. */
static enum rc add_replaced(
	struct warned *warned, struct store *store, unsigned n, struct fault *fault)
{
	return closed_by(store, warned->at[n], warning_is_updated, see_replaced, warned, fault);
}

static void drop(struct warned *warned, struct ref ref)
{
	unsigned kept = 0;

	for (unsigned n = 0; n < warned->count; n++) {
		if (same(warned->at[n], ref))
			continue;
		warned->at[kept] = warned->at[n];
		warned->colours[kept++] = warned->colours[n];
	}
	warned->count = kept;
}

enum rc warned_load(
	struct warned *warned, struct world *world, struct ref warning, struct fault *fault)
{
	struct in_force in_force;
	enum rc rc = in_force_load(&in_force, world, fault);

	*warned = (struct warned){.count = 0};
	add_warned(warned, warning, COLOURS);
	for (unsigned n = 0; n < in_force.count && !rc; n++) {
		struct arena arena = {0};
		struct row row;

		rc = store_row(world->store, in_force.at[n], &arena, &row, fault);
		if (!rc)
			add_warned(warned, row.ref, row_colour(&row));
		arena_release(&arena);
	}
	for (unsigned n = 0; n < warned->count && !rc; n++)
		rc = add_replaced(warned, world->store, n, fault);
	drop(warned, warning);
	return rc;
}
