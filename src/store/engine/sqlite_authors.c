/* SPDX-License-Identifier: GPL-3.0-or-later
 * Watermarks of authors in SQLite.
 */
#include "store/engine/sqlite.h"

enum rc engine_authors(struct db *db, struct author authors[], size_t count, struct fault *fault)
{
	struct ref lanes[MANY];
	enum rc rc = RC_OK;

	for (struct span span = {0}; !rc && span_next(&span, count);) {
		struct author *some = authors + span.at;
		struct span here = {0, span.count, span.room};
		for (size_t i = 0; i < span.count; i++)
			lanes[i] = (struct ref){some[i].site, some[i].lane};
		struct sql sql = span_open(db,
			"SELECT v.n, a.upto FROM v CROSS JOIN author a ON a.site=v.site AND "
			"a.lane=v.seq",
			lanes, &here);
		while (sql_row(&sql))
			some[sql_get(&sql, 0)].upto = (uint32_t)sql_get(&sql, 1);
		rc = sql_end(&sql, fault);
	}
	return rc;
}

enum rc engine_author_put(struct db *db, const struct author *author, struct fault *fault)
{
	struct sql sql =
		sql_open(db, "INSERT OR REPLACE INTO author(site, lane, upto) VALUES(?,?,?)");
	sql_num(&sql, (int64_t)author->site);
	sql_num(&sql, author->lane);
	sql_num(&sql, author->upto);
	return sql_run(&sql, fault);
}
