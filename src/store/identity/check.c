/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading everything: the file by SQLite's own check, every fact's bytes against its columns, every
 * row against a fresh fold.
 */
#include "store/identity.h"
#include "store/identity/internal.h"

#include "base/progress.h"

#include <stdio.h>
#include <string.h>

/* The stored bytes are canonical when writing what was read gives them again. Facts of newer
 * programs may carry heads that op_put does not know: there only the reading counts. */
static bool fact_good(uint64_t own, const struct sql *sql, struct buf *again)
{
	struct op op;
	struct bytes raw = sql_get_bytes(sql, 4);
	if (!op_take(raw, &op))
		return false;
	if (op.site != (uint64_t)sql_get(sql, 0) || op.seq != (uint32_t)sql_get(sql, 1) ||
		op.rec_site != (uint64_t)sql_get(sql, 2) || op.rec_seq != (uint32_t)sql_get(sql, 3))
		return false;
	const char *why;
	buf_clear(again);
	op_put(again, &op);
	/* What others wrote may break a rule of ours: that is no damage. */
	return (op.site != own || op_body_check(op.body, &why)) && again->len <= raw.len &&
	       (again->len < raw.len || memcmp(again->at, raw.at, raw.len) == 0);
}

static const char checking[] = N_("核对事实");

static enum rc check_facts(struct store *store, struct check *check, struct fault *fault)
{
	struct buf again = {0};
	struct sql sql =
		sql_open(store->db, "SELECT site, seq, rec_site, rec_seq, body, state FROM fact");
	uint64_t whole = log_last(&store->log);
	enum rc rc = RC_OK;
	while (!rc && sql_row(&sql)) {
		rc = progress(checking, check->facts, whole, fault);
		check->facts++;
		check->gone += sql_get(&sql, 5) == FACT_GONE;
		check->bad_facts += sql_get(&sql, 5) != FACT_GONE &&
				    !fact_good(store->station.site, &sql, &again);
		check->refused +=
			sql_get(&sql, 5) == FACT_REFUSED || sql_get(&sql, 5) == FACT_UNPROVEN;
		check->waiting += sql_get(&sql, 5) == FACT_WAITS;
	}
	buf_release(&again);
	enum rc end = sql_end(&sql, rc ? NULL : fault);
	rc = rc ? rc : end;
	return rc ? rc : progress(checking, whole, whole, fault);
}

static bool same_cell(const struct cell *cell, const struct row *row, unsigned place)
{
	bool empty = !cell->tag || (cell->value.wire != WIRE_NUM && !cell->value.text.len);
	if (empty || !row->has[place])
		return empty && !row->has[place];
	return value_equal(&cell->value, &row->values[place]);
}

static bool same_row(const struct record *record, const struct row *row)
{
	if (record->area != row->area || record->at != row->at || record->stamp != row->stamp ||
		record->state != row->state || record->state_at != row->state_at ||
		record->facts != row->facts || record->refused != row->refused ||
		record->conflicts != row->conflicts || record->by_who != row->by_who ||
		!bytes_equal(record->by, row->by))
		return false;
	for (unsigned i = 0; record->kind->fields[i].tag; i++)
		if (field_stored(&record->kind->fields[i]) && !same_cell(&record->cells[i], row, i))
			return false;
	return true;
}

struct rows_check {
	struct store *store;
	struct check *check;
};

static enum rc check_row(const struct record *record, void *to, struct fault *fault)
{
	struct rows_check *rows = to;
	struct arena arena = {0};
	struct kept *kept = NULL;
	struct ref ref = {record->site, record->seq};
	struct record whole;
	struct row row;
	enum rc rc = RC_OK;
	if (!record->kind)
		return RC_OK;
	rows->check->records++;
	/* One row stands for all its twins. */
	if (has_twins(record->kind)) {
		rc = store_record(rows->store, ref, &arena, &whole, NULL, fault);
		record = &whole;
	}
	if (!rc)
		rc = kept_get(rows->store, record->kind, ref, &arena, &kept, fault);
	if (kept)
		kept_row(NULL, kept, &row);
	if (!rc && (!kept || !same_row(record, &row)))
		rows->check->wrong_rows++;
	arena_release(&arena);
	return rc;
}

/* Rows that no fact stands behind. */
static enum rc count_rows(struct store *store, struct check *check, struct fault *fault)
{
	uint64_t rows = 0;
	enum rc rc = RC_OK;
	for (unsigned i = 0; i < kinds_count && !rc; i++) {
		char text[128];
		snprintf(text, sizeof(text), "SELECT count(*) FROM row_%s", kinds[i].name);
		struct sql sql = sql_open(store->db, text);
		if (sql_row(&sql))
			rows += (uint64_t)sql_get(&sql, 0);
		rc = sql_end(&sql, fault);
	}
	if (rows > check->records)
		check->wrong_rows += rows - check->records;
	return rc;
}

static enum rc check_rows(struct store *store, struct check *check, struct fault *fault)
{
	struct rows_check rows = {store, check};
	enum rc rc = store_look(store, fault);
	if (!rc)
		rc = each_record(store, N_("核对记录"), check_row, &rows, fault);
	return rc ? rc : count_rows(store, check, fault);
}

enum rc store_check(struct store *store, bool repair, struct check *check, struct fault *fault)
{
	*check = (struct check){0};
	check->sound = db_sound(store->db, false, check->note);
	enum rc rc = check_facts(store, check, fault);
	if (!rc)
		rc = check_rows(store, check, repair ? NULL : fault);
	/* Facts that can be read are enough: everything else is made from them. */
	if (!repair || (rc && check->facts == 0))
		return rc;
	if (!check->sound && (rc = db_run(store->db, "REINDEX", fault)))
		return rc;
	if ((rc = store_rebuild(store, fault)))
		return rc;
	check->sound = db_sound(store->db, false, check->note);
	return RC_OK;
}
