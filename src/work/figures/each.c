/* SPDX-License-Identifier: GPL-3.0-or-later
 * Figures `each`: how many of the places right below, or of those that a field names, have reached
 * a number by themselves.
 */
#include "work/figures.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/area.h"

enum { MILLI = 1000, PERCENT = 100 };

struct parting {
	struct world *world;
	const struct rule *rule;  /* the figure */
	const struct rule *count; /* that it asks about */
	struct figured *figured;
	struct arena *arena;
	uint64_t own;
	size_t room;
};

static struct figured_part *add_part(struct parting *to, const char *name, uint64_t area)
{
	struct figured *figured = to->figured;

	figured->parts = array_more_in(
		to->arena, figured->parts, figured->part_count, &to->room, sizeof *figured->parts);
	figured->parts[figured->part_count] =
		(struct figured_part){arena_text(to->arena, name), area, 0, false};
	return &figured->parts[figured->part_count++];
}

static void add_places(struct parting *to)
{
	struct bytes name;

	for (uint64_t after = 0; area_each(to->own, &after, &name);) {
		struct buf title = {0};

		buf_put(&title, name.at, name.len);
		add_part(to, buf_cstr(&title), after);
		buf_release(&title);
	}
}

/* What lies in the place of the station itself is nobody's below. */
static struct figured_part *place_of(struct parting *to, const struct row *row)
{
	for (unsigned n = 0; n < to->figured->part_count; n++)
		if (area_within(row->area, to->figured->parts[n].area))
			return &to->figured->parts[n];
	return NULL;
}

/* Where the field is blank it is nobody's. */
static struct figured_part *named_by(struct parting *to, const struct row *row)
{
	const struct field *field = field_named(row->kind, to->rule->apart);
	struct buf name = {0};
	struct figured_part *part = NULL;

	row_field(to->world->store, row, field->tag, true, &name);
	for (unsigned n = 0; n < to->figured->part_count && !part; n++)
		if (!strcmp(to->figured->parts[n].name, buf_cstr(&name)))
			part = &to->figured->parts[n];
	if (!part && name.len)
		part = add_part(to, buf_cstr(&name), 0);
	buf_release(&name);
	return part;
}

static void add_number(struct parting *to, const struct row *row, bool places)
{
	struct figured_part *part = (places ? place_of : named_by)(to, row);
	struct record record;
	int64_t number = MILLI;

	row_record(row, &record);
	if (part && (!to->count->summed || record_number(&record, to->count->summed, &number)))
		part->number += number;
}

static int by_met(const void *a, const void *b)
{
	const struct figured_part *x = a, *y = b;

	if (x->met != y->met)
		return x->met - y->met;
	return x->area != y->area ? (x->area > y->area) - (x->area < y->area)
				  : strcmp(x->name, y->name);
}

static void sum_up(struct parting *to)
{
	struct figured *figured = to->figured;

	for (unsigned n = 0; n < figured->part_count; n++) {
		figured->parts[n].met = figured->parts[n].number >= to->rule->target * MILLI;
		figured->top.number += figured->parts[n].met ? MILLI : 0;
	}
	figured->bottom.number = (int64_t)figured->part_count * MILLI;
	figured->known = figured->part_count;
	if (figured->known)
		figured->value = figured->top.number * PERCENT / figured->part_count;
	if (figured->part_count)
		qsort(figured->parts, figured->part_count, sizeof *figured->parts, by_met);
}

enum rc figure_parts(struct figured *figured, struct world *world, const struct rule *rule,
	const struct counting_of *of, struct arena *arena, struct fault *fault)
{
	struct parting to = {.world = world,
		.rule = rule,
		.count = rules_named(RULE_COUNT, rule->top),
		.figured = figured,
		.arena = arena,
		.own = of->area ? of->area : store_area(world->store)};
	bool places = !strcmp(rule->apart, "below");
	enum rc rc = RC_OK;

	if (places)
		add_places(&to);
	for (unsigned n = 0; n < figured->top.count && !rc; n++) {
		struct arena one = {0};
		struct row row;

		rc = store_row(world->store, figured->top.records[n], &one, &row, fault);
		if (!rc)
			add_number(&to, &row, places);
		arena_release(&one);
	}
	figured->top.number = 0;
	sum_up(&to);
	return rc;
}
