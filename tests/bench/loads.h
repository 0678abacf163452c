/* SPDX-License-Identifier: GPL-3.0-or-later
 * The measured loads of tests/data/wire as facts: hazards, steps, receipts, drills and registers.
 */
#ifndef BENCH_LOADS_H
#define BENCH_LOADS_H

#include "sync/wire.h"

struct load {
	struct arena arena;
	struct fact *facts;
	size_t count;
};

/* Reads FILE from line FROM on, COUNT lines at most (0 = all). ONE_SITE: everything written by one
 * station, as a township does; else every village writes for itself. False, with a line on stderr,
 * when it cannot be read. */
bool load_read(struct load *load, const char *file, size_t from, size_t count, bool one_site);
void load_release(struct load *load);
uint64_t load_site(uint64_t area); /* the site of a village in these loads */
/* What a village and its hub know of each other's frames: the site that warns is above both. */
struct body_ways load_ways(const struct load *load);
/* What a station asks its store: the stamp of a record that began before the load (body.h). */
uint64_t load_before(void *to, struct ref rec, uint64_t site, uint32_t seq);

#endif
