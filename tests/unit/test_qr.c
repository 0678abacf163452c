/* SPDX-License-Identifier: GPL-3.0-or-later
 * A record as a QR code: squares come through as blocks, in either colour; on a screen whole, a
 * message at a time, or as letters where nothing fits; and on paper.
 * Tests also: screens/parts/qr.c screens/road/qr.c
 */
#include "screens/qr.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "desk.h"
#include "screens/beside.h"
#include "screens/printer.h"
#include "ui/face.h"

/* ---- squares */

/* Side by side dark and light, and dark at both ends. */
static void make(struct qr *qr, unsigned size)
{
	*qr = (struct qr){.size = size};
	for (unsigned n = 0; n < size * size; n++)
		buf_byte(&qr->dark, (n * 7 % 5 + n / size) % 2 == 0);
}

static bool dark(const struct qr *qr, int row, int column)
{
	int size = (int)qr->size;
	return row >= 0 && column >= 0 && row < size && column < size &&
	       qr->dark.at[row * size + column];
}

/* Which halves of the character at TEXT are drawn; it moves on. */
static unsigned halves_at(const char **text)
{
	static const uint32_t blocks[] = {' ', 0x2584, 0x2580, 0x2588};
	uint32_t cp;
	unsigned n = 0;

	*text += text_next(*text, strlen(*text), &cp);
	while (n < 4 && blocks[n] != cp)
		n++;
	assert_in_range(n, 0, 3);
	return n;
}

static void every_square_is_drawn(void **state)
{
	(void)state;
	for (unsigned size = 20; size < 22; size++)
		for (int ink = 0; ink < 2; ink++) {
			enum qr_style style = ink ? QR_INK : QR_LIGHT;
			struct buf out = {0};
			struct qr qr;

			make(&qr, size);
			qr_put(&qr, style, &out);
			const char *at = buf_cstr(&out);
			for (int row = 0; row < (int)qr_rows(&qr, style); row++, at++) {
				for (int column = 0; column < (int)qr_columns(&qr, style);
					column++) {
					unsigned halves = halves_at(&at);
					int x = column - QR_QUIET, y = 2 * row - QR_QUIET;

					assert_int_equal((halves & 2) != 0, dark(&qr, y, x) == ink);
					assert_int_equal(
						(halves & 1) != 0, dark(&qr, y + 1, x) == ink);
				}
				assert_int_equal(*at, '\n');
			}
			assert_int_equal(*at, '\0');
			buf_release(&out);
			qr_release(&qr);
		}
}

static void wide_ones_take_two_columns(void **state)
{
	struct buf out = {0};
	struct qr qr;

	(void)state;
	make(&qr, 21);
	qr_put(&qr, QR_INK_WIDE, &out);
	const char *at = buf_cstr(&out);
	for (int row = 0; row < 25; row++, at++)
		for (int column = 0; column < 25; column++) {
			bool is = *at != ' ';
			assert_int_equal(is, dark(&qr, row - QR_QUIET, column - QR_QUIET));
			at += is ? strlen("█") : 2;
		}
	buf_release(&out);
	qr_release(&qr);
}

static void only_a_picture_is_read(void **state)
{
	static const char *const wrong[] = {
		"", "\n", "#\n", "##", "## \n", "##\n##\n", "####\n####", "####\n##\n  \n"};
	struct qr qr = {0};

	(void)state;
	for (size_t n = 0; n < countof(wrong); n++)
		assert_false(qr_read(&qr, bytes_text(wrong[n])));
	assert_true(qr_read(&qr, bytes_text("##  \n  ##\n")));
	assert_int_equal(qr.size, 2);
	assert_memory_equal(qr.dark.at, "\1\0\0\1", 4);
	qr_release(&qr);
}

/* ---- a record */

static unsigned whole_size, each_size;
static bool drawn, wide;
static struct buf printed;

static int run(void *to, const struct user *user, const char *const *argv, struct buf *said,
	struct buf *told)
{
	(void)to, (void)user, (void)told;
	assert_string_equal(argv[0], "spoken");
	buf_text(said, "D1FIRST\nD2SECOND\n");
	return 0;
}

static bool make_code(void *to, struct bytes text, struct qr *qr, struct buf *said)
{
	(void)to;
	if (drawn)
		make(qr, memchr(text.at, '\n', text.len) ? whole_size : each_size);
	else
		buf_text(said, "nothing draws");
	return drawn;
}

static struct sheet_size size(void *to)
{
	(void)to;
	return (struct sheet_size){76, 60};
}

static const char *refuses(void *to, enum print_to where)
{
	(void)to, (void)where;
	return NULL;
}

static bool is_wide(void *to)
{
	(void)to;
	return wide;
}

static bool put(
	void *to, enum print_to where, const char *name, struct bytes sheet, struct buf *said)
{
	(void)to, (void)name;
	assert_int_equal(where, PRINT_PAPER);
	buf_clear(&printed);
	buf_put(&printed, sheet.at, sheet.len);
	buf_text(said, "printed");
	return true;
}

static int open_desk(void **state)
{
	static const struct beside beside = {run, NULL, NULL};
	static const struct printer printer = {
		.size = size, .refuses = refuses, .put = put, .qr = make_code, .wide = is_wide};
	struct desk *desk = calloc(1, sizeof *desk);

	desk_open(desk);
	(void)desk_add(desk, "hazard",
		(const char *[]){"category=H0101", "place=桥下", "text=积水", "grade=G", NULL});
	desk_login(desk, 24, 80);
	beside_set(&beside);
	printer_set(&printer);
	whole_size = 57, each_size = 29, drawn = true, wide = false;
	*state = desk;
	return 0;
}

static int close_desk(void **state)
{
	struct desk *desk = *state;

	beside_set(NULL);
	printer_set(NULL);
	buf_release(&printed);
	desk_close(desk);
	free(desk);
	return 0;
}

static void open_code(struct desk *desk)
{
	assert_true(desk_keys(desk, "A"));
	desk_type(desk, "隐患排查");
	assert_true(desk_keys(desk, "enter enter enter p m"));
}

/* A row of nothing but light stands at its top. */
static bool shows_code(struct desk *desk, bool turned)
{
	const char *top = strstr(desk_screen(desk), "\n███████████████████");

	return (top != NULL) != turned;
}

static void one_at_a_time_where_all_are_too_large(void **state)
{
	struct desk *desk = *state;

	open_code(desk);
	assert_true(desk_sees(desk, "第1条 共2条"));
	assert_true(shows_code(desk, false));
	assert_true(desk_keys(desk, "space"));
	assert_true(desk_sees(desk, "第2条 共2条"));
	assert_true(desk_keys(desk, "-"));
	assert_true(desk_sees(desk, "第1条 共2条"));
	assert_true(desk_keys(desk, "i"));
	assert_true(shows_code(desk, true));
	desk_hang_up(desk);
	whole_size = 33;
	desk_login(desk, 24, 80);
	open_code(desk);
	assert_true(desk_sees(desk, "扫出来的是短报文"));
	assert_true(shows_code(desk, false));
}

static void the_messages_where_nothing_fits(void **state)
{
	struct desk *desk = *state;

	desk_hang_up(desk);
	desk_login(desk, 12, 40);
	open_code(desk);
	assert_true(desk_sees(desk, "窗口要有33列18行"));
	assert_true(desk_sees(desk, "D1FIRST"));
	assert_true(desk_sees(desk, "D2SECOND"));
}

static void the_messages_where_nothing_draws(void **state)
{
	struct desk *desk = *state;

	drawn = false;
	open_code(desk);
	assert_true(desk_sees(desk, "nothing draws"));
	assert_true(desk_sees(desk, "D2SECOND"));
	assert_true(desk_keys(desk, "p"));
	assert_true(desk_sees(desk, "nothing draws"));
	desk_hang_up(desk);
	drawn = true;
	desk_login(desk, 24, 80);
	stack_face_set(desk->stack, &(struct face){.coding = CODING_GB18030});
	open_code(desk);
	assert_true(desk_sees(desk, "要 UTF-8 的"));
	assert_true(desk_sees(desk, "D1FIRST"));
}

static unsigned lines_of_blocks(void)
{
	unsigned count = 0;

	for (const char *at = buf_cstr(&printed); at; at = strchr(at, '\n')) {
		at += *at == '\n';
		count += strstr(at, "█") && strcspn(at, "\n") >= (size_t)(strstr(at, "█") - at);
	}
	return count;
}

static void on_paper(void **state)
{
	struct desk *desk = *state;

	open_code(desk);
	assert_true(desk_keys(desk, "p"));
	assert_true(desk_sees(desk, "打印这一篇，1页"));
	assert_true(desk_keys(desk, "y"));
	assert_true(desk_sees(desk, "printed"));
	assert_non_null(strstr(buf_cstr(&printed), "桥下"));
	assert_non_null(strstr(buf_cstr(&printed), "D1FIRST\nD2SECOND\n"));
	assert_in_range(lines_of_blocks(), 28, 29);
	/* Where a character is a module there is room for one message alone, and a page is not
	 * parted. */
	wide = true;
	assert_true(desk_keys(desk, "p"));
	assert_true(desk_sees(desk, "打印这一篇，2页"));
	assert_true(desk_keys(desk, "y"));
	assert_int_equal(lines_of_blocks(), 2 * 29);
	const char *second = strchr(buf_cstr(&printed), '\f');
	assert_non_null(second);
	assert_non_null(strstr(second, "D2SECOND"));
	assert_null(strstr(second, "D1FIRST"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_square_is_drawn),
		cmocka_unit_test(wide_ones_take_two_columns),
		cmocka_unit_test(only_a_picture_is_read),
		cmocka_unit_test_setup_teardown(
			one_at_a_time_where_all_are_too_large, open_desk, close_desk),
		cmocka_unit_test_setup_teardown(
			the_messages_where_nothing_fits, open_desk, close_desk),
		cmocka_unit_test_setup_teardown(
			the_messages_where_nothing_draws, open_desk, close_desk),
		cmocka_unit_test_setup_teardown(on_paper, open_desk, close_desk),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
