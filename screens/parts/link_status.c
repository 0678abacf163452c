/* SPDX-License-Identifier: GPL-3.0-or-later
 * The way up in words, for home, lists, the record and the outbox.
 */
#include "screens/link_status.h"

#include <string.h>

#include "model/area.h"
#include "screens/display.h"
#include "store/station.h"

enum {
	MINUTE = 60,
	HOUR = 60 * MINUTE,
	DAY = 24 * HOUR,
	KILO = 1024,
	MEGA = KILO * KILO,
	SHRINK = 3
};

static struct pace pace_of(struct store *store, const struct peer *peer)
{
	struct pace pace = peer->pace;
	int64_t newest = 0;
	char url[ROUTE_URL];
	struct route way;

	for (unsigned n = 0; n < ROUTES_MOST && route_at(store, n, url); n++) {
		route_load(store, url, &way);
		if (way.pace.rate && way.worked > newest) {
			pace = way.pace;
			newest = way.worked;
		}
	}
	return pace;
}

/* ---- the road */

static bool goes_in_part(enum trouble why)
{
	return why == TROUBLE_BUDGET || why == TROUBLE_HOURS || why == TROUBLE_LANES ||
	       why == TROUBLE_CALL;
}

/* What was tried last; where nothing was, whether one heard from above. */
static enum trouble lane_trouble(
	struct store *store, unsigned lane, const struct peer *peer, int64_t *since)
{
	enum trouble why = trouble_now(store, lane, since);
	bool quiet = store_now(store) - peer->heard > LINK_QUIET;

	if (why != TROUBLE_NONE && why != TROUBLE_IDLE)
		return why;
	*since = quiet ? peer->heard : 0;
	return quiet ? TROUBLE_IDLE : TROUBLE_NONE;
}

/* Only a trouble that keeps even the alarm lane from going is none at all. */
static struct link_state state_of(struct store *store, const struct link_status *link)
{
	struct link_state state = {ROAD_GOOD, TROUBLE_NONE, 0, false}, rest = state;
	char url[ROUTE_URL];
	struct route way;

	if (!link->joined)
		return (struct link_state){.road = ROAD_ALONE};
	if (!link->has_way)
		return (struct link_state){.road = ROAD_NONE};
	state.why = lane_trouble(store, LANE_ALARM, &link->peer, &state.since);
	rest.why = lane_trouble(store, LANE_REPORT, &link->peer, &rest.since);
	if (state.why != TROUBLE_NONE) {
		state.road = ROAD_NONE;
	} else if (rest.why != TROUBLE_NONE) {
		state = rest;
		state.road = ROAD_HALF;
		state.only_alarm = goes_in_part(rest.why);
	} else if (route_at(store, 0, url)) {
		route_load(store, url, &way);
		if (way.failed)
			state.road = ROAD_HALF, state.why = way.why;
	}
	return state;
}

const char *link_status_road(enum link_road road)
{
	static const char *const roads[] = {
		[ROAD_ALONE] = N_("未接入上级"),
		[ROAD_GOOD] = N_("通"),
		[ROAD_HALF] = N_("半通"),
		[ROAD_NONE] = N_("不通"),
	};

	return _(roads[road]);
}

void link_status_load(struct link_status *link, struct store *store)
{
	struct fault fault;
	struct buf urls = {0};

	memset(link, 0, sizeof *link);
	link->joined = peer_load(store, &link->peer, &fault) == RC_OK;
	link->pace = pace_of(store, &link->peer);
	routes_get(store, &urls);
	link->has_way = urls.len > 0;
	buf_release(&urls);
	link->state = state_of(store, link);
	if (!link->joined || peer_waiting(store, &link->peer, link->waiting, &fault))
		return;
	for (unsigned lane = 0; lane < LANES; lane++)
		link->facts += link->waiting[lane].facts;
}

static uint64_t bytes_waiting(const struct link_status *link)
{
	uint64_t bytes = 0;

	for (unsigned lane = 0; lane < LANES; lane++)
		bytes += link->waiting[lane].bytes;
	return bytes;
}

/* "自 06:12 上级不通", "上级不通": since when, where anything ever went. */
static void put_broken(const struct link_status *link, int64_t now, struct buf *out)
{
	char since[WHEN_TEXT];

	display_time(link->state.since, now, since);
	if (link->state.since)
		buf_fmt(out, _("自 %s 上级不通"), since);
	else
		buf_text(out, _("上级不通"));
}

/* What of it does not go, and why. */
static void put_trouble(const struct link_state *state, struct buf *out)
{
	if (state->road == ROAD_HALF)
		buf_fmt(out, _("，%s：%s"), link_status_road(state->road),
			state->only_alarm ? _("只送紧急") : trouble_what(state->why));
	else if (state->road == ROAD_NONE && state->why != TROUBLE_NONE &&
		 state->why != TROUBLE_IDLE)
		buf_fmt(out, "%s%s", display_colon(), trouble_what(state->why));
}

void link_status_line(const struct link_status *link, int64_t now, struct buf *out)
{
	const struct link_state *state = &link->state;
	bool goes = link->has_way && (state->road == ROAD_GOOD || state->road == ROAD_HALF);
	char heard[WHEN_TEXT];

	if (!link->joined)
		return;
	display_time(link->peer.heard, now, heard);
	if (!link->has_way)
		buf_text(out, _("没有到上级的线路"));
	else if (goes)
		buf_fmt(out, _("%s 联系过上级"), heard);
	else if (!link->peer.heard && !state->since)
		buf_text(out, _("还没有联系过上级"));
	else
		put_broken(link, now, out);
	put_trouble(state, out);
	if (link->facts)
		buf_fmt(out, _("，等送%u条"), link->facts);
	if (link->facts && goes) {
		buf_text(out, display_gap());
		link_status_seconds(&link->pace, bytes_waiting(link), out);
	}
	if (link->waiting[LANE_ALARM].facts)
		buf_fmt(out, _("（紧急%u条）"), link->waiting[LANE_ALARM].facts);
}

void link_status_brief(const struct link_status *link, int64_t now, struct buf *out)
{
	const struct link_state *state = &link->state;
	char time[WHEN_TEXT];

	if (!link->joined)
		return;
	display_time(state->road == ROAD_NONE ? state->since : link->peer.heard, now, time);
	if (!link->has_way)
		buf_text(out, _("上级没有线路"));
	else if (state->road == ROAD_HALF)
		buf_fmt(out, _("上级%s半通"), time);
	else if (state->road == ROAD_GOOD)
		buf_fmt(out, _("上级%s通"), time);
	else if (state->since)
		buf_fmt(out, _("上级%s起不通"), time);
	else
		buf_text(out, _("上级没通过"));
	if (link->facts)
		buf_fmt(out, _(" 待发%u"), link->facts);
	if (link->waiting[LANE_ALARM].facts)
		buf_fmt(out, _("(急%u)"), link->waiting[LANE_ALARM].facts);
}

/* " 县 市" behind HEAD; nothing when none of LEVELS is due. */
static void put_levels(struct buf *out, const char *head, const bool due[LEVELS])
{
	for (unsigned level = 0; level < LEVELS; level++)
		if (due[level]) {
			buf_fmt(out, "%s%s", head, _(level_labels[level]));
			head = " ";
		}
}

/* Whose word it is that the record says so. */
static void put_voice(struct store *store, struct ref ref, struct buf *out)
{
	struct voice voice;
	struct buf typist = {0};
	char time[WHEN_TEXT];

	if (!voice_of(store_log(store), ref, &voice))
		return;
	store_author_of(
		store, store_station(store)->site, voice.typist, (struct bytes){0, 0}, &typist);
	display_time(voice.typed, store_now(store), time);
	buf_fmt(out, _("（口头收到，未经证实；%s %s 录入）"), buf_cstr(&typist), time);
	buf_release(&typist);
}

void link_status_ladder(struct store *store, struct ref ref, uint64_t area, struct buf *out)
{
	struct holders holders;
	struct fault fault;
	struct site above = {0};
	struct buf head = {0};
	bool held[LEVELS], said[LEVELS], open[LEVELS] = {false};

	buf_text(out, _("本机已存"));
	put_voice(store, ref, out);
	if (holders_load(store, &holders, &fault) ||
		holders_reached(store, &holders, ref, area, held, &fault) ||
		holders_said(store, &holders, ref, area, said, &fault))
		return;
	for (unsigned n = 0; n < holders.count; n++)
		open[holders.at[n].level] |= log_within(store_log(store), area, holders.at[n].area);
	for (unsigned level = 0; level < LEVELS; level++) {
		if (held[level])
			buf_fmt(out, " → %s", _(level_labels[level]));
		open[level] &= !held[level] && !said[level];
	}
	log_site(store_log(store), holders.above, &above);
	buf_fmt(&head, _("，据%s说："), above.name);
	put_levels(out, buf_cstr(&head), said);
	put_levels(out, _("，未确认："), open);
	buf_release(&head);
}

const char *link_status_mark(int top)
{
	static const char *const marks[LEVELS] = {N_("村"), N_("乡"), N_("县"), N_("市"), N_("省")};

	return top >= 0 && top < LEVELS ? _(marks[top]) : "-";
}

/* The clock that counted when the fact was marked: the one above, once it was heard. */
static bool put_ahead(struct store *store, uint64_t site, uint32_t seq, struct buf *out)
{
	int64_t ahead = store_ahead(store, site, seq);
	char span[WHEN_TEXT];
	struct fault fault;
	struct peer peer;

	if (!ahead)
		return false;
	when_span(ahead < DAY ? ahead : ahead / DAY * DAY, span);
	buf_fmt(out, _("时钟比%s快%s"),
		peer_load(store, &peer, &fault) == RC_OK && peer.heard
			? _(level_labels[peer.site.level])
			: _("本站"),
		span);
	return true;
}

void link_status_clock(
	struct store *store, uint64_t site, uint32_t seq, uint64_t stamp, struct buf *out)
{
	int64_t known = site == store_station(store)->site ? peer_clock_known(store) : 0;

	if (put_ahead(store, site, seq, out))
		return;
	if (stamp_seconds(stamp) < CLOCKS_BEGIN)
		buf_text(out, _("时钟没有设过"));
	else if (site != store_station(store)->site)
		buf_text(out, _("时钟未核对"));
	else
		buf_text(out,
			known && stamp_seconds(stamp) >= known ? _("时钟已对") : _("时钟未对"));
}

void link_status_writer(struct store *store, const struct history *history, struct ref fact,
	uint64_t stamp, int64_t now, struct buf *out)
{
	struct buf name = {0};
	struct site known;
	char time[WHEN_TEXT];

	display_time(stamp_seconds(stamp), now, time);
	for (size_t n = 0; n < history->count; n++) {
		const struct op *op = &history->ops[n];

		if (op->site != fact.site || op->seq != fact.seq)
			continue;
		store_author(store, op, &name);
		display_time(op_at(op), now, time);
	}
	display_text(buf_cstr(&name), out);
	if (log_site(store_log(store), fact.site, &known) && !strstr(buf_cstr(&name), known.name)) {
		buf_text(out, name.len ? " " : "");
		display_text(known.name, out);
	}
	buf_fmt(out, " %s ", time);
	link_status_clock(store, fact.site, fact.seq, stamp, out);
	buf_release(&name);
}

void link_status_ahead(struct store *store, const struct op *op, struct buf *out)
{
	int64_t known = op->site == store_station(store)->site ? peer_clock_known(store) : 0;
	struct buf text = {0};

	if (!put_ahead(store, op->site, op->seq, &text) &&
		(stamp_seconds(op->stamp) < CLOCKS_BEGIN ||
			(op_first(op) && stamp_seconds(op->stamp) < known)))
		link_status_clock(store, op->site, op->seq, op->stamp, &text);
	if (text.len)
		buf_fmt(out, _("（写时%s）"), buf_cstr(&text));
	buf_release(&text);
}

void link_status_bytes(uint64_t bytes, struct buf *out)
{
	uint64_t unit = bytes < MEGA ? KILO : MEGA;

	if (bytes < KILO)
		buf_fmt(out, "%lluB", (unsigned long long)bytes);
	else
		buf_fmt(out, "%llu.%llu%c", (unsigned long long)(bytes / unit),
			(unsigned long long)(bytes % unit * 10 / unit), unit == KILO ? 'K' : 'M');
}

void link_status_seconds(const struct pace *pace, uint64_t bytes, struct buf *out)
{
	if (!pace->rate)
		return;
	uint64_t left = bytes / SHRINK / pace->rate + (pace->trip_ms + 999) / 1000;

	if (left < MINUTE)
		buf_fmt(out, _("约%llu秒"), (unsigned long long)left);
	else if (left < HOUR)
		buf_fmt(out, _("约%llu分"), (unsigned long long)((left + MINUTE - 1) / MINUTE));
	else
		buf_fmt(out, _("约%llu小时"), (unsigned long long)((left + HOUR - 1) / HOUR));
}
