/* SPDX-License-Identifier: GPL-3.0-or-later
 * sync --watch: as a service, or as the terminal's child. It wakes when somebody has written, looks
 * up now and then, and after failures waits longer and longer.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "app/day_copy.h"
#include "app/options.h"
#include "app/out.h"
#include "app/service.h"
#include "app/sync_cmd.h"
#include "base/file.h"
#include "base/progress.h"
#include "store/station.h"

enum {
	LOOK_MS = 500,  /* between two looks at the store */
	BACK_FIRST = 5, /* seconds to wait after the first failure, doubled at each */
	BACK_MOST = 900,
	ALARM_LEAST = 5, /* seconds between two tries, however urgent */
};

static volatile sig_atomic_t ending;

static void on_end(int number)
{
	(void)number;
	ending = 1;
}

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* A quarter more or less: forty villages whose township was down must not all come at once. */
static int64_t jitter(int64_t ms)
{
	uint16_t random;
	crypt_random(&random, sizeof random);
	return ms * 3 / 4 + ms / 2 * random / 65535;
}

static int64_t back_off(unsigned failed)
{
	int64_t seconds = BACK_FIRST;
	while (--failed && seconds < BACK_MOST)
		seconds *= 2;
	return (seconds < BACK_MOST ? seconds : BACK_MOST) * 1000;
}

/* What waits now: is there anything, and is there an alarm among it? */
static bool waits(struct app *app, bool *alarm)
{
	struct lane_waiting waiting[LANES];
	struct fault fault;
	struct peer peer;
	bool any = false;
	*alarm = false;
	if (peer_load(app->store, &peer, &fault) ||
		peer_waiting(app->store, &peer, waiting, &fault))
		return false;
	for (unsigned lane = 0; lane < LANES; lane++)
		any |= waiting[lane].facts > 0;
	*alarm = waiting[LANE_ALARM].facts > 0;
	return any;
}

static void copy_day(struct app *app, struct day_copy *copy)
{
	char path[600];
	if (day_copy_tend(copy, app))
		return;
	snprintf(path, sizeof path, "%s/sync.log", app->home);
	log_line(path, "%s", _("今天的备份没有做成：outpost backup --day 会说原因"));
}

/* Until it is time again. FAILED: tries in a row; only an alarm, or a person who asks for it, cuts
 * their waiting short. */
static void rest(struct app *app, struct sync_hold *hold, struct day_copy *copy, unsigned failed)
{
	int64_t begin = now_ms(), hurried = routes_hurried(app->store);
	int64_t until =
		begin + jitter(failed ? back_off(failed) : option_number(OPTION_SYNC_EVERY) * 1000);
	bool alarm;
	while (!ending && now_ms() < until) {
		nanosleep(&(struct timespec){.tv_nsec = LOOK_MS * 1000000L}, NULL);
		sync_hold_end(hold, option_number(OPTION_SYNC_HOLD));
		copy_day(app, copy);
		if (!store_moved(app->store))
			continue;
		if (routes_hurried(app->store) != hurried)
			return;
		if (!waits(app, &alarm))
			continue;
		if (!failed)
			return;
		if (alarm && now_ms() - begin >= ALARM_LEAST * 1000)
			return;
	}
}

static void tell(struct app *app, const struct sync_report *report, const char *before)
{
	struct buf text = {0};
	char path[600];
	if (report->rc)
		service_status("%s", report->error);
	else
		service_status(_("已与 %s 同步"), report->result.peer);
	bool moved = report->result.sent_facts || report->result.received_facts;
	if (!moved && !strcmp(report->error, before))
		return;
	sync_report_json(report, &text);
	snprintf(path, sizeof path, "%s/sync.log", app->home);
	log_line(path, "%s", buf_cstr(&text));
	if (!app->json) {
		buf_clear(&text);
		if (*sync_advice(report)) /* for the last line of a terminal; the log has it all */
			buf_fmt(&text, _("%s：%s"), trouble_what(report->why), sync_advice(report));
		else if (report->rc)
			buf_text(&text, report->error);
		else
			sync_report_text(report, &text);
	}
	sync_print(&text);
	out_done();
}

/* One watcher a station: a second one would only dial what the first has just carried. */
static bool only_one(const struct app *app)
{
	char path[600];
	snprintf(path, sizeof path, "%s/sync.watch", app->home);
	int fd = file_lock_open(path);
	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
		return true; /* held until we end */
	if (fd >= 0)
		close(fd);
	return false;
}

/* Refused is refused: dialling goes on, in case that it was a mistake up there, at the slowest. */
int sync_watch(struct app *app, const char *via)
{
	struct sigaction act = {.sa_handler = on_end};
	struct sync_report report;
	struct sync_hold hold = {0};
	struct day_copy copy = {0};
	char before[FAULT_TEXT] = "";
	unsigned failed = 0;
	if (!only_one(app)) {
		out_error(_("outpost: 本站已有一个 outpost sync --watch 在运行"));
		return EXIT_LINK;
	}
	sigaction(SIGTERM, &act, NULL);
	sigaction(SIGINT, &act, NULL);
	progress_watch(NULL); /* it tells of each round, and ^C is its own */
	service_tell("READY=1");
	while (!ending) {
		options_load(app->home, false);
		app_reopen(app);
		store_moved(app->store); /* what is written from here on may have to go next */
		enum rc rc = sync_run(app, via, &hold, &report);
		tell(app, &report, before);
		snprintf(before, sizeof before, "%s", report.error);
		failed = !rc ? 0 : rc == RC_DENIED ? 20 : failed + 1;
		if (!ending)
			rest(app, &hold, &copy, failed);
	}
	service_tell("STOPPING=1");
	sync_hold_end(&hold, 0);
	return EXIT_DONE;
}
