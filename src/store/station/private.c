/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who else on the machine may read a station's folder: nobody, or a group by its owner's decision.
 * What an older program, a careless copy or a wide umask left open is closed before it is used.
 */
#include "store/station.h"
#include "store/station/internal.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Deeper than backup/ nothing of ours lies. */
enum { DEEPEST = 2, ENTRIES_MOST = 100000 };

/* The bits that a file or folder here must not have. */
static unsigned too_open(unsigned mode, bool shared)
{
	return mode & (shared ? S_IRWXO : S_IRWXG | S_IRWXO);
}

static void close_entries(int dir, bool shared, unsigned depth);

static void close_entry(int dir, const char *name, bool shared, unsigned depth)
{
	struct stat st;
	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) ||
		!(S_ISREG(st.st_mode) || S_ISDIR(st.st_mode)))
		return;
	/* Only ever taken away: should NAME have become a link by now, what it leads to loses no
	 * more. */
	if (too_open(st.st_mode, shared))
		(void)!fchmodat(dir, name, st.st_mode & 07777 & ~too_open(st.st_mode, shared), 0);
	if (!S_ISDIR(st.st_mode) || depth == DEEPEST)
		return;
	int below = openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (below >= 0)
		close_entries(below, shared, depth + 1);
}

/* Owns DIR. */
static void close_entries(int dir, bool shared, unsigned depth)
{
	DIR *list = fdopendir(dir);
	if (!list) {
		close(dir);
		return;
	}
	struct dirent *entry;
	for (unsigned n = 0; n < ENTRIES_MOST && (entry = readdir(list)) != NULL; n++)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			close_entry(dirfd(list), entry->d_name, shared, depth);
	closedir(list);
}

static bool is_empty(const char *home)
{
	DIR *list = opendir(home);
	unsigned entries = 0;
	while (list && readdir(list))
		entries++;
	if (list)
		closedir(list);
	return list && entries <= 2; /* itself and its parent */
}

static enum rc refused(
	const char *home, const struct stat *folder, bool shared, struct fault *fault)
{
	const struct passwd *owner = getpwuid(folder->st_uid);
	char number[16];
	snprintf(number, sizeof(number), "%u", (unsigned)folder->st_uid);
	return fault_set(fault, RC_DENIED,
		_("本机的别人能读到 \"%s\"：请由主人 \"%s\" 执行 chmod -R %s '%s' 再试（FAT "
		  "盘要用 umask=077 挂载）"),
		home, owner ? owner->pw_name : number, shared ? "o-rwx" : "go-rwx", home);
}

/* A station's folder, and its database when there is one. */
struct looked {
	struct stat folder;
	bool there, shared, station, open;
};

static void look(const char *home, const char *database, struct looked *at)
{
	struct stat file;
	at->there = stat(home, &at->folder) == 0 && S_ISDIR(at->folder.st_mode);
	at->shared = at->there && file_group_folder(at->folder.st_mode);
	at->station = at->there && stat(database, &file) == 0 && S_ISREG(file.st_mode);
	at->open = at->there && (too_open(at->folder.st_mode, at->shared) ||
					(at->station && too_open(file.st_mode, at->shared)));
}

/* Whoever may do it, and not in a folder that serves others, as /tmp. */
static void close_all(const char *home, const struct looked *at)
{
	if (at->folder.st_uid != geteuid() || at->folder.st_mode & S_ISVTX)
		return;
	int dir = open(home, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0)
		return;
	(void)!fchmod(dir, at->folder.st_mode & 07777 & ~too_open(at->folder.st_mode, at->shared));
	close_entries(dir, at->shared, 1);
}

enum rc home_private(const char *home, bool *mended, struct fault *fault)
{
	struct looked at;
	char path[512];
	if (mended)
		*mended = false;
	enum rc rc = store_file(home, "station.db", path, fault);
	if (rc)
		return rc;
	look(home, path, &at);
	if (!at.open)
		return RC_OK;
	if (!at.station && !is_empty(home))
		return fault_set(fault, RC_DENIED,
			_("\"%s\" 里有别的东西，本机的别人也能进：请换一个空文件夹，或先执行 chmod "
			  "700 '%s'"),
			home, home);
	close_all(home, &at);
	look(home, path, &at);
	if (at.open)
		return refused(home, &at.folder, at.shared, fault);
	if (mended)
		*mended = at.station;
	return RC_OK;
}
