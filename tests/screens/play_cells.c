/* SPDX-License-Identifier: GPL-3.0-or-later
 * The stage of cells: stack and screens in this process, without a terminal loop. The bytes are
 * counted by painting into a terminal made of libvterm.
 */
#include <locale.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../unit/line_end.h"
#include "app/config.h"
#include "base/when.h"
#include "store/station.h"
#include "play.h"
#include "screens/me_page.h"
#include "screens/screens.h"

struct cells {
	struct app app;
	struct stack *stack;
	struct line_end end;
	struct ring ring;
	bool open;
};

static unsigned paint(struct cells *cells)
{
	if (!cells->open || !stack_dirty(cells->stack))
		return 0;
	stack_draw(cells->stack, &cells->end.grid);
	unsigned bytes = line_end_show(&cells->end);
	stack_seen(cells->stack);
	return bytes;
}

static void reload(struct cells *cells)
{
	struct fault fault = {0};

	if (!store_moved(cells->app.store))
		return;
	if (stack_load(cells->stack, &fault) != RC_OK)
		stack_say(cells->stack, LOOK_BAD, fault.text);
	(void)parts_ring(cells->stack, cells->app.store, &cells->ring);
}

static void close_cells(void *to)
{
	struct cells *cells = to;

	if (cells->stack && cells->open)
		(void)stack_key(cells->stack, K_HANGUP);
	stack_free(cells->stack);
	if (cells->end.term)
		line_end_close(&cells->end);
	app_close(&cells->app);
	free(cells);
}

static void *open_cells(const struct setting *setting, char why[200])
{
	struct cells *cells = calloc(1, sizeof(*cells));
	struct buf complaints = {0};
	struct fault fault = {0};

	assert(cells);
	setlocale(LC_ALL, setting->locale);
	snprintf(cells->app.home, sizeof(cells->app.home), "%s", setting->home);
	snprintf(cells->app.config, sizeof(cells->app.config), "%s", getenv("OUTPOST_CONFIG"));
	snprintf(cells->app.user_name, sizeof(cells->app.user_name), "%.100s", setting->user);
	/* The account that made the station in the seed is its first user. */
	const struct passwd *account = getpwuid(geteuid());
	snprintf(cells->app.login, sizeof(cells->app.login), "%.39s",
		account ? account->pw_name : "");
	when_start(setting->now);
	if (config_load(&cells->app, &complaints) != RC_OK || app_store(&cells->app, 0) != 0) {
		snprintf(why, 200, "the station does not open: %.150s", buf_cstr(&complaints));
		buf_release(&complaints);
		close_cells(cells);
		return NULL;
	}
	buf_release(&complaints);
	line_end_open(&cells->end, setting->type, setting->coding, setting->rows, setting->columns);
	cells->stack = stack_new(cells->app.store, &cells->app.user, screens);
	(void)store_moved(cells->app.store);
	me_apply(cells->stack, cells->app.store, &cells->app.user);
	cells->open = stack_start(cells->stack, "home", &fault);
	if (!cells->open) {
		snprintf(why, 200, "home does not open: %.150s", fault.text);
		close_cells(cells);
		return NULL;
	}
	(void)parts_ring(cells->stack, cells->app.store, &cells->ring);
	return cells;
}

/* The real loop reads the terminal's answers between two keys; here they are only taken out of the
 * way. */
static unsigned press_cells(void *to, const int *keys, unsigned count)
{
	struct cells *cells = to;

	paint(cells);
	for (unsigned n = 0; n < count && cells->open; n++) {
		reload(cells);
		if (stack_acts(cells->stack, keys[n]) &&
			stack_many(cells->stack, keys + n, count - n)) {
			stack_refuse(cells->stack, count - n);
			break;
		}
		if (keys[n] == K_CTRL('L'))
			term_refresh(cells->end.term);
		cells->open = parts_press(cells->stack, cells->app.store, keys[n], &cells->ring);
	}
	return paint(cells);
}

static unsigned paste_cells(void *to, const char *text)
{
	struct cells *cells = to;

	paint(cells);
	cells->open = stack_paste(cells->stack, text);
	return paint(cells);
}

static bool look_cells(void *to, struct buf *screen, int wait_ms)
{
	struct cells *cells = to;

	buf_clear(screen);
	stack_rest(cells->stack);
	reload(cells);
	(void)parts_tick(cells->stack, cells->app.store, &cells->ring);
	paint(cells);
	grid_show(&cells->end.grid, screen);
	return wait_ms < 0;
}

/* As the terminal's loop does when nothing comes: a screen that is due looks again. The lock comes
 * at the next look. */
static unsigned wait_cells(void *to, int64_t seconds)
{
	struct cells *cells = to;
	struct fault fault = {0};

	paint(cells);
	when_skip(seconds);
	int64_t due = stack_due(cells->stack);
	if (due && due <= when_now() && stack_load(cells->stack, &fault))
		stack_say(cells->stack, LOOK_BAD, fault.text);
	(void)parts_tick(cells->stack, cells->app.store, &cells->ring);
	return paint(cells);
}

static void size_cells(void *to, unsigned rows, unsigned columns)
{
	struct cells *cells = to;

	line_end_close(&cells->end);
	line_end_open(&cells->end, "vt100", NULL, rows, columns);
	cells->open = cells->open && stack_key(cells->stack, K_RESIZE);
}

const struct stage stage_cells = {open_cells, press_cells, paste_cells, look_cells, wait_cells,
	size_cells, NULL, close_cells};
