/* SPDX-License-Identifier: GPL-3.0-or-later
 * `outpost import csv`: a table with a header. Its columns are found by the county's mapping file,
 * by field name, or by label in either language; columns that nobody knows are named once and left
 * out.
 */
#include "format/charset.h"
#include "format/csv.h"
#include "app/intake.h"

#include <string.h>

#include "base/conf.h"
#include "base/text.h"

struct map_row {
	const char *column, *field;
	struct map_row *next;
};

struct csv_map {
	struct arena arena;
	struct map_row *first;
};

/* zh: what heads the columns that every record has, as people and exports write them */
static const struct {
	const char *head, *name;
} own_heads[] = {{"area", "area"}, {"区划", "area"}, {"区划代码", "area"}, {"行政区划代码", "area"},
	{"区域代码", "area"}, {"at", "at"}, {"填报时间", "at"}, {"登记时间", "at"}, {"by", "by"},
	{"填报人", "by"}, {"ref", "ref"}, {"id", "ref"}, {"外部编号", "ref"}, {"number", "-"},
	{"kind", "-"}, {"state", "-"}};

struct columns {
	const char *name[CSV_COLUMNS]; /* field, area, at, by, ref; NULL: left out */
	unsigned count;
};

static bool map_line(const struct conf_line *line, void *to, const char **why)
{
	struct csv_map *map = to;
	struct map_row *row;

	if (line->count != 2 || !*line->word[0] || !*line->word[1]) {
		*why = _("应是两列：列名 制表符 字段名；不要的列写 -");
		return false;
	}
	row = arena_get(&map->arena, sizeof(*row));
	row->column = arena_text(&map->arena, line->word[0]);
	row->field = arena_text(&map->arena, line->word[1]);
	row->next = map->first;
	map->first = row;
	return true;
}

enum rc csv_map_read(struct csv_map **out, const char *file, struct bytes text, struct fault *fault)
{
	struct arena arena = {0};
	struct csv_map *map;
	struct buf room = {0};
	enum rc rc;

	/* The map lies in its own arena. */
	map = arena_get(&arena, sizeof(*map));
	map->arena = arena;
	rc = charset_table(text, &room, &text, fault);
	if (rc == RC_OK)
		rc = tsv_each(file, text, map_line, map, fault);
	buf_release(&room);
	if (rc != RC_OK) {
		csv_map_free(map);
		map = NULL;
	}
	*out = map;
	return rc;
}

void csv_map_free(struct csv_map *map)
{
	struct arena arena;

	if (!map)
		return;
	arena = map->arena;
	arena_release(&arena);
}

static const char *mapped(const struct csv_map *map, const char *head)
{
	for (const struct map_row *row = map ? map->first : NULL; row; row = row->next)
		if (strcmp(row->column, head) == 0)
			return row->field;
	return NULL;
}

static const char *own_head(const char *head)
{
	for (size_t i = 0; i < countof(own_heads); i++)
		if (strcmp(own_heads[i].head, head) == 0)
			return own_heads[i].name;
	return NULL;
}

/* The field that a heading means; "-" to leave it out, NULL when nobody knows it. */
static const char *field_of_head(const struct kind *kind, const char *head)
{
	for (const struct field *f = kind->fields; f->tag; f++)
		if (strcmp(f->name, head) == 0 || strcmp(f->label, head) == 0 ||
			strcmp(_(f->label), head) == 0)
			return f->flags & F_FOLD ? "-" : f->name;
	return own_head(head);
}

static bool is_name(const struct kind *kind, const char *name)
{
	const char *own = own_head(name);

	return field_named(kind, name) || strcmp(name, "-") == 0 || (own && strcmp(own, name) == 0);
}

static enum rc header(struct intake *in, const struct kind *kind, const struct csv_map *map,
	const struct csv_row *row, struct columns *columns, struct fault *fault)
{
	unsigned known = 0;

	columns->count = row->count;
	for (unsigned i = 0; i < row->count; i++) {
		struct buf head = {0};
		const char *name;

		text_clean(row->cell[i], strlen(row->cell[i]), false, &head);
		name = mapped(map, buf_cstr(&head));
		if (name && !is_name(kind, name)) {
			buf_release(&head);
			return fault_set(fault, RC_BAD,
				_("映射文件把列 \"%s\" 指到了没有的字段 \"%s\""), row->cell[i],
				name);
		}
		if (!name)
			name = field_of_head(kind, buf_cstr(&head));
		if (!name && head.len)
			intake_note(in, row->line, _("列 \"%s\" 不对应任何字段，没有导入"),
				buf_cstr(&head));
		columns->name[i] = name && strcmp(name, "-") != 0 ? name : NULL;
		known += columns->name[i] && field_named(kind, name);
		for (unsigned j = 0; j < i && columns->name[i]; j++)
			if (columns->name[j] && strcmp(columns->name[j], columns->name[i]) == 0) {
				buf_release(&head);
				return fault_set(fault, RC_BAD,
					_("有两列都是字段 \"%s\"；请用 --map 指明"), name);
			}
		buf_release(&head);
	}
	if (!known)
		return fault_set(fault, RC_BAD,
			_("第 %u 行：表头里没有一列是 \"%s\" 的字段；字段名见 outpost kinds %s"),
			row->line, _(kind->label), kind->name);
	return RC_OK;
}

/* Spreadsheets write 2026/7/14. */
static void dashes(const struct field *field, struct buf *text)
{
	if (!field || (field->type != T_DATE && field->type != T_TIME))
		return;
	for (size_t i = 0; i < text->len; i++)
		if (text->at[i] == '/')
			text->at[i] = '-';
}

static bool fill(struct intake *in, struct change *change, const struct columns *columns,
	const struct csv_row *row)
{
	if (row->count > columns->count) {
		intake_bad(
			in, row->line, _("有 %u 格，表头只有 %u 列"), row->count, columns->count);
		return false;
	}
	for (unsigned i = 0; i < row->count; i++) {
		const char *name = columns->name[i], *why;
		struct buf text = {0};
		bool good;

		if (!name || strcmp(name, "ref") == 0)
			continue;
		buf_text(&text, row->cell[i]);
		dashes(change_named(change, name), &text);
		good = change_set(change, name, buf_cstr(&text), &why);
		buf_release(&text);
		if (!good) {
			intake_bad(in, row->line, _("字段 \"%s\"：%s"), name, why);
			return false;
		}
	}
	return true;
}

/* The row's own name, else its content: the same table twice changes nothing. */
static void row_name(struct intake *in, const struct kind *kind, const struct columns *columns,
	const struct csv_row *row, struct buf *name)
{
	char made[40];

	for (unsigned i = 0; i < row->count && i < columns->count; i++)
		if (columns->name[i] && strcmp(columns->name[i], "ref") == 0)
			buf_text(name, row->cell[i]);
	if (name->len)
		return;
	buf_text(name, kind->name);
	for (unsigned i = 0; i < row->count; i++)
		buf_fmt(name, "\x1f%s", row->cell[i]);
	intake_name(in, buf_bytes(name), made);
	buf_clear(name);
	buf_text(name, made);
}

static enum rc record(struct intake *in, const struct kind *kind, const struct columns *columns,
	const struct csv_row *row, struct fault *fault)
{
	struct buf name = {0};
	const struct ref alone = {0, 0};
	struct change change;
	struct ref ref;
	enum rc rc = RC_OK;

	row_name(in, kind, columns, row, &name);
	if (intake_known(in, buf_cstr(&name), &ref)) {
		in->known++;
		buf_release(&name);
		return RC_OK;
	}
	change_new(&change, &in->actor, kind, alone);
	if (fill(in, &change, columns, row)) {
		rc = intake_write(in, &change, buf_cstr(&name), &ref, fault);
		in->added += rc == RC_OK;
		if (rc == RC_OK && change.doubt)
			intake_note(in, row->line, "%s", change.doubt);
		if (rc == RC_BAD || rc == RC_DENIED) {
			intake_bad(in, row->line, "%s", fault->text);
			rc = RC_OK;
		}
	}
	change_release(&change);
	buf_release(&name);
	return rc;
}

/* Everything behind the header. */
static enum rc rows(struct intake *in, const struct kind *kind, struct csv *csv,
	const struct columns *columns, struct fault *fault)
{
	unsigned bad = in->bad, count = 0;
	struct csv_row row;
	const char *why;
	enum csv_read got;
	enum rc rc = RC_OK;

	while (rc == RC_OK && (got = csv_next(csv, &row, &why)) != CSV_END) {
		count++;
		if (got == CSV_BAD)
			intake_bad(in, row.line, "%s", why);
		else
			rc = record(in, kind, columns, &row, fault);
	}
	if (rc == RC_OK && count && in->bad - bad == count)
		in->bad_files++;
	else if (rc == RC_OK)
		in->good_files++;
	return rc;
}

enum rc csv_import(struct intake *in, const struct kind *kind, const struct csv_map *map,
	struct bytes text, struct fault *fault)
{
	struct buf room = {0};
	struct csv csv = {0};
	struct csv_row row;
	struct columns columns = {0};
	const char *why;
	enum rc rc = charset_table(text, &room, &text, fault);

	if (rc == RC_OK) {
		csv_start(&csv, text);
		switch (csv_next(&csv, &row, &why)) {
		case CSV_ROW:
			rc = header(in, kind, map, &row, &columns, fault);
			break;
		case CSV_BAD:
			rc = fault_set(fault, RC_BAD, _("第 %u 行：%s"), row.line, why);
			break;
		case CSV_END:
			rc = fault_set(fault, RC_BAD, _("文件是空的：第一行应是表头"));
			break;
		}
	}
	if (rc == RC_OK)
		rc = rows(in, kind, &csv, &columns, fault);
	csv_release(&csv);
	buf_release(&room);
	return rc;
}
