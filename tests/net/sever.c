/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whole syncs of the real programs, harmed on the way. LOW and HIGH are the homes of a station and
 * of the hub above it, URL is the way with 0 for the port, which listens on PORT.
 *   sever cut LOW HIGH URL PORT STEP TAIL [OTHER-URL]    cut at every STEP-th byte of the
 * conversation, up and down; TAIL: bytes at its end that are only farewells. OTHER-URL: a whole way
 * that is taken after every second pair of cuts. sever sins LOW OTHER HIGH PORT ROUNDS SEED through
 * a hostile middle (sins.h). Exit 1 when something was not as it must be.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ends.h"
#include "proxy.h"
#include "sins.h"
#include "sync/link.h"

enum { RECORDS = 4, LATE_MS = 20000, EXIT_LINK_DOWN = 3 };

static const char *const harms[] = {"closed", "reset"};

struct tally {
	const char *other;        /* a way that every second clean run takes, or NULL */
	unsigned runs, bad, late; /* late: cut behind what counts */
	long bytes[2];
};

static bool report(struct ends *ends, struct buf *said, const char *what)
{
	if (!ends->wrong[0])
		return true;
	printf("%s: %s\n%s", what, ends->wrong, buf_cstr(said));
	ends->wrong[0] = 0;
	return false;
}

/* The run that is cut: it says so by its exit code, and is right when it says otherwise. */
static void cut_run(struct ends *ends, struct proxy *proxy, struct buf *said, bool *late)
{
	bool complete;
	int64_t from = socket_now();
	int code = ends_sync(ends, said, &complete);
	bool harmed = proxy->seen->harmed;
	if (socket_now() - from > LATE_MS)
		snprintf(ends->wrong, sizeof ends->wrong, "it took %lld ms",
			(long long)(socket_now() - from));
	*late = harmed && code == 0 && complete;
	if (code != (harmed && !*late ? EXIT_LINK_DOWN : 0))
		snprintf(ends->wrong, sizeof ends->wrong, "exit code %d", code);
	if (code == 0 && complete)
		ends_agree(ends);
	ends_honest(ends);
}

/* URL: another way than the one that was cut, or NULL. */
static void clean_run(struct ends *ends, const char *url, struct buf *said)
{
	const char *cut_url = ends->url;
	bool complete;
	if (url)
		ends->url = url;
	int code = ends_sync(ends, said, &complete);
	ends->url = cut_url;
	if (code != 0 || !complete)
		snprintf(ends->wrong, sizeof ends->wrong, "exit code %d, %scomplete", code,
			complete ? "" : "not ");
	ends_agree(ends);
}

/* Somebody goes on writing between the cut and the next try. False: the conversation ended before
 * AT. */
static bool cut_at(struct ends *ends, struct proxy *proxy, int way, long at, struct tally *tally)
{
	struct buf said = {0};
	char what[100];
	bool late, harmed, good;
	unsigned harm = tally->runs++ % countof(harms);
	struct proxy_ways ways = {.harm = (enum proxy_harm)harm, .whole = true};
	*(way ? &ways.down : &ways.up) = at;
	snprintf(what, sizeof what, "%s at byte %ld %s", harms[harm], at, way ? "down" : "up");
	ends_write(ends, RECORDS, RECORDS);
	ends_slow(ends);
	proxy_aim(proxy, &ways);
	cut_run(ends, proxy, &said, &late);
	harmed = proxy->seen->harmed;
	tally->late += late;
	tally->bytes[way] = way ? proxy->seen->down : proxy->seen->up;
	good = report(ends, &said, what);
	ends_write(ends, 1, 1);
	proxy_aim(proxy, &(struct proxy_ways){0});
	clean_run(ends, tally->runs / 2 % 2 ? tally->other : NULL, &said);
	strcat(what, ", then");
	tally->bad += !report(ends, &said, what) || !good;
	buf_release(&said);
	return harmed;
}

static int cut(int argc, char **argv)
{
	struct proxy proxy =
		proxy_start(&(struct proxy_ways){.to_port = (unsigned)strtoul(argv[5], NULL, 10)});
	struct ends ends;
	struct tally tally = {.other = argc > 8 ? argv[8] : NULL};
	struct buf url = {0}, said = {0};
	char *port = strstr(argv[4], ":0");
	long step = strtol(argv[6], NULL, 10), tail = strtol(argv[7], NULL, 10);
	buf_fmt(&url, "%.*s:%u%s", (int)(port - argv[4]), argv[4], proxy.port, port + 2);
	ends_open(&ends, argv[2], argv[3], buf_cstr(&url));
	clean_run(&ends, NULL, &said);
	tally.bad += !report(&ends, &said, "at first");
	for (int way = 0; way < 2; way++)
		for (long at = 1; cut_at(&ends, &proxy, way, at, &tally) && tally.bad < 20;)
			at += step;
	ends_equal(&ends);
	tally.bad += !report(&ends, &said, "in the end");
	/* Farewells are short; who could lose anything there would have to say so. */
	if ((long)tally.late * step > tail + 2 * step) {
		printf("%u runs said \"all\" although they were cut\n", tally.late);
		tally.bad++;
	}
	printf("%u runs over %ld bytes up and %ld down, %u cut behind the last answer, %u bad\n",
		tally.runs, tally.bytes[0], tally.bytes[1], tally.late, tally.bad);
	ends_close(&ends);
	proxy_stop(&proxy);
	buf_release(&url);
	buf_release(&said);
	return tally.bad != 0;
}

int main(int argc, char **argv)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc >= 8 && strcmp(argv[1], "cut") == 0 && strstr(argv[4], ":0"))
		return cut(argc, argv);
	if (argc == 8 && strcmp(argv[1], "sins") == 0)
		return sins(argv[2], argv[3], argv[4], (unsigned)strtoul(argv[5], NULL, 10),
			       (unsigned)strtoul(argv[6], NULL, 10),
			       strtoul(argv[7], NULL, 10)) != 0;
	return 99;
}
