/* SPDX-License-Identifier: GPL-3.0-or-later
 * Numbers of disaster reports in words: a summary, what differs between two, what does not agree.
 */
#include "screens/report_table.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "screens/display.h"
#include "store/station.h"

static const char *const figure_labels[LOSS_FIGURES] = {N_("受灾"), N_("死亡"), N_("失踪"),
	N_("受伤"), N_("转移"), N_("安置"), N_("需救"), N_("倒房"), N_("损房"), N_("农田ha"),
	N_("损失万")};

const char *report_label(unsigned figure)
{
	return _(figure_labels[figure]);
}

/* Columns of the table, in the order of the national one. 0: not on a narrow screen. */
static const struct {
	unsigned char wide, narrow;
} widths[LOSS_FIGURES] = {
	{6, 6}, {5, 5}, {5, 5}, {5, 0}, {5, 5}, {5, 0}, {5, 0}, {5, 5}, {5, 0}, {7, 0}, {7, 0}};

void report_pad(struct buf *out, size_t from, unsigned columns)
{
	size_t used = text_columns(buf_cstr(out) + from);

	do
		buf_byte(out, ' ');
	while (++used < columns);
}

unsigned report_width(unsigned figure, bool wide)
{
	return wide ? widths[figure].wide : widths[figure].narrow;
}

void report_put_name(struct buf *out, const char *name, const char *behind, unsigned columns)
{
	size_t used, from = out->len, wide = text_columns(behind);
	size_t room = columns > wide + 2 ? columns - wide - 2 : 0;

	if (text_columns(name) > room) {
		buf_put(out, name, text_cut(name, room - 1, &used));
		buf_byte(out, '~');
	} else {
		buf_text(out, name);
	}
	buf_fmt(out, "%s%s", *behind ? " " : "", behind);
	report_pad(out, from, columns);
}

void report_trim(struct buf *out)
{
	while (out->len && out->at[out->len - 1] == ' ')
		out->len--;
}

/* DIFFERENCE: only what is there stands in its column, with its sign. */
void report_put_numbers(
	struct buf *out, const struct loss_numbers *numbers, bool wide, bool difference)
{
	for (unsigned f = 0; f < LOSS_FIGURES; f++) {
		size_t from = out->len;

		if (!report_width(f, wide))
			continue;
		if (difference && numbers->has[f] && numbers->num[f] > 0)
			buf_byte(out, '+');
		if (numbers->has[f])
			loss_show(numbers, f, out);
		else if (!difference)
			buf_byte(out, '.');
		report_pad(out, from, report_width(f, wide));
	}
	report_trim(out);
}

void report_words(const struct loss_numbers *numbers, struct buf *out)
{
	for (unsigned f = 0; f < LOSS_FIGURES; f++) {
		if (!numbers->has[f])
			continue;
		buf_fmt(out, "%s%s%s", out->len ? " " : "", report_label(f), display_gap());
		loss_show(numbers, f, out);
	}
}

static void form_words(struct form *form, struct buf *out)
{
	for (unsigned f = 0; f < LOSS_FIGURES; f++) {
		const char *text = form_text(form, loss_field(f)->tag);

		if (*text)
			buf_fmt(out, "%s%s%s%s", out->len ? " " : "", report_label(f),
				display_gap(), text);
	}
	if (!out->len)
		buf_text(out, _("没有数字"));
}

/* What stands beside the field of the figure as last time's; NULL: it was not known then. */
static const char *same_of(const struct form *form, unsigned figure)
{
	unsigned tag = loss_field(figure)->tag;

	for (unsigned n = 0; n < form->count; n++)
		if (form->fields[n].field->tag == tag)
			return form_same(&form->fields[n]);
	return NULL;
}

static void form_blanks(struct form *form, struct buf *out)
{
	unsigned count = 0;

	for (unsigned f = 0; f < LOSS_FIGURES; f++) {
		const char *last = same_of(form, f);

		if (!last || *form_text(form, loss_field(f)->tag))
			continue;
		buf_fmt(out, "%s%s%s%s", count++ ? " " : _("；空着的按上次："), report_label(f),
			display_gap(), last);
	}
}

void report_to(uint64_t area, struct buf *out)
{
	display_place(area_above(area) ? area_above(area) : area, out);
}

void report_form_question(struct form *form, uint64_t area, struct buf *out)
{
	struct buf told = {0}, place = {0};

	form_words(form, &told);
	form_blanks(form, &told);
	report_to(area, &place);
	buf_fmt(out, _("报%s：%s"), buf_cstr(&place), buf_cstr(&told));
	buf_release(&told);
	buf_release(&place);
}

void report_form_title(struct form *form, struct buf *out)
{
	buf_fmt(out, "%s %s", code_text("report_stage", form_text(form, report_stage)),
		code_text("disaster", form_text(form, report_event)));
}

static void put_known(const struct loss_numbers *numbers, unsigned figure, struct buf *out)
{
	if (numbers->has[figure])
		loss_show(numbers, figure, out);
	else
		buf_text(out, ".");
}

void report_differs(
	const struct loss_numbers *before, const struct loss_numbers *now, struct buf *out)
{
	for (unsigned f = 0; f < LOSS_FIGURES; f++) {
		if (before->has[f] == now->has[f] && before->num[f] == now->num[f])
			continue;
		buf_fmt(out, "%s%s%s", out->len ? " " : "", report_label(f), display_gap());
		put_known(before, f, out);
		buf_text(out, "->");
		put_known(now, f, out);
	}
}

void report_stage_text(const struct loss_report *report, struct buf *out)
{
	static const char *const labels[LOSS_STAGES] = {
		N_("初报"), N_("续"), N_("核报"), N_("零报告")};

	buf_text(out, _(labels[report->stage]));
	if (report->stage == LOSS_FOLLOW && report->serial)
		buf_fmt(out, "%lld", (long long)report->serial);
}

/* ---- what does not agree */

void report_put_time(const struct report_page *page, int64_t at, struct buf *out)
{
	char time[WHEN_TEXT];

	when_short(at, page->world.around.now, time);
	if (strchr(time, ':') && strchr(time, '-'))
		*strchr(time, ' ') = '\0';
	buf_text(out, time);
}

static void put_late(
	const struct report_page *page, const struct loss_doubt *doubt, struct buf *out)
{
	struct buf place = {0}, stage = {0};
	char time[WHEN_TEXT];

	display_place(doubt->area, &place);
	report_stage_text(doubt->report, &stage);
	when_short(doubt->at, page->world.around.now, time);
	buf_fmt(out, _("迟报 %s%s迟%lld分(限%s)"), buf_cstr(&place), buf_cstr(&stage),
		(long long)doubt->mine, time);
	buf_release(&place);
	buf_release(&stage);
}

enum { TOLD_SIZE = 24 };

static const char *told(int64_t number, char text[TOLD_SIZE])
{
	snprintf(text, TOLD_SIZE, number == LOSS_UNKNOWN ? "." : "%lld", (long long)number);
	return text;
}

void report_page_doubt_line(
	const struct report_page *page, const struct loss_doubt *doubt, struct buf *out)
{
	char mine[TOLD_SIZE], other[TOLD_SIZE], third[TOLD_SIZE];

	if (doubt->kind == DOUBT_LATE) {
		put_late(page, doubt, out);
		return;
	}
	buf_fmt(out, "%s ", _("核对"));
	if (doubt->kind == DOUBT_SHELTERS) {
		buf_fmt(out, _("安置：%s%s 在所%s 下级报%s"),
			page->losses.own ? _("本级报") : _("合计"), told(doubt->mine, mine),
			told(doubt->other, other), told(doubt->third, third));
		return;
	}
	display_place(doubt->area, out);
	buf_text(out, display_colon());
	if (doubt->kind == DOUBT_INCIDENT)
		report_put_time(page, doubt->at, out);
	report_page_question(doubt, out);
}

void report_page_question(const struct loss_doubt *doubt, struct buf *out)
{
	char mine_text[TOLD_SIZE], other_text[TOLD_SIZE];
	const char *mine = told(doubt ? doubt->mine : 0, mine_text),
		   *other = told(doubt ? doubt->other : 0, other_text);
	struct buf stage = {0};

	if (doubt && doubt->report)
		report_stage_text(doubt->report, &stage);
	switch (doubt ? doubt->kind : DOUBT_LATE) {
	case DOUBT_DEAD:
		buf_fmt(out, _("名单死亡%s，灾情里死亡%s"), other, mine);
		break;
	case DOUBT_MISSING:
		buf_fmt(out, _("名单失踪%s，灾情里失踪%s"), other, mine);
		break;
	case DOUBT_COLLAPSED:
		buf_fmt(out, _("台账倒房%s间，核报倒房%s间"), other, mine);
		break;
	case DOUBT_DAMAGED:
		buf_fmt(out, _("台账损房%s间，核报损房%s间"), other, mine);
		break;
	case DOUBT_INCIDENT:
		buf_fmt(out, _("接报\"%s\"死亡%s，灾情里死亡%s"), doubt->text, other, mine);
		break;
	case DOUBT_TWICE:
		buf_fmt(out, _("同一场报了几份初报：%s"), doubt->text);
		break;
	case DOUBT_SILENT:
		buf_fmt(out, _("%s后%s分没有续报"), buf_cstr(&stage), mine);
		break;
	case DOUBT_LEFT_OUT:
		buf_fmt(out, _("%s没有汇总进来，按4重新汇总"), buf_cstr(&stage));
		break;
	default:
		break;
	}
	buf_release(&stage);
}
