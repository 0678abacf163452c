/* SPDX-License-Identifier: GPL-3.0-or-later
 * What only all rows together can tell: names that stand nowhere, rows that an earlier one hides,
 * limits that nothing reads. The limits of the shipped file are read by the program
 * (tests/house/config.sh).
 */
#include "model/rules/internal.h"

#include <string.h>

#include "model/texts.h"

static bool limit_like(const char *pattern, const char *name)
{
	const char *brace = strchr(pattern, '{');
	size_t len = brace ? (size_t)(brace - pattern) : 0;
	if (!brace)
		return !strcmp(pattern, name);
	const char *end = strchr(brace, '}');
	size_t tail = end ? strlen(end + 1) : 0, all = strlen(name);
	return end && all > len + tail && !strncmp(pattern, name, len) &&
	       !strcmp(name + all - tail, end + 1);
}

/* Does a row ask for the limit NAME? */
static bool limit_asked(const struct rules *rules, const char *name)
{
	for (unsigned i = 0; i < rules->rows; i++) {
		const struct rule *rule = &rules->row[i];
		const char *said = rule->said ? strstr(rule->said, "limit:") : NULL;
		char word[64] = "";
		if (!said)
			continue;
		size_t len = strcspn(said + 6, " ");
		memcpy(word, said + 6, len < sizeof word ? len : sizeof word - 1);
		if (limit_like(word, name))
			return true;
	}
	return false;
}

static bool post_known(const struct rules *rules, const char *by)
{
	static const char *const levels[] = {
		"own", "above", "watch", "village", "township", "county", "city"};
	for (size_t i = 0; i < countof(levels); i++)
		if (!strcmp(levels[i], by))
			return true;
	return row_named(rules, RULE_WHO, by);
}

static const char *whose_missing(const struct rules *rules, const struct rule *rule)
{
	const struct kind *kind = kind_of(rule->kind);
	if (!rule->by || post_known(rules, rule->by) || (kind && field_named(kind, rule->by)))
		return NULL;
	return rule->by;
}

static const char *called_missing(const struct rules *rules, const struct rule *rule)
{
	if (!rule->of_need && !row_named(rules, RULE_ASK, rule->name))
		return rule->name;
	return row_named(rules, RULE_WHO, rule->who) ? NULL : rule->who;
}

/* An ask, a count or a figure that a line of a text speaks of. */
static const char *text_missing(const struct rules *rules, const struct rule *rule)
{
	static char name[TEXT_NAME];
	struct text_piece piece;
	const char *at = rule->text;
	for (text_piece(&at, &piece); piece.sort; text_piece(&at, &piece)) {
		const struct text_meant meant = text_means(kind_of(rule->kind), piece.name);
		if (!meant.row || row_named(rules, meant.row, meant.name))
			continue;
		memcpy(name, meant.name, sizeof name);
		return name;
	}
	return NULL;
}

static const char *figure_missing(const struct rules *rules, const struct rule *rule)
{
	if (rule->median)
		return rule->timed && !row_named(rules, RULE_ASK, rule->timed) ? rule->timed : NULL;
	if (!row_named(rules, RULE_COUNT, rule->top))
		return rule->top;
	if (rule->apart && strcmp(rule->apart, "below") != 0 &&
		!field_named(kind_of(row_named(rules, RULE_COUNT, rule->top)->kind), rule->apart))
		return rule->apart;
	return !rule->bottom || row_named(rules, RULE_COUNT, rule->bottom) ? NULL : rule->bottom;
}

static const char *missing(const struct rules *rules, enum rule_word word, const char *name)
{
	return !name || row_named(rules, word, name) ? NULL : name;
}

static const char *table_missing(const struct rules *rules, const struct rule *rule)
{
	for (unsigned n = 0; n < rule->cells; n++)
		if (!row_named(rules, RULE_COUNT, rule->cell[n].name) &&
			!row_named(rules, RULE_FIGURE, rule->cell[n].name))
			return rule->cell[n].name;
	return NULL;
}

/* What a row names that stands nowhere; NULL. */
static const char *name_missing(const struct rules *rules, const struct rule *rule)
{
	switch (rule->word) {
	case RULE_NEED:
		return whose_missing(rules, rule);
	case RULE_ASK:
		return missing(rules, RULE_WHO, rule->signers);
	case RULE_ESCALATE:
		return called_missing(rules, rule);
	case RULE_RANK:
		return missing(rules, RULE_ASK, rule->asked);
	case RULE_CHANGE:
		return limit_named(rules, rule->name) ? NULL : rule->name;
	case RULE_FIGURE:
		return figure_missing(rules, rule);
	case RULE_HAVE:
		return missing(rules, RULE_COUNT, rule->share);
	case RULE_TELL:
		return missing(rules, RULE_COUNT, rule->name);
	case RULE_FILL:
		return missing(rules, RULE_COUNT, rule->source);
	case RULE_TABLE:
		return table_missing(rules, rule);
	case RULE_TEXT:
		return text_missing(rules, rule);
	default:
		return NULL;
	}
}

/* Does each condition of OF stand in RULE, too? */
static bool conditions_in(const struct rule *of, const struct rule *rule)
{
	struct buf all = {0};
	const char *at = of->key;
	bool in = true;
	buf_fmt(&all, " %s ", rule->key);
	for (unsigned skip = 0; at && skip < 4; skip++) /* rank WHAT KIND STATES */
		at = strchr(at, ' ') ? strchr(at, ' ') + 1 : NULL;
	for (; in && at && *at; at += strcspn(at, " "), at += *at == ' ') {
		char word[80];
		size_t len = strcspn(at, " ");
		in = len + 3 < sizeof word;
		if (in) {
			word[0] = ' ';
			memcpy(word + 1, at, len);
			memcpy(word + 1 + len, " ", 2);
			in = strstr(buf_cstr(&all), word);
		}
	}
	buf_release(&all);
	return in;
}

static bool hides(const struct rule *first, const struct rule *rule)
{
	bool same_ask = first->asked && rule->asked ? !strcmp(first->asked, rule->asked)
						    : first->asked == rule->asked;
	same_ask = same_ask && first->undone == rule->undone;
	return (first->needs & rule->needs) == rule->needs && first->force == rule->force &&
	       same_ask && (!first->kind || first->kind == rule->kind) &&
	       (first->states & rule->states) == rule->states && conditions_in(first, rule);
}

/* The row that takes all that RULE would; NULL. Rows are in their order. */
static const struct rule *hidden_by(const struct rules *rules, const struct rule *rule)
{
	for (const struct rule *at = rules->row; at < rule; at++)
		if (at->word == RULE_RANK && hides(at, rule))
			return at;
	return NULL;
}

static const char *wrong_with(const struct rules *rules, const struct rule *rule, struct buf *why)
{
	const char *missing = name_missing(rules, rule);
	/* That a layer hides rows of a lower one is what it is for. */
	bool own = rule->word == RULE_RANK && rule->layer == rules->layers;
	const struct rule *hider = own ? hidden_by(rules, rule) : NULL;
	buf_clear(why);
	if (missing)
		buf_fmt(why, _("没有叫 \"%s\" 的行、岗位或时限"), missing);
	else if (hider)
		buf_fmt(why, _("这一行不起作用：%s 第%u行先合"), hider->file, hider->line);
	return why->len ? buf_cstr(why) : NULL;
}

void rules_whole(const struct rules *rules, unsigned first_limit, wrong_fn *wrong, void *to)
{
	struct buf why = {0};
	for (unsigned i = 0; i < rules->rows; i++) {
		const struct rule *rule = &rules->row[i];
		if (wrong_with(rules, rule, &why))
			wrong(to, rule, rule->said ? rule->said : rule->key, buf_cstr(&why));
	}
	for (unsigned i = first_limit; i < rules->limits && rules->layers; i++)
		if (!limit_asked(rules, rules->limit[i].name))
			wrong(to, NULL, rules->limit[i].name, _("没有哪里用这个时限"));
	buf_release(&why);
}
