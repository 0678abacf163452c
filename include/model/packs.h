/* SPDX-License-Identifier: GPL-3.0-or-later
 * The county's longer data files: packs (what a kind of township switches on), checklists and disposal
 * cards. Each is read from bytes; what is found lies in the caller's arena and is borrowed from it.
 */
#ifndef MODEL_PACKS_H
#define MODEL_PACKS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/base.h"

enum { PACK_LIST = 24, PACK_ROWS = 16, CHECKLIST_ITEMS = 40 };

struct kind;

/* UNREAD of each: names of rows that an older program read and this one does not, so that a county's
 * own file of that day is taken, and the county told; "" = none. */

/* Codes in their order; NULL behind the last. */
struct pack_list {
	const char *code[PACK_LIST + 1];
	unsigned count;
};

struct pack_duty {
	const char *period, *zh;
	unsigned times;
};

struct pack {
	const char *zh, *en, *unread;
	struct pack_list checklists, cards;
	struct pack_duty duty[PACK_ROWS];
	unsigned duties;
};

/* An item that is answered no makes a hazard of that category and grade; "" = it makes none. READING: a number is asked for,
 * which goes into that field of the patrol; "" = yes or no. */
struct checklist_item {
	const char *text, *category, *grade, *reading;
};

/* FITS, parted by blanks or ';': what is checked by it, as KIND[/TYPE,TYPE][@SEASON] ("point/river,pond@flood", "depot"). SOURCE:
 * where hazards that it finds come from, a code of hazard_source; "" = as usual. */
struct checklist {
	const char *code, *zh, *version, *basis, *fits, *source, *unread;
	struct checklist_item item[CHECKLIST_ITEMS];
	unsigned items;
};

/* KEY: the one letter or digit that opens it. FITS, parted by blanks: events, an event and a colour of
 * its warning ("11B03/red"), or a season ("season=flood"), in which it is the card to take. */
struct card {
	const char *code, *zh, *event, *level, *version, *key, *fits, *text, *unread;
};
enum { FITS_WORD = 32 };
/* The next word at *AT of what a card fits, which moves behind it; false: none is left. */
bool card_fits_word(const char **at, char word[FITS_WORD]);
/* The steps of a card's TEXT, a line each: those that begin with a number; all, where none does. */
void card_steps(struct bytes text, struct buf *out);
extern const char card_keys[]; /* those that no screen needs for itself, in their order */

/* RC_BAD names file, line and rule. */
enum rc pack_read(struct pack *pack, const char *file, struct bytes text, struct arena *arena, struct fault *fault) MUST_CHECK;
enum rc checklist_read(
	struct checklist *list, const char *file, struct bytes text, struct arena *arena, struct fault *fault) MUST_CHECK;
/* How well a list that FITS so is for a record of KIND and TYPE (a code of its field type, "" = it has none) at NOW; 0: not at
 * all. One that names the type is better than one that names the season, and that than one that names the kind alone. */
unsigned list_fits(const char *fits, const struct kind *kind, struct bytes type, int64_t now);
const char *list_fits_wrong(const char *fits); /* why it cannot be read, translated; NULL: it can */
/* What its items make and ask for, a line each: "H14 G", "- - level_m", "-" = nothing; the field `makes` of a record. */
void checklist_makes_put(const struct checklist *list, struct buf *out);
enum rc card_read(struct card *card, const char *file, struct bytes text, struct arena *arena, struct fault *fault) MUST_CHECK;

#endif
