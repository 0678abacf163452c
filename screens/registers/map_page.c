/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board M: which places are shown, where the cursor is, and where it goes.
 */
#include "screens/map_page.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "screens/display.h"
#include "store/station.h"
#include "ui/keys.h"

/* A name on the map is a landmark: so many columns, and so many names, are enough to know where one
 * is. */
enum { NAME_MOST = 12, NAMES_WIDE = 10, NAMES_NARROW = 4, PART = 2, RANK = 10 };

/* ---- loading */

enum rc map_page_load(
	struct map_page *page, const struct actor *actor, struct arena *arena, struct fault *fault)
{
	if (!page->tally.started) {
		tally_start(&page->tally, _("没有"));
		page->tally.list.signs = SIGNS_ALL;
		page->tally.list.plain = true;
	}
	page->tally.columns = 0;
	page->count = 0;
	page->now = store_now(actor->store);
	enum rc rc = places_load(&page->places, actor->store, arena, fault);
	if (!rc && page->listing != MAP_LISTS_NOTHING)
		(void)map_page_list(page, page->listing);
	return rc;
}

void map_page_release(struct map_page *page)
{
	tally_release(&page->tally);
	arena_release(&page->lines);
}

/* ---- the cursor */

static const struct map_place *place_of(const struct map_page *page, struct ref ref)
{
	for (unsigned n = 0; n < page->places.count; n++)
		if (page->places.at[n].ref.site == ref.site &&
			page->places.at[n].ref.seq == ref.seq)
			return &page->places.at[n];
	return NULL;
}

const struct map_place *map_page_at(struct map_page *page)
{
	const struct list_row *row =
		page->listing == MAP_LISTS_NOTHING ? NULL : list_row(&page->tally.list);
	const struct chart_spot *spot = map_page_spot(page);

	if (page->listing != MAP_LISTS_NOTHING)
		return row ? place_of(page, row->ref) : NULL;
	return spot ? page->shown[spot->marks[0]] : NULL;
}

/* The cursor stays on its record; where that is not seen any more, on the worst that is. */
static void settle(struct map_page *page)
{
	const struct chart_spot *worst = NULL;

	for (unsigned n = 0; n < page->count; n++) {
		const struct chart_spot *spot = &page->spots[n];

		for (unsigned k = 0; k < spot->count; k++)
			if (page->shown[spot->marks[k]]->ref.site == page->at.site &&
				page->shown[spot->marks[k]]->ref.seq == page->at.seq) {
				page->row = spot->row;
				page->column = spot->column;
				return;
			}
		if (!worst ||
			page->shown[spot->marks[0]]->look < page->shown[worst->marks[0]]->look)
			worst = spot;
	}
	page->row = worst ? worst->row : page->chart.rows / PART;
	page->column = worst ? worst->column : page->chart.columns / PART;
	page->at = worst ? page->shown[worst->marks[0]]->ref : (struct ref){0, 0};
}

void map_page_go(struct map_page *page, const struct map_place *place)
{
	unsigned row, column;

	page->at = place->ref;
	page->listing = MAP_LISTS_NOTHING;
	page->tally.columns = 0;
	if (!place->known || chart_cell(&page->chart, place->at, &row, &column))
		return;
	page->chart.middle = place->at;
	page->close = true;
}

/* Is there something to be shown beyond that edge? */
static bool goes_on(const struct map_page *page, int down, int right)
{
	struct chart wide = page->chart;
	unsigned row, column;

	for (unsigned n = 0; n < page->places.count; n++) {
		const struct map_place *place = &page->places.at[n];

		if (!place->known || !map_page_shows(page, place) ||
			chart_cell(&wide, place->at, &row, &column))
			continue;
		if ((down > 0 && place->at.lat < wide.middle.lat) ||
			(down < 0 && place->at.lat > wide.middle.lat) ||
			(right > 0 && place->at.lon > wide.middle.lon) ||
			(right < 0 && place->at.lon < wide.middle.lon))
			return true;
	}
	return false;
}

bool map_page_arrow(struct map_page *page, int down, int right)
{
	int next = chart_next(page->spots, page->count, page->row, page->column, down, right);

	page->tally.columns = 0;
	if (next >= 0) {
		page->row = page->spots[next].row;
		page->column = page->spots[next].column;
		page->at = page->shown[page->spots[next].marks[0]]->ref;
		return true;
	}
	if (!goes_on(page, down, right))
		return false;
	page->at = (struct ref){0, 0};
	page->close = true;
	chart_move(&page->chart, down * (int)page->chart.rows / PART,
		right * (int)page->chart.columns / PART);
	return true;
}

bool map_page_turn(struct map_page *page, int key)
{
	bool next = key == ' ' || key == K_PAGE_DOWN, back = key == K_PAGE_UP;
	bool first = key == 'g' || key == K_HOME, last = key == 'G' || key == K_END;
	unsigned here = 0;

	if (!next && !back && !first && !last)
		return false;
	while (here < page->count && &page->spots[here] != map_page_spot(page))
		here++;
	page->tally.columns = 0;
	if (first || !page->count) {
		page->at = (struct ref){0, 0};
		return true;
	}
	here = last ? page->count - 1 : (here + (next ? 1 : page->count - 1)) % page->count;
	page->at = page->shown[page->spots[here].marks[0]]->ref;
	return true;
}

static void fit(const struct map_page *page, struct chart *chart)
{
	struct arena arena = {0};
	struct geo *at = arena_get(&arena, (page->places.count + 1) * sizeof *at);
	unsigned count = 0;

	for (unsigned n = 0; n < page->places.count; n++)
		if (page->places.at[n].known)
			at[count++] = page->places.at[n].at;
	chart_fit(chart, at, count, chart->rows, chart->columns);
	arena_release(&arena);
}

void map_page_zoom(struct map_page *page, int steps)
{
	const struct map_place *place = place_of(page, page->at);
	struct chart all = page->chart;

	if (steps > 0 && place && place->known)
		page->chart.middle = place->at;
	chart_zoom(&page->chart, steps);
	fit(page, &all);
	page->close = page->chart.across < all.across;
	if (!page->close)
		page->chart = all;
	page->tally.columns = 0;
}

const struct map_place *map_page_find(const struct map_page *page, const char *words)
{
	for (unsigned n = 0; n < page->places.count; n++)
		if (page->places.at[n].known && list_match(page->places.at[n].title, words))
			return &page->places.at[n];
	return NULL;
}

/* ---- layout */

static bool is_named(const struct map_place *place)
{
	return place->look >= LOOK_SHELTER_OPEN || place->look == LOOK_POINT_RED;
}

static unsigned name_of(const struct map_place *place, struct buf *out)
{
	display_text(place->title, out);
	size_t wide = text_columns(buf_cstr(out));

	return wide > NAME_MOST ? NAME_MOST : (unsigned)wide;
}

static void lay_marks(struct map_page *page)
{
	unsigned names = page->columns >= TALLY_NARROW ? NAMES_WIDE : NAMES_NARROW, count = 0;
	unsigned row, column;
	struct chart_mark *marks =
		arena_get(&page->lines, (page->places.count + 1) * sizeof *marks);
	struct buf name = {0};

	page->shown = arena_get(&page->lines, (page->places.count + 1) * sizeof(void *));
	for (unsigned n = 0; n < page->places.count; n++) {
		const struct map_place *place = &page->places.at[n];

		if (!place->known || !map_page_shows(page, place) ||
			!chart_cell(&page->chart, place->at, &row, &column))
			continue;
		marks[count] =
			(struct chart_mark){place->at, place->look * RANK + place->number, 0};
		if (is_named(place) && names) {
			buf_clear(&name);
			marks[count].wide = name_of(place, &name);
			names--;
		}
		page->shown[count++] = place;
	}
	page->count = chart_spots(&page->chart, marks, count, &page->lines, &page->spots);
	buf_release(&name);
}

void map_page_lay(struct map_page *page, struct pane room)
{
	bool other = room.rows != page->rows || room.columns != page->columns;

	if (page->tally.columns != room.columns || other) {
		arena_release(&page->lines);
		page->count = 0;
		page->rows = room.rows;
		page->columns = room.columns;
		unsigned feet = map_page_words(page, room);
		unsigned rows = room.rows > feet ? room.rows - feet : 1;

		page->chart.rows = rows;
		page->chart.columns = room.columns;
		if (!page->close)
			fit(page, &page->chart);
		lay_marks(page);
		settle(page);
	}
	map_page_words(page, room);
	if (page->listing == MAP_LISTS_NOTHING)
		room = pane_part(room, room.rows - 1, 0, 1, room.columns);
	tally_layout(&page->tally, room);
}

void map_page_draw(const struct map_page *page, struct pane pane)
{
	struct buf name = {0};

	if (page->listing != MAP_LISTS_NOTHING) {
		tally_draw(&page->tally, pane);
		return;
	}
	for (unsigned n = 0; n < page->count; n++) {
		const struct chart_spot *spot = &page->spots[n];
		const struct map_place *place = page->shown[spot->marks[0]];

		pane_fmt(pane, spot->row, spot->column, map_page_look(place), "%c",
			place_sign(place));
		buf_clear(&name);
		if (spot->named && name_of(place, &name))
			pane_clip(pane, spot->row, spot->label, LOOK_PLAIN, NAME_MOST,
				buf_cstr(&name));
	}
	for (unsigned n = 0; n < page->feet; n++)
		pane_text(pane, page->chart.rows + n, 0, n ? LOOK_PLAIN : LOOK_TITLE, 0,
			page->foot[n]);
	buf_release(&name);
	if (page->tally.prompt)
		tally_draw(&page->tally, pane_part(pane, pane.rows - 1, 0, 1, pane.columns));
	else if (page->count)
		pane_cursor(pane, page->row, page->column);
}
