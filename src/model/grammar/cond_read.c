/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads the conditions at the end of a row:
 *
 *   f=a,b  f!=a  f=?  f<n  f>n  f<=n  f>=n   a field; ? = it is blank
 *   any<prev.any any>0                       one of the record's numbers
 *   late  mine  !mine  answered              is it late, is it ours, has this station answered
 *   escalated                                does a row escalate have people called for it by now
 *   left<20m  age>2h                         time until the limit, time since it began
 *   again<n                                  days since the one before it, where it is new and
 *                                            there is one
 *   season=flood  response<=3                what is on here and now
 *   here=county                              is this a station of that level
 *   user=to  user!=to                        is who writes the person in that field
 *   changed=f,g                              one of these fields had another value and is written
 *   item:LPG.4=y,n                           how item 4 of the checklist LPG was answered: y n a
 * over count(KIND field=value)>0                how many records of KIND that belong to this one,
 * or lie in its area; count(KIND@quarter) those of this quarter (month, half, year) alone
 *
 * n is a number, a field, prev.field, prev.field+number, field.field of the record that the first
 * points to, limit:NAME, today-30 (a date so many days away), count(…), sum(KIND.field),
 * ledger(KIND field=code,code) or ledger(KIND.field field=code).
 */
#include "model/kinds.h"
#include "model/rules/internal.h"

#include <stdlib.h>
#include <string.h>

#include "model/answers.h"
#include "model/codes.h"

enum { COND_ROOM = 120, MILLI = 1000 };

static bool copy(char *out, size_t room, const char *from, size_t len)
{
	if (len >= room)
		return false;
	memcpy(out, from, len);
	out[len] = 0;
	return true;
}

static const struct field *field_here(
	struct row_reader *reader, const struct kind *kind, const char *name)
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
		if (!copy(code, sizeof code, at, len) || !code_find(field->codes, code))
			return row_wrong(reader, _("字段 \"%s\" 没有代码 \"%s\""), field->name, at);
		at += len + (at[len] == ',');
	}
	return true;
}

static bool take_codes(struct row_reader *reader, const struct field *field, const char *typed,
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
	if (!copy(name, sizeof name, inside, len) ||
		!copy(rest, sizeof rest, inside + len + (inside[len] != 0),
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
	if (*rest && !(field = field_here(reader, kind, rest)))
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
	const struct field *by = *which ? field_here(reader, kind, which) : NULL;
	if (*which && (!by || !take_codes(reader, by, typed ? typed : "", &codes)))
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
	if (!copy(name, sizeof name, inside, (size_t)(blank - inside)) ||
		!copy(which, sizeof which, blank + (*blank != 0), strlen(blank + (*blank != 0))))
		return row_wrong(reader, _("\"%s\" 太长"), inside);
	const char *tag = cut_at(name, '.');
	const struct kind *kind = row_kind(reader, name);
	const struct field *summed = kind && tag ? field_here(reader, kind, tag) : NULL;
	if (!kind || (tag && !summed))
		return false;
	*out = (struct term_value){.term = TERM_COUNT,
		.kind = kind->id,
		.ledger = true,
		.tag = summed ? summed->tag : 0};
	return take_which(reader, kind, which, out);
}

/* What stands before the bracket, and how what is inside is read. */
static bool is_count(const char *typed, char *how, const char **inside)
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

static bool take_bracket(
	struct row_reader *reader, const char *typed, struct term_value *out, const char **rest)
{
	char inside[COND_ROOM];
	const char *from = typed;
	char how = 0;
	is_count(typed, &how, &from);
	const char *end = strchr(from, ')');
	if (!end || !copy(inside, sizeof inside, from, (size_t)(end - from)))
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
	if (!copy(name, sizeof name, typed, len) || (end && *end))
		return row_wrong(reader, _("\"%s\" 太长"), typed);
	const struct field *field = strcmp(name, "any") ? field_here(reader, kind, name) : NULL;
	*out = (struct term_value){.term = TERM_BEFORE,
		.tag = field ? field->tag : 0,
		.number = (int64_t)(more * MILLI)};
	return field || !strcmp(name, "any");
}

static bool take_dotted(struct row_reader *reader, const struct kind *kind, const char *name,
	const char *dot, struct term_value *out)
{
	char first[48];
	copy(first, sizeof first, name,
		(size_t)(dot - name) < sizeof first ? (size_t)(dot - name) : 0);
	if (!strcmp(first, "prev"))
		return take_before(reader, kind, dot + 1, out);
	const struct field *pointer = field_here(reader, kind, first);
	if (!pointer)
		return false;
	const struct field *other =
		pointer->target ? field_here(reader, kind_of(pointer->target), dot + 1) : NULL;
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

static bool take_value(struct row_reader *reader, const struct kind *kind, const char *typed,
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
	if (is_count(typed, &sum, &rest))
		return take_bracket(reader, typed, out, &rest) &&
		       (!*rest || row_wrong(reader, _("\"%s\"：括号后面不能再写"), typed));
	if ((dot = strchr(typed, '.')))
		return take_dotted(reader, kind, typed, dot, out);
	const struct field *field = field_here(reader, kind, typed);
	*out = (struct term_value){.term = TERM_FIELD, .tag = field ? field->tag : 0};
	return field;
}

/* ---- what stands before */

static const struct {
	const char *name;
	enum subject about;
	const char *hows; /* that go with it; a blank: it may stand alone */
} subjects[] = {
	{"any", ABOUT_ANY, "<>lg"},
	{"late", ABOUT_LATE, " "},
	{"mine", ABOUT_MINE, " "},
	{"answered", ABOUT_ANSWERED, " "},
	{"escalated", ABOUT_ESCALATED, " "},
	{"told", ABOUT_TOLD, " "},
	{"left", ABOUT_LEFT, "<>lg"},
	{"age", ABOUT_AGE, "<>lg"},
	{"again", ABOUT_BEFORE, "<>lg"},
	{"season", ABOUT_SEASON, "="},
	{"here", ABOUT_HERE, "="},
	{"response", ABOUT_RESPONSE, "<>lg"},
	{"user", ABOUT_USER, "="},
	{"changed", ABOUT_CHANGED, "="},
	{"like", ABOUT_LIKE, "="},
};

/* 20m, 2h: with an optional + before. */
static bool take_length(struct row_reader *reader, const char *typed, struct condition *to)
{
	struct rule_span span;
	to->right = (struct term_value){.term = TERM_NUMBER};
	if (!row_span(reader, typed, &span) || span.limit)
		return false;
	to->right.number = span.seconds * MILLI;
	return true;
}

static bool take_field_condition(struct row_reader *reader, const struct kind *kind,
	const char *name, const char *typed, struct condition *to)
{
	const struct field *field = field_here(reader, kind, name);
	if (!field)
		return false;
	to->about = ABOUT_FIELD;
	to->tag = field->tag;
	bool number = field->type == T_NUM || field->type == T_DEC;
	bool plain = !number || !typed[strspn(typed, "0123456789,")] || !strcmp(typed, "?");
	return to->how == '=' && plain ? take_codes(reader, field, typed, to)
				       : take_value(reader, kind, typed, &to->right);
}

static bool take_names(
	struct row_reader *reader, const struct kind *kind, const char *typed, struct condition *to)
{
	char name[48];
	to->codes = row_text(reader, typed);
	for (const char *at = typed; *at;) {
		size_t len = strcspn(at, ",");
		if (!copy(name, sizeof name, at, len) || !field_here(reader, kind, name))
			return false;
		at += len + (at[len] == ',');
	}
	return true;
}

static bool row_level(struct row_reader *reader, const char *typed)
{
	for (size_t level = 0; level < LEVELS; level++)
		if (!strcmp(level_names[level], typed))
			return true;
	return row_wrong(reader, _("没有站点层级 \"%s\""), typed);
}

static bool take_subject(struct row_reader *reader, size_t n, const struct kind *kind,
	const char *typed, struct condition *to)
{
	to->about = subjects[n].about;
	if (!strchr(subjects[n].hows, to->how))
		return row_wrong(reader, _("\"%s\" 不能这样比"), subjects[n].name);
	if (to->about == ABOUT_TOLD && (!kind || kind->id != KIND_household))
		return row_wrong(reader, _("\"%s\" 只能数住户：count 名称 household …"), "told");
	if (to->how == ' ')
		return true;
	if (to->about == ABOUT_LEFT || to->about == ABOUT_AGE)
		return take_length(reader, typed, to);
	if (to->about == ABOUT_SEASON || to->about == ABOUT_HERE) {
		to->codes = row_text(reader, typed);
		return to->about == ABOUT_SEASON || row_level(reader, typed);
	}
	if (to->about == ABOUT_CHANGED || to->about == ABOUT_LIKE)
		return take_names(reader, kind, typed, to);
	if (to->about == ABOUT_USER) {
		const struct field *field = field_here(reader, kind, typed);
		to->tag = field ? field->tag : 0;
		return field;
	}
	return take_value(reader, kind, typed, &to->right);
}

/* "LPG.4" behind "item:", and the answers that are meant. */
static bool take_item(struct row_reader *reader, const struct kind *kind, const char *item,
	const char *typed, struct condition *to)
{
	char code[48];
	const char *dot = strrchr(item, '.');
	unsigned long n = dot ? strtoul(dot + 1, NULL, 10) : 0;
	if (!kind || !field_named(kind, "answers") || !field_named(kind, "list"))
		return row_wrong(reader, _("\"%s\" 只能问有检查表的记录"), item);
	if (!n || n > ANSWERS_MOST || to->how != '=' || !*typed || typed[strspn(typed, "yna,")] ||
		!copy(code, sizeof code, item, (size_t)(dot - item)))
		return row_wrong(reader, _("要写成 item:检查表.第几项=y,n,a，不是 \"%s\""), item);
	to->about = ABOUT_ITEM;
	to->tag = (unsigned)n;
	to->codes = row_text(reader, typed);
	to->left.text = row_text(reader, code);
	return true;
}

/* How WORD compares: where, and how many bytes that takes. */
static size_t find_how(const char *word, struct condition *to, size_t *len)
{
	size_t at = strcspn(word, "=<>!");
	*len = 1;
	to->how = word[at] ? word[at] : ' ';
	if (word[at] == '!' && word[at + 1] == '=') {
		to->not = true;
		to->how = '=';
		*len = 2;
	} else if ((word[at] == '<' || word[at] == '>') && word[at + 1] == '=') {
		to->how = word[at] == '<' ? 'l' : 'g';
		*len = 2;
	}
	return at;
}

static bool take_condition(
	struct row_reader *reader, const struct kind *kind, const char *word, struct condition *to)
{
	char name[48];
	const char *rest = word;
	size_t len;
	char sum;
	if (is_count(word, &sum, &rest)) {
		to->about = ABOUT_COUNT;
		if (!take_bracket(reader, word, &to->left, &rest))
			return false;
		find_how(rest, to, &len);
		return strchr("<>lg", to->how)
			       ? take_value(reader, kind, rest + len, &to->right)
			       : row_wrong(reader, _("\"%s\" 要用 < 或 > 来比"), word);
	}
	to->not = *word == '!';
	word += to->not ;
	size_t at = find_how(word, to, &len);
	if (!copy(name, sizeof name, word, at) || !at)
		return row_wrong(reader, _("条件 \"%s\" 写得不对"), word);
	if (!strncmp(name, "item:", strlen("item:")))
		return take_item(
			reader, kind, name + strlen("item:"), word[at] ? word + at + len : "", to);
	for (size_t n = 0; n < countof(subjects); n++)
		if (!strcmp(subjects[n].name, name))
			return take_subject(reader, n, kind, word[at] ? word + at + len : "", to);
	if (to->how == ' ')
		return row_wrong(reader, _("条件 \"%s\" 要写成 字段=代码"), word);
	return take_field_condition(reader, kind, name, word + at + len, to);
}

/* Words up to where the brackets close are one. */
static unsigned join_word(struct row_reader *reader, unsigned at, char out[COND_ROOM])
{
	size_t len = 0;
	int open = 0;
	out[0] = 0;
	do {
		const char *word = reader->word[at++];
		for (const char *c = word; *c; c++)
			open += *c == '(' ? 1 : *c == ')' ? -1 : 0;
		size_t more = strlen(word) + (len > 0);
		if (len + more >= COND_ROOM)
			break;
		if (len)
			out[len++] = ' ';
		memcpy(out + len, word, strlen(word) + 1);
		len += strlen(word);
	} while (open > 0 && at < reader->count);
	return at;
}

bool row_conditions(
	struct row_reader *reader, unsigned first, const struct kind *kind, struct rule *rule)
{
	struct condition *condition =
		arena_get(&reader->rules->texts, RULE_CONDITIONS * sizeof *condition);
	rule->condition = condition;
	rule->condition_words = reader->count - first;
	while (first < reader->count) {
		char word[COND_ROOM];
		if (rule->conditions == RULE_CONDITIONS)
			return row_wrong(reader, _("条件太多，最多%d个"), RULE_CONDITIONS);
		first = join_word(reader, first, word);
		if (!take_condition(reader, kind, word, &condition[rule->conditions]))
			return false;
		rule->conditions++;
	}
	return true;
}
