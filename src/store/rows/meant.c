/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which warning a field means: what was written about any copy of it, or about its name before it
 * was here, counts for the warning that is shown.
 */
#include "store/rows/internal.h"

#include <string.h>

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
