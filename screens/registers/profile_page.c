/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a place has and lacks, as lines and rows.
 */
#include "screens/profile_page.h"

#include "model/area.h"
#include "model/codes.h"
#include "screens/display.h"
#include "store/station.h"

enum { PERCENT = 100, NAME = 12, BELOW = 1 << 20 };

/* ---- lines */

/* Codes of risk count from 1, the gravest. */
static void put_colour(const struct haves *haves, struct buf *out)
{
	enum look look;

	if (haves->colour)
		buf_text(out, display_colour((unsigned)(*haves->colour->name - '1'), &look));
	else
		buf_text(out, _("没有"));
}

void profile_sum(const struct haves *haves, struct buf *out)
{
	if (haves->count)
		buf_fmt(out, _("应有%u项 有%u项 %u%%  "), haves->count, haves->met,
			PERCENT * haves->met / haves->count);
	buf_text(out, _("风险色 "));
	put_colour(haves, out);
	if (haves->colour)
		buf_fmt(out, _("（%s%u）"), _(haves->kind->label), haves->coloured);
}

void profile_have(const struct have *have, struct buf *out)
{
	buf_fmt(out, "%s %s  %lld/%lld", have->met ? _("有") : _("缺"), rule_text(have->rule),
		(long long)have->found, (long long)have->wanted);
}

void profile_place(const struct haves *haves, struct buf *out)
{
	struct buf text = {0};
	const char *before = _("缺：");

	display_place(haves->area, &text);
	display_cell(&text, NAME, out);
	buf_fmt(&text, "%u/%u", haves->met, haves->count);
	display_cell(&text, 5, out);
	put_colour(haves, &text);
	display_cell(&text, 4, out);
	for (unsigned n = 0; n < haves->count; n++) {
		if (haves->rows[n].met)
			continue;
		buf_fmt(out, "%s%s", before, rule_text(haves->rows[n].rule));
		before = _("、");
	}
	buf_release(&text);
}

/* ---- rows */

static void add_row(struct profile_page *page, unsigned id, struct buf *text, enum look look)
{
	struct list_row *row = list_add(&page->tally.list, (struct ref){1, id + 1});

	row->id = id;
	row->look = look;
	list_cell(&page->tally.list, row, 0, buf_cstr(text));
	buf_clear(text);
}

void profile_page_lay(struct profile_page *page, unsigned columns)
{
	struct list *list = &page->tally.list;
	struct buf text = {0};

	arena_release(&page->lines);
	list->column_count = 0;
	list_column(list, "", 0, false);
	list_clear(list);
	/* What is lacking first. */
	for (unsigned met = 0; met < 2; met++)
		for (unsigned n = 0; n < page->own.count; n++)
			if (page->own.rows[n].met == met) {
				profile_have(&page->own.rows[n], &text);
				add_row(page, n, &text, met ? LOOK_PLAIN : LOOK_MARK);
			}
	for (unsigned n = 0; n < page->below.count; n++) {
		profile_place(&page->below.places[n], &text);
		add_row(page, BELOW + n, &text, LOOK_PLAIN);
	}
	list_done(list);
	tally_clear(&page->tally);
	profile_sum(&page->own, &text);
	tally_head(&page->tally, LOOK_TITLE, arena_text(&page->lines, buf_cstr(&text)));
	buf_release(&text);
	page->tally.columns = columns;
}

enum rc profile_page_load(struct profile_page *page, const struct actor *actor, struct arena *arena,
	struct fault *fault)
{
	struct world world;

	if (!page->tally.started)
		tally_start(&page->tally, _("规则没有写这一级应有什么（have 行）"));
	if (!page->area)
		page->area = store_area(actor->store);
	page->tally.columns = 0;
	world_open(&world, actor->store, actor->user, store_now(actor->store));
	enum rc rc = haves_load(&page->own, &world, page->area, arena, fault);
	if (!rc)
		rc = haves_load_below(&page->below, &world, page->area, arena, fault);
	return rc;
}

void profile_page_at(
	struct profile_page *page, const struct have **have, const struct haves **place)
{
	const struct list_row *row = list_row(&page->tally.list);

	*have = row && row->id < BELOW ? &page->own.rows[row->id] : NULL;
	*place = row && row->id >= BELOW ? &page->below.places[row->id - BELOW] : NULL;
}

void profile_page_release(struct profile_page *page)
{
	tally_release(&page->tally);
	arena_release(&page->lines);
}
