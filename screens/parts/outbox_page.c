/* SPDX-License-Identifier: GPL-3.0-or-later
 * The lines of the outbox. Above all: nothing is called delivered that is not proven, and every
 * line that is not good says what to do.
 */
#include "screens/outbox_page.h"

#include <string.h>

#include "screens/display.h"
#include "store/station.h"

/* ---- the station above and the ways to it */

static void add_clock(struct outbox_writing *at)
{
	int64_t ms = at->outbox->link.peer.offset_ms;
	struct buf text = {0};
	char span[WHEN_TEXT];

	if (!at->outbox->link.peer.heard)
		return;
	when_span((ms > 0 ? ms : -ms) / 1000, span);
	if (ms > -1000 && ms < 1000)
		buf_text(&text, _("  时钟：与上级一致"));
	else
		buf_fmt(&text,
			ms > 0 ? _("  时钟：比上级慢%s，新写的按上级的时间记")
			       : _("  时钟：比上级快%s，新写的按上级的时间记"),
			span);
	page_add(at->page, LOOK_PLAIN, &text);
}

static void add_above(struct outbox_writing *at)
{
	const struct peer *peer = &at->outbox->link.peer;
	struct buf text = {0};
	char time[WHEN_TEXT];

	if (!at->outbox->link.joined) {
		page_text(at->page, LOOK_PLAIN,
			_("未接入上级，记录都只在本机。要接入：上级给邀请，本站 outpost join"));
		return;
	}
	buf_text(&text, _("上级："));
	display_text(peer->site.name, &text);
	buf_fmt(&text, _("（%s）"), _(level_labels[peer->site.level]));
	display_time(peer->heard, at->now, time);
	if (peer->heard)
		buf_fmt(&text, _(" 最近联系 %s"), time);
	else
		buf_text(&text, _(" 还没有联系过"));
	page_add(at->page, LOOK_TITLE, &text);
	add_clock(at);
}

static void put_way(const struct route *way, int64_t now, int64_t today, struct buf *text)
{
	char time[WHEN_TEXT];

	when_short(way->worked, now, time);
	if (!way->tried)
		buf_text(text, _(" 还没有用过"));
	else if (!way->worked)
		buf_text(text, _(" 还没有通过"));
	else
		buf_fmt(text, way->failed ? _(" 不通，上次通 %s") : _(" 通 %s"), time);
	if (way->pace.rate) {
		buf_byte(text, ' ');
		link_status_bytes(way->pace.rate, text);
		buf_text(text, _("/秒"));
	}
	if (way->pace.trip_ms >= 100) /* less is no matter */
		buf_fmt(text, _(" 往返%u.%u秒"), way->pace.trip_ms / 1000,
			way->pace.trip_ms % 1000 / 100);
	if (way->spent && way->day == today) {
		buf_text(text, _(" 今天"));
		link_status_bytes(way->spent, text);
	}
}

/* A line of its own: what is wrong now and what to do. */
static void add_failed(struct outbox_writing *at, const struct route *way)
{
	struct buf text = {0};
	char time[WHEN_TEXT];

	when_short(way->tried, at->now, time);
	buf_fmt(&text, _("    连续%u次不通，最近 %s："), way->failed, time);
	buf_fmt(&text, _("%s：%s"), trouble_what(way->why), trouble_advice(way->why));
	page_add(at->page, LOOK_BAD, &text);
}

/* What it costs and is for. */
static void add_terms(struct outbox_writing *at, const char *url, const struct route *way)
{
	struct buf text = {0};

	buf_text(&text, "    ");
	way_terms_say(url, way, at->now, &text);
	if (text.len > 4)
		page_add(at->page, LOOK_PLAIN, &text);
	else
		buf_release(&text);
}

static void add_ways(struct outbox_writing *at)
{
	char url[ROUTE_URL];
	unsigned n = 0;

	for (; n < ROUTES_MOST && route_at(at->store, n, url); n++) {
		struct buf text = {0};
		struct route way;

		route_load(at->store, url, &way);
		buf_fmt(&text, _("  线路%u %s"), n + 1, url);
		put_way(&way, at->now, date_of(at->now), &text);
		page_add(at->page, LOOK_PLAIN, &text);
		add_terms(at, url, &way);
		if (way.failed)
			add_failed(at, &way);
	}
	if (!n)
		page_text(at->page, LOOK_BAD,
			_("  没有线路：用 outpost up URL 设置，或用 outpost pack 带随身文件去"));
}

/* ---- what waits, by lane, and how far each lane is proven */

/* How many of this station's own facts of a lane each level has proven. */
static void put_held(struct outbox_writing *at, const struct holders *holders, struct buf *text)
{
	struct log *log = store_log(at->store);
	uint64_t own = store_station(at->store)->site;
	uint32_t upto = log_author(log, own, at->lane), held[LEVELS] = {0};
	bool there[LEVELS] = {false};

	buf_fmt(text, _("  本机%u"), upto);
	for (unsigned n = 0; n < holders->count; n++) {
		const struct holder *holder = &holders->at[n];
		uint32_t has = log_held(log, holder->site, own, at->lane);

		there[holder->level] = true;
		if (has > held[holder->level])
			held[holder->level] = has;
	}
	for (unsigned level = 0; level < LEVELS; level++)
		if (there[level])
			buf_fmt(text, _(" → %s%u"), _(level_labels[level]),
				held[level] < upto ? held[level] : upto);
}

/* What is still to come down before the registers of the lane are whole. */
static void put_load(const struct link_status *link, unsigned lane, struct buf *text)
{
	const struct first_load *load = &link->peer.load;

	buf_fmt(text, _(" 第一次下载：已到%u条"), load->came[lane].facts);
	if (load->left[lane].facts)
		buf_fmt(text, _("，还差%u条"), load->left[lane].facts);
}

static void add_lanes(struct outbox_writing *at)
{
	const struct link_status *link = &at->outbox->link;
	uint64_t own = store_station(at->store)->site;
	const struct pace pace = link->pace;
	struct holders holders = {.count = 0};
	struct fault fault;
	struct buf text = {0};

	if (holders_load(at->store, &holders, &fault))
		holders.count = 0;
	if (link->facts)
		buf_fmt(&text, _("等送%u条（等上级证实收到才算送到）"), link->facts);
	else
		buf_text(&text, _("没有等送的"));
	page_add(at->page, LOOK_TITLE, &text);
	for (unsigned lane = 0; lane < LANES; lane++) {
		const struct lane_waiting *waiting = &link->waiting[lane];

		at->lane = lane;
		bool whole = link->peer.load.opened & (1u << lane);
		if (whole && !waiting->facts && !log_author(store_log(at->store), own, lane))
			continue;
		buf_fmt(&text, "  %s", _(lane_labels[lane]));
		if (waiting->facts) {
			buf_fmt(&text, _(" 等送%u条 "), waiting->facts);
			link_status_bytes(waiting->bytes, &text);
			buf_byte(&text, ' ');
			link_status_seconds(&pace, waiting->bytes, &text);
		}
		if (!whole)
			put_load(link, lane, &text);
		put_held(at, &holders, &text);
		page_add(at->page, waiting->facts ? LOOK_MARK : LOOK_PLAIN, &text);
	}
}

static enum rc all(struct outbox_writing *at, struct fault *fault)
{
	add_above(at);
	if (at->outbox->link.joined) {
		add_ways(at);
		add_lanes(at);
	}
	enum rc rc = outbox_late(at, fault);
	if (!rc)
		rc = outbox_differ(at, fault);
	if (!rc)
		rc = outbox_without(at, fault);
	return rc ? rc : outbox_claims(at, fault);
}

static enum rc refused(struct outbox_writing *at, struct fault *fault)
{
	enum rc rc = outbox_without(at, fault);

	return rc ? rc : outbox_claims(at, fault);
}

static enum rc (*const parts[])(struct outbox_writing *at, struct fault *fault) = {
	[OUTBOX_ALL] = all,
	[OUTBOX_LATE] = outbox_late,
	[OUTBOX_DIFFER] = outbox_differ,
	[OUTBOX_REFUSED] = refused,
};

void outbox_begin(struct outbox_writing *at)
{
	page_clear(at->page);
	at->outbox->late = at->outbox->came_late = 0;
	at->outbox->conflicts = at->outbox->refused = at->outbox->claims = 0;
	link_status_load(&at->outbox->link, at->store);
}

enum rc outbox_page_load(struct outbox_page *outbox, struct store *store, int64_t now,
	struct arena *arena, struct fault *fault)
{
	struct outbox_writing at = {.outbox = outbox,
		.page = &outbox->page,
		.store = store,
		.arena = arena,
		.now = now};

	outbox_begin(&at);
	return parts[outbox->part](&at, fault);
}

enum rc outbox_turn_ways(struct store *store, struct fault *fault)
{
	struct buf urls = {0}, turned = {0};

	routes_get(store, &urls);
	const char *all = buf_cstr(&urls), *end = strchr(all, '\n');
	if (end)
		buf_fmt(&turned, "%s%s%.*s", end + 1,
			end[1] && urls.at[urls.len - 1] != '\n' ? "\n" : "", (int)(end - all), all);
	enum rc rc = turned.len ? routes_set(store, buf_cstr(&turned), fault) : RC_OK;
	buf_release(&urls);
	buf_release(&turned);
	return rc;
}

void outbox_page_release(struct outbox_page *outbox)
{
	page_release(&outbox->page);
	*outbox = (struct outbox_page){0};
}
