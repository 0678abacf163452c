/* SPDX-License-Identifier: GPL-3.0-or-later
 * The stage of a terminal: the real program on a pty, read by libvterm, in the coding of the
 * locale.
 */
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../unit/eye.h"
#include "base/text.h"
#include "play.h"
#include "ui/keys.h"

enum {
	QUIET_MS = 40,
	KEY_MS = 400,
	BEGIN_MS = 6000,
	QUIET_MOST = 250,
	END_TRIES = 500,
	END_STEP_US = 10000,
	HAND_US = 270000 /* a hand that means the same digit twice; what comes sooner is a key that
			    bounced */
};

struct tty {
	struct eye *eye;
	const char *coding;
	pid_t pid;
	int master;
	uint64_t bytes; /* without questions */
	bool digit;     /* one was pressed: the next one comes after a pause */
};

static void run_program(const struct setting *setting)
{
	const char *build = getenv("OUTPOST_BUILD");
	char program[PATH_SIZE];

	setenv("OUTPOST_HOME", setting->home, 1);
	setenv("OUTPOST_NOW", setting->now, 1);
	setenv("OUTPOST_USER", setting->user, 1);
	setenv("OUTPOST_LANG", "zh", 1);
	setenv("TERM", setting->type, 1);
	setenv("LC_ALL", setting->locale, 1);
	unsetenv("LINES");
	unsetenv("COLUMNS");
	snprintf(program, sizeof(program), "%s/outpost", build ? build : "build");
	execl(program, program, (char *)NULL);
	_exit(127);
}

/* Takes what comes in WAIT_MS; the eye sees it and its answers go back. False: nothing came. */
static bool take(struct tty *tty, int wait_ms)
{
	struct pollfd ready = {.fd = tty->master, .events = POLLIN};
	char bytes[8192];
	struct buf answers = {0};

	if (poll(&ready, 1, wait_ms) <= 0)
		return false;
	ssize_t got = read(tty->master, bytes, sizeof(bytes));
	if (got <= 0)
		return false;
	tty->bytes += (uint64_t)got;
	for (ssize_t at = 0; at + 4 <= got; at++) {
		if (memcmp(bytes + at, "\033[5n", 4) == 0)
			tty->bytes -= 4;
	}
	eye_see(tty->eye, bytes, (size_t)got);
	eye_answers(tty->eye, &answers);
	if (answers.len > 0 && write(tty->master, answers.at, answers.len) < 0)
		got = 0;
	buf_release(&answers);
	return got > 0;
}

/* Does the program compute, or wait for the processor? */
static bool busy(const struct tty *tty)
{
	char name[64], line[256] = "";

	snprintf(name, sizeof(name), "/proc/%d/stat", (int)tty->pid);
	FILE *file = fopen(name, "r");
	if (!file)
		return false;
	char *end = fgets(line, sizeof(line), file) ? strrchr(line, ')') : NULL;
	fclose(file);
	return end && end[1] && (end[2] == 'R' || end[2] == 'D');
}

/* All that comes until it is quiet, and the program waits for keys. */
static void settle(struct tty *tty, int first_ms)
{
	bool came = take(tty, first_ms);

	for (int n = 0; n < QUIET_MOST && (came || busy(tty)); n++)
		came = take(tty, QUIET_MS);
}

static void *open_tty(const struct setting *setting, char why[200])
{
	struct tty *tty = calloc(1, sizeof(*tty));
	struct winsize size = {.ws_row = (unsigned short)setting->rows,
		.ws_col = (unsigned short)setting->columns};

	assert(tty);
	tty->coding = setting->coding;
	tty->eye = eye_new(setting->rows, setting->columns, setting->coding);
	tty->pid = forkpty(&tty->master, NULL, NULL, &size);
	if (tty->pid == 0)
		run_program(setting);
	if (tty->pid < 0) {
		snprintf(why, 200, "there is no pty");
		eye_free(tty->eye);
		free(tty);
		return NULL;
	}
	settle(tty, BEGIN_MS);
	return tty;
}

static void type_key(struct tty *tty, int key, struct buf *out)
{
	static const struct {
		int key;
		const char *bytes;
	} plain[] = {{K_ENTER, "\r"}, {K_ESC, "\033"}, {K_TAB, "\t"}, {K_BACKSPACE, "\x7f"}};
	char bytes[4];

	for (size_t n = 0; n < countof(plain); n++) {
		if (plain[n].key == key) {
			buf_text(out, plain[n].bytes);
			return;
		}
	}
	for (const struct key_sequence *s = key_sequences; s->bytes; s++) {
		if (s->key == key) {
			buf_text(out, s->bytes);
			return;
		}
	}
	text_to(tty->coding, bytes, text_put((uint32_t)key, bytes), out);
}

static bool is_digit(int key)
{
	return key >= '0' && key <= '9';
}

static unsigned press_tty(void *to, const int *keys, unsigned count)
{
	struct tty *tty = to;
	struct buf typed = {0};
	uint64_t before;

	if (count && is_digit(keys[0]) && tty->digit)
		usleep(HAND_US);
	for (unsigned n = 0; n < count; n++)
		tty->digit |= is_digit(keys[n]);
	while (take(tty, 0))
		continue;
	before = tty->bytes;
	for (unsigned n = 0; n < count; n++)
		type_key(tty, keys[n], &typed);
	if (write(tty->master, typed.at, typed.len) > 0)
		settle(tty, KEY_MS);
	buf_release(&typed);
	return (unsigned)(tty->bytes - before);
}

/* As a terminal that puts brackets round it, line ends as Return. */
static unsigned paste_tty(void *to, const char *text)
{
	struct tty *tty = to;
	struct buf typed = {0};
	uint64_t before = tty->bytes;

	buf_text(&typed, "\033[200~");
	text_to(tty->coding, text, strlen(text), &typed);
	buf_text(&typed, "\033[201~");
	for (size_t at = 0; at < typed.len; at++)
		if (typed.at[at] == '\n')
			typed.at[at] = '\r';
	if (write(tty->master, typed.at, typed.len) > 0)
		settle(tty, KEY_MS);
	buf_release(&typed);
	return (unsigned)(tty->bytes - before);
}

static bool look_tty(void *to, struct buf *screen, int wait_ms)
{
	struct tty *tty = to;
	bool came = take(tty, wait_ms);

	buf_clear(screen);
	eye_show(tty->eye, screen);
	return came;
}

static void size_tty(void *to, unsigned rows, unsigned columns)
{
	struct tty *tty = to;
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};

	eye_size(tty->eye, rows, columns);
	ioctl(tty->master, TIOCSWINSZ, &size);
	settle(tty, KEY_MS);
}

/* What it shows is forgotten with it. */
static void coding_tty(void *to, const char *coding, unsigned rows, unsigned columns)
{
	struct tty *tty = to;

	while (take(tty, 0))
		continue;
	eye_free(tty->eye);
	tty->coding = coding;
	tty->eye = eye_new(rows, columns, coding);
}

/* The line goes away: the program has five seconds to keep what was typed and end by itself. */
static void close_tty(void *to)
{
	struct tty *tty = to;
	bool ended = false;

	close(tty->master);
	for (int n = 0; n < END_TRIES && !ended; n++) {
		ended = waitpid(tty->pid, NULL, WNOHANG) == tty->pid;
		if (!ended)
			usleep(END_STEP_US);
	}
	if (!ended) {
		printf("the program did not end when the line was cut\n");
		kill(tty->pid, SIGKILL);
		waitpid(tty->pid, NULL, 0);
	}
	eye_free(tty->eye);
	free(tty);
}

const struct stage stage_tty = {
	open_tty, press_tty, paste_tty, look_tty, NULL, size_tty, coding_tty, close_tty};
