/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which records hang on which others: what rows ask of other records than the one they judge.
 */
#include "model/rules/internal.h"

/* TARGET 0: a field that may name a record of any kind. */
static bool is_kind(unsigned target, const struct kind *on)
{
	return !target || target == on->id;
}

static bool field_hangs(const struct field *field, const struct kind *on)
{
	return field && field->type == T_REF && is_kind(field->target, on);
}

static bool term_hangs(
	const struct term_value *term, const struct kind *kind, const struct kind *on)
{
	if (term->term == TERM_COUNT)
		return is_kind(term->kind, on);
	return term->term == TERM_OTHER && field_hangs(field_of(kind, term->tag), on);
}

static bool conditions_hang(const struct rule *rule, const struct kind *kind, const struct kind *on)
{
	for (unsigned n = 0; n < rule->conditions; n++) {
		const struct condition *condition = &rule->condition[n];
		bool person = condition->about == ABOUT_USER &&
			      field_hangs(field_of(kind, condition->tag), on);
		if (person || term_hangs(&condition->left, kind, on) ||
			term_hangs(&condition->right, kind, on))
			return true;
	}
	return false;
}

/* From when it counts, and whose it is. */
static bool need_hangs(const struct rule *rule, const struct kind *kind, const struct kind *on)
{
	return (rule->from == FROM_KIND && rule->from_kind == on->id) ||
	       (rule->by && field_hangs(field_named(kind, rule->by), on));
}

static bool rows_hang(enum rule_word word, const struct kind *kind, const struct kind *on)
{
	unsigned count;
	const struct rule *rule = rules_rows(word, &count);
	for (unsigned n = 0; n < count; n++)
		if ((!rule[n].kind || rule[n].kind == kind->id) &&
			((word == RULE_NEED && need_hangs(&rule[n], kind, on)) ||
				(word == RULE_ASK && !rule[n].every && rule[n].answer == on->id) ||
				conditions_hang(&rule[n], kind, on)))
			return true;
	return false;
}

bool rules_hang(const struct kind *kind, const struct kind *on)
{
	return (has_copies(kind) && kind == on) || rows_hang(RULE_NEED, kind, on) ||
	       rows_hang(RULE_ASK, kind, on) || rows_hang(RULE_RANK, kind, on) ||
	       rows_hang(RULE_CHANGE, kind, on);
}
