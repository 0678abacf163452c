/* SPDX-License-Identifier: GPL-3.0-or-later
 * The clock, the hybrid clock, and times as they are shown.
 */
#include "base/when.h"

#include <stdio.h>
#include <time.h>

#include "base/when_parts.h"

enum { MS = 1000 };

/* The clock's only state: how far it is from the one it runs on. */
static clockid_t source = CLOCK_REALTIME;
static int64_t ahead_ms;
static bool held, skipped;
/* Tests: the boot they say it is, and how long it is up. */
static uint64_t boot_held;
static int64_t up_held;

static int64_t source_ms(void)
{
	struct timespec now;
	if (held)
		return 0;
	clock_gettime(source, &now);
	return (int64_t)now.tv_sec * MS + now.tv_nsec / 1000000;
}

bool when_start(const char *start)
{
	int64_t at = 0;
	if (start && !when_take_rfc(start, &at))
		return false;
	/* A set clock must not jump when the system's is set. */
	source = start ? CLOCK_BOOTTIME : CLOCK_REALTIME;
	held = false;
	ahead_ms = start ? at * MS - source_ms() : 0;
	return true;
}

int64_t when_now_ms(void)
{
	return source_ms() + ahead_ms;
}

int64_t when_now(void)
{
	int64_t ms = when_now_ms();
	return ms >= 0 ? ms / MS : -((MS - 1 - ms) / MS);
}

void when_skip(int64_t seconds)
{
	ahead_ms += seconds * MS;
	skipped = true;
}

void when_show(int64_t at, char out[WHEN_TEXT])
{
	struct when_parts p;
	when_split(at, &p);
	snprintf(out, WHEN_TEXT, "%04d-%02d-%02d %02d:%02d", p.year, p.month, p.day, p.hour,
		p.minute);
}

void when_short(int64_t at, int64_t now, char out[WHEN_TEXT])
{
	struct when_parts p, today;
	when_split(at, &p);
	when_split(now, &today);
	if (p.year != today.year)
		snprintf(out, WHEN_TEXT, "%04d-%02d-%02d", p.year, p.month, p.day);
	else if (p.month != today.month || p.day != today.day)
		snprintf(out, WHEN_TEXT, "%02d-%02d %02d:%02d", p.month, p.day, p.hour, p.minute);
	else
		snprintf(out, WHEN_TEXT, "%02d:%02d", p.hour, p.minute);
}

void when_span(int64_t seconds, char out[WHEN_TEXT])
{
	enum { MINUTE = 60, HOUR = 3600 };
	long long days = seconds / DAY_SECONDS, hours = seconds % DAY_SECONDS / HOUR,
		  minutes = seconds % HOUR / MINUTE;

	if (days && hours)
		snprintf(out, WHEN_TEXT, _("%lld天%lld小时"), days, hours);
	else if (days)
		snprintf(out, WHEN_TEXT, _("%lld天"), days);
	else if (hours && minutes)
		snprintf(out, WHEN_TEXT, _("%lld小时%lld分"), hours, minutes);
	else if (hours)
		snprintf(out, WHEN_TEXT, _("%lld小时"), hours);
	else if (minutes)
		snprintf(out, WHEN_TEXT, _("%lld分"), minutes);
	else
		snprintf(out, WHEN_TEXT, _("%lld秒"), (long long)seconds);
}

void when_rfc(int64_t at, char out[WHEN_TEXT])
{
	struct when_parts p;
	when_split(at, &p);
	snprintf(out, WHEN_TEXT, "%04d-%02d-%02dT%02d:%02d:%02d+08:00", p.year, p.month, p.day,
		p.hour, p.minute, p.second);
}

bool when_is_set(void)
{
	return !boot_held && (held || skipped || source == CLOCK_BOOTTIME);
}

/* The kernel draws a number at every boot; without it no two readings are known to belong together.
 */
static uint64_t boot_number(void)
{
	static uint64_t boot;
	char text[64] = "";
	FILE *file = boot ? NULL : fopen("/proc/sys/kernel/random/boot_id", "r");

	if (!file)
		return boot;
	if (fgets(text, sizeof text, file))
		for (const char *at = text; *at && *at != '\n'; at++)
			boot = (boot * 31 + (unsigned char)*at) & INT64_MAX;
	fclose(file);
	return boot;
}

uint64_t when_boot(int64_t *up)
{
	struct timespec now = {0};
	uint64_t boot = held || boot_held ? boot_held : boot_number();

	*up = up_held;
	if (boot && !boot_held) {
		clock_gettime(CLOCK_BOOTTIME, &now);
		*up = (int64_t)now.tv_sec;
	}
	return boot;
}

void when_hold_boot(uint64_t boot, int64_t up)
{
	boot_held = boot;
	up_held = boot ? up : 0;
}

void when_hold(int64_t at)
{
	held = true;
	ahead_ms = at * MS;
}

uint64_t stamp_next(uint64_t last, int64_t now)
{
	uint64_t wall = now > 0 ? (uint64_t)now * STAMP_TICK : 0;
	return wall > last ? wall : last + 1;
}
