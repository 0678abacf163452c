/* SPDX-License-Identifier: GPL-3.0-or-later
 * The provisional code of a station to which no hub has given one yet.
 */
#ifndef APP_SHORT_CODE_H
#define APP_SHORT_CODE_H

/* The pinyin initials of NAME, its own letters when it has no hanzi, "Z" when it has neither. */
void short_code(const char *name, char code[12]);

#endif
