/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who is at a shelter, and by when each must have had help.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "model/kinds.h"
#include "work/leaving.h"

enum { HOUR = 3600, HELP_HOURS = 10 };

int64_t stay_help_due(const struct row *stay)
{
	const struct value *since = row_value(stay, stay_since);

	return (since ? since->num : stay->at) +
	       rules_limit("relief.first.hours", HELP_HOURS) * HOUR;
}

struct lodging {
	struct lodgers *lodgers;
	struct store *store;
	struct arena *arena;
	size_t room;
	bool all;
};

static bool see_lodger(const struct row *row, void *to)
{
	struct lodging *lodging = to;
	struct lodgers *lodgers = lodging->lodgers;
	const struct value *people = row_value(row, stay_people),
			   *helped = row_value(row, stay_helped),
			   *household = row_value(row, stay_household);

	if (row_void(row) || (!lodging->all && row->state != stay_is_in))
		return true;
	lodgers->list = array_more_in(lodging->arena, lodgers->list, lodgers->count, &lodging->room,
		sizeof *lodgers->list);
	struct lodger *lodger = &lodgers->list[lodgers->count++];
	*lodger = (struct lodger){.stay = row->ref,
		.people = people ? people->num : 0,
		.at = row->at,
		.helped = helped ? helped->num : 0,
		.help_due = stay_help_due(row),
		.state = row->state,
		.name = row_field_text(lodging->store, row, stay_name, true, lodging->arena),
		.group = row_field_text(lodging->store, row, stay_group, true, lodging->arena),
		.tags = row_field_text(lodging->store, row, stay_tags, true, lodging->arena),
		.to = row_field_text(lodging->store, row, stay_to, true, lodging->arena)};
	if (household && !value_record(lodging->store, field_of(row->kind, stay_household),
				 household, row->area, &lodger->household))
		lodger->household = (struct ref){0, 0};
	return true;
}

static int by_time(const void *a, const void *b)
{
	const struct lodger *x = a, *y = b;

	if (x->at != y->at)
		return x->at > y->at ? -1 : 1;
	return x->stay.seq > y->stay.seq ? -1 : x->stay.seq < y->stay.seq;
}

enum rc lodgers_load(struct lodgers *lodgers, struct store *store, struct ref shelter, bool all,
	struct arena *arena, struct fault *fault)
{
	struct lodging lodging = {.lodgers = lodgers, .store = store, .arena = arena, .all = all};
	struct query query = query_all(KIND_stay);

	*lodgers = (struct lodgers){0};
	query.parent = shelter;
	enum rc rc = store_each(store, &query, see_lodger, &lodging, fault);
	if (lodgers->count)
		qsort(lodgers->list, lodgers->count, sizeof *lodgers->list, by_time);
	return rc;
}
