/* SPDX-License-Identifier: GPL-3.0-or-later
 * Only tags that HTML knows are taken for markup: a warning may well say that something is < 5.
 */
#include "format/cap_plain.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

enum { TAG = 12, TAG_MOST = 2000, NAMED = 10 };

/* Those that begin a new line. */
static const char *const blocks[] = {"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5",
	"h6", "ul", "ol", "table", "hr", "pre", "section"};
static const char *const inlines[] = {"b", "i", "u", "a", "em", "strong", "span", "font", "img",
	"sup", "sub", "td", "th", "tbody", "thead", "center", "small", "big", "html", "body",
	"head", "title", "link", "meta"};
/* Those of which what stands inside is no text. */
static const char *const hidden[] = {"style", "script"};
static const struct {
	const char *name, *text;
} named[] = {{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", " "},
	{"ensp", " "}, {"emsp", " "}, {"middot", "·"}, {"ldquo", "“"}, {"rdquo", "”"},
	{"hellip", "…"}, {"mdash", "—"}, {"deg", "°"}, {"permil", "‰"}, {"ge", "≥"}, {"le", "≤"},
	{"times", "×"}, {"plusmn", "±"}, {"divide", "÷"}, {"ndash", "–"}, {"bull", "•"},
	{"lsquo", "‘"}, {"rsquo", "’"}, {"thinsp", " "}, {"sup2", "²"}, {"sup3", "³"},
	{"micro", "µ"}};

static bool among(const char *const *list, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcasecmp(list[i], name) == 0)
			return true;
	return false;
}

/* The end of the tag at AT, and its NAME; NULL when it is none. */
static const char *tag_end(const char *at, char name[TAG])
{
	const char *from = at + 1 + (at[1] == '/'), *end = strchr(at, '>');
	size_t len = strspn(from, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ123456");

	if (strncmp(at, "<!--", 4) == 0) {
		*name = '\0';
		end = strstr(at, "-->");
		return end ? end + 3 : NULL;
	}
	if (!end || end - at > TAG_MOST || !len || len >= TAG)
		return NULL;
	memcpy(name, from, len);
	name[len] = '\0';
	if (from[len] != '>' && from[len] != ' ' && from[len] != '/' && from[len] != '\n')
		return NULL;
	return end + 1;
}

static const char *skip(const char *at, const char *name)
{
	for (const char *end = at; (end = strstr(end, "</")); end += 2)
		if (strncasecmp(end + 2, name, strlen(name)) == 0)
			return end;
	return at;
}

/* Behind the markup at AT, or AT itself. */
static const char *tag(const char *at, struct buf *out)
{
	char name[TAG];
	const char *end = tag_end(at, name);

	if (!end)
		return at;
	if (!*name)
		return end;
	if (among(hidden, countof(hidden), name))
		return at[1] == '/' ? end : skip(end, name);
	if (among(blocks, countof(blocks), name)) {
		if (out->len && out->at[out->len - 1] != '\n')
			buf_byte(out, '\n');
		return end;
	}
	return among(inlines, countof(inlines), name) ? end : at;
}

static const char *reference(const char *at, struct buf *out)
{
	const char *end = strchr(at, ';');
	char text[4];

	if (!end || end - at > NAMED)
		return at;
	if (at[1] == '#') {
		bool hex = at[2] == 'x' || at[2] == 'X';
		char *stop;
		unsigned long cp = strtoul(at + 2 + hex, &stop, hex ? 16 : 10);

		if (stop != end || cp < ' ' || cp > 0x10ffff || (cp >= 0xd800 && cp < 0xe000))
			return at;
		buf_put(out, text, text_put((uint32_t)cp, text));
		return end + 1;
	}
	for (size_t i = 0; i < countof(named); i++) {
		size_t len = strlen(named[i].name);

		if ((size_t)(end - at - 1) == len && strncmp(at + 1, named[i].name, len) == 0) {
			buf_text(out, named[i].text);
			return end + 1;
		}
	}
	return at;
}

void cap_plain(const char *text, struct buf *out)
{
	while (*text) {
		const char *next = text;

		if (*text == '<')
			next = tag(text, out);
		else if (*text == '&')
			next = reference(text, out);
		if (next == text)
			buf_byte(out, (uint8_t)*next++);
		text = next;
	}
	while (out->len && out->at[out->len - 1] == '\n')
		out->len--;
}
