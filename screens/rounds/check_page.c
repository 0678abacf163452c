/* SPDX-License-Identifier: GPL-3.0-or-later
 * A check item by item as texts.
 */
#include "screens/check_page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/codes.h"
#include "model/kinds.h"
#include "screens/display.h"

enum { MILLI = 1000, SHOWN = 12 };

static const char *label_of(char answer)
{
	return answer == ANSWER_YES ? _("是") : answer == ANSWER_NO ? _("否") : _("不适用");
}

static void put_words(struct bytes text, struct buf *out)
{
	struct buf whole = {0};

	buf_put(&whole, text.at, text.len);
	display_text(buf_cstr(&whole), out);
	buf_release(&whole);
}

/* Thousandths without the zeros at the end. */
static void put_number(int64_t number, struct buf *out)
{
	int64_t size = number < 0 ? -number : number;
	char rest[8];
	size_t len = 3;

	buf_fmt(out, "%s%lld", number < 0 ? "-" : "", (long long)(size / MILLI));
	snprintf(rest, sizeof rest, "%03d", (int)(size % MILLI));
	while (len && rest[len - 1] == '0')
		len--;
	if (len)
		buf_fmt(out, ".%.*s", (int)len, rest);
}

void check_page_title(const struct checking *checking, struct buf *out)
{
	enum look look;
	const char *colour = display_colour(checking->colour, &look);

	display_text(checking->title, out);
	buf_fmt(out, "%s%s  %s %s", *colour ? " " : "", colour, checking->list.code,
		checking->list.version);
}

void check_page_item(const struct checking *checking, struct buf *out)
{
	const struct list_item *item = checking_item(checking);

	if (!item)
		return;
	buf_fmt(out, "%u/%u ", checking->answers.count + 1, checking->list.items);
	put_words(item->text, out);
}

static void put_last(const struct checked_number *number, int64_t now, struct buf *out)
{
	char time[WHEN_TEXT];

	for (unsigned n = 0; n < number->count; n++) {
		buf_text(out, n ? " " : _(" 上次"));
		put_number(number->last[n].number, out);
		display_clock(number->last[n].at, now, time);
		buf_fmt(out, "(%s)", time);
	}
}

void check_page_before(const struct checking *checking, int64_t now, struct buf *out)
{
	const struct list_item *item = checking_item(checking);
	unsigned n = checking->answers.count;
	char time[WHEN_TEXT];

	if (!item)
		return;
	if (*item->reading) {
		put_last(&checking->number[n], now, out);
	} else if (n < checking->last.count) {
		display_clock(checking->last_at, now, time);
		buf_fmt(out, _(" 上次%s: %s"), time, label_of(checking->last.at[n]));
	}
}

void check_page_progress(const struct checking *checking, struct buf *out)
{
	unsigned count = checking->answers.count;

	for (unsigned n = count > SHOWN ? count - SHOWN : 0; n < count; n++)
		buf_fmt(out, "%u%s%s ", n + 1, display_gap(), label_of(checking->answers.at[n]));
	if (count < checking->list.items)
		buf_fmt(out, "%u_", count + 1);
}

void check_page_sums(const struct checking *checking, int64_t now, struct buf *out)
{
	char time[WHEN_TEXT];

	when_span(now - checking->began, time);
	buf_fmt(out, _("%u项答完：是%u 否%u 不适用%u  用时%s"), checking->answers.count,
		answers_of(&checking->answers, ANSWER_YES),
		answers_of(&checking->answers, ANSWER_NO),
		answers_of(&checking->answers, ANSWER_AWAY), time);
}

void check_page_makes(const struct checking *checking, struct buf *out)
{
	unsigned no = answers_of(&checking->answers, ANSWER_NO), made = checking_hazards(checking);

	if (!no)
		buf_text(out, _("无隐患，^O 存"));
	else
		buf_fmt(out, _("否%u项：立隐患%u条，^O 一起存"), no, made);
}

static void put_code(const char *table, struct bytes code, struct buf *out)
{
	char text[24];

	bytes_into(text, sizeof text, code);
	const struct code *found = code_find(table, text);
	if (found)
		buf_fmt(out, " %s", code_label(found));
}

bool check_page_no(const struct checking *checking, unsigned n, struct buf *out)
{
	for (unsigned at = 0; at < checking->answers.count; at++) {
		const struct list_item *item = &checking->list.item[at];

		if (checking->answers.at[at] != ANSWER_NO || n--)
			continue;
		buf_fmt(out, "%u ", at + 1);
		put_words(item->text, out);
		put_code("hazard_category", item->category, out);
		put_code("hazard_grade", item->grade, out);
		if (!item->category.len)
			buf_text(out, _(" 不立隐患"));
		if (*checking->note[at])
			buf_byte(out, ' ');
		display_text(checking->note[at], out);
		return true;
	}
	return false;
}

bool check_page_number(const struct checking *checking, unsigned n, int64_t now, struct buf *out)
{
	for (unsigned at = 0; at < checking->answers.count; at++) {
		const struct checked_number *number = &checking->number[at];
		const struct field *field =
			field_named(checking->kind, checking->list.item[at].reading);
		int64_t typed, before = number->last[0].number;

		if (!field || !*number->typed || n--)
			continue;
		buf_fmt(out, "%s %s", _(field->label), number->typed);
		typed = (int64_t)(strtod(number->typed, NULL) * MILLI +
				  (*number->typed == '-' ? -0.5 : 0.5));
		if (!number->count)
			return true;
		buf_text(out, "  ");
		put_last(number, now, out);
		if (typed != before) {
			buf_text(out, typed > before ? _("  比上次高") : _("  比上次低"));
			put_number(typed > before ? typed - before : before - typed, out);
		}
		return true;
	}
	return false;
}

char *check_page_extra(struct checking *checking, unsigned n, const char **label)
{
	static const char *const labels[] = {
		N_("检查人员"), N_("同行专家"), N_("专家意见"), N_("专家评价 A优 B良 C中 D差")};
	char *const texts[] = {
		checking->people, checking->expert, checking->comment, checking->rating};

	if (checking->kind->id != KIND_inspect || n >= countof(labels))
		return NULL;
	*label = _(labels[n]);
	return texts[n];
}
