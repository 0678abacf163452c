/* SPDX-License-Identifier: GPL-3.0-or-later
 * join, up: how a station comes under the one above, with a network or by two files.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/out.h"
#include "app/short_code.h"
#include "app/sync_cmd.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/db.h"
#include "store/station.h"
#include "sync/enrol.h"
#include "base/text.h"

enum { WAIT_MS = 30000, FOLDER_WAIT_MS = 300 };

/* ---- join */

static bool is_new(struct app *app)
{
	for (unsigned lane = 0; lane < LANES; lane++)
		if (log_author(store_log(app->store), store_station(app->store)->site, lane))
			return false;
	return true;
}

/* The first user is whoever runs the account, as with init. Written when the station above has said
 * what time it is. */
static enum rc first_user(struct app *app, struct fault *fault)
{
	struct ref nothing = {0, 0}, made;
	struct actor station = {.store = app->store};
	struct change change;
	const char *why = "";
	if (!app->user_name[0] || !is_new(app))
		return RC_OK;
	change_new(&change, &station, kind_of(KIND_person), nothing);
	bool good = change_set(&change, "name", app->user_name, &why) &&
		    change_set(&change, "login", app->login[0] ? app->login : app->user_name, &why);
	enum rc rc = good ? change_commit(&change, &made, fault)
			  : fault_set(fault, RC_BAD, _("%s：\"%s\""), why, app->user_name);
	change_release(&change);
	return rc;
}

static int open_or_make(struct app *app, const struct token *token)
{
	struct station station = {.area = token->area, .level = token->level};
	struct fault fault = {0};
	enum place place = place_look(app->home, &fault);
	if (place != PLACE_FREE && place != PLACE_BEGUN) {
		/* RC_NONE: a file without tables, as an init or a join leaves it that was cut off.
		 */
		enum rc rc = store_open(&app->store, app->home, 0, &fault);
		if (rc != RC_NONE)
			return sync_opened(app, rc, &fault);
	}
	snprintf(station.name, sizeof station.name, "%s", token->name);
	short_code(token->name, station.code);
	return store_init(&app->store, app->home, &station, NULL, 0, &fault) ? app_fail(&fault) : 0;
}

/* The same question for the same invitation: its answer in a folder is found by what was asked. */
static enum rc question(
	struct app *app, const struct token *token, struct buf *ask, struct fault *fault)
{
	struct buf secret = {0};
	kv_bytes(app->store, kv_own(KV_SECRET), &secret);
	bool same = bytes_equal(buf_bytes(&secret), bytes_of(token->secret, SECRET_SIZE)) &&
		    kv_bytes(app->store, kv_own(KV_JOIN), ask);
	buf_release(&secret);
	if (same)
		return RC_OK;
	enum rc rc = enrol_ask(app->store, token, ask, fault);
	return rc ? rc : kv_bytes_set(app->store, kv_own(KV_JOIN), buf_bytes(ask), fault);
}

/* IDENTITY: the key to log in with over SSH; NULL = the station's own. */
static enum rc join_as(struct app *app, const char *url, const char *identity, struct bytes ask,
	struct fault *fault)
{
	const struct link_ops *ops;
	struct link *link;
	struct buf answer = {0};
	enum rc rc = sync_dial_as(app, url, identity, &ops, &link, fault);
	if (rc)
		return rc;
	rc = ops->swap(link, ask, &answer, ops == &link_file ? FOLDER_WAIT_MS : WAIT_MS, fault);
	if (!rc)
		rc = enrol_apply(app->store, buf_bytes(&answer), fault);
	ops->close(link);
	buf_release(&answer);
	return rc;
}

/* Over SSH the invitation itself is a login, good for joining alone; where the hub does not know of
 * it, the station's own key may have been let in by hand. */
static enum rc join_by(struct app *app, const struct token *token, const char *url,
	struct bytes ask, struct fault *fault)
{
	struct buf identity = {0};
	struct keys keys;
	enum rc rc = RC_DENIED;
	if (!strncmp(url, "ssh:", 4)) {
		token_ssh(token->secret, &keys);
		ssh_key_private(&keys, "outpost-join", &identity);
		rc = join_as(app, url, buf_cstr(&identity), ask, fault);
		explicit_bzero(&keys, sizeof keys);
		explicit_bzero(identity.at, identity.len);
		buf_release(&identity);
	}
	return rc == RC_DENIED ? join_as(app, url, NULL, ask, fault) : rc;
}

/* A refusal on one way is no reason not to try the next: another hub may stand there, or none. Each
 * is said. */
static enum rc try_ways(struct app *app, const struct token *token, const char *urls,
	struct bytes ask, struct fault *fault)
{
	char url[ROUTE_URL];
	struct fault refused = {0}, one;
	enum rc rc = RC_NONE;
	for (unsigned i = 0; rc && i < ROUTES_MOST && route_line(urls, i, url); i++) {
		rc = join_by(app, token, url, ask, &one);
		if (!rc)
			break;
		if (rc == RC_DENIED && !refused.rc)
			refused = one;
		out_error("outpost: %s: %s", url, one.text);
		*fault = one;
	}
	if (rc && refused.rc)
		*fault = refused;
	return rc ? fault->rc : RC_OK;
}

/* What was typed goes before what the invitation names, and that before what this station has,
 * which stays as it is until it has joined. */
static enum rc join_ways(
	struct app *app, const struct token *token, struct buf *urls, struct fault *fault)
{
	struct buf ask = {0};
	bool given = urls->len || *token->ways;
	enum rc rc = question(app, token, &ask, fault);
	if (!rc && sync_ways_run(token->ways))
		rc = fault_set(
			fault, RC_BAD, _("邀请里有要在本机运行的命令，不予采用：请向上级另要一份"));
	if (*token->ways)
		buf_fmt(urls, "%s%s", urls->len ? "\n" : "", token->ways);
	if (!given)
		routes_get(app->store, urls);
	if (!rc && !urls->len)
		rc = fault_set(fault, RC_LINK,
			_("邀请里没有到上级的线路：请用 --via URL 或 --via file:/文件夹"));
	if (rc)
		out_error("outpost: %s", fault->text);
	else
		rc = try_ways(app, token, buf_cstr(urls), buf_bytes(&ask), fault);
	if (!rc && given)
		rc = routes_set(app->store, buf_cstr(urls), fault);
	if (!rc)
		rc = kv_bytes_set(app->store, kv_own(KV_JOIN), (struct bytes){0, 0}, fault);
	buf_release(&ask);
	return rc;
}

static void print_joined(struct app *app, const struct token *token)
{
	const struct station *station = store_station(app->store);
	struct buf text = {0};
	struct json_out out;
	char area[16], number[16];
	area_show(station->area, area);
	site_hex(station->site, number);
	if (!app->json) {
		text_fmt(&text, _("已加入 \"%s\"：%s（%s，%s），短码 %s"), token->hub_name,
			station->name, _(level_labels[station->level]), area, station->code);
		sync_print(&text);
		return;
	}
	json_begin(&out, &text);
	json_open(&out, '{');
	json_key_text(&out, "site", number);
	json_key_text(&out, "code", station->code);
	json_key_text(&out, "area", area);
	json_key_text(&out, "name", station->name);
	json_key_text(&out, "level", level_names[station->level]);
	json_key_text(&out, "above", token->hub_name);
	json_close(&out, '}');
	sync_print(&text);
}

/* Open work of this station that lies outside its area: nobody can go on with it, nobody is asked
 * to. */
struct left {
	struct app *app;
	struct buf numbers;
	unsigned count;
};

enum { LEFT_NAMED = 20 };

static bool is_left(const struct row *row, void *to)
{
	struct left *left = to;
	struct store *store = left->app->store;
	char number[32];

	if (row->ref.site != store_station(store)->site || !state_count(row->kind) ||
		row->kind->flags & K_TO_ALL || store_within(store, row->area))
		return true;
	store_number(store, row->ref, number);
	if (left->count++ < LEFT_NAMED)
		buf_fmt(&left->numbers, " %s", number);
	return true;
}

static void say_left(struct app *app)
{
	struct left left = {.app = app};
	struct fault fault;
	enum rc rc = RC_OK;

	for (unsigned k = 0; k < kinds_count && !rc; k++)
		rc = store_each_open(app->store, &kinds[k], UINT32_MAX, is_left, &left, &fault);
	if (!rc && left.count)
		out_error(_("outpost: 还有 %u "
			    "条未办结的记录在原来的区划，本站现在不能办：%s；请上级登记区划变更"
			    "（outpost add areachange old=原代码 new=新代码），收到后就能接着办"),
			left.count, buf_cstr(&left.numbers));
	buf_release(&left.numbers);
}

static int join(struct app *app, const char *text, struct buf *urls)
{
	struct fault fault = {0};
	struct token token;
	if (token_read(text, &token, &fault))
		return app_fail(&fault);
	int code = open_or_make(app, &token);
	if (code)
		return code;
	enum rc rc = join_ways(app, &token, urls, &fault);
	bool nobody = first_user(app, &fault) != RC_OK;
	if (rc)
		return (int)sync_exit(rc); /* said, way by way */
	if (nobody)
		return app_fail(&fault);
	print_joined(app, &token);
	say_left(app);
	return EXIT_DONE;
}

/* A token may come in groups with blanks between them. */
int cmd_join(struct app *app, int argc, char **argv)
{
	struct buf urls = {0}, token = {0};
	app->json |= arg_flag(&argc, argv, "json");
	int code = sync_take_ways(&argc, argv, &urls) ? 0 : EXIT_INPUT;
	if (!code)
		code = app_args(app, &argc, argv, 1, -1);
	for (int i = 1; !code && i < argc; i++)
		buf_text(&token, argv[i]);
	if (!code)
		code = join(app, buf_cstr(&token), &urls);
	buf_release(&urls);
	buf_release(&token);
	return code;
}

/* ---- up */

static void print_ways(struct app *app)
{
	struct buf text = {0};
	char url[ROUTE_URL];
	for (unsigned i = 0; i < ROUTES_MOST && route_at(app->store, i, url); i++)
		buf_fmt(&text, "%s\n", url);
	out_buf(&text);
	if (!text.len)
		out_error("%s", _("还没有到上级的线路：outpost up URL"));
	buf_release(&text);
}

int cmd_up(struct app *app, int argc, char **argv)
{
	struct fault fault = {0};
	struct buf urls = {0};
	int code = app_args(app, &argc, argv, 0, ROUTES_MOST);
	if (!code)
		code = sync_open(app);
	for (int i = 1; !code && i < argc; i++) {
		if (!sync_url_good(argv[i]))
			code = EXIT_INPUT;
		buf_fmt(&urls, "%s%s", i > 1 ? "\n" : "", argv[i]);
	}
	if (!code && argc > 1 && routes_set(app->store, buf_cstr(&urls), &fault))
		code = app_fail(&fault);
	if (!code && argc == 1)
		print_ways(app);
	buf_release(&urls);
	return code;
}
