/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board M: what lies where, on cells; and the same as lines, each with its bearing. For the screen and for line mode.
 */
#ifndef SCREENS_MAP_PAGE_H
#define SCREENS_MAP_PAGE_H

#include "screens/tally.h"
#include "work/actor.h"
#include "work/places.h"

/* What is listed in the place of the map. */
enum map_listing { MAP_LISTS_NOTHING, MAP_LISTS_CELL, MAP_LISTS_UNKNOWN, MAP_LISTS_NEAR };
enum { MAP_FEET = 8, MAP_FOOT = 260 };

struct map_page {
	struct tally tally;       /* the list, and a text that is typed */
	struct map_places places; /* in the arena given at loading */
	struct chart chart;
	bool close;             /* not all of it: it was enlarged, or moved */
	unsigned rows, columns; /* of the pane of the last layout */
	enum place_layer layer;
	bool grave; /* only what is red or orange, happens, or helps */
	enum map_listing listing;
	struct ref at; /* where the cursor is; seq 0 = not yet */
	unsigned row, column;
	/* Laid out, in .lines: */
	const struct map_place **shown; /* by the places of the marks */
	struct chart_spot *spots;
	unsigned count;
	char foot[MAP_FEET][MAP_FOOT]; /* below the map */
	unsigned feet;
	char head[120]; /* above the list */
	struct arena lines;
	int64_t now;
};

enum rc map_page_load(struct map_page *page, const struct actor *actor, struct arena *arena, struct fault *fault) MUST_CHECK;
void map_page_lay(struct map_page *page, struct pane room);
void map_page_draw(const struct map_page *page, struct pane pane);
void map_page_release(struct map_page *page);
/* " [安置] [红橙]": what of it is shown; nothing when all is. */
void map_page_title(const struct map_page *page, struct buf *out);
/* The spot at the cursor; NULL: there is none. */
const struct chart_spot *map_page_spot(const struct map_page *page);
/* The place at '>' of the list, else the worst at the cursor; NULL. */
const struct map_place *map_page_at(struct map_page *page);
/* The one with that number on the map. */
const struct map_place *map_page_number(const struct map_page *page, unsigned number);
/* '>' or the cursor goes there, and the map with it where it does not reach so far. */
void map_page_go(struct map_page *page, const struct map_place *place);
/* An arrow key. False: nothing lies that way. */
bool map_page_arrow(struct map_page *page, int down, int right);
/* The keys that move in every list: space and PgDn the next as one reads, PgUp the one before, g and Home the worst, G and
 * End the last. False: KEY is none of them. */
bool map_page_turn(struct map_page *page, int key);
/* Closer or farther, around the cursor; not farther than all of it. */
void map_page_zoom(struct map_page *page, int steps);
/* The first with a place whose title has WORDS (also pinyin, initials); NULL. */
const struct map_place *map_page_find(const struct map_page *page, const char *words);
/* LISTING in the place of the map, or the map again. False: it would be empty. */
bool map_page_list(struct map_page *page, enum map_listing listing);
const char *map_page_layer(const struct map_page *page); /* translated */
/* "北坡崖头: 镇政府东北4.4公里 红R"; of one without a place: "伏背险工: 没有坐标 伏背村". */
void map_page_line(const struct map_page *page, const struct map_place *place, struct buf *out);
/* "0.8公里 西南 ^西彰村小学" */
void map_page_near(const struct map_page *page, struct geo from, const struct near_place *near, struct buf *out);
/* The lines below the map, the first of the cursor, and the list; returns how many lines. */
unsigned map_page_words(struct map_page *page, struct pane room);
enum look map_page_look(const struct map_place *place);
bool map_page_shows(const struct map_page *page, const struct map_place *place);
/* "没有坐标 4: 圪垱坡村3 西彰村1"; "" = all have a place. */
void map_page_unknown(const struct map_page *page, struct buf *out);

#endif
