/* SPDX-License-Identifier: GPL-3.0-or-later
 * Questions and answers over the stdin and stdout of a command: what a modem, a radio or a county's
 * own carrier needs. Frames stand behind a length of 4 bytes, little-endian, as `outpost hub
 * --stdio` takes them. The command runs as this account, so such a way is only ever typed here; no
 * invitation brings one.
 */
#include "sync/link.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/endian.h"
#include "base/memory.h"
#include "store/peer.h"

enum { LENGTH = 4, END_MS = 2000, LOOK_MS = 20, NOT_FOUND = 127 };

struct link {
	struct link_place place;
	struct link_count count;
	pid_t child; /* 0: it does not run; leads a process group */
	int to, from;
};

/* ---- the command */

static void become(pid_t parent, int in, int out, const char *command)
{
	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent || dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0)
		_exit(NOT_FOUND);
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(NOT_FOUND);
}

static enum rc start(struct link *link, struct fault *fault)
{
	int in[2] = {-1, -1}, out[2] = {-1, -1};
	pid_t parent = getpid(), child = -1;

	if (pipe2(in, O_CLOEXEC) == 0 && pipe2(out, O_CLOEXEC) == 0)
		child = fork();
	if (child == 0)
		become(parent, in[0], out[1], link->place.path);
	if (in[0] >= 0)
		close(in[0]);
	if (out[1] >= 0)
		close(out[1]);
	if (child < 0) {
		if (in[1] >= 0)
			close(in[1]);
		if (out[0] >= 0)
			close(out[0]);
		return fault_errno(fault, errno, _("起不来"), link->place.path);
	}
	fcntl(in[1], F_SETFL, O_NONBLOCK);
	fcntl(out[0], F_SETFL, O_NONBLOCK);
	link->child = child;
	link->to = in[1];
	link->from = out[0];
	link->count.opened++;
	return RC_OK;
}

/* Its end of input asks it to end; whoever does not within two seconds is ended, with its children.
 * The exit code, or -1. */
static int stop(struct link *link)
{
	int64_t until = socket_now() + END_MS;
	int status = 0;
	pid_t ended = 0;

	if (!link->child)
		return -1;
	close(link->to);
	close(link->from);
	while ((ended = waitpid(link->child, &status, WNOHANG)) == 0 && socket_now() < until)
		nanosleep(&(struct timespec){.tv_nsec = LOOK_MS * 1000000L}, NULL);
	if (ended == 0) {
		kill(-link->child, SIGKILL);
		waitpid(link->child, &status, 0);
	}
	link->child = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* ---- bytes */

static bool give(struct link *link, struct bytes bytes, int64_t until)
{
	while (bytes.len) {
		if (!socket_wait(link->to, POLLOUT, until))
			return false;
		ssize_t done = write(link->to, bytes.at, bytes.len);
		if (done < 0 && errno != EINTR && errno != EAGAIN)
			return false;
		if (done <= 0)
			continue;
		link->count.sent += (uint64_t)done;
		bytes = bytes_of(bytes.at + done, bytes.len - (size_t)done);
	}
	return true;
}

/* False: it is too late (*LATE), or the command ended. */
static bool take(struct link *link, uint8_t *at, size_t len, int64_t until, bool *late)
{
	for (size_t done = 0; done < len;) {
		if (!socket_wait(link->from, POLLIN, until)) {
			*late = true;
			return false;
		}
		ssize_t got = read(link->from, at + done, len - done);
		if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN))
			return false;
		if (got < 0)
			continue;
		link->count.received += (uint64_t)got;
		done += (size_t)got;
	}
	return true;
}

/* ---- the link */

static enum rc open_exec(
	struct link **out, const char *url, const struct link_ways *ways, struct fault *fault)
{
	struct link *link = memory_get(1, sizeof *link);

	(void)ways;
	if (!link_split(url, &link->place)) {
		free(link);
		return fault_set(fault, RC_BAD, _("地址不对 \"%s\"：应为 exec:命令"), url);
	}
	*out = link;
	return RC_OK;
}

static enum rc failed(struct link *link, bool late, struct fault *fault)
{
	int code = stop(link);

	if (late)
		return trouble_is(TROUBLE_MUTE, fault,
			fault_set(fault, RC_LINK, _("命令 \"%s\" 没有按时送来回答：请检查线路"),
				link->place.path));
	if (code == NOT_FOUND)
		return trouble_is(TROUBLE_HOOK, fault,
			fault_set(fault, RC_LINK, _("没有命令 \"%s\"：请改 outpost up"),
				link->place.path));
	return trouble_is(TROUBLE_CUT, fault,
		fault_set(fault, RC_LINK, _("命令 \"%s\" 中途结束（退出码 %d）：请检查线路"),
			link->place.path, code));
}

static enum rc swap_exec(
	struct link *link, struct bytes ask, struct buf *answer, int wait_ms, struct fault *fault)
{
	int64_t until = socket_now() + wait_ms;
	uint8_t head[LENGTH];
	struct buf frame = {0};
	bool late = false, good;

	buf_clear(answer);
	if (!link->child && start(link, fault))
		return trouble_is(TROUBLE_HOOK, fault, RC_LINK);
	buf_low(&frame, ask.len, LENGTH);
	buf_put(&frame, ask.at, ask.len);
	good = give(link, buf_bytes(&frame), until) && take(link, head, LENGTH, until, &late);
	buf_release(&frame);
	if (!good)
		return failed(link, late, fault);
	size_t len = (size_t)low_get(head, LENGTH);
	if (len > LINK_ANSWER) {
		stop(link);
		return trouble_is(TROUBLE_STRANGE, fault,
			fault_set(fault, RC_LINK, _("命令 \"%s\" 送来的不是中心站的回答"),
				link->place.path));
	}
	return take(link, buf_grow(answer, len), len, until, &late) ? RC_OK
								    : failed(link, late, fault);
}

static void count_exec(const struct link *link, struct link_count *out)
{
	*out = link->count;
}

static void close_exec(struct link *link)
{
	stop(link);
	free(link);
}

const struct link_ops link_exec = {"exec", open_exec, swap_exec, count_exec, close_exec};
