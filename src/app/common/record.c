/* SPDX-License-Identifier: GPL-3.0-or-later
 * Records as JSON, for show, list, find and today.
 */
#include "app/record.h"

#include <stdio.h>
#include <string.h>

#include "base/when.h"
#include "store/station.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/peer.h"

static void show_value(struct json_out *out, struct store *store, const struct field *field,
	const struct value *value)
{
	struct value_ways ways = store_ways(store, false);
	struct buf text = {0};
	value_show(field, value, &ways, &text);
	json_bytes(out, buf_bytes(&text));
	buf_release(&text);
}

void record_value(struct json_out *out, struct store *store, const struct field *field,
	const struct value *value)
{
	char text[WHEN_TEXT];
	if (value->wire == WIRE_TEXT && !value->text.len)
		json_null(out); /* cleared */
	else if (value->wire != WIRE_NUM)
		show_value(out, store, field, value);
	else if (field->type == T_NUM || field->type == T_BOOL)
		json_num(out, value->num);
	else if (field->type == T_DEC)
		json_dec(out, value->num);
	else if (field->type == T_LON || field->type == T_LAT)
		json_degree(out, value->num);
	else if (field->type == T_TIME) {
		when_rfc(value->num, text);
		json_text(out, text);
	} else
		show_value(out, store, field, value);
}

const char *record_state(const struct kind *kind, int state)
{
	return state >= 0 && (unsigned)state < state_count(kind) ? kind->states[state].code : "";
}

void record_head(struct json_out *out, struct store *store, const struct row *row)
{
	char text[32];
	store_number(store, row->ref, text);
	json_key_text(out, "number", text);
	store_id(row->ref, text);
	json_key_text(out, "id", text);
	json_key_text(out, "kind", row->kind->name);
	area_show(row->area, text);
	json_key_text(out, "area", text);
	const char *state = record_state(row->kind, row->state);
	json_key_text(out, "state", *state ? state : NULL);
}

static void put_person(struct json_out *out, struct store *store, struct ref ref)
{
	struct arena arena = {0};
	struct buf text = {0};
	struct row person;
	char number[32];

	if (store_row(store, ref, &arena, &person, NULL) == RC_OK) {
		json_open(out, '{');
		store_number(store, ref, number);
		json_key_text(out, "record", number);
		row_title(store, &person, &text);
		json_key(out, "name");
		json_bytes(out, buf_bytes(&text));
		buf_clear(&text);
		row_phone(store, &person, &text);
		json_key(out, "phone");
		json_bytes(out, buf_bytes(&text));
		if (row_void(&person))
			json_key_bool(out, "left", true);
		json_close(out, '}');
	}
	buf_release(&text);
	arena_release(&arena);
}

/* Whom the fields mean that name somebody: who it is now, or all who are called so. */
static void put_people(struct json_out *out, struct store *store, const struct row *row)
{
	struct bearers who;
	bool any = false;

	for (const struct field *field = row->kind->fields; field->tag; field++) {
		if (field_target(field) != KIND_person || !field_names_one(field) ||
			row_means(store, row, field->tag, &who, NULL) != RC_OK || !who.count)
			continue;
		if (!any) {
			json_key(out, "people");
			json_open(out, '{');
		}
		any = true;
		json_key(out, field->name);
		json_open(out, '[');
		for (unsigned i = 0; i < who.count && i < BEARERS; i++)
			put_person(out, store, who.at[i]);
		json_close(out, ']');
	}
	if (any)
		json_close(out, '}');
}

static void put_grid(struct json_out *out, struct store *store, const struct row *row)
{
	char code[GRID_CODE];
	struct ref grid;

	if (row_grid(store, row, &grid) && grid_code_of(store, grid, code))
		json_key_text(out, "grid", code);
}

void record_fields(struct json_out *out, struct store *store, const struct row *row)
{
	json_key(out, "fields");
	json_open(out, '{');
	for (unsigned i = 0; row->kind->fields[i].tag; i++) {
		const struct field *field = &row->kind->fields[i];
		const struct value *value = row_value(row, field->tag);
		if (!value)
			continue;
		json_key(out, field->name);
		record_value(out, store, field, value);
	}
	json_close(out, '}');
	put_grid(out, store, row);
	put_people(out, store, row);
}

const struct field *record_field(const struct kind *kind, const struct step *step, unsigned tag)
{
	const struct field *field = NULL;
	for (unsigned i = 0; step && (field = step_arg(kind, step, i, NULL)); i++)
		if (field->tag == tag)
			return field;
	return field_of(kind, tag);
}

/* A tag that this program does not know is named by its number: nothing is hidden. */
void record_body(struct json_out *out, struct store *store, const struct kind *kind,
	const struct step *step, struct bytes body)
{
	unsigned tag;
	struct value value;
	char name[16];
	static const struct field unknown = {.name = "", .label = "", .type = T_TEXT};
	json_open(out, '{');
	while (body.len && take_field(&body, &tag, &value)) {
		const struct field *field = kind ? record_field(kind, step, tag) : NULL;
		snprintf(name, sizeof name, "#%u", tag);
		json_key(out, field ? field->name : name);
		if (field)
			record_value(out, store, field, &value);
		else if (value.wire == WIRE_NUM)
			json_num(out, value.num);
		else if (value.wire == WIRE_TEXT)
			record_value(out, store, &unknown, &value);
		else
			json_null(out);
	}
	json_close(out, '}');
}

/* ---- how far a record has come */

static void put_levels(struct json_out *out, const bool levels[LEVELS])
{
	for (unsigned level = 0; level < LEVELS; level++)
		if (levels[level])
			json_text(out, level_names[level]);
	json_close(out, ']');
}

static void put_voice(struct json_out *out, struct store *store, struct ref ref)
{
	struct voice voice;
	struct buf typist = {0};
	char time[WHEN_TEXT];

	if (!voice_of(store_log(store), ref, &voice))
		return;
	store_author_of(
		store, store_station(store)->site, voice.typist, (struct bytes){0, 0}, &typist);
	when_rfc(voice.typed, time);
	json_key(out, "voice");
	json_open(out, '{');
	json_key_bool(out, "proven", false);
	json_key_text(out, "typed", time);
	json_key(out, "by");
	json_bytes(out, buf_bytes(&typist));
	json_close(out, '}');
	buf_release(&typist);
}

void record_reached(struct json_out *out, struct store *store, struct ref ref, uint64_t area)
{
	bool held[LEVELS] = {false}, said[LEVELS] = {false};
	struct holders holders;
	struct fault fault;
	json_key(out, "reached");
	json_open(out, '[');
	json_text(out, "station");
	if (holders_load(store, &holders, &fault) ||
		holders_reached(store, &holders, ref, area, held, &fault))
		memset(held, 0, sizeof held);
	else if (holders_said(store, &holders, ref, area, said, &fault))
		memset(said, 0, sizeof said);
	put_levels(out, held);
	if (memchr(said, 1, sizeof said)) { /* what the station above says, and no proof */
		json_key(out, "said");
		json_open(out, '[');
		put_levels(out, said);
	}
	put_voice(out, store, ref);
}
