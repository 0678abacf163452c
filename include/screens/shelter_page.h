/* SPDX-License-Identifier: GPL-3.0-or-later
 * A shelter: its room, who is in it, and families checked in, one line each. For the screen and for line mode.
 */
#ifndef SCREENS_SHELTER_PAGE_H
#define SCREENS_SHELTER_PAGE_H

#include "screens/tally.h"
#include "work/leaving.h"

/* What a line like "1组 fcs 4" or "c019 4" means. */
struct check_line {
	const struct home *home; /* the one household that fits; NULL: none, or several */
	unsigned fits;           /* so many do */
	const struct home *others[3];
	int64_t people;         /* as typed, else as registered; -1 = not known */
	char name[64];          /* as typed, where no household fits; "" = no name in hanzi was typed */
	char group[32];         /* "1组"; "" = none was typed */
	bool typed, new_family; /* something was typed; one of no household can be checked in */
};
/* Among HOMES, by group, name (hanzi, pinyin, initials), door or code, and a number of people. */
void check_line_read(struct check_line *line, const struct homes *homes, const char *typed);
/* "1组 范春生 4人 耳背,高龄 C019", or what is missing. */
void check_line_say(const struct check_line *line, struct buf *out);

struct shelter_page {
	struct tally tally;
	struct leaving leaving; /* in the arena given at loading, as what follows */
	struct lodgers lodgers;
	struct ref shelter;
	const struct leaving_shelter *here; /* NULL: it is not used any more */
	uint64_t area;                      /* whose households are looked through */
	bool all;
	int64_t now;
	unsigned columns;
	struct arena lines;
	struct check_done done; /* stay.seq 0: nothing was done here yet */
	struct check_line line; /* what is being typed */
	char said[160], match[200];
};

enum rc shelter_page_load(
	struct shelter_page *page, const struct actor *actor, struct arena *arena, struct fault *fault) MUST_CHECK;
void shelter_page_lay(struct shelter_page *page, unsigned columns);
void shelter_page_release(struct shelter_page *page);
const struct lodger *shelter_page_at(struct shelter_page *page);
/* One of them in a line. */
void shelter_page_row(struct shelter_page *page, const struct lodger *lodger, struct buf *out);
/* "村部 可150 在9 余141", what is asked in front of a line of check-in. */
void shelter_page_prompt(const struct shelter_page *page, struct buf *out);
/* What TYPED means stands in .match. */
void shelter_page_typed(struct shelter_page *page, struct store *store, const char *typed);
/* Is more coming than there is room for? */
bool shelter_page_over(const struct shelter_page *page);
/* Checks in what .line means, and says so in .said. */
enum rc shelter_page_check_in(struct shelter_page *page, const struct actor *actor, struct fault *fault) MUST_CHECK;
enum rc shelter_page_undo(struct shelter_page *page, const struct actor *actor, struct fault *fault) MUST_CHECK;
/* Tells its heads, with what is needed. */
enum rc shelter_page_tell(
	struct shelter_page *page, const struct actor *actor, const char *needs, struct fault *fault) MUST_CHECK;
enum shelter_key { KEY_HELPED = 1, KEY_HOME, KEY_ELSEWHERE, SHELTER_KEYS };
/* The key at '>', with the words that belong to it. */
enum rc shelter_page_act(struct shelter_page *page, const struct actor *actor, enum shelter_key key, const char *told,
	struct fault *fault) MUST_CHECK;

#endif
