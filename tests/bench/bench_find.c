/* SPDX-License-Identifier: GPL-3.0-or-later
 * Finding in 100,000 records (BENCH_RECORDS): hanzi, pinyin and initials, beside LIKE over the rows
 * and grep over an export.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gauge.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/search.h"
#include "store/rows/internal.h"

enum { SHOWN = 20, TIMES = 5 };

struct exported {
	char path[200];
	bool there;
};

static bool count_row(const struct row *row, void *to)
{
	(void)row;
	++*(unsigned *)to;
	return true;
}

static double find_ms(struct store *store, const char *words, unsigned *rows)
{
	struct fault fault;
	struct gauge start = gauge_start();

	for (int i = 0; i < TIMES; i++) {
		*rows = 0;
		gauge_good(store_find(store, &(struct find_query){words, 0, SHOWN}, count_row, rows,
				   &fault),
			&fault);
	}
	return gauge_since(start).wall_ms / TIMES;
}

/* The newest that hold the word, as a program without an index would ask for them. */
static double like_ms(struct store *store, const char *word)
{
	struct fault fault;
	struct gauge start = gauge_start();

	for (int i = 0; i < TIMES; i++) {
		struct sql sql = sql_open(store->db,
			"SELECT * FROM row_hazard WHERE f_place LIKE '%'||?1||'%' OR f_text LIKE "
			"'%'||?1||'%' ORDER BY stamp DESC LIMIT 20");
		sql_text(&sql, word);
		gauge_good(sql_run(&sql, &fault), &fault);
	}
	return gauge_since(start).wall_ms / TIMES;
}

static double grep_ms(const struct exported *file, const char *word)
{
	char command[400];

	snprintf(
		command, sizeof command, "LC_ALL=C grep -c '%s' '%s' >/dev/null", word, file->path);
	struct gauge start = gauge_start();
	for (int i = 0; i < TIMES; i++)
		if (system(command) < 0)
			return 0;
	return gauge_since(start).wall_ms / TIMES;
}

static void export_all(const char *home, struct exported *file)
{
	const char *build = getenv("OUTPOST_BUILD");
	char command[700];

	snprintf(file->path, sizeof file->path, "%s/export.csv", home);
	snprintf(command, sizeof command,
		"'%s/outpost' --home '%s' export hazard --csv '%s' >/dev/null 2>&1",
		build ? build : "build", home, file->path);
	file->there = system(command) == 0;
	if (!file->there)
		gauge_skip("grep over an export", "outpost export did not work");
}

/* zh: bench data; what is only letters cannot be found by LIKE or grep at all */
static const struct {
	const char *what, *words;
	bool written;
} asked[] = {
	{"a word of two hanzi, many hits", "崩塌", true},
	{"one hanzi", "坝", true},
	{"a phrase, one hit in 30", "东沟村口", true},
	{"a number, few hits", "99994", true},
	{"nothing to be found", "海啸", true},
	{"two words", "落石 水库", false},
	{"initials", "dgck", false},
	{"initials of a phrase", "dqqx", false},
	{"pinyin", "donggou", false},
	{"pinyin of four hanzi", "donggoucunkou", false},
};

static void bench_words(struct store *store, const struct exported *file)
{
	for (size_t i = 0; i < countof(asked); i++) {
		char name[80], beside[120] = "LIKE and grep cannot";
		unsigned rows = 0;
		double ms = find_ms(store, asked[i].words, &rows);
		if (asked[i].written)
			snprintf(beside, sizeof beside, "LIKE %.0f ms, grep over the CSV %.0f ms",
				like_ms(store, asked[i].words),
				file->there ? grep_ms(file, asked[i].words) : 0);
		snprintf(name, sizeof name, "find %s", asked[i].what);
		gauge_line(name, ms, "ms", "%s; %u shown", beside, rows);
	}
}

int main(void)
{
	unsigned records = gauge_size("BENCH_RECORDS", 100000);
	char home[GAUGE_HOME];
	struct exported file;
	struct fault fault;

	crypt_start();
	struct store *store = gauge_station(home, "BX", GAUGE_TOWN);
	gauge_fill(store, 0, records, false);
	struct gauge start = gauge_start();
	gauge_good(index_rebuild(store, &fault), &fault);
	gauge_rate("search index made again", records, gauge_since(start), "records/s",
		"made beside the rows");
	gauge_line("index.db", (double)gauge_disk(home, "index.db") / records, "kB/1,000",
		"records; can be deleted at any time");
	export_all(home, &file);
	bench_words(store, &file);
	store_close(store);
	gauge_remove(home);
	return 0;
}
