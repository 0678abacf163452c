/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board M in words: what stands below the map, what is listed, and each place with its bearing.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "screens/display.h"
#include "screens/map_page.h"

enum { TALL = 14, NUMBERED_LINES = 3, KM = 1000 };

static const struct {
	const char *word; /* N_() */
	enum look look;
} looks[PLACE_LOOKS] = {
	{N_("事件"), LOOK_RED},
	{N_("重大隐患"), LOOK_RED},
	{N_("红R"), LOOK_RED},
	{N_("橙O"), LOOK_ORANGE},
	{N_("黄Y"), LOOK_YELLOW},
	{N_("蓝B"), LOOK_BLUE},
	{N_("未定级"), LOOK_PLAIN},
	{N_("开着的安置点"), LOOK_TITLE},
	{N_("仓库"), LOOK_PLAIN},
	{N_("队伍"), LOOK_PLAIN},
	{N_("没开的安置点"), LOOK_PLAIN},
};

bool map_page_shows(const struct map_page *page, const struct map_place *place)
{
	return place_on_layer(place, page->layer) && (!page->grave || place_is_grave(place));
}

const struct chart_spot *map_page_spot(const struct map_page *page)
{
	for (unsigned n = 0; n < page->count; n++)
		if (page->spots[n].row == page->row && page->spots[n].column == page->column)
			return &page->spots[n];
	return NULL;
}

const struct map_place *map_page_number(const struct map_page *page, unsigned number)
{
	for (unsigned n = 0; n < page->places.count; n++)
		if (number && page->places.at[n].number == number)
			return &page->places.at[n];
	return NULL;
}

enum look map_page_look(const struct map_place *place)
{
	return looks[place->look].look;
}

const char *map_page_layer(const struct map_page *page)
{
	static const char *const layers[PLACE_LAYERS] = {
		N_("全部"), N_("点"), N_("隐患"), N_("安置"), N_("物资"), N_("队伍")};

	return _(layers[page->layer]);
}

/* ---- lines */

static void put_home(const struct map_page *page, struct buf *out)
{
	if (*page->places.home_name)
		display_text(page->places.home_name, out);
	else
		buf_text(out, _("图中心"));
}

static void put_bearing(const struct map_page *page, const struct map_place *place, struct buf *out)
{
	if (!place->known) {
		buf_text(out, _("没有坐标"));
		buf_byte(out, ' ');
		display_place(place->area, out);
		return;
	}
	put_home(page, out);
	geo_put_bearing(page->places.home, place->at, out);
}

void map_page_line(const struct map_page *page, const struct map_place *place, struct buf *out)
{
	display_text(place->title, out);
	buf_text(out, ": ");
	put_bearing(page, place, out);
	buf_fmt(out, " %s", _(looks[place->look].word));
}

void map_page_near(const struct map_page *page, struct geo from, const struct near_place *near,
	struct buf *out)
{
	(void)page;
	if (near->about)
		buf_text(out, _("约"));
	geo_put_metres(near->metres, out);
	if (!near->about)
		buf_fmt(out, " %s", geo_way_name(geo_way(from, near->place->at)));
	buf_fmt(out, " %c", place_sign(near->place));
	display_text(near->place->title, out);
	buf_byte(out, ' ');
	display_place(near->place->area, out);
}

/* What is seen, and how large a cell is: a map that is stretched says so. */
static void put_scale(const struct map_page *page, struct buf *out)
{
	const struct chart *chart = &page->chart;

	if (page->places.count == page->places.unknown)
		return;
	buf_fmt(out, chart->down < KM ? _("1格%.0f米x%.0f米") : _("1格%.0f米x%.1f公里"),
		chart->across, chart->down < KM ? chart->down : chart->down / KM);
	buf_byte(out, ' ');
}

void map_page_title(const struct map_page *page, struct buf *out)
{
	if (page->layer != LAYER_ALL)
		buf_fmt(out, " [%s]", map_page_layer(page));
	if (page->grave)
		buf_fmt(out, " [%s]", _("红橙"));
}

/* ---- what has no place, by village */

void map_page_unknown(const struct map_page *page, struct buf *out)
{
	const struct map_places *places = &page->places;
	unsigned shown = 0;
	struct buf villages = {0};

	for (unsigned n = places->count - places->unknown; n < places->count;) {
		uint64_t area = places->at[n].area;
		unsigned here = 0;

		for (; n < places->count && places->at[n].area == area; n++)
			here += map_page_shows(page, &places->at[n]);
		if (!here)
			continue;
		shown += here;
		buf_byte(&villages, ' ');
		display_place(area, &villages);
		buf_fmt(&villages, "%s%u", display_gap(), here);
	}
	if (shown)
		buf_fmt(out, _("a 没有坐标%u:%s"), shown, buf_cstr(&villages));
	buf_release(&villages);
}

/* ---- the lines below */

static char *next_foot(struct map_page *page)
{
	char *foot = page->foot[page->feet < MAP_FEET ? page->feet : MAP_FEET - 1];

	page->feet += page->feet < MAP_FEET;
	*foot = '\0';
	return foot;
}

static void put_number(const struct map_page *page, const struct map_place *place, unsigned columns,
	struct buf *out)
{
	char clock[WHEN_TEXT];
	struct buf text = {0};

	display_clock(place->since, page->now, clock);
	buf_fmt(&text, "%u ", place->number);
	display_text(place->title, &text);
	buf_fmt(&text, " %s ", clock);
	display_place(place->area, &text);
	display_cell(&text, columns, out);
	buf_release(&text);
}

/* "1 北坡崖头塌方 04:43 圪垱坡村   2 …": two on a wide line. */
static void add_numbers(struct map_page *page, struct pane room)
{
	bool wide = room.columns >= TALLY_NARROW;
	unsigned columns = wide ? room.columns / 2 - 1 : room.columns - 1, count = 0;
	unsigned most = wide ? 2 * NUMBERED_LINES : 1;
	const struct map_place *place;
	struct buf line = {0};

	while (count < most && (place = map_page_number(page, count + 1))) {
		put_number(page, place, columns, &line);
		count++;
		if (wide && count % 2 && map_page_number(page, count + 1) && count < most)
			continue;
		text_fit(next_foot(page), MAP_FOOT, buf_cstr(&line));
		buf_clear(&line);
	}
	buf_release(&line);
}

static void put_cursor(const struct map_page *page, struct buf *out)
{
	const struct chart_spot *spot = map_page_spot(page);

	if (!spot) {
		buf_text(out, page->places.count > page->places.unknown
				      ? _("这里没有：- 看全，f v 换层")
				      : _("图上还没有：登记的点没有填经纬度"));
		return;
	}
	const struct map_place *place = page->shown[spot->marks[0]];

	buf_byte(out, '>');
	if (spot->count > 1)
		buf_fmt(out, _("%u件，"), spot->count);
	if (page->columns >= TALLY_NARROW) {
		map_page_line(page, place, out);
		return;
	}
	geo_put_bearing(page->places.home, place->at, out);
	buf_byte(out, ' ');
	display_text(place->title, out);
}

unsigned map_page_words(struct map_page *page, struct pane room)
{
	struct buf text = {0};

	page->feet = 0;
	put_cursor(page, &text);
	text_fit(next_foot(page), MAP_FOOT, buf_cstr(&text));
	buf_clear(&text);
	if (room.rows >= TALL || room.columns >= TALLY_NARROW)
		add_numbers(page, room);
	if (room.rows >= TALL) {
		put_scale(page, &text);
		buf_text(&text,
			_("R红O橙Y黄B蓝点 数字=事件重大隐患 ^开着n没开的安置点 $仓库 #队伍"));
		text_fit(next_foot(page), MAP_FOOT, buf_cstr(&text));
		buf_clear(&text);
	}
	map_page_unknown(page, &text);
	if (text.len)
		text_fit(next_foot(page), MAP_FOOT, buf_cstr(&text));
	buf_release(&text);
	return page->feet;
}

/* ---- lists */

static void add_row(struct map_page *page, const struct map_place *place, const char *text)
{
	struct list_row *row = list_add(&page->tally.list, place->ref);

	row->look = map_page_look(place);
	list_cell(&page->tally.list, row, 0, text);
}

static void list_cell_places(struct map_page *page, struct buf *text)
{
	const struct chart_spot *spot = map_page_spot(page);

	snprintf(page->head, sizeof page->head, "%s", _("同一格里，重的在前"));
	for (unsigned n = 0; spot && n < spot->count; n++) {
		const struct map_place *place = page->shown[spot->marks[n]];

		buf_fmt(text, "%c ", place_sign(place));
		map_page_line(page, place, text);
		add_row(page, place, buf_cstr(text));
		buf_clear(text);
	}
}

static void list_unknown(struct map_page *page, struct buf *text)
{
	const struct map_places *places = &page->places;

	snprintf(page->head, sizeof page->head, "%s", _("没有坐标的，按村；打开后 e 补经纬度"));
	for (unsigned n = places->count - places->unknown; n < places->count; n++) {
		const struct map_place *place = &places->at[n];

		if (!map_page_shows(page, place))
			continue;
		display_place(place->area, text);
		buf_fmt(text, " %c ", place_sign(place));
		display_text(place->title, text);
		buf_fmt(text, " %s", _(looks[place->look].word));
		add_row(page, place, buf_cstr(text));
		buf_clear(text);
	}
}

static void list_near(struct map_page *page, struct buf *text)
{
	const struct map_place *from = NULL;
	struct arena arena = {0};
	struct near_place *near = NULL;
	unsigned count = 0;

	for (unsigned n = 0; n < page->places.count; n++)
		if (page->places.at[n].known && page->places.at[n].ref.site == page->at.site &&
			page->places.at[n].ref.seq == page->at.seq)
			from = &page->places.at[n];
	if (from) {
		count = places_near(&page->places, from->at, &arena, &near);
		display_text(from->title, text);
		snprintf(page->head, sizeof page->head, _("离 %s 最近的安置点、仓库、队伍"),
			buf_cstr(text));
		buf_clear(text);
	}
	for (unsigned n = 0; n < count; n++) {
		if (near[n].place == from)
			continue;
		map_page_near(page, from->at, &near[n], text);
		add_row(page, near[n].place, buf_cstr(text));
		buf_clear(text);
	}
	arena_release(&arena);
}

bool map_page_list(struct map_page *page, enum map_listing listing)
{
	struct tally *tally = &page->tally;
	struct buf text = {0};

	tally_clear(tally);
	list_clear(&tally->list);
	tally->list.column_count = 0;
	list_column(&tally->list, "", 0, false);
	page->listing = listing;
	if (listing == MAP_LISTS_CELL)
		list_cell_places(page, &text);
	else if (listing == MAP_LISTS_UNKNOWN)
		list_unknown(page, &text);
	else if (listing == MAP_LISTS_NEAR)
		list_near(page, &text);
	list_done(&tally->list);
	if (!tally->list.shown)
		page->listing = MAP_LISTS_NOTHING;
	else
		tally_head(tally, LOOK_TITLE, page->head);
	buf_release(&text);
	return page->listing == listing;
}
