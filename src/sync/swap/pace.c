/* SPDX-License-Identifier: GPL-3.0-or-later
 * How much at once, and how long to wait. A frame aims at two seconds of what the link has shown;
 * after a cut it starts again smaller. Doubling carelessly cost 37 s on 2G and 165 kB on a cut line
 * of 2.4 kbit/s, growing with care 58 s and 105 kB: so it doubles only while nothing failed.
 */
#include "sync/swap.h"
#include "sync/swap/internal.h"
#include "sync/take/internal.h"

static uint32_t lesser(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static uint32_t greater(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

static void learn_failure(struct pace *pace, size_t bytes)
{
	/* What was not sent says nothing about what would have come through. */
	if (bytes >= PACE_LEAST)
		pace->frame = lesser(pace->frame, (uint32_t)bytes);
	/* The first may be chance; more of them say that frames are too long for it. */
	pace->frame /= pace->fails++ ? 4 : 2;
	pace->frame = greater(pace->frame, PACE_LEAST);
}

/* The time on the line is what the round trip does not explain. That was measured with a small
 * frame, which on a slow line is long under way too: so it never explains more than three quarters.
 */
static void learn_rate(struct pace *pace, size_t bytes, uint32_t ms)
{
	uint32_t line = ms > pace->trip_ms ? ms - pace->trip_ms : 0, rate;

	line = greater(greater(line, ms / 4), 1);
	rate = (uint32_t)(bytes * 1000 / line);
	/* After a failure it may be another line: what the old one did would choke it. */
	if (!pace->rate || (pace->fails && rate < pace->rate / 4))
		pace->rate = rate;
	pace->rate = pace->rate / 2 + rate / 2;
}

void pace_learn(struct pace *pace, size_t bytes, int ms)
{
	uint32_t aim;

	if (ms < 0) {
		learn_failure(pace, bytes);
		return;
	}
	if (bytes < 400 && (!pace->trip_ms || (uint32_t)ms < pace->trip_ms))
		pace->trip_ms = (uint32_t)ms + 1;
	if (bytes >= PACE_LEAST)
		learn_rate(pace, bytes, (uint32_t)ms);
	if (!pace->rate)
		return;
	aim = lesser(pace->rate, PACE_MOST / PACE_SECONDS) * PACE_SECONDS;
	if (pace->fails)
		aim = lesser(aim, pace->frame * 3 / 2);
	/* One frame says too little for a leap: at most twice what has just come through. */
	aim = lesser(aim, greater(pace->frame, (uint32_t)bytes * 2));
	if (pace->fails)
		pace->fails--;
	pace->frame = greater(aim, PACE_LEAST);
}

unsigned close_pace(const struct pace *pace)
{
	uint32_t rate = pace->rate ? pace->rate : pace->frame;

	return packing_pays(rate);
}

int pace_wait(const struct pace *pace, size_t bytes)
{
	uint64_t wait = (uint64_t)pace->trip_ms * 6;

	if (pace->rate)
		wait += (uint64_t)bytes * 2000 / pace->rate;
	else
		wait += bytes * 10; /* 100 bytes a second: slower than any line we know */
	return wait < PACE_WAIT ? PACE_WAIT : wait > 600000 ? 600000 : (int)wait;
}

bool pace_yields(const struct pace *pace, int64_t quiet_ms)
{
	enum {
		NARROW = 3750,
		PAUSE_MS = 1500
	}; /* 30 kbit/s; between two keys of who goes on typing */

	return pace->rate && pace->rate <= NARROW && quiet_ms < PAUSE_MS;
}
