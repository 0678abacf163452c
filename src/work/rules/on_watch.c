/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who has the watch: where the user stands on the roster of the day, himself or as a deputy.
 */
#include "work/rules/internal.h"

#include <string.h>

#include "base/when.h"
#include "model/kinds.h"

/* Posts of a roster, those first that have the watch itself. */
static const unsigned posts[] = {
	roster_officer, roster_deputy, roster_head, roster_leader, roster_leader_b};

/* With no user somebody of this place is meant. Another station may have the same person in its
 * register, under its own number: then the name and the place say so. */
bool world_is_person(const struct world *world, struct ref ref)
{
	const struct station *own = store_station(world->store);
	const struct value *name;
	struct arena arena = {0};
	struct fault fault;
	struct row row;

	if (ref.site == own->site && world->user)
		return ref.seq == world->user->who;
	bool here = store_row(world->store, ref, &arena, &row, &fault) == RC_OK &&
		    row.area == own->area;
	if (here && world->user) {
		name = row_value(&row, person_name);
		here = row.kind->id == KIND_person && name &&
		       bytes_equal(name->text, bytes_text(world->user->name));
	}
	arena_release(&arena);
	return here;
}

bool world_is_user(const struct world *world, const struct value *value)
{
	struct ref ref;

	if (!world->user || !value)
		return false;
	if (value->wire == WIRE_BYTES)
		return ref_take(value->text, &ref) && world_is_person(world, ref);
	return bytes_equal(value->text, bytes_text(world->user->name));
}

/* The person whom the roster names, by record or by a name that one alone has. */
static bool named(
	const struct world *world, const struct row *roster, unsigned tag, struct ref *ref)
{
	const struct value *value = row_value(roster, tag);
	struct bearers who = {0};
	struct fault fault;

	if (!value || value->wire == WIRE_BYTES)
		return value && ref_take(value->text, ref);
	if (row_means(world->store, roster, tag, &who, &fault) || who.count != 1)
		return false;
	*ref = who.at[0];
	return true;
}

/* Is the user the one who stands in for whom TAG of ROSTER names? */
static bool is_deputy(const struct world *world, const struct row *roster, unsigned tag)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	struct ref ref;
	bool is = world->user && named(world, roster, tag, &ref) &&
		  store_row(world->store, ref, &arena, &row, &fault) == RC_OK &&
		  row.kind->id == KIND_person &&
		  world_is_user(world, row_value(&row, person_deputy));

	arena_release(&arena);
	return is;
}

/* His own name counts before that of somebody whose deputy he is, on whatever desk. */
void world_see_roster(struct world *world, const struct row *row)
{
	if (row->area != store_area(world->store))
		return;
	world->rostered = true;
	for (size_t n = 0; n < countof(posts) && (!world->on_watch || world->deputy); n++) {
		bool himself = world_is_user(world, row_value(row, posts[n]));

		if (!himself && (world->on_watch || !is_deputy(world, row, posts[n])))
			continue;
		world->on_watch = field_of(row->kind, posts[n]);
		world->deputy = !himself;
	}
}

int64_t watch_day(int64_t now)
{
	enum { HOUR = 60 * 60 };

	return date_of(now - rules_limit("watch.hour", 0) * HOUR);
}
