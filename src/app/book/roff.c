/* SPDX-License-Identifier: GPL-3.0-or-later
 * Text for man(7). Where no blank stands, groff breaks nothing: between hanzi it is told where it
 * may.
 */
#include <string.h>

#include "app/book/inside.h"
#include "base/text.h"

/* Columns of a line of the source: with its escapes no line is longer than the 80 bytes that
 * checkers like. */
enum { COLUMNS_ENGLISH = 60, COLUMNS_CHINESE = 28 };

/* zh: marks. A line must not begin with one of these, nor end with one of those. */
static const char closing[] = "。，；：、！？）》」』】”’", opening[] = "（《「『【“‘";

static bool among(const char *marks, const char *at, size_t len)
{
	char one[8] = "";
	memcpy(one, at, len < sizeof one ? len : sizeof one - 1);
	return strstr(marks, one) != NULL;
}

static void put_part(struct buf *out, const char *text, size_t len)
{
	bool free = false; /* a line may end here */
	if (len && (*text == '.' || *text == '\''))
		buf_text(out, "\\&");
	for (size_t at = 0, size; at < len; at += size) {
		uint32_t cp;
		size = text_next(text + at, len - at, &cp);
		bool wide = text_width(cp) == 2;
		if (at && (wide || free) && !among(closing, text + at, size) && text[at] != ' ' &&
			text[at - 1] != ' ')
			buf_text(out, "\\:");
		free = wide && !among(opening, text + at, size);
		if (text[at] == '\\')
			buf_text(out, "\\e");
		else if (text[at] == '-')
			buf_text(out, "\\-");
		else
			buf_put(out, text + at, size);
	}
}

void roff(struct buf *out, const char *text)
{
	while (*text) {
		size_t len = text_wrap(text, words_english() ? COLUMNS_ENGLISH : COLUMNS_CHINESE);
		size_t shown = len;
		while (shown && (text[shown - 1] == ' ' || text[shown - 1] == '\n'))
			shown--;
		put_part(out, text, shown);
		if (len && text[len - 1] == '\n')
			buf_text(out, text[len] ? "\n.br\n" : "");
		else if (text[len])
			buf_text(out, shown < len ? "\n" : "\\:\\c\n");
		text += len;
		while (*text == ' ')
			text++;
	}
}

void roff_section(struct buf *out, const char *head)
{
	buf_fmt(out, ".SH %s\n", head);
}

void roff_item(struct buf *out, const char *head, const char *rest, const char *text)
{
	buf_text(out, ".TP\n.B ");
	put_part(out, head, strlen(head));
	buf_byte(out, '\n');
	if (rest && *rest) {
		roff(out, rest);
		buf_text(out, "\n.br\n");
	}
	roff(out, text);
	buf_byte(out, '\n');
}
