/* SPDX-License-Identifier: GPL-3.0-or-later
 * Facts that are written together: at the latest before the database is asked for anything, so that
 * nobody sees it without them.
 */
#include "store/engine/internal.h"

/* What the fault is set on belongs to whoever asks next, and to the commit. */
static void put_all(void *to, struct db *db)
{
	struct pending *pending = to;
	size_t count = pending->count;
	struct fault fault;

	pending->count = 0;
	db_owe(db, NULL, NULL);
	if (count && !pending->fault.rc && engine_put(db, pending->rows, count, &fault))
		pending->fault = fault;
	arena_release(&pending->arena);
}

enum rc pending_put(struct pending *pending, struct db *db, struct fault *fault)
{
	put_all(pending, db);
	if (pending->fault.rc && fault)
		*fault = pending->fault;
	return pending->fault.rc;
}

enum rc pending_add(
	struct pending *pending, struct db *db, const struct fact_row *row, struct fault *fault)
{
	struct fact_row *kept = &pending->rows[pending->count++];

	*kept = *row;
	kept->raw = arena_bytes(&pending->arena, row->raw);
	kept->op.sig = arena_bytes(&pending->arena, row->op.sig);
	if (pending->count == PENDING || pending->fault.rc)
		return pending_put(pending, db, fault);
	db_owe(db, put_all, pending);
	return RC_OK;
}

void pending_clear(struct pending *pending, struct db *db)
{
	pending->count = 0;
	pending->fault = (struct fault){0};
	arena_release(&pending->arena);
	db_owe(db, NULL, NULL);
}
