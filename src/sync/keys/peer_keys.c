/* SPDX-License-Identifier: GPL-3.0-or-later
 * What this store and another site know of each other's agreement keys.
 */
#include "store/rows.h"
#include "sync/keys.h"

#include "base/endian.h"
#include "store/db.h"

#include <stdio.h>
#include <string.h>

enum { BOND_MINE = 1, BOND_NUMBERED, BOND_INTRODUCE, BOND_THEIRS = 16, KEY_NUMBER = 4 };

static void peer_keys_field(struct peer_keys *peer_keys, unsigned tag, const struct value *value)
{
	if (tag == BOND_MINE)
		peer_keys->mine = (uint32_t)value->num;
	else if (tag == BOND_NUMBERED)
		peer_keys->numbered = value->num != 0;
	else if (tag == BOND_INTRODUCE)
		peer_keys->introduce = value->num != 0;
	else if (tag >= BOND_THEIRS && tag < BOND_THEIRS + KEYRING_KEYS &&
		 value->text.len == KEY_NUMBER + AGREE_PUBLIC) {
		peer_keys->theirs[tag - BOND_THEIRS].is = true;
		peer_keys->theirs[tag - BOND_THEIRS].n =
			(uint32_t)low_get(value->text.at, KEY_NUMBER);
		memcpy(peer_keys->theirs[tag - BOND_THEIRS].pub, value->text.at + KEY_NUMBER,
			AGREE_PUBLIC);
	}
}

void peer_keys_load(struct store *store, uint64_t site, struct peer_keys *peer_keys)
{
	struct buf kept = {0};
	struct value value;
	unsigned tag;

	memset(peer_keys, 0, sizeof *peer_keys);
	kv_bytes(store, kv_of(KV_KEYS, site), &kept);
	for (struct bytes in = buf_bytes(&kept); in.len && take_field(&in, &tag, &value);)
		peer_keys_field(peer_keys, tag, &value);
	buf_release(&kept);
}

enum rc peer_keys_save(
	struct store *store, uint64_t site, const struct peer_keys *peer_keys, struct fault *fault)
{
	struct buf out = {0};
	enum rc rc;

	put_num_if(&out, BOND_MINE, peer_keys->mine);
	put_num_if(&out, BOND_NUMBERED, peer_keys->numbered);
	put_num_if(&out, BOND_INTRODUCE, peer_keys->introduce);
	for (unsigned i = 0; i < KEYRING_KEYS; i++) {
		uint8_t both[KEY_NUMBER + AGREE_PUBLIC];
		struct value value = {WIRE_BYTES, 0, bytes_of(both, sizeof both)};
		if (!peer_keys->theirs[i].is)
			continue;
		low_put(both, peer_keys->theirs[i].n, KEY_NUMBER);
		memcpy(both + KEY_NUMBER, peer_keys->theirs[i].pub, AGREE_PUBLIC);
		put_field(&out, BOND_THEIRS + i, &value);
	}
	rc = kv_bytes_set(store, kv_of(KV_KEYS, site), buf_bytes(&out), fault);
	buf_release(&out);
	return rc;
}

enum rc peer_keys_take(struct store *store, uint64_t number, uint32_t n,
	const uint8_t pub[AGREE_PUBLIC], bool force, struct fault *fault)
{
	struct site site;
	struct peer_keys peer_keys;
	enum rc rc;

	if (!log_site(store_log(store), number, &site))
		return RC_OK;
	peer_keys_load(store, number, &peer_keys);
	if (peer_keys.numbered && n <= site.agree_id && !force)
		return RC_OK; /* a frame of an earlier day */
	if (peer_keys.numbered && n == site.agree_id &&
		!memcmp(site.agree_public, pub, AGREE_PUBLIC))
		return RC_OK;
	if (peer_keys.numbered) {
		peer_keys.theirs[site.agree_id % KEYRING_KEYS].is = true;
		peer_keys.theirs[site.agree_id % KEYRING_KEYS].n = site.agree_id;
		memcpy(peer_keys.theirs[site.agree_id % KEYRING_KEYS].pub, site.agree_public,
			AGREE_PUBLIC);
	}
	peer_keys.numbered = true;
	peer_keys.theirs[n % KEYRING_KEYS].is = true;
	peer_keys.theirs[n % KEYRING_KEYS].n = n;
	memcpy(peer_keys.theirs[n % KEYRING_KEYS].pub, pub, AGREE_PUBLIC);
	site.agree_id = n;
	memcpy(site.agree_public, pub, AGREE_PUBLIC);
	rc = peer_keys_save(store, number, &peer_keys, fault);
	return rc ? rc : log_site_set(store_log(store), &site, fault);
}

enum rc peer_keys_joined(
	struct store *store, const struct site *site, uint32_t ours, struct fault *fault)
{
	struct peer_keys peer_keys;
	enum rc rc;

	peer_keys_load(store, site->site, &peer_keys);
	peer_keys.mine = ours;
	rc = peer_keys_save(store, site->site, &peer_keys, fault);
	return rc ? rc
		  : peer_keys_take(
			    store, site->site, site->agree_id, site->agree_public, true, fault);
}
