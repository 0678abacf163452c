/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the benches share: clocks, one way to print a line, a station to measure, sample records.
 */
#include "gauge.h"

#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "model/area.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/rows/internal.h"

enum { BATCH = 2000 };

static double clock_ms(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

struct gauge gauge_start(void)
{
	return (struct gauge){clock_ms(CLOCK_MONOTONIC), clock_ms(CLOCK_PROCESS_CPUTIME_ID)};
}

struct gauge gauge_since(struct gauge start)
{
	struct gauge now = gauge_start();

	return (struct gauge){now.wall_ms - start.wall_ms, now.cpu_ms - start.cpu_ms};
}

void gauge_line(const char *name, double value, const char *unit, const char *beside, ...)
{
	char text[160];
	va_list args;
	int digits = value < 10 ? 3 : value < 100 ? 1 : 0;

	va_start(args, beside);
	vsnprintf(text, sizeof text, beside, args);
	va_end(args);
	printf("%-42s %10.*f %-10s %s\n", name, value == (int64_t)value ? 0 : digits, value, unit,
		text);
	fflush(stdout);
}

void gauge_rate(
	const char *name, double count, struct gauge took, const char *unit, const char *beside)
{
	gauge_line(name, count / took.wall_ms * 1e3, unit, "%.0f/s of processor time; %s",
		count / took.cpu_ms * 1e3, beside);
}

void gauge_skip(const char *name, const char *why)
{
	printf("%-42s %10s %-10s %s\n", name, "SKIPPED", "", why);
	fflush(stdout);
}

unsigned gauge_size(const char *variable, unsigned otherwise)
{
	const char *given = getenv(variable);

	return given && *given ? (unsigned)strtoul(given, NULL, 10) : otherwise;
}

void gauge_good(enum rc rc, const struct fault *fault)
{
	if (rc)
		die("%s", fault->text);
}

struct store *gauge_station(char home[GAUGE_HOME], const char *code, uint64_t area)
{
	struct station station = {.area = area, .level = area_level(area)};
	struct fault fault;
	struct store *store;

	snprintf(home, GAUGE_HOME, "/tmp/outpost-bench-XXXXXX");
	if (!mkdtemp(home))
		die("mkdtemp");
	snprintf(station.code, sizeof(station.code), "%s", code);
	snprintf(station.name, sizeof(station.name), "%s", code);
	gauge_good(store_init(&store, home, &station, NULL, 0, &fault), &fault);
	return store;
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st, (void)flag, (void)ftw;
	return remove(path);
}

void gauge_remove(const char *home)
{
	nftw(home, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

int64_t gauge_disk(const char *home, const char *name)
{
	char path[200];
	struct stat st;

	snprintf(path, sizeof path, "%s/%s", home, name);
	return stat(path, &st) ? 0 : st.st_size;
}

/* zh: bench data */
static const char *const places[] = {
	"后山坡", "王庄水库", "东沟村口", "铁厂尾矿", "小学北墙", "三组河滩"};
static const char *const texts[] = {"边坡有落石，坡脚开裂", "堤坝渗水，已围挡",
	"电线老化，临近柴草", "围墙倾斜，学生经过", "崩塌迹象，需要监测"};

void gauge_hazard(unsigned n, struct buf *body)
{
	char text[100];

	buf_clear(body);
	put_text(body, hazard_category, "H0101");
	put_text(body, hazard_grade, "G");
	snprintf(text, sizeof(text), "%s%u", places[n % countof(places)], n);
	put_text(body, hazard_place, text);
	snprintf(text, sizeof(text), "%s%u", texts[n % countof(texts)], n * 7);
	put_text(body, hazard_text, text);
}

static struct ref write_fact(
	struct store *store, struct ref rec, unsigned step, uint64_t area, const struct buf *body)
{
	struct fault fault;
	struct op op = {.kind = KIND_hazard,
		.rec_site = rec.site,
		.rec_seq = rec.seq,
		.step = step,
		.area = area,
		.body = buf_bytes(body)};

	gauge_good(store_write(store, &op, &fault), &fault);
	return (struct ref){op.rec_site, op.rec_seq};
}

static void write_life(struct store *store, unsigned n, bool steps, struct buf *body)
{
	static const unsigned life[GAUGE_STEPS - 1] = {
		hazard_do_accept, hazard_do_rectify, hazard_do_recheck};
	uint64_t area = GAUGE_TOWN + 201 + n % GAUGE_VILLAGES;

	gauge_hazard(n, body);
	struct ref ref = write_fact(store, (struct ref){0, 0}, 0, area, body);
	buf_clear(body);
	put_text(body, ARG_TEXT, "已清理");
	for (unsigned i = 0; steps && i < countof(life); i++)
		write_fact(store, ref, life[i], 0, body);
}

void gauge_fill(struct store *store, unsigned from, unsigned to, bool steps)
{
	struct fault fault;
	struct buf body = {0};
	unsigned batch = steps ? BATCH / GAUGE_STEPS : BATCH;

	for (unsigned n = from; n < to;) {
		gauge_good(store_begin(store, &fault), &fault);
		for (unsigned k = 0; k < batch && n < to; k++, n++)
			write_life(store, n, steps, &body);
		gauge_good(store_commit(store, &fault), &fault);
	}
	buf_release(&body);
}
