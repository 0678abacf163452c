/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is open today.
 */
#include "store/rows/internal.h"

#include "model/area.h"

#include <stdio.h>
#include <string.h>

enum { BATCH = 256 };

/* The open ones of STATES as a list for IN; -1 keeps it from being empty. */
static void states_put(const struct kind *kind, uint32_t states, struct buf *out)
{
	buf_text(out, "(-1");
	for (unsigned i = 0; i < state_count(kind); i++)
		if (kind->states[i].flags & STATE_OPEN && states & 1u << i)
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

/* Kinds with states: the open ones. Registers without states are to be confirmed by their dates, or
 * asked for by what stands in them: all of them. Piles: what has a deadline or a last day. False
 * when a kind needs nothing from anybody. */
static bool open_sql(const struct kind *kind, uint32_t states, const char *some, struct buf *out)
{
	buf_fmt(out, "SELECT * FROM row_%s %s hidden=0", kind->name, some);
	if (state_count(kind)) {
		buf_text(out, " AND state IN ");
		states_put(kind, states, out);
		return states != 0;
	}
	if (!(kind->flags & K_PILE))
		return states != UINT32_MAX || has_date(kind);
	buf_text(out, " AND (0");
	for (const struct field *field = kind->fields; field->tag; field++)
		if (field->flags & (F_DUE | F_EXPIRES) && field_stored(field))
			buf_fmt(out, " OR f_%s IS NOT NULL", field->name);
	buf_byte(out, ')');
	return field_flagged(kind, F_DUE) || field_flagged(kind, F_EXPIRES);
}

/* Those that SQL gives next, BATCH at most. False: FN wants no more. */
static bool give_batch(
	struct store *store, struct sql *sql, const struct kind *kind, row_fn *fn, void *to)
{
	struct kept_list list = {0};
	bool more = kept_some(sql, kind, BATCH, &list);
	bool on = kept_give(store, &list, fn, to);
	arena_release(&list.arena);
	return more && on;
}

/* A hundred thousand of them are not held at once: reading them into memory cost more than judging
 * them. The statement stays open meanwhile, so that all are of one moment. */
enum rc store_each_open(struct store *store, const struct kind *kind, uint32_t states, row_fn *fn,
	void *to, struct fault *fault)
{
	struct buf text = {0};
	enum rc rc = store_look(store, fault);
	if (!rc && states && open_sql(kind, states, "WHERE", &text)) {
		struct sql sql = sql_open(store->db, buf_cstr(&text));
		while (give_batch(store, &sql, kind, fn, to))
			continue;
		rc = sql_end(&sql, fault);
	}
	buf_release(&text);
	return rc;
}

/* The number of a query that gives one, 0 = none. */
static int64_t number_of(struct store *store, const char *text, int64_t from, int64_t most)
{
	struct sql sql = sql_open(store->db, text);
	sql_num(&sql, from);
	sql_num(&sql, most);
	int64_t number = sql_row(&sql) ? sql_get(&sql, 0) : 0;
	return sql_end(&sql, NULL) ? 0 : number;
}

bool store_many_open(struct store *store, const struct kind *kind, uint32_t states, unsigned most)
{
	struct buf inner = {0}, text = {0};
	bool many = false;
	if (states && open_sql(kind, states, "WHERE", &inner)) {
		buf_fmt(&text, "SELECT count(*)>?1 FROM (%s LIMIT ?1+1+?2)", buf_cstr(&inner));
		many = number_of(store, buf_cstr(&text), most, 0);
	}
	buf_release(&inner);
	buf_release(&text);
	return many;
}

/* The table itself is read, not an index: its row numbers only grow, so that nothing is read twice
 * as long as nothing is written. */
enum rc store_some_open(struct store *store, const struct open_rows *open, int64_t *place,
	row_fn *fn, void *to, struct fault *fault)
{
	struct buf text = {0};
	enum rc rc = store_look(store, fault);
	if (rc)
		return rc;
	buf_fmt(&text,
		"SELECT rowid FROM row_%s NOT INDEXED WHERE rowid>? ORDER BY rowid LIMIT 1 OFFSET "
		"?",
		open->kind->name);
	int64_t end = number_of(store, buf_cstr(&text), *place, open->most - 1);
	buf_clear(&text);
	if (open_sql(open->kind, open->states, "NOT INDEXED WHERE rowid>?1 AND rowid<=?2 AND",
		    &text)) {
		struct sql sql = sql_open(store->db, buf_cstr(&text));
		sql_num(&sql, *place);
		sql_num(&sql, end ? end : INT64_MAX);
		while (give_batch(store, &sql, open->kind, fn, to))
			continue;
		rc = sql_end(&sql, fault);
	}
	*place = end ? end : INT64_MAX;
	buf_release(&text);
	return rc;
}

bool row_is_open(const struct row *row, uint32_t states)
{
	const struct kind *kind = row->kind;
	if (state_count(kind))
		return kind->states[row->state].flags & STATE_OPEN && states & 1u << row->state;
	if (!(kind->flags & K_PILE))
		return states && (states != UINT32_MAX || has_date(kind));
	for (const struct field *field = kind->fields; field->tag; field++)
		if (field->flags & (F_DUE | F_EXPIRES) && row_value(row, field->tag))
			return states != 0;
	return false;
}

/* A fact of a record changes the row of its twins. */
static void since_sql(struct buf *out)
{
	buf_text(out, "SELECT rec_site, rec_seq, kind FROM fact WHERE arr>?1 UNION ALL SELECT "
		      "rec_site, rec_seq, kind FROM voice");
	for (unsigned i = 0; i < kinds_count; i++) {
		const struct field *made = field_flagged(&kinds[i], F_MADE);

		if (made)
			buf_fmt(out,
				" UNION ALL SELECT b.site, b.seq, f.kind FROM fact f JOIN row_%s a"
				" ON a.site=f.rec_site AND a.seq=f.rec_seq JOIN row_%s b ON "
				"b.f_%s=a.f_%s AND b.area=a.area WHERE f.arr>?1 AND f.kind=%u",
				kinds[i].name, kinds[i].name, made->name, made->name, kinds[i].id);
	}
}

enum rc store_each_since(
	struct store *store, uint64_t arrived, since_fn *fn, void *to, struct fault *fault)
{
	struct buf text = {0};
	enum rc rc = store_look(store, fault);
	if (rc)
		return rc;
	since_sql(&text);
	struct sql sql = sql_open(store->db, buf_cstr(&text));
	buf_release(&text);
	sql_num(&sql, (int64_t)arrived);
	while (sql_row(&sql))
		fn((struct ref){(uint64_t)sql_get(&sql, 0), (uint32_t)sql_get(&sql, 1)},
			(unsigned)sql_get(&sql, 2), to);
	return sql_end(&sql, fault);
}
