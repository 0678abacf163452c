/* SPDX-License-Identifier: GPL-3.0-or-later
 * TCP as the links want it: every step has a deadline, a peer that is gone is noticed, bytes are
 * counted by the kernel, so that logins and TLS are in the count.
 */
#include "store/peer.h"
#include "sync/link.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/tcp.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { FILES_SPARE = 64 }; /* descriptors that are not connections */

int64_t socket_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool socket_wait(int fd, short events, int64_t until)
{
	for (;;) {
		int64_t left = until - socket_now();
		if (left <= 0)
			return false;
		struct pollfd one = {.fd = fd, .events = events};
		int ready = poll(&one, 1, left > INT32_MAX ? INT32_MAX : (int)left);
		if (ready > 0)
			return true;
		if (ready < 0 && errno != EINTR)
			return false;
	}
}

void socket_spare(int fd)
{
	int no = 0;
	setsockopt(fd, IPPROTO_TCP, TCP_QUICKACK, &no, sizeof no);
}

void socket_abort(int fd)
{
	const struct sockaddr nobody = {.sa_family = AF_UNSPEC};
	if (connect(fd, &nobody, sizeof nobody))
		shutdown(fd, SHUT_RDWR);
}

void socket_tune(int fd, const struct link_ways *ways)
{
	unsigned silence = (unsigned)(ways->silence_ms > 0 ? ways->silence_ms : LINK_SILENCE_MS);
	int yes = 1;
	setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &silence, sizeof silence);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
	if (ways->send_buffer > 0)
		setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &ways->send_buffer, sizeof ways->send_buffer);
}

/* 0 or the errno of one try. */
static int dial(const struct addrinfo *to, const struct link_ways *ways, int64_t until, int *fd)
{
	*fd = socket(
		to->ai_family, to->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, to->ai_protocol);
	if (*fd < 0)
		return errno;
	socket_tune(*fd, ways);
	int error = connect(*fd, to->ai_addr, to->ai_addrlen) ? errno : 0;
	if (error == EINPROGRESS) {
		socklen_t len = sizeof error;
		if (!socket_wait(*fd, POLLOUT, until))
			error = ETIMEDOUT;
		else if (getsockopt(*fd, SOL_SOCKET, SO_ERROR, &error, &len))
			error = errno;
	}
	if (error)
		close(*fd);
	return error;
}

enum rc socket_dial(int *fd, const char *host, const char *port, const struct link_ways *ways,
	int64_t until, struct fault *fault)
{
	struct addrinfo want = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV},
			*list = NULL;
	int named = getaddrinfo(host, port, &want, &list);
	if (named)
		return trouble_is(TROUBLE_HOST, fault,
			fault_set(fault, RC_LINK, _("找不到主机 \"%s\"：请检查地址和网络"), host));
	int error = ETIMEDOUT;
	for (const struct addrinfo *at = list; at; at = at->ai_next) {
		error = dial(at, ways, until, fd);
		if (!error)
			break;
	}
	freeaddrinfo(list);
	if (error)
		return fault_set(
			fault, RC_LINK, _("连不上 \"%s:%s\"：%s"), host, port, fault_why(error));
	return RC_OK;
}

void socket_count(int fd, struct link_count *count)
{
	struct tcp_info info = {0};
	socklen_t len = sizeof info;
	if (fd < 0 || getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &len))
		return;
	if (len < offsetof(struct tcp_info, tcpi_bytes_retrans) + sizeof info.tcpi_bytes_retrans)
		return;
	count->sent += info.tcpi_bytes_sent - info.tcpi_bytes_retrans;
	count->received += info.tcpi_bytes_received;
}

bool socket_local(const char *address)
{
	struct in_addr four;
	struct in6_addr six;
	if (inet_pton(AF_INET, address, &four) == 1)
		return ntohl(four.s_addr) >> 24 == 127;
	return inet_pton(AF_INET6, address, &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

unsigned socket_room(unsigned wanted)
{
	struct rlimit limit;
	if (getrlimit(RLIMIT_NOFILE, &limit))
		return wanted;
	rlim_t before = limit.rlim_cur, need = (rlim_t)wanted + FILES_SPARE;
	if (before < need && before < limit.rlim_max) {
		limit.rlim_cur = limit.rlim_max < need ? limit.rlim_max : need;
		if (setrlimit(RLIMIT_NOFILE, &limit))
			limit.rlim_cur = before;
	}
	if (limit.rlim_cur >= need)
		return wanted;
	return limit.rlim_cur > 2 * FILES_SPARE ? (unsigned)limit.rlim_cur - FILES_SPARE
						: FILES_SPARE;
}
