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
	struct stored_fact *first;
	enum rc rc = engine_waiting(log->db, &arena, &first, fault);

	for (struct stored_fact *one = first; one && !rc; one = one->next) {
		struct op op;
		struct ref warning;
		if (op_take(one->raw, &op) && proof_about(log, &op, &warning))
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
