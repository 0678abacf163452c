/* SPDX-License-Identifier: GPL-3.0-or-later
 * Grants that end begin anew while their station is heard; and what has to begin again when a
 * station may read other facts than before.
 */
#include "sync/inside.h"

#include "base/when.h"

#include <stdio.h>

enum { DAY = 86400 };

static void term_name(uint64_t site, char name[40])
{
	snprintf(name, 40, "term.%014llx", (unsigned long long)site);
}

enum rc term_set(struct store *store, uint64_t site, int64_t days, struct fault *fault)
{
	struct value value = value_num(days);
	struct buf out = {0};
	char name[40];
	enum rc rc;

	term_name(site, name);
	if (days)
		put_field(&out, 1, &value);
	rc = store_set(store, "", name, buf_bytes(&out), fault);
	buf_release(&out);
	return rc;
}

static int64_t term_of(struct store *store, uint64_t site)
{
	struct value value = {0};
	struct buf kept = {0};
	unsigned tag;
	char name[40];

	term_name(site, name);
	if (store_get(store, "", name, &kept)) {
		struct bytes in = buf_bytes(&kept);
		if (!take_field(&in, &tag, &value))
			value.num = 0;
	}
	buf_release(&kept);
	return value.num;
}

enum rc grant_renew(struct store *store, struct site *site, struct fault *fault)
{
	struct site next = *site;
	int64_t now = log_now(store_log(store)), days;
	enum rc rc;

	if (!now || site->revoked || site->above != store_station(store)->site)
		return RC_OK;
	days = term_of(store, site->site);
	if (!days || (site->until && site->until - now > days * DAY / 2))
		return RC_OK;
	next.until = now + days * DAY;
	rc = grant_write(store, &next, fault);
	if (rc == RC_DENIED)
		return RC_OK; /* our own has run out: who is above us has to be heard first */
	if (!rc)
		rc = log_site_set(store_log(store), &next, fault);
	if (!rc)
		*site = next;
	return rc;
}

static enum rc lanes_forget(struct store *store, uint64_t site, struct fault *fault)
{
	struct peer_lane lane_at;
	enum rc rc = RC_OK;

	for (unsigned lane = 0; lane < LANES && !rc; lane++) {
		rc = log_peer_lane(store_log(store), site, lane, &lane_at, fault);
		lane_at.got = 0;
		if (!rc)
			rc = log_peer_lane_set(store_log(store), site, lane, &lane_at, fault);
	}
	return rc;
}

enum rc moved_below(struct store *store, uint64_t site, struct fault *fault)
{
	enum rc rc = lanes_forget(store, site, fault);

	return rc ? rc : carried_forget(store, site, true, fault);
}

enum rc moved_here(struct store *store, uint64_t site, struct fault *fault)
{
	enum rc rc = lanes_forget(store, site, fault);

	return rc ? rc : carried_forget(store, site, false, fault);
}
