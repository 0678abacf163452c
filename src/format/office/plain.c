/* SPDX-License-Identifier: GPL-3.0-or-later
 * Words as they are compared: without what is there for the eye alone.
 */
#include "format/office.h"

#include <string.h>

#include "base/text.h"
#include "format/office/inside.h"

enum { FULL_FIRST = 0xFF01, FULL_LAST = 0xFF5E, FULL_TO_ASCII = 0xFEE0 };

bool blank_cp(uint32_t cp)
{
	return cp <= ' ' || cp == 0x7F || cp == 0x85 || cp == 0xA0 || cp == 0x1680 ||
	       cp == 0x3000 || cp == 0x202F || cp == 0x205F || (cp >= 0x2000 && cp <= 0x200A) ||
	       text_format(cp);
}

bool hanzi_cp(uint32_t cp)
{
	return (cp >= 0x3400 && cp <= 0x9FFF) || (cp >= 0xF900 && cp <= 0xFAFF) || cp == 0x3007 ||
	       (cp >= 0x20000 && cp <= 0x3FFFF);
}

uint32_t plain_cp(uint32_t cp)
{
	if (cp >= FULL_FIRST && cp <= FULL_LAST)
		cp -= FULL_TO_ASCII;
	/* zh: brackets of tables */
	if (cp == 0x3010 || cp == 0x3014 || cp == '[')
		return '(';
	if (cp == 0x3011 || cp == 0x3015 || cp == ']')
		return ')';
	return cp >= 'A' && cp <= 'Z' ? cp + ('a' - 'A') : cp;
}

static bool star(uint32_t cp)
{
	return cp == '*' || cp == 0x203B || cp == 0x2605 || cp == 0x2606 || cp == 0x25CF;
}

static void put(uint32_t cp, struct buf *out)
{
	char text[4];

	buf_put(out, text, text_put(cp, text));
}

/* Brackets go to REMARK where there is one to take them, and away where BARE. */
static void each(const char *text, bool bare, struct buf *out, struct buf *remark)
{
	size_t len = strlen(text), step;
	unsigned depth = 0;
	uint32_t cp;

	for (; (step = text_next(text, len, &cp)) != 0; text += step, len -= step) {
		cp = plain_cp(cp);
		if (blank_cp(cp) || star(cp))
			continue;
		if (bare && cp == '(') {
			if (!depth++ && remark)
				buf_clear(remark);
		} else if (bare && depth && cp == ')') {
			depth--;
		} else if (!depth) {
			put(cp, out);
		} else if (remark) {
			put(cp, remark);
		}
	}
}

void office_plain(const char *text, struct buf *out)
{
	each(text, false, out, NULL);
}

void office_bare(const char *text, struct buf *out, struct buf *remark)
{
	each(text, true, out, remark);
	while (out->len && out->at[out->len - 1] == ':')
		out->len--;
}

/* ="0391", '0391 and blanks at both ends: what was to protect the digits has done so. */
void office_unwrap(const char *raw, struct buf *out)
{
	struct buf clean = {0};

	text_clean(raw, strlen(raw), true, &clean);
	const char *text = buf_cstr(&clean);
	size_t len = clean.len;

	if (len > 3 && !strncmp(text, "=\"", 2) && text[len - 1] == '"') {
		text += 2;
		len -= 3;
	} else if (len > 1 && *text == '\'' && text[len - 1] != '\'') {
		text++;
		len--;
	}
	text_clean(text, len, true, out);
	buf_release(&clean);
}

void office_unit(const struct field *field, struct buf *out)
{
	struct buf bare = {0};

	office_bare(field->label, &bare, out);
	buf_release(&bare);
}

void cell_bad(struct office_cell *out, const char *why)
{
	buf_clear(&out->text);
	out->is = CELL_BAD;
	out->why = why;
}
