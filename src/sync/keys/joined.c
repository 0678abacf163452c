/* SPDX-License-Identifier: GPL-3.0-or-later
 * A station's own word for where it joined. Whoever stands above or below can check by it that the
 * station itself took the area and the level that its grant says.
 */
#include "store/db.h"
#include "base/endian.h"
#include "store/rows.h"
#include "sync/keys/internal.h"

#include <string.h>

enum { NUMBER_SIZE = 8, SITE_SIZE = 7 };

/* What is signed. The beginning is that of nothing else that a signing key ever signs. */
static void say(const struct joined *joined, const struct site *site, struct buf *out)
{
	buf_text(out, "outpost join ");
	buf_low(out, joined->number, NUMBER_SIZE);
	buf_low(out, joined->hub, SITE_SIZE);
	buf_put(out, site->sign_public, SIGN_PUBLIC);
	put_varint(out, site->area);
	buf_byte(out, (uint8_t)site->level);
	buf_put(out, joined->digest, HASH_SIZE);
}

void joined_sign(struct joined *joined, const struct keys *keys, const struct site *site)
{
	struct buf said = {0};

	say(joined, site, &said);
	crypt_sign(keys, buf_bytes(&said), joined->sig);
	buf_release(&said);
}

bool joined_good(const struct joined *joined, const struct site *site)
{
	struct buf said = {0};

	if (!joined->number)
		return false;
	say(joined, site, &said);
	bool good = crypt_signed(site->sign_public, buf_bytes(&said), joined->sig);
	buf_release(&said);
	return good;
}

void joined_put(const struct joined *joined, struct buf *out)
{
	if (!joined->number)
		return;
	buf_low(out, joined->number, NUMBER_SIZE);
	buf_low(out, joined->hub, SITE_SIZE);
	buf_put(out, joined->digest, HASH_SIZE);
	buf_put(out, joined->sig, SIGN_SIZE);
}

bool joined_take(struct bytes in, struct joined *joined)
{
	memset(joined, 0, sizeof *joined);
	if (in.len != JOINED_SIZE)
		return false;
	joined->number = low_get(in.at, NUMBER_SIZE);
	joined->hub = low_get(in.at + NUMBER_SIZE, SITE_SIZE);
	memcpy(joined->digest, in.at + NUMBER_SIZE + SITE_SIZE, HASH_SIZE);
	memcpy(joined->sig, in.at + NUMBER_SIZE + SITE_SIZE + HASH_SIZE, SIGN_SIZE);
	return joined->number != 0;
}

void joined_get(struct store *store, uint64_t site, struct joined *joined)
{
	struct buf kept = {0};

	kv_bytes(store, kv_of(KV_JOINED, site), &kept);
	joined_take(buf_bytes(&kept), joined);
	buf_release(&kept);
}

enum rc joined_set(
	struct store *store, uint64_t site, const struct joined *joined, struct fault *fault)
{
	struct buf out = {0};

	joined_put(joined, &out);
	enum rc rc = kv_bytes_set(store, kv_of(KV_JOINED, site), buf_bytes(&out), fault);
	buf_release(&out);
	return rc;
}
