/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a station remembers, for whoever has no transaction open: read, or written in a commit.
 */
#include "store/db.h"

#include "store/rows/internal.h"

int64_t kv_num(struct store *store, struct kv kv, int64_t otherwise)
{
	return kv_num_in(store->db, kv, otherwise);
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
