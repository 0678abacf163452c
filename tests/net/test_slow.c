/* SPDX-License-Identifier: GPL-3.0-or-later
 * 2,000 villages at once (500 in the short run), each at 1,200 bytes a second with a question of 2
 * KiB: all are answered, none waits for another, and each costs the hub at most 20 KiB.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "hub_child.h"
#include "sync/link.h"

enum {
	CLIENTS = 2000,
	SHORT = 500,
	BODY = 2048,
	RATE = 1200,
	TICK_MS = 100,
	EACH_KIB = 20,
	SPARE_FILES = 50
};

struct client {
	int fd;
	size_t sent, received;
	bool done;
};

static struct client clients[CLIENTS];
static char request[BODY + 200], answer[BODY + 1000];

static size_t make_request(void)
{
	int heads = snprintf(request, sizeof request,
		"POST /v1/swap HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n", BODY);
	memset(request + heads, 'b', BODY);
	return (size_t)heads + BODY;
}

/* What the rate allows at this tick, and what has come. */
static void tick(struct client *client, size_t len)
{
	size_t most = RATE * TICK_MS / 1000;
	if (client->sent < len) {
		ssize_t done = send(client->fd, request + client->sent,
			len - client->sent < most ? len - client->sent : most,
			MSG_NOSIGNAL | MSG_DONTWAIT);
		client->sent += done > 0 ? (size_t)done : 0;
		return;
	}
	ssize_t got = recv(client->fd, answer, sizeof answer, MSG_DONTWAIT);
	client->received += got > 0 ? (size_t)got : 0;
	client->done = client->received > BODY + 3;
}

static void all_are_served(void **state)
{
	(void)state;
	unsigned wanted = getenv("OUTPOST_LONG") ? CLIENTS : SHORT;
	if (socket_room(wanted + SPARE_FILES) < wanted + SPARE_FILES) {
		printf("skip slow clients: only %u descriptors are allowed\n", socket_room(wanted));
		skip();
	}
	struct hub_child hub = hub_child_start(&(struct httpd_ways){.seconds = 30});
	size_t len = make_request();
	long before = hub_child_memory(&hub), most = before;
	unsigned done = 0;
	for (unsigned i = 0; i < wanted; i++)
		clients[i].fd = raw_dial(hub.port);
	int64_t from = socket_now();
	while (done < wanted && socket_now() - from < 20000) {
		done = 0;
		for (unsigned i = 0; i < wanted; i++) {
			if (!clients[i].done)
				tick(&clients[i], len);
			done += clients[i].done;
		}
		long now = hub_child_memory(&hub);
		most = now > most ? now : most;
		usleep(TICK_MS * 1000);
	}
	print_message("%u of %u in %lld ms, %ld bytes of memory each\n", done, wanted,
		(long long)(socket_now() - from), (most - before) * 1024 / wanted);
	assert_int_equal(done, wanted);
	assert_int_equal(raw_metric(hub.port, "answers_total"), wanted);
#ifndef __SANITIZE_ADDRESS__
	assert_in_range((most - before) / wanted, 0, EACH_KIB);
#endif
	for (unsigned i = 0; i < wanted; i++)
		close(clients[i].fd);
	assert_int_equal(hub_child_stop(&hub), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(all_are_served)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
