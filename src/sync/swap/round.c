/* SPDX-License-Identifier: GPL-3.0-or-later
 * Questions and answers over an open link, one after the other, until both ends have nothing more.
 */
#include "store/rows.h"
#include "store/station.h"
#include "sync/swap.h"
#include "sync/swap/internal.h"

#include "base/arena.h"
#include "base/progress.h"
#include "base/when.h"

#include <time.h>

enum { REST_MOST = 2000, YIELD_MOST = 10000, YIELD_STEP = 100 }; /* ms */

/* SQLite's waiting is unfair: who commits without a pause keeps the people at this store from
 * saving. So after each commit there is room for as long as it took. */
static void rest(int64_t ms)
{
	if (ms > REST_MOST)
		ms = REST_MOST;
	if (ms > 0)
		nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000},
			NULL);
}

/* Keys and what they paint go over the same narrow line: between two frames they come first, for a
 * while, unless an alarm waits. */
static void give_way(struct store *store, const struct peer *peer)
{
	struct lane_waiting waiting[LANES];
	struct fault ignored;

	if (!pace_yields(&peer->pace, store_quiet_ms(store)) ||
		peer_waiting(store, peer, waiting, &ignored) || waiting[LANE_ALARM].facts)
		return;
	for (int waited = 0; waited < YIELD_MOST && pace_yields(&peer->pace, store_quiet_ms(store));
		waited += YIELD_STEP)
		rest(YIELD_STEP);
}

/* Nothing is known of what arrived: the question may have been heard. BYTES of it were sent, as far
 * as the link knows; none, and it was not too long: nobody was there. */
static enum rc link_failed(
	struct store *store, struct peer *peer, size_t bytes, struct fault *fault)
{
	struct fault other;

	peer->unsure = true;
	if (bytes)
		pace_learn(&peer->pace, bytes, -1);
	if (peer_save(store, peer, &other) == RC_OK)
		return RC_LINK;
	*fault = other;
	return other.rc;
}

static enum rc swap_once(struct store *store, struct peer *peer, const struct sync_line *line,
	struct sync_result *result, struct fault *fault)
{
	struct buf ask = {0}, answer = {0};
	struct link_count before = {0}, after = {0};
	struct asking asking;
	int64_t start, heard;
	enum rc rc = ask_make(store, peer, line->lanes_mask, &asking, &ask, fault);

	line->ops->count(line->link, &before);
	start = when_now_ms();
	if (!rc)
		rc = line->ops->swap(line->link, buf_bytes(&ask), &answer,
			pace_wait(&peer->pace, ask.len), fault);
	heard = when_now_ms();
	line->ops->count(line->link, &after);
	if (!rc) {
		pace_learn(&peer->pace, ask.len + answer.len, (int)(heard - start));
		rc = answer_apply(store, peer, &asking, buf_bytes(&answer), result, fault);
	}
	if (rc == RC_LINK)
		rc = link_failed(store, peer, after.sent > before.sent ? ask.len : 0, fault);
	else if (!rc && result->more)
		rest(when_now_ms() - heard);
	result->rounds++;
	buf_release(&ask);
	buf_release(&answer);
	return rc;
}

/* The first load of a station takes hours on a poor line. What came stays, so it may stop anywhere.
 */
static enum rc tell_load(const struct first_load *load, struct fault *fault)
{
	uint64_t came = 0, left = 0;

	for (unsigned lane = 0; lane < LANES; lane++) {
		came += load->came[lane].facts;
		left += load->left[lane].facts;
	}
	if (load->loaded == EVERY_LANE || !came)
		return RC_OK;
	return progress(N_("第一次下载（条）"), came, came + left, fault);
}

enum rc sync_round(struct store *store, struct peer *peer, const struct sync_line *line,
	struct sync_result *result, struct fault *fault)
{
	struct fault first;
	enum rc rc = RC_OK;

	result->more = !line->only_files;
	for (unsigned done = 0; done < line->most && !rc; done++) {
		struct arena piece = {0};
		bool says = result->more || files_next(store, peer, line, result, &piece);

		if (says && done)
			give_way(store, peer);
		if (says)
			rc = swap_once(store, peer, line, result, fault);
		if (says && !rc)
			files_told(peer, result);
		peer->beside = (struct bytes){0, 0};
		arena_release(&piece);
		if (!says)
			break;
		if (!rc)
			rc = tell_load(&peer->load, fault);
	}
	first = *fault;
	if (peer_waiting(store, peer, result->waiting, fault) != RC_OK)
		return fault->rc;
	*fault = first;
	result->complete =
		!rc && !result->more && !result->files_left && line->lanes_mask == EVERY_LANE;
	for (unsigned lane = 0; lane < LANES; lane++)
		result->complete &= !result->waiting[lane].facts;
	return rc;
}
