/* SPDX-License-Identifier: GPL-3.0-or-later
 * The hub over HTTP: what it answers, what it refuses, and that nobody can hold it up.
 * Tests also: httpd_roads.c.
 */
#include "sync/link.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "hub_child.h"

#define HOST "Host: h\r\n"
#define SMUGGLED "POST /v1/swap HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nevl"

static struct hub_child hub;

static int start_echo(void **state)
{
	(void)state;
	hub = hub_child_start(&(struct httpd_ways){.seconds = 2, .idle = 5});
	return 0;
}

static int stop_hub(void **state)
{
	(void)state;
	return hub.pid ? hub_child_stop(&hub) : 0;
}

static void a_question_is_answered(void **state)
{
	(void)state;
	char said[1000];
	raw_ask(hub.port, "POST /v1/swap HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nhello", said,
		sizeof said);
	assert_ptr_equal(strstr(said, "HTTP/1.1 200"), said);
	assert_non_null(strstr(said, "Content-Length: 8\r\n"));
	/* A station does not say what it takes, and is spared the 40 bytes; the clock is inside the
	 * seal. */
	assert_null(strstr(said, "Content-Type"));
	assert_non_null(strstr(said, "\r\nDate: \r\n"));
	assert_string_equal(strstr(said, "\r\n\r\n") + 4, "re:hello");
	raw_ask(hub.port,
		"POST /v1/swap HTTP/1.1\r\n" HOST "Accept: */*\r\nContent-Length: 5\r\n\r\nhello",
		said, sizeof said);
	assert_non_null(strstr(said, "Content-Type: application/octet-stream\r\n"));
	raw_ask(hub.port, "POST /v1/swap HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n", said,
		sizeof said);
	assert_string_equal(strstr(said, "\r\n\r\n") + 4, "re:");
}

static void a_connection_is_kept(void **state)
{
	(void)state;
	char said[1000];
	int fd = raw_dial(hub.port);
	for (int i = 0; i < 3; i++) {
		raw_send(fd, "POST /v1/swap HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\nx");
		assert_true(raw_until(fd, said, sizeof said, "re:x"));
	}
	close(fd);
}

static void health_and_numbers_are_told(void **state)
{
	(void)state;
	char said[8192];
	raw_ask(hub.port, "GET /v1/health HTTP/1.1\r\n" HOST "\r\n", said, sizeof said);
	assert_ptr_equal(strstr(said, "HTTP/1.1 200"), said);
	assert_non_null(strstr(said, "{\"ok\":true}"));
	assert_true(raw_metric(hub.port, "connections") >= 1);
	assert_true(raw_metric(hub.port, "answers_total") >= 0);
}

static void the_rest_is_not_there(void **state)
{
	(void)state;
	static const char *const first[] = {"GET /v1/swap", "GET /", "GET /v1/health/",
		"GET /v1/healthy", "POST /v1/health", "POST /metrics", "GET //metrics",
		"GET /v1/../metrics", "DELETE /v1/swap", "PUT /v1/swap", "POST /v1/swap/..",
		"POST /V1/swap", "HEAD /v1/health"};
	for (size_t i = 0; i < countof(first); i++) {
		char request[300], said[1000];
		snprintf(request, sizeof request,
			"%s HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n", first[i]);
		raw_ask(hub.port, request, said, sizeof said);
		if (strncmp(said, "HTTP/1.1 404", 12) != 0)
			print_message("%s: %s\n", first[i], said);
		assert_ptr_equal(strstr(said, "HTTP/1.1 404"), said);
	}
}

static void too_long_is_refused(void **state)
{
	(void)state;
	char said[1000], heads[12000];
	raw_ask(hub.port, "POST /v1/swap HTTP/1.1\r\n" HOST "Content-Length: 262145\r\n\r\nx", said,
		sizeof said);
	assert_ptr_equal(strstr(said, "HTTP/1.1 413"), said);
	size_t len = (size_t)snprintf(heads, sizeof heads, "POST /v1/swap HTTP/1.1\r\n" HOST "X: ");
	memset(heads + len, 'x', 9000);
	snprintf(heads + len + 9000, sizeof heads - len - 9000, "\r\nContent-Length: 1\r\n\r\nx");
	long before = raw_metric(hub.port, "questions_total");
	raw_ask(hub.port, heads, said, sizeof said);
	assert_null(strstr(said, "re:"));
	assert_int_equal(raw_metric(hub.port, "questions_total"), before);
}

/* What two readers could cut in two ways: refused, the connection is over, and nothing behind it is
 * read. */
static void heads_that_mean_two_things_are_refused(void **state)
{
	(void)state;
	static const char *const heads[] = {"Content-Length: 5\r\nContent-Length: 5\r\n",
		"Content-Length: 5\r\nContent-Length: 60\r\n",
		"Content-Length: 60\r\nContent-Length: 0\r\n", "Content-Length: +5\r\n",
		"Content-Length: -1\r\n", "Content-Length: 0x5\r\n", "Content-Length: 5 5\r\n",
		"Content-Length: 5,5\r\n", "Content-Length: 5;\r\n", "Content-Length: \r\n",
		"Content-Length:\r\n", "Content-Length: 99999999999999999999\r\n",
		"Content-Length: 5a\r\n", "Content-Length : 5\r\n", "Content-Length\t: 5\r\n",
		"Content-Length: 5\r\nContent-Length : 0\r\n", "Content-Length: 5\r\nX Y: 1\r\n",
		"Transfer-Encoding: chunked\r\n",
		"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
		"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
		"Transfer-Encoding: xchunked\r\n", "Transfer-Encoding: identity, chunked\r\n",
		"Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n",
		"Transfer-Encoding:\tchunked\r\n", "Transfer-Encoding: \r\n chunked\r\n",
		"transfer-ENCODING: chunked\r\n", "Content-Length: 5\r\n 0\r\n", "",
		"X: 1\rContent-Length: 5\r\n", "Content-Length: 5\rX: 1\r\n",
		" Content-Length: 5\r\n", ": 5\r\nContent-Length: 5\r\n"};
	assert_true(countof(heads) >= 30);
	for (size_t i = 0; i < countof(heads); i++) {
		char request[1000], said[4000];
		bool closed;
		long before = raw_metric(hub.port, "questions_total");
		snprintf(request, sizeof request,
			"POST /v1/swap HTTP/1.1\r\n" HOST "%s\r\n0\r\n\r\n" SMUGGLED, heads[i]);
		int fd = raw_dial(hub.port);
		raw_send(fd, request);
		raw_read(fd, said, sizeof said, 20000, &closed);
		close(fd);
		if (strstr(said, "re:") || !closed ||
			raw_metric(hub.port, "questions_total") != before)
			print_message("taken: %s\n%s\n", heads[i], said);
		if (strstr(said, "re:"))
			print_message("%s\n", said);
		assert_null(strstr(said, "re:"));
		assert_null(strstr(said, " 200 "));
		assert_true(closed);
		assert_int_equal(raw_metric(hub.port, "questions_total"), before);
	}
}

/* No body is read of these: what stands there is not the next question. */
static void a_body_of_no_question_is_none(void **state)
{
	static const char *const verbs[] = {"HEAD", "TRACE", "CONNECT"};

	(void)state;
	for (size_t i = 0; i < countof(verbs); i++) {
		char request[1000], said[4000];
		bool closed;
		long before = raw_metric(hub.port, "questions_total");
		snprintf(request, sizeof request,
			"%s /v1/swap HTTP/1.1\r\n" HOST "Content-Length: %zu\r\n\r\n" SMUGGLED,
			verbs[i], sizeof SMUGGLED - 1);
		int fd = raw_dial(hub.port);
		raw_send(fd, request);
		raw_read(fd, said, sizeof said, 20000, &closed);
		close(fd);
		assert_non_null(strstr(said, "HTTP/1.1 400"));
		assert_null(strstr(said, "re:"));
		assert_int_equal(raw_metric(hub.port, "questions_total"), before);
	}
}

/* What does not move a boundary may be taken or not, but never as two questions. */
static void odd_requests_are_one_question_at_most(void **state)
{
	(void)state;
	static const char *const odd[] = {
		"POST /v1/swap HTTP/1.1\nHost: h\nContent-Length: 3\n\nodd",
		"POST /v1/swap HTTP/1.1\r\nContent-Length: 3\r\n\r\nodd",
		"POST /v1/swap HTTP/1.0\r\nContent-Length: 3\r\n\r\nodd",
		"POST http://other/v1/swap HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\nodd",
		"POST /v1/swap HTTP/9.9\r\n" HOST "Content-Length: 3\r\n\r\nodd",
		"POST /v1/swap\r\n\r\n", "POST\r\n\r\n",
		"\r\n\r\nPOST /v1/swap HTTP/1.1\r\nContent-Length: 3\r\n\r\nodd",
		"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\x16\x03\x01\x02",
		"POST /v1/swap HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nodd",
		"OPTIONS * HTTP/1.1\r\n\r\n", "CONNECT a:1 HTTP/1.1\r\n\r\n",
		"POST /v1/swap?a=b HTTP/1.1\r\nContent-Length: 3\r\n\r\nodd"};
	for (size_t i = 0; i < countof(odd); i++) {
		char said[4000];
		long before = raw_metric(hub.port, "questions_total");
		raw_ask(hub.port, odd[i], said, sizeof said);
		assert_in_range(raw_metric(hub.port, "questions_total") - before, 0, 1);
	}
}

/* A byte each 100 ms, in the heads or in the body: closed when the time of a request is over. */
static void dribble(const char *begin)
{
	char said[100];
	bool closed = false;
	int fd = raw_dial(hub.port);
	int64_t from = socket_now();
	raw_send(fd, begin);
	while (!closed && socket_now() - from < 10000) {
		raw_send(fd, "x");
		raw_read(fd, said, sizeof said, 100, &closed);
	}
	close(fd);
	assert_true(closed);
	assert_in_range(socket_now() - from, 1800, 9000);
}

static void dribblers_are_cut(void **state)
{
	(void)state;
	long before = raw_metric(hub.port, "cut_total");
	dribble("POST /v1/swap HTTP/1.1\r\nX: ");
	dribble("POST /v1/swap HTTP/1.1\r\n" HOST "Content-Length: 1000\r\n\r\n");
	assert_int_equal(raw_metric(hub.port, "cut_total"), before + 2);
}

static void time_begins_with_the_request(void **state)
{
	(void)state;
	char said[1000];
	int fd = raw_dial(hub.port);
	/* Longer open than a request may take, but none runs. */
	for (int i = 0; i < 3; i++) {
		usleep(900 * 1000);
		raw_send(fd, "POST /v1/swap HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\ny");
		assert_true(raw_until(fd, said, sizeof said, "re:y"));
	}
	close(fd);
}

static void who_gives_up_does_no_harm(void **state)
{
	(void)state;
	char said[1000];
	for (int i = 0; i < 50; i++) {
		int fd = raw_dial(hub.port);
		struct linger now = {1, 0};
		raw_send(fd, "POST /v1/swap HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\nz");
		if (i & 1)
			setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
		close(fd);
	}
	raw_ask(hub.port, "POST /v1/swap HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\nz", said,
		sizeof said);
	assert_non_null(strstr(said, "re:z"));
}

/* Connections that have just ended take no byte from the ones that follow under their numbers. */
static void no_byte_goes_to_another(void **state)
{
	(void)state;
	static char request[9200], refused[9200], said[9500];
	size_t begin = (size_t)snprintf(refused, sizeof refused, "POST /v1/swap HTTP/1.1\r\nX: ");
	memset(refused + begin, 'x', 9000);
	memcpy(refused + begin + 9000, "\r\n\r\n", 5);
	size_t len = (size_t)snprintf(request, sizeof request,
		"POST /v1/swap HTTP/1.1\r\n" HOST "Content-Length: 9000\r\n\r\n");
	memset(request + len, 'b', 9000);
	for (int i = 0; i < 500; i++) {
		raw_ask(hub.port, refused, said, sizeof said);
		raw_ask(hub.port, request, said, sizeof said);
		const char *body = strstr(said, "re:");
		assert_non_null(body);
		assert_int_equal(strlen(body), 3 + 9000);
	}
}

/* ---- hubs of another kind */

static enum rc slow_answer(
	void *to, const struct bytes asks[], struct buf answers[], size_t n, struct fault *fault)
{
	usleep(150 * 1000);
	return hub_child_echo(to, asks, answers, n, fault);
}

static void what_waits_is_one_commit(void **state)
{
	(void)state;
	enum { CLIENTS = 40 };
	int fds[CLIENTS];
	char said[1000];
	hub = hub_child_start(&(struct httpd_ways){.answer = slow_answer});
	for (int i = 0; i < CLIENTS; i++) {
		fds[i] = raw_dial(hub.port);
		raw_send(fds[i], "POST /v1/swap HTTP/1.1\r\n" HOST
				 "Content-Length: 2\r\nConnection: close\r\n\r\ng");
	}
	for (int i = 0; i < CLIENTS; i++)
		raw_send(fds[i], i & 1 ? "1" : "0");
	for (int i = 0; i < CLIENTS; i++) {
		assert_true(raw_until(fds[i], said, sizeof said, i & 1 ? "re:g1" : "re:g0"));
		close(fds[i]);
	}
	assert_int_equal(raw_metric(hub.port, "questions_total"), CLIENTS);
	assert_in_range(raw_metric(hub.port, "commits_total"), 1, CLIENTS / 2);
}

static enum rc full_disk(
	void *to, const struct bytes asks[], struct buf answers[], size_t n, struct fault *fault)
{
	(void)to;
	(void)asks;
	(void)n;
	buf_text(&answers[0], "half an answer");
	return fault_set(fault, RC_FULL, "full");
}

static bool unwell(void *to, struct buf *json)
{
	(void)to;
	buf_text(json, "{\"ok\":false}");
	return false;
}

static void more_numbers(void *to, struct buf *text)
{
	(void)to;
	buf_text(text, "outpost_facts 7\n");
}

static void what_is_not_stored_is_not_answered(void **state)
{
	(void)state;
	char said[4000];
	hub = hub_child_start(&(struct httpd_ways){
		.answer = full_disk, .health = unwell, .metrics = more_numbers});
	raw_ask(hub.port, "POST /v1/swap HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\nx", said,
		sizeof said);
	assert_ptr_equal(strstr(said, "HTTP/1.1 503"), said);
	assert_null(strstr(said, "half"));
	raw_ask(hub.port, "GET /v1/health HTTP/1.1\r\n" HOST "\r\n", said, sizeof said);
	assert_ptr_equal(strstr(said, "HTTP/1.1 503"), said);
	assert_non_null(strstr(said, "{\"ok\":false}"));
	raw_ask(hub.port, "GET /metrics HTTP/1.1\r\n" HOST "\r\n", said, sizeof said);
	assert_non_null(strstr(said, "\noutpost_facts 7\n"));
}

static void the_silent_are_closed(void **state)
{
	(void)state;
	char said[100];
	bool closed;
	hub = hub_child_start(&(struct httpd_ways){.idle = 1});
	int fd = raw_dial(hub.port);
	int64_t from = socket_now();
	raw_read(fd, said, sizeof said, 20000, &closed);
	assert_true(closed);
	assert_in_range(socket_now() - from, 800, 9000);
	close(fd);
}

static enum rc long_answer(
	void *to, const struct bytes asks[], struct buf answers[], size_t n, struct fault *fault)
{
	(void)to;
	(void)asks;
	(void)fault;
	for (size_t i = 0; i < n; i++)
		memset(buf_grow(&answers[i], 8 << 20), 'l', 8 << 20);
	return RC_OK;
}

/* Who asks and does not read the answer. */
static void who_does_not_read_is_cut(void **state)
{
	(void)state;
	int small = 4096;
	hub = hub_child_start(&(struct httpd_ways){.answer = long_answer, .seconds = 1});
	int fd = raw_dial(hub.port);
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
	raw_send(fd, "POST /v1/swap HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\nx");
	for (int i = 0; i < 200 && raw_metric(hub.port, "cut_total") == 0; i++)
		usleep(100 * 1000);
	assert_int_equal(raw_metric(hub.port, "cut_total"), 1);
	assert_int_equal(raw_metric(hub.port, "connections"), 1); /* the one that asks */
	close(fd);
}

static void too_many_wait(void **state)
{
	(void)state;
	int fds[4];
	char said[1000];
	hub = hub_child_start(&(struct httpd_ways){.connections = 4});
	for (int i = 0; i < 4; i++) {
		fds[i] = raw_dial(hub.port);
		raw_send(fds[i], "POST /v1/swap HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\nx");
		assert_true(raw_until(fds[i], said, sizeof said, "re:x"));
	}
	int fifth = raw_dial(hub.port);
	raw_send(fifth, "POST /v1/swap HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\n5");
	assert_int_equal(raw_read(fifth, said, sizeof said, 700, NULL), 0);
	close(fds[2]);
	assert_true(raw_until(fifth, said, sizeof said, "re:5"));
	for (int i = 0; i < 4; i++)
		if (i != 2)
			close(fds[i]);
	close(fifth);
}

/* A connection from another address of loopback that says WORD and no more. */
static int half_open(unsigned port, unsigned address, const char *word)
{
	struct sockaddr_in from = {.sin_family = AF_INET,
				   .sin_addr.s_addr = htonl(0x7F000000 + address)},
			   to = {.sin_family = AF_INET,
				   .sin_port = htons((uint16_t)port),
				   .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), yes = 1;
	assert_true(fd >= 0);
	setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
	assert_int_equal(bind(fd, (struct sockaddr *)&from, sizeof from), 0);
	(void)!connect(fd, (struct sockaddr *)&to, sizeof to);
	struct pollfd ready = {.fd = fd, .events = POLLOUT};
	if (poll(&ready, 1, 200) == 1 && *word)
		send(fd, word, strlen(word), MSG_NOSIGNAL);
	return fd;
}

/* Many that never finish: from a few addresses, from many, and with a part of a long question. The
 * village on a slow line that began before them is answered, and so is everybody who comes. */
static void half_open_ones_keep_nobody_out(void **state)
{
	(void)state;
	enum { CROWD = 4000, EACH = 200 };
	static int fds[CROWD];
	static const char *const words[] = {"", "POST /v1/swap HTTP/1.1\r\n" HOST,
		"POST /v1/swap HTTP/1.1\r\n" HOST "Content-Length: 200000\r\n\r\npart"};
	char said[1000];
	hub = hub_child_start(&(struct httpd_ways){0});
	int slow = raw_dial(hub.port);
	raw_send(slow, "POST /v1/swap HTTP/1.1\r\n" HOST "Content-Length: 4\r\n\r\nsl");
	for (int i = 0; i < CROWD; i++) {
		unsigned address = i < CROWD / 2 ? 2 + (unsigned)i % 3 : 100 + (unsigned)i;
		fds[i] = half_open(hub.port, address, words[i % 3]);
		if (i % EACH)
			continue;
		raw_ask(hub.port, "POST /v1/swap HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\nx",
			said, sizeof said);
		assert_non_null(strstr(said, "re:x"));
	}
	raw_send(slow, "ow");
	assert_true(raw_until(slow, said, sizeof said, "re:slow"));
	assert_true(raw_metric(hub.port, "unfinished") <= 2001);
	assert_true(raw_metric(hub.port, "pushed_total") > 1000);
	assert_true(hub_child_memory(&hub) < 128 * 1024);
	close(slow);
	for (int i = 0; i < CROWD; i++)
		close(fds[i]);
}

/* What systemd lets the hub have holds all questions and answers, every connection's own needs and
 * one batch with the store's cache. */
static void the_unit_allows_what_the_hub_may_hold(void **state)
{
	(void)state;
	enum { CONNECTION_KIB = 24, CONNECTIONS = 4000, REST_MIB = 96 };
	char line[200];
	long most = 0;
	FILE *unit = fopen("config/deploy/outpost-hub@.service", "r");
	assert_non_null(unit);
	while (fgets(line, sizeof line, unit))
		sscanf(line, "MemoryMax=%ldM", &most);
	fclose(unit);
	assert_true((SERVE_MEMORY >> 20) + CONNECTIONS * CONNECTION_KIB / 1024 + REST_MIB < most);
}

/* Bodies that together are more than the hub may hold, from many addresses: it holds no more. */
static void bodies_share_their_memory(void **state)
{
	(void)state;
	enum { CROWD = 60, BODY = 100000, MEMORY = 2 << 20 };
	static int fds[CROWD];
	static char part[BODY];
	char said[1000];
	hub = hub_child_start(&(struct httpd_ways){.memory = MEMORY});
	memset(part, 'p', sizeof part);
	for (int i = 0; i < CROWD; i++) {
		fds[i] = half_open(hub.port, 100 + (unsigned)i,
			"POST /v1/swap HTTP/1.1\r\n" HOST "Content-Length: 100001\r\n\r\n");
		for (size_t done = 0; done < sizeof part;) {
			struct pollfd ready = {.fd = fds[i], .events = POLLOUT};
			ssize_t sent = poll(&ready, 1, 500) == 1
					       ? send(fds[i], part + done, sizeof part - done,
							 MSG_NOSIGNAL)
					       : -1;
			if (sent <= 0)
				break;
			done += (size_t)sent;
		}
	}
	raw_ask(hub.port, "POST /v1/swap HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\nx", said,
		sizeof said);
	assert_non_null(strstr(said, "re:x"));
	/* What was sent lies with the kernel until the hub has read it. */
	long pushed = 0;
	for (int i = 0; i < 100 && pushed < CROWD - MEMORY / BODY - 1; i++) {
		usleep(50 * 1000);
		assert_true(raw_metric(hub.port, "bytes") <= MEMORY);
		pushed = raw_metric(hub.port, "pushed_total");
	}
	assert_in_range(pushed, CROWD - MEMORY / BODY - 1, CROWD);
	for (int i = 0; i < CROWD; i++)
		close(fds[i]);
}

static void what_runs_is_finished_at_the_end(void **state)
{
	(void)state;
	char said[1000];
	bool closed;
	hub = hub_child_start(&(struct httpd_ways){.seconds = 5});
	int idle = raw_dial(hub.port), running = raw_dial(hub.port);
	raw_send(running, "POST /v1/swap HTTP/1.1\r\n" HOST "Content-Length: 4\r\n\r\nla");
	usleep(200 * 1000);
	kill(hub.pid, SIGTERM);
	usleep(400 * 1000);
	assert_int_equal(kill(hub.pid, 0), 0);
	raw_send(running, "st");
	raw_read(running, said, sizeof said, 20000, &closed);
	assert_non_null(strstr(said, "re:last"));
	assert_true(closed);
	int status;
	assert_int_equal(waitpid(hub.pid, &status, 0), hub.pid);
	hub.pid = 0;
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	close(idle);
	close(running);
}

static void bad_addresses_are_told(void **state)
{
	(void)state;
	struct httpd *httpd = NULL;
	struct fault fault = {0};
	struct httpd_ways ways = {.answer = hub_child_echo, .address = "localhost"};
	assert_int_equal(httpd_new(&httpd, &ways, &fault), RC_BAD);
	assert_non_null(strstr(fault.text, "localhost"));
	ways.address = "127.0.0.1";
	ways.port = 70000;
	assert_int_equal(httpd_new(&httpd, &ways, &fault), RC_BAD);
	hub = hub_child_start(&(struct httpd_ways){.idle = 1});
	ways.port = hub.port;
	assert_int_equal(httpd_new(&httpd, &ways, &fault), RC_LINK);
	httpd_free(NULL);
}

int main(void)
{
	const struct CMUnitTest echo[] = {
		cmocka_unit_test(a_question_is_answered),
		cmocka_unit_test(a_connection_is_kept),
		cmocka_unit_test(health_and_numbers_are_told),
		cmocka_unit_test(the_rest_is_not_there),
		cmocka_unit_test(too_long_is_refused),
		cmocka_unit_test(heads_that_mean_two_things_are_refused),
		cmocka_unit_test(a_body_of_no_question_is_none),
		cmocka_unit_test(odd_requests_are_one_question_at_most),
		cmocka_unit_test(dribblers_are_cut),
		cmocka_unit_test(time_begins_with_the_request),
		cmocka_unit_test(who_gives_up_does_no_harm),
		cmocka_unit_test(no_byte_goes_to_another),
	};
	const struct CMUnitTest own[] = {
		cmocka_unit_test_teardown(what_waits_is_one_commit, stop_hub),
		cmocka_unit_test_teardown(what_is_not_stored_is_not_answered, stop_hub),
		cmocka_unit_test_teardown(the_silent_are_closed, stop_hub),
		cmocka_unit_test_teardown(who_does_not_read_is_cut, stop_hub),
		cmocka_unit_test_teardown(too_many_wait, stop_hub),
		cmocka_unit_test_teardown(half_open_ones_keep_nobody_out, stop_hub),
		cmocka_unit_test_teardown(bodies_share_their_memory, stop_hub),
		cmocka_unit_test(the_unit_allows_what_the_hub_may_hold),
		cmocka_unit_test_teardown(what_runs_is_finished_at_the_end, stop_hub),
		cmocka_unit_test_teardown(bad_addresses_are_told, stop_hub),
	};
	int bad = cmocka_run_group_tests(echo, start_echo, stop_hub);
	return bad + cmocka_run_group_tests(own, NULL, NULL);
}
