/* SPDX-License-Identifier: GPL-3.0-or-later
 * A full disk. HOME/reserve holds 64 KiB that nobody needs: a terminal that is opened, or a draft
 * that is kept, at no free byte gets them. It is made again when there is room. And the disk
 * itself: a database that was opened for reading alone, because its -wal and -shm had no room, is
 * opened for writing as soon as they have.
 */
#include "store/db.h"
#include "store/station.h"
#include "store/station/internal.h"

#include "base/file.h"
#include "base/memory.h"
#include "store/db/internal.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum {
	RESERVE = 64 << 10,
	ROOM = 1 << 20,     /* free beyond it, or the next commit would want it back */
	REGAIN = 256 << 10, /* -wal, -shm and some commits */
};

uint64_t disk_free(const char *home)
{
	struct statvfs disk;
	return statvfs(home, &disk) == 0 ? (uint64_t)disk.f_bavail * disk.f_frsize : 0;
}

static bool has_room(const struct store *store, uint64_t bytes)
{
	return disk_free(store->home) >= bytes;
}

bool store_spare(struct store *store)
{
	char path[512];
	store->tight = true;
	return store_file(store->home, "reserve", path, NULL) == RC_OK && unlink(path) == 0;
}

void reserve_make(struct store *store)
{
	struct stat there;
	char path[512];
	if (store->readonly || store->flags & STORE_FAST ||
		store_file(store->home, "reserve", path, NULL) || lstat(path, &there) == 0)
		return;
	store->tight = !has_room(store, RESERVE + ROOM);
	if (store->tight)
		return;
	/* Random: zeros take no room on a disk that packs. */
	uint8_t *bytes = memory_size(NULL, RESERVE, 1);
	crypt_random(bytes, RESERVE);
	struct fault fault;
	store->tight = file_write(path, bytes_of(bytes, RESERVE), 0600, &fault) != RC_OK;
	free(bytes);
}

/* A store that was cramped has room again and is opened anew. */
static bool reserve_regained(struct store *store)
{
	char path[512];
	struct db *db;
	if (!store->cramped || store->log.depth || !has_room(store, REGAIN) ||
		store_file(store->home, "station.db", path, NULL) ||
		db_open(&db, path, store->flags & STORE_READ ? DB_READ : 0, &store->steps, NULL))
		return false;
	/* Its tables are of another day: those in memory are shown until the next start. */
	if (!schema_is_current(db) || kv_num_in(db, kv_own(KV_ROWS), 0) != store->print) {
		db_close(db);
		return false;
	}
	db_close(store->db);
	store->db = store->log.db = db;
	store->cramped = false;
	store->readonly = store->log.readonly = store->flags & STORE_READ;
	log_forget(&store->log);
	return true;
}

bool store_moved(struct store *store)
{
	if (reserve_regained(store))
		return true;
	int64_t version = db_version(store->db);
	bool moved = version != store->version;
	store->version = version;
	if (moved && !store->log.depth)
		log_forget(&store->log);
	return moved;
}
