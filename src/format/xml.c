/* SPDX-License-Identifier: GPL-3.0-or-later
 * Texts inside XML, HTML and SVG.
 */
#include "format/xml.h"

#include <string.h>

#include "base/text.h"

static const char *entity(uint32_t cp)
{
	switch (cp) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

/* U+FFFE, U+FFFF and the same of the other planes are no characters; XML forbids the first two. */
static bool is_character(uint32_t cp)
{
	return (cp & 0xFFFE) != 0xFFFE;
}

void xml_text(struct buf *out, struct bytes text, bool lines)
{
	const char *s = (const char *)text.at;
	uint32_t cp;
	char bytes[4];

	for (size_t at = 0, step; (step = text_next_shown(s + at, text.len - at, &cp));
		at += step) {
		const char *name = entity(cp);

		if (lines && s[at] == '\n')
			buf_byte(out, '\n');
		else if (name)
			buf_text(out, name);
		else if (!is_character(cp))
			buf_byte(out, '?');
		else if (cp)
			buf_put(out, bytes, text_put(cp, bytes));
	}
}

void xml_element(struct buf *out, const char *name, const char *text)
{
	if (!*text)
		return;
	buf_fmt(out, "<%s>", name);
	xml_text(out, bytes_text(text), true);
	buf_fmt(out, "</%.*s>", (int)strcspn(name, " "), name);
}
