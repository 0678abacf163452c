/* SPDX-License-Identifier: GPL-3.0-or-later
 * site claims: what other stations say of this one without evidence. site renew: a person decides
 * that this station goes on under a new site.
 */
#include <stdio.h>

#include "app/out.h"
#include "app/sync_cmd.h"
#include "base/when.h"
#include "store/station.h"

struct printing {
	struct app *app;
	struct out_list list;
};

/* Beside the claims: facts that were not its to write, more than are kept. */
static const char dropped_name[] = "dropped";
static const char dropped_text[] = N_("送来不归它写的记录，太多，已丢掉");
static const char dropped_advice[] = N_("打电话问它，或注销它");

static const char *name_of(const struct claim *claim)
{
	return claim->what ? claim_names[claim->what] : dropped_name;
}

static void put_json(struct json_out *out, const struct claim *claim)
{
	char number[16], time[WHEN_TEXT];
	site_hex(claim->site, number);
	json_line(out);
	json_open(out, '{');
	json_key_text(out, "site", number);
	json_key_text(out, "what", name_of(claim));
	json_key_num(out, "count", (int64_t)claim->count);
	when_rfc(claim->first, time);
	json_key_text(out, "first", time);
	when_rfc(claim->last, time);
	json_key_text(out, "last", time);
	json_close(out, '}');
}

static void put_row(struct printing *printing, const struct claim *claim)
{
	struct table *table = &printing->list.table;
	struct site site = {.name = ""};
	char time[WHEN_TEXT], count[24];
	log_site(store_log(printing->app->store), claim->site, &site);
	when_short(claim->last, store_now(printing->app->store), time);
	snprintf(count, sizeof count, "%llu", (unsigned long long)claim->count);
	table_cell(table, site.name);
	table_cell(table, time);
	table_cell(table, count);
	table_cell(table, claim->what ? claim_text(claim->what) : _(dropped_text));
	table_cell(table, claim->what ? claim_advice(claim->what) : _(dropped_advice));
}

static void put_either(struct printing *printing, const struct claim *claim)
{
	if (printing->app->json)
		put_json(&printing->list.json, claim);
	else
		put_row(printing, claim);
}

static bool put(const struct claim *claim, void *to)
{
	if (claim->what > CLAIM_NONE && claim->what < CLAIMS) /* else a newer program's */
		put_either(to, claim);
	return true;
}

static bool put_flood(const struct flood *flood, void *to)
{
	const struct claim like = {.site = flood->site,
		.count = flood->total,
		.first = flood->day * DAY_SECONDS,
		.last = flood->day * DAY_SECONDS};

	put_either(to, &like);
	return true;
}

int sync_claims(struct app *app)
{
	static const char *const heads[] = {
		N_("谁"), N_("最近"), N_("次数"), N_("说了什么"), N_("怎么办")};
	struct printing printing = {.app = app};
	struct fault fault = {0};
	out_list_begin(&printing.list, app->json, heads, countof(heads));
	printing.list.table.right[2] = true;
	enum rc rc = flood_each(app->store, put_flood, &printing, &fault);
	if (!rc)
		rc = claims_each(app->store, 0, put, &printing, &fault);
	out_list_end(&printing.list, !rc);
	return rc ? app_fail(&fault) : EXIT_DONE;
}

static bool add_up(const struct claim *claim, void *to)
{
	*(unsigned *)to += claim->what > CLAIM_NONE;
	return true;
}

unsigned sync_claims_since(struct app *app, int64_t since)
{
	struct fault fault;
	unsigned count = 0;
	return claims_each(app->store, since, add_up, &count, &fault) ? 0 : count;
}

int sync_renew(struct app *app, bool sure)
{
	struct fault fault = {0};
	char before[12];
	if (!sure) {
		out_error("%s",
			_("outpost: 这会让本站换一个站号：人员和记录都在，已发出的编号不变，以后写"
			  "的用新短码，不能改回。先与上级核对，确实要换就加 --yes"));
		return EXIT_USAGE;
	}
	snprintf(before, sizeof before, "%s", store_station(app->store)->code);
	enum rc rc = log_site_ends(store_log(app->store), &fault);
	if (!rc)
		rc = store_site_end(app->store, NULL, &fault);
	if (rc)
		return app_fail(&fault);
	out_fmt(_("本站的短码由 %s 改为 %s，下一次同步时告诉上级和下级\n"), before,
		store_station(app->store)->code);
	return EXIT_DONE;
}
