/* SPDX-License-Identifier: GPL-3.0-or-later
 * What needs somebody, as rows of a list, in a sentence, and as the line of a loud warning.
 */
#include "screens/needs.h"

#include "model/kinds.h"
#include "screens/display.h"
#include "store/station.h"

enum { NEED_WIDTH = 6, NEED_ENGLISH = 8, LEFT_WIDTH = 8, KIND_WIDTH = 8, KIND_ENGLISH = 10 };

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
		enum look look;
		const char *colour = display_colour(item->colour, &look);

		row->id = n;
		row->look = item->need == NEED_SIGN ? look : LOOK_PLAIN;
		list_cell(list, row, 0, need_label(item));
		if (item->until)
			display_left(item->until, now, &text);
		list_cell(list, row, 1, buf_cstr(&text));
		buf_clear(&text);
		buf_fmt(&text, "%s%s%s", colour, *colour ? " " : "", item->title);
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

/* What there is to do about it, and until when. */
static void put_rest(struct store *store, const struct row *row, struct buf *rest)
{
	const char *why;
	int64_t until = 0, now = store_now(store);
	enum need need = need_of(store, row, now, &until, &why);

	if (until) {
		display_left(until, now, rest);
		buf_byte(rest, ' ');
	}
	buf_text(rest, need == NEED_SIGN ? _("未签") : _(need_labels[need]));
}

enum rc needs_alarm(struct store *store, uint64_t *heard, struct alarm *alarm, struct fault *fault)
{
	struct arena arena = {0};
	struct needs_loud loud = {0};
	struct row row;
	enum look look;
	enum rc rc = needs_loudest(store, &loud, fault);

	*alarm = (struct alarm){.ring = loud.ring};
	if (!rc && loud.ref.seq && !(rc = store_row(store, loud.ref, &arena, &row, fault))) {
		const char *colour = display_colour(loud.colour, &look);

		buf_fmt(&alarm->what, "!!%s ", *colour ? colour : _(row.kind->label));
		display_title(store, &row, &alarm->what);
		put_rest(store, &row, &alarm->rest);
	}
	arena_release(&arena);
	alarm->fresh = !rc && loud.newest > *heard;
	if (alarm->fresh)
		*heard = loud.newest;
	return rc;
}
