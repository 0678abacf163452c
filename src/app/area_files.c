/* SPDX-License-Identifier: GPL-3.0-or-later
 * The lists of places in HOME/areas are mapped at start, not read: a province's 50,000 names cost
 * nothing until one of them is asked for.
 */
#include "app/import.h"

#include <fcntl.h>
#include <glob.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/areas.h"
#include "model/area.h"
#include "model/shipped.h"

enum { LISTS_MOST = 6 }; /* beside the shipped one; more are left out */

static void use(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat st;
	void *at;

	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 &&
		st.st_size <= AREAS_FILE) {
		/* Lists are replaced by renaming, so what is mapped never changes under us. */
		at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		if (at != MAP_FAILED)
			area_list_add(bytes_of(at, (size_t)st.st_size));
	}
	close(fd);
}

void areas_use(const char *home)
{
	struct buf pattern = {0};
	glob_t found;

	area_list_add(shipped_file("areas.tsv"));
	buf_fmt(&pattern, "%s/areas/*.tsv", home);
	if (glob(buf_cstr(&pattern), 0, NULL, &found) == 0) {
		for (size_t i = 0; i < found.gl_pathc && i < LISTS_MOST; i++)
			use(found.gl_pathv[i]);
		globfree(&found);
	}
	buf_release(&pattern);
}
