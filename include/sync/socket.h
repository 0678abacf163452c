/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the roads over TCP share: a clock for deadlines, dialling, and sockets that notice a dead
 * peer.
 */
#ifndef SYNC_SOCKET_H
#define SYNC_SOCKET_H

#include "sync/link.h"

int64_t socket_now(void); /* milliseconds of a clock that nobody sets */
/* Waits for poll EVENTS on FD until the clock shows UNTIL; false when it is later then. */
bool socket_wait(int fd, short events, int64_t until);
/* Acknowledges with what is sent anyway, not with packets of their own (52 bytes each). On a socket
 * that is not connected yet, or that listens: its connections do the same. */
void socket_spare(int fd);
/* Ends a connection on which nothing is awaited any more with one packet (a reset); nothing can be
 * sent after it. */
void socket_abort(int fd);
/* TCP_USER_TIMEOUT, TCP_NODELAY and SO_SNDBUF as WAYS say. Kept silent: a system
 * without them still carries. */
void socket_tune(int fd, const struct link_ways *ways);
/* Connected, tuned, not blocking; every address of HOST is tried. RC_LINK. The caller closes *FD.
 */
enum rc socket_dial(int *fd, const char *host, const char *port, const struct link_ways *ways,
	int64_t until, struct fault *fault) MUST_CHECK;
/* Adds what TCP has carried on FD so far (TCP_INFO, Linux 4.19; nothing where it is not known). */
void socket_count(int fd, struct link_count *count);

/* Can only this machine reach it there? If not, TLS in front is missing, and the program should say
 * so. */
bool socket_local(const char *address);
/* How many of WANTED connections there can be; raises the limit of descriptors where it may. */
unsigned socket_room(unsigned wanted);

#endif
