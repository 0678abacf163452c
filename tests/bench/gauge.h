/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the benches share: clocks, one way to print a line, a station to measure, sample records.
 */
#ifndef BENCH_GAUGE_H
#define BENCH_GAUGE_H

#include "base/when.h"
#include "store/rows/internal.h"

enum { GAUGE_HOME = 64, GAUGE_VILLAGES = 60, GAUGE_STEPS = 4 };
#define GAUGE_TOWN UINT64_C(410882103000)

/* Time gone by and processor time of this process: on a shared machine the second tells more. */
struct gauge {
	double wall_ms, cpu_ms;
};
struct gauge gauge_start(void);
struct gauge gauge_since(struct gauge start);

/* NAME, measured, unit, and what it is compared with. */
void gauge_line(const char *name, double value, const char *unit, const char *beside, ...)
	PRINTF(4, 5);
/* COUNT things a second, with what they would be on a processor of their own. */
void gauge_rate(
	const char *name, double count, struct gauge took, const char *unit, const char *beside);
void gauge_skip(const char *name, const char *why);            /* aloud */
unsigned gauge_size(const char *variable, unsigned otherwise); /* a number from the environment */

void gauge_good(enum rc rc, const struct fault *fault);
struct store *gauge_station(char home[GAUGE_HOME], const char *code, uint64_t area);
void gauge_remove(const char *home);
int64_t gauge_disk(const char *home, const char *name); /* bytes of a file there */

/* The fields of the Nth hazard; BODY is emptied first. */
void gauge_hazard(unsigned n, struct buf *body);
/* Writes hazards FROM to TO, each with GAUGE_STEPS facts when STEPS, in transactions of a few
 * thousand facts. */
void gauge_fill(struct store *store, unsigned from, unsigned to, bool steps);

#endif
