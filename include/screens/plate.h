/* SPDX-License-Identifier: GPL-3.0-or-later
 * The plate of disposal cards: every card with the one key that opens it, and why it is the one to
 * take now. For the screen and for line mode.
 */
#ifndef SCREENS_PLATE_H
#define SCREENS_PLATE_H

#include "base/arena.h"
#include "store/rows.h"
#include "ui/screen.h"

struct plate_card {
	struct ref ref;
	char sign;         /* '\0': all signs are taken */
	const char *title; /* without the words that all of them end in */
	const char *now;   /* "正是 红R暴雨"; "" = it is not */
	const char *text;  /* of a shipped card, which is no record; NULL: of a record */
};

/* In the order of their signs; all of it in the arena given. SHIPPED: this station has no card in its register, so these are those
 * that the program brings with it: to be read, not to be started. */
struct plate {
	struct plate_card *cards;
	unsigned count;
	bool shipped;
};
/* What there is to do about it. */
const char *plate_shipped_only(void);

enum rc plate_load(struct plate *plate, struct store *store, struct arena *arena, struct fault *fault) MUST_CHECK;
/* Codes of what a card is for ("11B03/red season=flood role=R02") become words: 红 暴雨、汛期、网格员. */
void plate_fits(struct buf *fits);
/* The card that SIGN opens; NULL: none. */
const struct plate_card *plate_find(const struct plate *plate, int sign);
/* What the response begins with that takes CARD, for WARNING (seq 0: for none): "field=value" lines, as a draft has them. */
enum rc plate_presets(struct store *store, struct ref card, struct ref warning, struct buf *out, struct fault *fault) MUST_CHECK;
/* Why nothing can be started for a warning: this station has no card for it, or none at all, and where cards come from. */
const char *plate_lacks(struct store *store);
/* Its form; when it is saved each line of the card is a task. */
enum act plate_start(struct view *view, struct ref card, struct ref warning);

#endif
