/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was read out over a voice radio. Digits carry no signature, and whoever has a radio can say
 * them: so what they say is judged as its author's own word would be, is shown as not proven, goes
 * nowhere, and counts only as long as the author's fact has not come.
 */
#include "store/db.h"
#include "store/log/internal.h"
#include "store/peer/internal.h"

#include "base/when.h"
#include "model/area.h"

static enum rc denied(struct fault *fault, const char *why)
{
	return fault_set(fault, RC_DENIED, _("语音报数没有收：%s"), why);
}

static enum rc insert(struct log *log, const struct op *op, struct bytes raw, uint64_t reach,
	uint32_t typist, struct fault *fault)
{
	batch_clear(&log->batch);
	struct sql sql = sql_open(log->db, "INSERT INTO voice VALUES(?,?,?,?,?,?,?,?,?,?)");
	sql_num(&sql, (int64_t)op->site);
	sql_num(&sql, op->seq);
	sql_num(&sql, (int64_t)reach);
	sql_num(&sql, (int64_t)op->rec_site);
	sql_num(&sql, op->rec_seq);
	sql_num(&sql, op->kind);
	sql_num(&sql, (int64_t)op->stamp);
	sql_num(&sql, typist);
	sql_num(&sql, clock_now(log));
	sql_bytes(&sql, raw, false);
	return sql_run(&sql, fault);
}

/* What lies under its number. A fact that nobody can believe is none. */
static enum held held_here(struct log *log, const struct op *op, struct bytes raw)
{
	struct sql sql = sql_open(log->db,
		"SELECT body FROM fact WHERE site=?1 AND seq=?2 AND state<>3 UNION ALL "
		"SELECT body FROM voice WHERE site=?1 AND seq=?2");
	enum held held = HELD_NOT;

	sql_num(&sql, (int64_t)op->site);
	sql_num(&sql, op->seq);
	if (sql_row(&sql))
		held = bytes_equal(sql_get_bytes(&sql, 0), raw) ? HELD_SAME : HELD_OTHER;
	return sql_end(&sql, NULL) ? HELD_OTHER : held;
}

/* What stations say of themselves is never read out: it is not for people to type. */
static bool is_ours_to_hear(unsigned number)
{
	const struct kind *kind = kind_of(number);

	return kind && !(kind->flags & (K_HIDDEN | K_FINAL));
}

static enum rc judge(struct log *log, const struct op *op, struct fault *fault)
{
	const struct known_site *author = log_brief(log, op->site);

	if (op->site == log->site)
		return denied(fault, _("号码是本站的，而本站没有写过这一条"));
	if (!author->site.area)
		return denied(fault, _("作者站点还没有入网"));
	if (!is_ours_to_hear(op->kind))
		return denied(fault, _("这一类不能口头传"));
	if (stamp_seconds(op->stamp) > clock_now(log) + DAY_SECONDS)
		return denied(fault, _("写的时间比现在晚一天以上"));
	if (voice_waits(log) >= LIMIT_VOICE)
		return denied(fault, _("等着证实的已经太多：请先同步"));
	return RC_OK;
}

/* The record's reach; RC_NONE: of a change, that the record is not here. */
static enum rc reach_for(struct log *log, const struct op *op, uint64_t *reach, struct fault *fault)
{
	const struct kind *kind = kind_of(op->kind);
	struct sql sql;

	*reach = area_now(log_areas(log), op->area) * 2 + (kind && kind->flags & K_UP_ONLY ? 1 : 0);
	if (op_first(op))
		return RC_OK;
	sql = sql_open(log->db, FACT_OR_VOICE("reach"));
	sql_num(&sql, (int64_t)op->rec_site);
	sql_num(&sql, op->rec_seq);
	bool found = sql_row(&sql);
	*reach = found ? (uint64_t)sql_get(&sql, 0) : 0;
	enum rc rc = sql_end(&sql, fault);
	return rc || found ? rc
			   : fault_set(fault, RC_NONE, "%s",
				     _("念的是后来的一步，本站还没有这条记录：请对方从头念"));
}

static enum rc put(struct log *log, const struct op *op, struct bytes raw, uint32_t typist,
	struct fault *fault)
{
	uint64_t reach;
	enum rc rc = judge(log, op, fault);

	if (!rc)
		rc = reach_for(log, op, &reach, fault);
	if (!rc && log_objection(log, op))
		rc = denied(fault, _("作者站点无权写这一条（区域、期限或权限）"));
	if (!rc)
		rc = insert(log, op, raw, reach, typist, fault);
	if (rc)
		return rc;
	log->newest.rec.seq = 0;
	log->hooks.changed(log->hooks.to, (struct ref){op->rec_site, op->rec_seq});
	return log_validate_waiting(log, op, fault);
}

enum rc voice_put(struct log *log, const struct op *op, struct bytes raw, uint32_t typist,
	bool *fresh, struct fault *fault)
{
	enum held held = held_here(log, op, raw);

	*fresh = false;
	if (held == HELD_SAME)
		return RC_OK;
	if (held == HELD_OTHER)
		return denied(fault, _("这个编号下本站已有另一样内容：请与对方核对"));
	if (raw.len > LIMIT_FACT || !op_may_be_kept(op))
		return denied(fault, _("内容不合规范"));
	enum rc rc = put(log, op, raw, typist, fault);
	*fresh = !rc;
	return rc;
}

/* ---- asked */

#define VOICE_COLUMNS "v.site, v.seq, v.rec_site, v.rec_seq, v.typed, v.typist"

static struct voice voice_read(const struct sql *sql)
{
	return (struct voice){
		.fact = {(uint64_t)sql_get(sql, 0), (uint32_t)sql_get(sql, 1)},
		.rec = {(uint64_t)sql_get(sql, 2), (uint32_t)sql_get(sql, 3)},
		.typed = sql_get(sql, 4),
		.typist = (uint32_t)sql_get(sql, 5),
	};
}

bool voice_of(struct log *log, struct ref rec, struct voice *out)
{
	struct sql sql = sql_open(
		log->db, "SELECT " VOICE_COLUMNS " FROM " VOICE_OF_REC " ORDER BY typed DESC");

	sql_num(&sql, (int64_t)rec.site);
	sql_num(&sql, rec.seq);
	bool found = sql_row(&sql);
	if (found)
		*out = voice_read(&sql);
	return sql_end(&sql, NULL) == RC_OK && found;
}

unsigned voice_waits(struct log *log)
{
	return (unsigned)db_count(log->db, "SELECT count(*) FROM voice v WHERE NOT EXISTS (SELECT "
					   "1 FROM fact f WHERE f.site=v.site AND f.seq=v.seq AND "
					   "f.state<>3)");
}

enum rc voice_records(struct log *log, struct changed *refs, struct fault *fault)
{
	struct sql sql = sql_open(log->db,
		"SELECT DISTINCT rec_site, rec_seq FROM voice v WHERE NOT EXISTS (SELECT 1 FROM "
		"fact f WHERE f.site=v.rec_site AND f.seq=v.rec_seq AND f.state=0)");

	while (sql_row(&sql))
		changed_add(
			refs, (struct ref){(uint64_t)sql_get(&sql, 0), (uint32_t)sql_get(&sql, 1)});
	return sql_end(&sql, fault);
}

enum rc voice_each(struct log *log, voice_fn *fn, void *to, struct fault *fault)
{
	struct arena arena = {0};
	struct node {
		struct node *next;
		struct voice voice;
	} *first = NULL, **last = &first;
	struct sql sql = sql_open(log->db,
		"SELECT " VOICE_COLUMNS ", f.body=v.body FROM voice v LEFT JOIN fact f ON "
		"f.site=v.site AND f.seq=v.seq AND f.state<>3 ORDER BY v.typed DESC, v.seq DESC");

	while (sql_row(&sql)) {
		struct node *node = arena_get(&arena, sizeof *node);
		node->voice = voice_read(&sql);
		if (sql_get_type(&sql, 6) != SQL_NULL)
			node->voice.state = sql_get(&sql, 6) ? VOICE_PROVEN : VOICE_OTHER;
		*last = node;
		last = &node->next;
	}
	enum rc rc = sql_end(&sql, fault);
	for (struct node *node = first; node && !rc; node = node->next)
		if (!fn(&node->voice, to))
			break;
	arena_release(&arena);
	return rc;
}
