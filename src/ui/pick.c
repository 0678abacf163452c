/* SPDX-License-Identifier: GPL-3.0-or-later
 * Choosing from a list that a source fills. Digits are the sign before a line; anything else
 * narrows.
 */
#include "ui/pick.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/area.h"
#include "model/codes.h"

/* Cells of the list that carry more than is shown: it draws the first COLUMNS of them. */
enum {
	AT_SHOWN,
	AT_HINT = PICK_HINT,
	AT_COLUMNS,
	AT_VALUE = AT_COLUMNS,
	AT_LABEL = PICK_LABEL,
	TYPED_BYTES = 120
};

enum { FLAG_BELOW = 1, HINT_WIDTH = 16, AREA_DIGITS = 6 };

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
	const char *above = pick->depth ? pick->above[pick->depth - 1] : "";

	list_clear(&pick->list);
	pick->source(pick, above, edit_text(&pick->typed), pick->to);
	list_done(&pick->list);
	pick->list.at = pick->list.top = 0;
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
	if (pick->typed.text.len > 0) /* the next one is narrowed to from all again */
		pick_type(pick, "");
	return PICK_MOVED;
}

static enum pick_act choose(struct pick *pick)
{
	const struct list_row *row = list_row(&pick->list);
	const char *typed = edit_text(&pick->typed);

	if (!row)
		return pick_is_code(pick, typed) ? take(pick, typed) : PICK_MOVED;
	if (row->id & FLAG_BELOW && !pick->several) {
		pick_open(pick, pick->list.at);
		return PICK_MOVED;
	}
	if (!pick->several)
		return take(pick, value_of(row));
	/* Who has marked none may not know that several may be taken: the row is marked, and the
	 * head says what Enter takes then. */
	if (pick->taken.len == 0 || pick->typed.text.len > 0)
		return mark(pick);
	return take(pick, buf_cstr(&pick->taken));
}

/* What is marked; or what is in no list, as it was typed. */
static enum pick_act take_all(struct pick *pick)
{
	const char *typed = edit_text(&pick->typed);

	if (pick->several && pick->taken.len > 0)
		return take(pick, buf_cstr(&pick->taken));
	return pick->free && *typed ? take(pick, typed) : PICK_NOT;
}

/* What is typed is the beginning of a code, and the digit KEY goes on with it. */
static bool goes_on(struct pick *pick, int key)
{
	const char *typed = edit_text(&pick->typed);
	size_t len = strlen(typed);

	if (*typed >= '0' && *typed <= '9')
		return true;
	for (unsigned n = 0; len > 0 && n < pick->list.shown; n++) {
		const char *value = value_of(list_shown(&pick->list, n));

		if (strncasecmp(value, typed, len) == 0 && value[len] == key)
			return true;
	}
	return false;
}

/* One layer: the words where there are any, else the picker, however deep a branch is open. */
static enum pick_act one_back(struct pick *pick)
{
	if (pick->typed.text.len == 0)
		return PICK_LEFT;
	pick->list.first = 0;
	pick_type(pick, "");
	return PICK_MOVED;
}

/* What was typed last: the first digit of a sign, else a branch, else the picker. */
static enum pick_act erase(struct pick *pick)
{
	if (pick->list.first) {
		pick->list.first = 0;
		return PICK_MOVED;
	}
	return pick_up(pick) ? PICK_MOVED : PICK_LEFT;
}

static enum pick_act type_text(struct pick *pick, int key)
{
	if (edit_key(&pick->typed, key) == EDIT_NOT)
		return PICK_NOT;
	refill(pick);
	return PICK_MOVED;
}

/* Digits that are no sign are typed, the one before included. */
static enum pick_act sign_key(struct pick *pick, int key)
{
	int first = (unsigned char)pick->list.first;

	switch (list_sign_key(&pick->list, key)) {
	case LIST_CHOSEN:
		return pick->several ? mark(pick) : choose(pick);
	case LIST_MOVED:
	case LIST_MORE:
		return PICK_MOVED;
	case LIST_NOT:
		break;
	}
	if (first)
		(void)edit_key(&pick->typed, first);
	return type_text(pick, key);
}

static enum pick_act type_key(struct pick *pick, int key)
{
	bool own = pick->list.signs == SIGNS_OWN && key_is_text(key);

	if (own || (key >= '0' && key <= '9' && !goes_on(pick, key)))
		return sign_key(pick, key);
	if (key == K_LEFT || key == '<')
		return pick_up(pick) ? PICK_MOVED : PICK_LEFT;
	if (key == K_RIGHT || key == '>') {
		pick_open(pick, pick->list.at);
		return PICK_MOVED;
	}
	if (key == K_BACKSPACE && (pick->list.first || pick->typed.text.len == 0))
		return erase(pick);
	pick->list.first = 0;
	return type_text(pick, key);
}

void pick_start(struct pick *pick, const char *title, pick_fn *source, void *to, const char *now,
	bool several)
{
	*pick = (struct pick){.title = title, .source = source, .to = to, .several = several};
	list_start(&pick->list, _("没有符合的，退格改字"));
	list_column(&pick->list, "", 0, false);
	list_column(&pick->list, "", HINT_WIDTH, false);
	pick->list.head = false;
	pick->list.signs = SIGNS_ALL;
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
	struct list_row *row = list_add(&pick->list, (struct ref){0, 0});

	row->id = below ? FLAG_BELOW : 0;
	row->marked = pick->several && has_taken(pick, value);
	struct buf shown = {0};

	/* Right behind the name: a column of its own would cost a move in each row. */
	buf_fmt(&shown, below ? "%s..." : "%s", label);
	list_cell(&pick->list, row, AT_SHOWN, buf_cstr(&shown));
	buf_release(&shown);
	list_cell(&pick->list, row, AT_LABEL, label);
	list_cell(&pick->list, row, AT_HINT, below ? "" : hint);
	list_cell(&pick->list, row, AT_VALUE, value);
}

void pick_sign(struct pick *pick, int sign)
{
	pick->list.signs = SIGNS_OWN;
	pick->list.rows[pick->list.count - 1].sign = (char)sign;
}

/* The key of a list that moves as KEY does; 0 = it does not move. */
static int moves_as(int key)
{
	static const int moves[][2] = {
		{K_UP, K_UP},
		{K_DOWN, K_DOWN},
		{K_PAGE_UP, K_PAGE_UP},
		{K_PAGE_DOWN, K_PAGE_DOWN},
		{K_HOME, K_HOME},
		{K_END, K_END},
		{K_TAB, K_DOWN},
		{K_CTRL('N'), K_DOWN},
		{K_BACKTAB, K_UP},
		{K_CTRL('P'), K_UP},
		{' ', K_PAGE_DOWN},
	};

	for (size_t n = 0; n < countof(moves); n++) {
		if (moves[n][0] == key)
			return moves[n][1];
	}
	return 0;
}

enum pick_act pick_key(struct pick *pick, int key)
{
	int move = moves_as(key);

	if (key == K_ESC || key == K_CTRL('X'))
		return one_back(pick);
	if (key == K_ENTER)
		return choose(pick);
	if (key == '?') /* no name has it: help */
		return PICK_NOT;
	if (key == K_CTRL('O'))
		return take_all(pick);
	if (key == ' ' && pick->several)
		return mark(pick);
	if (!move)
		return type_key(pick, key);
	list_key(&pick->list, move);
	return PICK_MOVED;
}

void pick_paste(struct pick *pick, const char *text)
{
	if (edit_paste(&pick->typed, text) == EDIT_DONE)
		refill(pick);
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

bool pick_named(struct pick *pick, const char *words, unsigned *n)
{
	const char *label, *value;
	bool below = false, good = false;

	*n = 0;
	for (unsigned at = 0; !good && (label = pick_shown(pick, at, &value, &below)); at++) {
		good = strcmp(label, words) == 0 && !below;
		if (good)
			*n = at;
	}
	return good || (pick->list.shown == 1 && pick_shown(pick, 0, &value, &below) && !below);
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
			pick_add(pick, code->code, code_label(code), *typed ? "" : code->code,
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
	pick_add(pick, digits, buf_cstr(&title), "", open && area_each(area, &after, &name));
	buf_release(&title);
}

static void match_area(struct pick *pick, uint64_t area, struct bytes name, const char *typed)
{
	struct buf words = {0};
	char digits[16];

	area_short(area, digits);
	buf_put(&words, name.at, name.len);
	buf_fmt(&words, " %s", digits);
	if (list_match(buf_cstr(&words), typed))
		add_area(pick, area, false);
	buf_release(&words);
}

/* Everything below ABOVE but BUT, as deep as the lists go. */
static void match_areas(struct pick *pick, uint64_t above, const char *typed, uint64_t but)
{
	uint64_t after = 0;
	struct bytes name;

	while (area_each(above, &after, &name)) {
		if (after == but)
			continue;
		match_area(pick, after, name, typed);
		if (area_digits(after) < 12)
			match_areas(pick, after, typed, but);
	}
}

/* Its own places first, then those beside it. */
static void match_near(struct pick *pick, uint64_t area, const char *typed)
{
	struct bytes name;

	if (area_name(area, &name))
		match_area(pick, area, name, typed);
	match_areas(pick, area, typed, 0);
	if (area_above(area))
		match_areas(pick, area_above(area), typed, area);
}

void pick_areas(struct pick *pick, const char *above, const char *typed, void *to)
{
	uint64_t area = *(const uint64_t *)to, after = 0;
	const char *why;
	struct bytes name;

	if (*above && !area_parse(above, &area, &why))
		return;
	if (*typed) {
		match_near(pick, area, typed);
		return;
	}
	if (area)
		add_area(pick, area, false);
	while (area_each(area, &after, &name))
		add_area(pick, after, true);
}
