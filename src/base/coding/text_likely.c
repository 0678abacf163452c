/* SPDX-License-Identifier: GPL-3.0-or-later
 * What coding a text is likely in. Nearly any bytes are some text in GB18030, so that they can be
 * read says little; that they are read as characters which people use says much. Rows as in GB/T
 * 2312, Big5 and JIS X 0208, whose first levels hold the common hanzi.
 */
#include "base/text.h"

#include <string.h>

/* How the characters beside ASCII fall when the bytes are read in one coding. */
struct fall {
	unsigned common, rare, odd, bad;
};

typedef size_t step_fn(const uint8_t *s, size_t len, struct fall *fall);

static bool in(uint8_t byte, unsigned from, unsigned to)
{
	return byte >= from && byte <= to;
}

static size_t gb_step(const uint8_t *s, size_t len, struct fall *fall)
{
	if (len >= 4 && in(s[0], 0x81, 0xFE) && in(s[1], 0x30, 0x39) && in(s[2], 0x81, 0xFE) &&
		in(s[3], 0x30, 0x39)) {
		fall->odd++;
		return 4;
	}
	if (len < 2 || !in(s[0], 0x81, 0xFE) || !in(s[1], 0x40, 0xFE) || s[1] == 0x7F) {
		fall->bad++;
		return 1;
	}
	if (s[1] >= 0xA1 && (in(s[0], 0xA1, 0xA3) || in(s[0], 0xB0, 0xD7)))
		fall->common++;
	else if (s[1] >= 0xA1 && in(s[0], 0xD8, 0xF7))
		fall->rare++;
	else
		fall->odd++;
	return 2;
}

static size_t big5_step(const uint8_t *s, size_t len, struct fall *fall)
{
	if (len < 2 || !in(s[0], 0xA1, 0xF9) || !(in(s[1], 0x40, 0x7E) || in(s[1], 0xA1, 0xFE))) {
		fall->bad++;
		return 1;
	}
	if (in(s[0], 0xA1, 0xC6))
		fall->common++;
	else
		fall->odd++;
	return 2;
}

static size_t sjis_step(const uint8_t *s, size_t len, struct fall *fall)
{
	if (in(s[0], 0xA1, 0xDF)) { /* half-width kana: old, and what everything else looks like */
		fall->odd++;
		return 1;
	}
	if (len < 2 || !(in(s[0], 0x81, 0x9F) || in(s[0], 0xE0, 0xFC)) || !in(s[1], 0x40, 0xFC) ||
		s[1] == 0x7F) {
		fall->bad++;
		return 1;
	}
	if (in(s[0], 0x81, 0x83) || in(s[0], 0x88, 0x98))
		fall->common++;
	else
		fall->odd++;
	return 2;
}

/* A letter with an accent stands among plain ones. */
static size_t latin_step(const uint8_t *s, size_t len, struct fall *fall)
{
	if (len > 1 && s[1] >= 0x80)
		fall->odd++;
	else if (s[0] >= 0xC0)
		fall->common++;
	else
		fall->rare++;
	return 1;
}

static struct fall fall_of(const char *s, size_t len, step_fn *step)
{
	struct fall fall = {0};
	for (size_t at = 0; at < len;)
		at += s[at] & 0x80 ? step((const uint8_t *)s + at, len - at, &fall) : 1;
	return fall;
}

static unsigned all(const struct fall *fall)
{
	return fall->common + fall->rare + fall->odd + fall->bad;
}

/* Four of five are common, and none is bad. */
static bool fits(const char *s, size_t len, step_fn *step)
{
	struct fall fall = fall_of(s, len, step);
	return !fall.bad && fall.common >= 4 * (all(&fall) - fall.common);
}

bool text_is_gb(const char *s, size_t len)
{
	struct fall fall = fall_of(s, len, gb_step);
	/* Names have rare hanzi; text of another coding has hardly any other. */
	return 3 * (fall.odd + fall.bad) + fall.rare <= all(&fall);
}

/* Codings of the same shape as GB18030, in which far more of it is what people write. A word or two
 * prove nothing. */
static const char *rival(const char *s, size_t len)
{
	enum { FEW = 8, MANY = 40, MORE = 20 };
	static const char *const names[] = {"EUC-KR", "EUC-JP"};
	size_t all;
	unsigned own = text_common("GB18030", s, len, &all);
	for (size_t i = 0; i < countof(names) && all >= FEW; i++) {
		unsigned common = text_common(names[i], s, len, &all);
		if (common >= MANY && common >= own + MORE)
			return names[i];
	}
	return NULL;
}

static bool letter(uint8_t byte)
{
	return in(byte | 0x20, 'a', 'z');
}

/* A letter of Latin-1, or a sign that stands beside letters: degree, micro, square, cube, section.
 */
static bool latin_byte(uint8_t byte)
{
	static const uint8_t signs[] = {0xB0, 0xB2, 0xB3, 0xB5, 0xA7};
	return byte >= 0xC0 || memchr(signs, byte, sizeof signs) != NULL;
}

/* Letters with accents, a degree or a micro sign: one or two bytes in the midst of plain letters,
 * and as hanzi none that is common. */
static bool among_letters(const char *text, size_t len)
{
	const uint8_t *s = (const uint8_t *)text;
	size_t runs = 0, inside = 0, all;
	for (size_t at = 0, end; at < len; at = end) {
		bool latin = true;
		for (end = at; end < len && s[end] & 0x80; end++)
			latin &= latin_byte(s[end]);
		bool near = (at && letter(s[at - 1])) || (end < len && letter(s[end]));
		runs += end > at;
		inside += end > at && end - at <= 2 && near && latin;
		end += end == at;
	}
	return runs && 5 * inside >= 4 * runs && text_common("GB18030", text, len, &all) == 0;
}

/* Small Cyrillic letters fill the rows of rare hanzi, word by word. */
static bool cyrillic(const char *text, size_t len)
{
	const uint8_t *s = (const uint8_t *)text;
	size_t small = 0, others = 0;
	for (size_t at = 0; at < len; at++)
		if (s[at] >= 0xE0)
			small++;
		else
			others += s[at] >= 0x80;
	return small >= 8 && small >= 4 * others; /* second bytes of hanzi are of all sorts */
}

/* Hanzi have bytes of every sort; only ASCII, line ends above all, has a NUL, and on one side
 * alone. */
static const char *utf16(const char *s, size_t len)
{
	size_t nul[2] = {0, 0};
	for (size_t i = 0; i < len; i++)
		nul[i & 1] += s[i] == 0;
	if (len % 2 || 32 * (nul[0] + nul[1]) < len)
		return NULL;
	if (nul[1] > 8 * nul[0])
		return "UTF-16LE";
	return nul[0] > 8 * nul[1] ? "UTF-16BE" : NULL;
}

/* Characters of two bytes, of three and more, and whether two of two stand side by side. */
static void count_utf8(const char *s, size_t len, size_t *twos, size_t *more, bool *pair)
{
	size_t step, last = 0;
	uint32_t cp;
	*twos = *more = 0;
	*pair = false;
	for (; (step = text_next(s, len, &cp)) != 0; s += step, len -= step, last = step) {
		*twos += step == 2;
		*more += step > 2;
		*pair |= step == 2 && last == 2;
	}
}

const char *text_likely(const char *s, size_t len)
{
	if (utf16(s, len))
		return utf16(s, len);
	if (text_valid(s, len))
		return "UTF-8";
	const char *other = rival(s, len);
	if (other)
		return other;
	if (cyrillic(s, len))
		return "Windows-1251";
	struct fall big5 = fall_of(s, len, big5_step);
	bool is_big5 = fits(s, len, big5_step);
	if (among_letters(s, len) && !(is_big5 && all(&big5) > 1))
		return "Latin-1";
	if (text_is_gb(s, len))
		return "GB18030";
	if (is_big5)
		return "Big5";
	if (fits(s, len, sjis_step))
		return "Shift_JIS";
	return fits(s, len, latin_step) ? "Latin-1" : NULL;
}

bool text_doubtful(const char *s, size_t len)
{
	size_t twos, more;
	bool pair;
	count_utf8(s, len, &twos, &more, &pair);
	return pair && !more && text_valid(s, len) && text_is_gb(s, len);
}

bool text_mistaken(const char *coding, const char *s, size_t len)
{
	size_t twos, more;
	bool pair;
	count_utf8(s, len, &twos, &more, &pair);
	return strcmp(coding, "UTF-8") != 0 && more && text_valid(s, len) && !text_is_gb(s, len);
}

const char *text_not_utf8(const char *s, size_t len)
{
	return text_is_gb(s, len) ? _("不是 UTF-8 文字，像是 GB18030") : _("不是完整的 UTF-8 文字");
}
