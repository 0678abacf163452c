/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads the conditions at the end of a row:
 *
 *   f=a,b  f!=a  f=?  f<n  f>n  f<=n  f>=n   a field; ? = it is blank
 *   any<prev.any any>0                       one of the record's numbers
 *   late  mine  !mine  answered              is it late, is it ours, has this station answered
 *   intime  settled                          did it come to its state before its deadlines; is
 *                                            it done, or late
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

enum { MILLI = 1000 };

/* ---- what stands before */

static const struct {
	const char *name;
	enum subject about;
	const char *hows; /* that go with it; a blank: it may stand alone */
} subjects[] = {
	{"any", ABOUT_ANY, "<>lg"},
	{"late", ABOUT_LATE, " "},
	{"intime", ABOUT_INTIME, " "},
	{"settled", ABOUT_SETTLED, " "},
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
	const struct field *field = cond_field(reader, kind, name);
	if (!field)
		return false;
	to->about = ABOUT_FIELD;
	to->tag = field->tag;
	bool number = field->type == T_NUM || field->type == T_DEC;
	bool plain = !number || !typed[strspn(typed, "0123456789,")] || !strcmp(typed, "?");
	return to->how == '=' && plain ? cond_codes(reader, field, typed, to)
				       : cond_value(reader, kind, typed, &to->right);
}

static bool take_names(
	struct row_reader *reader, const struct kind *kind, const char *typed, struct condition *to)
{
	char name[48];
	to->codes = row_text(reader, typed);
	for (const char *at = typed; *at;) {
		size_t len = strcspn(at, ",");
		if (!cond_copy(name, sizeof name, at, len) || !cond_field(reader, kind, name))
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
		const struct field *field = cond_field(reader, kind, typed);
		to->tag = field ? field->tag : 0;
		return field;
	}
	return cond_value(reader, kind, typed, &to->right);
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
		!cond_copy(code, sizeof code, item, (size_t)(dot - item)))
		return row_wrong(reader, _("要写成 item:检查表.第几项=y,n,a，不是 \"%s\""), item);
	to->about = ABOUT_ITEM;
	to->tag = (unsigned)n;
	to->codes = row_text(reader, typed);
	to->left.text = row_text(reader, code);
	return true;
}

/* A field of the record of the person who writes. */
static bool take_his(
	struct row_reader *reader, const char *name, const char *typed, struct condition *to)
{
	const struct kind *person = kind_of(KIND_person);
	bool good = take_field_condition(reader, person, name, typed, to);
	to->about = ABOUT_HIS;
	return good;
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

/* "limit:NAME>0": a switch of the county. */
static bool take_switch(struct row_reader *reader, const char *word, struct condition *to)
{
	char name[48];
	size_t len, at = find_how(word, to, &len), from = strlen("limit:");
	to->about = ABOUT_COUNT;
	if (at < from || !cond_copy(name, sizeof name, word + from, at - from) ||
		!strchr("<>lg", to->how))
		return row_wrong(reader, _("\"%s\" 要用 < 或 > 来比"), word);
	to->left = (struct term_value){.term = TERM_LIMIT, .text = row_text(reader, name)};
	return cond_value(reader, NULL, word + at + len, &to->right);
}

static bool take_condition(
	struct row_reader *reader, const struct kind *kind, const char *word, struct condition *to)
{
	char name[48];
	const char *rest = word;
	size_t len;
	char sum;
	if (cond_is_count(word, &sum, &rest)) {
		to->about = ABOUT_COUNT;
		if (!cond_bracket(reader, word, &to->left, &rest))
			return false;
		find_how(rest, to, &len);
		return strchr("<>lg", to->how)
			       ? cond_value(reader, kind, rest + len, &to->right)
			       : row_wrong(reader, _("\"%s\" 要用 < 或 > 来比"), word);
	}
	if (!strncmp(word, "limit:", strlen("limit:")))
		return take_switch(reader, word, to);
	to->not = *word == '!';
	word += to->not ;
	size_t at = find_how(word, to, &len);
	if (!cond_copy(name, sizeof name, word, at) || !at)
		return row_wrong(reader, _("条件 \"%s\" 写得不对"), word);
	if (!strncmp(name, "user.", strlen("user.")))
		return take_his(
			reader, name + strlen("user."), word[at] ? word + at + len : "", to);
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
