/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a station may spend on a way: bytes a day, hours, and the programs that dial a modem or hang
 * it up.
 */
#include <string.h>
#include <unistd.h>

#include "app/child.h"
#include "app/options.h"
#include "app/sync_cmd.h"
#include "base/when.h"

enum { EVERY_LANE_MASK = (1 << LANES) - 1, ALARM_ONLY = 1 << LANE_ALARM, DAY_MINUTES = 24 * 60 };

static bool in_window(int64_t now)
{
	int from, until, minute = (int)((now + WHEN_ZONE) % (DAY_MINUTES * 60) / 60);
	if (!option_hours(option_text(OPTION_SYNC_WINDOW), &from, &until))
		return true;
	return from <= until ? minute >= from && minute < until : minute >= from || minute < until;
}

unsigned sync_lanes(const struct route *way, int64_t now, enum trouble *why)
{
	int64_t budget = option_number(OPTION_SYNC_BUDGET);
	*why = TROUBLE_NONE;
	if (!in_window(now))
		*why = TROUBLE_HOURS;
	else if (budget > 0 && way->day == date_of(now) && way->spent >= (uint64_t)budget)
		*why = TROUBLE_BUDGET;
	return *why ? ALARM_ONLY : EVERY_LANE_MASK;
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
