/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads the rows that count records, compare counts with targets, and say which columns lists and
 * tables have.
 */
#include <stdlib.h>
#include <string.h>

#include "model/kinds.h"
#include "model/rules/internal.h"

/* ---- counts */

/* Of a count * is everything that was not taken back. */
static bool take_states(
	struct row_reader *reader, const struct kind *kind, const char *typed, uint32_t *mask)
{
	if (strcmp(typed, "*") != 0)
		return row_states(reader, kind, typed, mask);
	*mask = kind->states[0].code ? 0 : ~0u;
	for (unsigned n = 0; kind->states[n].code; n++)
		if (!(kind->states[n].flags & STATE_VOID))
			*mask |= 1u << n;
	return true;
}

static bool take_sum(
	struct row_reader *reader, const struct kind *kind, const char *typed, struct rule *rule)
{
	const struct field *field = field_named(kind, typed);
	if (!field || (field->type != T_NUM && field->type != T_DEC))
		return row_wrong(reader, _("sum 后面要写 %s 的一个数字字段，不是 \"%s\""),
			kind->name, typed);
	rule->summed = field->tag;
	return true;
}

static bool take_per(
	struct row_reader *reader, const struct kind *kind, const char *typed, struct rule *rule)
{
	static const char *const names[] = {"", "day", "week", "month", "year"};
	for (unsigned n = PER_DAY; n < countof(names); n++)
		if (!strcmp(names[n], typed)) {
			rule->per = (enum rule_per)n;
			return true;
		}
	const struct kind *other = row_kind(reader, typed);
	const struct field *parent = field_flagged(kind, F_PARENT);
	if (!other)
		return false;
	/* Households are told by what points to them, too. */
	bool told = kind->id == KIND_household && other->id == KIND_warning;
	if (!told && (!parent || (parent->target && parent->target != other->id)))
		return row_wrong(reader, _("%s 不属于哪条 %s，不能按它数"), kind->name, typed);
	rule->per = PER_KIND;
	rule->per_kind = other->id;
	return true;
}

bool take_count_row(struct row_reader *reader, struct rule *rule)
{
	enum { NAME = 1, KIND, STATES, REST };
	unsigned at = REST;
	if (reader->count < REST)
		return false;
	const struct kind *kind = row_kind(reader, reader->word[KIND]);
	if (!kind || !take_states(reader, kind, reader->word[STATES], &rule->states))
		return false;
	rule->name = row_text(reader, reader->word[NAME]);
	rule->kind = kind->id;
	const char *sum = row_option(reader, &at, "sum");
	if (sum && !take_sum(reader, kind, sum, rule))
		return false;
	const char *per = row_option(reader, &at, "per");
	if (per && !take_per(reader, kind, per, rule))
		return false;
	bool good = row_conditions(reader, at, kind, rule);
	rule->condition_words = 0; /* the name alone makes it the same row */
	return good;
}

/* ---- figures */

/* "KIND.FIELD", LEN bytes; the field `at` is when the record was written. */
static bool take_time(
	struct row_reader *reader, const char *typed, size_t len, unsigned *kind_id, unsigned *tag)
{
	char name[96] = "";
	memcpy(name, typed, len < sizeof name ? len : 0);
	char *dot = strchr(name, '.');
	if (!dot)
		return row_wrong(reader, _("时间要写成 种类.字段，不是 \"%s\""), typed);
	*dot = 0;
	const struct kind *kind = row_kind(reader, name);
	const struct field *field = kind ? field_named(kind, dot + 1) : NULL;
	if (!kind)
		return false;
	*kind_id = kind->id;
	*tag = field ? field->tag : 0;
	if (field ? field->type != T_TIME : strcmp(dot + 1, "at") != 0)
		return row_wrong(reader, _("%s 没有时间 \"%s\"，登记的时候写 at"), name, dot + 1);
	return true;
}

static bool take_difference(struct row_reader *reader, const char *typed, struct rule *rule)
{
	const char *minus = strchr(typed, '-');
	rule->median = true;
	if (!strncmp(typed, "ask.", strlen("ask."))) {
		rule->timed = row_text(reader, typed + strlen("ask."));
		return true;
	}
	if (!minus)
		return row_wrong(reader,
			_("median 前面要写 ask.名称 或 种类.时间-种类.时间，不是 \"%s\""), typed);
	if (!take_time(reader, typed, (size_t)(minus - typed), &rule->end_kind, &rule->end_tag) ||
		!take_time(
			reader, minus + 1, strlen(minus + 1), &rule->begin_kind, &rule->begin_tag))
		return false;
	const struct field *parent = field_flagged(kind_of(rule->end_kind), F_PARENT);
	return (parent && (!parent->target || parent->target == rule->begin_kind)) ||
	       row_wrong(reader, _("前一种记录不属于后一种，不能相减：\"%s\""), typed);
}

static bool take_target(struct row_reader *reader, const char *typed, struct rule *rule)
{
	char *end;
	rule->target = strtol(typed, &end, 10);
	return (end != typed && !*end && rule->target >= 0) ||
	       row_wrong(reader, _("target 后面要写一个整数，不是 \"%s\""), typed);
}

/* "own each below target 1" */
static bool take_each(struct row_reader *reader, unsigned *at, struct rule *rule)
{
	rule->own = *at < reader->count && !strcmp(reader->word[*at], "own");
	*at += rule->own;
	const char *each = row_option(reader, at, "each");
	if (each && (rule->bottom || rule->median))
		return row_wrong(reader, _("each 只能跟在一个 count 后面，不能再除、再取中位"));
	rule->apart = each ? row_text(reader, each) : NULL;
	const char *target = row_option(reader, at, "target");
	return target && take_target(reader, target, rule);
}

/* Until half had, or nine in ten; 0: it is another word. */
static unsigned part_named(const char *typed)
{
	enum { HALF = 50, NINE_IN_TEN = 90 };

	if (!strcmp(typed, "median"))
		return HALF;
	return strcmp(typed, "ninety") ? 0 : NINE_IN_TEN;
}

bool take_figure(struct row_reader *reader, struct rule *rule)
{
	enum { NAME = 1, TOP, REST };
	unsigned at = REST;
	if (reader->count < REST + 4)
		return false;
	rule->name = row_text(reader, reader->word[NAME]);
	const char *bottom = row_option(reader, &at, "/");
	if ((rule->part = part_named(reader->word[at]))) {
		at++;
		if (bottom || !take_difference(reader, reader->word[TOP], rule))
			return false;
	} else {
		rule->top = row_text(reader, reader->word[TOP]);
		rule->bottom = bottom ? row_text(reader, bottom) : NULL;
	}
	if (!take_each(reader, &at, rule))
		return false;
	const char *red = row_option(reader, &at, "red");
	if (red && !row_day(reader, red, &rule->red_day))
		return false;
	const char *on = row_option(reader, &at, "on");
	if (on && strspn(on, RULE_BOARDS) != strlen(on))
		return row_wrong(
			reader, _("on 后面要写看板的大写字母（%s），不是 \"%s\""), RULE_BOARDS, on);
	rule->on = on ? row_text(reader, on) : "";
	if (at + 2 > reader->count)
		return false;
	rule->zh = row_text(reader, reader->word[at]);
	rule->en = row_text(reader, reader->word[at + 1]);
	at += 2;
	if (at == reader->count)
		return true;
	if (strcmp(reader->word[at], "if") != 0)
		return false;
	bool good = row_conditions(reader, at + 1, NULL, rule);
	rule->condition_words = 0; /* the name alone makes it the same row */
	return good;
}

/* ---- columns of lists */

static bool take_tag(
	struct row_reader *reader, const struct kind *kind, const char *name, unsigned *tag)
{
	static const struct {
		const char *name;
		unsigned tag;
	} others[] = {{"number", SHOW_NUMBER}, {"state", SHOW_STATE}, {"area", SHOW_AREA},
		{"at", SHOW_AT}};
	const struct field *field = field_named(kind, name);
	*tag = field ? field->tag : 0;
	for (size_t n = 0; n < countof(others) && !field; n++)
		if (!strcmp(others[n].name, name)) {
			*tag = others[n].tag;
			return true;
		}
	return field || row_wrong(reader, _("%s 没有字段 \"%s\""), kind->name, name);
}

/* The head that begins at *AT, in quotes or not, up to the next colon; NULL: there is none. */
static const char *take_head(struct row_reader *reader, const char **at)
{
	char head[32] = "";
	const char *from = *at + (**at == '"');
	size_t len = strcspn(from, "\":");
	memcpy(head, from, len < sizeof head ? len : 0);
	*at = from + len + (from[len] == '"');
	*at += **at == ':';
	return *head ? row_text(reader, head) : NULL;
}

/* FIELD:WIDTH[:"head"[:"head in English"]] */
static bool take_column(struct row_reader *reader, const struct kind *kind, const char *typed,
	struct show_column *column)
{
	enum { WIDEST = 60 };
	char name[48] = "";
	size_t len = strcspn(typed, ":");
	char *end;
	memcpy(name, typed, len < sizeof name ? len : 0);
	column->width = (unsigned)strtoul(typed[len] ? typed + len + 1 : "", &end, 10);
	if (!*name || !typed[len] || (*end && *end != ':') || end == typed + len + 1 ||
		column->width > WIDEST)
		return row_wrong(
			reader, _("列要写成 字段:宽 或 字段:宽:\"短名\"，不是 \"%s\""), typed);
	const char *from = *end ? end + 1 : "";
	column->head = take_head(reader, &from);
	column->english = take_head(reader, &from);
	return take_tag(reader, kind, name, &column->tag);
}

/* "grade,-found_at" */
static bool take_sort(
	struct row_reader *reader, const struct kind *kind, const char *typed, struct rule *rule)
{
	for (const char *at = typed; *at;) {
		char name[48] = "";
		bool back = *at == '-';
		unsigned tag = 0;
		at += back;
		size_t len = strcspn(at, ",");
		memcpy(name, at, len < sizeof name ? len : 0);
		if (rule->sorts == RULE_SORTS)
			return row_wrong(reader, _("排序最多按%d项"), RULE_SORTS);
		if (!take_tag(reader, kind, name, &tag))
			return false;
		if (!field_of(kind, tag))
			return row_wrong(reader, _("只能按字段排序，不能按 \"%s\""), name);
		rule->sort[rule->sorts++] = back ? -(int)tag : (int)tag;
		at += len + (at[len] == ',');
	}
	return true;
}

bool take_show(struct row_reader *reader, struct rule *rule)
{
	enum { LIST = 1, KIND, REST, MOST = 10 };
	struct show_column column[MOST];
	unsigned at = REST, count = 0;
	if (reader->count <= REST)
		return false;
	if (strcmp(reader->word[LIST], "list") != 0)
		return row_wrong(reader, _("没有列表 \"%s\"（有 list）"), reader->word[LIST]);
	const struct kind *kind = row_kind(reader, reader->word[KIND]);
	rule->name = row_text(reader, reader->word[LIST]);
	rule->kind = kind ? kind->id : 0;
	for (; kind && at < reader->count && strcmp(reader->word[at], "sort") != 0; at++) {
		if (count == MOST)
			return row_wrong(reader, _("列太多，最多%d列"), MOST);
		if (!take_column(reader, kind, reader->word[at], &column[count++]))
			return false;
	}
	const char *sort = row_option(reader, &at, "sort");
	if (!kind || !count || (sort && !take_sort(reader, kind, sort, rule)))
		return false;
	struct show_column *kept = arena_get(&reader->rules->texts, count * sizeof *kept);
	memcpy(kept, column, count * sizeof *kept);
	rule->column = kept;
	rule->columns = count;
	return at == reader->count;
}

/* ---- tables of counts and figures */

/* NAME:WIDTH:"head":"head in English" */
static bool take_cell(struct row_reader *reader, const char *typed, struct table_column *column)
{
	enum { WIDEST = 30 };
	char name[48] = "";
	size_t len = strcspn(typed, ":");
	char *end;
	memcpy(name, typed, len < sizeof name ? len : 0);
	column->width = (unsigned)strtoul(typed[len] ? typed + len + 1 : "", &end, 10);
	const char *from = *end ? end + 1 : "";
	column->head = take_head(reader, &from);
	column->english = take_head(reader, &from);
	column->name = row_text(reader, name);
	return (*name && column->width && column->width <= WIDEST && column->head &&
		       column->english) ||
	       row_wrong(reader, _("列要写成 数:宽:\"短名\":\"short\"，不是 \"%s\""), typed);
}

bool take_table(struct row_reader *reader, struct rule *rule)
{
	enum { NAME = 1, FIRST, TEXTS = 2, MOST = 8 };
	struct table_column column[MOST];
	unsigned count = 0;
	if (reader->count < FIRST + 1 + TEXTS)
		return false;
	unsigned end = reader->count - TEXTS;
	if (end - FIRST > MOST)
		return row_wrong(reader, _("列太多，最多%d列"), MOST);
	for (unsigned at = FIRST; at < end; at++)
		if (!take_cell(reader, reader->word[at], &column[count++]))
			return false;
	struct table_column *kept = arena_get(&reader->rules->texts, count * sizeof *kept);
	memcpy(kept, column, count * sizeof *kept);
	rule->name = row_text(reader, reader->word[NAME]);
	rule->cell = kept;
	rule->cells = count;
	rule->zh = row_text(reader, reader->word[end]);
	rule->en = row_text(reader, reader->word[end + 1]);
	return true;
}
