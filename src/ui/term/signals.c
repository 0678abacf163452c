/* SPDX-License-Identifier: GPL-3.0-or-later
 * Signals become flags and a byte in a pipe, so that a sleeping poll wakes up and none is lost
 * between looking and sleeping. They are not blocked: a child would inherit that.
 */
#include "ui/term/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

/* A handler can reach nothing else. One terminal a process. */
static volatile sig_atomic_t hung_up, resized;
static int wake_pipe[2] = {-1, -1};

static void on_signal(int signal)
{
	int was = errno;

	if (signal == SIGWINCH)
		resized = 1;
	else
		hung_up = 1;
	ssize_t ignored = write(wake_pipe[1], "", 1);
	(void)ignored;
	errno = was;
}

void signals_catch(void)
{
	static const int caught[] = {SIGWINCH, SIGHUP, SIGTERM};
	struct sigaction action = {.sa_handler = on_signal};

	if (wake_pipe[0] < 0 && pipe2(wake_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
		die("%s", _("开不了管道"));
	hung_up = resized = 0;
	sigemptyset(&action.sa_mask);
	for (size_t n = 0; n < countof(caught); n++)
		sigaction(caught[n], &action, NULL);
	action.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &action, NULL);
}

int signals_fd(void)
{
	return wake_pipe[0];
}

void signals_quiet(void)
{
	char bytes[64];

	while (read(wake_pipe[0], bytes, sizeof(bytes)) > 0)
		continue;
}

bool signals_hung_up(void)
{
	return hung_up;
}

bool signals_resized(void)
{
	bool was = resized;

	resized = 0;
	return was;
}
