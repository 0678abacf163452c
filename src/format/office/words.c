/* SPDX-License-Identifier: GPL-3.0-or-later
 * The words of config/office.tsv: read, checked and looked up. Later lines win, so that a county's
 * file lies over the shipped one.
 */
#include "format/office.h"

#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "base/memory.h"
#include "model/codes.h"
#include "model/shipped.h"

enum sort { HEADING, CODE, ROW, BLANK, UNIT, CARRY, KEY, SORTS };

struct word {
	const char *where, *word, *means; /* word is plain */
	double factor;
};

static const char *const names[SORTS] = {"heading", "code", "row", "blank", "unit", "carry", "key"};
static const char *const rows[] = {
	[OFFICE_TOTAL] = "total", [OFFICE_SIGN] = "sign", [OFFICE_NOTE] = "note"};

struct words {
	struct arena arena;
	struct word *all[SORTS];
	size_t count[SORTS], room[SORTS];
};

struct reading {
	struct words *to;
	bool own; /* a county's: what it names must be there */
};

/* ---- checks, one a sort */

static const char *const owns[] = {
	"area", "at", "by", "ref", "number", OFFICE_PLACE, OFFICE_ANSWER, "-"};

bool office_own(const char *name)
{
	for (size_t i = 0; i < countof(owns); i++)
		if (!strcmp(owns[i], name))
			return true;
	return false;
}

static bool kind_has(const char *where, const char *field)
{
	const struct kind *kind = kind_named(where);

	if (office_own(field))
		return kind || !strcmp(where, "*");
	if (kind)
		return field_named(kind, field) != NULL;
	for (unsigned i = 0; !strcmp(where, "*") && i < kinds_count; i++)
		if (field_named(&kinds[i], field))
			return true;
	return false;
}

static const char *heading_wrong(const struct word *word)
{
	return kind_has(word->where, word->means) ? NULL : _("没有这个种类或字段");
}

static const char *code_wrong(const struct word *word)
{
	return code_find(word->where, word->means) ? NULL : _("没有这个代码表或代码");
}

static const char *row_wrong(const struct word *word)
{
	for (size_t i = OFFICE_TOTAL; i < countof(rows); i++)
		if (!strcmp(rows[i], word->where))
			return NULL;
	return _("第二列应是 total、sign 或 note");
}

static const char *unit_wrong(const struct word *word)
{
	return word->factor > 0 ? NULL : _("第四列应是大于 0 的数");
}

static const char *fields_wrong(const struct word *word)
{
	char name[LIMIT_LINE];

	for (const char *at = word->word; *at;) {
		size_t len = strcspn(at, " ");

		bytes_into(name, sizeof(name), bytes_of(at, len));
		if (!kind_named(word->where) || !kind_has(word->where, name))
			return _("没有这个种类或字段");
		at += len + strspn(at + len, " ");
	}
	return NULL;
}

static const char *(*const wrong[SORTS])(const struct word *) = {
	[HEADING] = heading_wrong,
	[CODE] = code_wrong,
	[ROW] = row_wrong,
	[UNIT] = unit_wrong,
	[CARRY] = fields_wrong,
	[KEY] = fields_wrong,
};

/* ---- reading */

static double factor_of(const char *typed)
{
	char *end;
	double factor = *typed ? strtod(typed, &end) : 1;

	return !*typed || !*end ? factor : 0;
}

static bool take_line(const struct conf_line *line, void *to, const char **why)
{
	struct reading *reading = to;
	struct words *table = reading->to;
	struct buf plain = {0};
	unsigned sort = 0;

	while (sort < SORTS && strcmp(names[sort], line->word[0]) != 0)
		sort++;
	*why = _("应是 heading、code、row、blank、unit、carry 或 key 开头的三到四列");
	if (sort == SORTS || line->count < 3 || line->count > 4 || !*line->word[2])
		return false;
	if (sort == CARRY || sort == KEY)
		buf_text(&plain, line->word[2]);
	else
		office_bare(line->word[2], &plain, NULL);
	if (!plain.len)
		buf_text(&plain, line->word[2]);

	struct word word = {arena_text(&table->arena, line->word[1]),
		arena_text(&table->arena, buf_cstr(&plain)),
		arena_text(&table->arena, line->count > 3 ? line->word[3] : ""), 1};
	buf_release(&plain);
	if (sort == UNIT)
		word.factor = factor_of(word.means);
	*why = reading->own && wrong[sort] ? wrong[sort](&word) : NULL;
	if (*why)
		return false;
	table->all[sort] = array_more(
		table->all[sort], table->count[sort], &table->room[sort], sizeof(struct word));
	table->all[sort][table->count[sort]++] = word;
	return true;
}

/* The one set of words of this process, as of its codes. */
static struct words *words_now(void)
{
	static struct words *now;
	struct fault fault;

	if (now)
		return now;
	now = memory_get(1, sizeof(*now));
	if (tsv_each("office.tsv", shipped_file("office.tsv"), take_line,
		    &(struct reading){now, false}, &fault))
		die("%s", fault.text);
	return now;
}

enum rc office_load(const char *file, struct bytes text, struct fault *fault)
{
	struct words *table = words_now();
	size_t before[SORTS];

	memcpy(before, table->count, sizeof(before));
	enum rc rc = tsv_each(file, text, take_line, &(struct reading){table, true}, fault);
	if (rc)
		memcpy(table->count, before, sizeof(before));
	return rc;
}

/* ---- looking up */

static const struct word *find(enum sort sort, const char *where, const char *plain)
{
	const struct words *table = words_now();

	for (size_t i = table->count[sort]; i-- > 0;) {
		const struct word *word = &table->all[sort][i];

		if (*word->word == *plain && !strcmp(word->word, plain) &&
			!strcmp(word->where, where))
			return word;
	}
	return NULL;
}

static bool label_like(const struct field *field, const char *plain, bool bare)
{
	const char *const labels[] = {field->name, field->label, _(field->label)};
	struct buf label = {0};
	bool like = false;

	for (size_t i = 0; i < countof(labels) && !like; i++) {
		buf_clear(&label);
		if (bare)
			office_bare(labels[i], &label, NULL);
		else
			office_plain(labels[i], &label);
		like = !strcmp(buf_cstr(&label), plain);
	}
	buf_release(&label);
	return like;
}

static const char *by_label(const struct kind *kind, const char *plain, bool bare)
{
	for (const struct field *f = kind->fields; f->tag; f++)
		if (label_like(f, plain, bare))
			return f->flags & F_FOLD ? "-" : f->name;
	for (size_t i = 0; i + 1 < countof(owns); i++)
		if (!strcmp(owns[i], plain))
			return owns[i];
	return NULL;
}

static const char *by_word(const struct kind *kind, const char *plain)
{
	const struct word *word = find(HEADING, kind->name, plain);

	if (!word)
		word = find(HEADING, "*", plain);
	if (!word || (!office_own(word->means) && !field_named(kind, word->means)))
		return NULL;
	if (!strcmp(word->means, OFFICE_PLACE) && !field_named(kind, "lon"))
		return NULL;
	return word->means;
}

/* zh: 是否五保, 五保户（是/否）, 五保 */
const char *office_asks(const struct kind *kind, const char *heading, const char **code)
{
	static const char *const asking[] = {"是否为", "是否是", "是否属于", "是否", "是不是"};
	struct buf bare = {0};
	const char *name = NULL, *word;

	office_bare(heading, &bare, NULL);
	word = buf_cstr(&bare);
	for (size_t i = 0; i < countof(asking); i++)
		if (!strncmp(word, asking[i], strlen(asking[i]))) {
			word += strlen(asking[i]);
			break;
		}
	for (const struct field *f = kind->fields; f->tag && !name && *word; f++) {
		const struct code *is = f->type == T_CODES ? code_named(f->codes, word) : NULL;

		*code = is ? is->code : f->type == T_CODES ? office_code(f->codes, word) : NULL;
		name = *code ? f->name : NULL;
	}
	buf_release(&bare);
	return name;
}

static const char *by_one_word(const struct kind *kind, const char *plain)
{
	const char *name = by_label(kind, plain, true);

	return name ? name : by_word(kind, plain);
}

/* zh: 避难场所, 演练名称: what it is called, by what it is */
static const char *by_kind(const struct kind *kind, const char *plain)
{
	static const char *const behind[] = {"", "名称", "名"};
	const char *const labels[] = {kind->label, kind->plural};
	const struct field *title = field_flagged(kind, F_TITLE);

	for (size_t i = 0; title && i < countof(labels); i++) {
		size_t len = strlen(labels[i]);

		for (size_t b = 0; !strncmp(plain, labels[i], len) && b < countof(behind); b++)
			if (!strcmp(plain + len, behind[b]))
				return title->name;
	}
	return NULL;
}

/* 规格/型号: two words for one field; 负责人/电话: whose number stands in the same cell. */
static const char *by_two_words(const struct kind *kind, const char *plain)
{
	const char *both = strchr(plain, '/'), *first, *second;
	char word[LIMIT_NAME];

	if (!both)
		return NULL;
	bytes_into(word, sizeof(word), bytes_of(plain, (size_t)(both - plain)));
	first = by_one_word(kind, word);
	second = by_one_word(kind, both + 1);
	if (!first || !second)
		return NULL;
	return !strcmp(first, second) || !strcmp(second, "phone") ? first : NULL;
}

const char *office_field(const struct kind *kind, const char *heading, unsigned *rank)
{
	struct buf text = {0}, plain = {0}, bare = {0}, inside = {0};
	const char *name;

	office_unwrap(heading, &text);
	office_plain(buf_cstr(&text), &plain);
	office_bare(buf_cstr(&text), &bare, &inside);
	if (!bare.len)
		buf_put(&bare, inside.at, inside.len);
	*rank = 3;
	name = by_label(kind, buf_cstr(&plain), false);
	if (!name && bare.len) {
		*rank = 2;
		name = by_label(kind, buf_cstr(&bare), true);
	}
	if (!name && bare.len) {
		*rank = 1;
		name = by_word(kind, buf_cstr(&bare));
		if (!name)
			name = by_two_words(kind, buf_cstr(&bare));
		if (!name)
			name = by_kind(kind, buf_cstr(&bare));
	}
	buf_release(&text);
	buf_release(&plain);
	buf_release(&bare);
	buf_release(&inside);
	return name;
}

const char *office_code(const char *table, const char *word)
{
	const struct word *row = find(CODE, table, word);

	return row && code_find(table, row->means) ? row->means : NULL;
}

bool office_blank(const char *plain)
{
	return find(BLANK, "*", plain) != NULL;
}

bool office_factor(const char *base, const char *word, double *factor)
{
	const struct word *row = find(UNIT, *base ? base : "*", word);
	bool same = *base && !strcmp(base, word);

	if (row || same)
		*factor = row ? row->factor : 1;
	return row || same;
}

bool office_carried(const struct kind *kind, const char *field)
{
	return find(CARRY, kind->name, field) != NULL;
}

const char *office_key(const struct kind *kind, unsigned n)
{
	const struct words *table = words_now();

	for (size_t i = 0; i < table->count[KEY]; i++)
		if (!strcmp(table->all[KEY][i].where, kind->name) && n-- == 0)
			return table->all[KEY][i].word;
	return NULL;
}

/* Totals also end with their word: "东头小计". */
static bool ends_with(struct bytes plain, const char *word, size_t tail)
{
	return plain.len >= tail && !memcmp(plain.at + plain.len - tail, word, tail);
}

static enum office_row row_of(const struct word *word)
{
	unsigned what = OFFICE_TOTAL;

	while (strcmp(rows[what], word->where) != 0)
		what++;
	return what;
}

enum office_row office_begins(const char *cell, bool *alone)
{
	const struct words *table = words_now();
	struct buf plain = {0};
	unsigned is = OFFICE_RECORD;

	*alone = false;
	office_plain(cell, &plain);
	const char *text = buf_cstr(&plain);
	for (size_t i = 0; i < table->count[ROW] && !*alone; i++) {
		const struct word *word = &table->all[ROW][i];
		size_t len = strlen(word->word);
		bool begins = !strncmp(text, word->word, len);

		*alone = begins && !text[len];
		if ((begins && strchr(":(0123456789", text[len])) ||
			(ends_with(buf_bytes(&plain), word->word, len) &&
				row_of(word) == OFFICE_TOTAL))
			is = row_of(word);
	}
	buf_release(&plain);
	return is;
}
