/* SPDX-License-Identifier: GPL-3.0-or-later
 * sync --plan: what waits, by lane, and how long it will take at the speed that the way last had.
 * Nothing is sent.
 */
#include <stdio.h>
#include <string.h>

#include "app/out.h"
#include "app/sync_cmd.h"

enum { SHRINK = 3 }; /* canonical facts to bytes on the wire, about */

struct plan {
	struct peer peer;
	struct lane_waiting waiting[LANES];
	struct way way;
	char url[WAY_URL];
};

/* Seconds in thousandths; -1 = the way was never measured. */
static int64_t seconds(const struct plan *plan, uint64_t bytes)
{
	const struct pace *pace = &plan->way.pace;
	if (!pace->rate)
		return -1;
	return bytes ? (int64_t)(bytes * 1000 / pace->rate) + pace->trip_ms : 0;
}

static void print_json(const struct plan *plan)
{
	struct buf text = {0};
	struct json_out out;
	uint64_t all = 0;
	json_begin(&out, &text);
	json_open(&out, '{');
	json_key_text(&out, "peer", plan->peer.site.name);
	json_key_text(&out, "url", *plan->url ? plan->url : NULL);
	json_key(&out, "rate");
	if (plan->way.pace.rate)
		json_num(&out, plan->way.pace.rate);
	else
		json_null(&out);
	json_key(&out, "lanes");
	json_open(&out, '{');
	for (unsigned lane = 0; lane < LANES; lane++) {
		uint64_t bytes = plan->waiting[lane].bytes / SHRINK;
		int64_t time = seconds(plan, bytes);
		all += bytes;
		json_key(&out, lane_names[lane]);
		json_open(&out, '{');
		json_key_num(&out, "facts", plan->waiting[lane].facts);
		json_key_num(&out, "bytes", (int64_t)bytes);
		json_key(&out, "seconds");
		if (time < 0)
			json_null(&out);
		else
			json_dec(&out, time);
		json_close(&out, '}');
	}
	json_close(&out, '}');
	json_key(&out, "seconds");
	if (seconds(plan, all) < 0)
		json_null(&out);
	else
		json_dec(&out, seconds(plan, all));
	json_close(&out, '}');
	sync_print(&text);
}

static void print_table(const struct plan *plan)
{
	static const char *const heads[] = {N_("类别"), N_("条"), N_("字节"), N_("秒")};
	struct table table = {0};
	struct buf text = {0};
	char cell[32];
	for (size_t i = 0; i < countof(heads); i++)
		table_head(&table, _(heads[i]), i > 0);
	for (unsigned lane = 0; lane < LANES; lane++) {
		uint64_t bytes = plan->waiting[lane].bytes / SHRINK;
		int64_t time = seconds(plan, bytes);
		table_cell(&table, _(lane_labels[lane]));
		snprintf(cell, sizeof cell, "%u", plan->waiting[lane].facts);
		table_cell(&table, cell);
		snprintf(cell, sizeof cell, "%llu", (unsigned long long)bytes);
		table_cell(&table, cell);
		snprintf(cell, sizeof cell, "%lld.%lld", (long long)(time / 1000),
			(long long)(time % 1000 / 100));
		table_cell(&table, time < 0 ? "?" : cell);
	}
	table_print(&table, &text, out_columns());
	out_buf(&text);
	buf_release(&text);
	table_release(&table);
}

int sync_plan(struct app *app, const char *via)
{
	struct fault fault = {0};
	struct plan plan = {0};
	enum rc rc = peer_load(app->store, &plan.peer, &fault);
	if (!rc)
		rc = peer_waiting(app->store, &plan.peer, plan.waiting, &fault);
	if (rc) {
		out_error("outpost: %s", fault.text);
		return (int)sync_exit(rc);
	}
	if (via)
		snprintf(plan.url, sizeof plan.url, "%s", via);
	else if (!way_at(app->store, 0, plan.url))
		plan.url[0] = 0;
	if (*plan.url)
		way_load(app->store, plan.url, &plan.way);
	if (app->json)
		print_json(&plan);
	else
		print_table(&plan);
	return EXIT_DONE;
}
