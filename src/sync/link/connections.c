/* SPDX-License-Identifier: GPL-3.0-or-later
 * Connections in the order in which they came into their state, and counted by address.
 */
#include "sync/link.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { STATES = CONNECTION_IDLE + 1, BUCKETS = 1024 };

struct address {
	uint64_t key;
	unsigned connections, unfinished;
	size_t bytes;
	struct connection *first, *last; /* unfinished, the oldest first */
	struct address *next;
};

struct connections {
	struct connections_limits limits;
	struct connection *first[STATES], *last[STATES];
	unsigned unfinished;
	size_t bytes;
	struct address *buckets[BUCKETS];
};

struct connections *connections_new(const struct connections_limits *limits)
{
	struct connections *all = memory_get(1, sizeof *all);

	all->limits = *limits;
	return all;
}

void connections_free(struct connections *all)
{
	for (unsigned i = 0; all && i < BUCKETS; i++)
		while (all->buckets[i]) {
			struct address *address = all->buckets[i];
			all->buckets[i] = address->next;
			free(address);
		}
	free(all);
}

/* ---- addresses */

static struct address **bucket_of(struct connections *all, uint64_t key)
{
	return &all->buckets[(key * 0x9e3779b97f4a7c15u >> 40) % BUCKETS];
}

static struct address *address_of(struct connections *all, uint64_t key)
{
	struct address **bucket = bucket_of(all, key), *address = *bucket;

	while (address && address->key != key)
		address = address->next;
	if (!address) {
		address = memory_get(1, sizeof *address);
		*address = (struct address){.key = key, .next = *bucket};
		*bucket = address;
	}
	return address;
}

static void address_drop(struct connections *all, struct address *address)
{
	struct address **at = bucket_of(all, address->key);

	if (address->connections)
		return;
	while (*at != address)
		at = &(*at)->next;
	*at = address->next;
	free(address);
}

/* ---- the two lists that one may stand in */

static void enter_here(struct connection *one)
{
	struct address *address = one->address;

	one->before_here = address->last;
	one->after_here = NULL;
	*(address->last ? &address->last->after_here : &address->first) = one;
	address->last = one;
	address->unfinished++;
}

static void leave_here(struct connection *one)
{
	struct address *address = one->address;

	*(one->before_here ? &one->before_here->after_here : &address->first) = one->after_here;
	*(one->after_here ? &one->after_here->before_here : &address->last) = one->before_here;
	address->unfinished--;
}

static void enter(struct connections *all, struct connection *one)
{
	one->before = all->last[one->state];
	one->after = NULL;
	*(one->before ? &one->before->after : &all->first[one->state]) = one;
	all->last[one->state] = one;
	if (one->state == CONNECTION_UNFINISHED) {
		all->unfinished++;
		enter_here(one);
	}
}

static void leave(struct connections *all, struct connection *one)
{
	*(one->before ? &one->before->after : &all->first[one->state]) = one->after;
	*(one->after ? &one->after->before : &all->last[one->state]) = one->before;
	if (one->state == CONNECTION_UNFINISHED) {
		all->unfinished--;
		leave_here(one);
	}
}

/* ---- one connection */

void connections_add(struct connections *all, struct connection *one, int64_t now)
{
	*one = (struct connection){.address = address_of(all, 0), .since = now};
	one->address->connections++;
	enter(all, one);
}

void connections_address(struct connections *all, struct connection *one, uint64_t key)
{
	struct address *old = one->address;
	bool here = one->state == CONNECTION_UNFINISHED;

	if (one->leaving || old->key == key)
		return;
	if (here)
		leave_here(one);
	old->connections--;
	old->bytes -= one->bytes;
	one->address = address_of(all, key);
	one->address->connections++;
	one->address->bytes += one->bytes;
	if (here)
		enter_here(one);
	address_drop(all, old);
}

void connections_move(
	struct connections *all, struct connection *one, enum connection_state state, int64_t now)
{
	if (one->leaving || one->state == state)
		return;
	leave(all, one);
	one->state = state;
	one->since = now;
	enter(all, one);
}

void connections_hold(struct connections *all, struct connection *one, size_t more)
{
	if (one->leaving)
		return;
	one->bytes += more;
	one->address->bytes += more;
	all->bytes += more;
}

void connections_let(struct connections *all, struct connection *one)
{
	if (one->leaving)
		return;
	one->address->bytes -= one->bytes;
	all->bytes -= one->bytes;
	one->bytes = 0;
}

void connections_leave(struct connections *all, struct connection *one)
{
	if (one->leaving)
		return;
	connections_let(all, one);
	leave(all, one);
	one->leaving = true;
	one->address->connections--;
	address_drop(all, one->address);
	one->address = NULL;
}

/* ---- who has to go */

/* The address that has the most unfinished requests, or BY_BYTES holds the most by them. */
static struct address *largest(struct connections *all, bool by_bytes)
{
	struct address *best = NULL;

	for (unsigned i = 0; i < BUCKETS; i++)
		for (struct address *at = all->buckets[i]; at; at = at->next) {
			if (!at->first)
				continue;
			if (!best || (by_bytes ? at->bytes > best->bytes
					       : at->unfinished > best->unfinished))
				best = at;
		}
	return best;
}

static struct connection *oldest(struct address *address)
{
	return address ? address->first : NULL;
}

struct connection *connections_victim(struct connections *all, bool full, int64_t now)
{
	struct address *most = NULL;
	struct connection *idle = all->first[CONNECTION_IDLE];

	if (all->bytes > all->limits.bytes) {
		most = largest(all, true);
		/* Whoever does not read its answer holds memory, too. */
		return most ? oldest(most) : all->first[CONNECTION_WRITING];
	}
	if (all->unfinished > all->limits.unfinished_each) {
		most = largest(all, false);
		if (all->unfinished > all->limits.unfinished ||
			most->unfinished > all->limits.unfinished_each)
			return oldest(most);
	}
	return full && idle && now - idle->since >= all->limits.idle ? idle : NULL;
}

size_t connections_bytes(const struct connections *all)
{
	return all->bytes;
}

unsigned connections_unfinished(const struct connections *all)
{
	return all->unfinished;
}
