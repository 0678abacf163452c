/* SPDX-License-Identifier: GPL-3.0-or-later
 * Receipts without a signature that came before their warning: until its colour is known nobody can
 * say whether they need one. They are found by that warning, however many wait for others.
 */
#include "store/log/internal.h"

static enum rc put(struct log *log, struct ref warning, const struct op *op, struct fault *fault)
{
	return engine_await(log->db, warning, (struct ref){op->site, op->seq}, fault);
}

enum rc awaits_fill(struct log *log, struct fault *fault)
{
	struct arena arena = {0};
	struct node {
		struct node *next;
		struct bytes raw;
	} *first = NULL;
	struct sql sql = sql_open(
		log->db, "SELECT body FROM fact WHERE state<>0 AND state=2 AND NOT " IS_STEP);

	while (sql_row(&sql)) {
		struct node *node = arena_get(&arena, sizeof *node);
		*node = (struct node){first, arena_bytes(&arena, sql_get_bytes(&sql, 0))};
		first = node;
	}
	enum rc rc = sql_end(&sql, fault);
	for (struct node *node = first; node && !rc; node = node->next) {
		struct op op;
		struct ref warning;
		if (op_take(node->raw, &op) && proof_about(log, &op, &warning))
			rc = put(log, warning, &op, fault);
	}
	arena_release(&arena);
	return rc;
}

enum rc awaits_add(struct log *log, const struct op *op, struct fault *fault)
{
	struct ref warning;

	return proof_about(log, op, &warning) ? put(log, warning, op, fault) : RC_OK;
}

enum rc awaits_drop(struct log *log, struct ref warning, struct fault *fault)
{
	return engine_await_no_more(log->db, warning, fault);
}
