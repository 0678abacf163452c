/* SPDX-License-Identifier: GPL-3.0-or-later
 * A disk that loses power: every write is noted with what was there before in SHIM_LOG, every sync
 * as well. At the SHIM_AT-th call each write that was not synced since is looked at in pieces of a
 * 512-byte sector, and a piece stays, goes back to the old, becomes zeros or garbage (by
 * SHIM_SEED); a length that was not synced may go back; and the process dies. Bytes of a sector
 * that nobody wrote keep their value, which is what SQLite relies on. SHIM_LIE=1: a sync does
 * nothing. What it cannot do: names. A rename or removal that was not synced stays done.
 */
#include "shim.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { SECTOR = 512 };
enum note { NOTE_SECTOR, NOTE_LENGTH, NOTE_SYNC };

/* One note in the log: SIZE bytes of one sector from AT on, which were DATA; or the old length AT.
 */
struct entry {
	enum note note;
	char path[SHIM_PATH];
	int64_t at;
	uint32_t size;
	uint8_t data[SECTOR];
};

int shim_may_open(const char *path, int flags);

static uint64_t seed;

static unsigned dice(unsigned sides)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)((seed >> 11) % sides);
}

static void note(const struct entry *entry)
{
	int fd = (int)syscall(
		SYS_openat, AT_FDCWD, shim_env("SHIM_LOG"), O_WRONLY | O_CREAT | O_APPEND, 0600);
	if (fd < 0 || syscall(SYS_write, fd, entry, sizeof *entry) != (long)sizeof *entry)
		shim_kill(); /* the test itself is broken */
	syscall(SYS_close, fd);
}

static void note_length(int fd, const char *path)
{
	struct stat stat;
	struct entry entry = {.note = NOTE_LENGTH};
	if (fstat(fd, &stat) != 0)
		return;
	strcpy(entry.path, path);
	entry.at = stat.st_size;
	note(&entry);
}

static void note_sectors(const char *path, off64_t from, off64_t to)
{
	int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY);
	for (off64_t at = from; at < to;) {
		struct entry entry = {.note = NOTE_SECTOR, .at = at};
		off64_t end = at - at % SECTOR + SECTOR;
		entry.size = (uint32_t)((end < to ? end : to) - at);
		strcpy(entry.path, path);
		if (pread(fd, entry.data, entry.size, at) < 0)
			shim_kill();
		note(&entry);
		at += entry.size;
	}
	syscall(SYS_close, fd);
}

static void note_sync(const char *path)
{
	struct entry entry = {.note = NOTE_SYNC};
	strcpy(entry.path, path);
	note(&entry);
}

/* The piece as it may be found after the power came back. */
static void damage_sector(int fd, struct entry *entry)
{
	switch (dice(4)) {
	case 0:
		return;
	case 1:
		memset(entry->data, 0, entry->size);
		break;
	case 2:
		for (unsigned i = 0; i < entry->size; i++)
			entry->data[i] = (uint8_t)dice(256);
		break;
	default:
		break; /* the old */
	}
	syscall(SYS_pwrite64, fd, entry->data, entry->size, SHIM_WIDE(entry->at));
}

static void undo(struct entry *entry, bool cut)
{
	int fd = (int)syscall(SYS_openat, AT_FDCWD, entry->path, O_WRONLY);
	if (fd < 0)
		return;
	struct stat stat;
	if (entry->note == NOTE_LENGTH && cut)
		syscall(SYS_ftruncate, fd, entry->at);
	else if (entry->note == NOTE_SECTOR && fstat(fd, &stat) == 0 && entry->at < stat.st_size)
		damage_sector(fd, entry);
	syscall(SYS_close, fd);
}

static bool synced_later(const struct entry *all, size_t count, size_t i)
{
	for (size_t k = i + 1; k < count; k++)
		if (all[k].note == NOTE_SYNC && strcmp(all[k].path, all[i].path) == 0)
			return true;
	return false;
}

static void lose_power(void)
{
	seed = shim_env_number("SHIM_SEED", 1) * 0x9E3779B97F4A7C15u +
	       shim_env_number("SHIM_AT", 1) + 1;
	int fd = (int)syscall(SYS_openat, AT_FDCWD, shim_env("SHIM_LOG"), O_RDONLY);
	struct stat stat;
	if (fd >= 0 && fstat(fd, &stat) == 0 && stat.st_size > 0) {
		size_t count = (size_t)stat.st_size / sizeof(struct entry);
		struct entry *all = malloc(count * sizeof *all);
		if (!all || pread(fd, all, count * sizeof *all, 0) < 0)
			shim_kill();
		bool cut = dice(3) == 0;
		for (size_t i = count; i-- > 0;)
			if (all[i].note != NOTE_SYNC && !synced_later(all, count, i))
				undo(&all[i], cut);
	}
	shim_kill();
}

static void tick(void)
{
	if (shim_now(shim_count()))
		lose_power();
}

int shim_may_open(const char *path, int flags)
{
	struct stat stat_;
	if ((flags & O_TRUNC) && stat(path, &stat_) == 0 && stat_.st_size > 0)
		note_sectors(path, 0, stat_.st_size);
	return 0;
}

static ssize_t put(int fd, const void *data, size_t size, off64_t at)
{
	return at < 0 ? syscall(SYS_write, fd, data, size)
		      : syscall(SYS_pwrite64, fd, data, size, SHIM_WIDE(at));
}

static ssize_t write_it(int fd, const void *data, size_t size, off64_t at)
{
	const char *path = shim_path(fd);
	if (path) {
		tick();
		off64_t from = at;
		if (at < 0)
			from = fcntl(fd, F_GETFL) & O_APPEND ? lseek(fd, 0, SEEK_END)
							     : lseek(fd, 0, SEEK_CUR);
		note_length(fd, path);
		note_sectors(path, from, from + (off64_t)size);
	}
	return put(fd, data, size, at);
}

ssize_t write(int fd, const void *data, size_t size)
{
	return write_it(fd, data, size, -1);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at)
{
	return write_it(fd, data, size, at);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at)
{
	return write_it(fd, data, size, at);
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
	ssize_t sum = 0;
	for (int i = 0; i < count; i++) {
		ssize_t wrote = write_it(fd, parts[i].iov_base, parts[i].iov_len, -1);
		if (wrote < 0)
			return sum ? sum : -1;
		sum += wrote;
	}
	return sum;
}

static int sync_it(int fd, long call)
{
	const char *path = shim_path(fd);
	if (path) {
		tick();
		if (*shim_env("SHIM_LIE"))
			return 0;
		note_sync(path);
		return 0; /* power here is ours: the machine's own disk need not wait */
	}
	return (int)syscall(call, fd);
}

int fsync(int fd)
{
	return sync_it(fd, SYS_fsync);
}

int fdatasync(int fd)
{
	return sync_it(fd, SYS_fdatasync);
}

static int truncate_it(int fd, off64_t size)
{
	const char *path = shim_path(fd);
	struct stat stat;
	if (path) {
		tick();
		/* Undone last to first: the length comes back before what lay there. */
		if (fstat(fd, &stat) == 0 && stat.st_size > size)
			note_sectors(path, size, stat.st_size);
		note_length(fd, path);
	}
	return (int)syscall(SYS_ftruncate, fd, (long)size);
}

int ftruncate(int fd, off_t size)
{
	return truncate_it(fd, size);
}

int ftruncate64(int fd, off64_t size)
{
	return truncate_it(fd, size);
}
