/* SPDX-License-Identifier: GPL-3.0-or-later
 * Statements over many numbers at once.
 */
#include "store/engine/sqlite.h"

bool span_next(struct span *span, size_t count)
{
	span->at += span->count;
	span->count = count - span->at;
	span->room = span->count > FEW ? MANY : FEW;
	if (span->count > span->room)
		span->count = span->room;
	return span->count > 0;
}

struct sql span_open(
	struct db *db, const char *text, const struct ref refs[], const struct span *span)
{
	struct buf made = {0};

	buf_text(&made, "WITH v(n, site, seq) AS (VALUES");
	for (size_t i = 0; i < span->room; i++)
		buf_fmt(&made, "%s(%u,?,?)", i ? "," : "", (unsigned)i);
	buf_fmt(&made, ") %s", text);
	struct sql sql = sql_open(db, buf_cstr(&made));
	buf_release(&made);
	for (size_t i = 0; i < span->room; i++)
		if (i < span->count) {
			sql_num(&sql, (int64_t)refs[span->at + i].site);
			sql_num(&sql, refs[span->at + i].seq);
		} else {
			sql_null(&sql);
			sql_null(&sql);
		}
	return sql;
}
