/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which warning a field means: what was written about any copy of it, or about its name before it
 * was here, counts for the warning that is shown. And the grid of a village that a record lies in:
 * the one that it says, else that of the record which it belongs to, else that of who wrote it.
 */
#include "store/rows/internal.h"

#include <string.h>

#include "model/kinds.h"

struct ref warning_shown(struct store *store, struct ref ref)
{
	struct sql sql = copies_open(store, "SELECT b.site, b.seq FROM @ a JOIN "
					    "@ b ON b.#=a.#"
					    " WHERE a.site=? AND a.seq=? AND b.hidden=0");
	if (store_look(store, NULL) == RC_OK) {
		sql_num(&sql, (int64_t)ref.site);
		sql_num(&sql, ref.seq);
		if (sql_row(&sql))
			ref = (struct ref){(uint64_t)sql_get(&sql, 0), (uint32_t)sql_get(&sql, 1)};
	}
	enum rc rc = sql_end(&sql, NULL);
	(void)rc; /* when it cannot be told, the record itself is shown */
	return ref;
}

static enum rc copy_refs(struct store *store, struct ref ref, struct ref refs[COPIES],
	unsigned *count, struct bytes *identifier, struct arena *arena)
{
	struct sql sql =
		copies_open(store, "SELECT ifnull(b.site, a.site), ifnull(b.seq, a.seq), a.# FROM "
				   "@ a LEFT JOIN @ b ON b.#=a.#"
				   " WHERE a.site=? AND a.seq=?"
				   " ORDER BY b.site<>a.site OR b.seq<>a.seq, b.hidden");
	*count = 0;
	sql_num(&sql, (int64_t)ref.site);
	sql_num(&sql, ref.seq);
	while (*count < COPIES && sql_row(&sql)) {
		refs[*count] = (struct ref){(uint64_t)sql_get(&sql, 0), (uint32_t)sql_get(&sql, 1)};
		if (!(*count)++)
			*identifier = arena_bytes(arena, sql_get_bytes(&sql, 2));
	}
	return sql_end(&sql, NULL);
}

static struct value text_value(struct arena *arena, const char *text)
{
	return value_text(arena_text(arena, text));
}

unsigned warning_names(
	struct store *store, struct ref ref, struct arena *arena, struct value names[WARNING_NAMES])
{
	struct ref refs[COPIES];
	struct bytes identifier = {0, 0};
	struct buf text = {0};
	unsigned copies, count = 0;
	char word[32];
	if (copy_refs(store, ref, refs, &copies, &identifier, arena))
		return 0;
	for (unsigned i = 0; i < copies; i++) {
		buf_clear(&text);
		ref_put(&text, refs[i]);
		names[count++] = (struct value){
			.wire = WIRE_BYTES, .text = arena_bytes(arena, buf_bytes(&text))};
		store_number(store, refs[i], word);
		names[count++] = text_value(arena, word);
		store_id(refs[i], word);
		names[count++] = text_value(arena, word);
	}
	if (identifier.len)
		names[count++] = (struct value){.wire = WIRE_TEXT, .text = identifier};
	buf_release(&text);
	return count;
}

bool warning_meant(struct store *store, const struct value *value, struct ref *ref)
{
	if (value->wire == WIRE_BYTES)
		return ref_take(value->text, ref);
	if (value->wire != WIRE_TEXT || !value->text.len)
		return false;
	struct sql sql = copies_open(store, "SELECT site, seq FROM @ WHERE #=?"
					    " ORDER BY hidden LIMIT 1");
	sql_bytes(&sql, value->text, true);
	bool found = sql_row(&sql);
	if (found)
		*ref = (struct ref){(uint64_t)sql_get(&sql, 0), (uint32_t)sql_get(&sql, 1)};
	if (sql_end(&sql, NULL))
		return false;
	char typed[64];
	struct fault fault;
	if (found || value->text.len >= sizeof(typed))
		return found;
	memcpy(typed, value->text.at, value->text.len);
	typed[value->text.len] = 0;
	return strchr(typed, '-') && store_resolve(store, typed, ref, &fault) == RC_OK;
}

/* ---- grids */

static const struct field *field_to(const struct kind *kind, unsigned target)
{
	for (const struct field *field = kind->fields; field->tag; field++)
		if (field->type == T_REF && field->target == target)
			return field;
	return NULL;
}

static bool said(struct store *store, const struct row *row, struct ref *grid)
{
	const struct field *field = field_to(row->kind, KIND_grid);
	const struct value *value = field ? row_value(row, field->tag) : NULL;

	return value && value_record(store, field, value, row->area, grid);
}

bool record_grid(struct store *store, struct ref ref, struct ref *grid)
{
	struct arena arena = {0};
	struct row row;
	bool has = ref.seq && store_row(store, ref, &arena, &row, NULL) == RC_OK &&
		   said(store, &row, grid);

	arena_release(&arena);
	return has;
}

bool row_grid(struct store *store, const struct row *row, struct ref *grid)
{
	const struct field *parent = field_flagged(row->kind, F_PARENT);
	const struct value *value = parent ? row_value(row, parent->tag) : NULL;
	struct ref above;

	if (row->kind->id == KIND_grid || row->kind->flags & K_HIDDEN)
		return false;
	return said(store, row, grid) ||
	       (value && value_record(store, parent, value, row->area, &above) &&
		       record_grid(store, above, grid)) ||
	       record_grid(store, (struct ref){row->by_site, row->by_who}, grid);
}

bool grid_code_of(struct store *store, struct ref grid, char code[GRID_CODE])
{
	struct arena arena = {0};
	struct row row;
	bool has = store_row(store, grid, &arena, &row, NULL) == RC_OK && row.kind->id == KIND_grid;
	const struct value *value = has ? row_value(&row, grid_code) : NULL;

	has = value && value->text.len < GRID_CODE;
	if (has) {
		memcpy(code, value->text.at, value->text.len);
		code[value->text.len] = '\0';
	}
	arena_release(&arena);
	return has;
}
