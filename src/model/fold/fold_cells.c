/* SPDX-License-Identifier: GPL-3.0-or-later
 * A record's fields and state while its facts are folded: the newest value, and what it overwrote
 * unseen.
 */
#include "model/fold/inside.h"

#include <string.h>

struct cell *cell_of(struct record *record, unsigned tag)
{
	int place = record->kind ? field_place(record->kind, tag) : -1;
	return place < 0 ? NULL : &record->cells[place];
}

bool cell_empty(const struct cell *cell)
{
	return !cell->tag || (cell->value.wire != WIRE_NUM && !cell->value.text.len);
}

bool body_find(struct bytes body, unsigned want, struct value *out)
{
	unsigned tag;
	struct value value;

	while (body.len && take_field(&body, &tag, &value))
		if (tag == want && (value.wire == WIRE_NUM || value.text.len)) {
			*out = value;
			return true;
		}
	return false;
}

bool value_is(const struct value *value, const char *text)
{
	return value->wire == WIRE_TEXT && bytes_equal(value->text, bytes_text(text));
}

bool same_person(const struct op *a, const struct op *b)
{
	if (a->by.len || b->by.len)
		return bytes_equal(a->by, b->by);
	return a->site == b->site && a->who == b->who;
}

static bool has_seen(const struct fold *fold, const struct op *op, uint64_t site, uint64_t stamp)
{
	return site == op->site || stamp <= fold->seen;
}

/* The other values of field TAG that OP's author has seen are settled. */
static void lost_settle(struct fold *fold, unsigned tag, const struct op *op)
{
	struct record *record = fold->record;
	unsigned kept = 0;

	for (unsigned i = 0; i < record->lost_count; i++) {
		const struct lost *lost = &record->lost[i];
		if (lost->tag != tag || !has_seen(fold, op, lost->site, lost->stamp))
			record->lost[kept++] = *lost;
	}
	record->lost_count = kept;
}

static void lost_add(struct record *record, const struct cell *cell)
{
	if (record->lost_count == LOST_MOST)
		memmove(record->lost, record->lost + 1,
			--record->lost_count * sizeof *record->lost);
	record->lost[record->lost_count++] =
		(struct lost){cell->tag, cell->value, cell->stamp, cell->site, cell->seq};
}

void cell_set(struct fold *fold, struct cell *cell, unsigned tag, const struct value *value,
	const struct op *op)
{
	lost_settle(fold, tag, op);
	if (cell->tag && !op_first(op) && !has_seen(fold, op, cell->site, cell->stamp))
		lost_add(fold->record, cell);
	cell->tag = tag;
	cell->value = *value;
	cell->stamp = op->stamp;
	cell->site = op->site;
	cell->seq = op->seq;
}

bool cell_add(
	struct cell *cell, const struct field *field, int64_t thousandths, const struct op *op)
{
	enum { MILLI = 1000 };
	int64_t sum, more = field->type == T_DEC ? thousandths : thousandths / MILLI;
	bool number = field->type == T_DEC || field->type == T_NUM;

	if (!number || cell_empty(cell) || cell->value.wire != WIRE_NUM ||
		__builtin_add_overflow(cell->value.num, more, &sum))
		return false;
	cell->value = value_num(sum);
	cell->stamp = op->stamp;
	cell->site = op->site;
	cell->seq = op->seq;
	return true;
}

void set_state(struct record *record, int state, const struct op *op)
{
	if (state == STEP_STAYS || state == record->state)
		return;
	record->state = state;
	record->state_at = op_at(op);
}
