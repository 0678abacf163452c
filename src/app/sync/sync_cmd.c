/* SPDX-License-Identifier: GPL-3.0-or-later
 * sync: once, as a plan, or as a watcher.
 */
#include "app/day_copy.h"
#include "app/out.h"
#include "app/sync_cmd.h"

static int once(struct app *app, const char *via)
{
	struct sync_report report;
	struct buf text = {0};
	enum rc rc = sync_run(app, via, NULL, &report);
	if (app->json)
		sync_report_json(&report, &text);
	else if (!rc)
		sync_report_text(&report, &text);
	if (text.len)
		sync_print(&text);
	if (*report.error)
		out_error("outpost: %s", report.error);
	if (*sync_advice(&report))
		out_error("outpost: %s", sync_advice(&report));
	if (report.result.sent_facts || report.result.received_facts)
		day_copy_here(app);
	return (int)sync_exit(rc);
}

int cmd_sync(struct app *app, int argc, char **argv)
{
	app->json |= arg_flag(&argc, argv, "json");
	bool watch = arg_flag(&argc, argv, "watch"), plan = arg_flag(&argc, argv, "plan");
	bool one = arg_flag(&argc, argv, "once");
	const char *via = arg_value(&argc, argv, "via");
	int code = app_args(app, &argc, argv, 0, 0);
	if (!code && watch + (plan || one) > 1)
		code = app_usage(app);
	if (!code && via && !sync_url_good(via))
		code = EXIT_INPUT;
	if (!code)
		code = sync_open(app);
	if (code)
		return code;
	if (plan)
		return sync_plan(app, via);
	return watch ? sync_watch(app, via) : once(app, via);
}
