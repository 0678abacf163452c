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
