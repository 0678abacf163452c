/* SPDX-License-Identifier: GPL-3.0-or-later
 * One exchange over a real road, harmed at one byte after the other.
 */
#ifndef TESTS_CUT_H
#define TESTS_CUT_H

#include "proxy.h"
#include "sync/link.h"

struct cut_road {
	const struct link_ops *ops;
	const char *scheme; /* "http://127.0.0.1" or "ssh://user@127.0.0.1": a port is put behind */
	unsigned port;      /* of the hub, which echoes ("re:" before the question) */
	struct link_ways ways;
	int wait_ms; /* deadline of a swap that is harmed */
};

/* Bytes that one opening, swap and closing take, up and down. */
void cut_measure(const struct cut_road *road, struct link_count *count);
/* Harms at every STEP-th byte both ways. Each time: either the right answer came or RC_LINK or,
 * corrupted, any code or answer; it was said in time; the next swap of the same link is right.
 * Returns how many were not so, and says which; *runs = how many there were. */
unsigned cut_all(const struct cut_road *road, enum proxy_harm harm, long step, unsigned *runs);

#endif
