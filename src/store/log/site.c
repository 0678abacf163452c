/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sites: who writes facts, as their grants say. A site that becomes known is judged: its facts were
 * taken on trust before.
 */
#include "store/log/internal.h"

#include <stdio.h>
#include <string.h>

/* Outside of a transaction others may change it at any time. */
bool log_site(struct log *log, uint64_t site, struct site *out)
{
	const struct ref number = {site, 0};
	struct known_site known;

	if (log->depth)
		known = *sites_get(&log->sites, log->db, site, log->site);
	else if (engine_sites(log->db, &number, 1, log->site, &known, NULL))
		return false;
	if (known.here)
		*out = known.site;
	return known.here;
}

bool log_top(struct log *log, struct site *out)
{
	enum { CHAIN_MOST = 16 }; /* levels, and hubs that came in the place of others */
	uint64_t next = log->site;

	for (unsigned i = 0; i < CHAIN_MOST && log_site(log, next, out); i++) {
		if (!out->above)
			return true;
		next = out->above;
	}
	return false;
}

bool log_site_code(struct log *log, const char *code, struct site *out)
{
	bool found;

	return engine_site_of_code(log->db, code, log->site, out, &found, NULL) == RC_OK && found;
}

/* Every record in which SITE wrote: its level decides which steps count. */
static enum rc touch_records(struct log *log, uint64_t site, struct fault *fault)
{
	struct changed recs = {0};
	enum rc rc = engine_records_of(log->db, site, &recs, fault);

	for (size_t i = 0; i < recs.count && !rc; i++)
		log->hooks.changed(log->hooks.to, recs.at[i]);
	changed_release(&recs);
	return rc;
}

/* What was dropped for a reason that the new grant takes away. OLD: NULL, it was not known. */
static enum rc want_dropped(
	struct log *log, const struct site *old, const struct site *site, struct fault *fault)
{
	const struct {
		const char *why;
		bool changed;
	} all[] = {
		{"unknown", !old},
		{"signature", old && memcmp(old->sign_public, site->sign_public, SIGN_PUBLIC)},
		{"expired", old && old->until != site->until},
		{"rights", old && old->rights != site->rights},
		{"area", old && old->area != site->area},
	};
	enum rc rc = RC_OK;
	for (size_t i = 0; i < countof(all) && !rc; i++)
		if (all[i].changed)
			rc = dropped_want(log, site->site, all[i].why, fault);
	return rc;
}

/* What it means for the facts that are here that OLD (area 0: not known) is SITE now. */
static enum rc site_judge(
	struct log *log, const struct site *old, const struct site *site, struct fault *fault)
{
	bool known = old->area, moved = old->area != site->area;
	bool same_key = memcmp(old->sign_public, site->sign_public, SIGN_PUBLIC) == 0;
	enum rc rc = RC_OK;
	/* A station that moved keeps what it wrote before: only what was taken on trust, or
	 * refused, is judged again. */
	if (!known || !same_key)
		rc = log_validate_site(log, site->site, false, fault);
	else if (old->until != site->until || old->rights != site->rights || moved)
		rc = log_validate_site(log, site->site, true, fault);
	if (!rc && (!known || old->level != site->level || moved))
		rc = touch_records(log, site->site, fault);
	return rc ? rc : want_dropped(log, known ? old : NULL, site, fault);
}

/* ---- judged once, however often it changes (hold.c) */

enum rc log_validate_held(struct log *log, struct fault *fault)
{
	enum rc rc = RC_OK;
	for (size_t i = 0; i < log->held.count && !rc; i++) {
		struct site now;
		if (log_site(log, log->held.at[i].site, &now))
			rc = site_judge(log, &log->olds[i], &now, fault);
	}
	log->holds = false;
	changed_clear(&log->held);
	return rc;
}

static enum rc site_change(struct log *log, const struct site *site, struct fault *fault)
{
	struct site old = {0};
	if (!log_site(log, site->site, &old) || !old.area)
		old = (struct site){0};
	enum rc rc = engine_site_put(log->db, site, fault);
	if (rc)
		return rc;
	sites_stale(&log->sites);
	log->below_via = 0;
	if (!log->holds)
		return site_judge(log, &old, site, fault);
	log_hold_site(log, &old, site->site);
	return RC_OK;
}

enum rc log_site_set(struct log *log, const struct site *site, struct fault *fault)
{
	enum rc rc = log_begin(log, fault);
	if (rc)
		return rc;
	if ((rc = site_change(log, site, fault))) {
		log_undo(log);
		return rc;
	}
	return log_commit(log, fault);
}

enum rc log_sites(struct log *log, site_fn *fn, void *to, struct fault *fault)
{
	return engine_each_site(log->db, fn, to, fault);
}

enum rc log_sites_between(
	struct log *log, uint64_t first, uint64_t last, site_fn *fn, void *to, struct fault *fault)
{
	return engine_sites_between(log->db, first, last, fn, to, fault);
}
