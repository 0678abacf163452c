/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which site goes on for one that has ended, as grants say it. The key of the ended site must have
 * signed that.
 */
#include "base/when.h"
#include "store/station.h"
#include "sync/trust.h"
#include "sync/trust/internal.h"
#include "store/db.h"

#include <stdio.h>
#include <string.h>

enum { SITE_SIZE = 7 };

/* ---- the hub that this station's people have left for another in the same place */

enum { BEFORE_OLD = 1, BEFORE_NOW, BEFORE_NUMBERS };

static uint64_t hub_before(struct store *store, uint64_t now)
{
	int64_t numbers[BEFORE_NUMBERS];

	kv_list(store, kv_own(KV_HUB_BEFORE), numbers, BEFORE_NUMBERS);
	return (uint64_t)numbers[BEFORE_NOW] == now ? (uint64_t)numbers[BEFORE_OLD] : 0;
}

enum rc hub_replaced(struct store *store, uint64_t old, uint64_t now, struct fault *fault)
{
	const int64_t numbers[BEFORE_NUMBERS] = {
		[BEFORE_OLD] = (int64_t)old, [BEFORE_NOW] = (int64_t)now};

	return kv_list_set(store, kv_own(KV_HUB_BEFORE), numbers, BEFORE_NUMBERS, fault);
}

/* ---- what a successor says, and what its hub says of it */

bool successor_read_next(const uint8_t *statement, const struct site *old, struct site *next)
{
	const char *code = (const char *)statement + 1 + SITE_SIZE + SIGN_PUBLIC;

	*next = *old;
	memcpy(next->sign_public, statement + 1 + SITE_SIZE, SIGN_PUBLIC);
	next->site = site_of(next->sign_public);
	code_read(bytes_of(code, strnlen(code, SUCCESSOR_CODE)), next->code);
	next->ended = next->revoked = false;
	return crypt_signed(old->sign_public, bytes_of(statement, SUCCESSOR_SIGNED),
		statement + SUCCESSOR_SIGNED);
}

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

static bool vouched(const struct grant *grant)
{
	const struct site *site = &grant->site;
	struct buf said = {0};

	successor_say(grant->successor.old, site->sign_public, site->area, &said);
	bool good = grant->successor.vouched &&
		    crypt_signed(grant->successor.old, buf_bytes(&said), grant->successor.sig);
	buf_release(&said);
	return good;
}

/* The one before as it is known here; area 0: it is not. */
static void find_old(struct log *log, const struct grant *grant, struct site *old)
{
	*old = (struct site){.site = site_of(grant->successor.old)};
	log_site(log, old->site, old);
	memcpy(old->sign_public, grant->successor.old, SIGN_PUBLIC);
}

/* Nobody knows the key of the old one any more. It is believed of the hub that this station's
 * people have joined in its place, and of nobody else. */
static bool took_its_place(struct store *store, uint64_t old, uint64_t site)
{
	struct peer peer;
	struct fault none;

	return peer_load(store, &peer, &none) == RC_OK && peer.site.site == site &&
	       hub_before(store, site) == old;
}

/* What the self-grant of OP says cannot be: by what is KNOWN of its site (area 0: nothing) and of
 * the OLD one. */
static bool cannot_be(struct store *store, const struct op *op, const struct site *site,
	const struct site *known, const struct site *old)
{
	if (site->site == store_station(store)->site || old->site == site->site)
		return true;
	if (old->area && (old->area != site->area || old->level != site->level))
		return true;
	if (known->area && (known->revoked || known->ended || known->area != site->area))
		return true;
	return !signed_by(op, known->area ? known : site);
}

/* SITE stands where OLD stood: one that is not KNOWN yet, or a twin. */
static enum rc take_place(struct store *store, struct site *site, const struct site *known,
	const struct site *old, struct fault *fault)
{
	struct site twin = *known;

	if (!known->area) {
		site->rights = old->rights;
		site->until = old->until;
		return log_site_set(store_log(store), site, fault);
	}
	if (!twin_is(store, known) || known->above != old->site)
		return RC_OK;
	twin_steps_in(&twin, old);
	return log_site_set(store_log(store), &twin, fault);
}

/* A site says whom it follows, with that one's signature. At the top that is all that anybody can
 * say: who believed the old one believes the new one, and that it has what the old one had. Further
 * down it has a grant as well. */
enum rc successor_says(struct store *store, const struct op *op, struct grant *grant, bool *is,
	struct fault *fault)
{
	struct log *log = store_log(store);
	struct site *site = &grant->site, old, known = {0};
	int64_t since = stamp_seconds(op->stamp);
	enum rc rc = RC_OK;

	*is = false;
	log_site(log, site->site, &known);
	find_old(log, grant, &old);
	if (cannot_be(store, op, site, &known, &old))
		return RC_OK;
	if (!vouched(grant))
		return known.area && took_its_place(store, old.site, site->site)
			       ? old_ends(store, &old, site, since, fault)
			       : RC_OK;
	if (!known.area && (!old.area || old.revoked || old.ended || old.above))
		return RC_OK;
	rc = take_place(store, site, &known, &old, fault);
	*is = !successor_of(store, site->site, old.site) &&
	      !successor_of(store, old.site, site->site);
	if (!rc && *is)
		rc = successor_note(store, site->site, old.site, fault);
	return rc ? rc : old_ends(store, &old, site, since, fault);
}

/* Whoever stands over the one that ended says who goes on for it. */
bool successor_proven(
	struct store *store, const struct op *op, const struct grant *grant, struct site *old)
{
	const struct site *site = &grant->site;
	struct site next;

	return grant->follows && log_site(store_log(store), successor_old(grant->statement), old) &&
	       !old->revoked && old->area == site->area && old->level == site->level &&
	       !successor_of(store, site->site, old->site) &&
	       !successor_of(store, old->site, site->site) &&
	       successor_read_next(grant->statement, old, &next) && next.site == site->site &&
	       may_change(store, op->site, old);
}

enum rc successor_named(
	struct store *store, const struct op *op, const struct grant *grant, struct fault *fault)
{
	struct site old;
	enum rc rc;

	if (!successor_proven(store, op, grant, &old))
		return RC_OK;
	rc = successor_note(store, grant->site.site, old.site, fault);
	old.ended = true;
	return rc ? rc : log_site_set(store_log(store), &old, fault);
}
