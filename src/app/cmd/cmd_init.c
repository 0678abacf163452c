/* SPDX-License-Identifier: GPL-3.0-or-later
 * init: makes a station and its first user.
 */
#include <stdio.h>
#include <string.h>

#include "app/cmd.h"
#include "format/json.h"
#include "app/out.h"
#include "app/short_code.h"
#include "base/text.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/log.h"

struct plan {
	struct station station;
	const char *post;
};

static enum rc take_name(const char *typed, char name[LIMIT_NAME + 1], struct fault *fault)
{
	struct buf clean = {0};
	enum rc rc = RC_OK;
	if (!text_clean(typed, strlen(typed), false, &clean))
		rc = fault_set(fault, RC_BAD, _("%s：选项 \"--name\""),
			text_not_utf8(typed, strlen(typed)));
	else if (!clean.len || clean.len > LIMIT_NAME)
		rc = fault_set(
			fault, RC_BAD, _("名称要有 1 到 %d 字节：选项 \"--name\""), LIMIT_NAME);
	else
		snprintf(name, LIMIT_NAME + 1, "%s", buf_cstr(&clean));
	buf_release(&clean);
	return rc;
}

static enum rc take_level(const char *typed, uint64_t area, enum level *level, struct fault *fault)
{
	*level = area_level(area);
	if (!typed)
		return RC_OK;
	for (unsigned i = 0; i < LEVELS; i++)
		if (!strcmp(level_names[i], typed) || !strcmp(level_labels[i], typed)) {
			if (i > *level)
				return fault_set(fault, RC_BAD,
					_("区域代码是%s的，层级不能更高：选项 \"--level\""),
					_(level_labels[*level]));
			*level = (enum level)i;
			return RC_OK;
		}
	return fault_set(fault, RC_BAD,
		_("没有这个层级 \"%s\"：选项 \"--level\" 是 village、township、county、city 或 "
		  "province"),
		typed);
}

static enum rc make_plan(struct plan *plan, const char *area, const char *name, const char *level,
	struct fault *fault)
{
	const char *why = "";
	struct bytes known;
	char text[LIMIT_NAME + 1];
	if (!area_parse(area, &plan->station.area, &why))
		return fault_set(fault, RC_BAD, _("%s：选项 \"--area\""), why);
	if (!name && area_name(plan->station.area, &known) && known.len <= LIMIT_NAME) {
		snprintf(text, sizeof text, "%.*s", (int)known.len, (const char *)known.at);
		name = text;
	}
	if (!name)
		return fault_set(
			fault, RC_BAD, _("名册里没有这个区域，请写明名称：选项 \"--name\""));
	enum rc rc = take_name(name, plan->station.name, fault);
	if (!rc)
		rc = take_level(level, plan->station.area, &plan->station.level, fault);
	if (!rc)
		short_code(plan->station.name, plan->station.code);
	return rc;
}

/* The first user is whoever runs the account: one login, one person. */
static enum rc first_user(struct app *app, const struct plan *plan, struct fault *fault)
{
	struct ref nothing = {0, 0}, made;
	struct actor station = {.store = app->store};
	struct change change;
	if (!app->user_name[0])
		return RC_OK;
	change_new(&change, &station, kind_of(KIND_person), nothing);
	enum rc rc = fields_set(&change, "name", app->user_name, fault);
	if (!rc)
		rc = fields_set(
			&change, "login", app->login[0] ? app->login : app->user_name, fault);
	if (!rc && plan->post)
		rc = fields_set(&change, "post", plan->post, fault);
	change_defaults(&change);
	if (!rc)
		rc = change_commit(&change, &made, fault);
	change_release(&change);
	return rc;
}

static void tell(const struct app *app, const struct station *station)
{
	struct buf text = {0};
	char area[16];
	area_show(station->area, area);
	if (app->json) {
		struct json_out out;
		json_begin(&out, &text);
		json_open(&out, '{');
		json_key_text(&out, "area", area);
		json_key_text(&out, "name", station->name);
		json_key_text(&out, "level", level_names[station->level]);
		json_key_text(&out, "code", station->code);
		json_close(&out, '}');
		buf_byte(&text, '\n');
	} else {
		text_fmt(&text, _("已建站 %s（%s，%s），短码 %s\n"), station->name,
			_(level_labels[station->level]), area, station->code);
	}
	out_buf(&text);
	buf_release(&text);
}

/* Nothing was written since it was made: making it was interrupted. */
static bool is_unwritten(const struct store *store)
{
	struct log *log = store_log((struct store *)store);
	const struct station *station = store_station(store);
	bool any = station->joined;
	for (unsigned lane = 0; lane < LANES; lane++)
		any |= log_author(log, station->site, lane) > 0;
	return !any;
}

/* A station is there: it stays, unless only its first user is missing. */
static enum rc go_on(struct app *app, const struct plan *plan, struct fault *fault)
{
	struct station station = plan->station;
	enum rc rc = store_open(&app->store, app->home, 0, fault);
	if (rc)
		return rc;
	if (!is_unwritten(app->store))
		return fault_set(fault, RC_IO, _("这里已经有站点 \"%s\"，没有改动"), app->home);
	station.site = store_station(app->store)->site;
	return store_station_set(app->store, &station, fault);
}

static enum rc make(struct app *app, const struct plan *plan, bool new_keys, struct fault *fault)
{
	struct fault why = {0};
	enum rc rc =
		place_look(app->home, &why) == PLACE_STATION ? go_on(app, plan, fault) : RC_NONE;
	/* Nothing there, or a file without tables: an init that was cut off early. */
	if (rc == RC_NONE)
		rc = store_init(&app->store, app->home, &plan->station, NULL,
			new_keys ? STORE_NEW_KEYS : 0, fault);
	return rc ? rc : first_user(app, plan, fault);
}

/* The keys are gone, or are not this station's. */
static int renew_keys(struct app *app)
{
	struct fault fault = {0};
	bool fine = false;
	if (store_new_keys(&app->store, app->home, &fine, &fault))
		return app_fail(&fault);
	const struct station *station = store_station(app->store);
	if (fine) {
		out_error(
			_("outpost: 本站的密钥完好，没有改动：只换加密密钥用 outpost site rotate"));
		return EXIT_FAILED;
	}
	out_fmt(_("已换新密钥：记录和人员都在，新记录用短码 %s；要与上级同步，请上级再邀请一次，"
		  "这里 outpost join\n"),
		station->code);
	return EXIT_DONE;
}

int cmd_init(struct app *app, int argc, char **argv)
{
	struct plan plan = {0};
	struct fault fault = {0};
	app->json |= arg_flag(&argc, argv, "json");
	bool new_keys = arg_flag(&argc, argv, "new-keys");
	const char *area = arg_value(&argc, argv, "area"), *name = arg_value(&argc, argv, "name");
	const char *level = arg_value(&argc, argv, "level");
	plan.post = arg_value(&argc, argv, "post");
	if (argc > 1 || *arg_left(argc, argv) || (!area && !new_keys))
		return *arg_left(argc, argv) ? app_args(app, &argc, argv, 0, 0) : app_usage(app);
	if (!area)
		return renew_keys(app);
	enum rc rc = make_plan(&plan, area, name, level, &fault);
	if (!rc)
		rc = make(app, &plan, new_keys, &fault);
	if (rc)
		return app_fail(&fault);
	tell(app, store_station(app->store));
	return EXIT_DONE;
}
