/* SPDX-License-Identifier: GPL-3.0-or-later
 * A register of 100,000 households (BENCH_RECORDS) as an office sends it, and the next month's; and
 * two files of 700 alerts each.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gauge.h"
#include "app/intake.h"
#include "base/file.h"
#include "model/kinds.h"
#include "store/identity.h"

enum { FILES = 2, ALERTS = 700 /* in each */, ALERT_MOST = 1 << 16 };
enum { GROUP = 4000, CHANGED = 20 /* of so many rows one has changed */, NEW = 100 };

/* zh: bench data */
static const char heading[] = "王庄镇住户花名册,,,,,,,\n户主姓名,村民组,门牌号,人口（人）,联系电话*"
			      ",重点人员,房屋结构,备注\n";
static const char *const signs[] = {"春", "山", "河", "海", "林", "木", "金", "石", "田", "禾"};
static const char *const tags[] = {"", "独居", "残疾人", "五保户、卧床"};
static const char *const houses[] = {"砖混", "土坯房", "砖木"};

/* MONTH 1: one row in CHANGED has another number of people, and NEW have come. */
static void table(unsigned rows, unsigned month, struct buf *out)
{
	buf_text(out, heading);
	for (unsigned i = 0; i < rows + month * NEW; i++)
		buf_fmt(out, "王%s%s%s,%u组,%u,%u人,138%08u,%s,%s,第%u户\n", signs[i % 10],
			signs[i / 100 % 10], signs[i / 10 % 10], i / GROUP + 1, i % GROUP,
			1 + i % 6 + (month && i % CHANGED == 0), i, tags[i % 4], houses[i % 3], i);
	buf_fmt(out, "合计,,,%u,,,,\n", rows);
}

static void take(struct store *store, const char *name, const struct buf *text)
{
	struct intake in;
	struct fault fault;
	struct gauge start = gauge_start();

	intake_start(&in, &(struct actor){.store = store, .source = "bench"});
	intake_file(&in, "bench.csv");
	gauge_good(csv_import(&in, kind_of(KIND_household), NULL, buf_bytes(text), &fault), &fault);
	gauge_good(intake_end(&in, &fault), &fault);
	struct gauge took = gauge_since(start);
	gauge_line(name, took.wall_ms / 1000, "s",
		"processor %.1f s; %u new, %u changed, %u the same; aim 10 s", took.cpu_ms / 1000,
		in.added, in.changed, in.known);
	intake_release(&in);
}

/* TEXT with WHAT changed to BY wherever it stands. */
static void put_changed(const char *text, const char *what, const char *by, struct buf *out)
{
	for (const char *at; (at = strstr(text, what)); text = at + strlen(what)) {
		buf_put(out, text, (size_t)(at - text));
		buf_text(out, by);
	}
	buf_text(out, text);
}

/* Alerts of one bureau, a minute apart, one behind the other in one file. */
static void alerts(unsigned file, struct buf *out)
{
	struct buf one = {0};
	struct fault fault;

	gauge_good(file_read("tests/data/cap/gb.xml", ALERT_MOST, &one, &fault), &fault);
	for (unsigned minute = file * ALERTS; minute < (file + 1) * ALERTS; minute++) {
		char sent[16];

		snprintf(sent, sizeof sent, "202607%02u%02u%02u32", 1 + minute / 1440,
			minute / 60 % 24, minute % 60);
		put_changed(buf_cstr(&one), "20260714063332", sent, out);
	}
	buf_release(&one);
}

static void take_alerts(struct store *store, const char *name)
{
	struct intake in;
	struct fault fault;
	struct buf text = {0};
	struct gauge took = {0}, start;
	size_t bytes = 0;

	intake_start(&in, &(struct actor){.store = store, .source = "cap"});
	for (unsigned file = 0; file < FILES; file++) {
		buf_clear(&text);
		alerts(file, &text);
		bytes += text.len;
		start = gauge_start();
		intake_file(&in, "bench.xml");
		gauge_good(cap_import(&in, buf_bytes(&text), "zh", &fault), &fault);
		if (file + 1 == FILES)
			gauge_good(intake_end(&in, &fault), &fault);
		took.wall_ms += gauge_since(start).wall_ms;
		took.cpu_ms += gauge_since(start).cpu_ms;
	}
	gauge_line(name, took.wall_ms / 1000, "s",
		"processor %.1f s; %.1f MB, %u new, %u known; aim 2 s", took.cpu_ms / 1000,
		(double)bytes / 1e6, in.added, in.known);
	intake_release(&in);
	buf_release(&text);
}

int main(void)
{
	unsigned rows = gauge_size("BENCH_RECORDS", 100000);
	char home[GAUGE_HOME];
	struct buf first = {0}, second = {0};

	crypt_start();
	struct store *store = gauge_station(home, "BX", GAUGE_TOWN);
	table(rows, 0, &first);
	table(rows, 1, &second);
	take(store, "a register for the first time", &first);
	take(store, "next month's, one row in 20 changed", &second);
	take(store, "the same again", &second);
	take_alerts(store, "alerts, 1,400 in two files");
	take_alerts(store, "the same alerts again");
	store_close(store);
	gauge_remove(home);
	buf_release(&first);
	buf_release(&second);
	return 0;
}
