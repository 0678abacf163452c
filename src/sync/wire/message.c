/* SPDX-License-Identifier: GPL-3.0-or-later
 * Questions and answers to plain bytes and back.
 *
 *   type and flags (1) | number | [status] | [store] | [memory (4)] | masks | cursors | time | room
 * | marks | extra | body
 */
#include "sync/wire.h"
#include "base/endian.h"
#include "base/memory.h"
#include "sync/wire/internal.h"

#include <string.h>

enum {
	TYPE_BITS = 3,
	FLAG_FULL = 1 << 3,
	FLAG_MORE = 1 << 4,
	FLAG_MARKS = 1 << 5,
	FLAG_EXTRA = 1 << 6,
	FLAG_PLAIN = 1 << 7,
	SITE_SIZE = 7,
	LANE_BITS = (1 << LANES) - 1,
};

static void put_site(struct buf *out, uint64_t site)
{
	buf_low(out, site, SITE_SIZE);
}

static bool take_site(struct bytes *in, uint64_t *site)
{
	if (in->len < SITE_SIZE)
		return false;
	*site = low_get(in->at, SITE_SIZE);
	*in = bytes_of(in->at + SITE_SIZE, in->len - SITE_SIZE);
	return true;
}

static bool take_byte(struct bytes *in, unsigned *byte)
{
	if (!in->len)
		return false;
	*byte = *in->at++;
	in->len--;
	return true;
}

/* Marks go holder by holder and author by author: 0 says "the one before" (first: the sender, the
 * receiver). */
static void put_marks(
	struct buf *out, const struct message *message, const struct message_ways *ways)
{
	uint64_t holder = ways->sender, site = ways->receiver, store = 0;

	put_varint(out, message->mark_count);
	for (size_t i = 0; i < message->mark_count; i++) {
		const struct mark *mark = &message->marks[i];
		bool new_holder = mark->holder != holder, new_site = mark->site != site,
		     new_store = mark->store != store;
		put_varint(out, mark->lane | (new_holder ? 8u : 0) | (new_site ? 16u : 0) |
					(new_store ? 32u : 0));
		if (new_holder)
			put_site(out, holder = mark->holder);
		if (new_site)
			put_site(out, site = mark->site);
		if (new_store)
			put_varint(out, store = mark->store);
		put_varint(out, mark->upto);
	}
}

static bool take_marks(struct bytes *in, const struct message_ways *ways, struct arena *arena,
	struct message *message)
{
	uint64_t holder = ways->sender, site = ways->receiver, store = 0, n, code, upto;

	if (!take_varint(in, &n) || n > in->len / 2 || n > LIMIT_FRAME_MARKS)
		return false;
	message->mark_count = (size_t)n;
	message->marks = arena_get(arena, (message->mark_count + 1) * sizeof *message->marks);
	for (size_t i = 0; i < message->mark_count; i++) {
		if (!take_varint(in, &code) || (code & 7) >= LANES || code >= 64)
			return false;
		if (((code & 8) && !take_site(in, &holder)) ||
			((code & 16) && !take_site(in, &site)) ||
			((code & 32) && !take_varint(in, &store)))
			return false;
		if (!take_varint(in, &upto) || upto > UINT32_MAX)
			return false;
		message->marks[i] =
			(struct mark){holder, site, (unsigned)(code & 7), store, (uint32_t)upto, 0};
	}
	return true;
}

/* Their proofs stand in the extra, which older programs pass over: a bit for each mark, then 8
 * bytes for each bit that is set. */
static void put_macs(struct buf *extra, const struct message *message)
{
	struct buf all = {0};
	size_t bits = (message->mark_count + 7) / 8;
	uint8_t *mask = buf_grow(&all, bits);

	memset(mask, 0, bits);
	for (size_t i = 0; i < message->mark_count; i++) {
		uint64_t mac = message->marks[i].mac;
		if (!mac)
			continue;
		all.at[i / 8] |= (uint8_t)(1 << i % 8);
		buf_low(&all, mac, sizeof mac);
	}
	if (all.len > bits)
		put_bytes(extra, EXTRA_MACS, WIRE_BYTES, buf_bytes(&all));
	buf_release(&all);
}

/* What is there counts; a part that is cut proves nothing. */
static void take_macs(struct message *message)
{
	struct bytes in = message->extra, all = {0, 0};
	size_t bits = (message->mark_count + 7) / 8, at = bits;
	struct value value;
	unsigned tag;

	while (in.len && take_field(&in, &tag, &value))
		if (tag == EXTRA_MACS && value.wire == WIRE_BYTES)
			all = value.text;
	for (size_t i = 0; i < message->mark_count && all.len >= bits; i++) {
		struct mark *mark = &message->marks[i];
		if (!(all.at[i / 8] & 1 << i % 8) || all.len - at < sizeof mark->mac)
			continue;
		mark->mac = low_get(all.at + at, sizeof mark->mac);
		at += sizeof mark->mac;
	}
}

static void put_cursors(struct buf *out, unsigned mask, const uint64_t cursor[LANES])
{
	for (unsigned lane = 0; lane < LANES; lane++)
		if (mask & (1u << lane))
			put_varint(out, cursor[lane]);
}

static bool take_cursors(struct bytes *in, unsigned mask, uint64_t cursor[LANES])
{
	for (unsigned lane = 0; lane < LANES; lane++)
		if ((mask & (1u << lane)) && !take_varint(in, &cursor[lane]))
			return false;
	return true;
}

static struct body_ways body_ways_of(const struct message_ways *ways, bool plain)
{
	struct body_ways body = ways->body;

	body.sender = ways->sender;
	body.utf8 |= plain;
	if (plain)
		body = (struct body_ways){
			.sender = body.sender, .sender_area = body.sender_area, .utf8 = body.utf8};
	return body;
}

/* ---- what both ends know is left out: cursors move onwards from there, and the room is about */

enum { ROOM_LEAST = 16, ROOM_STEPS = 16 };

static void put_moved(
	struct buf *out, unsigned mask, const uint64_t cursor[LANES], const uint64_t from[LANES])
{
	for (unsigned lane = 0; lane < LANES; lane++)
		if (mask & (1u << lane))
			put_varint(out, cursor[lane] - from[lane]);
}

static bool take_moved(struct bytes *in, unsigned mask, uint64_t cursor[LANES],
	const uint64_t from[LANES], bool again)
{
	uint64_t moved;

	for (unsigned lane = 0; lane < LANES; lane++)
		if (mask & (1u << lane)) {
			if (!take_varint(in, &moved))
				return false;
			cursor[lane] = from[lane] + (again ? 0 : moved);
		}
	return true;
}

/* 0: as much as fits; else 1 + 16 e + m for (16 + m) * 2^e. */
static unsigned room_code(uint64_t room)
{
	unsigned shift = 0;

	if (!room)
		return 0;
	if (room < ROOM_LEAST)
		return 1;
	while (room >> shift >= 2 * ROOM_LEAST)
		shift++;
	if (shift >= 15)
		return 0;
	return 1 + shift * ROOM_STEPS + (unsigned)(room >> shift) - ROOM_LEAST;
}

static uint64_t room_of_code(unsigned code)
{
	return code ? (uint64_t)(ROOM_LEAST + (code - 1) % ROOM_STEPS) << (code - 1) / ROOM_STEPS
		    : 0;
}

static void put_lean_ask(struct buf *out, const struct message *message, const struct lean *lean)
{
	buf_byte(out, (uint8_t)message->got_mask);
	buf_byte(out, (uint8_t)message->sent_mask);
	put_moved(out, message->got_mask, message->got, lean->got);
	put_moved(out, message->sent_mask, message->sent, lean->sent);
	buf_byte(out, (uint8_t)room_code(message->room));
}

static bool take_lean_ask(struct bytes *in, struct message *message, const struct lean *lean)
{
	unsigned room;

	message->memory = lean->memory;
	if (!take_byte(in, &message->got_mask) || !take_byte(in, &message->sent_mask) ||
		((message->got_mask | message->sent_mask) & ~(unsigned)LANE_BITS) ||
		!take_moved(in, message->got_mask, message->got, lean->got, lean->again) ||
		!take_moved(in, message->sent_mask, message->sent, lean->sent, lean->again) ||
		!take_byte(in, &room))
		return false;
	message->room = room_of_code(room);
	return true;
}

static void put_lean_answer(struct buf *out, const struct message *message, const struct lean *lean)
{
	buf_byte(out, (uint8_t)message->got_mask);
	put_moved(out, message->got_mask, message->got, lean->got);
}

static bool take_lean_answer(struct bytes *in, struct message *message, const struct lean *lean)
{
	message->status = ANSWER_DONE;
	message->time = lean->time;
	return take_byte(in, &message->got_mask) && !(message->got_mask & ~(unsigned)LANE_BITS) &&
	       take_moved(in, message->got_mask, message->got, lean->got, false);
}

/* ---- everything is said */

static void put_ask(struct buf *out, const struct message *message)
{
	buf_put(out, &message->memory,
		sizeof message->memory); /* compared, never reckoned with: no byte order */
	buf_byte(out, (uint8_t)message->got_mask);
	buf_byte(out, (uint8_t)message->sent_mask);
	put_cursors(out, message->got_mask, message->got);
	put_cursors(out, message->sent_mask, message->sent);
	put_varint(out, message->room);
	if (message->full) {
		put_cursors(out, LANE_BITS, message->before);
		put_varint(out, message->heard);
	}
}

static bool take_ask(struct bytes *in, struct message *message)
{
	if (in->len < sizeof message->memory)
		return false;
	memcpy(&message->memory, in->at, sizeof message->memory);
	in->at += sizeof message->memory;
	in->len -= sizeof message->memory;
	return take_byte(in, &message->got_mask) && take_byte(in, &message->sent_mask) &&
	       !((message->got_mask | message->sent_mask) & ~(unsigned)LANE_BITS) &&
	       take_cursors(in, message->got_mask, message->got) &&
	       take_cursors(in, message->sent_mask, message->sent) &&
	       take_varint(in, &message->room) &&
	       (!message->full || (take_cursors(in, LANE_BITS, message->before) &&
					  take_varint(in, &message->heard)));
}

static void put_answer(struct buf *out, const struct message *message)
{
	put_varint(out, message->status);
	put_varint(out, zigzag(message->time));
	buf_byte(out, (uint8_t)message->got_mask);
	put_cursors(out, message->got_mask, message->got);
	if (message->full)
		put_varint(out, message->heard);
}

static bool take_answer(struct bytes *in, struct message *message)
{
	uint64_t status, time;

	if (!take_varint(in, &status) || status >= ANSWER_STATUSES || !take_varint(in, &time))
		return false;
	message->status = (enum answer_status)status;
	message->time = unzigzag(time);
	return take_byte(in, &message->got_mask) && !(message->got_mask & ~(unsigned)LANE_BITS) &&
	       take_cursors(in, message->got_mask, message->got) &&
	       (!message->full || take_varint(in, &message->heard));
}

static void put_numbers(
	struct buf *out, const struct message *message, const struct message_ways *ways)
{
	bool answer = message->type == MESSAGE_ANSWER || message->type == MESSAGE_GRANT;

	if (ways->lean && answer)
		put_lean_answer(out, message, ways->lean);
	else if (ways->lean)
		put_lean_ask(out, message, ways->lean);
	else if (answer)
		put_answer(out, message);
	else
		put_ask(out, message);
}

static void put_head(
	struct buf *out, const struct message *message, const struct message_ways *ways, bool extra)
{
	unsigned flags = message->type;

	flags |= message->full ? FLAG_FULL : 0;
	flags |= message->more_mask ? FLAG_MORE : 0;
	flags |= message->mark_count ? FLAG_MARKS : 0;
	flags |= extra ? FLAG_EXTRA : 0;
	flags |= ways->plain ? FLAG_PLAIN : 0;
	buf_byte(out, (uint8_t)flags);
	if (!ways->lean)
		put_varint(out, message->number);
	if (message->full)
		put_varint(out, message->store);
	if (message->more_mask)
		buf_byte(out, (uint8_t)message->more_mask);
	put_numbers(out, message, ways);
}

void message_put(struct buf *out, const struct message *message, bool columns,
	const struct message_ways *ways)
{
	struct body_ways body = body_ways_of(ways, ways->plain);
	struct buf extra = {0};

	buf_put(&extra, message->extra.at, message->extra.len);
	if (message->mark_count)
		put_macs(&extra, message);

	put_head(out, message, ways, extra.len != 0);
	if (message->mark_count)
		put_marks(out, message, ways);
	if (extra.len) {
		put_varint(out, extra.len);
		buf_put(out, extra.at, extra.len);
	}
	if (message->fact_count)
		body_put(out, message->facts, message->fact_count, columns, &body);
	buf_release(&extra);
}

struct collected {
	struct arena *arena;
	struct fact *facts;
	struct op *ops;
	size_t n, room, op_room;
};

static bool collect(struct bytes raw, struct bytes sig, void *to)
{
	struct collected *all = to;
	struct fact *fact;
	struct op *op;

	all->facts = array_more_in(all->arena, all->facts, all->n, &all->room, sizeof *all->facts);
	all->ops = array_more_in(all->arena, all->ops, all->n, &all->op_room, sizeof *all->ops);
	fact = &all->facts[all->n];
	op = &all->ops[all->n++];
	*fact = (struct fact){
		.raw = arena_bytes(all->arena, raw), .sig = arena_bytes(all->arena, sig)};
	if (!op_take(fact->raw, op))
		return false;
	op->sig = fact->sig;
	return true;
}

static bool take_extra(struct bytes *in, struct arena *arena, struct message *message)
{
	uint64_t len;

	if (!take_varint(in, &len) || len > in->len || len > LIMIT_FRAME_EXTRA)
		return false;
	message->extra = arena_bytes(arena, bytes_of(in->at, (size_t)len));
	in->at += len;
	in->len -= (size_t)len;
	return true;
}

static bool take_more(struct bytes *in, struct message *message)
{
	return take_byte(in, &message->more_mask) && !(message->more_mask & ~(unsigned)LANE_BITS);
}

static bool take_numbers(struct bytes *in, const struct lean *lean, struct message *message)
{
	bool answer = message->type == MESSAGE_ANSWER || message->type == MESSAGE_GRANT;

	if (lean)
		return answer ? take_lean_answer(in, message, lean)
			      : take_lean_ask(in, message, lean);
	return answer ? take_answer(in, message) : take_ask(in, message);
}

static bool take_head(struct bytes *in, const struct message_ways *ways, struct arena *arena,
	struct message *message, bool *plain)
{
	unsigned flags;

	if (!take_byte(in, &flags) || (flags & 7) >= MESSAGE_TYPES)
		return false;
	message->type = (enum message_type)(flags & 7);
	message->full = flags & FLAG_FULL;
	*plain = flags & FLAG_PLAIN;
	if (ways->lean) {
		message->number = ways->lean->number;
		if (message->full || *plain || message->type > MESSAGE_ANSWER)
			return false;
	} else if (!take_varint(in, &message->number)) {
		return false;
	}
	if (message->full && !take_varint(in, &message->store))
		return false;
	if ((flags & FLAG_MORE) && !take_more(in, message))
		return false;
	if (!take_numbers(in, ways->lean, message))
		return false;
	if ((flags & FLAG_MARKS) && !take_marks(in, ways, arena, message))
		return false;
	return !(flags & FLAG_EXTRA) || take_extra(in, arena, message);
}

enum rc message_take(struct bytes in, const struct message_ways *ways, struct arena *arena,
	struct message *message, struct fault *fault)
{
	struct collected all = {.arena = arena};
	struct body_ways body;
	bool plain;
	enum rc rc;

	memset(message, 0, sizeof *message);
	message->content = in.len;
	message->lean = ways->lean != NULL;
	if (!take_head(&in, ways, arena, message, &plain))
		return fault_set(fault, RC_BAD, "%s", _("收到的数据帧不合规范，已丢弃"));
	take_macs(message);
	if (!in.len)
		return RC_OK;
	body = body_ways_of(ways, plain);
	rc = body_take(in, &body, collect, &all, fault);
	message->facts = all.facts;
	message->ops = all.ops;
	message->fact_count = all.n;
	return rc;
}

uint32_t memory_of(
	uint64_t store, uint64_t heard, const uint64_t got[LANES], const uint64_t sent[LANES])
{
	struct buf all = {0};
	uint8_t hash[HASH_SIZE];
	uint32_t memory;

	put_varint(&all, store);
	put_varint(&all, heard);
	for (unsigned lane = 0; lane < LANES; lane++) {
		put_varint(&all, got[lane]);
		put_varint(&all, sent[lane]);
	}
	crypt_hash(buf_bytes(&all), hash);
	memcpy(&memory, hash, sizeof memory);
	buf_release(&all);
	return memory;
}
