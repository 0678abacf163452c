/* SPDX-License-Identifier: GPL-3.0-or-later
 * Facts that come back from below, because an ended site lost them.
 */
#include "sync/inside.h"

#include "model/area.h"
#include "store/returned.h"

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

/* Anybody below may say that this station wrote it: without its signature a person decides, unless
 * it is of a kind that this station would have signed. */
static enum rc stray_unsigned(struct store *store, uint64_t from, const struct op *op,
	struct bytes raw, bool *left, struct fault *fault)
{
	struct log *log = store_log(store);

	*left = !log_may_stand(log, op, raw);
	if (*left || log_anew(log, raw) || log_compare(log, op, raw) == HELD_SAME)
		return RC_OK;
	return returned_keep(store, from, raw, left, fault);
}

/* Of a station further up, whose hub may want it. */
static bool goes_on(struct store *store, const struct op *op, struct bytes raw)
{
	const struct station *own = store_station(store);
	struct site author;

	return op->site != own->site && log_compare(store_log(store), op, raw) != HELD_SAME &&
	       log_site(store_log(store), op->site, &author) && author.area &&
	       author.area != own->area && area_within(own->area, author.area);
}

/* *LEFT: it was not taken. */
static enum rc stray_take(struct store *store, uint64_t from, struct bytes raw, struct bytes sig,
	bool *left, struct fault *fault)
{
	struct op op;

	if (raw.len > LIMIT_FACT || !op_take(raw, &op) || op.seq < 8 || !op.site || op.site >> 56 ||
		(sig.len && sig.len != SIGN_SIZE))
		return RC_OK;
	op.sig = sig;
	if (heirs_have(store, op.site))
		return log_signed(store_log(store), &op, raw)
			       ? stray_own(store, &op, raw, fault)
			       : stray_unsigned(store, from, &op, raw, left, fault);
	if (!goes_on(store, &op, raw))
		return RC_OK;
	*left = log_strays_full(store_log(store));
	return *left ? RC_OK : log_stray(store_log(store), raw, sig, fault);
}

enum rc strays_take(
	struct store *store, uint64_t from, const struct message *ask, struct fault *fault)
{
	struct bytes in = ask->extra, all = {0, 0};
	struct value value;
	unsigned tag;
	uint64_t len, refused = 0;
	enum rc rc = RC_OK;

	while (in.len && take_field(&in, &tag, &value))
		if (tag == EXTRA_STRAYS && value.wire == WIRE_BYTES)
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
		rc = stray_take(store, from, part[0], part[1], &left, fault);
		refused += left;
	}
	return rc || !refused ? rc : claim_note(store, from, CLAIM_RETURNED, refused, fault);
}
