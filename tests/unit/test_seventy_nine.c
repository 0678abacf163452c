/* SPDX-License-Identifier: GPL-3.0-or-later
 * A window of 79 columns and 23 lines, as login programs leave it, without colours or on a light
 * ground: every screen says all its keys there, nothing is said by colour alone, and no colour is
 * sent that cannot be read on it.
 * Covers: T9
 */
#include "every_screen.h"
#include "line_end.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/text.h"

enum { ROWS = 23, COLUMNS = 79 };

/* The last line of what is shown: its keys. */
static const char *foot(const char *screen)
{
	const char *last = screen;

	for (const char *at = screen; *at; at++)
		if (*at == '\n' && at[1])
			last = at + 1;
	return last;
}

static void every_screen_fits(void **state)
{
	struct desk desk;
	unsigned count = 0;

	(void)state;
	every_furnish(&desk);
	grid_size(&desk.grid, ROWS, COLUMNS);
	for (size_t n = 0; screens[n]; n++, count++) {
		const char *name = screens[n]->name;

		if (!every_opened(&desk, name))
			fail_msg("%s does not open", name);
		const char *screen = every_seen(&desk), *keys = foot(screen);
		unsigned lines = 1;

		for (const char *at = screen; *at; at++)
			lines += *at == '\n' && at[1];
		if (lines != ROWS)
			fail_msg("%s: %u lines\n%s", name, lines, screen);
		if (strchr(keys, '~'))
			fail_msg("%s: its keys are cut: %s", name, keys);
		/* Somebody who knows no key finds the help, or stands in a field that tells its
		 * own. */
		if (!strstr(keys, "? ") && !strstr(keys, "^X"))
			fail_msg("%s: neither help nor the way back: %s", name, keys);
	}
	assert_true(count > 20);
	desk_close(&desk);
}

/* The warning is red, and it says so in letters on every list and record. */
static void colours_have_their_letter(void **state)
{
	static const char *const shown[] = {"home", "warn", "tick"};
	struct desk desk;

	(void)state;
	every_furnish(&desk);
	grid_size(&desk.grid, ROWS, COLUMNS);
	for (size_t n = 0; n < countof(shown); n++) {
		assert_true(every_opened(&desk, shown[n]));
		const char *screen = every_seen(&desk);

		if (!strstr(screen, "红R"))
			fail_msg("%s: red is said by colour alone\n%s", shown[n], screen);
	}
	desk_close(&desk);
}

static void paint_looks(struct grid *grid)
{
	for (unsigned look = 0; look < LOOKS; look++)
		pane_fmt(grid_pane(grid), look, 0, (enum look)look, "隐患 %u", look);
	pane_cursor(grid_pane(grid), 0, 0);
}

/* Does what was sent hold SGR parameter WANTED? */
static bool sends_colour(const char *bytes, size_t len, const char *wanted)
{
	for (const char *at = bytes; (at = memchr(at, '\033', len - (size_t)(at - bytes))); at++) {
		size_t left = len - (size_t)(at - bytes), long_ = 2;

		if (left < 3 || at[1] != '[')
			continue;
		while (long_ < left && strchr("0123456789;", at[long_]))
			long_++;
		if (long_ < left && at[long_] == 'm' && memmem(at, long_, wanted, strlen(wanted)))
			return true;
	}
	return false;
}

static void nothing_pale_on_a_light_ground(void **state)
{
	static const struct face light = {CODING_LOGIN, GROUND_LIGHT}, dark = {0};
	static const struct face *const faces[] = {&light, &dark};

	(void)state;
	for (size_t n = 0; n < countof(faces); n++) {
		struct line_end end;
		char bytes[8192];

		line_end_open(&end, "xterm", NULL, ROWS, COLUMNS);
		term_face(end.term, faces[n]);
		paint_looks(&end.grid);
		(void)line_end_show(&end);
		ssize_t got = pread(end.out, bytes, sizeof bytes, 0);
		assert_true(got > 0);
		bool pale = sends_colour(bytes, (size_t)got, "33") ||
			    sends_colour(bytes, (size_t)got, "36");
		assert_int_equal(pale, faces[n] == &dark);
		line_end_same(&end);
		line_end_close(&end);
	}
}

/* A terminal without colours is sent none. */
static void one_colour(void **state)
{
	static const struct face light = {CODING_LOGIN, GROUND_LIGHT};
	struct line_end end;
	char bytes[8192];

	(void)state;
	line_end_open(&end, "vt100", NULL, ROWS, COLUMNS);
	term_face(end.term, &light);
	paint_looks(&end.grid);
	(void)line_end_show(&end);
	ssize_t got = pread(end.out, bytes, sizeof bytes, 0);
	assert_true(got > 0);
	assert_false(sends_colour(bytes, (size_t)got, "3"));
	assert_false(sends_colour(bytes, (size_t)got, "4"));
	line_end_same(&end);
	line_end_close(&end);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_screen_fits),
		cmocka_unit_test(colours_have_their_letter),
		cmocka_unit_test(nothing_pale_on_a_light_ground),
		cmocka_unit_test(one_colour),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
