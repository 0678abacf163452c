/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows and facts that need a person's attention. Both are few among many: partial indexes find
 * them.
 */
#include "store/rows/internal.h"

enum rc store_each_attention(
	struct store *store, unsigned limit, row_fn *fn, void *to, struct fault *fault)
{
	struct buf text = {0};
	bool more = true;
	enum rc rc = store_look(store, fault);

	for (unsigned i = 0; i < kinds_count && more && !rc; i++) {
		struct kept_list list = {0};

		buf_clear(&text);
		/* Letter for letter the condition of the index in tables.c. */
		buf_fmt(&text,
			"SELECT * FROM row_%s WHERE conflicts>0 OR refused>0 ORDER BY stamp DESC"
			" LIMIT ?",
			kinds[i].name);
		struct sql sql = sql_open(store->db, buf_cstr(&text));
		sql_num(&sql, limit);
		rc = kept_list(&sql, &kinds[i], &list, fault);
		if (!rc)
			more = kept_give(store, &list, fn, to);
		arena_release(&list.arena);
	}
	buf_release(&text);
	return rc;
}

struct kept_apart {
	struct kept_apart *next;
	struct fact fact;
};

enum rc log_each_apart(struct log *log, unsigned limit, fact_fn *fn, void *to, struct fault *fault)
{
	struct arena arena = {0};
	struct kept_apart *first = NULL, **last = &first;
	struct sql sql =
		sql_open(log->db, "SELECT arr, site, seq, kind, step, via, state, body, sig"
				  " FROM fact WHERE state<>0 AND state<>4 ORDER BY arr DESC LIMIT "
				  "?");
	sql_num(&sql, limit);
	while (sql_row(&sql)) {
		struct kept_apart *one = arena_get(&arena, sizeof *one);

		*one = (struct kept_apart){
			.fact = {.arr = (uint64_t)sql_get(&sql, 0),
				.site = (uint64_t)sql_get(&sql, 1),
				.seq = (uint32_t)sql_get(&sql, 2),
				.kind = (unsigned)sql_get(&sql, 3),
				.step = (unsigned)sql_get(&sql, 4),
				.via = (unsigned)sql_get(&sql, 5),
				.state = (enum fact_state)sql_get(&sql, 6),
				.raw = arena_bytes(&arena, sql_get_bytes(&sql, 7)),
				.sig = arena_bytes(&arena, sql_get_bytes(&sql, 8))}};
		*last = one;
		last = &one->next;
	}
	enum rc rc = sql_end(&sql, fault);
	for (struct kept_apart *one = first; one && !rc; one = one->next)
		if (!fn(&one->fact, to))
			break;
	arena_release(&arena);
	return rc;
}
