/* SPDX-License-Identifier: GPL-3.0-or-later
 * Feeds: fetched when they have changed and no longer than allowed, and taken in by the program
 * that knows no network; folders are taken file by file.
 * Tests also: link_fetch.c, sync_feed.c, cmd_import.c
 * Covers: C11
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

#include "base/file.h"

enum { ASK = 4096, MORE = 300 };

static struct {
	pid_t pid;
	unsigned port;
	char home[64];
} at;

static const char alert[] =
	"<alert><identifier>F-1</identifier><sender>s</sender><sent>2026-07-14T06:00:00Z</sent>"
	"<status>Actual</status><msgType>Alert</msgType><info><event>暴雨</event><severity>红色</"
	"severity><headline>发布暴雨红色预警信号</headline></info></alert>";

static void say(int fd, const char *status, const char *heads, const char *body)
{
	char text[2048];
	int len = snprintf(text, sizeof text, "HTTP/1.1 %s\r\n%sContent-Length: %zu\r\n\r\n%s",
		status, heads, strlen(body), body);

	if (write(fd, text, (size_t)len) != len)
		_exit(1);
}

static void answer(int fd, const char *ask)
{
	char heads[MORE];
	char more[1000];

	if (strstr(ask, "GET /long ")) {
		memset(more, 'x', sizeof more - 1);
		more[sizeof more - 1] = '\0';
		say(fd, "200 OK", "", more);
	} else if (strstr(ask, "GET /gone ")) {
		say(fd, "404 Not Found", "", "");
	} else if (strstr(ask, "GET /moved ")) {
		say(fd, "302 Found", "Location: /alerts\r\n", "");
	} else if (strstr(ask, "If-None-Match: \"v1\"") &&
		   strstr(ask, "If-Modified-Since: Tue, 14 Jul 2026 06:00:00 GMT")) {
		say(fd, "304 Not Modified", "", "");
	} else {
		snprintf(heads, sizeof heads,
			"ETag: \"v1\"\r\nLast-Modified: Tue, 14 Jul 2026 06:00:00 GMT\r\n");
		say(fd, "200 OK", heads, alert);
	}
}

static void serve(int listening)
{
	for (;;) {
		char ask[ASK] = "";
		size_t len = 0;
		int fd = accept(listening, NULL, NULL);

		while (fd >= 0 && len + 1 < sizeof ask && !strstr(ask, "\r\n\r\n")) {
			ssize_t got = read(fd, ask + len, sizeof ask - 1 - len);

			if (got <= 0)
				break;
			len += (size_t)got;
			ask[len] = '\0';
		}
		if (strstr(ask, "\r\n\r\n"))
			answer(fd, ask);
		if (fd >= 0)
			close(fd);
	}
}

static int start(void **state)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof address;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	(void)state;
	snprintf(at.home, sizeof at.home, "/tmp/outpost-feed-XXXXXX");
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, size) || listen(fd, 8) ||
		getsockname(fd, (struct sockaddr *)&address, &size) || !mkdtemp(at.home))
		return 1;
	at.port = ntohs(address.sin_port);
	at.pid = fork();
	if (at.pid == 0)
		serve(fd);
	close(fd);
	return at.pid < 0;
}

static int stop(void **state)
{
	char command[100];

	(void)state;
	kill(at.pid, SIGTERM);
	waitpid(at.pid, NULL, 0);
	snprintf(command, sizeof command, "rm -rf %s", at.home);
	return system(command);
}

static enum rc fetch(const char *path, size_t most, const struct fetched *last, struct fetched *out)
{
	char url[200];
	struct fault fault = {0};

	snprintf(url, sizeof url, "http://127.0.0.1:%u%s", at.port, path);
	return fetch_file(url, &(struct fetch_ways){.most = most}, last, out, &fault);
}

static void only_when_changed(void **state)
{
	struct fetched none = {.unchanged = false}, first, second;

	(void)state;
	assert_int_equal(fetch("/alerts", 4096, &none, &first), RC_OK);
	assert_false(first.unchanged);
	assert_string_equal(first.etag, "\"v1\"");
	assert_string_equal(first.modified, "Tue, 14 Jul 2026 06:00:00 GMT");
	assert_string_equal(buf_cstr(&first.body), alert);
	assert_int_equal(fetch("/alerts", 4096, &first, &second), RC_OK);
	assert_true(second.unchanged);
	assert_int_equal(second.body.len, 0);
	buf_release(&first.body);
	buf_release(&second.body);
}

static void refused(void **state)
{
	struct fetched none = {.unchanged = false}, out;
	struct fault fault = {0};
	const struct fetch_ways ways = {.most = 100};

	(void)state;
	assert_int_equal(fetch("/long", 100, &none, &out), RC_BAD);
	buf_release(&out.body);
	assert_int_equal(fetch("/gone", 100, &none, &out), RC_LINK);
	buf_release(&out.body);
	assert_int_equal(fetch("/moved", 100, &none, &out), RC_LINK);
	buf_release(&out.body);
	assert_int_equal(fetch_file("ftp://127.0.0.1/", &ways, &none, &out, &fault), RC_BAD);
	assert_int_equal(
		fetch_file("http://127.0.0.1/#sha256//AA", &ways, &none, &out, &fault), RC_BAD);
	assert_int_equal(fetch_file("https://127.0.0.1/#key", &ways, &none, &out, &fault), RC_BAD);
}

static int run(const char *words)
{
	const char *build = getenv("OUTPOST_BUILD");
	char command[1000];

	snprintf(command, sizeof command,
		"OUTPOST_HOME=%s/station OUTPOST_LANG=en OUTPOST_NOW=2026-07-14T18:00:00+08:00 "
		"%s/outpost %s >%s/out 2>&1",
		at.home, build ? build : "build", words, at.home);
	int status = system(command);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool said(const char *word)
{
	char path[100];
	struct buf text = {0};
	struct fault fault;

	snprintf(path, sizeof path, "%s/out", at.home);
	bool is = file_read(path, 1 << 20, &text, &fault) == RC_OK &&
		  strstr(buf_cstr(&text), word) != NULL;
	buf_release(&text);
	return is;
}

static void taken_in(void **state)
{
	char words[600];

	(void)state;
	assert_int_equal(run("init --area 410882103 --name Town --user Li"), 0);
	snprintf(words, sizeof words, "import cap http://127.0.0.1:%u/alerts", at.port);
	assert_int_equal(run(words), 0);
	assert_true(said("1 records added") || said("1 "));
	assert_int_equal(run(words), 0);
	assert_true(said("not changed"));
	assert_int_equal(run("list warning --json"), 0);
	assert_true(said("\"identifier\":\"F-1\""));
	snprintf(words, sizeof words, "feed --most 10 http://127.0.0.1:%u/alerts?2", at.port);
	assert_int_equal(run(words), 5);
	snprintf(words, sizeof words, "feed --day 10 http://127.0.0.1:%u/alerts", at.port);
	assert_int_equal(run(words), 3);
	assert_int_equal(run("import cap http://127.0.0.1:1/alerts"), 3);
	/* a folder, in the order of its names; what is no alert file is not looked at */
	snprintf(words, sizeof words,
		"mkdir -p %s/in && cp tests/data/cap/gb.xml %s/in/1.xml && cp "
		"tests/data/cap/gb_update.xml %s/in/2.XML && cp tests/data/cap/bad_cut.xml "
		"%s/in/3.tmp",
		at.home, at.home, at.home, at.home);
	assert_int_equal(system(words), 0);
	snprintf(words, sizeof words, "import cap %s/in --json", at.home);
	assert_int_equal(run(words), 0);
	assert_true(said("\"added\":2"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_when_changed),
		cmocka_unit_test(refused),
		cmocka_unit_test(taken_in),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
