/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board W as lines and rows, and what its keys write.
 */
#include "screens/watch_page.h"

#include <stdio.h>
#include <string.h>

#include "base/when.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "screens/display.h"
#include "screens/figures_line.h"
#include "work/writing.h"

/* The rest of the log is one key away; what is open stands below it, by kind. */
enum { LOG_SHOWN = 12 };

/* ---- who has the watch */

static void put_post(const char *label, const struct watch_post *post, struct buf *out)
{
	if (!*post->name)
		return;
	buf_fmt(out, "%s%s%s", out->len ? "  " : "", label, *label ? " " : "");
	display_text(post->name, out);
}

static void put_roster(const struct roster *roster, bool whole, struct buf *out)
{
	struct buf desk = {0};

	for (unsigned n = 0; n < roster->count; n++) {
		buf_clear(&desk);
		buf_fmt(&desk, _("%s席"), roster->desks[n].desk);
		put_post(buf_cstr(&desk), &roster->desks[n].officer, out);
		if (whole)
			put_post(_("备班"), &roster->desks[n].deputy, out);
	}
	if (whole)
		put_post(_("值班长"), &roster->head, out);
	put_post(_("带班"), &roster->leader, out);
	if (whole)
		put_post("B", &roster->leader_b, out);
	buf_release(&desk);
}

static void put_now(const struct watch_page *page, struct buf *out)
{
	if (page->roster.count)
		put_roster(&page->roster, true, out);
	else
		buf_text(out, _("今天没有排班：签收记在本人名下"));
}

/* Which desks the rules want manned now, and nobody has. */
static const char *unmanned(
	const struct roster *roster, const struct world *world, struct arena *arena)
{
	const struct code *code;
	struct buf text = {0};

	for (unsigned n = 1; roster->count && (code = code_nth("desk", n)); n++) {
		bool manned = !desk_wanted(world, code->code);

		for (unsigned m = 0; m < roster->count; m++)
			manned |= !strcmp(roster->desks[m].desk, code_label(code));
		if (!manned)
			buf_fmt(&text, _("%s%s席没有排班：现在要双值班，p 值班表 n 登记"),
				text.len ? "  " : "", code_label(code));
	}
	const char *kept = arena_text(arena, buf_cstr(&text));
	buf_release(&text);
	return kept;
}

static void put_next(const struct watch_page *page, struct buf *out)
{
	struct buf names = {0};

	put_roster(&page->next, false, &names);
	if (names.len)
		buf_fmt(out, _("%02u:00接班 %s"), (unsigned)rules_limit("watch.hour", 0),
			buf_cstr(&names));
	else
		buf_text(out, _("下一班没有排班"));
	buf_release(&names);
}

/* ---- lines and rows */

static void put_line(
	const struct watch_page *page, const struct watch_line *line, bool wide, struct buf *out)
{
	struct buf text = {0};
	char time[WHEN_TEXT];

	display_clock(line->at, page->now, time);
	buf_text(&text, time);
	display_cell(&text, 5, out);
	display_text(line->what, &text);
	display_cell(&text, 8, out);
	if (wide) {
		display_text(line->from, &text);
		display_cell(&text, 10, out);
	}
	display_text(line->text, out);
	if (*line->done) {
		buf_text(out, " -> ");
		display_text(line->done, out);
	}
	buf_release(&text);
}

static void add_row(struct watch_page *page, struct ref ref, int64_t id, struct buf *text)
{
	struct list_row *row = list_add(&page->tally.list, ref);

	row->id = id;
	list_cell(&page->tally.list, row, 0, buf_cstr(text));
	buf_clear(text);
}

/* "没办结9 隐患3(超2) 指令1" */
static void put_open(const struct watch_page *page, bool wide, struct buf *out)
{
	buf_fmt(out, _("没办结%u"), page->undone);
	for (unsigned n = 0; wide && n < page->open_count; n++) {
		const struct watch_open *open = &page->open[n];

		buf_fmt(out, " %s%s%u", _(open->kind->label), display_gap(), open->count);
		if (open->late)
			buf_fmt(out, _("(超%u)"), open->late);
	}
}

static void add_lines(struct watch_page *page, bool wide)
{
	struct buf text = {0};

	tally_clear(&page->tally);
	put_now(page, &text);
	tally_head(&page->tally, page->roster.count ? LOOK_TITLE : LOOK_BAD,
		arena_text(&page->lines, buf_cstr(&text)));
	buf_clear(&text);
	tally_head(&page->tally, LOOK_BAD, page->unmanned);
	if (wide)
		put_next(page, &text);
	tally_head(&page->tally, LOOK_PLAIN, arena_text(&page->lines, buf_cstr(&text)));
	buf_clear(&text);
	put_open(page, wide, &text);
	tally_head(&page->tally, LOOK_PLAIN, arena_text(&page->lines, buf_cstr(&text)));
	buf_release(&text);
	tally_head(&page->tally, LOOK_PLAIN, page->figures);
	tally_foot(&page->tally, LOOK_MARK, page->said);
}

void watch_page_lay(struct watch_page *page, unsigned columns)
{
	struct list *list = &page->tally.list;
	bool wide = columns >= TALLY_NARROW;
	struct buf text = {0};

	arena_release(&page->lines);
	list->column_count = 0;
	list_column(list, "", 0, false);
	list_clear(list);
	for (unsigned n = 0; n < page->log.count && n < LOG_SHOWN; n++) {
		put_line(page, &page->log.lines[n], wide, &text);
		add_row(page, page->log.lines[n].ref, n, &text);
	}
	for (unsigned n = 0; n < page->open_count; n++) {
		const struct watch_open *open = &page->open[n];

		buf_fmt(&text, _("没办 %s %u"), _(open->kind->label), open->count);
		if (open->late)
			buf_fmt(&text, _("，超时%u"), open->late);
		add_row(page, (struct ref){open->kind->id, 2}, -(int64_t)open->kind->id, &text);
	}
	list_done(list);
	buf_release(&text);
	add_lines(page, wide);
	page->tally.columns = columns;
}

bool watch_page_at(struct watch_page *page, const struct kind **kind, struct ref *ref)
{
	const struct list_row *row = list_row(&page->tally.list);

	*kind = row && row->id < 0 ? kind_of((unsigned)-row->id) : NULL;
	*ref = row && row->id >= 0 ? row->ref : (struct ref){0, 0};
	return row != NULL;
}

/* ---- loading */

static void count_open(struct watch_page *page, const struct need_item *item)
{
	bool late = item->until && item->until < page->now;

	if (!watch_hands_on(item))
		return;
	page->undone++;
	for (unsigned n = 0; n < page->open_count; n++)
		if (page->open[n].kind == item->kind) {
			page->open[n].count++;
			page->open[n].late += late;
			return;
		}
	if (page->open_count < WATCH_OPEN)
		page->open[page->open_count++] = (struct watch_open){item->kind, 1, late};
}

static enum rc load_open(struct watch_page *page, const struct actor *actor, struct fault *fault)
{
	struct needs needs = {0};
	enum rc rc = needs_load(&needs, actor, fault);

	page->open_count = page->undone = 0;
	for (unsigned n = 0; n < needs.count && !rc; n++)
		count_open(page, &needs.items[n]);
	needs_release(&needs);
	return rc;
}

enum rc watch_page_load(struct watch_page *page, const struct actor *actor, struct arena *arena,
	struct fault *fault)
{
	struct world world;

	if (!page->tally.started)
		tally_start(&page->tally, _("一天内没有记录；i 记一笔，N 接报"));
	page->now = store_now(actor->store);
	page->tally.columns = 0;
	world_open(&world, actor->store, actor->user, page->now);
	enum rc rc = roster_load(&page->roster, actor->store, watch_day(page->now), arena, fault);
	if (!rc)
		rc = roster_load(&page->next, actor->store, watch_day(page->now + DAY_SECONDS),
			arena, fault);
	page->unmanned = rc ? "" : unmanned(&page->roster, &world, arena);
	page->figures = figures_line(&world, 'W',
		&(struct counting_of){.area = store_area(actor->store), .at = page->now}, arena);
	if (!rc)
		rc = watch_log_load(&page->log, &world, arena, fault);
	return rc ? rc : load_open(page, actor, fault);
}

void watch_page_release(struct watch_page *page)
{
	tally_release(&page->tally);
	arena_release(&page->lines);
}

/* ---- keys that write */

void watch_page_types(struct buf *out)
{
	display_codes("duty_type", WATCH_TYPES - 1, out);
	buf_fmt(out, " 0%s%s", display_gap(), code_label(code_nth("duty_type", WATCH_TYPES)));
}

unsigned watch_page_type(int digit)
{
	if (digit == '0')
		return WATCH_TYPES;
	return digit > '0' && digit <= '9' ? (unsigned)(digit - '0') : 0;
}

enum rc watch_page_write(struct watch_page *page, const struct actor *actor, unsigned n,
	const char *text, struct fault *fault)
{
	const struct code *type = code_nth("duty_type", n);

	if (!type || !*text)
		return fault_set(fault, RC_BAD, "%s", _("没有记：内容是空的"));
	enum rc rc = watch_write(actor, type->code, text, (struct ref){0, 0}, &page->done, fault);
	if (rc)
		return rc;
	page->done_at = store_now(actor->store);
	snprintf(page->said, sizeof(page->said), _("已记 %s"), code_label(type));
	return RC_OK;
}

void watch_page_last(const struct watch_page *page, const struct actor *actor, struct buf *out)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	char time[WHEN_TEXT];

	if (page->done_at && store_row(actor->store, page->done, &arena, &row, &fault) == RC_OK) {
		when_short(row.at, store_now(actor->store), time);
		buf_fmt(out, "%s ", time);
		display_title(actor->store, &row, out);
	}
	arena_release(&arena);
}

enum rc watch_page_undo(struct watch_page *page, const struct actor *actor, struct fault *fault)
{
	if (!page->done_at || store_now(actor->store) - page->done_at > WATCH_UNDO_SECONDS)
		return fault_set(
			fault, RC_BAD, "%s", _("没有可撤的：只能撤这里刚记的一笔，一小时内"));
	enum rc rc = writing_step(actor, page->done, "void", "", fault);
	if (rc)
		return rc;
	page->done_at = 0;
	snprintf(page->said, sizeof(page->said), "%s", _("刚记的一笔已撤回"));
	return RC_OK;
}
