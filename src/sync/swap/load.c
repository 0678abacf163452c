/* SPDX-License-Identifier: GPL-3.0-or-later
 * The first load: the hub says how much is left, the station counts what comes and knows when a
 * lane is whole.
 *
 *   extra, tag 1: lanes (1) | for each: facts, canonical bytes
 */
#include "store/rows.h"
#include "sync/swap.h"
#include "sync/swap/internal.h"
#include "sync/wire/internal.h"

#include <string.h>

/* Counting reads the facts: so the hub does it when the load begins, and then rarely enough that it
 * costs less than sending them. In between the station reckons. */
enum { TELL_EVERY = 64 };

static bool weigh(const struct fact *fact, void *to)
{
	struct lane_waiting *left = to;

	left->facts++;
	left->bytes += fact->raw.len + fact->sig.len;
	return true;
}

enum rc load_tell(struct store *store, const struct site *asker, const struct message *ask,
	struct message *answer, struct arena *arena, struct fault *fault)
{
	struct buf left = {0}, extra = {0};
	enum rc rc = RC_OK;

	if (!answer->more_mask || !(ask->full || ask->number % TELL_EVERY == 0))
		return RC_OK;
	buf_byte(&left, (uint8_t)answer->more_mask);
	for (unsigned lane = 0; lane < LANES && !rc; lane++) {
		struct lane_waiting lane_left = {0};
		uint64_t seen;
		if (!(answer->more_mask & (1u << lane)))
			continue;
		const struct facts_query behind = {.lane = lane,
			.area = asker->area,
			.cursor = answer->got[lane],
			.via = via_of(asker->site),
			.limit = LEFT_MOST};
		rc = log_down(store_log(store), &behind, weigh, &lane_left, &seen, fault);
		put_varint(&left, lane_left.facts);
		put_varint(&left, lane_left.bytes);
	}
	if (!rc) {
		struct value value = {WIRE_BYTES, 0, buf_bytes(&left)};
		put_field(&extra, EXTRA_LEFT, &value);
		answer->extra = arena_bytes(arena, buf_bytes(&extra));
	}
	buf_release(&left);
	buf_release(&extra);
	return rc;
}

unsigned hub_behind(struct store *store, const struct site *site)
{
	struct lane_waiting left = {0};
	struct log *log = store_log(store);
	struct fault none;

	for (unsigned lane = 0; lane < LANES && left.facts < BEHIND_MOST; lane++) {
		struct peer_lane at;
		uint64_t seen;
		if (log_peer_lane(log, site->site, lane, &at, &none) != RC_OK)
			return 0;
		const struct facts_query behind = {.lane = lane,
			.area = site->area,
			.cursor = at.got,
			.via = via_of(site->site),
			.limit = BEHIND_MOST - left.facts};
		if (log_down(log, &behind, weigh, &left, &seen, &none) != RC_OK)
			return 0;
	}
	return left.facts;
}

static void less(struct lane_waiting *left, const struct lane_waiting *came)
{
	/* What has come since counts too: at least one is left until the hub says that it was all.
	 */
	left->facts = left->facts > came->facts ? left->facts - came->facts : left->facts != 0;
	left->bytes = left->bytes > came->bytes ? left->bytes - came->bytes : left->bytes != 0;
}

void load_note(struct first_load *load, const struct fact *facts, size_t count, unsigned whole_mask)
{
	struct lane_waiting came[LANES] = {{0, 0}};
	struct op op;

	if (load->loaded == EVERY_LANE)
		return;
	for (size_t i = 0; i < count; i++)
		if (op_take(facts[i].raw, &op) && op_lane(&op) < LANES) {
			came[op_lane(&op)].facts++;
			came[op_lane(&op)].bytes += facts[i].raw.len + facts[i].sig.len;
		}
	for (unsigned lane = 0; lane < LANES; lane++) {
		if (load->loaded & (1u << lane))
			continue;
		load->came[lane].facts += came[lane].facts;
		load->came[lane].bytes += came[lane].bytes;
		less(&load->left[lane], &came[lane]);
		if (whole_mask & (1u << lane))
			load->left[lane] = (struct lane_waiting){0, 0};
	}
	load->loaded |= whole_mask;
	load->opened |= whole_mask;
}

static void take_left(struct first_load *load, struct bytes in)
{
	uint64_t facts, bytes;
	unsigned mask;

	if (!in.len)
		return;
	mask = in.at[0];
	in = bytes_of(in.at + 1, in.len - 1);
	for (unsigned lane = 0; lane < LANES; lane++)
		if (mask & (1u << lane)) {
			if (!take_varint(&in, &facts) || !take_varint(&in, &bytes))
				return;
			if (!(load->loaded & (1u << lane)))
				load->left[lane] = (struct lane_waiting){
					(unsigned)(facts > LEFT_MOST ? LEFT_MOST : facts), bytes};
		}
}

void load_take(struct peer *peer, const struct message *answer, unsigned lanes_mask)
{
	struct first_load *load = &peer->load;
	struct bytes in = answer->extra;
	struct value value;
	unsigned tag;

	/* Another store stands there: it says everything again. */
	if (answer->full && peer->store && peer->store != answer->store) {
		load->loaded = 0;
		memset(load->came, 0, sizeof load->came);
		memset(load->left, 0, sizeof load->left);
	}
	load_note(load, answer->facts, answer->fact_count, lanes_mask & ~answer->more_mask);
	while (in.len && take_field(&in, &tag, &value))
		if (tag == EXTRA_LEFT && value.wire == WIRE_BYTES)
			take_left(load, value.text);
}
