/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the watch writes: an entry of its log, a roll-call, and handing over.
 */
#include "model/area.h"
#include "model/kinds.h"
#include "store/station.h"
#include "work/watch.h"
#include "work/writing.h"

enum rc watch_write(const struct actor *actor, const char *type, const char *text, struct ref about,
	struct ref *entry, struct fault *fault)
{
	struct change change;

	change_new(&change, actor, kind_of(KIND_duty), about);
	enum rc rc = writing_text(&change, "type", type, fault);
	if (!rc)
		rc = writing_text(&change, "text", text, fault);
	return writing_end(&change, rc, entry, fault);
}

/* However deep: a county calls the villages of its townships. */
static unsigned rolled_below(struct world *world, const struct rule *roll, uint64_t above)
{
	uint64_t area = 0;
	unsigned places = 0;
	struct bytes name;

	while (area_each(above, &area, &name)) {
		places += ask_wants(world, roll, NULL, area);
		if (area_level(area) > LEVEL_VILLAGE)
			places += rolled_below(world, roll, area);
	}
	return places;
}

unsigned watch_rolled(const struct actor *actor)
{
	const struct rule *roll = NULL, *rules;
	struct world world;
	unsigned count;

	rules = rules_rows(RULE_ASK, &count);
	for (unsigned n = 0; n < count && !roll; n++)
		if (rules[n].kind == KIND_rollcall)
			roll = &rules[n];
	world_open(&world, actor->store, actor->user, store_now(actor->store));
	return roll ? rolled_below(&world, roll, store_area(actor->store)) : 0;
}

enum rc watch_roll(const struct actor *actor, struct ref *roll, struct fault *fault)
{
	struct change change;
	const char *why = _("值班点名");

	change_new(&change, actor, kind_of(KIND_rollcall), (struct ref){0, 0});
	return writing_end(&change, writing_text(&change, "text", why, fault), roll, fault);
}

enum rc watch_hand_over(const struct actor *actor, const struct handing *handing, struct ref *ref,
	struct fault *fault)
{
	struct change change;

	change_new(&change, actor, kind_of(KIND_handover), (struct ref){0, 0});
	writing_person(&change, "to", handing->to.person, handing->to.name);
	enum rc rc = writing_text(&change, "open", handing->open, fault);
	if (!rc)
		rc = writing_text(&change, "text", handing->text, fault);
	if (!rc && *handing->weather)
		rc = writing_text(&change, "weather", handing->weather, fault);
	return writing_end(&change, rc, ref, fault);
}

struct offering {
	const struct actor *actor;
	struct ref found;
	struct buf *to;
};

static bool see_offered(const struct row *row, void *to)
{
	struct offering *at = to;

	if (row->by_site != store_station(at->actor->store)->site || !at->actor->user ||
		row->by_who != at->actor->user->who)
		return true;
	at->found = row->ref;
	row_field(at->actor->store, row, handover_to, true, at->to);
	return false;
}

struct ref watch_offered(const struct actor *actor, struct buf *to)
{
	struct offering at = {actor, {0, 0}, to};
	struct query query = query_all(KIND_handover);
	struct fault fault;

	query.state = handover_is_offered;
	(void)!store_each(actor->store, &query, see_offered, &at, &fault);
	return at.found;
}

enum rc watch_take(const struct actor *actor, struct ref handover, struct fault *fault)
{
	return writing_step(actor, handover, "sign", "", fault);
}
