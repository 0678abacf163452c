/* SPDX-License-Identifier: GPL-3.0-or-later
 * Grants with a term are renewed while their station is heard.
 */
#include "store/db.h"
#include "store/station.h"
#include "sync/trust/internal.h"

#include "base/when.h"

#include <stdio.h>

enum { TERM_DAYS = 1, TERM_NUMBERS };

enum rc term_set(struct store *store, uint64_t site, int64_t days, struct fault *fault)
{
	const int64_t numbers[TERM_NUMBERS] = {[TERM_DAYS] = days};

	return kv_list_set(store, kv_of(KV_TERM, site), numbers, TERM_NUMBERS, fault);
}

static int64_t term_of(struct store *store, uint64_t site)
{
	int64_t numbers[TERM_NUMBERS];

	kv_list(store, kv_of(KV_TERM, site), numbers, TERM_NUMBERS);
	return numbers[TERM_DAYS];
}

enum rc term_keep(struct store *store, uint64_t old, uint64_t next, struct fault *fault)
{
	int64_t days = term_of(store, old);

	return days ? term_set(store, next, days, fault) : RC_OK;
}

enum rc grant_renew(struct store *store, struct site *site, struct fault *fault)
{
	struct site next = *site;
	int64_t now = log_now(store_log(store)), days;
	enum rc rc;

	uint64_t own = store_station(store)->site;

	if (!now || site->revoked || (site->above != own && !successors_have(store, site->above)))
		return RC_OK;
	days = term_of(store, site->site);
	if (!days || (site->until && site->until - now > days * DAY_SECONDS / 2))
		return RC_OK;
	next.until = now + days * DAY_SECONDS;
	next.above = own;
	rc = grant_write(store, &next, fault);
	if (rc == RC_DENIED)
		return RC_OK; /* our own has run out: who is above us has to be heard first */
	if (!rc)
		rc = log_site_set(store_log(store), &next, fault);
	if (!rc && next.level > LEVEL_VILLAGE)
		rc = grants_longer(store, next.site, fault);
	if (!rc)
		*site = next;
	return rc;
}
