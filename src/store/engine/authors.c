/* SPDX-License-Identifier: GPL-3.0-or-later
 * How far the facts of an author are here: each is read once in a transaction and written once.
 */
#include "store/engine/internal.h"

#include <stdlib.h>

#include "base/memory.h"

enum rc authors_load(struct authors *authors, struct db *db, const struct ref lanes[], size_t count,
	struct fault *fault)
{
	size_t before = authors->lanes.count;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < count; i++)
		changed_add(&authors->lanes, lanes[i]);
	count = authors->lanes.count - before;
	for (size_t i = before; i < authors->lanes.count; i++) {
		const struct ref *lane = &authors->lanes.at[i];
		authors->at = array_more(authors->at, i, &authors->room, sizeof *authors->at);
		authors->at[i] = (struct author){.site = lane->site, .lane = lane->seq};
	}
	if (count)
		rc = engine_authors(db, authors->at + before, count, fault);
	if (rc) /* what is not known must not look like a beginning */
		authors_clear(authors);
	return rc;
}

enum rc authors_get(struct authors *authors, struct db *db, uint64_t site, unsigned lane,
	struct author **out, struct fault *fault)
{
	const struct ref wanted = {site, lane};
	size_t at;
	enum rc rc = RC_OK;

	if (!changed_find(&authors->lanes, wanted, &at)) {
		rc = authors_load(authors, db, &wanted, 1, fault);
		at = authors->lanes.count - 1;
	}
	*out = rc ? NULL : &authors->at[at];
	return rc;
}

enum rc authors_save(struct authors *authors, struct db *db, struct fault *fault)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < authors->lanes.count && !rc; i++)
		if (authors->at[i].moved) {
			authors->at[i].moved = false;
			rc = engine_author_put(db, &authors->at[i], fault);
		}
	return rc;
}

void authors_clear(struct authors *authors)
{
	changed_clear(&authors->lanes);
}

void authors_release(struct authors *authors)
{
	changed_release(&authors->lanes);
	free(authors->at);
	*authors = (struct authors){0};
}
