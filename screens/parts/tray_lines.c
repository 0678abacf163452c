/* SPDX-License-Identifier: GPL-3.0-or-later
 * The lines of the outbox as memory.
 */
#include "screens/tray.h"

#include <stdlib.h>

struct tray_line *tray_add(struct tray_pen *at, enum look look, struct buf *text)
{
	struct tray *tray = at->tray;

	if (tray->count == tray->room) {
		tray->room = tray->room ? tray->room * 2 : 64;
		tray->lines = realloc(tray->lines, tray->room * sizeof(*tray->lines));
		if (!tray->lines)
			die("%s", _("内存不够"));
	}
	struct tray_line *line = &tray->lines[tray->count++];
	*line = (struct tray_line){.look = look, .text = arena_text(at->arena, buf_cstr(text))};
	buf_release(text);
	return line;
}

struct tray_line *tray_text(struct tray_pen *at, enum look look, const char *text)
{
	struct buf line = {0};

	buf_text(&line, text);
	return tray_add(at, look, &line);
}

void tray_release(struct tray *tray)
{
	free(tray->lines);
	*tray = (struct tray){0};
}
