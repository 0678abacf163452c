/* SPDX-License-Identifier: GPL-3.0-or-later
 * References are read word by word. A time ends a group, and the word before it is the identifier;
 * words behind the last time are told apart by their commas.
 */
#include "format/cap_refers.h"

#include <string.h>

enum { IDENTIFIER = 247, WORDS = 256 };

static const char wide_comma[] = "\xef\xbc\x8c"; /* U+FF0C */
static const char parts[] = ", ;\t\r\n";

struct word {
	struct bytes text;
	bool comma; /* one stands behind it */
};

struct reading {
	const char *own, *sender;
	struct arena *arena;
	const char **out;
	unsigned count;
};

/* The next word up to a comma or blank; quotes keep blanks inside. False at the end. */
static bool word_next(const char **at, struct word *word)
{
	size_t wide = strlen(wide_comma), len = 0;
	bool quoted;

	for (; **at && (strchr(parts, **at) || strncmp(*at, wide_comma, wide) == 0); ++*at)
		if (!strchr(parts, **at))
			*at += wide - 1;
	if (!**at)
		return false;
	quoted = **at == '"';
	*at += quoted;
	while ((*at)[len] &&
		(quoted ? (*at)[len] != '"'
			: !strchr(parts, (*at)[len]) && strncmp(*at + len, wide_comma, wide) != 0))
		len++;
	word->text = bytes_of(*at, len);
	*at += len + (quoted && (*at)[len]);
	const char *behind = *at + strspn(*at, " \t\r\n");
	word->comma = *behind == ',' || strncmp(behind, wide_comma, wide) == 0;
	return true;
}

/* A time, or one half of one that has a blank inside. */
static bool is_time(const struct word *word)
{
	char text[40];
	int64_t at;

	if (word->text.len >= sizeof(text))
		return false;
	memcpy(text, word->text.at, word->text.len);
	text[word->text.len] = '\0';
	if (cap_time(text, &at) == CAP_TIME_GOOD)
		return true;
	bool date = strlen(text) >= 8 && strspn(text, "0123456789") == 4 && strchr("-/", text[4]) &&
		    strspn(text, "0123456789-/") == strlen(text);
	return date || (strspn(text, "0123456789") == 2 && text[2] == ':');
}

static bool is(struct bytes word, const char *text)
{
	return bytes_equal(word, bytes_text(text));
}

static void take(struct reading *r, const struct word *word)
{
	if (!word->text.len || word->text.len > IDENTIFIER || r->count == CAP_REFERS ||
		is(word->text, r->own) || is(word->text, r->sender))
		return;
	for (unsigned n = 0; n < r->count; n++)
		if (is(word->text, r->out[n]))
			return;
	r->out[r->count++] = (const char *)arena_bytes(r->arena, word->text).at;
}

/* "sender,沁阳 2026 第1号,time": blanks inside an identifier that stands between two commas. */
static void take_blanks(struct reading *r, const struct word *words, unsigned count)
{
	struct buf joined = {0};
	unsigned from = count ? count - 1 : 0;

	while (from && !words[from - 1].comma)
		from--;
	for (unsigned n = from; n < count; n++) {
		if (n > from)
			buf_byte(&joined, ' ');
		buf_put(&joined, words[n].text.at, words[n].text.len);
	}
	if (from && from + 1 < count && words[count - 1].comma)
		take(r, &(struct word){.text = buf_bytes(&joined)});
	buf_release(&joined);
}

/* The words before a time: the last one is the identifier and the one before it the sender. */
static void group(struct reading *r, const struct word *words, unsigned count)
{
	take_blanks(r, words, count);
	for (unsigned n = 0; n + 2 < count; n++)
		if (!words[n].comma || !words[n + 1].comma)
			take(r, &words[n]);
	if (count)
		take(r, &words[count - 1]);
}

/* Words without a time: "sender,identifier", or identifiers one behind the other. */
static void loose(struct reading *r, const struct word *words, unsigned count)
{
	for (unsigned n = 0; n < count; n++)
		if (!words[n].comma)
			take(r, &words[n]);
	for (unsigned n = 0; n < count; n++)
		take(r, &words[n]);
}

unsigned cap_refers(const char *text, const char *own, const char *sender, struct arena *arena,
	const char *out[CAP_REFERS])
{
	struct reading r = {own, sender, arena, out, 0};
	struct word words[WORDS];
	unsigned count = 0;

	while (count < WORDS && word_next(&text, &words[count])) {
		if (!is_time(&words[count])) {
			count++;
			continue;
		}
		group(&r, words, count);
		count = 0;
	}
	loose(&r, words, count);
	return r.count;
}
