/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was dropped, as ranges of numbers. Few stores ever drop anything: whether this one did is
 * asked once in a transaction.
 */
#include "store/rows/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/when.h"

bool dropped_there(struct log *log)
{
	if (log->drops == DROPS_UNKNOWN || !log->depth)
		log->drops = db_number(log->db, "SELECT 1 FROM dropped LIMIT 1", 0) > 0
				     ? DROPS_THERE
				     : DROPS_NONE;
	return log->drops == DROPS_THERE;
}

/* ---- ranges */

struct range {
	struct range *next;
	struct dropped dropped;
};

enum rc dropped_each(
	struct log *log, enum dropped_state state, dropped_fn *fn, void *to, struct fault *fault)
{
	struct arena arena = {0};
	struct range *first = NULL, **last = &first;

	if (!dropped_there(log))
		return RC_OK;
	struct sql sql = sql_open(log->db,
		state == DROPPED_NEW ? "SELECT site, lane, n, upto, why FROM dropped WHERE state=0 "
				       "AND state=? ORDER BY site, lane, n"
		: state == DROPPED_WANTED
			? "SELECT site, lane, n, upto, why FROM dropped WHERE state=2 "
			  "AND state=? ORDER BY site, lane, n"
			: "SELECT site, lane, n, upto, why FROM dropped WHERE state=? "
			  "ORDER BY site, lane, n");
	sql_num(&sql, state);
	while (sql_row(&sql)) {
		struct range *range = *last = arena_get(&arena, sizeof *range);
		range->dropped = (struct dropped){.site = (uint64_t)sql_get(&sql, 0),
			.lane = (unsigned)sql_get(&sql, 1),
			.n = (uint32_t)sql_get(&sql, 2),
			.upto = (uint32_t)sql_get(&sql, 3)};
		sql_get_text(&sql, 4, range->dropped.why, sizeof range->dropped.why);
		last = &range->next;
	}
	enum rc rc = sql_end(&sql, fault);
	for (struct range *range = first; range && !rc; range = range->next)
		if (!fn(&range->dropped, to))
			break;
	arena_release(&arena);
	return rc;
}

enum rc dropped_set(struct log *log, const struct dropped *dropped, enum dropped_state state,
	struct fault *fault)
{
	log->drops = DROPS_THERE;
	struct sql sql = sql_open(log->db,
		"INSERT INTO dropped(site, lane, n, upto, why, state) VALUES(?,?,?,?,?,?)"
		" ON CONFLICT(site, lane, n) DO UPDATE SET upto=max(upto, excluded.upto), "
		"why=excluded.why, "
		"state=excluded.state");
	sql_num(&sql, (int64_t)dropped->site);
	sql_num(&sql, dropped->lane);
	sql_num(&sql, dropped->n);
	sql_num(&sql, dropped->upto);
	sql_text(&sql, dropped->why);
	sql_num(&sql, state);
	return sql_run(&sql, fault);
}

/* The range of SITE in LANE that has N, if any. */
static bool range_at(
	struct log *log, uint64_t site, unsigned lane, uint32_t n, uint32_t *upto, int *state)
{
	struct sql sql = sql_open(log->db, "SELECT upto, state FROM dropped WHERE site=? AND lane=?"
					   " AND n<=? ORDER BY n DESC LIMIT 1");
	sql_num(&sql, (int64_t)site);
	sql_num(&sql, lane);
	sql_num(&sql, n);
	bool has = sql_row(&sql) && sql_get(&sql, 0) >= (int64_t)n;
	if (has) {
		*upto = (uint32_t)sql_get(&sql, 0);
		*state = (int)sql_get(&sql, 1);
	}
	return !sql_end(&sql, NULL) && has;
}

bool dropped_has(struct log *log, uint64_t site, uint32_t seq)
{
	uint32_t upto;
	int state;

	return dropped_there(log) && range_at(log, site, seq & 7, seq >> 3, &upto, &state) &&
	       state != DROPPED_AGAIN;
}

bool dropped_again(struct log *log, uint64_t site, uint32_t seq)
{
	uint32_t upto;
	int state;

	return dropped_there(log) && range_at(log, site, seq & 7, seq >> 3, &upto, &state) &&
	       state == DROPPED_AGAIN;
}

uint32_t dropped_past(struct log *log, uint64_t site, unsigned lane, uint32_t n)
{
	uint32_t upto;
	int state;

	if (!dropped_there(log) || !range_at(log, site, lane, n, &upto, &state) ||
		state != DROPPED_TOLD)
		return 0;
	return upto;
}

uint64_t dropped_count(struct log *log, uint64_t site)
{
	int64_t count = 0;

	if (!dropped_there(log))
		return 0;
	struct sql sql =
		sql_open(log->db, "SELECT sum(upto-n+1) FROM dropped WHERE site=? AND state<>4");
	sql_num(&sql, (int64_t)site);
	if (sql_row(&sql))
		count = sql_get(&sql, 0);
	return sql_end(&sql, NULL) ? 0 : (uint64_t)count;
}

/* How many ranges SITE has, reckoned on in a transaction. */
static bool has_many_ranges(struct log *log, uint64_t site)
{
	if (!log->depth || log->ranges_of != site) {
		struct sql sql = sql_open(log->db, "SELECT count(*) FROM dropped WHERE site=?");
		sql_num(&sql, (int64_t)site);
		log->ranges = sql_row(&sql) ? (unsigned)sql_get(&sql, 0) : 0;
		log->ranges_of = sql_end(&sql, NULL) ? 0 : site;
	}
	return log->ranges >= LIMIT_RANGES;
}

/* One more number: the range that ends before it grows, as long as nobody was told of that. Where
 * an author has very many, the gap between counts as dropped as well. */
static enum rc range_add(struct log *log, const struct op *op, const char *why, struct fault *fault)
{
	struct dropped one = {.site = op->site, .lane = op_lane(op), .n = op->seq >> 3};

	one.upto = one.n;
	snprintf(one.why, sizeof one.why, "%s", why);
	struct sql sql = sql_open(log->db,
		"UPDATE dropped SET upto=?3 WHERE site=?1 AND lane=?2 AND n=(SELECT max(n) "
		"FROM dropped WHERE site=?1 AND lane=?2 AND n<?3) AND (upto=?3-1 OR ?5) AND "
		"upto<?3 AND state=0 AND why=?4");
	sql_num(&sql, (int64_t)one.site);
	sql_num(&sql, one.lane);
	sql_num(&sql, one.n);
	sql_text(&sql, one.why);
	sql_num(&sql, has_many_ranges(log, one.site));
	enum rc rc = sql_run(&sql, fault);
	if (rc || db_changes(log->db))
		return rc;
	log->ranges++;
	return dropped_set(log, &one, DROPPED_NEW, fault);
}

/* ---- whose are kept */

enum { COUNT_KEPT, COUNT_TOLD, COUNT_DROPPED };

static int64_t today(struct log *log)
{
	return log_now(log) / DAY_SECONDS;
}

/* How many of KEY there were today, and one more. */
static enum rc count_one(
	struct log *log, int64_t key, int what, int64_t *before, struct fault *fault)
{
	static const char *const more[] = {
		[COUNT_KEPT] = "UPDATE flood SET kept=kept+1 WHERE site=?1",
		[COUNT_TOLD] = "UPDATE flood SET told=told+1 WHERE site=?1",
		[COUNT_DROPPED] = "UPDATE flood SET today=today+1, total=total+1 WHERE site=?1",
	};
	int64_t counts[3] = {0}, day = -1;
	struct sql sql = sql_open(log->db, "SELECT kept, told, today, day FROM flood WHERE site=?");

	sql_num(&sql, key);
	if (sql_row(&sql)) {
		for (int i = 0; i < 3; i++)
			counts[i] = sql_get(&sql, i);
		day = sql_get(&sql, 3);
	}
	enum rc rc = sql_end(&sql, fault);
	if (!rc && day != today(log)) {
		memset(counts, 0, sizeof counts);
		sql = sql_open(log->db,
			"INSERT INTO flood(site, day, kept, told, today, total) VALUES(?,?,0,0,0,0)"
			" ON CONFLICT(site) DO UPDATE SET day=excluded.day, kept=0, told=0, "
			"today=0");
		sql_num(&sql, key);
		sql_num(&sql, today(log));
		rc = sql_run(&sql, fault);
	}
	*before = counts[what];
	if (rc)
		return rc;
	sql = sql_open(log->db, more[what]);
	sql_num(&sql, key);
	return sql_run(&sql, fault);
}

enum rc dropped_tell(struct log *log, uint64_t site, bool *may, struct fault *fault)
{
	int64_t told = 0;
	enum rc rc = count_one(log, (int64_t)site, COUNT_TOLD, &told, fault);

	*may = !rc && told < LIMIT_DAY_TELLS;
	return rc;
}

/* A sender's count lies beside those of authors, under a number that no author has. */
static int64_t sender_key(unsigned via)
{
	return -(int64_t)via;
}

/* Kept as far as both its author and who brings it have room today. Whoever is not known here may
 * be made up, so there only the one who brings it counts. */
static enum rc keep_one(struct log *log, const struct op *op, unsigned via, bool known, bool *keep,
	struct fault *fault)
{
	int64_t most = known ? LIMIT_DAY_SENDER : LIMIT_DAY_UNKNOWN, kept = 0;
	enum rc rc = RC_OK;

	if (known)
		rc = count_one(log, (int64_t)op->site, COUNT_KEPT, &kept, fault);
	*keep = kept < LIMIT_DAY_REFUSED;
	if (!rc && *keep) {
		rc = count_one(log, sender_key(via), COUNT_KEPT, &kept, fault);
		*keep = kept < most;
	}
	return rc;
}

static bool strangers_fit(struct log *log, unsigned via)
{
	struct sql sql = sql_open(log->db, "SELECT total<=? FROM flood WHERE site=?");

	sql_num(&sql, LIMIT_STRANGERS);
	sql_num(&sql, sender_key(via));
	bool fit = sql_row(&sql) && sql_get(&sql, 0);
	return !sql_end(&sql, NULL) && fit;
}

enum rc dropped_put(
	struct log *log, const struct op *op, unsigned via, const char *why, struct fault *fault)
{
	bool known = log_brief(log, op->site)->site.area != 0;
	int64_t before;

	if (dropped_has(log, op->site, op->seq)) /* it comes again, and nothing has changed */
		return RC_OK;
	enum rc rc = count_one(
		log, known ? (int64_t)op->site : sender_key(via), COUNT_DROPPED, &before, fault);
	/* Anybody can make up names: so many, and then they are counted alone. */
	if (rc || (!known && !strangers_fit(log, via)))
		return rc;
	return range_add(log, op, known ? why : "unknown", fault);
}

enum rc dropped_weigh(struct log *log, const struct op *op, unsigned via, struct fact_taken *taken,
	struct fault *fault)
{
	bool known = log_brief(log, op->site)->site.area != 0, keep = true;
	enum rc rc;

	if (!log_from_below(log, via))
		return RC_OK;
	if (!dropped_has(log, op->site, op->seq) &&
		((rc = keep_one(log, op, via, known, &keep, fault)) || keep))
		return rc;
	taken->dropped = true;
	return dropped_put(
		log, op, via, taken->state == FACT_UNPROVEN ? "signature" : taken->why, fault);
}

enum rc dropped_want(struct log *log, uint64_t site, const char *why, struct fault *fault)
{
	if (!dropped_there(log))
		return RC_OK;
	struct sql sql = sql_open(
		log->db, "UPDATE dropped SET state=2 WHERE site=? AND why=? AND state IN (0, 1)");
	sql_num(&sql, (int64_t)site);
	sql_text(&sql, why);
	return sql_run(&sql, fault);
}

/* ---- as a text */

void dropped_list_put(
	const struct dropped dropped[], size_t count, size_t most, struct buf *out, size_t *used)
{
	size_t start = out->len;

	for (*used = 0; *used < count; ++*used) {
		size_t before = out->len;
		buf_fmt(out, "%s%u", before > start ? "," : "", dropped[*used].n);
		if (dropped[*used].upto > dropped[*used].n)
			buf_fmt(out, "-%u", dropped[*used].upto);
		if (out->len - start > most) {
			out->len = before;
			return;
		}
	}
}

static bool take_number(struct bytes *text, uint32_t *n)
{
	uint64_t number = 0;
	size_t len = 0;

	while (len < text->len && text->at[len] >= '0' && text->at[len] <= '9' && len < 10)
		number = number * 10 + (text->at[len++] - (uint64_t)'0');
	*n = (uint32_t)number;
	*text = bytes_of(text->at + len, text->len - len);
	return len && number && number <= UINT32_MAX >> 3;
}

bool dropped_list_take(struct bytes *text, uint32_t *n, uint32_t *upto)
{
	if (!take_number(text, n))
		return false;
	*upto = *n;
	if (text->len && *text->at == '-') {
		*text = bytes_of(text->at + 1, text->len - 1);
		if (!take_number(text, upto) || *upto < *n)
			return false;
	}
	if (text->len && *text->at == ',')
		*text = bytes_of(text->at + 1, text->len - 1);
	return true;
}

/* ---- who floods */

enum rc flood_each(struct store *store, flood_fn *fn, void *to, struct fault *fault)
{
	struct flood floods[FLOODS_MOST];
	unsigned count = 0;

	/* A sender is the site whose carrier's number is its key. */
	struct sql sql = sql_open(store->db,
		"SELECT CASE WHEN f.site>0 THEN f.site ELSE (SELECT s.site FROM site s WHERE "
		"(s.site & 1073741823 | 1073741824)=-f.site) END, day, today, total FROM flood f"
		" WHERE total>0 ORDER BY day DESC, today DESC LIMIT ?");
	sql_num(&sql, FLOODS_MOST);
	while (count < FLOODS_MOST && sql_row(&sql))
		floods[count++] = (struct flood){(uint64_t)sql_get(&sql, 0), sql_get(&sql, 1),
			(uint64_t)sql_get(&sql, 2), (uint64_t)sql_get(&sql, 3)};
	enum rc rc = sql_end(&sql, fault);
	for (unsigned i = 0; i < count && !rc; i++)
		if (!fn(&floods[i], to))
			break;
	return rc;
}

uint64_t flood_total(struct store *store)
{
	return db_count(store->db, "SELECT sum(total) FROM flood");
}

enum rc refusals_each(struct store *store, refusals_fn *fn, void *to, struct fault *fault)
{
	struct refusals all[FLOODS_MOST];
	unsigned count = 0;

	struct sql sql =
		sql_open(store->db, "SELECT site, count(*) FROM fact WHERE state=1 GROUP BY site"
				    " ORDER BY 2 DESC, site LIMIT ?");
	sql_num(&sql, FLOODS_MOST);
	while (count < FLOODS_MOST && sql_row(&sql))
		all[count++] =
			(struct refusals){(uint64_t)sql_get(&sql, 0), (uint64_t)sql_get(&sql, 1)};
	enum rc rc = sql_end(&sql, fault);
	for (unsigned i = 0; i < count && !rc; i++)
		if (!fn(&all[i], to))
			break;
	return rc;
}

uint64_t refusals_total(struct store *store)
{
	return db_count(store->db, "SELECT count(*) FROM fact WHERE state=1");
}
