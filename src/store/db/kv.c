/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is remembered, a row a value.
 */
#include "store/db/kv.h"

#include <string.h>

enum { NUM = KV_IS_NUM, LIST = KV_IS_LIST, BYTES = KV_IS_BYTES };

const struct kv_row kv_rows[KV_NAMES] = {
#define KV(name, text, type, of, what) {text, (enum kv_type)type, of, what},
#include "store/kv.def"
#undef KV
};

static void bind(struct sql *sql, struct kv kv, enum kv_type type)
{
	assert(kv_rows[kv.name].type == type);
	sql_text(sql, kv_rows[kv.name].name);
	sql_num(sql, (int64_t)kv.id);
	sql_text(sql, kv.part ? kv.part : "");
}

static struct sql open_row(struct db *db, struct kv kv, enum kv_type type)
{
	struct sql sql = sql_open(db, "SELECT value FROM kv WHERE name=? AND id=? AND part=?");
	bind(&sql, kv, type);
	return sql;
}

/* The value is still to be bound, when there is ANY. */
static struct sql open_put(struct db *db, struct kv kv, enum kv_type type, bool any)
{
	struct sql sql = sql_open(
		db, any ? "INSERT OR REPLACE INTO kv(name, id, part, value) VALUES(?,?,?,?)"
			: "DELETE FROM kv WHERE name=? AND id=? AND part=?");
	bind(&sql, kv, type);
	return sql;
}

int64_t kv_num_in(struct db *db, struct kv kv, int64_t otherwise)
{
	struct sql sql = open_row(db, kv, KV_IS_NUM);
	if (sql_row(&sql))
		otherwise = sql_get(&sql, 0);
	return sql_end(&sql, NULL) ? -1 : otherwise;
}

enum rc kv_num_put(struct db *db, struct kv kv, int64_t value, struct fault *fault)
{
	struct sql sql = open_put(db, kv, KV_IS_NUM, value != 0);
	if (value)
		sql_num(&sql, value);
	return sql_run(&sql, fault);
}

static bool bytes_read(struct sql *sql, struct buf *out)
{
	bool found = sql_row(sql);
	if (found) {
		struct bytes bytes = sql_get_bytes(sql, 0);
		buf_put(out, bytes.at, bytes.len);
	}
	return sql_end(sql, NULL) == RC_OK && found;
}

static enum rc bytes_write(
	struct db *db, struct kv kv, enum kv_type type, struct bytes value, struct fault *fault)
{
	struct sql sql = open_put(db, kv, type, value.len);
	if (value.len)
		sql_bytes(&sql, value, false);
	return sql_run(&sql, fault);
}

bool kv_bytes_in(struct db *db, struct kv kv, struct buf *out)
{
	struct sql sql = open_row(db, kv, KV_IS_BYTES);
	return bytes_read(&sql, out);
}

enum rc kv_bytes_put(struct db *db, struct kv kv, struct bytes value, struct fault *fault)
{
	return bytes_write(db, kv, KV_IS_BYTES, value, fault);
}

bool kv_list_in(struct db *db, struct kv kv, int64_t numbers[], unsigned count)
{
	struct sql sql = open_row(db, kv, KV_IS_LIST);
	struct buf kept = {0};
	struct value value;
	unsigned tag;
	bool found = bytes_read(&sql, &kept);

	memset(numbers, 0, count * sizeof *numbers);
	for (struct bytes in = buf_bytes(&kept); in.len && take_field(&in, &tag, &value);)
		if (tag < count)
			numbers[tag] = value.num;
	buf_release(&kept);
	return found;
}

enum rc kv_list_put(
	struct db *db, struct kv kv, const int64_t numbers[], unsigned count, struct fault *fault)
{
	struct buf out = {0};
	for (unsigned tag = 1; tag < count; tag++)
		put_num_if(&out, tag, numbers[tag]);
	enum rc rc = bytes_write(db, kv, KV_IS_LIST, buf_bytes(&out), fault);
	buf_release(&out);
	return rc;
}
