/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the boards of leaving say in words: a way by its points, an order by its five answers, room
 * as a bar.
 */
#include <string.h>

#include "model/kinds.h"
#include "screens/display.h"
#include "screens/move_page.h"

enum { PERCENT = 100 };

void way_points(const char *route, struct buf *out)
{
	/* zh: what people write between the points of a way */
	static const char *const marks[] = {"→", "->", "—>", "＞", ">", "；", ";", "、", "，"};
	unsigned n = 0;

	while (*route) {
		const char *end = NULL;
		size_t len = 0;

		for (size_t m = 0; m < countof(marks); m++) {
			const char *at = strstr(route, marks[m]);

			if (at && (!end || at < end)) {
				end = at;
				len = strlen(marks[m]);
			}
		}
		size_t text = end ? (size_t)(end - route) : strlen(route);
		if (text && !(n == 0 && !end))
			buf_fmt(out, "%s%u%s%.*s", n ? " " : "", n + 1, display_gap(), (int)text,
				route);
		else if (text)
			buf_put(out, route, text);
		n += text != 0;
		route += text + len;
	}
}

void move_bar(int64_t heads, int64_t capacity, unsigned cells, struct buf *out)
{
	int64_t full = capacity > 0 ? heads * cells / capacity : 0;

	if (capacity <= 0)
		return;
	buf_byte(out, '[');
	for (unsigned n = 0; n < cells; n++)
		buf_byte(out, n < full || (!n && heads) ? '#' : '.');
	buf_fmt(out, "]%lld%%", (long long)(heads * PERCENT / capacity));
}

void move_unhelped(unsigned families, int64_t first, int64_t now, struct buf *out)
{
	if (!families)
		return;
	buf_fmt(out, _("没救助%u户 最急"), families);
	display_left(first, now, out);
}

static void put_clock(int64_t at, int64_t now, struct buf *out)
{
	char time[WHEN_TEXT];

	display_clock(at, now, time);
	buf_text(out, time);
}

void move_order_text(const struct leaving_order *order, int64_t now, struct buf *out)
{
	struct buf route = {0};

	buf_fmt(out, _("谁走：%s；"), order->who);
	buf_text(out, _("几点前："));
	put_clock(order->due, now, out);
	buf_fmt(out, _("；去哪：%s；谁带队：%s；何时回：%s"), order->where, order->leader,
		order->back);
	way_points(order->route, &route);
	if (route.len)
		buf_fmt(out, _("；走哪：%s"), buf_cstr(&route));
	buf_release(&route);
}

void move_back_text(const struct leaving *leaving, int64_t now, struct buf *out)
{
	struct buf each = {0};
	long long inside = 0;
	unsigned count = 0;

	for (unsigned n = 0; n < leaving->order_count; n++) {
		const struct leaving_order *order = &leaving->orders[n];

		if (order->state != evacuation_is_released)
			continue;
		buf_text(&each, count++ ? " " : "");
		put_clock(order->at, now, &each);
		buf_fmt(&each, _(" %lld人"), (long long)order->inside);
		inside += order->inside;
		if (count == 1)
			put_clock(order->at, now, out);
	}
	if (count == 1) {
		buf_fmt(out, _("下了返回令，在所还有%lld人没走"), inside);
	} else if (count) {
		buf_clear(out);
		buf_fmt(out, _("下了%u道返回令，在所还有%lld人没走：%s"), count, inside,
			buf_cstr(&each));
	}
	buf_release(&each);
}
