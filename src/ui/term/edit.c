/* SPDX-License-Identifier: GPL-3.0-or-later
 * Editors that keep the text and a cursor in it. Each drawing starts from both again, so that the
 * screen cannot disagree with the text.
 */
#include "ui/edit.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/memory.h"
#include "base/text.h"

/* One wrapped row: bytes FROM to END of the text; the line end or blank that made it wrap lies
 * between END and the next row. */
struct span {
	size_t from, end, next;
};

/* Each change leaves a NUL behind the text, so that it can be read from a const editor. */
static const char *text_at(const struct edit *edit)
{
	return edit->text.at ? (const char *)edit->text.at : "";
}

/* The row that begins at FROM. An empty row counts: behind a line end there is one. */
static struct span span_from(const struct edit *edit, size_t from, unsigned columns)
{
	const char *text = text_at(edit);
	struct span span = {from, from, from};

	if (from < edit->text.len) {
		span.next = from + text_wrap(text + from, columns);
		span.end = span.next;
		if (span.end > from && text[span.end - 1] == '\n')
			span.end--;
	}
	return span;
}

/* There is a row behind SPAN. */
static bool span_more(const struct edit *edit, struct span span)
{
	size_t len = edit->text.len;

	return span.next < len || (span.next == len && span.next > span.end);
}

/* The row of the cursor and its number. A cursor on a wrapped edge stands at the front of the next
 * row. */
static struct span span_of_cursor(const struct edit *edit, unsigned columns, unsigned *number)
{
	struct span span = span_from(edit, 0, columns);

	*number = 0;
	while (edit->at >= span.next && span_more(edit, span)) {
		span = span_from(edit, span.next, columns);
		++*number;
	}
	return span;
}

static size_t columns_to(const struct edit *edit, size_t from, size_t to)
{
	return text_columns_n(text_at(edit) + from, to - from);
}

/* Bytes from FROM that fill COLUMN columns, not past END. */
static size_t bytes_to(const struct edit *edit, struct span span, size_t column)
{
	const char *text = text_at(edit);
	size_t at = span.from, used = 0;

	while (at < span.end) {
		uint32_t cp;
		size_t took = text_next(text + at, span.end - at, &cp);

		if (used + text_width(cp) > column)
			break;
		used += text_width(cp);
		at += took;
	}
	return at;
}

static void remove_bytes(struct edit *edit, size_t from, size_t to)
{
	memmove(edit->text.at + from, edit->text.at + to, edit->text.len - to);
	edit->text.len -= to - from;
	edit->at = from;
	(void)buf_cstr(&edit->text);
}

/* Full-width digits and marks of an input method become the plain ones. */
static uint32_t narrow(uint32_t cp)
{
	if (cp >= 0xff01 && cp <= 0xff5e)
		return cp - 0xff01 + '!';
	if (cp == 0x3000)
		return ' ';
	if (cp == 0x3002)
		return '.';
	return cp;
}

static bool fits_number(uint32_t cp)
{
	return (cp >= '0' && cp <= '9') || cp == '-' || cp == '.';
}

static bool fits_phone(uint32_t cp)
{
	return (cp >= '0' && cp <= '9') || cp == '-' || cp == '+' || cp == ' ';
}

static enum edit_act insert(struct edit *edit, uint32_t cp)
{
	static bool (*const fits[EDIT_TYPES])(uint32_t) = {
		[EDIT_NUMBER] = fits_number,
		[EDIT_PHONE] = fits_phone,
	};
	char bytes[4];

	if (edit->type == EDIT_NUMBER || edit->type == EDIT_DATE || edit->type == EDIT_PHONE)
		cp = narrow(cp);
	if (fits[edit->type] && !fits[edit->type](cp))
		return EDIT_REFUSED;
	if (edit->offered)
		edit_set(edit, "");
	size_t len = text_put(cp, bytes);
	if (edit->text.len + len > edit->most)
		return EDIT_FULL;
	size_t behind = edit->text.len - edit->at;
	buf_grow(&edit->text, len);
	memmove(edit->text.at + edit->at + len, edit->text.at + edit->at, behind);
	memcpy(edit->text.at + edit->at, bytes, len);
	edit->at += len;
	(void)buf_cstr(&edit->text);
	return EDIT_DONE;
}

/* One column stays free for the cursor behind a full row. */
static unsigned wrapped_at(unsigned columns)
{
	return columns > 1 ? columns - 1 : 1;
}

/* One row up or down in a wrapped text; false at its first or last row. */
static bool move_row(struct edit *edit, int step)
{
	unsigned columns = wrapped_at(edit->columns), number, seen = 0;
	struct span span = span_of_cursor(edit, columns, &number);

	if (step < 0 ? number == 0 : !span_more(edit, span))
		return false;
	if (edit->goal < 0)
		edit->goal = (int)columns_to(edit, span.from, edit->at);
	if (step > 0) {
		span = span_from(edit, span.next, columns);
	} else {
		span = span_from(edit, 0, columns);
		while (++seen < number)
			span = span_from(edit, span.next, columns);
	}
	edit->at = bytes_to(edit, span, (size_t)edit->goal);
	if (edit->at == span.next && span.next > span.from && span_more(edit, span))
		edit->at -= text_back(text_at(edit), edit->at);
	return true;
}

static size_t word_before(const struct edit *edit)
{
	const char *text = text_at(edit);
	size_t at = edit->at;

	while (at > 0 && text[at - 1] == ' ')
		at--;
	while (at > 0 && text[at - 1] != ' ' && text[at - 1] != '\n')
		at--;
	return at;
}

/* Where the line that the cursor is in begins and ends, as Home and End go. */
static size_t line_edge(const struct edit *edit, bool end)
{
	const char *text = text_at(edit);
	size_t at = edit->at;

	while (end ? at < edit->text.len && text[at] != '\n' : at > 0 && text[at - 1] != '\n')
		at += end ? 1 : (size_t)-1;
	return at;
}

static enum edit_act move_key(struct edit *edit, int key)
{
	const char *text = text_at(edit);
	uint32_t cp;

	switch (key) {
	case K_LEFT:
		edit->at -= text_back(text, edit->at);
		return EDIT_DONE;
	case K_RIGHT:
		edit->at += text_next(text + edit->at, edit->text.len - edit->at, &cp);
		return EDIT_DONE;
	case K_HOME:
		edit->at = line_edge(edit, false);
		return EDIT_DONE;
	case K_END:
	case K_CTRL('E'):
		edit->at = line_edge(edit, true);
		return EDIT_DONE;
	default:
		return EDIT_NOT;
	}
}

static enum edit_act remove_key(struct edit *edit, int key)
{
	const char *text = text_at(edit);
	uint32_t cp;

	switch (key) {
	case K_BACKSPACE:
		remove_bytes(edit, edit->at - text_back(text, edit->at), edit->at);
		return EDIT_DONE;
	case K_DELETE:
	case K_CTRL('D'): {
		size_t from = edit->at;

		remove_bytes(edit, from, from + text_next(text + from, edit->text.len - from, &cp));
		return EDIT_DONE;
	}
	case K_CTRL('U'):
		remove_bytes(edit, line_edge(edit, false), edit->at);
		return EDIT_DONE;
	case K_CTRL('K'):
		remove_bytes(edit, edit->at, line_edge(edit, true));
		return EDIT_DONE;
	case K_CTRL('W'):
		remove_bytes(edit, word_before(edit), edit->at);
		return EDIT_DONE;
	default:
		return EDIT_NOT;
	}
}

/* As many columns as CP counts for, also when its plain form is longer: the cursor must stay right.
 */
static void draw_character(
	struct pane pane, unsigned row, unsigned column, const char *at, size_t len, unsigned width)
{
	char one[8];

	if (column + width > pane.columns)
		return;
	memcpy(one, at, len);
	one[len] = '\0';
	pane_clip(pane, row, column, LOOK_PLAIN, width, one);
}

/* Bytes FROM to END, leaving out SKIP columns. */
static void draw_span(
	const struct edit *edit, struct pane pane, unsigned row, struct span span, unsigned skip)
{
	const char *text = text_at(edit);
	unsigned column = 0;

	for (size_t at = span.from; at < span.end;) {
		uint32_t cp;
		size_t took = text_next(text + at, span.end - at, &cp);
		unsigned width = text_width(cp);

		if (width > 0 && cp > ' ' && column >= skip)
			draw_character(pane, row, column - skip,
				edit->type == EDIT_SECRET ? "*" : text + at,
				edit->type == EDIT_SECRET ? 1 : took, width);
		column += width;
		at += took;
	}
}

static void lay_line(struct edit *edit)
{
	unsigned columns = edit->columns;
	unsigned at = (unsigned)columns_to(edit, 0, edit->at);
	unsigned whole = (unsigned)columns_to(edit, 0, edit->text.len);

	/* Jumps of half the field: scrolling by one column would rewrite it at every letter. */
	if (at < edit->skip)
		edit->skip = at > columns / 2 ? at - columns / 2 : 0;
	if (at >= edit->skip + columns)
		edit->skip = at + 1 - columns / 2;
	if (whole < columns)
		edit->skip = 0;
}

static void draw_line(const struct edit *edit, struct pane pane, bool cursor)
{
	unsigned at = (unsigned)columns_to(edit, 0, edit->at);

	draw_span(edit, pane, 0, (struct span){0, edit->text.len, 0}, edit->skip);
	if (cursor)
		pane_cursor(pane, 0, at - edit->skip);
}

static void lay_rows(struct edit *edit)
{
	unsigned number;

	(void)span_of_cursor(edit, wrapped_at(edit->columns), &number);
	if (number < edit->skip)
		edit->skip = number;
	if (number >= edit->skip + edit->rows)
		edit->skip = number + 1 - edit->rows;
}

static void draw_rows(const struct edit *edit, struct pane pane, bool cursor)
{
	unsigned columns = wrapped_at(pane.columns), number;
	struct span here = span_of_cursor(edit, columns, &number);
	struct span span = span_from(edit, 0, columns);

	for (unsigned n = 0; n < edit->skip + pane.rows; n++) {
		if (n >= edit->skip)
			draw_span(edit, pane, n - edit->skip, span, 0);
		if (!span_more(edit, span))
			break;
		span = span_from(edit, span.next, columns);
	}
	if (cursor)
		pane_cursor(
			pane, number - edit->skip, (unsigned)columns_to(edit, here.from, edit->at));
}

void edit_start(struct edit *edit, enum edit_type type, size_t most, const char *text)
{
	*edit = (struct edit){.type = type, .most = most ? most : LIMIT_LINE, .goal = -1};
	edit_set(edit, text);
}

/* What is not shown does not stay in memory either. */
static void wipe(struct edit *edit)
{
	if (edit->type == EDIT_SECRET && edit->text.room)
		explicit_bzero(edit->text.at, edit->text.room);
}

void edit_release(struct edit *edit)
{
	wipe(edit);
	buf_release(&edit->text);
}

void edit_set(struct edit *edit, const char *text)
{
	size_t len = strlen(text);

	if (len > edit->most) {
		len = edit->most;
		while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80)
			len--;
	}
	wipe(edit);
	buf_clear(&edit->text);
	buf_put(&edit->text, text, len);
	(void)buf_cstr(&edit->text);
	edit->at = len;
	edit->skip = 0;
	edit->goal = -1;
	edit->offered = false;
}

void edit_offer(struct edit *edit, const char *text)
{
	static const bool replaced[EDIT_TYPES] = {
		[EDIT_NUMBER] = true, [EDIT_DATE] = true, [EDIT_PHONE] = true};

	edit_set(edit, text);
	edit->offered = replaced[edit->type];
}

const char *edit_text(const struct edit *edit)
{
	return text_at(edit);
}

enum edit_act edit_key(struct edit *edit, int key)
{
	if (edit->type == EDIT_TEXT) {
		if ((key == K_UP || key == K_DOWN))
			return move_row(edit, key == K_UP ? -1 : 1) ? EDIT_DONE : EDIT_NOT;
		if (key == EDIT_BREAK) {
			edit->goal = -1;
			return insert(edit, '\n');
		}
	}
	edit->goal = -1;
	if (key_is_text(key))
		return insert(edit, (uint32_t)key);
	enum edit_act act = move_key(edit, key);
	if (act == EDIT_NOT)
		act = remove_key(edit, key);
	edit->offered = edit->offered && act == EDIT_NOT;
	return act;
}

enum edit_act edit_paste(struct edit *edit, const char *text)
{
	char *before = memory_text(edit_text(edit));
	size_t at = edit->at, len = strlen(text), took;
	enum edit_act act = EDIT_DONE;
	bool offered = edit->offered;
	uint32_t cp;

	for (; act == EDIT_DONE && (took = text_next(text, len, &cp)) != 0;
		text += took, len -= took)
		act = insert(edit, cp == '\n' && edit->type != EDIT_TEXT ? ' ' : cp);
	if (act != EDIT_DONE) {
		edit_set(edit, before);
		edit->at = at;
		edit->offered = offered;
	}
	edit->goal = -1;
	explicit_bzero(before, strlen(before));
	free(before);
	return act;
}

const char *edit_rule(enum edit_type type)
{
	static const char *const rules[EDIT_TYPES] = {
		[EDIT_NUMBER] = N_("这里只能填数字"),
		[EDIT_PHONE] = N_("电话只有数字、+ 和 -"),
	};

	return rules[type];
}

unsigned edit_rows(const struct edit *edit, unsigned columns)
{
	unsigned rows = 1;

	if (edit->type != EDIT_TEXT)
		return 1;
	columns = wrapped_at(columns);
	struct span span = span_from(edit, 0, columns);
	while (span_more(edit, span)) {
		span = span_from(edit, span.next, columns);
		rows++;
	}
	return rows;
}

void edit_layout(struct edit *edit, struct pane room)
{
	edit->rows = room.rows;
	edit->columns = room.columns;
	if (room.rows == 0 || room.columns == 0)
		return;
	if (edit->type == EDIT_TEXT)
		lay_rows(edit);
	else
		lay_line(edit);
}

void edit_draw(const struct edit *edit, struct pane pane, bool cursor)
{
	pane_clear(pane);
	if (pane.rows == 0 || pane.columns == 0)
		return;
	if (edit->type == EDIT_TEXT)
		draw_rows(edit, pane, cursor);
	else
		draw_line(edit, pane, cursor);
}
