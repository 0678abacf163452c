/* SPDX-License-Identifier: GPL-3.0-or-later
 * One exchange over a real road, harmed at one byte after the other, then the next one that must
 * go.
 */
#include "cut.h"

#include <stdio.h>
#include <string.h>

#include "sync/link.h"

enum { ASK = 200, AGAIN_MS = 5000, LATE_MS = 700 };

static const char *const names[PROXY_HARMS] = {
	"closed", "reset", "half closed", "stalled", "corrupted"};

static struct bytes question(void)
{
	static uint8_t bytes[ASK];
	for (int i = 0; i < ASK; i++)
		bytes[i] = (uint8_t)(i * 37);
	return bytes_of(bytes, ASK);
}

static bool right(const struct buf *answer)
{
	struct bytes ask = question();
	return answer->len == 3 + ask.len && memcmp(answer->at, "re:", 3) == 0 &&
	       memcmp(answer->at + 3, ask.at, ask.len) == 0;
}

void cut_measure(const struct cut_road *road, struct link_count *count)
{
	char url[200];
	struct link *link = NULL;
	struct buf answer = {0};
	struct fault fault = {0};
	*count = (struct link_count){0};
	snprintf(url, sizeof url, "%s:%u", road->scheme, road->port);
	if (road->ops->open(&link, url, &road->ways, &fault) != RC_OK) {
		printf("%s\n", fault.text);
		return;
	}
	if (road->ops->swap(link, question(), &answer, AGAIN_MS, &fault) != RC_OK ||
		!right(&answer))
		printf("%s\n", fault.text);
	else
		road->ops->count(link, count);
	road->ops->close(link);
	buf_release(&answer);
}

/* The harmed swap may fail at opening already; then the link is opened again for the next. */
static bool harmed(const struct cut_road *road, const char *url, bool corrupt, struct link **link)
{
	struct buf answer = {0};
	struct fault fault = {0};
	int64_t from = socket_now();
	enum rc rc = road->ops->open(link, url, &road->ways, &fault);
	bool opened = rc == RC_OK;
	if (opened)
		rc = road->ops->swap(*link, question(), &answer, road->wait_ms, &fault);
	else
		*link = NULL;
	bool good = corrupt || (rc == RC_OK ? right(&answer) : rc == RC_LINK && answer.len == 0);
	int64_t took = socket_now() - from,
		most = road->wait_ms + (opened ? 0 : road->ways.wait_ms) + LATE_MS;
	if (!good)
		printf("rc %d, %zu bytes: %s\n", rc, answer.len, fault.text);
	if (took > most) {
		printf("took %lld ms\n", (long long)took);
		good = false;
	}
	buf_release(&answer);
	return good;
}

/* The harm may lie behind the first answer: then the next swap finds it, and the one after it must
 * go. */
static bool next_goes(const struct cut_road *road, const char *url, struct link *link)
{
	struct buf answer = {0};
	struct fault fault = {0};
	bool good = false;
	for (int i = 0; i < 2 && !good; i++) {
		enum rc rc = link ? RC_OK : road->ops->open(&link, url, &road->ways, &fault);
		if (rc != RC_OK)
			continue;
		rc = road->ops->swap(
			link, question(), &answer, i ? AGAIN_MS : road->wait_ms, &fault);
		good = rc == RC_OK && right(&answer);
	}
	if (!good)
		printf("the next one: %s\n", fault.text);
	if (link)
		road->ops->close(link);
	buf_release(&answer);
	return good;
}

static bool one(const struct cut_road *road, enum proxy_harm harm, long up, long down)
{
	char url[200];
	struct link *link = NULL;
	struct proxy_ways ways = {
		.to_port = road->port, .harm = harm, .up = up, .down = down, .connections = 1};
	struct proxy proxy = proxy_start(&ways);
	snprintf(url, sizeof url, "%s:%u", road->scheme, proxy.port);
	bool good = harmed(road, url, harm == PROXY_CORRUPT, &link);
	/* What was harmed without notice: the connection stays, its stream is off. It must not be
	 * off for ever. */
	good = next_goes(road, url, link) && good;
	proxy_stop(&proxy);
	if (!good)
		printf("^ %s at byte %ld %s\n", names[harm], up ? up : down, up ? "up" : "down");
	return good;
}

unsigned cut_all(const struct cut_road *road, enum proxy_harm harm, long step, unsigned *runs)
{
	struct link_count count;
	unsigned bad = 0;
	cut_measure(road, &count);
	*runs = 0;
	if (!count.sent || !count.received)
		return 1;
	for (long at = 1; at <= (long)count.sent + step; at += step, (*runs)++)
		bad += !one(road, harm, at, 0);
	for (long at = 1; at <= (long)count.received + step; at += step, (*runs)++)
		bad += !one(road, harm, 0, at);
	return bad;
}
