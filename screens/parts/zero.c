/* SPDX-License-Identifier: GPL-3.0-or-later
 * A zero report: nothing has changed since the last one, or nothing has happened at all.
 */
#include "screens/zero.h"

#include "model/kinds.h"
#include "screens/display.h"
#include "screens/screens.h"
#include "store/station.h"
#include "work/losses.h"
#include "work/may.h"

static enum act write_zero(struct view *view)
{
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};
	struct ref ref;
	char number[32];

	if (losses_zero(&actor, &ref, &fault) || stack_load(view->stack, &fault))
		return parts_fault(view, &fault);
	store_number(view->store, ref, number);
	stack_note(view, LOOK_MARK, _("零报告已保存 %s"), number);
	return ACT_DRAW;
}

/* Where people are affected already, nothing has changed; that all is well nobody says. */
const char *zero_words(const struct actor *actor)
{
	struct arena arena = {0};
	struct losses losses;
	struct world world;
	struct fault fault;

	world_open(&world, actor->store, actor->user, store_now(actor->store));
	bool hurt = losses_load(&losses, &world, "", &arena, &fault) == RC_OK && losses.own_first;
	arena_release(&arena);
	return hurt ? _("已报的灾情没有变化") : _("平安，没有变化");
}

enum act zero_ask(struct view *view)
{
	struct actor actor = parts_actor(view);
	struct fault fault = {0};
	struct buf place = {0};

	if (may_kind(&actor, kind_of(KIND_report), 0, &fault) || losses_zero_may(&actor, &fault))
		return parts_fault(view, &fault);
	display_text(store_station(view->store)->name, &place);
	enum act act = stack_ask(
		view, write_zero, _("报"), _("零报告 %s %s"), buf_cstr(&place), zero_words(&actor));
	buf_release(&place);
	return act;
}
