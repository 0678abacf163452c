/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was judged for home, kept from one look to the next. A record is judged again when facts of
 * it have come, when one has come on which records of its kind hang, and when the time has come at
 * which the clock alone may change the answer. When another response is on, or somebody else has
 * the watch, those are judged again that asked for it. When anything else has changed that is
 * around all records, all of them are.
 */
#include "work/rules/internal.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/memory.h"
#include "model/kinds.h"
#include "store/db.h"
#include "store/log.h"
#include "store/peer.h"
#include "store/station.h"

enum { FEW = 200, PART = 8 };

struct agenda *agenda_new(bool alone)
{
	struct agenda *agenda = memory_get(1, sizeof *agenda);

	agenda->alone = alone;
	return agenda;
}

void agenda_free(struct agenda *agenda)
{
	if (agenda) {
		free(agenda->on);
		free(agenda->off);
	}
	free(agenda);
}

struct need_item *agenda_items(const struct agenda *agenda, unsigned *count)
{
	*count = agenda->count;
	return agenda->on;
}

int64_t agenda_turns(const struct agenda *agenda)
{
	return agenda->turns < agenda->daily_turns ? agenda->turns : agenda->daily_turns;
}

uint64_t agenda_version(const struct agenda *agenda)
{
	return agenda->version;
}

/* ---- what is around all records */

static uint64_t with_text(uint64_t print, const char *text)
{
	return digest(print, bytes_text(text));
}

/* But the rules, which a process counts by itself (rules_version). */
static uint64_t print_of(const struct world *world)
{
	static const struct user nobody;
	const struct surroundings *around = &world->around;
	const struct station *own = store_station(world->store);
	const struct user *user = world->user ? world->user : &nobody;
	const char *reads_as;
	const uint64_t numbers[] = {store_reader(world->store, &reads_as), own->site,
		store_area(world->store), around->level, around->alone, user->who,
		log_number(store_log(world->store)),
		(uint64_t)kv_num(world->store, kv_own(KV_REPLACED), 0),
		(uint64_t)kv_num(world->store, kv_own(KV_REBUILT), 0)};
	uint64_t print = with_text(0, own->name);

	for (size_t n = 0; n < countof(numbers); n++)
		print = digest_num(print, numbers[n]);
	print = with_text(with_text(print, reads_as), user->name);
	return with_text(with_text(print, user->role), user->post) | 1;
}

/* But the response and the watch, which few records ask for: in the order of their bits. */
static void note_around(const struct world *world, uint64_t around[2])
{
	around[0] = world->around.response;
	around[1] = world->rostered | (uint64_t)(world->on_watch != NULL) << 1;
}

static unsigned other_around(const struct agenda *agenda, const struct world *world)
{
	uint64_t around[2];
	unsigned other = 0;

	note_around(world, around);
	for (unsigned n = 0; n < countof(around); n++)
		other |= (around[n] != agenda->around[n]) << n;
	return other;
}

/* ---- which records */

static int by_ref(const void *a, const void *b)
{
	const struct ref *x = a, *y = b;

	if (x->site != y->site)
		return x->site < y->site ? -1 : 1;
	return (x->seq > y->seq) - (x->seq < y->seq);
}

static void add_ref(struct agenda_round *looking, struct ref ref)
{
	looking->refs =
		array_more(looking->refs, looking->count, &looking->room, sizeof *looking->refs);
	looking->refs[looking->count++] = ref;
}

/* Who is who, and what areas are called, is around all of them, too. */
static void see_changed(struct ref ref, unsigned id, void *to)
{
	struct agenda_round *looking = to;
	const struct kind *kind = kind_of(id);

	looking->all |= id == KIND_grant || id == KIND_revocation || is_recoding(id);
	if (!kind)
		return;
	looking->changed[kind - kinds] = true;
	add_ref(looking, ref);
}

/* Of those that are over only some are judged: which, another one that is over may change. */
static bool hangs(const struct agenda_round *looking, const struct kind *kind)
{
	bool any = false;

	for (unsigned k = 0; k < kinds_count && !any; k++)
		any = looking->changed[k] &&
		      (rules_hang(kind, &kinds[k]) ||
			      (&kinds[k] == kind && agenda_asked_closed(kind)));
	return any;
}

/* Answers to what is asked without a record, and what its rows ask of others. */
static bool daily_hangs(const struct agenda_round *looking)
{
	unsigned count;
	const struct rule *ask = rules_rows(RULE_ASK, &count);

	for (unsigned n = 0; n < count; n++)
		for (unsigned k = 0; k < kinds_count && ask[n].every; k++)
			if (looking->changed[k] &&
				(kinds[k].id == ask[n].answer ||
					rules_hang(kind_of(ask[n].answer), &kinds[k])))
				return true;
	return false;
}

/* Each once, in order. */
static void sort_refs(struct agenda_round *looking)
{
	struct ref *refs = looking->refs;
	unsigned count = looking->count, kept = 0;

	if (count)
		qsort(refs, count, sizeof *refs, by_ref);
	for (unsigned n = 0; n < count; n++)
		if (!kept || by_ref(&refs[kept - 1], &refs[n]))
			refs[kept++] = refs[n];
	looking->count = looking->sorted = kept;
}

/* Of so many of JUDGED records all are judged: read kind by kind they cost less each. */
static void all_if_many(struct agenda_round *looking, unsigned judged)
{
	looking->all |= looking->count > FEW && looking->count > judged / PART;
	for (unsigned k = 0; k < kinds_count; k++)
		looking->kind[k] |= looking->all;
}

static enum rc find_changed(struct agenda_round *looking, uint64_t print, struct fault *fault)
{
	struct agenda *agenda = looking->agenda;
	unsigned judged = agenda->count + agenda->off_count;
	enum rc rc = RC_OK;

	assert(kinds_count <= KINDS_MOST);
	looking->all = print != agenda->print || looking->world->around.now < agenda->now;
	looking->other = other_around(agenda, looking->world);
	if (!looking->all)
		rc = store_each_since(
			looking->world->store, agenda->arrived, see_changed, looking, fault);
	sort_refs(looking);
	for (unsigned k = 0; k < kinds_count; k++)
		looking->kind[k] = hangs(looking, &kinds[k]);
	all_if_many(looking, judged);
	looking->daily = looking->all || looking->other ||
			 looking->world->around.now >= agenda->daily_turns || daily_hangs(looking);
	return rc;
}

/* Is all as it was at the last look? */
static bool is_still(const struct agenda_round *looking)
{
	bool any = looking->daily || looking->other || looking->count ||
		   looking->world->around.now >= looking->agenda->turns;

	for (unsigned k = 0; k < kinds_count && !any; k++)
		any = looking->kind[k];
	return !any;
}

static bool has_changed(const struct agenda_round *looking, struct ref ref)
{
	return looking->sorted && by_ref(&ref, &looking->refs[0]) >= 0 &&
	       by_ref(&ref, &looking->refs[looking->sorted - 1]) <= 0 &&
	       bsearch(&ref, looking->refs, looking->sorted, sizeof ref, by_ref);
}

/* Is it judged again? */
static bool again(struct agenda_round *looking, const struct quiet *kept)
{
	if (looking->kind[kept->kind - kinds] || has_changed(looking, kept->ref))
		return true;
	if (kept->turns > looking->world->around.now && !(kept->asked & looking->other)) {
		agenda_turns_at(&looking->agenda->turns, kept->turns);
		return false;
	}
	add_ref(looking, kept->ref);
	return true;
}

/* What is judged again is not kept. */
static void drop(struct agenda_round *looking)
{
	struct agenda *agenda = looking->agenda;
	unsigned count = agenda->count, off = agenda->off_count;

	agenda->count = agenda->off_count = 0;
	agenda->turns = INT64_MAX;
	for (unsigned n = 0; n < count; n++) {
		const struct need_item *item = &agenda->on[n];
		const struct quiet as = {item->ref, item->turns, item->kind, item->asked};

		if (item->ask ? looking->daily : again(looking, &as))
			continue;
		if (agenda->count != n)
			agenda->on[agenda->count] = *item;
		agenda->count++;
	}
	for (unsigned n = 0; n < off; n++) {
		const struct quiet *quiet = &agenda->off[n];

		if (!again(looking, quiet))
			agenda->off[agenda->off_count++] = *quiet;
	}
	all_if_many(looking, count + off);
	if (looking->all)
		agenda->count = agenda->off_count = 0;
}

/* ---- judging */

/* One that is over is here because its time has come: it is among the newest as long as none of its
 * kind changes. */
static bool is_judged(const struct row *row)
{
	return row_is_open(row, agenda_placed(row->kind)) ||
	       (row->state >= 0 && agenda_asked_closed(row->kind) & 1u << row->state);
}

static enum rc judge_one(struct agenda_round *looking, struct ref ref, struct fault *fault)
{
	struct arena arena = {0};
	struct row row;
	enum rc rc = store_row(looking->world->store, ref, &arena, &row, fault);

	/* What is shown as another record is judged as that one. */
	if (!rc && !by_ref(&row.ref, &ref) && !looking->kind[row.kind - kinds] && is_judged(&row))
		agenda_judge(&row, looking);
	arena_release(&arena);
	return rc == RC_NONE ? RC_OK : rc;
}

/* Those from KEPT on are new: they take their places among the others. */
static void merge(struct agenda *agenda, unsigned kept)
{
	unsigned fresh = agenda->count - kept, at = agenda->count;
	struct need_item *items = memory_get(fresh + 1, sizeof *items);

	if (fresh)
		memcpy(items, agenda->on + kept, fresh * sizeof *items);
	qsort(items, fresh, sizeof *items, agenda_order);
	while (fresh) {
		bool behind = !kept || agenda_order(&agenda->on[kept - 1], &items[fresh - 1]) < 0;

		agenda->on[--at] = behind ? items[--fresh] : agenda->on[--kept];
	}
	free(items);
}

static enum rc judge_all(struct agenda_round *looking, struct fault *fault)
{
	enum rc rc = RC_OK;

	for (unsigned k = 0; k < kinds_count && !rc; k++)
		if (looking->kind[k])
			rc = agenda_judge_kind(looking, &kinds[k], fault);
	for (unsigned n = 0; n < looking->count && !looking->all && !rc; n++)
		rc = judge_one(looking, looking->refs[n], fault);
	return rc;
}

/* Written once so much has been judged that another program would notice it: not each minute. */
static void remember(struct agenda *agenda, const struct world *world, uint64_t print)
{
	if (agenda->fresh > FEW && !agenda->alone)
		agenda_remember(agenda, world, print);
	if (agenda->fresh > FEW)
		agenda->fresh = 0;
}

/* Nothing may come between two slices: what does has all of them judged at once. */
static bool goes_on(
	const struct agenda *agenda, const struct world *world, uint64_t print, uint64_t arrived)
{
	return agenda->slices.on && agenda->print == print && agenda->arrived == arrived &&
	       world->around.now >= agenda->now && !other_around(agenda, world);
}

/* What is judged again, all of it or the first slice. */
static enum rc judge_some(struct agenda_round *looking, unsigned slice, struct fault *fault)
{
	struct agenda *agenda = looking->agenda;
	bool first = !agenda->print && slice;

	drop(looking);
	agenda->version++;
	unsigned kept = agenda->count;
	enum rc rc = first ? agenda_slice(looking, slice, fault) : judge_all(looking, fault);
	if (looking->daily || looking->all)
		agenda_judge_daily(agenda, looking->world);
	merge(agenda, kept);
	return rc;
}

static enum rc judge_more(struct agenda_round *looking, unsigned slice, struct fault *fault)
{
	struct agenda *agenda = looking->agenda;
	unsigned kept = agenda->count;
	enum rc rc = agenda_slice(looking, slice ? slice : UINT_MAX, fault);

	agenda->version++;
	merge(agenda, kept);
	return rc;
}

enum rc agenda_look(struct agenda *agenda, struct world *world, unsigned slice, struct fault *fault)
{
	struct agenda_round looking = {.agenda = agenda, .world = world};
	uint64_t around = print_of(world), print = digest_num(around, rules_version()) | 1;
	/* Before rows are read: what comes meanwhile is judged twice. */
	uint64_t arrived = log_last(store_log(world->store));
	enum rc rc = RC_OK;

	if (!agenda->looked && !agenda->alone && agenda_recall(agenda, world, around))
		agenda->print = print;
	agenda->looked = true;
	if (goes_on(agenda, world, print, arrived)) {
		rc = judge_more(&looking, slice, fault);
	} else {
		agenda->print = agenda->slices.on ? 0 : agenda->print;
		slice = agenda->slices.on ? 0 : slice;
		agenda->slices = (struct slices){.on = false};
		rc = find_changed(&looking, print, fault);
		if (!rc && !is_still(&looking))
			rc = judge_some(&looking, slice, fault);
	}
	free(looking.refs);
	agenda->slices.on &= !rc;
	agenda->print = rc ? 0 : print;
	note_around(world, agenda->around);
	agenda->arrived = arrived;
	agenda->now = world->around.now;
	if (!rc && !agenda->slices.on)
		remember(agenda, world, around);
	return rc;
}
