/* SPDX-License-Identifier: GPL-3.0-or-later
 * Claims without evidence, counted by who made them.
 */
#include "store/peer.h"
#include "store/rows/internal.h"

const char *const claim_names[CLAIMS] = {"none", "answer", "marks", "facts", "conflict", "returned",
	"below", "changed", "ends", "keys", "much"};

static const struct {
	const char *text, *advice;
} texts[CLAIMS] = {
	[CLAIM_NONE] = {"", ""},
	[CLAIM_ANSWER] = {N_("说本站回答过它，本站没有这回事，也没有凭据"),
		N_("没有影响；本站若换回过旧数据，打电话与它核对")},
	[CLAIM_MARKS] = {N_("说本站写过更多记录，本站没有，也没有凭据"),
		N_("没有采信；打电话与上级核对")},
	[CLAIM_FACTS] = {N_("送来署本站名的记录，本站没有写过，也没有凭据"),
		N_("没有收；打电话与上级核对")},
	[CLAIM_CONFLICT] = {N_("说本站的编号下已有别的记录，没有凭据，没有收本站送的"),
		N_("打电话与上级核对；核对后可用 outpost site renew 换新站号继续")},
	[CLAIM_RETURNED] = {N_("退回的记录没有签名，或它不可能有，或太多，没有收"),
		N_("打电话与它核对")},
	[CLAIM_BELOW] = {N_("送来署下级站名的记录，下级没有这样送过"),
		N_("没有收，以下级送的为准；打电话与上级核对")},
	[CLAIM_CHANGED] = {N_("送来别的站点的记录，与已收的同号而不同"),
		N_("没有收，已收的没有变；打电话与它核对")},
	[CLAIM_ENDS] = {N_("一天里换了太多次站号，多的没有跟"),
		N_("打电话与它核对；它的密钥若在别人手里，注销它：outpost site revoke")},
	[CLAIM_KEYS] = {N_("说自己又换了密钥，次数太多，没有采用"), N_("打电话问它；明天再收")},
	[CLAIM_MUCH] = {N_("一天送来的记录太多，其余的明天再收"),
		N_("打电话问它是不是在补录；没有就注销它")},
};

const char *claim_text(enum claim_what what)
{
	return what > CLAIM_NONE && what < CLAIMS ? _(texts[what].text) : "";
}

const char *claim_advice(enum claim_what what)
{
	return what > CLAIM_NONE && what < CLAIMS ? _(texts[what].advice) : "";
}

static enum rc put(
	struct log *log, uint64_t site, enum claim_what what, uint64_t count, struct fault *fault)
{
	struct sql sql = sql_open(log->db,
		"INSERT INTO claim(site, what, count, first, last) VALUES(?1,?2,?3,?4,?4)"
		" ON CONFLICT(site, what) DO UPDATE SET count=count+excluded.count, "
		"last=excluded.last");
	sql_num(&sql, (int64_t)site);
	sql_num(&sql, what);
	sql_num(&sql, (int64_t)count);
	sql_num(&sql, clock_now(log));
	enum rc rc = sql_run(&sql, fault);
	if (rc)
		return rc;
	sql = sql_open(log->db, "DELETE FROM claim WHERE (site, what) IN (SELECT site, what FROM "
				"claim ORDER BY last DESC, site, what LIMIT -1 OFFSET ?)");
	sql_num(&sql, CLAIMS_KEPT);
	return sql_run(&sql, fault);
}

enum rc claim_note(struct store *store, uint64_t site, enum claim_what what, uint64_t count,
	struct fault *fault)
{
	struct log *log = &store->log;
	enum rc rc = log_begin(log, fault);
	if (rc)
		return rc;
	if ((rc = put(log, site, what, count, fault))) {
		log_undo(log);
		return rc;
	}
	return log_commit(log, fault);
}

enum rc claims_each(struct store *store, int64_t since, claim_fn *fn, void *to, struct fault *fault)
{
	struct claim claims[CLAIMS_KEPT];
	unsigned count = 0;
	struct sql sql = sql_open(store->db, "SELECT site, what, count, first, last FROM claim "
					     "WHERE last>=? ORDER BY last DESC LIMIT ?");
	sql_num(&sql, since);
	sql_num(&sql, CLAIMS_KEPT);
	for (; sql_row(&sql) && count < CLAIMS_KEPT; count++)
		claims[count] = (struct claim){.site = (uint64_t)sql_get(&sql, 0),
			.what = (enum claim_what)sql_get(&sql, 1),
			.count = (uint64_t)sql_get(&sql, 2),
			.first = sql_get(&sql, 3),
			.last = sql_get(&sql, 4)};
	enum rc rc = sql_end(&sql, fault);
	for (unsigned i = 0; i < count && !rc; i++)
		if (!fn(&claims[i], to))
			break;
	return rc;
}

uint64_t claims_total(struct store *store)
{
	return db_count(store->db, "SELECT sum(count) FROM claim");
}
