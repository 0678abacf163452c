/* SPDX-License-Identifier: GPL-3.0-or-later
 * A zero report: nobody is hurt and nothing has changed. It is of the event that was reported last,
 * so that it stands in its line.
 */
#include "screens/zero.h"

#include "model/codes.h"
#include "model/kinds.h"
#include "screens/display.h"
#include "screens/screens.h"
#include "store/station.h"
#include "work/change.h"
#include "work/may.h"

struct last {
	uint64_t area;
	char event[24];
};

/* Reports come with the newest first. */
static bool see_report(const struct row *row, void *to)
{
	struct last *last = to;
	const struct value *event = row_value(row, report_event);

	if (row->area != last->area || !event)
		return true;
	bytes_into(last->event, sizeof last->event, event->text);
	return false;
}

/* Of this place; where there was none yet, the first of the table. */
static const char *event_of(struct store *store, struct last *last)
{
	enum { NEWEST = 200 };
	struct query query = query_all(KIND_report);
	struct fault fault;
	const struct code *first = code_each("disaster", NULL, NULL);

	last->area = store_station(store)->area;
	last->event[0] = 0;
	query.state_flags = STATE_OPEN | STATE_DONE;
	query.limit = NEWEST;
	(void)!store_each(store, &query, see_report, last, &fault);
	return last->event[0] || !first ? last->event : first->code;
}

static enum act write_zero(struct view *view)
{
	struct actor actor = {view->store, &view->user, NULL};
	struct change change;
	struct fault fault = {0};
	struct last last;
	struct ref ref;
	const char *why = "";
	char number[32];

	change_new(&change, &actor, kind_of(KIND_report), (struct ref){0, 0});
	bool good = change_set(&change, "event", event_of(view->store, &last), &why) &&
		    change_set(&change, "stage", "zero", &why);
	change_defaults(&change);
	enum rc rc =
		good ? change_commit(&change, &ref, &fault) : fault_set(&fault, RC_BAD, "%s", why);
	change_release(&change);
	if (rc || (rc = stack_load(view->stack, &fault)))
		return parts_fault(view, &fault);
	store_number(view->store, ref, number);
	stack_note(view, LOOK_MARK, _("零报告已保存 %s"), number);
	return ACT_DRAW;
}

enum act zero_ask(struct view *view)
{
	struct actor actor = {view->store, &view->user, NULL};
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
