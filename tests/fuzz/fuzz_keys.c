/* SPDX-License-Identifier: GPL-3.0-or-later
 * Bytes from a terminal: any of them are keys or nothing; none stops the loop or leaves its room.
 * needs: src/ui/term/term.c src/ui/term/keys.c
 */
#include "ui/keys.h"
#include "ui/term.h"

#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct term *term;
static int keyboard = -1, screen = -1;

/* Nobody types here: what is not there at once never comes, and no run waits for the rest of a key.
 */
int poll(struct pollfd *fds, nfds_t count, int wait_ms)
{
	(void)wait_ms;
	return ppoll(fds, count, &(struct timespec){0, 0}, NULL);
}

int nanosleep(const struct timespec *wait, struct timespec *left)
{
	(void)wait;
	(void)left;
	return 0;
}

/* One terminal for many runs: opening one costs more than a thousand keys. */
static void open_term(void)
{
	struct fault fault = {0};
	int ends[2];
	setlocale(LC_ALL, "C.UTF-8");
	screen = open("/dev/null", O_WRONLY);
	if (screen < 0 || pipe2(ends, O_NONBLOCK) != 0 ||
		term_open(&term, ends[0], screen, "xterm", &fault) != RC_OK)
		exit(1);
	keyboard = ends[1];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char shown[16];
	enum wait wait = WAIT_KEY;
	if (!term)
		open_term();
	/* The letter ends a sequence that the bytes left open, so that each run begins afresh. */
	if (size > 4000 || write(keyboard, data, size) != (ssize_t)size ||
		write(keyboard, "\x18q", 2) != 2)
		return 0;
	for (unsigned keys = 0; keys <= 2 * size + 8 && wait == WAIT_KEY; keys++) {
		int key = 0;
		wait = term_wait(term, &key, -1, 0);
		if (wait == WAIT_KEY)
			assert(strlen(key_show(key, shown)) < sizeof shown);
	}
	/* Too many half keys look like a dead line: the next run has a new one. */
	if (wait == WAIT_GONE) {
		term_close(term);
		close(keyboard);
		close(screen);
		term = NULL;
	}
	return 0;
}
