/* SPDX-License-Identifier: GPL-3.0-or-later
 * The hub: what one question that was opened changes here, and what is said to it (batch.c opens
 * them). Nothing here knows how the bytes travel.
 */
#include "store/station.h"
#include "sync/swap.h"
#include "sync/swap/internal.h"
#include "sync/take/internal.h"
#include "sync/trust/internal.h"
#include "sync/wire/internal.h"

#include "base/when.h"
#include "sync/enrol.h"
#include "store/db.h"

#include <stdio.h>
#include <string.h>

enum { HEARD_STEP = 60 }; /* seconds: a busy station costs no write at every question */

/* One question while it is worked on. */
struct turn {
	struct store *store;
	struct site asker;
	struct arena arena;
	struct message ask, answer;
	struct peer_lane lanes[LANES];   /* got: what the asker told to have; confirmed: its own
					    arrivals that are safe here */
	struct heard heard;              /* the newest question of the asker that was answered */
	struct evidence kept[EVIDENCES]; /* of its questions, before this one */
	enum answer_claim claim;         /* of an answer that is not known here */
	bool newer; /* than any question of the asker before: only then it is heard from */
	bool plain;
	bool replaced;           /* its twin goes on for the asker */
	bool gives;              /* facts go with the answer */
	bool knows;              /* the asker knows under which site we go on */
	bool busy;               /* others wait: no time for the model, */
	bool crowded;            /* and none to read what was made for it */
	const uint8_t *question; /* hash of a lean one: so is the answer */
	struct bytes files;      /* what is said to the piece of an attachment */
	struct bytes given;      /* bytes of a file that it wants */
	struct closing closing;
};

static enum rc lanes_load(struct turn *turn, struct fault *fault)
{
	enum rc rc = RC_OK;

	for (unsigned lane = 0; lane < LANES && !rc; lane++)
		rc = log_peer_lane(
			store_log(turn->store), turn->asker.site, lane, &turn->lanes[lane], fault);
	evidence_load(turn->store, turn->asker.site, turn->kept);
	return rc ? rc : heard_get(turn->store, turn->asker.site, &turn->heard, fault);
}

/* A question that a later one has overtaken is answered and changes nothing that is remembered. */
static bool overtaken(const struct turn *turn)
{
	return turn->ask.number <= turn->heard.number;
}

/* The same question once more: some box on the way has repeated it, and its writer waits for this
 * answer. Another one with the same number and memory is of a store that was put back. */
static bool repeated(const struct turn *turn)
{
	const struct evidence *kept = &turn->kept[EVIDENCE_NEWEST];

	return !turn->ask.full && turn->ask.number == turn->heard.number &&
	       turn->ask.memory == turn->heard.memory &&
	       (kept->number != turn->ask.number ||
		       !memcmp(&kept->trace, &turn->ask.trace, sizeof kept->trace));
}

static enum rc lanes_save(struct turn *turn, struct fault *fault)
{
	enum rc rc = RC_OK;

	for (unsigned lane = 0; lane < LANES && !rc; lane++)
		rc = log_peer_lane_set(
			store_log(turn->store), turn->asker.site, lane, &turn->lanes[lane], fault);
	return rc ? rc
		  : heard_set(turn->store, turn->asker.site,
			    (struct heard){turn->ask.number, turn->ask.memory}, fault);
}

static bool same_memory(const struct turn *turn)
{
	uint64_t got[LANES], sent[LANES];

	for (unsigned lane = 0; lane < LANES; lane++) {
		got[lane] = turn->lanes[lane].got;
		sent[lane] = turn->lanes[lane].confirmed;
	}
	return turn->ask.memory ==
	       memory_of(log_number(store_log(turn->store)), turn->heard.number, got, sent);
}

/* ---- evidence */

/* The asker's questions that it may not know of itself: then it was put back. */
static void show_kept(struct turn *turn)
{
	bool done = turn->answer.status == ANSWER_DONE;

	evidence_show(turn->kept, turn->ask.full && done ? turn->ask.heard : 0, &turn->answer,
		&turn->arena);
}

static enum rc keep_evidence(struct turn *turn, bool confirmed, struct fault *fault)
{
	const struct evidence asked = {.number = turn->ask.number, .trace = turn->ask.trace};

	return evidence_add(turn->store, turn->asker.site, &asked, confirmed, fault);
}

/* A store that was put back to an earlier day must not pretend to be the same: its arrivals have
 * other facts, and what it wrote since then, others may know by the same numbers. It ends when the
 * asker shows an answer of it that nobody here remembers to have given; a word alone is noted. */
static enum rc judge_claim(struct turn *turn, bool *later, struct fault *fault)
{
	struct store *store = turn->store;
	bool early = false;
	enum rc rc = RC_OK;

	turn->claim = answer_claimed(store, &turn->asker, &turn->ask, turn->heard);
	if (turn->claim == ANSWER_UNKNOWN)
		rc = claim_note(store, turn->asker.site, CLAIM_ANSWER, 1, fault);
	if (turn->claim == ANSWER_FORGOTTEN)
		rc = end_proven(store, turn->ask.store, &early, fault);
	else if (!rc && log_ending(store_log(store)) && turn->ask.store)
		rc = log_number_past(store_log(store), turn->ask.store, fault);
	*later = early;
	if (!rc && !early && log_ending(store_log(store)))
		rc = store_site_end(store, NULL, fault);
	return rc;
}

/* ---- what both remember of each other */

/* The asker says every number: believed, unless its numbers are of another store, or of one that
 * nobody here knows. Such an asker gets all anew. */
static void take_full(struct turn *turn)
{
	struct log *log = store_log(turn->store);
	uint64_t number = log_number(log);
	bool same = !turn->ask.store || turn->ask.store == number;
	bool unknown = turn->claim == ANSWER_UNKNOWN;

	for (unsigned lane = 0; lane < LANES; lane++) {
		turn->lanes[lane].got = same && !unknown ? turn->ask.got[lane] : 0;
		turn->lanes[lane].confirmed = same && !unknown ? turn->ask.before[lane] : 0;
	}
	turn->answer.full = true;
	/* 0 is no store: the asker begins anew as with another one. */
	turn->answer.store = same && unknown ? 0 : number;
	turn->answer.heard = turn->heard.number;
}

static void take_moved(struct turn *turn)
{
	for (unsigned lane = 0; lane < LANES; lane++) {
		if (turn->ask.got_mask & (1u << lane))
			turn->lanes[lane].got = turn->ask.got[lane];
		if (turn->ask.sent_mask & (1u << lane))
			turn->lanes[lane].confirmed = turn->ask.sent[lane];
	}
}

/* The lanes that the way of the asker is for; all, when it does not say. */
static unsigned lanes_asked(const struct message *ask)
{
	struct bytes in = ask->extra;
	struct value value;
	unsigned tag;

	while (in.len && take_field(&in, &tag, &value))
		if (tag == EXTRA_LANES && value.wire == WIRE_BYTES && value.text.len)
			return value.text.at[0] & EVERY_LANE;
	return EVERY_LANE;
}

/* What is new for the asker, as much as makes a frame from ROOM plain bytes. */
static enum rc give(struct turn *turn, size_t room, struct choice *choice, struct fault *fault)
{
	uint64_t cursor[LANES];
	enum rc rc;

	for (unsigned lane = 0; lane < LANES; lane++)
		cursor[lane] = turn->lanes[lane].got;
	rc = frame_fill(turn->store,
		&(struct wanted){&turn->asker, false, lanes_asked(&turn->ask), cursor, room},
		choice, fault);
	turn->answer.facts = choice->facts;
	turn->answer.fact_count = choice->count;
	turn->answer.got_mask = choice->moved_mask;
	turn->answer.more_mask = choice->more_mask;
	turn->answer.extra = (struct bytes){0, 0};
	memcpy(turn->answer.got, choice->seen, sizeof choice->seen);
	memcpy(turn->answer.told, cursor, sizeof cursor);
	if (!rc)
		rc = load_tell(
			turn->store, &turn->asker, &turn->ask, &turn->answer, &turn->arena, fault);
	if (turn->files.len)
		extra_add(&turn->answer, EXTRA_FILES, turn->files, &turn->arena);
	if (turn->given.len)
		extra_add(&turn->answer, EXTRA_WANTED, turn->given, &turn->arena);
	if (!overtaken(turn) &&
		packing_much(turn->store, turn->asker.site, turn->ask.modelled, turn->crowded))
		packing_spare(&turn->answer, &turn->arena);
	if (turn->ask.full) {
		show_kept(turn);
		deed_give(turn->store, &turn->asker, &turn->answer, &turn->arena);
	}
	return rc;
}

/* The asker has room for two seconds of its link, as far as it knows that. */
static unsigned close_room(const struct turn *turn)
{
	uint64_t room = turn->ask.room;

	if (!room || room > UINT32_MAX || turn->busy)
		return 0;
	return packing_pays((uint32_t)room / PACE_SECONDS) & CLOSE_SLOW;
}

/* Sealed behind our statements, if the asker needs them. A frame that comes out longer than one may
 * be is made again of fewer facts: how much they shrink shows only then. */
static enum rc close_answer(struct turn *turn, struct buf *out, struct fault *fault)
{
	size_t frame = turn->ask.room ? (size_t)turn->ask.room : PACE_FAST, start, len = 0;
	size_t room = room_of(frame > PACE_MOST ? PACE_MOST : frame);
	struct choice choice = {0};
	bool again = true;
	enum rc rc = RC_OK;

	if (!turn->knows)
		successors_part(turn->store, turn->ask.number, out);
	statement_of(turn->store, store_station(turn->store)->site, out); /* our twin goes on */
	if (turn->answer.status == ANSWER_OTHER || turn->replaced)
		statement_of(turn->store, turn->asker.site, out);
	start = out->len;
	while (again && !rc) {
		if (turn->gives)
			rc = give(turn, room, &choice, fault);
		out->len = start;
		if (!rc)
			frame_finish(turn->store, &turn->asker, &turn->answer, &turn->closing,
				turn->plain ? CLOSE_PLAIN : close_room(turn), out);
		len = out->len - start;
		again = len > PACE_MOST && choice.count > 1;
		room = room_less(room, len);
		choice_release(&choice);
		choice = (struct choice){0};
	}
	return rc;
}

/* The facts are safe all the same; what we remember of each other is not. */
static enum rc ask_for_all(struct turn *turn, struct fault *fault)
{
	struct acks acks;
	enum rc rc = acks_for(turn->store, &turn->asker, true, &turn->arena, &acks, fault);

	turn->answer.status = ANSWER_FULL;
	turn->answer.marks = acks.marks;
	turn->answer.mark_count = acks.count;
	show_kept(turn);
	return rc ? rc : keep_evidence(turn, false, fault);
}

/* How far everything is held. What was told with an answer that got lost is told again. */
static enum rc tell_news(struct turn *turn, struct fault *fault)
{
	bool all = turn->ask.full || repeated(turn);
	struct acks acks;
	enum rc rc = acks_for(turn->store, &turn->asker, all, &turn->arena, &acks, fault);

	if (!rc && !overtaken(turn))
		rc = acks_told(turn->store, &turn->asker, &acks, fault);
	turn->answer.marks = acks.marks;
	turn->answer.mark_count = acks.count;
	return rc;
}

/* What is remembered of the asker moves with what it said, unless a later question has overtaken
 * it. */
static enum rc remember(struct turn *turn, struct fault *fault)
{
	bool confirmed = !turn->ask.full || turn->ask.heard >= turn->kept[EVIDENCE_NEWEST].number;
	enum rc rc = keep_evidence(turn, confirmed, fault);

	if (rc)
		return rc;
	if (turn->ask.full)
		take_full(turn);
	turn->knows = !turn->ask.full || turn->ask.store == turn->answer.store;
	if (!turn->answer.full || !turn->ask.store || turn->ask.store == turn->answer.store)
		take_moved(turn);
	return overtaken(turn) ? RC_OK : lanes_save(turn, fault);
}

/* May anything of the question be taken? Else the status of the answer says why not. */
static enum rc admit(struct turn *turn, struct fault *fault)
{
	bool later = false;
	enum rc rc = lanes_load(turn, fault);

	if (!rc)
		rc = judge_claim(turn, &later, fault);
	if (rc)
		return rc;
	if (later) {
		turn->answer.status = ANSWER_BUSY;
	} else if (facts_equivocate(turn->store, &turn->asker, &turn->ask)) {
		turn->answer.status = ANSWER_OTHER;
		show_kept(turn);
	}
	return RC_OK;
}

/* What is too much, at once or in a day, comes again in smaller parts, or tomorrow. */
static enum rc limit(struct turn *turn, struct fault *fault)
{
	bool over = allowance_over(turn->store, &turn->asker, turn->ask.fact_count);

	if (turn->answer.status != ANSWER_DONE || (!over && !turn->ask.heavy))
		return RC_OK;
	turn->answer.status = ANSWER_BUSY;
	return over ? claim_note(turn->store, turn->asker.site, CLAIM_MUCH, 1, fault) : RC_OK;
}

static enum rc work(struct turn *turn, struct fault *fault)
{
	struct taken taken;
	enum rc rc = log_load(store_log(turn->store), turn->ask.ops, turn->ask.fact_count, fault);

	if (!rc)
		rc = admit(turn, fault);
	if (!rc)
		rc = limit(turn, fault);
	if (rc || turn->answer.status != ANSWER_DONE)
		return rc;
	if (turn->newer) /* first: what it brings is judged by its grant */
		rc = grant_renew(turn->store, &turn->asker, fault);
	if (!rc)
		rc = facts_take(turn->store, &turn->asker, &turn->ask, true, &taken, fault);
	if (rc)
		return rc;
	if (!turn->ask.full && !repeated(turn) && (overtaken(turn) || !same_memory(turn)))
		return ask_for_all(turn, fault);
	rc = remember(turn, fault);
	if (!rc)
		rc = orphans_take(turn->store, &turn->asker, &turn->ask, fault);
	if (!rc)
		rc = tell_news(turn, fault);
	if (!rc)
		rc = files_asked(
			turn->store, &turn->asker, &turn->ask, &turn->arena, &turn->files, fault);
	if (!rc)
		rc = files_give(
			turn->store, &turn->asker, &turn->ask, &turn->arena, &turn->given, fault);
	turn->gives = !rc;
	return rc;
}

/* When it was heard, and the number of the question; those that were answered without a change are
 * counted here alone. */
static void heard_read(struct store *store, uint64_t site, int64_t numbers[HEARD_NUMBERS])
{

	kv_list(store, kv_of(KV_HEARD, site), numbers, HEARD_NUMBERS);
}

int64_t hub_heard(struct store *store, uint64_t site)
{
	return below_heard(store, site);
}

/* Whoever has recorded a question can send it again for ever: that says nothing of its writer. */
static enum rc is_newer(struct turn *turn, struct fault *fault)
{
	int64_t numbers[HEARD_NUMBERS];
	struct heard heard;
	enum rc rc = heard_get(turn->store, turn->asker.site, &heard, fault);

	heard_read(turn->store, turn->asker.site, numbers);
	turn->newer = turn->ask.number > heard.number &&
		      turn->ask.number > (uint64_t)numbers[HEARD_QUESTION];
	return rc;
}

static enum rc note_heard(struct turn *turn, struct fault *fault)
{
	const int64_t numbers[HEARD_NUMBERS] = {
		[HEARD_AT] = store_now(turn->store), [HEARD_QUESTION] = (int64_t)turn->ask.number};
	int64_t since = numbers[HEARD_AT] - hub_heard(turn->store, turn->asker.site);

	if (!turn->newer ||
		(turn->answer.status == ANSWER_DONE && since >= 0 && since < HEARD_STEP))
		return RC_OK;
	return kv_list_set(
		turn->store, kv_of(KV_HEARD, turn->asker.site), numbers, HEARD_NUMBERS, fault);
}

static enum rc answer_turn(struct turn *turn, enum rc read, struct fault *fault)
{
	enum rc rc = RC_OK;

	if (read == RC_DENIED) /* anybody may have sent it */
		return read;
	turn->replaced = twin_replaced(turn->store, &turn->asker);
	if (turn->replaced || cut_off(turn->store, &turn->asker))
		turn->answer.status = ANSWER_REVOKED;
	else if (read == RC_NONE)
		turn->answer.status = ANSWER_FULL; /* it leaned on what we do not remember */
	else if (read == RC_BAD)
		turn->answer.status = ANSWER_PLAIN;
	else if (read || turn->ask.type != MESSAGE_ASK)
		return read ? read : RC_DENIED; /* what is no question gets nothing */
	else
		rc = work(turn, fault);
	if (!rc)
		rc = note_heard(turn, fault);
	if (!rc)
		rc = frame_prepare(
			turn->store, &turn->asker, false, &turn->arena, &turn->closing, fault);
	turn->closing.question = turn->question;
	turn->closing.keeps = !turn->busy;
	return rc;
}

enum rc answer_opened(struct store *store, struct opened *opened, struct fault *fault)
{
	struct turn *turn = arena_get(&opened->arena, sizeof *turn);
	struct peer_keys peer_keys;
	enum rc rc;

	*turn = (struct turn){.store = store,
		.asker = opened->asker,
		.ask = opened->message,
		.plain = opened->message.full,
		.busy = opened->busy,
		.crowded = opened->crowded,
		.question = opened->lean ? opened->hash : NULL,
		.answer = {.type = MESSAGE_ANSWER,
			.number = opened->message.number,
			.time = store_now_ms(store)}};
	opened->turn = turn;
	rc = is_newer(turn, fault);
	peer_keys_load(store, turn->asker.site, &peer_keys);
	if (!rc && !opened->rc)
		rc = frame_sealed(store, &turn->asker, turn->ask.key_number, true, fault);
	if (!rc && !opened->rc && turn->newer)
		rc = frame_key_heard(store, &turn->asker, &turn->ask, fault);
	if (!rc)
		rc = answer_turn(turn, opened->rc, fault);
	if (!rc && !turn->newer) /* answered with the key of its day, which is over */
		rc = peer_keys_save(store, turn->asker.site, &peer_keys, fault);
	if (rc)
		answer_release(opened);
	return rc;
}

enum rc answer_close(struct opened *opened, struct buf *out, struct fault *fault)
{
	return opened->turn ? close_answer(opened->turn, out, fault) : RC_OK;
}

void answer_release(struct opened *opened)
{
	if (!opened->turn)
		return;
	explicit_bzero(&opened->turn->closing.key, sizeof opened->turn->closing.key);
	arena_release(&opened->turn->arena);
	opened->turn = NULL;
}
