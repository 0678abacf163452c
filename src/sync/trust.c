/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who is who: grants and revocations are signed facts that travel like any other. A station
 * believes what is signed by a site that stands above the granted area and is itself believed; the
 * chain ends at the key that was pinned when the station joined. No network is asked.
 */
#include "sync/inside.h"

#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/heir.h"

#include <stdio.h>
#include <string.h>

static bool signed_by(const struct op *op, const struct site *site)
{
	struct buf raw = {0};
	bool good;

	op_put(&raw, op);
	good = op->sig.len == SIGN_SIZE &&
	       crypt_signed(site->sign_public, buf_bytes(&raw), op->sig.at);
	buf_release(&raw);
	return good;
}

/* Is the author believed, may it do that, and does it stand above AREA? */
static bool may_grant(struct log *log, const struct op *op, uint64_t area)
{
	struct site author;

	if (!log_site(log, op->site, &author) || author.revoked || !author.area ||
		!area_within(area, author.area) || area == author.area || log_objection(log, op))
		return false; /* nobody says of itself what it may */
	return signed_by(op, &author);
}

struct again {
	struct store *store;
	struct fault *fault;
	enum rc rc;
};

static bool take_again(const struct fact *fact, void *to)
{
	struct again *again = to;
	struct op op;

	if (op_take(fact->raw, &op)) {
		op.sig = fact->sig;
		again->rc = trust_take(again->store, &op, again->fault);
	}
	return !again->rc;
}

/* What a site granted and revoked may have come before its own grant: by a stick, or in the order
 * of another store. */
static enum rc take_earlier(struct store *store, uint64_t site, struct fault *fault)
{
	const uint32_t upto[LANES] = {[LANE_ALARM] = UINT32_MAX};
	struct again again = {store, fault, RC_OK};
	enum rc rc = log_recent(store_log(store), site, upto, SIZE_MAX, take_again, &again, fault);

	return rc ? rc : again.rc;
}

/* Is this the newest grant of SITE? Grants may come in any order, too. */
static enum rc newest(
	struct store *store, uint64_t site, uint64_t stamp, bool *is, struct fault *fault)
{
	struct value value = value_num((int64_t)stamp), old = {0};
	struct buf kept = {0}, out = {0};
	unsigned tag;
	char name[40];
	enum rc rc = RC_OK;

	snprintf(name, sizeof name, "granted.%014llx", (unsigned long long)site);
	if (store_get(store, "", name, &kept)) {
		struct bytes in = buf_bytes(&kept);
		if (!take_field(&in, &tag, &old))
			old.num = 0;
	}
	*is = stamp >= (uint64_t)old.num;
	put_field(&out, 1, &value);
	if (*is)
		rc = store_set(store, "", name, buf_bytes(&out), fault);
	buf_release(&kept);
	buf_release(&out);
	return rc;
}

/* What is known of SITE beside its grant. */
static void keep_known(struct site *site, const struct site *known)
{
	static const uint8_t none[AGREE_PUBLIC];

	site->revoked = known->revoked;
	site->ended = known->ended;
	site->agree_id = known->agree_id;
	if (known->revoked)
		site->until = known->until;
	/* A grant tells the key of the day it was written; what came since is newer. */
	if (memcmp(known->agree_public, none, AGREE_PUBLIC) != 0)
		memcpy(site->agree_public, known->agree_public, AGREE_PUBLIC);
}

/* ---- above the one at the top nobody grants: it names who follows it, and who comes above it */

/* OLD, which SITE follows, writes no more, and what it held is no proof. Facts that it wrote up to
 * then stay. */
static enum rc old_ends(struct store *store, struct site *old, const struct site *site,
	int64_t since, struct fault *fault)
{
	if (old->ended || old->site == store_station(store)->site)
		return RC_OK;
	if (!old->area) { /* whoever joined the new one did not know it */
		old->area = site->area;
		old->level = site->level;
		memcpy(old->name, site->name, sizeof old->name);
	}
	old->ended = true;
	if (!old->until || since < old->until)
		old->until = since;
	return log_site_set(store_log(store), old, fault);
}

static bool vouched(const struct heir *heir, const struct site *site)
{
	struct buf said = {0};

	heir_say(heir->old, site->sign_public, site->area, &said);
	bool good = heir->vouched && crypt_signed(heir->old, buf_bytes(&said), heir->sig);
	buf_release(&said);
	return good;
}

/* The one before as it is known here; area 0: it is not. */
static void find_old(struct log *log, const struct heir *heir, struct site *old)
{
	*old = (struct site){.site = site_of(heir->old)};
	log_site(log, old->site, old);
	memcpy(old->sign_public, heir->old, SIGN_PUBLIC);
}

/* The old one is believed, stands at the top, and says that this one follows it. */
static bool follows(const struct site *old, const struct heir *heir, const struct site *site)
{
	return old->area && !old->revoked && !old->ended && !old->above && vouched(heir, site);
}

/* A site says whose heir it is. Who believed the old one and sees its signature believes the new
 * one; who believes the new one (it has joined it) knows who the old one was. */
static enum rc take_heir(struct store *store, const struct op *op, struct site *site,
	const struct heir *heir, struct fault *fault)
{
	struct log *log = store_log(store);
	struct site old, known;
	bool has_new = log_site(log, site->site, &known) && known.area;
	bool bad = has_new && (known.revoked || known.ended || known.area != site->area);
	enum rc rc = RC_OK;

	find_old(log, heir, &old);
	if (bad || !signed_by(op, site) || (old.area && old.area != site->area) ||
		(!has_new && !follows(&old, heir, site)))
		return RC_OK;
	if (!has_new)
		rc = log_site_set(log, site, fault);
	if (!rc)
		rc = old_ends(store, &old, site, stamp_seconds(op->stamp), fault);
	return rc || has_new ? rc : take_earlier(store, site->site, fault);
}

/* The one at the top has come under another: it says who that is. */
static bool is_root_naming(struct log *log, const struct op *op, const struct site *site)
{
	struct site author;

	return log_site(log, op->site, &author) && author.area && !author.revoked &&
	       !author.ended && !author.above && area_within(author.area, site->area) &&
	       author.area != site->area && !log_objection(log, op) && signed_by(op, &author);
}

static enum rc take_above(struct store *store, struct site *site, struct fault *fault)
{
	struct site known;
	enum rc rc;

	if (log_site(store_log(store), site->site, &known) && known.area)
		return RC_OK;
	rc = log_site_set(store_log(store), site, fault);
	return rc ? rc : take_earlier(store, site->site, fault);
}

static enum rc take_grant(struct store *store, const struct op *op, struct fault *fault)
{
	struct log *log = store_log(store);
	struct site site, known;
	struct heir heir;
	bool fresh = true, moved = false, is = false;
	enum rc rc;

	if (!grant_read(op->body, &site, &heir))
		return RC_OK;
	if (op->site == site.site)
		return heir.is ? take_heir(store, op, &site, &heir, fault) : RC_OK;
	if (is_root_naming(log, op, &site))
		return take_above(store, &site, fault);
	if (!may_grant(log, op, site.area))
		return RC_OK; /* kept as a fact, believed by nobody */
	rc = newest(store, site.site, op->stamp, &is, fault);
	if (rc || !is)
		return rc;
	site.above = op->site;
	if (log_site(log, site.site, &known)) {
		keep_known(&site, &known);
		fresh = !known.area;
		moved = known.area && known.area != site.area;
	}
	rc = log_site_set(log, &site, fault);
	if (!rc && moved && site.site != store_station(store)->site)
		rc = moved_below(store, site.site, fault);
	return rc || !fresh ? rc : take_earlier(store, site.site, fault);
}

static enum rc take_revocation(struct log *log, const struct op *op, struct fault *fault)
{
	struct site known;
	uint64_t site;

	if (!revocation_read(op->body, &site) || !log_site(log, site, &known) ||
		!may_grant(log, op, known.area))
		return RC_OK;
	site_revoke(&known, stamp_seconds(op->stamp));
	return log_site_set(log, &known, fault);
}

enum rc trust_take(struct store *store, const struct op *op, struct fault *fault)
{
	if (op->step)
		return RC_OK;
	if (op->kind == KIND_grant)
		return take_grant(store, op, fault);
	if (op->kind == KIND_revocation)
		return take_revocation(store_log(store), op, fault);
	return RC_OK;
}
