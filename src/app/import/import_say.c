/* SPDX-License-Identifier: GPL-3.0-or-later
 * What an import says of its lines and in the end, as text and as JSON; and the two questions that
 * a table asks where somebody is at the terminal.
 */
#include "app/import_say.h"

#include <string.h>
#include <unistd.h>

#include "ui/line.h"
#include "app/out.h"

void import_said(const struct intake *in)
{
	struct buf text = {0};

	intake_said(in, &text);
	out_errors(&text);
	buf_release(&text);
}

/* What each column was taken for. */
static void columns_text(const struct intake *in)
{
	/* how a column was known, as intake_column has it, and as people read it */
	static const struct {
		const char *by, *text;
	} ways[] = {{"told", N_("对照文件")}, {"remembered", N_("上次的对照")},
		{"label", N_("字段名称")}, {"bracket", N_("字段名称，括号里的不同")},
		{"word", N_("常用说法")}};
	struct table table = {.columns = 0};
	struct buf text = {0};

	if (!in->columns)
		return;
	table_head(&table, _("表里的列"), false);
	table_head(&table, _("字段"), false);
	table_head(&table, _("怎么认出的"), false);
	for (const struct intake_column *c = in->columns; c; c = c->next) {
		const char *by = "";

		for (size_t i = 0; i < countof(ways); i++)
			if (c->by && !strcmp(ways[i].by, c->by))
				by = _(ways[i].text);
		table_cell(&table, c->heading);
		table_cell(&table, c->name ? _(c->label) : _("不导入"));
		table_cell(&table, by);
	}
	table_print(&table, &text, out_columns());
	out_buf(&text);
	buf_release(&text);
	table_release(&table);
}

/* Of records that were here, beside those that are as they were. */
static bool is_delivery(const struct intake *in)
{
	return in->changed || in->doubtful || in->vanished;
}

void import_counts(const struct intake *in, bool table)
{
	if (in->try_only) {
		columns_text(in);
		out_fmt(_("只是试看，什么也没有存：\n"));
	}
	if (table)
		out_fmt(_("新增 %u 条记录、改 %u 条；相同 %u 条；存疑 %u 条；未导入 %u "
			  "条；不是记录的 %u "
			  "行；这次没有的 %u 条\n"),
			in->added, in->changed, in->known, in->doubtful, in->bad, in->left_out,
			in->vanished);
	else
		out_fmt(_("新增 %u 条记录、%u 步；已有 %u 条；未导入 %u 条\n"), in->added,
			in->steps, in->known, in->bad);
	if (!table && is_delivery(in))
		out_fmt(_("改 %u 条；存疑 %u 条；这次没有的 %u 条\n"), in->changed, in->doubtful,
			in->vanished);
}

static void columns_json(const struct intake *in, struct json_out *out)
{
	json_key(out, "columns");
	json_open(out, '[');
	for (const struct intake_column *c = in->columns; c; c = c->next) {
		json_line(out);
		json_open(out, '{');
		json_key_text(out, "heading", c->heading);
		json_key_text(out, "field", c->name);
		json_key_text(out, "by", c->by);
		json_close(out, '}');
	}
	json_close(out, ']');
}

void import_json(const struct intake *in, bool table)
{
	struct buf text = {0};
	struct json_out out;

	json_begin(&out, &text);
	json_open(&out, '{');
	json_key_num(&out, "added", in->added);
	json_key_num(&out, "steps", in->steps);
	json_key_num(&out, "known", in->known);
	json_key_num(&out, "bad", in->bad);
	if (table || is_delivery(in)) {
		json_key_num(&out, "changed", in->changed);
		json_key_num(&out, "doubtful", in->doubtful);
		json_key_num(&out, "left_out", in->left_out);
		json_key_num(&out, "vanished", in->vanished);
	}
	if (table || in->try_only)
		json_key_bool(&out, "try", in->try_only);
	if (table)
		columns_json(in, &out);
	if (table || in->bad || in->told) {
		json_key(&out, "notes");
		intake_said_json(in, &out);
	}
	json_close(&out, '}');
	buf_byte(&text, '\n');
	out_buf(&text);
	buf_release(&text);
}

/* ---- somebody is there */

bool import_somebody(void)
{
	return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

static bool asked(const char *question, bool *yes)
{
	struct line line;

	line_start(&line, stdin, stdout);
	return line_yes(&line, question, yes) == LINE_OK;
}

enum intake_doubt import_ask(void *to, const char *question)
{
	bool yes = false;

	(void)to;
	if (!asked(question, &yes))
		return DOUBT_LEAVE;
	return yes ? DOUBT_SAME : DOUBT_NEW;
}
