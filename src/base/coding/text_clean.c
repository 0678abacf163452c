/* SPDX-License-Identifier: GPL-3.0-or-later
 * What may be kept and what may be drawn. Text comes from keyboards, files and other stations;
 * none of it may command a terminal, turn the reading direction or push columns out of line.
 */
#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum { ESC = 0x1B, BEL = 0x07, CSI = 0x9B, IDEOGRAPHIC_SPACE = 0x3000, PLAIN_TEXT = 16 };

/* FMT is printed with FIRST counted on from FROM, a %c or %u; or it stands for all of the range. */
struct plain {
	uint32_t from, to;
	const char *fmt;
	unsigned first;
};

/* Neighbours in a row, separated by blanks. A code point on whose width all terminals agree is
 * never looked up.
 */
struct plain_row {
	uint32_t from;
	const char *texts;
};

static const struct plain plains[] = {
	{0x2460, 0x2473, "(%u)", 1},
	{0x2474, 0x2487, "(%u)", 1},
	{0x2488, 0x249B, "%u.", 1},
	{0x249C, 0x24B5, "(%c)", 'a'},
	{0x24B6, 0x24CF, "(%c)", 'A'},
	{0x24D0, 0x24E9, "(%c)", 'a'},
	{0x24EB, 0x24F4, "(%u)", 11},
	{0x24F5, 0x24FE, "(%u)", 1},
	{0x2500, 0x2501, "-", 0},
	{0x2502, 0x2503, "|", 0},
	{0x2504, 0x254F, "+", 0},
	{0x2550, 0x2550, "=", 0},
	{0x2551, 0x2551, "|", 0},
	{0x2552, 0x2570, "+", 0},
	{0x2571, 0x2571, "/", 0},
	{0x2580, 0x2595, "#", 0},
	{0x2776, 0x277F, "(%u)", 1},
	{0x2000, 0x2BFF, "*", 0},
	{0x1F100, 0x1F1FF, "*", 0},
};

/* zh: signs that are read the same in every language */
static const struct plain_row rows[] = {
	{0xA7, "\" \""},
	{0xB0, "度 +/- 2 3 '"},
	{0xB7, ". , 1 o"},
	{0xBC, "1/4 1/2 3/4"},
	{0xD7, "x"},
	{0xE0, "a a"},
	{0xE8, "e e e"},
	{0xEC, "i i"},
	{0xF2, "o o"},
	{0xF7, "/"},
	{0xF9, "u u"},
	{0xFC, "u"},
	{0x101, "a"},
	{0x113, "e"},
	{0x11B, "e"},
	{0x12B, "i"},
	{0x144, "n"},
	{0x148, "n"},
	{0x14D, "o"},
	{0x16B, "u"},
	{0x1CE, "a a i i o o u u u u u u u u u"},
	{0x391, "A B G D E Z E Th I K L M N X O P R S S T Y F Ch Ps O"},
	{0x3B1, "a b g d e z e th i k l m n x o p r s s t y f ch ps o"},
	{0x401, "Yo"},
	{0x410, "A B V G D E Zh Z I J K L M N O P R S T U F Kh C Ch Sh Shch ' Y ' E Yu Ya"},
	{0x430, "a b v g d e zh z i j k l m n o p r s t u f kh c ch sh shch ' y ' e yu ya"},
	{0x451, "yo"},
	{0x2010, "- - - - - - |"},
	{0x2018, "' ' ' ' \" \" \" \""},
	{0x2020, "+ + * > . .. ... ."},
	{0x2030, "o/oo"},
	{0x2032, "' \" \"' ` \""},
	{0x203E, "-"},
	{0x2074, "4"},
	{0x207F, "n"},
	{0x2081, "1 2 3 4"},
	{0x20AC, "EUR"},
	{0x2103, "度"},
	{0x2105, "c/o"},
	{0x2109, "F"},
	{0x2113, "l"},
	{0x2116, "No."},
	{0x2121, "TEL TM"},
	{0x2126, "Ohm"},
	{0x212B, "A"},
	{0x2153, "1/3 2/3"},
	{0x215B, "1/8 3/8 5/8 7/8"},
	{0x2160, "I II III IV V VI VII VIII IX X XI XII"},
	{0x2170, "i ii iii iv v vi vii viii ix x xi xii"},
	{0x2190, "<- ^ -> v <-> ^v \\ / \\ /"},
	{0x21D2, "=> v <=>"},
	{0x2236, ":"},
	{0x223C, "~"},
	{0x2248, "~"},
	{0x2260, "!= =="},
	{0x2264, "<= >= <= >="},
	{0x226A, "<< >>"},
};

/* Bytes of the command string that begins behind an ESC ] and its like: to BEL or ST, or the line's
 * end. */
static size_t skip_string(const char *s, size_t len)
{
	for (size_t at = 0; at < len; at++) {
		if (s[at] == BEL)
			return at + 1;
		if (s[at] == ESC)
			return at + 1 < len && s[at + 1] == '\\' ? at + 2 : at;
		if (s[at] == '\n')
			return at;
	}
	return len;
}

static size_t skip_range(const char *s, size_t len, size_t at, char low, char high)
{
	while (at < len && s[at] >= low && s[at] <= high)
		at++;
	return at;
}

/* Bytes of the rest of a control sequence: parameters, intermediates, one final byte. */
static size_t skip_csi(const char *s, size_t len)
{
	size_t at = skip_range(s, len, skip_range(s, len, 0, 0x30, 0x3F), 0x20, 0x2F);
	return at < len && s[at] >= 0x40 && s[at] <= 0x7E ? at + 1 : at;
}

/* Bytes of the escape sequence at S, which begins with ESC. */
static size_t skip_escape(const char *s, size_t len)
{
	if (len < 2)
		return 1;
	if (s[1] == '[')
		return 2 + skip_csi(s + 2, len - 2);
	if (strchr("]PX^_", s[1]) && s[1])
		return 2 + skip_string(s + 2, len - 2);
	size_t at = skip_range(s, len, 1, 0x20, 0x2F);
	return at < len && s[at] >= 0x30 && s[at] <= 0x7E ? at + 1 : at;
}

static bool control(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7F && cp < 0xA0);
}

/* What stands for the character in clean text: itself, ' ', '\n' or 0 for nothing. */
static uint32_t cleaned(uint32_t cp, bool before_newline, bool lines)
{
	if (cp == '\n')
		return lines ? '\n' : ' ';
	if (cp == '\r')
		return lines || before_newline ? 0 : ' ';
	if (cp == '\t')
		return ' ';
	return control(cp) || text_format(cp) ? 0 : text_standard(cp);
}

typedef void sink_fn(uint32_t cp, struct buf *out);

static void each_clean(const char *s, size_t len, bool lines, sink_fn *sink, struct buf *out)
{
	size_t step;
	uint32_t cp;
	for (; (step = text_next(s, len, &cp)) != 0; s += step, len -= step) {
		if (cp == ESC)
			step = skip_escape(s, len);
		else if (cp == CSI)
			step += skip_csi(s + step, len - step);
		else if ((cp = cleaned(cp, len > 1 && s[1] == '\n', lines)) != 0)
			sink(cp, out);
	}
}

static bool blank(uint32_t cp)
{
	return cp == ' ' || cp == '\n' || cp == 0xA0 || cp == IDEOGRAPHIC_SPACE;
}

/* Takes the blanks off both ends of what OUT has from START on. */
static void trim(struct buf *out, size_t start)
{
	char *s = (char *)out->at + start;
	size_t len = out->len - start, from = 0, step;
	uint32_t cp;
	while ((step = text_next(s + from, len - from, &cp)) != 0 && blank(cp))
		from += step;
	while (len > from) {
		step = text_back(s, len);
		text_next(s + len - step, step, &cp);
		if (!blank(cp))
			break;
		len -= step;
	}
	memmove(s, s + from, len - from);
	out->len = start + len - from;
}

static void put_cp(uint32_t cp, struct buf *out)
{
	char text[4];
	buf_put(out, text, text_put(cp, text));
}

/* The Nth of texts separated by blanks; false when there are not so many. */
static bool put_nth(const char *texts, uint32_t n, struct buf *out)
{
	for (; n > 0; n--) {
		texts = strchr(texts, ' ');
		if (!texts)
			return false;
		texts++;
	}
	buf_put(out, texts, strcspn(texts, " "));
	return true;
}

static bool put_row(uint32_t cp, struct buf *out)
{
	size_t i = countof(rows);
	while (i > 0 && rows[i - 1].from > cp)
		i--;
	return i > 0 && put_nth(rows[i - 1].texts, cp - rows[i - 1].from, out);
}

static void put_plain(uint32_t cp, struct buf *out)
{
	for (size_t i = 0; i < countof(plains); i++) {
		const struct plain *plain = &plains[i];
		if (cp < plain->from || cp > plain->to)
			continue;
		char text[PLAIN_TEXT];
		snprintf(text, sizeof text, plain->fmt, plain->first + (cp - plain->from));
		buf_text(out, text);
		return;
	}
	buf_byte(out, '?');
}

/* Emoji are wide for UTF-8 locales and narrow for GB18030 ones. */
static bool emoji(uint32_t cp)
{
	return (cp >= 0x2300 && cp < 0x2E80 && text_width(cp) == 2) ||
	       (cp >= 0x1F000 && cp <= 0x1FAFF);
}

static void draw_cp(uint32_t cp, struct buf *out)
{
	if (emoji(cp))
		buf_byte(out, '*');
	else if (!text_ambiguous(cp))
		put_cp(cp, out);
	else if (!put_row(cp, out))
		put_plain(cp, out);
}

bool text_clean(const char *s, size_t len, bool lines, struct buf *out)
{
	if (!text_valid(s, len))
		return false;
	size_t start = out->len;
	each_clean(s, len, lines, put_cp, out);
	if (out->len > start)
		trim(out, start);
	return true;
}

void text_plain(const char *s, struct buf *out)
{
	each_clean(s, strlen(s), false, draw_cp, out);
}

/* Bytes at S that part a text into lines and columns, and harm nobody. */
static size_t parting(const char *s, size_t len)
{
	if (*s == '\n' || *s == '\t')
		return 1;
	return len > 1 && s[0] == '\r' && s[1] == '\n' ? 2 : 0;
}

void text_show(const char *s, size_t len, bool lines, struct buf *out)
{
	size_t step;
	for (; len > 0; s += step, len -= step) {
		uint32_t cp;
		if (lines && (step = parting(s, len)) != 0)
			buf_put(out, s, step);
		else if ((step = text_next_shown(s, len, &cp)) != 0 && cp)
			put_cp(cp, out);
	}
}

void text_fmt_args(struct buf *out, const char *fmt, va_list args)
{
	size_t before = strspn(fmt, "\n"), behind = 0;
	struct buf text = {0};
	va_list again;
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	assert(len >= 0);
	/* The NUL of vsnprintf needs room and then goes. */
	vsnprintf((char *)buf_grow(&text, (size_t)len + 1), (size_t)len + 1, fmt, args);
	while (strlen(fmt) > before + behind && fmt[strlen(fmt) - 1 - behind] == '\n')
		behind++;
	buf_put(out, fmt, before);
	text_show((const char *)text.at + before, (size_t)len - before - behind, false, out);
	while (behind--)
		buf_byte(out, '\n');
	buf_release(&text);
}

void text_fmt(struct buf *out, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	text_fmt_args(out, fmt, args);
	va_end(args);
}
