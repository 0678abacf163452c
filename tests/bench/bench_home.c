/* SPDX-License-Identifier: GPL-3.0-or-later
 * What home costs a township with 100,000 open hazards (BENCH_RECORDS): the first look reads and
 * judges all of them, the next ones only what has changed since, and so do programs that start.
 */
#include <stdlib.h>

#include "gauge.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "base/when.h"
#include "work/agenda.h"

/* SEEN: of what all costs, home is seen after less than a so many-eth: 20 ms where all takes 560.
 */
enum { LOOKS = 20, MINUTE = 60, LEAST = 5, START = 8, SEEN = 28 };

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

/* What a person waits for when nothing was judged before: the first slice, and each after it. */
static double in_slices(struct store *store, double whole)
{
	const struct actor actor = {store, NULL, NULL};
	struct needs needs = {.alone = true, .slice = NEEDS_SLICE};
	double first, most = 0, sum = 0;
	struct gauge start = gauge_start();

	look(store, &needs);
	first = gauge_since(start).cpu_ms;
	for (bool more = needs.counting; more;) {
		start = gauge_start();
		more = needs_go_on(&needs, &actor);
		double one = gauge_since(start).cpu_ms;
		sum += one;
		most = one > most ? one : most;
	}
	gauge_line("the first look ever, until home is seen", first, "ms",
		"of the processor; then slices of %.1f ms at most, %.0f ms in all, between which "
		"keys count; at once: %.0f ms",
		most, first + sum, whole);
	needs_release(&needs);
	return first;
}

static void add(struct store *store, unsigned kind, struct buf *body)
{
	struct op op = {.kind = kind, .area = store_area(store), .body = buf_bytes(body)};
	struct fault fault;

	gauge_good(store_write(store, &op, &fault), &fault);
	buf_clear(body);
}

/* Somebody else has the watch, another response is on. */
static void other_watch(struct store *store, struct needs *needs)
{
	struct gauge start;
	struct buf body = {0};

	put_num(&body, roster_date, watch_day(when_now()));
	put_text(&body, roster_officer, "王五");
	add(store, KIND_roster, &body);
	start = gauge_start();
	look(store, needs);
	gauge_line("another roster", gauge_since(start).cpu_ms, "ms",
		"of the processor; judged again is what had asked who is on watch");
	put_text(&body, response_event, "11B03");
	put_text(&body, response_level, "3");
	add(store, KIND_response, &body);
	buf_release(&body);
	start = gauge_start();
	look(store, needs);
	gauge_line("another response", gauge_since(start).cpu_ms, "ms",
		"of the processor; judged again is what had asked which one is on");
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
	double seen = in_slices(store, first);
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
	other_watch(store, &needs);
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
	if (records >= 100000 && first < SEEN * seen)
		die("home is seen after more than 1/%u of the first look", SEEN);
	needs_release(&needs);
	store_close(store);
	gauge_remove(home);
	return 0;
}
