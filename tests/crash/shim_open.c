/* SPDX-License-Identifier: GPL-3.0-or-later
 * The many names under which the C library opens and closes a file, brought to shim_opened and,
 * before that, to shim_may_open, where a shim can refuse (see shim_fault.c).
 */
#include "shim.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/syscall.h>
#include <unistd.h>

int shim_may_open(const char *path, int flags); /* 0, or the errno to fail with */

static int open_it(int folder, const char *path, int flags, mode_t mode)
{
	int error = shim_under(path) ? shim_may_open(path, flags) : 0;
	if (error) {
		errno = error;
		return -1;
	}
	int fd = (int)syscall(SYS_openat, folder, path, flags, mode);
	if (fd >= 0)
		shim_opened(fd);
	return fd;
}

static mode_t mode_of(int flags, va_list args)
{
	return flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0;
}

#define OPEN(name)                                                                                 \
	int name(const char *path, int flags, ...);                                                \
	int name(const char *path, int flags, ...)                                                 \
	{                                                                                          \
		va_list args;                                                                      \
		va_start(args, flags);                                                             \
		mode_t mode = mode_of(flags, args);                                                \
		va_end(args);                                                                      \
		return open_it(AT_FDCWD, path, flags, mode);                                       \
	}
#define OPENAT(name)                                                                               \
	int name(int folder, const char *path, int flags, ...);                                    \
	int name(int folder, const char *path, int flags, ...)                                     \
	{                                                                                          \
		va_list args;                                                                      \
		va_start(args, flags);                                                             \
		mode_t mode = mode_of(flags, args);                                                \
		va_end(args);                                                                      \
		return open_it(folder, path, flags, mode);                                         \
	}
#define OPEN_2(name)                                                                               \
	int name(const char *path, int flags);                                                     \
	int name(const char *path, int flags)                                                      \
	{                                                                                          \
		return open_it(AT_FDCWD, path, flags, 0);                                          \
	}

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)
OPEN_2(__open_2)
OPEN_2(__open64_2)

int close(int fd)
{
	shim_closed(fd);
	return (int)syscall(SYS_close, fd);
}
