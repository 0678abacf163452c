/* SPDX-License-Identifier: GPL-3.0-or-later
 * Grants and revocations as facts: read and written.
 */
#include "sync/inside.h"

#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"

#include <stdio.h>
#include <string.h>

enum { HEX_KEYS = (SIGN_PUBLIC + AGREE_PUBLIC) * 2 };

static void put_hex(struct buf *out, const uint8_t *at, size_t len)
{
	for (size_t i = 0; i < len; i++)
		buf_fmt(out, "%02x", at[i]);
}

static bool take_hex(struct bytes text, uint8_t *out, size_t len)
{
	if (text.len != len * 2)
		return false;
	for (size_t i = 0; i < len * 2; i++) {
		int c = text.at[i], digit = c >= '0' && c <= '9'   ? c - '0'
					    : c >= 'a' && c <= 'f' ? c - 'a' + 10
								   : -1;
		if (digit < 0)
			return false;
		out[i / 2] = (uint8_t)(i % 2 ? out[i / 2] | digit : digit << 4);
	}
	return true;
}

static bool site_number(struct bytes text, uint64_t *site)
{
	uint8_t bytes[7];

	if (!take_hex(text, bytes, sizeof bytes))
		return false;
	*site = 0;
	for (unsigned i = 0; i < sizeof bytes; i++)
		*site = *site << 8 | bytes[i];
	return *site != 0;
}

bool grant_read(struct bytes body, struct site *site, struct heir *heir)
{
	struct value value;
	unsigned tag;
	uint8_t keys[HEX_KEYS / 2];
	bool named = false, keyed = false;

	memset(site, 0, sizeof *site);
	memset(heir, 0, sizeof *heir);
	while (body.len && take_field(&body, &tag, &value)) {
		int len = (int)value.text.len;
		const char *text = (const char *)value.text.at;
		switch (tag) {
		case grant_site:
			named = site_number(value.text, &site->site);
			break;
		case grant_name:
			snprintf(site->name, sizeof site->name, "%.*s", len, text);
			break;
		case grant_code:
			snprintf(site->code, sizeof site->code, "%.*s", len, text);
			break;
		case grant_place:
			site->area = (uint64_t)value.num;
			break;
		case grant_keys:
			keyed = take_hex(value.text, keys, sizeof keys);
			break;
		case grant_rights:
			site->rights = (unsigned)value.num;
			break;
		case grant_until:
			site->until = value.num;
			break;
		case grant_old:
			heir->is = take_hex(value.text, heir->old, sizeof heir->old);
			break;
		case grant_vouch:
			heir->vouched = take_hex(value.text, heir->sig, sizeof heir->sig);
			break;
		default:
			break;
		}
	}
	if (!named || !keyed)
		return false;
	memcpy(site->sign_public, keys, SIGN_PUBLIC);
	memcpy(site->agree_public, keys + SIGN_PUBLIC, AGREE_PUBLIC);
	site->level = area_level(site->area);
	/* Whoever claims a number can prove it: it is the hash of the key. */
	return site_of(site->sign_public) == site->site;
}

bool revocation_read(struct bytes body, uint64_t *site)
{
	struct value value;
	unsigned tag;

	*site = 0;
	while (body.len && take_field(&body, &tag, &value))
		if (tag == revocation_site && !site_number(value.text, site))
			return false;
	return *site != 0;
}

void site_revoke(struct site *site, int64_t since)
{
	site->revoked = true;
	if (!site->until || since < site->until)
		site->until = since;
}

enum rc grant_write_at(
	struct store *store, const struct site *site, uint64_t area, struct fault *fault)
{
	struct buf body = {0}, keys = {0};
	char number[16];
	struct op op = {.kind = KIND_grant, .area = area};
	enum rc rc;

	snprintf(number, sizeof number, "%014llx", (unsigned long long)site->site);
	put_hex(&keys, site->sign_public, SIGN_PUBLIC);
	put_hex(&keys, site->agree_public, AGREE_PUBLIC);
	put_text_if(&body, grant_site, number);
	put_text_if(&body, grant_name, site->name);
	put_text_if(&body, grant_code, site->code);
	put_text_if(&body, grant_level, level_names[site->level]);
	put_num_if(&body, grant_place, (int64_t)site->area);
	put_text_if(&body, grant_keys, buf_cstr(&keys));
	put_num_if(&body, grant_rights, site->rights);
	put_num_if(&body, grant_until, site->until);
	op.body = buf_bytes(&body);
	rc = store_write(store, &op, fault);
	buf_release(&body);
	buf_release(&keys);
	return rc;
}

enum rc grant_write(struct store *store, const struct site *site, struct fault *fault)
{
	return grant_write_at(store, site, site->area, fault);
}

enum rc revocation_write(
	struct store *store, const struct site *site, const char *reason, struct fault *fault)
{
	struct buf body = {0};
	char number[16];
	struct op op = {.kind = KIND_revocation, .area = site->area};
	struct site gone = *site;
	enum rc rc = store_begin(store, fault);

	if (rc)
		return rc;
	snprintf(number, sizeof number, "%014llx", (unsigned long long)site->site);
	put_text_if(&body, revocation_site, number);
	put_text_if(&body, revocation_reason, reason);
	op.body = buf_bytes(&body);
	rc = store_write(store, &op, fault);
	site_revoke(&gone, stamp_seconds(op.stamp));
	if (!rc)
		rc = log_site_set(store_log(store), &gone, fault);
	buf_release(&body);
	if (rc)
		store_undo(store);
	return rc ? rc : store_commit(store, fault);
}
