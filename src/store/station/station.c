/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who this station is, and where its files lie.
 */
#include "store/station.h"
#include "store/station/internal.h"

#include <stdio.h>
#include <string.h>

enum rc store_file(const char *home, const char *name, char path[512], struct fault *fault)
{
	if (snprintf(path, 512, "%s/%s", home, name) >= 512)
		return fault_set(fault, RC_BAD, _("文件夹的路径太长 \"%s\""), home);
	return RC_OK;
}

const struct station *store_station(const struct store *store)
{
	return &store->station;
}

uint64_t store_opening(const struct store *store)
{
	return store->opening;
}

static enum rc station_put(struct store *store, const struct station *station, struct fault *fault)
{
	struct site site = {.site = store->station.site};
	log_site(&store->log, site.site, &site);
	site.area = station->area;
	site.level = station->level;
	memcpy(site.name, station->name, sizeof(site.name));
	memcpy(site.code, station->code, sizeof(site.code));
	memcpy(site.sign_public, store->keys.sign_public, SIGN_PUBLIC);
	memcpy(site.agree_public, store->keys.agree_public, AGREE_PUBLIC);
	enum rc rc = log_site_set(&store->log, &site, fault);
	if (rc)
		return rc;
	struct sql sql = sql_open(store->db, "UPDATE store SET joined=?");
	sql_num(&sql, station->joined);
	if ((rc = sql_run(&sql, fault)) || (rc = station_load(store, fault)))
		return rc;
	return warnings_settle(store, fault); /* which stations are above may have changed */
}

enum rc store_station_set(struct store *store, const struct station *station, struct fault *fault)
{
	enum rc rc = store_begin(store, fault);
	if (rc)
		return rc;
	if ((rc = station_put(store, station, fault))) {
		store_undo(store);
		return rc;
	}
	return store_commit(store, fault);
}

const struct keys *store_keys(const struct store *store)
{
	return &store->keys;
}

const char *store_home(const struct store *store)
{
	return store->home;
}

bool store_cramped(const struct store *store)
{
	return store->cramped;
}

bool store_readonly(const struct store *store)
{
	return store->readonly;
}

bool store_gone(struct store *store)
{
	return db_moved(store->db);
}
