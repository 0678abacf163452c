/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stores of earlier versions become those of this one. Tables that are not there are made. In
 * version 1 these were made with their first row; what two tables kept, "meta" (numbers) and
 * "setting" (bytes, in part in the machine's own byte order), goes into "kv". Facts and rows stay
 * where they are. All is one commit, so that a crash leaves the one version or the other.
 */
#include "store/identity/upgrade.h"

#include "base/endian.h"
#include "store/db.h"
#include "store/log/internal.h"
#include "store/db/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what was remembered */

/* How a name told which one it is of. */
enum shape {
	OWN,  /* NAME */
	SITE, /* NAME.number of the site, 14 digits */
	LANE, /* NAME.number of the site.lane */
	PART, /* NAME.text */
	USER, /* NAME, of a person */
	FORM, /* NAME.text, of a person */
};

/* How its value was kept, where that is not as it is now. */
enum was { SAME, FLAG, NATIVE, NATIVES, KEYS, GUESTS };

/* A name that is not here is of an earlier day and read by no program any more. */
static const struct {
	const char *old;
	enum shape shape;
	enum kv_name name;
	enum was was;
} names[] = {
	/* of "meta"; "clock.offset" and its like are time_parts below */
	{"clock", OWN, KV_CLOCK, SAME},
	{"clock_known", OWN, KV_CLOCK_KNOWN, SAME},
	{"expired", OWN, KV_EXPIRED, SAME},
	{"schema", OWN, KV_ROWS, SAME},
	{"ending", OWN, KV_ENDING, SAME},
	{"joined", OWN, KV_JOINED_AT, SAME},
	{"proven", LANE, KV_PROVEN, SAME},
	/* of "setting" */
	{"peer", OWN, KV_PEER, SAME},
	{"hub.before", OWN, KV_HUB_BEFORE, SAME},
	{"above.behind", OWN, KV_ABOVE_BEHIND, NATIVE},
	{"ways", OWN, KV_WAYS, SAME},
	{"way", PART, KV_WAY, SAME},
	{"asked", OWN, KV_ASKED, SAME},
	{"missed", OWN, KV_MISSED, SAME},
	{"joining", OWN, KV_JOINING, SAME},
	{"secret", OWN, KV_SECRET, SAME},
	{"join", OWN, KV_JOIN, SAME},
	{"joined", SITE, KV_JOINED, SAME},
	{"invite", PART, KV_INVITE, SAME},
	{"guests", OWN, KV_GUESTS, GUESTS},
	{"ways.below", OWN, KV_WAYS_BELOW, SAME},
	{"heard", SITE, KV_HEARD, SAME},
	{"news", SITE, KV_NEWS, SAME},
	{"evidence", SITE, KV_EVIDENCE, SAME},
	{"taken", SITE, KV_TAKEN, SAME},
	{"left", SITE, KV_LEFT, SAME},
	{"lift", SITE, KV_REQUEUED, SAME},
	{"returned", SITE, KV_RETURNED, SAME},
	{"carry", SITE, KV_CARRY, SAME},
	{"packed", OWN, KV_PACKED, SAME},
	{"granted", SITE, KV_GRANTED, SAME},
	{"revoked", SITE, KV_REVOKED, SAME},
	{"term", SITE, KV_TERM, SAME},
	{"ring", OWN, KV_KEYRING, SAME},
	{"ring.first", OWN, KV_KEYRING_FIRST, SAME},
	{"keys", SITE, KV_KEYS, KEYS},
	{"intros", SITE, KV_INTROS, SAME},
	{"heir", SITE, KV_SUCCESSOR, NATIVE},
	{"ended", SITE, KV_STATEMENT, SAME},
	{"ends", SITE, KV_ENDS, SAME},
	{"heirs", OWN, KV_SUCCESSORS, SAME},
	{"heirs.due", OWN, KV_SUCCESSORS_DUE, FLAG},
	{"former", OWN, KV_FORMER, NATIVES},
	{"ended", OWN, KV_ENDED, SAME},
	{"past", OWN, KV_PAST, SAME},
	{"past.told", OWN, KV_PAST_TOLD, SAME},
	{"drafts", USER, KV_DRAFTS, SAME},
	{"draft", FORM, KV_DRAFT, SAME},
	{"pack", PART, KV_PACK, FLAG},
};

/* By their tags in KV_TIME. */
static const char *const time_parts[] = {"", "clock.offset", "clock.heard", "clock.boot",
	"clock.up", "clock.last", "clock.lost_boot", "clock.lost_at", "clock.lost_up"};

struct old {
	struct old *next;
	const char *person, *name;
	bool is_num; /* NUM, or VALUE */
	int64_t num;
	struct bytes value;
};

static const char *text_at(const struct sql *sql, int column, struct arena *arena)
{
	struct bytes text = sql_get_bytes(sql, column);
	return text.len ? (const char *)arena_bytes(arena, text).at : "";
}

/* All of them, before the first is written. */
static enum rc old_read(struct db *db, struct arena *arena, struct old **first, struct fault *fault)
{
	struct sql sql = sql_open(db, "SELECT '', name, value FROM meta UNION ALL "
				      "SELECT person, name, value FROM setting");
	*first = NULL;
	while (sql_row(&sql)) {
		struct old *old = arena_get(arena, sizeof *old);
		*old = (struct old){.next = *first,
			.person = text_at(&sql, 0, arena),
			.name = text_at(&sql, 1, arena),
			.is_num = sql_get_type(&sql, 2) == SQL_NUM,
			.num = sql_get(&sql, 2)};
		if (!old->is_num)
			old->value = arena_bytes(arena, sql_get_bytes(&sql, 2));
		*first = old;
	}
	return sql_end(&sql, fault);
}

/* REST is what NAME has behind WANTED. */
static bool begins(const char *name, const char *wanted, const char **rest)
{
	size_t len = strlen(wanted);
	*rest = name + len;
	return strncmp(name, wanted, len) == 0;
}

static bool site_take(const char **rest, uint64_t *site)
{
	enum { DIGITS = 2 * LOW_SITE };
	char digits[DIGITS + 2], *end;
	if (**rest != '.')
		return false;
	snprintf(digits, sizeof digits, "%.*s", DIGITS, *rest + 1);
	*site = strtoull(digits, &end, 16);
	*rest += 1 + (end - digits);
	return end == digits + DIGITS;
}

static bool shape_fits(enum shape shape, const struct old *old, const char *rest, struct kv *kv)
{
	if (*old->person ? shape != USER && shape != FORM : shape == USER || shape == FORM)
		return false;
	if (*old->person)
		kv->id = strtoull(old->person, NULL, 10);
	kv->part = rest + (*rest == '.');
	switch (shape) {
	case OWN:
	case USER:
		return !*rest;
	case FORM: /* drafts are listed by their whole names */
		kv->part = old->name;
		return *rest == '.';
	case SITE:
		return site_take(&rest, &kv->id) && !*(kv->part = rest);
	case LANE:
		return *rest && site_take(&rest, &kv->id) && *rest == '.' && *(kv->part = rest + 1);
	default:
		return *rest == '.';
	}
}

/* The place in NAMES; -1: none. */
static int name_of(const struct old *old, struct kv *kv)
{
	const char *rest;
	for (size_t i = 0; i < countof(names); i++) {
		*kv = (struct kv){.name = names[i].name};
		if ((kv_rows[kv->name].type == KV_IS_NUM) != old->is_num && names[i].was == SAME)
			continue;
		if (begins(old->name, names[i].old, &rest) &&
			shape_fits(names[i].shape, old, rest, kv))
			return (int)i;
	}
	return -1;
}

/* A number as the machine wrote it. */
static uint64_t native(const uint8_t *at)
{
	uint64_t number;
	memcpy(&number, at, sizeof number);
	return number;
}

static void natives_turn(struct bytes in, struct buf *out)
{
	for (size_t at = 0; at + LOW_WORD <= in.len; at += LOW_WORD)
		buf_low(out, native(in.at + at), LOW_WORD);
}

/* Fields; the other site's keys stand each behind its number. */
static void keys_turn(struct bytes in, struct buf *out)
{
	struct value value;
	unsigned tag;
	uint32_t n;
	while (in.len && take_field(&in, &tag, &value)) {
		uint8_t both[sizeof n + AGREE_PUBLIC];
		if (value.wire == WIRE_BYTES && value.text.len == sizeof both) {
			memcpy(both, value.text.at, sizeof both);
			memcpy(&n, both, sizeof n);
			low_put(both, n, sizeof n);
			value.text = bytes_of(both, sizeof both);
		}
		put_field(out, tag, &value);
	}
}

/* 40 bytes with the name of the invitation, "invite." and 24 digits, became those digits. */
static void guests_turn(struct bytes in, struct buf *out)
{
	enum { OLD_NAME = 40, NAME = 7, DIGITS = 24, OLD = OLD_NAME + SIGN_PUBLIC };
	for (size_t at = 0; at + OLD <= in.len; at += OLD) {
		buf_put(out, in.at + at + NAME, DIGITS);
		buf_put(out, in.at + at + OLD_NAME, SIGN_PUBLIC);
	}
}

static enum rc bytes_set(struct db *db, struct kv kv, struct bytes value, struct fault *fault)
{
	if (!value.len)
		return RC_OK;
	struct sql sql =
		sql_open(db, "INSERT OR REPLACE INTO kv(name, id, part, value) VALUES(?,?,?,?)");
	sql_text(&sql, kv_rows[kv.name].name);
	sql_num(&sql, (int64_t)kv.id);
	sql_text(&sql, kv.part ? kv.part : "");
	sql_bytes(&sql, value, false);
	return sql_run(&sql, fault);
}

static enum rc value_set(
	struct db *db, const struct old *old, struct kv kv, enum was was, struct fault *fault)
{
	struct buf out = {0};
	struct bytes value = old->value;
	if (was == FLAG)
		return kv_num_put(db, kv, value.len != 0, fault);
	if (was == NATIVE)
		return value.len == LOW_WORD ? kv_num_put(db, kv, (int64_t)native(value.at), fault)
					     : RC_OK;
	if (old->is_num)
		return kv_num_put(db, kv, old->num, fault);
	if (was == NATIVES)
		natives_turn(value, &out);
	else if (was == KEYS)
		keys_turn(value, &out);
	else if (was == GUESTS)
		guests_turn(value, &out);
	enum rc rc = bytes_set(db, kv, was == SAME ? value : buf_bytes(&out), fault);
	buf_release(&out);
	return rc;
}

static enum rc remembered(struct db *db, struct fault *fault)
{
	int64_t times[countof(time_parts)] = {0};
	struct arena arena = {0};
	struct old *first;
	struct kv kv;
	enum rc rc = old_read(db, &arena, &first, fault);
	for (const struct old *old = first; old && !rc; old = old->next) {
		int place = name_of(old, &kv);
		if (place >= 0)
			rc = value_set(db, old, kv, names[place].was, fault);
		for (size_t tag = 1; old->is_num && tag < countof(time_parts); tag++)
			if (strcmp(old->name, time_parts[tag]) == 0)
				times[tag] = old->num;
	}
	if (!rc)
		rc = kv_list_put(db, kv_own(KV_TIME), times, countof(times), fault);
	arena_release(&arena);
	return rc;
}

/* ---- marks: release 0.1 took every one for proven, and had no table "mark_said" */

enum { PEER_SITE = 1, PEER_UNSURE = 4, PEER_TAGS = 64 }; /* of KV_PEER (peers.c), and room */

/* What the station above is, when it is known. The proofs come with its answer to a full question,
 * which UNSURE asks for. */
static enum rc above_unsure(struct db *db, uint64_t *above, struct fault *fault)
{
	int64_t peer[PEER_TAGS];
	struct log log = {.db = db};
	*above = 0;
	if (!kv_list_in(db, kv_own(KV_PEER), peer, PEER_TAGS))
		return RC_OK;
	*above = (uint64_t)peer[PEER_SITE];
	peer[PEER_UNSURE] = 1;
	enum rc rc = kv_list_put(db, kv_own(KV_PEER), peer, PEER_TAGS, fault);
	if (rc || kv_num_in(db, kv_own(KV_JOINED_AT), 0))
		return rc;
	return kv_num_put(db, kv_own(KV_JOINED_AT), clock_now(&log), fault);
}

static enum rc marks_split(struct db *db, struct fault *fault)
{
	uint64_t above;
	enum rc rc = above_unsure(db, &above, fault);
	if (rc)
		return rc;
	struct sql sql = sql_open(db,
		"INSERT INTO mark_said(holder, site, lane, store, upto,"
		" mac, teller) SELECT holder, site, lane, store, upto, 0, ? FROM mark");
	sql_num(&sql, (int64_t)above);
	if ((rc = sql_run(&sql, fault)))
		return rc;
	/* What keeps an ended site's late word out (store INT64_MAX) claims nothing and stays. */
	sql = sql_open(db, "DELETE FROM mark WHERE holder<>? AND store<?");
	sql_num(&sql, (int64_t)above);
	sql_num(&sql, INT64_MAX);
	return sql_run(&sql, fault);
}

/* ---- hashes as numbers, of a machine with the high byte first */

static enum rc prints_turn(struct db *db, struct fault *fault)
{
	struct buf all = {0};
	struct sql sql = sql_open(db, "SELECT print FROM anew");
	while (sql_row(&sql)) {
		int64_t print = sql_get(&sql, 0);
		buf_put(&all, &print, sizeof print);
	}
	enum rc rc = sql_end(&sql, fault);
	for (size_t at = 0; at < all.len && !rc; at += LOW_WORD) {
		sql = sql_open(db, "UPDATE OR REPLACE anew SET print=?2 WHERE print=?1");
		sql_num(&sql, (int64_t)native(all.at + at));
		sql_num(&sql, (int64_t)low_get(all.at + at, LOW_WORD));
		rc = sql_run(&sql, fault);
	}
	buf_release(&all);
	return rc;
}

/* ---- all of it */

static enum rc from_first(struct db *db, bool said, struct fault *fault)
{
	struct log log = {.db = db};
	enum rc rc = remembered(db, fault);
	if (!rc && !said)
		rc = marks_split(db, fault);
	if (!rc)
		rc = awaits_fill(&log, fault);
	if (!rc)
		rc = prints_turn(db, fault);
	return rc ? rc : db_run(db, "DROP TABLE meta; DROP TABLE setting", fault);
}

enum rc upgrade(struct db *db, struct fault *fault)
{
	enum rc rc = db_begin(db, fault);
	if (rc)
		return rc;
	int64_t version = schema_version(db);
	if (version < SCHEMA_VERSION) {
		bool said = schema_has(db, "mark_said");
		rc = schema_make(db, fault);
		if (!rc && version == SCHEMA_OLDEST)
			rc = from_first(db, said, fault);
	}
	if (!rc)
		return db_commit(db, fault);
	db_undo(db);
	return rc;
}

static enum rc beside(struct db *db, struct fault *fault)
{
	bool said = schema_has(db, "mark_said");
	enum rc rc = schema_make_beside(db, fault);
	if (rc || schema_version(db) != SCHEMA_OLDEST)
		return rc;
	rc = remembered(db, fault);
	if (rc || said)
		return rc;
	if ((rc = schema_beside(db, "mark", fault)) ||
		(rc = db_run(db, "INSERT INTO temp.mark SELECT * FROM main.mark", fault)))
		return rc;
	return marks_split(db, fault);
}

enum rc upgrade_beside(struct db *db, struct fault *fault)
{
	enum rc rc = db_run(db, "PRAGMA query_only=OFF; BEGIN", fault);
	if (!rc)
		rc = beside(db, fault);
	enum rc end = db_run(db, rc ? "ROLLBACK" : "COMMIT", rc ? NULL : fault);
	if (!rc && !(rc = end))
		rc = db_run(db, "PRAGMA query_only=ON", fault);
	return rc;
}
