/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the files behind `feed` share.
 */
#ifndef FEED_INSIDE_H
#define FEED_INSIDE_H

#include "app/command.h"
#include "sync/link.h"

/* What is remembered of a feed, a line each. */
struct feed {
	const char *url;
	struct buf file, head,
		links; /* paths: what was fetched; of which version; what became of its links */
	struct fetched last;
	int64_t day; /* date on which .spent bytes came */
	uint64_t spent;
	bool waits; /* links have not been fetched yet */
};

/* What the command says of all feeds. */
struct feed_ways {
	struct fetch_ways fetch;
	uint64_t budget;         /* bytes of a day; 0 = any number */
	const char *const *also; /* addresses of other servers to which links may lead, with their
				    pins; ends with NULL */
};

bool feed_has_budget(const struct feed *feed, const struct feed_ways *ways);
/* feed_links.c: the alerts that the feed only links to are fetched, each once, and taken in with
 * the feed itself where it has more than links. An exit code. */
int feed_follow(struct app *app, struct feed *feed, const struct feed_ways *ways, bool changed);

#endif
