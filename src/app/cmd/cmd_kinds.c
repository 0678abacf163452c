/* SPDX-License-Identifier: GPL-3.0-or-later
 * kinds: the table of kinds, as text and as JSON.
 */
#include <string.h>

#include "app/cmd.h"
#include "format/json.h"
#include "app/out.h"
#include "model/codes.h"
#include "model/kinds.h"

/* ---- as JSON */

static const char *const type_names[T_TYPES] = {
	[T_TEXT] = "text",
	[T_LONG] = "long",
	[T_NUM] = "number",
	[T_DEC] = "decimal",
	[T_LON] = "longitude",
	[T_LAT] = "latitude",
	[T_BOOL] = "bool",
	[T_CODE] = "code",
	[T_CODES] = "codes",
	[T_DATE] = "date",
	[T_TIME] = "time",
	[T_PHONE] = "phone",
	[T_REF] = "record",
	[T_AREA] = "area",
	[T_AREAS] = "areas",
};

static void json_codes(struct json_out *out, const char *table)
{
	json_key_text(out, "table", table);
	json_key(out, "codes");
	json_open(out, '{');
	for (const struct code *code = NULL; (code = code_each(table, NULL, code));)
		json_key_text(out, code->code, code_label(code));
	json_close(out, '}');
}

static void json_field(struct json_out *out, const struct field *field, bool must)
{
	json_line(out);
	json_open(out, '{');
	json_key_text(out, "name", field->name);
	json_key_text(out, "label", _(field->label));
	json_key_text(out, "type", type_names[field->type]);
	json_key_bool(out, "must", must);
	if (field->flags & F_FOLD)
		json_key_bool(out, "readonly", true);
	if (field->flags & F_PRIVATE)
		json_key_bool(out, "private", true);
	if (field->init)
		json_key_text(out, "init", field->init);
	if (field->target)
		json_key_text(out, "target", kind_of(field->target)->name);
	if (field->codes)
		json_codes(out, field->codes);
	json_close(out, '}');
}

static void json_states(struct json_out *out, const struct kind *kind)
{
	json_key(out, "states");
	json_open(out, '[');
	for (const struct state *state = kind->states; state->code; state++) {
		json_open(out, '{');
		json_key_text(out, "state", state->code);
		json_key_text(out, "label", _(state->label));
		json_key_bool(out, "open", state->flags & STATE_OPEN);
		json_close(out, '}');
	}
	json_close(out, ']');
}

static void json_from(struct json_out *out, const struct kind *kind, const struct step *step)
{
	json_key(out, "from");
	json_open(out, '[');
	for (unsigned i = 0; kind->states[i].code; i++)
		if (step->from & (1u << i))
			json_text(out, kind->states[i].code);
	json_close(out, ']');
}

static void json_step(struct json_out *out, const struct kind *kind, const struct step *step)
{
	const struct field *field;
	bool must;
	json_line(out);
	json_open(out, '{');
	json_key_text(out, "step", step->verb);
	json_key_text(out, "label", _(step->label));
	json_from(out, kind, step);
	json_key_text(out, "to", step->to == STEP_STAYS ? NULL : kind->states[step->to].code);
	if (step->failed != STEP_STAYS)
		json_key_text(out, "failed", kind->states[step->failed].code);
	if (step->flags & STEP_MAKES)
		json_key_text(out, "makes", kind_of(step->other)->name);
	json_key_bool(out, "other_person", step->flags & STEP_OTHER);
	json_key(out, "levels");
	json_open(out, '[');
	for (unsigned i = 0; i < LEVELS; i++)
		if (step->by & (1u << i))
			json_text(out, level_names[i]);
	json_close(out, ']');
	json_key(out, "fields");
	json_open(out, '[');
	for (unsigned i = 0; (field = step_arg(kind, step, i, &must)); i++)
		json_field(out, field, must);
	json_close(out, ']');
	json_close(out, '}');
}

static void json_kind(struct json_out *out, const struct kind *kind)
{
	json_line(out);
	json_open(out, '{');
	json_key_text(out, "kind", kind->name);
	json_key_text(out, "label", _(kind->label));
	json_key_text(out, "group", kind->group);
	json_key_text(out, "lane", lane_names[kind->lane]);
	json_key_bool(out, "up_only", kind->flags & K_UP_ONLY);
	json_key(out, "fields");
	json_open(out, '[');
	for (const struct field *field = kind->fields; field->tag; field++)
		json_field(out, field, field->flags & F_MUST);
	json_close(out, ']');
	json_states(out, kind);
	json_key(out, "steps");
	json_open(out, '[');
	for (const struct step *step = kind->steps; step->tag; step++)
		json_step(out, kind, step);
	json_close(out, ']');
	json_close(out, '}');
}

static void all_json(const struct kind *only, struct buf *text)
{
	struct json_out out;
	json_begin(&out, text);
	json_open(&out, '[');
	for (unsigned i = 0; i < kinds_count; i++)
		if (only ? only == &kinds[i] : !(kinds[i].flags & K_HIDDEN))
			json_kind(&out, &kinds[i]);
	json_close(&out, ']');
	buf_byte(text, '\n');
}

/* ---- as text */

static void list_kinds(struct buf *text)
{
	struct table table = {0};
	static const char *const heads[] = {N_("种类"), N_("名称"), N_("说明"), N_("优先")};
	for (size_t i = 0; i < countof(heads); i++)
		table_head(&table, _(heads[i]), false);
	for (unsigned i = 0; i < kinds_count; i++) {
		if (kinds[i].flags & K_HIDDEN)
			continue;
		table_cell(&table, kinds[i].name);
		table_cell(&table, _(kinds[i].label));
		table_cell(&table, _(kinds[i].plural));
		table_cell(&table, _(lane_labels[kinds[i].lane]));
	}
	table_print(&table, text, out_columns());
	table_release(&table);
}

enum { CODES_SHOWN = 12 };

static void put_codes(const char *table, struct buf *out)
{
	unsigned n = 0;
	for (const struct code *code = NULL; (code = code_each(table, NULL, code)); n++)
		if (n < CODES_SHOWN)
			buf_fmt(out, "%s%s %s", n ? ", " : "", code->code, code_label(code));
	if (n > CODES_SHOWN)
		buf_fmt(out, _("……共 %u 个"), n);
}

static void show_fields(const struct kind *kind, struct buf *text)
{
	struct table table = {0};
	struct buf codes = {0};
	static const char *const heads[] = {
		N_("字段"), N_("名称"), N_("类型"), N_("必填"), N_("默认"), N_("可选值")};
	for (size_t i = 0; i < countof(heads); i++)
		table_head(&table, _(heads[i]), false);
	for (const struct field *field = kind->fields; field->tag; field++) {
		table_cell(&table, field->name);
		table_cell(&table, _(field->label));
		table_cell(&table, type_names[field->type]);
		table_cell(&table, field->flags & F_MUST ? "*" : "");
		table_cell(&table, field->init ? _(field->init) : "");
		buf_clear(&codes);
		if (field->codes)
			put_codes(field->codes, &codes);
		else if (field->target)
			buf_text(&codes, kind_of(field->target)->name);
		else if (field->flags & F_FOLD)
			buf_text(&codes, _("由流程记录"));
		table_cell(&table, buf_cstr(&codes));
	}
	table_print(&table, text, out_columns());
	buf_release(&codes);
	table_release(&table);
}

/* "(owner|regulator)": what a step alone asks for stands among no fields. */
static void put_choice(const char *table, struct buf *out)
{
	const struct code *code = NULL;
	for (char gap = '('; (code = code_each(table, NULL, code)); gap = '|')
		buf_fmt(out, "%c%s", gap, code->code);
	buf_byte(out, ')');
}

static void step_row(const struct kind *kind, const struct step *step, struct table *table)
{
	const struct field *field;
	struct buf args = {0};
	bool must;
	table_cell(table, step->verb);
	table_cell(table, _(step->label));
	if (step->flags & STEP_MAKES)
		buf_fmt(&args, "+ %s", _(kind_of(step->other)->label));
	else if (step->to != STEP_STAYS)
		buf_text(&args, kind->states[step->to].code);
	table_cell(table, buf_cstr(&args));
	buf_clear(&args);
	for (unsigned i = 0; (field = step_arg(kind, step, i, &must)); i++) {
		buf_fmt(&args, "%s%s%s", i ? " " : "", field->name, must ? "*" : "");
		if (field->flags & F_STEP && field->codes)
			put_choice(field->codes, &args);
	}
	table_cell(table, buf_cstr(&args));
	buf_release(&args);
}

static void show_kind(const struct kind *kind, struct buf *text)
{
	struct table table = {0};
	static const char *const heads[] = {N_("步骤"), N_("名称"), N_("之后"), N_("要写")};
	buf_fmt(text, "%s  %s\n\n", kind->name, _(kind->plural));
	show_fields(kind, text);
	if (kind->states[0].code) {
		buf_fmt(text, "\n%s", _("状态："));
		for (const struct state *state = kind->states; state->code; state++)
			buf_fmt(text, " %s(%s)", state->code, _(state->label));
		buf_text(text, "\n");
	}
	if (!kind->steps[0].tag)
		return;
	buf_text(text, "\n");
	for (size_t i = 0; i < countof(heads); i++)
		table_head(&table, _(heads[i]), false);
	for (const struct step *step = kind->steps; step->tag; step++)
		step_row(kind, step, &table);
	table_print(&table, text, out_columns());
	table_release(&table);
}

int cmd_kinds(struct app *app, int argc, char **argv)
{
	const struct kind *kind = NULL;
	struct buf text = {0};
	app->json |= arg_flag(&argc, argv, "json");
	int code = app_args(app, &argc, argv, 0, 1);
	if (code || (argc > 1 && (code = app_kind(argv[1], &kind))))
		return code;
	if (app->json)
		all_json(kind, &text);
	else if (kind)
		show_kind(kind, &text);
	else
		list_kinds(&text);
	out_buf(&text);
	buf_release(&text);
	return EXIT_DONE;
}
