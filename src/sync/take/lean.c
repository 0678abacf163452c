/* SPDX-License-Identifier: GPL-3.0-or-later
 * Frames that leave out what both ends know: a question behind an answer that both count, and the
 * answer to it. The number, what each remembers of the other, the clock and the question are bound
 * into the tag, so whoever knows another thing cannot open it, and asks for a whole frame.
 */
#include "store/db.h"
#include "store/station.h"
#include "sync/keys.h"
#include "sync/take/internal.h"
#include "sync/wire/internal.h"

#include "base/endian.h"

#include <string.h>

enum {
	AHEAD = 8,  /* numbers that may lie between two questions: of carry files, say */
	LOOKED = 8, /* stations that may have the same high bytes */
	TICK = 64,  /* milliseconds: two bytes of them go round in 70 minutes */
	HINTS = 1024
};
static const int64_t ROUND = 1 << 16;

/* ---- writing */

static bool moves_on(unsigned mask, const uint64_t cursor[LANES], const uint64_t from[LANES])
{
	for (unsigned lane = 0; lane < LANES; lane++)
		if ((mask & 1u << lane) && cursor[lane] < from[lane])
			return false;
	return true;
}

/* A clock that has gone back since the last answer is no clock to reckon with. */
static bool may_ask(struct store *store, uint64_t site, const struct message *ask)
{
	return ask->number > ask->heard && ask->number - ask->heard <= AHEAD &&
	       moves_on(ask->got_mask, ask->got, ask->told) &&
	       moves_on(ask->sent_mask, ask->sent, ask->before) && lean_reads(store, site);
}

unsigned lean_form(struct store *store, uint64_t site, const struct message *message,
	const uint8_t *question, struct lean *lean)
{
	*lean = (struct lean){.sender = store_station(store)->site, .number = message->number};
	if (message->full)
		return 0;
	memcpy(lean->got, message->told, sizeof lean->got);
	if (message->type == MESSAGE_ASK && may_ask(store, site, message)) {
		lean->memory = message->memory;
		memcpy(lean->sent, message->before, sizeof lean->sent);
		return LEAN_ASK;
	}
	if (message->type == MESSAGE_ANSWER && message->status == ANSWER_DONE && question &&
		moves_on(message->got_mask, message->got, message->told)) {
		lean->time = message->time & -TICK;
		memcpy(lean->question, question, HASH_SIZE);
		return LEAN_ANSWER;
	}
	return 0;
}

void lean_clock_put(struct buf *out, const struct lean *lean)
{
	buf_low(out, (uint64_t)(lean->time / TICK), LEAN_CLOCK);
}

/* The time nearest to NOW with the low bytes that stand in front. */
static int64_t clock_near(const uint8_t *at, int64_t now)
{
	int64_t ticks = now / TICK, off = (int64_t)low_get(at, LEAN_CLOCK) - ticks;

	off = (off % ROUND + ROUND) % ROUND;
	return (ticks + (off < ROUND / 2 ? off : off - ROUND)) * TICK;
}

/* ---- reading: at the hub, what it remembers of each station that it may be of is tried */

struct trying {
	struct store *store;
	struct bytes frame;
	struct lean_read *read;
	unsigned tried;
};

static uint64_t hints[HINTS]; /* who it was the last time, and who had to ask whole since */

/* What this hub and SITE count as said. */
static bool remembered(struct store *store, uint64_t site, struct lean *lean, struct heard *heard)
{
	struct peer_lane lane;
	struct fault fault;

	*lean = (struct lean){.sender = site};
	if (heard_get(store, site, heard, &fault) != RC_OK)
		return false;
	for (unsigned i = 0; i < LANES; i++) {
		if (log_peer_lane(store_log(store), site, i, &lane, &fault) != RC_OK)
			return false;
		lean->got[i] = lane.got;
		lean->sent[i] = lane.confirmed;
	}
	lean->memory =
		memory_of(log_number(store_log(store)), heard->number, lean->got, lean->sent);
	return true;
}

/* The next question, or one of the next if some were never heard. */
static bool fits_next(const struct trying *trying, const struct seal_key *key, uint64_t site,
	const uint8_t hash[HASH_SIZE])
{
	struct lean *lean = &trying->read->lean;
	struct heard heard;

	if (!remembered(trying->store, site, lean, &heard))
		return false;
	session_state(&(struct session_ends){store_station(trying->store)->site, site},
		buf_bytes(&trying->read->content), lean);
	for (unsigned i = 1; i <= AHEAD; i++) {
		lean->number = heard.number + i;
		if (lean_proven(key, lean, trying->frame, hash))
			return true;
	}
	/* The same question once more. */
	lean->number = heard.number;
	lean->memory = heard.memory;
	lean->again = true;
	return lean_proven(key, lean, trying->frame, hash);
}

static bool try_site(const struct site *site, void *to)
{
	struct trying *trying = to;
	struct lean_read *read = trying->read;
	uint8_t hash[HASH_SIZE];
	struct seal_key key;

	if (!site->area)
		return true;
	if (++trying->tried > LOOKED)
		return false;
	read->site = *site;
	read->has_key =
		frame_key(trying->store, site, trying->frame.at[1], false, &key, &read->key_number);
	buf_clear(&read->content);
	read->proven = read->has_key && lean_open(&read->content, &key, trying->frame, hash) &&
		       fits_next(trying, &key, site->site, hash);
	explicit_bzero(&key, sizeof key);
	return !read->proven;
}

void lean_hint(uint64_t site)
{
	hints[(site >> LEAN_SHIFT) % HINTS] = site;
}

static bool is_of(uint64_t site, struct bytes frame)
{
	return site >> LEAN_SHIFT == lean_site(frame);
}

bool lean_may_be_of(uint64_t site, struct bytes frame)
{
	return lean_version(frame) == LEAN_ASK && is_of(site, frame);
}

void lean_read_ask(struct store *store, struct bytes frame, struct lean_read *read)
{
	struct trying trying = {store, frame, read, 0};
	uint64_t hint = hints[lean_site(frame) % HINTS];
	uint64_t first = (uint64_t)lean_site(frame) << LEAN_SHIFT;
	struct site site;
	struct fault fault;

	memset(read, 0, sizeof *read);
	if (hint && is_of(hint, frame) && log_site(store_log(store), hint, &site))
		try_site(&site, &trying);
	if (!read->proven) {
		trying.tried = 0;
		if (log_sites_between(store_log(store), first,
			    first + (UINT64_C(1) << LEAN_SHIFT) - 1, try_site, &trying,
			    &fault) != RC_OK)
			read->proven = false;
	}
	/* Nobody can say whose it is, if it may be of several. */
	read->one = trying.tried == 1 || read->proven;
	if (read->proven)
		lean_hint(read->site.site);
}

bool lean_read_answer(struct store *store, const struct site *above, struct bytes frame,
	const struct lean *asked, struct lean_read *read)
{
	uint8_t hash[HASH_SIZE];
	struct seal_key key;

	memset(read, 0, sizeof *read);
	read->site = *above;
	read->lean = *asked;
	read->lean.sender = above->site;
	if (!frame_key(store, above, frame.at[1], false, &key, &read->key_number))
		return false;
	if (lean_open(&read->content, &key, frame, hash) && read->content.len > LEAN_CLOCK) {
		read->lean.time = clock_near(read->content.at, asked->time);
		read->proven = lean_proven(&key, &read->lean, frame, hash);
	}
	explicit_bzero(&key, sizeof key);
	return read->proven;
}

void lean_read_release(struct lean_read *read)
{
	buf_release(&read->content);
}
