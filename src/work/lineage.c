/* SPDX-License-Identifier: GPL-3.0-or-later
 * Updates and cancels that people type: they close what they refer to, as those do that come in
 * files. A cancel that stood in force beside the warning it cancels would wake a village for
 * nothing. What a file could not tie a person ties here, or says that there is nothing to tie.
 */
#include "work/change_inside.h"

#include <stdio.h>
#include <string.h>

#include "model/kinds.h"
#include "store/station.h"

enum { NAME = 256 };

static struct bytes text_of(const struct change *change, unsigned tag)
{
	const struct change_value *given = change_value(change, tag);

	return given && given->value.wire == WIRE_TEXT ? given->value.text : bytes_text("");
}

/* Only this station's own, and an exercise closes no real one. */
static bool may_close(const struct lineage *lineage, const struct row *row)
{
	const struct value *status = row_value(row, warning_status);

	return row->ref.site == store_station(lineage->change->actor.store)->site &&
	       (row->ref.site != lineage->self.site || row->ref.seq != lineage->self.seq) &&
	       lineage->step->from >> row->state & 1 && status &&
	       bytes_equal(status->text, bytes_text(lineage->status));
}

static bool keep(const struct row *row, void *to)
{
	struct lineage *lineage = to;

	if (may_close(lineage, row))
		lineage->found[lineage->count++] = row->ref;
	return lineage->count < REFERS_MOST;
}

/* NAME is an identifier, else a number as people say them. */
static enum rc keep_named(struct lineage *lineage, struct bytes name, struct fault *fault)
{
	struct store *store = lineage->change->actor.store;
	struct query query = query_all(KIND_warning);
	unsigned before = lineage->count;
	char typed[NAME];
	struct arena arena = {0};
	struct fault none;
	struct ref ref;
	struct row row;
	enum rc rc;

	query.filters[0] = (struct filter){
		.tag = warning_identifier, .how = '=', .value = {.wire = WIRE_TEXT, .text = name}};
	query.filter_count = 1;
	rc = store_each(store, &query, keep, lineage, fault);
	if (rc || lineage->count > before || name.len >= sizeof(typed))
		return rc;
	memcpy(typed, name.at, name.len);
	typed[name.len] = '\0';
	if (store_resolve(store, typed, &ref, &none) == RC_OK &&
		store_row(store, ref, &arena, &row, &none) == RC_OK && row.kind->id == KIND_warning)
		keep(&row, lineage);
	arena_release(&arena);
	return RC_OK;
}

/* The step that a MSGTYPE takes on others; NULL = none. */
static const struct step *closing(const struct kind *kind, struct bytes msgtype)
{
	if (bytes_equal(msgtype, bytes_text("cancel")))
		return step_of(kind, warning_do_cancel);
	if (bytes_equal(msgtype, bytes_text("update")))
		return step_of(kind, warning_do_update);
	return NULL;
}

static enum rc find(struct lineage *lineage, struct bytes left, struct fault *fault)
{
	enum rc rc = RC_OK;

	while (left.len && lineage->count < REFERS_MOST && !rc) {
		const uint8_t *blank = memchr(left.at, ' ', left.len);
		size_t len = blank ? (size_t)(blank - left.at) : left.len;

		if (len)
			rc = keep_named(lineage, bytes_of(left.at, len), fault);
		left = bytes_of(left.at + len + (blank != NULL), left.len - len - (blank != NULL));
	}
	return rc;
}

static void status_is(struct lineage *lineage, struct bytes status)
{
	if (status.len < sizeof(lineage->status))
		memcpy(lineage->status, status.at, status.len);
}

static struct bytes row_text(const struct row *row, unsigned tag)
{
	const struct value *value = row_value(row, tag);

	return value ? value->text : bytes_text("");
}

/* SELF is in force, and what a later alert says of it did not fit: NAME is that alert. Then that
 * one ends SELF, and not the other way round. */
static bool ended_by(struct lineage *lineage, const struct row *row, struct bytes name)
{
	const struct value *other = row_value(row, warning_other);
	struct store *store = lineage->change->actor.store;
	struct arena arena = {0};
	struct fault none;
	struct row by;
	char number[32];
	bool is = false;

	if (!bytes_equal(row_text(row, warning_doubt), bytes_text("named")) || !other ||
		other->wire != WIRE_BYTES || !ref_take(other->text, &lineage->closer))
		return false;
	if (store_row(store, lineage->closer, &arena, &by, &none) == RC_OK) {
		store_number(store, lineage->closer, number);
		is = bytes_equal(name, bytes_text(number)) ||
		     bytes_equal(name, row_text(&by, warning_identifier));
		if (bytes_equal(row_text(&by, warning_msgtype), bytes_text("cancel")))
			lineage->step = step_of(row->kind, warning_do_cancel);
	}
	if (is)
		lineage->found[lineage->count++] = lineage->self;
	else
		lineage->closer = (struct ref){0, 0};
	arena_release(&arena);
	return is;
}

/* A person ties a warning to another one, or says that there is none to tie it to. */
static enum rc look_settling(struct lineage *lineage, struct fault *fault)
{
	const struct change *change = lineage->change;
	struct arena arena = {0};
	struct row row;
	enum rc rc;

	lineage->self = (struct ref){change->op.rec_site, change->op.rec_seq};
	rc = store_row(change->actor.store, lineage->self, &arena, &row, fault);
	if (rc == RC_OK) {
		status_is(lineage, row_text(&row, warning_status));
		lineage->settles = row_value(&row, warning_doubt) != NULL;
		lineage->ends = bytes_equal(row_text(&row, warning_msgtype), bytes_text("cancel"));
		lineage->step = step_of(
			change->kind, lineage->ends ? warning_do_cancel : warning_do_update);
	}
	if (rc == RC_OK && change->step->tag == warning_do_tie) {
		struct bytes name = text_of(change, warning_refers);

		if (!ended_by(lineage, &row, name))
			rc = find(lineage, name, fault);
		if (rc == RC_OK && !lineage->count)
			rc = fault_set(fault, RC_BAD,
				_("没有本站能更新或解除的这条预警，请填它的编号：字段 \"%s\""),
				"refers");
	}
	arena_release(&arena);
	return rc;
}

void lineage_issuer(struct change *change)
{
	const struct station *own = store_station(change->actor.store);
	const struct change_value *issuer = change_value(change, warning_issuer);
	struct bytes name = text_of(change, warning_issuer);
	char id[24] = "0"; /* somebody else */
	const char *why;

	if (change->kind->id != KIND_warning || change->step || (change->op.rec_seq && !issuer))
		return;
	if (!name.len || bytes_equal(name, bytes_text(own->name)))
		snprintf(id, sizeof id, "%llx", (unsigned long long)own->site);
	(void)change_put(change, field_of(change->kind, warning_issuer_site), value_text(id), &why);
}

enum rc lineage_look(struct lineage *lineage, const struct change *change, struct fault *fault)
{
	const struct step *step = change->step;

	*lineage = (struct lineage){.change = change};
	if (change->kind->id != KIND_warning)
		return RC_OK;
	if (step && (step->tag == warning_do_tie || step->tag == warning_do_leave))
		return look_settling(lineage, fault);
	if (change->op.rec_seq)
		return RC_OK;
	lineage->step = closing(change->kind, text_of(change, warning_msgtype));
	lineage->ends = lineage->step && lineage->step->tag == warning_do_cancel;
	status_is(lineage, text_of(change, warning_status));
	return lineage->step ? find(lineage, text_of(change, warning_refers), fault) : RC_OK;
}

static enum rc take(
	const struct lineage *lineage, struct ref ref, struct ref closer, struct fault *fault)
{
	const struct change *change = lineage->change;
	struct record record = {.kind = change->kind, .site = ref.site, .seq = ref.seq};
	struct bytes because = text_of(change, warning_identifier);
	struct buf bytes = {0};
	struct change step;
	const char *why;

	change_step(&step, &change->actor, &record, lineage->step);
	step.op.by = change->op.by;
	if (because.len)
		change_put(&step, field_of(change->kind, ARG_TEXT),
			(struct value){.wire = WIRE_TEXT, .text = because}, &why);
	ref_put(&bytes, closer);
	if (ref.site != closer.site || ref.seq != closer.seq)
		change_put(&step, field_of(change->kind, warning_other),
			(struct value){WIRE_BYTES, 0, buf_bytes(&bytes)}, &why);
	buf_release(&bytes);
	change_body(&step);
	enum rc rc = change_write(&step, fault);
	change_release(&step);
	return rc;
}

/* It is in doubt no more. */
static enum rc settle(const struct lineage *lineage, struct fault *fault)
{
	const struct change *change = lineage->change;
	struct change edit;
	const char *why;

	change_edit(&edit, &change->actor, change->kind, lineage->self);
	edit.op.by = change->op.by;
	change_put(&edit, field_of(change->kind, warning_doubt), value_text(""), &why);
	if (!lineage->closer.seq)
		change_put(&edit, field_of(change->kind, warning_other), value_text(""), &why);
	change_body(&edit);
	enum rc rc = change_write(&edit, fault);
	change_release(&edit);
	return rc;
}

enum rc lineage_close(struct lineage *lineage, struct ref self, struct fault *fault)
{
	enum rc rc = RC_OK;

	for (unsigned n = 0; n < lineage->count && !rc; n++)
		rc = take(lineage, lineage->found[n], lineage->closer.seq ? lineage->closer : self,
			fault);
	if (!rc && lineage->settles)
		rc = settle(lineage, fault);
	return rc || !lineage->ends ? rc : take(lineage, self, self, fault);
}
