/* SPDX-License-Identifier: GPL-3.0-or-later
 * The alerts that a feed only links to. Which links it has says `outpost import cap --links`; each
 * is fetched once, and again when its entry says that it was updated, and all that came are taken
 * in together, so that an update finds what it updates.
 */
#include "app/sync/feed_inside.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/child.h"
#include "app/out.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "format/json.h"

/* Links of one round: the others are fetched by the next one. */
enum {
	LINKS_MOST = 200,
	WORDS = LINKS_MOST + 8,
	STATE_MOST = 1 << 20,
	UPDATED = 64,
	NOT_RUN = 127
};

struct link {
	char url[FETCH_URL], updated[UPDATED];
	struct fetched known; /* of which version; its body is empty */
	bool here;            /* it was taken in as UPDATED says */
	struct buf file;      /* what was fetched now, until it is taken in; "" = nothing */
};

struct links {
	struct feed *feed;
	const struct feed_ways *ways;
	struct link *at;
	unsigned count, others;
	size_t room;
	int code; /* of the worst that happened to one */
};

static void line_text(const char *from, size_t len, char *out, size_t room)
{
	snprintf(out, room, "%.*s", (int)(len < room ? len : 0), from);
	for (; *out; out++)
		if ((unsigned char)*out < ' ')
			*out = ' ';
}

bool feed_has_budget(const struct feed *feed, const struct feed_ways *ways)
{
	return !ways->budget || feed->spent < ways->budget;
}

/* ---- what the feed says, and what is known */

/* The address of another server's files is none of ours, unless somebody said so. */
static const char *place_of(const struct links *links, const char *url)
{
	if (fetch_same_server(url, links->feed->url))
		return links->feed->url;
	for (const char *const *also = links->ways->also; *also; also++)
		if (fetch_same_server(url, *also))
			return *also;
	return NULL;
}

static void take_link(struct links *links, const struct json *entry, bool says)
{
	const char *url = json_string(json_get(entry, "url"));
	const char *updated = json_string(json_get(entry, "updated"));
	struct link link = {.here = false};

	if (!url || !fetch_join(links->feed->url, url, link.url) || !place_of(links, link.url)) {
		if (says)
			out_error(_("outpost: 链接 \"%s\" 不在信息源的服务器上，没有取：要取就加 "
				    "--also 那台服务器的地址"),
				url ? text_brief(&(struct brief){""}, url) : "");
		return;
	}
	for (unsigned i = 0; i < links->count; i++)
		if (!strcmp(links->at[i].url, link.url))
			return;
	updated = updated ? updated : "";
	line_text(updated, strlen(updated), link.updated, UPDATED);
	links->at = array_more(links->at, links->count, &links->room, sizeof *links->at);
	links->at[links->count++] = link;
}

/* False: the file is no feed that can be read; who takes it in says why. */
static bool ask_links(const struct app *app, struct links *links, bool says)
{
	const char *const argv[] = {
		"outpost", "import", "cap", "--links", buf_cstr(&links->feed->file), NULL};
	struct buf said = {0}, told = {0};
	struct json *root = NULL;
	struct fault fault;
	bool good = program_ask(app, &app->user, argv, &said, &told) == EXIT_DONE &&
		    json_parse(buf_bytes(&said), &root, &fault) == RC_OK;

	if (good) {
		const struct json *list = json_get(root, "links");

		links->others = (unsigned)json_double(json_get(root, "others"));
		for (const struct json *at = json_first(list); at; at = json_next(at))
			take_link(links, at, says);
		json_free(root);
	}
	buf_release(&said);
	buf_release(&told);
	return good;
}

/* A line: address, when its entry was updated, and the server's two words for its version. */
static void known_line(struct links *links, const char *line)
{
	const char *part[4] = {line};
	size_t len[4];

	for (unsigned n = 0; n < 4; n++) {
		len[n] = strcspn(part[n], n < 3 ? "\t\n" : "\n");
		if (n < 3 && part[n][len[n]] != '\t')
			return;
		if (n < 3)
			part[n + 1] = part[n] + len[n] + 1;
	}
	for (unsigned i = 0; i < links->count; i++) {
		struct link *link = &links->at[i];

		if (strlen(link->url) != len[0] || memcmp(link->url, part[0], len[0]) != 0)
			continue;
		link->here =
			strlen(link->updated) == len[1] && !memcmp(link->updated, part[1], len[1]);
		line_text(part[2], len[2], link->known.etag, FETCH_HEAD);
		line_text(part[3], len[3], link->known.modified, FETCH_HEAD);
	}
}

static void read_known(struct links *links)
{
	struct buf text = {0};
	struct fault none;

	if (file_read_own(buf_cstr(&links->feed->links), STATE_MOST, &text, &none) == RC_OK)
		for (const char *at = buf_cstr(&text); *at; at += strcspn(at, "\n"), at += *at != 0)
			known_line(links, at);
	buf_release(&text);
}

/* Of those that the feed still has: it does not grow. */
static enum rc keep_known(const struct links *links, struct fault *fault)
{
	struct buf text = {0};

	for (unsigned i = 0; i < links->count; i++) {
		const struct link *link = &links->at[i];

		if (link->here)
			buf_fmt(&text, "%s\t%s\t%s\t%s\n", link->url, link->updated,
				link->known.etag, link->known.modified);
	}
	enum rc rc = file_write(buf_cstr(&links->feed->links), buf_bytes(&text), 0600, fault);
	buf_release(&text);
	return rc;
}

/* ---- fetching */

static void failed(struct links *links, const struct fault *fault)
{
	links->code = app_fail(fault);
	links->feed->waits = true;
}

/* What is left of the day is the most that one may have. */
static size_t most_of(const struct links *links)
{
	uint64_t left = links->ways->budget - links->feed->spent;

	return links->ways->budget && left < links->ways->fetch.most ? (size_t)left
								     : links->ways->fetch.most;
}

static void fetch_one(struct links *links, struct link *link, unsigned n)
{
	const char *place = place_of(links, link->url);
	const struct fetch_ways ways = {most_of(links), links->ways->fetch.authority};
	struct fetched fetched = {.unchanged = false};
	struct fault fault = {0};
	struct buf url = {0};

	buf_fmt(&url, "%s%s", link->url, place + strcspn(place, "#"));
	enum rc rc = fetch_file(buf_cstr(&url), &ways, &link->known, &fetched, &fault);
	links->feed->spent += fetched.body.len;
	if (rc == RC_OK && !fetched.unchanged) {
		buf_fmt(&link->file, "%s.%u.xml", buf_cstr(&links->feed->links), n);
		rc = file_write(buf_cstr(&link->file), buf_bytes(&fetched.body), 0600, &fault);
		snprintf(link->known.etag, FETCH_HEAD, "%s", fetched.etag);
		snprintf(link->known.modified, FETCH_HEAD, "%s", fetched.modified);
	}
	link->here = rc == RC_OK && fetched.unchanged;
	if (rc != RC_OK)
		failed(links, &fault);
	buf_release(&fetched.body);
	buf_release(&url);
}

static void fetch_all(struct links *links)
{
	unsigned count = 0;

	links->feed->waits = false;
	for (unsigned i = 0; i < links->count; i++) {
		struct fault fault = {0};

		if (links->at[i].here)
			continue;
		if (!feed_has_budget(links->feed, links->ways)) {
			(void)fault_set(&fault, RC_LINK,
				_("\"%s\" 今天的流量用完了，还有的链接明天再取"), links->feed->url);
			failed(links, &fault);
			return;
		}
		if (count++ == LINKS_MOST) {
			links->feed->waits = true;
			return;
		}
		fetch_one(links, &links->at[i], i);
	}
}

/* ---- taking in */

/* `outpost import cap FILES`, with FETCHED when their links are among them; its exit code. */
static int take_in(const struct app *app, const char *const *files, bool fetched)
{
	char path[PROGRAM_ROOM];
	const char *argv[WORDS] = {"outpost", "import", "cap"};
	unsigned count = 3;
	int status;

	if (fetched)
		argv[count++] = "--fetched";
	if (app->json)
		argv[count++] = "--json";
	for (; *files && count < WORDS - 1; files++)
		argv[count++] = *files;

	if (!program_find("outpost", path)) {
		out_error(_("outpost: 没有装 %s"), "outpost");
		return EXIT_FAILED;
	}
	fflush(stdout);
	pid_t child = fork();
	if (child == 0) {
		program_hand_over(app);
		execv(path, (char *const *)(uintptr_t)argv);
		_exit(NOT_RUN);
	}
	while (child > 0 && waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return EXIT_FAILED;
	return child > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILED;
}

static int take_all(const struct app *app, struct links *links, bool changed)
{
	const char *files[LINKS_MOST + 2] = {NULL};
	unsigned count = 0;

	if (changed && (links->others || !links->count))
		files[count++] = buf_cstr(&links->feed->file);
	for (unsigned i = 0; i < links->count; i++)
		if (links->at[i].file.len)
			files[count++] = buf_cstr(&links->at[i].file);
	int code = count ? take_in(app, files, links->count) : EXIT_DONE;
	bool taken = code == EXIT_DONE || code == EXIT_INPUT;

	for (unsigned i = 0; i < links->count; i++)
		if (links->at[i].file.len) {
			links->at[i].here = taken;
			file_remove(buf_cstr(&links->at[i].file));
			buf_release(&links->at[i].file);
		}
	links->feed->waits |= !taken;
	return code;
}

int feed_follow(struct app *app, struct feed *feed, const struct feed_ways *ways, bool changed)
{
	struct links links = {.feed = feed, .ways = ways};
	struct fault fault = {0};
	bool read = ask_links(app, &links, changed);

	if (read && links.count) {
		read_known(&links);
		fetch_all(&links);
	}
	int code = take_all(app, &links, changed);
	if (links.count && keep_known(&links, &fault) != RC_OK)
		code = app_fail(&fault);
	free(links.at);
	return code == EXIT_DONE ? links.code : code;
}
