/* SPDX-License-Identifier: GPL-3.0-or-later
 * What stands in a form: its fields from the schema, filling, checking, and the way out to a change
 * or a draft.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "base/memory.h"
#include "ui/form.h"
#include "ui/form/form_parts.h"

static const struct {
	enum edit_type type;
	size_t most;
	bool choice; /* kept as a code or number, shown as a label */
} parts[T_TYPES] = {
	[T_TEXT] = {EDIT_LINE, LIMIT_LINE, false},
	[T_LONG] = {EDIT_TEXT, LIMIT_LONG, false},
	[T_NUM] = {EDIT_NUMBER, 24, false},
	[T_DEC] = {EDIT_NUMBER, 24, false},
	[T_LON] = {EDIT_NUMBER, 24, false},
	[T_LAT] = {EDIT_NUMBER, 24, false},
	[T_BOOL] = {EDIT_LINE, 8, true},
	[T_CODE] = {EDIT_LINE, LIMIT_LINE, true},
	[T_CODES] = {EDIT_LINE, LIMIT_LINE, true},
	[T_DATE] = {EDIT_DATE, 40, false},
	[T_TIME] = {EDIT_DATE, 40, false},
	[T_PHONE] = {EDIT_PHONE, 40, false},
	[T_REF] = {EDIT_LINE, LIMIT_LINE, true},
	[T_AREA] = {EDIT_LINE, LIMIT_LINE, true},
	[T_AREAS] = {EDIT_LINE, LIMIT_LINE, true},
};

static char *copy(const char *text)
{
	char *new = memory_text(text);

	return new;
}

static void set_was(struct form_field *field, const char *text)
{
	free(field->was);
	field->was = copy(text);
}

static void add(struct form *form, const struct field *row, bool must)
{
	form->fields = memory_size(form->fields, form->count + 1, sizeof(*form->fields));
	struct form_field *field = &form->fields[form->count++];
	*field = (struct form_field){.field = row, .must = must, .was = copy("")};
	edit_start(&field->edit, parts[row->type].type, parts[row->type].most, "");
}

static void start(struct form *form, const struct form_ways *ways)
{
	*form = (struct form){.ways = *ways, .fresh = true, .save = _("保存")};
}

/* Codes and numbers for what is chosen; what people read for what is typed. */
static struct value_ways routes_for(const struct form *form, const struct field *field)
{
	struct value_ways ways = form->ways.values;

	ways.strict = true;
	ways.labels = !parts[field->type].choice;
	return ways;
}

static bool parse(struct form *form, struct form_field *field, struct buf *keep,
	struct value *value, const char **why)
{
	struct value_ways ways = routes_for(form, field->field);

	return value_parse(field->field, edit_text(&field->edit), &ways, keep, value, why);
}

static bool blank(const char *text)
{
	return text[strspn(text, " \n\t")] == '\0';
}

static bool changed(const struct form_field *field)
{
	struct bytes text = buf_bytes(&field->edit.text);

	return !bytes_equal(text, bytes_text(field->was));
}

static bool say(struct form *form, unsigned place, const char *why)
{
	form->fields[place].bad = true;
	snprintf(form->why, sizeof(form->why), _("%s：%s"), _(form->fields[place].field->label),
		why);
	return false;
}

bool form_is_choice(const struct form *form, unsigned place)
{
	const struct field *field = form->fields[place].field;

	return field->flags & F_PLACES ||
	       (parts[field->type].choice && (field->type != T_REF || form->ways.records));
}

void form_start_fields(struct form *form, const struct field *fields, const struct form_ways *ways)
{
	start(form, ways);
	for (const struct field *field = fields; field->tag; field++) {
		if (!(field->flags & (F_FOLD | F_STEP | F_QUIET | F_SECOND)))
			add(form, field, field->flags & F_MUST);
	}
}

void form_start(struct form *form, const struct kind *kind, const struct step *step,
	const struct form_ways *ways)
{
	const struct field *field;
	bool must;

	if (!step) {
		form_start_fields(form, kind->fields, ways);
		return;
	}
	start(form, ways);
	for (unsigned n = 0; (field = step_arg(kind, step, n, &must)); n++)
		if (!(field->flags & F_SECOND))
			add(form, field, must);
}

void form_lead(struct form *form, const struct field *field, const char *text)
{
	add(form, field, false);
	struct form_field lead = form->fields[form->count - 1];
	edit_set(&lead.edit, text);
	set_was(&lead, text);
	memmove(form->fields + 1, form->fields, (form->count - 1) * sizeof(*form->fields));
	form->fields[0] = lead;
	form->at = form->count > 1;
}

void form_release(struct form *form)
{
	for (unsigned n = 0; n < form->count; n++) {
		edit_release(&form->fields[n].edit);
		free(form->fields[n].was);
		free(form->fields[n].shown);
		free(form->fields[n].given);
		free(form->fields[n].last);
		free(form->fields[n].note);
	}
	free(form->fields);
	if (form->pick.source)
		pick_release(&form->pick);
	*form = (struct form){0};
}

static struct form_field *form_field(struct form *form, unsigned tag)
{
	for (unsigned n = 0; n < form->count; n++) {
		if (form->fields[n].field->tag == tag)
			return &form->fields[n];
	}
	return NULL;
}

const char *form_text(struct form *form, unsigned tag)
{
	struct form_field *field = form_field(form, tag);

	return field ? edit_text(&field->edit) : "";
}

void form_set(struct form *form, unsigned tag, const char *text)
{
	struct form_field *field = form_field(form, tag);

	if (!field)
		return;
	edit_set(&field->edit, text);
	field->marked = !form->fresh && changed(field);
}

void form_give(struct form *form, unsigned tag, const char *text)
{
	struct form_field *field = form_field(form, tag);

	if (!field)
		return;
	form_set(form, tag, text);
	edit_offer(&field->edit, text);
	free(field->given);
	field->given = copy(text);
}

void form_last(struct form *form, unsigned tag, const char *last, const char *note)
{
	struct form_field *field = form_field(form, tag);

	if (!field)
		return;
	free(field->last);
	free(field->note);
	field->last = *last ? copy(last) : NULL;
	field->note = *note ? copy(note) : NULL;
}

const char *form_same(const struct form_field *field)
{
	return field->last && strcmp(field->last, ".") ? field->last : NULL;
}

void form_move(struct form *form, unsigned tag, unsigned behind)
{
	struct form_field *field = form_field(form, tag), *before = form_field(form, behind);

	if (!field || !before || field == before)
		return;
	struct form_field moved = *field;
	if (field > before) {
		memmove(before + 2, before + 1, (size_t)(field - before - 1) * sizeof(*field));
		before[1] = moved;
	} else {
		memmove(field, field + 1, (size_t)(before - field) * sizeof(*field));
		*before = moved;
	}
}

void form_begin(struct form *form, unsigned tag)
{
	const struct form_field *field = form_field(form, tag);

	if (!field)
		return;
	form->at = form->top = (unsigned)(field - form->fields);
	form->begun = true;
}

void form_offer(struct form *form, unsigned tag, const struct value *value)
{
	struct form_field *field = form_field(form, tag);
	struct buf text = {0};

	if (!field)
		return;
	struct value_ways ways = routes_for(form, field->field);
	value_show(field->field, value, &ways, &text);
	edit_offer(&field->edit, buf_cstr(&text));
	set_was(field, buf_cstr(&text));
	buf_release(&text);
}

void form_fill(struct form *form, unsigned tag, const struct value *value)
{
	if (!form_field(form, tag))
		return;
	form_offer(form, tag, value);
	form->fresh = false;
}

void form_fix(struct form *form, unsigned tag)
{
	struct form_field *field = form_field(form, tag);

	if (!field)
		return;
	field->fixed = true;
	while (form->at < form->count && form->fields[form->at].fixed)
		form->at++;
}

bool form_changed(const struct form *form)
{
	for (unsigned n = 0; n < form->count; n++) {
		const struct form_field *field = &form->fields[n];

		if (changed(field) &&
			!(field->given && !strcmp(field->given, edit_text(&field->edit))))
			return true;
	}
	return false;
}

bool form_check_field(struct form *form, unsigned place)
{
	struct form_field *field = &form->fields[place];
	struct buf keep = {0};
	struct value value;
	const char *why = NULL;

	field->bad = false;
	form->why[0] = '\0';
	bool good = field->fixed || blank(edit_text(&field->edit)) ||
		    parse(form, field, &keep, &value, &why);
	buf_release(&keep);
	if (good && form->ways.check && !field->fixed)
		good = form->ways.check(form->ways.to, form, place, &why);
	field->marked = !form->fresh && changed(field);
	return good || say(form, place, why ? why : _("填得不对"));
}

bool form_check(struct form *form)
{
	for (unsigned n = 0; n < form->count; n++) {
		struct form_field *field = &form->fields[n];

		form->at = n;
		if (!form_check_field(form, n))
			return false;
		if (field->must && !field->fixed && blank(edit_text(&field->edit)))
			return say(form, n, _("必填"));
	}
	form->at = form->count;
	return true;
}

/* Fields may stand in any order; a fact's tags ascend. The next one above TAG, or NULL. */
static struct form_field *next_tag(struct form *form, unsigned tag)
{
	struct form_field *next = NULL;

	for (unsigned n = 0; n < form->count; n++) {
		struct form_field *field = &form->fields[n];

		if (field->field->tag > tag && (!next || field->field->tag < next->field->tag))
			next = field;
	}
	return next;
}

bool form_hand(struct form *form, struct change *change)
{
	if (!form_check(form))
		return false;
	for (unsigned n = 0; n < form->count; n++) {
		struct form_field *field = &form->fields[n];
		const char *why = "";

		if (field->fixed || !changed(field) || field->field->tag >= FORM_OWN)
			continue;
		if (!change_set(change, field->field->name, edit_text(&field->edit), &why)) {
			form->at = n;
			return say(form, n, why);
		}
	}
	return true;
}

const char *form_wanted(const struct form *form)
{
	static const char *const wants[T_TYPES] = {
		[T_TEXT] = N_("填一行字"),
		[T_LONG] = N_("填几行字，^T 换行，回车到下一项"),
		[T_NUM] = N_("填整数"),
		[T_DEC] = N_("填数字，可带小数"),
		[T_LON] = N_("填经度，如 112.93"),
		[T_LAT] = N_("填纬度，如 35.09"),
		[T_DATE] = N_("填日期，如 7-14、+3d、今天"),
		[T_TIME] = N_("填时间，如 6:33、昨天 22:10"),
		[T_PHONE] = N_("填电话号码"),
	};
	const char *want = wants[form->fields[form->at].field->type];

	if (form_is_choice(form, form->at) || !want)
		return _("按空格选，或打号码、汉字、拼音首字母");
	return _(want);
}

bool form_breaks(const struct form *form)
{
	for (unsigned n = 0; n < form->count; n++)
		if (form->fields[n].edit.type == EDIT_TEXT && !form->fields[n].fixed)
			return true;
	return false;
}

void form_draft(struct form *form, struct buf *out)
{
	for (struct form_field *field = next_tag(form, 0); field;
		field = next_tag(form, field->field->tag)) {
		struct value value = value_text(edit_text(&field->edit));

		if (changed(field))
			put_field(out, field->field->tag, &value);
	}
}

unsigned form_restore(struct form *form, struct bytes draft)
{
	unsigned tag, count = 0;
	struct value value;

	while (draft.len > 0 && take_field(&draft, &tag, &value)) {
		struct buf text = {0};

		buf_put(&text, value.text.at, value.text.len);
		if (value.wire == WIRE_TEXT && form_field(form, tag)) {
			form_set(form, tag, buf_cstr(&text));
			count++;
		}
		buf_release(&text);
	}
	return count;
}

void form_show(struct form *form, unsigned place, struct buf *out)
{
	struct form_field *field = &form->fields[place];
	struct value_ways ways = form->ways.values;
	struct buf keep = {0};
	struct value value;
	const char *why;

	ways.labels = true;
	if (parts[field->field->type].choice && parse(form, field, &keep, &value, &why))
		value_show(field->field, &value, &ways, out);
	else
		buf_text(out, edit_text(&field->edit));
	buf_release(&keep);
}
