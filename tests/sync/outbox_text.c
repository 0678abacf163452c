/* SPDX-License-Identifier: GPL-3.0-or-later
 * The outbox, line by line.
 */
#include "outbox_text.h"

#include "base/when.h"
#include "store/rows/internal.h"
#include "screens/outbox_page.h"

void outbox_text_put(struct store *store, struct buf *out)
{
	struct arena arena = {0};
	struct outbox_page outbox = {0};
	struct fault fault;

	if (outbox_page_load(&outbox, store, when_now(), &arena, &fault))
		die("outbox: %s", fault.text);
	for (unsigned i = 0; i < outbox.page.count; i++)
		buf_fmt(out, "%s\n", outbox.page.lines[i].text);
	outbox_page_release(&outbox);
	arena_release(&arena);
}
