/* SPDX-License-Identifier: GPL-3.0-or-later
 * The people of a station.
 */
#include "store/station.h"
#include "store/rows/internal.h"

#include "model/kinds.h"
#include "store/db.h"

#include <stdio.h>
#include <string.h>

#define USER_COLUMNS "seq, f_name, f_post, f_role, f_phone, f_login, state"

static bool user_read(struct store *store, struct sql *sql, struct user *user)
{
	*user = (struct user){0};
	bool found = sql_row(sql);
	if (found) {
		user->who = (uint32_t)sql_get(sql, 0);
		sql_get_text(sql, 1, user->name, sizeof(user->name));
		sql_get_text(sql, 2, user->post, sizeof(user->post));
		sql_get_text(sql, 3, user->role, sizeof(user->role));
		sql_get_text(sql, 4, user->phone, sizeof(user->phone));
		sql_get_text(sql, 5, user->login, sizeof(user->login));
		user->off = sql_get(sql, 6) == person_is_off;
	}
	if (sql_end(sql, NULL) || !found)
		return false;
	struct sql pin = sql_open(store->db, "SELECT 1 FROM pin WHERE who=?");
	sql_num(&pin, user->who);
	user->has_pin = sql_row(&pin);
	return sql_end(&pin, NULL) == RC_OK;
}

bool store_user(struct store *store, const char *name_or_login, struct user *user)
{
	if (store_look(store, NULL))
		return false;
	struct sql sql = sql_open(store->db,
		"SELECT " USER_COLUMNS " FROM row_person WHERE site=?1 AND f_login IS NOT NULL"
		" AND (f_login=?2 OR f_name=?2) ORDER BY f_login<>?2, state, seq LIMIT 1");
	sql_num(&sql, (int64_t)store->log.site);
	sql_text(&sql, name_or_login);
	return user_read(store, &sql, user);
}

bool store_user_who(struct store *store, uint64_t site, uint32_t who, struct user *user)
{
	if (store_look(store, NULL))
		return false;
	struct sql sql = sql_open(
		store->db, "SELECT " USER_COLUMNS " FROM row_person WHERE site=? AND seq=?");
	sql_num(&sql, (int64_t)site);
	sql_num(&sql, who);
	bool found = user_read(store, &sql, user);
	user->has_pin = user->has_pin && site == store->log.site;
	return found;
}

bool store_has_users(struct store *store)
{
	if (store_look(store, NULL))
		return true; /* as nobody knows better, somebody has to be named */
	struct sql sql = sql_open(store->db,
		"SELECT 1 FROM row_person WHERE site=? AND f_login IS NOT NULL AND state=?");
	sql_num(&sql, (int64_t)store->log.site);
	sql_num(&sql, person_is_active);
	bool any = sql_row(&sql);
	return sql_end(&sql, NULL) != RC_OK || any;
}

void store_author_of(
	struct store *store, uint64_t site, uint32_t who, struct bytes by, struct buf *out)
{
	struct user user;
	struct site author;
	if (by.len) {
		buf_put(out, by.at, by.len);
	} else if (who && store_user_who(store, site, who, &user)) {
		buf_text(out, user.name);
	} else if (log_site(&store->log, site, &author) && author.name[0]) {
		buf_text(out, author.name);
	} else {
		buf_text(out, site_hex(site, (char[SITE_HEX]){""}));
	}
}

void store_author(struct store *store, const struct op *op, struct buf *out)
{
	store_author_of(store, op->site, op->who, op->by, out);
}

void store_read_as(struct store *store, const struct user *user)
{
	store->reader = (struct reader_of){.known = user, .who = user ? user->who : 0};
	if (user)
		snprintf(store->reader.role, sizeof(store->reader.role), "%s", user->role);
}

uint32_t store_reader(const struct store *store, const char **role)
{
	*role = store->reader.role;
	return store->reader.who;
}

enum { TAG_LEAN = 1, TAG_QUIET, TAGS };

void store_shown(struct store *store, uint32_t who, struct shown *shown)
{
	int64_t numbers[TAGS] = {0};

	*shown = (struct shown){0, false};
	if (!who || !kv_list(store, kv_of(KV_SHOWN, who), numbers, TAGS))
		return;
	shown->lean = numbers[TAG_LEAN] > 0 && numbers[TAG_LEAN] < SHOWN_LEANS
			      ? (unsigned)numbers[TAG_LEAN]
			      : 0;
	shown->quiet = numbers[TAG_QUIET] != 0;
}

enum rc store_shown_set(
	struct store *store, uint32_t who, const struct shown *shown, struct fault *fault)
{
	const int64_t numbers[TAGS] = {[TAG_LEAN] = shown->lean, [TAG_QUIET] = shown->quiet};

	return kv_list_set(store, kv_of(KV_SHOWN, who), numbers, TAGS, fault);
}

enum { GROUND_AT = 16 }; /* in the number that is kept */

void store_face(struct store *store, uint32_t who, const char *terminal, struct shown_face *face)
{
	unsigned kept = who ? (unsigned)kv_num(store, kv_part(KV_FACE, who, terminal), 0) : 0;

	*face = (struct shown_face){kept % GROUND_AT, kept / GROUND_AT};
}

enum rc store_face_set(struct store *store, uint32_t who, const char *terminal,
	const struct shown_face *face, struct fault *fault)
{
	return kv_num_set(store, kv_part(KV_FACE, who, terminal),
		face->coding + GROUND_AT * (int64_t)face->ground, fault);
}
