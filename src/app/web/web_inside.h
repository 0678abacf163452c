/* SPDX-License-Identifier: GPL-3.0-or-later
 * The page while it is made: sections write markup of their own and texts that are escaped, and
 * count nothing themselves: their numbers are those of the boards and of lists.
 */
#ifndef APP_WEB_INSIDE_H
#define APP_WEB_INSIDE_H

#include "base/arena.h"
#include "work/agenda.h"
#include "work/in_force.h"
#include "work/rules.h"

/* A point of the map, and its feature in the file of points. */
struct web_dot {
	struct ref ref;
	int64_t lon, lat; /* millionths of a degree */
	unsigned look;    /* its place in web_looks */
	bool named;       /* its number stands beside it */
	int x, y;         /* on the map */
};

struct web {
	struct store *store;
	struct actor actor;
	struct world world;
	bool full; /* names, telephone numbers, titles; else they are masked or left out */
	struct arena arena;
	struct buf out;
	size_t stamp; /* where WEB_STAMP bytes in .out say as of when it is */
	struct web_dot *dots;
	unsigned dot_count, untold; /* untold: records of those kinds without a place */
	size_t dot_room;
};
enum { WEB_STAMP = 16 };

/* ---- putting it together: MARKUP is ours and goes as it is, TEXT is anybody's */

void web_markup(struct web *web, const char *markup);
void web_text(struct web *web, const char *text);
void web_say(struct web *web, const char *fmt, ...) PRINTF(2, 3); /* formatted, then escaped */
void web_element(struct web *web, const char *name, const char *text);
void web_cell(struct web *web, const char *text);
void web_number(struct web *web, int64_t number); /* a cell */
/* A table that scrolls by itself where it is too wide; HEADS end with NULL, translated. */
void web_table(struct web *web, const char *label, const char *const heads[]);
void web_table_end(struct web *web);
/* One field of ROW; who is named by it, and how he is reached, is masked. */
void web_field(struct web *web, const struct row *row, unsigned tag);
void web_place(struct web *web, uint64_t area); /* with the township before a village */

/* ---- sections, in their order */

enum rc web_today(struct web *web, struct fault *fault) MUST_CHECK;
enum rc web_warnings(struct web *web, struct fault *fault) MUST_CHECK;
enum rc web_losses(struct web *web, struct fault *fault) MUST_CHECK;
enum rc web_silent(struct web *web, struct fault *fault) MUST_CHECK;
enum rc web_hazards(struct web *web, struct fault *fault) MUST_CHECK;
enum rc web_shelters(struct web *web, struct fault *fault) MUST_CHECK;
enum rc web_stock(struct web *web, struct fault *fault) MUST_CHECK;
enum rc web_drills(struct web *web, struct fault *fault) MUST_CHECK;
enum rc web_map(struct web *web, struct fault *fault) MUST_CHECK;

/* The whole of it. */
enum rc web_compose(struct web *web, struct fault *fault) MUST_CHECK;
/* The same points as GeoJSON, after web_map. */
enum rc web_geojson(struct web *web, struct buf *out, struct fault *fault) MUST_CHECK;

/* ---- files */

struct web_files {
	const char *folder;
	bool full;
	bool no_gzip; /* said already */
};
/* RC_IO: FOLDER has an index.html that `page` did not write, or wrote with, or without, the names.
 */
enum rc web_may(const struct web_files *files, struct fault *fault) MUST_CHECK;
/* NAME and NAME.gz, said when they are written; nothing is when the file says the same already.
 * STAMP: bytes there are not compared; 0: all are. */
/* The page stays as it is while nothing changes; when that was looked at last stands in a file of
 * its own. */
#define WEB_CHECKED "checked.txt"
enum rc web_checked(const struct web_files *files, int64_t now, struct fault *fault) MUST_CHECK;
enum rc web_write(struct web_files *files, const char *name, struct bytes bytes, size_t stamp,
	struct fault *fault) MUST_CHECK;
/* PATH compressed by gzip, appended to OUT; false: there is no gzip, or it failed. */
bool web_gzip(const char *path, struct buf *out);

#endif
