/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was late and why, as a text that a person signs: from the same lines as the outbox shows.
 */
#include "screens/outbox_page.h"

#include <string.h>

#include "screens/display.h"
#include "store/station.h"

static void put_lines(const struct page *page, struct buf *out)
{
	unsigned number = 0;

	for (unsigned n = 0; n < page->count; n++) {
		const struct page_line *line = &page->lines[n];
		const char *text = line->text + strspn(line->text, " ");

		if (line->ref.seq)
			buf_fmt(out, "%u. %s\n", ++number, text);
		else
			buf_fmt(out, "%s\n", text);
	}
}

enum rc outbox_statement(
	struct store *store, const struct user *user, struct buf *out, struct fault *fault)
{
	struct outbox_page late = {.part = OUTBOX_LATE, .by_line = true};
	struct arena arena = {0};
	int64_t now = store_now(store);
	char time[WHEN_TEXT];
	enum rc rc = outbox_page_load(&late, store, now, &arena, fault);

	when_show(now, time);
	buf_text(out, _("迟报情况说明\n"));
	display_text(store_station(store)->name, out);
	buf_fmt(out, "  %s\n\n", time);
	if (!rc && late.page.count)
		put_lines(&late.page, out);
	else if (!rc)
		buf_text(out, _("没有迟的：写下的都在时限内由上级证实收到\n"));
	buf_text(out, _("\n说明人："));
	display_text(user->name, out);
	buf_byte(out, '\n');
	outbox_page_release(&late);
	arena_release(&arena);
	return rc;
}
