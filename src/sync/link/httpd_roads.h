/* SPDX-License-Identifier: GPL-3.0-or-later
 * The connections of a hub over HTTP: how many there may be, how long a request may take, and which
 * of them is closed when there are too many. For httpd.c alone; the types are libevent's.
 */
#ifndef SYNC_HTTPD_ROADS_H
#define SYNC_HTTPD_ROADS_H

#include "sync/link.h"

struct event_base;
struct evconnlistener;
struct evhttp_request;
struct bufferevent;

struct roads;

struct roads_numbers {
	unsigned count, unfinished;
	size_t bytes;
	uint64_t cut, pushed; /* that took too long; that had to go for others */
};

/* At most COUNT connections, SECONDS for a request, MEMORY bytes of all questions and answers;
 * NULL: libevent has no memory. */
struct roads *roads_new(struct event_base *base, unsigned count, int seconds, size_t memory);
void roads_free(struct roads *roads); /* NULL is fine; evhttp is gone by then */
void roads_listen(struct roads *roads, struct evconnlistener *listener);
void roads_end(struct roads *roads); /* takes no more */
/* For evhttp_set_bevcb: a connection has come. */
struct bufferevent *roads_add(struct event_base *base, void *roads);
/* Lets go of what is gone, ends what takes too long. Returns how many requests run. */
unsigned roads_look(struct roads *roads);
/* A request is whole and waits, or is answered by MORE bytes; its answer has left. */
void roads_move(struct roads *roads, struct evhttp_request *request, enum connection_state state,
	size_t more);
void roads_left(struct roads *roads, struct evhttp_request *request);
/* Is there room to hold one more question until it is answered? */
bool roads_have_room(struct roads *roads);
struct roads_numbers roads_numbers(const struct roads *roads);

#endif
