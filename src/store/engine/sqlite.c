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

/* Each text is made once in each size; TEXT is a literal, known by where it lies. */
static const char *made_of(const char *text, size_t room)
{
	enum { TEXTS = 16 };
	static struct made {
		const char *text;
		size_t room;
		struct buf made;
	} all[TEXTS];
	struct made *made = all;

	while (made->text && (made->text != text || made->room != room))
		made++;
	assert(made < all + TEXTS - 1);
	if (made->text)
		return buf_cstr(&made->made);
	*made = (struct made){text, room, {0}};
	buf_text(&made->made, "WITH v(n, site, seq) AS (VALUES");
	for (size_t i = 0; i < room; i++)
		buf_fmt(&made->made, "%s(%u,?,?)", i ? "," : "", (unsigned)i);
	buf_fmt(&made->made, ") %s", text);
	return buf_cstr(&made->made);
}

struct sql span_open(
	struct db *db, const char *text, const struct ref refs[], const struct span *span)
{
	struct sql sql = sql_open(db, made_of(text, span->room));

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
