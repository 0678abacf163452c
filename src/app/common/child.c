/* SPDX-License-Identifier: GPL-3.0-or-later
 * The other two programs, and the terminal's child that syncs while somebody is at the keys.
 */
#include "app/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "app/config.h"
#include "app/options.h"
#include "base/when.h"
#include "store/peer.h"
#include "store/station.h"
#include "sync/link.h"

/* A child that ended (another watcher was faster, a broken installation) is tried again so late. */
enum { AGAIN_SECONDS = 60, CHILD_LOOK_MS = 20 };

bool program_find(const char *name, char path[PROGRAM_ROOM])
{
	char self[PROGRAM_ROOM - 32];
	if (!program_path(self, sizeof self))
		return false;
	char *end = strrchr(self, '/');
	snprintf(path, PROGRAM_ROOM, "%.*s/%s", end ? (int)(end - self) : 0, self, name);
	return access(path, X_OK) == 0;
}

void program_hand_over(const struct app *app)
{
	setenv("OUTPOST_HOME", app->home, 1);
	if (app->config[0])
		setenv("OUTPOST_CONFIG", app->config, 1);
	if (app->user_name[0])
		setenv("OUTPOST_USER", app->user_name, 1);
	setenv("OUTPOST_LANG", words_english() ? "en" : "zh", 1);
}

/* In the child: nothing of the terminal is its own. PARENT may have died before prctl was heard. */
static void become(
	pid_t parent, int out, const struct app *app, const char *path, const char *const *argv)
{
	int nowhere = open("/dev/null", O_RDWR);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent || nowhere < 0 || dup2(nowhere, STDIN_FILENO) < 0 ||
		dup2(nowhere, STDERR_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0)
		_exit(127);
	program_hand_over(app);
	execv(path, (char *const *)(uintptr_t)argv);
	_exit(127);
}

bool child_ends_well(pid_t child, int64_t ms)
{
	int64_t until = socket_now() + ms;
	int status;
	for (;;) {
		pid_t ended = waitpid(child, &status, WNOHANG);
		if (ended == child)
			return WIFEXITED(status) && WEXITSTATUS(status) == 0;
		if ((ended < 0 && errno != EINTR) || socket_now() > until)
			break;
		nanosleep(&(struct timespec){.tv_nsec = CHILD_LOOK_MS * 1000000L}, NULL);
	}
	kill(-child, SIGKILL);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return false;
}

bool child_start(
	struct child *child, const struct app *app, const char *path, const char *const *argv)
{
	pid_t parent = getpid();
	int ends[2];
	*child = (struct child){.fd = -1};
	if (pipe2(ends, O_CLOEXEC) != 0)
		return false;
	pid_t pid = fork();
	if (pid == 0)
		become(parent, ends[1], app, path, argv);
	close(ends[1]);
	if (pid < 0) {
		close(ends[0]);
		return false;
	}
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	child->pid = pid;
	child->fd = ends[0];
	return true;
}

/* Ended by itself? Then it is reaped and its turn comes again. */
static void look_after(struct child *child)
{
	if (!child->pid || child->fd >= 0 || waitpid(child->pid, NULL, WNOHANG) == 0)
		return;
	child->pid = 0;
	child->due = when_now() + AGAIN_SECONDS;
}

bool child_wanted(const struct app *app)
{
	struct buf urls = {0};
	bool some;
	if (!option_is(OPTION_SYNC_CHILD) || !store_station(app->store)->joined)
		return false;
	routes_get(app->store, &urls);
	some = urls.len > 0;
	buf_release(&urls);
	return some;
}

void child_tend(struct child *child, const struct app *app)
{
	static const char *const argv[] = {"outpost-sync", "sync", "--watch", NULL};
	char path[PROGRAM_ROOM];
	look_after(child);
	if (child->pid || !child->due || when_now() < child->due)
		return;
	child->due = when_now() + AGAIN_SECONDS;
	if (child_wanted(app) && program_find(argv[0], path))
		(void)child_start(child, app, path, argv);
}

bool child_line(struct child *child)
{
	char byte;
	while (child->fd >= 0) {
		ssize_t got = read(child->fd, &byte, 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 && errno == EAGAIN)
			return false;
		if (got <= 0) {
			close(child->fd);
			child->fd = -1;
			look_after(child);
			return false;
		}
		if (byte == '\n') {
			child->line[child->len] = 0;
			child->len = 0;
			return true;
		}
		/* Longer than any line of ours: its end is dropped. */
		if (child->len + 1 < sizeof child->line)
			child->line[child->len++] = byte;
	}
	return false;
}

void child_end(struct child *child)
{
	if (child->pid)
		kill(child->pid, SIGTERM);
	if (child->fd >= 0)
		close(child->fd);
	*child = (struct child){.fd = -1};
}

int child_input(struct bytes bytes)
{
	int fd = memfd_create("outpost", MFD_CLOEXEC);
	if (fd < 0)
		return -1;
	while (bytes.len) {
		ssize_t done = write(fd, bytes.at, bytes.len);
		if (done < 0 && errno != EINTR)
			break;
		if (done > 0)
			bytes = bytes_of(bytes.at + done, bytes.len - (size_t)done);
	}
	if (!bytes.len && lseek(fd, 0, SEEK_SET) == 0)
		return fd;
	close(fd);
	return -1;
}

/* ---- the same, waited for */

enum { SAID, TOLD, ENDS, WORDS_MOST = 512 };

static void become_beside(
	const struct app *app, const struct user *user, int ends[ENDS][2], const char *const *argv)
{
	char path[PROGRAM_ROOM];
	int nowhere = open("/dev/null", O_RDONLY);

	if (nowhere < 0 || dup2(nowhere, STDIN_FILENO) < 0 ||
		dup2(ends[SAID][1], STDOUT_FILENO) < 0 || dup2(ends[TOLD][1], STDERR_FILENO) < 0 ||
		!program_find(argv[0], path))
		_exit(127);
	program_hand_over(app);
	if (*user->name)
		setenv("OUTPOST_USER", user->name, 1);
	execv(path, (char *const *)(uintptr_t)argv);
	_exit(127);
}

/* Both to their end, whichever speaks. */
static void listen_to(int ends[ENDS][2], struct buf *const heard[ENDS])
{
	struct pollfd ready[ENDS] = {
		{.fd = ends[SAID][0], .events = POLLIN}, {.fd = ends[TOLD][0], .events = POLLIN}};
	char bytes[4096];

	while (ready[SAID].fd >= 0 || ready[TOLD].fd >= 0) {
		if (poll(ready, ENDS, -1) < 0 && errno != EINTR)
			return;
		for (int n = 0; n < ENDS; n++) {
			if (ready[n].fd < 0 || !ready[n].revents)
				continue;
			ssize_t got = read(ready[n].fd, bytes, sizeof bytes);
			if (got > 0)
				buf_put(heard[n], bytes, (size_t)got);
			else if (got == 0 || errno != EINTR)
				ready[n].fd = -1;
		}
	}
}

int program_ask(const struct app *app, const struct user *user, const char *const *argv,
	struct buf *said, struct buf *told)
{
	int ends[ENDS][2], status = -1;

	if (pipe2(ends[SAID], O_CLOEXEC) != 0)
		return -1;
	if (pipe2(ends[TOLD], O_CLOEXEC) != 0) {
		close(ends[SAID][0]), close(ends[SAID][1]);
		return -1;
	}
	pid_t pid = fork();
	if (pid == 0)
		become_beside(app, user, ends, argv);
	close(ends[SAID][1]), close(ends[TOLD][1]);
	if (pid > 0)
		listen_to(ends, (struct buf *const[]){said, told});
	close(ends[SAID][0]), close(ends[TOLD][0]);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) && WEXITSTATUS(status) != 127 ? WEXITSTATUS(status) : -1;
}

int beside_ask(void *to, const struct user *user, const char *const *argv, struct buf *said,
	struct buf *told)
{
	const char *whole[WORDS_MOST] = {"outpost-sync"};

	for (int count = 1; *argv && count < WORDS_MOST - 1; argv++)
		whole[count++] = *argv;
	return program_ask(to, user, whole, said, told);
}
