/* SPDX-License-Identifier: GPL-3.0-or-later
 * Hanzi from pinyin, for terminals and machines that have no input method of their own: letters are collected, what they may
 * mean stands in one line, a digit takes it. First the words of this trade and this place (labels, codes, names of places,
 * titles of records), by their pinyin or initials; then single hanzi, those that the shipped texts use most first.
 */
#ifndef UI_COMPOSE_H
#define UI_COMPOSE_H

#include "base/buf.h"

struct store;

enum { COMPOSE_TYPED = 32, COMPOSE_PAGE = 9 };

/* All zero: off. */
struct compose {
	bool on;
	char typed[COMPOSE_TYPED]; /* letters that are not hanzi yet; "" = none */
	unsigned page;             /* of what they may mean */
};

enum compose_act {
	COMPOSE_NOT,  /* the key is not for it */
	COMPOSE_SHOW, /* taken: compose_show has changed */
	COMPOSE_TEXT  /* taken: TEXT goes to the cursor */
};

/* KEY while a text is typed; STORE knows names. TEXT is cleared first. */
enum compose_act compose_key(struct compose *compose, struct store *store, int key, struct buf *text);
/* "拼音 zhuanyi: 1转移 2转 3专", or that it is on; "" when it is off. */
void compose_show(const struct compose *compose, struct store *store, struct buf *out);

#endif
