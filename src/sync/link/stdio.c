/* SPDX-License-Identifier: GPL-3.0-or-later
 * The hub's end of a link through a pipe: sshd starts the hub by a forced command and is its stdin
 * and stdout. One question at a time, as one station is at the other end.
 */
#include "sync/link.h"

#include "base/endian.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

enum { LENGTH = 4 };

/* RC_NONE: the other end is gone before the first byte. UNTIL moves to SECONDS from the first byte
 * on when SECONDS is not 0. */
static enum rc take_all(
	int fd, uint8_t *at, size_t len, int64_t *until, int seconds, struct fault *fault)
{
	for (size_t done = 0; done < len;) {
		if (!socket_wait(fd, POLLIN, *until))
			return fault_set(fault, RC_LINK, _("对方太久没有动静：请重新连接"));
		ssize_t got = read(fd, at + done, len - done);
		if (got < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (got < 0)
			return fault_errno(fault, errno, _("读不了"), "stdin");
		if (got == 0)
			return done || !seconds ? fault_set(fault, RC_LINK,
							  _("问题没有收全，对方已断开：请重新连接"))
						: RC_NONE;
		if (!done && seconds)
			*until = socket_now() + (int64_t)seconds * 1000;
		done += (size_t)got;
	}
	return RC_OK;
}

/* Pipes take their time too: a peer that does not read must not hold the hub for ever. */
static enum rc give_all(int fd, struct bytes bytes, int64_t until, struct fault *fault)
{
	while (bytes.len) {
		if (!socket_wait(fd, POLLOUT, until))
			return fault_set(fault, RC_LINK, _("对方太久不收回答：请重新连接"));
		ssize_t done = write(fd, bytes.at, bytes.len);
		if (done < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (done < 0)
			return fault_set(fault, RC_LINK, _("回答送不出去：%s"), fault_why(errno));
		bytes = bytes_of(bytes.at + done, bytes.len - (size_t)done);
	}
	return RC_OK;
}

static uint32_t length_of(const uint8_t at[LENGTH])
{
	return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static void put_length(struct buf *out, size_t len)
{
	buf_low(out, len, LENGTH);
}

struct talk {
	struct serve_pipe pipe;
	serve_fn *answer;
	void *to;
	struct buf ask, said, frame;
};

static enum rc one(struct talk *talk, struct fault *fault)
{
	uint8_t head[LENGTH];
	int64_t until = socket_now() + (int64_t)talk->pipe.idle * 1000;
	enum rc rc = take_all(talk->pipe.in, head, LENGTH, &until, talk->pipe.seconds, fault);
	if (rc != RC_OK)
		return rc;
	uint32_t len = length_of(head);
	if (len > SERVE_BODY)
		return fault_set(fault, RC_BAD, _("问题太长：%u 字节，最多 %d"), len, SERVE_BODY);
	buf_clear(&talk->ask);
	buf_clear(&talk->said);
	buf_clear(&talk->frame);
	rc = take_all(talk->pipe.in, buf_grow(&talk->ask, len), len, &until, 0, fault);
	if (rc != RC_OK)
		return rc;
	struct bytes ask = buf_bytes(&talk->ask);
	rc = talk->answer(talk->to, &ask, &talk->said, 1, fault);
	if (rc != RC_OK)
		return rc;
	put_length(&talk->frame, talk->said.len);
	buf_put(&talk->frame, talk->said.at, talk->said.len);
	return give_all(talk->pipe.out, buf_bytes(&talk->frame),
		socket_now() + (int64_t)talk->pipe.seconds * 1000, fault);
}

enum rc serve_stdio(const struct serve_pipe *pipe, serve_fn *answer, void *to, struct fault *fault)
{
	struct talk talk = {.pipe = *pipe, .answer = answer, .to = to};
	enum rc rc;
	/* A pipe that blocks would outlive every deadline when an answer is larger than its room.
	 */
	fcntl(pipe->out, F_SETFL, fcntl(pipe->out, F_GETFL) | O_NONBLOCK);
	do
		rc = one(&talk, fault);
	while (rc == RC_OK);
	buf_release(&talk.ask);
	buf_release(&talk.said);
	buf_release(&talk.frame);
	return rc == RC_NONE ? RC_OK : rc;
}
