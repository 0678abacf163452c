/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board Y as lines and rows.
 */
#include "screens/warn_page.h"

#include <stdio.h>

#include "base/text.h"
#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "store/station.h"
#include "screens/display.h"
#include "screens/figures_line.h"
#include "screens/loose_page.h"
#include "work/actions.h"
#include "work/agenda.h"
#include "work/receipt.h"

enum { MINUTE = 60, NARROW = 40 };

static const char *field_text(
	struct store *store, const struct row *row, unsigned tag, struct arena *arena)
{
	struct buf text = {0};

	if (row_value(row, tag))
		display_field(store, row, field_of(row->kind, tag), false, &text);
	const char *kept = arena_text(arena, buf_cstr(&text));
	buf_release(&text);
	return kept;
}

/* ---- the lines above */

/* Of one that was lifted: that, since when and why; what it told people to do is over. Of one that
 * lifts others: what it says itself, and does not repeat of those. */
static void put_lifted(
	struct warn_page *page, struct store *store, const struct row *row, struct arena *arena)
{
	int64_t at = warning_lifted(row);
	struct buf said = {0}, shown = {0};
	char time[WHEN_TEXT];

	when_short(at ? at : row->at, page->now, time);
	page->head_short = arena_fmt(arena, _("%s %s解除"), page->title, time);
	page->head = arena_fmt(
		arena, "%s%s", page->head_short, page->in_force.count > 1 ? _("  f 下一条") : "");
	warning_lift_word(store, row, &said);
	display_text(buf_cstr(&said), &shown);
	page->text = arena_text(arena, buf_cstr(&shown));
	if (at || warning_repeats(store, row, warning_action))
		page->action = "";
	buf_release(&said);
	buf_release(&shown);
}

static void put_head(
	struct warn_page *page, struct store *store, const struct row *row, struct arena *arena)
{
	const struct value *end = row_value(row, warning_expires);
	const struct value *issued = row_value(row, warning_sent);
	char sent[WHEN_TEXT], until[WHEN_TEXT] = "";
	struct buf title = {0};
	const char *colour = display_row_colour(row, &page->look);

	display_title(store, row, &title);
	when_short(issued ? issued->num : row->at, page->now, sent);
	if (end)
		when_short(end->num, page->now, until);
	page->title = arena_fmt(arena, "%s %s", colour, buf_cstr(&title));
	page->head = arena_fmt(arena, _("%s %s %s%s发%s%s%s"), colour,
		field_text(store, row, warning_headline, arena),
		field_text(store, row, warning_issuer, arena), sent, end ? _(" 有效至") : "", until,
		page->in_force.count > 1 ? _("  f 下一条") : "");
	page->head_short = arena_fmt(arena, _("%s %s %s%s发%s%s"), colour,
		field_text(store, row, warning_event, arena),
		field_text(store, row, warning_issuer, arena), sent, end ? _(" 至") : "", until);
	if (text_columns(page->head_short) >
		NARROW) /* one of yesterday; its name stands in the text */
		page->head_short = arena_fmt(arena, _("%s %s%s发%s%s"), colour,
			field_text(store, row, warning_issuer, arena), sent, end ? _(" 至") : "",
			until);
	if (page->in_force.count > 1)
		page->head_short = page->head;
	page->text = field_text(store, row, warning_text, arena);
	const char *action = field_text(store, row, warning_action, arena);
	page->action = *action ? arena_fmt(arena, _("做：%s"), action) : "";
	buf_release(&title);
	page->lifted = warning_lifted(row) || warning_lifts(row);
	if (page->lifted)
		put_lifted(page, store, row, arena);
}

struct own_receipt {
	struct store *store;
	struct signing signing;
	const struct row *warning;
	struct warn_page *page;
	struct arena *arena;
	const char *said;
};

static bool see_receipt(const struct row *row, void *to)
{
	struct own_receipt *own = to;
	char time[WHEN_TEXT], took[WHEN_TEXT];

	if (!receipt_counts(own->store, row, &own->signing))
		return true;
	const struct rule *ask = own->page->owing.ask;

	own->page->signed_by = true;
	int64_t since = row->at - own->page->owing.from;
	when_short(row->at, own->page->now, time);
	if (ask && !ask_by_watch(ask, row)) {
		own->said = arena_fmt(own->arena, _("本站 %s %s看过，在班的没签：s 签收"),
			field_text(own->store, row, receipt_person, own->arena), time);
		return true;
	}
	when_span(since > MINUTE ? since / MINUTE * MINUTE : MINUTE, took);
	own->said = arena_fmt(own->arena, _("本站 %s %s签(%s)"),
		field_text(own->store, row, receipt_person, own->arena), time, took);
	return false;
}

/* Where it comes from, and whether this station has signed. */
static enum rc put_signed(struct warn_page *page, const struct actor *actor, const struct row *row,
	struct arena *arena, struct fault *fault)
{
	struct own_receipt own = {actor->store, signing_of(actor->store, row->ref), row, page,
		arena, page->asked ? _("本站没签：s 签收") : ""};
	struct query query = query_all(KIND_receipt);
	const char *proof = field_text(actor->store, row, warning_proof, arena);

	query.parent = row->ref;
	enum rc rc = store_each(actor->store, &query, see_receipt, &own, fault);
	page->proven =
		row_value(row, warning_proof)
			? bytes_equal(row_value(row, warning_proof)->text, bytes_text("chain"))
			: warning_own(actor->store, row);
	if (!*proof)
		proof = warning_own(actor->store, row) ? _("站点签发") : _("站点录入，来源未核验");
	page->signed_short = own.said;
	page->signed_here = arena_fmt(arena, "%s  %s", proof, own.said);
	return rc;
}

static void put_span(int64_t seconds, struct buf *out)
{
	char text[WHEN_TEXT];

	if (seconds < 0) {
		buf_text(out, _("未到"));
		return;
	}
	when_span(seconds > MINUTE ? seconds / MINUTE * MINUTE : MINUTE, text);
	buf_text(out, text);
}

static void put_numbers(struct warn_page *page, struct arena *arena)
{
	const struct owing *owing = &page->owing;
	struct buf wide = {0}, narrow = {0};
	int64_t newest = owing_newest(owing);

	if (owing->count) {
		buf_fmt(&wide, _("%u%s 已签%u 送到没签%u 没送到%u | 中位"), owing->count,
			owing_unit(owing), owing->answered, owing->delivered, owing->undelivered);
		put_span(owing->median, &wide);
		buf_text(&wide, _(" 九成"));
		put_span(owing->ninety, &wide);
		buf_fmt(&narrow, _("%u%s 签%u 没签%u 没送到%u"), owing->count, owing_unit(owing),
			owing->answered, owing->delivered, owing->undelivered);
	}
	(void)figures_age(newest, page->now, 0, &wide);
	(void)figures_age(newest, page->now, 0, &narrow);
	page->wide = arena_text(arena, buf_cstr(&wide));
	page->narrow = arena_text(arena, buf_cstr(narrow.len ? &narrow : &wide));
	buf_release(&wide);
	buf_release(&narrow);
}

/* Of how many places below households are registered: what is said of those says nothing of the
 * others. */
static void put_homed(const struct owing *owing, const struct homes *homes, struct buf *out)
{
	unsigned homed = 0;

	for (unsigned n = 0; n < owing->count; n++) {
		bool has = false;

		for (unsigned at = 0; at < homes->count && !has; at++)
			has = area_within(homes->list[at].area, owing->places[n].area);
		homed += has;
	}
	if (homed < owing->count)
		buf_fmt(out, _("  有户的%u/%u%s"), homed, owing->count, owing_unit(owing));
}

/* Households and the people in them, and when nine in ten of these had been told; and what the
 * county's rules want to see here. */
static void put_homes(
	struct warn_page *page, struct world *world, const struct homes *homes, struct arena *arena)
{
	const struct counting_of of = {.area = homes->area, .of = page->warning, .at = page->now};
	struct buf text = {0};
	char time[WHEN_TEXT], told[DISPLAY_SUM], people[DISPLAY_SUM];

	page->figures = figures_line(world, 'Y', &of, arena);
	if (homes->count)
		buf_fmt(&text, _("户 %u/%u 人 %s/%s"),
			homes->count - homes->counts[HOME_OPEN] - homes->counts[HOME_REFUSED] -
				homes->counts[HOME_ABSENT],
			homes->count, homes->people ? display_sum(homes->told, 0, told) : ".",
			display_sum(homes->people, homes->count, people));
	if (homes->ninety) {
		when_short(homes->ninety, page->now, time);
		buf_fmt(&text, _(" 九成人%s"), time);
	}
	if (homes->before)
		buf_fmt(&text, _("  只告知过别的预警%u户"), homes->before);
	if (homes->count)
		put_homed(&page->owing, homes, &text);
	page->told = arena_text(arena, buf_cstr(&text));
	buf_release(&text);
}

static void add_lines(struct warn_page *page, bool wide)
{
	tally_clear(&page->tally);
	tally_foot(&page->tally, LOOK_MARK, page->loose);
	if (!*page->title)
		return;
	warn_page_heads(page, wide);
	tally_foot(&page->tally, LOOK_OVER, page->replaced);
	tally_foot(&page->tally, LOOK_PLAIN, page->why ? page->why_ask : "");
	tally_foot(&page->tally, LOOK_PLAIN, page->why ? page->why_call : "");
}

/* ---- rows */

const struct owing_place *warn_page_place(struct warn_page *page)
{
	const struct list_row *row = page->tally.started ? list_row(&page->tally.list) : NULL;

	return row ? &page->owing.places[row->id] : NULL;
}

static void set_columns(struct list *list, bool wide)
{
	list->column_count = 0;
	list_column(list, "", 8, false);
	list_column(list, "", 9, false);
	list_column(list, "", wide ? 10 : 0, false);
	if (!wide)
		return;
	list_column(list, "", 6, false);
	list_column(list, "", 11, false);
	list_column(list, "", 15, false);
	list_column(list, "", 0, false);
}

static void put_limit(
	const struct warn_page *page, const struct owing_place *place, struct buf *out)
{
	if (!place->answered)
		display_left(page->owing.until, page->now, out);
}

static void put_state(
	const struct warn_page *page, const struct owing_place *place, struct buf *out)
{
	char time[WHEN_TEXT];

	if (!place->answered) {
		buf_text(out, place->read        ? _("在班没签")
			      : place->delivered ? _("送到")
						 : _("没送到"));
		return;
	}
	when_short(place->at, page->now, time);
	buf_fmt(out, _("签%s"), time);
}

/* The last call, and when the next one is due. */
static void put_calls(
	const struct warn_page *page, const struct owing_place *place, struct buf *out)
{
	char time[WHEN_TEXT];

	if (place->answered)
		return;
	if (!place->calls) {
		buf_text(out, _("没叫"));
		return;
	}
	when_short(place->called, page->now, time);
	buf_fmt(out, "%s%s%s", code_text("call_result", place->result), display_gap(), time);
}

static void put_next(const struct warn_page *page, const struct owing_place *place, struct buf *out)
{
	const struct callee *callee = owing_callee(place);
	char time[WHEN_TEXT];

	if (place->answered || !callee)
		return;
	when_short(place->next.due, page->now, time);
	buf_text(out, place->next.due <= page->now ? _("现在") : time);
	if (place->next.who) {
		buf_text(out, _("转"));
		display_text(callee->name, out);
	}
}

/* All have the same minutes left: they tick in the first row, the others point up to it. */
static void put_limit_row(const struct warn_page *page, const struct owing_place *place,
	const struct list *list, struct buf *out)
{
	if (!place->answered && list->count > 1)
		buf_byte(out, '"');
	else
		put_limit(page, place, out);
}

/* Somebody of the place itself: who is called in its stead is on the board of calls. */
static const struct callee *head_of(const struct owing_place *place)
{
	for (unsigned n = 0; n < place->callees.count; n++)
		if (callee_answers(&place->callees.list[n]))
			return &place->callees.list[n];
	return NULL;
}

static void fill_row(struct warn_page *page, unsigned n, bool wide)
{
	const struct owing_place *place = &page->owing.places[n];
	const struct callee *head = head_of(place);
	struct list *list = &page->tally.list;
	struct list_row *row = list_add(list, (struct ref){place->area, 1});
	struct buf texts[7] = {{0}};

	row->id = n;
	put_limit_row(page, place, list, &texts[0]);
	put_state(page, place, &texts[1]);
	display_place(place->area, &texts[2]);
	if (head)
		display_text(head->name, &texts[3]);
	if (head)
		buf_text(&texts[4], head->phone);
	put_calls(page, place, &texts[5]);
	put_next(page, place, &texts[6]);
	for (unsigned i = 0; i < countof(texts); i++) {
		if (wide || i < 3)
			list_cell(list, row, i, buf_cstr(&texts[i]));
		buf_release(&texts[i]);
	}
}

void warn_page_lay(struct warn_page *page, unsigned columns)
{
	bool wide = columns >= TALLY_NARROW;

	if (page->tally.columns != columns) {
		set_columns(&page->tally.list, wide);
		list_clear(&page->tally.list);
		for (unsigned n = 0; n < page->owing.count; n++)
			if (page->all || !page->owing.places[n].answered)
				fill_row(page, n, wide);
		list_done(&page->tally.list);
	}
	add_lines(page, wide);
	page->tally.columns = columns;
}

void warn_page_row(const struct warn_page *page, const struct owing_place *place, struct buf *out)
{
	const struct callee *head = head_of(place);

	display_place(place->area, out);
	buf_byte(out, ' ');
	put_state(page, place, out);
	buf_byte(out, ' ');
	put_limit(page, place, out);
	if (head) {
		buf_byte(out, ' ');
		display_text(head->title, out);
		display_text(head->name, out);
		buf_fmt(out, " %s", head->phone);
	}
	buf_byte(out, ' ');
	put_calls(page, place, out);
}

/* ---- loading */

static enum rc choose(struct warn_page *page, struct world *world, struct fault *fault)
{
	enum rc rc = in_force_load(&page->in_force, world, fault);

	if (!rc)
		rc = owing_lifted(&page->in_force, world, fault);
	page->which = 0;
	for (unsigned n = 0; n < page->in_force.count; n++)
		if (page->in_force.at[n].site == page->warning.site &&
			page->in_force.at[n].seq == page->warning.seq)
			page->which = n;
	page->warning = page->in_force.count ? page->in_force.at[page->which] : (struct ref){0, 0};
	return rc;
}

static enum rc load_warning(struct warn_page *page, const struct actor *actor, struct world *world,
	struct arena *arena, struct fault *fault)
{
	struct homes homes = {.warning = page->warning, .area = store_area(actor->store)};
	struct row row;
	enum rc rc = store_row(actor->store, page->warning, arena, &row, fault);
	const struct rule *ask = rc ? NULL : owing_ask(world, &row);

	if (rc)
		return rc;
	page->owing = (struct owing){.from = row.at};
	page->begins = action_may_add(actor, kind_of(KIND_response));
	page->asked = ask && ask_wants(world, ask, &row, store_area(actor->store));
	if (ask)
		rc = owing_load(&page->owing, world, ask, &row, arena, fault);
	put_head(page, actor->store, &row, arena);
	if (!rc)
		rc = put_signed(page, actor, &row, arena, fault);
	if (!rc && !page->lifted)
		rc = homes_load(&homes, actor->store, page->now, arena, fault);
	warn_page_tell(page, &row, actor->store, arena);
	put_numbers(page, arena);
	if (page->lifted)
		return rc;
	put_homes(page, world, &homes, arena);
	warn_page_ahead(page, world, &homes, arena);
	return rc ? rc : warn_page_hanging(page, actor->store, arena, fault);
}

/* What of the files that came in waits for a person. */
static const char *loose_line(struct store *store, struct arena *arena)
{
	struct buf text = {0};

	loose_page_sum(store, &text);
	if (text.len)
		buf_text(&text, _("：c 去核对"));
	const char *kept = arena_text(arena, buf_cstr(&text));
	buf_release(&text);
	return kept;
}

enum rc warn_page_load(
	struct warn_page *page, const struct actor *actor, struct arena *arena, struct fault *fault)
{
	struct world world;

	if (!page->tally.started)
		tally_start(&page->tally, "");
	page->tally.most = page->lean ? TALLY_LEAN : TALLY_ROWS;
	page->now = store_now(actor->store);
	page->owing = (struct owing){0};
	page->signed_by = page->proven = page->lifted = false;
	page->title = page->head = page->head_short = page->text = page->action =
		page->signed_here = page->signed_short = "";
	page->step_line = page->step_narrow = page->why_ask = page->why_call = "";
	page->run = (struct card_run){.title = ""};
	page->wide = page->narrow = page->told = page->zones = page->above = page->above_short =
		page->after = page->played = page->groups = page->replaced = page->figures = "";
	page->loose = loose_line(actor->store, arena);
	world_open(&world, actor->store, actor->user, page->now);
	enum rc rc = choose(page, &world, fault);
	if (!rc && page->warning.seq)
		rc = load_warning(page, actor, &world, arena, fault);
	page->tally.columns = 0;
	page->tally.list.empty = !page->warning.seq  ? _("没有生效的预警")
				 : page->owing.count ? _("都签了；v 看全部")
						     : "";
	return rc;
}

void warn_page_turn(struct warn_page *page)
{
	if (page->in_force.count)
		page->warning = page->in_force.at[(page->which + 1) % page->in_force.count];
}

void warn_page_release(struct warn_page *page)
{
	tally_release(&page->tally);
}
