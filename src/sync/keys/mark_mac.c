/* SPDX-License-Identifier: GPL-3.0-or-later
 * The proof that a mark is its holder's word: 8 bytes that only holder and author can make.
 * Stations in between pass them on. The key is made from the signing keys, which both know from the
 * chain and which stay as long as a site does.
 */
#include "store/station.h"
#include "base/endian.h"
#include "sync/keys/internal.h"

#include <string.h>

enum { SITE_SIZE = 7 };

/* False: one of both keys is none. */
static bool pair_key(const struct keys *own, const uint8_t *other, uint64_t holder, uint64_t author,
	uint8_t key[HASH_SIZE])
{
	static const char label[] = "outpost mark ";
	uint8_t shared[HASH_SIZE];
	struct buf said = {0};
	bool good = crypt_sign_agree(shared, own, other);

	buf_text(&said, label);
	buf_low(&said, holder, SITE_SIZE);
	buf_low(&said, author, SITE_SIZE);
	crypt_mac(shared, buf_bytes(&said), key);
	explicit_bzero(shared, sizeof shared);
	buf_release(&said);
	return good;
}

/* Never 0, which means that there is none. */
static uint64_t mac_of(const uint8_t key[HASH_SIZE], const struct mark *mark)
{
	struct buf said = {0};
	uint8_t hash[HASH_SIZE];
	uint64_t mac = 0;

	buf_low(&said, mark->holder, SITE_SIZE);
	buf_low(&said, mark->site, SITE_SIZE);
	buf_low(&said, mark->lane, 1);
	buf_low(&said, mark->store, sizeof mark->store);
	buf_low(&said, mark->upto, sizeof mark->upto);
	crypt_mac(key, buf_bytes(&said), hash);
	mac = low_get(hash, sizeof mac);
	buf_release(&said);
	return mac ? mac : 1;
}

uint64_t mark_mac(struct mark_maker *maker, const struct mark *mark)
{
	struct site author;

	if (!maker->author || maker->author != mark->site) {
		maker->author = mark->site;
		maker->good = log_site(store_log(maker->store), mark->site, &author) &&
			      pair_key(store_keys(maker->store), author.sign_public, mark->holder,
				      mark->site, maker->key);
	}
	return maker->good ? mac_of(maker->key, mark) : 0;
}

bool mark_proven(struct store *store, const struct mark *mark)
{
	struct site holder;
	uint8_t key[HASH_SIZE];
	bool good =
		mark->mac && mark->site == store_station(store)->site &&
		log_site(store_log(store), mark->holder, &holder) && !holder.revoked &&
		pair_key(store_keys(store), holder.sign_public, mark->holder, mark->site, key) &&
		mac_of(key, mark) == mark->mac;

	explicit_bzero(key, sizeof key);
	return good;
}
