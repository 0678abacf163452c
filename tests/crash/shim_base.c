/* SPDX-License-Identifier: GPL-3.0-or-later
 * The shared part of the shims: which descriptors are looked at, and one counter for all processes.
 */
#include "shim.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static char paths[SHIM_FDS][SHIM_PATH];
static unsigned long own_count;
static unsigned long *count = NULL;

const char *shim_env(const char *name)
{
	const char *value = getenv(name);
	return value ? value : "";
}

unsigned long shim_env_number(const char *name, unsigned long otherwise)
{
	const char *value = getenv(name);
	return value && *value ? strtoul(value, NULL, 10) : otherwise;
}

void *shim_next(const char *name)
{
	return dlsym(RTLD_NEXT, name);
}

void shim_kill(void)
{
	syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
	for (;;)
		syscall(SYS_pause);
}

bool shim_under(const char *path)
{
	const char *under = shim_env("SHIM_UNDER");
	size_t length = strlen(under);
	return length > 0 && strncmp(path, under, length) == 0;
}

void shim_opened(int fd)
{
	char link[64];
	if (fd < 0 || fd >= SHIM_FDS)
		return;
	paths[fd][0] = 0;
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	ssize_t length = readlink(link, paths[fd], SHIM_PATH - 1);
	paths[fd][length > 0 ? length : 0] = 0;
	/* Memory that processes share is no file to lose. */
	if (!shim_under(paths[fd]) || (length > 4 && strcmp(paths[fd] + length - 4, "-shm") == 0))
		paths[fd][0] = 0;
}

void shim_closed(int fd)
{
	if (fd >= 0 && fd < SHIM_FDS)
		paths[fd][0] = 0;
}

const char *shim_path(int fd)
{
	return fd >= 0 && fd < SHIM_FDS && paths[fd][0] ? paths[fd] : NULL;
}

static void map_count(void)
{
	const char *file = shim_env("SHIM_COUNT");
	count = &own_count;
	if (!*file)
		return;
	int fd = (int)syscall(SYS_openat, AT_FDCWD, file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return;
	if (syscall(SYS_ftruncate, fd, sizeof *count) == 0) {
		void *map = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
		if (map != MAP_FAILED)
			count = map;
	}
	syscall(SYS_close, fd);
}

unsigned long shim_count(void)
{
	if (!count)
		map_count();
	return __atomic_add_fetch(count, 1, __ATOMIC_SEQ_CST);
}

bool shim_now(unsigned long number)
{
	unsigned long at = shim_env_number("SHIM_AT", 0);
	return at > 0 && (number == at || (number > at && *shim_env("SHIM_STICKY")));
}
