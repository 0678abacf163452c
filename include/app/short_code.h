/* SPDX-License-Identifier: GPL-3.0-or-later
 * The short code of a station that has none from above yet.
 */
#ifndef APP_SHORT_CODE_H
#define APP_SHORT_CODE_H

/* The pinyin initials of NAME, its own letters when it has no hanzi, "Z" when it has neither. */
void short_code(const char *name, char code[12]);

#endif
