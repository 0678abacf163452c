/* SPDX-License-Identifier: GPL-3.0-or-later
 * The heading of a table: found among titles and lines about unit and date, put together from two
 * rows where cells were merged, and each column given its field.
 */
#include "format/office_sheet.h"

#include <string.h>

#include "base/text.h"
#include "format/office/inside.h"

enum { ROWS_LOOKED_AT = 30, FIELD_WORTH = 4 };

struct finding {
	struct sheet *sheet;
	const struct kind *kind;
	sheet_told_fn *told;
	void *to;
};

static const char *meaning(const struct finding *finding, const char *heading, unsigned *rank)
{
	struct buf clean = {0};
	const char *name;

	text_clean(heading, strlen(heading), false, &clean);
	name = finding->told ? finding->told(finding->to, buf_cstr(&clean), rank) : NULL;
	if (!name && clean.len)
		name = office_field(finding->kind, buf_cstr(&clean), rank);
	buf_release(&clean);
	return name;
}

static unsigned worth(const struct finding *finding, const struct sheet_row *row)
{
	unsigned sum = 0, rank;

	for (unsigned i = 0; i < row->count; i++) {
		const char *name = meaning(finding, row->cell[i], &rank);

		if (name)
			sum += field_named(finding->kind, name) ? FIELD_WORTH : 1;
	}
	return sum;
}

static size_t best_row(const struct finding *finding, unsigned *most)
{
	const struct sheet *sheet = finding->sheet;
	size_t best = 0;

	*most = 0;
	for (size_t i = 0; i < sheet->count && i < ROWS_LOOKED_AT; i++) {
		unsigned sum = worth(finding, &sheet->rows[i]);

		if (sum > *most) {
			*most = sum;
			best = i;
		}
	}
	return best;
}

/* ---- headings of two rows */

static bool is_remark(const char *cell)
{
	struct buf bare = {0};

	office_bare(cell, &bare, NULL);
	bool remark = !bare.len && !sheet_blank(cell);
	buf_release(&bare);
	return remark;
}

static bool is_heading(const struct finding *finding, const char *cell)
{
	unsigned rank;

	return is_remark(cell) || (!sheet_blank(cell) && meaning(finding, cell, &rank));
}

/* Below the heading: units in brackets, or the parts of a heading that goes over several columns. A
 * row that names somebody, or has a number, is a record. */
static bool is_second(
	const struct finding *finding, const struct sheet_row *head, const struct sheet_row *row)
{
	const struct field *title = field_flagged(finding->kind, F_TITLE);
	unsigned rank, seen = 0;

	for (unsigned i = 0; i < row->count; i++) {
		const char *cell = row->cell[i],
			   *name = meaning(finding, sheet_cell(head, i), &rank);
		bool heads = is_heading(finding, cell);

		if (!sheet_blank(cell) && !heads &&
			(!cell[strspn(cell, "0123456789.-/: ")] ||
				(name && title && !strcmp(name, title->name))))
			return false;
		seen += heads;
	}
	return seen;
}

/* Of two cells one above the other: the one that is known, the lower when both are. */
static const char *lower_of(const struct finding *finding, const char *upper, const char *lower)
{
	unsigned rank;

	if (sheet_blank(lower) ||
		(!meaning(finding, lower, &rank) && meaning(finding, upper, &rank)))
		return upper;
	return lower;
}

static void name_column(const struct finding *finding, struct sheet_column *column,
	const char *above, const char *cell)
{
	struct buf clean = {0}, plain = {0}, unit = {0};
	struct arena *arena = &finding->sheet->arena;

	buf_fmt(&clean, "%s%s", above, cell);
	text_clean(buf_cstr(&clean), clean.len, false, &plain);
	column->heading = arena_text(arena, buf_cstr(&plain));
	buf_clear(&plain);
	office_bare(column->heading, &plain, &unit);
	column->unit = arena_text(arena, buf_cstr(&unit));
	buf_release(&clean);
	buf_release(&plain);
	buf_release(&unit);
}

static void name_columns(const struct finding *finding, size_t at, struct sheet_head *head)
{
	const struct sheet *sheet = finding->sheet;
	const struct sheet_row *row = &sheet->rows[at], none = {.count = 0};
	const struct sheet_row *above = at ? &sheet->rows[at - 1] : &none, *below = &none;
	unsigned rank;

	if (at + 1 < sheet->count && is_second(finding, row, &sheet->rows[at + 1]))
		below = &sheet->rows[at + 1];
	head->line = row->line;
	head->first = at + 1 + (below != &none);
	head->count = row->count > below->count ? row->count : below->count;
	for (unsigned i = 0; i < head->count; i++) {
		const char *cell = sheet_cell(row, i), *second = sheet_cell(below, i);

		if (sheet_blank(cell) && meaning(finding, sheet_cell(above, i), &rank))
			cell = sheet_cell(above, i);
		if (is_remark(second))
			name_column(finding, &head->column[i], cell, second);
		else
			name_column(finding, &head->column[i], "", lower_of(finding, cell, second));
	}
}

/* ---- what they mean */

static bool other_unit(const struct kind *kind, const struct sheet_column *column)
{
	const struct field *field = field_named(kind, column->name);
	struct buf base = {0};
	double factor;

	if (!field || !*column->unit || (field->type != T_NUM && field->type != T_DEC))
		return false;
	office_unit(field, &base);
	bool other = base.len && !office_factor(buf_cstr(&base), column->unit, &factor) &&
		     office_factor("", column->unit, &factor);
	buf_release(&base);
	return other;
}

static int column_of(const struct sheet_head *head, unsigned upto, const char *name)
{
	for (unsigned i = 0; i < upto; i++)
		if (head->column[i].name && !strcmp(head->column[i].name, name))
			return (int)i;
	return -1;
}

static void leave(struct sheet_column *column)
{
	column->is = COLUMN_TWICE;
	column->name = NULL;
}

/* Two columns for one field: a second number is the second number, else the better one counts. */
static enum rc one_of_two(
	struct sheet_head *head, const struct kind *kind, unsigned now, struct fault *fault)
{
	struct sheet_column *column = &head->column[now];
	int before = column_of(head, now, column->name);

	if (before < 0 || !strcmp(column->name, OFFICE_ANSWER))
		return RC_OK;
	struct sheet_column *old = &head->column[before];
	if (!strcmp(column->name, "phone") && field_named(kind, "phone2") &&
		column_of(head, head->count, "phone2") < 0) {
		column->name = "phone2";
		return RC_OK;
	}
	/* An export has the record's own number and state before fields of that name. */
	if (!strcmp(old->heading, old->name) && column_of(head, now, "ref") == 0) {
		old->is = COLUMN_LEFT;
		old->name = NULL;
		return RC_OK;
	}
	if (column->rank == old->rank && column->rank > 2)
		return fault_set(
			fault, RC_BAD, _("有两列都是字段 \"%s\"；请用 --map 指明"), column->name);
	leave(column->rank > old->rank ? old : column);
	return RC_OK;
}

static enum rc mean_columns(
	const struct finding *finding, struct sheet_head *head, struct fault *fault)
{
	const struct kind *kind = finding->kind;

	for (unsigned i = 0; i < head->count; i++) {
		struct sheet_column *column = &head->column[i];
		const char *name = meaning(finding, column->heading, &column->rank);

		if (!name && (column->asks = office_asks(kind, column->heading, &column->code)))
			name = OFFICE_ANSWER;
		column->is = !name ? COLUMN_UNKNOWN : strcmp(name, "-") ? COLUMN_USED : COLUMN_LEFT;
		column->name = column->is == COLUMN_USED ? name : NULL;
		if (name && !field_named(kind, name) && !office_own(name))
			return fault_set(fault, RC_BAD,
				_("映射文件把列 \"%s\" 指到了没有的字段 \"%s\""), column->heading,
				name);
		if (column->name && other_unit(kind, column)) {
			column->is = COLUMN_UNIT;
			column->name = NULL;
		}
	}
	for (unsigned i = 0; i < head->count; i++)
		if (head->column[i].name && one_of_two(head, kind, i, fault))
			return fault->rc;
	return RC_OK;
}

static void sum_up(const struct kind *kind, struct sheet_head *head)
{
	const struct field *title = field_flagged(kind, F_TITLE);

	head->title = title ? column_of(head, head->count, title->name) : -1;
	head->merged = column_of(head, head->count, "ref") < 0 &&
		       column_of(head, head->count, "number") < 0;
	for (unsigned i = 0; i < head->count; i++)
		head->known += head->column[i].name && field_named(kind, head->column[i].name);
}

enum rc sheet_heads(struct sheet *sheet, const struct kind *kind, sheet_told_fn *told, void *to,
	struct sheet_head *head, struct fault *fault)
{
	const struct finding finding = {sheet, kind, told, to};
	unsigned most;
	size_t at = best_row(&finding, &most);

	*head = (struct sheet_head){.title = -1};
	if (!sheet->count)
		return fault_set(fault, RC_BAD, _("文件是空的：第一行应是表头"));
	if (sheet->rows[0].why && most < FIELD_WORTH)
		return fault_set(
			fault, RC_BAD, _("第 %u 行：%s"), sheet->rows[0].line, sheet->rows[0].why);
	name_columns(&finding, at, head);
	enum rc rc = mean_columns(&finding, head, fault);
	if (rc)
		return rc;
	sum_up(kind, head);
	if (!head->known)
		return fault_set(fault, RC_BAD,
			_("第 %u 行：表头里没有一列是 \"%s\" 的字段；字段名见 outpost kinds "
			  "%s，表里的列名可以用 --map 文件对上"),
			head->line, _(kind->label), kind->name);
	return RC_OK;
}
