/* SPDX-License-Identifier: GPL-3.0-or-later
 * The station above as this store remembers it: which one, how far, how fast.
 */
#include "store/peers.h"

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
	PEER_OFFSET
};

/* Which number of a peer stands under which tag. */
static int64_t *slot(int64_t numbers[PEER_OFFSET + 1], unsigned tag)
{
	return tag <= PEER_OFFSET ? &numbers[tag] : NULL;
}

enum rc peer_load(struct store *store, struct peer *peer, struct fault *fault)
{
	struct buf kept = {0};
	int64_t numbers[PEER_OFFSET + 1] = {0};
	struct bytes in;
	struct value value;
	unsigned tag;

	memset(peer, 0, sizeof *peer);
	if (!store_get(store, "", "peer", &kept)) {
		buf_release(&kept);
		return fault_set(fault, RC_NONE, "%s",
			_("本站还没有加入上级：请先用上级给的邀请码 outpost join"));
	}
	for (in = buf_bytes(&kept); in.len && take_field(&in, &tag, &value);)
		if (slot(numbers, tag))
			*slot(numbers, tag) = value.num;
	buf_release(&kept);
	if (!log_site(store_log(store), (uint64_t)numbers[PEER_SITE], &peer->site))
		return fault_set(
			fault, RC_NONE, "%s", _("没有上级站点的资料：请重新 outpost join"));
	peer->store = (uint64_t)numbers[PEER_STORE];
	peer->question = (uint64_t)numbers[PEER_QUESTION];
	peer->unsure = numbers[PEER_UNSURE];
	peer->plain = numbers[PEER_PLAIN];
	peer->pace = (struct pace){(uint32_t)numbers[PEER_FRAME], (uint32_t)numbers[PEER_RATE],
		(uint32_t)numbers[PEER_TRIP], (uint32_t)numbers[PEER_FAILS]};
	peer->heard = numbers[PEER_HEARD];
	peer->offset_ms = numbers[PEER_OFFSET];
	if (!peer->pace.frame)
		peer->pace.frame = PACE_FAST;
	return RC_OK;
}

enum rc peer_save(struct store *store, const struct peer *peer, struct fault *fault)
{
	const int64_t numbers[PEER_OFFSET + 1] = {[PEER_SITE] = (int64_t)peer->site.site,
		[PEER_STORE] = (int64_t)peer->store,
		[PEER_QUESTION] = (int64_t)peer->question,
		[PEER_UNSURE] = peer->unsure,
		[PEER_PLAIN] = peer->plain,
		[PEER_FRAME] = peer->pace.frame,
		[PEER_RATE] = peer->pace.rate,
		[PEER_TRIP] = peer->pace.trip_ms,
		[PEER_FAILS] = peer->pace.fails,
		[PEER_HEARD] = peer->heard,
		[PEER_OFFSET] = peer->offset_ms};
	struct buf out = {0};
	enum rc rc;

	for (unsigned tag = PEER_SITE; tag <= PEER_OFFSET; tag++) {
		struct value value = value_num(numbers[tag]);
		put_field(&out, tag, &value);
	}
	rc = store_set(store, "", "peer", buf_bytes(&out), fault);
	buf_release(&out);
	return rc;
}

void ways_get(struct store *store, struct buf *urls)
{
	store_get(store, "", "ways", urls);
}

enum rc ways_set(struct store *store, const char *urls, struct fault *fault)
{
	return store_set(store, "", "ways", bytes_text(urls), fault);
}

struct weighing {
	struct log *log;
	uint64_t holder;
	struct lane_waiting *waiting;
};

static bool weigh(const struct fact *fact, void *to)
{
	struct weighing *weighing = to;

	if (log_held(weighing->log, weighing->holder, fact->site, fact->seq & 7) < fact->seq >> 3) {
		weighing->waiting->facts++;
		weighing->waiting->bytes += fact->raw.len + fact->sig.len;
	}
	return true;
}

enum rc peer_waiting(struct store *store, const struct peer *peer,
	struct lane_waiting waiting[LANES], struct fault *fault)
{
	struct peer_lane lanes[LANES];
	enum rc rc = RC_OK;

	for (unsigned lane = 0; lane < LANES && !rc; lane++)
		rc = log_peer_lane(store_log(store), peer->site.site, lane, &lanes[lane], fault);

	memset(waiting, 0, LANES * sizeof *waiting);
	for (unsigned lane = 0; lane < LANES && !rc; lane++) {
		struct weighing weighing = {store_log(store), peer->site.site, &waiting[lane]};
		uint64_t seen;
		rc = log_up(store_log(store), lane, lanes[lane].sent, via_of(peer->site.site), 0,
			weigh, &weighing, &seen, fault);
	}
	return rc;
}

unsigned via_of(uint64_t site)
{
	return (unsigned)(site & 0x3fffffff) | 0x40000000;
}
