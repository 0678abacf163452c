/* SPDX-License-Identifier: GPL-3.0-or-later
 * Questions over HTTP: short heads, kept connections, bytes counted, and a hostile hub endured.
 */
#include "sync/link.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "hub_child.h"

static struct hub_child hub;

static int start_hub(void **state)
{
	(void)state;
	hub = hub_child_start(&(struct httpd_ways){.seconds = 5});
	return 0;
}

static int stop_hub(void **state)
{
	(void)state;
	return hub_child_stop(&hub);
}

static struct link *open_at(unsigned port, const struct link_ways *ways)
{
	char url[100];
	struct link *link = NULL;
	struct fault fault = {0};
	snprintf(url, sizeof url, "http://127.0.0.1:%u/", port);
	enum rc rc = link_http.open(&link, url, ways, &fault);
	if (rc != RC_OK)
		print_message("%s\n", fault.text);
	assert_int_equal(rc, RC_OK);
	return link;
}

static void swaps_use_one_connection(void **state)
{
	(void)state;
	struct link *link = open_at(hub.port, &(struct link_ways){.wait_ms = 2000});
	struct buf answer = {0};
	struct link_count count;
	struct fault fault = {0};
	for (int i = 0; i < 5; i++) {
		char ask[20];
		int len = snprintf(ask, sizeof ask, "question %d", i);
		assert_int_equal(
			link_http.swap(link, bytes_of(ask, (size_t)len), &answer, 2000, &fault),
			RC_OK);
		assert_int_equal(answer.len, len + 3);
		assert_memory_equal(answer.at + 3, ask, (size_t)len);
	}
	link_http.count(link, &count);
	assert_int_equal(count.opened, 1);
	/* "POST /v1/swap HTTP/1.1", Host and Content-Length: no more is said. */
	char heads[200];
	int asked = snprintf(heads, sizeof heads,
		"POST /v1/swap HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nContent-Length: "
		"10\r\n\r\nquestion 0",
		hub.port);
	assert_int_equal(count.sent, 5 * asked);
	assert_in_range(count.received, 5 * (13 + 40), 5 * (13 + 130));
	buf_release(&answer);
	link_http.close(link);
}

static void frames_of_any_size_pass(void **state)
{
	(void)state;
	static const size_t sizes[] = {0, 1, 250, 4096, 70000, 191000};
	struct link *link =
		open_at(hub.port, &(struct link_ways){.wait_ms = 2000, .send_buffer = 4096});
	struct buf answer = {0}, ask = {0};
	struct fault fault = {0};
	for (size_t i = 0; i < countof(sizes); i++) {
		buf_clear(&ask);
		uint8_t *at = buf_grow(&ask, sizes[i]);
		for (size_t j = 0; j < sizes[i]; j++)
			at[j] = (uint8_t)(j * 7 + j / 256);
		assert_int_equal(
			link_http.swap(link, buf_bytes(&ask), &answer, 5000, &fault), RC_OK);
		assert_int_equal(answer.len, sizes[i] + 3);
		assert_memory_equal(
			answer.at + 3, ask.len ? ask.at : (const uint8_t *)"", sizes[i]);
	}
	buf_release(&ask);
	buf_release(&answer);
	link_http.close(link);
}

static void the_environment_is_not_asked(void **state)
{
	(void)state;
	struct fault fault = {0};
	struct buf answer = {0};
	setenv("http_proxy", "http://127.0.0.1:1", 1);
	setenv("all_proxy", "http://127.0.0.1:1", 1);
	struct link *link = open_at(hub.port, &(struct link_ways){.wait_ms = 2000});
	assert_int_equal(link_http.swap(link, bytes_text("x"), &answer, 2000, &fault), RC_OK);
	link_http.close(link);
	unsetenv("http_proxy");
	unsetenv("all_proxy");
	/* When told, it is used: our own hub is no proxy and says so. */
	link = open_at(
		hub.port, &(struct link_ways){.wait_ms = 2000, .proxy = "http://127.0.0.1:1"});
	assert_int_equal(link_http.swap(link, bytes_text("x"), &answer, 2000, &fault), RC_LINK);
	link_http.close(link);
	buf_release(&answer);
}

static void urls_that_do_not_go(void **state)
{
	(void)state;
	static const char *const bad[] = {"http://", "http://user@h/", "http://h/#sha256//x",
		"https://h/#md5//x", "https://h/#/etc/passwd", "http://h/?q", "http://h\n/"};
	struct link_ways ways = {.wait_ms = 100};
	for (size_t i = 0; i < countof(bad); i++) {
		struct link *link = NULL;
		struct fault fault = {0};
		assert_int_equal(link_http.open(&link, bad[i], &ways, &fault), RC_BAD);
		assert_true(fault.text[0] != 0);
	}
}

static void nobody_listens(void **state)
{
	(void)state;
	struct fault fault = {0};
	struct buf answer = {0};
	struct link_count count;
	struct hub_child other = hub_child_start(&(struct httpd_ways){.idle = 1});
	struct link *link = open_at(other.port, &(struct link_ways){.wait_ms = 1000});
	assert_int_equal(hub_child_stop(&other), 0);
	assert_int_equal(link_http.swap(link, bytes_text("x"), &answer, 1000, &fault), RC_LINK);
	link_http.count(link, &count);
	assert_int_equal(count.received, 0);
	link_http.close(link);
	buf_release(&answer);
}

/* ---- a hub that wants harm */

/* Says TEXT (and then MORE again and again, every EVERY_MS) to whoever comes first. */
static pid_t hostile(unsigned *port, const char *text, const char *more, int every_ms)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof at;
	int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(server, (struct sockaddr *)&at, sizeof at), 0);
	assert_int_equal(listen(server, 1), 0);
	assert_int_equal(getsockname(server, (struct sockaddr *)&at, &len), 0);
	*port = ntohs(at.sin_port);
	pid_t pid = fork();
	if (pid)
		return close(server), pid;
	int fd = accept(server, NULL, NULL);
	char in[1000];
	if (recv(fd, in, sizeof in, 0) <= 0)
		_exit(0);
	raw_send(fd, text);
	while (more && send(fd, more, strlen(more), MSG_NOSIGNAL) > 0)
		if (every_ms)
			usleep((useconds_t)every_ms * 1000);
	_exit(0);
}

static void a_hostile_hub_is_left(void **state)
{
	(void)state;
	static char long_head[4000];
	memset(long_head, 'h', sizeof long_head - 3);
	memcpy(long_head, "X: ", 3);
	memcpy(long_head + sizeof long_head - 3, "\r\n", 3);
	static const struct {
		const char *text, *more;
		int every_ms;
		enum rc rc;
	} cases[] = {
		{"", NULL, 0, RC_LINK},
		{"nonsense", NULL, 0, RC_LINK},
		{"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", NULL, 0, RC_LINK},
		{"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n", "endless endless", 0,
			RC_LINK},
		{"HTTP/1.1 200 OK\r\n\r\n", "endless endless", 0, RC_LINK},
		{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "5\r\nendle\r\n", 0,
			RC_LINK},
		{"HTTP/1.1 200 OK\r\n", long_head, 0, RC_LINK},
		{"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", "d", 100, RC_LINK},
		{"HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n", 20, RC_LINK},
		{"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n",
			NULL, 0, RC_LINK},
		{"HTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\nno", NULL, 0, RC_LINK},
		{"HTTP/1.1 503 Later\r\nContent-Length: 2\r\n\r\nno", NULL, 0, RC_BUSY},
		{"HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno", NULL, 0, RC_DENIED},
		{"HTTP/1.1 204 Empty\r\n\r\n", NULL, 0, RC_LINK},
	};
	for (size_t i = 0; i < countof(cases); i++) {
		unsigned port;
		struct buf answer = {0};
		struct fault fault = {0};
		pid_t pid = hostile(&port, cases[i].text,
			cases[i].more == NULL ? NULL : cases[i].more, cases[i].every_ms);
		struct link *link = open_at(port, &(struct link_ways){.wait_ms = 1000});
		int64_t from = socket_now();
		enum rc rc = link_http.swap(link, bytes_text("x"), &answer, 1000, &fault);
		if (rc != cases[i].rc)
			print_message("case %zu: %s\n", i, fault.text);
		assert_int_equal(rc, cases[i].rc);
		assert_in_range(socket_now() - from, 0, 9000);
		assert_int_equal(answer.len, 0);
		assert_true(answer.room <= 2 * (LINK_ANSWER + 65536));
		link_http.close(link);
		buf_release(&answer);
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(swaps_use_one_connection),
		cmocka_unit_test(frames_of_any_size_pass),
		cmocka_unit_test(the_environment_is_not_asked),
		cmocka_unit_test(urls_that_do_not_go),
		cmocka_unit_test(nobody_listens),
		cmocka_unit_test(a_hostile_hub_is_left),
	};
	return cmocka_run_group_tests(tests, start_hub, stop_hub);
}
