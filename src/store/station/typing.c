/* SPDX-License-Identifier: GPL-3.0-or-later
 * Does somebody sit at this station and type? A syncer that shares a narrow line with them lets
 * them go first.
 */
#include "store/station.h"
#include "store/station/internal.h"

#include "base/file.h"
#include "base/when.h"

#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>
#include <time.h>

enum { STEP_MS = 500, MILLIS = 1000, NANOS_MS = 1000000 };

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * MILLIS + now.tv_nsec / NANOS_MS;
}

void store_typed(struct store *store)
{
	static int64_t last;
	char path[512];
	int64_t now = now_ms();

	if (now >= last && now - last < STEP_MS)
		return;
	last = now;
	if (store->readonly || store_file(store->home, "typed", path, NULL) != RC_OK)
		return;
	/* Nothing is lost when it cannot be noted. */
	if (utimensat(AT_FDCWD, path, NULL, AT_SYMLINK_NOFOLLOW))
		(void)!file_write(path, bytes_of("", 0), 0600 | FILE_LOOSE, NULL);
}

int64_t store_quiet_ms(const struct store *store)
{
	char path[512];
	struct stat there;

	if (store_file(store->home, "typed", path, NULL) != RC_OK || stat(path, &there))
		return INT64_MAX;
	int64_t quiet = now_ms() -
			((int64_t)there.st_mtim.tv_sec * MILLIS + there.st_mtim.tv_nsec / NANOS_MS);
	return quiet < 0 ? INT64_MAX : quiet; /* the clock went back */
}
