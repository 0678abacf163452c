/* SPDX-License-Identifier: GPL-3.0-or-later
 * Looking over an open station: rules, people, clock, what the station above lets it do, the ways
 * there.
 */
#include "app/health/doctor_inside.h"

#include <stdlib.h>
#include <string.h>

#include "app/options.h"
#include "app/out.h"
#include "base/when.h"
#include "store/identity.h"
#include "store/peer.h"
#include "sync/take.h"
#include "sync/trust.h"
#include "work/rules.h"

enum {
	CLOCK_LOOK = 120,         /* seconds between the system's clock and the one above */
	CLOCK_UNSET = 1704067200, /* 2024-01-01: a clock that stands before was never set */
	GRANT_LOOK = 30,          /* days before a grant ends */
};

void doctor_keys(struct app *app, struct finding *finding)
{
	struct fault fault = {0};
	enum rc rc = store_keys_look(app->store, &fault);

	if (!rc) {
		buf_text(found(finding, HEALTH_GOOD), _("是本站的，另存一份才丢不了"));
		return;
	}
	buf_text(found(finding, HEALTH_BAD), fault.text);
	if (rc == RC_NEWER)
		buf_fmt(&finding->mend, "cp -a …/keys '%s/' | outpost init --new-keys", app->home);
	else
		buf_fmt(&finding->mend, "chmod -R u+rwX '%s'", app->home);
}

void doctor_rules(struct app *app, struct finding *finding)
{
	struct fault fault = {0};

	if (rules_follow(app->store, &fault)) {
		buf_text(found(finding, HEALTH_BAD), fault.text);
		buf_text(&finding->mend, "outpost check");
	} else if (*rules_complaints()) {
		buf_text(found(finding, HEALTH_BAD), rules_complaints());
		buf_text(&finding->mend, "outpost rules check FILE");
	} else {
		buf_text(found(finding, HEALTH_GOOD), _("每一行都读懂了"));
	}
}

void doctor_people(struct app *app, struct finding *finding)
{
	if (store_has_users(app->store)) {
		buf_text(found(finding, HEALTH_GOOD), _("有登记的用户"));
		return;
	}
	buf_text(found(finding, HEALTH_LOOK), _("没有登记用户：谁写的都记在站点名下"));
	buf_text(&finding->mend, "outpost user add NAME");
}

void doctor_clock(struct app *app, struct finding *finding)
{
	int64_t now = when_now(), ahead = store_now(app->store) - now;
	char time[WHEN_TEXT], span[WHEN_TEXT];

	when_show(store_now(app->store), time);
	if (now < CLOCK_UNSET) {
		buf_fmt(found(finding, HEALTH_BAD), _("系统时钟没有设过：%s"), time);
		buf_text(&finding->mend, "date -s 'YYYY-MM-DD hh:mm'; hwclock -w");
	} else if (llabs((long long)ahead) > CLOCK_LOOK) {
		when_span(llabs((long long)ahead), span);
		buf_fmt(found(finding, HEALTH_LOOK),
			ahead > 0 ? _("系统时钟慢了%s，本站按上级的走：%s")
				  : _("系统时钟快了%s，本站按上级的走：%s"),
			span, time);
		buf_text(&finding->mend, "timedatectl set-ntp true");
	} else {
		buf_text(found(finding, HEALTH_GOOD), time);
	}
}

void doctor_grant(struct app *app, struct finding *finding)
{
	struct site own;
	struct fault fault;
	char date[WHEN_TEXT];
	int64_t now = store_now(app->store);

	if (twin_gone_on(app->store, &fault)) {
		buf_text(found(finding, HEALTH_BAD), trouble_what(TROUBLE_TWIN));
		buf_text(&finding->mend, trouble_advice(TROUBLE_TWIN));
	} else if (!log_site(store_log(app->store), store_station(app->store)->site, &own)) {
		buf_text(found(finding, HEALTH_GOOD), _("没有上级"));
	} else if (own.ended || own.revoked) {
		buf_text(found(finding, HEALTH_BAD), _("上级不再认本站"));
		buf_text(&finding->mend, "outpost join TOKEN");
	} else if (!own.until) {
		buf_text(found(finding, HEALTH_GOOD), _("不到期"));
	} else {
		bool soon = own.until - now < GRANT_LOOK * DAY_SECONDS;

		when_show(own.until, date);
		buf_fmt(found(finding, grant_over(own.until, now) ? HEALTH_BAD
				       : soon                     ? HEALTH_LOOK
								  : HEALTH_GOOD),
			_("到 %s"), date);
		if (soon)
			buf_text(
				&finding->mend, _("outpost sync；没有延长，上级再 outpost invite"));
	}
}

/* Every way that did not work the last time, with what to do about it. */
void doctor_ways(struct app *app, struct finding *finding)
{
	struct route way;
	struct peer peer;
	struct fault fault;
	char url[ROUTE_URL];
	unsigned count = 0, failed = 0;
	struct buf terms = {0};

	if (peer_load(app->store, &peer, &fault)) {
		buf_text(found(finding, HEALTH_GOOD), _("没有上级"));
		return;
	}
	for (; route_at(app->store, count, url); count++) {
		route_load(app->store, url, &way);
		if (way_terms_of(url)) {
			buf_fmt(&terms, "\n%s ", url);
			way_terms_say(url, &way, store_now(app->store), &terms);
			if (way_broken(app->store, url))
				buf_text(&terms, _(" 试机没过：最后才走"));
		}
		if (!way.failed)
			continue;
		buf_fmt(&finding->text, _("%s%s 连续%u次不通：%s"), failed++ ? "\n" : "", url,
			way.failed, trouble_what(way.why));
		buf_fmt(&finding->mend, "%s%s", finding->mend.len ? "\n" : "",
			trouble_advice(way.why));
	}
	finding->health = !count || failed == count ? HEALTH_BAD
			  : failed                  ? HEALTH_LOOK
						    : HEALTH_GOOD;
	if (!count) {
		buf_text(&finding->text, _("没有到上级的线路"));
		buf_text(&finding->mend, "outpost up URL");
	} else if (!failed) {
		buf_fmt(&finding->text, _("%u 条，没有不通的记录"), count);
	}
	buf_put(&finding->text, terms.at, terms.len);
	buf_release(&terms);
}

void doctor_waiting(struct app *app, struct finding *finding)
{
	struct lane_waiting waiting[LANES];
	struct fault fault;
	struct peer peer;
	unsigned facts = 0;
	int64_t since = 0;

	if (peer_load(app->store, &peer, &fault)) {
		buf_text(found(finding, HEALTH_GOOD), _("没有上级"));
		return;
	}
	if (peer_waiting(app->store, &peer, waiting, &fault)) {
		buf_text(found(finding, HEALTH_BAD), fault.text);
		buf_text(&finding->mend, "outpost check");
		return;
	}
	for (unsigned lane = 0; lane < LANES; lane++)
		facts += waiting[lane].facts;
	(void)trouble_now(app->store, LANE_ALARM, &since);
	bool late = waiting[LANE_ALARM].facts && since &&
		    store_now(app->store) - since > late_limit(LANE_ALARM);
	buf_fmt(found(finding, late ? HEALTH_BAD : HEALTH_GOOD), _("等送 %u 条，其中紧急 %u 条"),
		facts, waiting[LANE_ALARM].facts);
	if (late)
		buf_text(&finding->mend, "outpost sync --once");
}

void doctor_refused(struct app *app, struct finding *finding)
{
	unsigned refused = store_refused(app->store), returned = returned_count(app->store);

	if (!refused && !returned) {
		buf_text(found(finding, HEALTH_GOOD), _("没有被上级退回的"));
		return;
	}
	buf_fmt(found(finding, HEALTH_LOOK), _("上级没有收的 %u 条，退给本站的 %u 条"), refused,
		returned);
	buf_text(&finding->mend, returned ? "outpost site returned" : _("按 S 看原因"));
}
