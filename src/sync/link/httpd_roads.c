/* SPDX-License-Identifier: GPL-3.0-or-later
 * evhttp's connections: it tells nobody when it ends one, knows inactivity but no total time, and
 * takes whoever comes. So their bufferevents are held, looked at, and cut.
 */
#include "sync/link/httpd_roads.h"

#include <arpa/inet.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/listener.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/memory.h"
#include "sync/link.h"

enum {
	SWEEP_AGAIN_MS = 50,  /* when full: not at every connection that comes */
	IDLE_STAYS_MS = 2000, /* behind an answer, although others wait for a place */
	/* Parts of all places: unfinished requests, and those of one address, behind which many
	 * villages may stand */
	UNFINISHED_PART = 2,
	UNFINISHED_EACH_PART = 8,
	UNFINISHED_LEAST = 8,
	SOME_PART = 16,
};

/* One connection; its bufferevent is held until evhttp has let go. */
struct road {
	struct connection seat; /* first: what connections_victim returns is the road */
	struct bufferevent *bev;
	struct roads *roads;
	int64_t since; /* first byte of the request that runs; 0 = none runs */
	bool greeted;  /* its address is known */
	struct road *next;
};

struct roads {
	struct event *greet;
	struct evconnlistener *listener;
	struct connections *seats;
	struct road *first;
	unsigned count, most;
	int64_t most_ms, swept;
	size_t memory;
	bool full, ending;
	uint64_t cut, pushed;
};

/* evhttp takes its callbacks off when it frees a bufferevent. */
static bool gone(const struct road *road)
{
	bufferevent_data_cb on_read, on_write;
	bufferevent_event_cb on_event;
	void *to;
	bufferevent_getcb(road->bev, &on_read, &on_write, &on_event, &to);
	return !on_event;
}

static void cut(struct road *road)
{
	connections_leave(road->roads->seats, &road->seat);
	road->since = 0;
	shutdown(bufferevent_getfd(road->bev), SHUT_RDWR);
}

/* As many go as are too many; of those that only keep a place, some. */
static void make_room(struct roads *roads)
{
	unsigned some = roads->most / SOME_PART + 1;
	struct connection *one;
	while ((one = connections_victim(roads->seats, roads->full && some, socket_now()))) {
		some -= some && one->state == CONNECTION_IDLE;
		roads->pushed++;
		cut((struct road *)one);
	}
}

static void on_bytes(struct evbuffer *in, const struct evbuffer_cb_info *info, void *to)
{
	struct road *road = to;
	struct connections *seats = road->roads->seats;
	(void)in;
	if (!info->n_added || road->seat.leaving)
		return;
	if (!road->since) {
		road->since = socket_now();
		connections_move(seats, &road->seat, CONNECTION_UNFINISHED, road->since);
	}
	connections_hold(seats, &road->seat, info->n_added);
	if (connections_bytes(seats) > road->roads->memory)
		event_active(road->roads->greet, EV_TIMEOUT, 0);
}

static void let_go(struct road *road)
{
	evbuffer_remove_cb(bufferevent_get_input(road->bev), on_bytes, road);
	connections_leave(road->roads->seats, &road->seat);
	bufferevent_decref(road->bev);
	free(road);
}

unsigned roads_look(struct roads *roads)
{
	unsigned running = 0;
	int64_t now = socket_now();
	for (struct road **at = &roads->first; *at;) {
		struct road *road = *at;
		if (gone(road)) {
			*at = road->next;
			roads->count--;
			let_go(road);
			continue;
		}
		if (road->since && now - road->since > roads->most_ms) {
			roads->cut++;
			cut(road);
		} else if (road->since) {
			running++;
		}
		at = &road->next;
	}
	roads->swept = now;
	make_room(roads);
	if (roads->full && !roads->ending && roads->count < roads->most) {
		roads->full = false;
		evconnlistener_enable(roads->listener);
	}
	return running;
}

/* FNV-1a of an address without its port; of IPv6 the half that is one house. Never 0. */
static uint64_t address_key(evutil_socket_t fd)
{
	struct sockaddr_storage at = {0};
	socklen_t len = sizeof at;
	uint64_t key = 14695981039346656037u;
	if (getpeername(fd, (struct sockaddr *)&at, &len))
		return 1;
	const struct sockaddr_in *four = (const struct sockaddr_in *)&at;
	const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)&at;
	struct bytes part = at.ss_family == AF_INET6
				    ? bytes_of(&six->sin6_addr, sizeof six->sin6_addr / 2)
				    : bytes_of(&four->sin_addr, sizeof four->sin_addr);
	for (size_t i = 0; i < part.len; i++)
		key = (key ^ part.at[i]) * 1099511628211u;
	return key | 1;
}

/* Connections have their descriptor when evhttp is done with them, so who they are shows a turn
 * later. */
static void on_greet(evutil_socket_t fd, short what, void *to)
{
	struct roads *roads = to;
	(void)fd;
	(void)what;
	for (struct road *road = roads->first; road && !road->greeted; road = road->next) {
		road->greeted = true;
		connections_address(
			roads->seats, &road->seat, address_key(bufferevent_getfd(road->bev)));
	}
	make_room(roads);
}

/* evhttp asks for the bufferevent of a connection that it has accepted. The roads are looked at
 * before this one is among them: it has no callbacks yet, like one that is gone. The descriptor
 * closes with the bufferevent: closed earlier, by evhttp, its number would be another connection's,
 * and what is held here would read from that one. */
struct bufferevent *roads_add(struct event_base *base, void *to)
{
	struct roads *roads = to;
	if (roads->count + 1 >= roads->most && socket_now() - roads->swept > SWEEP_AGAIN_MS)
		roads_look(roads);
	struct bufferevent *bev = bufferevent_socket_new(base, -1, BEV_OPT_CLOSE_ON_FREE);
	struct road *road = memory_get(1, sizeof *road);
	if (!bev)
		memory_none(0);
	*road = (struct road){.bev = bev, .roads = roads, .next = roads->first};
	connections_add(roads->seats, &road->seat, socket_now());
	event_active(roads->greet, EV_TIMEOUT, 0);
	bufferevent_incref(bev);
	evbuffer_add_cb(bufferevent_get_input(bev), on_bytes, road);
	roads->first = road;
	if (++roads->count >= roads->most && !roads->full) {
		roads->full = true;
		evconnlistener_disable(roads->listener);
	}
	return bev;
}

static struct road *road_of(struct roads *roads, struct evhttp_request *request)
{
	struct evhttp_connection *connection = evhttp_request_get_connection(request);
	if (!connection)
		return NULL;
	struct bufferevent *bev = evhttp_connection_get_bufferevent(connection);
	for (struct road *road = roads->first; road; road = road->next)
		if (road->bev == bev)
			return road;
	return NULL;
}

void roads_move(struct roads *roads, struct evhttp_request *request, enum connection_state state,
	size_t more)
{
	struct road *road = road_of(roads, request);
	if (!road)
		return;
	connections_move(roads->seats, &road->seat, state, socket_now());
	connections_hold(roads->seats, &road->seat, more);
}

/* The next request's time begins with its first byte, which may be here already. */
void roads_left(struct roads *roads, struct evhttp_request *request)
{
	struct road *road = road_of(roads, request);
	if (!road)
		return;
	size_t more = evbuffer_get_length(bufferevent_get_input(road->bev));
	road->since = more ? socket_now() : 0;
	connections_let(roads->seats, &road->seat);
	connections_hold(roads->seats, &road->seat, more);
	connections_move(roads->seats, &road->seat, more ? CONNECTION_UNFINISHED : CONNECTION_IDLE,
		socket_now());
}

/* ---- begin and end */

static unsigned part_of(unsigned all, unsigned part)
{
	return all / part > UNFINISHED_LEAST ? all / part : UNFINISHED_LEAST;
}

struct roads *roads_new(struct event_base *base, unsigned count, int seconds, size_t memory)
{
	struct roads *roads = memory_get(1, sizeof *roads);
	*roads =
		(struct roads){.most = count, .most_ms = (int64_t)seconds * 1000, .memory = memory};
	roads->greet = evtimer_new(base, on_greet, roads);
	roads->seats = connections_new(&(struct connections_limits){
		.unfinished = part_of(count, UNFINISHED_PART),
		.unfinished_each = part_of(count, UNFINISHED_EACH_PART),
		.bytes = memory,
		.idle = IDLE_STAYS_MS,
	});
	if (roads->greet)
		return roads;
	roads_free(roads);
	return NULL;
}

void roads_free(struct roads *roads)
{
	if (!roads)
		return;
	while (roads->first) {
		struct road *road = roads->first;
		roads->first = road->next;
		let_go(road);
	}
	if (roads->greet)
		event_free(roads->greet);
	connections_free(roads->seats);
	free(roads);
}

void roads_listen(struct roads *roads, struct evconnlistener *listener)
{
	roads->listener = listener;
}

void roads_end(struct roads *roads)
{
	roads->ending = true;
	evconnlistener_disable(roads->listener);
}

bool roads_have_room(struct roads *roads)
{
	make_room(roads);
	return connections_bytes(roads->seats) <= roads->memory;
}

struct roads_numbers roads_numbers(const struct roads *roads)
{
	return (struct roads_numbers){
		.count = roads->count,
		.unfinished = connections_unfinished(roads->seats),
		.bytes = connections_bytes(roads->seats),
		.cut = roads->cut,
		.pushed = roads->pushed,
	};
}
