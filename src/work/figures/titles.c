/* SPDX-License-Identifier: GPL-3.0-or-later
 * What stands on home in words: the titles of its rows, what those of one row have in common, and
 * how far people are that have to leave.
 */
#include "model/codes.h"
#include "model/kinds.h"
#include "work/agenda.h"
#include "work/homes.h"
#include "work/in_force.h"

/* The sort of disaster that places below have reported. */
static void put_event(struct store *store, struct ref report, struct buf *out)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	char code[24];

	if (store_row(store, report, &arena, &row, &fault) == RC_OK &&
		row_value(&row, report_event)) {
		bytes_into(code, sizeof code, row_value(&row, report_event)->text);
		buf_fmt(out, "%s ", code_text("disaster", code));
	}
	arena_release(&arena);
}

/* What no record asks for: owed here, or by places below. */
static void put_owed(struct store *store, const struct need_item *item, struct buf *out)
{
	if (item->event.seq)
		put_event(store, item->event, out);
	if (item->owing)
		buf_fmt(out, _("%u处 已报%u 没报%u"), item->owing + item->answered, item->answered,
			item->owing);
	else
		buf_text(out, item->text);
}

/* How far all are that have to leave that point: as the boards of leaving and of doors count them.
 */
static void put_moved(struct store *store, struct need_item *item, struct ref point)
{
	struct homes homes = {.area = item->area, .whole = true, .any = true, .point = point};
	const unsigned *counts = homes.counts;
	struct in_force in_force;
	struct arena arena = {0};
	struct world world;
	struct fault fault;

	world_open(&world, store, NULL, store_now(store));
	enum rc rc = in_force_load(&in_force, &world, &fault);
	if (!rc)
		in_force_keep(&in_force, store, item->area);
	if (!rc && in_force.count)
		homes.warning = in_force.at[0];
	if (!rc)
		rc = homes_load(&homes, store, world.around.now, &arena, &fault);
	if (!rc)
		item->moved = (struct need_moved){.homes = homes.count,
			.still = counts[HOME_OPEN],
			.told = counts[HOME_TOLD],
			.leaving = counts[HOME_LEAVING],
			.arrived = counts[HOME_ARRIVED],
			.refused = counts[HOME_REFUSED],
			.absent = counts[HOME_ABSENT],
			.people = homes.people};
	arena_release(&arena);
}

static const struct rule *rank_of(const struct need_item *item)
{
	unsigned count;
	const struct rule *rules = rules_rows(RULE_RANK, &count);

	for (unsigned n = 0; n < count; n++)
		if (rules[n].order == item->order)
			return &rules[n];
	return NULL;
}

/* What those of one row have in common, where a field of theirs says so. */
static void put_among(
	struct store *store, struct need_item *item, const struct row *row, struct buf *out)
{
	const struct rule *rank = rank_of(item);
	const struct field *field =
		rank && rank->group ? field_named(row->kind, rank->group) : NULL;
	const struct value *value = field ? row_value(row, field->tag) : NULL;
	struct ref point;
	bool moved = value && row->kind->id == KIND_transfer && field->tag == transfer_point;

	if (moved && value_record(store, field, value, row->area, &point))
		put_moved(store, item, point);
	if (value && (moved || item->count > 1))
		row_field(store, row, field->tag, true, out);
}

void needs_titles(struct needs *needs, struct store *store, title_fn *title, unsigned most,
	struct arena *arena)
{
	needs->titled = needs->count < most ? needs->count : most;
	for (unsigned n = 0; n < needs->titled; n++) {
		struct need_item *item = &needs->items[n];
		struct arena row_arena = {0};
		struct buf text = {0}, among = {0};
		struct fault fault;
		struct row row;

		item->moved = (struct need_moved){0};
		if (item->ask) {
			put_owed(store, item, &text);
		} else if (store_row(store, item->ref, &row_arena, &row, &fault) == RC_OK) {
			title(store, &row, &text);
			put_among(store, item, &row, &among);
		}
		item->title = arena_text(arena, buf_cstr(&text));
		item->among = among.len ? arena_text(arena, buf_cstr(&among)) : NULL;
		buf_release(&among);
		buf_release(&text);
		arena_release(&row_arena);
	}
}
