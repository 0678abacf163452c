/* SPDX-License-Identifier: GPL-3.0-or-later
 * A site has ended and another goes on in its place: its statements stand in front of a frame until
 * the other end has followed. Facts that come back from below, because an ended site lost them.
 */
#include "sync/inside.h"

#include "model/area.h"
#include "sync/ring.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { SITE_SIZE = 7, CHECKED = 8 };

/* ---- statements */

bool heir_is(struct bytes in)
{
	return in.len >= HEIR_SIZE && in.at[0] == HEIR_VERSION;
}

struct bytes heir_skip(struct bytes in)
{
	while (heir_is(in))
		in = bytes_of(in.at + HEIR_SIZE, in.len - HEIR_SIZE);
	return in;
}

uint64_t heir_last(struct bytes in, uint64_t site)
{
	for (; heir_is(in); in = bytes_of(in.at + HEIR_SIZE, in.len - HEIR_SIZE))
		if (heir_old(in.at) == site)
			site = site_of(in.at + 1 + SITE_SIZE);
	return site;
}

/* OLD's place is taken by NEXT: the same keys for sealing, and no more by its old name. */
static enum rc follow(
	struct store *store, struct site *old, const struct site *next, struct fault *fault)
{
	struct log *log = store_log(store);
	struct bond bond;
	struct heard heard = {0};
	enum rc rc = log_site_set(log, next, fault);

	old->ended = true;
	if (!rc)
		rc = log_site_set(log, old, fault);
	bond_load(store, old->site, &bond);
	if (!rc)
		rc = bond_save(store, next->site, &bond, fault);
	if (!rc)
		rc = heard_get(store, old->site, &heard, fault);
	if (!rc)
		rc = heard_set(store, next->site, heard, fault);
	return rc ? rc : heir_note(store, next->site, old->site, fault);
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

static enum rc from_below(struct store *store, const uint8_t *statement, struct fault *fault)
{
	const struct station *own = store_station(store);
	struct log *log = store_log(store);
	struct site old, next, known;
	char wish[sizeof next.code];
	size_t len;
	enum rc rc;

	if (!log_site(log, heir_old(statement), &old) || old.revoked || !old.area ||
		old.area == own->area || !area_within(old.area, own->area) ||
		(old.above != own->site && !heirs_have(store, old.above)) ||
		!heir_read_next(statement, &old, &next))
		return RC_OK; /* it is another hub's to follow, or nobody's */
	if (log_site(log, next.site, &known) && known.area)
		return RC_OK;
	snprintf(wish, sizeof wish, "%s", next.code);
	len = strlen(wish);
	while (len && isdigit((unsigned char)wish[len - 1]))
		wish[--len] = 0;
	code_unique(log, wish, &next);
	next.above = own->site;
	rc = follow(store, &old, &next, fault);
	if (!rc)
		rc = term_keep(store, old.site, next.site, fault);
	return rc ? rc : grant_write_at(store, &next, next.area, statement, fault);
}

enum rc heirs_from_below(struct store *store, struct bytes *in, struct fault *fault)
{
	enum rc rc = RC_OK;

	for (unsigned i = 0; i < HEIRS_MOST && heir_is(*in) && !rc; i++) {
		rc = from_below(store, in->at, fault);
		*in = bytes_of(in->at + HEIR_SIZE, in->len - HEIR_SIZE);
	}
	return rc;
}

/* Is the site KNOWN, which its hub has granted, in the place of OLD? Whoever stands elsewhere is
 * nobody's successor. */
static bool may_follow(struct store *store, const struct site *known, const struct site *old)
{
	return !known->revoked && !known->ended && known->area == old->area &&
	       known->level == old->level &&
	       (known->above == old->above || heir_of(store, known->above, old->above));
}

static enum rc from_above(
	struct store *store, struct peer *peer, const uint8_t *statement, struct fault *fault)
{
	struct log *log = store_log(store);
	struct site old, next, known;
	enum rc rc;

	if (!heir_of(store, peer->site.site, heir_old(statement)) ||
		!log_site(log, heir_old(statement), &old) ||
		!heir_read_next(statement, &old, &next) ||
		heir_of(store, peer->site.site, next.site))
		return RC_OK;
	if (log_site(log, next.site, &known) && known.area) {
		if (!may_follow(store, &known, &old))
			return RC_OK;
		next = known;
	}
	rc = follow(store, &old, &next, fault);
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
	return rc ? rc : peer_save(store, peer, fault);
}

enum rc heirs_from_above(
	struct store *store, struct peer *peer, struct bytes *in, struct fault *fault)
{
	enum rc rc = store_begin(store, fault);

	if (rc)
		return rc;
	for (unsigned i = 0; i < HEIRS_MOST && heir_is(*in) && !rc; i++) {
		rc = from_above(store, peer, in->at, fault);
		*in = bytes_of(in->at + HEIR_SIZE, in->len - HEIR_SIZE);
	}
	if (!rc)
		return store_commit(store, fault);
	store_undo(store);
	return rc;
}

bool heirs_due(struct store *store)
{
	struct buf due = {0};
	bool is = store_get(store, "", "heirs.due", &due) && due.len;

	buf_release(&due);
	return is;
}

enum rc heirs_again(struct store *store, struct fault *fault)
{
	struct buf all = {0};
	enum rc rc = RC_OK;

	heirs_get(store, &all);
	if (all.len)
		rc = store_set(store, "", "heirs.due", bytes_text("1"), fault);
	buf_release(&all);
	return rc;
}

enum rc heirs_known(struct store *store, struct fault *fault)
{
	return heirs_due(store) ? store_set(store, "", "heirs.due", (struct bytes){0, 0}, fault)
				: RC_OK;
}

/* ---- do both mean the same facts? */

/* Of the facts under the last numbers that the marks of OWN's lanes cover. False: there is no such
 * mark. */
static bool check_of(struct log *log, uint64_t holder, uint64_t site, const struct message *message,
	uint32_t *check)
{
	struct arena arena = {0};
	struct buf all = {0};
	uint8_t hash[HASH_SIZE];
	bool any = false;

	for (size_t i = 0; i < message->mark_count; i++) {
		const struct mark *mark = &message->marks[i];
		uint32_t n = mark->upto > CHECKED ? mark->upto - CHECKED + 1 : 1;
		if (mark->holder != holder || mark->site != site)
			continue;
		any = true;
		for (; n <= mark->upto; n++) {
			struct fact fact;
			if (log_fact(log, site, n * 8 + mark->lane, &arena, &fact))
				buf_put(&all, fact.raw.at, fact.raw.len);
		}
	}
	crypt_hash(buf_bytes(&all), hash);
	memcpy(check, hash, sizeof *check);
	buf_release(&all);
	arena_release(&arena);
	return any;
}

/* The question's own facts were compared when they came. */
static bool covered(const struct message *ask, const struct mark *mark)
{
	struct op op;

	for (size_t i = ask->fact_count; i-- > 0;)
		if (op_take(ask->facts[i].raw, &op) && op.site == mark->site &&
			op.seq == mark->upto * 8 + mark->lane)
			return true;
	return false;
}

void check_tell(struct store *store, const struct site *asker, const struct message *ask,
	struct message *answer, struct arena *arena)
{
	uint64_t own = store_station(store)->site;
	struct buf extra = {0};
	bool needed = false;
	uint32_t check;

	for (size_t i = 0; i < answer->mark_count && !needed; i++) {
		const struct mark *mark = &answer->marks[i];
		needed = mark->holder == own && mark->site == asker->site && !covered(ask, mark);
	}
	if (!needed || !check_of(store_log(store), own, asker->site, answer, &check))
		return;
	struct value value = {WIRE_BYTES, 0, bytes_of(&check, sizeof check)};
	buf_put(&extra, answer->extra.at, answer->extra.len);
	put_field(&extra, EXTRA_CHECK, &value);
	answer->extra = arena_bytes(arena, buf_bytes(&extra));
	buf_release(&extra);
}

bool check_good(struct store *store, const struct peer *peer, const struct message *answer)
{
	struct bytes in = answer->extra;
	struct value value;
	uint32_t check;
	unsigned tag;

	while (in.len && take_field(&in, &tag, &value))
		if (tag == EXTRA_CHECK && value.wire == WIRE_BYTES &&
			value.text.len == sizeof check)
			return !check_of(store_log(store), peer->site.site,
				       store_station(store)->site, answer, &check) ||
			       memcmp(value.text.at, &check, sizeof check) == 0;
	return true;
}

/* ---- facts that come back */

int64_t strays_put(struct store *store, struct message *ask, size_t room, struct arena *arena,
	struct fault *fault)
{
	struct buf strays = {0}, extra = {0};
	int64_t last = log_strays(store_log(store), room, &strays, fault);

	if (last > 0) {
		struct value value = {WIRE_BYTES, 0, buf_bytes(&strays)};
		put_field(&extra, EXTRA_STRAYS, &value);
		ask->extra = arena_bytes(arena, buf_bytes(&extra));
	}
	buf_release(&strays);
	buf_release(&extra);
	return last;
}

/* One of ours that this store lacks, or has otherwise. What it has is proven above, or gives way.
 */
static enum rc stray_own(
	struct store *store, const struct op *op, struct bytes raw, struct fault *fault)
{
	struct log *log = store_log(store);
	struct ref ref = {op->site, op->seq};
	enum held held = log_compare(log, op, raw);
	struct peer peer;
	struct fault none;
	bool fresh, doubt = log_doubts(log) && log_doubtful(log, ref);
	enum rc rc;

	if (held == HELD_SAME || log_anew(log, raw))
		return RC_OK;
	if (held == HELD_NOT)
		return log_append(log, raw, op->sig, 0, &fresh, fault);
	if (!doubt && peer_load(store, &peer, &none) == RC_OK &&
		log_held(log, peer.site.site, op->site, op_lane(op)) >= op->seq >> 3)
		return store_anew_raw(store, raw, fault);
	rc = store_anew(store, ref, fault);
	return rc ? rc : log_replace(log, raw, op->sig, 0, fault);
}

static enum rc stray_take(
	struct store *store, struct bytes raw, struct bytes sig, struct fault *fault)
{
	const struct station *own = store_station(store);
	struct site author;
	struct op op;

	if (raw.len > LIMIT_FACT || !op_take(raw, &op) || op.seq < 8 || !op.site || op.site >> 56 ||
		(sig.len && sig.len != SIGN_SIZE))
		return RC_OK;
	op.sig = sig;
	if (heirs_have(store, op.site))
		return stray_own(store, &op, raw, fault);
	/* Of a station further up: it goes on. */
	if (op.site != own->site && log_compare(store_log(store), &op, raw) != HELD_SAME &&
		log_site(store_log(store), op.site, &author) && author.area &&
		author.area != own->area && area_within(own->area, author.area))
		return log_stray(store_log(store), raw, sig, fault);
	return RC_OK;
}

enum rc strays_take(struct store *store, const struct message *ask, struct fault *fault)
{
	struct bytes in = ask->extra, all = {0, 0};
	struct value value;
	unsigned tag;
	uint64_t len;
	enum rc rc = RC_OK;

	while (in.len && take_field(&in, &tag, &value))
		if (tag == EXTRA_STRAYS && value.wire == WIRE_BYTES)
			all = value.text;
	while (all.len && !rc) {
		struct bytes part[2];
		for (unsigned i = 0; i < 2; i++) {
			if (!take_varint(&all, &len) || len > all.len)
				return RC_OK;
			part[i] = bytes_of(all.at, (size_t)len);
			all = bytes_of(all.at + len, all.len - (size_t)len);
		}
		rc = stray_take(store, part[0], part[1], fault);
	}
	return rc;
}
