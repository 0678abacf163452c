/* SPDX-License-Identifier: GPL-3.0-or-later
 * The order in which people of a place are called, as a line.
 */
#include "screens/call_order.h"

#include <string.h>

#include "base/text.h"
#include "model/codes.h"
#include "screens/display.h"

enum { SLOTS = 16, LINE = 80 };

struct order {
	const struct callee *slots[SLOTS]; /* somebody of that post */
	unsigned count;
};

static const char by_phone[] = "phone";

const char *call_order_title(const struct callee *callee)
{
	if (callee->post && callee->post->how == POST_UP)
		return ""; /* that is who has it today */
	return callee->post && callee->post->how == POST_NEIGHBOUR ? _("邻村") : callee->title;
}

void call_order_cells(const struct callee *callee, struct buf *title, struct buf *name)
{
	bool up = callee->post && callee->post->how == POST_UP;

	display_text(up ? _("上级") : call_order_title(callee), title);
	display_text(up ? _("值班室") : callee->name, name);
}

static void put_post(const struct callee *callee, struct buf *out)
{
	const char *title = call_order_title(callee);

	display_text(*title ? title : callee->name, out);
	if (strcmp(callee->way, by_phone) != 0)
		buf_fmt(out, "/%s", code_text("method", callee->way));
}

/* By one post and one means; who has no title stands for himself. */
static bool same(const struct callee *a, const struct callee *b)
{
	return a->post == b->post && !strcmp(a->way, b->way) &&
	       (*call_order_title(a) ? *call_order_title(b) != '\0' : !strcmp(a->name, b->name));
}

/* From FROM on; .count = there is none. */
static unsigned slot_of(const struct order *order, unsigned from, const struct callee *callee)
{
	while (from < order->count && !same(order->slots[from], callee))
		from++;
	return from;
}

/* Of those behind N the first that has one; .count = none has. */
static unsigned slot_behind(
	const struct order *order, unsigned from, const struct callees *callees, unsigned n)
{
	unsigned slot = order->count;

	while (slot == order->count && ++n < callees->count)
		slot = slot_of(order, from, &callees->list[n]);
	return slot;
}

/* Places have their people in the order of one row of the rules: what is new stands before what
 * follows it here. */
static bool add_place(struct order *order, const struct callees *callees)
{
	unsigned at = 0;

	for (unsigned n = 0; n < callees->count; n++, at++) {
		unsigned from = at;

		at = slot_of(order, from, &callees->list[n]);
		if (at < order->count)
			continue;
		if (order->count == SLOTS)
			return false;
		at = slot_behind(order, from, callees, n);
		memmove(&order->slots[at + 1], &order->slots[at],
			(order->count++ - at) * sizeof order->slots[0]);
		order->slots[at] = &callees->list[n];
	}
	return true;
}

/* More than a line holds ends in the mark of what was cut. */
static void cut(struct buf *out, size_t from, bool whole)
{
	size_t used, end = from + text_cut(buf_cstr(out) + from, LINE - 1, &used);

	if (text_columns(buf_cstr(out) + from) <= LINE && whole)
		return;
	out->len = end < out->len ? end : out->len;
	buf_byte(out, '~');
}

void call_order_line(const struct owing *owing, struct buf *out)
{
	struct order order = {.count = 0};
	size_t from = out->len;
	bool fits = true;

	for (unsigned n = 0; n < owing->count && fits; n++)
		fits = add_place(&order, &owing->places[n].callees);
	for (unsigned n = 0; n < order.count; n++) {
		buf_fmt(out, "%s ", n ? "" : _("次序"));
		put_post(order.slots[n], out);
	}
	cut(out, from, fits);
}

void call_order_next(const struct owing_place *place, struct buf *out)
{
	if (place->next.who + 1 < place->callees.count)
		put_post(&place->callees.list[place->next.who + 1], out);
}
