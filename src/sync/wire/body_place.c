/* SPDX-License-Identifier: GPL-3.0-or-later
 * Areas on the wire: a township's days name the same villages again and again, so each is written
 * out once in a frame and then called by its place in the row of those.
 */
#include "sync/wire/body_parts.h"

void place_put(struct body *body, uint64_t area, struct buf *out)
{
	uint64_t before = body->place_count ? body->last_place : body->ways->sender_area;

	size_t place;

	if (body_map_get(&body->area_places, area, 0, &place)) {
		put_varint(out, place + 1);
		return;
	}
	put_varint(out, 0);
	put_varint(out, zigzag((int64_t)(area - before)));
	body->last_place = area;
	if (body->place_count < BODY_PLACES) {
		body_map_put(&body->area_places, &body->arena, area, 0, body->place_count);
		body->places[body->place_count++] = area;
	}
}

bool place_take(struct body *body, struct bytes *in, uint64_t *area)
{
	uint64_t before = body->place_count ? body->last_place : body->ways->sender_area, code;

	if (!take_varint(in, &code))
		return false;
	if (code) {
		if (code > body->place_count)
			return false;
		*area = body->places[code - 1];
		return true;
	}
	if (!take_varint(in, &code))
		return false;
	body->last_place = *area = before + (uint64_t)unzigzag(code);
	if (body->place_count < BODY_PLACES)
		body->places[body->place_count++] = *area;
	return true;
}
