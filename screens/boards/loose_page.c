/* SPDX-License-Identifier: GPL-3.0-or-later
 * Warnings that could not be tied as lines and choices.
 */
#include "screens/loose_page.h"

#include <string.h>

#include "model/kinds.h"
#include "screens/display.h"
#include "store/station.h"

enum { NUMBER = 32 };

/* "BX-104 橙O 暴雨橙色预警" */
static void put_name(struct store *store, const struct row *row, struct buf *out)
{
	char number[NUMBER];
	enum look look;

	store_number(store, row->ref, number);
	buf_fmt(out, "%s %s ", number, display_row_colour(row, &look));
	display_title(store, row, out);
}

static void put_value(struct store *store, const struct row *row, unsigned tag, const char *before,
	struct buf *out)
{
	if (!row_value(row, tag))
		return;
	buf_text(out, before);
	display_field(store, row, field_of(row->kind, tag), false, out);
}

static void put_sent(struct store *store, const struct row *row, struct buf *out)
{
	const struct value *sent = row_value(row, warning_sent);
	char time[WHEN_TEXT];

	display_clock(sent ? sent->num : row->at, store_now(store), time);
	buf_fmt(out, _("%s发"), time);
}

/* "市气象台 05:10发 解除" */
static void put_source(struct store *store, const struct row *row, struct buf *out)
{
	put_value(store, row, warning_issuer, "", out);
	buf_byte(out, ' ');
	put_sent(store, row, out);
	put_value(store, row, warning_msgtype, " ", out);
}

static void put_other(struct store *store, const struct row *row, struct buf *out)
{
	const struct value *other = row_value(row, warning_other);
	struct arena arena = {0};
	struct fault fault;
	struct ref ref;
	struct row of;

	if (other && other->wire == WIRE_BYTES && ref_take(other->text, &ref) &&
		!store_row(store, ref, &arena, &of, &fault)) {
		buf_fmt(out, "\n%s ", _("可能是"));
		put_name(store, &of, out);
	}
	arena_release(&arena);
}

enum rc loose_page_load(
	struct page *page, struct store *store, unsigned *count, struct fault *fault)
{
	struct loose loose;
	enum rc rc = loose_load(&loose, store, fault);

	page_clear(page);
	for (unsigned n = 0; n < loose.count && !rc; n++) {
		struct arena arena = {0};
		struct buf text = {0};
		struct row row;

		rc = store_row(store, loose.at[n], &arena, &row, fault);
		if (!rc) {
			put_name(store, &row, &text);
			buf_byte(&text, '\n');
			put_source(store, &row, &text);
			buf_byte(&text, '\n');
			put_value(store, &row, warning_doubt, "", &text);
			if (row_value(&row, warning_refers))
				buf_fmt(&text, "%s%s ", display_colon(), _("写的是"));
			put_value(store, &row, warning_refers, "", &text);
			put_other(store, &row, &text);
			page_add(page, LOOK_PLAIN, &text)->ref = loose.at[n];
		}
		buf_release(&text);
		arena_release(&arena);
	}
	*count = loose.count;
	return rc;
}

void loose_page_sum(struct store *store, struct buf *out)
{
	struct loose loose;
	struct fault fault;

	if (!loose_load(&loose, store, &fault) && loose.count)
		buf_fmt(out, _("%u条预警没关联上"), loose.count);
}

/* ---- choices */

void loose_offer(struct pick *pick, const char *above, const char *typed, void *to)
{
	const struct loose_offers *offers = to;
	struct store *store = offers->store;
	struct arena arena = {0};
	struct loose fits = {.count = 0};
	struct fault fault;
	struct row row;

	(void)above;
	if (!store_row(store, offers->one, &arena, &row, &fault))
		(void)!loose_fits(store, &row, &fits, &fault);
	for (unsigned n = 0; n < fits.count; n++) {
		struct buf name = {0}, source = {0};
		char number[NUMBER];

		if (store_row(store, fits.at[n], &arena, &row, &fault))
			continue;
		store_number(store, fits.at[n], number);
		put_name(store, &row, &name);
		put_sent(store, &row, &source);
		if (list_match(buf_cstr(&name), typed))
			pick_add(pick, number, buf_cstr(&name), buf_cstr(&source), false);
		buf_release(&name);
		buf_release(&source);
	}
	arena_release(&arena);
}

struct ref loose_chosen(struct store *store, struct pick *pick)
{
	struct ref ref = {0, 0};
	struct fault fault;

	if (store_resolve(store, pick_value(pick), &ref, &fault))
		ref = (struct ref){0, 0};
	return ref;
}

void loose_pair(struct store *store, struct ref one, struct ref to, struct buf *out)
{
	struct arena arena = {0};
	struct fault fault;
	char number[NUMBER];
	struct row row;

	store_number(store, one, number);
	if (!to.seq && !store_row(store, one, &arena, &row, &fault)) {
		put_name(store, &row, out);
	} else if (to.seq && !store_row(store, to, &arena, &row, &fault)) {
		buf_fmt(out, "%s -> ", number);
		put_name(store, &row, out);
	}
	arena_release(&arena);
}

const char *loose_settled(struct ref to)
{
	return to.seq ? _("关联上了，被它更新或解除的不再要签") : _("记下了：不关联，两条各自照办");
}
