/* SPDX-License-Identifier: GPL-3.0-or-later
 * feed: the alerts of a service on the network. A file is fetched when it has changed, lies in
 * HOME/feeds, and is given to `outpost import cap`: this program reads no XML, and that one knows
 * no network.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/out.h"
#include "app/sync/feed_inside.h"
#include "app/sync_cmd.h"
#include "base/crypt.h"
#include "base/file.h"
#include "base/when.h"

enum { HEAD_FILE = 1024, NAME = 17, ALSO_MOST = 8 };

static void line_take(char **at, char *out, size_t room)
{
	size_t len = strcspn(*at, "\n");

	snprintf(out, room, "%.*s", (int)(len < room ? len : 0), *at);
	*at += len + ((*at)[len] == '\n');
}

/* What cannot be read is as if nothing had been fetched yet. */
static enum rc feed_open(struct feed *feed, const struct app *app, struct fault *fault)
{
	uint8_t hash[HASH_SIZE];
	char name[NAME], number[32], *at;
	struct buf text = {0};
	struct fault none;
	enum rc rc;

	crypt_hash(bytes_text(feed->url), hash);
	for (int i = 0; i < (NAME - 1) / 2; i++)
		snprintf(name + i * 2, 3, "%02x", hash[i]);
	buf_fmt(&feed->file, "%s/feeds", app->home);
	rc = file_folder(buf_cstr(&feed->file), 0700, fault);
	buf_fmt(&feed->head, "%s/%s.head", buf_cstr(&feed->file), name);
	buf_fmt(&feed->links, "%s/%s.links", buf_cstr(&feed->file), name);
	buf_fmt(&feed->file, "/%s.xml", name);
	if (rc == RC_OK && file_read_own(buf_cstr(&feed->head), HEAD_FILE, &text, &none) == RC_OK) {
		at = (char *)(uintptr_t)buf_cstr(&text);
		line_take(&at, feed->last.etag, FETCH_HEAD);
		line_take(&at, feed->last.modified, FETCH_HEAD);
		line_take(&at, number, sizeof number);
		feed->day = strtoll(number, NULL, 10);
		line_take(&at, number, sizeof number);
		feed->spent = strtoull(number, NULL, 10);
		line_take(&at, number, sizeof number);
		feed->waits = *number == '1';
	}
	buf_release(&text);
	return rc;
}

/* Which version it was is remembered only when it was taken in: else it is fetched again. */
static enum rc feed_keep(struct feed *feed, const struct fetched *taken, struct fault *fault)
{
	struct buf text = {0};

	buf_fmt(&text, "%s\n%s\n%lld\n%llu\n%d\n", taken->etag, taken->modified,
		(long long)feed->day, (unsigned long long)feed->spent, feed->waits);
	enum rc rc = file_write(buf_cstr(&feed->head), buf_bytes(&text), 0600, fault);
	buf_release(&text);
	return rc;
}

static void feed_close(struct feed *feed)
{
	buf_release(&feed->file);
	buf_release(&feed->head);
	buf_release(&feed->links);
	buf_release(&feed->last.body);
}

/* Of what was fetched, what lies there now is taken in; an exit code. */
static int take_fetched(struct app *app, struct feed *feed, const struct fetched *fetched,
	const struct feed_ways *ways, struct fault *fault)
{
	int code = EXIT_DONE;

	feed->spent += fetched->body.len;
	if (fetched->unchanged) {
		if (!app->json)
			out_fmt(_("\"%s\"：没有变化\n"), feed->url);
		if (feed->waits)
			code = feed_follow(app, feed, ways, false);
	} else if (file_write(buf_cstr(&feed->file), buf_bytes(&fetched->body), 0600, fault)) {
		return app_fail(fault);
	} else {
		code = feed_follow(app, feed, ways, true);
	}
	/* A link that could not be fetched is remembered by itself. */
	bool taken = code == EXIT_DONE || code == EXIT_INPUT || feed->waits;
	const struct fetched *known = taken && !fetched->unchanged ? fetched : &feed->last;

	return feed_keep(feed, known, fault) == RC_OK ? code : app_fail(fault);
}

static int one_feed(struct app *app, const char *url, const struct feed_ways *ways)
{
	struct feed feed = {.url = url};
	struct fetched fetched = {.unchanged = false};
	struct fault fault = {0};
	enum rc rc = feed_open(&feed, app, &fault);
	int64_t today = date_of(when_now());

	if (feed.day != today)
		feed.spent = 0;
	feed.day = today;
	if (rc == RC_OK && !feed_has_budget(&feed, ways))
		rc = fault_set(&fault, RC_LINK, _("\"%s\" 今天的流量用完了，明天再取"), url);
	if (rc == RC_OK)
		rc = fetch_file(url, &ways->fetch, &feed.last, &fetched, &fault);
	int code =
		rc == RC_OK ? take_fetched(app, &feed, &fetched, ways, &fault) : app_fail(&fault);
	buf_release(&fetched.body);
	feed_close(&feed);
	return code;
}

static bool bytes_of_option(const char *typed, uint64_t otherwise, uint64_t *out)
{
	char *end;

	*out = otherwise;
	if (!typed)
		return true;
	*out = strtoull(typed, &end, 10);
	return *typed >= '0' && *typed <= '9' && !*end;
}

int cmd_feed(struct app *app, int argc, char **argv)
{
	const char *authority = arg_value(&argc, argv, "ca");
	const char *most = arg_value(&argc, argv, "most"), *day = arg_value(&argc, argv, "day");
	const char *also[ALSO_MOST + 1] = {NULL};
	struct feed_ways ways = {.fetch = {.authority = authority}, .also = also};
	uint64_t bytes;
	int worst = EXIT_DONE;

	for (int i = 0; i < ALSO_MOST && (also[i] = arg_value(&argc, argv, "also")); i++)
		;
	app->json |= arg_flag(&argc, argv, "json");
	int code = app_args(app, &argc, argv, 1, -1);
	if (code)
		return code;
	if (!bytes_of_option(most, LIMIT_CAP, &bytes) || !bytes || bytes > LIMIT_CAP ||
		!bytes_of_option(day, 0, &ways.budget))
		return app_usage(app);
	if (!app_has_station(app) && (code = app_store(app, STORE_READ)))
		return code;
	ways.fetch.most = (size_t)bytes;
	for (int i = 1; i < argc; i++) {
		code = one_feed(app, argv[i], &ways);
		if (code != EXIT_DONE)
			worst = code;
	}
	return worst;
}
