/* SPDX-License-Identifier: GPL-3.0-or-later
 * count: the counts and figures of the rules, each with what it is made of, its target, its row and
 * the records behind it; and tables of them by place.
 */
#include <stdlib.h>
#include <string.h>

#include "app/cmd.h"
#include "app/out.h"
#include "app/record.h"
#include "model/area.h"
#include "work/totals.h"

struct telling {
	struct app *app;
	struct world world;
	struct counting_of of;
	const char *by; /* NULL: not apart */
	struct arena arena;
	struct table table;
	struct buf text;
	struct fault fault;
	unsigned summed; /* of the count: the field whose numbers are added, or 0 */
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
	buf_clear(&to->text);
	if (counted->below) {
		buf_text(&to->text, _("没上来、下面自报 "));
		figure_number(counted->below, &to->text);
	}
	table_cell(&to->table, buf_cstr(&to->text));
	for (unsigned n = 0; n < 2; n++)
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
	if (rule->bottom || rule->apart) {
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
		if ((name && strcmp(rows[n].name, name) != 0) ||
			(word == RULE_FIGURE && !figure_applies(&to->world, &rows[n])))
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

/* ---- by what they say */

/* "" = it says nothing. */
static void put_group(struct telling *to, const struct row *row, struct buf *out)
{
	const struct field *field = field_named(row->kind, to->by);
	buf_clear(out);
	if (!strcmp(to->by, "area"))
		area_title(row->area, out);
	else if (!strcmp(to->by, "state") && row->state >= 0)
		buf_text(out, _(row->kind->states[row->state].label));
	else if (field)
		row_field(to->app->store, row, field->tag, true, out);
}

struct group {
	const char *name; /* in the arena */
	int64_t number;   /* thousandths: how many, or the sum of the field that the row adds */
};

static int by_count(const void *a, const void *b)
{
	const struct group *x = a, *y = b;
	if (x->number != y->number)
		return x->number > y->number ? -1 : 1;
	return strcmp(x->name, y->name);
}

/* What ROW adds to its group. */
static int64_t share_of(const struct telling *to, const struct row *row)
{
	enum { ONE = 1000 };
	struct record record;
	int64_t number = 0;
	if (!to->summed)
		return ONE;
	row_record(row, &record);
	return record_number(&record, to->summed, &number) ? number : 0;
}

static enum rc gather_groups(
	struct telling *to, const struct counted *counted, struct group *groups, unsigned *count)
{
	struct buf name = {0};
	enum rc rc = RC_OK;
	for (unsigned n = 0; n < counted->count && !rc; n++) {
		struct arena arena = {0};
		struct row row;
		unsigned at = 0;
		rc = store_row(to->app->store, counted->records[n], &arena, &row, &to->fault);
		if (!rc)
			put_group(to, &row, &name);
		while (!rc && at < *count && strcmp(groups[at].name, buf_cstr(&name)) != 0)
			at++;
		if (!rc && at == *count)
			groups[(*count)++] =
				(struct group){arena_text(&to->arena, buf_cstr(&name)), 0};
		if (!rc)
			groups[at].number += share_of(to, &row);
		arena_release(&arena);
	}
	buf_release(&name);
	return rc;
}

/* The records behind a number, counted apart by place, state or field; the most first. */
static enum rc put_groups(struct telling *to, const struct counted *counted, struct buf *out)
{
	struct group *groups = arena_get(&to->arena, (counted->count + 1) * sizeof *groups);
	struct table table = {0};
	unsigned count = 0;
	enum rc rc = gather_groups(to, counted, groups, &count);
	if (!rc && count)
		qsort(groups, count, sizeof *groups, by_count);
	table_head(&table, to->by, false);
	table_head(&table, _("数"), true);
	for (unsigned n = 0; n < count && !rc; n++) {
		buf_clear(&to->text);
		figure_number(groups[n].number, &to->text);
		table_cell(&table, *groups[n].name ? groups[n].name : ".");
		table_cell(&table, buf_cstr(&to->text));
	}
	if (!rc)
		table_print(&table, out, out_columns());
	table_release(&table);
	return rc;
}

static enum rc check_by(struct telling *to, const char *name)
{
	const struct rule *rule = name ? rules_named(RULE_COUNT, name) : NULL;
	to->summed = rule ? rule->summed : 0;
	if (!to->by || (rule && (!strcmp(to->by, "area") || !strcmp(to->by, "state") ||
					field_named(kind_of(rule->kind), to->by))))
		return RC_OK;
	return fault_set(&to->fault, RC_BAD,
		_("--by 要配一个 count 行的名字，和它那种记录的字段、area 或 state"));
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
	enum rc rc = check_by(to, name);
	if (!rc)
		rc = put_rows(to, RULE_FIGURE, name, &counted, &found);
	if (!rc && !(name && found))
		rc = put_rows(to, RULE_COUNT, name, &counted, &found);
	if (!rc && name && !found)
		rc = fault_set(
			&to->fault, RC_NONE, _("没有叫 \"%s\" 的数，outpost count 列出全部"), name);
	if (!rc) {
		table_print(&to->table, &out, out_columns());
		if (to->by)
			rc = put_groups(to, &counted, &out);
		else if (name)
			put_records(to, &counted, &out);
		out_buf(&out);
	}
	buf_release(&out);
	return rc ? app_fail(&to->fault) : EXIT_DONE;
}

/* ---- tables by place */

static void put_place(struct telling *to, const struct totals_row *row)
{
	buf_clear(&to->text);
	if (row->at == TOTAL_ALL)
		buf_text(&to->text, _("合计"));
	else
		area_title(row->area, &to->text);
	if (row->at == TOTAL_OWN)
		buf_fmt(&to->text, " %s", _("本级"));
	table_cell(&to->table, buf_cstr(&to->text));
}

static void put_total(struct telling *to, const struct total *cell)
{
	if (cell->how == TOTAL_KNOWN)
		put_number(to, cell->value);
	else
		table_cell(&to->table, cell->how == TOTAL_NOTHING ? "-" : ".");
}

/* As the board T has it, all places; BACK: so many months or years ago. */
static int tell_table(struct telling *to, const struct rule *table, unsigned back)
{
	struct totals totals;
	struct buf out = {0};
	enum rc rc = to->by || to->of.area ? fault_set(&to->fault, RC_BAD,
						     _("一张表已经按地方列，不用 --by 和 --area"))
					   : totals_load(&totals, &to->world, table,
						     totals_at(table, to->world.around.now, back),
						     &to->arena, &to->fault);
	if (rc)
		return app_fail(&to->fault);
	table_head(&to->table, _("地方"), false);
	for (unsigned n = 0; n < table->cells; n++)
		table_head(&to->table,
			words_english() ? table->cell[n].english : table->cell[n].head, true);
	for (unsigned n = 0; n < totals.count; n++) {
		put_place(to, &totals.rows[n]);
		for (unsigned cell = 0; cell < table->cells; cell++)
			put_total(to, &totals.rows[n].cell[cell]);
	}
	table_print(&to->table, &out, out_columns());
	out_buf(&out);
	buf_release(&out);
	return EXIT_DONE;
}

/* N of --back N, which is of a table alone. */
static int read_back(
	struct telling *to, const char *typed, const struct rule *table, unsigned *back)
{
	enum { FAR = 600 };
	char *end;
	if (!typed)
		return EXIT_DONE;
	*back = (unsigned)strtoul(typed, &end, 10);
	if (table && end != typed && !*end && *back <= FAR)
		return EXIT_DONE;
	fault_set(&to->fault, RC_BAD,
		_("--back 要配一张表（table 行）的名字和一个整数：几个月或几年以前"));
	return app_fail(&to->fault);
}

int cmd_count(struct app *app, int argc, char **argv)
{
	struct telling to = {.app = app};
	const char *why = "", *area = arg_value(&argc, argv, "area"),
		   *back = arg_value(&argc, argv, "back");
	unsigned before = 0;
	to.by = arg_value(&argc, argv, "by");
	int code = app_args(app, &argc, argv, 0, 2);
	if (!code && area && !area_parse(area, &to.of.area, &why)) {
		fault_set(&to.fault, RC_BAD, _("%s：选项 \"--area\""), why);
		code = app_fail(&to.fault);
	}
	if (code || (code = app_store(app, STORE_READ)) ||
		(argc > 2 && (code = app_record(app, argv[2], &to.of.of))))
		return code;
	to.of.at = store_now(app->store);
	world_open(&to.world, app->store, &app->user, to.of.at);
	const struct rule *table = argc == 2 ? rules_named(RULE_TABLE, argv[1]) : NULL;
	code = read_back(&to, back, table, &before);
	if (!code)
		code = table ? tell_table(&to, table, before)
			     : tell(&to, argc > 1 ? argv[1] : NULL);
	table_release(&to.table);
	buf_release(&to.text);
	arena_release(&to.arena);
	return code;
}
