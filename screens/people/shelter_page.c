/* SPDX-License-Identifier: GPL-3.0-or-later
 * A shelter as lines and rows, and what its keys write.
 */
#include "screens/shelter_page.h"

#include <stdio.h>

#include "model/kinds.h"
#include "screens/display.h"
#include "screens/move_page.h"
#include "work/actions.h"

enum { BAR = 20, NARROW_BAR = 10, UNDO_SECONDS = 3600 };

/* ---- lines */

static void put_clock(int64_t at, int64_t now, struct buf *out)
{
	char time[WHEN_TEXT];

	display_clock(at, now, time);
	buf_text(out, time);
}

static void put_room(const struct leaving_shelter *here, struct buf *out)
{
	if (here->capacity >= 0)
		buf_fmt(out, _("可%lld 在%lld 余%lld"), (long long)here->capacity,
			(long long)here->heads, (long long)(here->capacity - here->heads));
	else
		buf_fmt(out, _("在%lld"), (long long)here->heads);
}

void shelter_page_prompt(const struct shelter_page *page, struct buf *out)
{
	if (!page->here)
		return;
	display_text(page->here->name, out);
	buf_byte(out, ' ');
	put_room(page->here, out);
}

static const char *keep(struct arena *arena, struct buf *text)
{
	const char *kept = arena_text(arena, buf_cstr(text));

	buf_clear(text);
	return kept;
}

static void put_state(const struct shelter_page *page, struct buf *out)
{
	const struct leaving_shelter *here = page->here;

	buf_text(out, _(kind_of(KIND_shelter)->states[here->state].label));
	if (here->said_at) {
		buf_text(out, _(" 上报"));
		put_clock(here->said_at, page->now, out);
	}
	if (*here->needs)
		buf_fmt(out, _(" 缺%s"), here->needs);
	if (*here->key)
		buf_fmt(out, _(" 钥匙%s%s"), here->key, here->phone);
}

static void add_lines(struct shelter_page *page)
{
	const struct leaving_shelter *here = page->here;
	bool wide = page->columns >= TALLY_NARROW;
	struct buf text = {0};
	char people[DISPLAY_SUM];

	tally_clear(&page->tally);
	if (!here) {
		tally_head(&page->tally, LOOK_PLAIN, _("这个避难场所已停用，里面没有登记的人"));
		return;
	}
	put_room(here, &text);
	buf_byte(&text, ' ');
	move_bar(here->heads, here->capacity, wide ? BAR : NARROW_BAR, &text);
	buf_fmt(&text, _(" %u户"), here->families);
	tally_head(&page->tally, LOOK_TITLE, keep(&page->lines, &text));
	put_state(page, &text);
	tally_head(&page->tally, LOOK_PLAIN, keep(&page->lines, &text));
	move_unhelped(here->unhelped, here->first_help, page->now, &text);
	tally_head(&page->tally, LOOK_MARK, keep(&page->lines, &text));
	if (page->leaving.left) {
		buf_fmt(&text, _("要走没到%u户%s人：D 看是谁"), page->leaving.left,
			display_sum(page->leaving.people_left, page->leaving.left, people));
		tally_head(&page->tally, LOOK_PLAIN, keep(&page->lines, &text));
	}
	tally_foot(&page->tally, LOOK_PLAIN, page->said);
	tally_foot(&page->tally, LOOK_MARK, page->tally.prompt ? page->match : "");
	buf_release(&text);
}

/* ---- rows */

void shelter_page_row(struct shelter_page *page, const struct lodger *lodger, struct buf *out)
{
	struct buf cell = {0};

	put_clock(lodger->at, page->now, out);
	buf_byte(out, ' ');
	display_text(lodger->group, &cell);
	display_cell(&cell, 5, out);
	display_text(lodger->name, &cell);
	display_cell(&cell, 6, out);
	buf_fmt(&cell, _("%lld人"), (long long)lodger->people);
	display_cell(&cell, 5, out);
	if (lodger->state != stay_is_in) {
		buf_text(out, *lodger->to ? _("已去") : _("已回家"));
		display_text(lodger->to, out);
	} else if (lodger->helped) {
		put_clock(lodger->helped, page->now, out);
		buf_text(out, _("已救助 "));
	} else {
		buf_text(out, _("没救助 "));
		display_left(lodger->help_due, page->now, out);
		buf_byte(out, ' ');
	}
	if (lodger->state == stay_is_in)
		display_text(lodger->tags, out);
	buf_release(&cell);
}

void shelter_page_lay(struct shelter_page *page, unsigned columns)
{
	struct list *list = &page->tally.list;
	struct buf text = {0};

	arena_release(&page->lines);
	page->columns = columns;
	list->column_count = 0;
	list_column(list, "", 0, false);
	list_clear(list);
	for (unsigned n = 0; n < page->lodgers.count; n++) {
		struct list_row *row = list_add(list, page->lodgers.list[n].stay);

		row->id = n;
		shelter_page_row(page, &page->lodgers.list[n], &text);
		list_cell(list, row, 0, buf_cstr(&text));
		buf_clear(&text);
	}
	list_done(list);
	buf_release(&text);
	add_lines(page);
	page->tally.columns = columns;
}

const struct lodger *shelter_page_at(struct shelter_page *page)
{
	const struct list_row *row = page->tally.started ? list_row(&page->tally.list) : NULL;

	return row ? &page->lodgers.list[row->id] : NULL;
}

/* ---- loading */

enum rc shelter_page_load(struct shelter_page *page, const struct actor *actor, struct arena *arena,
	struct fault *fault)
{
	struct world world;

	if (!page->tally.started)
		tally_start(&page->tally, action_may_add(actor, kind_of(KIND_stay))
						  ? _("还没有登记的人：i 登记")
						  : _("还没有登记的人"));
	page->now = store_now(actor->store);
	page->tally.columns = 0;
	page->here = NULL;
	world_open(&world, actor->store, actor->user, page->now);
	page->leaving.area = 0;
	enum rc rc = leaving_load(&page->leaving, &world, arena, fault);
	for (unsigned n = 0; n < page->leaving.shelter_count && !rc; n++)
		if (page->leaving.shelters[n].ref.site == page->shelter.site &&
			page->leaving.shelters[n].ref.seq == page->shelter.seq)
			page->here = &page->leaving.shelters[n];
	if (!rc)
		rc = lodgers_load(
			&page->lodgers, actor->store, page->shelter, page->all, arena, fault);
	return rc;
}

void shelter_page_release(struct shelter_page *page)
{
	tally_release(&page->tally);
	arena_release(&page->lines);
}

/* ---- a line of check-in */

static struct check_in in_of(const struct shelter_page *page)
{
	const struct check_line *line = &page->line;
	struct check_in in = {.shelter = page->shelter,
		.home = line->home,
		.name = line->home ? line->home->head : line->name,
		.group = line->home ? line->home->group : line->group,
		.people = line->people};

	for (unsigned n = 0; n < page->leaving.order_count; n++) {
		const struct leaving_order *order = &page->leaving.orders[n];

		if (order->state == evacuation_is_issued && (!in.since || order->at < in.since))
			in.since = order->at;
	}
	return in;
}

void shelter_page_typed(struct shelter_page *page, struct store *store, const char *typed)
{
	struct arena arena = {0};
	struct buf text = {0};
	const char *where;
	int64_t at;

	check_line_read(&page->line, &page->leaving.homes, typed);
	check_line_say(&page->line, &text);
	const struct check_in in = in_of(page);
	if (check_in_before(store, &in, &arena, &where, &at).seq) {
		buf_text(&text, _(" 已在"));
		buf_fmt(&text, "%s ", where);
		put_clock(at, page->now, &text);
		buf_text(&text, _("登记，回车改到这里"));
	}
	snprintf(page->match, sizeof page->match, "%s", buf_cstr(&text));
	buf_release(&text);
	arena_release(&arena);
}

bool shelter_page_over(const struct shelter_page *page)
{
	const struct leaving_shelter *here = page->here;

	return here && here->capacity >= 0 && page->line.people > 0 &&
	       here->heads + page->line.people > here->capacity;
}

enum rc shelter_page_check_in(
	struct shelter_page *page, const struct actor *actor, struct fault *fault)
{
	const struct check_in in = in_of(page);
	struct buf text = {0};

	if ((!in.home && !page->line.new_family) || in.people < 1)
		return fault_set(fault, RC_BAD, "%s",
			*page->match ? page->match : _("打 组 姓名 人数，比如 1组 范春生 4"));
	enum rc rc = check_in(actor, &in, &page->done, fault);
	if (rc)
		return rc;
	put_clock(page->done.at, page->done.at, &text);
	buf_byte(&text, ' ');
	display_text(in.group, &text);
	display_text(in.name, &text);
	buf_fmt(&text, _(" %lld人 已登记"), (long long)in.people);
	snprintf(page->said, sizeof page->said, "%s", buf_cstr(&text));
	buf_release(&text);
	return RC_OK;
}

/* ---- the other keys */

enum rc shelter_page_undo(struct shelter_page *page, const struct actor *actor, struct fault *fault)
{
	if (!page->done.stay.seq || store_now(actor->store) - page->done.at > UNDO_SECONDS)
		return fault_set(
			fault, RC_BAD, "%s", _("没有可撤的：只能撤这里刚登记的一户，一小时内"));
	enum rc rc = check_in_undo(actor, &page->done, fault);
	if (rc)
		return rc;
	page->done = (struct check_done){0};
	snprintf(page->said, sizeof page->said, "%s", _("登记已撤回"));
	return RC_OK;
}

enum rc shelter_page_tell(struct shelter_page *page, const struct actor *actor, const char *needs,
	struct fault *fault)
{
	if (!page->here)
		return fault_set(fault, RC_BAD, "%s", _("这个避难场所已停用"));
	enum rc rc = shelter_tell(actor, page->here, needs, fault);
	if (!rc)
		snprintf(page->said, sizeof page->said, _("已报人数：在所%lld人"),
			(long long)page->here->heads);
	return rc;
}

enum rc shelter_page_act(struct shelter_page *page, const struct actor *actor, enum shelter_key key,
	const char *told, struct fault *fault)
{
	const struct lodger *lodger = shelter_page_at(page);
	static const char *const labels[SHELTER_KEYS] = {[KEY_HELPED] = N_("已救助"),
		[KEY_HOME] = N_("已离所回家"),
		[KEY_ELSEWHERE] = N_("已离所")};
	enum rc rc;

	if (!lodger || lodger->state != stay_is_in)
		return fault_set(fault, RC_BAD, "%s", _("先按 j k 选一户在所的"));
	if (key == KEY_ELSEWHERE && !*told)
		return fault_set(fault, RC_BAD, "%s", _("去哪里没有写，没有记"));
	if (key == KEY_HELPED)
		rc = lodger_help(actor, lodger->stay, told, fault);
	else
		rc = check_out(actor, lodger->stay, told, fault);
	if (!rc)
		snprintf(page->said, sizeof page->said, "%s%s %s", lodger->group, lodger->name,
			_(labels[key]));
	return rc;
}
