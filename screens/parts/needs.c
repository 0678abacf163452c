/* SPDX-License-Identifier: GPL-3.0-or-later
 * Collecting what needs somebody: the rules judge each open record, the rank sorts them.
 */
#include "screens/needs.h"

#include <stdlib.h>

#include "model/kinds.h"
#include "screens/display.h"
#include "store/log.h"
#include "store/station.h"
#include "work/need.h"

enum {
	RANK_STEP = 8,
	RANK_TEST = 6,
	RANK_FORCE = 7,
	NEED_WIDTH = 6,
	NEED_ENGLISH = 8,
	LEFT_WIDTH = 8,
	KIND_WIDTH = 8,
	KIND_ENGLISH = 10
};

static const unsigned ranks[NEEDS] = {
	[NEED_SIGN] = 0,
	[NEED_OVERDUE] = 1,
	[NEED_SILENT] = 2,
	[NEED_DUE] = 3,
	[NEED_EXPIRING] = 4,
	[NEED_CONFIRM] = 5,
};

struct collecting {
	struct needs *needs;
	struct store *store;
	struct arena *arena;
	int64_t now;
};

static unsigned rank_of(enum need need, const struct row *row, enum look look)
{
	unsigned rank = ranks[need] * RANK_STEP;
	const struct value *status =
		row->kind->id == KIND_warning ? row_value(row, warning_status) : NULL;

	if (status && !bytes_equal(status->text, bytes_text("actual")))
		return rank + RANK_TEST;
	return rank + (look >= LOOK_RED && look <= LOOK_BLUE ? look - LOOK_RED : RANK_TEST - 1);
}

/* Signed, but people must still live with it: it stays in sight until it is over. */
static bool in_force(struct store *store, const struct row *row, int64_t now)
{
	const struct value *end =
		row->kind->id == KIND_warning ? row_value(row, warning_expires) : NULL;
	struct ref shown;

	if (!end || row->state != warning_is_active || end->num <= now)
		return false;
	shown = warning_shown(store, row->ref);
	return shown.site == row->ref.site && shown.seq == row->ref.seq;
}

static void add_item(struct needs *needs, const struct need_item *item)
{
	if (needs->count == needs->room) {
		needs->room = needs->room ? needs->room * 2 : 64;
		needs->items = realloc(needs->items, needs->room * sizeof(*needs->items));
		if (!needs->items)
			die("%s", _("内存不够"));
	}
	needs->items[needs->count++] = *item;
}

static bool collect(const struct row *row, void *to)
{
	struct collecting *at = to;
	struct needs *needs = at->needs;
	struct need_item item = {.ref = row->ref, .kind = row->kind, .stamp = row->stamp};
	struct buf title = {0};

	item.need = store_need(at->store, row, at->now, &item.until, &item.text);
	if (!need_is_now(item.need, item.until, at->now))
		item.need = NEED_NONE;
	item.in_force = item.need != NEED_SIGN && in_force(at->store, row, at->now);
	if (item.need == NEED_NONE && !item.in_force)
		return true;
	if (item.in_force)
		item.until = row_value(row, warning_expires)->num;
	else
		needs->counts[item.need]++;
	if (item.until > at->now && (!needs->next || item.until < needs->next))
		needs->next = item.until;
	item.colour = display_row_colour(row, &item.look);
	item.rank = item.in_force ? RANK_FORCE : rank_of(item.need, row, item.look);
	display_title(at->store, row, &title);
	item.title = arena_text(at->arena, buf_cstr(&title));
	buf_release(&title);
	add_item(needs, &item);
	return true;
}

static int by_rank(const void *a, const void *b)
{
	const struct need_item *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	if (x->until != y->until)
		return x->until < y->until ? -1 : 1;
	return (x->stamp > y->stamp) - (x->stamp < y->stamp);
}

enum rc needs_load(struct needs *needs, struct store *store, int64_t now, struct arena *arena,
	struct fault *fault)
{
	struct collecting at = {needs, store, arena, now};

	needs_release(needs);
	enum rc rc = store_each_open(store, collect, &at, fault);
	if (!rc && needs->count)
		qsort(needs->items, needs->count, sizeof(*needs->items), by_rank);
	return rc;
}

void needs_release(struct needs *needs)
{
	free(needs->items);
	*needs = (struct needs){0};
}

/* A warning that is signed and still in force does not "expire" like a tin of food. */
static const char *need_label(const struct need_item *item)
{
	return item->kind->id == KIND_warning && item->need != NEED_SIGN
		       ? _("生效中")
		       : _(need_labels[item->need]);
}

void needs_list(const struct needs *needs, struct list *list, int64_t now, bool wide)
{
	list->column_count = 0;
	list_column(list, "", words_english() ? NEED_ENGLISH : NEED_WIDTH, false);
	list_column(list, "", LEFT_WIDTH, true);
	if (wide)
		list_column(list, "", words_english() ? KIND_ENGLISH : KIND_WIDTH, false);
	list_column(list, "", 0, false);
	list_clear(list);
	for (unsigned n = 0; n < needs->count && n < NEEDS_SHOWN; n++) {
		const struct need_item *item = &needs->items[n];
		struct list_row *row = list_add(list, item->ref);
		struct buf text = {0};

		row->id = n;
		row->look = item->need == NEED_SIGN ? item->look : LOOK_PLAIN;
		list_cell(list, row, 0, need_label(item));
		if (item->until)
			display_left(item->until, now, &text);
		list_cell(list, row, 1, buf_cstr(&text));
		buf_clear(&text);
		buf_fmt(&text, "%s%s%s", item->colour, *item->colour ? " " : "", item->title);
		list_cell(list, row, wide ? 3 : 2, buf_cstr(&text));
		if (wide)
			list_cell(list, row, 2, _(item->kind->label));
		buf_release(&text);
	}
	list_done(list);
}

void needs_sum(const struct needs *needs, struct buf *out)
{
	static const enum need order[] = {
		NEED_SIGN, NEED_OVERDUE, NEED_SILENT, NEED_DUE, NEED_EXPIRING, NEED_CONFIRM};

	for (size_t n = 0; n < countof(order); n++) {
		if (needs->counts[order[n]])
			buf_fmt(out, "%s%s%s%u", out->len ? " " : "", _(need_labels[order[n]]),
				display_gap(), needs->counts[order[n]]);
	}
}

struct alarm {
	struct store *store;
	/* Of all that are loud, by arrival here: stamps are of clocks that may be years ahead, and
	 * such a one would mute all that come after it. */
	uint64_t newest;
	uint64_t shown; /* stamp of the one in TEXT */
	enum look look; /* of the one in TEXT */
	struct buf *text;
};

static bool hear(const struct row *row, void *to)
{
	struct alarm *alarm = to;
	enum look look;
	const char *colour = display_row_colour(row, &look), *why;
	int64_t until;

	if ((look != LOOK_RED && look != LOOK_ORANGE) ||
		store_need(alarm->store, row, store_now(alarm->store), &until, &why) != NEED_SIGN)
		return true;
	uint64_t arrived = log_arrived(store_log(alarm->store), row->ref);
	if (arrived > alarm->newest)
		alarm->newest = arrived;
	bool redder = alarm->text->len == 0 || look < alarm->look ||
		      (look == alarm->look && row->stamp > alarm->shown);
	if (!redder)
		return true;
	alarm->look = look;
	alarm->shown = row->stamp;
	buf_clear(alarm->text);
	buf_fmt(alarm->text, _("！%s "), colour);
	display_title(alarm->store, row, alarm->text);
	buf_text(alarm->text, _("（h s 签收）"));
	return true;
}

enum rc needs_alarm(
	struct store *store, uint64_t *heard, struct buf *text, bool *fresh, struct fault *fault)
{
	struct query query = query_all(KIND_warning);
	struct alarm alarm = {.store = store, .text = text};

	query.state_flags = STATE_OPEN;
	enum rc rc = store_each(store, &query, hear, &alarm, fault);
	*fresh = alarm.newest > *heard;
	if (*fresh)
		*heard = alarm.newest;
	return rc;
}
