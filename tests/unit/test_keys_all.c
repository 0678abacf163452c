/* SPDX-License-Identifier: GPL-3.0-or-later
 * One grammar of keys: what holds of a key holds on every screen there is, on a wide terminal and
 * on a small one. Covers: C02
 */
#include "every_screen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/when.h"
#include "work/actions.h"

static const unsigned sizes[][2] = {{24, 80}, {12, 40}};

/* Screens on which letters are text. */
static bool is_typed(const char *name)
{
	static const char *const typed[] = {"write", "lookup", "hear", "menu", "tour", "attach"};

	for (size_t n = 0; n < countof(typed); n++)
		if (!strcmp(typed[n], name))
			return true;
	return false;
}

struct every {
	struct desk desk;
	const char *name; /* of the screen under test */
	uint64_t facts;   /* when it was opened */
	struct ring ring;
};

/* Opened anew, with the line of what rings over it. */
static const char *begin(struct every *every, const char *name)
{
	every->name = name;
	if (!every_opened(&every->desk, name))
		fail_msg("%s does not open", name);
	every->ring = (struct ring){0};
	(void)parts_ring(every->desk.stack, every->desk.store, &every->ring);
	every->facts = log_last(store_log(every->desk.store));
	/* What burns comes with its question, which is one layer more. */
	if (!strcmp(name, "burning"))
		(void)stack_key(every->desk.stack, K_UP);
	return every_seen(&every->desk);
}

static const char *press(struct every *every, int key)
{
	assert_true(parts_press(every->desk.stack, every->desk.store, key, &every->ring));
	const char *screen = every_seen(&every->desk);
	stack_seen(every->desk.stack);
	return screen;
}

static void wants(const struct every *every, bool good, int key, const char *screen)
{
	char name[16];

	if (!good)
		fail_msg("%s, key %s: %s is on top\n%s", every->name, key_show(key, name),
			every_shown, screen);
}

static void writes_nothing(struct every *every, int key)
{
	if (log_last(store_log(every->desk.store)) != every->facts)
		fail_msg("%s: key %d wrote", every->name, key);
}

static void on_every_screen(bool typed, void (*check)(struct every *every, const char *name))
{
	struct every every = {0};

	every_furnish(&every.desk);
	for (size_t size = 0; size < countof(sizes); size++) {
		grid_size(&every.desk.grid, sizes[size][0], sizes[size][1]);
		for (size_t n = 0; screens[n]; n++)
			if (typed || !is_typed(screens[n]->name))
				check(&every, screens[n]->name);
	}
	desk_close(&every.desk);
}

static void goes_back(struct every *every, const char *name)
{
	static const int keys[] = {K_CTRL('X'), K_ESC, 'q'};

	for (size_t n = 0; n < countof(keys) - is_typed(name); n++) {
		begin(every, name);
		const char *screen = press(every, keys[n]);
		wants(every, !strcmp(every_shown, "door"), keys[n], screen);
	}
}

static void one_step_back(void **state)
{
	(void)state;
	on_every_screen(true, goes_back);
}

static void goes_home(struct every *every, const char *name)
{
	begin(every, name);
	const char *screen = press(every, 'h');
	wants(every, !strcmp(every_shown, "door"), 'h', screen);
}

static void h_is_home(void **state)
{
	(void)state;
	on_every_screen(false, goes_home);
}

/* Whatever it opens or says, Enter neither writes nor says yes. */
static void enters(struct every *every, const char *name)
{
	begin(every, name);
	for (unsigned n = 0; n < 4; n++)
		press(every, K_ENTER);
	writes_nothing(every, K_ENTER);
}

static void enter_writes_nothing(void **state)
{
	(void)state;
	on_every_screen(true, enters);
}

static void saves(struct every *every, const char *name)
{
	static const char *const saving[] = {"checking", "judging", "quiz", "text"};
	bool saves = false;

	begin(every, name);
	const char *screen = press(every, K_CTRL('O'));

	writes_nothing(every, K_CTRL('O'));
	/* Some say what is still to be answered, one where the paper is to be kept. */
	for (size_t n = 0; n < countof(saving); n++)
		saves |= !strcmp(name, saving[n]);
	if (!is_typed(name) && !saves)
		wants(every, strstr(screen, "这里没有要保存的"), K_CTRL('O'), screen);
	wants(every, !strcmp(every_shown, name), K_CTRL('O'), screen);
}

static void nothing_to_save(void **state)
{
	(void)state;
	on_every_screen(true, saves);
}

static void moves(struct every *every, const char *name)
{
	static const int keys[] = {
		' ', K_PAGE_DOWN, '-', K_PAGE_UP, K_UP, K_DOWN, 'k', 'j', 'G', 'g', K_END, K_HOME};

	for (size_t n = 0; n < countof(keys); n++) {
		/* There letters open the cards that are named by them. */
		if (!strcmp(name, "cards") && keys[n] >= 'A' && keys[n] <= 'z')
			continue;
		begin(every, name);
		const char *screen = press(every, keys[n]);
		/* On the plate g is the sign of a card: gas. */
		const char *wanted = !strcmp(name, "cards") && keys[n] == 'g' ? "card" : name;

		wants(every, !strstr(screen, "此处无") && !strcmp(every_shown, wanted), keys[n],
			screen);
		writes_nothing(every, keys[n]);
	}
}

static void moves_everywhere(void **state)
{
	(void)state;
	on_every_screen(false, moves);
}

static void helps(struct every *every, const char *name)
{
	begin(every, name);
	const char *screen = press(every, '?');
	wants(every, !strcmp(every_shown, "help"), '?', screen);
	screen = press(every, 'q');
	wants(every, !strcmp(every_shown, !strcmp(name, "help") ? "door" : name), 'q', screen);
}

static void help_of_each(void **state)
{
	(void)state;
	on_every_screen(false, helps);
}

static void refuses(struct every *every, const char *name)
{
	begin(every, name);
	const char *screen = press(every, '}');
	wants(every, strstr(screen, "此处无 } 键，? 查看可用键"), '}', screen);
}

static void says_what_works(void **state)
{
	(void)state;
	on_every_screen(false, refuses);
}

/* With the colour, the title and the number, whatever the screen is about; and any key but y drops
 * it. */
static void signs(struct every *every, const char *name)
{
	begin(every, name);
	const char *screen = press(every, 's');

	wants(every, strstr(screen, "红R WZ-") && strstr(screen, "其他键不办"), 's', screen);
	screen = press(every, K_ENTER);
	wants(every, strstr(screen, "没有办"), K_ENTER, screen);
	writes_nothing(every, K_ENTER);
}

static void s_is_the_loudest(void **state)
{
	(void)state;
	on_every_screen(false, signs);
}

static void jumps(struct every *every, const char *name)
{
	char before[64 * 1024];
	const char *screen;
	int64_t minute;

	if (!strcmp(name, "burning") || !strcmp(name, "tour"))
		return;
	do { /* what runs out is told by the minute: in one that ends, once more */
		minute = when_now() / 60;
		snprintf(before, sizeof before, "%s", begin(every, name));
		screen = press(every, K_CTRL('G'));
		wants(every, !strcmp(every_shown, "burning") && strstr(screen, "按 y 签收"),
			K_CTRL('G'), screen);
		screen = press(every, K_CTRL('G'));
	} while (strcmp(screen, before) != 0 && when_now() / 60 != minute);
	wants(every, !strcmp(screen, before), K_CTRL('G'), screen);
}

static void to_what_burns_and_back(void **state)
{
	(void)state;
	on_every_screen(true, jumps);
}

static void rings(struct every *every, const char *name)
{
	const char *screen = begin(every, name);

	wants(every, !strncmp(screen, "!!红R", strlen("!!红R")), 0, screen);
	screen = press(every, K_CTRL('L'));
	wants(every, !strncmp(screen, "!!红R", strlen("!!红R")), K_CTRL('L'), screen);
}

static void the_alarm_is_the_first_row(void **state)
{
	(void)state;
	on_every_screen(true, rings);
}

/* And from there h and q are one step. Of people who leave, D opens those of the zone at '>', and q
 * goes back there. Where items are marked A to D these are marks. */
static void goes_to_board(struct every *every, const char *name)
{
	if (!strcmp(name, "judging"))
		return;
	begin(every, name);
	const char *screen = press(every, 'D');

	wants(every, !strcmp(every_shown, "tick"), 'D', screen);
	screen = press(every, 'q');
	wants(every, !strcmp(every_shown, strcmp(name, "move") ? "door" : "move"), 'q', screen);
}

static void a_capital_goes_there(void **state)
{
	(void)state;
	on_every_screen(false, goes_to_board);
}

/* handover asks by itself, and so does a check; on a register's row y says that it is right, and
 * what is to be printed is asked about. */
static void agrees(struct every *every, const char *name)
{
	static const char *const asking[] = {"handover", "checking", "confirm", "text"};

	for (size_t n = 0; n < countof(asking); n++)
		if (!strcmp(name, asking[n]))
			return;
	begin(every, name);
	const char *screen = press(every, 'y');
	bool asks = !strcmp(name, "burning");

	wants(every, asks || strstr(screen, "现在没有要确认的事"), 'y', screen);
	if (!asks)
		writes_nothing(every, 'y');
}

static void y_without_a_question(void **state)
{
	(void)state;
	on_every_screen(false, agrees);
}

/* On the record a step has the key that it has in the list of steps, and no key has two meanings.
 */
static void a_step_has_one_sign(void **state)
{
	static const char common[] = "hqGgjksyw ?-/pnectl";
	const struct screen *record = NULL;

	(void)state;
	for (size_t n = 0; screens[n]; n++)
		if (!strcmp(screens[n]->name, "record"))
			record = screens[n];
	assert_non_null(record);
	for (unsigned k = 0; k < kinds_count; k++) {
		const struct step *step = kinds[k].steps;

		for (; step && step->tag; step++) {
			int sign = action_key(step);

			if (!sign || strchr(common, sign))
				fail_msg("%s.%s: no sign of its own", kinds[k].name, step->verb);
			for (const struct key *key = record->keys; key->key; key++)
				assert_int_not_equal(key->key, sign);
			for (const struct step *other = kinds[k].steps; other < step; other++)
				assert_int_not_equal(action_key(other), sign);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_step_back),
		cmocka_unit_test(h_is_home),
		cmocka_unit_test(enter_writes_nothing),
		cmocka_unit_test(nothing_to_save),
		cmocka_unit_test(moves_everywhere),
		cmocka_unit_test(help_of_each),
		cmocka_unit_test(says_what_works),
		cmocka_unit_test(s_is_the_loudest),
		cmocka_unit_test(to_what_burns_and_back),
		cmocka_unit_test(the_alarm_is_the_first_row),
		cmocka_unit_test(a_capital_goes_there),
		cmocka_unit_test(y_without_a_question),
		cmocka_unit_test(a_step_has_one_sign),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
