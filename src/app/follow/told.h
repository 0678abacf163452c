/* SPDX-License-Identifier: GPL-3.0-or-later
 * How far a reader has been told: the place in the order of arrival, and which facts that were, by
 * their numbers. A place is not enough: a fact may get a new one, and after a restore places begin
 * anew.
 */
#ifndef APP_TOLD_H
#define APP_TOLD_H

#include "store/log.h"

/* Facts FROM to TO of a site in a lane, by the number that counts there. */
struct told_range {
	uint64_t site;
	unsigned lane;
	uint32_t from, to;
};

struct told {
	uint64_t cursor;
	uint64_t begun; /* up to there telling began; beyond .cursor: it was killed, and may have
			   been heard */
	char kind[LIMIT_NAME];     /* of which kind alone; "" = of all */
	struct told_range *ranges; /* owned; sorted, none touches another */
	size_t count, room;
};

bool told_has(const struct told *told, uint64_t site, uint32_t seq);
void told_add(struct told *told, uint64_t site, uint32_t seq);
/* PATH, as told_write left it; RC_OK and nothing told when there is no such file. RC_BAD names file
 * and line, or says that it was for another KIND. */
enum rc told_read(
	struct told *told, const char *path, const char *kind, struct fault *fault) MUST_CHECK;
enum rc told_write(const struct told *told, const char *path, struct fault *fault) MUST_CHECK;
void told_release(struct told *told);

#endif
