/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board J as lines and rows, and what its keys write.
 */
#include "screens/call_page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "screens/call_words.h"
#include "screens/display.h"
#include "screens/figures_line.h"
#include "screens/text_page.h"

enum { MINUTE = 60, LEAN_ROWS = 2 };

/* What is called by when the row who says nothing else. */
static const char by_phone[] = "phone";

/* ---- the place at '>' */

const struct owing_place *call_page_place(struct call_page *page)
{
	const struct list_row *row = page->tally.started ? list_row(&page->tally.list) : NULL;

	return row ? &page->owing.places[row->id] : NULL;
}

/* Has not answered, and there is a number for it. */
static bool can_call(const void *to, int64_t id)
{
	const struct owing_place *place = &((const struct call_page *)to)->owing.places[id];
	return !place->answered && owing_callee(place) && callee_within_reach(owing_callee(place));
}

static bool is_due(const void *to, int64_t id)
{
	const struct call_page *page = to;
	return can_call(to, id) && page->owing.places[id].next.due <= page->now;
}

/* Nobody is due yet in the first minutes: who has not answered is called all the same. */
void call_page_next(struct call_page *page)
{
	if (!tally_next(&page->tally, is_due, page))
		(void)tally_next(&page->tally, can_call, page);
}

/* ---- lines above and below */

static void put_last(const struct call_page *page, const struct owing_place *place, struct buf *out)
{
	char time[WHEN_TEXT];

	if (!place->calls) {
		buf_text(out, _("没叫"));
		return;
	}
	when_short(place->called, page->now, time);
	/* Who only passes it on took it: so nobody of the place has answered. */
	buf_fmt(out, "%s%s%s",
		call_words_result(place->answered ? page->owing.ask : NULL, place->result),
		display_gap(), time);
}

void call_page_row(const struct call_page *page, const struct owing_place *place, struct buf *out)
{
	const struct callee *callee = owing_callee(place);

	if (!callee) {
		display_place(place->area, out);
		buf_text(out, place->next.above      ? _(" 都叫过了")
			      : place->callees.count ? _(" 都叫过了，没有人应")
						     : _(" 没有可叫的人：登记人员，或报上级"));
		return;
	}
	bool reach = callee_within_reach(callee);
	if (reach && !strcmp(callee->way, by_phone))
		buf_text(out, _("拨 "));
	else if (reach)
		buf_fmt(out, _("用%s "), code_text("method", callee->way));
	call_words_phone(callee->phone, out);
	buf_text(out, *callee->phone ? "  " : "");
	display_place(place->area, out);
	buf_byte(out, ' ');
	display_text(call_order_title(callee), out);
	buf_byte(out, ' ');
	display_text(callee->name, out);
	if (!reach) {
		buf_byte(out, ' ');
		call_words_nobody(callee, out);
	} else if (place->calls) {
		buf_fmt(out, _("  第%u次 上次"), place->calls + 1);
		put_last(page, place, out);
	}
}

static void put_after(const struct owing_place *place, struct buf *out)
{
	struct buf next = {0};

	call_order_next(place, &next);
	if (next.len)
		buf_fmt(out, _(" 再%s"), buf_cstr(&next));
	buf_release(&next);
}

static void add_current(struct call_page *page, bool wide)
{
	const struct owing_place *place = call_page_place(page);
	struct buf text = {0};
	/* On a slow line the results in a word each, and who comes next stands behind the first. */
	bool brief = !wide || page->lean;

	if (!place || place->answered)
		return;
	call_page_row(page, place, &text);
	if (wide)
		put_after(place, &text);
	tally_head(&page->tally, LOOK_KEY, arena_text(&page->lines, buf_cstr(&text)));
	buf_clear(&text);
	if (brief) {
		call_words_short(page->owing.ask, CALL_RESULTS, &text);
		tally_head(&page->tally, LOOK_PLAIN, arena_text(&page->lines, buf_cstr(&text)));
	}
	buf_clear(&text);
	call_words_results(page->owing.ask, CALL_RESULTS, &text);
	buf_fmt(&text, "  m%s%s", display_gap(), call_page_method(page));
	if (!brief)
		tally_head(&page->tally, LOOK_PLAIN, arena_text(&page->lines, buf_cstr(&text)));
	if (wide)
		tally_head(&page->tally, LOOK_DIM, page->spoken);
	if (!brief)
		tally_head(&page->tally, LOOK_PLAIN, page->ladder);
	buf_release(&text);
}

static const char *numbers(struct call_page *page, bool wide)
{
	const struct owing *owing = &page->owing;
	char limit[WHEN_TEXT], past[WHEN_TEXT];
	struct buf text = {0};

	when_span((owing->until - owing->from) / MINUTE * MINUTE, limit);
	when_span((page->now - owing->from) / MINUTE * MINUTE, past);
	buf_put(&text, page->title, wide ? 0 : strcspn(page->title, " ") + 1); /* its colour */
	if (wide)
		buf_fmt(&text, _("%u%s 应%u 叫不通/没叫 %u/%u | 限%s 已过%s%s%s"), owing->count,
			owing_unit(owing), owing->answered, owing->tried, owing->uncalled, limit,
			past, *page->others ? " | " : "", page->others);
	else
		buf_fmt(&text, _("%u%s 应%u 叫不通%u 没叫%u"), owing->count, owing_unit(owing),
			owing->answered, owing->tried, owing->uncalled);
	(void)figures_age(owing_newest(owing), page->now, 0, &text);
	const char *line = arena_text(&page->lines, buf_cstr(&text));
	buf_release(&text);
	return line;
}

static void add_lines(struct call_page *page, bool wide)
{
	arena_release(&page->lines);
	tally_clear(&page->tally);
	if (page->owing.count)
		tally_head(&page->tally, LOOK_PLAIN, numbers(page, wide));
	add_current(page, wide);
	if (page->tell)
		tally_foot(&page->tally, LOOK_MARK, page->said);
}

/* ---- rows */

/* No numbers here: the one to dial stands above, and what a key changes has to stay short. */
static void set_columns(struct list *list, bool wide)
{
	list->column_count = 0;
	list_column(list, "", 10, false);
	if (wide)
		list_column(list, "", 8, false);
	list_column(list, "", 6, false);
	list_column(list, "", wide ? 13 : 0, false);
	if (wide)
		list_column(list, "", 5, false);
	if (wide)
		list_column(list, "", 0, false);
}

static void put_when(const struct call_page *page, const struct owing_place *place, struct buf *out)
{
	char time[WHEN_TEXT];

	if (place->answered || !owing_callee(place))
		return;
	when_short(place->next.due, page->now, time);
	buf_text(out, place->next.due <= page->now ? _("现在") : time);
}

static void put_state(
	const struct call_page *page, const struct owing_place *place, struct buf *out)
{
	char time[WHEN_TEXT];

	if (!place->answered) {
		buf_text(out, place->read        ? _("在班没签")
			      : place->delivered ? call_words_owed(page->owing.ask)
						 : _("没送到"));
		return;
	}
	when_short(place->at, page->now, time);
	buf_fmt(out, _("已应%s"), time);
}

static void fill_cells(
	struct call_page *page, struct list_row *row, const struct owing_place *place, bool wide)
{
	static const struct callee nobody = {.name = "", .title = "", .phone = ""};
	const struct callee *callee = owing_callee(place);
	struct list *list = &page->tally.list;
	struct buf texts[6] = {{0}};
	unsigned column = 0;

	if (!callee)
		callee = &nobody;
	display_place(place->area, &texts[0]);
	call_order_cells(callee, &texts[1], &texts[2]);
	if (!place->answered || place->calls)
		put_last(page, place, &texts[3]);
	put_when(page, place, &texts[4]);
	if (!place->answered || !place->calls)
		put_state(page, place, &texts[place->answered ? 3 : 5]);
	for (unsigned n = 0; n < countof(texts); n++) {
		if (wide || n == 0 || n == 2 || n == 3)
			list_cell(list, row, column++, buf_cstr(&texts[n]));
		buf_release(&texts[n]);
	}
}

static int find(const struct call_page *page, uint64_t area)
{
	for (unsigned n = 0; n < page->owing.count; n++)
		if (page->owing.places[n].area == area)
			return (int)n;
	return -1;
}

void call_page_lay(struct call_page *page, unsigned columns)
{
	bool wide = columns >= TALLY_NARROW;
	struct list *list = &page->tally.list;

	if (page->tally.columns != columns) {
		set_columns(list, wide);
		list_clear(list);
		for (unsigned n = 0; n < page->ordered; n++) {
			int at = find(page, page->order[n]);

			if (at < 0)
				continue;
			/* Its place is its name on the list, so that '>' stays there. */
			struct list_row *row = list_add(list, (struct ref){page->order[n], 1});
			row->id = at;
			fill_cells(page, row, &page->owing.places[at], wide);
		}
		list_done(list);
	}
	add_lines(page, wide);
	page->tally.columns = columns;
}

/* ---- loading */

void call_page_sort(struct call_page *page)
{
	free(page->order);
	page->order = NULL;
	page->ordered = 0;
}

/* From when on it can be called; where nobody has a number, behind all others. */
static int64_t due_of(const struct call_page *page, const struct owing_place *place)
{
	const struct callee *callee = owing_callee(place);

	if (!callee || !callee_within_reach(callee))
		return INT64_MAX - 1;
	return place->next.due > page->now ? place->next.due : page->now;
}

/* Those that can be called now, then by when they can; inside one the most urgent. */
static void sort(struct call_page *page)
{
	int64_t at = page->now, next;

	if (page->order)
		return;
	page->order = memory_get(page->owing.count + 1, sizeof *page->order);
	do {
		next = INT64_MAX;
		for (unsigned n = 0; n < page->owing.count; n++) {
			const struct owing_place *place = &page->owing.places[n];
			int64_t due = due_of(page, place);

			if (!place->answered && due == at)
				page->order[page->ordered++] = place->area;
			else if (!place->answered && due > at && due < next)
				next = due;
		}
		at = next;
	} while (next != INT64_MAX);
	for (unsigned n = 0; page->all && n < page->owing.count; n++)
		if (page->owing.places[n].answered)
			page->order[page->ordered++] = page->owing.places[n].area;
}

static enum rc choose(struct call_page *page, const struct actor *actor, struct fault *fault)
{
	enum rc rc = owed_load(&page->owed, actor, fault);

	page->list = 0;
	for (unsigned n = 0; n < page->owed.count; n++)
		if (page->owed.at[n].site == page->record.site &&
			page->owed.at[n].seq == page->record.seq)
			page->list = n;
	if (page->owed.count)
		page->record = page->owed.at[page->list];
	return rc;
}

static void put_others(struct call_page *page, const struct actor *actor, struct arena *arena)
{
	struct buf text = {0}, name = {0};

	for (unsigned n = 0; n < page->owing.count; n++) {
		buf_clear(&name);
		if (page->owing.places[n].answered ||
			!call_claimed(actor, page->owing.places[n].area, &name))
			continue;
		display_text(buf_cstr(&name), &text);
		buf_text(&text, _("在叫:"));
		display_place(page->owing.places[n].area, &text);
		buf_byte(&text, ' ');
	}
	page->others = arena_text(arena, buf_cstr(&text));
	buf_release(&text);
	buf_release(&name);
}

static void put_texts(struct call_page *page, const struct actor *actor, const struct row *row,
	struct arena *arena)
{
	struct buf text = {0};
	enum look look;

	if (page->owed.count > 1)
		buf_fmt(&text, "(%u/%u) ", page->list + 1, page->owed.count);
	buf_fmt(&text, "%s ", display_row_colour(row, &look));
	display_title(actor->store, row, &text);
	page->title = arena_text(arena, buf_cstr(&text));
	buf_clear(&text);
	buf_fmt(&text, "%s ", _("念:"));
	text_spoken(actor, row, page->lean, &text);
	page->spoken = arena_text(arena, buf_cstr(&text));
	if (page->lean)
		page->spoken = call_words_brief(buf_cstr(&text), arena);
	buf_clear(&text);
	call_order_line(&page->owing, &text);
	page->ladder = arena_text(arena, buf_cstr(&text));
	buf_release(&text);
}

static enum rc load_record(
	struct call_page *page, const struct actor *actor, struct arena *arena, struct fault *fault)
{
	struct world world;
	struct row row;
	enum rc rc = store_row(actor->store, page->record, arena, &row, fault);
	const struct rule *ask;

	world_open(&world, actor->store, actor->user, page->now);
	if (rc || !(ask = owing_ask(&world, &row)))
		return rc;
	rc = owing_load(&page->owing, &world, ask, &row, arena, fault);
	put_texts(page, actor, &row, arena);
	return rc;
}

enum rc call_page_load(
	struct call_page *page, const struct actor *actor, struct arena *arena, struct fault *fault)
{
	if (!page->tally.started)
		tally_start(&page->tally, "");
	page->tally.most = page->lean ? LEAN_ROWS : TALLY_ROWS;
	page->now = store_now(actor->store);
	page->owing = (struct owing){0};
	page->title = page->spoken = page->ladder = page->others = "";
	enum rc rc = choose(page, actor, fault);
	if (!rc && page->owed.count)
		rc = load_record(page, actor, arena, fault);
	put_others(page, actor, arena);
	sort(page);
	page->tally.columns = 0;
	page->tally.list.empty =
		page->owing.count ? call_words_over(&page->owing, page->now, page->by_line, arena)
				  : call_words_none(actor, arena);
	return rc;
}

void call_page_turn(struct call_page *page)
{
	page->tell = false; /* that was about the other one */
	if (page->owed.count)
		page->record = page->owed.at[(page->list + 1) % page->owed.count];
	call_page_sort(page);
}

void call_page_release(struct call_page *page)
{
	tally_release(&page->tally);
	arena_release(&page->lines);
	free(page->order);
}

/* ---- keys that write */

/* Chosen by key, else what the row who says of the one who is called. */
static const struct code *method_of(struct call_page *page)
{
	const struct owing_place *place = call_page_place(page);
	const struct callee *callee = place ? owing_callee(place) : NULL;

	return page->method ? code_nth("method", page->method)
			    : code_find("method", callee ? callee->way : by_phone);
}

const char *call_page_method(struct call_page *page)
{
	const struct code *code = method_of(page);

	return code ? code_label(code) : "";
}

void call_page_turn_method(struct call_page *page)
{
	const struct code *now = method_of(page), *code;
	unsigned n = 1;

	while ((code = code_nth("method", n)) && code != now)
		n++;
	page->method = code && code_nth("method", n + 1) ? n + 1 : 0;
}

static void say(struct call_page *page, uint64_t area, const char *what)
{
	struct buf text = {0};

	display_place(area, &text);
	buf_fmt(&text, " %s", what);
	snprintf(page->said, sizeof(page->said), "%s", buf_cstr(&text));
	buf_release(&text);
}

enum rc call_page_act(
	struct call_page *page, const struct actor *actor, unsigned n, struct fault *fault)
{
	const struct owing_place *place = call_page_place(page);
	const struct code *result = code_nth("call_result", n), *method = method_of(page);
	struct call_done done;

	if (!place || place->answered || !owing_callee(place) || !result || !method)
		return fault_set(fault, RC_BAD, "%s", _("这一行没有可叫的人"));
	const struct call_act act = {
		&page->owing, place, owing_callee(place)->phone, method->code, result->code, ""};
	enum rc rc = call_write(actor, &act, &done, fault);
	if (rc)
		return rc;
	page->done = done;
	page->tell = false;
	bool theirs = callee_answers(owing_callee(place));
	say(page, place->area, call_words_result(theirs ? page->owing.ask : NULL, result->code));
	return RC_OK;
}

enum rc call_page_undo(struct call_page *page, const struct actor *actor, struct fault *fault)
{
	struct call_done done = page->done;

	if (!done.at || store_now(actor->store) - done.at > CALL_UNDO_SECONDS)
		return fault_set(
			fault, RC_BAD, "%s", _("没有可撤的：只能撤这里刚记的一次，一小时内"));
	enum rc rc = call_undo(actor, &done, fault);
	if (rc)
		return rc;
	page->done = (struct call_done){0};
	page->tell = true;
	say(page, done.area, _("已撤回"));
	return RC_OK;
}
