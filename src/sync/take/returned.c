/* SPDX-License-Identifier: GPL-3.0-or-later
 * Facts that come back from below, because an ended site lost them.
 */
#include "store/identity.h"
#include "store/station.h"
#include "sync/take/internal.h"
#include "sync/wire/internal.h"

#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/db.h"

int64_t orphans_put(struct store *store, struct message *ask, size_t room, struct arena *arena,
	struct fault *fault)
{
	struct buf orphans = {0}, extra = {0};
	int64_t last = log_orphans(store_log(store), room, &orphans, fault);

	if (last > 0) {
		struct value value = {WIRE_BYTES, 0, buf_bytes(&orphans)};
		put_field(&extra, EXTRA_ORPHANS, &value);
		ask->extra = arena_bytes(arena, buf_bytes(&extra));
	}
	buf_release(&orphans);
	buf_release(&extra);
	return last;
}

/* One of ours that this store lacks, or has otherwise. What it has is proven above, or gives way.
 */
static enum rc orphan_own(
	struct store *store, const struct op *op, struct bytes raw, struct fault *fault)
{
	struct log *log = store_log(store);
	struct ref ref = {op->site, op->seq};
	enum held held = log_compare(log, op, raw);
	struct peer peer;
	struct fault none;
	bool fresh, doubt = log_doubts(log) && log_doubtful(log, ref);
	enum rc rc;

	if (held == HELD_SAME || log_reissued(log, raw))
		return RC_OK;
	if (held == HELD_NOT)
		return log_put(log, op, raw, 0, &fresh, fault);
	if (!doubt && peer_load(store, &peer, &none) == RC_OK &&
		log_held(log, peer.site.site, op->site, op_lane(op)) >= op->seq >> 3)
		return store_reissue_raw(store, raw, fault);
	rc = store_reissue(store, ref, fault);
	return rc ? rc : log_replace(log, op, raw, 0, fault);
}

/* ---- what can have been there */

/* Can SENDER have had what OP says? Only what is of its area, or of one that its own lies in, goes
 * down to it. Of a record that is not here nobody can tell. */
static bool was_given(struct log *log, const struct site *sender, const struct op *op)
{
	const struct kind *kind = kind_of(op->kind);
	uint64_t reach = op->area * 2 + (kind && kind->flags & K_UP_ONLY ? 1 : 0);
	struct arena arena = {0};
	struct fact record;

	if (!op_first(op)) {
		bool known = log_fact(log, op->rec_site, op->rec_seq, &arena, &record);
		reach = known ? record.reach : 0;
		arena_release(&arena);
		if (!reach)
			return true;
	}
	return log_within(log, reach / 2, sender->area) ||
	       (!(reach & 1) && log_within(log, sender->area, reach / 2));
}

/* A site that ended wrote only within its AREA. When it wrote tells nothing: its clock may have
 * been wrong, and a machine that is put back may think that it is the day of the backup. */
static bool was_written(struct log *log, const struct op *op, uint64_t area)
{
	return !op_first(op) || log_within(log, op->area, area);
}

/* ---- taken, kept apart, passed on */

/* Anybody below may say that this station wrote it: without its signature a person decides, unless
 * it is of a kind that this station would have signed. */
static enum rc orphan_unsigned(struct store *store, const struct site *from, const struct op *op,
	struct bytes raw, bool *left, struct fault *fault)
{
	struct log *log = store_log(store);

	*left = !log_may_stand(log, op, raw) || !was_given(log, from, op) ||
		!was_written(log, op, store_station(store)->area);
	if (*left || log_reissued(log, raw) || log_compare(log, op, raw) == HELD_SAME)
		return RC_OK;
	return returned_keep(store, from->site, raw, left, fault);
}

/* Of a station further up that has ended, whose successor may want it. */
static bool goes_on(struct store *store, const struct site *from, const struct op *op,
	struct bytes raw, bool *left)
{
	const struct station *own = store_station(store);
	struct log *log = store_log(store);
	struct site author;

	if (op->site == own->site || !log_site(log, op->site, &author) || !author.area ||
		!author.ended || author.area == own->area ||
		!log_within(log, own->area, author.area))
		return false;
	*left = !was_given(log, from, op) || !was_written(log, op, author.area);
	return !*left && log_compare(log, op, raw) != HELD_SAME;
}

enum { PASSED_DAY = 1, PASSED_COUNT, PASSED_NUMBERS, PASSED_MOST = 1000 };

/* So much of one sender is passed on in a day, that it leaves room for others. */
static enum rc pass_on(struct store *store, const struct site *from, struct bytes raw,
	struct bytes sig, bool *left, struct fault *fault)
{
	int64_t numbers[PASSED_NUMBERS], today = store_now(store) / DAY_SECONDS;
	enum rc rc;

	kv_list(store, kv_of(KV_RETURNED, from->site), numbers, PASSED_NUMBERS);
	if (numbers[PASSED_DAY] != today)
		numbers[PASSED_COUNT] = 0;
	*left = numbers[PASSED_COUNT] >= PASSED_MOST || log_orphans_full(store_log(store));
	if (*left)
		return RC_OK;
	numbers[PASSED_DAY] = today;
	numbers[PASSED_COUNT]++;
	rc = kv_list_set(store, kv_of(KV_RETURNED, from->site), numbers, PASSED_NUMBERS, fault);
	return rc ? rc : log_orphan(store_log(store), raw, sig, fault);
}

/* *LEFT: it was not taken. */
static enum rc orphan_take(struct store *store, const struct site *from, struct bytes raw,
	struct bytes sig, bool *left, struct fault *fault)
{
	struct op op;

	if (raw.len > LIMIT_FACT || !op_take(raw, &op) || !op_may_be_kept(&op) || !op.site ||
		op.site >> 56 || (sig.len && sig.len != SIGN_SIZE))
		return RC_OK;
	op.sig = sig;
	if (successors_have(store, op.site))
		return log_signed(store_log(store), &op, raw)
			       ? orphan_own(store, &op, raw, fault)
			       : orphan_unsigned(store, from, &op, raw, left, fault);
	return goes_on(store, from, &op, raw, left) ? pass_on(store, from, raw, sig, left, fault)
						    : RC_OK;
}

enum rc orphans_take(struct store *store, const struct site *from, const struct message *ask,
	struct fault *fault)
{
	struct bytes in = ask->extra, all = {0, 0};
	struct value value;
	unsigned tag;
	uint64_t len, refused = 0;
	enum rc rc = RC_OK;

	while (in.len && take_field(&in, &tag, &value))
		if (tag == EXTRA_ORPHANS && value.wire == WIRE_BYTES)
			all = value.text;
	while (all.len && !rc) {
		struct bytes part[2];
		bool left = false;
		for (unsigned i = 0; i < 2; i++) {
			if (!take_varint(&all, &len) || len > all.len)
				return RC_OK;
			part[i] = bytes_of(all.at, (size_t)len);
			all = bytes_of(all.at + len, all.len - (size_t)len);
		}
		rc = orphan_take(store, from, part[0], part[1], &left, fault);
		refused += left;
	}
	return rc || !refused ? rc : claim_note(store, from->site, CLAIM_RETURNED, refused, fault);
}
