/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lines of iCalendar and vCard.
 */
#include "export_inside.h"

#include <string.h>

#include "base/text.h"
#include "base/when.h"

enum { LINE_BYTES = 75 };

/* Behind its first 75 bytes a line goes on behind a blank; no character is cut. */
static void put_folded(struct buf *out, struct bytes line)
{
	size_t room = LINE_BYTES;

	while (line.len > room) {
		size_t len = text_whole((const char *)line.at, room);

		buf_put(out, line.at, len);
		buf_text(out, "\r\n ");
		line = bytes_of(line.at + len, line.len - len);
		room = LINE_BYTES - 1;
	}
	buf_put(out, line.at, line.len);
	buf_text(out, "\r\n");
}

static void put_escaped(struct buf *out, const char *text)
{
	struct buf shown = {0};

	text_show(text, strlen(text), true, &shown);
	for (size_t n = 0; n < shown.len; n++) {
		char c = (char)shown.at[n];

		if (c == '\r')
			continue;
		if (c == '\\' || c == ',' || c == ';')
			buf_byte(out, '\\');
		if (c == '\n')
			buf_text(out, "\\n");
		else
			buf_byte(out, (uint8_t)(c == '\t' ? ' ' : c));
	}
	buf_release(&shown);
}

void content_line(struct buf *out, const char *name, const char *text)
{
	struct buf line = {0};

	if (*text) {
		buf_fmt(&line, "%s:", name);
		put_escaped(&line, text);
		put_folded(out, buf_bytes(&line));
	}
	buf_release(&line);
}

void content_raw(struct buf *out, const char *name, const char *raw)
{
	buf_fmt(out, "%s:%s\r\n", name, raw);
}

void content_field(struct export *ex, const char *name, const struct row *row, unsigned tag)
{
	struct buf text = {0};

	if (tag && row_value(row, tag))
		row_field(ex->store, row, tag, true, &text);
	content_line(&ex->text, name, buf_cstr(&text));
	buf_release(&text);
}

void content_id(struct export *ex, const char *name, const struct row *row)
{
	char id[32];
	struct buf text = {0};

	store_id(row->ref, id);
	buf_fmt(&text, "%s@outpost", id);
	content_raw(&ex->text, name, buf_cstr(&text));
	buf_release(&text);
}

/* Digits of "2026-07-14T06:33:32" alone, of the time in Greenwich. */
void content_utc(struct buf *out, const char *name, int64_t at)
{
	enum { TIME = 19 };
	char text[WHEN_TEXT];
	struct buf raw = {0};

	when_rfc(at - WHEN_ZONE, text);
	for (size_t n = 0; n < TIME; n++)
		if (text[n] != '-' && text[n] != ':')
			buf_byte(&raw, (uint8_t)text[n]);
	buf_byte(&raw, 'Z');
	content_raw(out, name, buf_cstr(&raw));
	buf_release(&raw);
}
