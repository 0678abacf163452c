/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a station may spend on a way: bytes a day, hours, the counts that go where records do not
 * get through, and the programs that dial a modem or hang it up.
 */
#include <string.h>
#include <unistd.h>

#include "app/child.h"
#include "app/options.h"
#include "app/sync_cmd.h"
#include "base/when.h"
#include "model/rules.h"
#include "store/files.h"
#include "work/digest.h"

enum { EVERY_LANE_MASK = (1 << LANES) - 1, ALARM_ONLY = 1 << LANE_ALARM, DAY_MINUTES = 24 * 60 };

static bool in_window(const struct way_terms *terms, int64_t now)
{
	int from, until, minute = (int)((now + WHEN_ZONE) % (DAY_MINUTES * 60) / 60);
	if (terms && !way_terms_open(terms, now))
		return false;
	if (!option_hours(option_text(OPTION_SYNC_WINDOW), &from, &until))
		return true;
	return from <= until ? minute >= from && minute < until : minute >= from || minute < until;
}

static bool used_up(const struct way_terms *terms, const struct route *way, int64_t now)
{
	int64_t budget = option_number(OPTION_SYNC_BUDGET);
	if (terms && way_terms_spent(terms, way, now))
		return true;
	return budget > 0 && way->day == date_of(now) && way->spent >= (uint64_t)budget;
}

unsigned sync_lanes(const char *url, const struct route *way, int64_t now, enum trouble *why)
{
	const struct way_terms *terms = way_terms_of(url);
	unsigned lanes = terms && terms->lanes ? terms->lanes : EVERY_LANE_MASK;
	*why = !in_window(terms, now)     ? TROUBLE_HOURS
	       : used_up(terms, way, now) ? TROUBLE_BUDGET
	       : lanes != EVERY_LANE_MASK ? TROUBLE_LANES
					  : TROUBLE_NONE;
	return *why == TROUBLE_HOURS || *why == TROUBLE_BUDGET ? ALARM_ONLY : lanes;
}

/* Photos go by themselves over a way that was measured to be fast and costs nothing; over another
 * one what somebody said yes to. */
enum line_files sync_files(const char *url, const struct route *way, const struct pace *pace)
{
	const struct way_terms *terms = way_terms_of(url);
	unsigned rate = pace->rate ? pace->rate : way->pace.rate;
	bool costs =
		terms && (terms->bytes || terms->minutes || terms->fen_mb || terms->fen_minute);

	if (terms && terms->lanes)
		return LINE_NO_FILES;
	return costs || !rate || rate < file_rate() ? LINE_FILES_ASKED : LINE_FILES;
}

/* Bytes that a call carries within limit digest.soon.minutes; a way that was never measured carries
 * all. */
static uint64_t carried_soon(const struct way_terms *terms, uint64_t rate)
{
	enum { MINUTE = 60 };
	uint64_t most =
		rate ? rate * (uint64_t)rules_limit("digest.soon.minutes", 2) * MINUTE : UINT64_MAX;

	if (terms && terms->call && terms->call < most)
		most = terms->call;
	if (terms && terms->minutes && rate && terms->minutes * MINUTE * rate < most)
		most = terms->minutes * MINUTE * rate;
	return most;
}

void sync_tell_counts(
	struct store *store, const struct peer *peer, const char *url, const struct route *way)
{
	enum { PACKED = 3 }; /* of canonical bytes about a third goes over the line */
	struct lane_waiting waiting[LANES];
	struct fault fault;
	enum trouble why;
	unsigned lanes = sync_lanes(url, way, store_now(store), &why);
	uint64_t left = carried_soon(way_terms_of(url), way->pace.rate);
	bool waits = false;

	if (!(lanes & 1u << LANE_REPORT) || peer_waiting(store, peer, waiting, &fault))
		return;
	for (unsigned lane = 0; lane < LANES; lane++) {
		uint64_t bytes = waiting[lane].bytes / PACKED;

		waits |= lane > LANE_REPORT && waiting[lane].facts &&
			 (!(lanes & 1u << lane) || bytes > left);
		left -= bytes < left ? bytes : left;
	}
	if (waits)
		(void)!digest_say(store, &fault);
}

bool sync_hook(const char *program, const char *url, const char *result)
{
	if (!strcmp(program, "none"))
		return true;
	pid_t child = fork();
	if (child < 0)
		return false;
	if (child == 0) {
		setpgid(0, 0);
		/* What it prints is for the log of whoever started us, not part of a JSON value. */
		dup2(STDERR_FILENO, STDOUT_FILENO);
		execl(program, program, url, *result ? result : (char *)NULL, (char *)NULL);
		_exit(127);
	}
	setpgid(child, child); /* whoever of both is first */
	return child_ends_well(child, option_number(OPTION_SYNC_HOOK) * 1000);
}
