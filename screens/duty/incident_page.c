/* SPDX-License-Identifier: GPL-3.0-or-later
 * An incident's calls as lines and rows, and what its keys write.
 */
#include "screens/incident_page.h"

#include <stdio.h>
#include <string.h>

#include "model/codes.h"
#include "model/kinds.h"
#include "screens/call_words.h"
#include "screens/display.h"
#include "work/actions.h"
#include "work/text.h"
#include "work/writing.h"

/* ---- lines */

/* "电话报 剩20分  书面报 剩40分": what is still to be done, and until when. */
static void put_limits(const struct incident_limits *limits, int64_t now, struct buf *out)
{
	static const char *const labels[INCIDENT_DUTIES] = {
		[INCIDENT_RESPOND] = N_("回应"),
		[INCIDENT_TELL] = N_("电话报"),
		[INCIDENT_WRITE] = N_("书面报"),
	};

	for (unsigned n = 0; n < INCIDENT_DUTIES; n++) {
		if (!limits->until[n])
			continue;
		buf_fmt(out, "%s%s ", out->len ? "  " : "", _(labels[n]));
		display_left(limits->until[n], now, out);
	}
}

static void put_timers(struct incident_page *page, struct buf *out)
{
	const struct incident *incident = &page->incident;

	put_limits(&incident->limits, page->now, out);
	if (!out->len)
		buf_text(out, incident->state == incident_is_written
				      ? _("电话、书面都报了")
				      : _(kind_of(KIND_incident)->states[incident->state].label));
}

void incident_page_callee(const struct incident_page *page, unsigned n, struct buf *out)
{
	const struct callee *callee = &page->incident.callees.list[n];
	struct buf text = {0};

	display_text(callee->name, &text);
	display_cell(&text, 12, out);
	if (*callee->phone) {
		buf_text(&text, callee->phone);
		display_cell(&text, 13, out);
		display_text(callee->title, &text);
		display_cell(&text, 14, out);
	} else {
		call_words_nobody(callee, out);
		buf_byte(out, ' ');
	}
	buf_text(out, page->incident.called[n]);
	buf_release(&text);
}

static void add_lines(struct incident_page *page)
{
	const struct incident *incident = &page->incident;
	struct buf text = {0};

	tally_clear(&page->tally);
	put_timers(page, &text);
	tally_head(&page->tally, LOOK_TITLE, arena_text(&page->lines, buf_cstr(&text)));
	buf_clear(&text);
	if (*page->spoken)
		tally_head(&page->tally, LOOK_PLAIN,
			arena_fmt(&page->lines, _("念：%s"), page->spoken));
	if (incident->card.seq) {
		display_text(incident->steps, &text);
		tally_head(&page->tally, LOOK_DIM,
			arena_fmt(&page->lines, "%s%s%s%s%s%s", *incident->sign ? "F " : "",
				incident->sign, *incident->sign ? " " : "", incident->title,
				display_colon(), buf_cstr(&text)));
	} else {
		tally_head(&page->tally, LOOK_DIM, _("没有合适的处置卡，F 看全部"));
	}
	buf_release(&text);
	tally_foot(&page->tally, LOOK_PLAIN, page->under);
	tally_foot(&page->tally, LOOK_MARK, page->said);
}

void incident_page_lay(struct incident_page *page, unsigned columns)
{
	struct list *list = &page->tally.list;
	struct buf text = {0};

	arena_release(&page->lines);
	list->column_count = 0;
	list_column(list, "", 0, false);
	list_clear(list);
	for (unsigned n = 0; n < page->incident.callees.count; n++) {
		struct list_row *row = list_add(list, (struct ref){n + 1, 3});

		row->id = n;
		incident_page_callee(page, n, &text);
		list_cell(list, row, 0, buf_cstr(&text));
		buf_clear(&text);
	}
	list_done(list);
	buf_release(&text);
	add_lines(page);
	page->tally.columns = columns;
}

int incident_page_at(struct incident_page *page)
{
	const struct list_row *row = list_row(&page->tally.list);

	return row ? (int)row->id : -1;
}

/* ---- loading */

/* One line of what is read out. */
static void load_spoken(struct incident_page *page, struct world *world, struct arena *arena)
{
	struct arena own = {0};
	struct fault fault;
	struct buf text = {0}, shown = {0};
	struct row row;

	page->spoken = "";
	if (store_row(world->store, page->incident.ref, &own, &row, &fault) == RC_OK &&
		text_compose(&text, world, &row, "call.incident", &fault) == RC_OK) {
		display_text(buf_cstr(&text), &shown);
		page->spoken = arena_text(arena, buf_cstr(&shown));
	}
	buf_release(&text);
	buf_release(&shown);
	arena_release(&own);
}

/* ---- what hangs on it */

struct under {
	unsigned count, open;
};

static bool see_under(const struct row *row, void *to)
{
	struct under *under = to;

	if (row_void(row))
		return true;
	under->count++;
	under->open += (row->kind->states[row->state].flags & STATE_OPEN) != 0;
	return true;
}

static enum rc load_under(
	struct incident_page *page, struct store *store, struct arena *arena, struct fault *fault)
{
	static const unsigned below[] = {KIND_order, KIND_task, KIND_report};
	struct buf text = {0};
	enum rc rc = RC_OK;

	for (size_t n = 0; n < countof(below) && !rc; n++) {
		struct query query = query_all(below[n]);
		struct under under = {0, 0};

		query.parent = page->incident.ref;
		rc = store_each(store, &query, see_under, &under, fault);
		if (under.count)
			buf_fmt(&text, _("%s%u(没办结%u) "), _(kind_of(below[n])->label),
				under.count, under.open);
	}
	page->under = text.len ? arena_fmt(arena, _("%s l 看"), buf_cstr(&text)) : "";
	buf_release(&text);
	return rc;
}

/* The sort of disaster that is called as the event is. */
static const char *disaster_of(const char *event)
{
	const struct code *code = code_find("event", event), *disaster;

	for (unsigned n = 1; code && (disaster = code_nth("disaster", n)); n++)
		if (!strcmp(code_label(disaster), code_label(code)))
			return disaster->code;
	return NULL;
}

enum rc incident_page_presets(
	struct incident_page *page, struct store *store, struct buf *out, struct fault *fault)
{
	struct arena arena = {0};
	struct row row;
	enum rc rc = store_row(store, page->incident.ref, &arena, &row, fault);
	const struct value *event = rc ? NULL : row_value(&row, incident_event),
			   *place = rc ? NULL : row_value(&row, incident_place),
			   *time = rc ? NULL : row_value(&row, incident_time);
	const char *sort =
		event ? disaster_of((const char *)arena_bytes(&arena, event->text).at) : NULL;
	char shown[WHEN_TEXT];

	if (!rc)
		buf_fmt(out, "incident=%s\n", page->incident.number);
	if (sort)
		buf_fmt(out, "event=%s\n", sort);
	if (time) {
		when_show(time->num, shown);
		buf_fmt(out, "time=%s\n", shown);
	}
	if (place)
		buf_fmt(out, "place=%.*s\n", (int)place->text.len, (const char *)place->text.at);
	arena_release(&arena);
	return rc;
}

enum rc incident_page_load(struct incident_page *page, const struct actor *actor, struct ref ref,
	struct arena *arena, struct fault *fault)
{
	struct world world;

	if (!page->tally.started) {
		tally_start(&page->tally, _("没有要打的电话：没有排班，规则里 who reported"));
		page->tally.list.signs = SIGNS_NINE;
		page->tally.list.plain = true;
	}
	page->now = store_now(actor->store);
	page->tally.columns = 0;
	world_open(&world, actor->store, actor->user, page->now);
	enum rc rc = incident_load(&page->incident, &world, ref, arena, fault);
	page->under = "";
	if (!rc)
		load_spoken(page, &world, arena);
	return rc ? rc : load_under(page, actor->store, arena, fault);
}

void incident_page_release(struct incident_page *page)
{
	tally_release(&page->tally);
	arena_release(&page->lines);
}

/* ---- keys that write */

enum rc incident_page_call(struct incident_page *page, const struct actor *actor, unsigned n,
	unsigned result, struct fault *fault)
{
	const struct code *code = code_nth("call_result", result);

	if (!code || n >= page->incident.callees.count)
		return fault_set(fault, RC_BAD, "%s", _("没有记"));
	enum rc rc = incident_call(actor, &page->incident, n, code->code, fault);
	if (!rc)
		snprintf(page->said, sizeof(page->said), "%s %s",
			page->incident.callees.list[n].name, code_label(code));
	return rc;
}

bool incident_page_writes(struct incident_page *page, const struct actor *actor, struct buf *why)
{
	const struct step *step = step_named(kind_of(KIND_incident), "written");
	struct buf text = {0};

	action_refused(actor, page->incident.ref, action_key(step), &text);
	bool may = !text.len;
	if (why && page->incident.state == incident_is_received)
		buf_text(why, _("先打电话报：数字选人记结果，或 t 电话已报"));
	else if (why)
		buf_text(why, buf_cstr(&text));
	buf_release(&text);
	return may;
}

enum rc incident_page_written(
	struct incident_page *page, const struct actor *actor, struct fault *fault)
{
	enum rc rc = writing_step(actor, page->incident.ref, "written", "", fault);

	if (!rc)
		snprintf(page->said, sizeof(page->said), "%s", _("书面已报"));
	return rc;
}
