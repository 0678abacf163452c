/* SPDX-License-Identifier: GPL-3.0-or-later
 * The terminal in process: what ncurses makes of a grid is read back by libvterm, in UTF-8 and
 * GB18030; keys in all their forms; pastes; hang-up; pacing by the terminal's answers.
 * Tests also: term_keys.c.
 * Covers: M91
 */
#include "ui/term.h"

#include <locale.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "line_end.h"
#include "ui/edit.h"
#include "ui/keys.h"

static const char *const names[] = {"xterm-256color", "vt100", "vt220", "linux", "screen", "ansi"};

static void paint(struct line_end *end)
{
	struct pane all = grid_pane(&end->grid);

	pane_text(all, 0, 0, LOOK_TITLE, 0, "隐患清单");
	pane_right(all, 0, LOOK_PLAIN, "王庄村");
	for (unsigned row = 2; row < all.rows - 1; row++)
		pane_fmt(all, row, 2, row % 5 ? LOOK_PLAIN : LOOK_RED, "%04u 后山边坡 崩塌 %u 方",
			row, row * 7);
	pane_text(all, 2, 0, LOOK_PLAIN, 0, ">");
	pane_cursor(all, 2, 0);
}

static void test_every_terminal(void **state)
{
	(void)state;
	for (size_t n = 0; n < countof(names); n++) {
		struct line_end end;

		line_end_open(&end, names[n], NULL, 24, 80);
		paint(&end);
		assert_in_range(line_end_show(&end), 500, 2100);
		line_end_same(&end);
		pane_text(grid_pane(&end.grid), 5, 8, LOOK_PLAIN, 0, "a");
		line_end_show(&end);
		line_end_same(&end);
		line_end_close(&end);
	}
}

static void test_gb18030(void **state)
{
	struct line_end end;

	(void)state;
	if (!setlocale(LC_ALL, "zh_CN.GB18030"))
		fail_msg("no locale zh_CN.GB18030: make locales, and LOCPATH");
	line_end_open(&end, "vt100", "GB18030", 24, 80);
	assert_true(term_hanzi(end.term));
	paint(&end);
	pane_text(grid_pane(&end.grid), 1, 0, LOOK_PLAIN, 0, "\xf0\xa0\xae\xb7 㐂 𠮷ab");
	unsigned first = line_end_show(&end);
	assert_in_range(first, 400, 1700);
	line_end_same(&end);
	line_end_type(&end, "\xd2\xfe\x95\x32\xb2\x36");
	assert_int_equal(line_end_key(&end), 0x9690 /* 隐 */);
	line_end_close(&end);
	setlocale(LC_ALL, "C.UTF-8");
}

/* Has it sent TEXT since the last look? */
static bool has_sent(const struct line_end *end, const char *text)
{
	char bytes[8192];
	ssize_t got = pread(end->out, bytes, sizeof(bytes), end->seen);

	return got > 0 && memmem(bytes, (size_t)got, text, strlen(text));
}

static void test_another_face(void **state)
{
	static const struct face light = {CODING_LOGIN, GROUND_LIGHT},
				 coded = {CODING_GB18030, GROUND_OWN}, own = {0};
	struct line_end end;

	(void)state;
	line_end_open(&end, "xterm-256color", NULL, 24, 80);
	paint(&end);
	line_end_show(&end);
	term_face(end.term, &light);
	term_show(end.term, &end.grid);
	assert_true(has_sent(&end, "\033[30m\033[47m") || has_sent(&end, "\033[30;47m"));
	term_face(end.term, &coded);
	term_show(end.term, &end.grid);
	assert_true(has_sent(&end, "\xd2\xfe" /* 隐 */));
	assert_true(term_hanzi(end.term));
	line_end_type(&end, "\xd2\xfe");
	assert_int_equal(line_end_key(&end), 0x9690);
	term_face(end.term, &own);
	line_end_close(&end);
	assert_string_equal(setlocale(LC_CTYPE, NULL), "C.UTF-8");
}

/* Emoji are one column wide in GB18030 and two in UTF-8: the rest of the row must not move. */
static void test_doubtful_width(void **state)
{
	struct line_end end;

	(void)state;
	assert_non_null(setlocale(LC_ALL, "zh_CN.GB18030"));
	line_end_open(&end, "vt100", "GB18030", 3, 20);
	pane_text(grid_pane(&end.grid), 0, 0, LOOK_PLAIN, 0, "后后");
	end.grid.cells[0].cp = 0x1f600;
	pane_right(grid_pane(&end.grid), 0, LOOK_PLAIN, "|");
	line_end_show(&end);
	assert_int_equal(eye_cell(end.eye, 0, 2, NULL), 0x540e);
	assert_int_equal(eye_cell(end.eye, 0, 19, NULL), '|');
	line_end_close(&end);
	setlocale(LC_ALL, "C.UTF-8");
}

static void test_locale_without_hanzi(void **state)
{
	struct line_end end;

	(void)state;
	setlocale(LC_ALL, "C");
	line_end_open(&end, "vt100", NULL, 3, 20);
	assert_false(term_hanzi(end.term));
	pane_text(grid_pane(&end.grid), 0, 0, LOOK_PLAIN, 0, "a崩b");
	line_end_show(&end);
	assert_int_equal(eye_cell(end.eye, 0, 0, NULL), 'a');
	assert_int_equal(eye_cell(end.eye, 0, 1, NULL), '?');
	assert_int_equal(eye_cell(end.eye, 0, 3, NULL), 'b');
	line_end_close(&end);
	setlocale(LC_ALL, "C.UTF-8");
}

static void test_dumb_is_refused(void **state)
{
	static const char *const refused[] = {"dumb", "no-such-terminal"};

	(void)state;
	for (size_t n = 0; n < countof(refused); n++) {
		struct term *term = NULL;
		struct fault fault = {0};
		int ends[2];

		assert_int_equal(pipe(ends), 0);
		assert_int_equal(term_open(&term, ends[0], ends[1], refused[n], &fault), RC_NONE);
		assert_null(term);
		assert_non_null(strstr(fault.text, refused[n]));
		close(ends[1]);
		char byte;
		assert_int_equal(read(ends[0], &byte, 1), 0);
		close(ends[0]);
	}
}

static void test_keys_in_all_forms(void **state)
{
	static const char *const wrong_names[] = {"vt100", "linux", "ansi", "xterm", "screen"};

	(void)state;
	for (size_t n = 0; n < countof(wrong_names); n++) {
		struct line_end end;

		line_end_open(&end, wrong_names[n], NULL, 24, 80);
		for (const struct key_sequence *s = key_sequences; s->bytes; s++) {
			line_end_type(&end, s->bytes);
			assert_int_equal(line_end_key(&end), s->key);
		}
		line_end_type(&end, "a崩\x7f\b\r\t\x0f\xf0\xa0\xae\xb7");
		static const int keys[] = {
			'a', 0x5d29, K_BACKSPACE, K_BACKSPACE, K_ENTER, K_TAB, 15, 0x20bb7};
		for (size_t k = 0; k < countof(keys); k++)
			assert_int_equal(line_end_key(&end), keys[k]);
		line_end_close(&end);
	}
}

static void test_unknown_sequences_are_no_text(void **state)
{
	struct line_end end;

	(void)state;
	line_end_open(&end, "vt100", NULL, 24, 80);
	line_end_type(&end, "\033[99;5~x");
	assert_int_equal(line_end_key(&end), 'x');
	line_end_type(&end, "\033z");
	assert_int_equal(line_end_key(&end), K_ESC);
	assert_int_equal(line_end_key(&end), 'z');
	line_end_type(&end, "\033");
	assert_int_equal(line_end_key(&end), K_ESC);
	line_end_close(&end);
}

static void test_hang_up(void **state)
{
	struct line_end end;

	(void)state;
	line_end_open(&end, "vt100", NULL, 24, 80);
	line_end_type(&end, "a");
	assert_int_equal(line_end_key(&end), 'a');
	close(end.keys);
	end.keys = -1;
	assert_int_equal(line_end_key(&end), K_HANGUP);
	assert_int_equal(line_end_key(&end), K_HANGUP);
	line_end_close(&end);
	line_end_open(&end, "vt100", NULL, 24, 80);
	raise(SIGHUP);
	assert_int_equal(line_end_key(&end), K_HANGUP);
	line_end_close(&end);
}

static void test_resize(void **state)
{
	struct line_end end;
	unsigned rows, columns;

	(void)state;
	line_end_open(&end, "vt100", NULL, 24, 80);
	paint(&end);
	line_end_show(&end);
	line_end_key(&end);
	setenv("LINES", "12", 1);
	setenv("COLUMNS", "40", 1);
	raise(SIGWINCH);
	assert_int_equal(line_end_key(&end), K_RESIZE);
	term_size(end.term, &rows, &columns);
	assert_int_equal(rows, 12);
	assert_int_equal(columns, 40);
	grid_size(&end.grid, rows, columns);
	eye_size(end.eye, rows, columns);
	paint(&end);
	line_end_show(&end);
	line_end_same(&end);
	line_end_close(&end);
}

static void test_child_and_due(void **state)
{
	struct line_end end;
	int ends[2], key;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	line_end_open(&end, "vt100", NULL, 24, 80);
	assert_int_equal(term_wait(end.term, &key, ends[0], 1), WAIT_DUE);
	assert_int_equal(write(ends[1], "x", 1), 1);
	assert_int_equal(term_wait(end.term, &key, ends[0], -1), WAIT_CHILD);
	line_end_close(&end);
	close(ends[0]);
	close(ends[1]);
}

/* A frame is one write, a question goes with big ones alone, and painting waits for the answer. */
static void test_paced_by_answers(void **state)
{
	struct line_end end;
	int key;

	(void)state;
	line_end_open(&end, "vt100", NULL, 24, 80);
	end.answers = false;
	paint(&end);
	line_end_show(&end);
	assert_true(term_pending(end.term));
	line_end_type(&end, "\033[0n");
	assert_int_equal(term_wait(end.term, &key, -1, 5000), WAIT_DUE);
	assert_false(term_pending(end.term));
	pane_text(grid_pane(&end.grid), 2, 0, LOOK_PLAIN, 0, " ");
	uint64_t before = term_bytes(end.term);
	unsigned cost = line_end_show(&end);
	assert_int_equal(term_bytes(end.term) - before, cost);
	assert_false(term_pending(end.term));
	line_end_close(&end);
}

/* What stands between the brackets is one event, whatever keys it looks like. */
static void test_a_paste(void **state)
{
	struct line_end end;

	(void)state;
	line_end_open(&end, "vt100", NULL, 24, 80);
	line_end_type(&end, "a\033[200~s\033[Ay 暴雨\r二\t行\r\033[201~b");
	assert_int_equal(line_end_key(&end), 'a');
	assert_int_equal(line_end_key(&end), K_PASTE);
	assert_string_equal(term_pasted(end.term), "sy 暴雨\n二 行");
	assert_int_equal(line_end_key(&end), 'b');
	/* Its end was lost on the line: what came is one event all the same. */
	line_end_type(&end, "\033[200~yes");
	assert_int_equal(line_end_key(&end), K_PASTE);
	assert_string_equal(term_pasted(end.term), "yes");
	line_end_close(&end);
}

/* A marked frame is known as seen when the terminal answers behind it. */
static void test_a_frame_is_seen(void **state)
{
	struct line_end end;
	int key;

	(void)state;
	line_end_open(&end, "vt100", NULL, 24, 80);
	end.answers = false;
	pane_text(grid_pane(&end.grid), 2, 0, LOOK_PLAIN, 0, "y?");
	term_mark(end.term);
	assert_false(term_seen(end.term));
	assert_in_range(line_end_show(&end), 1, 60);
	assert_false(term_seen(end.term));
	line_end_type(&end, "y\033[0n");
	assert_int_equal(line_end_key(&end), 'y');
	assert_false(term_seen(end.term));
	assert_int_equal(term_wait(end.term, &key, -1, 1000), WAIT_DUE);
	assert_true(term_seen(end.term));
	assert_false(term_seen(end.term));
	line_end_close(&end);
}

/* No answer for three seconds: never asked again, until one comes after all. */
static void test_silent_terminal(void **state)
{
	struct line_end end;
	int key;

	(void)state;
	line_end_open(&end, "vt100", NULL, 24, 80);
	end.answers = false;
	paint(&end);
	line_end_show(&end);
	assert_int_equal(term_wait(end.term, &key, -1, 10000), WAIT_DUE);
	assert_false(term_pending(end.term));
	term_refresh(end.term);
	uint64_t before = term_bytes(end.term);
	unsigned cost = line_end_show(&end);
	assert_int_equal(term_bytes(end.term) - before, cost);
	assert_false(term_pending(end.term));
	/* A marked frame is taken as seen after a second. */
	term_mark(end.term);
	term_refresh(end.term);
	line_end_show(&end);
	assert_false(term_seen(end.term));
	usleep(1100000);
	assert_true(term_seen(end.term));
	line_end_type(&end, "\033[0n");
	assert_int_equal(term_wait(end.term, &key, -1, 1000), WAIT_DUE);
	term_refresh(end.term);
	line_end_show(&end);
	assert_true(term_pending(end.term));
	line_end_close(&end);
}

/* docs: a letter at the end is one byte, a hanzi three (two in GB18030), backspace six. */
static void type_and_count(const char *coding, unsigned hanzi)
{
	struct line_end end;
	struct edit edit;

	line_end_open(&end, "vt100", coding, 24, 80);
	paint(&end);
	edit_start(&edit, EDIT_LINE, 0, "");
	struct pane pane = pane_part(grid_pane(&end.grid), 4, 12, 1, 40);
	edit_layout(&edit, pane_measured(pane));
	edit_draw(&edit, pane, true);
	line_end_show(&end);
	static const int keys[] = {'a', 0x5d29, K_BACKSPACE, K_BACKSPACE};
	const unsigned most[] = {1, hanzi, 6, 6};
	for (size_t n = 0; n < countof(keys); n++) {
		edit_key(&edit, keys[n]);
		edit_layout(&edit, pane_measured(pane));
		edit_draw(&edit, pane, true);
		assert_in_range(line_end_show(&end), 1, most[n]);
		line_end_same(&end);
	}
	edit_release(&edit);
	line_end_close(&end);
}

static void test_bytes_of_typing(void **state)
{
	(void)state;
	type_and_count(NULL, 3);
	assert_non_null(setlocale(LC_ALL, "zh_CN.GB18030"));
	type_and_count("GB18030", 2);
	setlocale(LC_ALL, "C.UTF-8");
}

static void test_bytes_of_inserting(void **state)
{
	struct line_end end;
	struct edit edit;

	(void)state;
	line_end_open(&end, "vt100", NULL, 24, 80);
	edit_start(&edit, EDIT_TEXT, 0, "昨夜暴雨致后山边坡发生局部崩塌，约");
	edit_key(&edit, K_HOME);
	struct pane pane = pane_part(grid_pane(&end.grid), 4, 12, 4, 17);
	edit_layout(&edit, pane_measured(pane));
	edit_draw(&edit, pane, true);
	line_end_show(&end);
	edit_key(&edit, 0x4eca);
	edit_layout(&edit, pane_measured(pane));
	edit_draw(&edit, pane, true);
	assert_in_range(line_end_show(&end), 1, 80);
	line_end_same(&end);
	edit_release(&edit);
	line_end_close(&end);
}

static int start(void **state)
{
	(void)state;
	unsetenv("NO_COLOR");
	return setlocale(LC_ALL, "C.UTF-8") ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_terminal),
		cmocka_unit_test(test_gb18030),
		cmocka_unit_test(test_another_face),
		cmocka_unit_test(test_doubtful_width),
		cmocka_unit_test(test_locale_without_hanzi),
		cmocka_unit_test(test_dumb_is_refused),
		cmocka_unit_test(test_keys_in_all_forms),
		cmocka_unit_test(test_unknown_sequences_are_no_text),
		cmocka_unit_test(test_hang_up),
		cmocka_unit_test(test_resize),
		cmocka_unit_test(test_child_and_due),
		cmocka_unit_test(test_paced_by_answers),
		cmocka_unit_test(test_a_paste),
		cmocka_unit_test(test_a_frame_is_seen),
		cmocka_unit_test(test_silent_terminal),
		cmocka_unit_test(test_bytes_of_typing),
		cmocka_unit_test(test_bytes_of_inserting),
	};

	return cmocka_run_group_tests_name("term", tests, start, NULL);
}
