/* SPDX-License-Identifier: GPL-3.0-or-later
 * sync --plan: what waits, by lane, what it weighs, and how long it will take at the speed that the
 * way last had; and what came late. Nothing is sent.
 */
#include <stdio.h>
#include <string.h>

#include "app/options.h"
#include "app/out.h"
#include "app/sync_cmd.h"
#include "base/when.h"
#include "model/rules.h"
#include "store/station.h"
#include "sync/take.h"

/* LATE_MOST: more is in the outbox. */
enum { LATE_MOST = 8, LATE_DAYS = 30 };

struct plan {
	struct peer peer;
	struct lane_waiting waiting[LANES];
	uint64_t bytes[LANES], all; /* sealed; all: with the dialling, and the answer to it */
	struct route way;
	char url[ROUTE_URL];
};

/* Payload of dialling and of one question and answer without facts, both ways (make bench-wire:
 * "nothing to say"). The last is for a way that is not known. */
static const struct {
	const char *scheme;
	unsigned bytes;
} rounds[] = {{"http:", 240}, {"https:", 1400}, {"ssh:", 2300}, {"file:", 120}, {"", 240}};

/* So much less where both ends read lean frames (docs/WIRE.md), in question and answer together. */
enum { LEAN_LESS = 65 };

/* ---- what came late, the latest first */

struct lates {
	struct app *app;
	struct json_out *json; /* NULL: as lines in TEXT */
	struct buf *text;
	int64_t now;
};

static void late_json(const struct lates *at, const struct late *late, const char *number)
{
	char time[WHEN_TEXT];
	json_open(at->json, '{');
	json_key_text(at->json, "number", number);
	json_key_text(at->json, "lane", lane_names[late->lane]);
	when_rfc(late->written, time);
	json_key_text(at->json, "written", time);
	when_rfc(late->proven, time);
	json_key_text(at->json, "proven", time);
	json_key_num(at->json, "seconds", late->proven - late->written);
	json_key_text(at->json, "reason", trouble_names[late->why]);
	json_key_num(at->json, "tries", late->tries);
	json_close(at->json, '}');
}

static bool put_late(const struct late *late, void *to)
{
	const struct lates *at = to;
	char number[32], time[WHEN_TEXT], span[WHEN_TEXT];
	store_number(at->app->store, late->rec, number);
	if (at->json) {
		late_json(at, late, number);
		return true;
	}
	if (!at->text->len)
		buf_fmt(at->text, "%s\n", _("已送到、但晚了的，最近的在前"));
	when_short(late->written, at->now, time);
	when_span(late->proven - late->written, span);
	buf_fmt(at->text, "%s ", number);
	buf_fmt(at->text, _("%s 写，%s后才证实送到："), time, span);
	late_why(late, at->text);
	buf_byte(at->text, '\n');
	return true;
}

static void put_lates(struct app *app, struct json_out *json, struct buf *text)
{
	struct lates at = {app, json, text, store_now(app->store)};
	struct fault fault;
	int64_t days = rules_limit("late.shown.days", LATE_DAYS);
	if (late_each(app->store, at.now - days * DAY_SECONDS, LATE_MOST, put_late, &at, &fault))
		out_error("outpost: %s", fault.text);
}

/* Seconds in thousandths; -1 = the way was never measured. */
static int64_t seconds(const struct plan *plan, uint64_t bytes)
{
	const struct pace *pace = &plan->way.pace;
	if (!pace->rate)
		return -1;
	return bytes ? (int64_t)(bytes * 1000 / pace->rate) + pace->trip_ms : 0;
}

static enum rc weigh(struct store *store, struct plan *plan, struct fault *fault)
{
	enum rc rc = RC_OK;
	unsigned i = 0;
	packing_choose(option_text(OPTION_WIRE_PACKING));
	for (unsigned lane = 0; lane < LANES && !rc; lane++) {
		rc = lane_weigh(
			store, &plan->peer, lane, &plan->waiting[lane], &plan->bytes[lane], fault);
		plan->all += plan->bytes[lane];
	}
	while (strncmp(plan->url, rounds[i].scheme, strlen(rounds[i].scheme)) != 0)
		i++;
	plan->all += rounds[i].bytes;
	if (!plan->peer.unsure && lean_reads(store, plan->peer.site.site))
		plan->all -= LEAN_LESS;
	return rc;
}

static void print_json(struct app *app, const struct plan *plan)
{
	struct buf text = {0};
	struct json_out out;
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
		int64_t time = seconds(plan, plan->bytes[lane]);
		json_key(&out, lane_names[lane]);
		json_open(&out, '{');
		json_key_num(&out, "facts", plan->waiting[lane].facts);
		json_key_num(&out, "bytes", (int64_t)plan->bytes[lane]);
		json_key(&out, "seconds");
		if (time < 0)
			json_null(&out);
		else
			json_dec(&out, time);
		json_close(&out, '}');
	}
	json_close(&out, '}');
	json_key_num(&out, "bytes", (int64_t)plan->all);
	json_key(&out, "seconds");
	if (seconds(plan, plan->all) < 0)
		json_null(&out);
	else
		json_dec(&out, seconds(plan, plan->all));
	json_key(&out, "late");
	json_open(&out, '[');
	put_lates(app, &out, NULL);
	json_close(&out, ']');
	json_close(&out, '}');
	sync_print(&text);
}

static void put_cells(const struct plan *plan, unsigned facts, uint64_t bytes, struct table *table)
{
	int64_t time = seconds(plan, bytes);
	char cell[32];
	snprintf(cell, sizeof cell, "%u", facts);
	table_cell(table, cell);
	snprintf(cell, sizeof cell, "%llu", (unsigned long long)bytes);
	table_cell(table, cell);
	snprintf(cell, sizeof cell, "%lld.%lld", (long long)(time / 1000),
		(long long)(time % 1000 / 100));
	table_cell(table, time < 0 ? "?" : cell);
}

static void print_table(struct app *app, const struct plan *plan)
{
	static const char *const heads[] = {N_("类别"), N_("条"), N_("字节"), N_("秒")};
	struct table table = {0};
	struct buf text = {0};
	unsigned facts = 0;
	for (size_t i = 0; i < countof(heads); i++)
		table_head(&table, _(heads[i]), i > 0);
	for (unsigned lane = 0; lane < LANES; lane++) {
		table_cell(&table, _(lane_labels[lane]));
		facts += plan->waiting[lane].facts;
		put_cells(plan, plan->waiting[lane].facts, plan->bytes[lane], &table);
	}
	table_cell(&table, _("连同拨号和答复"));
	put_cells(plan, facts, plan->all, &table);
	table_print(&table, &text, out_columns());
	out_buf(&text);
	buf_clear(&text);
	put_lates(app, NULL, &text);
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
	if (via)
		snprintf(plan.url, sizeof plan.url, "%s", via);
	else if (!route_at(app->store, 0, plan.url))
		plan.url[0] = 0;
	if (*plan.url)
		route_load(app->store, plan.url, &plan.way);
	if (!rc)
		rc = weigh(app->store, &plan, &fault);
	if (rc) {
		out_error("outpost: %s", fault.text);
		return (int)sync_exit(rc);
	}
	if (app->json)
		print_json(app, &plan);
	else
		print_table(app, &plan);
	return EXIT_DONE;
}
