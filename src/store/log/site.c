/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sites: who writes facts, as their grants say. A site that becomes known is judged: its facts were
 * taken on trust before.
 */
#include "store/log/internal.h"

#include <stdio.h>
#include <string.h>

#define SITE_COLUMNS                                                                               \
	"site, code, name, area, level, above, sign_public, agree_public, agree_id, rights, "      \
	"until, "                                                                                  \
	"revoked, ended"

static void key_read(const struct sql *sql, int column, uint8_t *out, size_t len)
{
	struct bytes key = sql_get_bytes(sql, column);
	if (key.len == len)
		memcpy(out, key.at, len);
}

static void site_read(const struct sql *sql, struct site *out)
{
	*out = (struct site){
		.site = (uint64_t)sql_get(sql, 0),
		.area = (uint64_t)sql_get(sql, 3),
		.level = (enum level)sql_get(sql, 4),
		.above = (uint64_t)sql_get(sql, 5),
		.agree_id = (unsigned)sql_get(sql, 8),
		.rights = (unsigned)sql_get(sql, 9),
		.until = sql_get(sql, 10),
		.revoked = sql_get(sql, 11) != 0,
		.ended = sql_get(sql, 12) != 0,
	};
	sql_get_text(sql, 1, out->code, sizeof(out->code));
	sql_get_text(sql, 2, out->name, sizeof(out->name));
	key_read(sql, 6, out->sign_public, SIGN_PUBLIC);
	key_read(sql, 7, out->agree_public, AGREE_PUBLIC);
}

bool log_site(struct log *log, uint64_t site, struct site *out)
{
	struct sql sql = sql_open(log->db, "SELECT " SITE_COLUMNS " FROM site WHERE site=?");
	sql_num(&sql, (int64_t)site);
	bool found = sql_row(&sql);
	if (found)
		site_read(&sql, out);
	return sql_end(&sql, NULL) == RC_OK && found;
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

/* Provisional codes may be taken twice: the own one wins, then those still in use, then the
 * smallest number. */
bool log_site_code(struct log *log, const char *code, struct site *out)
{
	struct sql sql = sql_open(log->db,
		"SELECT " SITE_COLUMNS
		" FROM site WHERE code=upper(?1) ORDER BY site<>?2, ended, site LIMIT 1");
	sql_text(&sql, code);
	sql_num(&sql, (int64_t)log->site);
	bool found = sql_row(&sql);
	if (found)
		site_read(&sql, out);
	return sql_end(&sql, NULL) == RC_OK && found;
}

static void key_bind(struct sql *sql, const uint8_t *key, size_t len)
{
	static const uint8_t none[SIGN_PUBLIC];
	if (memcmp(key, none, len) == 0)
		sql_null(sql);
	else
		sql_bytes(sql, bytes_of(key, len), false);
}

static enum rc site_put(struct log *log, const struct site *site, struct fault *fault)
{
	struct sql sql = sql_open(log->db,
		"INSERT OR REPLACE INTO site(" SITE_COLUMNS ") VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)");
	sql_num(&sql, (int64_t)site->site);
	sql_text(&sql, site->code);
	sql_text(&sql, site->name);
	sql_num(&sql, (int64_t)site->area);
	sql_num(&sql, site->level);
	sql_num(&sql, (int64_t)site->above);
	key_bind(&sql, site->sign_public, SIGN_PUBLIC);
	key_bind(&sql, site->agree_public, AGREE_PUBLIC);
	sql_num(&sql, site->agree_id);
	sql_num(&sql, site->rights);
	sql_num(&sql, site->until);
	sql_num(&sql, site->revoked);
	sql_num(&sql, site->ended);
	return sql_run(&sql, fault);
}

/* Every record in which SITE wrote: its level decides which steps count. */
static enum rc touch_records(struct log *log, uint64_t site, struct fault *fault)
{
	struct sql sql =
		sql_open(log->db, "SELECT DISTINCT rec_site, rec_seq FROM fact WHERE site=?");
	sql_num(&sql, (int64_t)site);
	while (sql_row(&sql))
		log->hooks.changed(log->hooks.to,
			(struct ref){(uint64_t)sql_get(&sql, 0), (uint32_t)sql_get(&sql, 1)});
	return sql_end(&sql, fault);
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
	enum rc rc = site_put(log, site, fault);
	if (rc)
		return rc;
	memset(log->sites, 0, sizeof(log->sites));
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

static enum rc each_site(struct sql *sql, site_fn *fn, void *to, struct fault *fault)
{
	struct arena arena = {0};
	struct node {
		struct node *next;
		struct site site;
	} *first = NULL, **last = &first;
	while (sql_row(sql)) {
		*last = arena_get(&arena, sizeof(**last));
		site_read(sql, &(*last)->site);
		last = &(*last)->next;
	}
	enum rc rc = sql_end(sql, fault);
	for (struct node *node = first; node && !rc; node = node->next)
		if (!fn(&node->site, to))
			break;
	arena_release(&arena);
	return rc;
}

enum rc log_sites(struct log *log, site_fn *fn, void *to, struct fault *fault)
{
	struct sql sql = sql_open(log->db, "SELECT " SITE_COLUMNS " FROM site ORDER BY area, site");

	return each_site(&sql, fn, to, fault);
}

enum rc log_sites_between(
	struct log *log, uint64_t first, uint64_t last, site_fn *fn, void *to, struct fault *fault)
{
	struct sql sql = sql_open(log->db,
		"SELECT " SITE_COLUMNS " FROM site WHERE site BETWEEN ? AND ? ORDER BY site");

	sql_num(&sql, (int64_t)first);
	sql_num(&sql, (int64_t)last);
	return each_site(&sql, fn, to, fault);
}
