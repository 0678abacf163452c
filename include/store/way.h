/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a station remembers of one way up: how fast it was, what it cost today, when it last worked.
 */
#ifndef STORE_WAY_H
#define STORE_WAY_H

#include "store/peers.h"
#include "store/trouble.h"

enum { WAYS_MOST = 16, WAY_URL = 512 };

struct way {
	struct pace pace;        /* frame 0 = never used */
	int64_t day;             /* of SPENT, as a date number */
	uint64_t spent;          /* payload bytes of that day, both ways */
	int64_t tried, worked;   /* seconds; 0 = never */
	unsigned failed;         /* tries in a row that failed */
	enum trouble why;        /* the last one failed; TROUBLE_NONE = it worked */
};

/* All zero when the way was never used. */
void way_load(struct store *store, const char *url, struct way *way);
enum rc way_save(struct store *store, const char *url, const struct way *way,
	struct fault *fault) MUST_CHECK;
/* A try is over (NOW: store_now), with BYTES carried: counts them to today and notes how it went.
 * FAULT NULL: it worked. */
void way_tried(struct way *way, int64_t now, uint64_t bytes, const struct fault *fault);

/* The way at place AT in the order of preference; false behind the last one. */
bool way_at(struct store *store, unsigned at, char url[WAY_URL]);
bool way_line(const char *urls, unsigned at, char url[WAY_URL]); /* of a list as ways_set takes it */

#endif
