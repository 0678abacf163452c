/* SPDX-License-Identifier: GPL-3.0-or-later
 * Hanzi to pinyin: finding by letters without an input method, and names for terminals and
 * people without hanzi. Finding takes every reading of a hanzi; showing takes the usual one,
 * or that of a word in which everybody knows it to be another.
 */
#include "model/pinyin.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/pinyin_table.h"

enum { TYPED_MOST = 63, FULL_WIDTH = 0xFF01, FULL_WIDTH_LAST = 0xFF5E };

/* Words in which a hanzi is not read as usual. The single hanzi at the end of the table are those
 * whose most frequent reading is not the one in names. */
struct phrase {
	const char *word, *readings;
};

/* zh: hanzi to be read */
/* clang-format off */
static const struct phrase phrases[] = {
	{"重庆", "chong qing"}, {"重建", "chong jian"}, {"重复", "chong fu"}, {"重新", "chong xin"},
	{"厦门", "xia men"}, {"银行", "yin hang"}, {"行业", "hang ye"}, {"太行", "tai hang"},
	{"六安", "lu an"}, {"番禺", "pan yu"}, {"乐清", "yue qing"}, {"铅山", "yan shan"},
	{"洪洞", "hong tong"}, {"浚县", "xun xian"}, {"单县", "shan xian"}, {"长治", "chang zhi"},
	{"镇长", "zhen zhang"}, {"乡长", "xiang zhang"}, {"村长", "cun zhang"}, {"组长", "zu zhang"},
	{"县长", "xian zhang"}, {"市长", "shi zhang"}, {"站长", "zhan zhang"}, {"所长", "suo zhang"},
	{"队长", "dui zhang"}, {"局长", "ju zhang"}, {"校长", "xiao zhang"}, {"院长", "yuan zhang"},
	{"科长", "ke zhang"}, {"班长", "ban zhang"}, {"会长", "hui zhang"}, {"会计", "kuai ji"},
	{"调度", "diao du"}, {"调查", "diao cha"}, {"调动", "diao dong"}, {"校验", "jiao yan"},
	{"勘查", "kan cha"}, {"供应", "gong ying"}, {"应急", "ying ji"}, {"大夫", "dai fu"},
	{"曾庄", "zeng zhuang"}, {"解庄", "xie zhuang"}, {"区庄", "ou zhuang"}, {"还乡", "huan xiang"},
	{"行长", "hang zhang"}, {"长", "chang"}, {"曾", "zeng"},
};
/* clang-format on */

static const char *set_of(uint16_t set)
{
	return set ? pinyin_text + pinyin_start[set] : NULL;
}

static int compare_far(const void *key, const void *row)
{
	uint32_t cp = *(const uint32_t *)key, other = ((const struct pinyin_far *)row)->cp;
	return (cp > other) - (cp < other);
}

const char *pinyin_of(uint32_t cp)
{
	if (cp >= PINYIN_NEAR && cp <= PINYIN_NEAR_LAST)
		return set_of(pinyin_near[cp - PINYIN_NEAR]);
	if (cp >= PINYIN_RARE && cp <= PINYIN_RARE_LAST)
		return set_of(pinyin_rare[cp - PINYIN_RARE]);
	const struct pinyin_far *far =
		bsearch(&cp, pinyin_far, pinyin_far_count, sizeof *pinyin_far, compare_far);
	return far ? set_of(far->set) : NULL;
}

uint32_t pinyin_initials(uint32_t cp)
{
	uint32_t bits = 0;
	for (const char *at = pinyin_of(cp); at && *at; at++) {
		bits |= UINT32_C(1) << (*at - 'a');
		at = strchr(at, ' ');
		if (!at)
			break;
	}
	return bits;
}

static uint32_t lower(uint32_t cp)
{
	if (cp >= FULL_WIDTH && cp <= FULL_WIDTH_LAST)
		cp -= FULL_WIDTH - '!';
	return cp >= 'A' && cp <= 'Z' ? cp + 'a' - 'A' : cp;
}

static bool alnum(uint32_t cp)
{
	return (cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9');
}

/* 'v' on keyboards; people without one in mind type lu and lyu. */
static bool same_letter(char reading, char typed)
{
	return reading == typed || (reading == 'v' && typed == 'u');
}

/* Letters that the head of READING (LEN letters) and TYPED have in common. */
static size_t common(const char *reading, size_t len, const char *typed)
{
	size_t n = 0;
	while (n < len && typed[n] && same_letter(reading[n], typed[n]))
		n++;
	return n;
}

/* Where matching may go on in TYPED behind one hanzi, for one reading begun at bit FROM. */
static uint64_t step_reading(const char *reading, size_t len, const char *typed, unsigned from)
{
	const char *rest = typed + from;
	size_t shared = common(reading, len, rest);
	uint64_t at = UINT64_C(1) << from, out = 0;
	if (shared == 0)
		return 0;
	out |= at << 1; /* its initial */
	if (shared >= 2 && reading[1] == 'h')
		out |= at << 2; /* zh ch sh */
	if (shared == len || rest[shared] == 0)
		out |= at << shared; /* the whole syllable, or as far as was typed */
	return out;
}

static uint64_t step_hanzi(const char *readings, const char *typed, unsigned from)
{
	uint64_t out = 0;
	while (*readings) {
		size_t len = strcspn(readings, " ");
		out |= step_reading(readings, len, typed, from);
		readings += len + (readings[len] == ' ');
	}
	return out;
}

/* From every place in TYPED that was reached (bits of AT), over the character CP. */
static uint64_t step(uint32_t cp, const char *typed, uint64_t at)
{
	const char *readings = pinyin_of(cp);
	uint32_t letter = lower(cp);
	if (!readings && !alnum(letter))
		return at; /* blanks and marks are not typed */
	uint64_t out = 0;
	for (unsigned from = 0; typed[from]; from++) {
		if (!(at >> from & 1))
			continue;
		if (readings)
			out |= step_hanzi(readings, typed, from);
		else if ((uint8_t)typed[from] == letter)
			out |= UINT64_C(1) << (from + 1);
	}
	return out;
}

bool pinyin_match(const char *word, const char *typed)
{
	char small[TYPED_MOST + 1];
	size_t count = strlen(typed), len = strlen(word), size;
	if (count > TYPED_MOST)
		return false;
	for (size_t i = 0; i <= count; i++)
		small[i] = (char)lower((uint8_t)typed[i]);
	uint64_t whole = UINT64_C(1) << count, at = 0;
	uint32_t cp;
	for (; !(at & whole) && (size = text_next(word, len, &cp)) != 0; word += size, len -= size)
		at = step(cp, small, at | 1);
	return count == 0 || at & whole;
}

/* The reading that PHRASE gives to the hanzi at WORD; BEFORE is the size of the hanzi before it, or
 * 0. */
static const char *phrase_reading(
	const struct phrase *phrase, const char *word, size_t before, size_t *len)
{
	size_t size = strlen(phrase->word), first = strcspn(phrase->readings, " ");
	if (strncmp(word, phrase->word, size) == 0) {
		*len = first;
		return phrase->readings;
	}
	if (before == 0 || phrase->readings[first] == 0 ||
		strncmp(word - before, phrase->word, size) != 0)
		return NULL;
	*len = strlen(phrase->readings) - first - 1;
	return phrase->readings + first + 1;
}

/* The usual reading of the hanzi at WORD, *LEN letters; NULL when it is not one. */
static const char *usual(const char *word, size_t before, size_t *len)
{
	for (size_t i = 0; i < countof(phrases); i++) {
		const char *reading = phrase_reading(&phrases[i], word, before, len);
		if (reading)
			return reading;
	}
	uint32_t cp;
	text_next(word, strlen(word), &cp);
	const char *readings = pinyin_of(cp);
	*len = readings ? strcspn(readings, " ") : 0;
	return readings;
}

/* As passports write it: Lv is Lyu. */
static void put_name(const char *reading, size_t len, struct buf *out)
{
	for (size_t i = 0; i < len; i++) {
		if (reading[i] == 'v')
			buf_text(out, "yu");
		else
			buf_byte(out, (uint8_t)(i ? reading[i] : reading[i] - 'a' + 'A'));
	}
}

/* What Chinese texts hold beside hanzi, and how it is written where there is only ASCII. */
/* clang-format off */
static const struct sign {
	uint32_t cp;
	const char *ascii;
} signs[] = {
	{0x00B0, "deg"}, {0x00B1, "+-"}, {0x00B2, "2"}, {0x00B3, "3"}, {0x00B7, "."}, {0x00D7, "x"},
	{0x2013, "-"}, {0x2014, "-"}, {0x2018, "'"}, {0x2019, "'"}, {0x201C, "\""}, {0x201D, "\""},
	{0x2026, "..."}, {0x2103, "C"}, {0x2160, "I"}, {0x2161, "II"}, {0x2162, "III"}, {0x2163, "IV"},
	{0x2192, "->"}, {0x2264, "<="}, {0x2265, ">="}, {0x3000, " "}, {0x3001, ","}, {0x3002, "."},
	{0x300A, "<"}, {0x300B, ">"}, {0x300C, "["}, {0x300D, "]"}, {0x3010, "["}, {0x3011, "]"},
	{0x3014, "["}, {0x3015, "]"}, {0x338F, "kg"}, {0x339C, "mm"}, {0x339D, "cm"}, {0x339E, "km"},
	{0x33A1, "m2"},
};
/* clang-format on */

/* A character that is no hanzi, in ASCII where it has a form there. */
static void put_other(const char *s, size_t size, uint32_t cp, struct buf *out)
{
	if (cp >= FULL_WIDTH && cp <= FULL_WIDTH_LAST) {
		buf_byte(out, (uint8_t)(cp - FULL_WIDTH + '!'));
		return;
	}
	for (size_t i = 0; i < countof(signs); i++)
		if (signs[i].cp == cp) {
			buf_text(out, signs[i].ascii);
			return;
		}
	buf_put(out, s, size);
}

void pinyin_show(const char *word, struct buf *out)
{
	size_t size, before = 0, len;
	uint32_t cp;
	bool joined = false; /* a blank is due before the next syllable, letter or digit */
	for (; (size = text_next(word, strlen(word), &cp)) != 0; word += size) {
		const char *reading = usual(word, before, &len);
		bool letter = alnum(lower(cp));
		if (joined && (reading || (letter && before)))
			buf_byte(out, ' ');
		if (reading)
			put_name(reading, len, out);
		else
			put_other(word, size, cp, out);
		joined = reading || letter;
		before = reading ? size : 0;
	}
}

void pinyin_code(const char *word, size_t most, struct buf *out)
{
	size_t size, before = 0, len;
	uint32_t cp;
	for (; most && (size = text_next(word, strlen(word), &cp)) != 0; word += size) {
		const char *reading = usual(word, before, &len);
		before = reading ? size : 0;
		uint32_t letter = reading ? (uint8_t)*reading : lower(cp);
		if (!alnum(letter))
			continue;
		buf_byte(out, (uint8_t)(letter >= 'a' ? letter - 'a' + 'A' : letter));
		most--;
	}
}
