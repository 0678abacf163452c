/* SPDX-License-Identifier: GPL-3.0-or-later
 * The next question to the station above: what waits, as much as the line has shown to carry.
 */
#include "sync/inside.h"
#include "sync/ring.h"

#include "base/when.h"
#include "store/keep.h"

#include <string.h>

enum rc peer_lanes(struct store *store, const struct peer *peer, struct peer_lane lanes[LANES],
	struct fault *fault)
{
	enum rc rc = RC_OK;

	for (unsigned lane = 0; lane < LANES && !rc; lane++)
		rc = log_peer_lane(store_log(store), peer->site.site, lane, &lanes[lane], fault);
	return rc;
}

enum rc peer_store_changed(struct store *store, struct peer *peer, uint64_t number,
	struct peer_lane lanes[LANES], struct fault *fault)
{
	const struct mark none = {
		.holder = peer->site.site, .site = peer->site.site, .store = number};

	enum rc rc = log_marks_drop(store_log(store), peer->site.site, fault);

	memset(lanes, 0, LANES * sizeof *lanes);
	peer->store = number;
	return rc ? rc : log_mark(store_log(store), &none, fault);
}

static void ask_numbers(const struct peer *peer, uint64_t heard,
	const struct peer_lane lanes[LANES], const struct choice *choice, struct message *ask,
	struct asking *asking)
{
	uint64_t told[LANES], sent[LANES];

	for (unsigned lane = 0; lane < LANES; lane++) {
		told[lane] = lanes[lane].confirmed;
		sent[lane] = ask->before[lane] = lanes[lane].sent;
		ask->got[lane] = asking->told[lane] = lanes[lane].got;
		ask->sent[lane] = asking->sent[lane] = choice->seen[lane];
		ask->got_mask |= (ask->full ? lanes[lane].got != 0 : lanes[lane].got != told[lane])
				 << lane;
	}
	ask->sent_mask = choice->moved_mask;
	ask->memory = memory_of(peer->store, heard, told, sent);
	ask->store = peer->store;
	ask->heard = heard;
}

enum rc end_if_due(struct store *store, struct peer *peer, bool *ended, struct fault *fault)
{
	struct pace pace = peer->pace;
	enum rc rc = RC_OK;

	*ended = log_ending(store_log(store));
	if (*ended && !(rc = store_site_end(store, NULL, fault)))
		rc = peer_load(store, peer, fault);
	peer->pace = pace;
	return rc;
}

/* The station above did not know our key the last time. */
static enum rc introduce(struct store *store, const struct peer *peer, struct asking *asking,
	struct buf *frame, struct fault *fault)
{
	struct buf both = {0};
	struct bond bond;
	enum rc rc = RC_OK;

	crypt_hash(buf_bytes(frame), asking->hash);
	bond_load(store, peer->site.site, &bond);
	above_shown(store, &both);
	if (heirs_due(store))
		heirs_part(store, asking->number, &both);
	if (bond.introduce)
		rc = intro_put(store, NULL, &both, fault);
	buf_put(&both, frame->at, frame->len);
	buf_release(frame);
	*frame = both;
	return rc;
}

/* A stick has told a newer number of its store than the line did: so the cursors are of an older
 * one; and when the line does not know that number, it was put back. */
static enum rc told_by_stick(struct store *store, struct peer *peer, struct peer_lane lanes[LANES],
	bool *full, struct fault *fault)
{
	struct log *log = store_log(store);
	uint64_t told = log_mark_store(log, peer->site.site);
	enum rc rc;

	if (!peer->store || told <= peer->store)
		return RC_OK;
	*full = true;
	peer->load.loaded = 0;
	rc = peer_store_changed(store, peer, told, lanes, fault);
	for (unsigned lane = 0; lane < LANES && !rc; lane++)
		rc = log_peer_lane_set(log, peer->site.site, lane, &lanes[lane], fault);
	return rc;
}

/* As many facts as the pace allows, sealed; fewer when they come out longer than a frame may be. */
static enum rc seal_chosen(struct store *store, const struct peer *peer,
	const uint64_t cursor[LANES], unsigned lanes_mask, const struct peer_lane lanes[LANES],
	struct message *ask, struct asking *asking, struct buf *frame, struct fault *fault)
{
	const struct message numbers = *ask;
	size_t room = room_of(peer->pace.frame);
	bool again = true;
	enum rc rc = RC_OK;

	while (again && !rc) {
		struct choice choice;
		rc = choose(store, &peer->site, true, cursor, lanes_mask, room, &choice, fault);
		*ask = numbers;
		ask->facts = choice.facts;
		ask->fact_count = asking->facts = choice.count;
		ask->more_mask = asking->more_mask = choice.more_mask;
		ask_numbers(peer, numbers.heard, lanes, &choice, ask, asking);
		buf_clear(frame);
		if (!rc)
			rc = frame_close(
				store, &peer->site, ask, peer->plain, !ask->full, frame, fault);
		again = frame->len > PACE_MOST && choice.count > 1;
		room = room_less(room, frame->len);
		choice_release(&choice);
	}
	return rc;
}

/* Its number and nonce are used up before anybody can hear it: after a crash here the answer to
 * this question, given again, would answer the next one, which says more; and who is shown this
 * question must know that it asked it. */
static enum rc use_up(struct store *store, const struct peer *peer, const struct asking *asking,
	struct bytes frame, struct fault *fault)
{
	enum rc rc = store_begin(store, fault);

	if (rc)
		return rc;
	rc = asked_note(store, asking->number, frame, fault);
	if (!rc)
		rc = peer_save(store, peer, fault);
	if (!rc)
		return store_commit(store, fault);
	store_undo(store);
	return rc;
}

/* An answer that the station above may not remember, in a question that says every number. */
static void show_answer(
	struct store *store, const struct peer *peer, struct message *ask, struct arena *arena)
{
	struct evidence kept[EVIDENCES];
	const struct evidence *answer = &kept[EVIDENCE_NEWEST];
	struct buf shown = {0};

	evidence_load(store, peer->site.site, kept);
	if (ask->full && answer->store && answer->store == peer->store &&
		(!answer->number || answer->number == ask->heard)) {
		trace_put(&shown, &answer->trace);
		extra_add(ask, EXTRA_EVIDENCE, buf_bytes(&shown), arena);
	}
	buf_release(&shown);
}

enum rc ask_make(struct store *store, struct peer *peer, unsigned lanes_mask, struct asking *asking,
	struct buf *frame, struct fault *fault)
{
	struct message ask = {.type = MESSAGE_ASK};
	struct peer_lane lanes[LANES];
	struct arena arena = {0};
	bool ended;
	uint64_t cursor[LANES];
	struct heard heard = {0};
	enum rc rc = end_if_due(store, peer, &ended, fault);

	ask.full = peer->unsure || !peer->store;
	if (!rc)
		rc = peer_lanes(store, peer, lanes, fault);
	if (!rc)
		rc = told_by_stick(store, peer, lanes, &ask.full, fault);
	if (!rc)
		rc = heard_get(store, peer->site.site, &heard, fault);
	if (rc)
		return rc;
	memset(asking, 0, sizeof *asking);
	for (unsigned lane = 0; lane < LANES; lane++)
		cursor[lane] = lanes[lane].sent;
	/* Only an answer to a newer question than the last answered one counts. */
	if (peer->question < heard.number)
		peer->question = heard.number;
	ask.number = asking->number = peer->question = asked_next(store, peer->question);
	ask.room = peer->pace.rate || peer->pace.fails ? peer->pace.frame : 0;
	ask.heard = heard.number;
	asking->full = ask.full;
	asking->made_ms = store_now_ms(store);
	asking->strays = strays_put(store, &ask, peer->pace.frame / 2, &arena, fault);
	if (asking->strays < 0)
		rc = fault->rc;
	show_answer(store, peer, &ask, &arena);
	if (!rc)
		rc = seal_chosen(
			store, peer, cursor, lanes_mask, lanes, &ask, asking, frame, fault);
	if (!rc)
		rc = use_up(store, peer, asking, buf_bytes(frame), fault);
	if (!rc)
		rc = introduce(store, peer, asking, frame, fault);
	arena_release(&arena);
	return rc;
}
