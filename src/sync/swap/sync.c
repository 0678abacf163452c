/* SPDX-License-Identifier: GPL-3.0-or-later
 * A station asks the one above. What waits goes up, what is new comes down, and how far everything
 * is held is told; whatever is lost on the way is asked again, and what comes twice has no second
 * effect.
 */
#include "store/identity.h"
#include "store/station.h"
#include "sync/keys.h"
#include "sync/swap.h"
#include "sync/trust.h"
#include "sync/swap/internal.h"
#include "sync/take/internal.h"
#include "sync/keys/internal.h"

#include "base/when.h"

#include <string.h>

enum { PARTS_MOST = 64 };
static const uint64_t QUESTIONS_MOST = UINT64_C(1) << 48; /* nobody asks so often */

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

static bool requeue_or_return(const struct fact *fact, void *to)
{
	struct settling *settling = to;
	struct log *log = store_log(settling->store);

	if (successors_have(settling->store, fact->site))
		settling->rc =
			log_requeue(log, (struct ref){fact->site, fact->seq}, settling->fault);
	else
		settling->rc = log_orphan(log, fact->raw, fact->sig, settling->fault);
	return !settling->rc;
}

/* All that is above has come again: what is still in doubt is not there. Ours goes up; what a
 * station above wrote goes back to it. */
static enum rc settle_doubts(struct store *store, struct peer *peer, struct fault *fault)
{
	struct settling settling = {store, fault, RC_OK};
	enum rc rc;

	if (peer->load.loaded != EVERY_LANE || !log_doubts(store_log(store)))
		return RC_OK;
	peer->unsure = true; /* the marks that were not believed come again */
	rc = log_each_doubt(store_log(store), requeue_or_return, &settling, fault);
	return rc ? rc : settling.rc;
}

/* What an answer brings, whichever it is. */
static enum rc take_parts(struct store *store, const struct peer *peer, const struct asking *asking,
	const struct message *answer, struct taken *taken, struct fault *fault)
{
	struct log *log = store_log(store);
	enum rc rc = facts_take(store, &peer->site, answer, false, taken, fault);

	if (!rc)
		rc = marks_take(store, peer->site.site, answer, fault);
	if (!rc && asking->orphans)
		rc = log_orphans_drop(log, asking->orphans, fault);
	return rc;
}

/* What shows the station above that it has answered this question, should it be put back. */
static enum rc keep_answer(struct store *store, const struct peer *peer,
	const struct asking *asking, const struct message *answer, struct fault *fault)
{
	const struct evidence kept[EVIDENCES] = {
		[EVIDENCE_NEWEST] = {peer->store, asking->number, answer->trace}};

	return evidence_save(store, peer->site.site, kept, fault);
}

static enum rc take_done(struct store *store, struct peer *peer, const struct asking *asking,
	const struct message *answer, struct sync_result *result, struct fault *fault)
{
	struct peer_lane lanes[LANES];
	struct taken taken = {0, 0};
	uint64_t before = peer->store;
	bool same_store = !answer->full || !before || before == answer->store;
	enum rc rc = peer_lanes(store, peer, lanes, fault);

	if (!rc && answer->full && before != answer->store)
		rc = peer_store_changed(store, peer, answer->store, lanes, fault);
	if (!rc)
		rc = take_parts(store, peer, asking, answer, &taken, fault);
	result->sent_facts += asking->facts;
	result->received_facts += taken.fresh;
	if (rc)
		return rc;
	move_cursors(lanes, asking, answer, same_store);
	files_heard(store, peer, answer);
	peer->plain &= !peer->plain_once;
	peer->plain_once = false;
	peer->unsure = !same_store;
	if (peer->question < answer->heard && answer->heard <= QUESTIONS_MOST)
		peer->question = answer->heard; /* ours is of an earlier day */
	rc = peer_lanes_set(store, peer, lanes, fault);
	if (!rc)
		rc = keep_answer(store, peer, asking, answer, fault);
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

/* The station above has shown a question of this station that it does not know. The rest of the
 * answer is not taken: all of it comes again to the site that goes on. */
static enum rc put_back(struct store *store, bool *more, struct fault *fault)
{
	bool early;
	enum rc rc = end_proven(store, 0, &early, fault);

	*more = !early;
	if (rc || !early)
		return rc;
	return trouble_is(TROUBLE_BUSY, fault,
		fault_set(fault, RC_LINK, "%s",
			_("本站的数据又换回了旧的：一小时内只换一次站号，过一小时再同步")));
}

/* Other facts of ours stand there, and nothing shows that we wrote them. */
static enum rc conflict(const struct peer *peer, struct fault *fault)
{
	return trouble_is(TROUBLE_CONFLICT, fault,
		fault_set(fault, RC_DENIED,
			_("\"%s\" 说本站的编号下已有别的记录，但拿不出凭据，也没有收本站送的：打"
			  "电话与它核对；核对后可用 outpost site renew 换新站号继续"),
			peer->site.name));
}

static enum rc take_answer(struct store *store, struct peer *peer, const struct asking *asking,
	const struct message *answer, struct sync_result *result, struct fault *fault)
{
	struct past before, after;
	enum rc rc = take_time(store, peer, asking, answer, result, fault);

	result->more = true;
	if (rc || log_ending(store_log(store)))
		return rc;
	if (question_forgotten(store, peer, answer))
		return put_back(store, &result->more, fault);
	switch (answer->status) {
	case ANSWER_DONE:
		load_take(peer, answer, asking->lanes_mask);
		store_past(store, &before);
		rc = take_done(store, peer, asking, answer, result, fault);
		store_past(store, &after);
		result->more = answer->more_mask || asking->more_mask || peer->unsure ||
			       after.anew != before.anew || log_orphans_left(store_log(store));
		return rc;
	case ANSWER_FULL:
		peer->unsure = true;
		return marks_take(store, peer->site.site, answer, fault);
	case ANSWER_OTHER:
		return conflict(peer, fault);
	case ANSWER_PLAIN:
		return plain_again(peer, false, fault);
	case ANSWER_REVOKED:
		return trouble_is(TROUBLE_REVOKED, fault,
			fault_set(fault, RC_DENIED, "\"%s\": %s: %s", peer->site.name,
				trouble_what(TROUBLE_REVOKED), trouble_advice(TROUBLE_REVOKED)));
	default:
		return trouble_is(TROUBLE_BUSY, fault,
			fault_set(fault, RC_LINK, _("\"%s\" 正忙，稍后再试"), peer->site.name));
	}
}

/* An answer that lay about or was recorded, say: the line is at fault, not whoever stands above. */
static enum rc strange(const char *text, struct fault *fault)
{
	return trouble_is(TROUBLE_STRANGE, fault, fault_set(fault, RC_LINK, "%s", text));
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
	struct peer_keys peer_keys;

	peer_keys_load(store, peer->site.site, &peer_keys);
	if (peer_keys.introduce)
		return is_signed ? keyring_renew(store, fault) : RC_OK;
	peer_keys.introduce = true;
	return peer_keys_save(store, peer->site.site, &peer_keys, fault);
}

static enum rc ask_whole(struct store *store, struct peer *peer, bool *more, struct fault *fault)
{
	*more = peer->unsure = true;
	return peer_save(store, peer, fault);
}

static enum rc nothing_heard(
	struct store *store, struct peer *peer, bool *more, struct fault *fault)
{
	enum rc rc = successors_again(store, fault);

	peer->unsure = true;
	*more = peer->fail_streak++ < 1 + successors_parts(store);
	if (!rc && *more)
		rc = say_key(store, peer, false, fault);
	if (rc || *more)
		return rc ? rc : peer_save(store, peer, fault);
	return trouble_is(TROUBLE_UNKNOWN, fault,
		fault_set(fault, RC_DENIED,
			_("\"%s\" 不认识本站：请上级 outpost invite 再邀请一次，这里 outpost join"),
			peer->site.name));
}

enum speaker { NO_FRAME, ABOVE, ABOVE_BEFORE, SOMEBODY };

/* The site above, or one that it goes on for: then its store is of an earlier day. */
static enum speaker speaker_of(
	struct store *store, struct bytes frame, const struct site *above, struct site *from)
{
	uint64_t sender;
	uint8_t id;

	*from = *above;
	if (lean_version(frame) == LEAN_ANSWER) /* its tag tells */
		return ABOVE;
	if (!seal_head(frame, &sender, &id))
		return NO_FRAME;
	if (sender == above->site)
		return ABOVE;
	return successor_of(store, above->site, sender) && log_site(store_log(store), sender, from)
		       ? ABOVE_BEFORE
		       : SOMEBODY;
}

/* The station above goes on under a site that could not be followed in one go, or has forgotten
 * that it goes on and answers as SITE: with the next question more of it is told, there or here. */
static enum rc once_more(
	struct store *store, struct peer *peer, uint64_t site, bool *more, struct fault *fault)
{
	enum rc rc = site ? above_behind(store, site, fault) : RC_OK;

	peer->unsure = true; /* kept with the next question: anybody can send again what was said */
	*more = peer->fail_streak++ < PARTS_MOST;
	if (rc || *more)
		return rc;
	return trouble_is(TROUBLE_UNKNOWN, fault,
		fault_set(fault, RC_DENIED,
			_("\"%s\" 换过站号，本站接不上：请它重新发邀请码，本站 outpost join"),
			peer->site.name));
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
	if (rc == RC_DENIED)
		rc = trouble_is(TROUBLE_KEY, fault,
			fault_set(fault, RC_DENIED,
				_("\"%s\" "
				  "的密钥不是本站记下的：请打电话与上级核对；它换了密钥就请它 "
				  "outpost invite 再邀请一次，这里 outpost join"),
				peer->site.name));
	if (!rc && site != peer->site.site) {
		store_undo(store);
		return above_strays(store, peer, site, fault);
	}
	if (!rc)
		rc = say_key(store, peer, true, fault);
	peer->unsure = true;
	*more = peer->fail_streak++ < 3;
	if (!rc)
		rc = peer_save(store, peer, fault);
	if (rc) {
		*more = false;
		store_undo(store);
		return rc;
	}
	rc = store_commit(store, fault);
	return rc || *more ? rc : nothing_heard(store, peer, more, fault);
}

/* A later answer has overtaken it (a stick that lay about), or it is that one again: it brings its
 * facts, and nothing else that it says counts. */
static enum rc take_overtaken(struct store *store, const struct peer *peer,
	const struct message *answer, struct sync_result *result, struct fault *fault)
{
	struct taken taken = {0, 0};
	enum rc rc = answer->status == ANSWER_DONE
			     ? facts_take(store, &peer->site, answer, false, &taken, fault)
			     : RC_OK;

	result->received_facts += taken.fresh;
	return rc;
}

/* A frame that could not be read there has no number to repeat. Whoever recorded such an answer can
 * give it for ever, so it makes this station say more and is believed in nothing else. */
static enum rc take_unnumbered(struct store *store, struct peer *peer, const struct message *answer,
	bool *more, struct fault *fault)
{
	enum rc rc = answer->status == ANSWER_PLAIN ? plain_again(peer, true, fault) : RC_OK;

	return rc ? rc : ask_whole(store, peer, more, fault);
}

static enum rc take_arrived(struct store *store, struct peer *changed, const struct asking *asking,
	const struct message *answer, struct sync_result *result, struct fault *fault)
{
	struct heard heard = {0};
	enum rc rc = heard_get(store, changed->site.site, &heard, fault);

	if (!rc && asking->number <= heard.number)
		return take_overtaken(store, changed, answer, result, fault);
	if (!rc && !answer->number)
		return take_unnumbered(store, changed, answer, &result->more, fault);
	if (!rc)
		rc = frame_heard(store, &changed->site, answer, fault);
	if (!rc)
		rc = successors_known(store, fault);
	if (!rc)
		rc = above_abreast(store, fault);
	if (!rc)
		rc = take_answer(store, changed, asking, answer, result, fault);
	return rc ? rc : peer_save(store, changed, fault);
}

/* In one commit; CHANGED is what the peer is afterwards. */
static enum rc apply(struct store *store, struct peer *changed, const struct asking *asking,
	const struct message *answer, struct sync_result *result, struct fault *fault)
{
	bool ended = false;
	enum rc rc = store_begin(store, fault);

	changed->fail_streak = 0;
	if (!rc)
		rc = take_arrived(store, changed, asking, answer, result, fault);
	if (!rc)
		rc = end_if_due(store, changed, &ended, fault);
	result->more |= ended;
	if (!rc)
		return store_commit(store, fault);
	store_undo(store);
	if (answer->status == ANSWER_OTHER && rc == RC_DENIED) {
		struct fault other;
		if (claim_note(store, changed->site.site, CLAIM_CONFLICT, 1, &other)) {
			*fault = other;
			rc = other.rc;
		}
	}
	return rc;
}

/* An answer's frame, and what it holds. */
struct arrived {
	struct bytes frame;
	struct arena arena;
	struct message message;
};

static enum rc answer_read(struct store *store, const struct site *from,
	const struct asking *asking, struct arrived *arrived, struct fault *fault)
{
	struct lean asked = {.number = asking->number, .time = store_now_ms(store)};
	struct message *answer = &arrived->message;
	struct lean_read read = {0};
	enum rc rc;

	if (lean_version(arrived->frame) != LEAN_ANSWER)
		return frame_read(store, from, arrived->frame, &arrived->arena, answer, fault);
	memset(answer, 0, sizeof *answer);
	memcpy(asked.got, asking->told, sizeof asked.got);
	memcpy(asked.question, asking->hash, sizeof asked.question);
	/* Of another question, or of another day: that cannot be told apart. */
	rc = asking->lean && lean_read_answer(store, from, arrived->frame, &asked, &read)
		     ? lean_decode(store, arrived->frame, &read, &arrived->arena, answer, fault)
		     : strange(_("收到的不是这一问的回答，已丢弃"), fault);
	lean_read_release(&read);
	return rc;
}

/* Its facts did not come out here; or a lean question was answered with something that is not to be
 * opened: let both say every number. */
static bool is_unread(enum rc rc, const struct asking *asking)
{
	return rc == RC_NONE || rc == RC_BAD ||
	       ((rc == RC_DENIED || rc == RC_LINK) && asking->lean);
}

/* FRAME says to be of the station above, as WHO it may be: FROM. */
static enum rc take_frame(struct store *store, struct peer *peer, const struct asking *asking,
	struct bytes frame, struct sync_result *result, struct fault *fault)
{
	struct arrived arrived = {.frame = frame};
	struct peer changed = *peer;
	struct site from;
	enum speaker who = speaker_of(store, frame, &peer->site, &from);
	enum rc rc = answer_read(store, &from, asking, &arrived, fault);

	if (is_unread(rc, asking)) {
		changed.unsure = true;
		result->more = changed.fail_streak++ < 3;
		rc = result->more ? RC_OK : rc;
	} else if (!rc && !answers(&arrived.message, asking)) {
		rc = strange(_("收到的不是这一问的回答，已丢弃"), fault);
	} else if (!rc) {
		rc = who == ABOVE_BEFORE
			     ? once_more(store, &changed, from.site, &result->more, fault)
			     : apply(store, &changed, asking, &arrived.message, result, fault);
	}
	if (!rc)
		*peer = changed;
	arena_release(&arrived.arena);
	return rc;
}

enum rc answer_apply(struct store *store, struct peer *peer, const struct asking *asking,
	struct bytes frame, struct sync_result *result, struct fault *fault)
{
	bool told = successor_is(frame);
	enum speaker who;
	struct site from;
	enum rc rc;

	result->more = false;
	if (told && (rc = successors_from_above(store, peer, &frame, fault)))
		return rc;
	if (!frame.len && asking->lean) /* it may remember other things: once more, whole */
		return ask_whole(store, peer, &result->more, fault);
	if (!frame.len) /* damaged on the way, or not known there: once more, then believe it */
		return nothing_heard(store, peer, &result->more, fault);
	if (intro_is(frame))
		return take_intro(store, peer, asking, frame, &result->more, fault);
	who = speaker_of(store, frame, &peer->site, &from);
	if (who == SOMEBODY && told)
		return once_more(store, peer, 0, &result->more, fault);
	if (who == NO_FRAME) /* the login page of a hotel, say */
		return strange(_("答话的不是上级站点：请检查线路"), fault);
	return take_frame(store, peer, asking, frame, result, fault);
}
