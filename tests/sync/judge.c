/* SPDX-License-Identifier: GPL-3.0-or-later
 * The judge reads stores and changes nothing: the simulator gives it its own, the nemesis those of
 * real processes, opened to be read.
 */
#include "judge.h"

#include "model/area.h"
#include "model/kinds.h"
#include "store/peer.h"
#include "store/station.h"
#include "store/log/internal.h"
#include "world.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint64_t fact_print(struct bytes raw)
{
	uint8_t hash[HASH_SIZE];
	uint64_t print;

	crypt_hash(raw, hash);
	memcpy(&print, hash, sizeof print);
	return print;
}

static uint64_t what_of(const struct op *op)
{
	struct buf all = {0};
	uint64_t what;

	put_varint(&all, op->kind);
	put_varint(&all, op->step);
	put_varint(&all, op->area); /* the first users of two stations are alike but for it */
	put_varint(&all, (uint64_t)op_at(op));
	buf_put(&all, op->body.at, op->body.len);
	what = fact_print(buf_bytes(&all));
	buf_release(&all);
	return what;
}

static bool content_add(const struct fact *fact, void *to)
{
	struct contents *contents = to;
	struct op op;

	if (!op_take(fact->raw, &op))
		return true;
	if (contents->count == contents->room) {
		contents->room = contents->room ? contents->room * 2 : 256;
		contents->at = realloc(contents->at, contents->room * sizeof *contents->at);
	}
	contents->at[contents->count++] = (struct content){
		what_of(&op), fact->reach, fact->site, fact_print(fact->raw), fact->seq};
	return true;
}

static bool content_author(const struct site *site, void *to)
{
	const struct author_held all = {
		site->site, {UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX}};
	struct {
		struct contents *contents;
		struct log *log;
	} *reading = to;
	struct fault fault;

	if (log_recent(reading->log, &all, SIZE_MAX, content_add, reading->contents, &fault) !=
		RC_OK)
		die("%s", fault.text);
	return true;
}

static int content_cmp(const void *a, const void *b)
{
	const struct content *x = a, *y = b;

	return x->what < y->what ? -1 : x->what > y->what;
}

void contents_read(const struct node *node, struct contents *contents)
{
	struct {
		struct contents *contents;
		struct log *log;
	} reading = {contents, store_log(node->store)};
	struct fault fault;

	*contents = (struct contents){0};
	if (log_sites(reading.log, content_author, &reading, &fault) != RC_OK)
		die("%s", fault.text);
	if (contents->count)
		qsort(contents->at, contents->count, sizeof *contents->at, content_cmp);
}

size_t contents_find(const struct contents *contents, uint64_t what, const struct content **first)
{
	size_t low = 0, high = contents->count, n = 0;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (contents->at[middle].what < what)
			low = middle + 1;
		else
			high = middle;
	}
	while (low + n < contents->count && contents->at[low + n].what == what)
		n++;
	if (first)
		*first = n ? &contents->at[low] : NULL;
	return n;
}

void contents_release(struct contents *contents)
{
	free(contents->at);
	*contents = (struct contents){0};
}

bool node_has(const struct node *node, struct ref ref)
{
	struct arena arena = {0};
	struct fact found;
	bool has = log_fact(store_log(node->store), ref.site, ref.seq, &arena, &found);

	arena_release(&arena);
	return has;
}

bool node_concerns(const struct node *node, const struct kept_fact *fact)
{
	uint64_t place = fact->reach / 2;

	return area_within(fact->author, node->area) || area_within(place, node->area) ||
	       (area_within(node->area, place) && !(fact->reach & 1));
}

int county_holder(const struct county *county, uint64_t site)
{
	for (int i = 0; i < county->count; i++)
		for (unsigned k = 0; k < county->nodes[i].site_count; k++)
			if (county->nodes[i].sites[k] == site)
				return i;
	return -1;
}

void county_note(struct county *county, const struct node *node, struct ref ref)
{
	struct arena arena = {0};
	struct fact fact;
	struct op op;

	if (!log_fact(store_log(node->store), ref.site, ref.seq, &arena, &fact) ||
		!op_take(fact.raw, &op))
		die("%s: a written fact is not there", node->name);
	if (county->fact_count == county->fact_room) {
		county->fact_room = county->fact_room ? county->fact_room * 2 : 128;
		county->facts = realloc(county->facts, county->fact_room * sizeof *county->facts);
	}
	county->facts[county->fact_count++] = (struct kept_fact){.ref = ref,
		.rec = {op.rec_site, op.rec_seq},
		.author = node->area,
		.reach = fact.reach,
		.kind = op.kind,
		.what = what_of(&op),
		.print = fact_print(fact.raw)};
	arena_release(&arena);
}

static bool is_wrong(struct judge *judge, const char *text, ...)
	__attribute__((format(printf, 2, 3)));
static bool is_wrong(struct judge *judge, const char *text, ...)
{
	va_list args;

	va_start(args, text);
	if (!judge->wrong[0])
		vsnprintf(judge->wrong, sizeof judge->wrong, text, args);
	va_end(args);
	return false;
}

/* ---- claims */

static bool claim_true(const struct mark *mark, void *to)
{
	struct judge *judge = to;
	const struct county *county = judge->county;
	int x = county_holder(county, mark->holder);
	const struct node *holder = x < 0 ? NULL : &county->nodes[x];
	uint64_t number;
	uint32_t has;

	if (!holder)
		return is_wrong(judge, "%s knows a holder that nobody is", judge->node->name);
	number = log_number(store_log(holder->store));
	has = log_author(store_log(holder->store), mark->site, mark->lane);
	if (mark->upto <= has)
		return true;
	if (!judge->healed && holder->unaware && mark->store <= holder->unaware)
		return true; /* nobody can know yet */
	if (!judge->healed && mark->store < number &&
		(x != judge->node->up || judge->heard < number))
		return true; /* the word of its new number is still on the way */
	return is_wrong(judge,
		"%s says that %s holds %u of %llx in lane %u, it has %u (store %llu, %llu)",
		judge->node->name, holder->name, mark->upto, (unsigned long long)mark->site,
		mark->lane, has, (unsigned long long)mark->store, (unsigned long long)number);
}

bool judge_claims(struct judge *judge, int node)
{
	struct peer peer;
	struct fault fault;

	judge->node = &judge->county->nodes[node];
	judge->heard = peer_load(judge->node->store, &peer, &fault) ? 0 : peer.store;
	if (log_marks(store_log(judge->node->store), 0, claim_true, judge, &fault) != RC_OK)
		die("%s", fault.text);
	return !judge->wrong[0];
}

/* Does HOLDER have what NODE knows of a record and what was written at or below HOLDER? */
static bool holds_known(const struct county *county, const struct node *holder,
	const struct node *node, struct ref rec)
{
	for (size_t k = 0; k < county->fact_count; k++) {
		const struct kept_fact *fact = &county->facts[k];
		if (fact->rec.site == rec.site && fact->rec.seq == rec.seq &&
			area_within(fact->author, holder->area) && node_has(node, fact->ref) &&
			!node_has(holder, fact->ref))
			return false;
	}
	return true;
}

static bool knows(const struct node *node, const struct node *other)
{
	struct site site;

	return log_site(store_log(node->store), other->sites[other->site_count - 1], &site) &&
	       site.area;
}

static bool level_holds(
	struct judge *judge, enum level level, const struct kept_fact *record, uint64_t area)
{
	const struct county *county = judge->county;

	for (int i = 0; i < county->count; i++) {
		const struct node *holder = &county->nodes[i];
		if (area_level(holder->area) != level || !area_within(area, holder->area))
			continue;
		/* Whom nobody has told who stands there now speaks of the one before. */
		if (!knows(judge->node, holder) ||
			holds_known(county, holder, judge->node, record->ref))
			return true;
	}
	return is_wrong(judge, "%s names the level %d for %llx-%u, and nobody there has it all",
		judge->node->name, level, (unsigned long long)record->ref.site, record->ref.seq);
}

bool judge_ladder(struct judge *judge, int node)
{
	struct holders holders;
	struct fault fault;
	bool held[LEVELS];

	judge->node = &judge->county->nodes[node];
	if (holders_load(judge->node->store, &holders, &fault) != RC_OK)
		die("%s", fault.text);
	for (size_t i = 0; i < judge->county->fact_count; i++) {
		const struct kept_fact *fact = &judge->county->facts[i];
		uint64_t area = fact->reach / 2;
		if (fact->ref.site != fact->rec.site || fact->ref.seq != fact->rec.seq ||
			!node_has(judge->node, fact->ref))
			continue;
		if (holders_reached(judge->node->store, &holders, fact->ref, area, held, &fault) !=
			RC_OK)
			die("%s", fault.text);
		for (unsigned level = 0; level < LEVELS; level++)
			if (held[level] && !level_holds(judge, (enum level)level, fact, area))
				return false;
	}
	return true;
}

/* ---- when all is healed */

static bool fact_right(struct judge *judge, const struct node *node,
	const struct contents *contents, const struct kept_fact *fact)
{
	const struct content *found;
	size_t n = contents_find(contents, fact->what, &found);
	struct kept_fact now = *fact;

	/* Two hubs may refuse the same fact in the same second. */
	if (n > 1 && fact->kind != KIND_refusal)
		return is_wrong(judge, "%s has %llx-%u %zu times", node->name,
			(unsigned long long)fact->ref.site, fact->ref.seq, n);
	if (n && found->reach)
		now.reach = found->reach; /* written anew, or its record was */
	if ((n > 0) == node_concerns(node, &now) || (fact->gone && !n))
		return true;
	return is_wrong(judge, "%s %s %llx-%u (by %llu, reach %llu, gone %d)", node->name,
		n ? "must not have" : "lacks", (unsigned long long)fact->ref.site, fact->ref.seq,
		(unsigned long long)fact->author, (unsigned long long)fact->reach, fact->gone);
}

static int content_by_number(const void *a, const void *b)
{
	const struct content *x = a, *y = b;

	if (x->site != y->site)
		return x->site < y->site ? -1 : 1;
	return x->seq < y->seq ? -1 : x->seq > y->seq;
}

/* No number names two facts, wherever they are. */
static bool numbers_agree(struct judge *judge, const struct contents all[])
{
	struct contents every = {0};

	for (int i = 0; i < judge->county->count; i++) {
		every.at = realloc(every.at, (every.count + all[i].count + 1) * sizeof *every.at);
		if (all[i].count)
			memcpy(every.at + every.count, all[i].at, all[i].count * sizeof *every.at);
		every.count += all[i].count;
	}
	if (every.count)
		qsort(every.at, every.count, sizeof *every.at, content_by_number);
	for (size_t i = 1; i < every.count; i++) {
		const struct content *a = &every.at[i - 1], *b = &every.at[i];
		if (a->site == b->site && a->seq == b->seq && a->print != b->print)
			is_wrong(
				judge, "%llx-%u is two facts", (unsigned long long)a->site, a->seq);
	}
	contents_release(&every);
	return !judge->wrong[0];
}

bool judge_facts(struct judge *judge)
{
	const struct county *county = judge->county;
	struct contents all[COUNTY_NODES];

	for (int i = 0; i < county->count; i++)
		contents_read(&county->nodes[i], &all[i]);
	for (int i = 0; i < county->count && !judge->wrong[0]; i++)
		for (size_t k = 0; k < county->fact_count && !judge->wrong[0]; k++)
			fact_right(judge, &county->nodes[i], &all[i], &county->facts[k]);
	if (!judge->wrong[0])
		numbers_agree(judge, all);
	for (int i = 0; i < county->count; i++)
		contents_release(&all[i]);
	return !judge->wrong[0];
}

/* A gapless prefix: what the store says of an author is there, number by number. */
static bool prefix_there(const struct mark *mark, void *to)
{
	struct judge *judge = to;

	for (uint32_t n = 1; n <= mark->upto; n++)
		if (!node_has(judge->node, (struct ref){mark->site, n * 8 + mark->lane}))
			return is_wrong(judge,
				"%s says it has %u of %llx in lane %u, and %u is not there",
				judge->node->name, mark->upto, (unsigned long long)mark->site,
				mark->lane, n);
	return true;
}

bool judge_numbers(struct judge *judge, int node)
{
	struct fault fault;

	judge->node = &judge->county->nodes[node];
	if (log_authors(store_log(judge->node->store), 0, prefix_there, judge, &fault) != RC_OK)
		die("%s", fault.text);
	return !judge->wrong[0];
}

/* What the one above holds of a node's own facts, the node knows. */
static bool proof_known(struct judge *judge, const struct node *node, const struct node *above)
{
	uint64_t own = store_station(node->store)->site, hub = store_station(above->store)->site;

	for (unsigned lane = 0; lane < LANES; lane++) {
		uint32_t says = log_held(store_log(node->store), hub, own, lane),
			 holds = log_author(store_log(above->store), own, lane);
		if (says != holds)
			return is_wrong(judge, "%s says %u where %s holds %u in lane %u",
				node->name, says, above->name, holds, lane);
	}
	return true;
}

static bool nothing_waits(struct judge *judge, const struct node *node)
{
	struct lane_waiting waiting[LANES];
	struct peer peer;
	struct fault fault;

	if (peer_load(node->store, &peer, &fault) != RC_OK ||
		peer_waiting(node->store, &peer, waiting, &fault) != RC_OK)
		die("%s: %s", node->name, fault.text);
	for (unsigned lane = 0; lane < LANES; lane++)
		if (waiting[lane].facts)
			return is_wrong(judge, "%u facts wait at %s in lane %u",
				waiting[lane].facts, node->name, lane);
	return true;
}

static bool gone_in(const struct county *county, const struct node *a, const struct node *b)
{
	struct contents of_a, of_b;
	bool differ = false;

	contents_read(a, &of_a);
	contents_read(b, &of_b);
	for (size_t i = 0; i < county->fact_count && !differ; i++)
		differ = county->facts[i].gone &&
			 contents_find(&of_a, county->facts[i].what, NULL) !=
				 contents_find(&of_b, county->facts[i].what, NULL);
	contents_release(&of_a);
	contents_release(&of_b);
	return differ;
}

bool judge_rest(struct judge *judge)
{
	const struct county *county = judge->county;

	for (int i = 0; i < county->count; i++) {
		const struct node *node = &county->nodes[i];
		const struct node *above = &county->nodes[node->up < 0 ? i : node->up];
		if (!judge_numbers(judge, i))
			return false;
		if (node->up < 0)
			continue;
		if (!nothing_waits(judge, node) || !proof_known(judge, node, above))
			return false;
		if (!gone_in(county, node, above) && world_digest(node->store, node->area) !=
							     world_digest(above->store, node->area))
			return is_wrong(judge, "%s and %s differ in the area of the lower",
				node->name, above->name);
	}
	return true;
}
