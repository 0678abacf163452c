/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a record needs by the rules, and until when.
 */
#include "model/rules/internal.h"

#include <string.h>

#include "base/when.h"

static int64_t unit_of(const char *name)
{
	static const struct {
		const char *end;
		int64_t seconds;
	} units[] = {{".minutes", 60}, {".hours", 3600}, {".days", DAY_SECONDS}};
	const char *dot = strrchr(name, '.');
	for (size_t i = 0; dot && i < countof(units); i++)
		if (!strcmp(units[i].end, dot))
			return units[i].seconds;
	return 1;
}

static int64_t changed(const char *name, int64_t seconds, const struct surroundings *around)
{
	static const struct record none;
	struct matter matter = {.record = &none, .around = around};
	unsigned count;
	const struct rule *rule = rules_rows(RULE_CHANGE, &count);
	for (unsigned n = 0; n < count; n++)
		if (!strcmp(rule[n].name, name) && rule_holds(&rule[n], &matter))
			seconds = seconds * rule[n].percent / 100;
	return seconds;
}

int64_t rule_until(int64_t from, const struct rule_span *span, const struct record *record,
	const struct surroundings *around)
{
	char name[64];
	if (span->workdays)
		return rules_workdays(from, span->workdays);
	if (!span->limit)
		return from + span->seconds;
	limit_name(name, span->limit, record);
	return from + changed(name, rules_limit(name, 0) * unit_of(name), around);
}

/* ---- needs */

static bool field_time(const struct record *record, int tag, int64_t *time)
{
	const struct cell *cell = record_cell(record, (unsigned)tag);
	if (!cell || cell->value.wire != WIRE_NUM || !cell->value.num)
		return false;
	bool day = field_of(record->kind, (unsigned)tag)->type == T_DATE;
	*time = day ? date_end(cell->value.num) : cell->value.num;
	return true;
}

/* From when the row counts; false when what it counts from is not there. */
static bool count_from(const struct rule *rule, const struct record *record,
	const struct surroundings *around, int64_t *from)
{
	bool there = true;
	switch (rule->from) {
	case FROM_AT:
		*from = record->at;
		break;
	case FROM_STATE:
		*from = record->state_at;
		break;
	case FROM_LAST:
		*from = stamp_seconds(record->stamp);
		break;
	case FROM_QUARTER: /* its end */
		*from = date_end(rules_period_end("quarter", date_of(around->now)));
		(void)!rules_past(around, *from);
		return true;
	case FROM_KIND:
		there = around->newest && around->newest(around->to, record, rule->from_kind, from);
		if (!there)
			*from = record->at;
		return true;
	default:
		there = field_time(record, rule->from, from);
	}
	/* What was never done counts from when the record was made. */
	if (!there)
		*from = record->at;
	return there || rule->need == NEED_SILENT || rule->need == NEED_CONFIRM;
}

static bool is_mine(
	const struct rule *rule, const struct record *record, const struct surroundings *around)
{
	return !around->mine || around->mine(around->to, record, rule->by);
}

/* What the row asks for now, and until when. */
static enum need asked(const struct rule *rule, const struct record *record,
	const struct surroundings *around, int64_t *until)
{
	int64_t from;
	struct matter matter = {.record = record, .around = around};
	if (!rule_fits(rule, record->kind_id, record->state) ||
		!count_from(rule, record, around, &from))
		return NEED_NONE;
	*until = rule_until(from, &rule->plus, record, around);
	if (rule->conditions) {
		matter.until = *until;
		matter.late = around->now >= *until;
		matter.mine = is_mine(rule, record, around);
		if (!rule_holds(rule, &matter))
			return NEED_NONE;
	}
	if (rule->need == NEED_DUE)
		return rules_past(around, *until) ? NEED_OVERDUE : NEED_DUE;
	if (rule->need != NEED_SIGN && !rules_past(around, *until))
		return NEED_NONE;
	if (rule->need == NEED_EXPIRING)
		*until = from; /* the day it is no good, not the first day of the reminder */
	return rule->need;
}

/* What is ours to do comes before what is another's; and what one key settles before what is late:
 * it would ring no more. */
static unsigned weight_of(enum need need, const struct rule *rule, const struct record *record,
	const struct surroundings *around)
{
	static const unsigned char weights[NEEDS] = {
		[NEED_OVERDUE] = 6,
		[NEED_SIGN] = 5,
		[NEED_SILENT] = 4,
		[NEED_DUE] = 3,
		[NEED_EXPIRING] = 2,
		[NEED_CONFIRM] = 1,
	};
	enum { OURS = NEEDS + 1, FIRST = OURS + NEEDS };
	if (!weights[need] || !is_mine(rule, record, around))
		return weights[need];
	return need == NEED_SIGN ? FIRST : OURS + weights[need];
}

struct needed rules_need_late(
	const struct record *record, const struct surroundings *around, bool *late)
{
	unsigned most = 0;
	const struct rules *rules = rules_now();
	struct needed best = {NEED_NONE, 0, NULL, true};
	unsigned n = record->kind ? row_first(rules, RULE_NEED, record->kind_id) : rules->rows;

	*late = false;
	for (; n < rules->rows && rules->row[n].word == RULE_NEED &&
		rules->row[n].kind == record->kind_id;
		n++) {
		int64_t until = 0;
		enum need need = asked(&rules->row[n], record, around, &until);
		unsigned weight = weight_of(need, &rules->row[n], record, around);
		*late = *late || need == NEED_OVERDUE;
		/* What is worst comes first; of the same sort what is soonest. */
		if (weight < most || (weight == most && (need == NEED_NONE || until >= best.until)))
			continue;
		most = weight;
		best = (struct needed){need, until, &rules->row[n], true};
	}
	if (best.rule)
		best.mine = is_mine(best.rule, record, around);
	return best;
}

struct needed rules_need(const struct record *record, const struct surroundings *around)
{
	bool late;

	return rules_need_late(record, around, &late);
}
