/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lists of places. Names stand before a county's people on every screen, so one bad line refuses
 * the whole list and leaves the old one as it was.
 */
#include "app/areas.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "format/charset.h"
#include "format/csv.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/memory.h"
#include "base/text.h"
#include "model/area.h"

struct area_line {
	uint64_t area;
	const char *name;
};

/* zh: what heads the two columns */
static const char *const code_heads[] = {
	"code", "编码", "代码", "区划代码", "行政区划代码", "统计用区划代码"};
static const char *const name_heads[] = {"name", "名称", "区划名称"};

/* zh: what other headings of the two hold */
static const char code_part[] = "区划代码", name_part[] = "名称";

struct columns {
	unsigned code, name;
	bool known;
};

static bool is_head(const char *const *heads, size_t count, const char *part, const char *cell)
{
	for (size_t i = 0; i < count; i++)
		if (strcasecmp(heads[i], cell) == 0)
			return true;
	return strstr(cell, part);
}

static bool has_number(const struct csv_row *row)
{
	for (unsigned i = 0; i < row->count; i++)
		if (row->cell[i][0] >= '0' && row->cell[i][0] <= '9')
			return true;
	return false;
}

/* A heading tells which columns; one in other words only that it is none of the rows. */
static bool heading(const struct csv_row *row, struct columns *columns)
{
	bool has_code = false, has_name = false;

	for (unsigned i = 0; i < row->count; i++) {
		const char *cell = row->cell[i] + strspn(row->cell[i], "#: ");

		if (!has_code && is_head(code_heads, countof(code_heads), code_part, cell)) {
			columns->code = i;
			has_code = true;
		} else if (!has_name && is_head(name_heads, countof(name_heads), name_part, cell)) {
			columns->name = i;
			has_name = true;
		}
	}
	columns->known = has_code && has_name;
	return columns->known || (row->count > 1 && !has_number(row));
}

/* A cell that holds a name, and no number. */
static bool is_name(const char *cell)
{
	return cell[strspn(cell, "0123456789 .,-/")];
}

static bool is_code(const char *cell)
{
	uint64_t area;
	const char *why;

	return area_parse(cell, &area, &why);
}

/* Without a heading the first row tells: the name is the column that holds one, whatever stands
 * between. */
static void columns_guess(const struct csv_row *row, struct columns *columns)
{
	unsigned code = 0, name = 0;

	while (code < row->count && !is_code(row->cell[code]))
		code++;
	while (name < row->count && (name == code || !is_name(row->cell[name])))
		name++;
	*columns = (struct columns){0, 1, true};
	if (code < row->count)
		columns->code = code;
	if (name < row->count)
		columns->name = name;
}

static void add(struct areas *areas, uint64_t area, const char *name)
{
	areas->lines = array_more(areas->lines, areas->count, &areas->room, sizeof *areas->lines);
	areas->lines[areas->count++] = (struct area_line){area, name};
	areas->sorted = false;
}

/* China's lists nest: a code stands below PREFIX when it begins with it. */
static bool below(uint64_t area, const char *prefix)
{
	char digits[16];

	area_show(area, digits);
	return strncmp(digits, prefix, strlen(prefix)) == 0;
}

static bool line_take(struct areas *areas, const struct csv_row *row, const struct columns *columns,
	const char *prefix, const char **why)
{
	unsigned code = columns->code, name = columns->name;
	struct buf clean = {0};
	uint64_t area;
	bool good = false;

	if (row->count <= code || row->count <= name) {
		*why = _("应有代码和名称两列");
		return false;
	}
	if (!area_parse(row->cell[code], &area, why))
		return false;
	if (!text_clean(row->cell[name], strlen(row->cell[name]), false, &clean) || !clean.len)
		*why = _("没有名称");
	else if (!is_name(buf_cstr(&clean)))
		*why = _("名称一栏是数字：请在首行写明代码和名称各在哪一列");
	else if (clean.len > LIMIT_NAME)
		*why = _("名称太长：最多 100 字节");
	else
		good = true;
	if (good && below(area, prefix))
		add(areas, area, arena_text(&areas->arena, buf_cstr(&clean)));
	buf_release(&clean);
	return good;
}

static int by_code(const void *a, const void *b)
{
	const struct area_line *x = a, *y = b;

	return x->area < y->area ? -1 : x->area > y->area;
}

/* By code; the same line twice is one. */
static void sort(struct areas *areas)
{
	size_t out = 0;

	if (areas->sorted || !areas->count)
		return;
	qsort(areas->lines, areas->count, sizeof(*areas->lines), by_code);
	for (size_t i = 1; i < areas->count; i++)
		if (areas->lines[i].area != areas->lines[out].area)
			areas->lines[++out] = areas->lines[i];
	areas->count = out + 1;
	areas->sorted = true;
}

/* The same place under two names in one import is a mistake that nobody can see later. */
static enum rc check(struct areas *areas, const char *file, struct fault *fault)
{
	if (!areas->count)
		return RC_OK;
	qsort(areas->lines, areas->count, sizeof(*areas->lines), by_code);
	for (size_t i = 1; i < areas->count; i++) {
		const struct area_line *a = &areas->lines[i - 1], *b = &areas->lines[i];
		char digits[16];

		if (a->area != b->area || strcmp(a->name, b->name) == 0)
			continue;
		area_show(a->area, digits);
		return fault_set(fault, RC_BAD, _("%s: 代码 \"%s\" 有两个名称：\"%s\" 和 \"%s\""),
			file, digits, a->name, b->name);
	}
	sort(areas);
	return RC_OK;
}

/* Lines of comment before the list must not decide what parts its cells. */
static void start(struct csv *csv, struct bytes text)
{
	unsigned line = 1;

	for (; text.len && text.at[0] == '#'; line++) {
		const uint8_t *end = memchr(text.at, '\n', text.len);
		size_t len = end ? (size_t)(end - text.at) + 1 : text.len;

		text = bytes_of(text.at + len, text.len - len);
	}
	csv_start(csv, text);
	csv->line = line;
}

static enum rc rows(struct areas *areas, const char *file, struct bytes text, const char *prefix,
	struct fault *fault)
{
	struct csv csv;
	struct csv_row row;
	struct columns columns = {0, 1, false};
	bool first = true;
	const char *why = NULL;
	enum csv_read got;
	enum rc rc = RC_OK;

	start(&csv, text);
	while (rc == RC_OK && (got = csv_next(&csv, &row, &why)) != CSV_END) {
		bool head = got == CSV_ROW && first && heading(&row, &columns);

		first = false;
		if (got == CSV_ROW && (head || row.cell[0][0] == '#'))
			continue;
		if (got == CSV_ROW && !columns.known)
			columns_guess(&row, &columns);
		if (got == CSV_BAD || !line_take(areas, &row, &columns, prefix, &why))
			rc = fault_set(fault, RC_BAD, "%s:%u: %s", file, row.line, why);
		else if (areas->count > AREAS_MOST)
			rc = fault_set(
				fault, RC_BAD, _("%s: 地名太多，请用 --prefix 只取一个地区"), file);
	}
	csv_release(&csv);
	return rc;
}

enum rc areas_read(struct areas *areas, const char *file, struct bytes text, const char *prefix,
	struct fault *fault)
{
	struct buf room = {0};
	struct fault inner = {0};
	struct charset_lost lost;
	enum rc rc = charset_table(text, &room, &text, &lost, &inner);

	if (rc == RC_OK && lost.count)
		rc = fault_set(&inner, RC_BAD, _("第 %u 行：有不成字的字节"), lost.line);

	if (rc != RC_OK)
		rc = fault_set(fault, rc, "%s: %s", file, inner.text);
	else
		rc = rows(areas, file, text, prefix, fault);
	if (rc == RC_OK)
		rc = check(areas, file, fault);
	buf_release(&room);
	return rc;
}

void areas_put(struct areas *areas, struct buf *out)
{
	sort(areas);
	buf_text(out, "#: code name\n");
	for (size_t i = 0; i < areas->count; i++) {
		char digits[16];

		area_show(areas->lines[i].area, digits);
		buf_fmt(out, "%s\t%s\n", digits, areas->lines[i].name);
	}
}

void areas_name(struct areas *areas, char name[8])
{
	char first[16], last[16];
	size_t same = 0, from = 0;

	sort(areas);
	/* A province or city that heads its own list does not widen it. */
	while (from + 1 < areas->count &&
		area_within(areas->lines[from + 1].area, areas->lines[from].area) &&
		area_within(areas->lines[areas->count - 1].area, areas->lines[from].area) &&
		area_digits(areas->lines[from].area) < 4)
		from++;
	snprintf(name, 8, "all");
	if (!areas->count)
		return;
	area_show(areas->lines[from].area, first);
	area_show(areas->lines[areas->count - 1].area, last);
	while (same < 6 && first[same] == last[same])
		same++;
	same &= ~(size_t)1;
	if (same)
		snprintf(name, 8, "%.*s", (int)same, first);
}

/* What the stored list has and this one has not stays. */
static enum rc lay_over(struct areas *areas, const char *path, struct fault *fault)
{
	struct areas old = {.lines = NULL};
	struct buf text = {0};
	size_t fresh;
	enum rc rc = file_read_own(path, AREAS_FILE, &text, fault);

	if (rc == RC_OK)
		rc = areas_read(&old, path, buf_bytes(&text), "", fault);
	else if (rc == RC_NONE)
		rc = RC_OK;
	sort(areas);
	fresh = areas->count;
	for (size_t i = 0; i < old.count && rc == RC_OK; i++) {
		const struct area_line *o = &old.lines[i];

		if (!bsearch(o, areas->lines, fresh, sizeof(*o), by_code))
			add(areas, o->area, arena_text(&areas->arena, o->name));
	}
	areas_release(&old);
	buf_release(&text);
	return rc;
}

enum rc areas_store(struct areas *areas, const char *home, struct buf *path, struct fault *fault)
{
	struct buf text = {0};
	char name[8];
	enum rc rc;

	areas_name(areas, name);
	buf_fmt(path, "%s/areas", home);
	rc = file_folder(buf_cstr(path), 0700, fault);
	buf_fmt(path, "/%s.tsv", name);
	if (rc == RC_OK)
		rc = lay_over(areas, buf_cstr(path), fault);
	if (rc == RC_OK) {
		areas_put(areas, &text);
		rc = file_write(buf_cstr(path), buf_bytes(&text), 0600, fault);
	}
	buf_release(&text);
	return rc;
}

void areas_release(struct areas *areas)
{
	free(areas->lines);
	arena_release(&areas->arena);
	*areas = (struct areas){.lines = NULL};
}
