/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads what stands on the right of a condition: a number, a field, a limit, a count.
 */
#include "model/kinds.h"
#include "model/rules/internal.h"

#include <stdlib.h>
#include <string.h>

#include "model/codes.h"

enum { MILLI = 1000 };

bool cond_copy(char *out, size_t room, const char *from, size_t len)
{
	if (len >= room)
		return false;
	memcpy(out, from, len);
	out[len] = 0;
	return true;
}

const struct field *cond_field(struct row_reader *reader, const struct kind *kind, const char *name)
{
	const struct field *field = kind ? field_named(kind, name) : NULL;
	for (const struct field *arg = step_args; kind && !field && arg->tag; arg++)
		if (!strcmp(arg->name, name))
			field = arg;
	if (!field && kind)
		row_wrong(reader, _("%s 没有字段 \"%s\""), kind->name, name);
	else if (!field)
		row_wrong(reader, _("种类写 * 时，条件里不能写字段 \"%s\""), name);
	return field;
}

/* A code that the field's table does not have is a slip of the pen. */
static bool known_codes(struct row_reader *reader, const struct field *field, const char *typed)
{
	char code[32];
	for (const char *at = typed; *at;) {
		size_t len = strcspn(at, ",");
		if (!cond_copy(code, sizeof code, at, len) || !code_find(field->codes, code))
			return row_wrong(reader, _("字段 \"%s\" 没有代码 \"%s\""), field->name, at);
		at += len + (at[len] == ',');
	}
	return true;
}

bool cond_codes(struct row_reader *reader, const struct field *field, const char *typed,
	struct condition *to)
{
	bool coded = field->type == T_CODE || field->type == T_CODES;
	bool number = field->type == T_NUM || field->type == T_DEC || field->type == T_BOOL;
	to->how = !strcmp(typed, "?") ? '?' : '=';
	to->codes = row_text(reader, typed);
	if (!*typed)
		return row_wrong(reader, _("字段 \"%s\" 后面没有写值"), field->name);
	if (to->how == '?' || number)
		return true;
	if (!coded)
		return row_wrong(reader, _("字段 \"%s\" 不是代码或数字，只能写 =?"), field->name);
	return known_codes(reader, field, typed);
}

/* ---- what stands behind < and > */

/* Cuts TEXT where MARK is, and gives what stands behind; NULL: there is none. */
static char *cut_at(char *text, char mark)
{
	char *at = strchr(text, mark);
	if (at)
		*at++ = 0;
	return at;
}

static bool take_since(struct row_reader *reader, const char *period, struct term_value *out)
{
	out->since = row_text(reader, period);
	return code_find("period", period) || row_wrong(reader, _("没有周期 \"%s\""), period);
}

/* "KIND field=value" or "KIND.field" between the brackets; "KIND@quarter" those of this one. */
static bool take_count(
	struct row_reader *reader, const char *inside, bool sum, struct term_value *out)
{
	char name[48], rest[COND_ROOM];
	size_t len = strcspn(inside, sum ? "." : " ");
	if (!cond_copy(name, sizeof name, inside, len) ||
		!cond_copy(rest, sizeof rest, inside + len + (inside[len] != 0),
			strlen(inside + len + (inside[len] != 0))))
		return row_wrong(reader, _("\"%s\" 太长"), inside);
	const char *since = cut_at(name, '@');
	const struct kind *kind = row_kind(reader, name);
	const struct field *field = NULL;
	char *equals = strchr(rest, '=');
	if (!kind)
		return false;
	*out = (struct term_value){.term = TERM_COUNT, .kind = kind->id};
	if (since && !take_since(reader, since, out))
		return false;
	if (equals && !sum)
		*equals = 0;
	if (*rest && !(field = cond_field(reader, kind, rest)))
		return false;
	if (sum && !field)
		return row_wrong(reader, _("要写成 sum(种类.字段)"));
	if (sum)
		out->tag = field->tag;
	else if (field) {
		out->by = field->tag;
		out->text = row_text(reader, equals ? equals + 1 : "");
	}
	return true;
}

/* "field=code,code" behind the kind of a ledger. */
static bool take_which(
	struct row_reader *reader, const struct kind *kind, char *which, struct term_value *out)
{
	struct condition codes = {.how = '='};
	const char *typed = cut_at(which, '=');
	const struct field *by = *which ? cond_field(reader, kind, which) : NULL;
	if (*which && (!by || !cond_codes(reader, by, typed ? typed : "", &codes)))
		return false;
	out->by = by ? by->tag : 0;
	out->text = codes.codes;
	return true;
}

/* "KIND.field field=code,code" between the brackets; what is summed, and which, may be left out. */
static bool take_ledger(struct row_reader *reader, const char *inside, struct term_value *out)
{
	char name[48], which[COND_ROOM];
	const char *blank = inside + strcspn(inside, " ");
	if (!cond_copy(name, sizeof name, inside, (size_t)(blank - inside)) ||
		!cond_copy(
			which, sizeof which, blank + (*blank != 0), strlen(blank + (*blank != 0))))
		return row_wrong(reader, _("\"%s\" 太长"), inside);
	const char *tag = cut_at(name, '.');
	const struct kind *kind = row_kind(reader, name);
	const struct field *summed = kind && tag ? cond_field(reader, kind, tag) : NULL;
	if (!kind || (tag && !summed))
		return false;
	*out = (struct term_value){.term = TERM_COUNT,
		.kind = kind->id,
		.ledger = true,
		.tag = summed ? summed->tag : 0};
	return take_which(reader, kind, which, out);
}

/* What stands before the bracket, and how what is inside is read. */
bool cond_is_count(const char *typed, char *how, const char **inside)
{
	static const char *const names[] = {"count(", "sum(", "ledger("};
	for (size_t n = 0; n < countof(names); n++)
		if (!strncmp(typed, names[n], strlen(names[n]))) {
			*how = *names[n];
			*inside = typed + strlen(names[n]);
			return true;
		}
	return false;
}

bool cond_bracket(
	struct row_reader *reader, const char *typed, struct term_value *out, const char **rest)
{
	char inside[COND_ROOM];
	const char *from = typed;
	char how = 0;
	cond_is_count(typed, &how, &from);
	const char *end = strchr(from, ')');
	if (!end || !cond_copy(inside, sizeof inside, from, (size_t)(end - from)))
		return row_wrong(reader, _("\"%s\" 的括号没有配对"), typed);
	*rest = end + 1;
	return how == 'l' ? take_ledger(reader, inside, out)
			  : take_count(reader, inside, how == 's', out);
}

/* "field", "any", "field+0.3" */
static bool take_before(struct row_reader *reader, const struct kind *kind, const char *typed,
	struct term_value *out)
{
	char name[48];
	size_t len = strcspn(typed, "+");
	char *end = NULL;
	double more = typed[len] ? strtod(typed + len + 1, &end) : 0;
	if (!cond_copy(name, sizeof name, typed, len) || (end && *end))
		return row_wrong(reader, _("\"%s\" 太长"), typed);
	const struct field *field = strcmp(name, "any") ? cond_field(reader, kind, name) : NULL;
	*out = (struct term_value){.term = TERM_BEFORE,
		.tag = field ? field->tag : 0,
		.number = (int64_t)(more * MILLI)};
	return field || !strcmp(name, "any");
}

static bool take_dotted(struct row_reader *reader, const struct kind *kind, const char *name,
	const char *dot, struct term_value *out)
{
	char first[48];
	cond_copy(first, sizeof first, name,
		(size_t)(dot - name) < sizeof first ? (size_t)(dot - name) : 0);
	if (!strcmp(first, "prev"))
		return take_before(reader, kind, dot + 1, out);
	const struct field *pointer = cond_field(reader, kind, first);
	if (!pointer)
		return false;
	const struct field *other =
		pointer->target ? cond_field(reader, kind_of(pointer->target), dot + 1) : NULL;
	*out = (struct term_value){
		.term = TERM_OTHER, .tag = pointer->tag, .other = other ? other->tag : 0};
	if (!pointer->target)
		row_wrong(reader, _("字段 \"%s\" 不指向另一条记录"), first);
	return other;
}

/* "today", "today-30" */
static bool is_today(const char *typed, struct term_value *out)
{
	enum { FARTHEST = 40000 };
	char *end;
	if (strncmp(typed, "today", strlen("today")) != 0)
		return false;
	typed += strlen("today");
	long days = strtol(typed, &end, 10);
	*out = (struct term_value){.term = TERM_TODAY, .number = days * MILLI};
	return !*typed || (strchr("+-", *typed) && !*end && end != typed && days > -FARTHEST &&
				  days < FARTHEST);
}

bool cond_value(struct row_reader *reader, const struct kind *kind, const char *typed,
	struct term_value *out)
{
	char *end;
	double number = strtod(typed, &end);
	const char *dot, *rest;
	char sum;
	*out = (struct term_value){.term = TERM_NUMBER, .number = (int64_t)(number * MILLI)};
	if (end != typed && !*end)
		return true;
	if (is_today(typed, out))
		return true;
	if (!strcmp(typed, "prev")) {
		out->term = TERM_BEFORE;
		return true;
	}
	if (!strncmp(typed, "limit:", 6)) {
		*out = (struct term_value){.term = TERM_LIMIT, .text = row_text(reader, typed + 6)};
		return true;
	}
	if (cond_is_count(typed, &sum, &rest))
		return cond_bracket(reader, typed, out, &rest) &&
		       (!*rest || row_wrong(reader, _("\"%s\"：括号后面不能再写"), typed));
	if ((dot = strchr(typed, '.')))
		return take_dotted(reader, kind, typed, dot, out);
	const struct field *field = cond_field(reader, kind, typed);
	*out = (struct term_value){.term = TERM_FIELD, .tag = field ? field->tag : 0};
	return field;
}
