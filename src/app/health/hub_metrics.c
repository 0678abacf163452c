/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a hub tells a monitoring system: what needs somebody, whom it has not heard, what waits,
 * what it refused, and the machine below it. Labels are bounded: kinds, lanes, colours, and at most
 * SITE_LINES stations by area and name.
 */
#include "app/hub_cmd.h"

#include <string.h>
#include <sys/stat.h>

#include "app/out.h"
#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/peer.h"
#include "store/station.h"
#include "sync/swap.h"
#include "sync/take.h"
#include "work/in_force.h"
#include "work/owing.h"
#include "work/watch.h"

enum { SITE_LINES = 512, CLAIM_LINES = 64 };

struct telling {
	const struct hub *hub;
	struct store *store;
	struct buf *out;
	int64_t now;
	unsigned lines, sites, revoked;
};

/* What could not be read is left out, and counted. */
static unsigned unread(enum rc rc)
{
	return rc != RC_OK;
}

/* ---- stations below */

static bool tell_site(const struct site *site, void *to)
{
	struct telling *telling = to;
	const struct station *own = store_station(telling->store);
	char area[16];

	if (!site->area || site->site == own->site ||
		!log_within(store_log(telling->store), site->area, own->area))
		return true;
	telling->sites++;
	telling->revoked += site->revoked;
	if (telling->lines++ >= SITE_LINES)
		return true;
	area_short(site->area, area);
	metric_sample(telling->out, "site_heard_seconds",
		(const char *const[]){"site", site_hex(site->site, (char[SITE_HEX]){""}), "area",
			area, "name", site->name, NULL},
		hub_heard(telling->store, site->site));
	return true;
}

/* Of FLOODS_MOST sites at most: a county has hundreds, and anybody may be one of them. */
static bool tell_flood(const struct flood *flood, void *to)
{
	struct telling *telling = to;

	metric_sample(telling->out, "site_dropped_total",
		(const char *const[]){"site", site_hex(flood->site, (char[SITE_HEX]){""}), NULL},
		(int64_t)flood->total);
	return true;
}

static bool tell_kept(const struct refusals *refusals, void *to)
{
	struct telling *telling = to;
	struct site site;
	char area[16] = "";

	if (!log_site(store_log(telling->store), refusals->site, &site))
		site = (struct site){.site = refusals->site};
	if (site.area)
		area_short(site.area, area);
	metric_sample(telling->out, "site_refused",
		(const char *const[]){"site", site_hex(refusals->site, (char[SITE_HEX]){""}),
			"area", area, "name", site.name, NULL},
		(int64_t)refusals->kept);
	return true;
}

static bool tell_claim(const struct claim *claim, void *to)
{
	struct telling *telling = to;

	if (claim->what <= CLAIM_NONE || claim->what >= CLAIMS)
		return true;
	metric_sample(telling->out, "unproven_claims_total",
		(const char *const[]){"site", site_hex(claim->site, (char[SITE_HEX]){""}), "what",
			claim_names[claim->what], NULL},
		(int64_t)claim->count);
	return ++telling->lines < CLAIM_LINES;
}

static unsigned tell_sites(struct telling *telling, struct fault *fault)
{
	struct buf *out = telling->out;
	struct arena arena = {0};
	struct watch_silent silent = {0};
	unsigned failed;

	metric_family(out, "site_heard_seconds", METRIC_GAUGE,
		"Unix time of the last question of a station; 0 is never.");
	failed = unread(log_sites(store_log(telling->store), tell_site, telling, fault));
	metric_one(out, "sites", METRIC_GAUGE, "Stations below.", telling->sites);
	metric_one(out, "sites_revoked", METRIC_GAUGE, "Stations below that were revoked.",
		telling->revoked);
	failed += unread(watch_silent_load(&silent, telling->store, telling->now, &arena, fault));
	metric_one(out, "sites_silent", METRIC_GAUGE,
		"Stations right below that were not heard for 15 minutes.", silent.count);
	metric_one(out, "sites_silent_longest_seconds", METRIC_GAUGE,
		"The longest of these silences, of stations that were ever heard.", silent.longest);
	arena_release(&arena);
	return failed;
}

static unsigned tell_refused(struct telling *telling, struct fault *fault)
{
	struct buf *out = telling->out;
	unsigned failed;

	metric_family(out, "site_refused", METRIC_GAUGE,
		"Facts of a station that are refused and kept; at most 20 stations.");
	failed = unread(refusals_each(telling->store, tell_kept, telling, fault));
	metric_one(out, "refused", METRIC_GAUGE, "The same, of all stations.",
		(int64_t)refusals_total(telling->store));
	metric_family(out, "site_dropped_total", METRIC_COUNTER,
		"Refused facts of a station beyond what is kept.");
	failed += unread(flood_each(telling->store, tell_flood, telling, fault));
	metric_one(out, "dropped_total", METRIC_COUNTER, "The same, of all stations.",
		(int64_t)flood_total(telling->store));
	metric_family(out, "unproven_claims_total", METRIC_COUNTER,
		"What others said of this station without evidence.");
	telling->lines = 0;
	failed += unread(claims_each(telling->store, 0, tell_claim, telling, fault));
	metric_one(out, "returned_waiting", METRIC_GAUGE,
		"Facts given back by others that wait for a decision here.",
		(int64_t)returned_count(telling->store));
	return failed;
}

/* ---- what needs somebody */

struct colour_sum {
	int64_t in_force, owed, late, oldest;
};

static enum rc add_warning(struct telling *telling, struct world *world, struct ref ref,
	struct colour_sum sums[COLOURS], struct fault *fault)
{
	const struct rule *ask;
	struct arena arena = {0};
	struct owing owing = {0};
	struct row row = {0};
	enum rc rc = store_row(telling->store, ref, &arena, &row, fault);
	unsigned colour = rc ? COLOURS : row_colour(&row);

	if (colour < COLOURS) {
		sums[colour].in_force++;
		ask = owing_ask(world, &row);
		if (ask)
			rc = owing_load(&owing, world, ask, &row, &arena, fault);
		sums[colour].owed += owing.count - owing.answered;
		for (unsigned n = 0; n < owing.count; n++)
			sums[colour].late += !owing.places[n].answered && owing.places[n].late;
		if (owing.count > owing.answered && telling->now - owing.from > sums[colour].oldest)
			sums[colour].oldest = telling->now - owing.from;
	}
	arena_release(&arena);
	return rc;
}

static unsigned tell_warnings(struct telling *telling, struct fault *fault)
{
	static const char *const names[COLOURS] = {"red", "orange", "yellow", "blue"};
	static const struct {
		const char *name, *help;
		size_t at;
	} families[] = {
		{"warnings_in_force", "Warnings in force for this place.",
			offsetof(struct colour_sum, in_force)},
		{"warnings_unsigned", "Places below that have not signed one.",
			offsetof(struct colour_sum, owed)},
		{"warnings_unsigned_late", "Those of them that are past the limit.",
			offsetof(struct colour_sum, late)},
		{"warnings_unsigned_oldest_seconds", "The age of the oldest that is not signed.",
			offsetof(struct colour_sum, oldest)},
	};
	struct colour_sum sums[COLOURS] = {{0}};
	struct in_force in_force;
	struct world world;
	unsigned failed;

	world_open(&world, telling->store, NULL, telling->now);
	failed = unread(in_force_load(&in_force, &world, fault));
	for (unsigned n = 0; n < in_force.count; n++)
		failed += unread(add_warning(telling, &world, in_force.at[n], sums, fault));
	for (size_t n = 0; n < countof(families); n++) {
		metric_family(telling->out, families[n].name, METRIC_GAUGE, families[n].help);
		for (unsigned colour = 0; colour < COLOURS; colour++)
			metric_sample(telling->out, families[n].name,
				(const char *const[]){"severity", names[colour], NULL},
				*(const int64_t *)((const char *)&sums[colour] + families[n].at));
	}
	return failed;
}

static int64_t overdue_of(const struct needs *needs, const struct kind *kind)
{
	int64_t count = 0;

	for (unsigned n = 0; n < needs->count; n++)
		count += needs->items[n].need == NEED_OVERDUE && needs->items[n].kind == kind;
	return count;
}

static unsigned tell_needs(struct telling *telling, struct needs *needs, struct fault *fault)
{
	const struct actor actor = {telling->store, NULL, NULL};
	unsigned failed = unread(needs_load(needs, &actor, fault));

	metric_family(telling->out, "overdue", METRIC_GAUGE,
		"Records past a limit of the rules, by kind.");
	for (unsigned n = 0; n < kinds_count; n++) {
		int64_t count = overdue_of(needs, &kinds[n]);

		if (count)
			metric_sample(telling->out, "overdue",
				(const char *const[]){"kind", kinds[n].name, NULL}, count);
	}
	metric_family(telling->out, "needs", METRIC_GAUGE,
		"Records that need somebody, by the band of home.");
	for (unsigned band = 0; band < BANDS; band++)
		metric_sample(telling->out, "needs",
			(const char *const[]){"band", band_names[band], NULL}, needs->bands[band]);
	return failed;
}

/* ---- the way up */

static bool take_first(const struct fact *fact, void *to)
{
	struct op op;

	if (op_take(fact->raw, &op))
		*(int64_t *)to = stamp_seconds(op.stamp);
	return false;
}

static bool take_late(const struct late *late, void *to)
{
	((int64_t *)to)[late->lane]++;
	return true;
}

static void tell_lanes(
	struct telling *telling, const char *name, const char *help, const int64_t numbers[LANES])
{
	metric_family(telling->out, name, METRIC_GAUGE, help);
	for (unsigned lane = 0; lane < LANES; lane++)
		metric_sample(telling->out, name,
			(const char *const[]){"lane", lane_names[lane], NULL}, numbers[lane]);
}

static unsigned tell_queue(struct telling *telling, struct fault *fault)
{
	struct lane_waiting waiting[LANES] = {{0}};
	int64_t facts[LANES] = {0}, oldest[LANES] = {0}, late[LANES] = {0}, sum = 0;
	struct peer peer;
	enum rc rc = peer_load(telling->store, &peer, fault);

	if (!rc)
		rc = peer_waiting(telling->store, &peer, waiting, fault);
	for (unsigned lane = 0; lane < LANES && !rc; lane++) {
		int64_t since = telling->now;

		facts[lane] = waiting[lane].facts;
		sum += facts[lane];
		if (facts[lane])
			rc = peer_each_waiting(
				telling->store, &peer, lane, take_first, &since, fault);
		oldest[lane] = telling->now > since ? telling->now - since : 0;
	}
	if (!rc)
		rc = late_each(telling->store, telling->now - DAY_SECONDS, LANES * LATE_KEPT,
			take_late, late, fault);
	metric_one(telling->out, "queue_up", METRIC_GAUGE, "Facts that wait to go up.", sum);
	tell_lanes(telling, "queue_facts", "Facts that wait to go up, by lane.", facts);
	tell_lanes(telling, "queue_oldest_seconds", "The age of the first of them.", oldest);
	tell_lanes(telling, "late_facts",
		"Facts of the last day that were proven above only after the limit.", late);
	return rc == RC_NONE ? 0 : unread(rc); /* RC_NONE: nobody is above */
}

/* ---- this program, and the machine */

static void tell_machine(const struct telling *telling)
{
	struct buf *out = telling->out;
	char backup[512];
	struct stat there;

	metric_family(out, "build_info", METRIC_GAUGE, "1, with the version of the program.");
	metric_sample(
		out, "build_info", (const char *const[]){"version", OUTPOST_VERSION, NULL}, 1);
	metric_one(out, "facts", METRIC_GAUGE, "Facts in the store.",
		(int64_t)log_last(store_log(telling->store)));
	metric_one(out, "disk_free_bytes", METRIC_GAUGE, "Free where the store lies.",
		(int64_t)disk_free(telling->hub->app->home));
	if (backup_latest(telling->hub->app->home, backup) && stat(backup, &there) == 0)
		metric_one(out, "backup_age_seconds", METRIC_GAUGE,
			"The age of the latest copy of a day; missing where there is none.",
			(int64_t)(when_now() - there.st_mtime));
}

static void tell_work(const struct telling *telling)
{
	const struct hub *hub = telling->hub;
	struct buf *out = telling->out;

	metric_one(out, "asked_total", METRIC_COUNTER, "Questions since it began.",
		(int64_t)hub->asked);
	metric_one(out, "answered_total", METRIC_COUNTER, "Those that were answered.",
		(int64_t)hub->answered);
	metric_one(out, "errors_total", METRIC_COUNTER, "Commits that the store failed.",
		(int64_t)hub->failures);
	metric_histogram(
		out, "commit_seconds", "How long commits of questions took.", &hub->commits);
}

void hub_metrics(void *to, struct buf *text)
{
	struct hub *hub = to;
	struct telling telling = {.hub = hub, .store = hub->app->store, .out = text};
	struct fault fault;
	unsigned failed;

	app_reopen(hub->app);
	telling.store = hub->app->store;
	telling.now = store_now(telling.store);
	tell_machine(&telling);
	tell_work(&telling);
	failed = tell_needs(&telling, &hub->needs, &fault);
	failed += tell_warnings(&telling, &fault);
	failed += tell_sites(&telling, &fault);
	failed += tell_queue(&telling, &fault);
	failed += tell_refused(&telling, &fault);
	metric_one(text, "unread", METRIC_GAUGE,
		"Parts of this page that the store could not tell.", failed);
}
