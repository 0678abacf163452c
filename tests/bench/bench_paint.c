/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the terminal program costs on a pty: time and memory to its first screen beside other
 * programs, and the bytes that each action sends, beside the byte budget.
 */
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../screens/play.h"
#include "gauge.h"
#include "ui/keys.h"

enum {
	RUNS = 15,
	QUIET_MS = 60,
	BEGIN_MS = 5000,
	ROWS = 24,
	COLUMNS = 80,
	HELD = 60,
	RECORDS = 120
};

/* ---- start */

struct started {
	double ms;
	unsigned rss_kb, bytes;
};

static unsigned rss_of(pid_t pid)
{
	char path[40], line[200];
	unsigned kb = 0;

	snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
	FILE *file = fopen(path, "r");
	while (file && fgets(line, sizeof line, file))
		if (sscanf(line, "VmRSS: %u", &kb) == 1)
			break;
	if (file)
		fclose(file);
	return kb;
}

/* Time to the last byte before it is quiet, or to its end. */
static struct started watch(int master, pid_t pid, struct gauge from)
{
	struct started started = {0};
	struct pollfd ready = {.fd = master, .events = POLLIN};
	char bytes[8192];
	int wait_ms = BEGIN_MS;

	while (poll(&ready, 1, wait_ms) > 0) {
		ssize_t got = read(master, bytes, sizeof bytes);
		started.ms = gauge_since(from).wall_ms;
		if (got <= 0)
			break;
		started.bytes += (unsigned)got;
		wait_ms = QUIET_MS;
	}
	started.rss_kb = rss_of(pid);
	return started;
}

static struct started start_once(const char *const argv[], unsigned rows, unsigned columns)
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
	struct gauge from = gauge_start();
	int master;
	pid_t pid = forkpty(&master, NULL, NULL, &size);

	if (pid == 0) {
		execvp(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	if (pid < 0)
		die("there is no pty");
	struct started started = watch(master, pid, from);
	close(master);
	kill(pid, SIGHUP);
	waitpid(pid, NULL, 0);
	return started;
}

static int by_ms(const void *a, const void *b)
{
	double one = ((const struct started *)a)->ms, other = ((const struct started *)b)->ms;

	return (one > other) - (one < other);
}

static struct started start_many(const char *const argv[], unsigned rows, unsigned columns)
{
	struct started runs[RUNS];

	for (int i = 0; i < RUNS; i++)
		runs[i] = start_once(argv, rows, columns);
	qsort(runs, RUNS, sizeof runs[0], by_ms);
	return runs[RUNS / 2];
}

static bool installed(const char *program)
{
	char command[100];

	snprintf(command, sizeof command, "command -v %s >/dev/null 2>&1", program);
	return system(command) == 0;
}

static void other_start(const char *const argv[])
{
	char name[60];

	snprintf(name, sizeof name, "start of %s", argv[0]);
	if (!installed(argv[0])) {
		gauge_skip(name, "not installed");
		return;
	}
	struct started other = start_many(argv, ROWS, COLUMNS);
	gauge_line(
		name, other.ms, "ms", "%u kB in memory, %u bytes sent", other.rss_kb, other.bytes);
}

static void bench_start(const char *program, const char *home)
{
	char folder[200];

	setenv("OUTPOST_HOME", home, 1);
	setenv("TERM", "vt100", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	struct started first = start_many((const char *[]){program, NULL}, ROWS, COLUMNS);
	gauge_line("start to first paint (median of 15)", first.ms, "ms",
		"vt100, a register of 120 records");
	gauge_line("memory at first paint, RSS", first.rss_kb, "kB", "resident");
	gauge_line("bytes from start to first paint", first.bytes, "bytes",
		"first paint, full list: 2100");
	first = start_many((const char *[]){program, NULL}, 12, 40);
	gauge_line("same at 40x12", first.bytes, "bytes", "lean home: 750");
	other_start((const char *[]){"true", NULL});
	other_start((const char *[]){"mutt", "-n", "-F", "/dev/null", "-f", "/dev/null", NULL});
	snprintf(folder, sizeof folder, "%s/calcurse", home);
	other_start((const char *[]){"calcurse", "-D", folder, NULL});
}

/* ---- bytes of each action */

enum { SETTINGS = 4 };
static const struct {
	const char *name, *type, *locale, *coding;
} settings[SETTINGS] = {
	{"vt100 UTF-8", "vt100", "C.UTF-8", NULL},
	{"xterm UTF-8", "xterm-256color", "C.UTF-8", NULL},
	{"vt100 GB", "vt100", "zh_CN.GB18030", "GB18030"},
	{"xterm GB", "xterm-256color", "zh_CN.GB18030", "GB18030"},
};

/* Budgets of the lean mode at 1,200 bps, in UTF-8 and in GB18030. A form may take 300 bytes (240)
 * for its frame and 10 for each of its fields. */
static const struct action {
	const char *name;
	int key, times;           /* pressed this often in one go */
	int before, before_times; /* pressed first, not counted */
	unsigned most, most_gb;
} actions[] = {
	{"whole repaint, full list", K_CTRL('L'), 1, 'A', 1, 2100, 1700},
	{"move", K_DOWN, 1, 0, 0, 16, 16},
	{"scroll one line", K_DOWN, 1, K_DOWN, ROWS - 5, 120, 100},
	{"page", K_PAGE_DOWN, 1, K_CTRL('L'), 1, 1750, 1450},
	{"60 held keys", K_UP, HELD, K_PAGE_DOWN, 2, 1750, 1450},
	{"open form of 13 fields", 'n', 1, 0, 0, 430, 370},
	{"a letter", 'a', 1, 'b', 1, 1, 1},
	{"a hanzi", 0x6c49, 1, 0x5b57, 1, 3, 2},
	{"backspace", K_BACKSPACE, 1, 0, 0, 6, 6},
	{"next field", K_TAB, 1, 0, 0, 8, 8},
};

static unsigned press(void *tty, int key, int times)
{
	int keys[HELD];

	for (int i = 0; i < times; i++)
		keys[i] = key;
	return stage_tty.press(tty, keys, (unsigned)times);
}

/* The register of supplies, from anywhere. */
static void open_register(void *tty)
{
	static const int name[] = {0x5e94, 0x6025, 0x7269, 0x8d44, K_ENTER};

	press(tty, 'A', 1);
	stage_tty.press(tty, name, countof(name));
}

static void one_setting(
	const char *home, int which, unsigned bytes[countof(actions)], unsigned *lean)
{
	struct setting setting = {.now = "2026-07-14T06:40:00+08:00",
		.user = "李爱国",
		.rows = ROWS,
		.columns = COLUMNS,
		.type = settings[which].type,
		.locale = settings[which].locale,
		.coding = settings[which].coding};
	char why[200];

	snprintf(setting.home, sizeof setting.home, "%s", home);
	void *tty = stage_tty.open(&setting, why);
	for (size_t i = 0; tty && i < countof(actions); i++) {
		if (actions[i].before == 'A')
			open_register(tty);
		else if (actions[i].before_times)
			press(tty, actions[i].before, actions[i].before_times);
		bytes[i] = press(tty, actions[i].key, actions[i].times);
	}
	if (tty)
		stage_tty.close(tty);
	setting.rows = 12, setting.columns = 40;
	tty = stage_tty.open(&setting, why);
	*lean = tty ? press(tty, K_CTRL('L'), 1) : 0;
	if (tty)
		stage_tty.close(tty);
}

static void print_row(
	const char *name, const unsigned bytes[SETTINGS], unsigned most, unsigned most_gb)
{
	bool over = bytes[0] > most || bytes[1] > most || bytes[2] > most_gb || bytes[3] > most_gb;

	printf("bytes: %-26s vt100 %5u xterm %5u (%4u)  GB18030 vt100 %5u xterm %5u (%4u)%s\n",
		name, bytes[0], bytes[1], most, bytes[2], bytes[3], most_gb, over ? "  OVER" : "");
	fflush(stdout);
}

/* ---- a village station with a register of many rows */

static void run(const char *format, const char *program, const char *home)
{
	char command[1200];

	snprintf(command, sizeof command, format, program, home);
	if (system(command) != 0)
		die("\"%s\" failed", command);
}

static void make_station(const char *program, const char *home)
{
	char path[200];

	run("'%s' --home '%s' init --area 410882103205 --name 王庄村 --user 李爱国 >/dev/null",
		program, home);
	snprintf(path, sizeof path, "%s/in.json", home);
	setenv("OUTPOST_BENCH_IN", path, 1);
	FILE *file = fopen(path, "w");
	for (int i = 0; file && i < RECORDS; i++)
		fprintf(file,
			"{\"kind\":\"supply\",\"ref\":\"b%d\",\"fields\":{\"name\":\"%s%d\","
			"\"quantity\":%d,"
			"\"unit\":\"台\",\"store\":\"%s\",\"keeper\":\"张建国\",\"phone\":"
			"\"1380000%04d\"}}\n",
			i, i % 2 ? "柴油发电机" : "潜水排水泵", i, i % 90 + 1,
			i % 3 ? "村委会仓库" : "三组防汛物资点", i);
	if (file)
		fclose(file);
	run("'%s' --home '%s' --user 李爱国 import json \"$OUTPOST_BENCH_IN\" >/dev/null", program,
		home);
}

/* A station for each: what was typed into a form stays there as a draft. */
static void bench_bytes(const char *program, const char *home)
{
	char own[GAUGE_HOME + 8];
	unsigned bytes[SETTINGS][countof(actions)] = {0}, lean[SETTINGS] = {0};

	for (int i = 0; i < SETTINGS; i++) {
		snprintf(own, sizeof own, "%s/%d", home, i);
		make_station(program, own);
		one_setting(own, i, bytes[i], &lean[i]);
	}
	print_row("lean home, 40x12", lean, 750, 600);
	for (size_t i = 0; i < countof(actions); i++) {
		unsigned row[SETTINGS];
		for (int k = 0; k < SETTINGS; k++)
			row[k] = bytes[k][i];
		print_row(actions[i].name, row, actions[i].most, actions[i].most_gb);
	}
}

int main(void)
{
	char home[GAUGE_HOME] = "/tmp/outpost-bench-XXXXXX", program[300];
	const char *build = getenv("OUTPOST_BUILD");

	snprintf(program, sizeof program, "%s/outpost", build ? build : "build");
	setenv("LOCPATH", "build/locale", 0);
	setenv("OUTPOST_NOW", "2026-07-14T06:40:00+08:00", 1);
	setenv("OUTPOST_USER", "李爱国", 1);
	setenv("OUTPOST_LANG", "zh", 1);
	if (!mkdtemp(home))
		die("mkdtemp");
	make_station(program, home);
	bench_start(program, home);
	bench_bytes(program, home);
	gauge_remove(home);
	return 0;
}
