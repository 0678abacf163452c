/* SPDX-License-Identifier: GPL-3.0-or-later
 * A disk of a village office: every sync takes SHIM_MS (50) milliseconds longer.
 */
#include "shim.h"

#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static int sync_it(int fd, long call)
{
	long ms = (long)shim_env_number("SHIM_MS", 50);
	struct timespec wait = {ms / 1000, ms % 1000 * 1000000};
	nanosleep(&wait, NULL);
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
