/* SPDX-License-Identifier: GPL-3.0-or-later
 * A record folded from the facts that were written until a time.
 */
#include "work/past_row.h"

#include "base/when.h"
#include "model/fold.h"
#include "model/kinds.h"

static size_t until(const struct history *history, int64_t at, struct op *ops)
{
	size_t count = 0;

	for (size_t n = 0; n < history->count; n++)
		if (stamp_seconds(history->ops[n].stamp) <= at)
			ops[count++] = history->ops[n];
	return count;
}

static void put_row(const struct record *record, const struct row *now, struct row *row)
{
	*row = (struct row){.kind = now->kind,
		.ref = now->ref,
		.area = record->area,
		.at = record->at,
		.stamp = record->stamp,
		.state = record->state,
		.state_at = record->state_at,
		.facts = record->facts,
		.by_site = record->by_site,
		.by_who = record->by_who,
		.by = record->by};
	for (unsigned n = 0; now->kind->fields[n].tag; n++) {
		const struct cell *cell = record_cell(record, now->kind->fields[n].tag);

		row->has[n] = cell != NULL;
		if (cell)
			row->values[n] = cell->value;
	}
}

enum rc row_past(struct store *store, const struct row *now, int64_t at, struct arena *arena,
	struct row *row, struct fault *fault)
{
	struct history history;
	struct record record;

	if (field_flagged(now->kind, F_SECRET))
		return fault_set(fault, RC_BAD, "%s", _("这种记录不能按过去的时间列"));
	enum rc rc = store_record(store, now->ref, arena, &record, &history, fault);
	if (rc)
		return rc;
	struct op *ops = arena_get(arena, (history.count + 1) * sizeof *ops);
	size_t count = until(&history, at, ops);
	if (!count)
		return fault_set(fault, RC_NONE, "%s", _("那时还没有这条记录"));
	(void)fold_all(&record, ops, count, NULL, NULL);
	put_row(&record, now, row);
	return RC_OK;
}
