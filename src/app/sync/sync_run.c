/* SPDX-License-Identifier: GPL-3.0-or-later
 * sync: the ways up in order, until one has carried everything.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "app/hook.h"
#include "app/options.h"
#include "app/out.h"
#include "app/sync_cmd.h"
#include "base/file.h"
#include "base/text.h"
#include "base/when.h"
#include "store/station.h"
#include "sync/keys.h"
#include "sync/take.h"

enum {
	SWAPS = 8,        /* between two looks at the budget */
	CUTS_MOST = 200,  /* of one try, each after at least one good swap */
	LOCK_TRIES = 300, /* of LOCK_MS each */
	LOCK_MS = 100,
};

/* One try of one way. */
struct trial {
	struct app *app;
	struct peer peer;
	struct route way;
	const char *url;
	struct sync_hold *hold;   /* NULL: the connection ends with the try */
	struct link_count before; /* bytes of an open connection that earlier runs have counted */
	struct sync_report *report;
	int64_t began; /* ms of the monotonic clock */
	struct fault fault;
};

/* Two that ask at once would confuse each other's numbers: nothing is lost by it, but sent twice.
 */
static int lock(const struct app *app, struct fault *fault)
{
	char path[600];
	snprintf(path, sizeof path, "%s/sync.lock", app->home);
	int fd = file_lock_open(path);
	if (fd < 0) {
		fault_errno(fault, errno, _("写不了"), path);
		return -1;
	}
	for (unsigned i = 0; i < LOCK_TRIES; i++) {
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			return fd;
		nanosleep(&(struct timespec){.tv_nsec = LOCK_MS * 1000000L}, NULL);
	}
	close(fd);
	fault_set(fault, RC_BUSY, _("另一个 outpost sync 正在同步：等它做完再试"));
	return -1;
}

static void count_since(const struct trial *trial, const struct link_ops *ops,
	const struct link *link, struct link_count *count)
{
	ops->count(link, count);
	count->sent -= trial->before.sent;
	count->received -= trial->before.received;
}

/* The lanes that may go on this call, after CARRIED bytes of it. */
static unsigned lanes_now(struct trial *trial, uint64_t carried)
{
	const struct way_terms *terms = way_terms_of(trial->url);
	unsigned lanes = sync_lanes(
		trial->url, &trial->way, store_now(trial->app->store), &trial->report->why);

	if (!terms || !terms->call || lanes == 1u << LANE_ALARM)
		return lanes;
	if (carried + PACE_LEAST < terms->call) {
		/* Its last frame is not to go beyond it. */
		if (trial->peer.pace.frame > terms->call - carried)
			trial->peer.pace.frame = (uint32_t)(terms->call - carried);
		return lanes;
	}
	trial->report->why = TROUBLE_CALL;
	return 1u << LANE_ALARM;
}

/* Swaps until nothing more, in portions so that a budget ends it in time. A link that was cut is
 * dialled again as long as each dialling carried something. */
static enum rc swap_all(struct trial *trial, const struct link_ops *ops, struct link *link)
{
	struct sync_result *result = &trial->report->result;
	uint64_t already = trial->way.spent;
	int64_t used = trial->way.used_ms;
	unsigned cuts = 0, lanes, most;
	const struct way_terms *terms = way_terms_of(trial->url);
	bool only_files = false;
	enum rc rc;
	for (;;) {
		unsigned rounds = result->rounds;
		struct link_count count = {0};
		enum line_files files = sync_files(trial->url, &trial->way, &trial->peer.pace);
		lanes = lanes_now(trial, trial->way.spent - already);
		trial->report->lanes_left = ~lanes & LANES_ALL;
		most = terms && terms->call && trial->report->why != TROUBLE_CALL ? 1 : SWAPS;
		rc = sync_round(trial->app->store, &trial->peer,
			&(struct sync_line){ops, link, lanes, most, files, only_files}, result,
			&trial->fault);
		count_since(trial, ops, link, &count);
		trial->way.spent = already + count.sent + count.received;
		trial->way.used_ms = used + socket_now() - trial->began;
		rounds = result->rounds - rounds;
		if (rc == RC_LINK && rounds > 1 && ++cuts < CUTS_MOST)
			continue;
		/* How fast a way is shows only now, the first time. */
		if (!rc && result->complete &&
			files < sync_files(trial->url, &trial->way, &trial->peer.pace)) {
			only_files = true;
			continue;
		}
		if (rc || rounds < most || result->complete ||
			(!result->more && !result->files_left))
			break;
	}
	trial->way.spent = already;
	trial->way.used_ms = used;
	return rc;
}

void sync_hold_end(struct sync_hold *hold, int64_t seconds)
{
	if (!hold->link || (seconds && socket_now() - hold->since < seconds * 1000))
		return;
	hold->ops->close(hold->link);
	hold->link = NULL;
}

/* Left open for the next run, unless a program hangs up the line that it runs on. */
static void let_go(struct trial *trial, const struct link_ops *ops, struct link *link, bool good)
{
	struct sync_hold *hold = trial->hold;
	if (!hold || !good || !option_number(OPTION_SYNC_HOLD) ||
		strcmp(option_text(OPTION_SYNC_AFTER), "none") != 0) {
		ops->close(link);
		return;
	}
	*hold = (struct sync_hold){.ops = ops, .link = link, .since = socket_now()};
	snprintf(hold->url, sizeof hold->url, "%s", trial->url);
}

/* The connection of the last run. Whoever does not hear us on it may have hung up meanwhile: that
 * is no failure of the way. True: there is nothing left to try. */
static bool swap_held(struct trial *trial, struct link_count *count, enum rc *rc)
{
	struct sync_hold held;
	struct peer peer = trial->peer;
	if (!trial->hold || !trial->hold->link)
		return false;
	if (strcmp(trial->hold->url, trial->url) != 0) {
		sync_hold_end(trial->hold, 0);
		return false;
	}
	held = *trial->hold;
	trial->hold->link = NULL;
	held.ops->count(held.link, &trial->before);
	*rc = swap_all(trial, held.ops, held.link);
	count_since(trial, held.ops, held.link, count);
	let_go(trial, held.ops, held.link, !*rc);
	memset(&trial->before, 0, sizeof trial->before);
	if (*rc != RC_LINK || trial->report->result.rounds > 1)
		return true;
	peer.unsure = true; /* it may have heard us all the same */
	peer.question = trial->peer.question;
	trial->peer = peer;
	return false;
}

static enum rc swap_way(struct trial *trial)
{
	const struct link_ops *ops;
	struct link *link;
	struct link_count count = {0}, more = {0};
	enum rc rc;
	if (!swap_held(trial, &count, &rc)) {
		sessions_forget();
		rc = sync_dial(trial->app, trial->url, &ops, &link, &trial->fault);
		if (!rc) {
			rc = swap_all(trial, ops, link);
			ops->count(link, &more);
			let_go(trial, ops, link, !rc);
		}
	}
	count.sent += more.sent;
	count.received += more.received;
	trial->report->result.sent_bytes += count.sent;
	trial->report->result.received_bytes += count.received;
	trial->way.pace = trial->peer.pace;
	if (rc == RC_LINK && !count.received)
		trial->way.pace.fails++;
	return rc;
}

static enum rc note_way(struct trial *trial, enum rc rc, uint64_t bytes)
{
	struct fault fault;
	route_tried(&trial->way, store_now(trial->app->store), bytes, rc ? &trial->fault : NULL);
	trial->way.used_ms += socket_now() - trial->began;
	enum rc noted = route_save(trial->app->store, trial->url, &trial->way, &fault);
	if (!rc && noted) {
		trial->fault = fault;
		rc = noted;
	}
	return rc;
}

/* Nothing to say outside the hours: not even "nothing". */
static bool worth_dialling(struct trial *trial)
{
	struct lane_waiting waiting[LANES];
	enum trouble why;
	(void)sync_lanes(trial->url, &trial->way, store_now(trial->app->store), &why);
	if (why != TROUBLE_HOURS && why != TROUBLE_BUDGET)
		return true;
	if (peer_waiting(trial->app->store, &trial->peer, waiting, &trial->fault))
		return false;
	if (waiting[LANE_ALARM].facts)
		return true;
	trouble_is(why, &trial->fault,
		fault_set(&trial->fault, RC_LINK, _("%s：%s"), trouble_what(why),
			trouble_advice(why)));
	return false;
}

/* Whoever is ended in the middle, again and again, before the first frame is through would begin
 * with the same large frame for ever. */
static void begin_smaller(struct trial *trial)
{
	struct route next = trial->way;
	struct fault fault;
	if (trial->way.pace.rate || trial->peer.pace.frame <= PACE_SLOW)
		return;
	next.pace.frame = trial->peer.pace.frame / 4;
	(void)!route_save(trial->app->store, trial->url, &next, &fault);
}

static enum rc try_way(
	struct app *app, const char *url, struct sync_hold *hold, struct sync_report *report)
{
	struct trial trial = {
		.app = app, .url = url, .hold = hold, .report = report, .began = socket_now()};
	uint64_t before = report->result.sent_bytes + report->result.received_bytes;
	enum rc rc = peer_load(app->store, &trial.peer, &trial.fault);
	report->why = TROUBLE_NONE;
	report->lanes_left = 0;
	snprintf(report->way, sizeof report->way, "%s", url);
	snprintf(
		report->result.via, sizeof report->result.via, "%.*s", (int)strcspn(url, ":"), url);
	if (!rc) {
		route_load(app->store, url, &trial.way);
		trial.peer.pace = trial.way.pace;
		if (!trial.way.pace.frame)
			trial.peer.pace.frame = option_is(OPTION_SYNC_SLOW) ? PACE_SLOW : PACE_FAST;
		if (!worth_dialling(&trial)) {
			rc = trial.fault.rc;
		} else if (!sync_hook(option_text(OPTION_SYNC_BEFORE), url, "")) {
			rc = trouble_is(TROUBLE_HOOK, &trial.fault,
				fault_set(&trial.fault, RC_LINK, _("拨号之前的程序失败了 \"%s\""),
					option_text(OPTION_SYNC_BEFORE)));
		} else {
			sync_tell_counts(app->store, &trial.peer, url, &trial.way);
			begin_smaller(&trial);
			rc = sync_is_folder(url) ? sync_folder(app, url, report, &trial.fault)
						 : swap_way(&trial);
			sync_hook(option_text(OPTION_SYNC_AFTER), url, rc ? "failed" : "done");
		}
		rc = note_way(&trial, rc,
			report->result.sent_bytes + report->result.received_bytes - before);
	}
	report->rc = rc;
	if (rc) {
		report->why = trouble_of(&trial.fault);
		report->lanes_left = report->why == TROUBLE_HOURS || report->why == TROUBLE_BUDGET
					     ? LANES_ALL & ~(1u << LANE_ALARM)
					     : LANES_ALL;
	}
	snprintf(report->error, sizeof report->error, "%s", rc ? trial.fault.text : "");
	return rc;
}

/* A refusal is told rather than that the next way was down: somebody has to do something. */
static void try_all(
	struct app *app, const char *via, struct sync_hold *hold, struct sync_report *report)
{
	char url[ROUTE_URL];
	struct sync_report refused = {0};
	bool any = via != NULL;
	if (via)
		try_way(app, via, hold, report);
	for (unsigned i = 0; !via && i < 2 * ROUTES_MOST; i++) {
		bool last = i >= ROUTES_MOST; /* whose telephone failed its trial */
		if (!route_at(app->store, i % ROUTES_MOST, url) ||
			way_broken(app->store, url) != last)
			continue;
		any = true;
		enum rc rc = try_way(app, url, hold, report);
		if (!rc || rc == RC_IO || rc == RC_FULL || rc == RC_NONE)
			return;
		if (rc == RC_DENIED && !refused.rc)
			refused = *report;
	}
	if (report->rc && refused.rc) {
		report->rc = refused.rc;
		report->why = refused.why;
		snprintf(report->error, sizeof report->error, "%s", refused.error);
	}
	if (any)
		return;
	report->rc = RC_LINK;
	snprintf(report->error, sizeof report->error, "%s",
		_("没有到上级的线路：请用 outpost up URL 设置"));
}

/* For what comes late: how this went, and what of it stayed behind. That this cannot be written
 * down stops nothing. */
static void note_trouble(struct app *app, const struct sync_report *report)
{
	struct fault fault;
	unsigned left = report->why ? report->lanes_left : 0;
	if (*report->way && left)
		(void)!trouble_note(app->store, report->why, left, &fault);
	if (*report->way && left != LANES_ALL && !report->rc)
		(void)!trouble_note(app->store, TROUBLE_NONE, LANES_ALL & ~left, &fault);
}

/* It worked for what might go; does anything wait for the hours or for tomorrow's budget? */
static bool waits_in(const struct sync_report *report, unsigned lanes)
{
	unsigned facts = 0;
	for (unsigned lane = 0; lane < LANES; lane++)
		facts += lanes & (1u << lane) ? report->result.waiting[lane].facts : 0;
	return facts > 0;
}

static void run_hook(const struct app *app, const struct sync_report *report)
{
	static const struct hook_words none = {"", "", "", false};
	const char *folder = option_text(OPTION_HOOKS);
	struct buf json = {0};

	if (!strcmp(folder, "none") || !hook_there(folder, "sync"))
		return;
	sync_report_json(report, &json);
	hook_run(app, folder, "sync", &none, buf_bytes(&json));
	buf_release(&json);
}

enum rc sync_run(
	struct app *app, const char *via, struct sync_hold *hold, struct sync_report *report)
{
	struct fault fault = {0};
	struct peer peer;
	int64_t start = when_now_ms(), since = store_now(app->store);
	memset(report, 0, sizeof *report);
	enum rc rc = peer_load(app->store, &peer, &fault);
	int fd = rc ? -1 : lock(app, &fault);
	if (fd < 0) {
		report->rc = fault.rc;
		snprintf(report->error, sizeof report->error, "%s", fault.text);
		return report->rc;
	}
	snprintf(report->result.peer, sizeof report->result.peer, "%s", peer.site.name);
	report->result.clock_offset_ms = peer.offset_ms;
	packing_choose(option_text(OPTION_WIRE_PACKING));
	/* A key that cannot be changed today stops nothing: it is tried again with the next sync.
	 */
	(void)!keyring_tend(app->store, option_number(OPTION_KEYS_DAYS), &fault);
	try_all(app, via, hold, report);
	note_trouble(app, report);
	if (peer_load(app->store, &report->peer, &fault) == RC_OK &&
		peer_waiting(app->store, &report->peer, report->result.waiting, &fault) != RC_OK &&
		!report->rc) {
		report->rc = fault.rc;
		snprintf(report->error, sizeof report->error, "%s", fault.text);
	}
	if (!report->rc && waits_in(report, report->lanes_left))
		snprintf(report->error, sizeof report->error, _("%s：%s"),
			trouble_what(report->why), trouble_advice(report->why));
	report->refused = store_refused(app->store);
	report->claims = sync_claims_since(app, since);
	report->returned = returned_count(app->store);
	snprintf(report->code, sizeof report->code, "%s", store_station(app->store)->code);
	if (store_past_new(app->store, &report->past))
		(void)!store_past_told(app->store, &fault);
	close(fd);
	report->result.ms = when_now_ms() - start;
	report->result.complete &= !report->rc;
	run_hook(app, report);
	return report->rc;
}

const char *sync_advice(const struct sync_report *report)
{
	const char *advice = trouble_advice(report->why);
	bool adds = report->rc && report->why != TROUBLE_OTHER && !strstr(report->error, advice);
	return adds ? advice : "";
}

static void put_pair(struct json_out *out, const char *key, uint64_t facts, uint64_t bytes)
{
	json_key(out, key);
	json_open(out, '{');
	json_key_num(out, "facts", (int64_t)facts);
	json_key_num(out, "bytes", (int64_t)bytes);
	json_close(out, '}');
}

void sync_report_json(const struct sync_report *report, struct buf *text)
{
	const struct sync_result *result = &report->result;
	struct json_out out;
	json_begin(&out, text);
	json_open(&out, '{');
	json_key_text(&out, "peer", *result->peer ? result->peer : NULL);
	json_key_text(&out, "via", *result->via ? result->via : NULL);
	json_key_num(&out, "rounds", result->rounds);
	json_key_bool(&out, "complete", result->complete);
	put_pair(&out, "sent", result->sent_facts, result->sent_bytes);
	put_pair(&out, "received", result->received_facts, result->received_bytes);
	json_key(&out, "waiting");
	json_open(&out, '{');
	for (unsigned lane = 0; lane < LANES; lane++)
		json_key_num(&out, lane_names[lane], result->waiting[lane].facts);
	json_close(&out, '}');
	json_key_num(&out, "refused", report->refused);
	json_key_num(&out, "unproven", report->claims);
	json_key_num(&out, "returned", report->returned);
	json_key(&out, "loading");
	sync_loading_json(&report->peer, &out);
	json_key_num(&out, "clock_offset_ms", result->clock_offset_ms);
	json_key_num(&out, "ms", result->ms);
	past_json(&report->past, report->code, &out);
	json_key_text(&out, "error", *report->error ? report->error : NULL);
	json_close(&out, '}');
}

void sync_report_text(const struct sync_report *report, struct buf *out)
{
	const struct sync_result *result = &report->result;
	unsigned left = 0;
	for (unsigned lane = 0; lane < LANES; lane++)
		left += result->waiting[lane].facts;
	text_fmt(out, _("\"%s\"：送出 %llu 条，收到 %llu 条，还等 %u 条（%llu 字节，%lld 毫秒）"),
		result->peer, (unsigned long long)result->sent_facts,
		(unsigned long long)result->received_facts, left,
		(unsigned long long)result->sent_bytes + (unsigned long long)result->received_bytes,
		(long long)result->ms);
	if (report->refused)
		buf_fmt(out, _("；上级拒收本站 %u 条：outpost list refusal 看原因"),
			report->refused);
	if (report->claims)
		buf_fmt(out, _("；有 %u 件事上级没有凭据，没有采信：outpost site claims"),
			report->claims);
	if (report->returned)
		buf_fmt(out, _("；下级退回 %u 条没有签名，等人决定：outpost site returned"),
			report->returned);
	sync_loading_text(&report->peer, out);
	if (report->past.at) {
		struct buf past = {0};
		past_text(&report->past, report->code, &past);
		buf_fmt(out, _("；%s"), buf_cstr(&past));
		buf_release(&past);
	}
}
