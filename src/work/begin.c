/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a field of a new record begins with, where nobody has said it: who and where, the season,
 * what an event is by its words, and the grid of the village.
 */
#include "work/change_inside.h"

#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "work/figures.h"

static const struct value *value_given(const struct change *change, unsigned tag)
{
	for (unsigned n = 0; n < change->count; n++)
		if (change->values[n].tag == tag)
			return &change->values[n].value;
	return NULL;
}

bool grid_init(const struct change *change, struct ref *grid)
{
	const struct field *parent = field_flagged(change->kind, F_PARENT);
	const struct value *given = parent ? value_given(change, parent->tag) : NULL;
	struct store *store = change->actor.store;
	const struct user *user = change->actor.user;
	struct ref above;

	return (given && given->wire == WIRE_BYTES && ref_take(given->text, &above) &&
		       record_grid(store, above, grid)) ||
	       (user && user->who &&
		       record_grid(
			       store, (struct ref){store_station(store)->site, user->who}, grid));
}

static bool text_of(const char *text, struct buf *keep)
{
	buf_text(keep, text);
	return *text;
}

/* What an event is, by the words that it is told with. */
static bool guess_event(const struct change *change, struct buf *out)
{
	struct buf told = {0};

	for (unsigned n = 0; n < change->count; n++)
		if (change->values[n].value.wire == WIRE_TEXT) {
			buf_put(&told, change->values[n].value.text.at,
				change->values[n].value.text.len);
			buf_byte(&told, ' ');
		}
	const struct code *word = code_inside("incident_word", buf_cstr(&told));
	buf_release(&told);
	return word && text_of(word->zh, out);
}

static bool season_text(const struct change *change, struct buf *out)
{
	return rules_seasons(store_now(change->actor.store), out);
}

static bool grid_text(const struct change *change, struct buf *out)
{
	struct ref grid;
	char number[32];

	if (!grid_init(change, &grid))
		return false;
	store_number(change->actor.store, grid, number);
	return text_of(number, out);
}

static const struct {
	const char *init;
	bool (*text)(const struct change *change, struct buf *out);
} known[] = {{"words", guess_event}, {"season", season_text}, {"grid", grid_text}};

bool begin_text(const struct change *change, const struct field *field, struct buf *out)
{
	static const struct user nobody;
	const struct user *user = change->actor.user ? change->actor.user : &nobody;
	const struct station *station = store_station(change->actor.store);
	char text[WHEN_TEXT];

	/* What registers know of a new record stands before what is usual. */
	if (!change->step &&
		fill_number(change->actor.store, change->kind, field, change->op.area, out))
		return true;
	if (!field->init)
		return false;
	if (!strcmp(field->init, "user") && user->who && field->type == T_REF) {
		store_number(change->actor.store, (struct ref){station->site, user->who}, text);
		return text_of(text, out);
	}
	for (size_t n = 0; n < countof(known); n++)
		if (!strcmp(field->init, known[n].init))
			return known[n].text(change, out);
	if (!strcmp(field->init, "user") || !strcmp(field->init, "post"))
		return text_of(*field->init == 'u' ? user->name : user->post, out);
	if (!strcmp(field->init, "station"))
		return text_of(station->name, out);
	if (!strcmp(field->init, "area")) {
		area_show(store_area(change->actor.store), text);
		return text_of(text, out);
	}
	/* also "now" and "today", as people type them */
	return text_of(field->type == T_TEXT ? _(field->init) : field->init, out);
}
