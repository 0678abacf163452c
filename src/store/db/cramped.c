/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading a database on a disk that has no byte left, where SQLite can make neither -wal nor -shm.
 */
#include "store/db/db.h"

#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

/* "file:" and PATH, with what has a meaning in a URI written as its number. */
static void uri_of(const char *path, const char *parameters, struct buf *out)
{
	buf_text(out, "file:");
	for (; *path; path++)
		if (strchr("%?#", *path))
			buf_fmt(out, "%%%02x", (unsigned char)*path);
		else
			buf_byte(out, (uint8_t)*path);
	buf_text(out, parameters);
}

static bool wal_is_empty(const char *path)
{
	struct buf wal = {0};
	struct stat st;
	buf_fmt(&wal, "%s-wal", path);
	bool empty = stat(buf_cstr(&wal), &st) != 0 || st.st_size == 0;
	buf_release(&wal);
	return empty;
}

/* Nothing is written. What stands in the file alone is read as it stands; when something waits in
 * -wal, this process keeps what -shm would hold in its memory, and everybody else away. */
int cramped_open(const char *path, bool alone, struct sqlite3 **at)
{
	struct buf uri = {0};
	alone = alone || wal_is_empty(path);
	uri_of(path, alone ? "?immutable=1" : "", &uri);
	int how = alone ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
	int error = sqlite3_open_v2(
		buf_cstr(&uri), at, how | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
	buf_release(&uri);
	if (!error && !alone) {
		sqlite3_db_config(*at, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
		error = sqlite3_exec(*at, "PRAGMA locking_mode=EXCLUSIVE; PRAGMA query_only=ON",
			NULL, NULL, NULL);
	}
	return error;
}
