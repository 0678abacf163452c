/* SPDX-License-Identifier: GPL-3.0-or-later
 * A hub over HTTP in a child process, with answers that a test makes, and raw requests to it.
 */
#ifndef TESTS_HUB_CHILD_H
#define TESTS_HUB_CHILD_H

#include <sys/types.h>

#include "sync/link.h"

struct hub_child {
	pid_t pid;
	unsigned port;
};

/* WAYS without an answer echoes. Ends the test when it cannot start. */
struct hub_child hub_child_start(const struct httpd_ways *ways);
int hub_child_stop(struct hub_child *hub); /* SIGTERM; exit code, or -1 for a crash */
/* The answer to a question is the question behind "re:". */
serve_fn hub_child_echo;

int raw_dial(unsigned port);             /* a blocking socket */
void raw_send(int fd, const char *text); /* what a closed peer does not take is lost */
/* What comes until the other end closes or MS pass; *closed may be NULL. */
size_t raw_read(int fd, char *out, size_t room, int ms, bool *closed);
/* What comes until TEXT is in it; false: the other end closes before, or 20 s pass. */
bool raw_until(int fd, char *out, size_t room, const char *text);
/* One request, one answer; the connection is closed behind it. */
void raw_ask(unsigned port, const char *request, char *out, size_t room);
/* A number of /metrics, by its name without "outpost_http_". */
long raw_metric(unsigned port, const char *name);
/* Memory that the child holds, in KiB. */
long hub_child_memory(const struct hub_child *hub);

#endif
