/* SPDX-License-Identifier: GPL-3.0-or-later
 * Facts of an ended site that the present site issues again, because another fact stands under
 * their number: same content, same time, new numbers, and what hangs on them goes with them.
 */
#include "store/identity.h"
#include "store/peer.h"
#include "store/rows/internal.h"

#include "model/kinds.h"

#include <string.h>

/* What has moved where. */
struct moved {
	struct moved *next;
	struct ref from, to;
};

struct moving {
	struct store *store;
	struct arena arena;
	struct moved *moved;
	uint64_t above; /* site of the station above; 0 = none */
};

struct own {
	struct own *next;
	struct ref ref;
	struct bytes raw;
};

static const struct ref *moved_to(const struct moving *moving, struct ref from)
{
	for (const struct moved *one = moving->moved; one; one = one->next)
		if (one->from.site == from.site && one->from.seq == from.seq)
			return &one->to;
	return NULL;
}

/* BODY with its references moved; ONLY: just the fields that hold such a one. True: there was one.
 */
static bool body_moved(const struct moving *moving, struct bytes body, bool only, struct buf *out)
{
	struct buf ref = {0};
	struct value value;
	unsigned tag;
	bool any = false;

	while (body.len && take_field(&body, &tag, &value)) {
		struct ref from;
		const struct ref *to = value.wire == WIRE_BYTES && ref_take(value.text, &from)
					       ? moved_to(moving, from)
					       : NULL;
		if (to) {
			buf_clear(&ref);
			ref_put(&ref, *to);
			value.text = buf_bytes(&ref);
			any = true;
		}
		if (to || !only)
			put_field(out, tag, &value);
	}
	buf_release(&ref);
	return any;
}

/* Its person may have been written anew as well: the one with the same login. */
static uint32_t who_now(struct moving *moving, uint64_t site, uint32_t old)
{
	int64_t who = 0;

	if (!old)
		return 0;
	struct sql sql = sql_open(moving->store->db,
		"SELECT n.seq FROM row_person n JOIN row_person o ON o.f_login=n.f_login WHERE "
		"o.site=? AND o.seq=? AND n.site=? ORDER BY n.seq DESC LIMIT 1");
	sql_num(&sql, (int64_t)site);
	sql_num(&sql, old);
	sql_num(&sql, (int64_t)moving->store->log.site);
	if (sql_row(&sql))
		who = sql_get(&sql, 0);
	return sql_end(&sql, NULL) ? 0 : (uint32_t)who;
}

static void note_moved(struct moving *moving, struct ref from, struct ref to)
{
	struct moved *one = arena_get(&moving->arena, sizeof *one);

	*one = (struct moved){moving->moved, from, to};
	moving->moved = one;
}

/* Was it written anew already, when the site ended? */
static bool person_moved(struct moving *moving, const struct op *old)
{
	uint32_t now = old->kind == KIND_person && op_first(old)
			       ? who_now(moving, old->site, old->seq)
			       : 0;

	if (now)
		note_moved(moving, (struct ref){old->site, old->seq},
			(struct ref){moving->store->log.site, now});
	return now != 0;
}

static enum rc count_reissued(struct store *store, struct bytes raw, struct fault *fault)
{
	struct past past;

	store_past(store, &past);
	past.anew++;
	enum rc rc = store_past_set(store, &past, fault);
	return rc ? rc : log_reissue_note(&store->log, raw, fault);
}

static enum rc write_reissued(struct moving *moving, struct bytes raw, struct fault *fault)
{
	struct store *store = moving->store;
	struct buf body = {0};
	struct op old, op;
	struct fault why = {0};
	enum rc rc;

	if (log_reissued(&store->log, raw) || !op_take(raw, &old))
		return RC_OK;
	if ((rc = store_look(store, fault)))
		return rc;
	if (person_moved(moving, &old))
		return log_reissue_note(&store->log, raw, fault);
	body_moved(moving, old.body, false, &body);
	op = (struct op){.kind = old.kind,
		.step = old.step,
		.who = who_now(moving, old.site, old.who),
		.at = op_at(&old),
		.by = old.by,
		.area = old.area,
		.body = buf_bytes(&body)};
	if (!op_first(&old)) {
		const struct ref *to = moved_to(moving, (struct ref){old.rec_site, old.rec_seq});
		op.rec_site = to ? to->site : old.rec_site;
		op.rec_seq = to ? to->seq : old.rec_seq;
		op.seen = to ? 0 : old.seen;
	}
	rc = store_write_one(store, &op, &why);
	buf_release(&body);
	if (rc == RC_DENIED || rc == RC_NONE || rc == RC_BAD)
		return RC_OK; /* a newer program's, or of a record that is not here: it stays */
	if (rc) {
		*fault = why;
		return rc;
	}
	if (op_first(&old))
		note_moved(moving, (struct ref){old.site, old.seq}, (struct ref){op.site, op.seq});
	return count_reissued(store, raw, fault);
}

/* Under a number that says nothing any more stands an edit of nothing: the numbers keep their order
 * without a gap. */
static enum rc blank(struct moving *moving, const struct op *old, struct fault *fault)
{
	struct buf raw = {0};
	struct op op = *old;

	op.step = 0;
	op.who = 0;
	op.by = op.body = op.sig = (struct bytes){0, 0};
	op_put(&raw, &op);
	enum rc rc = log_replace(&moving->store->log, &op, buf_bytes(&raw), 0, fault);
	buf_release(&raw);
	return rc;
}

static enum rc follow(struct moving *moving, const struct own *own, struct fault *fault)
{
	struct store *store = moving->store;
	struct buf body = {0};
	struct op old;
	enum rc rc = RC_OK;

	if (!op_take(own->raw, &old) || old.site == store->log.site ||
		!successors_have(store, old.site) ||
		(moving->above && log_held(&store->log, moving->above, old.site, op_lane(&old)) >=
					  old.seq >> 3))
		return RC_OK;
	if (!op_first(&old) && moved_to(moving, (struct ref){old.rec_site, old.rec_seq})) {
		rc = write_reissued(moving, own->raw, fault);
		if (!rc)
			rc = blank(moving, &old, fault);
	} else if (!old.step && body_moved(moving, old.body, true, &body)) {
		struct op op = {.kind = old.kind,
			.rec_site = old.rec_site,
			.rec_seq = old.rec_seq,
			.body = buf_bytes(&body)};
		struct fault why = {0};
		rc = store_write_one(store, &op, &why);
		if (rc == RC_DENIED || rc == RC_NONE || rc == RC_BAD)
			rc = RC_OK;
		else if (rc)
			*fault = why;
	}
	buf_release(&body);
	return rc;
}

/* What was written here after the fact with STAMP, in its order. */
static enum rc written_after(
	struct moving *moving, uint64_t stamp, struct own **first, struct fault *fault)
{
	struct own **last = first;
	struct sql sql = sql_open(moving->store->db,
		"SELECT site, seq, body FROM fact WHERE via=0 AND stamp>? ORDER BY stamp, arr");

	sql_num(&sql, (int64_t)stamp);
	while (sql_row(&sql)) {
		struct own *own = *last = arena_get(&moving->arena, sizeof *own);
		own->ref = (struct ref){(uint64_t)sql_get(&sql, 0), (uint32_t)sql_get(&sql, 1)};
		own->raw = arena_bytes(&moving->arena, sql_get_bytes(&sql, 2));
		last = &own->next;
	}
	*last = NULL;
	return sql_end(&sql, fault);
}

static void begin(struct moving *moving, struct store *store)
{
	struct peer peer;
	struct fault none;

	*moving = (struct moving){.store = store};
	if (peer_load(store, &peer, &none) == RC_OK)
		moving->above = peer.site.site;
}

enum rc store_reissue(struct store *store, struct ref ref, struct fault *fault)
{
	struct moving moving;
	struct own *after = NULL;
	struct fact fact;
	struct op old;
	enum rc rc = store_begin(store, fault);

	if (rc)
		return rc;
	begin(&moving, store);
	/* What somebody else has brought, this station does not say again as its own. */
	if (log_fact(&store->log, ref.site, ref.seq, &moving.arena, &fact) && !fact.via &&
		op_take(fact.raw, &old)) {
		rc = write_reissued(&moving, fact.raw, fault);
		if (!rc && moving.moved)
			rc = written_after(&moving, old.stamp, &after, fault);
	}
	for (const struct own *own = after; own && !rc; own = own->next)
		rc = follow(&moving, own, fault);
	arena_release(&moving.arena);
	if (!rc)
		return store_commit(store, fault);
	store_undo(store);
	return rc;
}

enum rc store_reissue_raw(struct store *store, struct bytes raw, struct fault *fault)
{
	struct moving moving;
	enum rc rc = store_begin(store, fault);

	if (rc)
		return rc;
	begin(&moving, store);
	rc = write_reissued(&moving, raw, fault);
	arena_release(&moving.arena);
	if (!rc)
		return store_commit(store, fault);
	store_undo(store);
	return rc;
}
