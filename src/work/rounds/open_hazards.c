/* SPDX-License-Identifier: GPL-3.0-or-later
 * What stands open at a place that is checked.
 */
#include "model/kinds.h"
#include "work/agenda.h"
#include "work/round.h"

struct open_hazards {
	struct store *store;
	struct arena *arena;
	const char *worst;
	unsigned count, rank; /* of the worst: the smaller the graver */
	bool named;           /* only those that name it in words */
};

static bool is_tied(const struct row *row)
{
	const struct value *point = row_value(row, hazard_point);
	struct ref ref;

	return point && point->wire == WIRE_BYTES && ref_take(point->text, &ref);
}

/* A major one before all colours. */
static unsigned rank_of(const struct row *row)
{
	const struct value *grade = row_value(row, hazard_grade);
	unsigned colour = row_colour(row);

	if (grade && bytes_equal(grade->text, bytes_text("M")))
		return 0;
	return colour ? colour : ~0u;
}

static bool see_hazard(const struct row *row, void *to)
{
	struct open_hazards *open = to;
	unsigned rank = rank_of(row);
	struct buf title = {0};

	if ((open->named && is_tied(row)) || (open->count++ && rank >= open->rank))
		return true;
	row_title(open->store, row, &title);
	open->worst = arena_text(open->arena, buf_cstr(&title));
	open->rank = rank;
	buf_release(&title);
	return true;
}

/* Tied to it, or with its name as it was typed. */
unsigned round_hazards(
	struct store *store, struct ref about, struct arena *arena, const char **worst)
{
	struct open_hazards open = {.store = store, .arena = arena, .worst = ""};
	struct query tied = query_all(KIND_hazard), named = tied;
	struct buf title = {0};
	struct fault fault;
	struct row row;

	tied.parent = about;
	tied.state_flags = named.state_flags = STATE_OPEN;
	(void)!store_each(store, &tied, see_hazard, &open, &fault);
	if (!store_row(store, about, arena, &row, &fault)) {
		row_title(store, &row, &title);
		open.named = true;
		named.area = row.area;
		named.filters[named.filter_count++] =
			(struct filter){hazard_point, '=', value_text(buf_cstr(&title))};
		(void)!store_each(store, &named, see_hazard, &open, &fault);
	}
	buf_release(&title);
	*worst = open.worst;
	return open.count;
}
