/* SPDX-License-Identifier: GPL-3.0-or-later
 * The end of a change: is it allowed, is it whole, and what else is written with it.
 */
#include <string.h>

#include "model/area.h"
#include "model/kinds.h"
#include "store/station.h"
#include "work/change_inside.h"
#include "work/check.h"
#include "work/may.h"
#include "work/receipt.h"

static enum rc permitted(const struct change *change, struct fault *fault)
{
	const struct actor *actor = &change->actor;
	enum bar bar;

	if (change->taken)
		bar = may_make(actor, kind_of(change->about), change->taken,
			actor->source ? -1 : change->state, fault);
	else
		bar = may_kind(actor, change->kind, change->op.step, fault);
	return bar ? fault->rc : RC_OK;
}

/* What came in a file happened already: whether it was allowed then is for the fold to say. */
static enum rc allowed_now(const struct change *change, struct fault *fault)
{
	if (!change->step || change->actor.source)
		return RC_OK;
	return may_write(&change->actor, &change->op, fault) ? fault->rc : RC_OK;
}

static enum rc whole(const struct change *change, struct fault *fault)
{
	const struct field *field = change_missing(change);

	if (!field)
		return RC_OK;
	return fault_set(
		fault, RC_BAD, _("必填，没有写：字段 \"%s\"（%s）"), field->name, _(field->label));
}

/* A task for somebody of a village lies in that village, so that it comes to him. Where he cannot
 * be looked up, or lies beyond this station, it stays here. */
static void lie_there(struct change *change)
{
	struct store *store = change->actor.store;
	const struct field *field = field_flagged(change->kind, F_THERE);
	const struct change_value *given = field ? change_value(change, field->tag) : NULL;
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	struct ref ref;

	if (change->op.rec_seq || change->op.area || !given || given->value.wire != WIRE_BYTES ||
		!ref_take(given->value.text, &ref))
		return;
	if (store_row(store, ref, &arena, &row, &fault) == RC_OK &&
		area_within(row.area, store_station(store)->area))
		change->op.area = row.area;
	arena_release(&arena);
}

/* ---- pages of long texts */

static bool is_there(struct store *store, const char *key)
{
	struct query query = query_all(KIND_leaf);
	struct fault fault;
	unsigned count = 0;

	query.filters[0] = (struct filter){leaf_whole, '=', value_text(key)};
	query.filter_count = 1;
	return store_count(store, &query, &count, &fault) == RC_OK && count;
}

static enum rc write_page(
	const struct change *change, const struct change_page *page, struct fault *fault)
{
	const struct kind *kind = kind_of(KIND_leaf);
	struct ref about = {change->op.rec_site, change->op.rec_seq};
	const char *why;
	struct change made;

	change_new(&made, &change->actor, kind, about);
	made.op.area = change->op.area;
	made.op.at = change->op.at;
	made.op.by = change->op.by;
	change_put(&made, field_of(kind, leaf_number), value_num(page->number), &why);
	change_put(
		&made, field_of(kind, leaf_text), (struct value){WIRE_TEXT, 0, page->text}, &why);
	change_put(&made, field_of(kind, leaf_whole), value_text(page->key), &why);
	change_body(&made);
	enum rc rc = change_write(&made, fault);
	change_release(&made);
	return rc;
}

/* A text that is here already has its pages. */
static enum rc write_pages(const struct change *change, struct fault *fault)
{
	const char *key = "";
	bool there = false;
	enum rc rc = RC_OK;

	for (const struct change_page *page = change->pages; page && !rc; page = page->next) {
		if (strcmp(key, page->key) != 0)
			there = is_there(change->actor.store, page->key);
		key = page->key;
		if (!there)
			rc = write_page(change, page, fault);
	}
	return rc;
}

/* Where it is told of stays with it, in words. */
static void move_here(struct change *change, uint64_t own)
{
	const struct field *place = change_named(change, "place");
	struct buf title = {0};
	const char *why;

	area_title(change->op.area, &title);
	if (place && !change_value(change, place->tag))
		(void)change_put(change, place, value_text(buf_cstr(&title)), &why);
	buf_release(&title);
	change->op.area = own;
}

/* What somebody told of a place below stays with who took it, named or not: the place would be sent
 * it, and it may be about those who read it there. */
static void lie_here(struct change *change)
{
	const struct field *mode = field_flagged(change->kind, F_SECRET);
	uint64_t own = store_area(change->actor.store);

	if (!change->op.rec_seq && mode && change->op.area != own &&
		area_within(change->op.area, own))
		move_here(change, own);
}

/* The fact, and what follows from it: all of it or nothing. */
static enum rc write_all(
	struct change *change, struct lineage *lineage, struct change *edit, struct fault *fault)
{
	struct store *store = change->actor.store;
	struct op *op = &change->op;
	enum rc rc = store_begin(store, fault);

	if (rc)
		return rc;
	rc = change_write(change, fault);
	if (!rc)
		rc = write_pages(change, fault);
	if (!rc && lineage)
		rc = lineage_close(lineage, (struct ref){op->rec_site, op->rec_seq}, fault);
	if (!rc && edit)
		rc = change_write(edit, fault);
	if (!rc && then_any(change))
		rc = then_follow(change, fault);
	if (!rc)
		return store_commit(store, fault);
	store_undo(store);
	return rc;
}

static enum rc write_decision(struct change *change, struct fault *fault)
{
	struct change edit = {0};
	bool ends;
	enum rc rc = decide(change, &edit, &ends, fault);

	if (!rc)
		rc = write_all(change, NULL, ends ? &edit : NULL, fault);
	change_release(&edit);
	return rc;
}

static enum rc write_it(struct change *change, struct fault *fault)
{
	struct lineage lineage = {0};
	enum rc rc = RC_OK;

	if (!change->op.rec_seq && change->kind->id == KIND_decision)
		return write_decision(change, fault);
	if (!change->actor.source)
		rc = lineage_look(&lineage, change, fault);
	if (rc)
		return rc;
	if (lineage.step || change->pages || then_any(change))
		return write_all(change, lineage.step ? &lineage : NULL, NULL, fault);
	return change_write(change, fault);
}

/* The name of the second is written only of who has shown a PIN, is another one, and may do it too.
 */
static enum rc second_named(struct change *change, struct fault *fault)
{
	const struct user *second = change->second;
	const struct field *field = change_second(change);
	const struct change_value *given = field ? change_value(change, field->tag) : NULL;
	struct change other = *change;
	const char *why;

	if (change->actor.source || !field || (!second && !given))
		return RC_OK;
	if (!second)
		return fault_set(fault, RC_DENIED, _("字段 \"%s\"（%s）要本人出示口令，没有写"),
			field->name, _(field->label));
	if (change->actor.user && change->actor.user->who == second->who)
		return fault_set(fault, RC_DENIED, _("要两个人：%s 是同一个人"), second->name);
	other.actor.user = second;
	enum rc rc = permitted(&other, fault);
	if (!rc && given && !bytes_equal(given->value.text, bytes_text(second->name)))
		rc = fault_set(
			fault, RC_DENIED, _("出示口令的是 %s，不是字段里写的人"), second->name);
	if (!rc && !given && !change_put(change, field, value_text(second->name), &why))
		rc = fault_set(fault, RC_BAD, "%s", why);
	return rc;
}

/* What it belongs to is a drill's. */
static bool of_practice(const struct change *change)
{
	const struct field *parent = field_flagged(change->kind, F_PARENT);
	const struct change_value *given = parent ? change_value(change, parent->tag) : NULL;
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	struct ref ref;
	bool practice = given && given->value.wire == WIRE_BYTES &&
			ref_take(given->value.text, &ref) &&
			store_row(change->actor.store, ref, &arena, &row, &fault) == RC_OK &&
			row_practice(&row);

	arena_release(&arena);
	return practice;
}

/* What is written during a drill, or about what belongs to one, says so. */
static void practice_note(struct change *change)
{
	const struct field *real = field_flagged(change->kind, F_REAL);
	const char *why;

	if (change->actor.source || change->op.rec_seq || !real || !(real->flags & F_QUIET) ||
		change_value(change, real->tag))
		return;
	if (of_practice(change) || practice_on(change->actor.store).seq)
		(void)change_put(change, real, value_text("exercise"), &why);
}

static bool is_said(const struct change *change, unsigned tag)
{
	const struct change_value *value = change_value(change, tag);

	return value && value->how != CHANGE_BLANK;
}

/* That an order is done is said with what it asks for, whichever way it is said. */
static enum rc answer_whole(const struct change *change, struct fault *fault)
{
	const struct change_value *state = change_value(change, answer_state),
				  *order = change_value(change, answer_order);
	struct arena arena = {0};
	struct fault none;
	struct ref ref;
	struct row row;
	enum rc rc = RC_OK;

	if (change->actor.source || change->kind->id != KIND_answer || change->op.rec_seq)
		return RC_OK;
	if (!state || !bytes_equal(state->value.text, bytes_text("done")) || !order ||
		order->value.wire != WIRE_BYTES || !ref_take(order->value.text, &ref) ||
		store_row(change->actor.store, ref, &arena, &row, &none))
		return RC_OK;
	const struct value *type = row_value(&row, order_answer_type);
	if (type && bytes_equal(type->text, bytes_text("number")) &&
		!is_said(change, answer_number))
		rc = fault_set(fault, RC_BAD, "%s", _("指令要的数字没写"));
	else if (type && bytes_equal(type->text, bytes_text("text")) &&
		 !is_said(change, answer_text))
		rc = fault_set(fault, RC_BAD, "%s", _("指令要的情况没写"));
	arena_release(&arena);
	return rc;
}

enum rc change_commit(struct change *change, struct ref *ref, struct fault *fault)
{
	enum rc rc;

	change->again = 0;
	if (!change->actor.source)
		receipt_notes(change);
	lineage_issuer(change);
	change_notes(change);
	practice_note(change);
	grid_note(change);
	side_default(change);
	rc = permitted(change, fault);
	if (!rc)
		rc = second_named(change, fault);
	if (!rc)
		rc = whole(change, fault);
	if (!rc)
		rc = side_told(change, fault);
	if (!rc)
		rc = answer_whole(change, fault);
	if (!rc)
		rc = recoding_check(change, fault);
	if (!rc)
		rc = grid_check(change, fault);
	if (!rc)
		rc = namesakes(change, fault);
	lie_there(change);
	lie_here(change);
	change_body(change);
	if (!rc)
		rc = allowed_now(change, fault);
	if (!rc)
		rc = change_checked(change, fault);
	if (!rc)
		rc = goods_check(change, fault);
	if (rc)
		return rc;
	if (!change->actor.source && receipt_again(change, ref, &change->again))
		return RC_OK; /* signed twice is signed once */
	rc = write_it(change, fault);
	if (!rc)
		*ref = (struct ref){change->op.rec_site, change->op.rec_seq};
	return rc;
}
