/* SPDX-License-Identifier: GPL-3.0-or-later
 * A site has ended and another goes on in its place: its statements stand in front of a frame until
 * the other end has followed. A site that is shown its own statement was put back to the day before
 * it ended.
 */
#include "store/station.h"
#include "sync/keys.h"
#include "sync/trust.h"
#include "sync/take/internal.h"
#include "sync/trust/internal.h"
#include "sync/wire/internal.h"

#include "base/when.h"
#include "model/area.h"
#include "store/db.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { SITE_SIZE = 7 };

/* ---- statements */

bool successor_is(struct bytes in)
{
	return in.len >= SUCCESSOR_SIZE && in.at[0] == SUCCESSOR_VERSION;
}

struct bytes successor_skip(struct bytes in)
{
	while (successor_is(in))
		in = bytes_of(in.at + SUCCESSOR_SIZE, in.len - SUCCESSOR_SIZE);
	return in;
}

uint64_t successor_last(struct bytes in, uint64_t site)
{
	for (; successor_is(in); in = bytes_of(in.at + SUCCESSOR_SIZE, in.len - SUCCESSOR_SIZE))
		if (successor_old(in.at) == site)
			site = site_of(in.at + 1 + SITE_SIZE);
	return site;
}

/* NEXT has the keys for sealing that OLD had, and remembers what that one heard. */
static enum rc same_keys(struct store *store, uint64_t old, uint64_t next, struct fault *fault)
{
	struct peer_keys peer_keys;
	struct heard heard = {0};
	enum rc rc;

	peer_keys_load(store, old, &peer_keys);
	rc = peer_keys_save(store, next, &peer_keys, fault);
	if (!rc)
		rc = heard_get(store, old, &heard, fault);
	return rc ? rc : heard_set(store, next, heard, fault);
}

/* NEXT is another machine with keys of its own, which has never heard this station. */
static enum rc other_keys(struct store *store, uint64_t next, struct fault *fault)
{
	struct peer_keys peer_keys;
	enum rc rc = peer_keys_begin(store, next, fault);

	peer_keys_load(store, next, &peer_keys);
	peer_keys.introduce = true;
	return rc ? rc : peer_keys_save(store, next, &peer_keys, fault);
}

/* OLD's place is taken by NEXT: no more by its old name. TWIN: it stood beside it. */
static enum rc follow(struct store *store, struct site *old, const struct site *next, bool twin,
	const uint8_t *statement, struct fault *fault)
{
	struct log *log = store_log(store);
	enum rc rc = log_site_set(log, next, fault);

	old->ended = true;
	if (!rc)
		rc = log_site_set(log, old, fault);
	if (!rc)
		rc = twin ? other_keys(store, next->site, fault)
			  : same_keys(store, old->site, next->site, fault);
	if (!rc)
		rc = successor_note(store, next->site, old->site, fault);
	return rc ? rc : statement_keep(store, statement, fault);
}

/* The provisional code, made unique among the sites that this hub knows. */
void code_unique(struct log *log, const char *wish, struct site *site)
{
	struct site other;

	snprintf(site->code, sizeof site->code, "%.7s", *wish ? wish : "Z");
	for (unsigned n = 2;
		log_site_code(log, site->code, &other) && other.site != site->site && n < 10000;
		n++)
		snprintf(site->code, sizeof site->code, "%.7s%u", *wish ? wish : "Z", n);
}

/* Kept beside each site: the first one that it goes on for; and beside that how often it ended
 * today. */
enum { ENDS_FIRST = 1, ENDS_DAY, ENDS_COUNT, ENDS_TOTAL, ENDS_NUMBERS };

/* OLD ends once more. *FIRST: of its chain; 0: so often is not followed in a day, or at all. */
static enum rc count_end(
	struct store *store, const struct site *old, uint64_t *first, struct fault *fault)
{
	int64_t numbers[ENDS_NUMBERS], today = store_now(store) / DAY_SECONDS;
	enum rc rc;

	kv_list(store, kv_of(KV_ENDS, old->site), numbers, ENDS_NUMBERS);
	*first = numbers[ENDS_FIRST] ? (uint64_t)numbers[ENDS_FIRST] : old->site;
	kv_list(store, kv_of(KV_ENDS, *first), numbers, ENDS_NUMBERS);
	if (numbers[ENDS_DAY] != today)
		numbers[ENDS_COUNT] = 0;
	if (numbers[ENDS_COUNT] >= LIMIT_DAY_ENDS || numbers[ENDS_TOTAL] >= LIMIT_ENDS) {
		rc = claim_note(store, *first, CLAIM_ENDS, 1, fault);
		*first = 0;
		return rc;
	}
	numbers[ENDS_DAY] = today;
	numbers[ENDS_COUNT]++;
	numbers[ENDS_TOTAL]++;
	return kv_list_set(store, kv_of(KV_ENDS, *first), numbers, ENDS_NUMBERS, fault);
}

static enum rc begin_ends(
	struct store *store, const struct site *next, uint64_t first, struct fault *fault)
{
	const int64_t numbers[ENDS_NUMBERS] = {[ENDS_FIRST] = (int64_t)first};

	return kv_list_set(store, kv_of(KV_ENDS, next->site), numbers, ENDS_NUMBERS, fault);
}

/* Is STATEMENT of a site of this hub's, by its own key? */
static bool is_ours(
	struct store *store, const uint8_t *statement, struct site *old, struct site *next)
{
	const struct station *own = store_station(store);

	return log_site(store_log(store), successor_old(statement), old) && !old->revoked &&
	       old->area && (old->area != own->area || twin_below(store, old)) &&
	       log_within(store_log(store), old->area, own->area) &&
	       (old->above == own->site || successors_have(store, old->above)) &&
	       successor_read_next(statement, old, next);
}

/* The code that it wishes for, without the number that made it unique elsewhere. */
static void code_of(struct log *log, struct site *next)
{
	char wish[sizeof next->code];
	size_t len;

	snprintf(wish, sizeof wish, "%s", next->code);
	len = strlen(wish);
	while (len && isdigit((unsigned char)wish[len - 1]))
		wish[--len] = 0;
	code_unique(log, wish, next);
}

/* Is the site KNOWN, which its hub has granted, in the place of OLD? Whoever stands elsewhere is
 * nobody's successor. */
static bool may_follow(struct store *store, const struct site *known, const struct site *old)
{
	return !known->revoked && !known->ended && known->area == old->area &&
	       known->level == old->level &&
	       (known->above == old->above || successor_of(store, known->above, old->above));
}

/* The one that goes on for OLD is known already: it is its twin, or there is nothing to follow. */
static bool take_twin(
	struct store *store, const struct site *known, const struct site *old, struct site *next)
{
	if (known->above != old->site || !twin_is(store, known) ||
		grant_over(known->until, log_now(store_log(store))))
		return false;
	*next = *known;
	twin_steps_in(next, old);
	return may_follow(store, next, old);
}

/* This station itself has said so: its twin goes on for it, or it was put back. */
static enum rc own_ends(struct store *store, const uint8_t *statement, struct fault *fault)
{
	bool twin, early;
	enum rc rc = twin_told(store, statement, &twin, fault);

	return rc || twin ? rc : end_proven(store, 0, &early, fault);
}

static enum rc from_below(struct store *store, const uint8_t *statement, struct fault *fault)
{
	struct log *log = store_log(store);
	struct site old, next, known;
	uint64_t first;
	bool there;
	enum rc rc;

	if (statement_own(store, statement))
		return own_ends(store, statement, fault);
	if (!is_ours(store, statement, &old, &next))
		return RC_OK; /* it is another hub's to follow, or nobody's */
	there = log_site(log, next.site, &known) && known.area;
	if (there && !take_twin(store, &known, &old, &next))
		return RC_OK; /* followed */
	rc = count_end(store, &old, &first, fault);
	if (rc || !first)
		return rc;
	if (!there)
		code_of(log, &next);
	next.above = store_station(store)->site;
	rc = follow(store, &old, &next, there, statement, fault);
	if (!rc)
		rc = begin_ends(store, &next, first, fault);
	if (!rc)
		rc = allowance_keep(store, old.site, next.site, fault);
	if (!rc)
		rc = term_keep(store, old.site, next.site, fault);
	return rc ? rc : grant_write_at(store, &next, next.area, statement, fault);
}

enum rc successors_from_below(struct store *store, struct bytes *in, struct fault *fault)
{
	enum rc rc = RC_OK;

	for (unsigned i = 0; i < SUCCESSORS_MOST && successor_is(*in) && !rc; i++) {
		rc = from_below(store, in->at, fault);
		*in = bytes_of(in->at + SUCCESSOR_SIZE, in->len - SUCCESSOR_SIZE);
	}
	return rc;
}

/* NEXT as it is known already, when it is. False: that one stands elsewhere. */
static bool known_above(struct store *store, const struct site *old, struct site *next, bool *twin)
{
	struct site known;

	*twin = false;
	if (!log_site(store_log(store), next->site, &known) || !known.area)
		return true;
	*twin = take_twin(store, &known, old, next);
	if (*twin)
		return true;
	*next = known;
	return may_follow(store, &known, old);
}

static enum rc from_above(
	struct store *store, struct peer *peer, const uint8_t *statement, struct fault *fault)
{
	struct log *log = store_log(store);
	struct site old, next;
	bool twin;
	enum rc rc;

	if (statement_own(store, statement))
		return own_ends(store, statement, fault);
	if (!successor_of(store, peer->site.site, successor_old(statement)) ||
		!log_site(log, successor_old(statement), &old) ||
		!successor_read_next(statement, &old, &next) ||
		successor_of(store, peer->site.site, next.site))
		return RC_OK;
	if (!known_above(store, &old, &next, &twin))
		return RC_OK;
	rc = follow(store, &old, &next, twin, statement, fault);
	/* What it held is no proof any more, and what it wrote may be lost there. */
	if (!rc)
		rc = log_mark(log,
			&(struct mark){.holder = old.site, .site = old.site, .store = INT64_MAX},
			fault);
	if (!rc)
		rc = log_doubt_from(log, via_of(old.site), fault);
	if (!rc && peer->site.site != old.site)
		rc = log_doubt_from(log, via_of(peer->site.site), fault);
	peer->site = next;
	peer->unsure = true;
	peer->load.loaded = 0;
	if (twin)
		peer->store = 0; /* it counts its own arrivals */
	return rc ? rc : peer_save(store, peer, fault);
}

enum rc successors_from_above(
	struct store *store, struct peer *peer, struct bytes *in, struct fault *fault)
{
	enum rc rc = store_begin(store, fault);

	if (rc)
		return rc;
	for (unsigned i = 0; i < SUCCESSORS_MOST && successor_is(*in) && !rc; i++) {
		rc = from_above(store, peer, in->at, fault);
		*in = bytes_of(in->at + SUCCESSOR_SIZE, in->len - SUCCESSOR_SIZE);
	}
	if (!rc)
		rc = store_commit(store, fault);
	else
		store_undo(store);
	return rc ? rc : twin_gone_on(store, fault);
}

/* The station above has answered as one that it says to have gone on for: it was put back, and is
 * shown its own word with the next question. */
enum rc above_behind(struct store *store, uint64_t site, struct fault *fault)
{
	return kv_num_set(store, kv_own(KV_ABOVE_BEHIND), (int64_t)site, fault);
}

enum rc above_strays(
	struct store *store, const struct peer *peer, uint64_t site, struct fault *fault)
{
	enum rc rc = successor_of(store, peer->site.site, site) ? above_behind(store, site, fault)
								: RC_OK;

	return rc ? rc
		  : trouble_is(TROUBLE_STRANGE, fault,
			    fault_set(fault, RC_DENIED, "%s", _("答话的不是上级站点：请检查线路")));
}

void above_shown(struct store *store, struct buf *out)
{
	int64_t old = kv_num(store, kv_own(KV_ABOVE_BEHIND), 0);

	if (old > 0)
		statement_of(store, (uint64_t)old, out);
}

enum rc above_abreast(struct store *store, struct fault *fault)
{
	struct kv behind = kv_own(KV_ABOVE_BEHIND);

	return kv_num(store, behind, 0) ? kv_num_set(store, behind, 0, fault) : RC_OK;
}

bool successors_due(struct store *store)
{
	return kv_num(store, kv_own(KV_SUCCESSORS_DUE), 0) > 0;
}

enum rc successors_again(struct store *store, struct fault *fault)
{
	struct buf all = {0};
	enum rc rc = RC_OK;

	successors_get(store, &all);
	if (all.len)
		rc = kv_num_set(store, kv_own(KV_SUCCESSORS_DUE), 1, fault);
	buf_release(&all);
	return rc;
}

enum rc successors_known(struct store *store, struct fault *fault)
{
	return successors_due(store) ? kv_num_set(store, kv_own(KV_SUCCESSORS_DUE), 0, fault)
				     : RC_OK;
}

/* ---- the deed of a twin: sealed like the rest of an answer, for nobody else must have it */

void deed_give(
	struct store *store, const struct site *asker, struct message *answer, struct arena *arena)
{
	uint8_t deed[DEED_SIZE];

	if (twin_deed(store, asker, deed))
		extra_add(answer, EXTRA_DEED, bytes_of(deed, sizeof deed), arena);
}

enum rc deed_heard(struct store *store, const struct site *from, const struct message *answer,
	struct fault *fault)
{
	struct bytes in = answer->extra;
	struct value value;
	unsigned tag;

	if (answer->type != MESSAGE_ANSWER || store_readonly(store))
		return RC_OK;
	while (in.len && take_field(&in, &tag, &value))
		if (tag == EXTRA_DEED && value.wire == WIRE_BYTES)
			return twin_deed_keep(store, from, value.text, fault);
	return RC_OK;
}
