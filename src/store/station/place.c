/* SPDX-License-Identifier: GPL-3.0-or-later
 * What lies in a station's folder. Whoever finds no database must not make a new station over an
 * old one whose database was lost, and whoever finds something else must not wait for it.
 */
#include "store/station.h"
#include "store/station/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEAD = 44, COOKIE = 40, MARK = 68, FRAMES_MOST = 100000 };

static bool lies(const char *home, const char *name)
{
	char path[512];
	struct stat st;
	return store_file(home, name, path, NULL) == RC_OK && stat(path, &st) == 0;
}

/* What an interrupted restore set aside is as good as a backup. */
static bool any_backup(const char *home, char path[512])
{
	if (backup_newest(home, path))
		return true;
	return store_file(home, "station.db.old", path, NULL) == RC_OK && access(path, R_OK) == 0 &&
	       backup_look(path, NULL) == RC_OK;
}

enum place place_empty(const char *home, struct fault *fault)
{
	char path[512], backup[512];
	enum rc rc = store_file(home, "station.db", path, fault);
	if (rc)
		return PLACE_STRANGE;
	if (any_backup(home, backup)) {
		fault_set(fault, RC_BAD,
			_("数据库 \"%s\" 不见了或是空的：请用 outpost restore '%s' 恢复最近的备份"),
			path, backup);
		return PLACE_LOST;
	}
	if (lies(home, "keys/written")) {
		fault_set(fault, RC_BAD,
			_("数据库 \"%s\" 不见了或是空的，密钥还在，这里没有备份：别处有备份就用 "
			  "outpost restore 文件；没有就用 outpost init --new-keys --area 代码 "
			  "重新建站，"
			  "再请上级邀请，outpost join"),
			path);
		return PLACE_LOST;
	}
	if (!lies(home, "keys/sign.key") && !lies(home, "station.db"))
		return PLACE_FREE;
	fault_set(fault, RC_NONE,
		_("\"%s\" 里建站没有做完，还没有记录：请再运行一次 outpost init 或 outpost join"),
		home);
	return PLACE_BEGUN;
}

static enum place strange(struct fault *fault, int error, const char *home, const char *path)
{
	if (error == EACCES || error == EPERM)
		fault_set(fault, RC_IO,
			_("没有权限读写 \"%s\"：请用站点主人的账号运行，或由他执行 chmod -R u+rwX "
			  "'%s'"),
			path, home);
	else
		fault_errno(fault, error, _("打不开"), path);
	return PLACE_STRANGE;
}

/* A link to nowhere is a database on a disk that is not there; it must not be made anew. */
static enum place not_there(const char *home, const char *path, struct fault *fault)
{
	struct stat link;
	if (lstat(path, &link) == 0 && S_ISLNK(link.st_mode)) {
		fault_set(fault, RC_BAD,
			_("\"%s\" "
			  "是一个链接，指向的数据库不在：请先挂好它所在的盘，或删掉这个链接再恢复备"
			  "份"),
			path);
		return PLACE_STRANGE;
	}
	return place_empty(home, fault);
}

/* Making a station makes all tables in one commit: a file without any is of one that was cut off.
 * Its head says so in passing (schema cookie, byte 40) unless the log beside it has more. */
static bool no_tables(const char *path)
{
	struct db *db;
	bool none = false;
	uint8_t head[HEAD];
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	bool maybe = fd >= 0 && read(fd, head, HEAD) == HEAD &&
		     memcmp(head + COOKIE, (uint8_t[4]){0}, 4) == 0;
	if (fd >= 0)
		close(fd);
	if (maybe && db_open(&db, path, DB_READ, NULL, NULL) == RC_OK) {
		none = db_number(db, "SELECT count(*) FROM sqlite_master", -1) == 0;
		db_close(db);
	}
	return none;
}

static bool before(struct timespec a, struct timespec b)
{
	return a.tv_sec < b.tv_sec || (a.tv_sec == b.tv_sec && a.tv_nsec < b.tv_nsec);
}

static uint32_t big_end(const uint8_t at[4])
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* The mark in the first page of the database, as the log at FD has it; false: that page is not in
 * it. Of the log's format (sqlite.org/fileformat2.html, 4.1): a head of 32 bytes with the page size
 * at 8 and two salts at 16, then pages, each behind 24 bytes with its number and the salts again.
 */
static bool mark_in_log(int fd, uint32_t *found)
{
	uint8_t head[32], frame[24], mark[4];
	if (pread(fd, head, sizeof(head), 0) != sizeof(head))
		return false;
	off_t step = (off_t)big_end(head + 8) + (off_t)sizeof(frame), at = sizeof(head);
	for (unsigned i = 0; i < FRAMES_MOST; i++, at += step) {
		if (pread(fd, frame, sizeof(frame), at) != sizeof(frame) ||
			memcmp(frame + 8, head + 16, 8) != 0)
			return false;
		if (big_end(frame) != 1)
			continue;
		*found = 0;
		if (pread(fd, mark, sizeof(mark), at + (off_t)sizeof(frame) + MARK) == sizeof(mark))
			*found = big_end(mark);
		return true;
	}
	return false;
}

/* The mark of the database in BASE; false: its first page is torn, as a power cut leaves it in the
 * middle of a checkpoint. Then the log holds the whole page. */
static bool mark_in_base(int base, uint32_t *found)
{
	static const char begins[] = "SQLite format 3";
	uint8_t head[MARK + 4];
	if (pread(base, head, sizeof(head), 0) != sizeof(head) ||
		memcmp(head, begins, sizeof(begins)) != 0)
		return false;
	*found = big_end(head + MARK);
	return true;
}

/* -1: the log says of another database than PATH's; 1: of this one; 0: it does not say. Each file
 * of ours has a mark of its own (db.h). */
static int same_mark(const char *path, const char *log)
{
	int base = open(path, O_RDONLY | O_CLOEXEC), fd = open(log, O_RDONLY | O_CLOEXEC);
	uint32_t own = 0, other = 0;
	int same = 0;
	if (base >= 0 && fd >= 0 && mark_in_log(fd, &other) && mark_in_base(base, &own) &&
		(other || own))
		same = other == own ? 1 : -1;
	if (base >= 0)
		close(base);
	if (fd >= 0)
		close(fd);
	return same;
}

static bool sound_as(const char *path, unsigned flags)
{
	char note[200];
	struct db *db;
	if (db_open(&db, path, DB_READ | flags, NULL, NULL))
		return false;
	bool sound = db_sound(db, false, note);
	db_close(db);
	return sound;
}

/* SQLite takes any log that lies beside the database for its own, and would mix two of them.
 * Whoever laid another database there did so after the log was last written; so does a checkpoint,
 * of a station at work. Then the marks decide, and where they do not say, whether both are sound
 * together. */
static bool foreign_log(const char *path, const struct stat *base)
{
	char log[520];
	struct stat st;
	snprintf(log, sizeof(log), "%s-wal", path);
	if (stat(log, &st) || !S_ISREG(st.st_mode) || !st.st_size ||
		!before(st.st_mtim, base->st_ctim))
		return false;
	int same = same_mark(path, log);
	return same < 0 || (!same && !sound_as(path, 0) && sound_as(path, DB_ALONE));
}

static enum place look_at(const char *home, const char *path, struct fault *fault)
{
	struct stat st;
	if (stat(path, &st))
		return errno == ENOENT ? not_there(home, path, fault)
				       : strange(fault, errno, home, path);
	if (!S_ISREG(st.st_mode)) {
		fault_set(fault, RC_BAD,
			_("\"%s\" 是文件夹、管道或设备，不是数据库：请先把它移开（mv '%s' "
			  "'%s.bad'），"
			  "再恢复备份"),
			path, path, path);
		return PLACE_STRANGE;
	}
	if (access(path, R_OK))
		return strange(fault, errno, home, path);
	if (st.st_size && foreign_log(path, &st)) {
		fault_set(fault, RC_BAD,
			_("\"%s-wal\" 是另一份数据库留下的：请执行 mv '%s-wal' '%s-wal.old' 再试"),
			path, path, path);
		return PLACE_STRANGE;
	}
	return st.st_size && !no_tables(path) ? PLACE_STATION : place_empty(home, fault);
}

enum place place_look(const char *home, struct fault *fault)
{
	char path[512];
	struct stat st;
	if (store_file(home, "station.db", path, fault))
		return PLACE_STRANGE;
	if (stat(home, &st))
		return errno == ENOENT ? PLACE_FREE : strange(fault, errno, home, home);
	if (!S_ISDIR(st.st_mode)) {
		fault_set(fault, RC_BAD,
			_("\"%s\" 不是文件夹：站点要一个文件夹，用 --home 或 OUTPOST_HOME 指明"),
			home);
		return PLACE_STRANGE;
	}
	if (access(home, X_OK))
		return strange(fault, errno, home, home);
	return look_at(home, path, fault);
}
