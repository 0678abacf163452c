/* SPDX-License-Identifier: GPL-3.0-or-later
 * The output funnel. Only frames that leave many bytes unanswered carry the question, so that an
 * echoed letter stays one byte; a late answer makes a silent terminal an answering one again.
 */
#include "ui/term/funnel.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "ui/term/signals.h"

enum {
	ACK_WAIT_MS = 3000,
	ACK_BYTES = 160, /* 0.13 s at 9600 bit/s, 1.3 s at 1200 */
	SEEN_MS = 1000,  /* a terminal that never answers has shown a frame by then */
};

int64_t funnel_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool funnel_open(struct funnel *funnel, int out)
{
	*funnel = (struct funnel){.out = out};
	int memory = memfd_create("outpost-frame", MFD_CLOEXEC);
	funnel->file = memory < 0 ? NULL : fdopen(memory, "w");
	return funnel->file != NULL;
}

void funnel_close(struct funnel *funnel)
{
	if (funnel->file)
		fclose(funnel->file);
	funnel->file = NULL;
}

void funnel_write(struct funnel *funnel, const char *at, size_t len)
{
	funnel->bytes += len;
	while (len > 0 && !funnel->gone) {
		ssize_t wrote = write(funnel->out, at, len);

		if (wrote >= 0) {
			at += wrote;
			len -= (size_t)wrote;
		} else if (errno == EAGAIN) {
			struct pollfd ready = {.fd = funnel->out, .events = POLLOUT};

			if (poll(&ready, 1, -1) < 0 && signals_hung_up())
				funnel->gone = true;
		} else if (errno != EINTR || signals_hung_up()) {
			funnel->gone = true;
		}
	}
}

/* The question goes behind a frame that leaves many bytes unanswered, and behind a marked one. */
static bool ask_now(struct funnel *funnel)
{
	bool many = funnel->unanswered >= ACK_BYTES && !funnel->silent && !funnel->until_ms;
	bool marked = funnel->mark == MARK_NEXT;

	if (!many && !marked)
		return false;
	funnel->asked++;
	if (!funnel->silent)
		funnel->until_ms = funnel_now() + ACK_WAIT_MS;
	if (marked) {
		funnel->mark = MARK_SENT;
		funnel->mark_ms = funnel_now() + (funnel->silent ? SEEN_MS : ACK_WAIT_MS);
	}
	return true;
}

/* Carriage return and cursor down is what a line feed does behind a carriage return, for two bytes
 * less a row; ncurses never uses one, as it cannot know that the line to the terminal is raw. It
 * goes down only where a row is, so that nothing scrolls. */
static size_t squeeze(char *frame, size_t size)
{
	enum { MOST = 3, LONG = 5 }; /* "\r\033[3B" */
	size_t put = 0;

	for (size_t at = 0; at < size;) {
		bool down = size - at >= LONG && memcmp(frame + at, "\r\033[", LONG - 2) == 0 &&
			    frame[at + LONG - 2] >= '1' && frame[at + LONG - 2] <= '0' + MOST &&
			    frame[at + LONG - 1] == 'B';
		unsigned rows = down ? (unsigned)(frame[at + LONG - 2] - '0') : 0;

		frame[put++] = frame[at];
		at += down ? LONG : 1;
		while (rows-- > 0)
			frame[put++] = '\n';
	}
	return put;
}

/* What ncurses wrote since the last time, in one write, and the question behind it when it is due.
 */
void funnel_send(struct funnel *funnel)
{
	static const char question[] = "\033[5n";
	int memory = fileno(funnel->file);
	off_t len = lseek(memory, 0, SEEK_CUR);
	bool some = len > 0 || funnel->mark == MARK_NEXT;
	char *frame = some ? malloc((size_t)len + sizeof(question)) : NULL;

	if (!frame)
		return;
	ssize_t got = pread(memory, frame, (size_t)len, 0);
	size_t size = squeeze(frame, got > 0 ? (size_t)got : 0);
	if (lseek(memory, 0, SEEK_SET) == 0 && ftruncate(memory, 0) != 0)
		funnel->gone = true;
	funnel->unanswered += size;
	if (ask_now(funnel)) {
		memcpy(frame + size, question, sizeof(question) - 1);
		size += sizeof(question) - 1;
		funnel->sent.since = funnel_now();
		funnel->sent.bytes = (unsigned)size;
	}
	funnel_write(funnel, frame, size);
	free(frame);
}

void funnel_answered(struct funnel *funnel)
{
	funnel->until_ms = 0;
	funnel->unanswered = 0;
	funnel->silent = false;
	if (funnel->asked == 1 && funnel->sent.bytes >= ACK_BYTES) {
		funnel->frame_bytes = funnel->sent.bytes;
		funnel->frame_ms = (unsigned)(funnel_now() - funnel->sent.since);
	}
	if (funnel->asked > 0)
		funnel->asked--;
}

bool funnel_late(struct funnel *funnel)
{
	if (!funnel->until_ms || funnel_now() < funnel->until_ms)
		return false;
	funnel->until_ms = 0;
	funnel->unanswered = 0;
	funnel->silent = true;
	return true;
}

void funnel_mark(struct funnel *funnel)
{
	funnel->mark = MARK_NEXT;
}

bool funnel_seen(struct funnel *funnel)
{
	if (funnel->mark != MARK_SENT || (funnel->asked > 0 && funnel_now() < funnel->mark_ms))
		return false;
	funnel->mark = MARK_NONE;
	return true;
}
