/* SPDX-License-Identifier: GPL-3.0-or-later
 * What home costs a township with 100,000 open hazards (BENCH_RECORDS): the first look reads and
 * judges all of them, the next ones only what has changed since, and so do programs that start.
 */
#include <stdlib.h>

#include "gauge.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "work/agenda.h"

enum { LOOKS = 20, MINUTE = 60, LEAST = 5, START = 8 };

static void look(struct store *store, struct needs *needs)
{
	const struct actor actor = {store, NULL, NULL};
	struct fault fault;

	gauge_good(needs_load(needs, &actor, &fault), &fault);
	needs_group(needs);
}

/* Mean of LOOKS, each a minute later, with CHANGED records more. */
static double looks(struct store *store, struct needs *needs, unsigned *from, unsigned changed)
{
	double sum = 0;

	for (unsigned n = 0; n < LOOKS; n++) {
		when_skip(MINUTE);
		gauge_fill(store, *from, *from + changed, false);
		*from += changed;
		struct gauge start = gauge_start();
		look(store, needs);
		sum += gauge_since(start).cpu_ms;
	}
	return sum / LOOKS;
}

/* Of a program that starts when CHANGED records have come since the one before it. */
static double starts(struct store *store, unsigned *from, unsigned changed)
{
	double sum = 0;

	for (unsigned n = 0; n < LOOKS; n++) {
		struct needs needs = {0};

		when_skip(1);
		gauge_fill(store, *from, *from + changed, false);
		*from += changed;
		struct gauge start = gauge_start();
		look(store, &needs);
		sum += gauge_since(start).cpu_ms;
		needs_release(&needs);
	}
	return sum / LOOKS;
}

int main(void)
{
	unsigned records = gauge_size("BENCH_RECORDS", 100000);
	char home[GAUGE_HOME];
	struct needs needs = {0};

	crypt_start();
	struct store *store = gauge_station(home, "BX", GAUGE_TOWN);
	gauge_fill(store, 0, records, false);
	struct gauge start = gauge_start();
	look(store, &needs);
	double first = gauge_since(start).cpu_ms;
	gauge_line("the first look ever", first, "ms", "of the processor; %u records stand on home",
		needs.bands[BAND_NOW] + needs.bands[BAND_TODAY] + needs.bands[BAND_LATER] +
			needs.bands[BAND_WATCH]);
	double again = starts(store, &records, 0), after = starts(store, &records, 10);
	gauge_line("the first look of another program", again, "ms",
		"of the processor; the first one ever costs %.0f times as much", first / again);
	gauge_line("the same after ten records more each", after, "ms",
		"of the processor; the first one ever costs %.0f times as much", first / after);
	double still = looks(store, &needs, &records, 0),
	       moved = looks(store, &needs, &records, 10);
	gauge_line("a minute later, nothing has changed", still, "ms",
		"of the processor; the first look costs %.0f times as much", first / still);
	gauge_line("a minute later, ten records more", moved, "ms",
		"of the processor; the first look costs %.0f times as much", first / moved);
	struct needs_loud loud;
	struct fault fault;
	gauge_good(needs_loudest(store, &loud, &fault), &fault);
	when_skip(MINUTE);
	start = gauge_start();
	gauge_good(needs_loudest(store, &loud, &fault), &fault);
	double rings = gauge_since(start).cpu_ms;
	gauge_line("what rings, a minute later", rings, "ms",
		"of the processor; each screen asks that when the store or the minute moves");
	when_skip(DAY_SECONDS);
	start = gauge_start();
	look(store, &needs);
	gauge_line("a day later, every limit has run out", gauge_since(start).cpu_ms, "ms",
		"of the processor; all of them are judged again");
	if (records >= 100000 && (first < LEAST * still || first < LEAST * moved))
		die("a look costs more than 1/%u of the first one", LEAST);
	if (records >= 100000 && (first < START * again || first < START * after))
		die("a start costs more than 1/%u of the first look", START);
	needs_release(&needs);
	store_close(store);
	gauge_remove(home);
	return 0;
}
