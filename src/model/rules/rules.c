/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one set of rules of this process, and what is asked of it by name.
 */
#include "model/rules/internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/when.h"
#include "model/shipped.h"

/* The one set of rules of this process, as codes_now. */
static struct rules *now;

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
	if (!now)
		now = rules_new();
	return now;
}

/* What rules_base keeps; its texts are those of the rules. */
static struct rules *base;

void rules_base(bool keep)
{
	struct rules *from = keep ? rules_now() : base, **to = keep ? &base : &now;
	if (!from)
		return;
	struct rules *copy = rules_copy(from);
	copy->texts = rules_now()->texts; /* texts of layers that go stay until the process ends:
					     they are few */
	if (*to)
		free((*to)->row);
	free(*to);
	*to = copy;
	rules_changed();
}

const struct rule *rules_rows(enum rule_word word, unsigned *count)
{
	const struct rules *rules = rules_now();
	*count = rules->from[word + 1] - rules->from[word];
	return rules->row + rules->from[word];
}

const struct rule *rules_named(enum rule_word word, const char *name)
{
	return row_named(rules_now(), word, name);
}

unsigned rules_files(const char *files[RULE_FILES])
{
	unsigned found = 0;
	for (unsigned word = 0; word < RULE_WORDS; word++) {
		unsigned count;
		const struct rule *rule = rules_rows((enum rule_word)word, &count);
		for (unsigned n = 0; n < count && found < RULE_FILES; n++) {
			bool before = !rule[n].file;
			for (unsigned m = 0; m < found && !before; m++)
				before = !strcmp(files[m], rule[n].file);
			if (!before)
				files[found++] = rule[n].file;
		}
	}
	return found;
}

const struct rule *rules_row(unsigned order)
{
	const struct rules *rules = rules_now();
	return order < rules->rows ? &rules->row[order] : NULL;
}

uint64_t rules_print(void)
{
	return rules_now()->print;
}

int64_t rules_limit(const char *name, int64_t otherwise)
{
	const struct limit *limit = limit_named(rules_now(), name);
	return limit ? limit->number : otherwise;
}

bool rules_season(const char *name, int64_t at)
{
	const struct rule *rule = rules_named(RULE_SEASON, name);
	unsigned day = (unsigned)(date_of(at) % 10000);
	if (!rule)
		return false;
	/* A season may lie over the turn of the year. */
	return rule->from_day <= rule->to_day ? day >= rule->from_day && day <= rule->to_day
					      : day >= rule->from_day || day <= rule->to_day;
}

bool rules_seasons(int64_t at, struct buf *out)
{
	unsigned count;
	const struct rule *seasons = rules_rows(RULE_SEASON, &count);
	size_t from = out->len;

	for (unsigned n = 0; n < count; n++)
		if (rules_season(seasons[n].name, at))
			buf_fmt(out, "%s%s", out->len > from ? " " : "", rule_text(&seasons[n]));
	return out->len > from;
}

/* ---- roles */

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
