/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who is who: grants and revocations are signed facts that travel like any other. A station
 * believes what is signed by a site that stands above the granted area and is itself believed; the
 * chain ends at the key that was pinned when the station joined. No network is asked. A fact that
 * its author may not say stays in the log and has no effect: authority.c has the rule.
 */
#include "store/station.h"
#include "sync/trust.h"
#include "sync/trust/internal.h"

#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "store/db.h"

#include <stdio.h>
#include <string.h>

/* Is the author believed, may it do that, and does it stand above SITE? Who stands beside it, it
 * has let in itself: BESIDE. */
static bool may_grant(
	struct store *store, const struct op *op, const struct site *site, bool beside)
{
	struct log *log = store_log(store);
	struct site author;

	if (!log_site(log, op->site, &author) || author.revoked || !author.area ||
		!log_within(log, site->area, author.area) || twin_is(store, &author) ||
		log_objection(log, op))
		return false;
	if (site->area == author.area && !(beside && twin_may_be_let_in(&author, site)))
		return false; /* nobody says of itself what it may */
	return signed_by(op, &author);
}

/* Does the station itself, or one that it goes on for, say that it has joined beside the author? */
static bool joined_beside(struct store *store, const struct op *op, const struct grant *grant)
{
	struct site old;

	return (joined_good(&grant->joined, &grant->site) &&
		       successor_of(store, op->site, grant->joined.hub)) ||
	       successor_proven(store, op, grant, &old);
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
	const struct author_held alarms = {site, {[LANE_ALARM] = UINT32_MAX}};
	struct again again = {store, fault, RC_OK};
	enum rc rc = log_recent(store_log(store), &alarms, SIZE_MAX, take_again, &again, fault);

	return rc ? rc : again.rc;
}

/* ---- what is remembered of the grant that counts */

enum { GRANTED_STAMP = 1, GRANTED_NUMBERS };

/* One that came ahead of the clock is older than any with a right stamp, or it would count for as
 * long as nobody's stamp is later. */
static uint64_t stamp_counted(struct store *store, const struct op *op)
{
	return store_ahead(store, op->site, op->seq) ? 0 : op->stamp;
}

/* What was noted before the clock was known may be ahead too. */
static bool is_older(struct store *store, uint64_t site, const struct op *op)
{
	int64_t numbers[GRANTED_NUMBERS], now = log_now(store_log(store));

	kv_list(store, kv_of(KV_GRANTED, site), numbers, GRANTED_NUMBERS);
	if (now && stamp_seconds((uint64_t)numbers[GRANTED_STAMP]) > now + DAY_SECONDS)
		return stamp_counted(store, op) == 0;
	return (int64_t)stamp_counted(store, op) < numbers[GRANTED_STAMP];
}

static enum rc note_granted(
	struct store *store, uint64_t site, const struct op *op, struct fault *fault)
{
	const int64_t numbers[GRANTED_NUMBERS] = {
		[GRANTED_STAMP] = (int64_t)stamp_counted(store, op)};

	return kv_list_set(store, kv_of(KV_GRANTED, site), numbers, GRANTED_NUMBERS, fault);
}

enum { REVOKED_BY = 1, REVOKED_NUMBERS };

/* Whoever revoked it had no word of the site's own for standing over it, and does not stand over it
 * now that there is one. */
static bool wrongly_revoked(struct store *store, uint64_t site, uint64_t hub)
{
	int64_t numbers[REVOKED_NUMBERS];
	struct joined word;

	joined_get(store, site, &word);
	return kv_list(store, kv_of(KV_REVOKED, site), numbers, REVOKED_NUMBERS) && !word.number &&
	       !stands_over(store, (uint64_t)numbers[REVOKED_BY], hub);
}

/* Another site in use has that code: whoever came first keeps it, or a new site could take over the
 * code of its hub. */
static bool code_taken(struct log *log, const struct site *site)
{
	struct site other;

	return log_site_code(log, site->code, &other) && other.site != site->site && !other.ended;
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

/* ---- above the one at the top nobody grants: it names who comes above it */

/* The one at the top has come under another: it says who that is. */
static bool is_root_naming(struct store *store, const struct op *op, const struct site *site)
{
	struct log *log = store_log(store);
	struct site author;

	return successor_of(store, op->site, chain_top(store)) &&
	       log_site(log, op->site, &author) && author.area && !author.revoked &&
	       !author.ended && log_within(log, author.area, site->area) &&
	       author.area != site->area && !log_objection(log, op) && signed_by(op, &author);
}

struct naming {
	const struct site *site;
	struct site above;
};

static bool named_above(const struct site *other, void *to)
{
	struct naming *naming = to;

	if (other->area && other->area != naming->site->area &&
		area_within(naming->site->area, other->area) &&
		(!naming->above.area || area_within(other->area, naming->above.area)))
		naming->above = *other;
	return true;
}

/* It names the highest first, so whoever stands above SITE is known already. */
static enum rc take_above(struct store *store, struct site *site, struct fault *fault)
{
	struct naming naming = {.site = site};
	struct site known;
	enum rc rc;

	if (log_site(store_log(store), site->site, &known) && known.area)
		return RC_OK;
	rc = log_sites(store_log(store), named_above, &naming, fault);
	site->above = naming.above.site;
	if (code_taken(store_log(store), site))
		site->code[0] = 0;
	if (!rc)
		rc = log_site_set(store_log(store), site, fault);
	return rc ? rc : take_earlier(store, site->site, fault);
}

/* ---- grants of sites below their author */

static bool ends_later(int64_t until, int64_t other)
{
	return other && (!until || until > other);
}

struct following {
	struct store *store;
	uint64_t old;
	struct site next;
};

static bool follows_old(const struct site *site, void *to)
{
	struct following *following = to;

	if (site->ended || !successor_of(following->store, site->site, following->old))
		return true;
	following->next = *site;
	return false;
}

/* Nobody gives time that it has not: what it gives ends with its own grant, and goes on with it, or
 * with that of its successor. This station's own is known to it as it gave it. */
static int64_t until_within(struct store *store, uint64_t author, int64_t until)
{
	struct following following = {.store = store, .old = author};
	struct site site;
	struct fault none;

	if (author == store_station(store)->site || !log_site(store_log(store), author, &site))
		return until;
	if (site.ended) {
		if (log_sites(store_log(store), follows_old, &following, &none))
			return until;
		site = following.next;
	}
	return ends_later(until, site.until) ? site.until : until;
}

enum rc grants_longer(struct store *store, uint64_t site, struct fault *fault)
{
	enum rc rc = RC_OK;

	for (unsigned i = 0; i < SUCCESSORS_LOOKED && site && !rc; i++) {
		if (!log_hold_again(store_log(store), site))
			rc = take_earlier(store, site, fault);
		site = successor_before(store, site);
	}
	return rc;
}

/* Its own grant changes what a station may and until when. Where it is and what it is it hears with
 * the answer to a join that was begun here. */
static enum rc take_own(
	struct store *store, const struct op *op, const struct grant *grant, struct fault *fault)
{
	const struct site *site = &grant->site;
	struct site own;
	struct peer peer;
	struct fault none;
	enum rc rc;

	if (peer_load(store, &peer, &none) ||
		(!successor_of(store, peer.site.site, op->site) &&
			!successor_of(store, op->site, peer.site.site)) ||
		!log_site(store_log(store), site->site, &own) || own.area != site->area ||
		own.level != site->level || is_older(store, site->site, op))
		return RC_OK;
	own.rights = site->rights;
	own.above = peer.site.site;
	if (!own.revoked)
		own.until = until_within(store, op->site, site->until);
	memcpy(own.name, site->name, sizeof own.name);
	memcpy(own.code, site->code, sizeof own.code);
	rc = log_site_set(store_log(store), &own, fault);
	return rc ? rc : note_granted(store, site->site, op, fault);
}

/* How a grant stands to what is known of its site. */
struct standing {
	struct site known; /* area 0: nothing is known */
	bool moves;        /* the site's own newer word says that it joined there */
	bool has_word;     /* its own word, not older than what is known */
	uint64_t hub;      /* who is above it then */
};

/* What the site's own word, or that of the one that it goes on for, says of the grant. */
static void weigh_words(struct store *store, const struct op *op, const struct grant *grant,
	struct standing *standing)
{
	struct joined last;
	struct site old;

	joined_get(store, grant->site.site, &last);
	standing->has_word = grant->joined.number >= last.number &&
			     joined_good(&grant->joined, &grant->site) &&
			     stands_over(store, op->site, grant->joined.hub);
	standing->moves = standing->has_word && grant->joined.number > last.number;
	if (!last.number && successor_proven(store, op, grant, &old))
		standing->moves = true;
}

static bool weigh(struct store *store, const struct op *op, const struct grant *grant,
	struct standing *standing)
{
	const struct site *site = &grant->site;
	struct site *known = &standing->known;

	memset(standing, 0, sizeof *standing);
	if (!log_site(store_log(store), site->site, known))
		known->area = 0;
	weigh_words(store, op, grant, standing);
	standing->hub = op->site;
	if (standing->has_word)
		standing->hub = grant->joined.hub;
	else if (known->area && !standing->moves)
		standing->hub = known->above;
	if (successor_of(store, op->site, standing->hub))
		standing->hub = op->site;
	if (!known->area)
		return true;
	if (memcmp(known->sign_public, site->sign_public, SIGN_PUBLIC) != 0)
		return false; /* half a hash is no key */
	return standing->moves ||
	       (known->area == site->area && known->level == site->level &&
		       may_change(store, op->site, known) && !is_older(store, site->site, op));
}

/* Nobody gives what it has not. */
static unsigned rights_within(struct log *log, uint64_t author, unsigned rights)
{
	struct site site;

	if (!log_site(log, author, &site) || site.rights == RIGHTS_ALL)
		return rights;
	return rights == RIGHTS_ALL ? site.rights : (rights & site.rights) | RIGHTS_NAMED;
}

static enum rc put_grant(struct store *store, const struct op *op, struct grant *grant,
	const struct standing *standing, struct fault *fault)
{
	struct log *log = store_log(store);
	struct site *site = &grant->site;
	const struct site *known = &standing->known;
	enum rc rc = note_granted(store, site->site, op, fault);

	site->above = standing->hub;
	site->rights = rights_within(log, op->site, site->rights);
	site->until = until_within(store, op->site, site->until);
	if (code_taken(log, site))
		memcpy(site->code, known->code, sizeof site->code);
	if (known->area) {
		int64_t until = site->until;
		keep_known(site, known);
		if (standing->moves && known->revoked &&
			wrongly_revoked(store, site->site, site->above)) {
			site->revoked = false;
			site->until = until;
		}
	}
	if (!rc && standing->has_word)
		rc = joined_set(store, site->site, &grant->joined, fault);
	return rc ? rc : log_site_set(log, site, fault);
}

/* Nobody says of itself what it may, but whom it follows. */
static enum rc take_self(
	struct store *store, const struct op *op, struct grant *grant, struct fault *fault)
{
	bool follows = false;
	enum rc rc =
		grant->successor.is ? successor_says(store, op, grant, &follows, fault) : RC_OK;

	return rc || !follows ? rc : take_earlier(store, op->site, fault);
}

/* A grant that counts: what follows from it for the site, and for what that one has granted. */
static enum rc follow_grant(struct store *store, const struct op *op, struct grant *grant,
	const struct standing *standing, struct fault *fault)
{
	const struct site *site = &grant->site, *known = &standing->known;
	enum rc rc = successor_named(store, op, grant, fault);

	if (!rc)
		rc = put_grant(store, op, grant, standing, fault);
	if (!rc && known->area && known->area != site->area)
		rc = moved_below(store, site->site, fault);
	if (rc)
		return rc;
	if (known->area && !standing->moves)
		return site->level > LEVEL_VILLAGE && ends_later(site->until, known->until)
			       ? grants_longer(store, site->site, fault)
			       : RC_OK;
	/* Whoever is known has been read before, and may move as often as it signs. */
	if (known->area && log_hold_again(store_log(store), site->site))
		return RC_OK;
	return take_earlier(store, site->site, fault);
}

static enum rc take_grant(struct store *store, const struct op *op, struct fault *fault)
{
	struct grant grant;
	struct site *site = &grant.site;
	struct standing standing;

	if (!grant_read(op->body, &grant))
		return RC_OK;
	if (op->site == site->site)
		return take_self(store, op, &grant, fault);
	if (is_root_naming(store, op, site))
		return take_above(store, site, fault);
	if (!may_grant(store, op, site, joined_beside(store, op, &grant)))
		return RC_OK;
	if (site->site == store_station(store)->site)
		return take_own(store, op, &grant, fault);
	if (!weigh(store, op, &grant, &standing))
		return RC_OK;
	return follow_grant(store, op, &grant, &standing, fault);
}

static enum rc take_revocation(struct store *store, const struct op *op, struct fault *fault)
{
	const int64_t numbers[REVOKED_NUMBERS] = {[REVOKED_BY] = (int64_t)op->site};
	struct site known;
	uint64_t site;
	enum rc rc;

	if (!revocation_read(op->body, &site) || !log_site(store_log(store), site, &known) ||
		!may_grant(store, op, &known, known.above != 0) ||
		!may_change(store, op->site, &known))
		return RC_OK;
	rc = known.revoked
		     ? RC_OK
		     : kv_list_set(store, kv_of(KV_REVOKED, site), numbers, REVOKED_NUMBERS, fault);
	site_revoke(&known, revoked_since(op));
	return rc ? rc : log_site_set(store_log(store), &known, fault);
}

bool trust_is(const struct op *op)
{
	return op_first(op) && (op->kind == KIND_grant || op->kind == KIND_revocation);
}

enum rc trust_take(struct store *store, const struct op *op, struct fault *fault)
{
	if (op->step)
		return RC_OK;
	if (op->kind == KIND_grant)
		return take_grant(store, op, fault);
	if (op->kind == KIND_revocation)
		return take_revocation(store, op, fault);
	return RC_OK;
}

enum rc trust_held(struct store *store, struct fault *fault)
{
	struct log *log = store_log(store);
	struct arena arena = {0};
	struct ref *sites;
	size_t count = 1;
	enum rc rc = RC_OK;

	while (count && !rc) {
		rc = log_validate_held(log, fault);
		log_held_again(log, &arena, &sites, &count);
		if (count)
			log_hold(log);
		for (size_t i = 0; i < count && !rc; i++)
			rc = take_earlier(store, sites[i].site, fault);
	}
	arena_release(&arena);
	return rc;
}
