/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where a row of home leads: to its record, its board, its register, or to what it asks.
 */
#include "model/kinds.h"
#include "screens/needs.h"
#include "screens/screens.h"
#include "screens/zero.h"
#include "work/checking.h"
#include "work/loose.h"

/* A warning that a person has to tie to another one. */
static bool is_loose(struct view *view, const struct need_item *item)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	bool is = item->ref.seq && item->kind->id == KIND_warning &&
		  !store_row(view->store, item->ref, &arena, &row, &fault) && loose_is(&row);

	arena_release(&arena);
	return is;
}

enum act needs_open(struct view *view, const struct need_item *item)
{
	if (item->event.seq) {
		stack_open(view, "report");
		return ACT_OPEN;
	}
	if (item->ask && item->mine && item->kind->id == KIND_report)
		return zero_ask(view);
	if (item->need != NEED_SIGN && is_loose(view, item)) {
		stack_open(view, "loose");
		return ACT_OPEN;
	}
	if (item->count > 1 && checked_as(item->kind) && item->need != NEED_SIGN) {
		stack_open(view, "patrol");
		return ACT_BOARD;
	}
	return item->count > 1 || item->ask ? parts_records(view, item->kind)
					    : parts_record(view, item->ref);
}
