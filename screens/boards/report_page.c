/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board B as lines and rows.
 */
#include "screens/report_table.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "screens/display.h"
#include "screens/figures_line.h"

enum { NAME = 14, NAME_NARROW = 12, NAME_VERSION = 17, MARKER = 2, DOUBTS_SHOWN = 6 };

static void head(struct report_page *page, const char *name, const char *behind,
	const struct loss_numbers *numbers, bool wide)
{
	struct buf line = {0};

	report_put_name(&line, name, behind, MARKER + (wide ? NAME : NAME_NARROW));
	report_put_numbers(&line, numbers, wide, numbers == &page->losses.difference);
	tally_head(&page->tally, LOOK_PLAIN, arena_text(page->arena, buf_cstr(&line)));
	buf_release(&line);
}

/* Before it '?' where the station above has not proven that it holds the newest report. */
static const char *level_name(const struct report_page *page)
{
	const char *name = _(level_labels[store_station(page->world.store)->level]);

	return page->losses.own->proven ? name : arena_fmt(page->arena, "?%s", name);
}

static const char *places_name(const struct report_page *page)
{
	static const char *const names[LEVELS] = {"", N_("村"), N_("乡镇"), N_("县"), N_("市")};

	return _(names[store_station(page->world.store)->level]);
}

/* Up to when the numbers of the places below count: "现在" while they are fresh, or final. */
static const char *counted(const struct report_page *page)
{
	const struct losses *losses = &page->losses;
	bool final = losses->own && losses->own->stage == LOSS_VERIFIED;
	int64_t newest = 0;
	struct buf text = {0};

	for (unsigned n = 0; n < losses->place_count; n++)
		if (losses->places[n].newest && losses->places[n].newest->at > newest)
			newest = losses->places[n].newest->at;
	if (!final)
		(void)figures_age(newest, page->world.around.now, losses_interval(), &text);
	const char *kept = text.len ? arena_text(page->arena, buf_cstr(&text)) : _("现在");
	buf_release(&text);
	return kept;
}

static void add_heads(struct report_page *page, bool wide)
{
	const struct losses *losses = &page->losses;
	struct buf line = {0};

	report_put_name(&line, places_name(page), "", MARKER + (wide ? NAME : NAME_NARROW));
	for (unsigned f = 0; f < LOSS_FIGURES; f++) {
		size_t from = line.len;

		if (!report_width(f, wide))
			continue;
		const char *label = report_label(f);
		size_t used;

		buf_put(&line, label, text_cut(label, report_width(f, wide) - 1, &used));
		report_pad(&line, from, report_width(f, wide));
	}
	report_trim(&line);
	tally_head(&page->tally, LOOK_KEY, arena_text(page->arena, buf_cstr(&line)));
	buf_release(&line);
	if (wide)
		head(page, _("昨日24时"), "", &losses->yesterday, wide);
	if (losses->own) {
		report_stage_text(losses->own, &line);
		if (wide)
			buf_byte(&line, ' ');
		if (wide)
			report_put_time(page, losses->own->at, &line);
		head(page, level_name(page), buf_cstr(&line), &losses->own->numbers, wide);
	}
	head(page, _("合计"), counted(page), &losses->sum, wide);
	if (losses->own)
		head(page, _("差"), "", &losses->difference, wide);
	buf_release(&line);
}

/* ---- rows */

static void put_where(const struct report_page *page, const struct report_row *row, struct buf *out)
{
	const struct loss_report *report = row->report;

	if (report && !report->proven)
		buf_byte(out, '?');
	if (page->versions)
		report_put_time(page, report->at, out);
	else
		display_place(row->place ? row->place->area : report->area, out);
}

/* Which report it is; '!' marks one that went back. */
static void put_which(const struct loss_report *report, struct buf *out)
{
	if (report)
		report_stage_text(report, out);
	if (report && report->state == report_is_returned)
		buf_byte(out, '!');
}

/* What stands behind a row's name instead of numbers. */
static void put_silence(
	const struct report_page *page, const struct loss_place *place, struct buf *out)
{
	int64_t zero = place->quiet ? place->quiet : place->zero;
	int64_t at = zero ? zero : place->urged;

	buf_text(out, zero ? _("零报告") : place->urged ? _("没报，已催") : _("没报"));
	if (at)
		buf_byte(out, ' ');
	if (at)
		report_put_time(page, at, out);
}

static const struct loss_report *version_before(
	const struct report_page *page, const struct loss_report *report)
{
	const struct loss_report *at;

	for (unsigned n = 0; (at = losses_version(&page->losses, report->area, n)); n++)
		if (at == report)
			return losses_version(&page->losses, report->area, n + 1);
	return NULL;
}

/* What a version says, or what it says differently from the one before it. */
static void put_version(
	const struct report_page *page, const struct loss_report *report, struct buf *out)
{
	const struct loss_report *last = version_before(page, report);
	struct buf said = {0};

	if (last)
		report_differs(&last->numbers, &report->numbers, &said);
	else
		report_words(&report->numbers, &said);
	buf_text(out, said.len ? buf_cstr(&said) : last ? _("没有变化") : _("没有数字"));
	buf_release(&said);
}

static void put_row(
	const struct report_page *page, const struct report_row *row, bool wide, struct buf *out)
{
	struct buf where = {0}, which = {0};

	put_where(page, row, &where);
	put_which(row->report, &which);
	report_put_name(out, buf_cstr(&where), buf_cstr(&which),
		page->versions ? NAME_VERSION
		: wide         ? NAME
			       : NAME_NARROW);
	buf_release(&where);
	buf_release(&which);
	if (page->versions)
		put_version(page, row->report, out);
	else if (row->report)
		report_put_numbers(out, &row->report->numbers, wide, false);
	else
		put_silence(page, row->place, out);
}

static void fill_list(struct report_page *page, bool wide)
{
	struct list *list = &page->tally.list;
	struct buf text = {0};

	list->column_count = 0;
	list_column(list, "", 0, false);
	list_clear(list);
	for (unsigned n = 0; n < page->row_count; n++) {
		const struct report_row *row = &page->rows[n];
		struct ref ref = row->report ? row->report->ref
					     : (struct ref){row->place ? row->place->area : 0, 1};
		struct list_row *line = list_add(list, ref);

		line->id = n;
		if (row->report && row->report->skips && !row->place)
			line->look = LOOK_BAD;
		buf_clear(&text);
		put_row(page, row, wide, &text);
		list_cell(list, line, 0, buf_cstr(&text));
	}
	list_done(list);
	buf_release(&text);
}

/* ---- lines */

static void add_doubts(struct report_page *page, bool wide)
{
	unsigned most = wide ? DOUBTS_SHOWN : 1;

	for (unsigned n = 0; n < page->doubts.count && n < most; n++)
		tally_foot(&page->tally,
			page->doubts.at[n].kind == DOUBT_LATE ? LOOK_PLAIN : LOOK_MARK,
			page->doubt_lines[n]);
}

void report_page_lay(struct report_page *page, unsigned columns)
{
	bool wide = columns >= TALLY_NARROW;

	if (page->tally.columns == columns)
		return;
	tally_clear(&page->tally);
	if (*page->losses.event) {
		/* Plain: what a key changes here has to stay short. */
		tally_head(&page->tally, LOOK_PLAIN, wide ? page->since : page->since_narrow);
		for (unsigned n = 0; n < page->skip_count; n++)
			tally_head(&page->tally, LOOK_BAD, page->skip_lines[n]);
		if (!page->versions)
			add_heads(page, wide);
	}
	tally_foot(&page->tally, LOOK_MARK, page->silent);
	add_doubts(page, wide);
	fill_list(page, wide);
	page->tally.columns = columns;
}

const struct report_row *report_page_row(struct report_page *page)
{
	const struct list_row *row = page->tally.started ? list_row(&page->tally.list) : NULL;

	return row ? &page->rows[row->id] : NULL;
}

const struct loss_doubt *report_row_doubt(
	const struct report_page *page, const struct report_row *row)
{
	for (unsigned n = 0; row && row->report && n < page->doubts.count; n++) {
		const struct loss_doubt *doubt = &page->doubts.at[n];

		if (doubt->area == row->report->area && doubt->kind != DOUBT_LATE &&
			doubt->kind != DOUBT_LEFT_OUT && doubt->kind != DOUBT_SHELTERS)
			return doubt;
	}
	return NULL;
}

const struct loss_doubt *report_page_doubt(struct report_page *page)
{
	return report_row_doubt(page, report_page_row(page));
}

void report_version_line(
	const struct report_page *page, const struct loss_report *report, struct buf *out)
{
	report_put_time(page, report->at, out);
	buf_byte(out, ' ');
	put_which(report, out);
	buf_byte(out, ' ');
	put_version(page, report, out);
}

void report_page_line(const struct report_page *page, const struct report_row *row, struct buf *out)
{
	put_where(page, row, out);
	buf_byte(out, ' ');
	put_which(row->report, out);
	if (row->report && !page->versions)
		report_words(&row->report->numbers, out);
	else if (row->report)
		buf_byte(out, ' ');
	if (row->report && page->versions)
		put_version(page, row->report, out);
	else if (!row->report)
		put_silence(page, row->place, out);
}

void report_page_release(struct report_page *page)
{
	tally_release(&page->tally);
}
