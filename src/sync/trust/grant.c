/* SPDX-License-Identifier: GPL-3.0-or-later
 * Grants and revocations as facts: read and written.
 */
#include "sync/trust/internal.h"

#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"

#include <ctype.h>
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

void code_read(struct bytes text, char code[SITE_CODE])
{
	size_t n = 0;

	for (size_t i = 0; i < text.len && n + 1 < SITE_CODE; i++)
		if (isascii(text.at[i]) && isalnum(text.at[i]))
			code[n++] = (char)toupper(text.at[i]);
	code[n] = 0;
}

static enum level level_read(struct bytes text, uint64_t area)
{
	enum level most = area_level(area);

	for (unsigned i = 0; i < most; i++)
		if (bytes_equal(text, bytes_text(level_names[i])))
			return (enum level)i;
	return most; /* or none is named: what its area has */
}

static void take_joined(struct bytes text, struct joined *joined)
{
	uint8_t raw[JOINED_SIZE];

	if (take_hex(text, raw, sizeof raw))
		joined_take(bytes_of(raw, sizeof raw), joined);
}

static void grant_field(struct grant *grant, unsigned tag, const struct value *value)
{
	struct site *site = &grant->site;

	switch (tag) {
	case grant_name:
		bytes_into(site->name, sizeof site->name, value->text);
		break;
	case grant_code:
		code_read(value->text, site->code);
		break;
	case grant_place:
		site->area = (uint64_t)value->num;
		break;
	case grant_rights:
		site->rights = (unsigned)value->num;
		break;
	case grant_until:
		site->until = value->num;
		break;
	case grant_old:
		grant->successor.is =
			take_hex(value->text, grant->successor.old, sizeof grant->successor.old);
		break;
	case grant_vouch:
		grant->successor.vouched =
			take_hex(value->text, grant->successor.sig, sizeof grant->successor.sig);
		break;
	case grant_join:
		take_joined(value->text, &grant->joined);
		break;
	case grant_statement:
		grant->follows = take_hex(value->text, grant->statement, sizeof grant->statement);
		break;
	default:
		break;
	}
}

bool grant_read(struct bytes body, struct grant *grant)
{
	struct site *site = &grant->site;
	struct bytes level = {0, 0};
	struct value value;
	unsigned tag;
	uint8_t keys[HEX_KEYS / 2];
	bool named = false, keyed = false;

	memset(grant, 0, sizeof *grant);
	while (body.len && take_field(&body, &tag, &value)) {
		if (tag == grant_site)
			named = site_number(value.text, &site->site);
		else if (tag == grant_keys)
			keyed = take_hex(value.text, keys, sizeof keys);
		else if (tag == grant_level)
			level = value.text;
		else
			grant_field(grant, tag, &value);
	}
	if (!named || !keyed)
		return false;
	memcpy(site->sign_public, keys, SIGN_PUBLIC);
	memcpy(site->agree_public, keys + SIGN_PUBLIC, AGREE_PUBLIC);
	site->level = level_read(level, site->area);
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

/* A stamp may follow that of another, a day ahead at most: then the time stands beside it. */
int64_t revoked_since(const struct op *op)
{
	int64_t since = stamp_seconds(op->stamp);

	return op->at > 0 && op->at < since && since - op->at <= DAY_SECONDS ? op->at : since;
}

void site_revoke(struct site *site, int64_t since)
{
	site->revoked = true;
	if (!site->until || since < site->until)
		site->until = since;
}

static void put_hex_field(struct buf *body, unsigned tag, struct bytes raw)
{
	struct buf hex = {0};

	put_hex(&hex, raw.at, raw.len);
	put_text_if(body, tag, buf_cstr(&hex));
	buf_release(&hex);
}

void grant_body(
	struct store *store, const struct site *site, const uint8_t *statement, struct buf *body)
{
	struct buf keys = {0}, word = {0};
	struct joined joined;
	char number[16];

	site_hex(site->site, number);
	put_hex(&keys, site->sign_public, SIGN_PUBLIC);
	put_hex(&keys, site->agree_public, AGREE_PUBLIC);
	put_text_if(body, grant_site, number);
	put_text_if(body, grant_name, site->name);
	put_text_if(body, grant_code, site->code);
	put_text_if(body, grant_level, level_names[site->level]);
	put_num_if(body, grant_place, (int64_t)site->area);
	put_text_if(body, grant_keys, buf_cstr(&keys));
	put_num_if(body, grant_rights, site->rights);
	put_num_if(body, grant_until, site->until);
	joined_get(store, site->site, &joined);
	if (joined_good(&joined, site))
		joined_put(&joined, &word);
	put_hex_field(body, grant_join, buf_bytes(&word));
	if (statement)
		put_hex_field(body, grant_statement, bytes_of(statement, SUCCESSOR_SIZE));
	buf_release(&keys);
	buf_release(&word);
}

enum rc grant_write_at(struct store *store, const struct site *site, uint64_t area,
	const uint8_t *statement, struct fault *fault)
{
	struct buf body = {0};
	struct op op = {.kind = KIND_grant, .area = area};

	grant_body(store, site, statement, &body);
	op.body = buf_bytes(&body);
	enum rc rc = trust_say(store, site, &op, fault);
	buf_release(&body);
	return rc;
}

enum rc grant_write(struct store *store, const struct site *site, struct fault *fault)
{
	return grant_write_at(store, site, site->area, NULL, fault);
}

enum rc revocation_write(struct store *store, const struct site *named, const struct site *site,
	const char *reason, struct fault *fault)
{
	struct buf body = {0};
	char number[16];
	struct op op = {.kind = KIND_revocation, .area = site->area};
	struct site gone = *site;
	enum rc rc = store_begin(store, fault);

	if (rc)
		return rc;
	site_hex(site->site, number);
	put_text_if(&body, revocation_site, number);
	put_text_if(&body, revocation_reason, reason);
	op.body = buf_bytes(&body);
	rc = trust_say(store, named, &op, fault);
	site_revoke(&gone, revoked_since(&op));
	if (!rc)
		rc = log_site_set(store_log(store), &gone, fault);
	buf_release(&body);
	if (rc)
		store_undo(store);
	return rc ? rc : store_commit(store, fault);
}
