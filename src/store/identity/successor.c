/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who follows a hub whose site has ended, as a signed fact: a grant that the new site writes for
 * itself.
 */
#include "store/identity.h"
#include "store/rows/internal.h"

#include "model/kinds.h"

#include <stdio.h>
#include <string.h>

void successor_say(const uint8_t old_public[SIGN_PUBLIC], const uint8_t new_public[SIGN_PUBLIC],
	uint64_t area, struct buf *out)
{
	buf_text(out, "outpost heir ");
	buf_put(out, old_public, SIGN_PUBLIC);
	buf_put(out, new_public, SIGN_PUBLIC);
	put_varint(out, area);
}

static void put_hex(struct buf *body, unsigned tag, struct bytes one, struct bytes two)
{
	struct buf hex = {0};
	for (size_t i = 0; i < one.len + two.len; i++)
		buf_fmt(&hex, "%02x", i < one.len ? one.at[i] : two.at[i - one.len]);
	struct value value = value_text(buf_cstr(&hex));
	put_field(body, tag, &value);
	buf_release(&hex);
}

static bool has_below(struct store *store, uint64_t site)
{
	struct sql sql = sql_open(store->db, "SELECT 1 FROM site WHERE above=? LIMIT 1");
	sql_num(&sql, (int64_t)site);
	bool has = sql_row(&sql);
	return sql_end(&sql, NULL) == RC_OK && has;
}

/* SIG: of the old one; NULL: nobody has its key any more. */
static void put_successor(
	struct store *store, const uint8_t *old_public, const uint8_t *sig, struct buf *body)
{
	const struct station *now = &store->station;
	struct value place = value_num((int64_t)now->area);
	struct bytes none = {0, 0};
	char number[16];
	site_hex(now->site, number);
	put_text_if(body, grant_site, number);
	put_text_if(body, grant_name, now->name);
	put_text_if(body, grant_code, now->code);
	put_text_if(body, grant_level, level_names[now->level]);
	put_field(body, grant_place, &place);
	put_hex(body, grant_keys, bytes_of(store->keys.sign_public, SIGN_PUBLIC),
		bytes_of(store->keys.agree_public, AGREE_PUBLIC));
	put_hex(body, grant_old, bytes_of(old_public, SIGN_PUBLIC), none);
	if (sig)
		put_hex(body, grant_vouch, bytes_of(sig, SIGN_SIZE), none);
}

enum rc successor_write_deed(struct store *store, const uint8_t old_public[SIGN_PUBLIC],
	const uint8_t sig[SIGN_SIZE], struct fault *fault)
{
	struct op op = {.kind = KIND_grant};
	struct buf body = {0};
	put_successor(store, old_public, sig, &body);
	op.body = buf_bytes(&body);
	enum rc rc = store_write_one(store, &op, fault);
	buf_release(&body);
	return rc;
}

enum rc successor_write(struct store *store, const struct station *old, const struct keys *keys,
	struct fault *fault)
{
	struct site site;
	uint8_t sig[SIGN_SIZE];
	struct buf said = {0};
	if (old->joined || !has_below(store, old->site) || !log_site(&store->log, old->site, &site))
		return RC_OK;
	bool vouched = memcmp(keys->sign_public, site.sign_public, SIGN_PUBLIC) == 0;
	if (vouched) {
		successor_say(
			site.sign_public, store->keys.sign_public, store->station.area, &said);
		crypt_sign(keys, buf_bytes(&said), sig);
		buf_release(&said);
	}
	return successor_write_deed(store, site.sign_public, vouched ? sig : NULL, fault);
}
