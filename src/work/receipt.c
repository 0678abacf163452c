/* SPDX-License-Identifier: GPL-3.0-or-later
 * Receipts of this station: which count, and a second one that says nothing new.
 */
#include "work/receipt.h"

#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "store/log.h"
#include "store/station.h"
#include "work/rules.h"

struct counting {
	struct store *store;
	struct signing signing;
	bool found;
};

static bool same(struct ref a, struct ref b)
{
	return a.site == b.site && a.seq == b.seq;
}

/* This station, also under the number that it had before it was put back from a backup, and the
 * other stations of its place. */
static bool own_site(struct store *store, uint64_t number)
{
	const struct station *own = store_station(store);
	struct site site;
	return number == own->site ||
	       (log_site(store_log(store), number, &site) && site.area == own->area);
}

static int64_t version_of(const struct row *row, unsigned tag)
{
	const struct value *value = row_value(row, tag);
	return value && value->wire == WIRE_NUM ? value->num : 1;
}

struct signing signing_of(struct store *store, struct ref warning)
{
	struct signing signing = {warning_shown(store, warning), 1, 0};
	struct arena arena = {0};
	struct row row;
	struct fault fault;
	bool here = !store_row(store, signing.shown, &arena, &row, &fault);
	if (here)
		signing.version = version_of(&row, warning_version);
	if (here && row.kind->id == KIND_warning && row.state == warning_is_cancelled)
		signing.since = row.state_at;
	arena_release(&arena);
	return signing;
}

bool receipt_counts(struct store *store, const struct row *receipt, const struct signing *signing)
{
	const struct value *value = row_value(receipt, receipt_warning);
	struct ref ref;
	uint64_t own = store_area(store);
	bool below = receipt->area != own && area_within(receipt->area, own); /* written for it */
	return value && !below && !row_void(receipt) && own_site(store, receipt->by_site) &&
	       warning_meant(store, value, &ref) &&
	       same(warning_shown(store, ref), signing->shown) &&
	       version_of(receipt, receipt_version) >= signing->version &&
	       receipt->at >= signing->since;
}

static bool see_receipt(const struct row *row, void *to)
{
	struct counting *counting = to;
	counting->found = receipt_counts(counting->store, row, &counting->signing);
	return !counting->found;
}

bool warning_signed(struct store *store, struct ref warning)
{
	struct counting counting = {store, signing_of(store, warning), false};
	struct query query = query_all(KIND_receipt);
	struct fault fault;
	query.parent = warning;
	return !store_each(store, &query, see_receipt, &counting, &fault) && counting.found;
}

struct telling {
	struct counting counting;
	struct ref *receipt;
	int64_t *at;
	struct buf *person;
	const struct rule *ask; /* NULL: nothing asks */
};

static bool tell_receipt(const struct row *row, void *to)
{
	struct telling *telling = to;
	struct counting *counting = &telling->counting;

	counting->found = receipt_counts(counting->store, row, &counting->signing) &&
			  (!telling->ask || ask_by_watch(telling->ask, row));
	if (!counting->found)
		return true;
	*telling->receipt = row->ref;
	*telling->at = row->at;
	row_field(counting->store, row, receipt_person, true, telling->person);
	return false;
}

/* By which ask the warning is signed now. */
static const struct rule *ask_of(struct store *store, struct ref warning)
{
	struct arena arena = {0};
	struct world world;
	struct fault fault;
	struct row row;
	unsigned count;
	const struct rule *ask = NULL, *rules = rules_rows(RULE_ASK, &count);

	world_open(&world, store, NULL, store_now(store));
	if (!store_row(store, warning, &arena, &row, &fault))
		for (unsigned n = 0; n < count && !ask; n++)
			if (ask_asks(&world, &rules[n], &row))
				ask = &rules[n];
	arena_release(&arena);
	return ask;
}

bool receipt_first(struct store *store, struct ref warning, struct ref *receipt, int64_t *at,
	struct buf *person)
{
	struct telling telling = {.counting = {store, signing_of(store, warning), false},
		.receipt = receipt,
		.at = at,
		.person = person,
		.ask = ask_of(store, warning)};
	struct query query = query_all(KIND_receipt);
	struct fault fault;

	query.parent = warning;
	return !store_each(store, &query, tell_receipt, &telling, &fault) && telling.counting.found;
}

/* ---- a second one */

/* What makes a receipt another one; its warning is compared by the copy that is shown. */
static const unsigned says[] = {
	receipt_person, receipt_method, receipt_result, receipt_text, receipt_watch};

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

/* Where who writes stood on the roster at that minute. What is written for a place below says
 * nothing of this one's watch. */
static void name_watch(struct change *change)
{
	const struct field *watch = field_of(change->kind, receipt_watch),
			   *post = field_of(change->kind, receipt_post);
	const struct change_value *given = change_value(change, receipt_post);
	struct store *store = change->actor.store;
	struct world world;
	const char *why;

	world_open(&world, store, change->actor.user, store_now(store));
	if (!world.rostered || !world.user || change_value(change, receipt_watch) ||
		(change->op.area && change->op.area != store_area(store)))
		return;
	const char *code = world.on_watch ? world.on_watch->name : "none";
	const char *named =
		!world.on_watch ? code_text(watch->codes, code) : _(world.on_watch->label);
	const char *text = arena_fmt(&change->arena, "%s%s", named, world.deputy ? _("B角") : "");

	(void)change_put(change, watch, value_text(code), &why);
	if (!given || given->how == CHANGE_DEFAULT)
		(void)change_put(change, post, value_text(text), &why);
}

void receipt_notes(struct change *change)
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
	name_watch(change);
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
