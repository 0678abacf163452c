/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was judged for home, kept from one look to the next. A record is judged again when facts of
 * it have come, when one has come on which records of its kind hang, and when the time has come at
 * which the clock alone may change the answer. When what is around all records has changed, all of
 * them are judged again.
 */
#include "work/rules/internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/memory.h"
#include "model/kinds.h"
#include "store/db.h"
#include "store/log.h"
#include "store/peer.h"
#include "store/station.h"

enum { KINDS_MOST = 128, FEW = 200, PART = 8 };

/* One look: which records are judged again. */
struct looking {
	struct agenda *agenda;
	struct world *world;
	struct ref *refs; /* owned; sorted up to .sorted: what has changed; behind: whose time has
			     come */
	unsigned count, sorted;
	size_t room;
	bool all, daily;                            /* daily: what is owed without a record */
	bool changed[KINDS_MOST], kind[KINDS_MOST]; /* by place in kinds: any of it; all records of
						       it are judged again */
};

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
		store_area(world->store), around->level, around->alone, around->response,
		world->rostered, world->on_watch != NULL, user->who,
		log_number(store_log(world->store)),
		(uint64_t)kv_num(world->store, kv_own(KV_REPLACED), 0),
		(uint64_t)kv_num(world->store, kv_own(KV_REBUILT), 0)};
	uint64_t print = with_text(0, own->name);

	for (size_t n = 0; n < countof(numbers); n++)
		print = digest_num(print, numbers[n]);
	print = with_text(with_text(print, reads_as), user->name);
	return with_text(with_text(print, user->role), user->post) | 1;
}

/* ---- which records */

static int by_ref(const void *a, const void *b)
{
	const struct ref *x = a, *y = b;

	if (x->site != y->site)
		return x->site < y->site ? -1 : 1;
	return (x->seq > y->seq) - (x->seq < y->seq);
}

static void add_ref(struct looking *looking, struct ref ref)
{
	looking->refs =
		array_more(looking->refs, looking->count, &looking->room, sizeof *looking->refs);
	looking->refs[looking->count++] = ref;
}

/* Who is who, and what areas are called, is around all of them, too. */
static void see_changed(struct ref ref, unsigned id, void *to)
{
	struct looking *looking = to;
	const struct kind *kind = kind_of(id);

	looking->all |= id == KIND_grant || id == KIND_revocation || is_recoding(id);
	if (!kind)
		return;
	looking->changed[kind - kinds] = true;
	add_ref(looking, ref);
}

/* States of KIND that are over, and in which an answer is asked for all the same. */
static uint32_t asked_closed(const struct kind *kind)
{
	unsigned count;
	const struct rule *ask = rules_rows(RULE_ASK, &count);
	uint32_t asked = 0, closed = 0;

	for (unsigned n = 0; n < count; n++)
		if (ask[n].kind == kind->id)
			asked |= ask[n].states;
	for (int state = 0; kind->states[state].code; state++)
		if (!(kind->states[state].flags & STATE_OPEN))
			closed |= 1u << state;
	return asked & closed;
}

/* Of those that are over only some are judged: which, another one that is over may change. */
static bool hangs(const struct looking *looking, const struct kind *kind)
{
	bool any = false;

	for (unsigned k = 0; k < kinds_count && !any; k++)
		any = looking->changed[k] &&
		      (rules_hang(kind, &kinds[k]) || (&kinds[k] == kind && asked_closed(kind)));
	return any;
}

/* Answers to what is asked without a record, and what its rows ask of others. */
static bool daily_hangs(const struct looking *looking)
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
static void sort_refs(struct looking *looking)
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
static void all_if_many(struct looking *looking, unsigned judged)
{
	looking->all |= looking->count > FEW && looking->count > judged / PART;
	for (unsigned k = 0; k < kinds_count; k++)
		looking->kind[k] |= looking->all;
}

static enum rc find_changed(struct looking *looking, uint64_t print, struct fault *fault)
{
	struct agenda *agenda = looking->agenda;
	unsigned judged = agenda->count + agenda->off_count;
	enum rc rc = RC_OK;

	assert(kinds_count <= KINDS_MOST);
	looking->all = print != agenda->print || looking->world->around.now < agenda->now;
	if (!looking->all)
		rc = store_each_since(
			looking->world->store, agenda->arrived, see_changed, looking, fault);
	sort_refs(looking);
	for (unsigned k = 0; k < kinds_count; k++)
		looking->kind[k] = hangs(looking, &kinds[k]);
	all_if_many(looking, judged);
	looking->daily = looking->all || looking->world->around.now >= agenda->daily_turns ||
			 daily_hangs(looking);
	return rc;
}

/* Is all as it was at the last look? */
static bool is_still(const struct looking *looking)
{
	bool any = looking->daily || looking->count ||
		   looking->world->around.now >= looking->agenda->turns;

	for (unsigned k = 0; k < kinds_count && !any; k++)
		any = looking->kind[k];
	return !any;
}

static bool has_changed(const struct looking *looking, struct ref ref)
{
	return looking->sorted && by_ref(&ref, &looking->refs[0]) >= 0 &&
	       by_ref(&ref, &looking->refs[looking->sorted - 1]) <= 0 &&
	       bsearch(&ref, looking->refs, looking->sorted, sizeof ref, by_ref);
}

static void turns_at(int64_t *first, int64_t turns)
{
	*first = turns < *first ? turns : *first;
}

/* Is it judged again? */
static bool again(struct looking *looking, const struct kind *kind, struct ref ref, int64_t turns)
{
	if (looking->kind[kind - kinds] || has_changed(looking, ref))
		return true;
	if (turns > looking->world->around.now) {
		turns_at(&looking->agenda->turns, turns);
		return false;
	}
	add_ref(looking, ref);
	return true;
}

/* What is judged again is not kept. */
static void drop(struct looking *looking)
{
	struct agenda *agenda = looking->agenda;
	unsigned count = agenda->count, off = agenda->off_count;

	agenda->count = agenda->off_count = 0;
	agenda->turns = INT64_MAX;
	for (unsigned n = 0; n < count; n++) {
		const struct need_item *item = &agenda->on[n];

		if (item->ask ? looking->daily : again(looking, item->kind, item->ref, item->turns))
			continue;
		if (agenda->count != n)
			agenda->on[agenda->count] = *item;
		agenda->count++;
	}
	for (unsigned n = 0; n < off; n++) {
		const struct quiet *quiet = &agenda->off[n];

		if (!again(looking, quiet->kind, quiet->ref, quiet->turns))
			agenda->off[agenda->off_count++] = *quiet;
	}
	all_if_many(looking, count + off);
	if (looking->all)
		agenda->count = agenda->off_count = 0;
}

/* ---- judging */

static bool judge(const struct row *row, void *to)
{
	struct looking *looking = to;
	struct agenda *agenda = looking->agenda;
	struct need_item item;

	if (agenda_item(looking->world, row, &item)) {
		agenda_add(agenda, &item);
	} else {
		agenda->off = array_more(
			agenda->off, agenda->off_count, &agenda->off_room, sizeof *agenda->off);
		agenda->off[agenda->off_count++] =
			(struct quiet){row->ref, looking->world->turns, row->kind};
	}
	turns_at(&agenda->turns, looking->world->turns);
	agenda->fresh++;
	return true;
}

/* The states in which a row of the rules may place a record of KIND on home; bit 0 of a kind
 * without states. */
static uint32_t placed(const struct kind *kind)
{
	static const enum rule_word words[] = {RULE_NEED, RULE_ASK, RULE_RANK};
	uint32_t states = 0;

	for (size_t w = 0; w < countof(words); w++) {
		unsigned count;
		const struct rule *rule = rules_rows(words[w], &count);

		for (unsigned n = 0; n < count; n++) {
			bool says = words[w] == RULE_RANK  ? rule[n].force || rule[n].asked
				    : words[w] == RULE_ASK ? !rule[n].every
							   : true;

			if (says && (!rule[n].kind || rule[n].kind == kind->id))
				states |= kind->states[0].code ? rule[n].states : 1;
		}
	}
	return states;
}

/* All of KIND that may stand on home. Of those that are over the newest are enough: nobody is asked
 * for long. */
static enum rc judge_kind(struct looking *looking, const struct kind *kind, struct fault *fault)
{
	enum { NEWEST = 200 };
	struct store *store = looking->world->store;
	uint32_t states = asked_closed(kind);
	struct query query = query_all(kind->id);
	enum rc rc = store_each_open(store, kind, placed(kind), judge, looking, fault);

	query.limit = NEWEST;
	for (query.state = 0; states && !rc; query.state++, states >>= 1)
		if (states & 1)
			rc = store_each(store, &query, judge, looking, fault);
	return rc;
}

/* One that is over is here because its time has come: it is among the newest as long as none of its
 * kind changes. */
static bool is_judged(const struct row *row)
{
	return row_is_open(row, placed(row->kind)) ||
	       (row->state >= 0 && asked_closed(row->kind) & 1u << row->state);
}

static enum rc judge_one(struct looking *looking, struct ref ref, struct fault *fault)
{
	struct arena arena = {0};
	struct row row;
	enum rc rc = store_row(looking->world->store, ref, &arena, &row, fault);

	/* What is shown as another record is judged as that one. */
	if (!rc && !by_ref(&row.ref, &ref) && !looking->kind[row.kind - kinds] && is_judged(&row))
		judge(&row, looking);
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

static enum rc judge_all(struct looking *looking, struct fault *fault)
{
	enum rc rc = RC_OK;

	for (unsigned k = 0; k < kinds_count && !rc; k++)
		if (looking->kind[k])
			rc = judge_kind(looking, &kinds[k], fault);
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

enum rc agenda_look(struct agenda *agenda, struct world *world, struct fault *fault)
{
	struct looking looking = {.agenda = agenda, .world = world};
	uint64_t around = print_of(world), print = digest_num(around, rules_version()) | 1;
	/* Before rows are read: what comes meanwhile is judged twice. */
	uint64_t arrived = log_last(store_log(world->store));

	if (!agenda->looked && !agenda->alone && agenda_recall(agenda, world, around))
		agenda->print = print;
	agenda->looked = true;
	enum rc rc = find_changed(&looking, print, fault);
	if (!rc && !is_still(&looking)) {
		drop(&looking);
		agenda->version++;
		unsigned kept = agenda->count;
		rc = judge_all(&looking, fault);
		if (looking.daily || looking.all)
			agenda_judge_daily(agenda, world);
		merge(agenda, kept);
	}
	free(looking.refs);
	agenda->print = rc ? 0 : print;
	agenda->arrived = arrived;
	agenda->now = world->around.now;
	if (!rc)
		remember(agenda, world, around);
	return rc;
}
