/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is in a station's folder, read without the program's own code: every row of every table, as
 * text under a key, and the files in keys/. Places in the order of arrival and what only says by
 * which way something came are left out.
 */
#ifndef INSIDER_SNAPSHOT_H
#define INSIDER_SNAPSHOT_H

#include "base/arena.h"

struct line {
	const char *key;   /* "fact:SITE:SEQ", "site:SITE", "setting::NAME", "file:sign.key" … */
	const char *value; /* columns, parted by '|' */
};

struct snapshot {
	struct arena arena;
	struct line *lines; /* sorted by key */
	size_t count, room;
};

void snapshot_take(struct snapshot *snapshot, const char *home);
void snapshot_release(struct snapshot *snapshot);

/* What is not the same in two of them: BEFORE or AFTER NULL when the key is not there. */
struct change {
	const char *key, *before, *after;
};
typedef void change_fn(const struct change *change, void *to);
void snapshot_compare(
	const struct snapshot *before, const struct snapshot *after, change_fn *fn, void *to);

#endif
