/* SPDX-License-Identifier: GPL-3.0-or-later
 * Text to tokens for the search index. SQLite's trigrams find no word of two hanzi, so we make the
 * tokens:
 *
 *   机械 机        two hanzi, and the last one of a run alone (a single hanzi is found by prefix)
 *   0nj 0j         initials of two hanzi in a row
 *   1nong0ji0      their syllables
 *   2word          a run of letters and digits
 *   3456           three digits in a row
 *
 * All are letters and digits to the tokenizer unicode61; hanzi that its tables may not know are
 * spelled out.
 */
#include "store/search/internal.h"

#include "base/text.h"
#include "model/pinyin.h"

#include <stdio.h>
#include <string.h>

enum { WORD_MOST = 32, PINYIN_BYTES = 192 };

static bool is_digit(uint32_t cp)
{
	return cp >= '0' && cp <= '9';
}

static bool is_alnum(uint32_t cp)
{
	return is_digit(cp) || (cp >= 'a' && cp <= 'z');
}

/* Letters of scripts without blanks or with few of them: hanzi above all. */
static bool is_hanzi(uint32_t cp)
{
	return cp >= 0xC0 && cp != 0xD7 && cp != 0xF7 && !(cp >= 0x2000 && cp < 0x2E80) &&
	       !(cp >= 0x3000 && cp < 0x3040) && !(cp >= 0xFE00 && cp < 0x10000);
}

static void put_hanzi(uint32_t cp, struct buf *out)
{
	char text[4];
	if ((cp >= 0x3400 && cp <= 0x4DB5) || (cp >= 0x4E00 && cp <= 0x9FCC))
		buf_put(out, text, text_put(cp, text));
	else
		buf_fmt(out, "x%05x", cp);
}

static uint32_t next(struct bytes *line)
{
	uint32_t cp;
	size_t step = text_next((const char *)line->at, line->len, &cp);
	line->at += step;
	line->len -= step;
	return cp;
}

static void put_token(struct buf *out, char mark, const void *at, size_t len)
{
	uint8_t *to = buf_grow(out, len + 2);
	to[0] = (uint8_t)mark;
	memcpy(to + 1, at, len);
	to[len + 1] = ' ';
}

static void put_pairs(struct bytes line, struct buf *out)
{
	uint32_t before = 0;
	while (line.len) {
		uint32_t cp = next(&line);
		bool hanzi = is_hanzi(cp);
		if (before) {
			put_hanzi(before, out);
			if (hanzi)
				put_hanzi(cp, out);
			buf_byte(out, ' ');
		}
		before = hanzi ? cp : 0;
	}
	if (before) {
		put_hanzi(before, out);
		buf_byte(out, ' ');
	}
}

static void put_words(struct bytes line, struct buf *out)
{
	for (size_t i = 0; i < line.len;) {
		size_t len = 0;
		while (i + len < line.len && is_alnum(line.at[i + len]))
			len++;
		if (len)
			put_token(out, '2', line.at + i, len < WORD_MOST ? len : WORD_MOST);
		i += len + 1;
	}
	for (size_t i = 0; i + 3 <= line.len; i++)
		if (is_digit(line.at[i]) && is_digit(line.at[i + 1]) && is_digit(line.at[i + 2]))
			put_token(out, '3', line.at + i, 3);
}

/* One reading without tone into at most 8 bytes; v is what u with two dots is on keyboards, people
 * type u as well. */
static size_t take_reading(const char **readings, char *out)
{
	size_t len = strcspn(*readings, " "), kept = 0;
	for (size_t i = 0; i < len && kept < 7; i++)
		out[kept++] = (*readings)[i] == 'v' ? 'u' : (*readings)[i];
	out[kept] = '\0';
	*readings += len + ((*readings)[len] == ' ');
	return kept;
}

static void put_initials(uint32_t before, uint32_t after, struct buf *out)
{
	for (uint32_t a = before; a; a &= a - 1) {
		char pair[2] = {(char)('a' + __builtin_ctz(a)), 0};
		if (!after)
			put_token(out, '0', pair, 1);
		for (uint32_t b = after; b; b &= b - 1) {
			pair[1] = (char)('a' + __builtin_ctz(b));
			put_token(out, '0', pair, 2);
		}
	}
}

static void put_syllables(const char *before, const char *after, struct buf *out)
{
	char pair[18];
	while (*before) {
		size_t first = take_reading(&before, pair);
		pair[first++] = '0';
		if (!after)
			put_token(out, '1', pair, first);
		for (const char *rest = after; rest && *rest;) {
			size_t second = take_reading(&rest, pair + first);
			pair[first + second] = '0';
			put_token(out, '1', pair, first + second + 1);
		}
	}
}

/* Blanks and marks between hanzi are not typed, so they do not part sounds. */
static void put_sounds(struct bytes line, struct buf *out)
{
	uint32_t before = 0;
	for (bool more = true; more;) {
		more = line.len > 0;
		uint32_t cp = more ? next(&line) : 0;
		const char *readings = more ? pinyin_of(cp) : NULL;
		if (more && !readings && !is_alnum(cp))
			continue;
		if (before) {
			put_initials(
				pinyin_initials(before), readings ? pinyin_initials(cp) : 0, out);
			put_syllables(pinyin_of(before), readings, out);
		}
		before = readings ? cp : 0;
	}
}

size_t pinyin_part(struct bytes line)
{
	size_t part = line.len < PINYIN_BYTES ? line.len : PINYIN_BYTES;
	while (part < line.len && part && (line.at[part] & 0xC0) == 0x80)
		part--;
	return part;
}

void grams_put(struct bytes line, bool pinyin, struct buf *out)
{
	put_pairs(line, out);
	put_words(line, out);
	if (pinyin)
		put_sounds(bytes_of(line.at, pinyin_part(line)), out);
}

static bool has(struct bytes text, const char *word, size_t len)
{
	return len && memmem(text.at, text.len, word, len) != NULL;
}

static bool sounds(struct bytes lines, const char *word)
{
	char line[PINYIN_BYTES + 1];
	while (lines.len) {
		const uint8_t *end = memchr(lines.at, '\n', lines.len);
		size_t len = end ? (size_t)(end - lines.at) : lines.len;
		size_t part = pinyin_part(bytes_of(lines.at, len));
		memcpy(line, lines.at, part);
		line[part] = '\0';
		if (pinyin_match(line, word))
			return true;
		len += end != NULL;
		lines = bytes_of(lines.at + len, lines.len - len);
	}
	return false;
}

/* A run of hanzi, or of letters and digits; 0 for a mark. */
static size_t run_of(struct bytes word, bool *hanzi)
{
	size_t len = 0;
	while (len < word.len) {
		uint32_t cp;
		size_t step = text_next((const char *)word.at + len, word.len - len, &cp);
		if (len == 0)
			*hanzi = is_hanzi(cp);
		if (*hanzi ? !is_hanzi(cp) : !is_alnum(cp))
			break;
		len += step;
	}
	return len;
}

/* Every run of a mixed word by itself: 王庄fdj. */
static bool runs_match(struct bytes lines, struct bytes word)
{
	bool any = false;
	while (word.len) {
		bool hanzi = false;
		char run[64];
		size_t len = run_of(word, &hanzi);
		if (len && !has(lines, (const char *)word.at, len)) {
			if (hanzi || len >= sizeof(run))
				return false;
			memcpy(run, word.at, len);
			run[len] = '\0';
			if (!sounds(lines, run))
				return false;
		}
		any = any || len;
		if (!len)
			next(&word);
		word = bytes_of(word.at + len, word.len - len);
	}
	return any;
}

bool grams_match(struct bytes lines, const char *word)
{
	size_t len = strlen(word);
	if (has(lines, word, len))
		return true;
	bool hanzi = false;
	size_t run = run_of(bytes_of(word, len), &hanzi);
	if (run == len)
		return !hanzi && sounds(lines, word);
	return runs_match(lines, bytes_of(word, len));
}

static void query_hanzi(struct bytes run, struct buf *out)
{
	uint32_t before = next(&run);
	if (!run.len) {
		buf_byte(out, '"');
		put_hanzi(before, out);
		buf_text(out, "\"*");
		return;
	}
	for (bool first = true; run.len; first = false) {
		uint32_t cp = next(&run);
		buf_text(out, first ? "\"" : " AND \"");
		put_hanzi(before, out);
		put_hanzi(cp, out);
		buf_byte(out, '"');
		before = cp;
	}
}

static void query_word(const struct syllables *syllables, struct bytes run, struct buf *out)
{
	const char *word = (const char *)run.at;
	size_t digits = 0, letters = 0;
	for (size_t i = 0; i < run.len; i++)
		*(is_digit(run.at[i]) ? &digits : &letters) += 1;
	if (!letters && digits >= 3) {
		for (size_t i = 0; i + 3 <= run.len; i++)
			buf_fmt(out, "%s\"3%.3s\"", i ? " AND " : "", word + i);
		return;
	}
	buf_fmt(out, "\"2%.*s\"*", (int)(run.len < WORD_MOST ? run.len : WORD_MOST), word);
	if (!digits && run.len < WORD_MOST) {
		char text[WORD_MOST];
		memcpy(text, word, run.len);
		text[run.len] = '\0';
		sound_query(syllables, text, out);
	}
}

bool grams_query(const struct syllables *syllables, const char *word, struct buf *out)
{
	struct bytes rest = bytes_text(word);
	bool any = false;
	while (rest.len) {
		bool hanzi = false;
		size_t len = run_of(rest, &hanzi);
		struct bytes run = bytes_of(rest.at, len);
		if (len) {
			buf_text(out, any ? " AND (" : "(");
			if (hanzi)
				query_hanzi(run, out);
			else
				query_word(syllables, run, out);
			buf_byte(out, ')');
			any = true;
		} else {
			next(&rest);
		}
		rest = bytes_of(rest.at + len, rest.len - len);
	}
	return any;
}
