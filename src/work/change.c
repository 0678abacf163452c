/* SPDX-License-Identifier: GPL-3.0-or-later
 * The values of a change: from texts to the canonical fields of a fact.
 */
#include "work/change.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "model/area.h"
#include "model/codes.h"
#include "model/long_text.h"
#include "store/identity.h"
#include "store/station.h"
#include "work/change_inside.h"
#include "work/figures.h"
#include "work/source.h"

/* The record's own, beside the fields of its kind. */
static const struct field at_field = {.name = "at", .label = N_("时间"), .type = T_TIME};

static void start(struct change *change, const struct actor *actor, const struct kind *kind)
{
	*change = (struct change){.actor = *actor, .kind = kind, .op = {.kind = kind->id}};
	change->op.who = actor->user ? actor->user->who : 0;
	change->ways = store_ways(actor->store, false);
	change->ways.strict = !actor->source;
	change->ways.now = store_now(actor->store);
}

static unsigned kind_at(struct store *store, struct ref ref)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	unsigned kind = store_row(store, ref, &arena, &row, &fault) ? 0 : row.kind->id;

	arena_release(&arena);
	return kind;
}

void change_new(struct change *change, const struct actor *actor, const struct kind *kind,
	struct ref parent)
{
	const struct field *field =
		parent.seq ? field_parent(kind, kind_at(actor->store, parent)) : NULL;
	struct buf bytes = {0};
	const char *why;

	if (!field) /* it has not come yet */
		field = field_flagged(kind, F_PARENT);
	start(change, actor, kind);
	if (!parent.seq || !field)
		return;
	ref_put(&bytes, parent);
	change_put(change, field, (struct value){WIRE_BYTES, 0, buf_bytes(&bytes)}, &why);
	buf_release(&bytes);
}

void change_edit(
	struct change *change, const struct actor *actor, const struct kind *kind, struct ref ref)
{
	start(change, actor, kind);
	change->op.rec_site = ref.site;
	change->op.rec_seq = ref.seq;
}

void change_step(struct change *change, const struct actor *actor, const struct record *record,
	const struct step *step)
{
	struct ref ref = {record->site, record->seq};

	if (step->flags & STEP_MAKES) {
		change_new(change, actor, kind_of(step->other), ref);
		change->taken = step;
		change->about = record->kind_id;
		change->state = record->state;
		return;
	}
	change_edit(change, actor, record->kind, ref);
	change->step = step;
	change->op.step = step->tag;
}

void change_release(struct change *change)
{
	arena_release(&change->arena);
	buf_release(&change->body);
}

static bool is_edit(const struct change *change)
{
	return change->op.rec_seq && !change->step;
}

/* ---- fields */

const struct field *change_field(const struct change *change, unsigned n, bool *must)
{
	const struct field *field;

	if (change->step)
		return step_arg(change->kind, change->step, n, must);
	if (n >= field_count(change->kind))
		return NULL;
	field = &change->kind->fields[n];
	if (must)
		*must = field->flags & F_MUST && !is_edit(change);
	return field;
}

static bool is_label(const struct field *field, const char *name)
{
	return !strcmp(field->label, name) || !strcmp(_(field->label), name);
}

const struct field *change_named(const struct change *change, const char *name)
{
	const struct field *field;

	for (unsigned n = 0; (field = change_field(change, n, NULL)); n++)
		if (!strcmp(field->name, name))
			return field;
	for (unsigned n = 0; (field = change_field(change, n, NULL)); n++)
		if (is_label(field, name))
			return field;
	return NULL;
}

static struct change_value *find(const struct change *change, unsigned tag)
{
	for (unsigned n = 0; n < change->count; n++)
		if (change->values[n].tag == tag)
			return (struct change_value *)&change->values[n];
	return NULL;
}

const struct change_value *change_value(const struct change *change, unsigned tag)
{
	return find(change, tag);
}

void change_unset(struct change *change, unsigned tag)
{
	struct change_value *there = find(change, tag);

	if (there)
		*there = change->values[--change->count];
}

/* A default gives way to what is typed. */
static struct change_value *place_for(
	struct change *change, const struct field *field, const char **why)
{
	struct change_value *there = find(change, field->tag);

	if (there && there->how != CHANGE_DEFAULT) {
		*why = _("写了两次");
		return NULL;
	}
	if (field->flags & F_FOLD) {
		*why = _("由流程自动记录，不能直接填");
		return NULL;
	}
	assert(there || change->count < CHANGE_VALUES);
	return there ? there : &change->values[change->count++];
}

/* May its long texts have pages? Those of private kinds may not: a page goes where everybody reads.
 */
static bool is_paged(const struct change *change)
{
	return !(change->kind->flags & (K_UP_ONLY | K_HIDDEN | K_FINAL));
}

static bool too_long(const struct change *change, const struct value *value, const char **why)
{
	bool is = value->wire == WIRE_TEXT && value->text.len > LIMIT_TEXT && !is_paged(change);

	if (is)
		*why = _("太长：最多 4096 字节，约 1360 个汉字");
	return is;
}

/* TEXT as its field keeps it; the rest becomes pages. */
static struct bytes in_pages(struct change *change, struct bytes text)
{
	struct buf head = {0};
	struct long_text is;
	struct bytes page, value;

	long_value(text, &head);
	value = arena_bytes(&change->arena, buf_bytes(&head));
	buf_release(&head);
	long_text(value, &is);
	const char *key = arena_text(&change->arena, is.key);
	for (unsigned n = 0; long_page(text, n, &page); n++) {
		struct change_page *one = arena_get(&change->arena, sizeof *one);

		*one = (struct change_page){
			key, n + 1, arena_bytes(&change->arena, page), change->pages};
		change->pages = one;
	}
	return value;
}

void change_carry(struct change *change, const struct change *from)
{
	change->pages = from->pages;
}

static void put(struct change *change, struct change_value *place, const struct field *field,
	struct value value)
{
	if (field->type == T_LONG && value.wire == WIRE_TEXT && value.text.len > LIMIT_TEXT)
		value.text = in_pages(change, value.text);
	else if (value.wire != WIRE_NUM)
		value.text = arena_bytes(&change->arena, value.text);
	*place = (struct change_value){field->tag, CHANGE_GIVEN, value};
}

bool change_put(
	struct change *change, const struct field *field, struct value value, const char **why)
{
	struct change_value *place =
		too_long(change, &value, why) ? NULL : place_for(change, field, why);

	if (place)
		put(change, place, field, value);
	return place;
}

static bool set_blank(struct change *change, const struct field *field, const char **why)
{
	struct change_value *place;

	if (is_edit(change) && field->flags & F_MUST) {
		*why = _("必填，不能清空");
		return false;
	}
	if (!(place = place_for(change, field, why)))
		return false;
	*place = (struct change_value){field->tag, CHANGE_BLANK, value_text("")};
	return true;
}

bool change_read(const struct change *change, const struct field *field, const char *text,
	struct buf *keep, struct value *value, const char **why)
{
	const struct actor *actor = &change->actor;
	struct ref ref;

	if (field->type != T_REF || !actor->source ||
		!source_record(actor->store, actor->source, text, field->target, &ref))
		return value_parse(field, text, &change->ways, keep, value, why);
	ref_put(keep, ref);
	*value = (struct value){WIRE_BYTES, 0, buf_bytes(keep)};
	return true;
}

static bool set_field(
	struct change *change, const struct field *field, const char *text, const char **why)
{
	struct buf keep = {0};
	struct value value = value_num(0);
	struct change_value *place;
	unsigned count = change->count;
	bool good;

	if (field->flags & F_HERE && change->actor.source) {
		*why = _("由本站自己决定，不能从文件导入");
		return false;
	}
	if (!(place = place_for(change, field, why)))
		return false;
	good = change_read(change, field, text, &keep, &value, why) &&
	       !too_long(change, &value, why);
	if (good)
		put(change, place, field, value);
	else
		change->count = count; /* the place is free again */
	buf_release(&keep);
	return good;
}

/* ---- the record's own: area, at, by */

static bool set_area(struct change *change, const char *text, const char **why)
{
	/* An export says of each step where its record lies. */
	if (change->op.rec_seq && change->actor.source)
		return true;
	if (change->op.rec_seq) {
		*why = _("记录的区域定了就不能改");
		return false;
	}
	return area_parse(text, &change->op.area, why);
}

static bool set_at(struct change *change, const char *text, const char **why)
{
	struct buf keep = {0};
	struct value value = value_num(0);
	bool good = value_parse(&at_field, text, &change->ways, &keep, &value, why);

	if (good)
		change->op.at = value.num;
	buf_release(&keep);
	return good;
}

static bool set_by(struct change *change, const char *text, const char **why)
{
	struct buf clean = {0};
	bool good = false;

	if (!text_clean(text, strlen(text), false, &clean))
		*why = text_not_utf8(text, strlen(text));
	else if (clean.len > LIMIT_NAME)
		*why = _("太长，最多 100 字节");
	else
		good = true;
	if (good)
		change->op.by = arena_bytes(&change->arena, buf_bytes(&clean));
	buf_release(&clean);
	return good;
}

static const struct {
	const char *name;
	bool (*set)(struct change *change, const char *text, const char **why);
} owns[] = {{"area", set_area}, {"at", set_at}, {"by", set_by}};

static bool set_own(struct change *change, unsigned n, const char *text, const char **why)
{
	if (change->own[n]) {
		*why = _("写了两次");
		return false;
	}
	change->own[n] = true;
	return owns[n].set(change, text, why);
}

bool change_set(struct change *change, const char *name, const char *text, const char **why)
{
	bool blank = !text[strspn(text, " \t\r\n")];
	const struct field *field = change_named(change, name);

	if (blank && change->actor.source)
		return true;
	if (field)
		return blank ? set_blank(change, field, why) : set_field(change, field, text, why);
	for (unsigned n = 0; n < countof(owns); n++)
		if (!strcmp(owns[n].name, name))
			return set_own(change, n, text, why);
	*why = _("没有这个字段");
	return false;
}

/* ---- what is left out */

static void default_of(struct change *change, const struct field *field)
{
	struct buf typed = {0}, keep = {0};
	struct value value;
	const char *why;

	if (begin_text(change, field, &typed) &&
		value_parse(field, buf_cstr(&typed), &change->ways, &keep, &value, &why)) {
		struct change_value *place = place_for(change, field, &why);

		put(change, place, field, value);
		place->how = CHANGE_DEFAULT;
	}
	buf_release(&typed);
	buf_release(&keep);
}

void change_defaults(struct change *change)
{
	const struct field *field;

	if (is_edit(change) || change->actor.source)
		return;
	for (unsigned n = 0; (field = change_field(change, n, NULL)); n++)
		if (!(field->flags & (F_FOLD | F_QUIET)) && !find(change, field->tag))
			default_of(change, field);
	change_notes(change);
}

void change_notes(struct change *change)
{
	const struct field *field;

	if (!change->step || change->actor.source)
		return;
	for (unsigned n = 0; (field = change_field(change, n, NULL)); n++)
		if (field->init && field->flags & F_QUIET && !find(change, field->tag))
			default_of(change, field);
}

const struct field *change_missing(const struct change *change)
{
	const struct field *field;
	bool must;

	for (unsigned n = 0; (field = change_field(change, n, &must)); n++) {
		const struct change_value *value = find(change, field->tag);

		if (must && (!value || value->how == CHANGE_BLANK))
			return field;
	}
	return NULL;
}

/* Tags ascend; what is blank is written only where it clears something. */
void change_body(struct change *change)
{
	unsigned last = 0;

	buf_clear(&change->body);
	for (;;) {
		const struct change_value *next = NULL;

		for (unsigned n = 0; n < change->count; n++) {
			const struct change_value *value = &change->values[n];

			if (value->tag > last && (!next || value->tag < next->tag))
				next = value;
		}
		if (!next)
			break;
		last = next->tag;
		if (next->how != CHANGE_BLANK || is_edit(change))
			put_field(&change->body, last, &next->value);
	}
	change->op.body = buf_bytes(&change->body);
}

enum rc change_write(struct change *change, struct fault *fault)
{
	return store_write(change->actor.store, &change->op, fault);
}
