/* SPDX-License-Identifier: GPL-3.0-or-later
 * The next question to the station above: what waits, as much as the line has shown to carry.
 */
#include "store/identity.h"
#include "store/station.h"
#include "sync/keys.h"
#include "sync/swap.h"
#include "sync/swap/internal.h"
#include "sync/take/internal.h"
#include "sync/trust/internal.h"
#include "sync/wire/internal.h"

#include "base/when.h"

#include <string.h>

enum rc peer_lanes(struct store *store, const struct peer *peer, struct peer_lane lanes[LANES],
	struct fault *fault)
{
	enum rc rc = RC_OK;

	for (unsigned lane = 0; lane < LANES && !rc; lane++)
		rc = log_peer_lane(store_log(store), peer->site.site, lane, &lanes[lane], fault);
	return rc;
}

enum rc peer_lanes_set(struct store *store, const struct peer *peer,
	const struct peer_lane lanes[LANES], struct fault *fault)
{
	enum rc rc = RC_OK;

	for (unsigned lane = 0; lane < LANES && !rc; lane++)
		rc = log_peer_lane_set(
			store_log(store), peer->site.site, lane, &lanes[lane], fault);
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

/* One question while it is made. */
struct question {
	struct store *store;
	struct peer *peer;
	struct peer_lane lanes[LANES];
	unsigned lanes_mask; /* that may say something */
	struct message ask;
	struct arena arena; /* of what is behind it */
	struct asking *asking;
	struct buf *frame;
};

static void ask_numbers(struct question *question, const struct choice *choice)
{
	const struct peer_lane *lanes = question->lanes;
	struct message *ask = &question->ask;
	struct asking *asking = question->asking;
	uint64_t told[LANES], sent[LANES];

	for (unsigned lane = 0; lane < LANES; lane++) {
		told[lane] = ask->told[lane] = lanes[lane].confirmed;
		sent[lane] = ask->before[lane] = lanes[lane].sent;
		ask->got[lane] = asking->told[lane] = lanes[lane].got;
		ask->sent[lane] = asking->sent[lane] = choice->seen[lane];
		ask->got_mask |= (ask->full ? lanes[lane].got != 0 : lanes[lane].got != told[lane])
				 << lane;
	}
	ask->sent_mask = choice->moved_mask;
	ask->memory = memory_of(question->peer->store, ask->heard, told, sent);
	ask->store = question->peer->store;
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
static enum rc introduce(struct question *question, struct fault *fault)
{
	struct store *store = question->store;
	struct asking *asking = question->asking;
	struct buf both = {0}, *frame = question->frame;
	struct peer_keys peer_keys;
	enum rc rc = RC_OK;

	crypt_hash(buf_bytes(frame), asking->hash);
	asking->lean = lean_version(buf_bytes(frame)) == LEAN_ASK;
	peer_keys_load(store, question->peer->site.site, &peer_keys);
	above_shown(store, &both);
	if (successors_due(store))
		successors_part(store, asking->number, &both);
	if (peer_keys.introduce)
		rc = intro_put(store, NULL, &both, fault);
	buf_put(&both, frame->at, frame->len);
	buf_release(frame);
	*frame = both;
	return rc;
}

/* A stick has told a newer number of its store than the line did: so the cursors are of an older
 * one; and when the line does not know that number, it was put back. */
static enum rc told_by_stick(struct question *question, struct fault *fault)
{
	struct store *store = question->store;
	struct log *log = store_log(store);
	struct peer *peer = question->peer;
	uint64_t told = log_mark_store(log, peer->site.site);
	enum rc rc;

	if (!peer->store || told <= peer->store)
		return RC_OK;
	question->ask.full = true;
	peer->load.loaded = 0;
	rc = peer_store_changed(store, peer, told, question->lanes, fault);
	return rc ? rc : peer_lanes_set(store, peer, question->lanes, fault);
}

/* As many facts as the pace allows, sealed; fewer when they come out longer than a frame may be. */
static enum rc seal_chosen(struct question *question, struct fault *fault)
{
	const struct message numbers = question->ask;
	struct peer *peer = question->peer;
	struct message *ask = &question->ask;
	struct asking *asking = question->asking;
	struct buf *frame = question->frame;
	unsigned how = (peer->plain ? CLOSE_PLAIN : 0) |
		       (ask->full ? 0 : CLOSE_REMEMBER | close_pace(&peer->pace));
	uint64_t cursor[LANES];
	struct wanted wanted = {
		&peer->site, true, question->lanes_mask, cursor, room_of(peer->pace.frame)};
	bool again = true;
	enum rc rc = RC_OK;

	for (unsigned lane = 0; lane < LANES; lane++)
		cursor[lane] = question->lanes[lane].sent;
	while (again && !rc) {
		struct choice choice;
		rc = frame_fill(question->store, &wanted, &choice, fault);
		if (!rc)
			rc = fetched_fill(question->store, peer,
				&(struct fetching){ask->heard, ask->number, choice_keep, &choice},
				fault);
		*ask = numbers;
		ask->facts = choice.facts;
		ask->fact_count = asking->facts = choice.count;
		ask->more_mask = asking->more_mask = choice.more_mask;
		ask_numbers(question, &choice);
		buf_clear(frame);
		if (!rc)
			rc = frame_close(question->store, &peer->site, ask, how, frame, fault);
		again = frame->len > PACE_MOST && choice.count > 1;
		wanted.room = room_less(wanted.room, frame->len);
		choice_release(&choice);
	}
	return rc;
}

/* Its number and nonce are used up before anybody can hear it: after a crash here the answer to
 * this question, given again, would answer the next one, which says more; and who is shown this
 * question must know that it asked it. */
static enum rc use_up(const struct question *question, struct fault *fault)
{
	struct store *store = question->store;
	enum rc rc = store_begin(store, fault);

	if (rc)
		return rc;
	rc = asked_note(store, question->asking->number, buf_bytes(question->frame), fault);
	if (!rc)
		rc = peer_save(store, question->peer, fault);
	if (!rc)
		return store_commit(store, fault);
	store_undo(store);
	return rc;
}

/* An answer that the station above may not remember, in a question that says every number. */
static void show_answer(struct question *question)
{
	const struct peer *peer = question->peer;
	struct evidence kept[EVIDENCES];
	const struct evidence *answer = &kept[EVIDENCE_NEWEST];
	struct buf shown = {0};

	evidence_load(question->store, peer->site.site, kept);
	if (question->ask.full && answer->store && answer->store == peer->store &&
		(!answer->number || answer->number == question->ask.heard)) {
		trace_put(&shown, &answer->trace);
		extra_add(&question->ask, EXTRA_EVIDENCE, buf_bytes(&shown), &question->arena);
	}
	buf_release(&shown);
}

/* What it says beside facts. */
static enum rc begin(struct question *question, uint64_t heard, struct fault *fault)
{
	struct peer *peer = question->peer;
	struct message *ask = &question->ask;
	struct asking *asking = question->asking;
	uint8_t lanes = (uint8_t)question->lanes_mask;

	/* Only an answer to a newer question than the last answered one counts. */
	if (peer->question < heard)
		peer->question = heard;
	peer->question = asked_next(question->store, peer->question);
	ask->number = peer->question;
	ask->room = peer->pace.rate || peer->pace.fails ? peer->pace.frame : 0;
	ask->heard = heard;
	*asking = (struct asking){
		.number = ask->number, .full = ask->full, .made_ms = store_now_ms(question->store)};
	asking->orphans =
		orphans_put(question->store, ask, peer->pace.frame / 2, &question->arena, fault);
	asking->lanes_mask = question->lanes_mask;
	show_answer(question);
	if (question->lanes_mask != EVERY_LANE)
		extra_add(ask, EXTRA_LANES, bytes_of(&lanes, 1), &question->arena);
	if (peer->beside.len)
		extra_add(ask, peer->fetches ? EXTRA_WANTED : EXTRA_FILES, peer->beside,
			&question->arena);
	return asking->orphans < 0 ? fault->rc : RC_OK;
}

enum rc ask_make(struct store *store, struct peer *peer, unsigned lanes_mask, struct asking *asking,
	struct buf *frame, struct fault *fault)
{
	struct question question = {.store = store,
		.peer = peer,
		.lanes_mask = lanes_mask,
		.ask = {.type = MESSAGE_ASK},
		.asking = asking,
		.frame = frame};
	struct heard heard = {0};
	bool ended;
	enum rc rc = end_if_due(store, peer, &ended, fault);

	question.ask.full = peer->unsure || !peer->store;
	if (!rc)
		rc = peer_lanes(store, peer, question.lanes, fault);
	if (!rc)
		rc = told_by_stick(&question, fault);
	if (!rc)
		rc = heard_get(store, peer->site.site, &heard, fault);
	if (!rc)
		rc = fetched_say(store, peer, heard.number, fault);
	if (!rc)
		rc = begin(&question, heard.number, fault);
	if (!rc)
		rc = seal_chosen(&question, fault);
	if (!rc)
		rc = use_up(&question, fault);
	if (!rc)
		rc = introduce(&question, fault);
	arena_release(&question.arena);
	return rc;
}
