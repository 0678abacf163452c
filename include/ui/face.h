/* SPDX-License-Identifier: GPL-3.0-or-later
 * How a terminal shows things, where its login says it wrong or a person wants it otherwise: the coding of
 * characters, and the ground that they stand on.
 */
#ifndef UI_FACE_H
#define UI_FACE_H

#include "base/base.h"

/* CODING_LOGIN: what the login said (LANG); PINYIN: hanzi as letters, in whatever coding. */
enum coding { CODING_LOGIN, CODING_UTF8, CODING_GB18030, CODING_PINYIN, CODINGS };
/* GROUND_OWN: the terminal's. */
enum ground { GROUND_OWN, GROUND_DARK, GROUND_LIGHT, GROUNDS };

struct face {
	enum coding coding;
	enum ground ground;
};

extern const char *const coding_names[CODINGS]; /* N_(); LOGIN: "" */
/* What the login said, as one of the others. */
enum coding coding_of_login(void);
/* The next one that this machine can do, after CODING_PINYIN the first again. */
enum coding coding_next(enum coding coding);
/* Characters go out, and come in, in that coding from now on. */
void coding_set(enum coding coding);
enum { FACE_TERMINAL = 64 };
/* Which terminals are meant by what a person keeps: their type, and what their login says. */
void face_terminal(char out[FACE_TERMINAL]);

#endif
