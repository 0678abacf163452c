/* SPDX-License-Identifier: GPL-3.0-or-later
 * Records with coordinates as GeoJSON features (RFC 7946: longitude first). They are found by the
 * fields lon and lat, which every kind with a place has.
 */
#include "app/import.h"
#include "app/record.h"

static const struct value *degree(const struct row *row, const char *name, int64_t most)
{
	const struct field *field = field_named(row->kind, name);
	const struct value *value = field ? row_value(row, field->tag) : NULL;

	if (!value || value->wire != WIRE_NUM || value->num < -most * DEGREE ||
		value->num > most * DEGREE)
		return NULL;
	return value;
}

bool geojson_kind(const struct kind *kind)
{
	return field_named(kind, "lon") && field_named(kind, "lat");
}

bool geojson_row(struct json_out *out, struct store *store, const struct row *row)
{
	const struct value *lon = degree(row, "lon", 180), *lat = degree(row, "lat", 90);
	char id[32];

	if (!lon || !lat)
		return false;
	store_id(row->ref, id);
	json_open(out, '{');
	json_key_text(out, "type", "Feature");
	json_key_text(out, "id", id);
	json_key(out, "geometry");
	json_open(out, '{');
	json_key_text(out, "type", "Point");
	json_key(out, "coordinates");
	json_open(out, '[');
	json_degree(out, lon->num);
	json_degree(out, lat->num);
	json_close(out, ']');
	json_close(out, '}');
	json_key(out, "properties");
	json_open(out, '{');
	record_head(out, store, row);
	record_fields(out, store, row);
	json_close(out, '}');
	json_close(out, '}');
	return true;
}
