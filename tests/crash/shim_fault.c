/* SPDX-License-Identifier: GPL-3.0-or-later
 * A disk that fails: the SHIM_AT-th call of the sort SHIM_WHAT (write sync open rename, or any)
 * fails as SHIM_HOW says: eio, enospc (with SHIM_STICKY all later ones too), short (half is
 * written), torn (half is written and the process dies), kill (the process dies before the call).
 */
#include "shim.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

int shim_may_open(const char *path, int flags);

enum hit { MISS, FAILS, HALF };

/* Whether this call is the one; dies here when that is what should happen. */
static enum hit hit(const char *what)
{
	const char *wanted = shim_env("SHIM_WHAT");
	if (*wanted && strcmp(wanted, "any") != 0 && strcmp(wanted, what) != 0)
		return MISS;
	if (!shim_now(shim_count()))
		return MISS;
	const char *how = shim_env("SHIM_HOW");
	if (strcmp(how, "kill") == 0)
		shim_kill();
	if (strcmp(how, "short") == 0 || strcmp(how, "torn") == 0)
		return HALF;
	errno = strcmp(how, "enospc") == 0 ? ENOSPC : EIO;
	return FAILS;
}

int shim_may_open(const char *path, int flags)
{
	(void)path;
	if (!(flags & O_CREAT))
		return 0;
	return hit("open") == MISS ? 0 : errno;
}

static ssize_t put(int fd, const void *data, size_t size, off64_t at)
{
	return at < 0 ? syscall(SYS_write, fd, data, size)
		      : syscall(SYS_pwrite64, fd, data, size, SHIM_WIDE(at));
}

static ssize_t write_it(int fd, const void *data, size_t size, off64_t at)
{
	if (!shim_path(fd))
		return put(fd, data, size, at);
	switch (hit("write")) {
	case FAILS:
		return -1;
	case HALF:
		put(fd, data, size / 2, at);
		if (strcmp(shim_env("SHIM_HOW"), "torn") == 0)
			shim_kill();
		return (ssize_t)(size / 2);
	default:
		return put(fd, data, size, at);
	}
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
	if (shim_path(fd) && hit("write") != MISS)
		return -1;
	return syscall(SYS_writev, fd, parts, count);
}

static int sync_it(int fd, long call)
{
	if (shim_path(fd) && hit("sync") != MISS)
		return -1;
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
	if (shim_path(fd) && hit("write") != MISS)
		return -1;
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

int rename(const char *from, const char *to)
{
	if (shim_under(to) && hit("rename") != MISS)
		return -1;
	return (int)syscall(SYS_rename, from, to);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
	if ((shim_path(to_folder) || shim_under(to)) && hit("rename") != MISS)
		return -1;
	return (int)syscall(SYS_renameat, from_folder, from, to_folder, to);
}

int unlink(const char *path)
{
	if (shim_under(path) && hit("remove") != MISS)
		return -1;
	return (int)syscall(SYS_unlink, path);
}

int unlinkat(int folder, const char *path, int flags)
{
	if ((shim_path(folder) || shim_under(path)) && hit("remove") != MISS)
		return -1;
	return (int)syscall(SYS_unlinkat, folder, path, flags);
}

int mkdir(const char *path, mode_t mode)
{
	if (shim_under(path) && hit("folder") != MISS)
		return -1;
	return (int)syscall(SYS_mkdir, path, mode);
}
