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

static void bond_field(struct bond *bond, unsigned tag, const struct value *value)
{
	if (tag == BOND_MINE)
		bond->mine = (uint32_t)value->num;
	else if (tag == BOND_NUMBERED)
		bond->numbered = value->num != 0;
	else if (tag == BOND_INTRODUCE)
		bond->introduce = value->num != 0;
	else if (tag >= BOND_THEIRS && tag < BOND_THEIRS + RING_KEYS &&
		 value->text.len == KEY_NUMBER + AGREE_PUBLIC) {
		bond->theirs[tag - BOND_THEIRS].is = true;
		bond->theirs[tag - BOND_THEIRS].n = (uint32_t)low_get(value->text.at, KEY_NUMBER);
		memcpy(bond->theirs[tag - BOND_THEIRS].pub, value->text.at + KEY_NUMBER,
			AGREE_PUBLIC);
	}
}

void bond_load(struct store *store, uint64_t site, struct bond *bond)
{
	struct buf kept = {0};
	struct value value;
	unsigned tag;

	memset(bond, 0, sizeof *bond);
	kv_bytes(store, kv_of(KV_KEYS, site), &kept);
	for (struct bytes in = buf_bytes(&kept); in.len && take_field(&in, &tag, &value);)
		bond_field(bond, tag, &value);
	buf_release(&kept);
}

enum rc bond_save(struct store *store, uint64_t site, const struct bond *bond, struct fault *fault)
{
	struct buf out = {0};
	enum rc rc;

	put_num_if(&out, BOND_MINE, bond->mine);
	put_num_if(&out, BOND_NUMBERED, bond->numbered);
	put_num_if(&out, BOND_INTRODUCE, bond->introduce);
	for (unsigned i = 0; i < RING_KEYS; i++) {
		uint8_t both[KEY_NUMBER + AGREE_PUBLIC];
		struct value value = {WIRE_BYTES, 0, bytes_of(both, sizeof both)};
		if (!bond->theirs[i].is)
			continue;
		low_put(both, bond->theirs[i].n, KEY_NUMBER);
		memcpy(both + KEY_NUMBER, bond->theirs[i].pub, AGREE_PUBLIC);
		put_field(&out, BOND_THEIRS + i, &value);
	}
	rc = kv_bytes_set(store, kv_of(KV_KEYS, site), buf_bytes(&out), fault);
	buf_release(&out);
	return rc;
}

enum rc bond_take(struct store *store, uint64_t number, uint32_t n, const uint8_t pub[AGREE_PUBLIC],
	bool force, struct fault *fault)
{
	struct site site;
	struct bond bond;
	enum rc rc;

	if (!log_site(store_log(store), number, &site))
		return RC_OK;
	bond_load(store, number, &bond);
	if (bond.numbered && n <= site.agree_id && !force)
		return RC_OK; /* a frame of an earlier day */
	if (bond.numbered && n == site.agree_id && !memcmp(site.agree_public, pub, AGREE_PUBLIC))
		return RC_OK;
	if (bond.numbered) {
		bond.theirs[site.agree_id % RING_KEYS].is = true;
		bond.theirs[site.agree_id % RING_KEYS].n = site.agree_id;
		memcpy(bond.theirs[site.agree_id % RING_KEYS].pub, site.agree_public, AGREE_PUBLIC);
	}
	bond.numbered = true;
	bond.theirs[n % RING_KEYS].is = true;
	bond.theirs[n % RING_KEYS].n = n;
	memcpy(bond.theirs[n % RING_KEYS].pub, pub, AGREE_PUBLIC);
	site.agree_id = n;
	memcpy(site.agree_public, pub, AGREE_PUBLIC);
	rc = bond_save(store, number, &bond, fault);
	return rc ? rc : log_site_set(store_log(store), &site, fault);
}

enum rc bond_joined(
	struct store *store, const struct site *site, uint32_t ours, struct fault *fault)
{
	struct bond bond;
	enum rc rc;

	bond_load(store, site->site, &bond);
	bond.mine = ours;
	rc = bond_save(store, site->site, &bond, fault);
	return rc ? rc
		  : bond_take(store, site->site, site->agree_id, site->agree_public, true, fault);
}
