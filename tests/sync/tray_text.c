/* SPDX-License-Identifier: GPL-3.0-or-later
 * The outbox, line by line.
 */
#include "tray_text.h"

#include "base/when.h"
#include "store/rows/internal.h"
#include "screens/tray.h"

void tray_text_put(struct store *store, struct buf *out)
{
	struct arena arena = {0};
	struct tray tray = {0};
	struct fault fault;

	if (tray_load(&tray, store, when_now(), &arena, &fault))
		die("tray: %s", fault.text);
	for (unsigned i = 0; i < tray.page.count; i++)
		buf_fmt(out, "%s\n", tray.page.lines[i].text);
	tray_release(&tray);
	arena_release(&arena);
}
