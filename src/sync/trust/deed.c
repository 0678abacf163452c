/* SPDX-License-Identifier: GPL-3.0-or-later
 * The deed that a hub gives its twin for the day on which the hub is lost: its word, signed
 * beforehand, that the twin goes on for it; and that day.
 *   deed: the statement of a site that ends (SUCCESSOR_SIZE) | the signature of successor_say
 */
#include "base/when.h"
#include "store/db.h"
#include "store/peer.h"
#include "store/station.h"
#include "sync/trust.h"
#include "sync/trust/internal.h"

#include <string.h>

static void vouch_said(const struct site *hub, const struct site *twin, struct buf *out)
{
	successor_say(hub->sign_public, twin->sign_public, hub->area, out);
}

bool twin_deed(struct store *store, const struct site *twin, uint8_t deed[DEED_SIZE])
{
	const struct keys *keys = store_keys(store);
	struct keys next = {0};
	struct site own = {.area = store_station(store)->area};
	struct buf said = {0};

	if (!twin_below(store, twin) || twin->revoked || twin->ended)
		return false;
	memcpy(own.sign_public, keys->sign_public, SIGN_PUBLIC);
	memcpy(next.sign_public, twin->sign_public, SIGN_PUBLIC);
	successor_make(keys, &next, twin->code, deed);
	vouch_said(&own, twin, &said);
	crypt_sign(keys, buf_bytes(&said), deed + SUCCESSOR_SIZE);
	buf_release(&said);
	return true;
}

/* Is DEED the word of HUB for OWN? */
static bool deed_good(const uint8_t *deed, const struct site *hub, const struct site *own)
{
	struct site next;
	struct buf said = {0};

	vouch_said(hub, own, &said);
	bool good = deed[0] == SUCCESSOR_VERSION && successor_old(deed) == hub->site &&
		    successor_read_next(deed, hub, &next) && next.site == own->site &&
		    crypt_signed(hub->sign_public, buf_bytes(&said), deed + SUCCESSOR_SIZE);
	buf_release(&said);
	return good;
}

enum rc twin_deed_keep(
	struct store *store, const struct site *hub, struct bytes deed, struct fault *fault)
{
	struct site own;

	if (deed.len != DEED_SIZE || !twin_self(store) ||
		!log_site(store_log(store), store_station(store)->site, &own) ||
		!deed_good(deed.at, hub, &own))
		return RC_OK;
	return kv_bytes_set(store, kv_own(KV_DEED), deed, fault);
}

/* ---- the day on which the hub is lost */

/* What speaks against it; else HUB and OWN are set, and DEED is the hub's word. */
static enum rc may_go_on(struct store *store, struct site *hub, struct site *own, struct buf *deed,
	struct fault *fault)
{
	struct log *log = store_log(store);
	struct peer peer;
	enum rc rc;

	if (!log_site(log, store_station(store)->site, own) || !twin_is(store, own))
		return fault_set(fault, RC_DENIED, "%s",
			_("本站不是备机：只有用 outpost invite --twin 邀请加入的站点能接替上级"));
	if ((rc = peer_load(store, &peer, fault)))
		return rc;
	*hub = peer.site;
	if (own->revoked || grant_over(own->until, log_now(log)))
		return fault_set(fault, RC_DENIED, _("本站的授权已被注销或到期，不能接替 \"%s\""),
			hub->name);
	if (!kv_bytes(store, kv_own(KV_DEED), deed) || deed->len != DEED_SIZE ||
		!deed_good(deed->at, hub, own))
		return fault_set(fault, RC_NONE,
			_("还没有 \"%s\" 的接替凭据：它在时同步一次才有；它已丢失就用备份 outpost "
			  "restore"),
			hub->name);
	return RC_OK;
}

/* The station above the hub that is lost, if any: it is asked from now on, by ways that people
 * name. */
static enum rc ask_above(struct store *store, const struct site *hub, struct fault *fault)
{
	struct peer peer = {.unsure = true, .pace.frame = PACE_FAST};
	struct peer_keys keys;
	struct peer old;
	enum rc rc = peer_load(store, &old, fault);

	if (!rc)
		rc = routes_set(store, "", fault);
	if (rc || !hub->above || !log_site(store_log(store), hub->above, &peer.site))
		return rc ? rc : peer_forget(store, fault);
	peer.question = old.question;
	rc = peer_save(store, &peer, fault);
	peer_keys_load(store, peer.site.site, &keys);
	keys.introduce = true; /* it has never heard this station */
	return rc ? rc : peer_keys_save(store, peer.site.site, &keys, fault);
}

/* HUB writes no more, and OWN stands where it stood. */
static enum rc change_places(
	struct store *store, struct site *hub, struct site *own, struct fault *fault)
{
	struct station station = *store_station(store);
	struct log *log = store_log(store);
	enum rc rc;

	twin_steps_in(own, hub);
	hub->ended = true;
	if (!hub->until || store_now(store) < hub->until)
		hub->until = store_now(store);
	station.joined = own->above != 0;
	rc = log_site_set(log, own, fault);
	if (!rc)
		rc = log_site_set(log, hub, fault);
	return rc ? rc : store_station_set(store, &station, fault);
}

static enum rc go_on(struct store *store, struct site *hub, struct site *own, const uint8_t *deed,
	struct fault *fault)
{
	enum rc rc = successors_add(store, deed, fault);

	if (!rc)
		rc = statement_keep(store, deed, fault);
	if (!rc)
		rc = successor_note(store, own->site, hub->site, fault);
	if (!rc)
		rc = ask_above(store, hub, fault);
	if (!rc)
		rc = change_places(store, hub, own, fault);
	if (!rc)
		rc = successor_write_deed(store, hub->sign_public, deed + SUCCESSOR_SIZE, fault);
	return rc ? rc : kv_bytes_set(store, kv_own(KV_DEED), (struct bytes){0, 0}, fault);
}

static bool joined_at(struct store *store, uint64_t site, uint64_t hub)
{
	struct joined word;

	joined_get(store, site, &word);
	return word.number && word.hub == hub;
}

bool twin_replaced(struct store *store, const struct site *site)
{
	struct buf statement = {0};
	struct site next;
	bool is = site->ended && statement_of(store, site->site, &statement) &&
		  successor_read_next(statement.at, site, &next) &&
		  joined_at(store, next.site, site->site);

	buf_release(&statement);
	return is;
}

bool twin_stepped_in(struct store *store)
{
	uint64_t own = store_station(store)->site, hub = successor_before(store, own);

	return hub && joined_at(store, own, hub);
}

/* ---- what is said beforehand */

enum { COUNTED = 1 << 20 }; /* bytes of what the hub wrote that are looked at */

struct recently {
	int64_t from;
	unsigned count;
};

static bool count_recent(const struct fact *fact, void *to)
{
	struct recently *recently = to;
	struct op op;

	if (op_take(fact->raw, &op) && stamp_seconds(op.stamp) >= recently->from)
		recently->count++;
	return true;
}

/* How many a hub writes is all that can be said of those that nobody has brought here. */
static enum rc look_back(struct log *log, struct twin_view *view, struct fault *fault)
{
	struct recently recently = {.from = view->heard - TWIN_DAYS * DAY_SECONDS};
	struct author_held all = {.site = view->hub.site};
	enum rc rc;

	for (unsigned lane = 0; lane < LANES; lane++)
		all.upto[lane] = log_author(log, all.site, lane);
	rc = log_recent(log, &all, COUNTED, count_recent, &recently, fault);
	view->written = recently.count;
	return rc;
}

enum rc twin_look(struct store *store, struct twin_view *view, struct fault *fault)
{
	struct buf deed = {0};
	struct site own;
	struct peer peer;
	enum rc rc = may_go_on(store, &view->hub, &own, &deed, fault);

	view->left = 0;
	if (!rc && !(rc = peer_load(store, &peer, fault))) {
		view->heard = peer.heard;
		for (unsigned lane = 0; lane < LANES; lane++)
			view->left += peer.load.left[lane].facts;
		rc = look_back(store_log(store), view, fault);
	}
	buf_release(&deed);
	return rc;
}

enum rc twin_take_over(struct store *store, struct fault *fault)
{
	struct buf deed = {0};
	struct site hub, own;
	enum rc rc = may_go_on(store, &hub, &own, &deed, fault);

	if (!rc && !(rc = store_begin(store, fault))) {
		rc = go_on(store, &hub, &own, deed.at, fault);
		if (rc)
			store_undo(store);
		else
			rc = store_commit(store, fault);
	}
	buf_release(&deed);
	return rc;
}

/* ---- at the hub that was switched on again */

/* Whom STATEMENT, which this station has made, names: a twin of its own. */
static bool names_twin(struct store *store, const uint8_t *statement, struct site *twin)
{
	const struct site nobody = {0};
	struct site next;

	(void)successor_read_next(statement, &nobody, &next); /* its signature was looked at */
	return log_site(store_log(store), next.site, twin) && twin_below(store, twin);
}

enum rc twin_told(
	struct store *store, const uint8_t statement[SUCCESSOR_SIZE], bool *is, struct fault *fault)
{
	struct site twin;

	*is = statement_own(store, statement) && names_twin(store, statement, &twin);
	/* One that was revoked, as it was stolen, say, goes on for nobody. */
	return *is && !twin.revoked ? statement_keep(store, statement, fault) : RC_OK;
}

enum rc twin_gone_on(struct store *store, struct fault *fault)
{
	struct buf kept = {0};
	struct site twin;
	bool is = statement_of(store, store_station(store)->site, &kept) &&
		  names_twin(store, kept.at, &twin) && !twin.revoked;

	buf_release(&kept);
	if (!is)
		return RC_OK;
	return trouble_is(TROUBLE_TWIN, fault,
		fault_set(fault, RC_DENIED,
			_("备机 \"%s\" "
			  "已接替本站，本站的站号作废，在这里写的不再送出：停用这台机器，"
			  "到备机上工作；只在这里有的，用 outpost export 导出后在那里补录"),
			twin.name));
}
