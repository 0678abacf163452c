/* SPDX-License-Identifier: GPL-3.0-or-later
 * Programs beside the test.
 */
#include "proc.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "sync/link.h"

enum { LOOK_MS = 5, BELOW_MOST = 256 };

static void set_clock(int64_t wrong)
{
	time_t at = time(NULL) + (time_t)wrong;
	struct tm parts;
	char text[40];

	unsetenv("OUTPOST_NOW");
	if (!wrong || !gmtime_r(&at, &parts))
		return;
	strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
	setenv("OUTPOST_NOW", text, 1);
}

static void become(char *const argv[], int64_t wrong, const char *errors, int out)
{
	int none = open("/dev/null", O_RDONLY),
	    err = open(errors, O_WRONLY | O_CREAT | O_APPEND, 0600);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	set_clock(wrong);
	if (none < 0 || err < 0 || dup2(none, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0)
		_exit(126);
	execv(argv[0], argv);
	_exit(127);
}

void proc_start(
	struct proc *proc, char *const argv[], int64_t wrong, const char *errors, int64_t ms)
{
	int pipes[2];

	if (pipe2(pipes, O_CLOEXEC)) {
		perror("pipe");
		exit(1);
	}
	fflush(NULL);
	*proc = (struct proc){.out = pipes[0], .until = socket_now() + ms};
	proc->pid = fork();
	if (proc->pid == 0)
		become(argv, wrong, errors, pipes[1]);
	close(pipes[1]);
	fcntl(pipes[0], F_SETFL, O_NONBLOCK);
}

void proc_kill(struct proc *proc)
{
	proc->killed = true;
	kill(proc->pid, SIGKILL);
}

static void take_said(struct proc *proc)
{
	char rest[512];
	ssize_t got;

	do {
		bool room = proc->len + 1 < sizeof proc->said;
		got = room ? read(proc->out, proc->said + proc->len,
				     sizeof proc->said - 1 - proc->len)
			   : read(proc->out, rest, sizeof rest);
		if (room && got > 0)
			proc->len += (size_t)got;
	} while (got > 0);
	proc->said[proc->len] = 0;
}

bool proc_over(struct proc *proc)
{
	int status;

	if (!proc->pid)
		return true;
	take_said(proc);
	if (socket_now() > proc->until && !proc->killed)
		proc_kill(proc);
	if (waitpid(proc->pid, &status, WNOHANG) != proc->pid)
		return false;
	take_said(proc);
	close(proc->out);
	proc->pid = 0;
	if (WIFEXITED(status))
		proc->code = WEXITSTATUS(status);
	else
		proc->code = proc->killed ? PROC_KILLED : -WTERMSIG(status);
	proc->killed &= !WIFEXITED(status);
	return true;
}

int proc_wait(struct proc *proc)
{
	while (!proc_over(proc)) {
		struct pollfd ready = {.fd = proc->out, .events = POLLIN};
		/* The end of what it says comes just before its own. */
		if (poll(&ready, 1, LOOK_MS) > 0 && ready.revents & POLLHUP)
			nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
	}
	return proc->code;
}

bool proc_line(struct proc *proc, int64_t ms)
{
	int64_t until = socket_now() + ms;

	while (!memchr(proc->said, '\n', proc->len) && socket_now() < until)
		if (!socket_wait(proc->out, POLLIN, socket_now() + LOOK_MS) && proc_over(proc))
			return false;
		else
			take_said(proc);
	return memchr(proc->said, '\n', proc->len) != NULL;
}

/* The second number after the name, which stands in brackets and may hold anything. */
static pid_t parent_of(const char *pid)
{
	char path[300], text[512];
	FILE *file;
	size_t len;
	const char *at;

	snprintf(path, sizeof path, "/proc/%s/stat", pid);
	file = fopen(path, "r");
	len = file ? fread(text, 1, sizeof text - 1, file) : 0;
	if (file)
		fclose(file);
	text[len] = 0;
	at = strrchr(text, ')');
	return at && strlen(at) > 4 ? (pid_t)strtol(at + 4, NULL, 10) : 0;
}

static size_t children_of(pid_t pid, pid_t *out, size_t room)
{
	DIR *dir = opendir("/proc");
	size_t count = 0;

	for (const struct dirent *entry; dir && (entry = readdir(dir)) != NULL && count < room;)
		if (isdigit((unsigned char)entry->d_name[0]) && parent_of(entry->d_name) == pid)
			out[count++] = (pid_t)strtol(entry->d_name, NULL, 10);
	if (dir)
		closedir(dir);
	return count;
}

pid_t proc_below(pid_t pid, uint64_t dice)
{
	pid_t all[BELOW_MOST];
	size_t count = children_of(pid, all, BELOW_MOST);

	for (size_t i = 0; i < count; i++)
		count += children_of(all[i], all + count, BELOW_MOST - count);
	return count ? all[dice % count] : 0;
}
