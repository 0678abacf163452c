/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board D as lines and rows, and what its keys write.
 */
#include "screens/tick_page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/area.h"
#include "model/codes.h"
#include "screens/display.h"
#include "screens/figures_line.h"
#include "screens/tick_words.h"

/* PLACES: of a county's villages those that are counted by themselves; SHOWN: of these the last
 * ones. */
enum { TARGET = 90, ROWS = 10, PLACES = 400, SHOWN = 5 };

static bool same(struct ref a, struct ref b)
{
	return a.site == b.site && a.seq == b.seq;
}

/* ---- lines above and below */

const struct home *tick_page_home(struct tick_page *page)
{
	const struct list_row *row = page->tally.started ? list_row(&page->tally.list) : NULL;

	return row ? &page->homes.list[row->id] : NULL;
}

static void add_numbers(struct tick_page *page, struct arena *arena)
{
	const struct homes *homes = &page->homes;
	const unsigned *counts = homes->counts;
	int64_t newest = homes_newest(homes);
	struct buf narrow = {0}, wide = {0};
	char people[DISPLAY_SUM];

	buf_fmt(&narrow, _("%u户 告%u 动%u 到%u 拒%u 不在%u 未%u=%u %u%%"), homes->count,
		counts[HOME_TOLD], counts[HOME_LEAVING], counts[HOME_ARRIVED], counts[HOME_REFUSED],
		counts[HOME_ABSENT], counts[HOME_OPEN], homes->count, homes_told(homes));
	buf_fmt(&wide,
		_("%u户%s人  告知%u 动身%u 到%u 拒%u 不在%u 未到户%u =%u  告知率%u%% "
		  "目标%lld%%"),
		homes->count, display_sum(homes->people, homes->count, people), counts[HOME_TOLD],
		counts[HOME_LEAVING], counts[HOME_ARRIVED], counts[HOME_REFUSED],
		counts[HOME_ABSENT], counts[HOME_OPEN], homes->count, homes_told(homes),
		(long long)rules_limit("told.percent", TARGET));
	page->ages = figures_age(newest, page->now, 0, &narrow);
	(void)figures_age(newest, page->now, 0, &wide);
	page->narrow = arena_text(arena, buf_cstr(&narrow));
	page->wide = arena_text(arena, buf_cstr(&wide));
	buf_release(&narrow);
	buf_release(&wide);
}

void tick_zones(const struct homes *homes, struct buf *out)
{
	char people[DISPLAY_SUM];

	if (homes->zones)
		buf_fmt(out, _("危险区%u处 %u户%s人 重点户%u"), homes->zones, homes->zone_homes,
			display_sum(homes->zone_people, homes->zone_homes, people),
			homes->zone_weak);
}

static void add_zones(struct tick_page *page, struct arena *arena)
{
	struct buf text = {0};

	/* Of the whole place: at one point it would say something else than the list. */
	if (!page->point.seq)
		tick_zones(&page->homes, &text);
	if (text.len)
		buf_text(&text, page->zones ? _("：只列这些，z 全列") : _("：z 只列这些"));
	page->zone_line = arena_text(arena, buf_cstr(&text));
	buf_release(&text);
}

/* What runs out, and who is to be visited again. */
static void add_limits(struct tick_page *page, struct arena *arena)
{
	char time[WHEN_TEXT];
	struct buf text = {0};

	if (page->homes.again)
		buf_fmt(&text, _("要回访%u户(到时)  "), page->homes.again);
	if (page->homes.until) {
		when_short(page->homes.until, page->now, time);
		buf_fmt(&text, _("限%s"), time);
		buf_text(&text, "  ");
	}
	if (page->homes.before)
		buf_fmt(&text, _("未到户里%u户告知过别的预警"), page->homes.before);
	if (page->homes.before)
		buf_text(&text, "  ");
	if (page->in_force.count > 1 && !page->point.seq)
		buf_text(&text, _("f 下一条预警"));
	while (text.len && text.at[text.len - 1] == ' ')
		text.len--;
	page->limits = arena_text(arena, buf_cstr(&text));
	buf_release(&text);
}

/* Above a village: how far each village is, the last ones first. */
static void add_places(struct tick_page *page, struct arena *arena)
{
	struct home_place places[PLACES];
	unsigned count = homes_places(&page->homes, places, PLACES);
	struct buf text = {0};

	for (unsigned n = 0; count > 1 && n < count && n < SHOWN; n++) {
		buf_text(&text, n ? "  " : _("最慢: "));
		display_place(places[n].area, &text);
		buf_fmt(&text, "%s%u/%u", display_gap(), places[n].told, places[n].count);
	}
	if (count > SHOWN)
		buf_fmt(&text, _("  共%u村"), count);
	page->places = arena_text(arena, buf_cstr(&text));
	buf_release(&text);
}

/* A narrow list has no room for the telephone: that of the row at '>' stands below. */
static void add_lines(struct tick_page *page, bool wide)
{
	const struct home *home = tick_page_home(page);

	tally_clear(&page->tally);
	if (page->homes.count)
		tally_head(&page->tally, LOOK_PLAIN, wide ? page->wide : page->narrow);
	tally_head(&page->tally, page->zones ? LOOK_MARK : LOOK_PLAIN, page->zone_line);
	tally_head(&page->tally, LOOK_PLAIN, page->figures);
	tally_head(&page->tally, LOOK_PLAIN, page->places);
	tally_head(&page->tally, LOOK_MARK, page->limits);
	if (!wide && home && *home->phone)
		tally_foot(&page->tally, LOOK_PLAIN, home->phone);
	if (page->tell)
		tally_foot(&page->tally, LOOK_MARK, page->said);
}

/* ---- rows */

static void set_columns(struct list *list, bool wide)
{
	list->column_count = 0;
	list_column(list, "", 4, false);
	list_column(list, "", 6, false);
	list_column(list, "", 2, true);
	list_column(list, "", wide ? 11 : 8, false);
	if (wide) {
		list_column(list, "", 11, false);
		list_column(list, "", 6, false);
	}
	list_column(list, "", wide ? 9 : 0, false);
	if (wide)
		list_column(list, "", 0, false);
}

static void cell(struct list *list, struct list_row *row, unsigned column, const char *text)
{
	struct buf shown = {0};

	display_text(text, &shown);
	list_cell(list, row, column, buf_cstr(&shown));
	buf_release(&shown);
}

static void add_row(struct tick_page *page, struct store *store, unsigned n, bool wide)
{
	const struct home *home = &page->homes.list[n];
	struct list *list = &page->tally.list;
	struct list_row *row = list_add(list, home->household);
	struct buf text = {0};
	unsigned column = 0;

	row->id = n;
	cell(list, row, column++, home->group);
	cell(list, row, column++, home->head);
	if (home->people >= 0)
		buf_fmt(&text, "%lld", (long long)home->people);
	list_cell(list, row, column++, buf_cstr(&text));
	cell(list, row, column++, home->tags);
	if (wide) {
		cell(list, row, column++, home->phone);
		cell(list, row, column++, home->helper);
	}
	buf_clear(&text);
	tick_words_status(page, home, wide, &text);
	list_cell(list, row, column++, buf_cstr(&text));
	buf_clear(&text);
	tick_words_rest(page, store, home, &text);
	if (wide)
		list_cell(list, row, column, buf_cstr(&text));
	buf_release(&text);
}

static int find(const struct tick_page *page, struct ref household)
{
	for (unsigned n = 0; n < page->homes.count; n++)
		if (same(page->homes.list[n].household, household))
			return (int)n;
	return -1;
}

void tick_page_lay(struct tick_page *page, struct store *store, unsigned columns)
{
	bool wide = columns >= TALLY_NARROW;

	if (page->tally.columns == columns) {
		add_lines(page, wide);
		page->tally.columns = columns;
		return;
	}
	set_columns(&page->tally.list, wide);
	list_clear(&page->tally.list);
	for (unsigned n = 0; n < page->ordered; n++) {
		int at = find(page, page->order[n]);

		if (at >= 0)
			add_row(page, store, (unsigned)at, wide);
	}
	list_done(&page->tally.list);
	add_lines(page, wide);
	page->tally.columns = columns;
}

/* ---- loading */

void tick_page_sort(struct tick_page *page)
{
	free(page->order);
	page->order = NULL;
	page->ordered = 0;
}

static bool stands(const struct tick_page *page, struct ref household)
{
	for (unsigned n = 0; n < page->ordered; n++)
		if (same(page->order[n], household))
			return true;
	return false;
}

/* Rows stay where they are, also those that are done; what is left to do and is not among them
 * stands behind them. */
static void sort(struct tick_page *page)
{
	unsigned before = page->ordered;

	page->order = memory_size(page->order, before + page->homes.count + 1, sizeof *page->order);
	for (unsigned n = 0; n < page->homes.count; n++) {
		const struct home *home = &page->homes.list[n];

		if ((page->all || home_undone(home->status)) &&
			!(before && stands(page, home->household)))
			page->order[page->ordered++] = home->household;
	}
}

/* Told is not there: who is on the way is counted. */
static const char *nothing(const struct tick_page *page, struct arena *arena)
{
	unsigned leaving = page->homes.counts[HOME_LEAVING];
	const char *more = page->by_line ? "" : _("；v 看全部");

	if (page->homes.count && leaving)
		return arena_fmt(arena, _("都告知了，%u户还在路上%s"), leaving, more);
	if (page->homes.count)
		return arena_fmt(arena, _("都告知了%s"), more);
	return page->zones ? _("危险区里没有登记住户：z 看全村")
			   : _("没有登记的住户，或没有生效的预警和转移清单");
}

static void set_title(struct tick_page *page, struct store *store, struct arena *arena)
{
	struct arena row_arena = {0};
	struct buf text = {0};
	struct fault fault;
	struct row row;
	enum look look;

	/* The place first: the end may be cut. */
	display_place(page->area, &text);
	if (page->point.seq && store_row(store, page->point, &row_arena, &row, &fault) == RC_OK) {
		buf_byte(&text, ' ');
		display_title(store, &row, &text);
	} else if (page->warning.seq &&
		   store_row(store, page->warning, &row_arena, &row, &fault) == RC_OK) {
		buf_fmt(&text, " %s ", display_row_colour(&row, &look));
		display_title(store, &row, &text);
	}
	page->title = arena_text(arena, buf_cstr(&text));
	buf_release(&text);
	arena_release(&row_arena);
}

/* Of those in force the gravest that is for this place. */
static enum rc choose_warning(struct tick_page *page, struct store *store, struct fault *fault)
{
	struct world world;

	world_open(&world, store, NULL, page->now);
	enum rc rc = in_force_load(&page->in_force, &world, fault);
	if (!rc)
		in_force_keep(&page->in_force, store, page->area);
	if (!rc && !page->warning.seq && page->in_force.count)
		page->warning = page->in_force.at[0];
	return rc;
}

bool tick_page_turn(struct tick_page *page)
{
	const struct in_force *in_force = &page->in_force;
	struct ref was = page->warning;
	unsigned at = 0;

	if (page->point.seq)
		return false; /* that is not about a warning */
	while (at < in_force->count && !same(in_force->at[at], was))
		at++;
	if (in_force->count)
		page->warning = in_force->at[at < in_force->count ? (at + 1) % in_force->count : 0];
	tick_page_sort(page);
	return !same(page->warning, was);
}

enum rc tick_page_load(
	struct tick_page *page, const struct actor *actor, struct arena *arena, struct fault *fault)
{
	struct world world;

	if (!page->tally.started)
		tally_start(&page->tally, "");
	page->tally.most = ROWS;
	page->now = store_now(actor->store);
	page->own_who = actor->user ? actor->user->who : 0;
	if (!page->area)
		page->area = store_area(actor->store);
	enum rc rc = choose_warning(page, actor->store, fault);
	page->homes.warning = page->warning;
	page->homes.area = page->area;
	page->homes.only_zones = page->zones;
	page->homes.point = page->point;
	/* At one point it is about leaving, under whichever warning: as the board that led here has
	 * it. */
	page->homes.whole = page->homes.any = page->point.seq != 0;
	const struct counting_of of = {.area = page->area, .of = page->warning, .at = page->now};
	if (!rc)
		rc = homes_load(&page->homes, actor->store, page->now, arena, fault);
	set_title(page, actor->store, arena);
	sort(page);
	page->tally.columns = 0;
	page->tally.list.empty = nothing(page, arena);
	add_numbers(page, arena);
	add_zones(page, arena);
	world_open(&world, actor->store, actor->user, page->now);
	page->figures = figures_line(&world, 'D', &of, arena);
	add_limits(page, arena);
	add_places(page, arena);
	return rc;
}

void tick_page_release(struct tick_page *page)
{
	tally_release(&page->tally);
	free(page->order);
}

/* ---- the row at '>' */

static bool undone(const void *to, int64_t id)
{
	const struct tick_page *page = to;

	return home_undone(page->homes.list[id].status);
}

void tick_page_next(struct tick_page *page)
{
	(void)tally_next(&page->tally, undone, page);
}

/* ---- keys that write */

static const char *const tick_labels[TICKS] = {[TICK_TOLD] = N_("告知"),
	[TICK_LEAVING] = N_("动身"),
	[TICK_ARRIVED] = N_("到"),
	[TICK_REFUSED] = N_("拒绝"),
	[TICK_ABSENT] = N_("不在家"),
	[TICK_HELP] = N_("要人帮，已报村")};

static void say(struct tick_page *page, const struct home *home, const char *what)
{
	struct buf text = {0};

	display_text(home->group, &text);
	display_text(home->head, &text);
	buf_fmt(&text, " %s", what);
	snprintf(page->said, sizeof(page->said), "%s", buf_cstr(&text));
	buf_release(&text);
}

enum rc tick_page_act(struct tick_page *page, const struct actor *actor, enum home_tick tick,
	const char *reason, struct fault *fault)
{
	const struct home *home = tick_page_home(page);
	const struct home_act act = {page->warning, home, tick, reason};
	struct home_done done;

	if (!home)
		return fault_set(fault, RC_BAD, "%s", _("没有可勾的住户：n 加户，v 看办过的"));
	enum rc rc = home_tick(actor, &act, &done, fault);
	if (rc)
		return rc;
	page->done = done;
	page->now = done.at;
	page->tell = tick == TICK_HELP;
	if (page->tell)
		snprintf(page->said, sizeof(page->said), "%s", _(tick_labels[tick]));
	else
		say(page, home, _(tick_labels[tick]));
	return RC_OK;
}

enum rc tick_page_undo(struct tick_page *page, const struct actor *actor, struct fault *fault)
{
	int64_t now = store_now(actor->store);
	int at = find(page, page->done.household);

	if (!page->done.at || now - page->done.at > HOME_UNDO_SECONDS)
		return fault_set(
			fault, RC_BAD, "%s", _("没有可撤的：只能撤这里刚勾的一户，一小时内"));
	enum rc rc = home_undo(actor, &page->done, fault);
	if (rc)
		return rc;
	page->done = (struct home_done){0};
	page->said[0] = '\0';
	page->tell = true;
	if (at >= 0)
		say(page, &page->homes.list[at], _("已撤回"));
	return RC_OK;
}

/* ---- reasons */

void tick_reasons(struct buf *out)
{
	const struct code *code = NULL;

	for (unsigned n = 1; (code = code_each("stay_reason", NULL, code)); n++)
		buf_fmt(out, "%s%u%s%s", n > 1 ? " " : "", n, display_gap(), code_label(code));
}
