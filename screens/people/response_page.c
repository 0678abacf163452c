/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board R as lines and rows.
 */
#include "screens/response_page.h"

#include <stdio.h>
#include <string.h>

#include "model/kinds.h"
#include "screens/display.h"
#include "screens/plate.h"
#include "work/actions.h"

enum { MINUTE = 60 };

static bool same(struct ref a, struct ref b)
{
	return a.site == b.site && a.seq == b.seq;
}

static void put_clock(int64_t at, int64_t now, struct buf *out)
{
	char time[WHEN_TEXT];

	display_clock(at, now, time);
	buf_text(out, time);
}

const struct response_on *response_page_on(const struct response_page *page)
{
	for (unsigned n = 0; n < page->responses.count; n++)
		if (same(page->responses.on[n].ref, page->responses.open))
			return &page->responses.on[n];
	return NULL;
}

bool response_page_turn(struct response_page *page)
{
	const struct response_on *on = response_page_on(page);
	unsigned at = on ? (unsigned)(on - page->responses.on) : 0;

	if (page->responses.count < 2)
		return false;
	page->responses.open = page->responses.on[(at + 1) % page->responses.count].ref;
	return true;
}

/* ---- lines */

static const char *keep(struct arena *arena, struct buf *text)
{
	const char *kept = arena_text(arena, buf_cstr(text));

	buf_clear(text);
	return kept;
}

static void put_head(
	const struct response_page *page, const struct response_on *on, struct buf *out)
{
	display_text(on->event, out);
	buf_text(out, display_gap());
	buf_fmt(out, _("%s响应 "), on->level);
	put_clock(on->at, page->now, out);
	buf_text(out, _("起"));
	if (page->responses.count > 1)
		buf_fmt(out, _("  共%u个 f下一个"), page->responses.count);
}

static void put_basis(const struct response_on *on, struct buf *out)
{
	if (*on->basis)
		buf_fmt(out, _("依据 %s  "), on->basis);
	if (*on->leader)
		buf_fmt(out, _("决定 %s"), on->leader);
}

/* A place below acts under its own: said with the place, its level and since when. */
static void add_below(struct response_page *page)
{
	enum { NAMED = 6 };
	const struct responses *responses = &page->responses;
	struct buf text = {0};

	if (!responses->below_count)
		return;
	buf_fmt(&text, _("下面有响应%u处："), responses->below_count);
	for (unsigned n = 0; n < responses->below_count && n < NAMED; n++) {
		const struct response_on *on = &responses->below[n];

		buf_text(&text, n ? "  " : "");
		display_place(on->area, &text);
		buf_byte(&text, ' ');
		display_text(on->event, &text);
		buf_fmt(&text, "%s%s ", display_gap(), on->level);
		put_clock(on->at, page->now, &text);
		buf_text(&text, _("起"));
	}
	if (responses->below_count > NAMED)
		buf_text(&text, "…");
	tally_head(&page->tally, LOOK_MARK, keep(&page->lines, &text));
	buf_release(&text);
}

static void add_none(struct response_page *page)
{
	struct buf text = {0};

	if (page->card.seq) {
		buf_text(&text, _("正是 "));
		display_text(page->card_title, &text);
		buf_text(&text, _("：n 按这张卡启动"));
	}
	tally_head(&page->tally, LOOK_MARK, keep(&page->lines, &text));
	buf_release(&text);
}

static void add_lines(struct response_page *page)
{
	const struct response_on *on = response_page_on(page);
	const struct responses *responses = &page->responses;
	struct buf text = {0};

	tally_clear(&page->tally);
	tally_foot(&page->tally, LOOK_MARK, page->said);
	if (!on) {
		add_none(page);
		add_below(page);
		return;
	}
	put_head(page, on, &text);
	tally_head(&page->tally, LOOK_TITLE, keep(&page->lines, &text));
	put_basis(on, &text);
	tally_head(&page->tally, LOOK_PLAIN, keep(&page->lines, &text));
	tally_head(&page->tally, LOOK_MARK, on->proposal);
	if (responses->step_count)
		tally_head(&page->tally, LOOK_PLAIN,
			arena_fmt(&page->lines, _("%u步: 做完%u 在做%u 没动%u 超时%u"),
				responses->step_count, responses->done, responses->doing,
				responses->step_count - responses->done - responses->doing,
				responses->late));
	add_below(page);
	buf_release(&text);
}

/* ---- rows */

static void put_state(
	const struct response_page *page, const struct response_step *step, struct buf *out)
{
	if (step->state == task_is_done) {
		buf_text(out, _("完"));
		put_clock(step->done_at, page->now, out);
		buf_fmt(out, _(" 用%lld分"), (long long)((step->done_at - step->at) / MINUTE));
		return;
	}
	if (step->of)
		buf_fmt(out, "%u/%u ", step->done, step->of);
	else
		buf_text(out, step->state == task_is_open ? _("没动 ") : _("在做 "));
	if (step->due)
		display_left(step->due, page->now, out);
}

/* The row has its number itself: "3. 停：…". */
static const char *behind_number(const char *text)
{
	size_t len = strspn(text, "0123456789");

	return len && text[len] == '.' ? text + len + 1 + strspn(text + len + 1, " ") : text;
}

void response_page_row(
	struct response_page *page, const struct response_step *step, struct buf *out)
{
	bool wide = page->columns >= TALLY_NARROW, done = step->state == task_is_done;
	struct buf cell = {0};

	display_text(behind_number(step->text), &cell);
	display_cell(&cell, wide ? 42 : 18, out);
	if (wide) {
		display_text(done && *step->by ? step->by : step->who, &cell);
		display_cell(&cell, 12, out);
	}
	put_state(page, step, &cell);
	buf_text(out, buf_cstr(&cell));
	buf_release(&cell);
}

void response_page_lay(struct response_page *page, unsigned columns)
{
	struct list *list = &page->tally.list;
	struct buf text = {0};

	arena_release(&page->lines);
	page->columns = columns;
	list->column_count = 0;
	list_column(list, "", 0, false);
	list_clear(list);
	for (unsigned n = 0; n < page->responses.step_count; n++) {
		struct list_row *row = list_add(list, page->responses.steps[n].task);

		row->id = n;
		row->sign = n < 9 ? (char)('1' + n) : 0;
		response_page_row(page, &page->responses.steps[n], &text);
		list_cell(list, row, 0, buf_cstr(&text));
		buf_clear(&text);
	}
	list_done(list);
	buf_release(&text);
	add_lines(page);
	page->tally.columns = columns;
}

const struct response_step *response_page_at(struct response_page *page)
{
	const struct list_row *row = page->tally.started ? list_row(&page->tally.list) : NULL;

	return row ? &page->responses.steps[row->id] : NULL;
}

const struct response_step *response_page_nth(const struct response_page *page, unsigned n)
{
	return n && n <= page->responses.step_count ? &page->responses.steps[n - 1] : NULL;
}

/* ---- loading */

static enum rc find_card(struct response_page *page, const struct actor *actor, struct arena *arena,
	struct fault *fault)
{
	struct plate plate = {0};
	enum rc rc = plate_load(&plate, actor->store, arena, fault);

	page->card = (struct ref){0, 0};
	page->card_title = "";
	for (unsigned n = 0; n < plate.count && !rc && !page->card.seq; n++)
		if (*plate.cards[n].now) {
			page->card = plate.cards[n].ref;
			page->card_title = plate.cards[n].title;
		}
	return rc;
}

/* Who may not begin one is not told how. */
static const char *empty_words(const struct response_page *page, const struct actor *actor)
{
	if (page->responses.count)
		return _("没有步骤：启动时选行动卡，卡上每步是一项");
	if (!action_may_add(actor, kind_of(KIND_response)))
		return _("没有启动响应");
	return page->responses.below_count ? _("本级没有启动响应。n 启动")
					   : _("没有启动响应。n 启动");
}

enum rc response_page_load(struct response_page *page, const struct actor *actor,
	struct arena *arena, struct fault *fault)
{
	struct world world;

	if (!page->tally.started) {
		tally_start(&page->tally, "");
		page->tally.list.signs = SIGNS_OWN;
	}
	page->now = store_now(actor->store);
	page->tally.columns = 0;
	world_open(&world, actor->store, actor->user, page->now);
	enum rc rc = responses_load(&page->responses, &world, arena, fault);
	if (!rc && !page->responses.count)
		rc = find_card(page, actor, arena, fault);
	page->tally.list.empty = empty_words(page, actor);
	return rc;
}

void response_page_release(struct response_page *page)
{
	tally_release(&page->tally);
	arena_release(&page->lines);
}

/* ---- ticks */

bool response_page_asks(const struct response_step *step)
{
	return *step->who && !step->mine;
}

enum rc response_page_tick(struct response_page *page, const struct actor *actor,
	const struct response_step *step, struct fault *fault)
{
	struct buf text = {0};

	if (step->state == task_is_done)
		return fault_set(fault, RC_BAD, "%s", _("这一步已经做完了"));
	enum rc rc = response_tick(actor, step, fault);
	if (rc)
		return rc;
	page->done = step->task;
	buf_text(&text, _("已做完："));
	display_text(behind_number(step->text), &text);
	snprintf(page->said, sizeof page->said, "%s", buf_cstr(&text));
	buf_release(&text);
	return RC_OK;
}
