/* SPDX-License-Identifier: GPL-3.0-or-later
 * Code tables, kept twice: in the order of their lists for pickers, and sorted by code for looking
 * up, which happens for every cell of a list.
 */
#include "model/codes.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/conf.h"
#include "base/digest.h"
#include "base/memory.h"
#include "model/shipped.h"

struct row {
	struct code code;
	unsigned line; /* in the file it came from */
};

struct codes {
	struct arena texts;
	struct row *rows;         /* by table, sort, line */
	const struct row **index; /* the same by table, code */
	size_t count;
	uint64_t print; /* of the files that were read, in their order */
};

/* A file while it is read. */
struct reading {
	struct arena *texts;
	struct row *rows;
	size_t count, room;
};

/* Codes that the program itself acts on: a county may rename them, not drop them. */
static const struct {
	const char *table, *codes;
} fixed[] = {
	{"hazard_grade", "G M"},
	{"risk", "1 2 3 4"},
	{"severity", "red orange yellow blue unknown"},
	{"warning_status", "actual exercise test"},
	{"msgtype", "alert update cancel"},
	{"doubt", "untied chain again"},
	{"report_stage", "first follow verified zero withdraw"},
	{"track", "owner regulator"},
	{"track_state", "assigned accepted"},
	{"result", "passed failed"},
	{"level", "village township county city province"},
	{"condition", "ok low bad"},
	{"period", "day week month quarter half year"},
	{"receipt_result", "signed"},
	{"call_result", "answered none"},
	{"relay_result", "told"},
	{"method", "phone speaker station visit"},
	{"patrol_result", "ok found"},
	{"answer_state", "received done"},
};

static int by_list(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int order = strcmp(x->code.table, y->code.table);
	if (order)
		return order;
	if (x->code.sort != y->code.sort)
		return x->code.sort < y->code.sort ? -1 : 1;
	return (x->line > y->line) - (x->line < y->line);
}

static int code_order(const struct code *code, const char *table, const char *text)
{
	int order = strcmp(code->table, table);
	return order ? order : strcmp(code->code, text);
}

static int by_code(const void *a, const void *b)
{
	const struct row *const *x = a, *const *y = b;
	return code_order(&(*x)->code, (*y)->code.table, (*y)->code.code);
}

static const struct row **index_new(struct row *rows, size_t count)
{
	const struct row **index = memory_size(NULL, count, sizeof *index);
	for (size_t i = 0; i < count; i++)
		index[i] = &rows[i];
	qsort(index, count, sizeof *index, by_code);
	return index;
}

static const struct row *lookup(
	const struct row *const *index, size_t count, const char *table, const char *text)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t mid = (low + high) / 2;
		int order = code_order(&index[mid]->code, table, text);
		if (order == 0)
			return index[mid];
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

static bool table_name(const char *name)
{
	return *name && !name[strspn(name, "abcdefghijklmnopqrstuvwxyz_0123456789")];
}

/* A code stands in lists separated by ',' and in words separated by blanks. */
static bool code_text_good(const char *code)
{
	return *code && !code[strcspn(code, ", \"=")] && strlen(code) <= 32;
}

static bool take_sort(const char *typed, size_t place, int *sort)
{
	char *end;
	long number = strtol(typed, &end, 10);
	if (*typed == 0)
		number = (long)place * 10;
	else if (*end || number < -1000000 || number > 1000000)
		return false;
	*sort = (int)number;
	return true;
}

static const char *line_wrong(const struct conf_line *line, const char *const word[7])
{
	if (line->count < 3)
		return _("至少要有表名、代码和中文名三列");
	if (line->count > 7)
		return _("多于 7 列：table code zh en parent sort source");
	if (!table_name(word[0]))
		return _("表名只能用小写字母、数字和下划线");
	if (!code_text_good(word[1]))
		return _("代码不能为空，不能有空格、逗号、等号，最多 32 字节");
	return *word[2] ? NULL : _("缺中文名");
}

static void add_row(struct reading *reading, const struct row *row)
{
	reading->rows = array_more(reading->rows, reading->count, &reading->room, sizeof *row);
	reading->rows[reading->count++] = *row;
}

static const char *keep(struct reading *reading, const char *text, const char *otherwise)
{
	return *text ? arena_text(reading->texts, text) : otherwise;
}

static bool take_line(const struct conf_line *line, void *to, const char **why)
{
	struct reading *reading = to;
	const char *word[7] = {"", "", "", "", "", "", ""};
	struct row row = {.line = line->number};
	for (unsigned i = 0; i < line->count && i < countof(word); i++)
		word[i] = line->word[i];
	*why = line_wrong(line, word);
	if (!*why && !take_sort(word[5], reading->count + 1, &row.code.sort))
		*why = _("sort 要是整数");
	if (*why)
		return false;
	/* Rows of one table share the bytes of its name. */
	const struct row *last = reading->count ? &reading->rows[reading->count - 1] : NULL;
	bool same = last && !strcmp(last->code.table, word[0]);
	row.code.table = same ? last->code.table : arena_text(reading->texts, word[0]);
	row.code.code = arena_text(reading->texts, word[1]);
	row.code.zh = arena_text(reading->texts, word[2]);
	row.code.en = keep(reading, word[3], row.code.zh);
	row.code.parent = keep(reading, word[4], "");
	add_row(reading, &row);
	return true;
}

static enum rc check_rows(
	const char *file, const struct row *const *index, size_t count, struct fault *fault)
{
	for (size_t i = 0; i < count; i++) {
		const struct row *row = index[i];
		if (i && by_code(&index[i - 1], &index[i]) == 0)
			return fault_set(fault, RC_BAD, _("%s:%u: 代码 \"%s\" 在表 \"%s\" 里重复"),
				file, row->line, row->code.code, row->code.table);
		if (!*row->code.parent)
			continue;
		/* Standing above it also keeps parents from going round in a circle. */
		const struct row *parent = lookup(index, count, row->code.table, row->code.parent);
		if (!parent || parent->line >= row->line)
			return fault_set(fault, RC_BAD, _("%s:%u: 上级代码 \"%s\" 要写在它前面"),
				file, row->line, row->code.parent);
	}
	return RC_OK;
}

static bool has_table(const struct row *const *index, size_t count, const char *table)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (strcmp(index[mid]->code.table, table) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < count && !strcmp(index[low]->code.table, table);
}

static enum rc check_fixed(
	const char *file, const struct row *const *index, size_t count, struct fault *fault)
{
	for (size_t i = 0; i < countof(fixed); i++) {
		if (!has_table(index, count, fixed[i].table))
			continue;
		for (const char *at = fixed[i].codes; *at;) {
			char code[16] = "";
			size_t len = strcspn(at, " ");
			memcpy(code, at, len < sizeof code ? len : sizeof code - 1);
			if (!lookup(index, count, fixed[i].table, code))
				return fault_set(fault, RC_BAD,
					_("%s: 表 \"%s\" 里缺少程序要用的代码 \"%s\""), file,
					fixed[i].table, code);
			at += len + strspn(at + len, " ");
		}
	}
	return RC_OK;
}

/* Rows of tables that the file does not name stay; the others are the file's. */
static void merge(struct codes *codes, struct reading *reading, const struct row *const *index)
{
	size_t own = reading->count;
	for (size_t i = 0; i < codes->count; i++) {
		if (has_table(index, own, codes->rows[i].code.table))
			continue;
		add_row(reading, &codes->rows[i]);
	}
	qsort(reading->rows, reading->count, sizeof *reading->rows, by_list);
	free(codes->rows);
	free(codes->index);
	codes->rows = reading->rows;
	codes->count = reading->count;
	codes->index = index_new(codes->rows, codes->count);
}

static struct codes *codes_new(void)
{
	struct codes *codes = memory_get(1, sizeof *codes);
	return codes;
}

enum rc codes_load(struct codes *codes, const char *file, struct bytes text, struct fault *fault)
{
	struct reading reading = {.texts = &codes->texts};
	enum rc rc = tsv_each(file, text, take_line, &reading, fault);
	if (rc) {
		free(reading.rows);
		return rc;
	}
	/* The index points into rows that merge moves: it is only good up to there. */
	struct row *read = memory_size(NULL, reading.count, sizeof *read);
	if (reading.count)
		memcpy(read, reading.rows, reading.count * sizeof *read);
	const struct row **index = index_new(read, reading.count);
	rc = check_rows(file, index, reading.count, fault);
	if (!rc)
		rc = check_fixed(file, index, reading.count, fault);
	if (!rc) {
		merge(codes, &reading, index);
		codes->print = digest(codes->print, text);
	} else {
		free(reading.rows);
	}
	free(index);
	free(read);
	return rc;
}

struct codes *codes_now(void)
{
	/* The one set of tables of this process: labels are wanted everywhere, and they never
	 * differ within it. */
	static struct codes *now;
	struct fault fault;
	if (now)
		return now;
	now = codes_new();
	if (codes_load(now, "codes.tsv", shipped_file("codes.tsv"), &fault))
		die("%s", fault.text);
	return now;
}

uint64_t codes_print(void)
{
	return codes_now()->print;
}

const struct code *code_find(const char *table, const char *code)
{
	struct codes *codes = codes_now();
	const struct row *row = lookup(codes->index, codes->count, table, code);
	return row ? &row->code : NULL;
}

static bool label_is(const char *label, const char *typed)
{
	/* zh: the dot parts a colour from its meaning, and either is enough to name the row */
	static const char dot[] = "·";

	if (!strcasecmp(label, typed))
		return true;
	const char *at = strstr(label, dot);
	if (!at)
		return false;
	size_t len = (size_t)(at - label);
	return (strlen(typed) == len && !memcmp(label, typed, len)) ||
	       !strcmp(at + sizeof dot - 1, typed);
}

const struct code *code_named(const char *table, const char *typed)
{
	const struct code *code = code_find(table, typed);
	if (code)
		return code;
	while ((code = code_each(table, NULL, code)))
		if (!strcasecmp(code->code, typed) || label_is(code->zh, typed) ||
			label_is(code->en, typed))
			return code;
	return NULL;
}

const struct code *code_each(const char *table, const char *parent, const struct code *after)
{
	struct codes *codes = codes_now();
	size_t at = 0;
	if (after) {
		/* A row's code is its first member. */
		at = (size_t)((const struct row *)(const void *)after - codes->rows) + 1;
	} else {
		for (size_t high = codes->count; at < high;) {
			size_t mid = (at + high) / 2;
			if (strcmp(codes->rows[mid].code.table, table) < 0)
				at = mid + 1;
			else
				high = mid;
		}
	}
	for (; at < codes->count && !strcmp(codes->rows[at].code.table, table); at++)
		if (!parent || !strcmp(codes->rows[at].code.parent, parent))
			return &codes->rows[at].code;
	return NULL;
}

const struct code *code_inside(const char *table, const char *text)
{
	const struct code *found = NULL;
	for (const struct code *code = NULL; (code = code_each(table, NULL, code));)
		if (strstr(text, code->code) &&
			(!found || strlen(code->code) > strlen(found->code)))
			found = code;
	return found;
}

const struct code *code_nth(const char *table, unsigned n)
{
	const struct code *code = n ? code_each(table, NULL, NULL) : NULL;
	while (code && --n)
		code = code_each(table, NULL, code);
	return code;
}

const char *code_label(const struct code *code)
{
	return words_english() ? code->en : code->zh;
}

const char *code_text(const char *table, const char *code)
{
	const struct code *row = code_find(table, code);
	return row ? code_label(row) : code;
}
