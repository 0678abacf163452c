/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is open today.
 */
#include "store/rows/internal.h"

#include "model/area.h"

#include <stdio.h>
#include <string.h>

/* States with any of FLAGS as a list for IN; -1 keeps it from being empty. */
static void states_put(const struct kind *kind, unsigned flags, struct buf *out)
{
	buf_text(out, "(-1");
	for (unsigned i = 0; i < state_count(kind); i++)
		if (kind->states[i].flags & flags)
			buf_fmt(out, ",%u", i);
	buf_byte(out, ')');
}

static bool has_date(const struct kind *kind)
{
	for (const struct field *field = kind->fields; field->tag; field++)
		if ((field->type == T_DATE || field->type == T_TIME) && field_stored(field))
			return true;
	return false;
}

/* Kinds with states: the open ones. Registers without states are to be confirmed by their dates:
 * all of them. Piles: what has a deadline or a last day. False when a kind needs nothing from
 * anybody. */
static bool open_sql(const struct kind *kind, struct buf *out)
{
	buf_fmt(out, "SELECT * FROM row_%s WHERE hidden=0", kind->name);
	if (state_count(kind)) {
		buf_text(out, " AND state IN ");
		states_put(kind, STATE_OPEN, out);
		return true;
	}
	if (!(kind->flags & K_PILE))
		return has_date(kind);
	buf_text(out, " AND (0");
	for (const struct field *field = kind->fields; field->tag; field++)
		if (field->flags & (F_DUE | F_EXPIRES) && field_stored(field))
			buf_fmt(out, " OR f_%s IS NOT NULL", field->name);
	buf_byte(out, ')');
	return field_flagged(kind, F_DUE) || field_flagged(kind, F_EXPIRES);
}

static enum rc give_open(struct store *store, const struct kind *kind, row_fn *fn, void *to,
	bool *more, struct fault *fault)
{
	struct kept_list list = {0};
	struct buf text = {0};
	enum rc rc = RC_OK;
	if (open_sql(kind, &text)) {
		struct sql sql = sql_open(store->db, buf_cstr(&text));
		rc = kept_list(&sql, kind, &list, fault);
	}
	buf_release(&text);
	if (!rc)
		*more = kept_give(&list, fn, to);
	arena_release(&list.arena);
	return rc;
}

enum rc store_each_open(struct store *store, row_fn *fn, void *to, struct fault *fault)
{
	bool more = true;
	enum rc rc = store_look(store, fault);
	for (unsigned i = 0; i < kinds_count && !rc && more; i++)
		rc = give_open(store, &kinds[i], fn, to, &more, fault);
	return rc;
}
