/* SPDX-License-Identifier: GPL-3.0-or-later
 * Choosing from a list that a source fills. Digits alone are the number before a line; anything
 * else narrows.
 */
#include "ui/pick.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/area.h"
#include "model/codes.h"

/* Cells of the list that carry more than is shown: it draws the first COLUMNS of them. */
enum { AT_NUMBER, AT_LABEL, AT_HINT, AT_COLUMNS, AT_VALUE = AT_COLUMNS, TYPED_BYTES = 120 };

enum { FLAG_BELOW = 1, HINT_WIDTH = 16, NUMBER_WIDTH = 3, AREA_DIGITS = 6 };

static const char *value_of(const struct list_row *row)
{
	return row->cells[AT_VALUE];
}

static bool has_taken(const struct pick *pick, const char *value)
{
	struct bytes all = buf_bytes(&pick->taken);
	size_t len = strlen(value);

	for (size_t at = 0; at < all.len;) {
		const uint8_t *end = memchr(all.at + at, ',', all.len - at);
		size_t size = end ? (size_t)(end - all.at) - at : all.len - at;

		if (size == len && memcmp(all.at + at, value, len) == 0)
			return true;
		at += size + 1;
	}
	return false;
}

static void take_or_drop(struct pick *pick, const char *value)
{
	struct buf left = {0};
	bool had = false;

	buf_text(&pick->taken, "");
	char *all = memory_text(buf_cstr(&pick->taken)), *rest = all;
	for (char *one; (one = strsep(&rest, ","));) {
		if (strcmp(one, value) == 0) {
			had = true;
			continue;
		}
		if (*one)
			buf_fmt(&left, "%s%s", left.len ? "," : "", one);
	}
	if (!had)
		buf_fmt(&left, "%s%s", left.len ? "," : "", value);
	free(all);
	buf_release(&pick->taken);
	pick->taken = left;
}

/* Ask the source again for what is open and typed. */
static void refill(struct pick *pick)
{
	const char *typed = edit_text(&pick->typed);
	const char *above = pick->depth ? pick->above[pick->depth - 1] : "";
	bool number = *typed && strspn(typed, "0123456789") == strlen(typed);

	list_clear(&pick->list);
	pick->source(pick, above, number ? "" : typed, pick->to);
	list_done(&pick->list);
	pick->list.at = pick->list.top = 0;
	if (number)
		pick->list.at = (unsigned)strtoul(typed, NULL, 10) - 1;
	if (pick->list.at >= pick->list.shown)
		pick->list.at = pick->list.shown ? pick->list.shown - 1 : 0;
}

static bool number_typed(struct pick *pick, unsigned *number)
{
	const char *typed = edit_text(&pick->typed);

	*number = (unsigned)strtoul(typed, NULL, 10);
	return *typed && strspn(typed, "0123456789") == strlen(typed);
}

static enum pick_act take(struct pick *pick, const char *value)
{
	buf_clear(&pick->value);
	buf_text(&pick->value, value);
	return PICK_TAKEN;
}

static enum pick_act mark(struct pick *pick)
{
	struct list_row *row = list_row(&pick->list);

	if (!row || !pick->several)
		return PICK_MOVED;
	take_or_drop(pick, value_of(row));
	row->marked = has_taken(pick, value_of(row));
	return PICK_MOVED;
}

static enum pick_act frame_fill(struct pick *pick)
{
	const struct list_row *row = list_row(&pick->list);
	const char *typed = edit_text(&pick->typed);
	unsigned number;

	if (number_typed(pick, &number) && (number == 0 || number > pick->list.shown))
		return pick->free || pick_is_code(pick, typed) ? take(pick, typed) : PICK_MOVED;
	if (!row)
		return pick->free && *typed ? take(pick, typed) : PICK_MOVED;
	if (row->id & FLAG_BELOW && !pick->several) {
		pick_open(pick, pick->list.at);
		return PICK_MOVED;
	}
	if (!pick->several)
		return take(pick, value_of(row));
	if (pick->taken.len == 0 || pick->typed.text.len > 0) {
		mark(pick);
		if (pick->typed.text.len > 0) {
			pick_type(pick, "");
			return PICK_MOVED;
		}
	}
	return take(pick, buf_cstr(&pick->taken));
}

/* A number that can not become a longer one is taken at once. */
static enum pick_act typed_more(struct pick *pick)
{
	unsigned number;

	refill(pick);
	if (!pick->several && !pick->free && number_typed(pick, &number) && number > 0 &&
		number <= pick->list.shown && number * 10 > pick->list.shown)
		return frame_fill(pick);
	return PICK_MOVED;
}

static enum pick_act type_key(struct pick *pick, int key)
{
	if (key == K_LEFT || key == '<')
		return pick_up(pick) ? PICK_MOVED : PICK_LEFT;
	if (key == K_RIGHT || key == '>') {
		pick_open(pick, pick->list.at);
		return PICK_MOVED;
	}
	if (key == K_BACKSPACE && pick->typed.text.len == 0)
		return pick_up(pick) ? PICK_MOVED : PICK_LEFT;
	if (edit_key(&pick->typed, key) == EDIT_NOT)
		return PICK_NOT;
	return typed_more(pick);
}

void pick_start(struct pick *pick, const char *title, pick_fn *source, void *to, const char *now,
	bool several)
{
	*pick = (struct pick){.title = title, .source = source, .to = to, .several = several};
	list_start(&pick->list, _("没有符合的，退格改字"));
	list_column(&pick->list, "", NUMBER_WIDTH, true);
	list_column(&pick->list, "", 0, false);
	list_column(&pick->list, "", HINT_WIDTH, false);
	pick->list.head = false;
	edit_start(&pick->typed, EDIT_LINE, TYPED_BYTES, "");
	if (several)
		buf_text(&pick->taken, now);
	refill(pick);
	for (unsigned n = 0; *now && n < pick->list.shown; n++) {
		if (strcmp(value_of(list_shown(&pick->list, n)), now) == 0)
			pick->list.at = n;
	}
}

void pick_release(struct pick *pick)
{
	list_release(&pick->list);
	edit_release(&pick->typed);
	buf_release(&pick->taken);
	buf_release(&pick->value);
}

void pick_add(struct pick *pick, const char *value, const char *label, const char *hint, bool below)
{
	char number[16];
	struct list_row *row = list_add(&pick->list, (struct ref){0, 0});

	snprintf(number, sizeof(number), "%u", pick->list.count);
	row->id = below ? FLAG_BELOW : 0;
	row->marked = pick->several && has_taken(pick, value);
	list_cell(&pick->list, row, AT_NUMBER, number);
	list_cell(&pick->list, row, AT_LABEL, label);
	list_cell(&pick->list, row, AT_HINT, below ? "..." : hint);
	list_cell(&pick->list, row, AT_VALUE, value);
}

enum pick_act pick_key(struct pick *pick, int key)
{
	switch (key) {
	case K_ESC:
	case K_CTRL('X'):
		return PICK_LEFT;
	case K_ENTER:
		return frame_fill(pick);
	case ' ':
		return pick->several ? mark(pick) : typed_more(pick);
	case K_UP:
	case K_DOWN:
	case K_PAGE_UP:
	case K_PAGE_DOWN:
	case K_HOME:
	case K_END:
		list_key(&pick->list, key);
		return PICK_MOVED;
	case K_TAB:
	case K_CTRL('N'):
		list_key(&pick->list, K_DOWN);
		return PICK_MOVED;
	case K_BACKTAB:
	case K_CTRL('P'):
		list_key(&pick->list, K_UP);
		return PICK_MOVED;
	default:
		return type_key(pick, key);
	}
}

/* The title and what may be typed; behind it stands what was. */
static struct pane typed_pane(const struct pick *pick, struct pane pane)
{
	unsigned left = pane_text(pane, 0, 0, LOOK_TITLE, pane.columns / 2, pick->title) + 1;

	left += pane_text(
		pane, 0, left, LOOK_PLAIN, 0, pick->several ? _("空格勾选：") : _("号码或拼音："));
	return pane_behind(pane, 0, left);
}

void pick_layout(struct pick *pick, struct pane room)
{
	if (room.rows < 2)
		return;
	edit_layout(&pick->typed, typed_pane(pick, room));
	list_layout(&pick->list, pane_below(room, 1));
}

void pick_draw(const struct pick *pick, struct pane pane)
{
	pane_clear(pane);
	if (pane.rows < 2)
		return;
	struct pane typed = typed_pane(pick, pane);
	list_draw(&pick->list, pane_below(pane, 1));
	edit_draw(&pick->typed, typed, true);
}

const char *pick_value(struct pick *pick)
{
	return buf_cstr(&pick->value);
}

const char *pick_shown(struct pick *pick, unsigned n, const char **value, bool *below)
{
	const struct list_row *row = list_shown(&pick->list, n);

	if (!row)
		return NULL;
	*value = value_of(row);
	*below = row->id & FLAG_BELOW;
	return row->cells[AT_LABEL];
}

void pick_type(struct pick *pick, const char *words)
{
	edit_set(&pick->typed, words);
	refill(pick);
}

bool pick_open(struct pick *pick, unsigned n)
{
	const struct list_row *row = list_shown(&pick->list, n);

	if (!row || !(row->id & FLAG_BELOW) || pick->depth == PICK_DEEP)
		return false;
	snprintf(pick->above[pick->depth++], PICK_VALUE, "%s", value_of(row));
	pick_type(pick, "");
	return true;
}

bool pick_is_code(const struct pick *pick, const char *typed)
{
	return pick->source == pick_areas && strlen(typed) >= AREA_DIGITS &&
	       strspn(typed, "0123456789") == strlen(typed);
}

bool pick_up(struct pick *pick)
{
	if (pick->depth == 0)
		return false;
	pick->depth--;
	pick_type(pick, "");
	return true;
}

bool pick_numbers(struct pick *pick, const char *typed)
{
	struct buf values = {0};
	char *all = memory_text(typed), *rest = all;
	bool good = true;

	for (char *one; good && (one = strsep(&rest, " ,"));) {
		const struct list_row *row;

		if (!*one)
			continue;
		row = list_shown(&pick->list, (unsigned)strtoul(one, NULL, 10) - 1);
		good = row && strspn(one, "0123456789") == strlen(one);
		if (good)
			buf_fmt(&values, "%s%s", values.len ? "," : "", value_of(row));
	}
	good = good && values.len > 0;
	if (good)
		take(pick, buf_cstr(&values));
	free(all);
	buf_release(&values);
	return good;
}

static bool code_has_below(const char *table, const char *code)
{
	return *code && code_each(table, code, NULL) != NULL;
}

void pick_codes(struct pick *pick, const char *above, const char *typed, void *to)
{
	const char *table = to;
	const struct code *code = NULL, *branch = *above ? code_find(table, above) : NULL;

	if (branch && !*typed)
		pick_add(pick, branch->code, code_label(branch), _("就选这一类"), false);
	while ((code = code_each(table, *typed ? NULL : above, code))) {
		struct buf words = {0};

		buf_fmt(&words, "%s %s %s", code->code, code_label(code), code->zh);
		if (list_match(buf_cstr(&words), typed))
			pick_add(pick, code->code, code_label(code), code->code,
				!*typed && code_has_below(table, code->code));
		buf_release(&words);
	}
}

static void add_area(struct pick *pick, uint64_t area, bool open)
{
	char digits[16];
	struct buf title = {0};
	struct bytes name;
	uint64_t after = 0;

	area_short(area, digits);
	area_title(area, &title);
	pick_add(pick, digits, buf_cstr(&title), digits, open && area_each(area, &after, &name));
	buf_release(&title);
}

/* Everything below ABOVE, as deep as the lists go. */
static void match_areas(struct pick *pick, uint64_t above, const char *typed)
{
	uint64_t after = 0;
	struct bytes name;

	while (area_each(above, &after, &name)) {
		struct buf words = {0};
		char digits[16];

		area_short(after, digits);
		buf_put(&words, name.at, name.len);
		buf_fmt(&words, " %s", digits);
		if (list_match(buf_cstr(&words), typed))
			add_area(pick, after, false);
		buf_release(&words);
		if (area_digits(after) < 12)
			match_areas(pick, after, typed);
	}
}

void pick_areas(struct pick *pick, const char *above, const char *typed, void *to)
{
	uint64_t area = *(const uint64_t *)to, after = 0;
	const char *why;
	struct bytes name;

	if (*above && !area_parse(above, &area, &why))
		return;
	if (*typed) {
		match_areas(pick, area_above(area) ? area_above(area) : area, typed);
		return;
	}
	if (area)
		add_area(pick, area, false);
	while (area_each(area, &after, &name))
		add_area(pick, after, true);
}
