/* SPDX-License-Identifier: GPL-3.0-or-later
 * Counts that travelled by themselves, where the records that they count stayed below for want of a
 * way (rows `tell` of the rules): how many records of places below are not here.
 */
#include "work/digest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/log.h"
#include "store/station.h"

enum {
	MILLI = 1000,
	DIGITS = 3,
	LANES_ROOM = 8 /* n of a seq */,
	KNOWN_DAYS = 31 /* of counts of what is: who is not heard longer than that says nothing */
};

struct said_of {
	struct said_of *next;
	uint64_t area, stamp;
	struct bytes text; /* in the arena */
	uint64_t site;     /* who says it */
	bool come;         /* all of it is here by now */
	int64_t day, number;
};

struct hearing_of {
	struct arena arena;
	struct said_of *first;
	const char *name;
	const struct counting_of *of;
	const struct counted *counted;
};

/* "12" or "12.5" behind NAME=, in thousandths. */
static bool number_of(struct bytes text, const char *name, int64_t *number)
{
	size_t len = strlen(name);
	struct buf all = {0};
	bool found = false;

	buf_put(&all, text.at, text.len);
	for (const char *at = buf_cstr(&all); *at && !found; at += *at == ';') {
		found = !strncmp(at, name, len) && at[len] == '=';
		if (found) {
			char *end;
			*number = strtol(at + len + 1, &end, 10) * MILLI;
			int64_t share = MILLI;
			for (int n = 0;
				*end == '.' && n < DIGITS && end[1 + n] >= '0' && end[1 + n] <= '9';
				n++)
				*number += (end[1 + n] - '0') * (share /= 10);
		}
		at += strcspn(at, ";");
	}
	buf_release(&all);
	return found;
}

/* Is DAY of AREA asked for? */
static bool asked_for(const struct hearing_of *hearing, int64_t day, uint64_t area)
{
	const struct counted *counted = hearing->counted;

	if (counted->to && (day < date_of(counted->from) || day > date_of(counted->to - 1)))
		return false;
	if (hearing->of->area && !area_within(area, hearing->of->area))
		return false;
	return !hearing->of->areas.len || area_reach(hearing->of->areas, area) != AREA_ELSEWHERE;
}

/* The newest word of each place within the period. */
static bool hear_one(const struct row *row, void *to)
{
	struct hearing_of *hearing = to;
	const struct value *day = row_value(row, digest_day), *text = row_value(row, digest_counts);
	int64_t number;

	if (!day || !text || row_void(row) || !asked_for(hearing, day->num, row->area) ||
		!number_of(text->text, hearing->name, &number))
		return true;
	struct said_of *said = hearing->first;
	while (said && said->area != row->area)
		said = said->next;
	if (said && said->day >= day->num)
		return true;
	if (!said) {
		said = arena_get(&hearing->arena, sizeof *said);
		said->next = hearing->first;
		hearing->first = said;
	}
	said->area = row->area;
	said->stamp = row->stamp;
	said->text = arena_bytes(&hearing->arena, text->text);
	said->site = row->ref.site;
	said->day = day->num;
	said->number = number;
	return true;
}

/* ---- is all of it here by now? */

struct coming {
	struct store *store;
	const struct said_of *said;
	unsigned lane;
	bool below, newer; /* others write within its area; one of them has written since */
};

static bool see_author(const struct site *site, void *to)
{
	struct coming *coming = to;
	struct log *log = store_log(coming->store);
	struct arena arena = {0};
	struct fact fact;
	struct op op;

	if (!area_within(site->area, coming->said->area))
		return true;
	coming->below |= site->site != coming->said->site;
	uint32_t n = log_author(log, site->site, coming->lane);
	if (n && log_fact(log, site->site, n * LANES_ROOM + coming->lane, &arena, &fact) &&
		op_take(fact.raw, &op))
		coming->newer |= op.stamp > coming->said->stamp;
	arena_release(&arena);
	return !coming->newer;
}

/* What its station had written has come, and, of a station that has others below it, something that
 * was written after it: a lane comes in the order in which it was passed on. From then on the
 * records speak for themselves, and an old word adds nothing. */
static bool has_come(struct store *store, const struct said_of *said, unsigned lane)
{
	struct coming coming = {store, said, lane, false, false};
	struct fault fault;
	char name[8];
	int64_t upto;

	snprintf(name, sizeof name, "@%u", lane);
	if (number_of(said->text, name, &upto) &&
		log_author(store_log(store), said->site, lane) < upto / MILLI)
		return false;
	if (log_sites(store_log(store), see_author, &coming, &fault))
		return false;
	return coming.newer || (!coming.below && number_of(said->text, name, &upto));
}

/* What a township says holds what its villages say. */
static bool is_within_another(const struct hearing_of *hearing, const struct said_of *one)
{
	for (const struct said_of *said = hearing->first; said; said = said->next)
		if (said != one && !said->come && said->area != one->area &&
			area_within(one->area, said->area))
			return true;
	return false;
}

static bool is_told(const struct rule *rule)
{
	unsigned count;
	const struct rule *rules = rules_rows(RULE_TELL, &count);

	for (unsigned n = 0; n < count; n++)
		if (!strcmp(rules[n].name, rule->name))
			return true;
	return false;
}

enum rc digest_below(struct counted *counted, struct world *world, const struct rule *rule,
	const struct counting_of *of, count_fn *here, struct fault *fault)
{
	struct hearing_of hearing = {.name = rule->name, .of = of, .counted = counted};
	struct query query = query_all(KIND_digest);
	enum rc rc = RC_OK;

	if (of->alone || !is_told(rule))
		return RC_OK;
	int64_t first = counted->to ? date_of(counted->from)
				    : date_add(date_of(world->around.now), -KNOWN_DAYS);
	query.filters[0] = (struct filter){digest_day, '>', value_num(date_add(first, -1))};
	query.filter_count = 1;
	rc = store_each(world->store, &query, hear_one, &hearing, fault);
	for (struct said_of *said = hearing.first; said; said = said->next)
		said->come = has_come(world->store, said, kind_of(rule->kind)->lane);
	for (const struct said_of *said = hearing.first; said && !rc; said = said->next) {
		const struct counting_of there = {
			.area = said->area, .at = of->at, .areas = of->areas};
		struct counted found;
		struct arena arena = {0};
		if (said->come || is_within_another(&hearing, said))
			continue;
		rc = here(&found, world, rule, &there, &arena, fault);
		if (!rc && said->number > found.number)
			counted->below += said->number - found.number;
		arena_release(&arena);
	}
	arena_release(&hearing.arena);
	return rc;
}
