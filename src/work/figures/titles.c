/* SPDX-License-Identifier: GPL-3.0-or-later
 * What stands on home in words: the titles of its rows, what those of one row have in common, and
 * how far people are that have to leave.
 */
#include <string.h>

#include "base/memory.h"
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

/* Households by place, loaded once for all rows of that place. */
struct places {
	struct store *store;
	struct arena arena;
	struct spot {
		uint64_t area;
		struct homes homes;
		bool good;
	} * at; /* in the arena */
	unsigned count;
	size_t room;
	struct world world;
	struct in_force in_force;
};

static const struct homes *homes_of(struct places *places, uint64_t area)
{
	struct in_force in_force = places->in_force;
	struct fault fault;

	for (unsigned n = 0; n < places->count; n++)
		if (places->at[n].area == area)
			return places->at[n].good ? &places->at[n].homes : NULL;
	if (!places->count) {
		world_open(&places->world, places->store, NULL, store_now(places->store));
		if (in_force_load(&places->in_force, &places->world, &fault))
			places->in_force.count = 0;
		in_force = places->in_force;
	}
	in_force_keep(&in_force, places->store, area);
	places->at = array_more_in(
		&places->arena, places->at, places->count, &places->room, sizeof *places->at);
	struct spot *place = &places->at[places->count++];
	*place = (struct spot){
		.area = area, .homes = {.area = area, .whole = true, .any = true, .sums = true}};
	if (in_force.count)
		place->homes.warning = in_force.at[0];
	place->good = homes_load(&place->homes, places->store, places->world.around.now,
			      &places->arena, &fault) == RC_OK;
	return place->good ? &place->homes : NULL;
}

/* Does it lie in that danger zone, which only has a name where POINT is none? */
static bool lies_in(const struct home *home, struct ref point, const char *name)
{
	return home->point.site == point.site && home->point.seq == point.seq &&
	       (point.seq || (home->spot && !strcmp(home->spot, name)));
}

/* How far all are that have to leave that point: as the boards of leaving and of doors count them.
 */
static void put_moved(
	struct places *places, struct need_item *item, struct ref point, const char *name)
{
	const struct homes *homes = homes_of(places, item->area);
	struct need_moved *moved = &item->moved;
	unsigned *const counts[HOME_STATUSES] = {[HOME_OPEN] = &moved->still,
		[HOME_TOLD] = &moved->told,
		[HOME_LEAVING] = &moved->leaving,
		[HOME_ARRIVED] = &moved->arrived,
		[HOME_REFUSED] = &moved->refused,
		[HOME_ABSENT] = &moved->absent};

	for (unsigned n = 0; homes && n < homes->count; n++) {
		const struct home *home = &homes->list[n];

		if (!lies_in(home, point, name))
			continue;
		++*counts[home->status];
		moved->homes++;
		moved->people += home->people > 0 ? home->people : 0;
	}
}

/* What those of one row have in common, where a field of theirs says so. */
static void put_among(
	struct places *places, struct need_item *item, const struct row *row, struct buf *out)
{
	struct store *store = places->store;
	const struct rule *rank = need_rank(item);
	const struct field *field =
		rank && rank->group ? field_named(row->kind, rank->group) : NULL;
	const struct value *value = field ? row_value(row, field->tag) : NULL;
	struct ref point = {0, 0};
	bool moved = value && row->kind->id == KIND_transfer && field->tag == transfer_point;

	if (value && (moved || item->count > 1))
		row_field(store, row, field->tag, true, out);
	if (moved && !value_record(store, field, value, row->area, &point))
		point = (struct ref){0, 0};
	if (moved)
		put_moved(places, item, point, buf_cstr(out));
}

void needs_titles(struct needs *needs, struct store *store, title_fn *title, unsigned most,
	struct arena *arena)
{
	struct places places = {.store = store};

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
			put_among(&places, item, &row, &among);
		}
		item->title = arena_text(arena, buf_cstr(&text));
		item->among = among.len ? arena_text(arena, buf_cstr(&among)) : NULL;
		buf_release(&among);
		buf_release(&text);
		arena_release(&row_arena);
	}
	arena_release(&places.arena);
}
