/* SPDX-License-Identifier: GPL-3.0-or-later
 * Records by the names that a file gives them; and a name that several have: who types it is asked
 * for a number, of what comes in a file it is told, for nobody can be asked there.
 */
#include "work/source.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/kinds.h"
#include "store/log.h"
#include "work/change_inside.h"

/* 14 hex digits, '-', a number. */
static bool is_full_id(const char *name)
{
	size_t hex = strspn(name, "0123456789abcdefABCDEF");

	return hex == 14 && name[14] == '-' && name[15] &&
	       !name[15 + strspn(name + 15, "0123456789")];
}

bool source_known(struct store *store, const char *source, const char *name, struct ref *ref)
{
	struct fault fault;

	if (store_ref(store, source, name, ref))
		return true;
	return is_full_id(name) && store_resolve(store, name, ref, &fault) == RC_OK;
}

bool source_known_fact(struct store *store, const char *source, const char *name)
{
	struct arena arena = {0};
	struct fact fact;
	struct ref ref;
	bool known = store_ref(store, source, name, &ref);

	if (!known && is_full_id(name))
		known = log_fact(store_log(store), strtoull(name, NULL, 16),
			(uint32_t)strtoul(name + 15, NULL, 10), &arena, &fact);
	arena_release(&arena);
	return known;
}

bool source_record(
	struct store *store, const char *source, const char *name, unsigned target, struct ref *ref)
{
	if (source_known(store, source, name, ref))
		return true;
	return (!target || target == KIND_warning) && store_ref(store, SOURCE_CAP, name, ref);
}

/* ---- names that several have */

/* Where CHANGE writes: names are looked for from there. */
static uint64_t area_of(const struct change *change)
{
	struct arena arena = {0};
	struct row row;
	uint64_t area = change->op.area;

	if (change->op.rec_seq && store_row(change->actor.store,
					  (struct ref){change->op.rec_site, change->op.rec_seq},
					  &arena, &row, NULL) == RC_OK)
		area = row.area;
	arena_release(&arena);
	return area ? area : store_area(change->actor.store);
}

/* "XZ-17 护林员 15430008102" */
static void bearer_put(struct store *store, struct ref ref, struct buf *out)
{
	struct arena arena = {0};
	char number[32];
	struct row row;

	store_number(store, ref, number);
	buf_text(out, number);
	if (store_row(store, ref, &arena, &row, NULL) == RC_OK)
		row_tell(store, &row, out);
	arena_release(&arena);
}

static const char *said_of(struct change *change, const struct field *field, struct bytes name,
	const struct bearers *who)
{
	struct buf all = {0}, text = {0};
	const char *said;

	for (unsigned i = 0; i < who->count && i < BEARERS; i++) {
		if (i)
			buf_text(&all, "; ");
		bearer_put(change->actor.store, who->at[i], &all);
	}
	buf_fmt(&text, _("\"%.*s\" 有 %u 个同名：%s：字段 \"%s\"（%s）"), (int)name.len,
		(const char *)name.at, who->count, buf_cstr(&all), field->name, _(field->label));
	said = arena_text(&change->arena, buf_cstr(&text));
	buf_release(&all);
	buf_release(&text);
	return said;
}

/* One of several is still there: the name means that one, and says so from now on. */
static void tie(struct change *change, struct change_value *value, struct ref ref)
{
	struct buf bytes = {0};

	ref_put(&bytes, ref);
	value->value =
		(struct value){WIRE_BYTES, 0, arena_bytes(&change->arena, buf_bytes(&bytes))};
	buf_release(&bytes);
}

static bool see_coded(const struct row *row, void *to)
{
	struct bearers *who = to;

	if (!row_void(row) && who->count++ < BEARERS)
		who->at[who->count - 1] = row->ref;
	return true;
}

/* Nobody is called so: but a household or an enterprise has a code of its own, as a platform of
 * codes has it. */
static enum rc look_by_code(struct change *change, const struct field *field,
	struct change_value *value, struct fault *fault)
{
	const struct kind *kind = kind_of(field_target(field));
	const struct field *code = kind ? field_named(kind, "code") : NULL;
	struct bearers who = {0};

	if (field->type != T_REF || !code || code->type != T_TEXT)
		return RC_OK;
	struct query query = query_all(kind->id);
	query.filters[0] = (struct filter){code->tag, '=', value->value};
	query.filter_count = 1;
	enum rc rc = store_each(change->actor.store, &query, see_coded, &who, fault);
	if (!rc && who.count == 1)
		tie(change, value, who.at[0]);
	return rc;
}

static enum rc look(struct change *change, const struct field *field, struct change_value *value,
	struct fault *fault)
{
	struct store *store = change->actor.store;
	struct name_query query = {field_target(field), value->value.text, area_of(change), true};
	struct bearers all, there = {0};
	enum rc rc = store_bearers(store, &query, &all, fault);

	query.left = false;
	if (!rc && all.count > 1)
		rc = store_bearers(store, &query, &there, fault);
	if (!rc && !all.count)
		return look_by_code(change, field, value, fault);
	if (rc || all.count < 2)
		return rc;
	if (there.count == 1 && field->type == T_REF) {
		tie(change, value, there.at[0]);
		return RC_OK;
	}
	change->doubt = said_of(change, field, query.name, &all);
	if (change->actor.source || field->type != T_REF)
		return RC_OK;
	return fault_set(fault, RC_BAD, _("%s，请改写编号"), change->doubt);
}

/* A person is registered whose name another has already: names written elsewhere no longer tell
 * them apart. */
static enum rc look_at_name(struct change *change, struct fault *fault)
{
	struct name_query query = {.kind = KIND_person, .area = area_of(change), .left = true};
	struct bearers who;
	enum rc rc = RC_OK;

	if (change->kind->id != KIND_person || change->op.rec_seq || change->actor.source)
		return RC_OK;
	for (unsigned n = 0; n < change->count; n++)
		if (change->values[n].tag == person_name)
			query.name = change->values[n].value.text;
	rc = store_bearers(change->actor.store, &query, &who, fault);
	if (!rc && who.count)
		change->doubt =
			said_of(change, field_of(change->kind, person_name), query.name, &who);
	return rc;
}

enum rc namesakes(struct change *change, struct fault *fault)
{
	enum rc rc;

	change->doubt = NULL;
	rc = look_at_name(change, fault);
	for (unsigned n = 0; n < change->count && !rc; n++) {
		struct change_value *value = &change->values[n];
		const struct field *field = field_of(change->kind, value->tag);

		if (field && value->how == CHANGE_GIVEN && value->value.wire == WIRE_TEXT &&
			field_names_one(field))
			rc = look(change, field, value, fault);
	}
	return rc;
}
