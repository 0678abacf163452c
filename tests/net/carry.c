/* SPDX-License-Identifier: GPL-3.0-or-later
 * The roads from the shell, with an echo for a hub:
 *   carry listen [PORT [ADDRESS]]             prints its port; HTTP until SIGTERM
 *   carry stdio                               the hub's end of a pipe
 *   carry key FOLDER SEED                     a station's keys; prints the line for authorized_keys
 *   carry swap URL FOLDER COUNT BYTES [PIN [COMMAND]]   swaps on one link; prints "ok SENT RECEIVED
 * OPENED MS" carry cut SCHEME PORT FOLDER HARM STEP [PIN [COMMAND]]  cut.h over ssh (0 close, 1
 * reset, 2 half, 3 stall, 4 corrupt) The exit code is the last enum rc.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cut.h"
#include "hub_child.h"
#include "sync/link.h"

enum { WAIT_MS = 8000 };

static const struct link_ops *const roads[] = {
	&link_http, &link_https, &link_ssh, &link_file, NULL};

static int failed(const struct fault *fault)
{
	printf("%s\n", fault->text);
	return fault->rc;
}

static int listen_http(unsigned port, const char *address)
{
	struct httpd *httpd = NULL;
	struct fault fault = {0};
	struct httpd_ways ways = {.address = address, .port = port, .answer = hub_child_echo};
	if (httpd_new(&httpd, &ways, &fault) != RC_OK)
		return failed(&fault);
	printf("%u\n", httpd_port(httpd));
	fflush(stdout);
	enum rc rc = httpd_run(httpd, &fault);
	httpd_free(httpd);
	return rc;
}

static int make_keys(const char *folder, const char *seed)
{
	struct keys keys;
	struct fault fault = {0};
	struct buf line = {0};
	keys_from_seed(&keys, seed);
	if (keys_save(&keys, folder, &fault) != RC_OK || ssh_key_file(folder, &fault) != RC_OK)
		return failed(&fault);
	ssh_key_line(keys.sign_public, seed, &line);
	printf("%s\n", buf_cstr(&line));
	buf_release(&line);
	return 0;
}

static int swap(char **argv, int argc)
{
	struct link_ways ways = {.keys = argv[3],
		.wait_ms = WAIT_MS,
		.host_key = argc > 6 && *argv[6] ? argv[6] : NULL,
		.command = argc > 7 ? argv[7] : NULL};
	const struct link_ops *ops = link_for(roads, argv[2]);
	struct link *link = NULL;
	struct fault fault = {0};
	struct buf ask = {0}, answer = {0};
	struct link_count count;
	size_t len = strtoul(argv[5], NULL, 10);
	int64_t from = socket_now();
	if (!ops || ops->open(&link, argv[2], &ways, &fault) != RC_OK)
		return failed(&fault);
	memset(buf_grow(&ask, len), 'q', len);
	enum rc rc = RC_OK;
	for (unsigned long i = strtoul(argv[4], NULL, 10); i && rc == RC_OK; i--) {
		rc = ops->swap(link, buf_bytes(&ask), &answer, WAIT_MS, &fault);
		if (rc == RC_OK &&
			(answer.len != len + 3 || memcmp(answer.at + 3, ask.at, len) != 0))
			rc = fault_set(&fault, RC_BAD, "a wrong answer of %zu bytes", answer.len);
	}
	ops->count(link, &count);
	ops->close(link);
	buf_release(&ask);
	buf_release(&answer);
	if (rc != RC_OK)
		return failed(&fault);
	printf("ok %llu %llu %u %lld\n", (unsigned long long)count.sent,
		(unsigned long long)count.received, count.opened, (long long)(socket_now() - from));
	return 0;
}

/* What a station does on a link that is cut: give up early, dial again, go on with the next small
 * frame. */
static int drip(char **argv)
{
	const struct link_ops *ops = link_for(roads, argv[2]);
	struct link *link = NULL;
	struct fault fault = {0};
	struct buf ask = {0}, answer = {0};
	struct link_count count = {0};
	size_t len = strtoul(argv[5], NULL, 10);
	unsigned long left = strtoul(argv[4], NULL, 10);
	int wait_ms = (int)strtol(argv[6], NULL, 10);
	struct link_ways ways = {
		.keys = argv[3], .wait_ms = wait_ms, .silence_ms = wait_ms, .send_buffer = 4096};
	int64_t from = socket_now();
	if (!ops || ops->open(&link, argv[2], &ways, &fault) != RC_OK)
		return failed(&fault);
	memset(buf_grow(&ask, len), 'q', len);
	while (left && socket_now() - from < 240000)
		if (ops->swap(link, buf_bytes(&ask), &answer, wait_ms, &fault) == RC_OK &&
			answer.len == len + 3)
			left--;
	ops->count(link, &count);
	ops->close(link);
	buf_release(&ask);
	buf_release(&answer);
	printf("%s %llu %llu %u %lld\n", left ? "late" : "ok", (unsigned long long)count.sent,
		(unsigned long long)count.received, count.opened, (long long)(socket_now() - from));
	return left != 0;
}

static int cut(char **argv, int argc)
{
	unsigned runs = 0, harm = (unsigned)strtoul(argv[5], NULL, 10);
	struct cut_road road = {.ops = link_for(roads, argv[2]),
		.scheme = argv[2],
		.port = (unsigned)strtoul(argv[3], NULL, 10),
		.ways = {.keys = argv[4],
			.wait_ms = harm == PROXY_STALL ? 700 : 3000,
			.host_key = argc > 7 ? argv[7] : NULL,
			.command = argc > 8 ? argv[8] : NULL},
		.wait_ms = harm == PROXY_STALL ? 700 : 3000};
	unsigned bad = cut_all(&road, (enum proxy_harm)harm, strtol(argv[6], NULL, 10), &runs);
	printf("%u of %u bad\n", bad, runs);
	return bad != 0;
}

int main(int argc, char **argv)
{
	struct fault fault = {0};
	const char *verb = argc > 1 ? argv[1] : "";
	sigaction(SIGPIPE, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
	crypt_start();
	if (strcmp(verb, "listen") == 0)
		return listen_http(argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 0,
			argc > 3 ? argv[3] : "127.0.0.1");
	if (strcmp(verb, "stdio") == 0)
		return serve_stdio(&(struct serve_pipe){0, 1, SERVE_SECONDS, 60}, hub_child_echo,
			NULL, &fault);
	if (strcmp(verb, "key") == 0 && argc == 4)
		return make_keys(argv[2], argv[3]);
	if (strcmp(verb, "swap") == 0 && argc >= 6)
		return swap(argv, argc);
	if (strcmp(verb, "drip") == 0 && argc == 7)
		return drip(argv);
	if (strcmp(verb, "cut") == 0 && argc >= 7)
		return cut(argv, argc);
	return 99;
}
