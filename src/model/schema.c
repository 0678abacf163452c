/* SPDX-License-Identifier: GPL-3.0-or-later
 * Makes the table of kinds from src/model/kinds/ and looks things up in it.
 */
#include "model/schema.h"

#include "base/buf.h"
#include "base/text.h"
#include "model/kinds.h"

#include <stdio.h>
#include <string.h>

const char *const lane_names[LANES] = {"alarm", "report", "loop", "book", "bulk"};
const char *const lane_labels[LANES] = {
	N_("警报"), N_("报告"), N_("流转"), N_("台账"), N_("基础台账")};
const char *const level_names[LEVELS] = {"village", "township", "county", "city", "province"};
const char *const level_labels[LEVELS] = {N_("村"), N_("乡镇"), N_("县"), N_("市"), N_("省")};

/* One table of each sort a kind, ended by a row of zeros. */
#define END(kind)                                                                                  \
	{                                                                                          \
		0                                                                                  \
	}                                                                                          \
	}                                                                                          \
	;
#define KIND(id, kind, ...) static const struct field kind##_fields[] = {
#define FIELD(kind, tag, name, label, type, flags, width, codes, target, init)                     \
	{tag, #name, label, type, flags, width, codes, target, init},
#define TRACK(...)
#define LANE(...)
#define STATE(...)
#define STEP(...)
#include "model/kinds/all.def"
#undef KIND
#undef FIELD
#undef TRACK

#define KIND(id, kind, ...) static const struct track kind##_tracks[] = {
#define FIELD(...)
#define TRACK(kind, code, state, due, urged) {#code, kind##_##state, kind##_##due, kind##_##urged},
#include "model/kinds/all.def"
#undef KIND
#undef TRACK
#undef LANE

#define KIND(id, kind, ...) static const struct lane_move kind##_moves[] = {
#define TRACK(...)
#define LANE(kind, field, code, lane) {kind##_##field, #code, lane},
#include "model/kinds/all.def"
#undef KIND
#undef LANE
#undef STATE

#define KIND(id, kind, ...) static const struct state kind##_state_table[] = {
#define LANE(...)
#define STATE(kind, name, label, flags) {#name, label, flags},
#include "model/kinds/all.def"
#undef KIND
#undef STATE
#undef STEP

#define KIND(id, kind, ...) static const struct step kind##_steps[] = {
#define STATE(...)
#define STEP(kind, tag, verb, label, from, to, failed, by, flags, other, ...)                      \
	{tag, #verb, label, from, to, failed, by, flags, other, {__VA_ARGS__}},
#include "model/kinds/all.def"
#undef KIND
#undef STEP
#undef END

#define KIND(id, kind, label, plural, group, lane, flags)                                          \
	{id, #kind, label, plural, group, lane, flags, kind##_fields, kind##_tracks, kind##_moves, \
		kind##_state_table, kind##_steps},
#define STEP(...)
#define END(...)
const struct kind kinds[] = {
#include "model/kinds/all.def"
};
#undef KIND
#undef FIELD
#undef TRACK
#undef LANE
#undef STATE
#undef STEP
#undef END

const unsigned kinds_count = countof(kinds);

const struct field step_args[] = {
	{ARG_TEXT, "text", N_("说明"), T_LONG, F_STEP, 0, NULL, 0, NULL},
	{ARG_TRACK, "track", N_("交办对象"), T_CODE, F_STEP, 8, "track", 0, NULL},
	{ARG_RESULT, "result", N_("结果"), T_CODE, F_STEP, 8, "result", 0, "passed"},
	{ARG_UNTIL, "until", N_("延至"), T_DATE, F_STEP, 10, NULL, 0, NULL},
	{ARG_LEVEL, "level", N_("上报层级"), T_CODE, F_STEP, 6, "level", 0, "township"},
	{ARG_NUMBER, "number", N_("文号"), T_TEXT, F_STEP, 12, NULL, 0, NULL},
	{ARG_TO, "to", N_("移交给"), T_TEXT, F_STEP, 14, NULL, 0, NULL},
	{ARG_METHOD, "method", N_("方式"), T_CODE, F_STEP, 8, "method", 0, NULL},
	{ARG_ADDED, "added", N_("增减"), T_DEC, F_STEP | F_NEG, 8, NULL, 0, NULL},
	{0},
};

const struct kind *kind_of(unsigned id)
{
	for (unsigned i = 0; i < kinds_count; i++)
		if (kinds[i].id == id)
			return &kinds[i];
	return NULL;
}

const struct kind *kind_named(const char *name)
{
	for (unsigned i = 0; i < kinds_count; i++)
		if (!strcmp(kinds[i].name, name))
			return &kinds[i];
	return NULL;
}

static const struct field *field_in(const struct field *fields, unsigned tag)
{
	for (const struct field *f = fields; f->tag; f++)
		if (f->tag == tag)
			return f;
	return NULL;
}

const struct field *field_of(const struct kind *kind, unsigned tag)
{
	if (tag >= ARG_TEXT)
		return field_in(step_args, tag);
	/* Tags mostly count up from 1: look there first. */
	unsigned n = field_count(kind);
	if (tag >= 1 && tag <= n && kind->fields[tag - 1].tag == tag)
		return &kind->fields[tag - 1];
	return field_in(kind->fields, tag);
}

const struct field *field_named(const struct kind *kind, const char *name)
{
	for (const struct field *f = kind->fields; f->tag; f++)
		if (!strcmp(f->name, name))
			return f;
	return NULL;
}

bool field_names_one(const struct field *field)
{
	return field->type == T_REF || field->flags & F_REACHED;
}

/* Who is not said to be anything else is a person. */
unsigned field_target(const struct field *field)
{
	return field->target ? field->target : KIND_person;
}

unsigned field_count(const struct kind *kind)
{
	unsigned n = 0;
	while (kind->fields[n].tag)
		n++;
	return n;
}

int field_place(const struct kind *kind, unsigned tag)
{
	for (int i = 0; kind->fields[i].tag; i++)
		if (kind->fields[i].tag == tag)
			return i;
	return -1;
}

const struct field *field_flagged(const struct kind *kind, unsigned flag)
{
	for (const struct field *f = kind->fields; f->tag; f++)
		if (f->flags & flag)
			return f;
	return NULL;
}

const struct field *field_parent(const struct kind *kind, unsigned of)
{
	const struct field *any = NULL;

	for (const struct field *f = kind->fields; f->tag; f++) {
		if (f->flags & F_PARENT && f->target == of)
			return f;
		if (f->flags & F_PARENT && !f->target)
			any = f;
	}
	return any;
}

unsigned field_columns(const struct field *field)
{
	enum { ENGLISH_CODE = 8 };
	unsigned width = field->width;
	/* The head of a number may be cut: its word stands in full in forms and records. */
	if (!width || !words_english() || field->type == T_NUM || field->type == T_DEC)
		return width;
	if (field->type == T_CODE && width < ENGLISH_CODE)
		width = ENGLISH_CODE;
	size_t label = text_columns(_(field->label));
	return label > width ? (unsigned)label : width;
}

const struct step *step_of(const struct kind *kind, unsigned tag)
{
	for (const struct step *s = kind->steps; s->tag; s++)
		if (s->tag == tag)
			return s;
	return NULL;
}

const struct step *step_named(const struct kind *kind, const char *verb)
{
	for (const struct step *s = kind->steps; s->tag; s++)
		if (!strcmp(s->verb, verb))
			return s;
	return NULL;
}

bool is_recoding(unsigned id)
{
	const struct kind *kind = kind_of(id);

	return kind && field_flagged(kind, F_WAS);
}

bool has_copies(const struct kind *kind)
{
	return field_flagged(kind, F_SAME);
}

bool kind_ends(const struct kind *kind)
{
	return field_flagged(kind, F_ENDS);
}

bool has_twins(const struct kind *kind)
{
	return field_flagged(kind, F_MADE);
}

const struct step *step_making(const struct kind *kind, unsigned made)
{
	for (const struct step *s = kind->steps; s->tag; s++)
		if (s->flags & STEP_MAKES && s->other == made)
			return s;
	return NULL;
}

const struct field *step_arg(
	const struct kind *kind, const struct step *step, unsigned n, bool *must)
{
	if (n >= STEP_ARGS || !step->args[n])
		return NULL;
	if (must)
		*must = step->args[n] & STEP_ARG_MUST;
	/* A step that writes another kind's record takes that kind's fields. */
	if (step->flags & STEP_MAKES)
		kind = kind_of(step->other);
	return field_of(kind, step->args[n] & ~(unsigned)STEP_ARG_MUST);
}

int state_named(const struct kind *kind, const char *code)
{
	for (int i = 0; kind->states[i].code; i++)
		if (!strcmp(kind->states[i].code, code))
			return i;
	return -1;
}

unsigned state_count(const struct kind *kind)
{
	unsigned n = 0;
	while (kind->states[n].code)
		n++;
	return n;
}

enum lane lane_of(const struct kind *kind, unsigned step, struct bytes body)
{
	unsigned tag;
	struct value value;

	if (step) {
		const struct step *taken = step_of(kind, step);

		return taken && taken->flags & STEP_REPORT ? LANE_REPORT : kind->lane;
	}
	if (!kind->moves->code)
		return kind->lane;
	while (body.len && take_field(&body, &tag, &value))
		for (const struct lane_move *move = kind->moves; move->code; move++)
			if (move->tag == tag && bytes_equal(value.text, bytes_text(move->code)))
				return move->lane;
	return kind->lane;
}

static bool complain(char why[200], const struct kind *kind, const char *what, const char *rule)
{
	snprintf(why, 200, "kind %s, %s: %s", kind->name, what, rule);
	return false;
}

static bool check_fields(const struct kind *kind, char why[200])
{
	unsigned last = 0;
	for (const struct field *f = kind->fields; f->tag; f++) {
		bool coded = f->type == T_CODE || f->type == T_CODES;
		if (f->tag <= last || f->tag >= ARG_TEXT)
			return complain(why, kind, f->name, "tags ascend and stay below 200");
		if (coded != (f->codes != NULL))
			return complain(
				why, kind, f->name, "codes go with a table, others without");
		if (f->target && !kind_of(f->target))
			return complain(why, kind, f->name, "no such target kind");
		if (field_named(kind, f->name) != f)
			return complain(why, kind, f->name, "name stands twice");
		last = f->tag;
	}
	if (field_count(kind) > LIMIT_FIELDS || !field_count(kind))
		return complain(why, kind, "fields", "1 to 40");
	if (!field_flagged(kind, F_TITLE) || !field_flagged(kind, F_LIST))
		return complain(why, kind, "fields", "one names the record, one is listed");
	return true;
}

/* What is signed by how bad its parent is must have one that says so. */
static bool check_grave(const struct kind *kind, char why[200])
{
	const struct field *parent = field_flagged(kind, F_PARENT);
	const struct kind *above = parent && parent->target ? kind_of(parent->target) : NULL;
	if (kind->flags & K_SIGNED_GRAVE && (!above || !field_flagged(above, F_COLOUR)))
		return complain(why, kind, "flags", "grave by the colour of its parent");
	return true;
}

/* A step has one thing beside it: the step of another person, the kind it makes, or what it counts.
 */
static bool counter_of(const struct kind *kind, const struct step *step)
{
	const struct field *field = field_in(kind->fields, step->other);
	return field && field->type == T_NUM && field->flags & F_FOLD &&
	       !(step->flags & (STEP_OTHER | STEP_MAKES));
}

/* What its flags ask for is there. */
static const char *step_lacks(const struct kind *kind, const struct step *step)
{
	if ((step->flags & STEP_OTHER) && step->other && !step_of(kind, step->other))
		return "no such other step";
	if ((step->flags & STEP_COUNTS) && !counter_of(kind, step))
		return "counts in a number that the fold keeps";
	if ((step->flags & STEP_CLEARS) && !field_in(kind->fields, step->other))
		return "clears a field, and there is none";
	if ((step->flags & (STEP_TRACK | STEP_SIDE)) && !kind->tracks->code)
		return "acts on a track, and there is none";
	return NULL;
}

static bool check_steps(const struct kind *kind, char why[200])
{
	int states = (int)state_count(kind);
	if (states > LIMIT_STATES)
		return complain(why, kind, "states", "too many");
	for (const struct step *s = kind->steps; s->tag; s++) {
		const struct kind *made = s->flags & STEP_MAKES ? kind_of(s->other) : kind;
		const char *lacks = step_lacks(kind, s);
		if (step_named(kind, s->verb) != s || step_of(kind, s->tag) != s)
			return complain(why, kind, s->verb, "stands twice");
		if (s->to >= states || s->failed >= states)
			return complain(why, kind, s->verb, "no such state");
		if (!made)
			return complain(why, kind, s->verb, "makes an unknown kind");
		for (unsigned i = 0; i < STEP_ARGS && s->args[i]; i++)
			if (!step_arg(kind, s, i, NULL))
				return complain(why, kind, s->verb, "takes an unknown field");
		if (lacks)
			return complain(why, kind, s->verb, lacks);
	}
	return true;
}

bool schema_check(char why[200])
{
	for (unsigned i = 0; i < kinds_count; i++) {
		const struct kind *kind = &kinds[i];
		if (kind_of(kind->id) != kind || kind_named(kind->name) != kind)
			return complain(why, kind, "kind", "number or name stands twice");
		if (!check_fields(kind, why) || !check_grave(kind, why) || !check_steps(kind, why))
			return false;
	}
	return true;
}
