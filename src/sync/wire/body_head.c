/* SPDX-License-Identifier: GPL-3.0-or-later
 * The head of a fact on the wire: where it stands, what it is, when, whose, on which record.
 */
#include "sync/wire/body_parts.h"

#include "model/kinds.h"

enum { STEP_BITS = 5, STEP_MOST = 31 };

/* BASE moved by a zigzag step; false when it leaves 0 to MOST. */
static bool moved(int64_t base, uint64_t code, int64_t most, int64_t *out)
{
	int64_t step = unzigzag(code);

	if (step > most || step < -most)
		return false;
	*out = base + step;
	return *out >= 0 && *out <= most;
}

unsigned site_index(const struct body *body, uint64_t site)
{
	size_t place;

	return body_map_get(&body->site_places, site, 0, &place) ? (unsigned)place : 0;
}

static const struct wire_fact *fact_before(const struct body *body, size_t at)
{
	return at ? &body->facts[at - 1] : NULL;
}

/* where = 2 * code + flags changed. Code 0: same site and lane as the fact before, next number.
 * Else the site and lane, and the number against the last one of that lane in this frame. */
static void where_put(struct body *body, size_t at, struct buf *out)
{
	struct wire_fact *fact = &body->facts[at];
	const struct wire_fact *last = fact_before(body, at);
	unsigned index = site_index(body, fact->op.site), lane = op_lane(&fact->op);
	struct known_site *site = &body->sites[index];
	uint32_t n = fact->op.seq >> 3;
	bool changed = fact->flags != (last ? last->flags : 0);
	bool next = last && last->op.site == fact->op.site && op_lane(&last->op) == lane &&
		    n == site->n[lane] + 1;

	put_varint(out, (next ? 0 : (1 + index * (uint64_t)LANE_SLOTS + lane) * 2) + changed);
	if (changed)
		put_varint(out, fact->flags);
	if (!next)
		put_varint(out, zigzag((int64_t)n - site->n[lane]));
	site->n[lane] = n;
}

static bool where_take(struct body *body, size_t at, struct bytes *in)
{
	struct wire_fact *fact = &body->facts[at];
	const struct wire_fact *last = fact_before(body, at);
	struct known_site *site;
	uint64_t code, flags = last ? last->flags : 0, step;
	unsigned lane;
	int64_t n;

	if (!take_varint(in, &code) || ((code & 1) && !take_varint(in, &flags)) ||
		flags >= IS_RAW * 2)
		return false;
	fact->flags = (unsigned)flags;
	code >>= 1;
	if (!code) {
		if (!last)
			return false;
		site = &body->sites[site_index(body, last->op.site)];
		lane = op_lane(&last->op);
		n = (int64_t)site->n[lane] + 1;
	} else {
		if ((code - 1) / LANE_SLOTS >= body->site_count || !take_varint(in, &step))
			return false;
		site = &body->sites[(code - 1) / LANE_SLOTS];
		lane = (unsigned)((code - 1) % LANE_SLOTS);
		if (!moved(site->n[lane], step, UINT32_MAX >> 3, &n))
			return false;
	}
	if (n <= 0 || n > UINT32_MAX >> 3)
		return false;
	site->n[lane] = (uint32_t)n;
	fact->op.site = site->site;
	fact->op.seq = (uint32_t)n << 3 | lane;
	return true;
}

/* A fact of a newer program, or one that this codec cannot say shorter, goes as it is. */
static void raw_put(struct body *body, size_t at, struct buf *out)
{
	const struct wire_fact *fact = &body->facts[at];
	if (fact->flags & IS_RAW) {
		put_varint(out, fact->raw.len);
		buf_put(out, fact->raw.at, fact->raw.len);
	}
	if (fact->flags & HAS_SIG)
		buf_put(out, fact->sig.at, fact->sig.len);
}

static bool take_some(struct bytes *in, uint64_t len, struct bytes *out)
{
	if (len > in->len)
		return false;
	*out = bytes_of(in->at, (size_t)len);
	in->at += len;
	in->len -= (size_t)len;
	return true;
}

static bool raw_take(struct body *body, size_t at, struct bytes *in)
{
	struct wire_fact *fact = &body->facts[at];
	uint64_t len;
	struct op op;

	if (fact->flags & IS_RAW) {
		if (!take_varint(in, &len) || !take_some(in, len, &fact->raw) ||
			!op_take(fact->raw, &op))
			return false;
		if (op.site != fact->op.site || op.seq != fact->op.seq)
			return false;
		fact->op = op;
	}
	return !(fact->flags & HAS_SIG) || take_some(in, SIGN_SIZE, &fact->sig);
}

static void what_put(struct body *body, size_t at, struct buf *out)
{
	const struct wire_fact *fact = &body->facts[at];
	const struct op *op = &fact->op;
	bool edit = !op->step && !op_first(op);

	if (fact->flags & IS_RAW)
		return;
	/* 0 begins a record, 31 changes fields, the rest are steps. */
	put_varint(out, (uint64_t)op->kind << STEP_BITS | (edit ? STEP_MOST : op->step));
}

static bool what_take(struct body *body, size_t at, struct bytes *in)
{
	struct wire_fact *fact = &body->facts[at];
	uint64_t code;

	if (fact->flags & IS_RAW)
		return true;
	if (!take_varint(in, &code) || code >> STEP_BITS > UINT32_MAX || !(code >> STEP_BITS))
		return false;
	fact->op.kind = (unsigned)(code >> STEP_BITS);
	fact->op.step = (unsigned)(code & STEP_MOST);
	if (!fact->op.step) {
		fact->op.rec_site = fact->op.site;
		fact->op.rec_seq = fact->op.seq;
	}
	return true;
}

/* Seconds against the fact before; the tick only when it is not the expected one. */
static void stamp_put(struct body *body, size_t at, struct buf *out)
{
	const struct wire_fact *fact = &body->facts[at], *last = fact_before(body, at);
	int64_t seconds = (int64_t)(fact->op.stamp >> 16),
		before = last ? (int64_t)(last->op.stamp >> 16) : body->hour * 3600;
	uint64_t tick = fact->op.stamp & 0xFFFF;
	uint64_t expected = last && seconds == before ? (last->op.stamp + 1) & 0xFFFF : 0;

	if (fact->flags & IS_RAW)
		return;
	put_varint(out, zigzag(seconds - before) * 2 + (tick != expected));
	if (tick != expected)
		put_varint(out, tick);
}

static bool stamp_take(struct body *body, size_t at, struct bytes *in)
{
	struct wire_fact *fact = &body->facts[at];
	const struct wire_fact *last = fact_before(body, at);
	int64_t before = last ? (int64_t)(last->op.stamp >> 16) : body->hour * 3600, seconds;
	uint64_t code, tick;

	if (fact->flags & IS_RAW)
		return true;
	if (!take_varint(in, &code) || !moved(before, code >> 1, SECONDS_MOST, &seconds))
		return false;
	tick = last && seconds == before ? (last->op.stamp + 1) & 0xFFFF : 0;
	if ((code & 1) && (!take_varint(in, &tick) || tick > 0xFFFF))
		return false;
	fact->op.stamp = (uint64_t)seconds << 16 | tick;
	return true;
}

/* When it happened, against the stamp less the difference that the fact before had. */
static int64_t expected_at(const struct body *body, size_t at)
{
	return body->has_last_at ? body->last_at : (int64_t)(body->facts[at].op.stamp >> 16);
}

static void note_at(struct body *body, size_t at)
{
	body->has_last_at = true;
	body->last_at = body->facts[at].op.at;
}

static void at_put(struct body *body, size_t at, struct buf *out)
{
	if (!(body->facts[at].flags & HAS_AT))
		return;
	put_varint(out, zigzag(difference(body->facts[at].op.at, expected_at(body, at))));
	note_at(body, at);
}

static bool at_take(struct body *body, size_t at, struct bytes *in)
{
	uint64_t code;

	if (!(body->facts[at].flags & HAS_AT))
		return true;
	if (!take_varint(in, &code))
		return false;
	body->facts[at].op.at =
		(int64_t)((uint64_t)expected_at(body, at) + (uint64_t)unzigzag(code));
	note_at(body, at);
	return true;
}

static void who_put(struct body *body, size_t at, struct buf *out)
{
	const struct wire_fact *fact = &body->facts[at];
	struct known_site *site = &body->sites[site_index(body, fact->op.site)];

	if (fact->flags & IS_RAW)
		return;
	put_varint(out, zigzag((int64_t)fact->op.who - site->who));
	site->who = fact->op.who;
}

static bool who_take(struct body *body, size_t at, struct bytes *in)
{
	struct wire_fact *fact = &body->facts[at];
	struct known_site *site = &body->sites[site_index(body, fact->op.site)];
	uint64_t code;
	int64_t who;

	if (fact->flags & IS_RAW)
		return true;
	if (!take_varint(in, &code) || !moved(site->who, code, UINT32_MAX, &who))
		return false;
	fact->op.who = site->who = (uint32_t)who;
	return true;
}

/* The record of a step or change: even = the author's own in the same lane, how many numbers ago;
 * odd = site and lane, and the number against the last record referred to there. */
static void record_put(struct body *body, size_t at, struct buf *out)
{
	const struct wire_fact *fact = &body->facts[at];
	const struct op *op = &fact->op;
	unsigned lane = op->rec_seq & 7, index = site_index(body, op->rec_site);
	struct known_site *site = &body->sites[index];

	if ((fact->flags & IS_RAW) || op_first(op))
		return;
	if (op->rec_site == op->site && lane == op_lane(op) && op->rec_seq < op->seq) {
		put_varint(out, 2 * (uint64_t)((op->seq >> 3) - (op->rec_seq >> 3)));
		return;
	}
	put_varint(out, 2 * (index * (uint64_t)LANE_SLOTS + lane) + 1);
	put_varint(out, zigzag((int64_t)(op->rec_seq >> 3) - site->ref_n[lane]));
	site->ref_n[lane] = op->rec_seq >> 3;
}

static bool record_take(struct body *body, size_t at, struct bytes *in)
{
	struct wire_fact *fact = &body->facts[at];
	struct op *op = &fact->op;
	struct known_site *site;
	uint64_t code, delta;
	unsigned lane;
	int64_t n;

	if ((fact->flags & IS_RAW) || !op->step)
		return true;
	if (op->step == STEP_MOST)
		op->step = 0;
	if (!take_varint(in, &code))
		return false;
	if (!(code & 1)) {
		if (!(code >> 1) || code >> 1 >= op->seq >> 3)
			return false;
		op->rec_site = op->site;
		op->rec_seq = op->seq - (uint32_t)(code >> 1) * 8;
		return true;
	}
	code >>= 1;
	if (code / LANE_SLOTS >= body->site_count || !take_varint(in, &delta))
		return false;
	site = &body->sites[code / LANE_SLOTS];
	lane = (unsigned)(code % LANE_SLOTS);
	if (!moved(site->ref_n[lane], delta, UINT32_MAX >> 3, &n) || !n)
		return false;
	site->ref_n[lane] = (uint32_t)n;
	op->rec_site = site->site;
	op->rec_seq = (uint32_t)n << 3 | lane;
	return !op_first(op);
}

/* The area of a new record, when it is not the last one of that site. */
static void area_put(struct body *body, size_t at, struct buf *out)
{
	struct wire_fact *fact = &body->facts[at];
	struct known_site *site = &body->sites[site_index(body, fact->op.site)];

	if (fact->flags & IS_RAW)
		return;
	if (fact->flags & HAS_AREA)
		place_put(body, fact->op.area, out);
	if (fact->op.area)
		site->area = fact->op.area;
}

static bool area_take(struct body *body, size_t at, struct bytes *in)
{
	struct wire_fact *fact = &body->facts[at];
	struct known_site *site = &body->sites[site_index(body, fact->op.site)];

	if ((fact->flags & IS_RAW) || !op_first(&fact->op))
		return (fact->flags & IS_RAW) || !(fact->flags & HAS_AREA);
	fact->op.area = site->area;
	if ((fact->flags & HAS_AREA) && !place_take(body, in, &fact->op.area))
		return false;
	site->area = fact->op.area;
	return true;
}

uint64_t likely_seen(const struct body *body, size_t at)
{
	const struct op *op = &body->facts[at].op;
	const struct ref rec = {op->rec_site, op->rec_seq};
	size_t newest;

	if (body_map_get(&body->newest, rec.site, rec.seq, &newest))
		return body->facts[newest].op.stamp;
	return body->ways->before ? body->ways->before(body->ways->to, rec, op->site, op->seq) : 0;
}

void note_seen(struct body *body, size_t at)
{
	const struct op *op = &body->facts[at].op;

	body_map_put(&body->newest, &body->arena, op->rec_site, op->rec_seq, at);
}

static void seen_put(struct body *body, size_t at, struct buf *out)
{
	const struct wire_fact *fact = &body->facts[at];
	if (!(fact->flags & HAS_SEEN) || (fact->flags & IS_RAW))
		return;
	put_varint(out, zigzag((int64_t)(fact->op.seen >> 16) - (int64_t)(fact->op.stamp >> 16)));
	put_varint(out, fact->op.seen & 0xFFFF);
}

static bool seen_read(struct body *body, size_t at, struct bytes *in)
{
	struct wire_fact *fact = &body->facts[at];
	uint64_t code, tick;
	int64_t seconds;

	if ((fact->flags & IS_RAW) || op_first(&fact->op))
		return (fact->flags & IS_RAW) || !(fact->flags & HAS_SEEN);
	if (!(fact->flags & HAS_SEEN)) {
		fact->op.seen = likely_seen(body, at);
		return true;
	}
	if (!take_varint(in, &code) || !take_varint(in, &tick) || tick > 0xFFFF)
		return false;
	if (!moved((int64_t)(fact->op.stamp >> 16), code, SECONDS_MOST, &seconds))
		return false;
	fact->op.seen = (uint64_t)seconds << 16 | tick;
	return true;
}

static bool seen_take(struct body *body, size_t at, struct bytes *in)
{
	bool good = seen_read(body, at, in);

	note_seen(body, at);
	return good;
}

const struct part where_part = {where_put, where_take};
const struct part raw_part = {raw_put, raw_take};
const struct part stamp_part = {stamp_put, stamp_take};
const struct part at_part = {at_put, at_take};
const struct part what_part = {what_put, what_take};
const struct part who_part = {who_put, who_take};
const struct part record_part = {record_put, record_take};
const struct part area_part = {area_put, area_take};
const struct part seen_part = {seen_put, seen_take};
