/* SPDX-License-Identifier: GPL-3.0-or-later
 * The facts of one record as few bytes as can be, for digits: a body without guesses, its sites as
 * 16 bits each of those that the listener knows, packed with the shipped dictionary. The body's own
 * check tells whether the right stations were meant.
 *
 *   frame_pack( facts + 16 * sites (1) | sender (2) | 2 bytes each | body from its hour on )
 */
#include "sync/wire.h"

#include "base/endian.h"

#include <string.h>

enum { SITE_SIZE = 7, SHORT = 2, TRIES = 4096 };

/* In front of the hour a body has: columns, facts, sites. */
static struct bytes body_rest(const struct buf *body, uint64_t *sites)
{
	struct bytes in = bytes_of(body->at + 1, body->len - 1);
	uint64_t n;

	if (!take_varint(&in, &n) || !take_varint(&in, sites))
		die("%s", "spoken_put: not a body");
	*sites >>= BODY_CHAIN;
	return in;
}

bool spoken_put(
	struct buf *out, const struct fact *facts, size_t n, const struct spoken_site *sender)
{
	struct body_ways ways = {.sender = sender->site, .sender_area = sender->area};
	struct buf body = {0}, plain = {0};
	uint64_t sites;

	if (!n || n > SPOKEN_FACTS)
		return false;
	body_put(&body, facts, n, false, &ways);
	struct bytes rest = body_rest(&body, &sites);
	bool fits = sites < SPOKEN_SITES;
	if (fits) {
		buf_byte(&plain, (uint8_t)(n | sites << 4));
		buf_low(&plain, sender->site & 0xFFFF, SHORT);
		for (size_t i = 0; i < sites; i++)
			buf_put(&plain, rest.at + i * SITE_SIZE, SHORT); /* the low bytes */
		buf_put(&plain, rest.at + sites * SITE_SIZE, rest.len - sites * SITE_SIZE);
		frame_pack(out, buf_bytes(&plain), (struct bytes){0, 0});
	}
	buf_release(&body);
	buf_release(&plain);
	return fits;
}

/* ---- taken */

struct guess {
	const struct spoken_site *known;
	size_t count, sites;
	unsigned facts, tries;
	uint16_t shorts[SPOKEN_SITES]; /* the sender's first */
	size_t at[SPOKEN_SITES];       /* in KNOWN: who is meant, as it is tried */
	struct bytes rest;
};

/* The next known one from AT on that SHORT may mean; count: none. */
static size_t next_site(const struct guess *guess, uint16_t number, size_t at)
{
	while (at < guess->count && (guess->known[at].site & 0xFFFF) != number)
		at++;
	return at;
}

/* The first that each may mean. False: one is not known. */
static bool guess_first(struct guess *guess)
{
	for (size_t i = 0; i < guess->sites; i++)
		if ((guess->at[i] = next_site(guess, guess->shorts[i], 0)) == guess->count)
			return false;
	return true;
}

/* Another choice, like a counter; false after the last. */
static bool guess_next(struct guess *guess)
{
	for (size_t i = 0; i < guess->sites && ++guess->tries < TRIES; i++) {
		guess->at[i] = next_site(guess, guess->shorts[i], guess->at[i] + 1);
		if (guess->at[i] < guess->count)
			return true;
		guess->at[i] = next_site(guess, guess->shorts[i], 0);
	}
	return false;
}

static bool plain_read(struct bytes in, struct guess *guess)
{
	if (in.len < 1 + SHORT)
		return false;
	guess->facts = in.at[0] & 15;
	guess->sites = (size_t)(in.at[0] >> 4) + 1;
	in = bytes_of(in.at + 1, in.len - 1);
	if (!guess->facts || in.len < guess->sites * SHORT)
		return false;
	for (size_t i = 0; i < guess->sites; i++)
		guess->shorts[i] = (uint16_t)low_get(in.at + i * SHORT, SHORT);
	guess->rest = bytes_of(in.at + guess->sites * SHORT, in.len - guess->sites * SHORT);
	return true;
}

struct kept_facts {
	struct arena arena;
	struct bytes raw[SPOKEN_FACTS];
	size_t count;
};

static bool keep(struct bytes raw, struct bytes sig, void *to)
{
	struct kept_facts *kept = to;

	if (sig.len || kept->count == SPOKEN_FACTS)
		return false;
	kept->raw[kept->count++] = arena_bytes(&kept->arena, raw);
	return true;
}

static enum rc body_try(const struct guess *guess, struct kept_facts *kept, struct fault *fault)
{
	const struct spoken_site *sender = &guess->known[guess->at[0]];
	struct body_ways ways = {.sender = sender->site, .sender_area = sender->area};
	struct buf body = {0};

	buf_byte(&body, 0);
	put_varint(&body, guess->facts);
	put_varint(&body, (uint64_t)(guess->sites - 1) << BODY_CHAIN);
	for (size_t i = 1; i < guess->sites; i++)
		buf_low(&body, guess->known[guess->at[i]].site, SITE_SIZE);
	buf_put(&body, guess->rest.at, guess->rest.len);
	kept->count = 0;
	enum rc rc = body_take(buf_bytes(&body), &ways, keep, kept, fault);
	buf_release(&body);
	return rc;
}

static enum rc wrong_whole(struct fault *fault)
{
	return fault_set(fault, RC_BAD, "%s", _("各组都对，整条的校验不对：请对方从第 1 组重念"));
}

static enum rc take_plain(
	struct bytes plain, struct guess *guess, struct kept_facts *kept, struct fault *fault)
{
	if (!plain_read(plain, guess))
		return wrong_whole(fault);
	if (!guess_first(guess))
		return fault_set(fault, RC_DENIED, "%s",
			_("念的是本站不认识的站点的记录，没有收：不是念错，就是它还没有入网"));
	do
		if (body_try(guess, kept, NULL) == RC_OK)
			return RC_OK;
	while (guess_next(guess));
	return wrong_whole(fault);
}

enum rc spoken_take(struct bytes in, const struct spoken_site known[], size_t count, body_fn *fn,
	void *to, struct fault *fault)
{
	struct guess guess = {.known = known, .count = count};
	struct kept_facts kept = {0};
	struct buf plain = {0};
	enum rc rc = frame_unpack(&plain, in, (struct bytes){0, 0}, fault);

	if (rc)
		rc = wrong_whole(fault);
	else
		rc = take_plain(buf_bytes(&plain), &guess, &kept, fault);
	for (size_t i = 0; i < kept.count && !rc; i++)
		if (!fn(kept.raw[i], (struct bytes){0, 0}, to))
			rc = fault_set(fault, RC_BAD, "%s", _("收到的记录被拒绝"));
	arena_release(&kept.arena);
	buf_release(&plain);
	return rc;
}
