/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who is who: grants and revocations are signed facts that travel like any other. A station
 * believes what is signed by a site that stands above the granted area and is itself believed; the
 * chain ends at the key that was pinned when the station joined. No network is asked.
 */
#include "sync/inside.h"

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

/* What a grant's fields say. */
static bool grant_read(struct bytes body, struct site *site)
{
	struct value value;
	unsigned tag;
	uint8_t keys[HEX_KEYS / 2];
	bool named = false, keyed = false;

	memset(site, 0, sizeof *site);
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

/* Is the author believed, and does it stand above AREA? */
static bool may_grant(struct log *log, const struct op *op, uint64_t area)
{
	struct site author;
	struct buf raw = {0};
	bool good;

	if (!log_site(log, op->site, &author) || author.revoked || !author.area ||
		!area_within(area, author.area) || area == author.area)
		return false; /* nobody says of itself what it may */
	op_put(&raw, op);
	good = op->sig.len == SIGN_SIZE &&
	       crypt_signed(author.sign_public, buf_bytes(&raw), op->sig.at);
	buf_release(&raw);
	return good;
}

struct again {
	struct log *log;
	struct fault *fault;
	enum rc rc;
};

static bool take_again(const struct fact *fact, void *to)
{
	struct again *again = to;
	struct op op;

	if (op_take(fact->raw, &op)) {
		op.sig = fact->sig;
		again->rc = trust_take(again->log, &op, again->fault);
	}
	return !again->rc;
}

/* What a site granted and revoked may have come before its own grant: by a stick, or in the order
 * of another store. */
static enum rc take_earlier(struct log *log, uint64_t site, struct fault *fault)
{
	const uint32_t upto[LANES] = {[LANE_ALARM] = UINT32_MAX};
	struct again again = {log, fault, RC_OK};
	enum rc rc = log_recent(log, site, upto, SIZE_MAX, take_again, &again, fault);

	return rc ? rc : again.rc;
}

static enum rc take_grant(struct log *log, const struct op *op, struct fault *fault)
{
	static const uint8_t none[AGREE_PUBLIC];
	struct site site, known;
	bool fresh = true;
	enum rc rc;

	if (!grant_read(op->body, &site) || !may_grant(log, op, site.area))
		return RC_OK; /* kept as a fact, believed by nobody */
	site.above = op->site;
	if (log_site(log, site.site, &known)) {
		site.revoked = known.revoked;
		site.ended = known.ended;
		site.agree_id = known.agree_id;
		/* A grant tells the key of the day it was written; what came since is newer. */
		if (memcmp(known.agree_public, none, AGREE_PUBLIC) != 0)
			memcpy(site.agree_public, known.agree_public, AGREE_PUBLIC);
		fresh = !known.area;
	}
	rc = log_site_set(log, &site, fault);
	return rc || !fresh ? rc : take_earlier(log, site.site, fault);
}

static enum rc take_revocation(struct log *log, const struct op *op, struct fault *fault)
{
	struct bytes body = op->body;
	struct value value;
	struct site known;
	uint64_t site = 0;
	unsigned tag;

	while (body.len && take_field(&body, &tag, &value))
		if (tag == revocation_site)
			site_number(value.text, &site);
	if (!site || !log_site(log, site, &known) || !may_grant(log, op, known.area))
		return RC_OK;
	known.revoked = true;
	return log_site_set(log, &known, fault);
}

enum rc trust_take(struct log *log, const struct op *op, struct fault *fault)
{
	if (op->step)
		return RC_OK;
	if (op->kind == KIND_grant)
		return take_grant(log, op, fault);
	if (op->kind == KIND_revocation)
		return take_revocation(log, op, fault);
	return RC_OK;
}

static void put_text(struct buf *body, unsigned tag, const char *text)
{
	struct value value = value_text(text);

	if (*text)
		put_field(body, tag, &value);
}

static void put_number(struct buf *body, unsigned tag, int64_t number)
{
	struct value value = value_num(number);

	if (number)
		put_field(body, tag, &value);
}

enum rc grant_write(struct store *store, const struct site *site, struct fault *fault)
{
	struct buf body = {0}, keys = {0};
	char number[16];
	struct op op = {.kind = KIND_grant, .area = site->area};
	enum rc rc;

	snprintf(number, sizeof number, "%014llx", (unsigned long long)site->site);
	put_hex(&keys, site->sign_public, SIGN_PUBLIC);
	put_hex(&keys, site->agree_public, AGREE_PUBLIC);
	put_text(&body, grant_site, number);
	put_text(&body, grant_name, site->name);
	put_text(&body, grant_code, site->code);
	put_text(&body, grant_level, level_names[site->level]);
	put_number(&body, grant_place, (int64_t)site->area);
	put_text(&body, grant_keys, buf_cstr(&keys));
	put_number(&body, grant_rights, site->rights);
	put_number(&body, grant_until, site->until);
	op.body = buf_bytes(&body);
	rc = store_write(store, &op, fault);
	buf_release(&body);
	buf_release(&keys);
	return rc;
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
	put_text(&body, revocation_site, number);
	put_text(&body, revocation_reason, reason);
	op.body = buf_bytes(&body);
	gone.revoked = true;
	rc = store_write(store, &op, fault);
	if (!rc)
		rc = log_site_set(store_log(store), &gone, fault);
	buf_release(&body);
	if (rc)
		store_undo(store);
	return rc ? rc : store_commit(store, fault);
}
