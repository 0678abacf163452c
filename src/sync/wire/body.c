/* SPDX-License-Identifier: GPL-3.0-or-later
 * Facts to a body and back: rows loop over facts and then parts, columns over parts and then facts.
 * Columns need no lengths: the heads of the facts say how many values follow.
 *
 *   columns (1) | facts | 16 * sites + hubs | 7 bytes for each of these sites | hour of the first
 *   stamp | parts | check (3)
 *
 * The check is of the canonical facts: two C libraries that disagree about a character are noticed.
 */
#include "sync/wire/body_parts.h"
#include "base/endian.h"
#include "sync/wire.h"

#include <stdlib.h>
#include <string.h>

enum { SITE_SIZE = 7, CHECK_SIZE = 3, FACT_LEAST = 2 };

/* What repeats from fact to fact stands together (what, who, which fields): the dictionary finds it
 * in one piece. */
static const struct part *const parts[] = {&where_part, &raw_part, &stamp_part, &at_part,
	&what_part, &who_part, &items_part, &record_part, &area_part, &seen_part, NULL};

static void check_of(const uint8_t hash[HASH_SIZE], uint8_t check[CHECK_SIZE])
{
	memcpy(check, hash, CHECK_SIZE);
}

static void enter_site(struct body *body, uint64_t site)
{
	if (!site || body->sites[site_index(body, site)].site == site)
		return;
	body_map_put(&body->site_places, &body->arena, site, 0, body->site_count);
	body->sites[body->site_count++] = (struct known_site){.site = site};
}

/* Where each site stands in the table: of those that stand there twice the first. */
static void place_sites(struct body *body)
{
	body_map_clear(&body->site_places);
	for (size_t i = body->site_count; i--;)
		body_map_put(&body->site_places, &body->arena, body->sites[i].site, 0, i);
}

/* Every site that a fact of the frame names, the sender's own first. */
static void enter_sites(struct body *body)
{
	struct ref ref;
	size_t most = 1;

	for (size_t i = 0; i < body->count; i++)
		most += 2 + body->facts[i].count;
	body->sites = arena_get(&body->arena, most * sizeof *body->sites);
	body->sites[body->site_count++] =
		(struct known_site){.site = body->ways->sender, .area = body->ways->sender_area};
	place_sites(body);
	for (size_t i = 0; i < body->count; i++) {
		const struct wire_fact *fact = &body->facts[i];
		enter_site(body, fact->op.site);
		if (fact->flags & IS_RAW)
			continue;
		enter_site(body, fact->op.rec_site);
		for (unsigned k = 0; k < fact->count; k++)
			if (fact->items[k].form == FORM_REF &&
				ref_take(fact->items[k].value.text, &ref))
				enter_site(body, ref.site);
	}
}

/* The hubs above that both ends know stand in front. Returns which of them there are, by a bit. */
static unsigned chain_first(struct body *body)
{
	size_t at = 1;
	unsigned mask = 0;

	for (unsigned i = 0; i < BODY_CHAIN; i++) {
		uint64_t site = body->ways->chain[i];
		size_t here = site ? site_index(body, site) : 0;
		if (here < at || body->sites[here].site != site)
			continue;
		struct known_site other = body->sites[at];
		body->sites[at++] = body->sites[here];
		body->sites[here] = other;
		place_sites(body);
		mask |= 1u << i;
	}
	return mask;
}

static void put_sites(struct body *body, struct buf *out)
{
	size_t known = 0;

	for (unsigned bits = body->chain; bits; bits &= bits - 1)
		known++;
	put_varint(out, (body->site_count - 1 - known) << BODY_CHAIN | body->chain);
	for (size_t i = 1 + known; i < body->site_count; i++)
		buf_low(out, body->sites[i].site, SITE_SIZE);
}

/* Would the reader make the same bytes of it? A newer program's fact may hold what op_put does not
 * write; and whoever sends what no reader takes is not to shut the way for all that comes behind.
 */
static bool can_be_said(const struct wire_fact *fact)
{
	const struct op *op = &fact->op;
	struct buf again = {0};
	bool same;

	op_put(&again, op);
	same = bytes_equal(buf_bytes(&again), fact->raw);
	buf_release(&again);
	return same && op->step < 31 && op->rec_seq >> 3 && op->stamp >> 16 <= SECONDS_MOST &&
	       op->seen >> 16 <= SECONDS_MOST && (!op->by.len || !memchr(op->by.at, 0, op->by.len));
}

/* Its stamp is said against that of the fact before. */
static bool follows(const struct body *body, size_t at)
{
	return !at || body->facts[at - 1].op.stamp >> 16 <= SECONDS_MOST;
}

static void flags_of(struct body *body, size_t at)
{
	struct wire_fact *fact = &body->facts[at];
	const struct op *op = &fact->op;

	fact->flags |=
		(op->at ? HAS_AT : 0) | (op->by.len ? HAS_BY : 0) | (fact->sig.len ? HAS_SIG : 0);
	if (op_first(op)) {
		struct known_site *site = &body->sites[site_index(body, op->site)];
		fact->flags |= op->area != site->area ? HAS_AREA : 0;
		site->area = op->area;
	} else {
		fact->flags |= op->seen != likely_seen(body, at) ? HAS_SEEN : 0;
	}
}

static void flags_of_all(struct body *body)
{
	for (size_t i = 0; i < body->count; i++) {
		if (!(body->facts[i].flags & IS_RAW))
			flags_of(body, i);
		note_seen(body, i);
	}
	body_map_clear(&body->newest); /* the writing begins where the reading does */
	for (size_t i = 0; i < body->site_count; i++)
		body->sites[i].area = i ? 0 : body->ways->sender_area;
}

static void prepare(struct body *body, const struct fact *facts, size_t n)
{
	body->count = n;
	body->facts = arena_get(&body->arena, (n + 1) * sizeof *body->facts);
	for (size_t i = 0; i < n; i++) {
		struct wire_fact *fact = &body->facts[i];
		fact->raw = facts[i].raw;
		fact->sig = facts[i].sig;
		if (!op_take(fact->raw, &fact->op))
			die("%s", "body_put: not a fact"); /* the store never holds one */
		if (!can_be_said(fact) || !follows(body, i) || !items_of(body, fact))
			fact->flags = IS_RAW | (fact->sig.len ? HAS_SIG : 0), fact->count = 0;
	}
	enter_sites(body);
	body->chain = chain_first(body);
	flags_of_all(body);
	body->hour = n ? (int64_t)(body->facts[0].op.stamp >> 16) / 3600 : 0;
	if (body->hour > INT32_MAX)
		body->hour = INT32_MAX;
}

/* A value's place, for columns: kind by kind and tag by tag, in each over the facts in order. */
struct place {
	uint64_t column; /* kind << 32 | tag */
	uint32_t fact, item;
};

static int by_column(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	if (x->fact != y->fact)
		return x->fact < y->fact ? -1 : 1;
	return (x->item > y->item) - (x->item < y->item);
}

static struct place *places_of(struct body *body, size_t *count)
{
	struct place *places;
	size_t n = 0;

	for (size_t i = 0; i < body->count; i++)
		n += body->facts[i].count;
	*count = n;
	places = arena_get(&body->arena, (n + 1) * sizeof *places);
	n = 0;
	for (size_t i = 0; i < body->count; i++)
		for (unsigned k = 0; k < body->facts[i].count; k++)
			places[n++] = (struct place){(uint64_t)body->facts[i].op.kind << 32 |
							     body->facts[i].items[k].tag,
				(uint32_t)i, k};
	qsort(places, n, sizeof *places, by_column);
	return places;
}

static void put_columns(struct body *body, struct buf *out)
{
	size_t count;
	struct place *places;

	for (const struct part *const *part = parts; *part; part++)
		for (size_t i = 0; i < body->count; i++)
			(*part)->put(body, i, out);
	places = places_of(body, &count);
	for (size_t i = 0; i < count; i++) {
		const struct wire_fact *fact = &body->facts[places[i].fact];
		value_put(body, fact, &fact->items[places[i].item], out);
	}
	for (size_t i = 0; i < body->count; i++)
		by_part.put(body, i, out);
}

static void put_rows(struct body *body, struct buf *out)
{
	for (size_t i = 0; i < body->count; i++) {
		for (const struct part *const *part = parts; *part; part++)
			(*part)->put(body, i, out);
		values_part.put(body, i, out);
		by_part.put(body, i, out);
	}
}

void body_put(struct buf *out, const struct fact *facts, size_t n, bool columns,
	const struct body_ways *ways)
{
	struct body body = {.ways = ways};
	struct buf all = {0};
	uint8_t hash[HASH_SIZE];

	prepare(&body, facts, n);
	buf_byte(out, columns);
	put_varint(out, n);
	put_sites(&body, out);
	put_varint(out, (uint64_t)body.hour);
	if (columns)
		put_columns(&body, out);
	else
		put_rows(&body, out);
	for (size_t i = 0; i < n; i++)
		buf_put(&all, facts[i].raw.at, facts[i].raw.len);
	if (n) {
		crypt_hash(buf_bytes(&all), hash);
		buf_put(out, hash, CHECK_SIZE);
	}
	buf_release(&all);
	arena_release(&body.arena);
}

static bool take_sites(struct body *body, struct bytes *in)
{
	uint64_t n;
	size_t known = 1;

	if (!take_varint(in, &n) || n >> BODY_CHAIN > in->len / SITE_SIZE ||
		n >> BODY_CHAIN > LIMIT_FRAME_SITES)
		return false;
	body->sites = arena_get(
		&body->arena, ((size_t)(n >> BODY_CHAIN) + 1 + BODY_CHAIN) * sizeof *body->sites);
	body->sites[0] =
		(struct known_site){.site = body->ways->sender, .area = body->ways->sender_area};
	for (unsigned i = 0; i < BODY_CHAIN; i++)
		if (n & (1u << i)) {
			if (!body->ways->chain[i])
				return false;
			body->sites[known++].site = body->ways->chain[i];
		}
	body->site_count = (size_t)(n >> BODY_CHAIN) + known;
	for (size_t i = known; i < body->site_count; i++) {
		body->sites[i].site = low_get(in->at, SITE_SIZE);
		*in = bytes_of(in->at + SITE_SIZE, in->len - SITE_SIZE);
		if (!body->sites[i].site)
			return false;
	}
	place_sites(body);
	return true;
}

static bool take_columns(struct body *body, struct bytes *in)
{
	size_t count;
	struct place *places;

	for (const struct part *const *part = parts; *part; part++)
		for (size_t i = 0; i < body->count; i++)
			if (!(*part)->take(body, i, in))
				return false;
	places = places_of(body, &count);
	for (size_t i = 0; i < count; i++) {
		struct wire_fact *fact = &body->facts[places[i].fact];
		if (!value_take(body, fact, &fact->items[places[i].item], in))
			return false;
	}
	for (size_t i = 0; i < body->count; i++)
		if (!by_part.take(body, i, in))
			return false;
	return true;
}

static bool take_rows(struct body *body, struct bytes *in)
{
	for (size_t i = 0; i < body->count; i++) {
		for (const struct part *const *part = parts; *part; part++)
			if (!(*part)->take(body, i, in))
				return false;
		if (!values_part.take(body, i, in) || !by_part.take(body, i, in))
			return false;
	}
	return true;
}

/* A decoded fact's canonical bytes; false when they are none. */
static bool raw_of(struct wire_fact *fact, struct arena *arena)
{
	struct buf fields = {0}, raw = {0};
	struct op op;
	bool good;

	if (fact->flags & IS_RAW)
		return true;
	for (unsigned i = 0; i < fact->count; i++)
		put_field(&fields, fact->items[i].tag, &fact->items[i].value);
	fact->op.body = buf_bytes(&fields);
	op_put(&raw, &fact->op);
	good = op_take(buf_bytes(&raw), &op);
	fact->raw = arena_bytes(arena, buf_bytes(&raw));
	buf_release(&fields);
	buf_release(&raw);
	return good;
}

static bool check_facts(struct body *body, struct bytes in)
{
	struct buf all = {0};
	uint8_t hash[HASH_SIZE], check[CHECK_SIZE];
	bool good = true;

	for (size_t i = 0; i < body->count && good; i++) {
		good = raw_of(&body->facts[i], &body->arena) &&
		       all.len + body->facts[i].raw.len <= LIMIT_FRAME_CONTENT;
		if (good)
			buf_put(&all, body->facts[i].raw.at, body->facts[i].raw.len);
	}
	crypt_hash(buf_bytes(&all), hash);
	check_of(hash, check);
	buf_release(&all);
	return good &&
	       (body->count ? in.len == CHECK_SIZE && !memcmp(in.at, check, CHECK_SIZE) : !in.len);
}

static bool take_body(struct body *body, struct bytes *in)
{
	uint64_t n, hour;
	bool columns;

	if (!in->len || in->at[0] > 1)
		return false;
	columns = in->at[0];
	in->at++;
	in->len--;
	if (!take_varint(in, &n) || n > in->len / FACT_LEAST + 1 || n > LIMIT_FRAME_FACTS ||
		!take_sites(body, in) || !take_varint(in, &hour) || hour > INT32_MAX)
		return false;
	body->hour = (int64_t)hour;
	body->count = (size_t)n;
	body->facts = arena_get(&body->arena, (body->count + 1) * sizeof *body->facts);
	return columns ? take_columns(body, in) : take_rows(body, in);
}

enum rc body_take(
	struct bytes in, const struct body_ways *ways, body_fn *fn, void *to, struct fault *fault)
{
	struct body body = {.ways = ways};
	enum rc rc = RC_OK;

	if (!take_body(&body, &in) || !check_facts(&body, in))
		rc = fault_set(fault, RC_BAD, "%s", _("收到的数据帧不合规范，已丢弃"));
	for (size_t i = 0; rc == RC_OK && i < body.count; i++)
		if (!fn(body.facts[i].raw, body.facts[i].sig, to))
			rc = fault_set(fault, RC_BAD, "%s", _("收到的记录被拒绝"));
	arena_release(&body.arena);
	return rc;
}
