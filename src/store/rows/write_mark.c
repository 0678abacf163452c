/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the keys have written, noted beside the keys: keys/written. A database that somebody put
 * back by hand (an old copy over station.db) knows less than its keys have written, and would write
 * numbers twice; the note tells it before it writes the first.
 *
 * The note follows each commit: it may say too little, never too much, because what it counts was
 * synced before. A note that cannot be read, or is not there, says nothing.
 */
#include "store/rows/internal.h"

#include "base/endian.h"
#include "base/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Site, numbers by lane, and the beginning of the hash of both. */
enum { LANE_ROOM = 9, SUM_ROOM = 17, NOTE = 14 + LANES * LANE_ROOM, NOTE_ALL = NOTE + SUM_ROOM };

static bool note_path(const struct store *store, char path[512])
{
	return snprintf(path, 512, "%s/keys/written", store->home) < 512;
}

static void sum_of(const char note[NOTE], char out[SUM_ROOM + 1])
{
	uint8_t hash[HASH_SIZE];
	crypt_hash(bytes_of(note, NOTE), hash);
	uint64_t sum = low_get(hash, LOW_WORD);
	snprintf(out, SUM_ROOM + 1, " %016llx", (unsigned long long)sum);
}

static void numbers_read(struct store *store, uint32_t upto[LANES])
{
	struct sql sql = sql_open(store->db, "SELECT lane, upto FROM author WHERE site=?");
	memset(upto, 0, LANES * sizeof(*upto));
	sql_num(&sql, (int64_t)store->station.site);
	while (sql_row(&sql))
		if (sql_get(&sql, 0) < LANES)
			upto[sql_get(&sql, 0)] = (uint32_t)sql_get(&sql, 1);
	(void)!sql_end(&sql, NULL);
}

void write_mark_note(struct store *store)
{
	char path[512], note[NOTE_ALL + 1];
	uint32_t upto[LANES];
	if (!note_path(store, path))
		return;
	numbers_read(store, upto);
	int len = snprintf(
		note, sizeof(note), "%s", site_hex(store->station.site, (char[SITE_HEX]){""}));
	for (unsigned lane = 0; lane < LANES; lane++)
		len += snprintf(note + len, sizeof(note) - (size_t)len, " %08x", upto[lane]);
	sum_of(note, note + NOTE);
	unsigned loose = store->flags & STORE_FAST ? FILE_LOOSE : 0;
	/* When it cannot be kept nothing is lost but the warning. */
	(void)!file_write(path, bytes_of(note, NOTE_ALL), 0600 | loose, NULL);
}

static bool note_read(const char *path, uint64_t *site, uint32_t upto[LANES])
{
	char note[NOTE_ALL + 1] = {0}, sum[SUM_ROOM + 1], *at = note + 14;
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return false;
	ssize_t got = read(fd, note, NOTE_ALL);
	close(fd);
	if (got != NOTE_ALL)
		return false;
	sum_of(note, sum);
	if (memcmp(note + NOTE, sum, SUM_ROOM))
		return false;
	*site = strtoull(note, NULL, 16);
	for (unsigned lane = 0; lane < LANES; lane++, at += LANE_ROOM)
		upto[lane] = (uint32_t)strtoul(at, NULL, 16);
	return true;
}

bool write_mark_ahead(struct store *store)
{
	char path[512];
	uint32_t noted[LANES], upto[LANES];
	uint64_t site;
	if (!note_path(store, path) || !note_read(path, &site, noted) ||
		site != store->station.site)
		return false;
	numbers_read(store, upto);
	for (unsigned lane = 0; lane < LANES; lane++)
		if (noted[lane] > upto[lane])
			return true;
	return false;
}

bool write_mark_of(struct store *store, uint64_t site)
{
	char path[512];
	uint32_t noted[LANES];
	uint64_t whose;
	bool any = false;
	if (!note_path(store, path) || !note_read(path, &whose, noted) || whose != site)
		return false;
	for (unsigned lane = 0; lane < LANES; lane++)
		any |= noted[lane] > 0;
	return any;
}

void own_keys_settle(struct store *store)
{
	char from[540], to[540];
	struct fault none;
	snprintf(from, sizeof(from), "%s/keys/" KEYS_NEXT, store->home);
	snprintf(to, sizeof(to), "%s/keys/sign.key", store->home);
	(void)!file_move(from, to, &none);
}
