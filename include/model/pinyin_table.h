/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table behind pinyin.c: every hanzi has the number of a set of readings, 0 for none.
 */
#ifndef MODEL_PINYIN_TABLE_H
#define MODEL_PINYIN_TABLE_H

#include <stdint.h>

struct pinyin_far {
	uint32_t cp;
	uint16_t set;
};

enum { PINYIN_NEAR = 0x4E00, PINYIN_NEAR_LAST = 0x9FFF, PINYIN_RARE = 0x3400, PINYIN_RARE_LAST = 0x4DBF };

extern const char pinyin_text[];             /* sets of readings, each ended by NUL; the first is empty */
extern const uint16_t pinyin_start[];        /* where set N begins */
extern const uint16_t pinyin_near[];         /* U+4E00 to U+9FFF */
extern const uint16_t pinyin_rare[];         /* U+3400 to U+4DBF */
extern const struct pinyin_far pinyin_far[]; /* others that dictionaries of today have, ascending */
extern const unsigned pinyin_far_count;

#endif
