/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a mistyped name must not destroy: a database, a key, a carry file. Whoever is about to
 * overwrite one of these meant another file.
 */
#include "app/overwrite.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

enum { PATH_ROOM = 1024, HEAD = 16 };

/* SQLite's file format, section 1.3.1, and the heads of src/sync/swap/carry.c and folder.c. */
static const struct {
	const char *head;
	size_t len;
	const char *what;
} heads[] = {
	{"SQLite format 3", 16, N_("数据库")},
	{"OPC1", 4, N_("随身文件")},
	{"OPF1", 4, N_("随身文件")},
};

static enum rc refused(struct fault *fault, const char *path, const char *what)
{
	return fault_set(fault, RC_IO, _("\"%s\" 是%s，不覆盖：请换一个名字"), path, what);
}

static bool has_station(const char *folder)
{
	char path[PATH_ROOM + 20];
	struct stat st;
	snprintf(path, sizeof path, "%s/station.db", folder);
	return file_look(path, &st) == 0;
}

/* A name that the station makes itself, now or later: beside station.db SQLite has its journals. */
static bool stations_own(const char *name)
{
	static const char *const own[] = {
		"station.db", "index.db", "outpost.conf", "keys", "backup", "recall"};
	for (size_t i = 0; i < countof(own); i++)
		if (!strncmp(name, own[i], strlen(own[i])))
			return true;
	return false;
}

static bool is_key(const char *name)
{
	size_t len = strlen(name);
	return len > 4 && !strcmp(name + len - 4, ".key");
}

/* What the first bytes of a file tell it to be; NULL: nothing of ours. */
static const char *kind_of_file(const char *path)
{
	char head[HEAD] = {0};
	int fd = file_open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
	ssize_t got = fd >= 0 ? read(fd, head, sizeof head) : -1;
	if (fd >= 0)
		close(fd);
	for (size_t i = 0; got > 0 && i < countof(heads); i++)
		if ((size_t)got >= heads[i].len && !memcmp(head, heads[i].head, heads[i].len))
			return _(heads[i].what);
	return NULL;
}

static enum rc look_at_folder(
	const char *path, const char *folder, const char *name, bool there, struct fault *fault)
{
	char above[PATH_ROOM + 4];
	snprintf(above, sizeof above, "%s/..", folder);
	if (has_station(above) || (has_station(folder) && (there || stations_own(name))))
		return fault_set(
			fault, RC_IO, _("\"%s\" 在站点自己的文件夹里，不能写：请换一个地方"), path);
	return RC_OK;
}

enum rc overwrite_may(const char *path, bool force, struct fault *fault)
{
	char copy[PATH_ROOM], folder[PATH_ROOM];
	struct stat st;
	if (!strcmp(path, "-"))
		return RC_OK;
	if (strlen(path) >= PATH_ROOM)
		return fault_errno(fault, ENAMETOOLONG, _("写不了"), path);
	bool there = file_look(path, &st) == 0;
	memcpy(copy, path, strlen(path) + 1);
	memcpy(folder, path, strlen(path) + 1);
	const char *name = basename(copy);
	enum rc rc = look_at_folder(path, dirname(folder), name, there, fault);
	if (rc || !there)
		return rc;
	if (!S_ISREG(st.st_mode))
		return fault_set(fault, RC_IO, _("\"%s\" 不是普通文件：请换一个名字"), path);
	const char *what = is_key(name) ? _("密钥") : kind_of_file(path);
	if (what)
		return refused(fault, path, what);
	if (!force)
		return fault_set(fault, RC_IO,
			_("文件 \"%s\" 已存在：请换一个名字，或用 --force 覆盖"), path);
	return RC_OK;
}
