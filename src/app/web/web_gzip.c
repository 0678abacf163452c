/* SPDX-License-Identifier: GPL-3.0-or-later
 * gzip, which every system has, asked for a file: the terminal loads no library for what a timer
 * does.
 */
#include "web_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

/* -n: the same bytes for the same file, whatever its name and time. */
static void become(int from, int to)
{
	static const char *const argv[] = {"gzip", "-9", "-n", "-c", NULL};
	int nowhere = open("/dev/null", O_WRONLY);

	if (nowhere < 0 || dup2(from, STDIN_FILENO) < 0 || dup2(to, STDOUT_FILENO) < 0 ||
		dup2(nowhere, STDERR_FILENO) < 0)
		_exit(127);
	execvp(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

static bool take(int fd, struct buf *out)
{
	char bytes[4096];
	ssize_t got;

	do {
		got = read(fd, bytes, sizeof bytes);
		if (got > 0)
			buf_put(out, bytes, (size_t)got);
	} while (got > 0 || (got < 0 && errno == EINTR));
	return got == 0;
}

bool web_gzip(const char *path, struct buf *out)
{
	int from = file_open(path, O_RDONLY | O_CLOEXEC), ends[2], status = -1;

	if (from < 0 || pipe2(ends, O_CLOEXEC) != 0) {
		if (from >= 0)
			close(from);
		return false;
	}
	pid_t pid = fork();
	if (pid == 0)
		become(from, ends[1]);
	close(from);
	close(ends[1]);
	bool whole = pid > 0 && take(ends[0], out);
	close(ends[0]);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return whole && WIFEXITED(status) && WEXITSTATUS(status) == 0 && out->len;
}
