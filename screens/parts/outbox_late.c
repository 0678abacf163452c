/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lateness in the outbox: what waits longer than the county allows, what was proven above only
 * after that, and why. "Proven" is when this station learned of it: on a stick that is when the
 * receipt came back.
 */
#include "screens/outbox_page.h"

#include "base/when.h"
#include "model/rules.h"
#include "screens/display.h"

/* LATE_LOOKED: facts of a lane that are looked at; they lie in the order in which they came, the
 * oldest first. CAME_MOST: more is history. */
enum { LATE_LOOKED = 500, CAME_MOST = 8, CAME_DAYS = 30, MINUTE = 60 };

static void put_record(struct outbox_writing *at, const struct row *row, struct buf *text)
{
	buf_fmt(text, "  %s %s ", _(row->kind->label),
		display_number(at->store, row->ref, at->arena));
	display_title(at->store, row, text);
	buf_byte(text, ' ');
}

/* ---- what waits */

static bool add_waiting(const struct fact *fact, void *to)
{
	struct outbox_writing *at = to;
	struct arena arena = {0};
	struct buf text = {0};
	struct fault fault;
	struct row row;
	struct op op;

	if (++at->looked > LATE_LOOKED)
		return false;
	if (!op_take(fact->raw, &op) || at->now - stamp_seconds(op.stamp) < late_limit(at->lane))
		return true;
	struct ref ref = {op.rec_site, op.rec_seq};
	if (ref.site == at->last.site && ref.seq == at->last.seq)
		return true;
	at->last = ref;
	if (store_row(at->store, ref, &arena, &row, &fault) == RC_OK) {
		put_record(at, &row, &text);
		display_left(stamp_seconds(op.stamp), at->now, &text);
		page_add(at->page, at->lane == LANE_ALARM ? LOOK_BAD : LOOK_PLAIN, &text)->ref =
			ref;
		at->outbox->late++;
	}
	arena_release(&arena);
	return at->outbox->late < OUTBOX_EACH;
}

/* The first way's trouble is the reason; a second one would only be tried after it. */
static void put_why(struct outbox_writing *at, struct buf *text)
{
	const struct link_status *link = &at->outbox->link;
	char url[ROUTE_URL];
	struct route way;

	if (!route_at(at->store, 0, url)) {
		buf_text(text, _("没有到上级的线路：用 outpost up URL 设置"));
		return;
	}
	route_load(at->store, url, &way);
	if (way.failed)
		buf_fmt(text, _("%s：%s"), trouble_what(way.why), trouble_advice(way.why));
	else if (!way.tried)
		buf_text(text, _("还没有同步过：用 outpost sync，或请管理员开自动同步"));
	else if (at->now - link->peer.heard > LINK_QUIET)
		buf_text(text, _("有一阵没有同步：用 outpost sync"));
	else
		buf_text(text, _("联系上了，上级还没有证实收到"));
}

static enum rc add_late(struct outbox_writing *at, struct fault *fault)
{
	struct buf text = {0};
	enum rc rc = RC_OK;

	if (!at->outbox->link.facts)
		return RC_OK;
	buf_text(&text, _("还没送到、已经迟了的，原因："));
	put_why(at, &text);
	unsigned head = page_section(at->page, buf_cstr(&text));
	buf_release(&text);
	for (at->lane = 0; at->lane < LANES && !rc; at->lane++) {
		at->looked = 0;
		rc = peer_each_waiting(
			at->store, &at->outbox->link.peer, at->lane, add_waiting, at, fault);
	}
	page_section_end(at->page, head);
	return rc;
}

/* ---- what came late */

static bool add_came(const struct late *late, void *to)
{
	struct outbox_writing *at = to;
	struct arena arena = {0};
	struct buf text = {0};
	char time[WHEN_TEXT], span[WHEN_TEXT];
	struct fault fault;
	struct row row;

	if (store_row(at->store, late->rec, &arena, &row, &fault) == RC_OK) {
		put_record(at, &row, &text);
		when_short(late->written, at->now, time);
		when_span(late->proven - late->written, span);
		buf_fmt(&text, _("%s 写，%s后才证实送到(限%lld分)："), time, span,
			(long long)(late_limit(late->lane) / MINUTE));
		late_why(late, &text);
		page_add(at->page, LOOK_PLAIN, &text)->ref = late->rec;
		at->outbox->came_late++;
	}
	arena_release(&arena);
	return true;
}

enum rc outbox_late(struct outbox_writing *at, struct fault *fault)
{
	unsigned most = at->outbox->part == OUTBOX_ALL ? CAME_MOST : LATE_KEPT;
	int64_t since = at->now - rules_limit("late.shown.days", CAME_DAYS) * DAY_SECONDS;
	enum rc rc = add_late(at, fault); /* nothing waits where nobody is above */
	unsigned head = page_section(at->page, _("已送到、但晚了的，最近的在前"));

	if (!rc)
		rc = late_each(at->store, since, most, add_came, at, fault);
	page_section_end(at->page, head);
	return rc;
}
