/* SPDX-License-Identifier: GPL-3.0-or-later
 * fetch: asks the stations below for one record that did not come up by itself. What is written is
 * the request: signed, with who asked and why, at both ends for good.
 */
#include "app/cmd.h"
#include "app/out.h"
#include "app/sync_cmd.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/log.h"
#include "store/station.h"
#include "work/change.h"

/* The record and whose it is; RC_OK: it may be asked for. */
static enum rc look_for(
	struct app *app, const char *typed, struct ref *rec, struct site *site, struct fault *fault)
{
	const struct station *own = store_station(app->store);
	struct log *log = store_log(app->store);
	if (!store_number_read(app->store, typed, rec))
		return fault_set(fault, RC_NONE,
			_("编号 \"%s\" 不是这里知道的站点的：outpost site list 列出短码"), typed);
	if (!log_site(log, rec->site, site) || !site->area || site->area == own->area ||
		!log_within(log, site->area, own->area))
		return fault_set(fault, RC_DENIED, _("只能调阅下级的记录，\"%s\" 不是"), typed);
	return RC_OK;
}

static bool is_here(struct app *app, struct ref rec)
{
	struct arena arena = {0};
	struct fact fact;
	bool here = log_fact(store_log(app->store), rec.site, rec.seq, &arena, &fact);
	arena_release(&arena);
	return here;
}

static enum rc ask(struct app *app, struct ref rec, const struct site *site, const char *reason,
	struct ref *ref, struct fault *fault)
{
	struct actor actor = app_actor(app);
	struct change change;
	char id[32], area[16];
	const char *why = "";
	store_id(rec, id);
	area_show(site->area, area);
	change_new(&change, &actor, kind_of(KIND_fetch), (struct ref){0, 0});
	bool good = change_set(&change, "record", id, &why) &&
		    change_set(&change, "reason", reason, &why) &&
		    change_set(&change, "area", area, &why);
	enum rc rc = good ? change_commit(&change, ref, fault)
			  : fault_set(fault, RC_BAD, _("调阅 \"%s\"：%s"), id, why);
	change_release(&change);
	return rc;
}

static int fetch(struct app *app, const char *typed, const char *reason)
{
	struct fault fault = {0};
	struct ref rec, ref;
	struct site site;
	char number[32];
	enum rc rc = look_for(app, typed, &rec, &site, &fault);
	if (!rc && is_here(app, rec)) {
		out_error(_("outpost: \"%s\" 已在本站：outpost show %s"), typed, typed);
		return EXIT_DONE;
	}
	if (!rc)
		rc = app_may(app, kind_of(KIND_fetch), 0, &fault);
	if (!rc)
		rc = ask(app, rec, &site, reason, &ref, &fault);
	if (rc)
		return app_fail(&fault);
	store_number(app->store, ref, number);
	out_fmt("%s\n", number);
	out_error(_("outpost: 已记下并签名；\"%s\" 那边下次同步时收到，再下次送来。outpost list "
		    "fetch "
		    "看给了没有"),
		site.name);
	app_wrote(app);
	return EXIT_DONE;
}

int cmd_fetch(struct app *app, int argc, char **argv)
{
	int code = app_args(app, &argc, argv, 2, 2);
	if (code)
		return code;
	return (code = app_writer(app)) ? code : fetch(app, argv[1], argv[2]);
}
