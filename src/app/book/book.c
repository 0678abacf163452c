/* SPDX-License-Identifier: GPL-3.0-or-later
 * book: the manual, the manual page, the settings file and the completion, printed from the tables
 * that the program itself runs by.
 */
#include <string.h>

#include "app/book/inside.h"
#include "app/cmd.h"
#include "app/options.h"
#include "app/out.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "model/value.h"
#include "store/db.h"

/* ---- the manual */

static void book_commands(const struct app *app, struct buf *out)
{
	buf_fmt(out, "## %s\n", _("命令"));
	for (const struct command *command = app->commands; command->name; command++) {
		buf_fmt(out, "\n### %s\n\n", command->name);
		buf_fmt(out, "    outpost %s%s%s\n\n", command->name, *command->usage ? " " : "",
			command->usage);
		buf_fmt(out, _("%s。\n"), _(command->text));
		if (command->help)
			buf_fmt(out, "%s\n", _(command->help));
	}
	buf_fmt(out, "\n## %s\n\n", _("退出码"));
	for (int code = EXIT_DONE; code <= EXIT_NONE; code++)
		buf_fmt(out, "- %d %s\n", code, _(exit_texts[code]));
}

static void book_fields(const struct kind *kind, struct buf *out)
{
	buf_fmt(out, "\n| %s | %s | %s | %s |\n|---|---|---|---|\n", _("字段"), _("名称"),
		_("类型"), _("说明"));
	for (const struct field *field = kind->fields; field->tag; field++) {
		buf_fmt(out, "| %s | %s | %s |", field->name, _(field->label),
			types[field->type].name);
		if (field->flags & F_MUST)
			buf_fmt(out, " %s", _("必填"));
		if (field->flags & F_FOLD)
			buf_fmt(out, " %s", _("由流程记录"));
		if (field->flags & F_PRIVATE)
			buf_fmt(out, " %s", _("隐私"));
		if (field->codes)
			buf_fmt(out, _(" 代码表 %s"), field->codes);
		if (field->target)
			buf_fmt(out, " → %s", kind_of(field->target)->name);
		if (field->init)
			buf_fmt(out, _(" 默认 %s"), field->init);
		buf_text(out, " |\n");
	}
}

static void book_steps(const struct kind *kind, struct buf *out)
{
	const struct field *field;
	bool must;
	if (!kind->steps[0].tag)
		return;
	buf_fmt(out, "\n| %s | %s | %s | %s |\n|---|---|---|---|\n", _("步骤"), _("名称"),
		_("之后"), _("要写"));
	for (const struct step *step = kind->steps; step->tag; step++) {
		const char *to = step->flags & STEP_MAKES ? kind_of(step->other)->name
				 : step->to == STEP_STAYS ? ""
							  : kind->states[step->to].code;
		buf_fmt(out, "| %s | %s | %s |", step->verb, _(step->label), to);
		for (unsigned i = 0; (field = step_arg(kind, step, i, &must)); i++)
			buf_fmt(out, " %s%s", field->name, must ? "\\*" : "");
		buf_text(out, " |\n");
	}
}

static void book_kinds(struct buf *out)
{
	buf_fmt(out, "\n## %s\n", _("种类"));
	for (unsigned i = 0; i < kinds_count; i++) {
		const struct kind *kind = &kinds[i];
		if (kind->flags & K_HIDDEN)
			continue;
		buf_fmt(out, "\n### %s %s\n", kind->name, _(kind->plural));
		book_fields(kind, out);
		if (kind->states[0].code) {
			buf_fmt(out, "\n%s", _("状态："));
			for (const struct state *state = kind->states; state->code; state++)
				buf_fmt(out, " %s %s%s", state->code, _(state->label),
					state[1].code ? _("，") : _("。"));
			buf_text(out, "\n");
		}
		book_steps(kind, out);
	}
}

static bool table_seen(const struct kind *kind, const struct field *field)
{
	for (const struct kind *k = kinds; k <= kind; k++)
		for (const struct field *f = k->fields; f->tag && f != field; f++)
			if (f->codes && !strcmp(f->codes, field->codes))
				return true;
	return false;
}

static void book_codes(struct buf *out)
{
	buf_fmt(out, "\n## %s\n", _("代码表"));
	for (unsigned i = 0; i < kinds_count; i++)
		for (const struct field *field = kinds[i].fields; field->tag; field++) {
			if (!field->codes || table_seen(&kinds[i], field))
				continue;
			buf_fmt(out, "\n### %s\n\n", field->codes);
			for (const struct code *code = NULL;
				(code = code_each(field->codes, NULL, code));)
				buf_fmt(out, "- `%s` %s\n", code->code, code_label(code));
		}
}

static void print_book(const struct app *app, struct buf *out)
{
	buf_fmt(out, "# %s\n\n%s\n\n", _("前哨手册"),
		_("由 `make book` 从程序里的表打印，不要手改。"));
	book_commands(app, out);
	book_kinds(out);
	book_codes(out);
}

int cmd_book(struct app *app, int argc, char **argv)
{
	struct buf text = {0};
	bool line = argc > 2 && !strcmp(argv[1], "complete") && !strcmp(argv[2], "--");
	int code = line ? 0 : app_args(app, &argc, argv, 0, 2);
	if (code)
		return code;
	const char *what = argc > 1 ? argv[1] : "", *which = argc > 2 ? argv[2] : "";
	bool good = true;
	if (line)
		complete_line(app, argc - 3, argv + 3, &text);
	else if (!strcmp(what, "man"))
		good = manual_print(app, *which ? which : "outpost", &text);
	else if (*which)
		good = false;
	else if (!*what)
		print_book(app, &text);
	else if (!strcmp(what, "conf"))
		options_print(&text);
	else if (!strcmp(what, "views"))
		views_sql(&text);
	else
		good = false;
	if (good)
		out_buf(&text);
	buf_release(&text);
	return good ? EXIT_DONE : app_usage(app);
}
