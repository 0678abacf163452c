/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who is connected to a hub, and who has to go when there are too many: the oldest unfinished
 * request of the address that has the most of them. So whoever opens thousands of connections and
 * says nothing shuts out himself and nobody else.
 */
#ifndef SYNC_CONNECTIONS_H
#define SYNC_CONNECTIONS_H

#include "base/base.h"

enum connection_state {
	CONNECTION_UNFINISHED, /* a request has begun, or none ever did */
	CONNECTION_WAITING,    /* the request is whole and waits for its answer */
	CONNECTION_WRITING,    /* the answer leaves */
	CONNECTION_IDLE,       /* kept open behind an answer */
};

struct address; /* with its connections */

/* Part of what the caller knows a connection by; of no use outside of a list. */
struct connection {
	struct address *address;
	enum connection_state state;
	int64_t since; /* ms: in this state */
	size_t bytes;  /* that are held for it: of its question and of its answer */
	bool leaving;  /* was told to go: does not count any more */
	struct connection *before, *after;           /* of this state, the oldest first */
	struct connection *before_here, *after_here; /* unfinished ones of its address */
};

struct connections_limits {
	unsigned unfinished, unfinished_each; /* in all, and of one address */
	size_t bytes;                         /* of all together */
	int64_t idle; /* ms: so long an idle one stays although all places are taken */
};

struct connections;

struct connections *connections_new(const struct connections_limits *limits);
void connections_free(struct connections *all); /* the connections are the caller's */

/* A new one, of an address that is not known yet (KEY 0). */
void connections_add(struct connections *all, struct connection *one, int64_t now);
void connections_address(struct connections *all, struct connection *one, uint64_t key);
void connections_move(struct connections *all, struct connection *one,
	enum connection_state state, int64_t now);
void connections_hold(struct connections *all, struct connection *one, size_t more);
void connections_let(struct connections *all, struct connection *one); /* nothing is held for it */
/* It is told to go, or is gone. */
void connections_leave(struct connections *all, struct connection *one);

/* Who has to go, as some limit is passed; NULL: nobody. FULL: every place is taken, and others wait. */
struct connection *connections_victim(struct connections *all, bool full, int64_t now);
size_t connections_bytes(const struct connections *all);
unsigned connections_unfinished(const struct connections *all);

#endif
