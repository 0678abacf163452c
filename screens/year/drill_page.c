/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board E as lines and rows.
 */
#include "screens/drill_page.h"

#include "model/kinds.h"

enum { PART = 1 << 20 };

static bool wide(const struct drill_page *page)
{
	return page->columns >= TALLY_NARROW;
}

static const struct drill_count *listed(const struct drill_page *page)
{
	return &page->drills.counts[page->listed];
}

/* ---- laid out */

static struct ref ref_of(const struct drill_page *page, enum drill_what what, unsigned n)
{
	const struct drills *drills = &page->drills;

	if (what == DRILL_ROW_RUNNING)
		return drills->running;
	if (what == DRILL_ROW_INJECT)
		return drills->injects[n].ref;
	if (what == DRILL_ROW_DRILL)
		return drills->rows[n].ref;
	if (what == DRILL_ROW_FINDING)
		return drills->findings[n].ref;
	if (what == DRILL_ROW_ARRIVAL)
		return drills->arrivals[n].ref;
	if (what == DRILL_ROW_PART && !listed(page)->rule->apart)
		return listed(page)->lacks[n].ref;
	return (struct ref){0, 0};
}

static enum look look_of(const struct drill_page *page, enum drill_what what, unsigned n)
{
	if (what == DRILL_ROW_RUNNING)
		return LOOK_TITLE;
	return what == DRILL_ROW_COUNT && page->drills.counts[n].figured.red ? LOOK_BAD
									     : LOOK_PLAIN;
}

static void add_rows(struct drill_page *page, enum drill_what what, unsigned count)
{
	struct list *list = &page->tally.list;
	struct buf text = {0};

	for (unsigned n = 0; n < count; n++) {
		struct ref ref = ref_of(page, what, n);
		/* No record: what keeps '>' on its place. */
		struct list_row *row = list_add(list, ref.seq ? ref : (struct ref){what, n + 1});

		row->id = (int64_t)what * PART + n;
		row->look = look_of(page, what, n);
		drill_page_row(page, what, n, &text);
		list_cell(list, row, 0, buf_cstr(&text));
		buf_clear(&text);
	}
	buf_release(&text);
}

static void add_running(struct drill_page *page)
{
	add_rows(page, DRILL_ROW_RUNNING, page->drills.running.seq != 0);
	add_rows(page, DRILL_ROW_INJECT, page->drills.inject_count);
}

static void add_all(struct drill_page *page)
{
	const struct drills *drills = &page->drills;

	/* Eleven lines cannot show all of it: what goes on comes first there. */
	if (!wide(page))
		add_running(page);
	add_rows(page, DRILL_ROW_COUNT, drills->count);
	if (wide(page))
		add_running(page);
	add_rows(page, DRILL_ROW_DRILL, drills->row_count);
	add_rows(page, DRILL_ROW_FINDING, drills->finding_count);
}

static void add_listed(struct drill_page *page)
{
	struct buf text = {0};

	drill_page_row(page, page->listing, page->listed, &text);
	tally_head(&page->tally, LOOK_TITLE, arena_text(&page->lines, buf_cstr(&text)));
	buf_release(&text);
	if (page->listing == DRILL_ROW_RUNNING && *page->drills.units)
		tally_head(&page->tally, LOOK_PLAIN,
			arena_fmt(&page->lines, _("应到 %s"), page->drills.units));
	if (page->listing == DRILL_ROW_RUNNING)
		add_rows(page, DRILL_ROW_ARRIVAL, page->drills.arrival_count);
	else
		add_rows(page, DRILL_ROW_PART,
			listed(page)->rule->apart ? listed(page)->figured.part_count
						  : listed(page)->lack_count);
}

/* Where somebody has to act: what waits for an answer, else the drill that goes on. */
static void look_first(struct drill_page *page)
{
	struct list *list = &page->tally.list;
	bool found = false;

	if (page->looked || !page->drills.running.seq)
		return;
	for (unsigned n = 0; n < list->shown && !found; n++) {
		int64_t id = list_shown(list, n)->id;
		bool waits = id / PART == DRILL_ROW_INJECT &&
			     page->drills.injects[id % PART].state == inject_is_given;

		found = waits;
		if (waits || id / PART == DRILL_ROW_RUNNING)
			list->at = n;
	}
	page->looked = true;
}

static void add_findings_head(struct drill_page *page)
{
	if (page->drills.finding_count && !page->all)
		tally_foot(&page->tally, LOOK_PLAIN,
			arena_fmt(&page->lines, _("问题没改完%u 超期%u 5立隐患 6派任务"),
				page->drills.finding_count, page->drills.late));
}

void drill_page_lay(struct drill_page *page, unsigned columns)
{
	struct list *list = &page->tally.list;

	arena_release(&page->lines);
	page->columns = columns;
	list->column_count = 0;
	list_column(list, "", 0, false);
	list_clear(list);
	tally_clear(&page->tally);
	if (page->listing == DRILL_ROW_NONE)
		add_all(page);
	else
		add_listed(page);
	list_done(list);
	if (page->turned)
		list->at = list->top = 0;
	page->turned = false;
	if (page->listing == DRILL_ROW_NONE) {
		look_first(page);
		add_findings_head(page);
	}
	tally_foot(&page->tally, LOOK_MARK, page->said);
	page->tally.columns = columns;
}

/* ---- what keys mean */

struct drill_at drill_page_at(struct drill_page *page)
{
	const struct list_row *row = page->tally.started ? list_row(&page->tally.list) : NULL;
	struct drill_at at = {.what = DRILL_ROW_NONE};

	if (row) {
		at.what = (enum drill_what)(row->id / PART);
		at.n = (unsigned)(row->id % PART);
		at.ref = ref_of(page, at.what, at.n);
	}
	return at;
}

const struct drill_inject *drill_page_inject(struct drill_page *page)
{
	const struct drills *drills = &page->drills;
	struct drill_at at = drill_page_at(page);
	const struct drill_inject *given = NULL, *sealed = NULL;

	if (at.what == DRILL_ROW_INJECT)
		return &drills->injects[at.n];
	for (unsigned n = drills->inject_count; n > 0; n--) {
		if (drills->injects[n - 1].state == inject_is_given)
			given = &drills->injects[n - 1];
		if (drills->injects[n - 1].state == inject_is_sealed)
			sealed = &drills->injects[n - 1];
	}
	return given ? given : sealed;
}

struct ref drill_page_held(struct drill_page *page)
{
	const struct drills *drills = &page->drills;
	struct drill_at at = drill_page_at(page);

	if (at.what == DRILL_ROW_DRILL && drills->rows[at.n].state != drill_is_planned)
		return at.ref;
	for (unsigned n = 0; n < drills->row_count; n++)
		if (drills->rows[n].state == drill_is_held)
			return drills->rows[n].ref;
	return (struct ref){0, 0};
}

bool drill_page_list(struct drill_page *page, enum drill_what what, unsigned n)
{
	const struct drill_count *count = what == DRILL_ROW_COUNT ? &page->drills.counts[n] : NULL;
	bool open = page->listing != DRILL_ROW_NONE;

	page->listing = DRILL_ROW_NONE;
	page->listed = n;
	page->turned = true;
	if (!open && (what == DRILL_ROW_RUNNING ||
			     (count && (count->figured.part_count || count->lack_count))))
		page->listing = what;
	return open || page->listing != DRILL_ROW_NONE;
}

static bool waits(const void *to, int64_t id)
{
	const struct drill_page *page = to;

	return id / PART == DRILL_ROW_INJECT &&
	       page->drills.injects[id % PART].state == inject_is_given;
}

void drill_page_next(struct drill_page *page)
{
	(void)tally_next(&page->tally, waits, page);
}

/* ---- loading */

enum rc drill_page_load(struct drill_page *page, const struct actor *actor, struct arena *arena,
	struct fault *fault)
{
	struct world world;

	if (!page->tally.started)
		tally_start(&page->tally, "");
	page->now = store_now(actor->store);
	page->tally.columns = 0;
	page->tally.list.empty = page->listing == DRILL_ROW_RUNNING ? _("还没有人到场，3 记到达")
								    : _("没有演练要办。n 计划一次");
	world_open(&world, actor->store, actor->user, page->now);
	enum rc rc = drills_load(&page->drills, &world, page->all, arena, fault);
	if (page->listed >= page->drills.count && page->listing == DRILL_ROW_COUNT)
		page->listing = DRILL_ROW_NONE;
	if (!page->drills.running.seq && page->listing == DRILL_ROW_RUNNING)
		page->listing = DRILL_ROW_NONE;
	return rc;
}

void drill_page_release(struct drill_page *page)
{
	tally_release(&page->tally);
	arena_release(&page->lines);
}
