/* SPDX-License-Identifier: GPL-3.0-or-later
 * The list widget. Rows are kept in the order they came; `order` says which are shown and where, so
 * that sorting and filtering move numbers, not rows.
 */
#include "ui/list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/pinyin.h"

enum { FILTER_BYTES = 120, ONE_DIGIT = 9, TWO_DIGITS = 99 };

#define NOTHING (~0u)

static const char *text_of(const struct list_row *row, unsigned column)
{
	return row->cells[column] ? row->cells[column] : "";
}

/* Rows are compared by number: rows and order move when the list grows, so they are looked up in
 * LIST. */
static int row_order(const struct list *list, unsigned a, unsigned b)
{
	int by = list->sort < 0 ? 0
				: text_order(text_of(&list->rows[a], (unsigned)list->sort),
					  text_of(&list->rows[b], (unsigned)list->sort));

	if (list->backwards)
		by = -by;
	if (by)
		return by;
	return list->sort < 0 && list->backwards ? (a < b) - (a > b) : (a > b) - (a < b);
}

/* Merge sort: stable, and it takes the list along where qsort could not. */
static void sort_order(const struct list *list, unsigned *order, unsigned *room, unsigned count)
{
	unsigned half = count / 2, left = 0, right = half;

	if (count < 2)
		return;
	sort_order(list, order, room, half);
	sort_order(list, order + half, room, count - half);
	for (unsigned n = 0; n < count; n++) {
		bool first = right >= count ||
			     (left < half && row_order(list, order[left], order[right]) <= 0);
		room[n] = order[first ? left++ : right++];
	}
	memcpy(order, room, count * sizeof(*order));
}

static bool row_fits(const struct list *list, const struct list_row *row, const char *words)
{
	struct buf all = {0};

	for (unsigned n = 0; n < list->column_count; n++) {
		buf_text(&all, text_of(row, n));
		buf_byte(&all, ' ');
	}
	bool fits = list_match(buf_cstr(&all), words);
	buf_release(&all);
	return fits;
}

/* The number of the current row, or NOTHING. */
static unsigned current(const struct list *list)
{
	return list->at < list->shown ? list->order[list->at] : NOTHING;
}

static bool is_heading(const struct list *list, unsigned n)
{
	return n < list->shown && list->rows[list->order[n]].heading;
}

/* The row that is no heading, from AT on in the direction STEP, else the other way. */
static unsigned row_near(const struct list *list, unsigned at, int step)
{
	for (int turn = 0; turn < 2; turn++, step = -step)
		for (long n = at; n >= 0 && n < (long)list->shown; n += step)
			if (!is_heading(list, (unsigned)n))
				return (unsigned)n;
	return at;
}

/* Work out again what is shown; the marker stays on row KEEP where it can. */
static void arrange(struct list *list, unsigned keep)
{
	unsigned *room = memory_size(NULL, list->count + 1, sizeof(*room));
	const char *words = edit_text(&list->filter);

	list->order = memory_size(list->order, list->count + 1, sizeof(*list->order));
	list->shown = 0;
	for (unsigned n = 0; n < list->count; n++) {
		if (!*words || row_fits(list, &list->rows[n], words))
			list->order[list->shown++] = n;
	}
	sort_order(list, list->order, room, list->shown);
	free(room);
	list->at = row_near(list, 0, 1);
	for (unsigned n = 0; keep != NOTHING && n < list->shown; n++) {
		if (list->order[n] == keep)
			list->at = n;
	}
}

static void move_to(struct list *list, long at)
{
	int step = at < (long)list->at ? -1 : 1;

	if (list->shown == 0)
		at = 0;
	else if (at >= (long)list->shown)
		at = (long)list->shown - 1;
	list->at = row_near(list, at < 0 ? 0 : (unsigned)at, step);
}

void list_settle(struct list *list)
{
	list->at = row_near(list, list->at, 1);
}

static enum list_act move_on(struct list *list, long step)
{
	bool end = list->at + 1 >= list->shown;

	if (step > 0 && end && list->total > list->count)
		return LIST_MORE;
	move_to(list, (long)list->at + step);
	return LIST_MOVED;
}

static void drop_filter(struct list *list)
{
	edit_set(&list->filter, "");
	list->typing = false;
	arrange(list, current(list));
}

static enum list_act filter_key(struct list *list, int key)
{
	switch (key) {
	case K_ENTER:
		list->typing = false;
		return LIST_MOVED;
	case K_ESC:
	case K_CTRL('X'):
	case K_CTRL('U'):
		drop_filter(list);
		return LIST_MOVED;
	case K_UP:
	case K_DOWN:
		list->typing = false;
		return move_on(list, key == K_UP ? -1 : 1);
	case K_BACKSPACE:
		if (list->filter.text.len == 0)
			list->typing = false;
		break;
	default:
		break;
	}
	if (edit_key(&list->filter, key) == EDIT_NOT)
		return LIST_NOT;
	arrange(list, current(list));
	list->at = list->top = 0;
	return LIST_MOVED;
}

/* By each column, one way and then the other, and as they came. */
static void sort_next(struct list *list)
{
	bool turn = list->sort >= 0 && !list->backwards;

	list->backwards = turn;
	if (!turn)
		list->sort++;
	if (list->sort >= (int)list->column_count)
		list->sort = -1;
	arrange(list, current(list));
}

static enum list_act change_key(struct list *list, int key)
{
	bool filtered = list->filter.text.len > 0;

	if ((key == K_ESC || key == K_CTRL('X') || key == 'q') && filtered) {
		drop_filter(list);
		return LIST_MOVED;
	}
	if (key == '/' && !list->plain) {
		list->typing = true;
		return LIST_MOVED;
	}
	if (key == 'o' && !list->plain) {
		sort_next(list);
		return LIST_MOVED;
	}
	if (key == 'x' && list->marks && list_row(list)) {
		list_row(list)->marked = !list_row(list)->marked;
		return move_on(list, 1) == LIST_MORE ? LIST_MORE : LIST_MOVED;
	}
	return LIST_NOT;
}

void list_start(struct list *list, const char *empty)
{
	*list = (struct list){.sort = -1, .head = true, .empty = empty, .page = 10};
	edit_start(&list->filter, EDIT_LINE, FILTER_BYTES, "");
}

void list_release(struct list *list)
{
	free(list->rows);
	free(list->order);
	edit_release(&list->filter);
	arena_release(&list->arena);
	*list = (struct list){0};
}

void list_column(struct list *list, const char *label, unsigned width, bool right)
{
	assert(list->column_count < LIST_COLUMNS);
	list->columns[list->column_count++] =
		(struct list_column){.label = label, .width = width, .right = right};
}

void list_clear(struct list *list)
{
	const struct list_row *row = list_row(list);

	list->kept = row ? row->ref : (struct ref){0, 0};
	list->kept_at = list->at;
	list->count = list->shown = list->total = 0;
	list->first = 0;
	arena_release(&list->arena);
}

struct list_row *list_add(struct list *list, struct ref ref)
{
	list->rows = array_more(list->rows, list->count, &list->room, sizeof(*list->rows));
	struct list_row *row = &list->rows[list->count++];
	*row = (struct list_row){.ref = ref};
	return row;
}

void list_cell(struct list *list, struct list_row *row, unsigned column, const char *text)
{
	if (column < LIST_COLUMNS)
		row->cells[column] = arena_text(&list->arena, text);
}

static bool list_find(struct list *list, struct ref ref)
{
	for (unsigned n = 0; n < list->shown; n++) {
		const struct list_row *row = &list->rows[list->order[n]];

		if (row->ref.site == ref.site && row->ref.seq == ref.seq) {
			list->at = n;
			return true;
		}
	}
	return false;
}

void list_done(struct list *list)
{
	arrange(list, NOTHING);
	if (!list->kept.seq || !list_find(list, list->kept))
		move_to(list, (long)list->kept_at);
	list->kept = (struct ref){0, 0};
	list->kept_at = 0;
}

unsigned list_sign_keys(const struct list *list)
{
	unsigned all =
		list->total > list->shown && !list->filter.text.len ? list->total : list->shown;

	switch (list->signs) {
	case SIGNS_NONE:
		return 0;
	case SIGNS_ALL:
		return all > ONE_DIGIT ? 2 : 1;
	case SIGNS_NINE:
	case SIGNS_OWN:
		break;
	}
	return 1;
}

void list_sign(const struct list *list, unsigned n, char sign[3])
{
	unsigned most = list_sign_keys(list) == 2 ? TWO_DIGITS : ONE_DIGIT, number = 1;

	sign[0] = '\0';
	if (n >= list->shown || list->signs == SIGNS_NONE || is_heading(list, n))
		return;
	for (unsigned row = 0; row < n; row++)
		number += !is_heading(list, row);
	if (list->signs == SIGNS_OWN)
		snprintf(sign, 3, "%c", list->rows[list->order[n]].sign);
	else if (number <= most)
		snprintf(sign, 3, most == TWO_DIGITS ? "%02u" : "%u", number % (TWO_DIGITS + 1));
}

enum list_act list_sign_key(struct list *list, int key)
{
	char first = list->first, sign[3];
	bool begins = false;

	list->first = 0;
	if (key <= 0 || key >= 0x80)
		return LIST_NOT;
	for (unsigned n = 0; n < list->shown && n < TWO_DIGITS; n++) {
		list_sign(list, n, sign);
		if (first ? sign[0] == first && sign[1] == key : sign[0] == key && !sign[1]) {
			list->at = n;
			return LIST_CHOSEN;
		}
		begins |= !first && sign[0] == key;
	}
	list->first = begins ? (char)key : 0;
	return begins ? LIST_MOVED : LIST_NOT;
}

void list_paste(struct list *list, const char *text)
{
	if (!list->typing || edit_paste(&list->filter, text) != EDIT_DONE)
		return;
	arrange(list, current(list));
	list->at = list->top = 0;
}

static enum list_act move_key(struct list *list, int key)
{
	switch (key) {
	case 'k':
	case K_UP:
		return move_on(list, -1);
	case 'j':
	case K_DOWN:
		return move_on(list, 1);
	case ' ':
	case K_PAGE_DOWN:
		return move_on(list, (long)list->page);
	case '-':
	case K_PAGE_UP:
		return move_on(list, -(long)list->page);
	case 'g':
	case K_HOME:
		move_to(list, 0);
		return LIST_MOVED;
	case 'G':
	case K_END:
		move_to(list, (long)list->shown - 1);
		return LIST_MOVED;
	default:
		return change_key(list, key);
	}
}

/* Where signs have two digits each first one waits for the second: who presses 5 for the fifth row
 * is told that there is more to come. */
static enum list_act digit_key(struct list *list, int key)
{
	bool half = list->first != 0;
	enum list_act act = list_sign_key(list, key);

	if (act != LIST_NOT || half || list_sign_keys(list) != 2)
		return act;
	list->first = (char)key;
	return LIST_MOVED;
}

enum list_act list_key(struct list *list, int key)
{
	bool half = list->first != 0;

	if (list->typing)
		return filter_key(list, key);
	if (key >= '0' && key <= '9')
		return digit_key(list, key);
	list->first = 0;
	if (half && key == K_BACKSPACE)
		return LIST_MOVED;
	if (key == K_ENTER)
		return list_row(list) ? LIST_CHOSEN : LIST_MOVED;
	return move_key(list, key);
}

struct list_row *list_row(struct list *list)
{
	return list_shown(list, list->at);
}

struct list_row *list_shown(struct list *list, unsigned n)
{
	return n < list->shown ? &list->rows[list->order[n]] : NULL;
}

void list_filter(struct list *list, const char *words)
{
	edit_set(&list->filter, words);
	arrange(list, current(list));
}

bool list_match(const char *text, const char *words)
{
	char word[FILTER_BYTES + 1];

	for (const char *at = words; *at;) {
		size_t len = strcspn(at, " "), put = 0;
		bool letters = true;

		for (size_t n = 0; n < len && put < FILTER_BYTES; n++) {
			char c = at[n];

			if (c >= 'A' && c <= 'Z')
				c = (char)(c - 'A' + 'a');
			letters = letters && c >= 'a' && c <= 'z';
			word[put++] = c;
		}
		word[put] = '\0';
		if (put > 0 && !strcasestr(text, word) && !(letters && pinyin_match(text, word)))
			return false;
		at += len + strspn(at + len, " ");
	}
	return true;
}
