/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables of counts and figures by place.
 */
#include "work/totals.h"

#include "base/when.h"
#include "base/when_parts.h"
#include "model/area.h"
#include "model/kinds.h"

enum { MONTHS = 12 };

/* ---- numbers of the rules by name */

const struct rule *total_rule(const char *name)
{
	const struct rule *rule = rules_named(RULE_COUNT, name);
	return rule ? rule : rules_named(RULE_FIGURE, name);
}

/* The count that a number is made of, or shares out; NULL: it is a median. */
static const struct rule *count_of(const struct rule *number, bool bottom)
{
	if (number->word == RULE_COUNT)
		return number;
	if (number->median)
		return NULL;
	return rules_named(RULE_COUNT, bottom && number->bottom ? number->bottom : number->top);
}

static bool count_is_now(const struct rule *count)
{
	return count->per == PER_ALL || count->per == PER_KIND;
}

bool total_is_now(const struct rule *number)
{
	const struct rule *top = count_of(number, false), *bottom = count_of(number, true);
	return top ? count_is_now(top) || count_is_now(bottom) : number->timed != NULL;
}

bool total_is_share(const struct rule *number)
{
	return number->word == RULE_FIGURE && !number->median && (number->bottom || number->apart);
}

const struct kind *total_kind(const struct rule *number)
{
	const struct rule *count = count_of(number, true);
	if (count)
		return kind_of(count->kind);
	return kind_of(
		number->timed ? rules_named(RULE_ASK, number->timed)->answer : number->end_kind);
}

enum rc total_load(struct figured *figured, struct world *world, const struct rule *number,
	const struct counting_of *of, struct arena *arena, struct fault *fault)
{
	/* The last row adds up what the others have. */
	if (number->word == RULE_FIGURE && number->own)
		number = rules_named(RULE_COUNT, number->top);
	if (number->word == RULE_FIGURE)
		return figure_load(figured, world, number, of, arena, fault);
	*figured = (struct figured){.known = true};
	enum rc rc = count_load(&figured->top, world, number, of, arena, fault);
	figured->value = figured->top.number;
	return rc;
}

enum rc total_behind(struct counted *counted, struct world *world, const char *name,
	const struct counting_of *of, struct arena *arena, struct fault *fault)
{
	const struct rule *number = total_rule(name);
	struct figured figured;
	if (!number)
		return fault_set(
			fault, RC_NONE, _("没有叫 \"%s\" 的数，outpost count 列出全部"), name);
	enum rc rc = total_load(&figured, world, number, of, arena, fault);
	*counted = total_is_share(number) && !number->apart ? figured.bottom : figured.top;
	return rc;
}

/* ---- periods */

static enum rule_per totals_per(const struct rule *table)
{
	enum rule_per per = PER_ALL;
	for (unsigned n = 0; n < table->cells; n++) {
		const struct rule *number = total_rule(table->cell[n].name);
		const struct rule *count = number ? count_of(number, true) : NULL;
		if (count && count->per == PER_MONTH)
			return PER_MONTH;
		if ((count && count->per == PER_YEAR) || (number && !count && !number->timed))
			per = PER_YEAR;
	}
	return per;
}

int64_t totals_at(const struct rule *table, int64_t now, unsigned before)
{
	enum rule_per per = totals_per(table);
	struct when_parts parts;
	if (!before || per == PER_ALL)
		return now;
	when_split(now, &parts);
	int month = per == PER_YEAR ? 0 : parts.month - 1;
	int months =
		parts.year * MONTHS + month - (int)(before - 1) * (per == PER_YEAR ? MONTHS : 1);
	parts = (struct when_parts){
		.year = months / MONTHS, .month = months % MONTHS + 1, .day = 1};
	return when_of(&parts) - 1;
}

/* ---- the table */

static unsigned places(uint64_t area, struct totals_row *rows)
{
	struct bytes name;
	unsigned count = 0;
	for (uint64_t after = 0; area_each(area, &after, &name); count++)
		if (rows)
			rows[count] = (struct totals_row){.at = TOTAL_PLACE, .area = after};
	return count;
}

/* A place with none below it is the whole. */
static void set_rows(struct totals *totals, uint64_t area, struct arena *arena)
{
	unsigned count = places(area, NULL);
	totals->rows = arena_get(arena, (count + 2) * sizeof *totals->rows);
	places(area, totals->rows);
	if (count)
		totals->rows[count++] = (struct totals_row){.at = TOTAL_OWN, .area = area};
	totals->rows[count++] = (struct totals_row){.at = TOTAL_ALL, .area = area};
	totals->count = count;
}

struct counting_of totals_of(const struct totals *totals, const struct totals_row *row)
{
	return (struct counting_of){
		.at = totals->at, .area = row->area, .alone = row->at == TOTAL_OWN};
}

static enum rc load_cell(struct total *cell, struct world *world, const struct rule *number,
	const struct counting_of *of, struct fault *fault)
{
	struct figured figured;
	struct arena arena = {0};
	enum rc rc = total_load(&figured, world, number, of, &arena, fault);
	cell->how = rc || !figured.known ? TOTAL_NOTHING : TOTAL_KNOWN;
	cell->value = figured.value;
	arena_release(&arena);
	return rc;
}

static enum rc load_column(struct totals *totals, struct world *world, unsigned column,
	struct arena *arena, struct fault *fault)
{
	const struct rule *number = total_rule(totals->table->cell[column].name);
	struct asked asked;
	struct counting_of all = {.at = totals->at};
	bool unknown = !number || (totals->past && total_is_now(number));
	bool timed = !unknown && number->word == RULE_FIGURE && number->timed;
	enum rc rc = timed ? figure_asked(&asked, world, number, &all, arena, fault) : RC_OK;
	for (unsigned n = 0; n < totals->count && !rc; n++) {
		struct totals_row *row = &totals->rows[n];
		struct total *cell = &row->cell[column];
		struct counting_of of = totals_of(totals, row);
		of.of = all.of;
		of.asked = timed ? &asked : NULL;
		cell->how = TOTAL_UNKNOWN;
		if (!unknown)
			rc = load_cell(cell, world, number, &of, fault);
		row->any |= cell->how == TOTAL_KNOWN && cell->value;
	}
	return rc;
}

enum rc totals_load(struct totals *totals, struct world *world, const struct rule *table,
	int64_t at, struct arena *arena, struct fault *fault)
{
	enum rc rc = RC_OK;
	*totals = (struct totals){
		.table = table, .at = at, .past = at < world->around.now, .per = totals_per(table)};
	set_rows(totals, store_station(world->store)->area, arena);
	for (unsigned n = 0; n < table->cells && n < TOTALS_CELLS && !rc; n++)
		rc = load_column(totals, world, n, arena, fault);
	return rc;
}
