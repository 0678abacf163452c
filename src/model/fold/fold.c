/* SPDX-License-Identifier: GPL-3.0-or-later
 * A record from its facts. Whatever is stored can come in any order; here it is put into the one
 * order that all stations share, and each fact either has its effect or is marked with the reason
 * why not.
 */
#include "model/fold/inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

const char *const verdict_texts[V_VERDICTS] = {
	N_("有效"),
	N_("当时的状态不允许这一步"),
	N_("须由另一人办理"),
	N_("本级站点不能办理这一步"),
	N_("缺少必填内容"),
	N_("由更新版本的程序写入，本站原样保留"),
};

/* What the author of OP had seen of others. A fact whose newest seen fact is the author's own
 * tells nothing new of the others: some of theirs with earlier stamps may not have come yet. */
static void read_on(struct fold *fold, const struct op *op)
{
	struct reader *reader = fold->readers;
	struct reader *end = reader + fold->reader_count;

	while (reader < end && reader->site != op->site)
		reader++;
	fold->seen = op->seen;
	if (reader == end && fold->reader_count == READERS)
		return;
	if (reader == end) {
		fold->reader_count++;
		*reader = (struct reader){.site = op->site};
	}
	if (op->seen != reader->last && op->seen > reader->seen)
		reader->seen = op->seen;
	reader->last = op->stamp;
	fold->seen = reader->seen;
}

static void set_fields(struct fold *fold, const struct op *op)
{
	struct bytes body = op->body;
	unsigned tag;
	struct value value, added;
	bool adds = !op->step && !op_first(op) && body_find(body, ARG_ADDED, &added) &&
		    added.wire == WIRE_NUM;

	while (body.len && take_field(&body, &tag, &value)) {
		struct cell *cell = cell_of(fold->record, tag);
		const struct field *field = cell ? field_of(fold->record->kind, tag) : NULL;
		/* Of what a record was made nobody changes later. */
		if (!field || field->flags & F_FOLD || (field->flags & F_MADE && !op_first(op)))
			continue;
		if (!adds || !cell_add(cell, field, added.num, op))
			cell_set(fold, cell, tag, &value, op);
	}
}

static bool args_given(const struct step *step, const struct op *op)
{
	struct value value;

	for (unsigned i = 0; i < STEP_ARGS && step->args[i]; i++)
		if ((step->args[i] & STEP_ARG_MUST) &&
			!body_find(op->body, step->args[i] & ~(unsigned)STEP_ARG_MUST, &value))
			return false;
	return true;
}

/* Whether the one who did the step's other step, or began the record, does this one too. */
static bool done_by_the_other(const struct fold *fold, const struct step *step, const struct op *op)
{
	const struct op *other = step->other ? fold->last[step->other % STEP_TAGS] : fold->first;

	return (other && same_person(other, op)) || track_finisher(fold, op);
}

static enum verdict judge(struct fold *fold, const struct step *step, const struct op *op)
{
	const struct record *record = fold->record;
	int level;

	if (!step || (step->flags & STEP_MAKES))
		return V_KIND;
	level = fold->ways && fold->ways->level ? fold->ways->level(fold->ways->to, op->site) : -1;
	if (level >= 0 && !(step->by & (1u << level)))
		return V_LEVEL;
	if (record->kind->states[0].code && !(step->from & (1u << record->state)))
		return V_STATE;
	if (!args_given(step, op))
		return V_ARGS;
	if ((step->flags & STEP_OTHER) && done_by_the_other(fold, step, op))
		return V_PERSON;
	if (step->flags & (STEP_TRACK | STEP_SIDE))
		return track_judge(fold, step, op);
	if ((step->flags & STEP_ALL_TRACKS) && !tracks_accepted(fold->record))
		return V_STATE;
	return V_GOOD;
}

/* `until` moves the deadline of the track, or the kind's only one. */
static void extend(struct fold *fold, const struct op *op, const struct value *until)
{
	struct record *record = fold->record;
	const struct track *track = track_of(record, op);
	const struct field *due = field_flagged(record->kind, F_DUE);
	unsigned tag = track ? track->due : due && due->type == T_DATE ? due->tag : 0;

	if (tag)
		cell_set(fold, cell_of(record, tag), tag, until, op);
}

static int64_t record_num(const struct record *record, unsigned tag, int64_t otherwise)
{
	const struct cell *cell = record_cell(record, tag);
	return cell && cell->value.wire == WIRE_NUM ? cell->value.num : otherwise;
}

static void count(struct fold *fold, unsigned tag, const struct op *op)
{
	struct value value = value_num(record_num(fold->record, tag, 0) + 1);
	cell_set(fold, cell_of(fold->record, tag), tag, &value, op);
}

static void clear(struct fold *fold, unsigned tag, const struct op *op)
{
	struct value value = value_text("");
	cell_set(fold, cell_of(fold->record, tag), tag, &value, op);
}

static void apply(struct fold *fold, const struct step *step, const struct op *op)
{
	struct record *record = fold->record;
	struct value value;
	bool failed;

	set_fields(fold, op);
	failed = body_find(op->body, ARG_RESULT, &value) && value_is(&value, "failed");
	if (body_find(op->body, ARG_UNTIL, &value))
		extend(fold, op, &value);
	if (step->flags & (STEP_TRACK | STEP_SIDE))
		track_apply(fold, step, op);
	else
		set_state(record, failed ? step->failed : step->to, op);
	if (failed && step->failed != STEP_STAYS)
		tracks_again(fold, op);
	if (step->flags & STEP_COUNTS && (failed || step->failed == STEP_STAYS))
		count(fold, step->other, op);
	if (step->flags & STEP_COUNTS && track_named(record, op))
		count(fold, track_of(record, op)->urged, op);
	if (step->flags & STEP_CLEARS)
		clear(fold, step->other, op);
	fold->last[step->tag % STEP_TAGS] = op;
}

static void begin(struct fold *fold, const struct op *op)
{
	struct record *record = fold->record;

	memset(record, 0, sizeof *record);
	record->kind = kind_of(op->kind);
	record->kind_id = op->kind;
	record->site = op->site;
	record->seq = op->seq;
	record->area = op->area;
	record->at = record->state_at = op_at(op);
	record->by_site = op->site;
	record->by_who = op->who;
	record->by = op->by;
	fold->first = op;
}

static enum verdict fold_op(struct fold *fold, const struct op *op)
{
	struct record *record = fold->record;
	const struct step *step;
	enum verdict verdict;

	record->facts++;
	read_on(fold, op);
	if (op->stamp > record->stamp)
		record->stamp = op->stamp;
	if (!record->kind || op->kind != record->kind_id)
		return V_KIND;
	if (!op->step) {
		set_fields(fold, op);
		return V_GOOD;
	}
	step = step_of(record->kind, op->step);
	verdict = judge(fold, step, op);
	if (verdict == V_GOOD)
		apply(fold, step, op);
	else if (verdict != V_KIND)
		record->refused++;
	return verdict;
}

static int by_order(const void *a, const void *b)
{
	const struct op *x = a, *y = b;
	/* Whatever clocks say, a record begins with the fact that began it. */
	if (op_first(x) != op_first(y))
		return op_first(x) ? -1 : 1;
	return op_cmp(x, y);
}

static size_t sort_and_drop(struct op *ops, size_t n)
{
	size_t kept = 0;

	qsort(ops, n, sizeof *ops, by_order);
	for (size_t i = 0; i < n; i++)
		if (!kept || ops[i].site != ops[kept - 1].site || ops[i].seq != ops[kept - 1].seq)
			ops[kept++] = ops[i];
	return kept;
}

/* Equal values, written by two who did not see each other, are no disagreement. */
const struct lost *record_lost(const struct record *record, unsigned tag, unsigned n)
{
	int place = record->lost_count && record->kind ? field_place(record->kind, tag) : -1;

	for (unsigned i = place < 0 ? 0 : record->lost_count; i-- > 0;)
		if (record->lost[i].tag == tag &&
			!value_equal(&record->lost[i].value, &record->cells[place].value) && !n--)
			return &record->lost[i];
	return NULL;
}

uint64_t fold_seen(const struct op *ops, size_t n, uint64_t site)
{
	struct fold fold = {0};
	uint64_t seen = 0;

	for (size_t i = 0; i < n; i++) {
		if (ops[i].site != site)
			continue;
		read_on(&fold, &ops[i]);
		seen = fold.seen;
	}
	return seen;
}

size_t fold_all(struct record *record, struct op *ops, size_t n, enum verdict *verdicts,
	const struct fold_ways *ways)
{
	struct fold fold = {.record = record, .ways = ways};

	n = n > 1 ? sort_and_drop(ops, n) : n;
	memset(record, 0, sizeof *record);
	if (!n || !op_first(&ops[0]))
		return 0;
	begin(&fold, &ops[0]);
	for (size_t i = 0; i < n; i++) {
		enum verdict verdict = fold_op(&fold, &ops[i]);
		if (verdicts)
			verdicts[i] = verdict;
	}
	for (unsigned i = 0; record->kind && record->kind->fields[i].tag; i++)
		record->conflicts += record_lost(record, record->kind->fields[i].tag, 0) != NULL;
	return n;
}

enum verdict fold_may(
	const struct op *ops, size_t n, const struct op *op, const struct fold_ways *ways)
{
	struct record record;
	struct op *copy = memory_get(n + 1, sizeof *copy);
	enum verdict *verdicts = memory_get(n + 1, sizeof *verdicts);
	enum verdict verdict = V_STATE;

	if (n)
		memcpy(copy, ops, n * sizeof *copy);
	copy[n] = *op;
	for (size_t i = 0; i < n; i++)
		if (copy[n].stamp <= copy[i].stamp)
			copy[n].stamp = copy[i].stamp + 1;
	n = fold_all(&record, copy, n + 1, verdicts, ways);
	if (n)
		verdict = verdicts[n - 1];
	free(copy);
	free(verdicts);
	return verdict;
}

const struct cell *record_cell(const struct record *record, unsigned tag)
{
	int place = record->kind ? field_place(record->kind, tag) : -1;
	const struct cell *cell = place < 0 ? NULL : &record->cells[place];
	return cell && !cell_empty(cell) ? cell : NULL;
}

struct bytes record_text(const struct record *record, unsigned tag)
{
	const struct cell *cell = record_cell(record, tag);
	return cell && cell->value.wire != WIRE_NUM ? cell->value.text : (struct bytes){0, 0};
}

bool record_code(const struct record *record, unsigned tag, const char *code)
{
	return bytes_equal(record_text(record, tag), bytes_text(code));
}
