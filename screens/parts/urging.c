/* SPDX-License-Identifier: GPL-3.0-or-later
 * r and u of home: an order to those who owe, and taking back the last key.
 */
#include "screens/urging.h"

#include "base/when.h"
#include "model/kinds.h"
#include "screens/display.h"
#include "screens/screens.h"
#include "store/station.h"
#include "work/losses.h"
#include "work/may.h"
#include "work/orders.h"
#include "work/owing.h"

/* Who owes: places without a report, receivers of an order, or whoever an ask names. */
struct urging {
	struct world world;
	struct arena arena;
	struct losses losses;
	struct orders orders;
	const struct order *order;
	struct owing owing;
	struct row row;
};

static enum rc load_order(struct urging *to, struct ref about, struct fault *fault)
{
	enum rc rc = orders_load(&to->orders, &to->world, false, &to->arena, fault);

	for (unsigned n = 0; n < to->orders.count && !rc; n++)
		if (to->orders.orders[n].ref.site == about.site &&
			to->orders.orders[n].ref.seq == about.seq)
			to->order = &to->orders.orders[n];
	return rc;
}

static enum rc load(
	struct urging *to, const struct actor *actor, struct ref about, struct fault *fault)
{
	world_open(&to->world, actor->store, actor->user, store_now(actor->store));
	if (!about.seq)
		return losses_load(&to->losses, &to->world, "", &to->arena, fault);
	enum rc rc = store_row(actor->store, about, &to->arena, &to->row, fault);
	if (rc)
		return rc;
	if (to->row.kind->id == KIND_order)
		return load_order(to, about, fault);
	const struct rule *ask = owing_ask(&to->world, &to->row);
	return ask ? owing_load(&to->owing, &to->world, ask, &to->row, &to->arena, fault) : RC_OK;
}

enum rc urging_count(
	const struct actor *actor, struct ref about, unsigned *count, struct fault *fault)
{
	struct urging to = {.order = NULL};
	enum rc rc = load(&to, actor, about, fault);

	*count = rc             ? 0
		 : !about.seq   ? losses_unasked(&to.losses)
		 : to.order     ? to.order->owing
		 : to.owing.ask ? to.owing.count - to.owing.answered
				: 0;
	arena_release(&to.arena);
	return rc;
}

enum rc urging_write(
	const struct actor *actor, struct ref about, unsigned *count, struct fault *fault)
{
	struct urging to = {.order = NULL};
	struct buf title = {0};
	enum rc rc = load(&to, actor, about, fault);

	*count = 0;
	if (!rc && !about.seq) {
		rc = losses_urge(actor, &to.losses, count, fault);
	} else if (!rc && to.order) {
		rc = order_urge(actor, to.order, count, fault);
	} else if (!rc && to.owing.ask) {
		display_title(actor->store, &to.row, &title);
		rc = owing_urge(actor, &to.owing, buf_cstr(&title), count, fault);
	} else if (!rc) {
		rc = fault_set(fault, RC_BAD, "%s", _("没有要催的"));
	}
	buf_release(&title);
	arena_release(&to.arena);
	return rc;
}

const struct kind *urging_kind(struct store *store, struct ref about, unsigned *step)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	const struct kind *order = kind_of(KIND_order);

	*step = 0;
	if (about.seq && store_row(store, about, &arena, &row, &fault) == RC_OK &&
		row.kind == order)
		*step = step_named(order, "urge")->tag;
	arena_release(&arena);
	return order;
}

void urging_words(struct store *store, struct ref about, unsigned count, struct buf *out)
{
	char number[32];
	struct arena arena = {0};
	struct fault fault;
	struct row row;

	if (!about.seq) {
		buf_fmt(out, _("催%u处报零报告"), count);
	} else if (store_row(store, about, &arena, &row, &fault) == RC_OK) {
		store_number(store, about, number);
		buf_fmt(out, _("催%u处答复 "), count);
		buf_fmt(out, "%s ", number);
		display_title(store, &row, out);
	}
	arena_release(&arena);
}

static enum act write_urge(struct view *view)
{
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};
	unsigned count = 0;

	if (urging_write(&actor, view->about, &count, &fault) || stack_load(view->stack, &fault))
		return parts_fault(view, &fault);
	stack_note(view, LOOK_MARK, _("催了%u处  u撤"), count);
	return ACT_DRAW;
}

static enum act agreed(struct view *view)
{
	unsigned step;
	const struct kind *kind = urging_kind(view->store, view->about, &step);

	return parts_prove(view, kind, step, write_urge);
}

enum act urging_ask_for(struct view *view, struct ref about)
{
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};
	struct buf text = {0};
	unsigned count = 0, step;
	const struct kind *kind = urging_kind(view->store, about, &step);

	if (may_kind(&actor, kind, step, &fault) || urging_count(&actor, about, &count, &fault))
		return parts_fault(view, &fault);
	if (!count) {
		stack_note(view, LOOK_PLAIN, "%s",
			about.seq ? _("没有要催的：都答了，或都催过了") : _("没报的都催过了"));
		return ACT_DRAW;
	}
	view->about = about;
	urging_words(view->store, about, count, &text);
	enum act act = stack_ask(view, agreed, _("催"), "%s", buf_cstr(&text));
	buf_release(&text);
	return act;
}

enum act urging_ask(struct view *view, const struct need_item *item)
{
	if (item && item->owing && !item->event.seq)
		return urging_ask_for(view, item->ref);
	stack_note(view, LOOK_PLAIN, "%s", _("这一行没有要催的"));
	return ACT_DRAW;
}

/* ---- taking back */

void urging_back_words(struct store *store, const struct written *last, struct buf *out)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	char time[WHEN_TEXT];

	if (store_row(store, last->ref, &arena, &row, &fault) == RC_OK) {
		when_short(stamp_seconds(last->stamp), store_now(store), time);
		buf_fmt(out, "%s %s %s ", _(last->step->label), time, _(row.kind->label));
		display_title(store, &row, out);
	}
	arena_release(&arena);
}

static enum act write_back(struct view *view)
{
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};
	struct written last;
	enum rc rc = writing_last(&actor, &last, &fault);

	if (!rc && (last.ref.site != view->about.site || last.ref.seq != view->about.seq))
		rc = fault_set(&fault, RC_BAD, "%s", _("别处又写了，没有撤：请再按 u"));
	if (rc || writing_back(&actor, &last, &fault) || stack_load(view->stack, &fault))
		return parts_fault(view, &fault);
	stack_note(view, LOOK_MARK, "%s", _("撤回了"));
	return ACT_DRAW;
}

static enum act prove_back(struct view *view)
{
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};
	struct written last;

	if (writing_last(&actor, &last, &fault) || !last.ref.seq)
		return write_back(view);
	return parts_prove(view, last.kind, last.step->tag, write_back);
}

enum act urging_back(struct view *view)
{
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};
	struct buf text = {0};
	struct written last;

	if (writing_last(&actor, &last, &fault))
		return parts_fault(view, &fault);
	if (!last.ref.seq) {
		stack_note(view, LOOK_PLAIN, "%s", _("您这一小时里没有可撤回的"));
		return ACT_DRAW;
	}
	view->about = last.ref;
	urging_back_words(view->store, &last, &text);
	enum act act = stack_ask(view, prove_back, _("撤回"), "%s", buf_cstr(&text));
	buf_release(&text);
	return act;
}
