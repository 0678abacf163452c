/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a station remembers, for whoever has no transaction open: read, or written in a commit.
 */
#include "store/db.h"

#include "store/rows/internal.h"

int64_t kv_num(struct store *store, struct kv kv, int64_t otherwise)
{
	return kv_num_in(store->db, kv, otherwise);
}

void kv_each_num(struct store *store, enum kv_name name, uint64_t id,
	void (*fn)(void *to, const char *part, int64_t value), void *to)
{
	enum { PART = 64 };
	char part[PART];
	struct sql sql = sql_open(store->db, "SELECT part, value FROM kv WHERE name=? AND id=?");
	sql_text(&sql, kv_rows[name].name);
	sql_num(&sql, (int64_t)id);
	while (sql_row(&sql)) {
		sql_get_text(&sql, 0, part, sizeof part);
		fn(to, part, sql_get(&sql, 1));
	}
	(void)!sql_end(&sql, NULL);
}

bool kv_list(struct store *store, struct kv kv, int64_t numbers[], unsigned count)
{
	return kv_list_in(store->db, kv, numbers, count);
}

bool kv_bytes(struct store *store, struct kv kv, struct buf *out)
{
	return kv_bytes_in(store->db, kv, out);
}

/* Undone when RC says that it failed. */
static enum rc end(struct store *store, enum rc rc, struct fault *fault)
{
	if (!rc)
		return store_commit(store, fault);
	store_undo(store);
	return rc;
}

enum rc kv_num_set(struct store *store, struct kv kv, int64_t value, struct fault *fault)
{
	enum rc rc = store_begin(store, fault);
	return rc ? rc : end(store, kv_num_put(store->db, kv, value, fault), fault);
}

enum rc kv_list_set(struct store *store, struct kv kv, const int64_t numbers[], unsigned count,
	struct fault *fault)
{
	enum rc rc = store_begin(store, fault);
	return rc ? rc : end(store, kv_list_put(store->db, kv, numbers, count, fault), fault);
}

enum rc kv_bytes_set(struct store *store, struct kv kv, struct bytes value, struct fault *fault)
{
	enum rc rc = store_begin(store, fault);
	return rc ? rc : end(store, kv_bytes_put(store->db, kv, value, fault), fault);
}
