/* SPDX-License-Identifier: GPL-3.0-or-later
 * Updates and cancels that people type: they close what they refer to, as those do that come in
 * files. A cancel that stood in force beside the warning it cancels would wake a village for
 * nothing.
 */
#include "store/inside.h"

#include <string.h>

#include "model/kinds.h"
#include "store/find.h"

enum { REFERS_MOST = 16 };

struct lineage {
	struct store *store;
	const struct step *step; /* what is done to those that are referred to */
	struct bytes because;    /* identifier of the one that does it */
	struct bytes refers, status;
	struct ref found[REFERS_MOST];
	unsigned count;
};

static struct bytes text_in(struct bytes body, unsigned wanted)
{
	struct value value;
	unsigned tag;

	while (body.len && take_field(&body, &tag, &value))
		if (tag == wanted && value.wire == WIRE_TEXT)
			return value.text;
	return bytes_text("");
}

/* Only this station's own, and an exercise closes no real one. */
static bool keep(const struct row *row, void *to)
{
	struct lineage *line = to;
	const struct value *status = row_value(row, warning_status);

	if (row->ref.site == line->store->log.site && line->step->from >> row->state & 1 &&
		status && bytes_equal(status->text, line->status))
		line->found[line->count++] = row->ref;
	return line->count < REFERS_MOST;
}

static enum rc look(struct lineage *line, struct fault *fault)
{
	struct bytes left = line->refers;
	enum rc rc = RC_OK;

	while (left.len && line->count < REFERS_MOST && !rc) {
		const uint8_t *blank = memchr(left.at, ' ', left.len);
		size_t len = blank ? (size_t)(blank - left.at) : left.len;
		struct query query = query_all(KIND_warning);

		query.filters[0] = (struct filter){.tag = warning_identifier, .how = '='};
		query.filters[0].value =
			(struct value){.wire = WIRE_TEXT, .text = bytes_of(left.at, len)};
		query.filter_count = 1;
		if (len)
			rc = store_each(line->store, &query, keep, line, fault);
		left = bytes_of(left.at + len + (blank != NULL), left.len - len - (blank != NULL));
	}
	return rc;
}

static enum rc take(struct lineage *line, const struct op *op, struct ref ref, struct fault *fault)
{
	struct buf body = {0};
	struct value because = {.wire = WIRE_TEXT, .text = line->because};
	struct op step = {.rec_site = ref.site,
		.rec_seq = ref.seq,
		.kind = KIND_warning,
		.step = line->step->tag,
		.who = op->who,
		.by = op->by};

	if (because.text.len)
		put_field(&body, ARG_TEXT, &because);
	step.body = buf_bytes(&body);
	enum rc rc = store_write(line->store, &step, fault);
	buf_release(&body);
	return rc;
}

/* The step that a new warning's MSGTYPE takes on others; NULL = none. */
static const struct step *closing(struct bytes msgtype)
{
	const struct kind *kind = kind_of(KIND_warning);

	if (bytes_equal(msgtype, bytes_text("cancel")))
		return step_of(kind, warning_do_cancel);
	if (bytes_equal(msgtype, bytes_text("update")))
		return step_of(kind, warning_do_update);
	return NULL;
}

enum rc store_write_tied(struct store *store, struct op *op, struct fault *fault)
{
	struct lineage line = {.store = store};
	bool first = op->kind == KIND_warning && !op->step && !op->rec_seq;

	if (first)
		line.step = closing(text_in(op->body, warning_msgtype));
	if (!line.step)
		return store_write(store, op, fault);
	line.because = text_in(op->body, warning_identifier);
	line.refers = text_in(op->body, warning_refers);
	line.status = text_in(op->body, warning_status);
	enum rc rc = store_begin(store, fault);
	if (!rc && !(rc = look(&line, fault)))
		rc = store_write(store, op, fault);
	if (!rc && line.step->tag == warning_do_cancel && line.count < REFERS_MOST)
		line.found[line.count++] = (struct ref){op->rec_site, op->rec_seq};
	for (unsigned i = 0; i < line.count && !rc; i++)
		rc = take(&line, op, line.found[i], fault);
	if (!rc)
		return store_commit(store, fault);
	store_undo(store);
	return rc;
}
