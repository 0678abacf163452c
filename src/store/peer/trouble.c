/* SPDX-License-Identifier: GPL-3.0-or-later
 * Troubles of the road up: their words, and the stretches of tries that went alike.
 */
#include "store/peer/internal.h"
#include "store/rows/internal.h"

#include "base/when.h"

enum {
	STRETCHES = 200,  /* kept */
	APART = 3600,     /* seconds between two tries that are not one stretch any more */
	GOOD_EVERY = 600, /* seconds: so often a stretch that works is written down */
};

static const struct {
	const char *what, *advice;
} texts[TROUBLES] = {
	[TROUBLE_NONE] = {"", ""},
	[TROUBLE_LINE] = {N_("连不上上级"), N_("查网络和电源，再查地址")},
	[TROUBLE_HOST] = {N_("找不到上级的主机"), N_("查网络，再查地址")},
	[TROUBLE_CUT] = {N_("线路中途断了"), N_("会自动再试")},
	[TROUBLE_MUTE] = {N_("上级没有及时回答"), N_("会自动再试")},
	[TROUBLE_BUSY] = {N_("上级正忙"), N_("会自动再试")},
	[TROUBLE_HOURS] = {N_("不在拨号时段里，只送紧急的"), N_("时段由 sync_window 或 way 定")},
	[TROUBLE_BUDGET] = {N_("今天的流量用完了，只送紧急的"), N_("上限由 sync_budget 或 way 定")},
	[TROUBLE_HOOK] = {N_("拨号之前的程序失败"), N_("查 sync_before")},
	[TROUBLE_FOLDER] = {N_("没有这个文件夹"), N_("插入 U 盘或检查路径")},
	[TROUBLE_STICK] = {N_("在随身盘上等回执"), N_("带到上级，再把回执带回来")},
	[TROUBLE_KEY] = {N_("对方的公钥或证书不对"), N_("打电话与上级核对")},
	[TROUBLE_LOGIN] = {N_("上级不让登录"), N_("把本站的 SSH 公钥交给上级登记")},
	[TROUBLE_PROGRAM] = {N_("对方不运行上级程序"), N_("请上级检查 SSH 设置")},
	[TROUBLE_STRANGE] = {N_("答话的不是上级站点"), N_("查地址，或先在网页上登录网络")},
	[TROUBLE_REVOKED] = {N_("上级已注销本站，或备机已接替"),
		N_("打电话问上级；要回来，请上级再邀请")},
	[TROUBLE_UNKNOWN] = {N_("上级不认识本站"),
		N_("请上级 outpost invite 再邀请一次，这里 outpost join")},
	[TROUBLE_VERSION] = {N_("两边的程序互相读不懂"), N_("把旧的那边升级")},
	[TROUBLE_HERE] = {N_("本站存不下或读不出"), N_("查磁盘，运行 outpost check")},
	[TROUBLE_OTHER] = {N_("没有成功"), N_("运行 outpost sync 看原因")},
	[TROUBLE_IDLE] = {N_("没有同步"), N_("停机，或没有开自动同步；用 outpost sync")},
	[TROUBLE_CONFLICT] = {N_("上级说本站的编号下已有别的记录"),
		N_("打电话与上级核对；核对后可用 outpost site renew")},
	[TROUBLE_LANES] = {N_("这条线路不送这一类"), N_("等别的线路；送哪几类由 way 定")},
	[TROUBLE_CALL] = {N_("这一次的流量用完了，只送紧急的"),
		N_("其余的下一次送；每次多少由 way 定")},
	[TROUBLE_TWIN] = {N_("备机已接替本站"), N_("停用这台机器，到备机上工作")},
};

const char *trouble_what(enum trouble trouble)
{
	return *texts[trouble].what ? _(texts[trouble].what) : "";
}

const char *trouble_advice(enum trouble trouble)
{
	return *texts[trouble].advice ? _(texts[trouble].advice) : "";
}

enum rc trouble_is(enum trouble trouble, struct fault *fault, enum rc rc)
{
	if (fault)
		fault->cause = trouble;
	return rc;
}

enum trouble trouble_of(const struct fault *fault)
{
	static const enum trouble by_rc[] = {
		[RC_OK] = TROUBLE_NONE,
		[RC_IO] = TROUBLE_HERE,
		[RC_BUSY] = TROUBLE_HERE,
		[RC_BAD] = TROUBLE_VERSION,
		[RC_NEWER] = TROUBLE_VERSION,
		[RC_DENIED] = TROUBLE_OTHER,
		[RC_NONE] = TROUBLE_OTHER,
		[RC_LINK] = TROUBLE_LINE,
		[RC_FULL] = TROUBLE_HERE,
	};

	if (fault->cause > TROUBLE_NONE && fault->cause < TROUBLES)
		return (enum trouble)fault->cause;
	return fault->rc < countof(by_rc) ? by_rc[fault->rc] : TROUBLE_OTHER;
}

/* ---- stretches */

/* The newest stretch of these lanes, when it goes on; 0 = it does not. QUIET: seconds since its
 * last try. */
static int64_t goes_on(
	struct log *log, enum trouble trouble, unsigned lanes, int64_t now, int64_t *quiet)
{
	int64_t row = 0;

	*quiet = 0;
	struct sql sql = sql_open(log->db, "SELECT what, lanes, ended, rowid FROM trouble"
					   " WHERE lanes&? ORDER BY rowid DESC LIMIT 1");
	sql_num(&sql, lanes);
	if (sql_row(&sql)) {
		*quiet = now - sql_get(&sql, 2);
		if (sql_get(&sql, 0) == (int64_t)trouble && sql_get(&sql, 1) == lanes &&
			*quiet >= 0 && *quiet <= APART)
			row = sql_get(&sql, 3);
	}
	return sql_end(&sql, NULL) ? 0 : row;
}

static enum rc stretch_new(
	struct log *log, enum trouble trouble, unsigned lanes, int64_t now, struct fault *fault)
{
	struct sql sql = sql_open(log->db,
		"INSERT INTO trouble(began, ended, what, lanes, tries) VALUES(?1, ?1, ?2, ?3, 1)");
	sql_num(&sql, now);
	sql_num(&sql, trouble);
	sql_num(&sql, lanes);
	enum rc rc = sql_run(&sql, fault);
	if (rc)
		return rc;
	sql = sql_open(
		log->db, "DELETE FROM trouble WHERE rowid<=(SELECT max(rowid) FROM trouble)-?");
	sql_num(&sql, STRETCHES);
	return sql_run(&sql, fault);
}

enum rc trouble_note(
	struct store *store, enum trouble trouble, unsigned lanes_mask, struct fault *fault)
{
	struct log *log = &store->log;
	int64_t now = clock_now(log), quiet;
	int64_t row = goes_on(log, trouble, lanes_mask, now, &quiet);
	enum rc rc;

	/* A commit a minute only to say that all is well would wear out a card. */
	if (row && trouble == TROUBLE_NONE && quiet < GOOD_EVERY)
		return RC_OK;
	rc = store_begin(store, fault);
	if (rc)
		return rc;
	if ((row = goes_on(log, trouble, lanes_mask, now, &quiet))) {
		struct sql sql = sql_open(
			log->db, "UPDATE trouble SET ended=?, tries=tries+1 WHERE rowid=?");
		sql_num(&sql, now);
		sql_num(&sql, row);
		rc = sql_run(&sql, fault);
	} else {
		rc = stretch_new(log, trouble, lanes_mask, now, fault);
	}
	if (rc) {
		store_undo(store);
		return rc;
	}
	return store_commit(store, fault);
}

/* A stretch counts for how long it lies between the two times. What lies there untried counts for
 * itself: a machine that was off is not the line's fault. */
enum trouble trouble_between(
	struct log *log, unsigned lane, int64_t from, int64_t until, unsigned *tries)
{
	enum trouble best = TROUBLE_IDLE;
	int64_t longest = -1, idle = until - from;

	*tries = 0;
	struct sql sql = sql_open(log->db,
		"SELECT min(ended, ?2)-max(began, ?1), what, tries FROM trouble"
		" WHERE ended>=?1 AND began<=?2 AND (lanes>>?3)&1 ORDER BY rowid");
	sql_num(&sql, from);
	sql_num(&sql, until);
	sql_num(&sql, lane);
	while (sql_row(&sql)) {
		int64_t part = sql_get(&sql, 0);

		idle -= part;
		if (part < longest)
			continue;
		longest = part;
		best = sql_get(&sql, 1) < TROUBLES ? (enum trouble)sql_get(&sql, 1) : TROUBLE_OTHER;
		*tries = (unsigned)sql_get(&sql, 2);
	}
	if (sql_end(&sql, NULL) || (idle > longest && idle > APART)) {
		*tries = 0;
		return TROUBLE_IDLE;
	}
	return best;
}

enum trouble trouble_now(struct store *store, unsigned lane, int64_t *since)
{
	enum trouble now = TROUBLE_IDLE;
	struct sql sql = sql_open(store->log.db,
		"SELECT what, (SELECT min(began) FROM trouble WHERE (lanes>>?1)&1 AND rowid>"
		"coalesce((SELECT max(rowid) FROM trouble WHERE (lanes>>?1)&1 AND what=0), 0))"
		" FROM trouble WHERE (lanes>>?1)&1 ORDER BY rowid DESC LIMIT 1");

	*since = 0;
	sql_num(&sql, lane);
	if (sql_row(&sql)) {
		now = sql_get(&sql, 0) < TROUBLES ? (enum trouble)sql_get(&sql, 0) : TROUBLE_OTHER;
		*since = now == TROUBLE_NONE ? 0 : sql_get(&sql, 1);
	}
	return sql_end(&sql, NULL) ? TROUBLE_HERE : now;
}

enum rc outage_each(struct store *store, int64_t since, int64_t least, outage_fn *fn, void *to,
	struct fault *fault)
{
	struct outage all[STRETCHES];
	unsigned count = 0;

	struct sql sql = sql_open(store->log.db,
		"SELECT began, what, tries, coalesce((SELECT min(n.began) FROM trouble n"
		" WHERE n.rowid>t.rowid AND n.lanes&t.lanes), 0) AS over FROM trouble t"
		" WHERE what!=0 AND (over=0 OR over>=?1) AND coalesce(nullif(over, 0), "
		"?2)-began>=?3"
		" ORDER BY rowid LIMIT ?4");
	sql_num(&sql, since);
	sql_num(&sql, clock_now(&store->log));
	sql_num(&sql, least);
	sql_num(&sql, STRETCHES);
	while (sql_row(&sql))
		all[count++] = (struct outage){sql_get(&sql, 0), sql_get(&sql, 3),
			sql_get(&sql, 1) < TROUBLES ? (enum trouble)sql_get(&sql, 1)
						    : TROUBLE_OTHER,
			(unsigned)sql_get(&sql, 2)};
	enum rc rc = sql_end(&sql, fault);
	for (unsigned n = 0; n < count && !rc; n++)
		if (!fn(&all[n], to))
			break;
	return rc;
}

const char *const trouble_names[TROUBLES] = {
	[TROUBLE_NONE] = "none",
	[TROUBLE_LINE] = "line",
	[TROUBLE_HOST] = "host",
	[TROUBLE_CUT] = "cut",
	[TROUBLE_MUTE] = "mute",
	[TROUBLE_BUSY] = "busy",
	[TROUBLE_HOURS] = "hours",
	[TROUBLE_BUDGET] = "budget",
	[TROUBLE_HOOK] = "hook",
	[TROUBLE_FOLDER] = "folder",
	[TROUBLE_STICK] = "stick",
	[TROUBLE_KEY] = "key",
	[TROUBLE_LOGIN] = "login",
	[TROUBLE_PROGRAM] = "program",
	[TROUBLE_STRANGE] = "strange",
	[TROUBLE_REVOKED] = "revoked",
	[TROUBLE_UNKNOWN] = "unknown",
	[TROUBLE_VERSION] = "version",
	[TROUBLE_HERE] = "here",
	[TROUBLE_OTHER] = "other",
	[TROUBLE_IDLE] = "idle",
	[TROUBLE_CONFLICT] = "conflict",
	[TROUBLE_LANES] = "lanes",
	[TROUBLE_CALL] = "call",
	[TROUBLE_TWIN] = "twin",
};
