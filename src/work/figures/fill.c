/* SPDX-License-Identifier: GPL-3.0-or-later
 * What registers know already of a record that is begun (rows `fill` of rules.conf).
 */
#include "base/when.h"
#include "work/figures.h"

enum { YEAR_DAYS = 365 };

bool fill_number(struct store *store, const struct kind *kind, const struct field *field,
	uint64_t area, struct buf *out)
{
	unsigned count;
	const struct rule *rules = rules_rows(RULE_FILL, &count);
	struct arena arena = {0};
	struct world world;
	bool known = false;

	for (unsigned n = 0; n < count && !known; n++) {
		const struct rule *source = rules_named(RULE_COUNT, rules[n].source);
		struct counted counted = {0};
		struct fault fault;

		if (rules[n].kind != kind->id || rules[n].filled != field->tag || !source)
			continue;
		world_open(&world, store, NULL, store_now(store));
		const struct counting_of of = {.area = area,
			.at = world.around.now - (rules[n].before ? YEAR_DAYS * DAY_SECONDS : 0)};
		known = !count_load(&counted, &world, source, &of, &arena, &fault);
		if (known)
			figure_number(counted.number, out);
	}
	arena_release(&arena);
	return known;
}
