/* SPDX-License-Identifier: GPL-3.0-or-later
 * count: the counts and figures of the rules, each with what it is made of, its target, its row and
 * the records behind it.
 */
#include <string.h>

#include "app/cmd.h"
#include "app/out.h"
#include "app/record.h"
#include "work/figures.h"

struct telling {
	struct app *app;
	struct world world;
	struct counting_of of;
	struct arena arena;
	struct table table;
	struct buf text;
	struct fault fault;
};

static void put_number(struct telling *to, int64_t number)
{
	buf_clear(&to->text);
	figure_number(number, &to->text);
	table_cell(&to->table, buf_cstr(&to->text));
}

static void put_row(struct telling *to, const struct rule *rule)
{
	buf_clear(&to->text);
	buf_fmt(&to->text, "%s:%u", rule->file, rule->line);
	table_cell(&to->table, buf_cstr(&to->text));
}

static enum rc put_count(struct telling *to, const struct rule *rule, struct counted *counted)
{
	enum rc rc = count_load(counted, &to->world, rule, &to->of, &to->arena, &to->fault);
	if (rc)
		return rc;
	table_cell(&to->table, rule->name);
	put_number(to, counted->number);
	for (unsigned n = 0; n < 3; n++)
		table_cell(&to->table, "");
	table_cell(&to->table, _(kind_of(rule->kind)->label));
	put_row(to, rule);
	return RC_OK;
}

/* Median figures say of how many times they are. */
static enum rc put_figure(struct telling *to, const struct rule *rule, struct counted *counted)
{
	struct figured figured;
	enum rc rc = figure_load(&figured, &to->world, rule, &to->of, &to->arena, &to->fault);
	if (rc)
		return rc;
	*counted = figured.top;
	table_cell(&to->table, rule->name);
	if (figured.known)
		put_number(to, figured.value);
	else
		table_cell(&to->table, "");
	buf_clear(&to->text);
	figure_number(figured.top.number, &to->text);
	if (rule->bottom) {
		buf_text(&to->text, " / ");
		figure_number(figured.bottom.number, &to->text);
	}
	table_cell(&to->table, buf_cstr(&to->text));
	buf_clear(&to->text);
	buf_fmt(&to->text, "%lld", (long long)rule->target);
	table_cell(&to->table, buf_cstr(&to->text));
	table_cell(&to->table, !figured.known ? _("不知道")
			       : figured.met  ? _("达到")
			       : figured.red  ? _("未达到，已过期限")
					      : _("未达到"));
	table_cell(&to->table, rule_text(rule));
	put_row(to, rule);
	return RC_OK;
}

/* Those of WORD, or the one called NAME. COUNTED: of the last. */
static enum rc put_rows(struct telling *to, enum rule_word word, const char *name,
	struct counted *counted, unsigned *found)
{
	unsigned count;
	const struct rule *rows = rules_rows(word, &count);
	enum rc rc = RC_OK;
	for (unsigned n = 0; n < count && !rc; n++) {
		if (name && strcmp(rows[n].name, name) != 0)
			continue;
		++*found;
		rc = (word == RULE_COUNT ? put_count : put_figure)(to, &rows[n], counted);
	}
	return rc;
}

static void put_records(const struct telling *to, const struct counted *counted, struct buf *out)
{
	char number[32];
	for (unsigned n = 0; n < counted->count; n++) {
		store_number(to->app->store, counted->records[n], number);
		buf_fmt(out, "%s\n", number);
	}
}

static int tell(struct telling *to, const char *name)
{
	static const char *const heads[] = {
		N_("名称"), N_("数"), N_("由来"), N_("目标"), N_("结果"), N_("说明"), N_("规则")};
	struct counted counted = {.count = 0};
	struct buf out = {0};
	unsigned found = 0;
	for (size_t n = 0; n < countof(heads); n++)
		table_head(&to->table, _(heads[n]), n == 1);
	enum rc rc = put_rows(to, RULE_FIGURE, name, &counted, &found);
	if (!rc && !(name && found))
		rc = put_rows(to, RULE_COUNT, name, &counted, &found);
	if (!rc && name && !found)
		rc = fault_set(
			&to->fault, RC_NONE, _("没有叫 \"%s\" 的数，outpost count 列出全部"), name);
	if (!rc) {
		table_print(&to->table, &out, out_columns());
		if (name)
			put_records(to, &counted, &out);
		out_buf(&out);
	}
	buf_release(&out);
	return rc ? app_fail(&to->fault) : EXIT_DONE;
}

int cmd_count(struct app *app, int argc, char **argv)
{
	struct telling to = {.app = app};
	int code = app_args(app, &argc, argv, 0, 2);
	if (code || (code = app_store(app, STORE_READ)) ||
		(argc > 2 && (code = app_record(app, argv[2], &to.of.of))))
		return code;
	to.of.at = store_now(app->store);
	world_open(&to.world, app->store, &app->user, to.of.at);
	code = tell(&to, argc > 1 ? argv[1] : NULL);
	table_release(&to.table);
	buf_release(&to.text);
	arena_release(&to.arena);
	return code;
}
