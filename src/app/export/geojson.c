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

bool geojson_place(const struct row *row, int64_t *lon, int64_t *lat)
{
	const struct value *east = degree(row, "lon", 180), *north = degree(row, "lat", 90);

	if (!east || !north)
		return false;
	*lon = east->num;
	*lat = north->num;
	return true;
}

void geojson_point(struct json_out *out, int64_t lon, int64_t lat)
{
	json_key(out, "geometry");
	json_open(out, '{');
	json_key_text(out, "type", "Point");
	json_key(out, "coordinates");
	json_open(out, '[');
	json_degree(out, lon);
	json_degree(out, lat);
	json_close(out, ']');
	json_close(out, '}');
}

bool geojson_row(struct json_out *out, struct store *store, const struct row *row)
{
	int64_t lon, lat;
	char id[32];

	if (!geojson_place(row, &lon, &lat))
		return false;
	store_id(row->ref, id);
	json_open(out, '{');
	json_key_text(out, "type", "Feature");
	json_key_text(out, "id", id);
	geojson_point(out, lon, lat);
	json_key(out, "properties");
	json_open(out, '{');
	record_head(out, store, row);
	record_fields(out, store, row);
	json_close(out, '}');
	json_close(out, '}');
	return true;
}
