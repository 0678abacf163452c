/* SPDX-License-Identifier: GPL-3.0-or-later
 * Several processes write one station. One of them may end its site: then the others go on under
 * the next one as well, with the keys that lie in keys/ by now.
 */
#include "store/db.h"
#include "store/rows/internal.h"

#include "base/file.h"
#include "store/db/internal.h"

#include <stdio.h>
#include <string.h>

enum rc station_load(struct store *store, struct fault *fault)
{
	struct station *station = &store->station;
	struct site site;
	struct sql sql = sql_open(store->db, "SELECT site, joined FROM store");
	bool found = sql_row(&sql);
	*station = (struct station){0};
	if (found) {
		station->site = (uint64_t)sql_get(&sql, 0);
		station->joined = sql_get(&sql, 1) != 0;
	}
	enum rc rc = sql_end(&sql, fault);
	if (rc)
		return rc;
	store->log.site = station->site;
	if (!found || !log_site(&store->log, station->site, &site))
		return fault_set(
			fault, RC_BAD, _("数据库 \"%s\" 里没有本站的资料"), db_path(store->db));
	station->area = site.area;
	station->level = site.level;
	memcpy(station->name, site.name, sizeof(station->name));
	memcpy(station->code, site.code, sizeof(station->code));
	store->log.area = station->area;
	return RC_OK;
}

/* A crash came between the commit that ended the site before and the file's last name. */
static bool next_waits(struct store *store, const char *folder, struct keys *keys)
{
	char from[540], to[540];
	if (keys_load_as(keys, folder, KEYS_NEXT, NULL) != RC_OK ||
		site_of(keys->sign_public) != store->station.site)
		return false;
	snprintf(from, sizeof(from), "%s/" KEYS_NEXT, folder);
	snprintf(to, sizeof(to), "%s/sign.key", folder);
	/* Read-only or not: these are the keys. */
	(void)!file_move(from, to, NULL);
	return true;
}

enum rc station_keys(
	struct store *store, const char *folder, struct keys *keys, struct fault *fault)
{
	struct keys waiting;
	enum rc rc = keys_load(keys, folder, fault);
	if (!rc && site_of(keys->sign_public) == store->station.site)
		return RC_OK;
	if (next_waits(store, folder, &waiting)) {
		*keys = waiting;
		rc = RC_OK;
	}
	explicit_bzero(&waiting, sizeof(waiting));
	return rc;
}

enum rc station_newer(struct store *store, struct fault *fault)
{
	return fault_set(fault, RC_NEWER,
		_("数据库 \"%s\" 由更新版本的程序写成，只能查看：请升级本程序"),
		db_path(store->db));
}

enum rc station_keyless(struct store *store, struct fault *fault)
{
	return fault_set(fault, RC_IO,
		_("\"%s/keys\" 里没有本站的密钥，不能写：请从副本放回，或用 outpost init "
		  "--new-keys 以新编号继续"),
		store->home);
}

/* The keys of the site as it is now; nothing is written with others. */
static enum rc keys_follow(struct store *store, struct fault *fault)
{
	char folder[512];
	struct keys keys = {0};
	enum rc rc = RC_OK;
	snprintf(folder, sizeof(folder), "%s/keys", store->home);
	(void)!station_keys(store, folder, &keys, NULL);
	if (site_of(keys.sign_public) == store->station.site) {
		store->keys = keys;
	} else {
		store->keys_wrong = store->readonly = store->log.readonly = true;
		rc = station_keyless(store, fault);
	}
	explicit_bzero(&keys, sizeof(keys));
	return rc;
}

enum rc station_follow(struct store *store, struct fault *fault)
{
	if (!store->station.site)
		return RC_OK; /* it is just being made */
	if (schema_version(store->db) > SCHEMA_NEWEST)
		return station_newer(store, fault);
	struct sql sql = sql_open(store->db, "SELECT site FROM store");
	uint64_t site = sql_row(&sql) ? (uint64_t)sql_get(&sql, 0) : 0;
	enum rc rc = sql_end(&sql, fault);
	if (rc || !site || site == store->station.site)
		return rc;
	log_forget(&store->log);
	rc = station_load(store, fault);
	return rc ? rc : keys_follow(store, fault);
}
