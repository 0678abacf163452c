/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the commands of outpost-sync begin with: the store, a link, a site by its name.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "app/options.h"
#include "app/out.h"
#include "app/sync_cmd.h"

enum { DIAL_MS = 20000, SLOW_SEND = 4096 };

int sync_opened(struct app *app, enum rc rc, const struct fault *fault)
{
	if (rc)
		out_error("outpost: %s", fault->text);
	if (rc)
		return rc == RC_BAD ? EXIT_INPUT : EXIT_FAILED;
	options_load(app->home, true);
	return 0;
}

int sync_open(struct app *app)
{
	struct fault fault = {0};
	enum rc rc = store_open(&app->store, app->home, 0, &fault);
	return sync_opened(app, rc, &fault);
}

static const struct link_ops *const links[] = {
	&link_http, &link_https, &link_ssh, &link_file, &link_exec, NULL};

enum rc sync_dial_as(struct app *app, const char *url, const char *identity,
	const struct link_ops **ops, struct link **link, struct fault *fault)
{
	char keys[600];
	struct link_ways ways = {.keys = keys, .identity = identity, .wait_ms = DIAL_MS};
	*link = NULL;
	*ops = link_for(links, url);
	if (!*ops)
		return fault_set(fault, RC_BAD,
			_("不认识的线路 \"%s\"：应是 http://、https://、ssh://、file:/文件夹 或 "
			  "exec:命令"),
			url);
	snprintf(keys, sizeof keys, "%s/keys", app->home);
	if (option_is(OPTION_SYNC_SLOW))
		ways.send_buffer = SLOW_SEND;
	return (*ops)->open(link, url, &ways, fault);
}

enum rc sync_dial(struct app *app, const char *url, const struct link_ops **ops, struct link **link,
	struct fault *fault)
{
	return sync_dial_as(app, url, NULL, ops, link, fault);
}

enum exit_code sync_exit(enum rc rc)
{
	if (rc == RC_NONE)
		return EXIT_FAILED;
	return rc == RC_BUSY ? EXIT_LINK : exit_of(rc);
}

bool sync_url_good(const char *url)
{
	struct link_place place;
	if (strlen(url) < ROUTE_URL && !strchr(url, '\n') && link_for(links, url) &&
		link_split(url, &place))
		return true;
	out_error(_("outpost: 不认识的线路 \"%s\"：应是 http://、https://、ssh://、"
		    "file:/文件夹 或 exec:命令"),
		url);
	return false;
}

bool sync_ways_run(const char *urls)
{
	while (urls && strncasecmp(urls, "exec:", 5) != 0) {
		urls = strchr(urls, '\n');
		urls = urls ? urls + 1 : NULL;
	}
	return urls != NULL;
}

bool sync_take_ways(int *argc, char **argv, struct buf *urls)
{
	const char *url;
	while ((url = arg_value(argc, argv, "via")) != NULL) {
		if (!sync_url_good(url))
			return false;
		buf_fmt(urls, "%s%s", urls->len ? "\n" : "", url);
	}
	return true;
}

struct search {
	const char *typed;
	uint64_t number;
	struct site *site;
	unsigned found;
	char codes[2][12]; /* of the first two */
};

static bool match_site(const struct site *site, void *to)
{
	struct search *search = to;
	if (site->site != search->number && strcmp(site->name, search->typed) != 0)
		return true;
	if (search->found < countof(search->codes))
		memcpy(search->codes[search->found], site->code, sizeof site->code);
	*search->site = *site;
	search->found++;
	return site->site != search->number;
}

/* The whole name goes before another station's short code; a number is nobody else's. */
enum rc sync_site_named(struct app *app, const char *typed, struct site *site, struct fault *fault)
{
	struct search search = {.typed = typed, .site = site};
	char *end;
	if (strlen(typed) == 14) {
		search.number = strtoull(typed, &end, 16);
		if (*end)
			search.number = 0;
	}
	enum rc rc = log_sites(store_log(app->store), match_site, &search, fault);
	if (!rc && search.found > 1)
		return fault_set(fault, RC_BAD,
			_("叫 \"%s\" 的站点不止一个：%s 和 %s，请用短码或站号"), typed,
			search.codes[0], search.codes[1]);
	if (!rc && !search.found && !log_site_code(store_log(app->store), typed, site))
		rc = fault_set(
			fault, RC_NONE, _("没有站点 \"%s\"：outpost site list 列出全部"), typed);
	return rc;
}

void sync_print(struct buf *text)
{
	buf_byte(text, '\n');
	out_buf(text);
	buf_release(text);
}
