/* SPDX-License-Identifier: GPL-3.0-or-later
 * A TCP proxy that does harm at an exact byte: a process, and one more for each connection.
 */
#include "proxy.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* One direction of one connection. */
struct way {
	int from, to;
	long harm_at, passed; /* bytes */
	long *all;            /* those of all connections */
	bool over;            /* no more is read, or all of it thrown away */
	bool deaf;
};

static void end_both(struct way ways[2], bool reset)
{
	struct linger now = {1, 0};
	for (int i = 0; i < 2; i++) {
		if (reset)
			setsockopt(ways[i].from, SOL_SOCKET, SO_LINGER, &now, sizeof now);
		close(ways[i].from);
	}
	_exit(0);
}

static bool pass(struct way *way, const char *at, size_t len, int dribble_ms)
{
	while (len) {
		ssize_t done = send(way->to, at, dribble_ms ? 1 : len, MSG_NOSIGNAL);
		if (done <= 0)
			return false;
		if (dribble_ms)
			usleep((useconds_t)dribble_ms * 1000);
		at += done;
		len -= (size_t)done;
		way->passed += done;
		*way->all += done;
	}
	return true;
}

static void do_harm(
	struct way ways[2], struct way *way, enum proxy_harm harm, struct proxy_seen *seen)
{
	seen->harmed = true;
	if (harm == PROXY_CLOSE || harm == PROXY_RESET)
		end_both(ways, harm == PROXY_RESET);
	if (harm == PROXY_HALF)
		shutdown(way->to, SHUT_WR);
	way->deaf = true;
}

/* What has come this way; ends the process when the connection does. */
static void move(struct way ways[2], struct way *way, struct proxy_seen *seen)
{
	const struct proxy_ways *how = &seen->ways;
	char bytes[4096];
	ssize_t got = recv(way->from, bytes, sizeof bytes, 0);
	if (got <= 0) {
		way->over = true;
		if (!way->deaf)
			shutdown(way->to, SHUT_WR);
		return;
	}
	if (way->deaf)
		return;
	long left = way->harm_at ? way->harm_at - 1 - way->passed : -1;
	if (left < 0 || left >= got) {
		if (!pass(way, bytes, (size_t)got, how->dribble_ms))
			end_both(ways, false);
		return;
	}
	if (how->harm == PROXY_CORRUPT) {
		bytes[left] = (char)(bytes[left] ^ 0x10);
		way->harm_at = 0;
		seen->harmed = true;
		pass(way, bytes, (size_t)got, how->dribble_ms);
		return;
	}
	pass(way, bytes, (size_t)left, how->dribble_ms);
	do_harm(ways, way, how->harm, seen);
}

static void carry(int client, struct proxy_seen *seen, bool harmed)
{
	const struct proxy_ways *how = &seen->ways;
	unsigned round = seen->round;
	struct sockaddr_in to = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)how->to_port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int server = socket(AF_INET, SOCK_STREAM, 0);
	if (server < 0 || connect(server, (struct sockaddr *)&to, sizeof to))
		_exit(1);
	int now = 1;
	setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &now, sizeof now);
	setsockopt(server, IPPROTO_TCP, TCP_NODELAY, &now, sizeof now);
	struct way ways[2] = {{client, server, harmed ? how->up : 0, 0, &seen->up, false, false},
		{server, client, harmed ? how->down : 0, 0, &seen->down, false, false}};
	for (int i = 0; how->whole && i < 2; i++)
		ways[i].passed = *ways[i].all;
	while (!ways[0].over || !ways[1].over) {
		struct pollfd ready[2];
		for (int i = 0; i < 2; i++)
			ready[i] = (struct pollfd){
				.fd = ways[i].over ? -1 : ways[i].from, .events = POLLIN};
		if (poll(ready, 2, -1) < 0)
			_exit(1);
		if (round != seen->round)
			end_both(ways, true);
		for (int i = 0; i < 2; i++)
			if (ready[i].revents)
				move(ways, &ways[i], seen);
	}
	end_both(ways, false);
}

/* The link is gone: whoever dials is told at once. */
static void turn_away(int client)
{
	struct linger now = {1, 0};
	setsockopt(client, SOL_SOCKET, SO_LINGER, &now, sizeof now);
	close(client);
}

static void serve(int server, struct proxy_seen *seen)
{
	const struct proxy_ways *how = &seen->ways;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	sigaction(SIGCHLD, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
	for (unsigned n = 0;; n++) {
		int client = accept(server, NULL, NULL);
		if (client < 0)
			continue;
		if (how->whole && seen->harmed && how->harm != PROXY_CORRUPT) {
			turn_away(client);
			continue;
		}
		pid_t pid = fork();
		if (pid == 0) {
			close(server);
			carry(client, seen, !how->connections || n < how->connections);
		}
		close(client);
	}
}

struct proxy proxy_start(const struct proxy_ways *ways)
{
	struct proxy proxy = {0};
	struct sockaddr_in at = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)ways->port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof at;
	int yes = 1, server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	if (bind(server, (struct sockaddr *)&at, sizeof at) || listen(server, 64) ||
		getsockname(server, (struct sockaddr *)&at, &len)) {
		perror("proxy");
		exit(1);
	}
	proxy.port = ntohs(at.sin_port);
	proxy.seen = mmap(NULL, sizeof *proxy.seen, PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (proxy.seen == MAP_FAILED) {
		perror("proxy");
		exit(1);
	}
	proxy.seen->ways = *ways;
	fflush(NULL);
	proxy.pid = fork();
	if (proxy.pid == 0) {
		setpgid(0, 0);
		serve(server, proxy.seen);
	}
	setpgid(proxy.pid, proxy.pid);
	close(server);
	return proxy;
}

void proxy_aim(struct proxy *proxy, const struct proxy_ways *ways)
{
	struct proxy_ways old = proxy->seen->ways;
	*proxy->seen = (struct proxy_seen){.ways = *ways, .round = proxy->seen->round + 1};
	proxy->seen->ways.port = old.port;
	proxy->seen->ways.to_port = old.to_port;
}

void proxy_stop(struct proxy *proxy)
{
	kill(-proxy->pid, SIGKILL);
	waitpid(proxy->pid, NULL, 0);
	munmap(proxy->seen, sizeof *proxy->seen);
}
