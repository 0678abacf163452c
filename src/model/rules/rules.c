/* SPDX-License-Identifier: GPL-3.0-or-later
 * The county's rules: rows of rules.conf and roles.conf, sorted by kind, so that judging a record
 * looks at the few rows of its kind.
 */
#include "model/rules/rules_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/when.h"
#include "model/shipped.h"

static bool field_time(const struct record *record, int tag, int64_t *time)
{
	const struct cell *cell = record_cell(record, (unsigned)tag);
	if (!cell || cell->value.wire != WIRE_NUM || !cell->value.num)
		return false;
	bool day = field_of(record->kind, (unsigned)tag)->type == T_DATE;
	*time = day ? date_end(cell->value.num) : cell->value.num;
	return true;
}

static bool fits(const struct rule *rule, const struct record *record)
{
	if (record->kind->states[0].code && !(rule->states & 1u << record->state))
		return false;
	for (unsigned i = 0; i < rule->tests; i++)
		if (!record_code(record, rule->test[i].tag, rule->test[i].code))
			return false;
	return true;
}

/* From when the row counts; false when the field that it counts from is empty. */
static bool count_from(const struct rule *rule, const struct record *record, int64_t *from)
{
	bool there = true;
	if (rule->from == FROM_AT)
		*from = record->at;
	else if (rule->from == FROM_STATE)
		*from = record->state_at;
	else if (rule->from == FROM_LAST)
		*from = stamp_seconds(record->stamp);
	else
		there = field_time(record, rule->from, from);
	/* What was never done counts from when the record was made. */
	if (!there)
		*from = record->at;
	return there || rule->need == NEED_SILENT || rule->need == NEED_CONFIRM;
}

/* Does the row ask for something at NOW, and until when? */
static enum need ask(
	const struct rule *rule, const struct record *record, int64_t now, int64_t *until)
{
	int64_t from;
	if (!fits(rule, record) || !count_from(rule, record, &from))
		return NEED_NONE;
	*until = from + rule->plus;
	if (rule->need == NEED_DUE)
		return now >= *until ? NEED_OVERDUE : NEED_DUE;
	if (rule->need != NEED_SIGN && now < *until)
		return NEED_NONE;
	if (rule->need == NEED_EXPIRING)
		*until = from; /* the day it is no good, not the first day of the reminder */
	return rule->need;
}

static struct rules *rules_new(void)
{
	struct rules *rules = memory_get(1, sizeof *rules);
	struct fault fault;
	if (rules_load(rules, "rules.conf", shipped_file("rules.conf"), &fault) ||
		roles_load(rules, "roles.conf", shipped_file("roles.conf"), &fault))
		die("%s", fault.text);
	return rules;
}

struct rules *rules_now(void)
{
	/* The one set of rules of this process, as codes_now. */
	static struct rules *now;
	if (!now)
		now = rules_new();
	return now;
}

static bool covers(const struct may *row, const struct kind *kind, unsigned step)
{
	return (!row->kind || row->kind == kind->id) && step < 64 &&
	       (row->steps & (uint64_t)1 << step);
}

bool rules_may(const char *role, enum level level, const struct kind *kind, unsigned step)
{
	const struct rules *rules = rules_now();
	const struct step *what = step ? step_of(kind, step) : NULL;
	if (step && (!what || step >= 64 || !(what->by & 1u << level)))
		return false;
	if (!role || !*role)
		return true;
	for (unsigned i = 0; i < rules->mays; i++)
		if (covers(&rules->may[i], kind, step) && !strcmp(rules->may[i].role, role))
			return true;
	return false;
}

bool rules_pin(const struct kind *kind, unsigned step)
{
	const struct rules *rules = rules_now();
	for (unsigned i = 0; i < rules->pins; i++)
		if (covers(&rules->pin[i], kind, step))
			return true;
	return false;
}

enum need rules_need(const struct record *record, int64_t now, int64_t *until, const char **text)
{
	/* What is worst comes first; of the same sort what is soonest. */
	static const unsigned char weight[NEEDS] = {
		[NEED_OVERDUE] = 6,
		[NEED_SIGN] = 5,
		[NEED_SILENT] = 4,
		[NEED_DUE] = 3,
		[NEED_EXPIRING] = 2,
		[NEED_CONFIRM] = 1,
	};
	const struct rules *rules = rules_now();
	enum need best = NEED_NONE;
	unsigned low = 0, high = record->kind ? rules->rules : 0;
	*until = 0;
	*text = "";
	while (low < high) {
		unsigned mid = (low + high) / 2;
		if (rules->rule[mid].kind < record->kind_id)
			low = mid + 1;
		else
			high = mid;
	}
	for (; record->kind && low < rules->rules && rules->rule[low].kind == record->kind_id;
		low++) {
		const struct rule *rule = &rules->rule[low];
		int64_t at = 0;
		enum need need = ask(rule, record, now, &at);
		if (weight[need] < weight[best] ||
			(weight[need] == weight[best] && (need == NEED_NONE || at >= *until)))
			continue;
		best = need;
		*until = at;
		*text = rule->en ? (words_english() ? rule->en : rule->zh) : words(rule->zh);
	}
	return best;
}

bool need_is_now(enum need need, int64_t until, int64_t now)
{
	enum { DAY = 86400, AHEAD_DAYS = 3 };
	if (need == NEED_DUE && until)
		return until <= now + rules_limit("today.ahead.days", AHEAD_DAYS) * DAY;
	return need != NEED_NONE;
}

int64_t rules_limit(const char *name, int64_t otherwise)
{
	return rules_limit_in(rules_now(), name, otherwise);
}
