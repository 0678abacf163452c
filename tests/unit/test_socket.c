/* SPDX-License-Identifier: GPL-3.0-or-later
 * Dialling with a deadline, options of sockets, and bytes counted to the byte.
 */
#include "sync/link.h"

#include <errno.h>
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <setjmp.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

/* A listening socket on loopback, and its port as text. */
static int listen_at(char port[8], int backlog)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof at;
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
	assert_int_equal(listen(fd, backlog), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &len), 0);
	snprintf(port, 8, "%u", ntohs(at.sin_port));
	return fd;
}

static void a_socket_is_dialled_and_tuned(void **state)
{
	(void)state;
	char port[8];
	int server = listen_at(port, 1), fd = -1, number = 0;
	struct link_ways ways = {.silence_ms = 4321, .send_buffer = 6000};
	struct fault fault;
	socklen_t len = sizeof number;
	assert_int_equal(
		socket_dial(&fd, "127.0.0.1", port, &ways, socket_now() + 1000, &fault), RC_OK);
	assert_int_equal(getsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &number, &len), 0);
	assert_int_equal(number, 4321);
	assert_int_equal(getsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &number, &len), 0);
	assert_true(number != 0);
	assert_int_equal(getsockopt(fd, SOL_SOCKET, SO_SNDBUF, &number, &len), 0);
	assert_in_range(number, 6000, 12000); /* the system doubles it for its own needs */
	close(fd);
	close(server);
}

static void bytes_are_counted(void **state)
{
	(void)state;
	char port[8], in[100];
	int server = listen_at(port, 1), fd = -1;
	struct link_ways ways = {0};
	struct link_count count = {.sent = 5};
	struct fault fault;
	assert_int_equal(
		socket_dial(&fd, "127.0.0.1", port, &ways, socket_now() + 1000, &fault), RC_OK);
	int other = accept(server, NULL, NULL);
	assert_int_equal(write(fd, in, 77), 77);
	assert_int_equal(write(other, in, 33), 33);
	assert_true(socket_wait(fd, POLLIN, socket_now() + 1000));
	socket_count(fd, &count);
	assert_int_equal(count.sent, 5 + 77);
	assert_int_equal(count.received, 33);
	socket_count(-1, &count);
	socket_count(STDIN_FILENO, &count);
	assert_int_equal(count.sent, 5 + 77);
	close(fd);
	close(other);
	close(server);
}

static void nobody_there(void **state)
{
	(void)state;
	char port[8];
	int fd = -1, waiting[4];
	struct link_ways ways = {0};
	struct fault fault = {0};
	close(listen_at(port, 1));
	assert_int_equal(
		socket_dial(&fd, "127.0.0.1", port, &ways, socket_now() + 1000, &fault), RC_LINK);
	assert_int_equal(socket_dial(&fd, "no such host", port, &ways, socket_now() + 1000, &fault),
		RC_LINK);
	/* One that never accepts: once its queue is full, dialling hangs until the deadline. */
	int server = listen_at(port, 0);
	for (int i = 0; i < 4; i++)
		if (socket_dial(&waiting[i], "127.0.0.1", port, &ways, socket_now() + 100,
			    &fault) != RC_OK)
			waiting[i] = -1;
	int64_t from = socket_now();
	assert_int_equal(socket_dial(&fd, "127.0.0.1", port, &ways, from + 300, &fault), RC_LINK);
	assert_in_range(socket_now() - from, 250, 9000);
	for (int i = 0; i < 4; i++)
		if (waiting[i] >= 0)
			close(waiting[i]);
	close(server);
}

/* Spared acknowledgements still carry; the other end hears of an end at once. */
static void one_packet_ends(void **state)
{
	(void)state;
	char port[8], byte;
	int server = listen_at(port, 1), fd = -1;
	struct link_ways ways = {0};
	struct fault fault = {0};
	socket_spare(server);
	assert_int_equal(
		socket_dial(&fd, "127.0.0.1", port, &ways, socket_now() + 1000, &fault), RC_OK);
	socket_spare(fd);
	int other = accept(server, NULL, NULL);
	assert_true(other >= 0);
	assert_int_equal(send(fd, "x", 1, MSG_NOSIGNAL), 1);
	assert_int_equal(recv(other, &byte, 1, 0), 1);
	socket_abort(fd);
	assert_true(send(fd, "x", 1, MSG_NOSIGNAL) < 0);
	assert_int_equal(recv(other, &byte, 1, 0), -1);
	assert_int_equal(errno, ECONNRESET);
	close(fd);
	close(other);
	close(server);
}

static void waiting_ends(void **state)
{
	(void)state;
	int pipes[2];
	assert_int_equal(pipe(pipes), 0);
	int64_t from = socket_now();
	assert_false(socket_wait(pipes[0], POLLIN, from + 100));
	assert_in_range(socket_now() - from, 95, 9000);
	assert_false(socket_wait(pipes[0], POLLIN, from));
	assert_int_equal(write(pipes[1], "x", 1), 1);
	assert_true(socket_wait(pipes[0], POLLIN, socket_now() + 100));
	close(pipes[0]);
	close(pipes[1]);
}

static void addresses_of_this_machine(void **state)
{
	(void)state;
	assert_true(socket_local("127.0.0.1"));
	assert_true(socket_local("127.8.9.10"));
	assert_true(socket_local("::1"));
	assert_false(socket_local("0.0.0.0"));
	assert_false(socket_local("::"));
	assert_false(socket_local("10.1.1.1"));
	assert_false(socket_local("localhost"));
	assert_false(socket_local(""));
}

static void room_for_connections(void **state)
{
	(void)state;
	struct rlimit before, now;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	struct rlimit small = {256, 512};
	if (before.rlim_max < 512)
		skip();
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &small), 0);
	assert_int_equal(socket_room(100), 100);
	assert_int_equal(socket_room(400), 400);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &now), 0);
	assert_int_equal(now.rlim_cur, 464);
	assert_int_equal(socket_room(4000), 512 - 64);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_socket_is_dialled_and_tuned),
		cmocka_unit_test(bytes_are_counted),
		cmocka_unit_test(nobody_there),
		cmocka_unit_test(one_packet_ends),
		cmocka_unit_test(waiting_ends),
		cmocka_unit_test(addresses_of_this_machine),
		cmocka_unit_test(room_for_connections),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
