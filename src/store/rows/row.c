/* SPDX-License-Identifier: GPL-3.0-or-later
 * One row: kept small while a list is read, spread out for whoever looks at it.
 */
#include "store/rows/internal.h"

#include <stdio.h>

struct kept *kept_read(const struct sql *sql, const struct kind *kind, struct arena *arena)
{
	unsigned fields = field_count(kind), filled = 0, column = ROW_FIELDS;
	struct slot slots[LIMIT_FIELDS];
	for (unsigned i = 0; i < fields; i++) {
		if (!field_stored(&kind->fields[i]))
			continue;
		enum sql_type type = sql_get_type(sql, (int)column);
		struct value *value = &slots[filled].value;
		slots[filled].place = i;
		if (type == SQL_NUM)
			*value = value_num(sql_get(sql, (int)column));
		else if (type != SQL_NULL)
			*value = (struct value){type == SQL_TEXT ? WIRE_TEXT : WIRE_BYTES, 0,
				arena_bytes(arena, sql_get_bytes(sql, (int)column))};
		filled += type != SQL_NULL;
		column++;
	}
	struct kept *kept = arena_get(arena, sizeof(*kept) + filled * sizeof(kept->slots[0]));
	kept->kind = kind;
	for (unsigned i = 0; i < ROW_BY; i++)
		kept->numbers[i] = sql_get(sql, (int)i);
	kept->by = arena_bytes(arena, sql_get_bytes(sql, ROW_BY));
	kept->count = filled;
	for (unsigned i = 0; i < filled; i++)
		kept->slots[i] = slots[i];
	return kept;
}

void kept_row(const struct store *store, const struct kept *kept, struct row *row)
{
	bool less = veiled(store, kept->kind, kept);

	const int64_t *n = kept->numbers;
	*row = (struct row){
		.kind = kept->kind,
		.ref = {(uint64_t)n[ROW_SITE], (uint32_t)n[ROW_SEQ]},
		.area = (uint64_t)n[ROW_AREA],
		.at = n[ROW_AT],
		.stamp = (uint64_t)n[ROW_STAMP],
		.state = (int)n[ROW_STATE],
		.state_at = n[ROW_STATE_AT],
		.facts = (unsigned)n[ROW_FACTS],
		.refused = (unsigned)n[ROW_REFUSED],
		.conflicts = (unsigned)n[ROW_CONFLICTS],
		.by_site = (uint64_t)n[ROW_SITE],
		.by_who = (uint32_t)n[ROW_WHO],
		.by = kept->by,
	};
	for (unsigned i = 0; i < kept->count; i++) {
		unsigned place = kept->slots[i].place;

		if (less && kept->kind->fields[place].flags & F_PRIVATE)
			continue;
		row->values[place] = kept->slots[i].value;
		row->has[place] = true;
	}
}

enum rc kept_get(struct store *store, const struct kind *kind, struct ref ref, struct arena *arena,
	struct kept **out, struct fault *fault)
{
	char text[128];
	*out = NULL;
	enum rc rc = store_look(store, fault);
	if (rc)
		return rc;
	ref = twin_shown(store, kind, ref);
	snprintf(text, sizeof(text), "SELECT * FROM row_%s WHERE site=? AND seq=?", kind->name);
	struct sql sql = sql_open(store->db, text);
	sql_num(&sql, (int64_t)ref.site);
	sql_num(&sql, ref.seq);
	if (sql_row(&sql))
		*out = kept_read(&sql, kind, arena);
	return sql_end(&sql, fault);
}

enum rc store_row(struct store *store, struct ref ref, struct arena *arena, struct row *row,
	struct fault *fault)
{
	struct kept *kept = NULL;
	struct sql sql = sql_open(store->db, FACT_OR_VOICE("kind"));
	sql_num(&sql, (int64_t)ref.site);
	sql_num(&sql, ref.seq);
	const struct kind *kind = sql_row(&sql) ? kind_of((unsigned)sql_get(&sql, 0)) : NULL;
	enum rc rc = sql_end(&sql, fault);
	if (!rc && kind)
		rc = kept_get(store, kind, ref, arena, &kept, fault);
	if (rc)
		return rc;
	if (!kept)
		return row_none(store, ref, fault);
	kept_row(store, kept, row);
	return RC_OK;
}

const struct value *row_value(const struct row *row, unsigned tag)
{
	int place = field_place(row->kind, tag);
	return place >= 0 && row->has[place] ? &row->values[place] : NULL;
}

bool row_void(const struct row *row)
{
	return state_count(row->kind) && row->kind->states[row->state].flags & STATE_VOID;
}

void row_record(const struct row *row, struct record *record)
{
	*record = (struct record){
		.kind = row->kind,
		.kind_id = row->kind->id,
		.site = row->ref.site,
		.seq = row->ref.seq,
		.area = row->area,
		.at = row->at,
		.stamp = row->stamp,
		.by_site = row->by_site,
		.by_who = row->by_who,
		.by = row->by,
		.state = row->state,
		.state_at = row->state_at,
		.facts = row->facts,
		.refused = row->refused,
		.conflicts = row->conflicts,
	};
	for (unsigned i = 0; row->kind->fields[i].tag; i++)
		if (row->has[i])
			record->cells[i] = (struct cell){
				.tag = row->kind->fields[i].tag, .value = row->values[i]};
}
