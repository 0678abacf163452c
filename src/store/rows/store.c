/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writing facts and taking them from elsewhere; a record with its history.
 */
#include "store/db.h"
#include "store/rows/internal.h"

#include "base/when.h"
#include "model/kinds.h"
#include "model/area.h"
#include "model/rules.h"

#include <stdlib.h>
#include <string.h>

enum { STAMP_OFF = 60 }; /* seconds a stamp may be ahead of its writer's clock and still say when */

struct log *store_log(struct store *store)
{
	return &store->log;
}

enum rc store_begin(struct store *store, struct fault *fault)
{
	if (store->cramped)
		return fault_set(fault, RC_FULL,
			_("磁盘已满，\"%s\" 只能看：请腾出空间后再试，可以先删 station.db.old 和 "
			  "backup "
			  "里较早的备份"),
			db_path(store->db));
	if (store->keys_wrong)
		return station_keyless(store, fault);
	if (store->readonly)
		return fault_set(
			fault, RC_IO, _("数据库 \"%s\" 是只读打开的，不能写"), db_path(store->db));
	/* What is written into a file that somebody replaced would be lost. */
	if (!store->log.depth && db_moved(store->db))
		return fault_set(fault, RC_IO,
			_("数据库 \"%s\" 被移走或换掉了，没有保存：请退出后重新打开"),
			db_path(store->db));
	enum rc rc = log_begin(&store->log, fault);
	if (rc || store->log.depth > 1)
		return rc;
	rc = station_follow(store, fault);
	if (rc)
		log_undo(&store->log);
	return rc;
}

enum rc store_commit(struct store *store, struct fault *fault)
{
	bool outermost = store->log.depth == 1;
	enum rc rc = log_commit(&store->log, fault);
	/* -wal begins anew: on a tight disk it takes no more than one commit needs. */
	if (outermost && !rc && store->tight)
		db_settle(store->db);
	if (outermost && !rc && store->keys_wait)
		own_keys_settle(store);
	if (outermost && !rc && store->wrote)
		write_mark_note(store);
	if (outermost)
		store->wrote = store->keys_wait = false;
	return rc;
}

void store_undo(struct store *store)
{
	store->keys_wait = false;
	log_undo(&store->log);
}

enum rc store_look(struct store *store, struct fault *fault)
{
	return rows_settle(store, fault);
}

/* The record that a step or an edit is for. */
static enum rc record_head(struct store *store, struct op *op, uint64_t *area, struct fault *fault)
{
	struct sql sql = sql_open(store->db, FACT_OR_VOICE("kind, reach, " IS_STEP));
	sql_num(&sql, (int64_t)op->rec_site);
	sql_num(&sql, op->rec_seq);
	bool found = sql_row(&sql) && !sql_get(&sql, 2);
	if (found) {
		op->kind = (unsigned)sql_get(&sql, 0);
		*area = (uint64_t)sql_get(&sql, 1) / 2;
	}
	enum rc rc = sql_end(&sql, fault);
	if (rc || found)
		return rc;
	return fault_set(fault, RC_NONE, _("没有这条记录"));
}

enum rc store_covers(struct store *store, uint64_t area, struct fault *fault)
{
	char text[16], own[16];
	if (area && store_within(store, area))
		return RC_OK;
	area_short(area, text);
	area_short(store_area(store), own);
	return fault_set(fault, RC_DENIED,
		_("区域 \"%s\" 不在本站的区域 \"%s\" 之内，不能在那里写；区划改了代码时由上级登记："
		  "outpost add areachange"),
		text, own);
}

/* The own grant. Who works on without a link after it ran out writes on, for the next sync renews
 * it; but nobody is woken by that. */
enum rc store_granted(
	struct store *store, const struct kind *kind, unsigned step, struct fault *fault)
{
	const struct site *own = &log_brief(&store->log, store->log.site)->site;
	const struct step *what = step ? step_of(kind, step) : NULL;
	bool is_signed = kind->flags & K_SIGNED || (what && what->flags & STEP_SIGNED);
	if (!rights_allow(own->rights, kind->id))
		return fault_set(fault, RC_DENIED,
			_("本站的授权不包括 \"%s\"，不能写：需要时请上级重新邀请"), _(kind->label));
	if (is_signed && grant_over(own->until, log_now(&store->log)))
		return fault_set(fault, RC_DENIED,
			_("本站的授权已到期，不能写 \"%s\"：请先与上级同步续期"), _(kind->label));
	return RC_OK;
}

/* What the author has seen of the record is told by one stamp. When the newest is its own, what
 * came from others since, written by slower clocks, would not be told: then theirs is named. */
static enum rc seen_of(
	struct store *store, struct op *op, const struct newest *newest, struct fault *fault)
{
	struct arena arena = {0};
	struct record record;
	struct history history;
	enum rc rc;

	op->seen = newest->stamp;
	if (!newest->others || newest->others == newest->stamp || newest->others <= newest->told)
		return RC_OK;
	rc = store_record(store, newest->rec, &arena, &record, &history, fault);
	if (rc == RC_NONE)
		rc = RC_OK; /* nothing of it counts yet */
	else if (!rc && fold_seen(history.ops, history.count, op->site) < newest->others)
		op->seen = newest->others;
	if (!rc)
		log_newest_told(&store->log, newest);
	arena_release(&arena);
	return rc;
}

/* Its own number, its record, and its place in time. */
static enum rc number(struct store *store, struct op *op, unsigned lane, struct fault *fault)
{
	struct log *log = &store->log;
	struct newest newest = {0};
	uint32_t n;
	enum rc rc = log_next(log, op->site, lane, &n, fault);
	if (rc)
		return rc;
	op->seq = n * 8 + lane;
	if (op->rec_seq == 0) {
		op->rec_site = op->site;
		op->rec_seq = op->seq;
		op->seen = 0;
	} else {
		rc = log_newest(log, (struct ref){op->rec_site, op->rec_seq}, &newest, fault);
		if (!rc && (!op->seen || op->seen > newest.stamp))
			rc = seen_of(store, op, &newest, fault);
		if (rc)
			return rc;
	}
	if ((rc = clock_settle(log, fault)))
		return rc;
	/* Our own order goes on from what we know; what is written after reading the record comes
	 * after all of it, whatever its clocks say. Then the stamp is no time any more. */
	int64_t now = clock_now(log);
	op->stamp = log->clock = stamp_next(log->clock, now);
	log->clock_moved = true;
	if (newest.stamp >= STAMP_MOST)
		return fault_set(
			fault, RC_BAD, _("这条记录里有一步的时间已到头，后面不能再写：请另建一条"));
	if (newest.stamp >= op->stamp)
		op->stamp = newest.stamp + 1;
	if (!op->at && stamp_seconds(op->stamp) > now + STAMP_OFF)
		op->at = now;
	return RC_OK;
}

/* The lane of its kind and its codes; what a row `skip` of the county's rules names goes with the
 * alarms. */
static enum lane lane_for(const struct kind *kind, const struct op *op)
{
	struct record record = {.kind = kind, .kind_id = kind->id};
	struct bytes body = op->body;
	struct value value;
	unsigned tag;
	while (!op->step && body.len && take_field(&body, &tag, &value)) {
		int place = field_place(kind, tag);
		if (place >= 0)
			record.cells[place] = (struct cell){.tag = tag, .value = value};
	}
	return !op->step && rules_skip(&record) ? LANE_ALARM : lane_of(kind, op->step, op->body);
}

/* Everything that can be refused is refused here, before anything is written. */
static enum rc prepare(struct store *store, struct op *op, struct fault *fault)
{
	struct log *log = &store->log;
	uint64_t area = op->area;
	const char *why = "";
	enum rc rc;
	bool first = op->rec_seq == 0;
	if (!first && (rc = record_head(store, op, &area, fault)))
		return rc;
	const struct kind *kind = kind_of(op->kind);
	if (!kind || (op->step && (first || !step_of(kind, op->step))))
		return fault_set(fault, RC_BAD, _("没有这类记录或这一步"));
	if (!op_body_check(op->body, &why))
		return fault_set(fault, RC_BAD, "%s", why);
	if (first)
		area = area_now(log_areas(log), area ? area : store->station.area);
	if ((rc = store_covers(store, area, fault)) ||
		(rc = store_granted(store, kind, op->step, fault)))
		return rc;
	op->site = log->site;
	op->area = first ? area : 0;
	return number(store, op, lane_for(kind, op), fault);
}

static enum rc seal(
	struct store *store, struct op *op, enum proof proof, struct buf *raw, struct fault *fault)
{
	op_put(raw, op);
	if (raw->len > LIMIT_FACT)
		return fault_set(fault, RC_BAD, _("内容太长：一次最多 %d 字节"), LIMIT_FACT);
	op->sig = (struct bytes){0, 0};
	/* Where a county wants it, whatever is written; who takes it looks at each signature. */
	if (proof != PROOF_NONE || rules_limit("sign.all", 0)) {
		crypt_sign(&store->keys, buf_bytes(raw), store->sig);
		op->sig = bytes_of(store->sig, SIGN_SIZE);
	}
	return RC_OK;
}

enum rc store_write_one(struct store *store, struct op *op, struct fault *fault)
{
	struct buf raw = {0};
	bool fresh = false;
	struct composed composed = {.op = op};
	enum rc rc = prepare(store, op, fault);
	if (!rc) {
		composed.proof = proof_of(&store->log, op);
		rc = seal(store, op, composed.proof, &raw, fault);
	}
	if (!rc)
		rc = log_put_composed(&store->log, &composed, buf_bytes(&raw), &fresh, fault);
	buf_release(&raw);
	assert(rc || fresh);
	store->wrote |= fresh;
	return rc;
}

enum rc store_take(struct store *store, struct bytes raw, struct bytes sig, unsigned via,
	bool *fresh, struct fault *fault)
{
	struct op op;
	*fresh = false;
	enum rc rc = store_begin(store, fault);
	if (rc)
		return rc;
	if (!op_take(raw, &op)) {
		log_leave(&store->log);
		return fault_set(fault, RC_BAD, _("收到的事实不合规范，没有保存"));
	}
	rc = log_append(&store->log, raw, sig, via, fresh, fault);
	if (!rc && *fresh && op.site == store->log.site) {
		store->log.ending = true;
		rc = kv_num_put(store->db, kv_own(KV_ENDING), 1, fault);
	}
	if (rc == RC_BAD) { /* refused before anything was written */
		log_leave(&store->log);
		return rc;
	}
	if (rc) {
		store_undo(store);
		return rc;
	}
	return store_commit(store, fault);
}

enum rc row_none(struct store *store, struct ref ref, struct fault *fault)
{
	if (log_gone(&store->log, ref))
		return fault_set(
			fault, RC_NONE, _("这条记录期满，本机已清理，上面两级存着：请到上级查"));
	return fault_set(fault, RC_NONE, _("没有这条记录"));
}

/* The facts of REF, and of its twins; the rows that tell of those are settled first. */
static enum rc facts_of(struct store *store, struct ref ref, struct facts *facts,
	struct twins *twins, struct fault *fault)
{
	twins->count = 0;
	enum rc rc = facts_read(store, ref, facts, fault);
	const struct kind *kind = !rc && facts->count ? kind_of(facts->ops[0].kind) : NULL;
	if (!kind || !has_twins(kind) || (rc = store_look(store, fault)))
		return rc;
	return twins_read(store, kind, ref, facts, twins, fault);
}

/* What is kept from who reads goes out of the record and out of its facts. */
static void veil(
	struct store *store, struct arena *arena, struct record *record, struct history *all)
{
	const struct field *mode = record->kind ? field_flagged(record->kind, F_SECRET) : NULL;
	bool own = record->site == store->station.site && record->by_who == store->reader.who;

	if (!mode || own || record_code(record, mode->tag, GIVEN_OPENLY) ||
		!veiled(store, record->kind, NULL))
		return;
	for (const struct field *field = record->kind->fields; field->tag; field++)
		if (field->flags & F_PRIVATE)
			record->cells[field_place(record->kind, field->tag)] = (struct cell){0};
	for (size_t i = 0; i < all->count; i++) {
		struct bytes left = all->ops[i].body;
		struct buf kept = {0};
		struct value value;
		unsigned tag;

		while (left.len && take_field(&left, &tag, &value)) {
			const struct field *field = field_of(record->kind, tag);

			if (!field || !(field->flags & F_PRIVATE))
				put_field(&kept, tag, &value);
		}
		all->ops[i].body = arena_bytes(arena, buf_bytes(&kept));
		buf_release(&kept);
	}
}

enum rc store_record(struct store *store, struct ref ref, struct arena *arena,
	struct record *record, struct history *history, struct fault *fault)
{
	struct facts facts = {0};
	struct fold_ways ways = rows_ways(store);
	struct history all = {0};
	struct twins twins;
	if (!store->log.depth)
		log_forget(&store->log);
	enum rc rc = facts_of(store, ref, &facts, &twins, fault);
	if (!rc && !facts.count)
		rc = row_none(store, ref, fault);
	if (rc) {
		facts_release(&facts);
		return rc;
	}
	struct bytes bytes = arena_bytes(arena, buf_bytes(&facts.bytes));
	all.ops = arena_get(arena, facts.count * sizeof(*all.ops));
	all.verdicts = arena_get(arena, facts.count * sizeof(*all.verdicts));
	/* The ops borrow from the buffer; parse them again where the bytes will stay. */
	size_t at = 0;
	for (size_t i = 0; i < facts.count; i++) {
		size_t end = facts.ends[i * 2], sig_end = facts.ends[i * 2 + 1];
		struct op *op = &all.ops[all.count];
		if (op_take(bytes_of(bytes.at + at, end - at), op)) {
			op->sig = bytes_of(bytes.at + end, sig_end - end);
			all.count++;
		}
		at = sig_end;
	}
	facts_release(&facts);
	all.count = twins_join(&twins, all.ops, all.count);
	all.count = fold_all(record, all.ops, all.count, all.verdicts, &ways);
	veil(store, arena, record, &all);
	if (history)
		*history = all;
	return all.count ? RC_OK : fault_set(fault, RC_NONE, _("没有这条记录"));
}

enum verdict store_may(struct store *store, const struct op *op, struct fault *fault)
{
	struct arena arena = {0};
	struct record record;
	struct history history = {0};
	struct fold_ways ways = rows_ways(store);
	struct op try = *op;
	enum verdict verdict = V_STATE;
	enum rc rc = store_record(
		store, (struct ref){op->rec_site, op->rec_seq}, &arena, &record, &history, fault);
	if (!rc) {
		try.site = store->log.site;
		try.seq = UINT32_MAX;
		try.kind = record.kind_id;
		try.stamp = stamp_next(record.stamp, clock_now(&store->log));
		verdict = fold_may(history.ops, history.count, &try, &ways);
	}
	arena_release(&arena);
	return verdict;
}
