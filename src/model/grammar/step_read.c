/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads the rows that check what is written, and that say what follows from it.
 */
#include "model/rules/internal.h"

#include <string.h>

#include "model/kinds.h"

/* Is there room for the second person's name? */
static bool names_second(const struct kind *kind, unsigned step)
{
	const struct field *arg;

	if (!step)
		return field_flagged(kind, F_SECOND);
	for (unsigned n = 0; (arg = step_arg(kind, step_of(kind, step), n, NULL)); n++)
		if (arg->flags & F_SECOND)
			return true;
	return false;
}

bool take_check(struct row_reader *reader, struct rule *rule)
{
	enum { TARGET = 1, ACTION, ZH, EN, MORE };
	static const char *const actions[] = {"refuse", "reason", "retype", "tell", "second"};
	const struct kind *kind;
	if (reader->count <= MORE ||
		!row_kind_step(reader, reader->word[TARGET], &kind, &rule->step))
		return false;
	unsigned n = 0;
	while (n < countof(actions) && strcmp(actions[n], reader->word[ACTION]) != 0)
		n++;
	if (n == countof(actions))
		return row_wrong(reader, _("要写 refuse reason retype tell second，不是 \"%s\""),
			reader->word[ACTION]);
	if (n == CHECK_SECOND && !names_second(kind, rule->step))
		return row_wrong(reader, _("%s 记不下第二个人"), reader->word[TARGET]);
	rule->check = (enum rule_check)n;
	rule->kind = kind->id;
	rule->zh = row_text(reader, reader->word[ZH]);
	rule->en = row_text(reader, reader->word[EN]);
	return row_conditions(reader, MORE, kind, rule);
}

bool take_skip(struct row_reader *reader, struct rule *rule)
{
	enum { KIND = 1, ZH, EN, MORE };
	const struct kind *kind =
		reader->count > MORE ? row_kind(reader, reader->word[KIND]) : NULL;
	if (!kind)
		return false;
	rule->kind = kind->id;
	rule->zh = row_text(reader, reader->word[ZH]);
	rule->en = row_text(reader, reader->word[EN]);
	return row_conditions(reader, MORE, kind, rule);
}

/* ---- what follows */

enum { T_TARGET = 1, T_ACTION, T_MADE, T_REST };

static bool take_made(struct row_reader *reader, struct rule *rule)
{
	static const char *const actions[] = {"make", "step", "set", "grow"};
	const struct kind *made;
	unsigned n = 0, taken;
	while (n < countof(actions) && strcmp(actions[n], reader->word[T_ACTION]) != 0)
		n++;
	if (n == countof(actions))
		return row_wrong(
			reader, _("要写 make step set grow，不是 \"%s\""), reader->word[T_ACTION]);
	rule->then = (enum rule_then)n;
	if (!row_kind_step(reader, reader->word[T_MADE], &made, &taken))
		return false;
	if ((rule->then == THEN_STEP) != (taken != 0))
		return row_wrong(reader, _("step 后面要写 种类.步骤，make 和 set 后面只写种类"));
	rule->made = made->id;
	rule->taken = taken;
	return true;
}

/* Whether WORD fills a field of what is made: FIELD=TEXT. */
static const struct field *set_field(const struct rule *rule, const char *word, char name[48])
{
	const struct kind *made = kind_of(rule->made);
	size_t len = strcspn(word, "=<>!");
	bool must;
	if (word[len] != '=' || len >= 48)
		return NULL;
	memcpy(name, word, len);
	name[len] = 0;
	const struct step *step = rule->then == THEN_STEP ? step_of(made, rule->taken) : NULL;
	for (unsigned n = 0; step; n++) {
		const struct field *arg = step_arg(made, step, n, &must);
		if (!arg || !strcmp(arg->name, name))
			return arg;
	}
	return field_named(made, name);
}

/* The fields that a record is found by come first: household={household}. "if": conditions follow,
 * also those that could be read as a field of what is made. */
static bool take_sets(struct row_reader *reader, unsigned *at, struct rule *rule)
{
	char name[48];
	for (; *at < reader->count; (*at)++) {
		const char *word = reader->word[*at];
		const struct field *field = set_field(rule, word, name);
		if (!strcmp(word, "if")) {
			(*at)++;
			return true;
		}
		if (!field && rule->then == THEN_STEP)
			field = strchr(word, '{') ? field_named(kind_of(rule->made), name) : NULL;
		if (!field)
			return true;
		if (rule->sets == RULE_SETS)
			return row_wrong(reader, _("要填的字段太多，最多%d个"), RULE_SETS);
		rule->set[rule->sets].field = field->name;
		rule->set[rule->sets++].text = row_text(reader, word + strlen(name) + 1);
	}
	return true;
}

/* answer.no: the items of a checklist that were answered no. */
static bool each_no(const struct kind *kind, const char *each)
{
	const struct field *list = field_named(kind, "checklist");

	return !strcmp(each, EACH_NO) && field_named(kind, "answers") && list &&
	       list->target == KIND_checklist;
}

/* home.left: the households of the danger zone that the record names, or of all that its warning
 * means. */
static bool each_home(const struct kind *kind, const char *each)
{
	const struct field *point = field_named(kind, "point");

	return !strcmp(each, EACH_HOME) && point && point->target == KIND_point &&
	       field_named(kind, "warning");
}

/* FIELD.line: a long text, line by line, or the text of the record that the field names: a card. */
static bool take_each(
	struct row_reader *reader, const struct kind *kind, const char *each, struct rule *rule)
{
	static const char end[] = ".line";
	char name[48] = "";
	size_t len = strlen(each);
	bool fits = len > sizeof end - 1 && len < sizeof name &&
		    !strcmp(each + len - sizeof end + 1, end);
	memcpy(name, each, fits ? len - sizeof end + 1 : 0);
	const struct field *field = fits ? field_named(kind, name) : NULL;
	const struct kind *target =
		field && field->type == T_REF && field->target ? kind_of(field->target) : NULL;
	const struct field *text = target ? field_named(target, "text") : field;
	if (!each_no(kind, each) && !each_home(kind, each) && (!text || text->type != T_LONG))
		return row_wrong(reader,
			_("each 后面要写 %s 的一个长文字段，或指向有步骤的记录的字段，加 "
			  ".line，或 answer.no、home.left，不是 \"%s\""),
			kind->name, each);
	rule->each = row_text(reader, each);
	return true;
}

bool take_then(struct row_reader *reader, struct rule *rule)
{
	unsigned at = T_REST;
	const struct kind *kind;
	if (reader->count < T_REST ||
		!row_kind_step(reader, reader->word[T_TARGET], &kind, &rule->step))
		return false;
	rule->kind = kind->id;
	if (!take_made(reader, rule))
		return false;
	const char *each = row_option(reader, &at, "each");
	if (each && !take_each(reader, kind, each, rule))
		return false;
	return take_sets(reader, &at, rule) && row_conditions(reader, at, kind, rule);
}
