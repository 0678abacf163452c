/* SPDX-License-Identifier: GPL-3.0-or-later
 * Numbers that the log keeps about itself, by name.
 */
#include "store/inside.h"

int64_t log_meta(struct log *log, const char *name, int64_t otherwise)
{
	struct sql sql = sql_open(log->db, "SELECT value FROM meta WHERE name=?");
	sql_text(&sql, name);
	if (sql_row(&sql))
		otherwise = sql_get(&sql, 0);
	return sql_end(&sql, NULL) ? -1 : otherwise;
}

enum rc log_meta_set(struct log *log, const char *name, int64_t value, struct fault *fault)
{
	struct sql sql = sql_open(log->db, "INSERT OR REPLACE INTO meta(name, value) VALUES(?,?)");
	sql_text(&sql, name);
	sql_num(&sql, value);
	return sql_run(&sql, fault);
}
