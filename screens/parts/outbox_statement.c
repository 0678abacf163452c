/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was late and why, as a text that a person signs: from the same lines as the outbox shows.
 */
#include "screens/outbox_page.h"

#include <string.h>

#include "base/when.h"
#include "model/rules.h"
#include "screens/display.h"
#include "store/peer.h"
#include "store/station.h"

enum { MINUTE = 60, SHOWN_DAYS = 30 };

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

/* ---- when nothing got through */

struct listing {
	struct buf *out;
	int64_t now;
	unsigned count;
};

static bool put_outage(const struct outage *outage, void *to)
{
	struct listing *at = to;
	char from[WHEN_TEXT], until[WHEN_TEXT], span[WHEN_TEXT];
	int64_t end = outage->until ? outage->until : at->now;

	if (!at->count++)
		buf_text(at->out, _("断网时段（短的不列）\n"));
	when_short(outage->from, at->now, from);
	when_short(end, at->now, until);
	when_span((end - outage->from) / MINUTE * MINUTE, span);
	buf_fmt(at->out, "%u. ", at->count);
	if (outage->until)
		buf_fmt(at->out, _("%s 至 %s，%s："), from, until, span);
	else
		buf_fmt(at->out, _("%s 起，还没通，已%s："), from, span);
	buf_fmt(at->out, _("%s（试%u次）\n"), trouble_what(outage->why), outage->tries);
	return true;
}

static enum rc put_outages(struct store *store, int64_t now, struct buf *out, struct fault *fault)
{
	struct listing listing = {.out = out, .now = now};
	int64_t since = now - rules_limit("late.shown.days", SHOWN_DAYS) * DAY_SECONDS;
	enum rc rc = outage_each(store, since, late_limit(LANE_ALARM), put_outage, &listing, fault);

	if (listing.count)
		buf_byte(out, '\n');
	return rc;
}

/* What still waits has not been proven by anybody: that it is not late yet is all that is known. */
static void put_none(const struct link_status *link, struct buf *out)
{
	if (link->facts)
		buf_fmt(out, _("到现在没有迟的；还有%u条等送，上级没有证实收到\n"), link->facts);
	else
		buf_text(out, _("没有迟的：写下的都在时限内由上级证实收到\n"));
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
	if (!rc)
		rc = put_outages(store, now, out, fault);
	if (!rc && late.page.count)
		put_lines(&late.page, out);
	else if (!rc)
		put_none(&late.link, out);
	buf_text(out, _("\n说明人："));
	display_text(user->name, out);
	buf_byte(out, '\n');
	outbox_page_release(&late);
	arena_release(&arena);
	return rc;
}
