/* SPDX-License-Identifier: GPL-3.0-or-later
 * Cells out by ncurses, and the wait for keys. What ncurses would write in a hundred small pieces
 * goes through the funnel in one.
 */
#include "ui/term/term_inside.h"

#define NCURSES_NOMACROS 1
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <ncurses.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "base/limits.h"
#include "base/memory.h"
#include "base/text.h"
#include "ui/term/fresh.h"
#include "ui/keys.h"
#include "ui/term/signals.h"

enum { ESC_WAIT_MS = 300 }; /* between the bytes of one key */

/* The terminal puts brackets round what is pasted; one that cannot ignores this. */
static const char PASTES_ON[] = "\033[?2004h", PASTES_OFF[] = "\033[?2004l";
/* DECSCNM of the VT100: where there are no colours, the whole screen is light, or dark. */
static const char LIGHT_ON[] = "\033[?5h", LIGHT_OFF[] = "\033[?5l";

/* Plain attributes and colours; yellow and cyan cannot be read on a light ground. */
static const struct {
	attr_t attributes;
	short colour, light; /* -1 = none */
} looks[LOOKS] = {
	[LOOK_PLAIN] = {A_NORMAL, -1, -1},
	[LOOK_TITLE] = {A_BOLD, -1, -1},
	[LOOK_DIM] = {A_NORMAL, -1, -1},
	[LOOK_OVER] = {A_DIM, -1, -1}, /* a VT100 has none: the state stands beside it in words */
	[LOOK_KEY] = {A_NORMAL, -1, -1},
	[LOOK_MARK] = {A_BOLD, -1, -1},
	[LOOK_RED] = {A_BOLD, COLOR_RED, COLOR_RED},
	[LOOK_ORANGE] = {A_NORMAL, COLOR_RED, COLOR_RED},
	[LOOK_YELLOW] = {A_NORMAL, COLOR_YELLOW, COLOR_MAGENTA},
	[LOOK_BLUE] = {A_NORMAL, COLOR_CYAN, COLOR_BLUE},
	[LOOK_BAD] = {A_BOLD, COLOR_RED, COLOR_RED},
};

/* Letters and ground; -1: the terminal's own. */
static const struct {
	int letters, ground;
} grounds[GROUNDS] = {
	[GROUND_OWN] = {-1, -1},
	[GROUND_DARK] = {COLOR_WHITE, COLOR_BLACK},
	[GROUND_LIGHT] = {COLOR_BLACK, COLOR_WHITE},
};

static void set_line(struct term *term)
{
	struct termios raw;

	term->is_tty = tcgetattr(term->in, &term->before) == 0;
	if (!term->is_tty)
		return;
	raw = term->before;
	cfmakeraw(&raw);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	tcsetattr(term->in, TCSADRAIN, &raw);
}

static unsigned from_environment(const char *name, unsigned otherwise)
{
	const char *text = getenv(name);
	unsigned long number = text ? strtoul(text, NULL, 10) : 0;

	return number > 0 && number < LIMIT_COLUMNS ? (unsigned)number : otherwise;
}

static void measure(struct term *term)
{
	struct winsize size;

	term->rows = from_environment("LINES", 24);
	term->columns = from_environment("COLUMNS", 80);
	if ((ioctl(term->funnel.out, TIOCGWINSZ, &size) == 0 ||
		    ioctl(term->in, TIOCGWINSZ, &size) == 0) &&
		size.ws_row > 0 && size.ws_col > 0) {
		term->rows = size.ws_row;
		term->columns = size.ws_col;
	}
	if (term->rows > LIMIT_ROWS)
		term->rows = LIMIT_ROWS;
	if (term->columns > LIMIT_COLUMNS)
		term->columns = LIMIT_COLUMNS;
	if (term->columns < 2)
		term->columns = 2;
}

static void set_colours(const struct term *term)
{
	bool light = term->face.ground == GROUND_LIGHT;

	assume_default_colors(
		grounds[term->face.ground].letters, grounds[term->face.ground].ground);
	for (int n = 0; n < LOOKS; n++) {
		if (looks[n].colour >= 0)
			init_pair((short)(n + 1), light ? looks[n].light : looks[n].colour, -1);
	}
}

static void start_looks(struct term *term, bool wanted)
{
	term->colour = wanted && has_colors() && !getenv("NO_COLOR");
	if (!term->colour)
		return;
	start_color();
	set_colours(term);
}

static void set_ground(struct term *term, enum ground ground)
{
	bool was = term->face.ground == GROUND_LIGHT, is = ground == GROUND_LIGHT;

	term->face.ground = ground;
	if (term->colour)
		set_colours(term);
	else if (term->is_tty && was != is)
		funnel_write(&term->funnel, is ? LIGHT_ON : LIGHT_OFF, sizeof(LIGHT_ON) - 1);
}

static bool coding_has_hanzi(void)
{
	static const char *const codings[] = {"UTF-8", "GB18030", "GBK", "GB2312"};

	for (size_t n = 0; n < countof(codings); n++) {
		if (strcasecmp(nl_langinfo(CODESET), codings[n]) == 0)
			return true;
	}
	return false;
}

static void cell_put(
	const struct term *term, const struct cell_at *cell, unsigned width, cchar_t *out)
{
	wchar_t text[2] = {(wchar_t)cell->cp, 0};
	short pair = term->colour && looks[cell->look].colour >= 0 ? (short)(cell->look + 1) : 0;

	/* A terminal that counts other columns than we do would shift the rest of the row. */
	if ((unsigned)wcwidth(text[0]) != width)
		text[0] = '?';
	setcchar(out, text, looks[cell->look].attributes, pair, NULL);
}

static void show_row(struct term *term, const struct grid *grid, unsigned row)
{
	const struct cell_at *cells = &grid->cells[(size_t)row * grid->columns];
	cchar_t line[LIMIT_COLUMNS + 1];
	size_t used = 0;

	for (unsigned column = 0; column < grid->columns && column < term->columns; column++) {
		bool wide = column + 1 < grid->columns && cells[column + 1].cp == 0;
		struct cell_at cell = cells[column];

		if (wide && wcwidth((wchar_t)cell.cp) == 2 && column + 1 < term->columns) {
			cell_put(term, &cell, 2, &line[used++]);
			column++;
			continue;
		}
		if (cell.cp == 0 || wide)
			cell.cp = '?';
		cell_put(term, &cell, 1, &line[used++]);
	}
	mvadd_wchnstr((int)row, 0, line, (int)used);
}

static void resize(struct term *term)
{
	measure(term);
	resize_term((int)term->rows, (int)term->columns);
	clearok(curscr, TRUE);
}

/* How long poll may sleep, with the terminal's answer as one more thing to wait for. */
static int sleep_ms(const struct term *term, int64_t until)
{
	if (term->funnel.until_ms && (until < 0 || term->funnel.until_ms < until))
		until = term->funnel.until_ms;
	if (until < 0)
		return -1;
	int64_t left = until - funnel_now();
	return left < 0 ? 0 : (int)left;
}

/* Sleeps; true when something is there: *WHAT says it. */
static bool sleep_until(
	struct term *term, int child_fd, int64_t until, enum wait *what, bool *bytes)
{
	struct pollfd ready[] = {
		{.fd = term->in, .events = POLLIN},
		{.fd = signals_fd(), .events = POLLIN},
		{.fd = child_fd, .events = POLLIN},
	};
	int count = poll(ready, countof(ready), sleep_ms(term, until));
	signals_quiet();
	*bytes = count > 0 && ready[0].revents;
	if (count > 0 && (ready[0].revents & (POLLHUP | POLLERR | POLLNVAL)) &&
		!(ready[0].revents & POLLIN))
		term->funnel.gone = true;
	if (*bytes || signals_hung_up() || term->funnel.gone)
		return false;
	*what = count > 0 && ready[2].revents ? WAIT_CHILD : WAIT_DUE;
	if (*what == WAIT_CHILD)
		return true;
	return funnel_late(&term->funnel) || (until >= 0 && funnel_now() >= until);
}

/* ncurses must be told the size: it sees a memory file, and terminals like linux do not say their
 * own. And that bytes are what counts: pauses that a VT100 of 1978 took after some of them made it
 * write thirty blanks instead of clearing a row. The environment is as before afterwards: a child
 * would go by it. */
static SCREEN *start_screen(struct term *term, const char *type)
{
	static const char *const names[] = {"LINES", "COLUMNS", "NCURSES_NO_PADDING"};
	const unsigned values[] = {term->rows, term->columns, 1};
	char *before[countof(names)], number[16];

	for (size_t n = 0; n < countof(names); n++) {
		before[n] = getenv(names[n]) ? memory_text(getenv(names[n])) : NULL;
		snprintf(number, sizeof(number), "%u", values[n]);
		setenv(names[n], number, 1);
	}
	SCREEN *screen = newterm(type, term->funnel.file, term->in_file);
	for (size_t n = 0; n < countof(names); n++) {
		if (before[n])
			setenv(names[n], before[n], 1);
		else
			unsetenv(names[n]);
		free(before[n]);
	}
	return screen;
}

static bool give_up(struct term *term, enum rc *rc, const char *type, struct fault *fault)
{
	if (!term->screen)
		*rc = fault_set(
			fault, RC_NONE, _("不认识终端类型 \"%s\"，改用 outpost line"), type);
	else if (!tigetstr("cup") || tigetstr("cup") == (char *)-1)
		*rc = fault_set(
			fault, RC_NONE, _("终端 \"%s\" 不能移动光标，改用 outpost line"), type);
	return *rc != RC_OK;
}

enum rc term_open(struct term **out, int in, int out_fd, const char *type, struct fault *fault)
{
	struct term *term = memory_get(1, sizeof(*term));
	enum rc rc = RC_OK;

	term->in = in;
	grid_start(&term->shown, 1, 1);
	if (!type)
		type = getenv("TERM") ? getenv("TERM") : "dumb";
	int again = fcntl(in, F_DUPFD_CLOEXEC, 3);
	term->in_file = again < 0 ? NULL : fdopen(again, "r");
	if (!funnel_open(&term->funnel, out_fd) || !term->in_file) {
		rc = fault_set(fault, RC_IO, _("打不开终端：%s"), fault_why(errno));
		goto failed;
	}
	signals_catch();
	measure(term);
	term->screen = start_screen(term, type);
	if (give_up(term, &rc, type, fault))
		goto failed;
	set_line(term);
	set_escdelay(ESC_WAIT_MS);
	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	idlok(stdscr, TRUE);
	keys_name();
	start_looks(term, true);
	term->hanzi = coding_has_hanzi();
	term->margin = tigetflag("am") > 0 && tigetflag("xenl") <= 0;
	resize(term);
	if (term->is_tty)
		funnel_write(&term->funnel, PASTES_ON, sizeof(PASTES_ON) - 1);
	*out = term;
	return RC_OK;
failed:
	term_close(term);
	return rc;
}

void term_close(struct term *term)
{
	if (!term)
		return;
	if (term->screen) {
		set_term(term->screen);
		endwin();
		fflush(term->funnel.file);
		if (term->funnel.bytes > 0)
			funnel_send(&term->funnel);
		if (term->is_tty)
			funnel_write(&term->funnel, PASTES_OFF, sizeof(PASTES_OFF) - 1);
		if (!term->colour)
			set_ground(term, GROUND_OWN);
		delscreen(term->screen);
	}
	if (term->is_tty)
		tcsetattr(term->in, TCSADRAIN, &term->before);
	funnel_close(&term->funnel);
	grid_release(&term->shown);
	if (term->in_file)
		fclose(term->in_file);
	buf_release(&term->pasted);
	buf_release(&term->clean);
	free(term);
}

void term_size(const struct term *term, unsigned *rows, unsigned *columns)
{
	*rows = term->rows;
	*columns = term->columns - term->margin;
}

void term_show(struct term *term, const struct grid *grid)
{
	if (fresh_is_cheaper(&term->shown, grid))
		clearok(curscr, TRUE);
	fresh_keep(&term->shown, grid);
	for (unsigned row = 0; row < grid->rows && row < term->rows; row++)
		show_row(term, grid, row);
	leaveok(stdscr, grid->cursor_row < 0);
	if (grid->cursor_row >= 0)
		move(grid->cursor_row, grid->cursor_column);
	refresh();
	funnel_send(&term->funnel);
}

void term_bell(struct term *term)
{
	funnel_write(&term->funnel, "\a", 1);
}

void term_refresh(struct term *term)
{
	(void)term;
	clearok(curscr, TRUE);
}

uint64_t term_bytes(const struct term *term)
{
	return term->funnel.bytes;
}

void term_meter(const struct term *term, unsigned *bytes, unsigned *ms)
{
	*bytes = term->funnel.frame_bytes;
	*ms = term->funnel.frame_ms;
}

enum wait term_wait(struct term *term, int *key, int child_fd, int wait_ms)
{
	int64_t until = wait_ms < 0 ? -1 : funnel_now() + wait_ms;
	enum wait what;

	for (;;) {
		bool bytes = false;

		if (signals_hung_up() || term->funnel.gone) {
			*key = K_HANGUP;
			return WAIT_GONE;
		}
		if (signals_resized()) {
			resize(term);
			*key = K_RESIZE;
			return WAIT_KEY;
		}
		bool held = term->loose || term->pasting;
		if (!held && sleep_until(term, child_fd, until, &what, &bytes))
			return what;
		if (!bytes && !held)
			continue;
		enum got got = keys_read(term, bytes, key);
		if (got != GOT_NOTHING)
			return got == GOT_KEY ? WAIT_KEY : WAIT_DUE;
	}
}

bool term_pending(struct term *term)
{
	struct pollfd ready = {.fd = term->in, .events = POLLIN};

	if (term->funnel.gone || signals_hung_up())
		return false;
	return term->funnel.until_ms > funnel_now() || poll(&ready, 1, 0) > 0;
}

const char *term_pasted(struct term *term)
{
	buf_clear(&term->clean);
	(void)text_clean((const char *)term->pasted.at, term->pasted.len, true, &term->clean);
	return buf_cstr(&term->clean);
}

void term_mark(struct term *term)
{
	funnel_mark(&term->funnel);
}

bool term_seen(struct term *term)
{
	return funnel_seen(&term->funnel);
}

bool term_hanzi(const struct term *term)
{
	return term->hanzi;
}

void term_face(struct term *term, const struct face *face)
{
	bool recoded = face->coding != term->face.coding;

	coding_set(face->coding);
	term->face.coding = face->coding;
	term->hanzi = coding_has_hanzi();
	set_ground(term, face->ground);
	if (recoded || term->colour)
		clearok(curscr, TRUE);
}

int64_t term_now(void)
{
	return funnel_now();
}
