/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board Z as lines and rows.
 */
#include "screens/move_page.h"

#include <stdio.h>
#include <string.h>

#include "model/area.h"
#include "model/kinds.h"
#include "screens/display.h"
#include "screens/figures_line.h"
#include "work/figures.h"

enum { SIGNS = 9, PART = 1 << 20, BAR = 10 };
enum what { AT_NONE, AT_ORDER, AT_ZONE, AT_SHELTER };

static void put_clock(int64_t at, int64_t now, struct buf *out)
{
	char time[WHEN_TEXT];

	display_clock(at, now, time);
	buf_text(out, time);
}

/* ---- lines above */

static const char *keep(struct arena *arena, struct buf *text)
{
	const char *kept = arena_text(arena, buf_cstr(text));

	buf_clear(text);
	return kept;
}

static void put_counts(const struct move_page *page, bool wide, struct buf *out)
{
	const struct leaving *leaving = &page->leaving;
	const unsigned *counts = leaving->counts;
	char all[DISPLAY_SUM], left[DISPLAY_SUM];

	if (wide)
		buf_fmt(out,
			_("%u处 %u户%s人 到%u 动%u 告%u 拒%u 不在%u 未%u =%u  "
			  "要走没到%u户%s人"),
			leaving->points, leaving->count,
			display_sum(leaving->people, leaving->count, all), counts[HOME_ARRIVED],
			counts[HOME_LEAVING], counts[HOME_TOLD], counts[HOME_REFUSED],
			counts[HOME_ABSENT], counts[HOME_OPEN], leaving->count, leaving->left,
			display_sum(leaving->people_left, leaving->left, left));
	else
		buf_fmt(out, _("%u户 到%u 动%u 告%u 拒%u 不在%u 未%u"), leaving->count,
			counts[HOME_ARRIVED], counts[HOME_LEAVING], counts[HOME_TOLD],
			counts[HOME_REFUSED], counts[HOME_ABSENT], counts[HOME_OPEN]);
}

static void put_inside(const struct move_page *page, bool wide, struct buf *out)
{
	const struct leaving *leaving = &page->leaving;

	char room[DISPLAY_SUM], open[DISPLAY_SUM], over[DISPLAY_SUM] = ".";

	/* What is not open yet takes nobody tonight. */
	display_sum(leaving->room, leaving->shelters_all, room);
	display_sum(leaving->room_open, leaving->open, open);
	if (leaving->room_open || !leaving->open)
		snprintf(over, sizeof(over), "%lld",
			(long long)(leaving->room_open - leaving->inside));
	if (wide)
		buf_fmt(out, _("安置点 共%u可住%s 开%u可住%s 在所%lld 余%s"), leaving->shelters_all,
			room, leaving->open, open, (long long)leaving->inside, over);
	else
		buf_fmt(out, _("开%u 可%s 在%lld 余%s"), leaving->open, open,
			(long long)leaving->inside, over);
	if (leaving->own_way)
		buf_fmt(out, _("  自行前来%lld"), (long long)leaving->own_way);
}

/* All five answers of the newest, with the way in its points. */
static void put_first_order(const struct move_page *page, struct buf *out)
{
	const struct leaving *leaving = &page->leaving;

	for (unsigned n = 0; n < leaving->order_count && !out->len; n++)
		if (leaving->orders[n].state == evacuation_is_issued)
			move_order_text(&leaving->orders[n], page->now, out);
}

static void add_lines(struct move_page *page)
{
	char left[DISPLAY_SUM];
	bool wide = page->columns >= TALLY_NARROW;
	struct buf text = {0};

	tally_clear(&page->tally);
	if (page->leaving.count) {
		put_counts(page, wide, &text);
		tally_head(&page->tally, LOOK_PLAIN, keep(&page->lines, &text));
	}
	if (!wide && page->leaving.left)
		tally_head(&page->tally, LOOK_MARK,
			arena_fmt(&page->lines, _("要走没到%u户%s人"), page->leaving.left,
				display_sum(page->leaving.people_left, page->leaving.left, left)));
	if (page->leaving.room || page->leaving.shelter_count || page->leaving.inside) {
		put_inside(page, wide, &text);
		tally_head(&page->tally, LOOK_PLAIN, keep(&page->lines, &text));
	}
	move_unhelped(page->leaving.unhelped, page->leaving.first_help, page->now, &text);
	tally_head(&page->tally, LOOK_MARK, keep(&page->lines, &text));
	if (wide)
		put_first_order(page, &text);
	tally_head(&page->tally, LOOK_PLAIN, keep(&page->lines, &text));
	move_back_text(&page->leaving, page->now, &text);
	tally_head(&page->tally, LOOK_MARK, keep(&page->lines, &text));
	if (wide)
		tally_head(&page->tally, LOOK_PLAIN, page->figures);
	tally_foot(&page->tally, LOOK_MARK, page->said);
	buf_release(&text);
}

/* ---- rows */

static void put_left(int64_t due, int64_t now, struct buf *out)
{
	if (due)
		display_left(due, now, out);
}

static void order_row(struct move_page *page, const struct leaving_order *order, struct buf *out)
{
	bool wide = page->columns >= TALLY_NARROW;
	struct buf cell = {0};

	if (order->state == evacuation_is_released) {
		buf_text(out, _("返回令 "));
		put_clock(order->at, page->now, out);
		buf_byte(out, ' ');
		display_text(order->who, out);
		return;
	}
	buf_text(out, _("令 "));
	put_clock(order->due, page->now, &cell);
	buf_text(&cell, _("前"));
	display_cell(&cell, 7, out);
	put_left(order->due, page->now, &cell);
	display_cell(&cell, 9, out);
	if (page->leaving.places) {
		display_place(order->area, &cell);
		buf_byte(&cell, ' ');
	}
	display_text(order->who, &cell);
	if (!wide) {
		buf_text(out, buf_cstr(&cell));
		buf_release(&cell);
		return;
	}
	display_cell(&cell, 24, out);
	buf_fmt(&cell, _("去%s "), order->where);
	display_text(order->leader, &cell);
	buf_text(&cell, _("带队"));
	buf_text(out, buf_cstr(&cell));
	buf_release(&cell);
}

static void number(struct buf *cell, unsigned n, unsigned columns, struct buf *out)
{
	buf_fmt(cell, "%u", n);
	display_cell(cell, columns, out);
}

static void put_zone_name(
	const struct move_page *page, const struct leaving_zone *zone, struct buf *out)
{
	if (page->leaving.places)
		display_place(zone->area, out);
	else
		display_text(*zone->name ? zone->name : _("没登记的点"), out);
}

static void zone_row(struct move_page *page, const struct leaving_zone *zone, struct buf *out)
{
	static const enum home_status shown[] = {
		HOME_ARRIVED, HOME_LEAVING, HOME_TOLD, HOME_REFUSED, HOME_ABSENT, HOME_OPEN};
	bool wide = page->columns >= TALLY_NARROW;
	struct buf cell = {0};
	char people[DISPLAY_SUM];

	put_zone_name(page, zone, &cell);
	display_cell(&cell, wide ? 14 : 10, out);
	buf_fmt(&cell, "%u/%s", zone->count, display_sum(zone->people, zone->count, people));
	display_cell(&cell, wide ? 7 : 5, out);
	if (!wide) {
		buf_fmt(out, _("到%u 没%u "), zone->counts[HOME_ARRIVED], zone->left);
		put_left(zone->left ? zone->due : 0, page->now, out);
		buf_release(&cell);
		return;
	}
	for (size_t n = 0; n < countof(shown); n++)
		number(&cell, zone->counts[shown[n]], 3, out);
	if (zone->left)
		put_left(zone->due, page->now, &cell);
	else if (!zone->ordered)
		buf_text(&cell, _("没令"));
	else /* of a place whose other zones no order was given for */
		buf_text(&cell, zone->counts[HOME_ARRIVED] < zone->count ? _("令内齐") : _("齐"));
	display_cell(&cell, 8, out);
	display_text(zone->leader, &cell);
	display_cell(&cell, 7, out);
	display_text(zone->shelter, &cell);
	buf_text(out, buf_cstr(&cell));
	buf_release(&cell);
}

static void put_state(
	const struct move_page *page, const struct leaving_shelter *shelter, struct buf *out)
{
	bool used = shelter->state == shelter_is_open || shelter->state == shelter_is_full;

	if (!used)
		buf_text(out, _("没开"));
	else if (!shelter->said_at)
		buf_text(out, _("没报"));
	else
		put_clock(shelter->said_at, page->now, out);
}

static void put_amount(struct buf *cell, int64_t amount, unsigned columns, struct buf *out)
{
	if (amount < 0 && columns != 6)
		buf_byte(cell, '.');
	else
		buf_fmt(cell, "%lld", (long long)amount);
	display_cell(cell, columns, out);
}

static void shelter_row(
	struct move_page *page, const struct leaving_shelter *shelter, struct buf *out)
{
	bool wide = page->columns >= TALLY_NARROW;
	struct buf cell = {0};

	if (page->leaving.places) {
		display_place(shelter->area, &cell);
		buf_byte(&cell, ' ');
	}
	display_text(shelter->name, &cell);
	display_cell(&cell, wide ? 20 : 12, out);
	if (wide)
		put_amount(&cell, shelter->capacity, 5, out);
	buf_fmt(&cell, wide ? "%lld" : _("在%lld"), (long long)shelter->heads);
	display_cell(&cell, 5, out);
	if (shelter->capacity >= 0) {
		buf_fmt(&cell, wide ? "%lld" : _("余%lld"),
			(long long)(shelter->capacity - shelter->heads));
	} else {
		buf_byte(&cell, '.');
	}
	display_cell(&cell, 6, out);
	if (wide) {
		move_bar(shelter->heads, shelter->capacity, BAR, &cell);
		display_cell(&cell, 16, out);
	}
	put_state(page, shelter, &cell);
	display_cell(&cell, 6, out);
	if (wide && *shelter->needs)
		buf_fmt(&cell, _("缺%s "), shelter->needs);
	if (wide && *shelter->key)
		buf_fmt(&cell, _("钥匙%s"), shelter->key);
	display_text(buf_cstr(&cell), out);
	buf_release(&cell);
}

static void add_row(
	struct move_page *page, struct ref ref, enum what what, unsigned n, struct buf *text)
{
	struct list *list = &page->tally.list;
	struct list_row *row = list_add(list, ref);
	unsigned nth = 1 + n + (what > AT_ORDER ? page->leaving.order_count : 0) +
		       (what > AT_ZONE ? page->leaving.zone_count : 0);

	row->id = (int64_t)what * PART + n;
	if (nth <= SIGNS)
		row->sign = (char)('0' + nth);
	list_cell(list, row, 0, buf_cstr(text));
	buf_clear(text);
}

/* What stands in which column; a narrow row says it itself. */
static void add_heads(struct move_page *page, const char *first, const char *const *rest,
	const unsigned *columns, struct buf *text)
{
	struct list *list = &page->tally.list;
	struct buf cell = {0};

	if (page->columns < TALLY_NARROW)
		return;
	struct list_row *row = list_add(list, (struct ref){0, 0});
	row->heading = true;
	buf_text(text, "    ");
	for (size_t n = 0; columns[n]; n++) {
		buf_text(&cell, n ? _(rest[n - 1]) : first);
		display_cell(&cell, columns[n], text);
	}
	list_cell(list, row, 0, buf_cstr(text));
	buf_clear(text);
	buf_release(&cell);
}

static void add_zone_heads(struct move_page *page, struct buf *text)
{
	/* With a blank behind it a word is one of its own: elsewhere it has another meaning. */
	static const char *const heads[] = {N_("户/人"), N_("到 "), N_("动"), N_("告"), N_("拒"),
		N_("不"), N_("未 "), N_("最迟"), N_("带队 "), N_("去处")};
	static const unsigned columns[] = {14, 7, 3, 3, 3, 3, 3, 3, 8, 7, 8, 0};

	if (page->leaving.zone_count)
		add_heads(page, page->leaving.places ? _("村") : _("危险区"), heads, columns, text);
}

static void add_shelter_heads(struct move_page *page, struct buf *text)
{
	static const char *const heads[] = {
		N_("可住"), N_("在所 "), N_("余"), "", N_("上报"), N_("缺 ")};
	static const unsigned columns[] = {20, 5, 5, 6, 16, 6, 4, 0};

	if (page->leaving.shelter_count)
		add_heads(page, _("安置点"), heads, columns, text);
}

bool move_page_row(struct move_page *page, unsigned nth, struct buf *out)
{
	const struct leaving *leaving = &page->leaving;

	if (nth < leaving->order_count) {
		order_row(page, &leaving->orders[nth], out);
		return true;
	}
	nth -= leaving->order_count;
	if (nth < leaving->zone_count) {
		zone_row(page, &leaving->zones[nth], out);
		return true;
	}
	nth -= leaving->zone_count;
	if (nth >= leaving->shelter_count)
		return false;
	shelter_row(page, &leaving->shelters[nth], out);
	return true;
}

void move_page_lay(struct move_page *page, unsigned columns)
{
	struct leaving *leaving = &page->leaving;
	struct list *list = &page->tally.list;
	struct buf text = {0};

	arena_release(&page->lines);
	page->columns = columns;
	list->column_count = 0;
	list_column(list, "", 0, false);
	list_clear(list);
	for (unsigned n = 0; n < leaving->order_count; n++) {
		order_row(page, &leaving->orders[n], &text);
		add_row(page, leaving->orders[n].ref, AT_ORDER, n, &text);
	}
	add_zone_heads(page, &text);
	for (unsigned n = 0; n < leaving->zone_count; n++) {
		struct ref place = {leaving->zones[n].area, 1};

		zone_row(page, &leaving->zones[n], &text);
		add_row(page, leaving->places ? place : leaving->zones[n].point, AT_ZONE, n, &text);
	}
	add_shelter_heads(page, &text);
	for (unsigned n = 0; n < leaving->shelter_count; n++) {
		shelter_row(page, &leaving->shelters[n], &text);
		add_row(page, leaving->shelters[n].ref, AT_SHELTER, n, &text);
	}
	list_done(list);
	buf_release(&text);
	add_lines(page);
	page->tally.columns = columns;
}

struct move_at move_page_at(struct move_page *page)
{
	const struct list_row *row = list_row(&page->tally.list);
	enum what what = row ? (enum what)(row->id / PART) : AT_NONE;
	unsigned n = row ? (unsigned)(row->id % PART) : 0;
	struct move_at at = {0};

	if (what == AT_ORDER)
		at.order = &page->leaving.orders[n];
	else if (what == AT_ZONE)
		at.zone = &page->leaving.zones[n];
	else if (what == AT_SHELTER)
		at.shelter = &page->leaving.shelters[n];
	return at;
}

const struct leaving_shelter *move_page_shelter(struct move_page *page)
{
	const struct leaving *leaving = &page->leaving;
	const struct move_at at = move_page_at(page);

	if (at.shelter)
		return at.shelter;
	for (unsigned n = 0; at.zone && n < leaving->shelter_count; n++)
		if (*at.zone->shelter && !strcmp(leaving->shelters[n].name, at.zone->shelter))
			return &leaving->shelters[n];
	return leaving->shelter_count ? &leaving->shelters[0] : NULL;
}

/* ---- loading */

enum rc move_page_load(
	struct move_page *page, const struct actor *actor, struct arena *arena, struct fault *fault)
{
	struct world world;

	if (!page->tally.started) {
		tally_start(&page->tally, "");
		page->tally.list.signs = SIGNS_OWN;
	}
	page->now = store_now(actor->store);
	page->tally.columns = 0;
	world_open(&world, actor->store, actor->user, page->now);
	page->leaving.area = page->area;
	enum rc rc = leaving_load(&page->leaving, &world, arena, fault);
	page->tally.list.empty =
		page->leaving.shelters_all
			? _("没有危险区住户、转移令；安置点都没开")
			: _("没有危险区住户、转移令和安置点：先登记风险点、住户和避难场所");
	const struct counting_of of = {.area = page->leaving.area, .at = page->now};
	page->figures = figures_line(&world, 'Z', &of, arena);
	return rc;
}

void move_page_release(struct move_page *page)
{
	tally_release(&page->tally);
	arena_release(&page->lines);
}

/* ---- an order to leave */

static void preset(struct buf *out, const char *name, const char *text)
{
	if (!*text)
		return;
	buf_fmt(out, "%s=", name);
	for (; *text; text++)
		buf_byte(out, *text == '\n' ? ' ' : *text);
	buf_byte(out, '\n');
}

static void preset_ref(struct buf *out, const char *name, struct store *store, struct ref ref)
{
	char text[32];

	if (!ref.seq)
		return;
	store_number(store, ref, text);
	preset(out, name, text);
}

const char *move_page_presets(struct move_page *page, struct store *store, struct arena *arena)
{
	const struct leaving *leaving = &page->leaving;
	const struct move_at at = move_page_at(page);
	struct buf text = {0}, who = {0};

	if (at.zone && !leaving->places) {
		buf_fmt(&who, _("%s%u户%lld人"), at.zone->name, at.zone->count,
			(long long)at.zone->people);
		preset(&text, "where", at.zone->shelter);
		preset(&text, "leader", at.zone->leader);
		preset(&text, "route", at.zone->route);
		preset_ref(&text, "point", store, at.zone->point);
	} else if (leaving->count) {
		buf_fmt(&who, _("危险区%u处%u户%lld人"), leaving->points, leaving->count,
			(long long)leaving->people);
	}
	preset(&text, "who", buf_cstr(&who));
	preset_ref(&text, "warning", store, leaving->warning);
	const char *kept = arena_text(arena, buf_cstr(&text));
	buf_release(&text);
	buf_release(&who);
	return kept;
}
