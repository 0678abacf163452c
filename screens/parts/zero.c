/* SPDX-License-Identifier: GPL-3.0-or-later
 * A zero report: nobody is hurt and nothing has changed.
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

enum act zero_ask(struct view *view)
{
	struct actor actor = parts_actor(view);
	struct fault fault = {0};
	struct buf place = {0};

	if (may_kind(&actor, kind_of(KIND_report), 0, &fault))
		return parts_fault(view, &fault);
	display_text(store_station(view->store)->name, &place);
	enum act act = stack_ask(
		view, write_zero, _("报"), _("零报告 %s 平安，没有变化"), buf_cstr(&place));
	buf_release(&place);
	return act;
}
