/* SPDX-License-Identifier: GPL-3.0-or-later
 * PINs, and who may try how often. A try is counted before it is looked at, so that killing the
 * program in between gains nothing.
 */
#include "store/station.h"
#include "store/station/internal.h"

#include "base/file.h"
#include "base/secret.h"
#include "base/when.h"
#include "model/kinds.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct tries {
	int64_t wrong, locks, until; /* since the last lock; locks so far; the last one's end */
};

static int64_t lock_minutes(int64_t locks)
{
	int64_t minutes = 1;

	while (--locks > 0 && minutes < LIMIT_PIN_LOCK)
		minutes *= 2;
	return minutes;
}

/* Never the PIN itself. */
static void note(struct store *store, uint32_t who, const char *what)
{
	struct buf name = {0};
	char path[512];

	store_author_of(store, store->station.site, who, (struct bytes){0, 0}, &name);
	if (store_file(store->home, "pin.log", path, NULL) == RC_OK)
		log_line(path, _("%s 的口令：%s（系统账号 %ld）"), buf_cstr(&name), what,
			(long)getuid());
	buf_release(&name);
}

static enum rc tries_read(
	struct store *store, uint32_t who, struct tries *tries, struct fault *fault)
{
	*tries = (struct tries){0};
	struct sql sql = sql_open(store->db, "SELECT wrong, locks, until FROM pin_try WHERE who=?");
	sql_num(&sql, who);
	if (sql_row(&sql))
		*tries = (struct tries){sql_get(&sql, 0), sql_get(&sql, 1), sql_get(&sql, 2)};
	return sql_end(&sql, fault);
}

static enum rc tries_write(
	struct store *store, uint32_t who, const struct tries *tries, struct fault *fault)
{
	struct sql sql = sql_open(store->db,
		"INSERT OR REPLACE INTO pin_try(who, wrong, locks, until) VALUES(?,?,?,?)");
	sql_num(&sql, who);
	sql_num(&sql, tries->wrong);
	sql_num(&sql, tries->locks);
	sql_num(&sql, tries->until);
	return sql_run(&sql, fault);
}

static enum rc tries_drop(struct store *store, uint32_t who, struct fault *fault)
{
	struct sql sql = sql_open(store->db, "DELETE FROM pin_try WHERE who=?");
	sql_num(&sql, who);
	return sql_run(&sql, fault);
}

enum rc pin_tries_forget(struct store *store, struct fault *fault)
{
	return db_run(store->db, "DELETE FROM pin_try", fault);
}

/* The lock that the last wrong one set. *MOVED: its end had to be written anew, as it lies further
 * off than any lock reaches: the clock went back. */
static bool locked(struct tries *tries, int64_t now, bool *moved)
{
	int64_t most = lock_minutes(tries->locks) * 60;

	*moved = tries->until - now > most;
	if (*moved)
		tries->until = now + most;
	return tries->until > now;
}

static void one_more(struct tries *tries, int64_t now)
{
	if (++tries->wrong < LIMIT_PIN_TRIES)
		return;
	tries->wrong = 0;
	tries->locks++;
	tries->until = now + lock_minutes(tries->locks) * 60;
}

/* Inside a transaction: *LATE, and nothing is counted; or one more is. */
static enum rc count(struct store *store, uint32_t who, int64_t now, struct tries *tries,
	bool *late, struct fault *fault)
{
	bool moved;
	enum rc rc = tries_read(store, who, tries, fault);
	if (rc)
		return rc;
	*late = locked(tries, now, &moved);
	if (!*late)
		one_more(tries, now);
	return *late && !moved ? RC_OK : tries_write(store, who, tries, fault);
}

static enum rc count_alone(struct store *store, uint32_t who, int64_t now, struct tries *tries,
	bool *late, struct fault *fault)
{
	struct fault why = {0};

	if (store->log.depth)
		return fault_set(fault, RC_BUSY, _("正在成批保存，不能核对口令"));
	enum rc rc = store_begin(store, &why);
	if (!rc && (rc = count(store, who, now, tries, late, &why)))
		store_undo(store);
	else if (!rc)
		rc = store_commit(store, &why);
	if (rc)
		return fault_set(fault, rc, _("口令不能核对，因为次数记不下来：%s"), why.text);
	return RC_OK;
}

static bool pin_matches(struct store *store, uint32_t who, const char *pin)
{
	char hash[PIN_TEXT] = "";
	struct sql sql = sql_open(store->db, "SELECT hash FROM pin WHERE who=?");

	sql_num(&sql, who);
	if (sql_row(&sql))
		sql_get_text(&sql, 0, hash, sizeof(hash));
	return sql_end(&sql, NULL) == RC_OK && hash[0] && pin_check(pin, hash);
}

/* A right one forgives; when that cannot be written it is right all the same. */
static void forgive(struct store *store, uint32_t who)
{
	struct fault fault;

	if (store_begin(store, &fault))
		return;
	if (tries_drop(store, who, &fault))
		store_undo(store);
	else
		(void)!store_commit(store, &fault);
}

static enum rc refuse(
	const struct user *user, const struct tries *tries, int64_t now, struct fault *fault)
{
	char until[WHEN_TEXT];

	when_short(tries->until, now, until);
	if (tries->until > now)
		return fault_set(fault, RC_DENIED,
			_("口令不对 \"%s\"：连错 %d 次，锁 %d 分钟，到 %s"), user->name,
			LIMIT_PIN_TRIES, (int)lock_minutes(tries->locks), until);
	return fault_set(fault, RC_DENIED, _("口令不对 \"%s\"，还可以试 %d 次"), user->name,
		LIMIT_PIN_TRIES - (int)tries->wrong);
}

static enum rc refuse_late(
	const struct user *user, const struct tries *tries, int64_t now, struct fault *fault)
{
	char until[WHEN_TEXT], left[WHEN_TEXT];

	when_short(tries->until, now, until);
	when_span(tries->until - now, left);
	return fault_set(fault, RC_DENIED, _("\"%s\" 的口令锁着：连错 %d 次，%s后（%s）再试"),
		user->name, LIMIT_PIN_TRIES, left, until);
}

enum rc store_pin_try(struct store *store, uint32_t who, const char *pin, struct fault *fault)
{
	struct tries tries = {0};
	struct user user = {0};
	bool late = false;
	int64_t now = store_now(store);

	if (!store_user_who(store, store->station.site, who, &user) || !user.has_pin)
		return fault_set(fault, RC_DENIED, _("\"%s\" 没有设口令"), user.name);
	enum rc rc = count_alone(store, who, now, &tries, &late, fault);
	if (rc)
		return rc;
	if (late) {
		rc = refuse_late(&user, &tries, now, fault);
		note(store, who, _("锁着，没有核对"));
		return rc;
	}
	if (pin_matches(store, who, pin)) {
		forgive(store, who);
		note(store, who, _("对"));
		return RC_OK;
	}
	rc = refuse(&user, &tries, now, fault);
	note(store, who, tries.until > now ? _("不对，从现在起锁住") : _("不对"));
	return rc;
}

/* A part of the person's own telephone numbers, which everybody has on paper. */
static bool is_own_number(struct store *store, uint32_t who, const char *pin)
{
	static const unsigned tags[] = {person_phone, person_phone2};
	struct arena arena = {0};
	struct row row;
	bool is = false;

	if (store_row(store, (struct ref){store->station.site, who}, &arena, &row, NULL) == RC_OK &&
		row.kind->id == KIND_person)
		for (size_t n = 0; n < countof(tags) && !is; n++) {
			const struct value *value = row_value(&row, tags[n]);
			is = value && memmem(value->text.at, value->text.len, pin, strlen(pin));
		}
	arena_release(&arena);
	return is;
}

enum rc store_pin_set(struct store *store, uint32_t who, const char *pin, struct fault *fault)
{
	char hash[PIN_TEXT];
	if (*pin && !secret_good(pin))
		return fault_set(fault, RC_BAD, _("口令要 %d 到 %d 个字母、数字或符号，没有改"),
			LIMIT_PIN_LEAST, LIMIT_PIN);
	if (*pin && (secret_easy(pin) || is_own_number(store, who, pin)))
		return fault_set(
			fault, RC_BAD, _("口令太好猜：不要连号、重复或自己电话里的数字，没有改"));
	if (*pin)
		pin_hash(pin, hash);
	enum rc rc = store_begin(store, fault);
	if (rc)
		return rc;
	struct sql sql =
		sql_open(store->db, *pin ? "INSERT OR REPLACE INTO pin(who, hash) VALUES(?,?)"
					 : "DELETE FROM pin WHERE who=?");
	sql_num(&sql, who);
	if (*pin)
		sql_text(&sql, hash);
	if (!(rc = sql_run(&sql, fault)))
		rc = tries_drop(store, who, fault);
	if (rc) {
		store_undo(store);
		return rc;
	}
	if (!(rc = store_commit(store, fault)))
		note(store, who, *pin ? _("设了新的") : _("取消了"));
	return rc;
}
