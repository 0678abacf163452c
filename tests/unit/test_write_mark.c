/* SPDX-License-Identifier: GPL-3.0-or-later
 * A database that is put back without a word: the note beside the keys tells it, and its site ends
 * before a number is written twice.
 */
#include "store_help.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"

struct bench {
	char home[HELP_HOME], note[HELP_HOME + 32], base[HELP_HOME + 32], kept[HELP_HOME + 32];
	struct store *store;
	uint64_t site;
	struct ref first;
};

/* One fact is in the copy that is kept. */
static int begin(void **state)
{
	struct bench *bench = calloc(1, sizeof *bench);
	struct fault fault;

	help_home(bench->home);
	snprintf(bench->note, sizeof bench->note, "%s/keys/written", bench->home);
	snprintf(bench->base, sizeof bench->base, "%s/station.db", bench->home);
	snprintf(bench->kept, sizeof bench->kept, "%s/kept.db", bench->home);
	bench->store = help_station(bench->home, VILLAGE, "WZ");
	bench->site = store_station(bench->store)->site;
	bench->first = help_add(bench->store, "supply", "name=a");
	assert_int_equal(store_backup(bench->store, bench->kept, &fault), RC_OK);
	*state = bench;
	return 0;
}

static int end(void **state)
{
	struct bench *bench = *state;

	store_close(bench->store);
	help_remove(bench->home);
	free(bench);
	return 0;
}

static void put_back(struct bench *bench)
{
	store_close(bench->store);
	assert_int_equal(rename(bench->kept, bench->base), 0);
	bench->store = help_open(bench->home);
}

static void an_old_copy_ends_the_site(void **state)
{
	struct bench *bench = *state;
	struct ref lost = help_add(bench->store, "supply", "name=b"), next;

	assert_true(lost.site == bench->site);
	put_back(bench);
	assert_int_not_equal(store_station(bench->store)->site, bench->site);
	assert_string_equal(help_field(bench->store, bench->first, "name"), "a");
	next = help_add(bench->store, "supply", "name=c");
	assert_true(next.site == store_station(bench->store)->site);
	assert_int_equal(log_author(store_log(bench->store), bench->site, LANE_BULK), 1);
	/* Once: what the new site writes is noted as its own. */
	uint64_t site = store_station(bench->store)->site;
	store_close(bench->store);
	bench->store = help_open(bench->home);
	assert_true(store_station(bench->store)->site == site);
}

static void a_copy_that_knows_all_goes_on(void **state)
{
	struct bench *bench = *state;

	put_back(bench);
	assert_true(store_station(bench->store)->site == bench->site);
}

/* Nothing that was undone is counted, and what another process wrote is. */
static void only_what_was_kept_counts(void **state)
{
	struct bench *bench = *state;
	struct fault fault;
	struct store *other;

	assert_int_equal(store_begin(bench->store, &fault), RC_OK);
	help_add(bench->store, "supply", "name=b");
	store_undo(bench->store);
	store_close(bench->store);
	bench->store = help_open(bench->home);
	assert_true(store_station(bench->store)->site == bench->site);
	other = help_open(bench->home);
	help_add(other, "supply", "name=b");
	store_close(other);
	help_add(bench->store, "supply", "name=c");
	store_close(bench->store);
	bench->store = help_open(bench->home);
	assert_true(store_station(bench->store)->site == bench->site);
	put_back(bench);
	assert_int_not_equal(store_station(bench->store)->site, bench->site);
}

static void a_note_that_is_strange_says_nothing(void **state)
{
	struct bench *bench = *state;
	char note[200];
	FILE *file;
	size_t len;

	help_add(bench->store, "supply", "name=b");
	file = fopen(bench->note, "r+b");
	assert_non_null(file);
	len = fread(note, 1, sizeof note, file);
	assert_true(len > 40 && len < sizeof note);
	note[20] ^= 1; /* one number more or less */
	rewind(file);
	assert_int_equal(fwrite(note, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
	put_back(bench);
	assert_true(store_station(bench->store)->site == bench->site);
	assert_int_equal(truncate(bench->note, 20), 0);
	store_close(bench->store);
	bench->store = help_open(bench->home);
	assert_true(store_station(bench->store)->site == bench->site);
	/* Where none can be written, people work all the same. */
	assert_int_equal(unlink(bench->note), 0);
	assert_int_equal(symlink("/nowhere/at/all", bench->note), 0);
	help_add(bench->store, "supply", "name=c");
	store_close(bench->store);
	bench->store = help_open(bench->home);
	assert_true(store_station(bench->store)->site == bench->site);
}

static void who_only_reads_ends_nothing(void **state)
{
	struct bench *bench = *state;
	struct fault fault;

	help_add(bench->store, "supply", "name=b");
	store_close(bench->store);
	assert_int_equal(rename(bench->kept, bench->base), 0);
	assert_int_equal(store_open(&bench->store, bench->home, STORE_READ, &fault), RC_OK);
	assert_true(store_station(bench->store)->site == bench->site);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_old_copy_ends_the_site, begin, end),
		cmocka_unit_test_setup_teardown(a_copy_that_knows_all_goes_on, begin, end),
		cmocka_unit_test_setup_teardown(only_what_was_kept_counts, begin, end),
		cmocka_unit_test_setup_teardown(a_note_that_is_strange_says_nothing, begin, end),
		cmocka_unit_test_setup_teardown(who_only_reads_ends_nothing, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
