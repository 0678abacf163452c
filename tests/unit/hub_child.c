/* SPDX-License-Identifier: GPL-3.0-or-later
 * A hub over HTTP in a child process, and raw requests to it.
 */
#include "hub_child.h"

#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sync/link.h"

enum rc hub_child_echo(
	void *to, const struct bytes asks[], struct buf answers[], size_t n, struct fault *fault)
{
	(void)to;
	(void)fault;
	for (size_t i = 0; i < n; i++) {
		buf_text(&answers[i], "re:");
		buf_put(&answers[i], asks[i].at, asks[i].len);
	}
	return RC_OK;
}

static void run_child(const struct httpd_ways *ways, int out)
{
	struct httpd *httpd = NULL;
	struct fault fault = {0};
	unsigned port = 0;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	sigaction(SIGPIPE, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
	if (httpd_new(&httpd, ways, &fault) == RC_OK)
		port = httpd_port(httpd);
	else
		fprintf(stderr, "%s\n", fault.text);
	if (write(out, &port, sizeof port) != sizeof port || !port)
		_exit(9);
	close(out);
	enum rc rc = httpd_run(httpd, &fault);
	httpd_free(httpd);
	exit(rc == RC_OK ? 0 : 8); /* exit, so that leaks are looked for */
}

struct hub_child hub_child_start(const struct httpd_ways *ways)
{
	struct httpd_ways mine = *ways;
	struct hub_child hub = {0};
	int pipes[2];
	if (!mine.answer)
		mine.answer = hub_child_echo;
	if (!mine.address)
		mine.address = "127.0.0.1";
	if (pipe(pipes)) {
		perror("pipe");
		exit(1);
	}
	fflush(NULL);
	hub.pid = fork();
	if (hub.pid == 0) {
		close(pipes[0]);
		run_child(&mine, pipes[1]);
	}
	close(pipes[1]);
	if (read(pipes[0], &hub.port, sizeof hub.port) != sizeof hub.port || !hub.port) {
		fprintf(stderr, "the hub does not start\n");
		exit(1);
	}
	close(pipes[0]);
	return hub;
}

int hub_child_stop(struct hub_child *hub)
{
	int status = 0;
	kill(hub->pid, SIGTERM);
	waitpid(hub->pid, &status, 0);
	hub->pid = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int raw_dial(unsigned port)
{
	struct sockaddr_in to = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to)) {
		perror("connect");
		exit(1);
	}
	return fd;
}

void raw_send(int fd, const char *text)
{
	size_t len = strlen(text);
	while (len) {
		ssize_t done = send(fd, text, len, MSG_NOSIGNAL);
		if (done <= 0)
			return;
		text += done;
		len -= (size_t)done;
	}
}

size_t raw_read(int fd, char *out, size_t room, int ms, bool *closed)
{
	size_t len = 0;
	int64_t until = socket_now() + ms;
	if (closed)
		*closed = false;
	while (len + 1 < room && socket_wait(fd, POLLIN, until)) {
		ssize_t got = recv(fd, out + len, room - 1 - len, 0);
		if (got <= 0) {
			if (closed)
				*closed = true;
			break;
		}
		len += (size_t)got;
	}
	out[len] = 0;
	return len;
}

bool raw_until(int fd, char *out, size_t room, const char *text)
{
	enum { PATIENCE_MS = 20000 };
	size_t len = 0;
	int64_t until = socket_now() + PATIENCE_MS;
	out[0] = 0;
	while (!strstr(out, text)) {
		ssize_t got = len + 1 < room && socket_wait(fd, POLLIN, until)
				      ? recv(fd, out + len, room - 1 - len, 0)
				      : 0;
		if (got <= 0)
			return false;
		len += (size_t)got;
		out[len] = 0;
	}
	return true;
}

void raw_ask(unsigned port, const char *request, char *out, size_t room)
{
	int fd = raw_dial(port);
	raw_send(fd, request);
	shutdown(fd, SHUT_WR);
	raw_read(fd, out, room, 20000, NULL);
	close(fd);
}

long raw_metric(unsigned port, const char *name)
{
	char said[8192], wanted[80];
	raw_ask(port, "GET /metrics HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", said,
		sizeof said);
	snprintf(wanted, sizeof wanted, "\noutpost_http_%s ", name);
	const char *at = strstr(said, wanted);
	return at ? strtol(at + strlen(wanted), NULL, 10) : -1;
}

long hub_child_memory(const struct hub_child *hub)
{
	char path[64], line[200];
	long kib = -1;
	snprintf(path, sizeof path, "/proc/%ld/status", (long)hub->pid);
	FILE *file = fopen(path, "r");
	while (file && fgets(line, sizeof line, file))
		if (sscanf(line, "VmRSS: %ld", &kib) == 1)
			break;
	if (file)
		fclose(file);
	return kib;
}
