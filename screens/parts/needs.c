/* SPDX-License-Identifier: GPL-3.0-or-later
 * What needs somebody, as rows of a list, in a sentence, and as the line of a loud warning.
 */
#include "screens/needs.h"

#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "screens/boards.h"
#include "screens/display.h"
#include "store/station.h"
#include "work/incident.h"

enum {
	LEFT_WIDTH = 8,
	WHAT_WIDTH = 8,
	WHAT_ENGLISH = 10,
	COLOUR_WIDTH = 4,
	COLOUR_ENGLISH = 6,
	PLACE_WIDTH = 8,
	SOON = 15 * 60 /* what runs out within a quarter of an hour ticks */
};

/* What there is to do: to sign, or what sort of thing it is. */
static const char *what_label(const struct need_item *item)
{
	if (item->event.seq)
		return _("灾情");
	if (item->ask && item->kind->id == KIND_report)
		return _("零报告");
	if (item->owing && !item->ask)
		return item->undone ? _("催办") : _("催签");
	if (item->need == NEED_SIGN)
		return item->kind->id == KIND_handover ? _("接班") : _("签收");
	if (item->in_force)
		return _("生效");
	return display_waits(item->kind, item->state);
}

/* 剩8分 of what ticks, 超3小时 of what is late; else when: 05:40 today, 明05:40 within a day,
 * 12-03.
 */
static void put_left(const struct need_item *item, int64_t now, struct buf *out)
{
	char time[WHEN_TEXT];

	if (!item->until) {
		buf_text(out, item->in_force ? _("没写到期") : "");
		return;
	}
	if (item->until - now < SOON && !item->in_force) {
		display_left(item->until, now, out);
		return;
	}
	bool today = date_of(item->until) == date_of(now);
	bool soon = today || (item->until > now && item->until - now < DAY_SECONDS);
	display_clock(item->until, soon ? item->until : now, time);
	buf_fmt(out, soon && !today ? _("明%s") : "%s", time);
}

/* Of several each may have other places that owe. */
static void put_owing(const struct need_item *item, struct buf *out)
{
	if (item->undone)
		buf_fmt(out, _(" %u处没办完"), item->owing);
	else if (item->count > 1)
		buf_fmt(out, _(" 最多%u处没答复"), item->owing);
	else
		buf_fmt(out, _(" %u处没答复"), item->owing);
}

/* Who has not moved comes first: what is behind may be cut. */
static void put_moved(const struct need_item *item, const struct needs_look *look, struct buf *out)
{
	const struct need_moved *moved = &item->moved;

	if (!look->wide)
		buf_fmt(out, _("未动%u/%u户 "), moved->still, moved->homes);
	display_text(item->among, out);
	if (!look->wide)
		return;
	buf_fmt(out, _(" %u户%lld人: 未动%u 告知%u 途%u 到%u"), moved->homes,
		(long long)moved->people, moved->still, moved->told, moved->leaving,
		moved->arrived);
	if (moved->refused)
		buf_fmt(out, _(" 拒%u"), moved->refused);
	if (moved->absent)
		buf_fmt(out, _(" 不在%u"), moved->absent);
}

static void put_name(const struct need_item *item, struct buf *out)
{
	if (item->among) {
		display_text(item->among, out);
		buf_fmt(out, _(" %u件："), item->count);
	}
	buf_text(out, item->title ? item->title : _(item->kind->plural));
}

static void put_title(const struct need_item *item, const struct needs_look *look, struct buf *out)
{
	enum look colour_look;
	const char *colour = display_colour(item->colour, &colour_look);

	if (!look->wide && *colour)
		buf_fmt(out, "%s ", colour);
	bool zero = item->ask && item->mine && item->kind->id == KIND_report && !item->event.seq;
	if (zero && !look->wide) {
		buf_text(out, _("平安按 0"));
		return;
	}
	if (item->moved.homes) {
		put_moved(item, look, out);
		return;
	}
	put_name(item, out);
	if (item->owing && !item->ask)
		put_owing(item, out);
	else if (item->event.seq)
		buf_text(out, _(" 按 B 汇总"));
	else if (zero)
		buf_text(out, _(" 平安按 0"));
	if (item->count > 1 && !item->among)
		buf_fmt(out, _(" 等%u件"), item->count);
}

/* The place's own name: which township it lies in goes without saying there. */
static void put_place(uint64_t area, struct buf *out)
{
	struct bytes name;
	char text[LIMIT_NAME + 1];

	if (!area_name(area, &name)) {
		display_area(area, out);
		return;
	}
	bytes_into(text, sizeof text, name);
	display_text(text, out);
}

static void put_row(
	struct list *list, const struct need_item *item, unsigned n, const struct needs_look *look)
{
	struct list_row *row = list_add(list, item->ref);
	struct buf text = {0};
	enum look colour_look;
	const char *colour = display_colour(item->colour, &colour_look);
	unsigned column = 0;

	row->id = n;
	bool red = item->need == NEED_SIGN && !display_over(item->kind, item->state);
	row->look = red ? colour_look : LOOK_PLAIN;
	put_left(item, look->now, &text);
	list_cell(list, row, column++, buf_cstr(&text));
	list_cell(list, row, column++, what_label(item));
	buf_clear(&text);
	if (look->wide)
		list_cell(list, row, column++, colour);
	if (look->wide && !look->village) {
		put_place(item->area, &text);
		list_cell(list, row, column++, buf_cstr(&text));
		buf_clear(&text);
	}
	if (look->fresh && look->fresh[n])
		buf_byte(&text, '*');
	put_title(item, look, &text);
	list_cell(list, row, column, buf_cstr(&text));
	buf_release(&text);
}

/* ---- bands */

struct share {
	const struct kind *kind;
	uint64_t area;
	int key; /* of the board that clears it */
	unsigned count;
};

/* What others do is told by places; what can wait by the boards that clear it, and of what has none
 * by kinds, as a place in the registers is. */
static bool same_share(enum rule_band band, const struct share *a, const struct share *b)
{
	if (band == BAND_WATCH)
		return a->area == b->area;
	return a->key == b->key && (a->key != 'A' || a->kind == b->kind);
}

static void put_share(enum rule_band band, const struct share *share, struct buf *out)
{
	if (band == BAND_WATCH)
		put_place(share->area, out);
	else
		buf_text(out, share->key == 'A' ? _(share->kind->label) : boards_name(share->key));
	buf_fmt(out, "%s%u", display_gap(), share->count);
	if (band == BAND_LATER && share->key != 'A')
		buf_fmt(out, " %c", share->key);
}

void needs_shares(const struct needs *needs, enum rule_band band, struct buf *out)
{
	enum { SHARES = 9 };
	struct share shares[SHARES] = {{NULL, 0, 0, 0}};
	unsigned count = 0, registers = 0;

	for (unsigned n = 0; n < needs->count; n++) {
		const struct need_item *item = &needs->items[n];
		const struct share share = {
			item->kind, item->area, boards_for(item->kind, item->need), item->count};
		unsigned at = 0;

		if (item->band != band)
			continue;
		while (at < count && !same_share(band, &shares[at], &share))
			at++;
		if (at < SHARES && at == count)
			shares[count++] = (struct share){share.kind, share.area, share.key, 0};
		if (at < SHARES)
			shares[at].count += share.count;
	}
	for (unsigned pass = 0; pass < 2; pass++)
		for (unsigned at = 0; at < count; at++) {
			bool last = band == BAND_LATER && shares[at].key == 'A';

			if (last != (pass == 1))
				continue;
			buf_text(out, last && registers++ ? " " : "  ");
			put_share(band, &shares[at], out);
		}
	if (registers)
		buf_text(out, " A");
}

static void put_heading(
	struct list *list, const struct needs *needs, enum rule_band band, bool rows)
{
	struct buf text = {0};
	struct list_row *row = list_add(list, (struct ref){0, 0});

	buf_fmt(&text, "%s %u", _(band_labels[band]), needs->bands[band]);
	if (!rows)
		needs_shares(needs, band, &text);
	row->heading = true;
	row->id = band;
	row->look = band == BAND_NOW ? LOOK_TITLE : LOOK_DIM;
	list_cell(list, row, 0, buf_cstr(&text));
	buf_release(&text);
}

static void put_columns(struct list *list, const struct needs_look *look)
{
	list->column_count = 0;
	list_column(list, "", LEFT_WIDTH + words_english(), false);
	list_column(list, "", words_english() ? WHAT_ENGLISH : WHAT_WIDTH, false);
	if (look->wide)
		list_column(list, "", words_english() ? COLOUR_ENGLISH : COLOUR_WIDTH, false);
	if (look->wide && !look->village)
		list_column(list, "", PLACE_WIDTH, false);
	list_column(list, "", 0, false);
}

void needs_list(const struct needs *needs, struct list *list, const struct needs_look *look)
{
	int band = -1;

	put_columns(list, look);
	list_clear(list);
	if (look->bands && needs->count && !needs->bands[BAND_NOW]) {
		struct list_row *row = list_add(list, (struct ref){0, 0});

		row->heading = true;
		row->id = BANDS;
		list_cell(list, row, 0, list->empty);
	}
	for (unsigned n = 0; n < needs->count && n < NEEDS_SHOWN; n++) {
		const struct need_item *item = &needs->items[n];
		bool rows = !look->bands || look->all ||
			    item->band <= (look->lean ? BAND_NOW : BAND_TODAY);

		if (look->bands && (int)item->band != band)
			put_heading(list, needs, item->band, rows);
		band = (int)item->band;
		if (rows)
			put_row(list, item, n, look);
	}
	list_done(list);
}

void needs_sum(const struct needs *needs, struct buf *out)
{
	for (unsigned band = 0; band < BANDS; band++)
		if (needs->bands[band])
			buf_fmt(out, "%s%s%s%u", out->len ? " " : "", _(band_labels[band]),
				display_gap(), needs->bands[band]);
}

static void needs_next(const struct needs *needs, int64_t now, struct buf *out)
{
	const struct need_item *next = NULL;

	for (unsigned n = 0; n < needs->count; n++) {
		const struct need_item *item = &needs->items[n];

		if (item->until > now && item->mine && !item->in_force &&
			(!next || item->until < next->until))
			next = item;
	}
	if (!next)
		return;
	put_left(next, now, out);
	buf_fmt(out, " %s", what_label(next));
}

void needs_nothing(const struct needs *needs, int64_t now, bool rest, struct buf *out)
{
	struct buf next = {0};
	unsigned late = 0;

	for (unsigned n = 0; n < needs->count; n++)
		if (needs->items[n].band == BAND_WATCH && needs->items[n].until &&
			needs->items[n].until < now)
			late += needs->items[n].count;
	if (late)
		buf_fmt(out, _("现在没有本站要办的，别处逾期%u件：v 看"), late);
	else
		buf_text(out, rest ? _("现在别的没有要办的事") : _("现在没有要办的事"));
	needs_next(needs, now, &next);
	if (next.len)
		buf_fmt(out, "%s%s", _("。下一件 "), buf_cstr(&next));
	buf_release(&next);
}

/* 20分 of what is still left, where there is no room for 剩20分. */
static void put_short(int64_t until, int64_t now, struct buf *out)
{
	enum { HOUR = 60 };

	if (until >= now && display_minutes(until, now) < HOUR)
		buf_fmt(out, _("%d分"), (int)display_minutes(until, now));
	else
		display_left(until, now, out);
}

static void put_limit(
	enum incident_duty duty, int64_t until, int64_t now, bool whole, struct buf *out)
{
	static const char *const labels[INCIDENT_DUTIES] = {
		[INCIDENT_RESPOND] = N_("回应"),
		[INCIDENT_TELL] = N_("电话"),
		[INCIDENT_WRITE] = N_("书面"),
	};

	buf_fmt(out, "%s%s%s", out->len ? " " : "", _(labels[duty]), display_gap());
	if (whole)
		display_left(until, now, out);
	else
		put_short(until, now, out);
}

/* What is still to be done about it; PLACE: where it is, where another one has the line. */
static void put_limits(
	struct alarm *alarm, const struct incident_running *running, int64_t now, const char *place)
{
	const struct incident_limits *limits = &running->limits;
	const enum incident_duty first = incident_next(limits);

	for (unsigned n = 0; n < ALARM_RESTS; n++) {
		bool least = n == ALARM_RESTS - 1;
		struct buf *rest = &alarm->rest[n];

		if (*place)
			buf_fmt(rest, "%s%s", rest->len ? " " : "", n ? _("接报") : place);
		if (*place && least) {
			buf_text(rest, display_gap());
			put_short(limits->until[first], now, rest);
			continue;
		}
		for (unsigned duty = 0; duty < INCIDENT_DUTIES; duty++)
			if (limits->until[duty] && (!least || duty == first))
				put_limit(duty, limits->until[duty], now, n == 0, rest);
	}
}

/* What there is to do about it, and until when. */
static void put_rest(struct store *store, const struct row *row, const struct needs_loud *loud,
	struct alarm *alarm)
{
	const char *why;
	int64_t until = 0, now = store_now(store);
	enum need need = need_of(store, row, now, &until, &why);

	alarm->signs = need == NEED_SIGN;
	until = loud->owing ? loud->until : until;
	for (unsigned n = 0; n < ALARM_RESTS && row->kind->id != KIND_incident; n++) {
		struct buf *rest = &alarm->rest[n];

		if (until)
			display_left(until, now, rest);
		if (until && n)
			continue;
		buf_text(rest, until ? " " : "");
		/* How many is on the row of home: a number that each call changes costs a slow
		 * line. */
		buf_text(rest, loud->owing    ? _("没签齐")
			       : alarm->signs ? _("未签")
					      : _(need_labels[need]));
	}
}

void needs_alarm_release(struct alarm *alarm)
{
	buf_release(&alarm->what);
	for (unsigned n = 0; n < ALARM_RESTS; n++)
		buf_release(&alarm->rest[n]);
}

static enum rc put_loud(struct store *store, const struct needs_loud *loud, struct alarm *alarm,
	struct fault *fault)
{
	struct arena arena = {0};
	struct row row;
	enum look look;
	enum rc rc = store_row(store, loud->ref, &arena, &row, fault);

	if (!rc) {
		const char *colour = display_colour(loud->colour, &look);

		buf_fmt(&alarm->what, "!!%s ", *colour ? colour : _(row.kind->label));
		display_title(store, &row, &alarm->what);
		put_rest(store, &row, loud, alarm);
	}
	arena_release(&arena);
	return rc;
}

/* What was reported by telephone runs beside what is loud, by where it is. */
static enum rc put_running(
	struct store *store, struct ref loud, struct alarm *alarm, struct fault *fault)
{
	enum { PLACE = 12 };
	struct incident_running running = {.ref = loud};
	struct arena arena = {0};
	struct buf place = {0};
	struct world world;
	struct row row;
	size_t used;

	world_open(&world, store, NULL, store_now(store));
	enum rc rc = incident_running(&world, &running, fault);
	if (rc || !running.ref.seq)
		return rc;
	bool beside = running.ref.site != loud.site || running.ref.seq != loud.seq;
	rc = store_row(store, running.ref, &arena, &row, fault);
	if (!rc && beside && alarm->what.len) {
		display_field(store, &row, field_of(row.kind, incident_place), false, &place);
		place.len = text_cut(buf_cstr(&place), PLACE, &used);
	} else if (!rc && beside) {
		buf_fmt(&alarm->what, "!!%s ", _(row.kind->label));
		display_title(store, &row, &alarm->what);
		alarm->ring = DAY_SECONDS;
	}
	put_limits(alarm, &running, world.around.now, buf_cstr(&place));
	buf_release(&place);
	arena_release(&arena);
	return rc;
}

enum rc needs_alarm(
	struct store *store, bool yet, uint64_t *heard, struct alarm *alarm, struct fault *fault)
{
	struct needs_loud loud = {0};
	enum rc rc =
		yet ? needs_loudest_yet(store, &loud, fault) : needs_loudest(store, &loud, fault);

	*alarm = (struct alarm){.ring = loud.ring};
	if (!rc && loud.ref.seq)
		rc = put_loud(store, &loud, alarm, fault);
	if (!rc)
		rc = put_running(store, loud.ref, alarm, fault);
	alarm->signs &= loud.warning;
	alarm->fresh = !rc && loud.newest > *heard;
	if (alarm->fresh)
		*heard = loud.newest;
	return rc;
}

bool needs_rings(struct ring *ring, const struct alarm *alarm, int64_t now)
{
	enum { MINUTE = 60 };
	bool on = alarm->what.len > 0;
	bool rings = on && (alarm->fresh || (ring->next && now >= ring->bell));

	if (rings)
		ring->bell = now + (alarm->ring ? alarm->ring : MINUTE);
	ring->next = on ? now - now % MINUTE + MINUTE : 0; /* with the clock and the rows */
	return rings;
}
