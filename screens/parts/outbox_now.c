/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board S: one state on top, and below it only what follows from it: what waits and how long it
 * takes, how much is late, in doubt or refused, and what to do when nothing gets through.
 */
#include "screens/outbox_page.h"

#include <string.h>

#include "base/text.h"
#include "screens/display.h"
#include "store/station.h"

enum { MINUTE = 60, HEAD_MOST = 60 };

/* ---- the state */

static void put_since(int64_t since, int64_t now, struct buf *out)
{
	char time[WHEN_TEXT], span[WHEN_TEXT];

	if (!since)
		return;
	when_short(since, now, time);
	buf_fmt(out, _(" %s起"), time);
	if (now - since >= MINUTE) {
		when_span((now - since) / MINUTE * MINUTE, span);
		buf_text(out, span);
	}
}

static void put_reason(
	const struct outbox_writing *at, const struct link_state *state, struct buf *out)
{
	if (state->road == ROAD_ALONE)
		buf_text(out, _("，记录都只在本机。要接入：上级给邀请，本站 outpost join"));
	else if (!at->outbox->link.has_way)
		buf_text(out, _("：没有线路。用 outpost up URL 设置，或存 U 盘带去"));
	else if (state->road == ROAD_HALF && !state->only_alarm)
		buf_fmt(out, _("：线路1 %s，走后面的线路，都送"), trouble_what(state->why));
	else if (state->road == ROAD_HALF)
		buf_fmt(out, _("：%s"), trouble_what(state->why));
	else if (state->why != TROUBLE_NONE)
		buf_fmt(out, _("：%s。%s"), trouble_what(state->why), trouble_advice(state->why));
}

static void add_state(struct outbox_writing *at)
{
	const struct peer *peer = &at->outbox->link.peer;
	const struct link_state state = at->outbox->link.state;
	struct buf text = {0};
	char heard[WHEN_TEXT];

	buf_text(&text, link_status_road(state.road));
	put_since(state.road == ROAD_GOOD ? 0 : state.since, at->now, &text);
	put_reason(at, &state, &text);
	if (at->outbox->link.joined && peer->heard) {
		when_short(peer->heard, at->now, heard);
		buf_fmt(&text, _("  最后证实%s"), heard);
	}
	page_add(at->page, state.road == ROAD_GOOD ? LOOK_TITLE : LOOK_BAD, &text);
}

/* ---- the ways, a line each: one says that it works or that it does not, never both */

static void put_works(const struct route *way, int64_t now, struct buf *text)
{
	char time[WHEN_TEXT];

	when_short(way->worked, now, time);
	buf_fmt(text, _(" %s通"), time);
	if (way->pace.trip_ms >= 100) /* less is no matter */
		buf_fmt(text, _(" 往返%u.%u秒"), way->pace.trip_ms / 1000,
			way->pace.trip_ms % 1000 / 100);
	if (way->pace.rate) {
		buf_byte(text, ' ');
		link_status_bytes(way->pace.rate, text);
		buf_text(text, _("/秒"));
	}
	if (way->spent && way->day == date_of(now)) {
		buf_text(text, _(" 今天用"));
		link_status_bytes(way->spent, text);
	}
}

static void add_ways(struct outbox_writing *at)
{
	char url[ROUTE_URL];

	for (unsigned n = 0; n < ROUTES_MOST && route_at(at->store, n, url); n++) {
		struct buf text = {0};
		struct route way;

		route_load(at->store, url, &way);
		buf_fmt(&text, _("线路%u %s"), n + 1, url);
		if (way.failed)
			buf_fmt(&text, _(" 连续%u次不通 %s"), way.failed, trouble_what(way.why));
		else if (way.worked)
			put_works(&way, at->now, &text);
		else
			buf_text(&text, _(" 还没有用过"));
		if (way_terms_of(url))
			buf_byte(&text, ' ');
		way_terms_say(url, &way, at->now, &text);
		page_add(at->page, way.failed ? LOOK_BAD : LOOK_PLAIN, &text);
	}
}

/* ---- what waits */

struct first {
	struct outbox_writing *at;
	struct ref ref;
	int64_t since;
	const struct kind *kind;
};

static bool see_first(const struct fact *fact, void *to)
{
	struct first *first = to;
	struct op op;

	if (!op_take(fact->raw, &op))
		return true;
	first->ref = (struct ref){op.rec_site, op.rec_seq};
	first->since = stamp_seconds(op.stamp);
	first->kind = kind_of(op.kind);
	return false;
}

static enum rc add_lane(
	struct outbox_writing *at, unsigned lane, const struct pace *pace, struct fault *fault)
{
	const struct lane_waiting *waiting = &at->outbox->link.waiting[lane];
	struct first first = {.at = at};
	struct buf text = {0};
	char time[WHEN_TEXT];

	if (!waiting->facts)
		return RC_OK;
	enum rc rc = peer_each_waiting(
		at->store, &at->outbox->link.peer, lane, see_first, &first, fault);
	buf_fmt(&text, _("%s %u件 "), _(lane_labels[lane]), waiting->facts);
	link_status_bytes(waiting->bytes, &text);
	buf_byte(&text, ' ');
	if (at->outbox->link.state.road == ROAD_NONE ||
		(at->outbox->link.state.only_alarm && lane != LANE_ALARM))
		buf_text(&text, _("等网"));
	else
		link_status_seconds(pace, waiting->bytes, &text);
	if (first.kind) {
		when_short(first.since, at->now, time);
		buf_fmt(&text, _(" 最久%s %s"), time, _(first.kind->label));
	}
	struct page_line *line =
		page_add(at->page, lane == LANE_ALARM ? LOOK_MARK : LOOK_PLAIN, &text);
	line->ref = first.ref;
	return rc;
}

static enum rc add_lanes(struct outbox_writing *at, struct fault *fault)
{
	const struct pace pace = at->outbox->link.pace;
	enum rc rc = RC_OK;

	if (at->outbox->link.joined && !at->outbox->link.facts)
		page_text(at->page, LOOK_PLAIN, _("没有等送的：写下的上级都证实收到了"));
	for (unsigned lane = 0; lane < LANES && !rc; lane++)
		rc = add_lane(at, lane, &pace, fault);
	return rc;
}

/* ---- what opens its part of the outbox */

/* The first line of a part below its head, cut: what the newest is. */
static void put_head(const struct page *part, unsigned count, struct buf *text)
{
	char brief[3 * HEAD_MOST];

	if (!count || part->count < 2)
		return;
	text_fit(brief, sizeof brief, part->lines[1].text + strspn(part->lines[1].text, " "));
	buf_fmt(text, _("：%s"), brief);
}

static void put_count(enum outbox_part part, unsigned first, unsigned second, struct buf *text)
{
	if (part == OUTBOX_LATE)
		buf_fmt(text, _("现在迟的%u 迟到过%u"), first, second);
	else if (part == OUTBOX_DIFFER)
		buf_fmt(text, _("两站填得不同%u"), first);
	else
		buf_fmt(text, _("没有生效和被退回%u"), first);
}

static enum rc add_part(struct outbox_writing *at, enum outbox_part part, struct fault *fault)
{
	struct outbox_page shown = {.part = part, .by_line = at->outbox->by_line};
	enum rc rc = outbox_page_load(&shown, at->store, at->now, at->arena, fault);
	unsigned first = part == OUTBOX_LATE     ? shown.late
			 : part == OUTBOX_DIFFER ? shown.conflicts
						 : shown.refused + shown.claims;
	unsigned second = part == OUTBOX_LATE ? shown.came_late : 0;
	struct buf text = {0};

	if (!rc && (first || second)) {
		put_count(part, first, second, &text);
		put_head(&shown.page, first + second, &text);
		page_add(at->page, LOOK_MARK, &text)->tag = part;
	}
	buf_release(&text);
	outbox_page_release(&shown);
	return rc;
}

enum rc outbox_now_load(struct outbox_page *outbox, struct store *store, int64_t now,
	struct arena *arena, struct fault *fault)
{
	struct outbox_writing at = {.outbox = outbox,
		.page = &outbox->page,
		.store = store,
		.arena = arena,
		.now = now};

	outbox->ways = route_at(store, 1, (char[ROUTE_URL]){""});
	outbox_begin(&at);
	add_state(&at);
	/* What can be done stands before what is known: a small terminal has six rows. */
	if (outbox->link.facts && outbox->link.state.road != ROAD_GOOD)
		page_text(&outbox->page, LOOK_MARK,
			_("没网了？ 1念数字(电话、电台)  2存U盘  3卫星短报文70字节"));
	add_ways(&at);
	enum rc rc = add_lanes(&at, fault);
	for (enum outbox_part part = OUTBOX_LATE; part <= OUTBOX_REFUSED && !rc; part++)
		rc = add_part(&at, part, fault);
	return rc;
}

/* ---- what there is of it */

bool outbox_waits(const struct outbox_page *outbox)
{
	bool any = false;

	for (unsigned n = 0; n < outbox->page.count && !any; n++)
		any = outbox->page.lines[n].ref.seq;
	return any;
}

bool outbox_is_late(const struct outbox_page *outbox)
{
	bool any = false;

	for (unsigned n = 0; n < outbox->page.count && !any; n++)
		any = outbox->page.lines[n].tag == OUTBOX_LATE;
	return any;
}

bool outbox_has_ways(const struct outbox_page *outbox)
{
	return outbox->ways;
}

bool outbox_is_joined(const struct outbox_page *outbox)
{
	return outbox->link.joined;
}
