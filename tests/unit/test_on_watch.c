/* SPDX-License-Identifier: GPL-3.0-or-later
 * A county sends a blue warning to fourteen townships. In all of them somebody has read it; in five
 * not the one who has the watch. Those five have not signed, and are called by the roster of that
 * minute. Tests also: callees.c ask.c Covers: C04 W9.3
 * Covers: N2
 */
#include "work/owing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "model/shipped.h"
#include "store/identity.h"
#include "store_help.h"

enum { TOWNS = 14, UNAWARE = 5, MINUTE = 60 };

static const int64_t now = 1784000000;
static char home[HELP_HOME];
static struct store *county;
static uint64_t towns[TOWNS];
static struct ref warning;
static struct arena arena;

static void add_town(unsigned n, uint64_t area)
{
	char fields[160];

	towns[n] = area;
	snprintf(fields, sizeof fields,
		"date=%lld;officer=值班%02u;leader=领导%02u;phone=0391555%04u",
		(long long)watch_day(now), n, n, n);
	help_add_in(county, "roster", area, fields);
	snprintf(fields, sizeof fields, "date=%lld;officer=昨天%02u;phone=0391",
		(long long)watch_day(now - DAY_SECONDS), n);
	help_add_in(county, "roster", area, fields);
}

static int start(void **state)
{
	struct bytes name;
	uint64_t area = 0;
	unsigned n = 0;

	(void)state;
	when_hold(now);
	area_list_add(shipped_file("areas.tsv"));
	area_list_add(bytes_text("410882209000\t试验乡\n")); /* the county has thirteen */
	help_home(home);
	county = help_station(home, COUNTY, "QY");
	while (n < TOWNS && area_each(COUNTY, &area, &name))
		if (area_level(area) == LEVEL_TOWNSHIP)
			add_town(n++, area);
	assert_int_equal(n, TOWNS);
	warning = help_add(county, "warning", "event=11B03;severity=blue;areas=410882;proof=none");
	return 0;
}

static int stop(void **state)
{
	(void)state;
	arena_release(&arena);
	store_close(county);
	help_remove(home);
	area_lists_clear();
	return 0;
}

static void receive(unsigned town, const char *person, const char *watch)
{
	char fields[160], number[32];

	store_number(county, warning, number);
	snprintf(fields, sizeof fields, "warning=%s;person=%s;result=signed;watch=%s", number,
		person, watch);
	help_add_in(county, "receipt", towns[town], fields);
}

static struct owing load(void)
{
	struct owing owing;
	struct world world;
	struct fault fault;
	struct row row;

	world_open(&world, county, NULL, store_now(county));
	assert_int_equal(store_row(county, warning, &arena, &row, &fault), RC_OK);
	const struct rule *ask = owing_ask(&world, &row);
	assert_non_null(ask);
	assert_int_equal(owing_load(&owing, &world, ask, &row, &arena, &fault), RC_OK);
	return owing;
}

static const struct owing_place *place_of(const struct owing *owing, uint64_t area)
{
	for (unsigned n = 0; n < owing->count; n++)
		if (owing->places[n].area == area)
			return &owing->places[n];
	return NULL;
}

static void read_is_not_signed(void **state)
{
	char name[16];

	(void)state;
	struct owing before = load();
	when_skip(4 * MINUTE);
	for (unsigned n = 0; n < TOWNS; n++)
		receive(n, "领导", "leader");
	for (unsigned n = UNAWARE; n < TOWNS; n++)
		receive(n, "值班", n % 2 ? "officer" : "head");
	struct owing owing = load();
	assert_int_equal(owing.answered, TOWNS - UNAWARE);
	for (unsigned n = 0; n < UNAWARE; n++) {
		const struct owing_place *place = place_of(&owing, towns[n]);

		assert_false(place->answered);
		assert_true(place->read);
		/* He who has the watch today is called first, by the number of the watch. */
		snprintf(name, sizeof name, "值班%02u", n);
		assert_string_equal(owing_callee(place)->name, name);
		assert_string_equal(owing_callee(place)->title, "值班员");
		assert_int_equal(strncmp(owing_callee(place)->phone, "0391555", 7), 0);
	}
	assert_false(place_of(&owing, towns[UNAWARE])->read);
	assert_int_equal(before.count, owing.count);
}

/* One of an older program, or from a place without a roster, says nothing of the watch. */
static void without_a_word_of_the_watch_it_counts(void **state)
{
	char fields[120], number[32];

	(void)state;
	store_number(county, warning, number);
	snprintf(fields, sizeof fields, "warning=%s;person=某某;result=signed", number);
	help_add_in(county, "receipt", towns[0], fields);
	receive(1, "某某", "none");
	struct owing owing = load();
	assert_true(place_of(&owing, towns[0])->answered);
	assert_false(place_of(&owing, towns[1])->answered);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(read_is_not_signed, start, stop),
		cmocka_unit_test_setup_teardown(without_a_word_of_the_watch_it_counts, start, stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
