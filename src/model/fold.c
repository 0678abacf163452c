/* SPDX-License-Identifier: GPL-3.0-or-later
 * A record from its facts. Whatever is stored can come in any order; here it is put into the one
 * order that all stations share, and each fact either has its effect or is marked with the reason
 * why not.
 */
#include "model/fold.h"

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

enum { STEP_TAGS = 64, READERS = 32 };

/* A site that wrote on the record: its newest stamp there, and the newest of others that it had
 * seen. Its own earlier facts it always has. */
struct reader {
	uint64_t site, last, seen;
};

/* What judging a fact needs beside the record: the last good fact of each step. */
struct fold {
	struct record *record;
	const struct fold_ways *ways;
	const struct op *first, *last[STEP_TAGS];
	struct reader readers[READERS];
	unsigned reader_count;
	uint64_t seen; /* by the author of the fact in hand */
};

static struct cell *cell_of(struct record *record, unsigned tag)
{
	int place = record->kind ? field_place(record->kind, tag) : -1;
	return place < 0 ? NULL : &record->cells[place];
}

static bool cell_empty(const struct cell *cell)
{
	return !cell->tag || (cell->value.wire != WIRE_NUM && !cell->value.text.len);
}

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

/* The newest value wins. If its author had not seen the one it replaces, that one is kept beside it
 * until somebody who has seen both writes the field again. */
static void cell_set(struct fold *fold, struct cell *cell, unsigned tag, const struct value *value,
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

static void set_fields(struct fold *fold, const struct op *op)
{
	struct bytes body = op->body;
	unsigned tag;
	struct value value;

	while (body.len && take_field(&body, &tag, &value)) {
		struct cell *cell = cell_of(fold->record, tag);
		if (!cell || (field_of(fold->record->kind, tag)->flags & F_FOLD))
			continue;
		cell_set(fold, cell, tag, &value, op);
	}
}

static bool body_find(struct bytes body, unsigned want, struct value *out)
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

static bool text_is(const struct value *value, const char *text)
{
	return value->wire == WIRE_TEXT && bytes_equal(value->text, bytes_text(text));
}

/* The track that OP is about; NULL where the kind has none. */
static const struct track *track_of(const struct record *record, const struct op *op)
{
	const struct track *track = record->kind->tracks;
	struct value value;

	if (!track->code)
		return NULL;
	if (body_find(op->body, ARG_TRACK, &value))
		for (const struct track *at = track; at->code; at++)
			if (text_is(&value, at->code))
				return at;
	return track;
}

/* Every track that was assigned has accepted. */
static bool tracks_accepted(struct record *record)
{
	for (const struct track *track = record->kind->tracks; track->code; track++) {
		struct cell *cell = cell_of(record, track->state);
		if (!cell_empty(cell) && !text_is(&cell->value, "accepted"))
			return false;
	}
	return true;
}

static bool same_person(const struct op *a, const struct op *b)
{
	if (a->by.len || b->by.len)
		return bytes_equal(a->by, b->by);
	return a->site == b->site && a->who == b->who;
}

static enum verdict judge_track(struct fold *fold, const struct step *step, const struct op *op)
{
	const struct track *track = track_of(fold->record, op);

	if ((step->flags & STEP_ALL_TRACKS) &&
		!text_is(&cell_of(fold->record, track->state)->value, "assigned"))
		return V_STATE; /* nothing to accept, or accepted already */
	return V_GOOD;
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

	return other && same_person(other, op);
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
	if (step->flags & STEP_TRACK)
		return judge_track(fold, step, op);
	if ((step->flags & STEP_ALL_TRACKS) && !tracks_accepted(fold->record))
		return V_STATE;
	return V_GOOD;
}

static void set_state(struct record *record, int state, const struct op *op)
{
	if (state == STEP_STAYS || state == record->state)
		return;
	record->state = state;
	record->state_at = op_at(op);
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

static void apply_track(struct fold *fold, const struct step *step, const struct op *op)
{
	struct record *record = fold->record;
	bool accepting = step->flags & STEP_ALL_TRACKS;
	struct value value = value_text(accepting ? "accepted" : "assigned");
	unsigned tag = track_of(record, op)->state;

	cell_set(fold, cell_of(record, tag), tag, &value, op);
	/* Accepting moves a record forward only, and not before the last track has accepted. */
	if (!accepting || (tracks_accepted(record) && record->state < step->to))
		set_state(record, step->to, op);
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

static void apply(struct fold *fold, const struct step *step, const struct op *op)
{
	struct record *record = fold->record;
	struct value value;
	bool failed;

	set_fields(fold, op);
	failed = body_find(op->body, ARG_RESULT, &value) && text_is(&value, "failed");
	if (body_find(op->body, ARG_UNTIL, &value))
		extend(fold, op, &value);
	if (step->flags & STEP_TRACK)
		apply_track(fold, step, op);
	else
		set_state(record, failed ? step->failed : step->to, op);
	if (step->flags & STEP_COUNTS)
		count(fold, step->other, op);
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
