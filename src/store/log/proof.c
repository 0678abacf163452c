/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which facts carry their author's signature: what must be believed after any number of relays.
 * For receipts that is so when the warning is known as red or orange, judged by the fact that began
 * it: that one never changes, so writer and every later reader say the same.
 */
#include "store/log/internal.h"

#include "model/schema.h"

static bool body_find(struct bytes body, unsigned wanted, struct value *out)
{
	unsigned tag;
	while (body.len && take_field(&body, &tag, out))
		if (tag == wanted)
			return true;
	return false;
}

/* The fact that began REF; its body lies in ARENA. What was only read out says nothing of colours:
 * somebody may have said yellow for red. */
static bool first_of(struct log *log, struct ref ref, struct arena *arena, struct op *op)
{
	struct known_fact known;

	return log_known(log, ref, arena, &known, NULL) == RC_OK && known.here &&
	       op_take(arena_bytes(arena, known.raw), op) && op_first(op);
}

/* False when it cannot be told: the receipt is not here. *NAMED false: it has a text, not a record.
 */
static bool warning_of(struct log *log, const struct op *op, struct ref *ref, bool *named)
{
	struct arena arena = {0};
	struct value value;
	struct op first = *op;
	unsigned parent = field_flagged(kind_of(op->kind), F_PARENT)->tag;
	bool known = body_find(op->body, parent, &value) && !op->step;
	if (!known && !op_first(op) &&
		first_of(log, (struct ref){op->rec_site, op->rec_seq}, &arena, &first))
		known = body_find(first.body, parent, &value);
	*named = known && value.wire == WIRE_BYTES && ref_take(value.text, ref);
	arena_release(&arena);
	return known;
}

bool proof_about(struct log *log, const struct op *op, struct ref *warning)
{
	const struct kind *kind = kind_of(op->kind);
	bool named = false;
	return kind && kind->flags & K_SIGNED_GRAVE && warning_of(log, op, warning, &named) &&
	       named;
}

bool proof_counts(const struct op *op)
{
	for (unsigned i = 0; op_first(op) && i < kinds_count; i++)
		if (kinds[i].flags & K_SIGNED_GRAVE &&
			field_flagged(&kinds[i], F_PARENT)->target == op->kind)
			return true;
	return false;
}

static bool is_grave(const struct op *warning)
{
	struct value value;
	const struct kind *kind = proof_counts(warning) ? kind_of(warning->kind) : NULL;
	const struct field *colour = kind ? field_flagged(kind, F_COLOUR) : NULL;
	if (!colour || !body_find(warning->body, colour->tag, &value) || value.wire != WIRE_TEXT)
		return false;
	return bytes_equal(value.text, bytes_text("red")) ||
	       bytes_equal(value.text, bytes_text("orange"));
}

static enum proof proof_by(struct log *log, struct ref warning)
{
	struct arena arena = {0};
	struct op first;
	bool here = first_of(log, warning, &arena, &first);
	enum proof proof = !here ? PROOF_UNKNOWN : is_grave(&first) ? PROOF_MUST : PROOF_NONE;
	arena_release(&arena);
	return proof;
}

/* Whoever turns a receipt to another warning, or to a name, changes what it said of the one that it
 * began with. */
static enum proof proof_as_begun(struct log *log, const struct op *op)
{
	struct arena arena = {0};
	struct op first;
	struct ref warning;
	enum proof proof = PROOF_NONE;
	if (!op_first(op) &&
		first_of(log, (struct ref){op->rec_site, op->rec_seq}, &arena, &first) &&
		proof_about(log, &first, &warning))
		proof = proof_by(log, warning);
	arena_release(&arena);
	return proof;
}

enum proof proof_of(struct log *log, const struct op *op)
{
	const struct kind *kind = kind_of(op->kind);
	const struct step *step = kind && op->step ? step_of(kind, op->step) : NULL;
	struct ref ref;
	if (!kind)
		return PROOF_NONE;
	if (kind->flags & K_SIGNED || (step && step->flags & STEP_SIGNED))
		return PROOF_MUST;
	if (!(kind->flags & K_SIGNED_GRAVE))
		return PROOF_NONE;
	enum proof begun = proof_as_begun(log, op);
	if (begun == PROOF_MUST || !proof_about(log, op, &ref))
		return begun; /* named by a text: nobody knows its colour */
	enum proof now = proof_by(log, ref);
	return now == PROOF_NONE ? begun : now;
}
