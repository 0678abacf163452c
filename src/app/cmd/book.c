/* SPDX-License-Identifier: GPL-3.0-or-later
 * book: the manual, the manual page, the settings file and the completion, printed from the tables
 * that the program itself runs by.
 */
#include <string.h>

#include "app/cmd.h"
#include "app/options.h"
#include "app/out.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "model/value.h"

static const struct {
	int code;
	const char *text;
} exit_texts[] = {
	{EXIT_DONE, N_("做完了")},
	{EXIT_FAILED, N_("没有做成，什么都没改")},
	{EXIT_USAGE, N_("用法不对")},
	{EXIT_LINK, N_("线路现在不通，都还排着队")},
	{EXIT_REFUSED, N_("不允许：角色、区域、签名，或者现在不能走这一步")},
	{EXIT_INPUT, N_("输入有误，消息说明文件、行或字段和规则")},
	{EXIT_NONE, N_("没有这条记录")},
};

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
	for (size_t i = 0; i < countof(exit_texts); i++)
		buf_fmt(out, "- %d %s\n", exit_texts[i].code, _(exit_texts[i].text));
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

/* ---- the manual page */

/* Backslashes and minus signs are roff's own, and so is a full stop or quote that begins a line. */
static void roff(struct buf *out, const char *text)
{
	bool begin = true;
	for (; *text; text++) {
		if (begin && (*text == '.' || *text == '\''))
			buf_text(out, "\\&");
		begin = *text == '\n';
		if (*text == '\\')
			buf_text(out, "\\e");
		else if (*text == '-')
			buf_text(out, "\\-");
		else if (begin)
			buf_text(out, "\n.br\n");
		else
			buf_byte(out, (uint8_t)*text);
	}
}

static void roff_item(struct buf *out, const char *head, const char *rest, const char *text)
{
	buf_text(out, ".TP\n.B ");
	roff(out, head);
	buf_byte(out, '\n');
	if (rest && *rest) {
		roff(out, rest);
		buf_text(out, "\n.br\n");
	}
	roff(out, text);
	buf_byte(out, '\n');
}

static void print_man(const struct app *app, struct buf *out)
{
	char code[8] = "0";
	buf_text(out, ".\\\" SPDX-License-Identifier: GPL-3.0-or-later -*- coding: utf-8 -*-\n");
	buf_fmt(out, ".TH OUTPOST 1 \"\" \"outpost %s\"\n.SH %s\noutpost \\- ", OUTPOST_VERSION,
		_("名称"));
	roff(out, _("村和乡镇的应急值守终端"));
	buf_fmt(out, "\n.SH %s\n.B outpost\n[", _("用法"));
	roff(out, "--home DIR] [--config DIR] [--user NAME] [--pin-fd N] [COMMAND …]");
	buf_fmt(out, "\n.SH %s\n", _("命令"));
	for (const struct command *command = app->commands; command->name; command++) {
		roff_item(out, command->name, command->usage, _(command->text));
		if (command->help) {
			buf_text(out, ".br\n");
			roff(out, _(command->help));
			buf_byte(out, '\n');
		}
	}
	buf_fmt(out, ".SH %s\n", _("环境"));
	roff_item(out, "OUTPOST_HOME", NULL,
		_("站点的文件夹；没有就是 /var/lib/outpost（有的话）或 ~/.local/share/outpost"));
	roff_item(out, "OUTPOST_CONFIG", NULL, _("县里的数据：代码、规则、检查表、处置卡"));
	roff_item(out, "OUTPOST_USER", NULL, _("谁在操作；由强制命令给出时不能改"));
	roff_item(out, "OUTPOST_LANG", NULL, _("zh 或 en"));
	roff_item(out, "OUTPOST_NOW", NULL, _("时钟从这个 RFC 3339 时间走起，用于试验"));
	buf_fmt(out, ".SH %s\n", _("退出码"));
	for (size_t i = 0; i < countof(exit_texts); i++) {
		code[0] = (char)('0' + exit_texts[i].code);
		roff_item(out, code, NULL, _(exit_texts[i].text));
	}
}

/* ---- the completion */

static void put_options(const char *usage, struct buf *out)
{
	while ((usage = strstr(usage, "--"))) {
		size_t len = 2 + strspn(usage + 2, "abcdefghijklmnopqrstuvwxyz-");
		buf_byte(out, ' ');
		buf_put(out, usage, len);
		usage += len;
	}
}

static void put_words(const struct command *command, struct buf *out)
{
	for (const char *const *word = command->words; word && *word; word++)
		buf_fmt(out, " %s", strcmp(*word, "KIND") ? *word : "$kinds");
}

static void print_completion(const struct app *app, struct buf *out)
{
	buf_text(out, "# SPDX-License-Identifier: GPL-3.0-or-later\n# bash completion for outpost, "
		      "printed by `make book`\n"
		      "_outpost()\n{\n\tlocal cur=${COMP_WORDS[COMP_CWORD]} command= words= "
		      "at\n\tlocal kinds=\"");
	for (unsigned i = 0, n = 0; i < kinds_count; i++)
		if (!(kinds[i].flags & K_HIDDEN))
			buf_fmt(out, "%s%s", n++ ? " " : "", kinds[i].name);
	buf_text(out,
		"\"\n\tfor ((at = 1; at < COMP_CWORD; at++)); do\n\t\tcase ${COMP_WORDS[at]} in\n"
		"\t\t--home | --store | --config | --user | --pin-fd)\n"
		"\t\t\t# --home=DIR is three words here\n"
		"\t\t\t[ \"${COMP_WORDS[at + 1]}\" = = ] && at=$((at + 1))\n"
		"\t\t\tat=$((at + 1))\n\t\t\t;;\n\t\t-*) ;;\n"
		"\t\t*)\n\t\t\tcommand=${COMP_WORDS[at]}\n\t\t\tbreak\n\t\t\t;;"
		"\n\t\tesac\n\tdone\n\tcase $command in\n");
	for (const struct command *command = app->commands; command->name; command++) {
		buf_fmt(out, "\t%s)\n\t\twords=\"--help", command->name);
		put_options(command->usage, out);
		buf_text(out, "\"\n");
		if (command->words) {
			buf_text(out, "\t\t((COMP_CWORD == at + 1)) && words=\"$words");
			put_words(command, out);
			buf_text(out, "\"\n");
		}
		buf_text(out, "\t\t;;\n");
	}
	buf_text(out, "\t'') words=\"--home --config --user --pin-fd --help --version");
	for (const struct command *command = app->commands; command->name; command++)
		buf_fmt(out, " %s", command->name);
	buf_text(out,
		"\" ;;\n\tesac\n\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n}\n"
		"complete -o default -F _outpost outpost\n");
}

int cmd_book(struct app *app, int argc, char **argv)
{
	struct buf text = {0};
	int code = app_args(app, &argc, argv, 0, 1);
	if (code)
		return code;
	const char *what = argc > 1 ? argv[1] : "";
	if (!*what)
		print_book(app, &text);
	else if (!strcmp(what, "conf"))
		options_print(&text);
	else if (!strcmp(what, "man"))
		print_man(app, &text);
	else if (!strcmp(what, "completion"))
		print_completion(app, &text);
	else
		return app_usage(app);
	out_buf(&text);
	buf_release(&text);
	return EXIT_DONE;
}
