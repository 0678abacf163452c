/* SPDX-License-Identifier: GPL-3.0-or-later
 * Files that spare work and nothing else. Each ends in a number by which what a crash, a full disk
 * or a careless copy left of it is known, so nothing has to be synced: that it is written costs no
 * other process anything, and station.db has no part in it.
 */
#include "store/station.h"
#include "store/station/internal.h"

#include <stdio.h>

#include "base/digest.h"
#include "base/endian.h"
#include "base/file.h"

enum {
	MOST = 256 << 20,
	ROOM = 16 << 20, /* stays for what must not be lost */
};

static bool path_of(const struct store *store, const char *name, char path[512])
{
	char inside[64];

	snprintf(inside, sizeof inside, "recall%s%s", *name ? "/" : "", name);
	return store_file(store->home, inside, path, NULL) == RC_OK;
}

bool store_recall(struct store *store, const char *name, struct buf *out)
{
	char path[512];
	size_t before = out->len;
	bool good = path_of(store, name, path) && file_read_own(path, MOST, out, NULL) == RC_OK &&
		    out->len >= before + LOW_WORD;

	if (good) {
		out->len -= LOW_WORD;
		struct bytes read = bytes_of(out->at + before, out->len - before);
		good = digest(0, read) == low_get(out->at + out->len, LOW_WORD);
	}
	if (!good)
		out->len = before;
	return good;
}

void store_remember(struct store *store, const char *name, struct buf *bytes)
{
	char folder[512], path[512];

	if (store->readonly || disk_free(store->home) < ROOM + bytes->len ||
		!path_of(store, "", folder) || !path_of(store, name, path) ||
		file_folder(folder, 0700, NULL))
		return;
	file_sweep(folder);
	buf_low(bytes, digest(0, buf_bytes(bytes)), LOW_WORD);
	if (file_write(path, buf_bytes(bytes), 0600 | FILE_LOOSE, NULL))
		file_remove(path);
}
