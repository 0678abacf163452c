/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two states of a file of the county's data, row by row.
 */
#ifndef APP_COMPARE_H
#define APP_COMPARE_H

#include "base/base.h"

/* A row that stands in one of them alone, or the two of one name that say different things. A side
 * without a row has line 0. Texts are borrowed from what was compared. */
struct compared_row {
	struct bytes ours, theirs;
	unsigned our_line, their_line; /* from 1 */
};

struct compared {
	struct compared_row *row; /* added, then removed, then changed, each by its line; owned */
	unsigned added, removed, changed;
	unsigned same; /* rows that stand in both */
};

/* What OURS has beside THEIRS. NAME ("codes.tsv", "cards/fire.txt") says which words of a row are
 * its name. Comments and empty lines are no rows, but of a card every line is one. Release it. */
void compare_texts(
	struct compared *compared, const char *name, struct bytes ours, struct bytes theirs);
/* Leaves only what is not yet so in BEFORE, an earlier state of ours: what we have added, taken out
 * or changed since. */
void compare_since(struct compared *compared, const char *name, struct bytes before);
void compare_release(struct compared *compared);

#endif
