/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board B read from the store: which rows it has, and the lines round them.
 */
#include <stdio.h>
#include <string.h>

#include "base/when.h"
#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "screens/report_table.h"
#include "screens/display.h"
#include "work/in_force.h"

enum { SILENT_SHOWN = 8 };

/* ---- rows */

static void add_row(
	struct report_page *page, const struct loss_place *place, const struct loss_report *report)
{
	page->rows[page->row_count++] = (struct report_row){place, report};
}

static void add_versions(struct report_page *page)
{
	const struct loss_report *report;

	for (unsigned n = 0; (report = losses_version(&page->losses, page->versions, n)); n++)
		add_row(page, NULL, report);
}

static void add_places(struct report_page *page)
{
	const struct losses *losses = &page->losses;
	const struct loss_report *report;

	for (unsigned n = 0; (report = losses_skipping(losses, n)); n++)
		add_row(page, NULL, report);
	for (unsigned n = 0; n < losses->place_count; n++)
		if (losses->places[n].newest || page->all)
			add_row(page, &losses->places[n], losses->places[n].newest);
}

/* ---- lines */

static void put_reached(const struct report_page *page, const struct loss_report *report,
	const char *level, struct buf *out)
{
	buf_byte(out, ' ');
	report_stage_text(report, out);
	buf_byte(out, ' ');
	report_put_time(page, report->at, out);
	buf_fmt(out, report->proven ? _("(%s有)") : _("(%s没证实)"), level);
}

static void put_next(const struct report_page *page, struct buf *out)
{
	struct loss_report next = {0};
	int64_t at = losses_next(&page->losses, &next.stage, &next.serial);
	char time[WHEN_TEXT];
	struct buf which = {0};

	if (page->losses.owed_until) {
		when_short(page->losses.owed_until, page->world.around.now, time);
		buf_fmt(out, _("零报告 %s前"), time);
	}
	if (!at)
		return;
	buf_text(out, out->len ? "  " : "");
	report_stage_text(&next, &which);
	when_short(at, page->world.around.now, time);
	buf_fmt(out, _("下份%s %s前"), buf_cstr(&which), time);
	buf_release(&which);
}

static const char *level_above(const struct report_page *page)
{
	int level = store_station(page->world.store)->level;

	return level + 1 < LEVELS ? _(level_labels[level + 1]) : "";
}

/* Today's zero report of this place, and whether the level above has it. */
static void put_zero(const struct report_page *page, struct buf *out)
{
	const struct loss_report *zero = page->losses.own_zero;

	if (!zero)
		return;
	buf_fmt(out, " %s%s", _("零报告"), display_gap());
	report_put_time(page, zero->at, out);
	if (store_station(page->world.store)->joined)
		buf_fmt(out, zero->proven ? _("(%s有)") : _("(%s没证实)"), level_above(page));
}

/* "02:42起  报县 初报03:52(县有) 续1 04:39(县没证实)  下份续2 06:00前" */
static void put_since(struct report_page *page)
{
	const struct losses *losses = &page->losses;
	const struct station *own = store_station(page->world.store);
	const char *level = level_above(page);
	struct buf text = {0}, next = {0};
	char time[WHEN_TEXT];

	when_short(losses->from, page->world.around.now, time);
	buf_fmt(&text, _("%s起"), time);
	put_zero(page, &text);
	buf_text(&text, "  ");
	put_next(page, &next);
	page->since_narrow = arena_fmt(page->arena, "%s%s", buf_cstr(&text), buf_cstr(&next));
	buf_clear(&text);
	buf_fmt(&text, _("%s起"), time);
	buf_text(&text, "  ");
	if (!losses->own)
		buf_text(&text, _("本级还没报"));
	else if (own->joined)
		buf_fmt(&text, _("报%s"), level);
	if (losses->own && own->joined) {
		if (losses->own_first != losses->own)
			put_reached(page, losses->own_first, level, &text);
		put_reached(page, losses->own, level, &text);
	}
	put_zero(page, &text);
	page->since = arena_fmt(page->arena, "%s%s%s%s%s", buf_cstr(&text),
		text.at[text.len - 1] == ' ' ? "" : "  ", buf_cstr(&next),
		losses->event_count > 1 ? "  " : "", losses->event_count > 1 ? _("f 下一场") : "");
	buf_release(&text);
	buf_release(&next);
}

/* It said that all is well, and then the event began. */
static bool place_early(const struct loss_place *place)
{
	return place->zero && !place->quiet && !place->newest;
}

static void put_silent(struct report_page *page)
{
	const struct losses *losses = &page->losses;
	struct buf text = {0};
	unsigned shown = 0, early = 0;

	page->silent = "";
	if (!losses->place_count)
		return;
	for (unsigned n = 0; n < losses->place_count; n++)
		early += place_early(&losses->places[n]);
	buf_fmt(&text, _("零报告%u"), losses->quiet);
	if (early)
		buf_fmt(&text, _("(灾前%u)"), early);
	buf_fmt(&text, _(" 没报%u"), losses->silent);
	for (unsigned n = 0; n < losses->place_count && shown < SILENT_SHOWN; n++) {
		const struct loss_place *place = &losses->places[n];

		if (!loss_silent(place))
			continue;
		buf_text(&text, shown++ ? " " : ": ");
		display_place(place->area, &text);
		if (place->urged)
			buf_text(&text, _("(催)"));
	}
	page->silent = arena_text(page->arena, buf_cstr(&text));
	buf_release(&text);
}

static const char *skip_line(const struct report_page *page, const struct loss_report *report)
{
	struct buf place = {0};
	char time[WHEN_TEXT];

	display_area(report->area, &place);
	when_short(report->at, page->world.around.now, time);
	const char *line = arena_fmt(page->arena, _("越级 %s %s %s 未经审核"), buf_cstr(&place),
		rule_text(report->skips), time);
	buf_release(&place);
	return line;
}

static void put_lines(struct report_page *page)
{
	const struct losses *losses = &page->losses;
	const struct loss_report *report;
	struct buf text = {0};

	page->skip_count = 0;
	page->skip_lines = arena_get(page->arena, (losses->count + 1) * sizeof *page->skip_lines);
	for (unsigned n = 0; (report = losses_skipping(losses, n)); n++)
		page->skip_lines[page->skip_count++] = skip_line(page, report);
	page->doubt_lines =
		arena_get(page->arena, (page->doubts.count + 1) * sizeof *page->doubt_lines);
	for (unsigned n = 0; n < page->doubts.count; n++) {
		buf_clear(&text);
		report_page_doubt_line(page, &page->doubts.at[n], &text);
		page->doubt_lines[n] = arena_text(page->arena, buf_cstr(&text));
	}
	buf_release(&text);
	put_since(page);
	put_silent(page);
}

static void put_title(struct report_page *page)
{
	struct buf text = {0};

	if (*page->losses.event)
		buf_fmt(&text, "%s ", code_text("disaster", page->losses.event));
	display_place(page->versions ? page->versions : page->losses.area, &text);
	page->title = arena_text(page->arena, buf_cstr(&text));
	buf_release(&text);
}

/* Where no row has numbers: what is known all the same, or has this place said today that all is
 * well? */
static const char *nothing(const struct report_page *page)
{
	struct buf text = {0};
	char time[WHEN_TEXT];

	struct loss_numbers below;

	if (losses_unsummed(&page->losses, &below)) {
		buf_text(&text, _("下面报了没汇总："));
		report_words(&below, &text);
	} else if (page->losses.own) {
		buf_text(&text, _("下面没有带数字的报告"));
	} else if (page->losses.own_zero) {
		buf_text(&text, _("今天没有灾情。"));
		put_zero(page, &text);
	} else {
		buf_text(&text, _("今天还没有报。0 报平安"));
	}
	if (page->losses.owed_until) {
		when_short(page->losses.owed_until, page->world.around.now, time);
		buf_fmt(&text, _("，%s前"), time);
	}
	const char *kept = arena_text(page->arena, buf_cstr(&text));
	buf_release(&text);
	return kept;
}

/* ---- all of it */

enum rc report_page_load(struct report_page *page, const struct actor *actor, struct arena *arena,
	struct fault *fault)
{
	struct losses *losses = &page->losses;

	if (!page->tally.started)
		tally_start(&page->tally, "");
	page->arena = arena;
	page->row_count = 0;
	page->tally.columns = 0;
	world_open(&page->world, actor->store, actor->user, store_now(actor->store));
	enum rc rc = losses_load(losses, &page->world, page->event, arena, fault);
	if (rc || (rc = losses_doubts(losses, &page->doubts, arena, fault)))
		return rc;
	snprintf(page->event, sizeof page->event, "%s", losses->event);
	if (!losses->place_count)
		page->versions = losses->area;
	page->rows =
		arena_get(arena, (losses->count + losses->place_count + 1) * sizeof *page->rows);
	if (page->versions)
		add_versions(page);
	else
		add_places(page);
	page->tally.list.empty = nothing(page);
	put_title(page);
	put_lines(page);
	return RC_OK;
}

bool report_page_turn(struct report_page *page)
{
	const struct losses *losses = &page->losses;

	for (unsigned n = 0; n < losses->event_count; n++)
		if (losses->event_count > 1 && !strcmp(losses->events[n], losses->event)) {
			snprintf(page->event, sizeof page->event, "%s",
				losses->events[(n + 1) % losses->event_count]);
			return true;
		}
	return false;
}

bool report_page_versions(struct report_page *page)
{
	const struct report_row *row = report_page_row(page);

	if (page->versions && page->losses.place_count) {
		page->versions = 0;
		return true;
	}
	if (!row || !row->report)
		return false;
	page->versions = row->report->area;
	return true;
}

/* The sort of disaster that the gravest warning in force brings; "" = none is, or it brings none.
 */
static const char *threatened(struct world *world, struct arena *arena)
{
	struct in_force in_force;
	struct fault fault;
	struct row row;
	char event[24] = "";

	if (in_force_load(&in_force, world, &fault) || !in_force.count ||
		store_row(world->store, in_force.at[0], arena, &row, &fault) ||
		!row_value(&row, warning_event))
		return "";
	bytes_into(event, sizeof event, row_value(&row, warning_event)->text);
	const struct code *loss = code_find("event_loss", event);
	return loss ? loss->zh : "";
}

enum loss_stage report_offered(
	const struct report_page *page, enum loss_stage stage, struct buf *said)
{
	const struct losses *losses = &page->losses;
	char number[32];

	if (stage != LOSS_FIRST || !losses->own_first)
		return stage;
	store_number(losses->world->store, losses->own_first->ref, number);
	buf_fmt(said, _("本处初报过了：%s "), number);
	report_put_time(page, losses->own_first->at, said);
	buf_text(said, _("，这份按续报填；另一场灾害把阶段改成初报"));
	return LOSS_FOLLOW;
}

void report_presets(
	const struct losses *losses, enum loss_stage stage, struct arena *arena, struct buf *out)
{
	struct store *store = losses->world->store;
	static const char *const stages[LOSS_STAGES] = {"first", "follow", "verified", "zero"};
	int64_t next = losses->own ? losses->own->serial + 1 : 1;
	char text[WHEN_TEXT];

	buf_fmt(out, "stage=%s\n", stages[stage]);
	const char *event = *losses->event ? losses->event : threatened(losses->world, arena);
	if (*event)
		buf_fmt(out, "event=%s\n", event);
	if (stage == LOSS_FOLLOW)
		buf_fmt(out, "serial=%lld\n", (long long)next);
	when_show(*losses->event ? losses->from : store_now(store), text);
	buf_fmt(out, "time=%s\n", text);
	if (stage != LOSS_FIRST && losses->own_first) {
		store_number(store, losses->own_first->ref, text);
		buf_fmt(out, "first=%s\n", text);
	}
}
