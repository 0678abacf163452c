/* SPDX-License-Identifier: GPL-3.0-or-later
 * The player of screen scripts.   play [--tty | --gb18030] [FILE.t ...]
 *
 * On cells (stack and screens in this process, what is painted is counted by a terminal made of
 * libvterm) or, with --tty, through the real program on a pty in UTF-8, or GB18030. Without files:
 * all scripts of tests/screens. Prints "ok FILE: NAME" or "not ok FILE: NAME" for every case, and
 * what the screen showed when it differs.
 */
// clang-format off
/* A script is lines; '#' begins a comment, blank lines count for nothing.
 *   seed ARGS          runs `outpost ARGS` on the station. Before the first case: for all of them, made once and copied.
 *                      In a case: at that moment, beside the running program. Words are parted by blanks, "..." holds
 *                      blanks, a word $ is the last line that the seed before it printed
 *   now TIME           the clock of the seeds and cases below (RFC 3339)
 *   user NAME          who acts below
 *   size ROWS COLUMNS  of the terminal: before the keys of a case; after them it is a resize
 *   case NAME          a case begins; it ends with the next one
 *   only tty           the case needs the real program (the first run, and the like)
 *   only utf8          the same, on a terminal of UTF-8 alone
 *   coding NAME        from now on the terminal reads GB18030, or UTF-8, whatever the login says
 *   only cells         or the clock or the rules of this process:
 *   wait SECONDS         so long nobody touches a key; `most` behind it: what the terminal got by then
 *   limit NAME NUMBER    as in roles.conf
 *   paste TEXT         pastes it in brackets; '\' is the end of a line
 *   keys K K "text"    presses keys: names of ui/keys.h (enter, up, ^O, a, 界), "text" letter by letter
 *   most BYTES         the keys above sent no more than that to the terminal (the question after it not counted)
 *   costs KEYS SECONDS   the keys of this case so far, without what stands in "...", are no more than that, and what
 *                      they sent goes through 1,200 bit/s in that time; behind a `from`: since then
 *   from               what comes now is counted anew
 *   screen             the screen is exactly the lines that follow, each behind a '|'; a line |* stands for any; rows
 *                      left out at the end are blank
 *   has TEXT           TEXT stands somewhere on the screen
 *   lacks TEXT         it does not
 *   cut                the line is cut, and the program started again on the same station
 *
 * With OUTPOST_PRINT set, `most` and `costs` print what they measured.
 */
// clang-format on
#include <dirent.h>
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <setjmp.h>
#include <cmocka.h>

#include "base/text.h"
#include "model/rules.h"
#include "play.h"
#include "ui/keys.h"

enum {
	LINE_SIZE = 2048,
	WORDS = 40,
	KEYS = 400,
	WAIT_MS = 5000,
	STEP_MS = 50,
	BYTES_A_SECOND = 1200 / 10
};

struct play {
	const struct stage *stage;
	struct setting setting, every; /* of this case; what the lines before the first case say */
	char work[PATH_SIZE],
		common[PATH_SIZE]; /* scratch folder; the station made by the first seeds */
	const char *file;
	unsigned line;
	char name[NAME_SIZE];
	bool begun, in_case, skipped, bad; /* begun: a case of this file was there */
	void *open;                        /* what the stage opened; NULL = not yet */
	unsigned sent;                     /* bytes of the last keys */
	unsigned keys, bytes;              /* for `costs` */
	char printed[NAME_SIZE];           /* the last line of the last seed */
	struct buf expected;               /* rows of a screen being read */
	bool expecting;
	unsigned passed, failed;
};

static void complain(struct play *play, const char *what, const char *text)
{
	printf("%s:%u: %s%s\n", play->file, play->line, what, text);
	play->bad = true;
}

/* Blanks part words, "..." holds them together. Cuts LINE up. */
static unsigned split(char *line, char **words, bool *quoted)
{
	unsigned count = 0;

	for (char *at = line; *at && count < WORDS;) {
		at += strspn(at, " ");
		if (!*at)
			break;
		bool quote = *at == '"';
		char *end = quote ? strchr(++at, '"') : at + strcspn(at, " ");

		if (!end)
			end = at + strlen(at);
		quoted[count] = quote;
		words[count++] = at;
		at = *end ? end + 1 : end;
		*end = '\0';
	}
	return count;
}

/* Runs a program with its output read; the exit code. */
static int run(const char *const *argv, struct buf *out)
{
	int ends[2], status = -1;
	char bytes[4096];
	ssize_t got;

	if (pipe(ends) != 0)
		die("no pipe");
	pid_t pid = fork();
	if (pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		dup2(ends[1], STDERR_FILENO);
		close(ends[0]);
		execvp(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	close(ends[1]);
	while ((got = read(ends[0], bytes, sizeof(bytes))) > 0)
		buf_put(out, bytes, (size_t)got);
	close(ends[0]);
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void keep_last_line(struct play *play, struct buf *out)
{
	char *text = (char *)(uintptr_t)buf_cstr(out);
	size_t len = strlen(text);

	while (len > 0 && text[len - 1] == '\n')
		text[--len] = '\0';
	const char *last = strrchr(text, '\n');
	snprintf(play->printed, sizeof(play->printed), "%s", last ? last + 1 : text);
}

static void seed(struct play *play, char *rest)
{
	char program[PATH_SIZE], *words[WORDS + 2] = {program};
	bool quoted[WORDS + 1];
	struct buf out = {0};
	unsigned count = split(rest, words + 1, quoted);

	snprintf(program, sizeof(program), "%s/outpost", getenv("OUTPOST_BUILD"));
	for (unsigned n = 1; n <= count; n++) {
		if (strcmp(words[n], "$") == 0)
			words[n] = play->printed;
	}
	setenv("OUTPOST_HOME", play->in_case ? play->setting.home : play->common, 1);
	setenv("OUTPOST_NOW", play->setting.now, 1);
	setenv("OUTPOST_USER", play->setting.user, 1);
	if (run((const char *const *)words, &out) != 0)
		complain(play, "seed failed: ", buf_cstr(&out));
	keep_last_line(play, &out);
	buf_release(&out);
}

static void copy_folder(const char *from, const char *to)
{
	const char *const argv[] = {"cp", "-R", from, to, NULL};
	struct buf out = {0};

	if (access(from, F_OK) == 0)
		run(argv, &out);
	buf_release(&out);
}

static void remove_folder(const char *path)
{
	const char *const argv[] = {"rm", "-rf", path, NULL};
	struct buf out = {0};

	run(argv, &out);
	buf_release(&out);
}

static bool ready(struct play *play)
{
	char why[200] = "";

	if (!play->open && !play->skipped && !play->bad) {
		play->open = play->stage->open(&play->setting, why);
		if (!play->open)
			complain(play, "", why);
	}
	return play->open != NULL && !play->bad;
}

static void stop(struct play *play)
{
	if (play->open)
		play->stage->close(play->open);
	play->open = NULL;
}

static void press(struct play *play, char *rest)
{
	char *words[WORDS];
	bool quoted[WORDS];
	int keys[KEYS];
	unsigned count = 0, said = split(rest, words, quoted);

	for (unsigned n = 0; n < said; n++) {
		const char *at = words[n];
		size_t left = strlen(at), took;
		uint32_t cp;

		if (!quoted[n] && key_named(at) == 0)
			complain(play, "no such key: ", at);
		if (!quoted[n]) {
			keys[count++] = key_named(at);
			play->keys++;
			continue;
		}
		for (; count < KEYS - WORDS && (took = text_next(at, left, &cp)) != 0;
			at += took, left -= took)
			keys[count++] = (int)cp;
	}
	if (ready(play))
		play->sent = play->stage->press(play->open, keys, count);
	play->bytes += play->sent;
}

/* The next line of *AT, without its end and the blanks there. */
static bool next_row(const char **at, char row[LINE_SIZE])
{
	size_t len = strcspn(*at, "\n");

	if (!**at)
		return false;
	snprintf(row, LINE_SIZE, "%.*s", (int)(len < LINE_SIZE ? len : LINE_SIZE - 1), *at);
	for (size_t end = strlen(row); end > 0 && row[end - 1] == ' ';)
		row[--end] = '\0';
	*at += len + ((*at)[len] == '\n');
	return true;
}

static bool same(const char *screen, const char *expected)
{
	char seen[LINE_SIZE], wanted[LINE_SIZE];

	while (next_row(&screen, seen)) {
		if (!next_row(&expected, wanted))
			wanted[0] = '\0';
		if (strcmp(wanted, "*") != 0 && strcmp(seen, wanted) != 0)
			return false;
	}
	while (next_row(&expected, wanted)) {
		if (wanted[0])
			return false;
	}
	return true;
}

enum look { LOOK_SAME, LOOK_HAS, LOOK_LACKS };

static bool fits(enum look how, const char *screen, const char *text)
{
	if (how == LOOK_SAME)
		return same(screen, text);
	return (strstr(screen, text) != NULL) == (how == LOOK_HAS);
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void show_screen(const char *screen)
{
	char row[LINE_SIZE];

	while (next_row(&screen, row))
		printf("|%s\n", row);
}

/* A program on a pty may still be painting: it has some seconds. */
static void check(struct play *play, enum look how, const char *text)
{
	struct buf screen = {0};
	int64_t until = now_ms() + WAIT_MS;

	if (!ready(play))
		return;
	play->stage->look(play->open, &screen, 0);
	while (!fits(how, buf_cstr(&screen), text) && play->stage != &stage_cells &&
		now_ms() < until)
		play->stage->look(play->open, &screen, STEP_MS);
	if (!fits(how, buf_cstr(&screen), text)) {
		complain(play,
			how == LOOK_SAME  ? "the screen is"
			: how == LOOK_HAS ? "lacks: "
					  : "has: ",
			how == LOOK_SAME ? "" : text);
		show_screen(buf_cstr(&screen));
	}
	buf_release(&screen);
}

static void finish_screen(struct play *play)
{
	if (!play->expecting)
		return;
	play->expecting = false;
	check(play, LOOK_SAME, buf_cstr(&play->expected));
	buf_clear(&play->expected);
}

static void finish_case(struct play *play)
{
	finish_screen(play);
	if (!play->in_case)
		return;
	if (!play->open && !play->skipped)
		(void)ready(play);
	stop(play);
	if (!play->skipped || play->bad) {
		printf("%s %s: %s\n", play->bad ? "not ok" : "ok", play->file, play->name);
		if (play->bad)
			play->failed++;
		else
			play->passed++;
	}
	remove_folder(play->setting.home);
	play->in_case = false;
}

static void begin_case(struct play *play, const char *name)
{
	finish_case(play);
	if (!play->begun)
		play->every = play->setting;
	play->setting = play->every;
	play->begun = play->in_case = true;
	play->skipped = play->bad = false;
	play->keys = play->bytes = 0;
	snprintf(play->name, sizeof(play->name), "%s", name);
	snprintf(play->setting.home, PATH_SIZE, "%.400s/case", play->work);
	copy_folder(play->common, play->setting.home);
}

static void resize(struct play *play, const char *rest)
{
	unsigned rows, columns;

	if (sscanf(rest, "%u %u", &rows, &columns) != 2) {
		complain(play, "no size: ", rest);
		return;
	}
	play->setting.rows = rows;
	play->setting.columns = columns;
	if (play->open)
		play->stage->size(play->open, rows, columns);
}

static void measured(const struct play *play, const char *rest)
{
	if (getenv("OUTPOST_PRINT"))
		printf("%s:%u: %u bytes; %u keys, %.1f seconds (%s)\n", play->file, play->line,
			play->sent, play->keys, (double)play->bytes / BYTES_A_SECOND, rest);
}

static void check_bytes(struct play *play, const char *rest)
{
	char said[80];

	measured(play, rest);

	if (ready(play) && play->sent > strtoul(rest, NULL, 10)) {
		snprintf(said, sizeof(said), "%u bytes, more than %s", play->sent, rest);
		complain(play, said, "");
	}
}

/* A '\' stands for the end of a line. */
static void do_paste(struct play *play, char *rest)
{
	for (char *at = rest; *at; at++)
		if (*at == '\\')
			*at = '\n';
	if (ready(play))
		play->sent = play->stage->paste(play->open, rest);
}

static void do_now(struct play *play, char *rest)
{
	snprintf(play->setting.now, sizeof(play->setting.now), "%s", rest);
}

static void do_user(struct play *play, char *rest)
{
	snprintf(play->setting.user, sizeof(play->setting.user), "%s", rest);
}

static void do_coding(struct play *play, char *rest)
{
	play->setting.coding = strcmp(rest, "GB18030") == 0 ? "GB18030" : NULL;
	if (ready(play) && play->stage->coding)
		play->stage->coding(play->open, play->setting.coding, play->setting.rows,
			play->setting.columns);
}

static void do_case(struct play *play, char *rest)
{
	begin_case(play, rest);
}

static void do_only(struct play *play, char *rest)
{
	bool cells = play->stage == &stage_cells, utf8 = strcmp(rest, "utf8") == 0;

	play->skipped = cells != (strcmp(rest, "cells") == 0) || (utf8 && play->setting.coding);
}

static void do_wait(struct play *play, char *rest)
{
	if (!play->stage->wait)
		complain(play, "", "the program's clock runs by itself: `only cells`");
	else if (ready(play))
		play->sent = play->stage->wait(play->open, (int64_t)strtoul(rest, NULL, 10));
	play->bytes += play->sent;
}

/* After opening, which reads the rules of config/. */
static void do_limit(struct play *play, char *rest)
{
	char line[LINE_SIZE];
	struct fault fault;

	snprintf(line, sizeof(line), "limit %.200s\n", rest);
	if (ready(play) && rules_load(rules_now(), "limit", bytes_text(line), &fault) != RC_OK)
		complain(play, "", fault.text);
}

static void do_size(struct play *play, char *rest)
{
	resize(play, rest);
}

static void do_most(struct play *play, char *rest)
{
	check_bytes(play, rest);
}

static void do_from(struct play *play, char *rest)
{
	(void)rest;
	play->keys = play->bytes = 0;
}

static void do_costs(struct play *play, char *rest)
{
	char *behind, said[120];
	unsigned long keys = strtoul(rest, &behind, 10);
	double most = strtod(behind, NULL), seconds = (double)play->bytes / BYTES_A_SECOND;

	measured(play, rest);
	if (!ready(play) || (play->keys <= keys && seconds <= most))
		return;
	snprintf(said, sizeof(said), "%u keys and %.1f seconds, more than %s", play->keys, seconds,
		rest);
	complain(play, said, "");
}

static void do_screen(struct play *play, char *rest)
{
	(void)rest;
	play->expecting = true;
}

static void do_has(struct play *play, char *rest)
{
	check(play, LOOK_HAS, rest);
}

static void do_lacks(struct play *play, char *rest)
{
	check(play, LOOK_LACKS, rest);
}

static void do_cut(struct play *play, char *rest)
{
	(void)rest;
	stop(play);
}

static const struct {
	const char *name;
	void (*fn)(struct play *play, char *rest);
} verbs[] = {
	{"seed", seed},
	{"now", do_now},
	{"user", do_user},
	{"size", do_size},
	{"case", do_case},
	{"only", do_only},
	{"wait", do_wait},
	{"limit", do_limit},
	{"coding", do_coding},
	{"keys", press},
	{"paste", do_paste},
	{"most", do_most},
	{"from", do_from},
	{"costs", do_costs},
	{"screen", do_screen},
	{"has", do_has},
	{"lacks", do_lacks},
	{"cut", do_cut},
};

static void take_line(struct play *play, char *line)
{
	size_t len = strcspn(line, " ");
	char *rest = line + len + strspn(line + len, " ");

	for (size_t n = 0; n < countof(verbs); n++) {
		if (strlen(verbs[n].name) == len && strncmp(verbs[n].name, line, len) == 0) {
			if (!play->skipped || verbs[n].fn == do_case)
				verbs[n].fn(play, rest);
			return;
		}
	}
	complain(play, "what is this: ", line);
}

static void play_file(struct play *play, const char *path)
{
	FILE *file = fopen(path, "r");
	char line[LINE_SIZE];
	const char *name = strrchr(path, '/');

	play->file = name ? name + 1 : path;
	play->line = 0;
	play->skipped = play->bad = play->begun = false;
	play->setting.rows = 24;
	play->setting.columns = 80;
	play->setting.user[0] = '\0';
	strcpy(play->setting.now, "2026-07-14T06:33:32+08:00");
	snprintf(play->common, PATH_SIZE, "%.400s/common", play->work);
	if (!file) {
		printf("%s: %s\nnot ok %s\n", path, strerror(errno), play->file);
		play->failed++;
		return;
	}
	while (fgets(line, sizeof(line), file)) {
		line[strcspn(line, "\n")] = '\0';
		play->line++;
		if (play->expecting && line[0] == '|') {
			buf_fmt(&play->expected, "%s\n", line + 1);
			continue;
		}
		finish_screen(play);
		if (line[strspn(line, " \t")] && line[0] != '#')
			take_line(play, line);
	}
	fclose(file);
	finish_case(play);
	remove_folder(play->common);
}

static int is_script(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name);

	return len > 2 && strcmp(entry->d_name + len - 2, ".t") == 0;
}

static void play_all(struct play *play, const char *folder)
{
	struct dirent **names;
	int count = scandir(folder, &names, is_script, alphasort);

	for (int n = 0; n < count; n++) {
		char path[PATH_SIZE];

		snprintf(path, sizeof(path), "%s/%s", folder, names[n]->d_name);
		play_file(play, path);
		free(names[n]);
	}
	if (count >= 0)
		free(names);
}

static void set_stage(struct play *play, const char *option)
{
	play->stage = option ? &stage_tty : &stage_cells;
	play->setting.type = "vt100";
	play->setting.locale = "C.UTF-8";
	if (option && strcmp(option, "--gb18030") == 0) {
		play->setting.locale = "zh_CN.GB18030";
		play->setting.coding = "GB18030";
	}
}

int main(int argc, char **argv)
{
	struct play play = {0};
	int first = argc > 1 && argv[1][0] == '-' ? 2 : 1;

	setvbuf(stdout, NULL, _IOLBF, 0);
	set_stage(&play, first == 2 ? argv[1] : NULL);
	setenv("OUTPOST_BUILD", "build", 0);
	setenv("OUTPOST_CONFIG", "config", 0);
	setenv("OUTPOST_LANG", "zh", 1);
	unsetenv("NO_COLOR");
	setenv("LOCPATH", "build/locale", 0);
	if (!setlocale(LC_ALL, play.setting.locale)) {
		printf("there is no locale %s: make locales\nnot ok %s\n", play.setting.locale,
			play.setting.locale);
		return 1;
	}
	snprintf(play.work, sizeof(play.work), "/tmp/outpost-play-XXXXXX");
	if (!mkdtemp(play.work))
		die("no scratch folder");
	for (int n = first; n < argc; n++)
		play_file(&play, argv[n]);
	if (first == argc)
		play_all(&play, "tests/screens");
	remove_folder(play.work);
	buf_release(&play.expected);
	return play.failed ? 1 : 0;
}
