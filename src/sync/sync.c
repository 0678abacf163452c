/* SPDX-License-Identifier: GPL-3.0-or-later
 * A station asks the one above. What waits goes up, what is new comes down, and how far everything
 * is held is told; whatever is lost on the way is asked again, and what comes twice has no second
 * effect.
 */
#include "sync/inside.h"
#include "sync/keyring.h"

#include "base/when.h"
#include "store/keep.h"
#include "store/trouble.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { REST_MOST = 2000 };

static enum rc lanes_save(struct store *store, const struct peer *peer,
	const struct peer_lane lanes[LANES], struct fault *fault)
{
	enum rc rc = RC_OK;

	for (unsigned lane = 0; lane < LANES && !rc; lane++)
		rc = log_peer_lane_set(
			store_log(store), peer->site.site, lane, &lanes[lane], fault);
	return rc;
}

static void move_cursors(struct peer_lane lanes[LANES], const struct asking *asking,
	const struct message *answer, bool same_store)
{
	for (unsigned lane = 0; lane < LANES; lane++) {
		if (same_store) { /* cursors of the old store say nothing */
			lanes[lane].sent = asking->sent[lane];
			lanes[lane].confirmed = asking->told[lane];
		}
		if (answer->got_mask & (1u << lane))
			lanes[lane].got = answer->got[lane];
	}
}

struct settling {
	struct store *store;
	struct fault *fault;
	enum rc rc;
};

static bool lift_or_return(const struct fact *fact, void *to)
{
	struct settling *lifting = to;
	struct log *log = store_log(lifting->store);

	if (heirs_have(lifting->store, fact->site))
		lifting->rc = log_lift(log, (struct ref){fact->site, fact->seq}, lifting->fault);
	else
		lifting->rc = log_stray(log, fact->raw, fact->sig, lifting->fault);
	return !lifting->rc;
}

/* All that is above has come again: what is still in doubt is not there. Ours goes up; what a
 * station above wrote goes back to it. */
static enum rc settle_doubts(struct store *store, struct peer *peer, struct fault *fault)
{
	struct settling lifting = {store, fault, RC_OK};
	enum rc rc;

	if (peer->load.loaded != EVERY_LANE || !log_doubts(store_log(store)))
		return RC_OK;
	peer->unsure = true; /* the marks that were not believed come again */
	rc = log_each_doubt(store_log(store), lift_or_return, &lifting, fault);
	return rc ? rc : lifting.rc;
}

/* What an answer brings, whichever it is. */
static enum rc take_parts(struct store *store, const struct peer *peer, const struct asking *asking,
	const struct message *answer, uint64_t *fresh, struct fault *fault)
{
	struct log *log = store_log(store);
	uint64_t left;
	enum rc rc = facts_take(store, &peer->site, answer, false, fresh, &left, fault);

	if (!rc && !check_good(store, peer, answer))
		rc = log_site_ends(log, fault);
	if (!rc)
		rc = marks_take(store, peer->site.site, answer, fault);
	if (!rc && asking->strays)
		rc = log_strays_drop(log, asking->strays, fault);
	return rc;
}

static enum rc take_done(struct store *store, struct peer *peer, const struct asking *asking,
	const struct message *answer, struct sync_result *result, struct fault *fault)
{
	struct peer_lane lanes[LANES];
	uint64_t fresh = 0, before = peer->store;
	bool same_store = !answer->full || !before || before == answer->store;
	enum rc rc = peer_lanes(store, peer, lanes, fault);

	if (!rc && answer->full && before != answer->store)
		rc = peer_store_changed(store, peer, answer->store, lanes, fault);
	if (!rc)
		rc = take_parts(store, peer, asking, answer, &fresh, fault);
	result->sent_facts += asking->facts;
	result->received_facts += fresh;
	if (rc)
		return rc;
	move_cursors(lanes, asking, answer, same_store);
	peer->plain &= !peer->plain_once;
	peer->plain_once = false;
	peer->unsure = !same_store;
	if (peer->question < answer->heard)
		peer->question = answer->heard; /* ours is of an earlier day */
	rc = lanes_save(store, peer, lanes, fault);
	if (!rc)
		rc = settle_doubts(store, peer, fault);
	return rc ? rc
		  : heard_set(store, peer->site.site, (struct heard){asking->number, 0}, fault);
}

/* The clock above counts: ours may have been set to 1970 by a dead battery. */
static enum rc take_time(struct store *store, struct peer *peer, const struct asking *asking,
	const struct message *answer, struct sync_result *result, struct fault *fault)
{
	enum rc rc =
		store_clock_heard(store, answer->time, asking->made_ms, &peer->offset_ms, fault);

	result->clock_offset_ms = peer->offset_ms;
	peer->heard = store_now(store);
	return rc;
}

/* Our frame did not come out there: once more without guesses, and only ONCE when nothing shows of
 * what day that is. */
static enum rc plain_again(struct peer *peer, bool once, struct fault *fault)
{
	if (peer->plain)
		return trouble_is(TROUBLE_VERSION, fault,
			fault_set(fault, RC_BAD,
				_("\"%s\" 读不懂本站的数据帧：请检查两边的程序版本"),
				peer->site.name));
	peer->plain = peer->unsure = true;
	peer->plain_once = once;
	return RC_OK;
}

static enum rc take_answer(struct store *store, struct peer *peer, const struct asking *asking,
	const struct message *answer, bool *more, struct sync_result *result, struct fault *fault)
{
	struct past before, after;
	enum rc rc = take_time(store, peer, asking, answer, result, fault);

	*more = true;
	if (rc)
		return rc;
	switch (answer->status) {
	case ANSWER_DONE:
		load_take(peer, answer);
		store_past(store, &before);
		rc = take_done(store, peer, asking, answer, result, fault);
		store_past(store, &after);
		*more = answer->more_mask || asking->more_mask || peer->unsure ||
			after.anew != before.anew || log_strays_left(store_log(store));
		return rc;
	case ANSWER_FULL:
		peer->unsure = true;
		if (!check_good(store, peer, answer))
			rc = log_site_ends(store_log(store), fault);
		return rc ? rc : marks_take(store, peer->site.site, answer, fault);
	case ANSWER_OTHER:
		return log_site_ends(store_log(store), fault);
	case ANSWER_PLAIN:
		return plain_again(peer, false, fault);
	case ANSWER_REVOKED:
		return trouble_is(TROUBLE_REVOKED, fault,
			fault_set(fault, RC_DENIED, _("\"%s\" 已注销本站：请与上级联系"),
				peer->site.name));
	default:
		return trouble_is(TROUBLE_BUSY, fault,
			fault_set(fault, RC_LINK, _("\"%s\" 正忙，稍后再试"), peer->site.name));
	}
}

/* A frame that could not be opened has no number to echo. */
static bool answers(const struct message *answer, const struct asking *asking)
{
	if (answer->type != MESSAGE_ANSWER)
		return false;
	return answer->number == asking->number ||
	       (!answer->number &&
		       (answer->status == ANSWER_FULL || answer->status == ANSWER_PLAIN));
}

/* It may not know the key that we seal with: the next question says it. Where that was said already
 * and SIGNED to be of no use, it knows one of a higher number, of a day that this store has lost:
 * whoever else can say nothing makes no keys here. */
static enum rc say_key(
	struct store *store, const struct peer *peer, bool is_signed, struct fault *fault)
{
	struct bond bond;

	bond_load(store, peer->site.site, &bond);
	if (bond.introduce)
		return is_signed ? keyring_renew(store, fault) : RC_OK;
	bond.introduce = true;
	return bond_save(store, peer->site.site, &bond, fault);
}

static enum rc nothing_heard(
	struct store *store, struct peer *peer, bool *more, struct fault *fault)
{
	enum rc rc = heirs_again(store, fault);

	peer->unsure = true;
	*more = peer->fail_streak++ < 2;
	if (!rc && *more)
		rc = say_key(store, peer, false, fault);
	if (rc || *more)
		return rc ? rc : peer_save(store, peer, fault);
	return trouble_is(TROUBLE_UNKNOWN, fault,
		fault_set(fault, RC_DENIED, _("\"%s\" 不认识本站：请核对，或重新加入"),
			peer->site.name));
}

/* The site above, or one that it goes on for: then its store is of an earlier day. */
static bool is_frame(struct store *store, struct bytes frame, struct site *from)
{
	uint64_t sender;
	uint8_t id;

	if (!seal_head(frame, &sender, &id))
		return false;
	if (sender != from->site && heir_of(store, from->site, sender))
		log_site(store_log(store), sender, from);
	return true;
}

/* A key of ours or of the station above is not known there, as one of both was put back to an
 * earlier day or slept for months. It says its own, signed, and gets ours with the next question.
 */
static enum rc take_intro(struct store *store, struct peer *peer, const struct asking *asking,
	struct bytes frame, bool *more, struct fault *fault)
{
	uint64_t site;
	enum rc rc = store_begin(store, fault);

	if (rc)
		return rc;
	rc = intro_take(store, frame, asking->hash, &site, fault);
	if (!rc && site != peer->site.site)
		rc = trouble_is(TROUBLE_STRANGE, fault,
			fault_set(fault, RC_DENIED, "%s", _("答话的不是上级站点：请检查线路")));
	if (!rc)
		rc = say_key(store, peer, true, fault);
	peer->unsure = true;
	*more = peer->fail_streak++ < 3;
	if (!rc)
		rc = peer_save(store, peer, fault);
	if (rc) {
		store_undo(store);
		return rc;
	}
	rc = store_commit(store, fault);
	return rc || *more ? rc : nothing_heard(store, peer, more, fault);
}

/* An answer that came: what it says, from whom, and our key that it was sealed to. */
struct arrived {
	struct message message;
	struct site from;
	uint32_t key_number;
};

/* A later answer has overtaken it (a stick that lay about), or it is that one again: it brings its
 * facts, and nothing else that it says counts. */
static enum rc take_overtaken(struct store *store, const struct peer *peer,
	const struct message *answer, struct sync_result *result, struct fault *fault)
{
	uint64_t fresh = 0, left;
	enum rc rc = answer->status == ANSWER_DONE
			     ? facts_take(store, &peer->site, answer, false, &fresh, &left, fault)
			     : RC_OK;

	result->received_facts += fresh;
	return rc;
}

/* A frame that could not be read there has no number to repeat. Whoever recorded such an answer can
 * give it for ever, so it makes this station say more and is believed in nothing else. */
static enum rc take_unnumbered(struct store *store, struct peer *peer, const struct message *answer,
	bool *more, struct fault *fault)
{
	enum rc rc = answer->status == ANSWER_PLAIN ? plain_again(peer, true, fault) : RC_OK;

	*more = peer->unsure = true;
	return rc ? rc : peer_save(store, peer, fault);
}

static enum rc take_arrived(struct store *store, struct peer *changed, const struct asking *asking,
	const struct arrived *arrived, bool *more, struct sync_result *result, struct fault *fault)
{
	struct heard heard = {0};
	enum rc rc = heard_get(store, changed->site.site, &heard, fault);

	if (!rc && asking->number <= heard.number)
		return take_overtaken(store, changed, &arrived->message, result, fault);
	if (!rc && !arrived->message.number)
		return take_unnumbered(store, changed, &arrived->message, more, fault);
	if (!rc)
		rc = frame_heard(
			store, &arrived->from, &arrived->message, arrived->key_number, fault);
	if (!rc)
		rc = heirs_known(store, fault);
	if (!rc)
		rc = take_answer(store, changed, asking, &arrived->message, more, result, fault);
	return rc ? rc : peer_save(store, changed, fault);
}

/* In one commit; CHANGED is what the peer is afterwards. */
static enum rc apply(struct store *store, struct peer *changed, const struct asking *asking,
	const struct arrived *arrived, bool *more, struct sync_result *result, struct fault *fault)
{
	bool ended = false;
	enum rc rc = store_begin(store, fault);

	if (!rc)
		rc = take_arrived(store, changed, asking, arrived, more, result, fault);
	if (!rc)
		rc = end_if_due(store, changed, &ended, fault);
	*more |= ended;
	if (!rc)
		return store_commit(store, fault);
	store_undo(store);
	return rc;
}

enum rc answer_apply(struct store *store, struct peer *peer, const struct asking *asking,
	struct bytes frame, bool *more, struct sync_result *result, struct fault *fault)
{
	struct arena arena = {0};
	struct arrived answer;
	struct peer changed;
	enum rc rc;

	*more = false;
	if (heir_is(frame) && (rc = heirs_from_above(store, peer, &frame, fault)))
		return rc;
	changed = *peer;
	answer.from = peer->site;
	if (!frame.len) /* damaged on the way, or not known there: once more, then believe it */
		return nothing_heard(store, peer, more, fault);
	if (intro_is(frame))
		return take_intro(store, peer, asking, frame, more, fault);
	if (!is_frame(store, frame, &answer.from)) /* the login page of a hotel, say */
		return trouble_is(TROUBLE_STRANGE, fault,
			fault_set(fault, RC_LINK, "%s", _("答话的不是上级站点：请检查线路")));
	rc = frame_read(
		store, &answer.from, frame, &arena, &answer.message, &answer.key_number, fault);
	if (rc == RC_NONE ||
		rc == RC_BAD) { /* its facts did not come out here: let both say every number */
		changed.unsure = true;
		*more = changed.fail_streak++ < 3;
		rc = *more ? RC_OK : rc;
	} else if (!rc && !answers(&answer.message, asking)) {
		arena_release(&arena);
		return trouble_is(TROUBLE_STRANGE, fault,
			fault_set(fault, RC_LINK, "%s", _("收到的不是这一问的回答，已丢弃")));
	} else if (!rc) {
		changed.fail_streak = 0;
		rc = apply(store, &changed, asking, &answer, more, result, fault);
	}
	if (!rc)
		*peer = changed;
	arena_release(&arena);
	return rc;
}

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

static bool swap_once(struct store *store, struct peer *peer, const struct link_ops *ops,
	struct link *link, unsigned lanes_mask, bool *more, struct sync_result *result, enum rc *rc,
	struct fault *fault)
{
	struct buf ask = {0}, answer = {0};
	struct link_count before = {0}, after = {0};
	struct asking asking;
	int64_t start, heard;

	*rc = ask_make(store, peer, lanes_mask, &asking, &ask, fault);
	ops->count(link, &before);
	start = when_now_ms();
	if (!*rc)
		*rc = ops->swap(
			link, buf_bytes(&ask), &answer, pace_wait(&peer->pace, ask.len), fault);
	heard = when_now_ms();
	ops->count(link, &after);
	if (!*rc) {
		pace_learn(&peer->pace, ask.len + answer.len, (int)(heard - start));
		*rc = answer_apply(store, peer, &asking, buf_bytes(&answer), more, result, fault);
	}
	if (*rc == RC_LINK)
		*rc = link_failed(store, peer, after.sent > before.sent ? ask.len : 0, fault);
	else if (!*rc && *more)
		rest(when_now_ms() - heard);
	result->rounds++;
	buf_release(&ask);
	buf_release(&answer);
	return !*rc && *more;
}

enum rc sync_round(struct store *store, struct peer *peer, const struct link_ops *ops,
	struct link *link, unsigned lanes_mask, unsigned most, struct sync_result *result,
	struct fault *fault)
{
	struct fault first;
	bool more = true;
	enum rc rc = RC_OK;

	while (most-- && swap_once(store, peer, ops, link, lanes_mask, &more, result, &rc, fault))
		;
	first = *fault;
	if (peer_waiting(store, peer, result->waiting, fault) != RC_OK)
		return fault->rc;
	*fault = first;
	result->complete = !rc && !more && lanes_mask == EVERY_LANE;
	for (unsigned lane = 0; lane < LANES; lane++)
		result->complete &= !result->waiting[lane].facts;
	return rc;
}
