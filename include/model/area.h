/* SPDX-License-Identifier: GPL-3.0-or-later
 * Area codes: a code of 2, 4, 6, 9 or 12 digits, kept as a number of 12 digits with zeros behind.
 * Names come from sorted TSV files (code<TAB>name) that are mapped, not read: no cost at start.
 */
#ifndef MODEL_AREA_H
#define MODEL_AREA_H

#include "base/base.h"
#include "base/buf.h"
#include "model/schema.h"

bool area_parse(const char *typed, uint64_t *area, const char **why);
unsigned area_digits(uint64_t area); /* 2, 4, 6, 9 or 12 */
enum level area_level(uint64_t area);
bool area_within(uint64_t area, uint64_t above); /* ABOVE is a prefix of AREA, or equal */
uint64_t area_above(uint64_t area);              /* one level up; 0 above the province */
uint64_t area_last(uint64_t area);               /* the highest code within it */
/* Does what applies to LIST, as a field of T_AREAS holds it, concern the places of STATION? Elsewhere is only what names
 * known codes that all lie elsewhere; a word with '?' behind it is no code of ours, and a name makes it unsure. */
enum area_reach { AREA_ELSEWHERE, AREA_UNSURE, AREA_HERE };
enum area_reach area_reach(struct bytes list, uint64_t station);
void area_show(uint64_t area, char out[16]);  /* 12 digits */
void area_short(uint64_t area, char out[16]); /* 2, 4, 6, 9 or 12 digits */

/* ---- Codes that have another number since: what was OLD is NOW, and what lies within it has its own digits behind. */

struct area_change {
	uint64_t old, now; /* of one level */
};
struct area_map {
	const struct area_change *at;
	unsigned count;
};
enum { AREA_CHANGES = 1024, AREAS_BEFORE = 16 };
/* What AREA is called now: by the change that names it most narrowly, and by those that follow. */
uint64_t area_now(const struct area_map *map, uint64_t area);
/* What AREA, of today, was called before: so many, the newest codes first. */
unsigned area_before(const struct area_map *map, uint64_t area, uint64_t before[AREAS_BEFORE]);

/* The bytes of a list must stay as long as they are in use. Later lists win. */
void area_list_add(struct bytes tsv);
void area_lists_clear(void);
uint64_t area_lists_print(void); /* another number, other lists: by what they say */
/* Borrowed, not NUL-ended; false when no list has it. */
bool area_name(uint64_t area, struct bytes *name);
/* Does TEXT name it, by its code or by its name? 高村 is not meant where only its neighbour 小高村 is written. */
bool area_in_text(uint64_t area, struct bytes text);
void area_title(uint64_t area, struct buf *out); /* 柏香镇 王庄村: a village with its township; the code if unknown */
/* Places directly below ABOVE, in order of codes; *after = 0 to begin. */
bool area_each(uint64_t above, uint64_t *after, struct bytes *name);

#endif
