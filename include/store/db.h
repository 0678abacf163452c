/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one way to remember something small that is no fact: a value under a name of kv.def. Values
 * lie in station.db and are part of its commits and backups.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "base/buf.h"
#include "base/crypt.h"

struct store;

enum kv_name {
#define KV(name, text, type, of, what) KV_##name,
#include "store/kv.def"
#undef KV
	KV_NAMES
};

enum kv_type { KV_IS_NUM, KV_IS_LIST, KV_IS_BYTES };

/* The row of kv.def. */
struct kv_row {
	const char *name;
	enum kv_type type;
	const char *of, *what;
};
extern const struct kv_row kv_rows[KV_NAMES];

/* What is meant. PART is borrowed; NULL is "". */
struct kv {
	enum kv_name name;
	uint64_t id; /* a site or a person; 0 = none */
	const char *part;
};

static inline struct kv kv_own(enum kv_name name)
{
	return (struct kv){name, 0, NULL};
}

static inline struct kv kv_of(enum kv_name name, uint64_t id)
{
	return (struct kv){name, id, NULL};
}

static inline struct kv kv_part(enum kv_name name, uint64_t id, const char *part)
{
	return (struct kv){name, id, part};
}

/* OTHERWISE when nothing is kept, or it was 0. */
int64_t kv_num(struct store *store, struct kv kv, int64_t otherwise);
/* Each number kept under NAME and ID, in the order of the parts. FN writes nothing. */
void kv_each_num(
	struct store *store, enum kv_name name, uint64_t id, void (*fn)(void *to, const char *part, int64_t value), void *to);
/* NUMBERS[1] to NUMBERS[COUNT - 1], 0 where nothing is kept; false when nothing is kept at all. */
bool kv_list(struct store *store, struct kv kv, int64_t numbers[], unsigned count);
/* Behind what is in OUT; false when nothing is kept. */
bool kv_bytes(struct store *store, struct kv kv, struct buf *out);
/* Each in a commit of its own, or in the transaction that is open. 0, no number but 0, and no bytes
 * leave nothing behind. */
enum rc kv_num_set(struct store *store, struct kv kv, int64_t value, struct fault *fault) MUST_CHECK;
enum rc kv_list_set(struct store *store, struct kv kv, const int64_t numbers[], unsigned count, struct fault *fault) MUST_CHECK;
enum rc kv_bytes_set(struct store *store, struct kv kv, struct bytes value, struct fault *fault) MUST_CHECK;

/* ---- The rows for other programs: SQL text that makes a view v_KIND in temp of each kind that is shown in menus, over
 * the tables of this program's station.db. What is private stands masked in them; of kinds that only go up they count,
 * by area, day and state. docs/OPERATE.md, "Rows for another program".
 */
void views_sql(struct buf *out);

#endif
