/* SPDX-License-Identifier: GPL-3.0-or-later
 * A second receipt that says nothing new.
 */
#include "work/receipt.h"

#include "model/kinds.h"
#include "work/agenda.h"

/* What makes a receipt another one; its warning is compared by the copy that is shown. */
static const unsigned says[] = {receipt_person, receipt_method, receipt_result, receipt_text};

struct looking {
	const struct change *change;
	struct signing signing;
	struct ref receipt; /* seq 0: none yet */
	int64_t at;
};

/* As people read them: a person may be a record or a name. */
static bool same_value(const struct change *change, unsigned tag, const struct value *there)
{
	const struct field *field = field_of(change->kind, tag);
	const struct change_value *given = change_value(change, tag);
	struct value_ways ways = store_ways(change->actor.store, true);
	struct buf one = {0}, other = {0};

	if (there && there->text.len)
		value_show(field, there, &ways, &one);
	if (given && given->value.text.len)
		value_show(field, &given->value, &ways, &other);
	bool same = bytes_equal(buf_bytes(&one), buf_bytes(&other));
	buf_release(&one);
	buf_release(&other);
	return same;
}

static bool each_receipt(const struct row *row, void *to)
{
	struct looking *looking = to;

	if (!receipt_counts(looking->change->actor.store, row, &looking->signing))
		return true;
	for (size_t i = 0; i < countof(says); i++)
		if (!same_value(looking->change, says[i], row_value(row, says[i])))
			return true;
	looking->receipt = row->ref;
	looking->at = row->at;
	return false;
}

void receipt_names_version(struct change *change)
{
	const struct change_value *given = change_value(change, receipt_warning);
	const struct field *field = field_of(change->kind, receipt_version);
	const char *why;
	struct ref ref;

	if (change->kind->id != KIND_receipt || change->op.rec_seq || !given ||
		given->value.wire != WIRE_BYTES || !ref_take(given->value.text, &ref))
		return;
	int64_t version = signing_of(change->actor.store, ref).version;
	if (version > 1 && !change_value(change, receipt_version))
		change_put(change, field, value_num(version), &why);
}

bool receipt_again(const struct change *change, struct ref *receipt, int64_t *at)
{
	struct store *store = change->actor.store;
	const struct change_value *given = change_value(change, receipt_warning);
	struct query query = query_all(KIND_receipt);
	struct looking looking = {.change = change};
	struct fault fault;

	if (change->kind->id != KIND_receipt || change->op.rec_seq || !given ||
		given->value.wire != WIRE_BYTES || !ref_take(given->value.text, &query.parent))
		return false;
	looking.signing = signing_of(store, query.parent);
	if (store_each(store, &query, each_receipt, &looking, &fault) || !looking.receipt.seq)
		return false;
	*receipt = looking.receipt;
	*at = looking.at;
	return true;
}
