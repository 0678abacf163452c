/* SPDX-License-Identifier: GPL-3.0-or-later
 * One character for everybody: what GBK and GB 18030-2000 and -2005 kept in the private-use area
 * has its own code point since, the last of it by GB 18030-2022, and the same name is written with
 * other blanks, marks and widths. Lists of offices and identity cards must meet.
 */
#include "base/text.h"

#include <string.h>

/* Runs of private-use code points, and where the standard has put them. */
static const struct run {
	uint32_t from, to, now;
} runs[] = {
	{0xE78D, 0xE78D, 0xFE10}, /* A6D9 to A6F3 of GB 18030: marks of vertical lines */
	{0xE78E, 0xE78E, 0xFE12},
	{0xE78F, 0xE78F, 0xFE11},
	{0xE790, 0xE796, 0xFE13},
	{0xE7C7, 0xE7C7, 0x1E3F}, /* A8BC and A8BF: letters of pinyin */
	{0xE7C8, 0xE7C8, 0x01F9},
	{0xE7E7, 0xE7E7, 0x303E}, /* A989 to A995: how a hanzi is made up */
	{0xE7E8, 0xE7F3, 0x2FF0},
};

/* U+E815 and on: FE50 to FEA0 of GBK, hanzi and their parts. */
enum { GBK_FIRST = 0xE815 };
static const uint32_t gbk[] = {
	0x2E81,
	0x20087,
	0x20089,
	0x200CC,
	0x2E84,
	0x3473,
	0x3447,
	0x2E88,
	0x2E8B,
	0x9FB4,
	0x359E,
	0x361A,
	0x360E,
	0x2E8C,
	0x2E97,
	0x396E,
	0x3918,
	0x9FB5,
	0x39CF,
	0x39DF,
	0x3A73,
	0x39D0,
	0x9FB6,
	0x9FB7,
	0x3B4E,
	0x3C6E,
	0x3CE0,
	0x2EA7,
	0x215D7,
	0x9FB8,
	0x2EAA,
	0x4056,
	0x415F,
	0x2EAE,
	0x4337,
	0x2EB3,
	0x2EB6,
	0x2EB7,
	0x2298F,
	0x43B1,
	0x43AC,
	0x2EBB,
	0x43DD,
	0x44D6,
	0x4661,
	0x464C,
	0x9FB9,
	0x4723,
	0x4729,
	0x477C,
	0x478D,
	0x2ECA,
	0x4947,
	0x497A,
	0x497D,
	0x4982,
	0x4983,
	0x4985,
	0x4986,
	0x499F,
	0x499B,
	0x49B7,
	0x49B6,
	0x9FBA,
	0x241FE,
	0x4CA3,
	0x4C9F,
	0x4CA0,
	0x4CA1,
	0x4C77,
	0x4CA2,
	0x4D13,
	0x4D14,
	0x4D15,
	0x4D16,
	0x4D17,
	0x4D18,
	0x4D19,
	0x4DAE,
	0x9FBB,
};

uint32_t text_standard(uint32_t cp)
{
	if (cp < runs[0].from || cp >= GBK_FIRST + countof(gbk))
		return cp;
	if (cp >= GBK_FIRST)
		return gbk[cp - GBK_FIRST];
	for (size_t i = 0; i < countof(runs); i++)
		if (cp >= runs[i].from && cp <= runs[i].to)
			return runs[i].now + (cp - runs[i].from);
	return cp;
}

enum { FULL_WIDTH = 0xFF01, FULL_WIDTH_LAST = 0xFF5E, MIDDLE_DOT = 0xB7 };

static bool is_hanzi(uint32_t cp)
{
	return (cp >= 0x3400 && cp <= 0x9FFF) || (cp >= 0xF900 && cp <= 0xFAFF) ||
	       (cp >= 0x20000 && cp <= 0x3FFFF);
}

bool text_blank(uint32_t cp)
{
	return cp == ' ' || cp == '\t' || cp == '\n' || cp == '\r' || cp == 0xA0 || cp == 0x1680 ||
	       (cp >= 0x2000 && cp <= 0x200A) || cp == 0x202F || cp == 0x205F || cp == 0x3000;
}

/* What stands between the parts of a name: 买买提·艾力, on other keyboards ・ or a full stop. */
static bool is_dot(uint32_t cp)
{
	static const uint32_t dots[] = {
		'.', 0xB7, 0x387, 0x2022, 0x2024, 0x2027, 0x2219, 0x22C5, 0x30FB, 0xFF0E, 0xFF65};

	for (size_t i = 0; i < countof(dots); i++)
		if (dots[i] == cp)
			return true;
	return false;
}

static uint32_t folded(uint32_t cp)
{
	cp = text_standard(cp);
	if (cp >= FULL_WIDTH && cp <= FULL_WIDTH_LAST)
		cp -= FULL_WIDTH - '!';
	return cp >= 'A' && cp <= 'Z' ? cp + 'a' - 'A' : cp;
}

static void put(uint32_t cp, struct buf *out)
{
	char text[4];

	buf_put(out, text, text_put(cp, text));
}

/* Blanks and dots that stood in front of a character, unless hanzi are on both sides. */
static void put_between(const char *s, size_t len, struct buf *out)
{
	uint32_t cp;
	bool blank = false;

	for (size_t step; (step = text_next(s, len, &cp)) != 0; s += step, len -= step) {
		bool again = blank && text_blank(cp);

		if (again || text_format(cp))
			continue;
		blank = text_blank(cp);
		cp = folded(cp);
		put(blank ? ' ' : cp == '.' ? cp : MIDDLE_DOT, out);
	}
}

void text_fold(const char *s, size_t len, struct buf *out)
{
	size_t step, between = 0;
	bool hanzi = false;
	uint32_t cp;

	for (; (step = text_next(s, len, &cp)) != 0; s += step, len -= step) {
		if (text_blank(cp) || is_dot(cp) || (text_format(cp) && between)) {
			between += step;
			continue;
		}
		if (text_format(cp))
			continue;
		cp = folded(cp);
		if (!hanzi || !is_hanzi(cp))
			put_between(s - between, between, out);
		hanzi = is_hanzi(cp);
		between = 0;
		put(cp, out);
	}
	put_between(s - between, between, out);
}
