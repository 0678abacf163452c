/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads the rows that say what a place has to have, which colour of risk it has, what a form begins
 * with, which counts travel, and how long records stay.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/codes.h"
#include "model/kinds.h"
#include "model/rules/internal.h"

static bool take_level(struct row_reader *reader, const char *typed, struct rule *rule)
{
	for (unsigned n = 0; n < LEVELS; n++)
		if (!strcmp(level_names[n], typed)) {
			rule->of_level = (enum level)n;
			return true;
		}
	return row_wrong(reader, _("没有层级 \"%s\"（有 village township county city）"), typed);
}

/* "2", or "1/1000:people": one for each thousand of that count. */
static bool take_least(struct row_reader *reader, const char *typed, struct rule *rule)
{
	char *end;

	rule->least = strtol(typed, &end, 10);
	rule->share_of = 1;
	if (end != typed && *end == '/')
		rule->share_of = strtol(end + 1, &end, 10);
	if (end != typed && *end == ':' && end[1])
		rule->share = row_text(reader, end + 1);
	bool good = rule->least > 0 && rule->share_of > 0 && (rule->share || !*end) &&
		    (rule->share || rule->share_of == 1);
	return good || row_wrong(reader, _("要写至少几个，或 1/1000:数的名称，不是 \"%s\""), typed);
}

bool take_have(struct row_reader *reader, struct rule *rule)
{
	enum { OF = 1, KIND, STATES, LEAST, ZH, EN, REST };

	if (reader->count < REST)
		return false;
	const struct kind *kind = row_kind(reader, reader->word[KIND]);
	if (!kind || !take_level(reader, reader->word[OF], rule) ||
		!row_states(reader, kind, reader->word[STATES], &rule->states) ||
		!take_least(reader, reader->word[LEAST], rule))
		return false;
	rule->kind = kind->id;
	rule->zh = row_text(reader, reader->word[ZH]);
	rule->en = row_text(reader, reader->word[EN]);
	return row_conditions(reader, REST, kind, rule);
}

bool take_colour(struct row_reader *reader, struct rule *rule)
{
	enum { CODE = 1, KIND, STATES, REST };

	if (reader->count < REST)
		return false;
	const struct kind *kind = row_kind(reader, reader->word[KIND]);
	if (!kind || !row_states(reader, kind, reader->word[STATES], &rule->states))
		return false;
	if (!code_find("risk", reader->word[CODE]))
		return row_wrong(reader, _("没有风险色 \"%s\""), reader->word[CODE]);
	rule->name = row_text(reader, reader->word[CODE]);
	rule->kind = kind->id;
	return row_conditions(reader, REST, kind, rule);
}

bool take_fill(struct row_reader *reader, struct rule *rule)
{
	enum { WHAT = 1, COUNT, LAST };
	char name[96];
	bool last = reader->count == LAST + 1 && !strcmp(reader->word[LAST], "last");

	if (reader->count != LAST && !last)
		return false;
	snprintf(name, sizeof name, "%s", reader->word[WHAT]);
	char *dot = strchr(name, '.');
	if (dot)
		*dot = '\0';
	const struct kind *kind = row_kind(reader, name);
	const struct field *field = kind && dot ? field_named(kind, dot + 1) : NULL;
	if (!kind)
		return false;
	if (!field || (field->type != T_NUM && field->type != T_DEC))
		return row_wrong(
			reader, _("fill 后面要写 种类.数字字段，不是 \"%s\""), reader->word[WHAT]);
	rule->kind = kind->id;
	rule->filled = field->tag;
	rule->source = row_text(reader, reader->word[COUNT]);
	rule->before = last;
	return true;
}

bool take_tell(struct row_reader *reader, struct rule *rule)
{
	if (reader->count != 2)
		return false;
	rule->name = row_text(reader, reader->word[1]);
	return true;
}

/* Registers stay, and what the program reckons with: what others believe is signed, and of twins a
 * part cannot go. */
static bool may_leave(const struct kind *kind)
{
	return kind->flags & K_PILE && !(kind->flags & (K_SIGNED | K_HIDDEN | K_FINAL)) &&
	       !field_flagged(kind, F_MADE);
}

bool take_keep(struct row_reader *reader, struct rule *rule)
{
	enum { KIND = 1, STATES, AGE, REST };

	if (reader->count != REST)
		return false;
	const struct kind *kind = row_kind(reader, reader->word[KIND]);
	if (!kind || !row_states(reader, kind, reader->word[STATES], &rule->states) ||
		!row_span(reader, reader->word[AGE], &rule->age))
		return false;
	rule->kind = kind->id;
	return may_leave(kind) ||
	       row_wrong(reader, _("这种记录一直存着，不能写 keep：\"%s\""), reader->word[KIND]);
}
