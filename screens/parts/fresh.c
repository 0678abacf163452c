/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is new on home, row by row. A row that stands for several is new when one of them is.
 */
#include "screens/fresh.h"

#include <string.h>

enum { MEMBERS = 64 }; /* of a row that stands for more, so many are asked */

static unsigned shown(const struct needs *needs)
{
	return needs->count < NEEDS_SHOWN ? needs->count : NEEDS_SHOWN;
}

/* The new ones among those that row N stands for. */
static unsigned new_of(const struct seen *seen, const struct needs *needs, unsigned n,
	struct seen_row rows[MEMBERS])
{
	struct ref refs[MEMBERS];
	unsigned count = needs_members(needs, n, refs, MEMBERS), kept = 0;

	for (unsigned m = 0; m < count; m++) {
		uint64_t arrived = seen_new(seen, refs[m]);

		if (arrived)
			rows[kept++] = (struct seen_row){refs[m], arrived};
	}
	return kept;
}

void fresh_load(struct fresh *fresh, const struct actor *actor, const struct needs *needs)
{
	struct seen_row rows[MEMBERS];
	uint32_t who = fresh->seen.who;

	seen_load(&fresh->seen, actor);
	if (who != fresh->seen.who)
		fresh->count = 0;
	for (unsigned n = 0; n < shown(needs); n++)
		fresh->on[n] =
			fresh->seen.last > fresh->seen.upto && new_of(&fresh->seen, needs, n, rows);
}

static void note(struct fresh *fresh, const struct seen_row *row)
{
	for (unsigned n = 0; n < fresh->count; n++)
		if (fresh->paged[n].arrived == row->arrived)
			return;
	if (fresh->count < SEEN_MOST)
		fresh->paged[fresh->count++] = *row;
}

void fresh_paged(struct fresh *fresh, const struct needs *needs, struct list *list, unsigned from,
	unsigned end)
{
	struct seen_row rows[MEMBERS];

	for (unsigned n = from; n < end; n++) {
		const struct list_row *row = list_shown(list, n);

		if (!row || row->heading || (unsigned)row->id >= shown(needs) ||
			!fresh->on[row->id])
			continue;
		unsigned count = new_of(&fresh->seen, needs, (unsigned)row->id, rows);
		for (unsigned m = 0; m < count; m++)
			note(fresh, &rows[m]);
	}
}

/* Those that are counted alone, and what others do, hold nothing back. */
static bool any_left(const struct fresh *fresh, const struct needs *needs)
{
	struct seen_row rows[MEMBERS];

	for (unsigned n = 0; n < shown(needs); n++)
		if (needs->items[n].band <= BAND_TODAY && fresh->on[n] &&
			new_of(&fresh->seen, needs, n, rows))
			return true;
	return false;
}

void fresh_left(struct fresh *fresh, const struct needs *needs)
{
	for (unsigned n = 0; n < fresh->count; n++)
		seen_look(&fresh->seen, fresh->paged[n]);
	fresh->count = 0;
	if (!any_left(fresh, needs))
		seen_all(&fresh->seen);
	seen_keep(&fresh->seen);
}

static bool stood_now(const struct fresh *fresh, struct ref ref)
{
	for (unsigned n = 0; n < fresh->nows; n++)
		if (fresh->now[n].site == ref.site && fresh->now[n].seq == ref.seq)
			return true;
	return false;
}

bool fresh_now(struct fresh *fresh, const struct needs *needs)
{
	struct ref now[FRESH_NOW];
	unsigned count = 0;
	bool any = false;

	for (unsigned n = 0; n < needs->count && count < FRESH_NOW; n++) {
		const struct need_item *item = &needs->items[n];

		if (item->band != BAND_NOW)
			continue;
		any |= !stood_now(fresh, item->ref);
		now[count++] = item->ref;
	}
	if (count)
		memcpy(fresh->now, now, count * sizeof *now);
	fresh->nows = count;
	return any;
}
