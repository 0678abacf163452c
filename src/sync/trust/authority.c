/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who may change what is known of a site: the hub that granted it, that hub's successor, or a
 * station above. Everything else needs the site's own word (joined.c).
 */
#include "model/area.h"
#include "store/db.h"
#include "store/station.h"
#include "sync/trust.h"
#include "sync/trust/internal.h"

enum { CHAIN_MOST = 8 };

/* ---- whom a site goes on for */

uint64_t successor_before(struct store *store, uint64_t site)
{
	int64_t old = kv_num(store, kv_of(KV_SUCCESSOR, site), 0);

	return old > 0 ? (uint64_t)old : 0;
}

enum rc successor_note(struct store *store, uint64_t next, uint64_t old, struct fault *fault)
{
	return kv_num_set(store, kv_of(KV_SUCCESSOR, next), (int64_t)old, fault);
}

bool successor_of(struct store *store, uint64_t site, uint64_t old)
{
	for (unsigned i = 0; i < SUCCESSORS_LOOKED && site && site != old; i++)
		site = successor_before(store, site);
	return site && site == old;
}

/* ---- who may */

bool signed_by(const struct op *op, const struct site *site)
{
	struct buf raw = {0};
	bool good;

	op_put(&raw, op);
	good = op->sig.len == SIGN_SIZE &&
	       crypt_signed(site->sign_public, buf_bytes(&raw), op->sig.at);
	buf_release(&raw);
	return good;
}

bool stands_over(struct store *store, uint64_t author, uint64_t hub)
{
	struct site site;

	for (unsigned i = 0; i < CHAIN_MOST && hub; i++) {
		if (successor_of(store, author, hub))
			return true;
		if (author == store_station(store)->site && successors_have(store, hub))
			return true;
		hub = log_site(store_log(store), hub, &site) ? site.above : 0;
	}
	return false;
}

/* Does SITE stand above this station, or did it before another came in its place? Not by its area
 * alone: others may have that too. */
bool stands_above(struct store *store, uint64_t site)
{
	struct site next;
	uint64_t hub = store_station(store)->site;

	if (!log_site(store_log(store), hub, &next))
		return false;
	for (unsigned i = 0; i < CHAIN_MOST && next.above; i++) {
		hub = next.above;
		if (successor_of(store, site, hub) || successor_of(store, hub, site))
			return true;
		if (!log_site(store_log(store), hub, &next))
			return false;
	}
	return false;
}

/* Is SITE revoked, or did somebody let it in who is? Whoever stole a station may have made others
 * with it. An honest one joins the station that comes in its place; of a hub that goes on under
 * another number with its old keys, the number that ended says nothing. */
bool cut_off(struct store *store, const struct site *site)
{
	struct site next = *site;

	if (site->revoked)
		return true;
	for (unsigned i = 0; i < CHAIN_MOST; i++) {
		if (!next.above || next.above == store_station(store)->site ||
			successors_have(store, next.above) ||
			!log_site(store_log(store), next.above, &next) ||
			log_within(store_log(store), store_station(store)->area, next.area))
			return false; /* it stands above this one */
		if (next.revoked && !next.ended)
			return true;
	}
	return false;
}

/* The last site of the own chain: nobody granted that. */
uint64_t chain_top(struct store *store)
{
	struct site top;

	return log_top(store_log(store), &top) ? top.site : 0;
}

/* Whoever is known here with a larger area than the one at the top has been named by that one. */
bool may_change(struct store *store, uint64_t author, const struct site *known)
{
	struct site above;

	if (known->above)
		return author != known->site && stands_over(store, author, known->above);
	return successor_of(store, known->site, chain_top(store)) &&
	       log_site(store_log(store), author, &above) && above.area &&
	       above.area != known->area && log_within(store_log(store), known->area, above.area);
}
