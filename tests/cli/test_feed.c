/* SPDX-License-Identifier: GPL-3.0-or-later
 * Feeds: fetched when they have changed and no longer than allowed, and taken in by the program
 * that knows no network; folders are taken file by file.
 * Tests also: link_fetch.c, sync_feed.c, feed_links.c, cap_link.c, cap_links.c, cmd_import.c
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

/* Two entries that only link, one of them to another server, one that only has a page for people,
 * and one that is an alert itself. */
static const char atom[] =
	"<feed xmlns='http://www.w3.org/2005/Atom' "
	"xmlns:cap='urn:oasis:names:tc:emergency:cap:1.2'>"
	"<id>f</id><link rel='self' href='/atom'/>"
	"<entry><id>e1</id><updated>%s</updated><link href='one.xml'/></entry>"
	"<entry><id>e2</id><updated>2026-07-14T06:00:00Z</updated><link rel='alternate' "
	"type='text/html' href='/page'/><link type='application/cap+xml' "
	"href='/a/two?id=2&amp;x=1'/></entry>"
	"<entry><id>e3</id><link href='http://localhost:%u/three.xml'/></entry>"
	"<entry><id>e4</id><link type='text/html' href='/page'/></entry>"
	"<entry><id>E-5</id><updated>2026-07-14T06:00:00Z</updated><cap:event>暴雨</cap:event>"
	"<cap:severity>Severe</cap:severity><cap:areaDesc>x</cap:areaDesc></entry></feed>";

/* The rows of the file by which the server says what it was asked for. */
static unsigned asked(const char *path)
{
	char command[200];
	unsigned count = 0;

	snprintf(command, sizeof command, "grep -c '^%s$' %s/asked", path, at.home);
	FILE *pipe = popen(command, "r");
	assert_non_null(pipe);
	if (fscanf(pipe, "%u", &count) != 1)
		count = 0;
	pclose(pipe);
	return count;
}

static void note_asked(const char *ask)
{
	char path[100];

	snprintf(path, sizeof path, "%s/asked", at.home);
	FILE *file = fopen(path, "a");
	fprintf(file, "%.*s\n", (int)strcspn(ask + 4, " "), ask + 4);
	fclose(file);
}

static bool is_second(void)
{
	char path[100];

	snprintf(path, sizeof path, "%s/second", at.home);
	return access(path, F_OK) == 0;
}

static void say_alert(int fd, const char *number)
{
	char heads[MORE], body[1000];

	snprintf(heads, sizeof heads, "ETag: \"%s\"\r\n", number);
	snprintf(body, sizeof body,
		"<alert><identifier>%s</identifier><sender>s</sender><sent>2026-07-14T06:00:00Z</"
		"sent>"
		"<status>Actual</status><msgType>Alert</msgType><info><event>暴雨</event><severity>"
		"红色</severity><headline>%s</headline></info></alert>",
		number, number);
	say(fd, "200 OK", heads, body);
}

/* False: it is none of these. */
static bool answer_links(int fd, const char *ask)
{
	char body[2000], tag[MORE];
	const char *version = is_second() ? "a2" : "a1";

	snprintf(tag, sizeof tag, "If-None-Match: \"%s\"",
		strncmp(ask, "GET /atom ", 10) ? "L-1" : version);
	if (strstr(ask, tag)) {
		say(fd, "304 Not Modified", "", "");
	} else if (strstr(ask, "GET /atom ")) {
		snprintf(tag, sizeof tag, "ETag: \"%s\"\r\n", version);
		snprintf(body, sizeof body, atom,
			is_second() ? "2026-07-14T07:00:00Z" : "2026-07-14T06:00:00Z", at.port);
		say(fd, "200 OK", tag, body);
	} else if (strstr(ask, "GET /rss ")) {
		snprintf(body, sizeof body,
			"<rss version='2.0'><channel><title>t</title><item><title>i</title>"
			"<link>http://127.0.0.1:%u/four.xml</link></item><item><title>i</title>"
			"<link>http://127.0.0.1:%u/gone</link></item></channel></rss>",
			at.port, at.port);
		say(fd, "200 OK", "ETag: \"r\"\r\n", body);
	} else if (strstr(ask, "GET /one.xml ")) {
		say_alert(fd, "L-1");
	} else if (strstr(ask, "GET /a/two?id=2&x=1 ")) {
		say_alert(fd, "L-2");
	} else if (strstr(ask, "GET /three.xml ")) {
		say_alert(fd, "L-3");
	} else if (strstr(ask, "GET /four.xml ")) {
		say_alert(fd, "L-4");
	} else {
		return false;
	}
	return true;
}

static void answer(int fd, const char *ask)
{
	char heads[MORE];
	char more[1000];

	note_asked(ask);
	if (answer_links(fd, ask))
		return;

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
	signal(SIGPIPE, SIG_IGN);
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

static void links_are_followed(void **state)
{
	char words[600], path[100];

	(void)state;
	snprintf(words, sizeof words, "import cap http://127.0.0.1:%u/atom", at.port);
	assert_int_equal(run(words), 0);
	assert_true(said("--also"));
	assert_int_equal(asked("/one.xml"), 1);
	assert_int_equal(asked("/a/two?id=2&x=1"), 1);
	assert_int_equal(asked("/three.xml") + asked("/page"), 0);
	assert_int_equal(run("list warning --json"), 0);
	assert_true(said("\"L-1\"") && said("\"L-2\"") && said("\"E-5\""));
	assert_false(said("\"L-3\"") || said("\"e4\""));
	/* Each once. */
	assert_int_equal(run(words), 0);
	assert_true(said("not changed"));
	assert_int_equal(asked("/atom"), 2);
	assert_int_equal(asked("/one.xml"), 1);
	/* The entry was updated, and the alert was not. */
	snprintf(path, sizeof path, "%s/second", at.home);
	fclose(fopen(path, "w"));
	assert_int_equal(run(words), 0);
	assert_int_equal(asked("/one.xml"), 2);
	assert_int_equal(asked("/a/two?id=2&x=1"), 1);
	assert_int_equal(run("list warning --json"), 0);
	assert_true(said("\"L-1\""));
}

static void other_servers_are_named(void **state)
{
	char words[600], path[100];

	(void)state;
	snprintf(path, sizeof path, "%s/second", at.home);
	(void)remove(path);
	snprintf(words, sizeof words, "feed http://127.0.0.1:%u/atom --also http://localhost:%u",
		at.port, at.port);
	assert_int_equal(run(words), 0);
	assert_int_equal(asked("/three.xml"), 1);
	assert_int_equal(asked("/a/two?id=2&x=1"), 1);
	assert_int_equal(run("list warning --json"), 0);
	assert_true(said("\"L-3\""));
}

/* What could not be fetched is fetched by the next turn, though the feed itself has not changed. */
static void links_wait(void **state)
{
	char words[600];

	(void)state;
	snprintf(words, sizeof words, "feed --day 10 http://127.0.0.1:%u/rss", at.port);
	assert_int_equal(run(words), 3);
	assert_int_equal(asked("/four.xml"), 0);
	snprintf(words, sizeof words, "feed http://127.0.0.1:%u/rss", at.port);
	unsigned gone = asked("/gone");
	assert_int_equal(run(words), 3);
	assert_int_equal(asked("/four.xml"), 1);
	assert_int_equal(asked("/gone"), gone + 1);
	assert_int_equal(run(words), 3);
	assert_int_equal(asked("/four.xml"), 1);
	assert_int_equal(asked("/gone"), gone + 2);
	assert_int_equal(run("list warning --json"), 0);
	assert_true(said("\"L-4\""));
}

static void addresses(void **state)
{
	char out[FETCH_URL];

	(void)state;
	assert_true(fetch_join("https://h:8443/a/b.xml?q#sha256//x", "c.xml", out));
	assert_string_equal(out, "https://h:8443/a/c.xml");
	assert_true(fetch_join("https://h/a/b.xml#sha256//x/y=", "c.xml", out));
	assert_string_equal(out, "https://h/a/c.xml");
	assert_true(fetch_join("https://h/a/b.xml", "../d?e=1#f", out));
	assert_string_equal(out, "https://h/d?e=1");
	static const char *const joined[][2] = {{"", "https://h/a/b?q"}, {"?r", "https://h/a/b?r"},
		{"/", "https://h/"}, {"/x/./y/../z", "https://h/x/z"}, {"..", "https://h/"},
		{"../../..", "https://h/"}, {".", "https://h/a/"}, {"c/", "https://h/a/c/"},
		{"//g/x", "https://g/x"}, {"http://g:80/x?y=../z", "http://g:80/x?y=../z"},
		{"x?y=/../z", "https://h/a/x?y=/../z"}, {"d:1", NULL}, {"a b", NULL},
		{"a\x01", NULL}};
	for (size_t i = 0; i < sizeof joined / sizeof *joined; i++) {
		assert_int_equal(
			fetch_join("https://h/a/b?q", joined[i][0], out), joined[i][1] != NULL);
		if (joined[i][1])
			assert_string_equal(out, joined[i][1]);
	}
	assert_true(fetch_join("https://h", "x", out));
	assert_string_equal(out, "https://h/x");
	assert_true(fetch_join("https://h?q", "x", out));
	assert_string_equal(out, "https://h/x");
	assert_false(fetch_join("https://h/a", "ftp://h/x", out));
	assert_false(fetch_join("https://h/a", "https://user@h/x", out));
	assert_true(fetch_same_server("https://h/x", "https://H:443/y#sha256//x"));
	assert_false(fetch_same_server("http://h/x", "https://h/x"));
	assert_false(fetch_same_server("https://h:444/x", "https://h/x"));
	assert_false(fetch_same_server("https://h.evil/x", "https://h/x"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses),
		cmocka_unit_test(only_when_changed),
		cmocka_unit_test(refused),
		cmocka_unit_test(taken_in),
		cmocka_unit_test(links_are_followed),
		cmocka_unit_test(other_servers_are_named),
		cmocka_unit_test(links_wait),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
