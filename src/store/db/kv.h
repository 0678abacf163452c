/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is remembered, in a database in which the caller has begun a transaction: for the store's
 * own rooms.
 */
#ifndef STORE_DB_KV_H
#define STORE_DB_KV_H

#include "store/db/db.h"
#include "store/db.h"

/* As the calls of store/kv.h; -1 when a number cannot be read. */
int64_t kv_num_in(struct db *db, struct kv kv, int64_t otherwise);
bool kv_list_in(struct db *db, struct kv kv, int64_t numbers[], unsigned count);
bool kv_bytes_in(struct db *db, struct kv kv, struct buf *out);
enum rc kv_num_put(struct db *db, struct kv kv, int64_t value, struct fault *fault) MUST_CHECK;
enum rc kv_list_put(struct db *db, struct kv kv, const int64_t numbers[], unsigned count,
	struct fault *fault) MUST_CHECK;
enum rc kv_bytes_put(
	struct db *db, struct kv kv, struct bytes value, struct fault *fault) MUST_CHECK;

#endif
