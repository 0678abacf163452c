/* SPDX-License-Identifier: GPL-3.0-or-later
 * What an import of alerts writes on warnings that are here: it closes them, leaves them to a
 * person, or says that nothing is in doubt any more.
 */
#include <string.h>

#include "model/kinds.h"
#include "store/station.h"

#include "cap_inside.h"

/* Only what this station wrote: a warning from above is closed by those who wrote it. */
static bool is_own(const struct intake_cap *cap, const struct book_entry *entry)
{
	return entry->ref.site == store_station(cap->in->actor.store)->site;
}

/* What was refused has changed nothing. */
static enum rc unless_refused(enum rc rc)
{
	return rc == RC_BAD || rc == RC_DENIED || rc == RC_NONE ? RC_OK : rc;
}

enum rc cap_close(struct intake_cap *cap, struct book_entry *entry, unsigned step,
	const struct book_entry *because, struct fault *fault)
{
	struct arena arena = {0};
	struct record record;
	struct change change;
	struct buf closer = {0};
	const char *why;
	enum rc rc;

	if (!step || !is_own(cap, entry) || strcmp(entry->status, because->status) != 0)
		return RC_OK;
	rc = store_record(cap->in->actor.store, entry->ref, &arena, &record, NULL, fault);
	if (rc == RC_OK && record.kind && step_of(record.kind, step)->from >> record.state & 1) {
		change_step(&change, &cap->in->actor, &record, step_of(record.kind, step));
		change_set(&change, "text", because->identifier, &why);
		ref_put(&closer, because->ref);
		if (because != entry)
			change_put(&change, field_of(record.kind, warning_other),
				(struct value){WIRE_BYTES, 0, buf_bytes(&closer)}, &why);
		rc = intake_write(cap->in, &change, NULL, &entry->ref, fault);
		change_release(&change);
		if (rc == RC_OK)
			entry->open = false;
	}
	buf_release(&closer);
	arena_release(&arena);
	return unless_refused(rc);
}

static enum rc write_doubt(struct intake_cap *cap, struct book_entry *entry, const char *code,
	const struct book_entry *other, struct fault *fault)
{
	const struct kind *kind = kind_of(KIND_warning);
	struct buf bytes = {0};
	struct change change;
	const char *why;
	enum rc rc;

	if (!is_own(cap, entry))
		return RC_OK;
	if (other)
		ref_put(&bytes, other->ref);
	change_edit(&change, &cap->in->actor, kind, entry->ref);
	change_put(&change, field_of(kind, warning_doubt), value_text(code), &why);
	change_put(&change, field_of(kind, warning_other),
		other ? (struct value){WIRE_BYTES, 0, buf_bytes(&bytes)} : value_text(""), &why);
	rc = intake_write(cap->in, &change, NULL, &entry->ref, fault);
	change_release(&change);
	buf_release(&bytes);
	if (rc == RC_OK)
		entry->doubtful = *code;
	return unless_refused(rc);
}

enum rc cap_doubt(struct intake_cap *cap, struct book_entry *entry, const char *code,
	const struct book_entry *other, struct fault *fault)
{
	return write_doubt(cap, entry, code, other, fault);
}

enum rc cap_settle(struct intake_cap *cap, struct book_entry *entry,
	const struct book_entry *because, struct fault *fault)
{
	enum rc rc = entry->doubtful ? write_doubt(cap, entry, "", NULL, fault) : RC_OK;

	if (rc == RC_OK && entry->cancels && entry->open)
		rc = cap_close(cap, entry, warning_do_cancel, because, fault);
	return rc;
}
