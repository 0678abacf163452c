/* SPDX-License-Identifier: GPL-3.0-or-later
 * invite: the line by which a new station joins this one, and what its grant will say.
 */
#include <stdlib.h>
#include <string.h>

#include "app/options.h"
#include "app/out.h"
#include "app/qr.h"
#include "app/sync_cmd.h"
#include "base/when.h"
#include "model/area.h"
#include "model/rules.h"
#include "store/db.h"
#include "store/station.h"
#include "sync/enrol.h"

/* False: said. */
static bool take_level(const char *typed, uint64_t area, enum level *level)
{
	enum level most = area_level(area);
	unsigned i = 0;
	*level = most;
	if (!typed)
		return true;
	while (i < LEVELS && strcmp(level_names[i], typed) && strcmp(level_labels[i], typed))
		i++;
	if (i == LEVELS)
		out_error(_("outpost: 没有这个层级 \"%s\"：选项 \"--level\""), typed);
	else if (i > most)
		out_error(_("outpost: 区域代码是%s的，层级不能更高：选项 \"--level\""),
			_(level_labels[most]));
	*level = (enum level)i;
	return i <= most;
}

/* Given ones are kept for the next invitation. */
static enum rc own_ways(struct app *app, struct buf *urls, struct fault *fault)
{
	if (urls->len)
		return kv_bytes_set(app->store, kv_own(KV_WAYS_BELOW), buf_bytes(urls), fault);
	kv_bytes(app->store, kv_own(KV_WAYS_BELOW), urls);
	return RC_OK;
}

static void print_token(const struct app *app, const char *token, uint64_t area, const char *name)
{
	struct buf text = {0};
	struct json_out out;
	char code[16];
	if (!app->json) {
		buf_text(&text, token);
		sync_print(&text);
		return;
	}
	area_show(area, code);
	json_begin(&out, &text);
	json_open(&out, '{');
	json_key_text(&out, "token", token);
	json_key_text(&out, "area", code);
	json_key_text(&out, "name", name);
	json_close(&out, '}');
	sync_print(&text);
}

/* What was typed of the grant's terms. False: said. */
static bool take_terms(
	const char *rights, const char *until, const char *days, int64_t now, struct terms *terms)
{
	const char *why = _("应是 0 到 3650 的天数");
	char *end = NULL;
	int64_t date;
	*terms = (struct terms){.days = option_number(OPTION_GRANT_DAYS)};
	if (rights && !rights_read(rights, &terms->rights)) {
		out_error(_("outpost: 没有这样的权限 \"%s\"：选项 \"--rights\"，roles.conf 的 "
			    "right 行列出全部"),
			rights);
		return false;
	}
	if (until && !date_parse(until, now, &date, &why)) {
		out_error(_("outpost: %s：选项 \"--until\""), why);
		return false;
	}
	if (until)
		*terms = (struct terms){.rights = terms->rights, .until = date_end(date)};
	if (days)
		terms->days = strtol(days, &end, 10);
	if (days && (*end || end == days || terms->days < 0 || terms->days > 3650)) {
		out_error(_("outpost: %s：选项 \"--days\""), why);
		return false;
	}
	return true;
}

/* As typed. */
struct typed {
	const char *area, *name, *level, *rights, *until, *days;
	bool qr, twin;
};

static int invite(struct app *app, const struct typed *typed, struct buf *urls)
{
	struct fault fault = {0};
	char token[TOKEN_TEXT];
	const char *why;
	struct guest guest = {.name = typed->name, .twin = typed->twin};
	if (!typed->twin && !area_parse(typed->area, &guest.area, &why)) {
		out_error(_("outpost: %s：选项 \"--area\""), why);
		return EXIT_INPUT;
	}
	if (!typed->twin && !take_level(typed->level, guest.area, &guest.level))
		return EXIT_INPUT;
	int code = sync_open(app);
	if (code)
		return code;
	if (typed->twin)
		guest.area = store_station(app->store)->area;
	if (!take_terms(
		    typed->rights, typed->until, typed->days, store_now(app->store), &guest.terms))
		return EXIT_INPUT;
	enum rc rc = own_ways(app, urls, &fault);
	guest.ways = buf_cstr(urls);
	if (!rc)
		rc = enrol_invite(app->store, &guest, token, &fault);
	if (rc)
		return app_fail(&fault);
	print_token(app, token, guest.area, guest.name);
	return typed->qr ? qr_print(bytes_of(token, strlen(token))) : EXIT_DONE;
}

/* Whoever joins runs what a way exec: says, so an invitation brings none. */
static bool ways_may_travel(struct buf *urls)
{
	if (!sync_ways_run(buf_cstr(urls)))
		return true;
	out_error(_("outpost: 邀请里不能有 exec: 线路：请在新站点上用 --via 写"));
	return false;
}

int cmd_invite(struct app *app, int argc, char **argv)
{
	struct buf urls = {0};
	app->json |= arg_flag(&argc, argv, "json");
	struct typed typed = {.area = arg_value(&argc, argv, "area"),
		.name = arg_value(&argc, argv, "name"),
		.level = arg_value(&argc, argv, "level"),
		.rights = arg_value(&argc, argv, "rights"),
		.until = arg_value(&argc, argv, "until"),
		.days = arg_value(&argc, argv, "days"),
		.qr = arg_flag(&argc, argv, "qr"),
		.twin = arg_flag(&argc, argv, "twin")};
	int code = sync_take_ways(&argc, argv, &urls) && ways_may_travel(&urls) ? 0 : EXIT_INPUT;
	if (!code)
		code = app_args(app, &argc, argv, 0, 0);
	if (!code && ((typed.twin ? typed.area || typed.level : !typed.area) ||
			     (typed.qr && app->json) || !typed.name || !*typed.name ||
			     (typed.until && typed.days)))
		code = app_usage(app);
	if (!code)
		code = invite(app, &typed, &urls);
	buf_release(&urls);
	return code;
}
