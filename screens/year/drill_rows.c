/* SPDX-License-Identifier: GPL-3.0-or-later
 * The rows of the board E as texts.
 */
#include "base/text.h"
#include "model/kinds.h"
#include "screens/display.h"
#include "screens/drill_page.h"
#include "work/totals.h"

enum { MINUTE = 60, MILLI = 1000, BAR = 14 };
enum { LABEL = 16, LABEL_NARROW = 14, WHAT = 32 };

static bool wide(const struct drill_page *page)
{
	return page->columns >= TALLY_NARROW;
}

static void put_clock(int64_t at, int64_t now, struct buf *out)
{
	char time[WHEN_TEXT];

	display_clock(at, now, time);
	buf_text(out, time);
}

int64_t drill_page_minute(const struct drill_page *page)
{
	int64_t begun = page->drills.begun_at;

	return begun && begun < page->now ? (page->now - begun) / MINUTE : 0;
}

/* ---- counters */

static void put_bar(int64_t done, int64_t of, struct buf *out)
{
	int64_t full = of > 0 ? done * BAR / of : 0;

	buf_byte(out, '[');
	for (int64_t n = 0; n < BAR; n++)
		buf_byte(out, n < full ? '#' : '.');
	buf_text(out, "] ");
}

/* "10-01已转红" */
static void put_red(const struct drill_page *page, const struct drill_count *count, struct buf *out)
{
	enum { DAY = 100 };
	unsigned day = count->rule->red_day;

	if (!day || count->figured.met)
		return;
	if (!wide(page))
		buf_text(out, count->figured.red ? _(" 已转红") : "");
	else
		buf_fmt(out, count->figured.red ? _(" %02u-%02u已转红") : _(" %02u-%02u起转红"),
			day / DAY, day % DAY);
}

static void put_lacks(const struct drill_page *page, const struct drill_count *count, int64_t lacks,
	struct buf *out)
{
	if (count->planned_at) {
		buf_text(out, _(" 计划"));
		put_clock(count->planned_at, page->now, out);
		buf_byte(out, ' ');
		display_text(count->planned, out);
	} else if (count->rule->apart) {
		buf_fmt(out, _(" 没到%lld v"), (long long)lacks);
	} else if (count->lack_count) {
		buf_fmt(out, _(" 差%u v "), count->lack_count);
		display_text(count->lacks[0].title, out);
	} else if (lacks > 0) {
		buf_fmt(out, wide(page) ? _(" 缺%lld 12-31前") : _(" 缺%lld"), (long long)lacks);
	}
	put_red(page, count, out);
}

static void put_count(
	const struct drill_page *page, const struct drill_count *count, struct buf *out)
{
	const struct figured *figured = &count->figured;
	bool share = total_is_share(count->rule);
	int64_t done = figured->top.number / MILLI,
		of = share ? figured->bottom.number / MILLI : count->rule->target;
	struct buf cell = {0};

	buf_text(&cell, rule_text(count->rule));
	display_cell(&cell, wide(page) ? LABEL : LABEL_NARROW, out);
	if (!figured->known) {
		buf_byte(&cell, '-'); /* nothing to divide by is no 0 */
	} else if (count->rule->median) {
		figure_number(figured->value, &cell);
		buf_text(&cell, _("分"));
	} else {
		if (wide(page))
			put_bar(done, of, &cell);
		buf_fmt(&cell, "%lld/%lld", (long long)done, (long long)of);
	}
	display_cell(&cell, wide(page) ? BAR + 9 : 6, out);
	if (figured->known && !figured->met)
		put_lacks(page, count, of - done, out);
	buf_release(&cell);
}

/* ---- the drill that goes on */

static void put_running(const struct drill_page *page, struct buf *out)
{
	const struct drills *drills = &page->drills;

	buf_text(out, wide(page) ? _("【演练】进行中 ") : _("【演练】"));
	if (wide(page)) {
		display_text(drills->title, out);
		buf_byte(out, ' ');
	}
	buf_fmt(out, _("%lld分"), (long long)drill_page_minute(page));
	buf_fmt(out, _(" 参演%lld"), (long long)drills->people);
	if (drills->expected)
		buf_fmt(out, "/%lld", (long long)drills->expected);
	buf_fmt(out, _(" 到场%lld"), (long long)drills->arrived);
	if (drills->evacuated)
		buf_fmt(out, _(" 疏散%lld"), (long long)drills->evacuated);
	buf_fmt(out, _(" 情况%u/%u"), drills->answered, drills->inject_count);
}

static void put_given(
	const struct drill_page *page, const struct drill_inject *inject, struct buf *out)
{
	if (inject->given_at) {
		buf_text(out, _(" 下发"));
		put_clock(inject->given_at, page->now, out);
	}
	if (inject->state == inject_is_answered) {
		buf_text(out, _(" 处置"));
		put_clock(inject->done_at, page->now, out);
		buf_byte(out, ' ');
		display_text(*inject->answer ? inject->answer : inject->by, out);
		return;
	}
	buf_text(out, _(" 没处置 "));
	if (inject->until)
		display_left(inject->until, page->now, out);
}

static void put_sealed(
	const struct drill_page *page, const struct drill_inject *inject, struct buf *out)
{
	char time[WHEN_TEXT] = "";

	if (inject->gives)
		display_clock(inject->gives, page->now, time);
	if (inject->script.seq) {
		buf_text(out, _("密封 "));
		display_text(inject->text, out);
		buf_fmt(out, _(" %s放 1下发"), time);
	} else {
		buf_fmt(out, *time ? _("(密封，%s放)") : _("(密封)"), time);
	}
}

static unsigned number_of(const struct drill_page *page, const struct drill_inject *inject)
{
	return (unsigned)(inject - page->drills.injects) + 1;
}

/* On a narrow line what is to be done stands before what it is about. */
static void put_inject(
	const struct drill_page *page, const struct drill_inject *inject, struct buf *out)
{
	struct buf cell = {0};

	buf_fmt(out, _(" %u +%02lld分 "), number_of(page, inject), (long long)inject->minute);
	if (inject->state == inject_is_sealed) {
		put_sealed(page, inject, out);
		return;
	}
	if (!wide(page) && inject->state == inject_is_given && inject->until) {
		display_left(inject->until, page->now, out);
		buf_byte(out, ' ');
	}
	display_text(inject->text, &cell);
	if (wide(page)) {
		display_cell(&cell, WHAT, out);
		put_given(page, inject, out);
	} else {
		buf_text(out, buf_cstr(&cell));
		buf_text(out, inject->state == inject_is_answered ? _(" 已处置") : "");
	}
	buf_release(&cell);
}

void drill_page_ask(
	const struct drill_page *page, const struct drill_inject *inject, struct buf *out)
{
	buf_fmt(out, _("情况%u +%lld分 "), number_of(page, inject), (long long)inject->minute);
	display_text(inject->text, out);
}

const char *drill_page_sealed(const struct drill_inject *inject)
{
	if (inject->state == inject_is_answered)
		return _("这个情况已经处置");
	return inject->state == inject_is_sealed ? _("还密封着，到时由导演的站下发") : "";
}

/* ---- what is not filed, what is not put right */

static void put_drill(const struct drill_page *page, const struct drill_row *row, struct buf *out)
{
	buf_fmt(out, "%s ",
		row->state == drill_is_planned ? _("计划")
		: row->state == drill_is_held  ? _("待评估")
					       : _("待归档"));
	if (row->at)
		put_clock(row->at, page->now, out);
	buf_byte(out, ' ');
	display_text(row->title, out);
	buf_byte(out, ' ');
	if (row->until)
		display_left(row->until, page->now, out);
}

static void put_finding(
	const struct drill_page *page, const struct drill_finding *finding, struct buf *out)
{
	struct buf cell = {0};

	buf_text(out, finding->state == finding_is_open     ? _("问题 ")
		      : finding->state == finding_is_handed ? _("已转办 ")
							    : _("已改 "));
	display_text(finding->text, &cell);
	display_cell(&cell, wide(page) ? 40 : 18, out);
	if (finding->due && finding->state != finding_is_done)
		display_left(finding->due, page->now, out);
	buf_byte(out, ' ');
	display_text(finding->owner, out);
	buf_release(&cell);
}

/* ---- lists behind a row */

static const struct drill_count *listed(const struct drill_page *page)
{
	return &page->drills.counts[page->listed];
}

static void put_part(const struct drill_page *page, unsigned n, struct buf *out)
{
	const struct drill_count *count = listed(page);
	const struct figured_part *part = &count->figured.parts[n];

	if (!count->rule->apart) {
		display_text(count->lacks[n].title, out);
		return;
	}
	buf_fmt(out, "%s ", part->met ? _("到") : _("没到"));
	display_text(part->name, out);
	buf_byte(out, ' ');
	figure_number(part->number, out);
	buf_fmt(out, "/%lld", (long long)count->rule->target);
}

static void put_arrival(const struct drill_arrival *arrival, struct buf *out)
{
	buf_fmt(out, _("+%lld分 "), (long long)arrival->minute);
	display_text(arrival->who, out);
	buf_fmt(out, _(" %lld人"), (long long)arrival->people);
	if (arrival->late)
		buf_text(out, _(" 迟到"));
}

void drill_page_row(
	const struct drill_page *page, enum drill_what what, unsigned n, struct buf *out)
{
	const struct drills *drills = &page->drills;

	if (what == DRILL_ROW_COUNT)
		put_count(page, &drills->counts[n], out);
	else if (what == DRILL_ROW_RUNNING)
		put_running(page, out);
	else if (what == DRILL_ROW_INJECT)
		put_inject(page, &drills->injects[n], out);
	else if (what == DRILL_ROW_DRILL)
		put_drill(page, &drills->rows[n], out);
	else if (what == DRILL_ROW_FINDING)
		put_finding(page, &drills->findings[n], out);
	else if (what == DRILL_ROW_PART)
		put_part(page, n, out);
	else
		put_arrival(&drills->arrivals[n], out);
}
