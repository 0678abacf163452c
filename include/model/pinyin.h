/* SPDX-License-Identifier: GPL-3.0-or-later
 * Hanzi to pinyin and initials, all readings, from a table made of Unihan data (the tool in tests/tables is
 * not needed to build: src/model/pinyin_table.c is committed; licence: src/base/unicode.LICENSE).
 */
#ifndef MODEL_PINYIN_H
#define MODEL_PINYIN_H

#include "base/buf.h"

/* Readings of one hanzi without tones, separated by blanks, the usual one first ("chang zhang"); NULL when none. */
const char *pinyin_of(uint32_t cp);
/* 'a'…'z' bits of its initials; 0 when it is no hanzi. */
uint32_t pinyin_initials(uint32_t cp);
/* Does TYPED (lower-case letters) match the beginning of WORD's pinyin or initials, from some hanzi on?
 * "fdj", "fadianji", "fadj" all match 发电机; letters and digits of WORD match themselves. */
bool pinyin_match(const char *word, const char *typed);
/* A name as people without hanzi read it: 王庄 -> Wang Zhuang. Full-width forms become ASCII, other characters stay. */
void pinyin_show(const char *word, struct buf *out);
/* Initials in capitals, usual readings: 王庄村 -> WZC; at most MOST letters. */
void pinyin_code(const char *word, size_t most, struct buf *out);

#endif
