/* SPDX-License-Identifier: GPL-3.0-or-later
 * Is a database whole? SQLite's own check.
 */
#include "store/db/db.h"

#include <string.h>

#include "base/text.h"

bool db_sound(struct db *db, bool quick, char note[200])
{
	bool sound = false;
	struct sql sql =
		sql_open(db, quick ? "PRAGMA quick_check(1)" : "PRAGMA integrity_check(1)");
	if (sql_row(&sql)) {
		sql_get_text(&sql, 0, note, 200);
		sound = strcmp(note, "ok") == 0;
	}
	struct fault fault;
	if (sql_end(&sql, &fault)) {
		sound = false;
		text_fit(note, 200, fault.text);
	}
	return sound;
}
