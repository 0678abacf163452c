/* SPDX-License-Identifier: GPL-3.0-or-later
 * The station above as this store remembers it: which one, how far, how fast.
 */
#include "store/peer.h"
#include "store/rows/internal.h"

#include "base/when.h"
#include "model/area.h"
#include "store/db.h"

#include <string.h>

enum {
	PEER_SITE = 1,
	PEER_STORE,
	PEER_QUESTION,
	PEER_UNSURE,
	PEER_PLAIN,
	PEER_FRAME,
	PEER_RATE,
	PEER_TRIP,
	PEER_FAILS,
	PEER_HEARD,
	PEER_OFFSET,
	PEER_LOADED,
	PEER_OPENED,
	PEER_PLAIN_ONCE,
	PEER_LOADS = 16, /* from here on LOAD_NUMBERS a lane */
	LOAD_NUMBERS = 4,
	PEER_TAGS = PEER_LOADS + LOAD_NUMBERS * LANES
};

static void load_read(struct first_load *load, const int64_t numbers[PEER_TAGS])
{
	load->loaded = (unsigned)numbers[PEER_LOADED];
	load->opened = (unsigned)numbers[PEER_OPENED];
	for (unsigned lane = 0; lane < LANES; lane++) {
		const int64_t *at = &numbers[PEER_LOADS + LOAD_NUMBERS * lane];
		load->came[lane] = (struct lane_waiting){(unsigned)at[0], (uint64_t)at[1]};
		load->left[lane] = (struct lane_waiting){(unsigned)at[2], (uint64_t)at[3]};
	}
}

static void load_write(const struct first_load *load, int64_t numbers[PEER_TAGS])
{
	numbers[PEER_LOADED] = load->loaded;
	numbers[PEER_OPENED] = load->opened;
	for (unsigned lane = 0; lane < LANES; lane++) {
		int64_t *at = &numbers[PEER_LOADS + LOAD_NUMBERS * lane];
		at[0] = load->came[lane].facts;
		at[1] = (int64_t)load->came[lane].bytes;
		at[2] = load->left[lane].facts;
		at[3] = (int64_t)load->left[lane].bytes;
	}
}

enum rc peer_load(struct store *store, struct peer *peer, struct fault *fault)
{
	int64_t numbers[PEER_TAGS];

	memset(peer, 0, sizeof *peer);
	if (!kv_list(store, kv_own(KV_PEER), numbers, PEER_TAGS))
		return fault_set(fault, RC_NONE, "%s",
			_("本站还没有加入上级：请先用上级给的邀请码 outpost join"));
	if (!log_site(store_log(store), (uint64_t)numbers[PEER_SITE], &peer->site))
		return fault_set(
			fault, RC_NONE, "%s", _("没有上级站点的资料：请重新 outpost join"));
	peer->store = (uint64_t)numbers[PEER_STORE];
	peer->question = (uint64_t)numbers[PEER_QUESTION];
	peer->unsure = numbers[PEER_UNSURE];
	peer->plain = numbers[PEER_PLAIN];
	peer->plain_once = numbers[PEER_PLAIN_ONCE];
	peer->pace = (struct pace){(uint32_t)numbers[PEER_FRAME], (uint32_t)numbers[PEER_RATE],
		(uint32_t)numbers[PEER_TRIP], (uint32_t)numbers[PEER_FAILS]};
	peer->heard = numbers[PEER_HEARD];
	peer->offset_ms = numbers[PEER_OFFSET];
	load_read(&peer->load, numbers);
	if (!peer->pace.frame)
		peer->pace.frame = PACE_FAST;
	return RC_OK;
}

bool peer_joined(struct store *store)
{
	struct fault none;
	struct peer peer;

	return peer_load(store, &peer, &none) == RC_OK;
}

/* Since when there is somebody above: once and for good. */
static enum rc save_firsts(struct store *store, struct fault *fault)
{
	struct log *log = store_log(store);

	return kv_num_in(log->db, kv_own(KV_JOINED_AT), 0)
		       ? RC_OK
		       : kv_num_put(log->db, kv_own(KV_JOINED_AT), clock_now(log), fault);
}

enum rc peer_save(struct store *store, const struct peer *peer, struct fault *fault)
{
	int64_t numbers[PEER_TAGS] = {[PEER_SITE] = (int64_t)peer->site.site,
		[PEER_STORE] = (int64_t)peer->store,
		[PEER_QUESTION] = (int64_t)peer->question,
		[PEER_UNSURE] = peer->unsure,
		[PEER_PLAIN] = peer->plain,
		[PEER_PLAIN_ONCE] = peer->plain_once,
		[PEER_FRAME] = peer->pace.frame,
		[PEER_RATE] = peer->pace.rate,
		[PEER_TRIP] = peer->pace.trip_ms,
		[PEER_FAILS] = peer->pace.fails,
		[PEER_HEARD] = peer->heard,
		[PEER_OFFSET] = peer->offset_ms};
	enum rc rc = save_firsts(store, fault);

	load_write(&peer->load, numbers);
	return rc ? rc : kv_list_set(store, kv_own(KV_PEER), numbers, PEER_TAGS, fault);
}

enum rc peer_forget(struct store *store, struct fault *fault)
{
	const int64_t none[PEER_TAGS] = {0};

	return kv_list_set(store, kv_own(KV_PEER), none, PEER_TAGS, fault);
}

int64_t peer_clock_known(struct store *store)
{
	int64_t since = kv_num(store, kv_own(KV_CLOCK_KNOWN), 0);

	return since > 0 ? since : 0;
}

void routes_get(struct store *store, struct buf *urls)
{
	kv_bytes(store, kv_own(KV_WAYS), urls);
}

enum rc routes_set(struct store *store, const char *urls, struct fault *fault)
{
	return kv_bytes_set(store, kv_own(KV_WAYS), bytes_text(urls), fault);
}

struct choosing {
	struct log *log;
	uint64_t holder;
	fact_fn *fn;
	void *to;
};

static bool choose_one(const struct fact *fact, void *to)
{
	struct choosing *choosing = to;

	if (log_held(choosing->log, choosing->holder, fact->site, fact->seq & 7) >= fact->seq >> 3)
		return true;
	return choosing->fn(fact, choosing->to);
}

/* The question for what stands behind LANE's cursor and came from elsewhere. */
static enum rc unsent(struct store *store, const struct peer *peer, unsigned lane,
	struct facts_query *query, struct fault *fault)
{
	struct peer_lane cursor;
	enum rc rc = log_peer_lane(store_log(store), peer->site.site, lane, &cursor, fault);

	*query = (struct facts_query){
		.lane = lane, .cursor = cursor.sent, .via = via_of(peer->site.site)};
	return rc;
}

enum rc peer_each_waiting(struct store *store, const struct peer *peer, unsigned lane, fact_fn *fn,
	void *to, struct fault *fault)
{
	struct choosing choosing = {store_log(store), peer->site.site, fn, to};
	struct facts_query query;
	uint64_t seen;
	enum rc rc = unsent(store, peer, lane, &query, fault);

	return rc ? rc : log_up(choosing.log, &query, choose_one, &choosing, &seen, fault);
}

enum rc peer_waiting(struct store *store, const struct peer *peer,
	struct lane_waiting waiting[LANES], struct fault *fault)
{
	struct facts_query query;
	enum rc rc = RC_OK;

	memset(waiting, 0, LANES * sizeof *waiting);
	for (unsigned lane = 0; lane < LANES && !rc; lane++) {
		rc = unsent(store, peer, lane, &query, fault);
		if (!rc)
			rc = log_weigh(store_log(store), &query, peer->site.site,
				&waiting[lane].facts, &waiting[lane].bytes, fault);
	}
	return rc;
}

unsigned via_of(uint64_t site)
{
	return (unsigned)(site & 0x3fffffff) | 0x40000000;
}

int64_t below_heard(struct store *store, uint64_t site)
{
	int64_t numbers[HEARD_NUMBERS] = {0};

	(void)kv_list(store, kv_of(KV_HEARD, site), numbers, HEARD_NUMBERS);
	return numbers[HEARD_AT];
}

enum rc below_heard_set(struct store *store, uint64_t site, int64_t at, struct fault *fault)
{
	int64_t numbers[HEARD_NUMBERS] = {0};

	(void)kv_list(store, kv_of(KV_HEARD, site), numbers, HEARD_NUMBERS);
	numbers[HEARD_AT] = at;
	return kv_list_set(store, kv_of(KV_HEARD, site), numbers, HEARD_NUMBERS, fault);
}

/* Was FACT among what a station of AREA was to take: by where it lies, as log_down chooses? */
static bool goes_down(const struct fact *fact, uint64_t area)
{
	uint64_t lies = fact->reach / 2;
	bool up_only = fact->reach & 1;

	return fact->state == FACT_GOOD && lies &&
	       (area_within(lies, area) || (!up_only && area_within(area, lies)));
}

/* Up to which arrival of LANE the station right below has all. */
static uint64_t below_got(struct store *store, const struct site *site, unsigned lane)
{
	int64_t carried[CARRIED_NUMBERS] = {0};
	struct peer_lane at;
	struct fault fault;

	if (log_peer_lane(&store->log, site->site, lane, &at, &fault))
		at.got = 0;
	(void)kv_list(store, kv_of(KV_CARRY, site->site), carried, CARRIED_NUMBERS);
	uint64_t proven = (uint64_t)carried[CARRIED_PROVEN + lane];
	return proven > at.got ? proven : at.got;
}

bool below_holds(struct store *store, const struct site *site, struct ref rec)
{
	unsigned lane = rec.seq & 7;
	struct log *log = &store->log;
	struct arena arena = {0};
	struct fact fact;

	if (site->site == rec.site || log_held(log, site->site, rec.site, lane) >= rec.seq >> 3)
		return true;
	/* A cursor passes over what is not given to a station whose grant has run out. */
	if (site->above != store->station.site || grant_over(site->until, log_now(log)))
		return false;
	bool holds =
		log_fact(log, rec.site, rec.seq, &arena, &fact) &&
		(fact.via == via_of(site->site) ||
			(goes_down(&fact, site->area) && below_got(store, site, lane) >= fact.arr));
	arena_release(&arena);
	return holds;
}
