/* SPDX-License-Identifier: GPL-3.0-or-later
 * The hub between a link and the store: one commit for all questions that wait, and room for the
 * people who write into the same store.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/hub_cmd.h"
#include "app/options.h"
#include "app/out.h"
#include "app/past.h"
#include "base/file.h"
#include "base/when.h"
#include "model/area.h"
#include "store/station.h"
#include "sync/swap.h"
#include "sync/take.h"
#include "sync/trust.h"
#include "sync/enrol.h"

enum { REST_MOST = 2000, TEND_EVERY = 3600, FLOOD_EVERY = 3600 };

static bool take_site(struct hub *hub, const char *typed)
{
	struct site site;
	char *end;
	if (log_site_code(store_log(hub->app->store), typed, &site)) {
		hub->only = site.site;
		return true;
	}
	hub->only = strtoull(typed, &end, 16);
	return strlen(typed) == 14 && !*end && hub->only;
}

int hub_open(struct hub *hub, const char *site)
{
	struct app *app = hub->app;
	struct fault fault = {0};
	enum rc rc = store_open(&app->store, app->home, 0, &fault);
	if (rc)
		out_error("outpost: %s", fault.text);
	if (rc)
		return EXIT_FAILED;
	options_load(app->home, true);
	if (site && !take_site(hub, site)) {
		out_error(_("outpost: 没有站点 \"%s\"：outpost site list 列出全部"), site);
		return EXIT_NONE;
	}
	return 0;
}

/* Who asks, as the frame says: its seal proves it later. */
static bool asked_by(struct store *store, struct bytes ask, uint64_t only)
{
	uint64_t sender;
	uint8_t id;
	uint64_t successor = successor_last(ask, only); /* its site may have ended */
	ask = intro_skip(successor_skip(ask));
	if (enrol_is_join(ask))
		return enrol_joiner(ask) == only;
	if (lean_version(ask))
		return lean_may_be_of(successor, ask) || lean_may_be_of(only, ask);
	return seal_head(ask, &sender, &id) &&
	       (sender == successor || successor_of(store, sender, only));
}

/* SQLite's waiting is unfair: who commits without a pause keeps the people at the same store from
 * saving. So as long as the last commit took, nothing is begun. */
static void rest(const struct hub *hub)
{
	int64_t wait = hub->rested + hub->worked - socket_now();
	if (wait > REST_MOST)
		wait = REST_MOST;
	if (wait > 0)
		nanosleep(
			&(struct timespec){.tv_sec = wait / 1000, .tv_nsec = wait % 1000 * 1000000},
			NULL);
}

/* Somebody knew more of this store than it does: whoever looks after the hub reads it, and the
 * people at it are told with their next sync. */
static void tell_past(const struct hub *hub)
{
	struct past past;
	struct buf text = {0};
	char path[600];
	store_past(hub->app->store, &past);
	past_text(&past, store_station(hub->app->store)->code, &text);
	snprintf(path, sizeof path, "%s/hub.log", hub->app->home);
	log_line(path, "%s", buf_cstr(&text));
	out_error("outpost: %s", buf_cstr(&text));
	buf_release(&text);
}

/* Somebody with an invitation may not join, or not with that program: whoever looks after the hub
 * reads why, as the other end hears less of it. */
static void tell_refused(const struct hub *hub, const struct fault *fault)
{
	char path[600];
	snprintf(path, sizeof path, "%s/hub.log", hub->app->home);
	log_line(path, "%s", fault->text);
	out_error("outpost: %s", fault->text);
}

/* A station below has shown that the twin goes on for this hub. */
static void tell_replaced(struct hub *hub)
{
	struct fault fault;
	if (hub->replaced || !twin_gone_on(hub->app->store, &fault))
		return;
	hub->replaced = true;
	tell_refused(hub, &fault);
}

static bool put_flood(const struct flood *flood, void *to)
{
	struct buf *text = to;

	buf_fmt(text, _(" %s 一天 %llu 条，共 %llu 条"),
		site_hex(flood->site, (char[SITE_HEX]){""}), (unsigned long long)flood->today,
		(unsigned long long)flood->total);
	return true;
}

static bool put_claim(const struct claim *claim, void *to)
{
	struct buf *text = to;

	if (*claim_text(claim->what))
		buf_fmt(text, _(" %s %s，%llu次"), site_hex(claim->site, (char[SITE_HEX]){""}),
			claim_text(claim->what), (unsigned long long)claim->count);
	return true;
}

static void tell_text(const struct hub *hub, struct buf *text)
{
	char path[600];

	snprintf(path, sizeof path, "%s/hub.log", hub->app->home);
	log_line(path, "%s", buf_cstr(text));
	buf_release(text);
}

/* Somebody sends what it must not write, or says what it cannot prove: once an hour at most. */
static void tell_floods(struct hub *hub)
{
	struct store *store = hub->app->store;
	uint64_t total = flood_total(store), claims;
	struct buf text = {0};
	struct fault fault;

	if (hub->told && when_now() - hub->told < FLOOD_EVERY && when_now() >= hub->told)
		return;
	claims = claims_total(store);
	if (total == hub->dropped && claims == hub->claimed)
		return;
	hub->told = when_now();
	if (total != hub->dropped) {
		buf_text(&text, _("拒收太多，已丢掉的："));
		(void)!flood_each(store, put_flood, &text, &fault);
		tell_text(hub, &text);
	}
	if (claims != hub->claimed) {
		buf_text(&text, _("没有凭据的说法，没有采信："));
		(void)!claims_each(store, 0, put_claim, &text, &fault);
		tell_text(hub, &text);
	}
	hub->dropped = total;
	hub->claimed = claims;
}

/* At the end of a login on its own (main_hub.c). */
static void copy_day(struct hub *hub)
{
	char path[600];
	if (hub->only || hub->joins || day_copy_tend(&hub->copy, hub->app))
		return;
	snprintf(path, sizeof path, "%s/hub.log", hub->app->home);
	log_line(path, "%s", _("今天的备份没有做成：outpost backup --day 会说原因"));
}

void hub_prepare(struct hub *hub)
{
	packing_choose(option_text(OPTION_WIRE_PACKING));
	packing_prepare(hub->app->store);
}

enum rc hub_serve(
	void *to, const struct bytes asks[], struct buf answers[], size_t n, struct fault *fault)
{
	struct hub *hub = to;
	char path[600];
	hub->asked += n;
	app_reopen(hub->app);
	for (size_t i = 0; hub->joins && i < n; i++)
		if (!enrol_is_join(asks[i]))
			return fault_set(fault, RC_DENIED, _("这个登录只能用来加入"));
	for (size_t i = 0; hub->only && i < n; i++)
		if (!asked_by(hub->app->store, asks[i], hub->only))
			return fault_set(fault, RC_DENIED, _("这条线路是给另一个站点的"));
	rest(hub);
	if (!hub->tended || when_now() - hub->tended > TEND_EVERY || when_now() < hub->tended) {
		hub->tended = when_now();
		(void)!keyring_tend(hub->app->store, option_number(OPTION_KEYS_DAYS), fault);
	}
	packing_choose(option_text(OPTION_WIRE_PACKING));
	int64_t begin = socket_now();
	uint64_t site = store_station(hub->app->store)->site;
	fault->rc = RC_OK;
	copy_day(hub);
	enum rc rc = hub_answer(hub->app->store, asks, answers, n, fault);
	hub->rested = socket_now();
	hub->worked = hub->rested - begin;
	histogram_add(&hub->commits, hub->worked);
	if (!rc) {
		hub->answered += n;
		if (fault->rc)
			tell_refused(hub, fault);
		tell_floods(hub);
		tell_replaced(hub);
		if (store_station(hub->app->store)->site != site)
			tell_past(hub);
		return RC_OK;
	}
	hub->failures++;
	snprintf(path, sizeof path, "%s/hub.log", hub->app->home);
	log_line(path, "%s", fault->text);
	return rc;
}

bool hub_health(void *to, struct buf *json)
{
	const struct hub *hub = to;
	app_reopen(hub->app);
	struct store *store = hub->app->store;
	uint64_t number = store_gone(store) ? 0 : log_number(store_log(store));
	buf_fmt(json, "{\"ok\":%s,\"site\":\"%s\",\"facts\":%llu,\"version\":\"%s\"}",
		number ? "true" : "false",
		site_hex(store_station(store)->site, (char[SITE_HEX]){""}),
		(unsigned long long)log_last(store_log(store)), OUTPOST_VERSION);
	return number != 0;
}

void hub_close(struct hub *hub)
{
	needs_release(&hub->needs);
}
