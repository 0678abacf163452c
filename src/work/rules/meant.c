/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who is meant: where an order says in words to whom it goes, and where a roster says who has the
 * watch, himself or as a deputy.
 */
#include "work/rules/internal.h"

#include <string.h>

#include "base/buf.h"
#include "base/when.h"
#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"

/* ---- the receivers of an order */

/* zh: what stands between two receivers */
static const char *const between[] = {"、", "，", "；", ",", ";", " ", "\n"};

/* The next receiver of LEFT; empty: there is none. */
static struct bytes next_name(struct bytes *left)
{
	struct bytes name = *left;
	size_t skip = 0;

	for (size_t n = 0; n < countof(between); n++) {
		const uint8_t *at = memmem(left->at, name.len, between[n], strlen(between[n]));
		if (!at)
			continue;
		name.len = (size_t)(at - left->at);
		skip = strlen(between[n]);
	}
	*left = bytes_of(left->at + name.len + skip, left->len - name.len - skip);
	return name;
}

/* ---- by a word for all places of a level */

static bool others_named(uint64_t area, struct bytes text)
{
	uint64_t beside = 0;
	struct bytes name;

	while (area_each(area_above(area), &beside, &name))
		if (beside != area && area_in_text(beside, text))
			return true;
	return false;
}

/* 宋庄村书记 is one village's, 王召乡各村 those of one township. */
static bool by_word(uint64_t area, struct bytes text)
{
	struct buf words = {0};

	buf_put(&words, text.at, text.len);
	const struct code *word = code_inside("receiver_word", buf_cstr(&words));
	bool is = word && !strcmp(word->zh, level_names[area_level(area)]);
	for (uint64_t at = area; is && at && area_level(at) < LEVEL_COUNTY; at = area_above(at))
		is = area_in_text(at, text) || !others_named(at, text);
	buf_release(&words);
	return is;
}

/* ---- by somebody who is registered there */

static bool by_person(struct store *store, uint64_t area, struct bytes text)
{
	bool found = false;

	while (text.len && !found) {
		const struct name_query query = {KIND_person, next_name(&text), area, false};
		struct arena arena = {0};
		struct bearers who = {0};
		struct fault fault;
		struct row row;

		found = query.name.len && !store_bearers(store, &query, &who, &fault) &&
			who.count == 1 && !store_row(store, who.at[0], &arena, &row, &fault) &&
			row.area == area;
		arena_release(&arena);
	}
	return found;
}

bool receiver_place(uint64_t area, struct bytes text)
{
	return area_in_text(area, text) || by_word(area, text);
}

bool receiver_is(struct store *store, uint64_t area, struct bytes text)
{
	return receiver_place(area, text) || by_person(store, area, text);
}

bool receiver_post(const struct user *user, struct bytes text)
{
	const struct code *role = *user->role ? code_find("role", user->role) : NULL;

	while (text.len) {
		struct bytes name = next_name(&text);

		if (name.len && (bytes_equal(name, bytes_text(user->post)) ||
					(role && bytes_equal(name, bytes_text(role->zh)))))
			return true;
	}
	return false;
}

/* ---- the watch */

/* Posts of a roster, those first that have the watch itself. */
static const unsigned posts[] = {
	roster_officer, roster_deputy, roster_head, roster_leader, roster_leader_b};

/* Its leader, and who is registered as one of it. */
static bool in_team(const struct world *world, const struct row *team)
{
	const struct station *own = store_station(world->store);
	const struct ref himself = {own->site, world->user->who};
	const struct value *his;
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	struct ref ref;
	bool in = world_is_user(world, row_value(team, team_leader));

	if (!in && store_row(world->store, himself, &arena, &row, &fault) == RC_OK &&
		row.kind->id == KIND_person && (his = row_value(&row, person_team)))
		in = value_record(
			     world->store, field_of(row.kind, person_team), his, row.area, &ref) &&
		     ref.site == team->ref.site && ref.seq == team->ref.seq;
	arena_release(&arena);
	return in;
}

bool world_in_team(const struct world *world, struct bytes name)
{
	const struct name_query query = {KIND_team, name, store_area(world->store), false};
	struct bearers who = {0};
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	bool in = world->user && !store_bearers(world->store, &query, &who, &fault) &&
		  who.count == 1 && !store_row(world->store, who.at[0], &arena, &row, &fault) &&
		  in_team(world, &row);

	arena_release(&arena);
	return in;
}

/* With no user somebody of this place is meant. Another station may have the same person in its
 * register, under its own number: then the name and the place say so. */
bool world_is_person(const struct world *world, struct ref ref)
{
	const struct station *own = store_station(world->store);
	const struct value *name;
	struct arena arena = {0};
	struct fault fault;
	struct row row;

	if (ref.site == own->site && world->user && ref.seq == world->user->who)
		return true;
	bool here = store_row(world->store, ref, &arena, &row, &fault) == RC_OK &&
		    (row.area == own->area || row.kind->id == KIND_team);
	if (here && world->user && row.kind->id == KIND_team) {
		here = in_team(world, &row);
	} else if (here && world->user) {
		name = row_value(&row, person_name);
		here = ref.site != own->site && row.kind->id == KIND_person && name &&
		       bytes_equal(name->text, bytes_text(world->user->name));
	} else if (here) {
		here = row.area == own->area;
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
