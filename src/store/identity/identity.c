/* SPDX-License-Identifier: GPL-3.0-or-later
 * When a station's site has to end: its database is older than what its keys have written, or not
 * theirs. The station goes on as a new site with the old facts; its people are written once more,
 * because a fact's author is a person of the fact's own site.
 */
#include "store/db.h"
#include "store/identity.h"
#include "store/peer.h"
#include "store/station.h"
#include "store/identity/internal.h"
#include "store/station/internal.h"

#include "base/when.h"
#include "model/kinds.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { ENDING_TOLD = 2 }; /* by others, who know other facts of this site; 1: by a restore */

/* ZZ -> ZZ2 -> ZZ3: numbers of the old site stay what they were. */
static void code_next(struct store *store, char code[12])
{
	struct site taken;
	size_t len = strlen(code);
	while (len && isdigit((unsigned char)code[len - 1]))
		len--;
	if (len > 8)
		len = 8;
	for (unsigned i = 2; i < 1000; i++) {
		snprintf(code + len, 12 - len, "%u", i);
		if (!log_site_code(&store->log, code, &taken))
			return;
	}
}

struct person {
	struct person *next;
	struct ref ref;
	struct bytes body;
};

static void body_of(const struct record *record, struct buf *body)
{
	for (unsigned i = 0; record->kind->fields[i].tag; i++) {
		const struct cell *cell = &record->cells[i];
		if (cell->tag && !(record->kind->fields[i].flags & F_FOLD))
			put_field(body, cell->tag, &cell->value);
	}
}

/* People of SITE that can log in and are not off, with all they are. */
static enum rc people_read(struct store *store, uint64_t site, struct arena *arena,
	struct person **first, struct fault *fault)
{
	struct person **last = first;
	*first = NULL;
	struct sql sql = sql_open(store->db, "SELECT seq FROM row_person WHERE site=? AND f_login "
					     "IS NOT NULL AND state=? ORDER BY seq");
	sql_num(&sql, (int64_t)site);
	sql_num(&sql, person_is_active);
	while (sql_row(&sql)) {
		struct person *person = *last = arena_get(arena, sizeof(*person));
		person->ref = (struct ref){site, (uint32_t)sql_get(&sql, 0)};
		last = &person->next;
	}
	enum rc rc = sql_end(&sql, fault);
	for (struct person *person = *first; person && !rc; person = person->next) {
		struct record record;
		struct buf body = {0};
		rc = store_record(store, person->ref, arena, &record, NULL, fault);
		if (!rc)
			body_of(&record, &body);
		person->body = arena_bytes(arena, buf_bytes(&body));
		buf_release(&body);
	}
	return rc;
}

/* Of a site that may live on elsewhere nobody is switched off. */
static enum rc person_move(
	struct store *store, const struct person *person, bool twin, struct fault *fault)
{
	struct op anew = {.kind = KIND_person, .body = person->body};
	struct op off = {.kind = KIND_person, .step = person_do_off};
	off.rec_site = person->ref.site;
	off.rec_seq = person->ref.seq;
	enum rc rc = store_write_one(store, &anew, fault);
	if (!rc && !twin)
		rc = store_write_one(store, &off, fault);
	if (rc)
		return rc;
	struct sql sql = sql_open(store->db, "UPDATE pin SET who=? WHERE who=?");
	sql_num(&sql, anew.seq);
	sql_num(&sql, -(int64_t)person->ref.seq);
	return sql_run(&sql, fault);
}

static enum rc people_move(
	struct store *store, struct person *people, bool twin, struct fault *fault)
{
	/* Old and new numbers may be the same ones: out of the way first. */
	struct sql sql = sql_open(store->db, "UPDATE pin SET who=-who WHERE who>0");
	enum rc rc = sql_run(&sql, fault);
	if (!rc)
		rc = pin_tries_forget(store, fault);
	for (; people && !rc; people = people->next)
		rc = person_move(store, people, twin, fault);
	if (rc)
		return rc;
	sql = sql_open(store->db, "DELETE FROM pin WHERE who<0");
	return sql_run(&sql, fault);
}

/* Facts that the station above is not proven to hold may stand there as other ones. Nothing is
 * known of the others below, and they ask by themselves. */
static enum rc doubt_own(struct store *store, uint64_t site, struct fault *fault)
{
	struct log *log = &store->log;
	struct peer peer;
	uint32_t upto[LANES];
	enum rc rc = peer_load(store, &peer, fault);
	if (rc)
		return rc == RC_NONE ? RC_OK : rc;
	for (unsigned lane = 0; lane < LANES; lane++)
		upto[lane] = log_held(log, peer.site.site, site, lane);
	if ((rc = log_authors_save(log, fault)) || (rc = log_doubt(log, site, upto, fault)))
		return rc;
	/* All that is above comes again, and with it what this store has lost. */
	struct sql sql = sql_open(store->db, "DELETE FROM peer_lane WHERE peer=?");
	sql_num(&sql, (int64_t)peer.site.site);
	if ((rc = sql_run(&sql, fault)))
		return rc;
	peer.unsure = true;
	peer.load.loaded = 0;
	memset(peer.load.came, 0, sizeof(peer.load.came));
	memset(peer.load.left, 0, sizeof(peer.load.left));
	return peer_save(store, &peer, fault);
}

/* Until its own grant comes, the next site has that of the OLD one: the others reckon so as well.
 */
static enum rc grant_keep(struct store *store, const struct site *old, struct fault *fault)
{
	struct site site;
	if (!log_site(&store->log, store->station.site, &site))
		return RC_OK;
	site.above = old->above;
	site.rights = old->rights;
	site.until = old->until;
	site.agree_id = old->agree_id;
	return log_site_set(&store->log, &site, fault);
}

static enum rc own_site_put(struct store *store, uint64_t site, struct fault *fault)
{
	struct sql sql = sql_open(store->db, "UPDATE store SET site=?");
	sql_num(&sql, (int64_t)site);
	return sql_run(&sql, fault);
}

/* STATEMENTS are of whom the others will follow; none: nobody can be told but by joining anew. */
static enum rc switch_site(struct store *store, const struct station *old, const char *code,
	struct bytes statements, struct fault *fault)
{
	struct station station = *old;
	struct past past = {.at = when_now()};
	struct site site = {0};
	enum rc rc = RC_OK;
	if (log_site(&store->log, old->site, &site)) {
		site.ended = true;
		rc = log_site_set(&store->log, &site, fault);
	}
	snprintf(station.code, sizeof(station.code), "%s", code);
	snprintf(past.code, sizeof(past.code), "%s", old->code);
	station.joined = old->joined && statements.len;
	station.site = site_of(store->keys.sign_public);
	if (!rc)
		rc = own_site_put(store, station.site, fault);
	store->station.site = store->log.site = station.site;
	if (!rc)
		rc = doubt_own(store, old->site, fault);
	if (!rc)
		rc = kv_num_put(store->db, kv_own(KV_ENDING), 0, fault);
	store->log.ending = false;
	for (size_t at = 0; at < statements.len && !rc; at += SUCCESSOR_SIZE)
		rc = successors_add(store, statements.at + at, fault);
	if (!rc)
		rc = former_add(store, old->site, fault);
	if (!rc)
		rc = store_past_set(store, &past, fault);
	if (!rc)
		rc = store_station_set(store, &station, fault);
	if (!rc && statements.len)
		rc = grant_keep(store, &site, fault);
	return rc ? rc : log_number_new(&store->log, fault);
}

enum rc log_site_ends(struct log *log, struct fault *fault)
{
	enum rc rc = log_begin(log, fault);
	if (rc)
		return rc;
	if ((rc = kv_num_put(log->db, kv_own(KV_ENDING), ENDING_TOLD, fault))) {
		log_undo(log);
		return rc;
	}
	log->ending = true;
	return log_commit(log, fault);
}

bool log_ending(struct log *log)
{
	return kv_num_in(log->db, kv_own(KV_ENDING), 0) > 0;
}

/* The word of OLD for NEXT, who keeps its agreement key: the others seal to it. */
static enum rc vouch(const struct keys *old, struct keys *next, const char *folder,
	const char *code, struct buf *statements, struct fault *fault)
{
	uint8_t statement[SUCCESSOR_SIZE];
	memcpy(next->agree_public, old->agree_public, AGREE_PUBLIC);
	memcpy(next->agree_secret, old->agree_secret, AGREE_SECRET);
	successor_make(old, next, code, statement);
	buf_put(statements, statement, SUCCESSOR_SIZE);
	return successor_save(folder, statement, fault);
}

/* The new signing key, and the word of KEYS, which are this site's or of one that was before or
 * after it (NULL: there are none). It waits in a file of its own until the commit: a crash before
 * that leaves the old site with its old key. Release 0.1 put it in place first: where it has
 * written nothing, it is used. */
static enum rc keys_next(struct store *store, const struct keys *keys, const char *folder,
	const char *code, struct buf *statements, struct fault *fault)
{
	struct keys next;
	enum rc rc = RC_OK;
	bool after = keys && successors_file(folder, store->station.site, keys, statements);
	if (after && !write_mark_of(store, site_of(keys->sign_public))) {
		store->keys = *keys;
		return RC_OK;
	}
	keys_make(&next);
	if (keys)
		rc = vouch(keys, &next, folder, code, statements, fault);
	if (!rc)
		rc = keys_save_as(&next, folder, KEYS_NEXT, fault);
	store->keys = next;
	store->keys_wait = true;
	explicit_bzero(&next, sizeof(next));
	return rc;
}

enum rc store_site_end(struct store *store, const struct keys *keys, struct fault *fault)
{
	const struct station old = store->station;
	struct arena arena = {0};
	struct person *people = NULL;
	struct keys ended = keys ? *keys : store->keys;
	struct buf statements = {0};
	char folder[512], code[12];
	bool has = !crypt_blank(ended.sign_public),
	     twin = kv_num_in(store->db, kv_own(KV_ENDING), 0) == ENDING_TOLD;
	enum rc rc = store_file(store->home, "keys", folder, fault);
	if (rc || (rc = log_begin(&store->log, fault)))
		return rc;
	snprintf(code, sizeof(code), "%s", old.code);
	code_next(store, code);
	rc = keys_next(store, has ? &ended : NULL, folder, code, &statements, fault);
	if (!rc)
		rc = people_read(store, old.site, &arena, &people, fault);
	if (!rc)
		rc = switch_site(store, &old, code, buf_bytes(&statements), fault);
	if (!rc)
		rc = people_move(store, people, twin, fault);
	if (!rc)
		rc = successor_write(store, &old, &ended, fault);
	explicit_bzero(&ended, sizeof(ended));
	buf_release(&statements);
	arena_release(&arena);
	if (rc) {
		store_undo(store);
		return rc;
	}
	return store_commit(store, fault);
}

enum rc store_write(struct store *store, struct op *op, struct fault *fault)
{
	enum rc rc = store_begin(store, fault);
	if (rc)
		return rc;
	/* A fact of ours that we did not have came back: this store was restored, and its site has
	 * ended. */
	if (store->log.ending)
		rc = store_site_end(store, NULL, fault);
	if (!rc)
		rc = store_write_one(store, op, fault);
	if (rc) {
		log_leave(&store->log);
		return rc;
	}
	return store_commit(store, fault);
}
