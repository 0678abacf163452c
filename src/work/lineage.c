/* SPDX-License-Identifier: GPL-3.0-or-later
 * Updates and cancels that people type: they close what they refer to, as those do that come in
 * files. A cancel that stood in force beside the warning it cancels would wake a village for
 * nothing.
 */
#include "work/change_inside.h"

#include <string.h>

#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"

static struct bytes text_of(const struct change *change, unsigned tag)
{
	const struct change_value *given = change_value(change, tag);

	return given && given->value.wire == WIRE_TEXT ? given->value.text : bytes_text("");
}

/* Only this station's own, and an exercise closes no real one. */
static bool keep(const struct row *row, void *to)
{
	struct lineage *lineage = to;
	const struct change *change = lineage->change;
	const struct value *status = row_value(row, warning_status);

	if (row->ref.site == store_station(change->actor.store)->site &&
		lineage->step->from >> row->state & 1 && status &&
		bytes_equal(status->text, text_of(change, warning_status)))
		lineage->found[lineage->count++] = row->ref;
	return lineage->count < REFERS_MOST;
}

/* The step that a new warning's MSGTYPE takes on others; NULL = none. */
static const struct step *closing(const struct kind *kind, struct bytes msgtype)
{
	if (bytes_equal(msgtype, bytes_text("cancel")))
		return step_of(kind, warning_do_cancel);
	if (bytes_equal(msgtype, bytes_text("update")))
		return step_of(kind, warning_do_update);
	return NULL;
}

enum rc lineage_look(struct lineage *lineage, const struct change *change, struct fault *fault)
{
	struct bytes left;
	enum rc rc = RC_OK;

	*lineage = (struct lineage){.change = change};
	if (change->kind->id != KIND_warning)
		return RC_OK;
	lineage->step = closing(change->kind, text_of(change, warning_msgtype));
	left = lineage->step ? text_of(change, warning_refers) : bytes_text("");
	while (left.len && lineage->count < REFERS_MOST && !rc) {
		const uint8_t *blank = memchr(left.at, ' ', left.len);
		size_t len = blank ? (size_t)(blank - left.at) : left.len;
		struct query query = query_all(KIND_warning);

		query.filters[0] = (struct filter){.tag = warning_identifier,
			.how = '=',
			.value = {.wire = WIRE_TEXT, .text = bytes_of(left.at, len)}};
		query.filter_count = 1;
		if (len)
			rc = store_each(change->actor.store, &query, keep, lineage, fault);
		left = bytes_of(left.at + len + (blank != NULL), left.len - len - (blank != NULL));
	}
	return rc;
}

static enum rc take(const struct lineage *lineage, struct ref ref, struct fault *fault)
{
	const struct change *change = lineage->change;
	struct record record = {.kind = change->kind, .site = ref.site, .seq = ref.seq};
	struct bytes because = text_of(change, warning_identifier);
	struct change step;
	const char *why;

	change_step(&step, &change->actor, &record, lineage->step);
	step.op.by = change->op.by;
	if (because.len)
		change_put(&step, field_of(change->kind, ARG_TEXT),
			(struct value){.wire = WIRE_TEXT, .text = because}, &why);
	change_body(&step);
	enum rc rc = store_write(change->actor.store, &step.op, fault);
	change_release(&step);
	return rc;
}

enum rc lineage_close(struct lineage *lineage, struct ref self, struct fault *fault)
{
	enum rc rc = RC_OK;

	if (lineage->step->tag == warning_do_cancel && lineage->count < REFERS_MOST)
		lineage->found[lineage->count++] = self;
	for (unsigned n = 0; n < lineage->count && !rc; n++)
		rc = take(lineage, lineage->found[n], fault);
	return rc;
}
