/* SPDX-License-Identifier: GPL-3.0-or-later
 * When a station's site has to end: its database is older than what its keys have written, or not
 * theirs. It goes on as a new site with the old facts; its people are written anew, because a
 * fact's author is a person of the fact's own site.
 */
#include "store/inside.h"

#include "model/kinds.h"
#include "store/heir.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

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

static enum rc person_move(struct store *store, const struct person *person, struct fault *fault)
{
	struct op anew = {.kind = KIND_person, .body = person->body};
	struct op off = {.kind = KIND_person, .step = person_do_off};
	off.rec_site = person->ref.site;
	off.rec_seq = person->ref.seq;
	enum rc rc = store_write(store, &anew, fault);
	if (!rc)
		rc = store_write(store, &off, fault);
	if (rc)
		return rc;
	struct sql sql = sql_open(store->db, "UPDATE pin SET who=? WHERE who=?");
	sql_num(&sql, anew.seq);
	sql_num(&sql, -(int64_t)person->ref.seq);
	return sql_run(&sql, fault);
}

static enum rc people_move(struct store *store, struct person *people, struct fault *fault)
{
	/* Old and new numbers may be the same ones: out of the way first. */
	struct sql sql = sql_open(store->db, "UPDATE pin SET who=-who WHERE who>0");
	enum rc rc = sql_run(&sql, fault);
	for (; people && !rc; people = people->next)
		rc = person_move(store, people, fault);
	if (rc)
		return rc;
	sql = sql_open(store->db, "DELETE FROM pin WHERE who<0");
	return sql_run(&sql, fault);
}

static enum rc switch_site(struct store *store, const struct station *old, struct fault *fault)
{
	struct station station = *old;
	struct site site;
	enum rc rc = RC_OK;
	if (log_site(&store->log, old->site, &site)) {
		site.ended = true;
		rc = log_site_set(&store->log, &site, fault);
	}
	code_next(store, station.code);
	station.joined = false;
	station.site = site_of(store->keys.sign_public);
	struct sql sql = sql_open(store->db, "UPDATE store SET site=?");
	sql_num(&sql, (int64_t)station.site);
	enum rc put = sql_run(&sql, rc ? NULL : fault);
	rc = rc ? rc : put;
	store->station.site = store->log.site = station.site;
	/* What peers hold of us, and we of them, is to be asked again. */
	if (!rc)
		rc = db_run(store->db, "DELETE FROM peer_lane; DELETE FROM mark", fault);
	if (!rc)
		rc = log_meta_set(&store->log, "ending", 0, fault);
	store->log.ending = false;
	if (!rc)
		rc = store_station_set(store, &station, fault);
	return rc ? rc : log_number_new(&store->log, fault);
}

enum rc log_site_ends(struct log *log, struct fault *fault)
{
	enum rc rc = log_begin(log, fault);
	if (rc)
		return rc;
	if ((rc = log_meta_set(log, "ending", 1, fault))) {
		log_undo(log);
		return rc;
	}
	log->ending = true;
	return log_commit(log, fault);
}

/* Keys that have written here before, or are somebody else's, are no fresh start. */
static bool keys_fresh(struct store *store, const struct keys *keys)
{
	struct site site;
	return keys && !log_site(&store->log, site_of(keys->sign_public), &site);
}

enum rc store_site_end(struct store *store, const struct keys *keys, struct fault *fault)
{
	const struct station old = store->station;
	struct arena arena = {0};
	struct person *people = NULL;
	struct keys next, ended = store->keys;
	char folder[512];
	enum rc rc = store_file(store->home, "keys", folder, fault);
	if (rc || (rc = store_begin(store, fault)))
		return rc;
	if (keys_fresh(store, keys)) {
		next = *keys;
	} else {
		keys_make(&next);
		/* Saved before the commit: a crash between them is found, and ended well, at the
		 * next opening. */
		rc = keys_save(&next, folder, fault);
	}
	store->keys = next;
	explicit_bzero(&next, sizeof(next));
	if (!rc)
		rc = people_read(store, old.site, &arena, &people, fault);
	if (!rc)
		rc = switch_site(store, &old, fault);
	if (!rc)
		rc = people_move(store, people, fault);
	if (!rc)
		rc = heir_write(store, &old, &ended, fault);
	explicit_bzero(&ended, sizeof(ended));
	arena_release(&arena);
	if (rc) {
		store_undo(store);
		return rc;
	}
	return store_commit(store, fault);
}
