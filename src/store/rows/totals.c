/* SPDX-License-Identifier: GPL-3.0-or-later
 * Numbers by area, what is open today, and which copy of a warning is shown.
 */
#include "store/rows/internal.h"

#include "model/area.h"

#include <stdio.h>
#include <string.h>

struct total_node {
	struct total_node *next;
	struct total total;
};

/* States with any of FLAGS as a list for IN; -1 keeps it from being empty. */
static void states_put(const struct kind *kind, unsigned flags, struct buf *out)
{
	buf_text(out, "(-1");
	for (unsigned i = 0; i < state_count(kind); i++)
		if (kind->states[i].flags & flags)
			buf_fmt(out, ",%u", i);
	buf_byte(out, ')');
}

/* What one level below ABOVE leaves of a code: 410882103000 -> villages, 410882000000 -> townships.
 */
static uint64_t below_of(uint64_t above)
{
	if (!above)
		return 10000000000;
	switch (area_digits(above)) {
	case 2:
		return 100000000;
	case 4:
		return 1000000;
	case 6:
		return 1000;
	default:
		return 1;
	}
}

static void totals_sql(const struct kind *kind, struct buf *out)
{
	buf_text(out, "SELECT area/?1*?1 AS place, count(*), ");
	if (state_count(kind)) {
		buf_text(out, "sum(state IN ");
		states_put(kind, STATE_OPEN, out);
		buf_byte(out, ')');
	} else {
		buf_byte(out, '0');
	}
	for (const struct field *field = kind->fields; field->tag; field++)
		if (field->flags & F_SUM && field_stored(field))
			/* sum() fails where numbers that somebody made up are too large. */
			buf_fmt(out, ", CAST(total(f_%s) AS INTEGER)", field->name);
	buf_fmt(out, " FROM row_%s WHERE hidden=0 AND area BETWEEN ?2 AND ?3", kind->name);
	if (state_count(kind)) {
		buf_text(out, " AND state NOT IN ");
		states_put(kind, STATE_VOID, out);
	}
	buf_text(out, " GROUP BY place ORDER BY place");
}

static void total_read(const struct sql *sql, const struct kind *kind, struct total *total)
{
	total->area = (uint64_t)sql_get(sql, 0);
	total->records = (unsigned)sql_get(sql, 1);
	total->open = (unsigned)sql_get(sql, 2);
	int column = 3;
	for (unsigned i = 0; kind->fields[i].tag; i++)
		if (kind->fields[i].flags & F_SUM && field_stored(&kind->fields[i]))
			total->sums[i] = sql_get(sql, column++);
}

enum rc store_totals(struct store *store, unsigned kind_id, uint64_t above, total_fn *fn, void *to,
	struct fault *fault)
{
	const struct kind *kind = kind_of(kind_id);
	if (!kind)
		return fault_set(fault, RC_BAD, _("没有这类记录"));
	enum rc rc = store_look(store, fault);
	if (rc)
		return rc;
	struct arena arena = {0};
	struct total_node *first = NULL, **last = &first;
	struct buf text = {0};
	totals_sql(kind, &text);
	struct sql sql = sql_open(store->db, buf_cstr(&text));
	sql_num(&sql, (int64_t)below_of(above));
	sql_num(&sql, (int64_t)above);
	sql_num(&sql, above ? (int64_t)area_last(above) : INT64_MAX);
	while (sql_row(&sql)) {
		*last = arena_get(&arena, sizeof(**last));
		total_read(&sql, kind, &(*last)->total);
		last = &(*last)->next;
	}
	rc = sql_end(&sql, fault);
	buf_release(&text);
	for (struct total_node *node = first; node && !rc; node = node->next)
		if (!fn(&node->total, to))
			break;
	arena_release(&arena);
	return rc;
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
