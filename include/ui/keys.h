/* SPDX-License-Identifier: GPL-3.0-or-later
 * Keys as the screens know them: code points, and the names below. Control keys are their codes 1
 * to 31. Every function also lies on a plain key; a lone ESC is never needed. Ctrl-S, Ctrl-Q,
 * Ctrl-A and Ctrl-B belong to lines and multiplexers and are never used.
 */
#ifndef UI_KEYS_H
#define UI_KEYS_H

#include "base/base.h"

enum keycode {
	KEY_NONE_ = 0,
	K_ENTER = 0x110000,
	K_ESC,
	K_UP,
	K_DOWN,
	K_LEFT,
	K_RIGHT,
	K_HOME,
	K_END,
	K_PAGE_UP,
	K_PAGE_DOWN,
	K_BACKSPACE,
	K_DELETE,
	K_TAB,
	K_BACKTAB,
	K_RESIZE,
	K_PASTE, /* a text came at once, in brackets: term_pasted */
	K_HANGUP
};
#define K_CTRL(c) ((c)&31)

/* May be put into a text: no control character, no named key. */
static inline bool key_is_text(int key)
{
	return key >= 0x20 && key != 0x7f && key < K_ENTER && !(key >= 0x80 && key < 0xa0);
}

/* How the key bar and help write it: "回车", "^O", "a". At most 15 bytes. */
const char *key_show(int key, char out[16]);
/* The key of a name as screen scripts write it: "enter", "^O", "a", "界"; 0 = none. */
int key_named(const char *name);

/* What terminals send for a key; ends with bytes NULL. */
struct key_sequence {
	const char *bytes;
	int key;
};
extern const struct key_sequence key_sequences[];

#endif
