/* SPDX-License-Identifier: GPL-3.0-or-later
 * What src/sync/keys shows to the other rooms of its floor.
 */
#ifndef SYNC_KEYS_INTERNAL_H
#define SYNC_KEYS_INTERNAL_H

#include "store/peer.h"
#include "sync/keys/keyring.h"

struct store;

/* ---- a station's own word for its place (joined.c) */

struct joined {
	uint64_t number; /* of its joins, the newest is the highest; 0: it has given no word */
	uint64_t hub;    /* whose invitation it took */
	uint8_t digest[HASH_SIZE],
		sig[SIGN_SIZE]; /* digest: of its question, the secret included */
};
enum { JOINED_SIZE = 8 + 7 + HASH_SIZE + SIGN_SIZE };
/* For the key, area and level of SITE. */
void joined_sign(struct joined *joined, const struct keys *keys, const struct site *site);
bool joined_good(const struct joined *joined, const struct site *site);
void joined_put(const struct joined *joined, struct buf *out); /* JOINED_SIZE bytes, or none */
bool joined_take(struct bytes in, struct joined *joined);
/* What is kept of SITE's last word; number 0: nothing. */
void joined_get(struct store *store, uint64_t site, struct joined *joined);
enum rc joined_set(struct store *store, uint64_t site, const struct joined *joined,
	struct fault *fault) MUST_CHECK;

/* ---- what proves a mark to its author beyond the station in between (mark_mac.c) */

struct mark_maker {
	struct store *store;
	uint64_t author; /* the last one, whose KEY is kept: making one costs 0.1 ms */
	bool good;
	uint8_t key[HASH_SIZE];
};
/* For a mark of this station's own holding; 0: no key of its author is known. Wipe the maker. */
uint64_t mark_mac(struct mark_maker *maker, const struct mark *mark);
/* MARK is of this station's facts, and its holder has made it. */
bool mark_proven(struct store *store, const struct mark *mark);

#endif
